"""Index: the terms and operative words that readers look up, with the passages where they occur, in lookup order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from .model import Clause, Edition, Operative, Part, Span, Term
from .sound import toned

Pieces = tuple[tuple[str, bool], ...]
"""A text split into pieces, each with whether it is a match."""

MOST_RELATED_TERMS = 6
"""Maximum number of related terms per term."""

_AROUND = 14


@dataclass(frozen=True)
class Passage:
    """A sentence of a clause, by its index from 0, that contains something readers look up."""

    number: int
    sentence: int
    pieces: Pieces

    @property
    def place(self) -> str:
        """The sentence's id in the pages."""
        return f"p{self.number}s{self.sentence + 1}"

    @property
    def excerpt(self) -> Pieces:
        """The first match in the sentence with a little context; …… marks omissions."""
        at = next(index for index, (_, is_hit) in enumerate(self.pieces) if is_hit)
        before = "".join(text for text, _ in self.pieces[:at])
        after = "".join(text for text, _ in self.pieces[at + 1 :])
        head = before if len(before) <= _AROUND else f"……{before[-_AROUND:]}"
        tail = after if len(after) <= _AROUND else f"{after[:_AROUND]}……"
        return ((head, False), self.pieces[at], (tail, False))


@dataclass(frozen=True)
class Entry:
    """A term, the parts whose headings name it, every sentence that does, and the ids of related terms."""

    term: Term
    parts: tuple[Part, ...]
    passages: tuple[Passage, ...]
    related: tuple[str, ...]

    @property
    def clauses(self) -> tuple[int, ...]:
        """The numbers of the clauses that name it, without duplicates."""
        return tuple(dict.fromkeys(passage.number for passage in self.passages))


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
    """Return an entry for each term, in the order of terms.toml."""
    naming: defaultdict[str, list[tuple[int, Span]]] = defaultdict(list)
    clauses_of: defaultdict[str, set[int]] = defaultdict(set)
    for mention in edition.mentions:
        naming[mention.term].append((mention.clause, mention.span))
        clauses_of[mention.term].add(mention.clause)
    return tuple(
        Entry(
            term,
            tuple(part for part in edition.parts if part.numeral and any(form in part.title for form in term.forms)),
            _passages(edition, naming[term.id]),
            _related(term.id, clauses_of),
        )
        for term in edition.terms
    )


def wordings(edition: Edition) -> tuple[Wording, ...]:
    """Return the operative words with their passages, in the order of operative.toml."""
    uses: defaultdict[str, list[tuple[int, Span]]] = defaultdict(list)
    for use in edition.uses:
        uses[use.word].append((use.clause, use.span))
    return tuple(Wording(each, _passages(edition, uses[each.id])) for each in edition.operatives)


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


def _strokes(term: Term) -> tuple[int, str]:
    """Return a term's sort key in Traditional: stroke count, then radical order, which is Unicode's order."""
    return term.strokes, term.letters


def _passages(edition: Edition, places: Sequence[tuple[int, Span]]) -> tuple[Passage, ...]:
    """Return the sentences that contain some places, given as clause and span, in text order."""
    clauses = {clause.number: clause for clause in edition.statement.clauses}
    return tuple(
        passage
        for number, found in groupby(places, key=lambda place: place[0])
        for passage in _of_clause(clauses[number], [span for _, span in found])
    )


def _of_clause(clause: Clause, spans: Sequence[Span]) -> Iterator[Passage]:
    for index, sentence in enumerate(clause.sentences):
        within = [span for span in spans if sentence.start <= span.start < sentence.end]
        if within:
            yield Passage(clause.number, index, tuple(_pieces(clause.text, sentence, within)))


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
    return tuple(other for _, _, other in found[:MOST_RELATED_TERMS])
