"""Sound: the reading of Chinese text in Hanyu Pinyin. The dictionaries are slow to load, so readings are cached."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

from . import kept


def syllables(texts: Sequence[str]) -> list[list[str]]:
    """Return the reading of each character in its context, without tone; a line feed for each that is not Chinese."""
    return _kept("syllables", texts, _syllables)


def toned(texts: Sequence[str]) -> list[list[str]]:
    """Return the readings of texts, tones as digits 1 to 5 after each syllable; runs of non-Chinese text are kept."""
    return _kept("toned", texts, _toned)


def words(texts: Sequence[str]) -> list[list[str]]:
    """Return the readings of texts, without tones; runs of non-Chinese text are kept."""
    return _kept("words", texts, _words)


def known_words() -> frozenset[str]:
    """Return the words, of two characters and more, whose readings the dictionaries know; they are in Simplified."""
    from pypinyin.phrases_dict import phrases_dict

    return frozenset(phrases_dict)


def misread(pieces: Sequence[str], romanized: str) -> str:
    """Return what is wrong with the romanization of a text and what to do, or an empty text if it is right.

    Each letter and character must appear in one of its possible readings, since a person chooses among them better than
    a dictionary does, and each of the pieces must begin a word. Case and punctuation are ignored. Hanyu Pinyin is
    written word by word (GB/T 16159—2012, chapter 5).
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
    """Yield each spoken character, all its readings, longest first, and whether it begins a piece."""
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

    # Passing characters one by one disables reading in context.
    return [" ".join(read) for read in pinyin(list(text), style=Style.NORMAL, heteronym=True, v_to_u=True)]
