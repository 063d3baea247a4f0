"""Views: an edition as pages show it, everything grouped by clause once. Frozen data that templates only print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from unicodedata import east_asian_width

from .glance import Glance, glance
from .index import Entry, Group, Wording, entries, in_order, wordings
from .marks import BLANKS
from .model import Clause, Edition, Heading, Mention, Operative, Part, Relation, Span, Term
from .text import QUOTATION_MARKS

MOST_REASONS = 3
"""At most this many shared terms are named as the reason why two clauses are related."""

_SIGN = "¶"
# A mark that is this wide has room in the margin, a Chinese character being as wide as two figures.
_NARROW = 5


@dataclass(frozen=True)
class Piece:
    """Part of a sentence: plain text, the first mention of a term (by its id) or a footnote mark.

    `note` is the place of the note that a mark stands for, as a Markdown link has it; empty where the text has none.
    """

    text: str
    term: str = ""
    is_mark: bool = False
    note: str = ""


@dataclass(frozen=True)
class SentenceView:
    """A sentence with its id on the pages."""

    id: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class BlockView:
    """A paragraph of a clause with its id; `level` as for Block."""

    id: str
    level: int
    is_row: bool
    sentences: tuple[SentenceView, ...]


@dataclass(frozen=True)
class GroupView:
    """Paragraphs of a clause that stand together: the rows of a table, or those between tables."""

    is_table: bool
    blocks: tuple[BlockView, ...]


@dataclass(frozen=True)
class RelatedView:
    """A related clause by its number, the terms both clauses name (the rarest first), and whether there are more.

    `terms` are those that both call by their name; `entries` are those that they call by different words.
    """

    number: int
    terms: tuple[Term, ...]
    entries: tuple[Term, ...]
    has_more: bool


@dataclass(frozen=True)
class ClauseView:
    """A clause with what stands in it and beside it; `index` counts from 0 in the order of the text.

    `headings` are those right before it within its part, `depth` how many stand above it there, one in the other.
    `groups` are its paragraphs where it has several.
    """

    clause: Clause
    index: int
    part: Part
    sentences: tuple[SentenceView, ...]
    words: tuple[Operative, ...]
    related: tuple[RelatedView, ...]
    groups: tuple[GroupView, ...] = ()
    headings: tuple[Heading, ...] = ()
    depth: int = 0

    @property
    def is_wide(self) -> bool:
        """Whether what stands before it is more than a short number."""
        return sum(2 if east_asian_width(each) in "WF" else 1 for each in self.shown) > _NARROW

    @property
    def number(self) -> int:
        """The clause's number."""
        return self.clause.number

    @property
    def id(self) -> str:
        """The clause's id on every page: `p7`."""
        return self.clause.id

    @property
    def text(self) -> str:
        """The clause's whole text."""
        return self.clause.text

    @property
    def pieces(self) -> Iterator[Piece]:
        """All pieces of its sentences."""
        return (piece for sentence in self.sentences for piece in sentence.pieces)

    @property
    def label(self) -> str:
        """What people call the clause: 第7段."""
        return self.clause.label

    @property
    def value(self) -> int:
        """The number by which people look for it, or 0."""
        return self.clause.value

    @property
    def address(self) -> str:
        """What the clause is called in addresses: `7`."""
        return self.clause.address

    @property
    def shown(self) -> str:
        """What stands before it on the page."""
        return shown_mark(self.clause)


@dataclass(frozen=True)
class PartView:
    """A part with its clauses, and the parts around it."""

    part: Part
    clauses: tuple[ClauseView, ...]
    before: Part | None
    after: Part | None


@dataclass(frozen=True)
class EditionView:
    """An edition with everything its pages show; the mappings look up by clause number and by term id."""

    edition: Edition
    clauses: tuple[ClauseView, ...]
    by_number: Mapping[int, ClauseView]
    parts: tuple[PartView, ...]
    by_address: Mapping[str, ClauseView]
    part_of: Mapping[int, Part]
    terms: Mapping[str, Term]
    entries: tuple[Entry, ...]
    entry_of: Mapping[str, Entry]
    ordered: tuple[Group, ...]
    wordings: tuple[Wording, ...]
    glance: Glance

    @cached_property
    def marked(self) -> tuple[ClauseView, ...]:
        """The clauses that have a footnote mark for which there is no note."""
        return tuple(each for each in self.clauses if any(piece.is_mark and not piece.note for piece in each.pieces))


def shown_mark(clause: Clause) -> str:
    """Return what stands before a clause: the text's own mark, its number, or, where it has neither, a sign of ours."""
    if clause.mark:
        return clause.mark.strip(BLANKS)
    return str(clause.value) if clause.mark is None else f"〔{clause.value}〕" if clause.value else _SIGN


def view(edition: Edition) -> EditionView:
    """Return an edition as its pages show it."""
    part_of = {clause.number: part for part in edition.parts for clause in part.clauses}
    terms = {term.id: term for term in edition.terms}
    listed = entries(edition)
    clauses = tuple(_clauses(edition, part_of, terms))
    return EditionView(
        edition=edition,
        clauses=clauses,
        by_number={each.number: each for each in clauses},
        parts=tuple(_parts(edition.parts, clauses)),
        by_address={each.address: each for each in clauses},
        part_of=part_of,
        terms=terms,
        entries=listed,
        entry_of={each.term.id: each for each in listed},
        ordered=in_order(edition, listed),
        wordings=wordings(edition),
        glance=glance(edition),
    )


def _clauses(edition: Edition, part_of: Mapping[int, Part], terms: Mapping[str, Term]) -> Iterator[ClauseView]:
    operatives = {each.id: each for each in edition.operatives}
    firsts = _first_mentions(edition.mentions)
    words: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for use in edition.uses:
        words[use.clause].setdefault(use.word)
    texts = {clause.number: clause.text for clause in edition.statement.clauses}
    related: defaultdict[int, list[RelatedView]] = defaultdict(list)
    for relation in edition.relations:
        related[relation.clause].append(_related(relation, terms, texts))
    notes = _notes(edition, part_of)
    headings: defaultdict[int, list[Heading]] = defaultdict(list)
    for heading in edition.statement.headings:
        headings[heading.first].append(heading)
    depth = 0
    for index, clause in enumerate(edition.statement.clauses):
        for heading in headings[clause.number]:
            depth = heading.level - 1
        listed = tuple(_sentences(clause, firsts[clause.number], notes))
        yield ClauseView(
            clause=clause,
            index=index,
            part=part_of[clause.number],
            sentences=listed,
            words=tuple(operatives[word] for word in words[clause.number]),
            related=tuple(related[clause.number]),
            groups=tuple(_groups(clause, listed)),
            headings=tuple(heading for heading in headings[clause.number] if heading.level > 1),
            depth=depth,
        )


def _notes(edition: Edition, part_of: Mapping[int, Part]) -> Mapping[str, str]:
    """Return the places of the notes by their marks."""
    return {
        clause.printed.strip(BLANKS): f"{part_of[clause.number].slug}.md#{clause.id}"
        for clause in edition.statement.clauses
        if clause.id.startswith("note-")
    }


def _groups(clause: Clause, sentences: Sequence[SentenceView]) -> Iterator[GroupView]:
    """Yield the paragraphs of a clause of several, its sentences dealt out among them."""
    views = []
    for index, block in enumerate(clause.blocks):
        within = [
            view
            for view, span in zip(sentences, clause.sentences, strict=True)
            if block.span.start <= span.start and span.end <= block.span.end
        ]
        views.append(BlockView(clause.block_id(index), block.level, bool(block.cells), tuple(within)))
    for is_table, blocks in groupby(views, key=lambda view: view.is_row):
        yield GroupView(is_table, tuple(blocks))


def _first_mentions(mentions: Sequence[Mention]) -> defaultdict[int, list[Mention]]:
    """Return the first mention of each term in each clause, by the clause's number, in the order of the text."""
    seen: set[tuple[int, str]] = set()
    firsts: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if (mention.clause, mention.term) not in seen:
            seen.add((mention.clause, mention.term))
            firsts[mention.clause].append(mention)
    return firsts


def _related(relation: Relation, terms: Mapping[str, Term], texts: Mapping[int, str]) -> RelatedView:
    shared = [terms[term] for term in relation.terms[:MOST_REASONS]]
    both = (texts[relation.clause], texts[relation.other])
    named = [term for term in shared if all(term.name.strip(QUOTATION_MARKS) in text for text in both)]
    return RelatedView(
        number=relation.other,
        terms=tuple(named),
        entries=tuple(term for term in shared if term not in named),
        has_more=len(relation.terms) > MOST_REASONS,
    )


def _sentences(clause: Clause, firsts: Sequence[Mention], notes: Mapping[str, str]) -> Iterator[SentenceView]:
    special = sorted(
        [(span, _mark(span.of(clause.text), notes)) for span in clause.marks]
        + [(each.span, Piece(each.span.of(clause.text), term=each.term)) for each in firsts],
        key=lambda pair: pair[0],
    )
    for index, sentence in enumerate(clause.sentences):
        yield SentenceView(clause.sentence_id(index), tuple(pieces(clause.text, sentence, special)))


def _mark(text: str, notes: Mapping[str, str]) -> Piece:
    return Piece(text, is_mark=True, note=notes.get(text, ""))


def pieces(text: str, within: Span, special: Sequence[tuple[Span, Piece]]) -> Iterator[Piece]:
    """Yield part of a text in pieces: the special ones whose span (sorted, disjoint) lies inside, and what is left."""
    position = within.start
    for span, piece in special:
        if within.start <= span.start and span.end <= within.end:
            if position < span.start:
                yield Piece(text[position : span.start])
            yield piece
            position = span.end
    if position < within.end:
        yield Piece(text[position : within.end])


def _parts(parts: Sequence[Part], clauses: Sequence[ClauseView]) -> Iterator[PartView]:
    by_number = {each.number: each for each in clauses}
    around = (None, *parts, None)
    for before, part, after in zip(around, parts, around[2:], strict=False):
        yield PartView(part, tuple(by_number[clause.number] for clause in part.clauses), before, after)
