"""Glance: the whole statement as one picture, each clause with its length, its operative words and its main terms."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from .model import Clause, Edition, Operative, Part, Term

MOST_COLUMNS = 9
"""So many operative words, and so many terms, have a column at most: more would not fit a narrow screen."""


@dataclass(frozen=True)
class Row:
    """A clause, how often it has each of the words and terms of the columns, and what all it has of both."""

    clause: Clause
    words: tuple[int, ...]
    terms: tuple[int, ...]
    all_words: tuple[Operative, ...]
    all_terms: tuple[Term, ...]


@dataclass(frozen=True)
class Glance:
    """The columns, those that most clauses have in the order of the lists, and the rows of each part in theirs."""

    words: tuple[Operative, ...]
    terms: tuple[Term, ...]
    parts: tuple[tuple[Part, tuple[Row, ...]], ...]

    @property
    def longest(self) -> int:
        """The number of characters of the longest clause."""
        return max((len(row.clause.text) for _, rows in self.parts for row in rows), default=0)


def glance(edition: Edition) -> Glance:
    """Return what the picture of an edition shows."""
    words = Counter((use.clause, use.word) for use in edition.uses)
    terms = Counter((mention.clause, mention.term) for mention in edition.mentions)
    chosen_words = _most_common(words)
    chosen_terms = _most_common(terms)

    def row(clause: Clause) -> Row:
        number = clause.number
        return Row(
            clause,
            tuple(words[number, each.id] for each in edition.operatives if each.id in chosen_words),
            tuple(terms[number, each.id] for each in edition.terms if each.id in chosen_terms),
            tuple(each for each in edition.operatives if words[number, each.id]),
            tuple(each for each in edition.terms if terms[number, each.id]),
        )

    return Glance(
        tuple(each for each in edition.operatives if each.id in chosen_words),
        tuple(each for each in edition.terms if each.id in chosen_terms),
        tuple((part, tuple(map(row, part.clauses))) for part in edition.parts),
    )


def _most_common(counts: Counter[tuple[int, str]]) -> frozenset[str]:
    """Return the ids that most clauses have; where several are in as many, those that come first in the text."""
    clauses = Counter(name for _, name in counts)
    return frozenset(name for name, _ in clauses.most_common(MOST_COLUMNS))
