"""Sound: how Chinese is read aloud, in Hanyu Pinyin. The dictionaries take long to load, so readings are kept."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

from . import kept


def syllables(texts: Sequence[str]) -> list[list[str]]:
    """Return how each character of some texts is read in its context, without tone; of what is no Chinese, nothing."""
    return _kept("syllables", texts, _syllables)


def toned(texts: Sequence[str]) -> list[list[str]]:
    """Return how texts sound, tones as digits from 1 to 5 after each syllable; what is no Chinese as it is, in runs."""
    return _kept("toned", texts, _toned)


def words(texts: Sequence[str]) -> list[list[str]]:
    """Return how texts sound, without tone; what is no Chinese as it is, in runs."""
    return _kept("words", texts, _words)


def misread(pieces: Sequence[str], romanized: str) -> str:
    """Return what is wrong with how a text is romanized, and what to do; nothing if it is right.

    Each letter and character of the text has to stand there in one of the readings that it ever has, among which a
    person chooses better than a dictionary, and each of the pieces it comes in has to begin a word. Case and
    punctuation do not count. Hanyu Pinyin is written by words (GB/T 16159—2012, chapter 5).
    """
    given, pattern, end = f" {romanized.lower()}", "", 0
    for character, read, is_first in _spoken(pieces):
        step = rf"\W*(?:{'|'.join(map(re.escape, read))})"
        found = re.match(pattern + step, given)
        rest = romanized[max(end - 1, 0) :].strip()
        if not found:
            stands = f"not as “{rest}” begins" if rest else "and is missing at the end"
            return f"{character} reads {' or '.join(read)}, {stands}; correct it"
        step = step.replace("*", "+", 1) if is_first else step
        found = re.match(pattern + step, given)
        if not found:
            return f"{character} begins a word; put a blank before “{rest}”"
        pattern, end = pattern + step, found.end()
    if re.fullmatch(rf"{pattern}\W*", given):
        return ""
    return f"“{romanized[end - 1 :].strip()}” is more than the characters say; remove it"


def _spoken(pieces: Iterable[str]) -> Iterator[tuple[str, list[str], bool]]:
    """Yield each character that is spoken, with all its readings, the longest first, and whether a piece begins."""
    for piece in pieces:
        is_first = True
        for character, read in zip(piece, _kept("readings", [piece], _readings)[0], strict=True):
            if character.isalnum():
                yield character, sorted(read.lower().split(), key=len, reverse=True), is_first
                is_first = False


def _kept(kind: str, texts: Sequence[str], read: Callable[[str], list[str]]) -> list[list[str]]:
    key = json.dumps([kept.maker("pypinyin", sys.modules[__name__]), kind, *texts])
    known = kept.find("sounds", key)
    if known is None:
        known = kept.keep("sounds", key, json.dumps([read(text) for text in texts]).encode("utf-8"))
    read_before: list[list[str]] = json.loads(known)
    return read_before


def _syllables(text: str) -> list[str]:
    from pypinyin import Style, pinyin

    read = pinyin(text, style=Style.NORMAL, errors=lambda characters: "\n" * len(characters))
    return [syllable for found in read for syllable in (found[0] if "\n" in found[0] else [found[0]])]


def _toned(text: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin

    return lazy_pinyin(text, style=Style.TONE3, neutral_tone_with_five=True)


def _words(text: str) -> list[str]:
    from pypinyin import lazy_pinyin

    return lazy_pinyin(text)


def _readings(text: str) -> list[str]:
    from pypinyin import Style, pinyin

    # Given one by one, characters are not read in their context.
    return [" ".join(read) for read in pinyin(list(text), style=Style.NORMAL, heteronym=True, v_to_u=True)]
