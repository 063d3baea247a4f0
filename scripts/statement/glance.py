"""Glance: the overview of the whole statement, with the topics, length and operative words of each clause."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import log

from .model import Clause, Edition, Mention, Operative, Part, Term, Use

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
    """A clause: its main topics, most important first, its operative words in text order, and all its words and terms.

    `length` and `breaks`, the positions of the sentence boundaries, are shares (0 to 1) of the longest clause.
    """

    clause: Clause
    length: float
    breaks: tuple[float, ...]
    topics: tuple[Term, ...]
    stands: tuple[Stand, ...]
    words: tuple[Operative, ...]
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Glance:
    """The rows of each part, in text order."""

    parts: tuple[tuple[Part, tuple[Row, ...]], ...]

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of operative words that are shown."""
        return frozenset(stand.word.kind for _, rows in self.parts for row in rows for stand in row.stands)


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
        used = {use.word for use in uses[clause.number]}
        return Row(
            clause=clause,
            length=len(clause.text) / longest,
            breaks=tuple(sentence.end / longest for sentence in clause.sentences[:-1]),
            topics=tuple(terms[each] for each in sorted(counts, key=lambda each: -counts[each] * rarity[each]))[
                :MOST_TOPICS
            ],
            stands=_stands(clause, uses[clause.number], words, longest),
            words=tuple(each for each in edition.operatives if each.id in used),
            terms=tuple(each for each in edition.terms if each.id in counts),
        )

    return Glance(tuple((part, tuple(map(row, part.clauses))) for part in edition.parts))


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
