"""Excerpts: a little of what stands around a place in a text, cut where no word is broken as far as words are known."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .model import Span
from .text import PAUSES

AROUND = 14
"""About so many characters stand on each side of a place; what is not longer comes whole."""

_LEAST, _MOST = 6, 26
# What is one word without being in a list: numbers and Latin letters, and names of few characters in quotation marks.
_WHOLE = re.compile(r"[0-9A-Za-z.%℃-]+[年月日]?|“[^“”]{1,8}”|‘[^‘’]{1,8}’|「[^「」]{1,8}」|『[^『』]{1,8}』")
# A word that ends with it is hardly ever cut off after it: 共同的|, but not 目|的.
_ENDING = "的"


@dataclass(frozen=True)
class Lexicon:
    """Known words by the character with which they begin, the longest first."""

    by_first: Mapping[str, tuple[str, ...]]

    def spans(self, text: str) -> Iterator[Span]:
        """Yield where a text has known words, also where they overlap; of those that begin together the longest."""
        for start, character in enumerate(text):
            for word in self.by_first.get(character, ()):
                if text.startswith(word, start):
                    yield Span(start, start + len(word))
                    break


def lexicon(words: Iterable[str]) -> Lexicon:
    """Return a lexicon of words; what is a single character, or more than words, is left out."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        if len(word) > 1 and not any(mark in word for mark in PAUSES):
            found[word[0]].add(word)
    return Lexicon({first: tuple(sorted(each, key=lambda word: (-len(word), word))) for first, each in found.items()})


def around(text: str, place: Span, known: Lexicon) -> tuple[int, int]:
    """Return where the excerpt of a text around a place begins and ends, as offsets, half-open."""
    ranks = _Seams(text, known)
    begin = 0 if place.start <= AROUND else ranks.best(place.start, -1)
    end = len(text) if len(text) - place.end <= AROUND else ranks.best(place.end, 1)
    # …… in place of nothing but a full stop would say that more is left out.
    return begin, len(text) if len(text) - end == 1 else end


class _Seams:
    """The offsets of a text at which it may be cut, from bad to good."""

    def __init__(self, text: str, known: Lexicon) -> None:
        self.text = text
        words = [*known.spans(text), *(Span(*match.span()) for match in _WHOLE.finditer(text))]
        self.inside = {offset for word in words for offset in range(word.start + 1, word.end)}
        self.edges = {offset for word in words for offset in (word.start, word.end)}

    def best(self, start: int, step: int) -> int:
        """Return the best offset before (step -1) or after (1) another, the nearest to the usual distance of those."""
        last = 0 if step < 0 else len(self.text)
        offsets = [start + step * distance for distance in range(_LEAST, min(_MOST, abs(last - start)) + 1)]
        return min(offsets, key=lambda offset: (-self.rank(offset, step), abs(abs(offset - start) - AROUND)))

    def rank(self, offset: int, step: int) -> int:
        """Return how well the text may begin (step -1) or end (1) at an offset, from 0 to 4."""
        before, after = self.text[offset - 1 : offset], self.text[offset : offset + 1]
        # An excerpt begins after a pause and ends before one, and the mark itself is left out.
        outer, inner = (before, after) if step < 0 else (after, before)
        if offset in self.inside or (inner and inner in PAUSES):
            return 0
        if not outer or outer in PAUSES:
            return 3 if outer == "、" else 4
        return 2 if offset in self.edges or before == _ENDING else 1
