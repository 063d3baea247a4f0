"""Parse: the text as received becomes a Statement, and back.

`unparse(parse(source))` equals `repaired(source.text, statement.repairs)`: the listed repairs are all that changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, zip_longest

from .errors import InputError, Problem, Source, problem_at
from .model import Heading, Repair, RepairKind, Statement
from .repair import BLANKS, apply, character_problems, character_repairs, repaired
from .text import CLOSERS, clause_from_text, is_opening, numeral, quotation_pairs

_CLAUSE = re.compile(r"(?P<number>[1-9][0-9]{0,3})、(?P<text>.*)")
_HEADING = re.compile(r"(?P<numeral>[一二三四五六七八九十]{1,3})、(?P<title>.+)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2})?")
_NOTICE = re.compile(r"(?:预览已结束|預覽已結束).*")
_ADDRESS = re.compile(r"https?://[^\s]+")
_NUMERALS = {numeral(number): number for number in range(1, 100)}
_COMPLETE = re.compile(rf"[。！？；：…][{CLOSERS}]*$")


def parse(source: Source) -> Statement:
    """Return the statement in a text, its clauses in order and numbered 1 to n without a gap.

    Raises InputError with every problem of the text. What is repaired rather than refused is listed in
    `Statement.repairs`: blanks around lines, line endings, full-width clause numbers, surplus blank lines, and a
    clause broken in two by a page break.
    """
    problems = list(character_problems(source))
    if not source.text.strip(BLANKS + "\r\n\ufeff"):
        problems.append(Problem(source.file, 1, 1, "the file is empty; put the statement's text into it"))
    if problems:
        raise InputError(problems)
    repairs = tuple(character_repairs(source.text))
    statement = _statement(Source(source.file, apply(source.text, repairs)))
    return replace(statement, repairs=(*repairs, *statement.repairs))


def unparse(statement: Statement) -> str:
    """Return the text of a statement: its paragraphs in order, a blank line between any two, LF at the end."""
    headings = {heading.first: heading for heading in statement.headings}
    paragraphs = [statement.title, statement.date_line]
    for clause in statement.clauses:
        if heading := headings.get(clause.number):
            paragraphs.append(f"{heading.numeral}、{heading.title}")
        paragraphs.append(f"{clause.number}、{clause.text}")
    paragraphs += [line for line in (statement.notice, statement.address) if line]
    return "\n\n".join(paragraphs) + "\n"


def fidelity_problems(source: Source, statement: Statement) -> Iterator[Problem]:
    """Yield a problem when the statement put back into text is not the text received with the listed repairs."""
    if unparse(statement) != repaired(source.text, statement.repairs):
        yield Problem(source.file, 1, 1, "cannot be put back together from its parts; report this as a defect")


@dataclass(frozen=True)
class _Line:
    """A line that is not blank: its offset in the text and its characters."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class _Heading:
    line: _Line
    numeral: str
    title: str


@dataclass
class _Clause:
    """A clause while its lines are being collected: more than one where a page break went through it."""

    lines: list[_Line]
    number: int
    text: str

    @property
    def line(self) -> _Line:
        return self.lines[0]

    def place(self, offset: int) -> int:
        """Return where in the file's text a character (from 0) of the clause's text stands."""
        rest = len(self.text) - offset
        for line in reversed(self.lines):
            if rest <= len(line.text):
                return line.end - rest
            rest -= len(line.text)
        return self.line.start


@dataclass(frozen=True)
class _Stray:
    """A line that belongs nowhere, what it follows, and the clause that should stand there, if one is missing."""

    line: _Line
    after: str
    expected: int | None


@dataclass
class _Layout:
    """The lines of a text sorted into what they are."""

    head: list[_Line] = field(default_factory=list)
    body: list[_Heading | _Clause] = field(default_factory=list)
    closing: list[_Line] = field(default_factory=list)
    stray: list[_Stray] = field(default_factory=list)

    @property
    def clauses(self) -> list[_Clause]:
        return [item for item in self.body if isinstance(item, _Clause)]

    @property
    def headings(self) -> list[_Heading]:
        return [item for item in self.body if isinstance(item, _Heading)]


def _statement(source: Source) -> Statement:
    """Return the statement in a text whose characters are clean; raise InputError with all that is wrong with it."""
    layout = _layout(_lines(source.text))
    problems = [
        *_head_problems(source, layout.head),
        *_stray_problems(source, layout),
        *_number_problems(source, layout),
        *_clause_problems(source, layout.clauses),
        *_heading_problems(source, layout.body),
        *_quotation_problems(source, layout),
    ]
    if problems:
        raise InputError(problems)
    title, date = layout.head
    notice = next((line.text for line in layout.closing if _NOTICE.fullmatch(line.text)), "")
    address = next((line.text for line in layout.closing if _ADDRESS.fullmatch(line.text)), "")
    return Statement(
        title.text,
        date.text,
        tuple(clause_from_text(clause.number, clause.text) for clause in layout.clauses),
        tuple(_headings(layout.body)),
        notice,
        address,
        tuple(_layout_repairs(source.text, layout)),
    )


def _lines(text: str) -> Iterator[_Line]:
    offset = 0
    for line in text.split("\n"):
        if line:
            yield _Line(offset, line)
        offset += len(line) + 1


def _layout(lines: Iterator[_Line]) -> _Layout:
    """Sort the lines: the head, then clauses and headings, then what the publisher put under the text."""
    layout = _Layout()
    unnumbered: list[tuple[_Line, str, int]] = []
    for line in lines:
        if layout.closing:
            _add_closing(layout, line)
        elif match := _CLAUSE.fullmatch(line.text):
            layout.body.append(_Clause([line], int(match["number"]), match["text"]))
        elif match := _HEADING.fullmatch(line.text):
            layout.body.append(_Heading(line, match["numeral"], match["title"]))
        elif not layout.body:
            layout.head.append(line)
        elif _NOTICE.fullmatch(line.text) or _ADDRESS.fullmatch(line.text):
            layout.closing.append(line)
        elif isinstance(last := layout.body[-1], _Clause) and last.text and not _COMPLETE.search(last.text):
            last.lines.append(line)
            last.text += line.text
        else:
            after = f"clause {last.number}" if isinstance(last, _Clause) else f"heading {last.numeral}"
            unnumbered.append((line, after, max((clause.number for clause in layout.clauses), default=0) + 1))
    numbers = {clause.number for clause in layout.clauses}
    layout.stray += [_Stray(line, after, None if due in numbers else due) for line, after, due in unnumbered]
    return layout


def _add_closing(layout: _Layout, line: _Line) -> None:
    if len(layout.closing) == 1 and _ADDRESS.fullmatch(line.text) and _NOTICE.fullmatch(layout.closing[0].text):
        layout.closing.append(line)
    else:
        layout.stray.append(_Stray(line, "the publisher's closing lines", None))


def _head_problems(source: Source, head: Sequence[_Line]) -> Iterator[Problem]:
    """Yield a problem for a head that is not a title and a date line."""
    place = head[0].start if head else 0
    dates = [index for index, line in enumerate(head) if _DATE.fullmatch(line.text)]
    if not head or 0 in dates:
        yield problem_at(source, place, "no title; put the statement's title on the first line")
    if not dates:
        yield problem_at(source, place, "no date; put the date line (2020-06-19 00:35) under the title")
    elif dates[0] > 1:
        message = "a line between the title and the date; remove it or join it to the title"
        yield problem_at(source, head[1].start, message)
    for line in head[dates[0] + 1 :] if dates else ():
        yield problem_at(source, line.start, "a line between the date and clause 1; remove it or number it")


def _stray_problems(source: Source, layout: _Layout) -> Iterator[Problem]:
    """Yield a problem for each paragraph that is a clause without its number, or no part of the text."""
    for stray in layout.stray:
        todo = f"clause {stray.expected} should begin here" if stray.expected else "remove it"
        yield problem_at(source, stray.line.start, f"a paragraph without a number after {stray.after}; {todo}")


def _number_problems(source: Source, layout: _Layout) -> Iterator[Problem]:
    """Clauses are numbered 1 to n; one problem for each that is missing, given twice or out of its place."""
    clauses = layout.clauses
    if not clauses:
        yield Problem(source.file, 1, 1, "no clause; a clause begins with its number, as in 1、")
    strays = {stray.expected for stray in layout.stray if stray.expected}
    numbers = {clause.number for clause in clauses} | strays
    seen: set[int] = set()
    highest = 0
    for clause in clauses:
        number = clause.number
        between = set(range(highest + 1, number))
        missing = sorted(between - numbers)
        late = sorted((between & numbers) - seen - strays)
        if number in seen:
            yield problem_at(source, clause.line.start, f"clause {number} appears twice; remove one or renumber it")
        elif missing:
            names = ", ".join(map(str, missing)) if len(missing) < 4 else f"{missing[0]} to {missing[-1]}"
            follows = f"clause {number} follows clause {highest}" if highest else f"the first clause is {number}"
            plural = "are" if len(missing) > 1 else "is"
            yield problem_at(source, clause.line.start, f"{follows}; {plural} {names} missing?")
        elif late:
            message = f"clause {number} stands before clause {late[0]}; put them in order"
            yield problem_at(source, clause.line.start, message)
        seen.add(number)
        highest = max(highest, number)


def _clause_problems(source: Source, clauses: Sequence[_Clause]) -> Iterator[Problem]:
    for clause in clauses:
        if not clause.text:
            message = f"clause {clause.number} is empty; put its text after the number"
            yield problem_at(source, clause.line.end, message)
        elif not _COMPLETE.search(clause.text):
            message = f"clause {clause.number} does not end with 。 ！ or ？; is the rest of it missing?"
            yield problem_at(source, clause.lines[-1].end - 1, message)


def _heading_problems(source: Source, body: Sequence[_Heading | _Clause]) -> Iterator[Problem]:
    expected = 1
    for item, following in zip_longest(body, body[1:]):
        if isinstance(item, _Clause):
            continue
        if item.numeral != numeral(expected):
            message = f"heading {item.numeral} stands where {numeral(expected)} is expected; put the numerals in order"
            yield problem_at(source, item.line.start, message)
        if not isinstance(following, _Clause):
            message = f"heading {item.numeral} has no clauses; remove it or put its clauses under it"
            yield problem_at(source, item.line.start, message)
        expected = _NUMERALS.get(item.numeral, expected) + 1


def _quotation_problems(source: Source, layout: _Layout) -> Iterator[Problem]:
    """Quotation marks pair within a paragraph: only those that do can be converted."""
    for line in [*layout.head, *(heading.line for heading in layout.headings)]:
        for offset in quotation_pairs(line.text)[1]:
            yield _quotation_problem(source, line.start + offset, "this line")
    for clause in layout.clauses:
        for offset in quotation_pairs(clause.text)[1]:
            yield _quotation_problem(source, clause.place(offset), f"clause {clause.number}")


def _quotation_problem(source: Source, offset: int, where: str) -> Problem:
    mark = source.text[offset]
    what = "is never closed" if is_opening(mark) else "closes nothing"
    return problem_at(source, offset, f"{mark} {what} in {where}; balance the quotation marks")


def _headings(body: Sequence[_Heading | _Clause]) -> Iterator[Heading]:
    for item, following in pairwise(body):
        if isinstance(item, _Heading) and isinstance(following, _Clause):
            yield Heading(item.numeral, item.title, following.number)


def _layout_repairs(text: str, layout: _Layout) -> Iterator[Repair]:
    """Yield what has to change between the lines that are kept for them to stand as `unparse` puts them."""
    joints: dict[int, tuple[int, int]] = {}
    kept = list(layout.head)
    for item in layout.body:
        kept += [item.line] if isinstance(item, _Heading) else item.lines
        if isinstance(item, _Clause):
            joints |= {line.start: (item.number, _joint(item, index)) for index, line in enumerate(item.lines) if index}
    kept += layout.closing
    starts = [0, *(line.end for line in kept)]
    ends = [*(line.start for line in kept), len(text)]
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        clause, position = joints.get(end, (None, None))
        wanted = "" if index == 0 or clause else "\n" if index == len(kept) else "\n\n"
        if text[start:end] != wanted:
            kind = RepairKind.PAGE_BREAK if clause else RepairKind.BLANK_LINES
            line = 1 + text.count("\n", 0, start + 1 if start else 0)
            yield Repair(kind, start, end, wanted, line, clause, position)


def _joint(clause: _Clause, index: int) -> int:
    """Return the offset in a clause's text at which one of its lines, other than the first, begins."""
    return len(clause.text) - sum(len(line.text) for line in clause.lines[index:])
