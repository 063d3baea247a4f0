"""Shared knowledge of Chinese text: sentences, quotation marks, numerals."""

from __future__ import annotations

import re

from .model import Clause, Span

CLOSERS = "”’」』）》】"
"""Closing quotation marks and brackets, which belong to the sentence they follow."""

_SENTENCE = re.compile(rf"[^。！？]*[。！？]+[{CLOSERS}]*")
# A footnote mark follows a Chinese character and precedes punctuation; any other asterisk is an ordinary character.
_FOOTNOTE_MARK = re.compile(r"(?<=[\u4e00-\u9fff])\*(?=[，。、；：！？）])")

_OPENING = {"“": "”", "‘": "’", "「": "」", "『": "』"}
_CLOSING = {closing: opening for opening, closing in _OPENING.items()}
_DIGITS = "〇一二三四五六七八九"
_PAUSE = re.compile(r"[，。、；：！？]")


def sentences(text: str) -> tuple[Span, ...]:
    """Return the spans of the sentences of a clause; together they cover its whole text.

    A sentence ends after 。！？ and any closing quotation marks and brackets; text after the last one is a sentence
    too.
    """
    ends = [match.end() for match in _SENTENCE.finditer(text)]
    if not ends or ends[-1] < len(text):
        ends.append(len(text))
    return tuple(Span(start, end) for start, end in zip([0, *ends], ends, strict=False))


def clause_from_text(number: int, text: str) -> Clause:
    """Return a clause with the given number and text, its sentences and footnote marks located."""
    marks = tuple(Span(*match.span()) for match in _FOOTNOTE_MARK.finditer(text))
    return Clause(number, text, sentences(text), marks)


def quotation_pairs(text: str) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
    """Return the offsets of matching quotation marks, as (opening, closing), and of unmatched ones.

    A ’ between Latin letters that closes nothing is an apostrophe and counts as neither.
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
    """Return the opening words of a text followed by ……, up to the last punctuation mark within `length` characters.

    If there is no mark in the second half of that length, the first one within twice the length is used, so that no
    word is cut. Texts that are short enough are returned whole.
    """
    if len(text) <= length:
        return text
    pauses = [match.start() for match in _PAUSE.finditer(text, length // 2, 2 * length)]
    within = [pause for pause in pauses if pause <= length]
    return text[: within[-1] if within else pauses[0] if pauses else length] + "……"
