"""Shared knowledge of Chinese text: sentences, quotation marks, numerals."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from .model import Block, Clause, Script, Span

CLOSERS = "”’」』）》】"
"""Closing quotation marks and brackets, which belong to the sentence they follow."""

_SENTENCE = re.compile(rf"[^。！？]*[。！？]+[{CLOSERS}]*")
# A footnote mark follows a Chinese character and precedes punctuation; any other asterisk is an ordinary character.
_FOOTNOTE_MARK = re.compile(r"(?<=[\u4e00-\u9fff])\*(?=[，。、；：！？）])")

_OPENING = {"“": "”", "‘": "’", "「": "」", "『": "』"}
QUOTATION_MARKS = "".join((*_OPENING, *_OPENING.values()))
"""The quotation marks of either script."""

_CLOSING = {closing: opening for opening, closing in _OPENING.items()}
_QUOTES_MEET = re.compile(r"(?<=[”」])、?(?=[“「])")
_DIGITS = "〇一二三四五六七八九"
PAUSES = "，。、；：！？"
"""The marks at which a reader pauses."""

STRONG_PAUSES = PAUSES.replace("、", "")
"""Those that part more than the items of a list."""


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
    """Return the offsets of matching quotation marks, as (opening, closing), and of unmatched ones.

    A ’ in or after an English word that closes nothing is an apostrophe and neither: Xi’an, Leaders’ Roundtable.
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


def quotes_in_a_row(text: str, script: Script) -> str:
    """Return a text with what a script has between quotations that follow one another: 、 in Traditional only.

    GB/T 15834-2011, 4.5.3.5, leaves it out; the handbook of Taiwan's ministry of education has it.
    """
    return _QUOTES_MEET.sub("、" if script == "hant" else "", text)


def numeral(number: int) -> str:
    """Return a number from 1 to 99 in Chinese numerals: 二十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def _is_apostrophe(text: str, offset: int) -> bool:
    around = text[max(offset - 1, 0) : offset] + text[offset + 1 : offset + 2]
    return text[offset] == "’" and re.fullmatch(r"[A-Za-z][A-Za-z ]", around) is not None


def opening(text: str, length: int) -> str:
    """Return the opening words of a text of about so many characters, then ……; one that is short enough whole.

    It ends at a pause, so that no word is cut: between clauses of a sentence rather than in a list, and outside of
    quotations rather than within one. A quotation that is cut is closed.
    """
    return text if len(text) <= length else shortened(text, _end_of_opening(text, length))


def shortened(text: str, length: int) -> str:
    """Return so many characters of a text, then ……, and the marks that close what quotations are open there."""
    kept = text[:length]
    _, single = quotation_pairs(kept)
    closing = "".join(_OPENING[kept[offset]] for offset in reversed(single) if kept[offset] in _OPENING)
    return f"{kept}……{closing}"


def _end_of_opening(text: str, length: int) -> int:
    """Return the offset of the best pause at which opening words of about a length may end."""
    least, more, most = length // 2, length * 7 // 5, length * 2
    quoted = {offset for start, end in quotation_pairs(text)[0] for offset in range(start, end)}
    pauses = [offset for offset in range(least, min(most, len(text) - 1) + 1) if text[offset] in PAUSES]
    strong = [offset for offset in pauses if text[offset] in STRONG_PAUSES]
    free, free_strong = ([offset for offset in found if offset not in quoted] for found in (pauses, strong))
    for found in (free_strong, free, strong, pauses):
        if within := [offset for offset in found if offset <= length]:
            return within[-1]
        if found is not pauses and (beyond := [offset for offset in found if offset <= more]):
            return beyond[0]
    return pauses[0] if pauses else length
