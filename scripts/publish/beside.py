"""Beside: texts that are given beside the one that the others are made of, clause by clause.

Their characters are not those of the source, so that nothing is marked in them: clauses stand beside each other, and
what only one of two texts has is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from statement.given import Unlike, apart, unlike
from statement.model import Clause, Edition, Heading

if TYPE_CHECKING:
    from .render import Row


@dataclass(frozen=True)
class Cell:
    """A clause of a given text, or the reason why it has none; `texts` are its paragraphs as columns have them."""

    clause: Clause | None
    reason: str = ""

    @property
    def texts(self) -> tuple[tuple[str, bool], ...]:
        """Its paragraphs, an empty piece between any two."""
        clause = self.clause
        if clause is None:
            return ()
        found = [block.span.of(clause.text) for block in clause.blocks] or [clause.text]
        return tuple(pair for index, text in enumerate(found) for pair in (("", False), (text, False))[not index :])


@dataclass(frozen=True)
class WideRow:
    """A row of all editions: the source's own with those converted from it, and a cell for each given text.

    `headings` have one heading for each edition, or nothing. Behind the row stand the clauses that only a given text
    has, each as a row of cells.
    """

    row: Row
    cells: tuple[Cell, ...]
    headings: tuple[tuple[Heading | None, ...], ...]
    further: tuple[tuple[Cell, ...], ...]


def said(source: Edition, edition: Edition) -> dict[str, Any]:
    """Return what templates may say of a given text beside the source."""
    return {
        "unlike": unlike(edition),
        "apart": apart(source.statement, edition),
        "paired": frozenset(clause.address for clause in source.statement.clauses),
        "original_language": source.settings.language,
    }


def shown_range(edition: Edition, first: Clause, last: Clause) -> str:
    """Return what people call the clauses of a given text from one of the source's to another."""
    addresses = {clause.address: clause for clause in edition.statement.clauses}
    ends = [addresses[each.address].label for each in (first, last) if each.address in addresses]
    return " – ".join(dict.fromkeys(ends))


def rows(source: Edition, given: Sequence[Edition], made: Sequence[Row]) -> Iterator[WideRow]:
    """Yield the rows of all editions, given those of the editions that have the source's characters."""
    known = {clause.address for clause in source.statement.clauses}
    columns = [_Column(edition) for edition in given]
    for row in made:
        own = row.clauses[0].address
        extras = [column.behind(own, known) for column in columns]
        yield WideRow(
            row=row,
            cells=tuple(column.cell(own) for column in columns),
            headings=tuple(_headings(row, [column.headings(own) for column in columns])),
            further=tuple(tuple(each or Cell(None) for each in cells) for cells in zip_longest(*extras)),
        )


@dataclass(frozen=True)
class _Column:
    edition: Edition

    @property
    def reasons(self) -> dict[str, Unlike]:
        return {each.address: each for each in unlike(self.edition)}

    def cell(self, address: str) -> Cell:
        """Return the cell beside a clause of the source."""
        found = next((each for each in self.edition.statement.clauses if each.address == address), None)
        return Cell(found) if found else Cell(None, self.reasons[address].reason if address in self.reasons else "")

    def behind(self, address: str, known: set[str]) -> list[Cell]:
        """Return the cells of the clauses that only this text has, behind one that both have."""
        found: list[Cell] = []
        is_behind = False
        for clause in self.edition.statement.clauses:
            if clause.address in known:
                is_behind = clause.address == address
            elif is_behind:
                found.append(Cell(clause, self.reasons[clause.address].reason))
        return found

    def headings(self, address: str) -> tuple[Heading, ...]:
        """Return the headings before a clause."""
        numbers = [each.number for each in self.edition.statement.clauses if each.address == address]
        return tuple(each for each in self.edition.statement.headings if each.first in numbers)


def _headings(row: Row, given: Sequence[Sequence[Heading]]) -> Iterator[tuple[Heading | None, ...]]:
    """Yield the headings before a row, one for each edition; where a text has fewer of them, nothing."""
    nothing: tuple[Heading | None, ...] = (None,) * len(row.clauses)
    for index in range(max(len(row.headings), *map(len, given)) if given else len(row.headings)):
        own = row.headings[index] if index < len(row.headings) else nothing
        yield (*own, *(each[index] if index < len(each) else None for each in given))
