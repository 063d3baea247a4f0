"""Glance: the overview of the whole statement, with the topics, length and operative words of each clause."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from math import log

from .model import Clause, Edition, Mention, Operative, Part, Term, Use
from .text import QUOTATION_MARKS

MOST_TOPICS = 4
"""At most this many terms are shown for a clause; the total is given next to them."""

LEAST_GAP = 0.045
"""Minimum distance between two marks, as a share of the longest clause, so that they never overlap."""


@dataclass(frozen=True)
class Stand:
    """An operative word used in a clause, as it is written there.

    `place` is the position of its mark, as a share (0 to 1) of the longest clause.
    """

    word: Operative
    text: str
    place: float


@dataclass(frozen=True)
class Row:
    """A clause: its main topics, the weightiest first, each stand in the order of the text, and all its terms.

    A topic that the clause does not call by its name is called as it is there.
    `length` and `breaks`, where a sentence ends and another begins, are shares (0 to 1) of the longest clause.
    """

    clause: Clause
    length: float
    breaks: tuple[float, ...]
    topics: tuple[Term, ...]
    stands: tuple[Stand, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Glance:
    """The rows of each part, in text order."""

    parts: tuple[tuple[Part, tuple[Row, ...]], ...]

    @property
    def most_topics(self) -> int:
        """How many of its terms stand for a clause at most."""
        return MOST_TOPICS

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of operative words that are shown."""
        return frozenset(stand.word.kind for _, rows in self.parts for row in rows for stand in row.stands)

    @property
    def is_telling(self) -> bool:
        """Whether half of the clauses have a term or an operative word; of fewer it would be a picture of gaps."""
        told = [bool(row.topics or row.stands) for _, rows in self.parts for row in rows]
        return sum(told) * 2 >= len(told)


def glance(edition: Edition) -> Glance:
    """Return the overview of an edition."""
    longest = max((len(clause.text) for clause in edition.statement.clauses), default=1)
    mentions: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in edition.mentions:
        mentions[mention.clause].append(mention)
    uses: defaultdict[int, list[Use]] = defaultdict(list)
    for use in edition.uses:
        uses[use.clause].append(use)
    rarity = _rarity(edition)
    terms = {term.id: term for term in edition.terms}
    words = {word.id: word for word in edition.operatives}

    def row(clause: Clause) -> Row:
        counts = Counter(mention.term for mention in mentions[clause.number])
        weightiest = sorted(counts, key=lambda each: -counts[each] * rarity[each])[:MOST_TOPICS]
        return Row(
            clause=clause,
            length=len(clause.text) / longest,
            breaks=tuple(sentence.end / longest for sentence in clause.sentences[:-1]),
            topics=tuple(_as_called(terms[each], clause, mentions[clause.number]) for each in weightiest),
            stands=_stands(clause, uses[clause.number], words, longest),
            terms=tuple(each for each in edition.terms if each.id in counts),
        )

    return Glance(tuple((part, tuple(map(row, part.clauses))) for part in edition.parts))


def _as_called(term: Term, clause: Clause, mentions: list[Mention]) -> Term:
    """Return a term with what a clause calls it for its name, unless that has the name, quotation marks aside."""
    if term.name.strip(QUOTATION_MARKS) in clause.text:
        return term
    first = next(mention.span.of(clause.text) for mention in mentions if mention.term == term.id)
    return replace(term, name=first, phrases=())


def _rarity(edition: Edition) -> dict[str, float]:
    """Return how characteristic each term is of a clause: the fewer clauses name it, the more (Spärck Jones, 1972)."""
    naming = Counter(name for _, name in {(mention.clause, mention.term) for mention in edition.mentions})
    return {term: log(len(edition.statement.clauses) / count) for term, count in naming.items()}


def _stands(clause: Clause, uses: list[Use], words: dict[str, Operative], longest: int) -> tuple[Stand, ...]:
    """Return the operative words of a clause; marks sit where their words begin, or further on to avoid overlap."""
    stands: list[Stand] = []
    for use in uses:
        place = use.span.start / longest
        if stands:
            place = max(place, stands[-1].place + LEAST_GAP)
        stands.append(Stand(words[use.word], use.span.of(clause.text), place))
    return tuple(stands)
