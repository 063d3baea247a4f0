"""What the benchmarks search in and for: statements of any length, every piece of the text, and strings it has not."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from statement.model import Clause, Edition, Part
from statement.text import clause_from_text

SEED = 20200618
LONGEST = 12
SENTENCES = (1, 5)
"""How many sentences a made-up clause has, at least and at most; the statement's own have 1 to 6."""


@dataclass(frozen=True)
class Query:
    """Something to look for, and the numbers of the clauses that have it."""

    text: str
    numbers: frozenset[int]


def scaled(editions: Sequence[Edition], clauses: int) -> tuple[Edition, ...]:
    """Return the editions with that many clauses, put together from the statement's own sentences, the same in each.

    With as many clauses as the statement has, they are the statement's own.
    """
    own = editions[0].statement.clauses
    if clauses == len(own):
        return tuple(editions)
    sentences = [(number, index) for number, clause in enumerate(own) for index in range(len(clause.sentences))]
    source = random.Random(SEED)
    plan = [source.choices(sentences, k=source.randint(*SENTENCES)) for _ in range(clauses)]
    return tuple(_scaled(edition, plan) for edition in editions)


def pieces(texts: Iterable[str]) -> list[str]:
    """Return every piece of up to twelve characters that does not begin or end with a blank, sorted."""
    found = {
        text[start : start + length]
        for text in texts
        for length in range(1, LONGEST + 1)
        for start in range(len(text) - length + 1)
    }
    return sorted(piece for piece in found if piece == piece.strip())


def queries(editions: Sequence[Edition], typed: Iterable[str]) -> list[Query]:
    """Return strings with the clauses that have them in either script, found by a plain scan.

    Punctuation and blanks are left out of account, unless a string is nothing else.
    """
    texts = [[clause.text for clause in edition.statement.clauses] for edition in editions]
    keys = [[stripped(text) for text in each] for each in texts]
    return [_query(text, keys if stripped(text) else texts) for text in typed]


def absent(editions: Sequence[Edition], count: int) -> list[str]:
    """Return strings of the statement's own characters, two to eight, that it does not have in either script."""
    keys = [stripped("\n".join(clause.text for clause in edition.statement.clauses)) for edition in editions]
    title = [stripped(each.statement.title) for each in editions]
    headings = [stripped(heading.title) for each in editions for heading in each.statement.headings]
    source = random.Random(SEED)
    characters = sorted({character for character in keys[0] if "\u4e00" <= character <= "\u9fff"})
    found: list[str] = []
    while len(found) < count:
        made = "".join(source.choices(characters, k=source.randint(2, 8)))
        if not any(made in text for text in (*keys, *title, *headings)):
            found.append(made)
    return found


@cache
def stripped(text: str) -> str:
    """Return a text without punctuation, blanks and control characters."""
    return "".join(character for character in text if unicodedata.category(character)[0] not in "PZC")


def _query(text: str, editions: Sequence[Sequence[str]]) -> Query:
    key = stripped(text) or text
    numbers = {number for clauses in editions for number, clause in enumerate(clauses, 1) if key in clause}
    return Query(text, frozenset(numbers))


def _scaled(edition: Edition, plan: Sequence[Sequence[tuple[int, int]]]) -> Edition:
    own = edition.statement.clauses
    clauses = tuple(clause_from_text(number, _text(own, sentences)) for number, sentences in enumerate(plan, 1))
    size = -(-len(clauses) // len(edition.parts))
    parts = tuple(
        replace(part, clauses=clauses[index * size : (index + 1) * size]) for index, part in enumerate(edition.parts)
    )
    made = replace(edition.statement, clauses=clauses)
    # Other wordings are of places in the statement's own clauses.
    return replace(edition, statement=made, parts=_numbered(parts), readings=())


def _numbered(parts: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.clauses)


def _text(own: Sequence[Clause], sentences: Sequence[tuple[int, int]]) -> str:
    return "".join(own[number].sentences[index].of(own[number].text) for number, index in sentences)
