"""Wrapped: texts whose lines end at a regular width, so that a paragraph is several lines, and which of them go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .layout import COMPLETE

_NARROWEST = 16
# Punctuation that must not begin or end a line makes one longer or shorter by so many characters.
_PLAY = 2
_SHARE = 3
_FEWEST = 6


@dataclass(frozen=True)
class Wrapped:
    """A hard-wrapped text: the width of its lines in characters of Chinese, and those that end within a sentence."""

    width: int
    broken: tuple[str, ...]


def wrapped(lines: Sequence[str]) -> Wrapped | None:
    """Return how lines, none of them blank, are wrapped, if more than a third of them end within a sentence at a width.

    Hardly any is longer than that. Nothing where they are not.
    """
    open_lines = [(_width(line), line) for line in lines if not COMPLETE.search(line)]
    if len(open_lines) < _FEWEST:
        return None
    (width, _), *_ = Counter(width for width, _ in open_lines).most_common(1)
    broken = [line for each, line in open_lines if abs(each - width) <= _PLAY]
    longer = sum(_width(line) > width + _PLAY for line in lines)
    is_regular = width >= _NARROWEST and len(broken) * _SHARE > len(lines) and longer * 20 <= len(lines)
    return Wrapped(width, tuple(broken)) if is_regular else None


def _width(line: str) -> int:
    """Return how wide a line is, in characters of Chinese; two of ASCII are as wide as one of them."""
    return (sum(1 if character.isascii() else 2 for character in line) + 1) // 2
