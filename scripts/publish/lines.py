"""Lines: break and justify Chinese text to a measure, as a typesetter would. All widths are in ems.

The rules follow the W3C's "Requirements for Chinese Text Layout" (clreq): no line begins with a pause or stop mark or a
closing mark, and none ends with an opening mark. Lines that become too short or too long are spread out, or compressed
at their pause and stop marks. Brackets and quotation marks are always half an em wide; single quotation marks, which
are a single stroke, are narrower still, which suits large type.
"""

from __future__ import annotations

import re
from typing import Protocol

from statement.text import CLOSERS

OPENERS = "“‘「『（《【"
"""Opening quotation marks and brackets, which must not end a line."""

PAUSES = "，。、；：！？"
"""Pause and stop marks: a whole em wide, of which ink takes at most half."""

_NO_START = rf"{CLOSERS}{PAUSES}…—·*%"
# An unbreakable unit: a Chinese character, or a run of Latin letters or digits, with its punctuation. The lengths are
# limited so that endless runs of marks or letters can still be broken.
_UNIT = re.compile(rf"[{OPENERS}]{{0,4}}(?:[0-9A-Za-z]{{1,12}}|.)[{_NO_START}]{{0,4}}", re.DOTALL)
# How far each pause or stop mark may be compressed, and each character of a line spread out.
_TAKEN_IN = 0.25
_SPREAD = 0.15
_MIDDLE = 0.5
# Advance widths of brackets and quotation marks, and of single quotation marks.
_MARK, _SINGLE = 0.5, 0.32


class Widths(Protocol):
    """The metrics of a face: advance widths, and how far the ink reaches."""

    def advance(self, character: str) -> float:
        """Return the advance width: the distance from the start of a character to the start of the next."""

    def ink(self, character: str) -> float:
        """Return the distance from the start of a character to the right edge of its ink."""


def lines(text: str, measure: float, widths: Widths) -> tuple[str, ...]:
    """Return a text broken into lines that fit the measure; joined, they give the text again."""
    result: list[str] = []
    for unit in _UNIT.findall(text):
        if result and _fits(result[-1] + unit, measure, widths):
            result[-1] += unit
        else:
            result.append(unit)
    return tuple(result)


def offsets(line: str, measure: float, widths: Widths, is_last: bool) -> tuple[float, ...]:
    """Return the position of each character in a line, justified to the measure; the last line is not spread."""
    advances = [_advance(character, widths) for character in line]
    before = [0.0] * len(line)
    spare = measure - width(line, widths)
    pauses = [index for index in range(len(line) - 1) if line[index] in PAUSES]
    if spare < 0 and pauses:
        for index in pauses:
            advances[index] += spare / len(pauses)
            # A mark centred in its em, as in Traditional, gives way on both sides.
            before[index] = spare / len(pauses) / 2 if widths.ink(line[index]) > _MIDDLE else 0.0
    elif 0 < spare <= _SPREAD * (len(line) - 1) and not is_last:
        advances = [advance + spare / (len(line) - 1) for advance in advances]
    return tuple(sum(advances[:index]) + before[index] for index in range(len(line)))


def shift(character: str) -> float:
    """Return how far left of its position a character is drawn, which cuts off the empty half of an opening mark."""
    return 1 - _mark(character) if character in OPENERS else 0.0


def width(line: str, widths: Widths) -> float:
    """Return the natural width of a line; a final pause or stop mark takes half an em, or more if its ink needs it."""
    whole = sum(_advance(character, widths) for character in line)
    last = line[-1:]
    return whole - widths.advance(last) + max(0.5, widths.ink(last)) if last and last in PAUSES else whole


def _fits(line: str, measure: float, widths: Widths) -> bool:
    taken_in = _TAKEN_IN * sum(character in PAUSES for character in line[:-1])
    return width(line, widths) - taken_in <= measure


def _advance(character: str, widths: Widths) -> float:
    return _mark(character) if character in OPENERS + CLOSERS else widths.advance(character)


def _mark(character: str) -> float:
    return _SINGLE if character in "‘’" else _MARK
