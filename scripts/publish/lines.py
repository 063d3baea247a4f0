"""Lines: Chinese text in lines of a measure, as on a page that was set by hand. All widths are in ems.

The rules are those of the W3C's "Requirements for Chinese Text Layout" (clreq): no line begins with a pause or a
closing mark or ends with an opening one; a line that these rules make too short or too long is spread out, or taken in
at its punctuation marks. Brackets and quotation marks take half an em everywhere, and single quotation marks, which
are as narrow as one stroke, less, as suits large type.
"""

from __future__ import annotations

import re
from typing import Protocol

from statement.text import CLOSERS

OPENERS = "“‘「『（《【"
"""The opening quotation marks and brackets: no line ends with one."""

PAUSES = "，。、；：！？"
"""The punctuation marks that take a whole em, at most half of which is ink."""

_NO_START = rf"{CLOSERS}{PAUSES}…—·*%"
# What is never divided: a character or a word of Latin letters or digits, with the marks that belong to it. A run of
# marks or letters without end is none of these.
_UNIT = re.compile(rf"[{OPENERS}]{{0,4}}(?:[0-9A-Za-z]{{1,12}}|.)[{_NO_START}]{{0,4}}", re.DOTALL)
# By how much a pause may be taken in, and the characters of a line may be spread out.
_TAKEN_IN = 0.25
_SPREAD = 0.15
_MIDDLE = 0.5
# How much of its em a bracket or a quotation mark takes.
_MARK, _SINGLE = 0.5, 0.32


class Widths(Protocol):
    """How wide a face's characters are: up to the next one, and up to the end of their ink."""

    def advance(self, character: str) -> float:
        """Return from where a character begins to where the next one does."""

    def ink(self, character: str) -> float:
        """Return from where a character begins to where its ink ends."""


def lines(text: str, measure: float, widths: Widths) -> tuple[str, ...]:
    """Return a text in lines that fit the measure; together they are the text."""
    result: list[str] = []
    for unit in _UNIT.findall(text):
        if result and _fits(result[-1] + unit, measure, widths):
            result[-1] += unit
        else:
            result.append(unit)
    return tuple(result)


def offsets(line: str, measure: float, widths: Widths, is_last: bool) -> tuple[float, ...]:
    """Return where each character of a line begins, so that the line fills the measure; the last of a text need not."""
    advances = [_advance(character, widths) for character in line]
    before = [0.0] * len(line)
    spare = measure - width(line, widths)
    pauses = [index for index in range(len(line) - 1) if line[index] in PAUSES]
    if spare < 0 and pauses:
        for index in pauses:
            advances[index] += spare / len(pauses)
            # Where a pause stands in the middle of its em, as in Traditional, it gives way on both sides.
            before[index] = spare / len(pauses) / 2 if widths.ink(line[index]) > _MIDDLE else 0.0
    elif 0 < spare <= _SPREAD * (len(line) - 1) and not is_last:
        advances = [advance + spare / (len(line) - 1) for advance in advances]
    return tuple(sum(advances[:index]) + before[index] for index in range(len(line)))


def shift(character: str) -> float:
    """Return by how much a character is drawn before its place: the empty part of an opening mark is cut off."""
    return 1 - _mark(character) if character in OPENERS else 0.0


def width(line: str, widths: Widths) -> float:
    """Return how wide a line is by itself; a pause at its end takes no more than its ink needs, and half an em."""
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
