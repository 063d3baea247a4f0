"""Index: the terms and operative words that readers look up, with the passages where they occur, in lookup order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from .excerpts import Lexicon, around, lexicon
from .model import Clause, Edition, Operative, Part, Span, Term
from .sound import toned
from .strokes import order, strokes
from .text import quotation_pairs

Pieces = tuple[tuple[str, bool], ...]
"""A text split into pieces, each with whether it is a match."""

MOST_RELATED_TERMS = 6
"""Maximum number of related terms per term."""


@dataclass(frozen=True)
class Passage:
    """A sentence of a clause, by its index from 0, in which something stands that readers look up.

    `excerpt` is the first place in it with a little of what stands around it; …… where something is left out. `number`
    is the place in the text of its `clause`.
    """

    number: int
    sentence: int
    pieces: Pieces
    excerpt: Pieces
    clause: Clause

    @property
    def place(self) -> str:
        """The sentence's id on the pages."""
        return self.clause.sentence_id(self.sentence)

    @property
    def label(self) -> str:
        """What people call the clause."""
        return self.clause.label


@dataclass(frozen=True)
class Entry:
    """A term, the parts whose headings name it, every sentence that does, and the ids of those most related to it.

    `is_related_to_more` says that there are others.
    """

    term: Term
    parts: tuple[Part, ...]
    passages: tuple[Passage, ...]
    related: tuple[str, ...]
    is_related_to_more: bool

    @property
    def clauses(self) -> tuple[int, ...]:
        """The numbers of the clauses that name it, without duplicates."""
        return tuple(dict.fromkeys(passage.number for passage in self.passages))

    @property
    def labels(self) -> tuple[str, ...]:
        """What people call the clauses that name it, each once."""
        return tuple({passage.number: passage.label for passage in self.passages}.values())


@dataclass(frozen=True)
class Group:
    """Entries listed under a letter or a stroke count; the name is empty for those that have neither."""

    name: str | int
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Wording:
    """An operative word, and every sentence in which the statement takes a stand with it."""

    operative: Operative
    passages: tuple[Passage, ...]


def entries(edition: Edition) -> tuple[Entry, ...]:
    """Return an entry for each term, in the order in which people listed them."""
    known = lexicon(edition.known_words)
    naming: defaultdict[str, list[tuple[int, Span]]] = defaultdict(list)
    clauses_of: defaultdict[str, set[int]] = defaultdict(set)
    for mention in edition.mentions:
        naming[mention.term].append((mention.clause, mention.span))
        clauses_of[mention.term].add(mention.clause)
    related = {term.id: _related(term.id, clauses_of) for term in edition.terms}
    return tuple(
        Entry(
            term=term,
            parts=tuple(
                part for part in edition.parts if part.is_headed and any(form in part.title for form in term.forms)
            ),
            passages=_passages(edition, naming[term.id], known),
            related=related[term.id][:MOST_RELATED_TERMS],
            is_related_to_more=len(related[term.id]) > MOST_RELATED_TERMS,
        )
        for term in edition.terms
    )


def wordings(edition: Edition) -> tuple[Wording, ...]:
    """Return the operative words with their passages, in the order of operative.toml."""
    uses: defaultdict[str, list[tuple[int, Span]]] = defaultdict(list)
    for use in edition.uses:
        uses[use.word].append((use.clause, use.span))
    known = lexicon(edition.known_words)
    return tuple(Wording(each, _passages(edition, uses[each.id], known)) for each in edition.operatives)


def in_order(edition: Edition, listed: Sequence[Entry]) -> tuple[Group, ...]:
    """Return entries in the lookup order of an edition: by pinyin in Simplified, by stroke count in Traditional."""
    terms = [entry.term for entry in listed]
    keys: dict[str, tuple[str | int, Any]]
    if edition.script == "hant":
        keys = {term.id: _strokes(term) for term in terms}
    else:
        read = toned([term.letters for term in terms])
        keys = {term.id: _sound(sounds) for term, sounds in zip(terms, read, strict=True)}
    ordered = sorted(listed, key=lambda entry: keys[entry.term.id])
    return tuple(
        Group(name, tuple(found)) for name, found in groupby(ordered, key=lambda entry: keys[entry.term.id][0])
    )


def _sound(read: Sequence[str]) -> tuple[str, list[str]]:
    """Return the letter a term is listed under in Simplified, and its lower-case syllables with tones, for sorting."""
    sounds = [sound.lower() for sound in read]
    first = sounds[0][:1].upper() if sounds else ""
    return first if first.isalpha() else "", sounds


def _strokes(term: Term) -> tuple[int, list[tuple[int, int]]]:
    """Return what puts a term in its place in Traditional: strokes and radicals, of one character after the other."""
    return term.strokes or strokes(term.letters[:1]), order(term.letters)


def _passages(edition: Edition, places: Sequence[tuple[int, Span]], known: Lexicon) -> tuple[Passage, ...]:
    """Return the sentences that hold some places, given by clause and span, in the order of the text."""
    clauses = {clause.number: clause for clause in edition.statement.clauses}
    return tuple(
        passage
        for number, found in groupby(places, key=lambda place: place[0])
        for passage in _of_clause(clauses[number], [span for _, span in found], known)
    )


def _of_clause(clause: Clause, spans: Sequence[Span], known: Lexicon) -> Iterator[Passage]:
    for index, sentence in enumerate(clause.sentences):
        within = [span for span in spans if sentence.start <= span.start < sentence.end]
        if within:
            pieces = tuple(_pieces(clause.text, sentence, within))
            first = Span(within[0].start - sentence.start, within[0].end - sentence.start)
            yield Passage(clause.number, index, pieces, excerpt(sentence.of(clause.text), first, known), clause)


def excerpt(text: str, place: Span, known: Lexicon) -> Pieces:
    """Return a place in a sentence with a little of what stands around it; …… where something is left out.

    A quotation of which a part is left out has both its marks.
    """
    begin, end = around(text, place, known)
    pairs = quotation_pairs(text)[0]
    opened = "".join(text[start] for start, last in pairs if start < begin <= last)
    closed = "".join(text[last] for start, last in reversed(pairs) if start < end <= last)
    head, tail = text[begin : place.start], text[place.end : end]
    return (
        (f"{opened}……{head}" if begin else head, False),
        (place.of(text), True),
        (f"{tail}……{closed}" if end < len(text) else tail, False),
    )


def _pieces(text: str, sentence: Span, spans: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    position = sentence.start
    for span in spans:
        if position < span.start:
            yield text[position : span.start], False
        yield span.of(text), True
        position = span.end
    if position < sentence.end:
        yield text[position : sentence.end], False


def _related(term: str, clauses_of: Mapping[str, set[int]]) -> tuple[str, ...]:
    """Return the terms that share the most clauses with a term; on a tie, those named in fewer clauses come first."""
    own = clauses_of.get(term, set())
    shared = {other: len(own & of) for other, of in clauses_of.items() if other != term}
    found = sorted((-count, len(clauses_of[other]), other) for other, count in shared.items() if count)
    return tuple(other for _, _, other in found)
