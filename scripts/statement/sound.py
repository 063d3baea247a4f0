"""Sound: how Chinese is read aloud, in Hanyu Pinyin. The dictionaries take long to load, so readings are kept."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence

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
