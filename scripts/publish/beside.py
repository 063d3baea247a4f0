"""Beside: texts that are given beside the one that the others are made of, clause by clause.

Their characters are not those of the source, so that nothing is marked in them: clauses stand beside each other, and
what only one of two texts has is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from statement.given import apart, unlike
from statement.model import Block, Clause, Edition, Heading, Span

if TYPE_CHECKING:
    from .render import Row


PARAGRAPH, CELL = "", "\t"
"""The pieces that stand for the beginning of a paragraph and of a table's cell; no text of a clause is like them."""


@dataclass(frozen=True)
class Cell:
    """A clause of a given text, or the reason why it has none; `texts` are its pieces as columns have them."""

    clause: Clause | None
    reason: str = ""

    @property
    def texts(self) -> tuple[tuple[str, bool], ...]:
        """Its paragraphs and the cells of its tables, with what stands for the beginning of each but the first."""
        if self.clause is None:
            return ()
        text = self.clause.text
        return tuple(
            (piece, False)
            for sign, span in pieces(self.clause)
            for piece in ((span.of(text),) if sign is None else (sign, span.of(text)))
        )


def pieces(clause: Clause) -> Iterator[tuple[str | None, Span]]:
    """Yield the paragraphs and cells of a clause, each with what stands before it in a column: nothing at first."""
    sign: str | None = None
    for block in clause.blocks or (Block(Span(0, len(clause.text))),):
        for index, span in enumerate(block.cells or (block.span,)):
            yield CELL if index else sign, span
        sign = PARAGRAPH


@dataclass(frozen=True)
class WideRow:
    """A row of all editions: the source's own with those converted from it, and a cell for each given text.

    `headings` have one heading for each edition, or nothing. Behind the row stand the clauses that only a given text
    has, each as a row of cells; those before the first clause of the source stand `ahead`.
    """

    row: Row
    cells: tuple[Cell, ...]
    headings: tuple[tuple[Heading | None, ...], ...]
    further: tuple[tuple[Cell, ...], ...]
    ahead: tuple[tuple[Cell, ...], ...] = ()


def said(source: Edition, edition: Edition) -> dict[str, Any]:
    """Return what templates may say of a given text beside the source."""
    return {
        "unlike": unlike(edition),
        "apart": apart(source.statement, edition),
        "original_language": source.settings.language,
    }


def addresses(editions: Sequence[Edition]) -> tuple[str, ...]:
    """Return what addresses call the clauses of all editions: those of the source, others where their texts are."""
    found = [clause.address for clause in editions[0].statement.clauses]
    for edition in (each for each in editions if each.is_given):
        behind = _behind([clause.address for clause in edition.statement.clauses], frozenset(found))
        found = [*behind[""], *(each for address in found for each in (address, *behind[address]))]
    return tuple(found)


def _behind(addresses: Sequence[str], known: Set[str]) -> defaultdict[str, list[str]]:
    """Return the addresses that are not known by the known one that they follow, or by nothing."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    last = ""
    for address in addresses:
        if address in known:
            last = address
        else:
            found[last].append(address)
    return found


def shown_range(edition: Edition, first: Clause, last: Clause) -> str:
    """Return what people call the clauses of a given text from one of the source's to another."""
    addresses = {clause.address: clause for clause in edition.statement.clauses}
    ends = [addresses[each.address].label for each in (first, last) if each.address in addresses]
    return " – ".join(dict.fromkeys(ends))


def rows(source: Edition, given: Sequence[Edition], made: Sequence[Row]) -> Iterator[WideRow]:
    """Yield the rows of all editions, given those of the editions that have the source's characters."""
    known = frozenset(clause.address for clause in source.statement.clauses)
    columns = [_Column(edition, known) for edition in given]
    for row in made:
        own = row.clauses[0].address
        yield WideRow(
            row=row,
            cells=tuple(column.cell(own) for column in columns),
            headings=tuple(_headings(row, [column.headings(own) for column in columns])),
            further=_together([column.behind(own) for column in columns]),
            ahead=() if row.clauses[0].number > 1 else _together([column.behind("") for column in columns]),
        )


def _together(columns: Sequence[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of clauses that are not in the source; texts that have the same one have it in the same row."""
    names = dict.fromkeys(cell.clause.address for column in columns for cell in column if cell.clause)
    found = [{cell.clause.address: cell for cell in column if cell.clause} for column in columns]
    return tuple(tuple(each.get(name, Cell(None)) for each in found) for name in names)


class _Column:
    """What there is of a given text beside the source, whose clauses have the addresses that are known."""

    def __init__(self, edition: Edition, known: Set[str]) -> None:
        clauses = edition.statement.clauses
        self._clauses = {each.address: each for each in clauses}
        self._reasons = {each.address: each.reason for each in unlike(edition)}
        self._behind = _behind([each.address for each in clauses], known)
        self._headings: defaultdict[int, list[Heading]] = defaultdict(list)
        for heading in edition.statement.headings:
            self._headings[heading.first].append(heading)

    def cell(self, address: str) -> Cell:
        """Return the cell beside a clause of the source."""
        return Cell(self._clauses.get(address), self._reasons.get(address, ""))

    def behind(self, address: str) -> list[Cell]:
        """Return the cells of the clauses that only this text has, behind one that both have, or at the beginning."""
        return [self.cell(each) for each in self._behind[address]]

    def headings(self, address: str) -> tuple[Heading, ...]:
        """Return the headings before a clause."""
        return tuple(self._headings[self._clauses[address].number]) if address in self._clauses else ()


def _headings(row: Row, given: Sequence[Sequence[Heading]]) -> Iterator[tuple[Heading | None, ...]]:
    """Yield the headings before a row, one for each edition; where a text has fewer of them, nothing."""
    nothing: tuple[Heading | None, ...] = (None,) * len(row.clauses)
    for index in range(max(len(row.headings), *map(len, given)) if given else len(row.headings)):
        own = row.headings[index] if index < len(row.headings) else nothing
        yield (*own, *(each[index] if index < len(each) else None for each in given))
