"""Repair: what may be put right in the characters of a text as received, and what must be refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from .errors import Problem, Source, problem_at
from .model import LAYOUT_REPAIRS, UNREADABLE, Repair, RepairKind, Structure

BLANKS = " \t\u00a0\u3000"
"""The blanks that are dropped at both ends of a line."""

_NUMBER = re.compile(rf"(?P<digits>[0-9０-９]{{1,4}})、(?P<blanks>[{BLANKS}]*)")
_ASCII_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def character_problems(source: Source) -> Iterator[Problem]:
    """Yield a problem for each line's first character that no reader could see or no font can show."""
    reported: set[int] = set()
    for offset, character in enumerate(source.text):
        if character in "\n\r\t" or (offset == 0 and character == "\ufeff"):
            continue
        category = unicodedata.category(character)
        if what := UNREADABLE.get(category):
            problem = problem_at(source, offset, f"{what} U+{ord(character):04X}; remove it or put what was meant")
            if problem.line not in reported:
                reported.add(problem.line)
                yield problem


def character_repairs(text: str, structure: Structure | None = None) -> Iterator[Repair]:
    """Yield the repairs of single characters in the order of the text, which is built as `structure` says."""
    structure = structure or Structure()
    offset = 0
    if text.startswith("\ufeff"):
        yield Repair(RepairKind.BYTE_ORDER_MARK, 0, 1, "", 1)
        offset = 1
    for number, line in enumerate(text[offset:].splitlines(keepends=True), 1):
        content = line.rstrip("\r\n")
        yield from _line_repairs(content, offset, number, structure)
        ending = line[len(content) :]
        if ending not in ("", "\n"):
            start = offset + len(content)
            yield Repair(RepairKind.LINE_ENDING, start, start + len(ending), "\n", number)
        offset += len(line)


def _line_repairs(line: str, offset: int, number: int, structure: Structure) -> Iterator[Repair]:
    """Yield the repairs of one line, which starts at an offset of the text, from left to right.

    Tabs between a table's cells stay, and so do numbers other than 1、 as they are, with the blanks behind them.
    """

    def repair(start: int, end: int, replacement: str = "") -> Iterator[Repair]:
        if start < end:
            yield Repair(_kind(line[start:end]), offset + start, offset + end, replacement, number)

    body_start = len(line) - len(line.lstrip(BLANKS))
    body_end = max(len(line.rstrip(BLANKS)), body_start)
    yield from repair(0, body_start)
    if structure.numbering == "1、" and (match := _NUMBER.match(line, body_start, body_end)):
        digits = match["digits"]
        if not digits.isascii():
            yield from repair(*match.span("digits"), digits.translate(_ASCII_DIGITS))
        yield from repair(*match.span("blanks"))
        body_start = match.end()
    for tabs in re.finditer(r"\t+", line[body_start:body_end]) if structure.table != "\t" else ():
        yield from repair(body_start + tabs.start(), body_start + tabs.end(), " ")
    yield from repair(body_end, len(line))


def _kind(characters: str) -> RepairKind:
    if characters.strip(BLANKS):
        return RepairKind.FULL_WIDTH_NUMBER
    if "\t" in characters:
        return RepairKind.TAB
    return RepairKind.FULL_WIDTH_SPACE if "\u3000" in characters else RepairKind.BLANK


def apply(text: str, repairs: Sequence[Repair]) -> str:
    """Return the text with repairs, which are sorted and disjoint, carried out."""
    pieces: list[str] = []
    position = 0
    for repair in repairs:
        pieces += [text[position : repair.start], repair.replacement]
        position = repair.end
    return "".join([*pieces, text[position:]])


def repaired(text: str, repairs: Iterable[Repair]) -> str:
    """Return the text as received with the repairs carried out, those of characters before those of layout."""
    repairs = tuple(repairs)
    clean = apply(text, [repair for repair in repairs if repair.kind not in LAYOUT_REPAIRS])
    return apply(clean, [repair for repair in repairs if repair.kind in LAYOUT_REPAIRS])
