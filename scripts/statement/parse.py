"""Parse: the text as received becomes a Statement, and back.

`unparse(parse(source))` equals `repaired(source.text, statement.repairs)`: the listed repairs are all that changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from .errors import InputError, Problem, Source
from .flaws import problems_of
from .layout import Headed, Layout, Line, Paragraph, Unit, layout_of
from .model import Block, Clause, Heading, Repair, RepairKind, Span, Statement, Structure
from .naming import Named, called
from .repair import BLANKS, apply, character_problems, character_repairs, repaired
from .text import clause_from_text


def parse(source: Source, structure: Structure | None = None) -> Statement:
    """Return the statement in a text that is built as `structure` says.

    Raises InputError with every problem of the text. What is repaired rather than refused is listed in
    `Statement.repairs`: blanks around lines, line endings, surplus blank lines, and, where clauses are numbered with
    1、, full-width numbers; a clause broken in two by a page break that the structure names is joined.
    """
    structure = structure or Structure()
    problems = list(character_problems(source))
    if not source.text.strip(BLANKS + "\r\n\ufeff"):
        problems.append(Problem(source.file, 1, 1, "the file is empty; put the statement's text into it"))
    if problems:
        raise InputError(problems)
    repairs = tuple(character_repairs(source.text, structure))
    if problems := list(problems_of(source.file, source.text, structure)):
        raise InputError(problems)
    statement = _statement(apply(source.text, repairs), structure)
    return replace(statement, repairs=(*repairs, *statement.repairs))


def unparse(statement: Statement) -> str:
    """Return the text of a statement: its paragraphs in order, a blank line between any two, LF at the end."""
    headings: dict[int, list[Heading]] = {}
    for heading in statement.headings:
        headings.setdefault(heading.first, []).append(heading)
    paragraphs = [*(statement.title_lines or (statement.title,)), *statement.lines_below_title]
    for clause in statement.clauses:
        paragraphs += [heading.whole for heading in headings.get(clause.number, ())]
        first, *others = _paragraphs(clause, statement.table)
        paragraphs += [clause.printed, first] if clause.is_apart else [f"{clause.printed}{first}"]
        paragraphs += others
    paragraphs += [line for line in (statement.notice, statement.address) if line]
    return "\n\n".join(paragraphs) + "\n"


def _paragraphs(clause: Clause, table: str) -> list[str]:
    """Return the paragraphs of a clause as the text has them."""
    if not clause.blocks:
        return [clause.text]
    return [
        table.join(cell.of(clause.text) for cell in block.cells) if block.cells else block.span.of(clause.text)
        for block in clause.blocks
    ]


def fidelity_problems(source: Source, statement: Statement) -> Iterator[Problem]:
    """Yield a problem when the statement put back into text is not the text received with the listed repairs."""
    if unparse(statement) != repaired(source.text, statement.repairs):
        yield Problem(source.file, 1, 1, "cannot be put back together from its parts; report this as a defect")


def _statement(text: str, structure: Structure) -> Statement:
    """Return the statement in a text whose characters are clean and that is built as its structure says."""
    layout = layout_of(text, structure)
    notes = {unit.mark.text.strip(BLANKS) for unit in layout.units if unit.kind == "note" and unit.mark}
    clauses = tuple(_clause(number, unit, named, notes) for number, (unit, named) in enumerate(called(layout), 1))
    date = layout.date
    below = tuple(line.text for line in layout.below)
    return Statement(
        title="".join(line.text for line in layout.title),
        date_line=date.text if date else "",
        clauses=clauses,
        headings=tuple(_headings(layout)),
        notice=layout.notice.text if layout.notice else "",
        address=layout.address.text if layout.address else "",
        repairs=tuple(_layout_repairs(text, layout)),
        title_lines=tuple(line.text for line in layout.title) if len(layout.title) > 1 else (),
        under=below if len(below) > 1 or (below and date not in layout.below) else (),
        is_dated_below=date is not None and date not in layout.below,
        table=structure.table,
    )


def _clause(number: int, unit: Unit, named: Named, notes: set[str]) -> Clause:
    blocks = _blocks(unit) if len(unit.paragraphs) > 1 or unit.paragraphs[0].is_special else []
    clause = clause_from_text(number, unit.text, blocks, notes if unit.kind != "note" else ())
    mark = unit.mark.text if unit.mark else ""
    return replace(
        clause,
        mark=None if mark == f"{number}、" else mark,
        name="" if named.name == str(number) else named.name,
        called="" if named.label == f"第{number}段" else named.label,
        is_apart=unit.is_apart,
    )


def _blocks(unit: Unit) -> list[Block]:
    blocks: list[Block] = []
    start = 0
    for paragraph in unit.paragraphs:
        end = start + len(paragraph.text)
        cells: list[Span] = []
        for cell in paragraph.cells:
            cells.append(Span(cells[-1].end if cells else start, (cells[-1].end if cells else start) + len(cell)))
        blocks.append(Block(Span(start, end), paragraph.mark, paragraph.level, tuple(cells)))
        start = end
    return blocks


def _headings(layout: Layout) -> Iterator[Heading]:
    number = 1
    for item in layout.body:
        if isinstance(item, Unit):
            number += 1
        else:
            mark = item.mark
            is_usual = mark is not None and mark.text == f"{mark.numeral}、"
            yield Heading(
                mark.numeral if mark else "",
                item.title,
                number,
                None if is_usual else mark.text if mark else "",
                item.level,
                item.name if item.level > 1 else "",
            )


def _layout_repairs(text: str, layout: Layout) -> Iterator[Repair]:
    """Yield what has to change between the lines that are kept for them to stand as `unparse` puts them."""
    joints: dict[int, tuple[int, int]] = {}
    kept: list[Line] = [*layout.title, *layout.below]
    number = 0
    for item in layout.body:
        number += isinstance(item, Unit)
        kept += [item.line] if isinstance(item, Headed) else item.lines
        if isinstance(item, Unit):
            joints |= {line.start: (number, position) for line, position in _joints(item.paragraphs)}
    kept += [line for line in (layout.notice, layout.address) if line]
    starts = [0, *(line.end for line in kept)]
    ends = [*(line.start for line in kept), len(text)]
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        clause, position = joints.get(end, (None, None)) if index < len(kept) else (None, None)
        wanted = "" if index == 0 or clause else "\n" if index == len(kept) else "\n\n"
        if text[start:end] != wanted:
            kind = RepairKind.PAGE_BREAK if clause else RepairKind.BLANK_LINES
            line = 1 + text.count("\n", 0, start + 1 if start else 0)
            yield Repair(kind, start, end, wanted, line, clause, position)


def _joints(paragraphs: list[Paragraph]) -> Iterator[tuple[Line, int]]:
    """Yield the lines with which a paragraph goes on, and the offset in the clause's text at which each begins."""
    before = 0
    for paragraph in paragraphs:
        within = 0
        for one, other in pairwise(paragraph.lines):
            within += len(one.text) - (paragraph.skipped if one is paragraph.lines[0] else 0)
            yield other, before + within
        before += len(paragraph.text)
