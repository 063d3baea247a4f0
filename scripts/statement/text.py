"""What several stages know about Chinese text: sentences, quotation marks, numerals."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from .model import Block, Clause, Span

CLOSERS = "”’」』）》】"
"""The closing quotation marks and brackets that belong to the sentence they follow."""

_SENTENCE = re.compile(rf"[^。！？]*[。！？]+[{CLOSERS}]*")
# A footnote mark stands alone, after a word and before punctuation; any other asterisk is just a character.
_FOOTNOTE_MARK = re.compile(r"(?<=[\u4e00-\u9fff])\*(?=[，。、；：！？）])")

_OPENING = {"“": "”", "‘": "’", "「": "」", "『": "』"}
_CLOSING = {closing: opening for opening, closing in _OPENING.items()}
_DIGITS = "〇一二三四五六七八九"
_PAUSE = re.compile(r"[，。、；：！？]")


def sentences(text: str, notes: Collection[str] = ()) -> tuple[Span, ...]:
    """Return the spans of the sentences of a clause; together they cover all of its text.

    A sentence ends after 。！？ and the closing quotation marks, brackets and marks of notes that follow; what is left
    is one, too.
    """
    pattern = re.compile(f"{_SENTENCE.pattern}(?:{_any(notes)})*") if notes else _SENTENCE
    ends = [match.end() for match in pattern.finditer(text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return tuple(Span(start, end) for start, end in zip([0, *ends], ends, strict=False))


def clause_from_text(number: int, text: str, blocks: Sequence[Block] = (), notes: Collection[str] = ()) -> Clause:
    """Return the clause with a number and a text, its sentences and footnote marks found.

    A sentence ends where one of its `blocks` does, and a table's cell is one. `notes` are the marks of the notes that
    the text has.
    """
    spans = [span for block in blocks for span in block.cells or _shifted(block.span, text, notes)]
    return Clause(number, text, tuple(spans) or sentences(text, notes), _marks(text, notes), blocks=tuple(blocks))


def _shifted(within: Span, text: str, notes: Collection[str]) -> Iterator[Span]:
    """Yield the sentences of a part of a text."""
    for span in sentences(within.of(text), notes):
        yield Span(within.start + span.start, within.start + span.end)


def _marks(text: str, notes: Collection[str]) -> tuple[Span, ...]:
    pattern = re.compile(_any(notes)) if notes else _FOOTNOTE_MARK
    return tuple(Span(*match.span()) for match in pattern.finditer(text))


def _any(texts: Collection[str]) -> str:
    """Return the pattern of any of some texts, the longest first."""
    return "|".join(re.escape(text) for text in sorted(texts, key=lambda text: (-len(text), text)))


def quotation_pairs(text: str) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
    """Return the offsets of the quotation marks that pair, as (opening, closing), and of those that do not.

    A ’ between Latin letters that closes nothing is an apostrophe and neither.
    """
    pairs: list[tuple[int, int]] = []
    single: list[int] = []
    open_marks: list[int] = []
    for offset, character in enumerate(text):
        if character in _OPENING:
            open_marks.append(offset)
        elif character in _CLOSING:
            if open_marks and text[open_marks[-1]] == _CLOSING[character]:
                pairs.append((open_marks.pop(), offset))
            elif not _is_apostrophe(text, offset):
                single.append(offset)
    return tuple(sorted(pairs)), tuple(sorted(single + open_marks))


def is_opening(mark: str) -> bool:
    """Return whether a quotation mark is an opening one."""
    return mark in _OPENING


def numeral(number: int) -> str:
    """Return a number from 1 to 99 in Chinese numerals: 二十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def _is_apostrophe(text: str, offset: int) -> bool:
    around = text[max(offset - 1, 0) : offset] + text[offset + 1 : offset + 2]
    return text[offset] == "’" and len(around) == 2 and around.isascii() and around.isalpha()


def opening(text: str, length: int) -> str:
    """Return the opening words of a text, then ……: up to the last punctuation mark within `length` characters.

    Where there is none in the second half of that length, the first one within twice the length ends them, so that
    no word is cut; a text that is short enough comes back whole.
    """
    if len(text) <= length:
        return text
    pauses = [match.start() for match in _PAUSE.finditer(text, length // 2, 2 * length)]
    within = [pause for pause in pauses if pause <= length]
    return text[: within[-1] if within else pauses[0] if pauses else length] + "……"
