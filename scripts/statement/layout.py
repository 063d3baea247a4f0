"""Layout: the lines of a text sorted into what they are, as its structure says. Nothing is judged here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from .dates import STAMP, day_in, is_history
from .marks import Mark, Scheme, scheme
from .model import Structure
from .text import CLOSERS

COMPLETE = re.compile(rf"[。！？；：…][{CLOSERS}]*$")
"""How a paragraph ends that is whole."""

NOTICE = re.compile(r"(?:预览已结束|預覽已結束).*")
"""What a publisher puts under the part of a text that is shown."""

ADDRESS = re.compile(r"https?://[^\s]+")
_BRACKETED = re.compile(r"（.*）|\(.*\)|〔.*〕|【.*】")
_ANNEX = re.compile(r"附件|附录|附錄|附[：:]|附$")
_LONGEST_DATED = 60


@dataclass(frozen=True)
class Line:
    """A line that is not blank: its offset in the text and its characters."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.start + len(self.text)


@dataclass
class Paragraph:
    """A paragraph of a clause: its lines, more than one where a page break went through it.

    `skipped` is how many characters of the first line are the clause's own mark, `mark` how many those of an item.
    """

    lines: list[Line]
    text: str
    skipped: int = 0
    mark: int = 0
    level: int = 0
    cells: tuple[str, ...] = ()

    @property
    def is_special(self) -> bool:
        """Whether it is an item or a row of a table."""
        return bool(self.level or self.cells)

    def place(self, offset: int) -> int:
        """Return where in the file's text a character (from 0) of the paragraph's text stands."""
        rest = len(self.text) - offset
        for line in reversed(self.lines):
            if rest <= len(line.text):
                return line.end - rest
            rest -= len(line.text)
        return self.lines[0].start


@dataclass
class Unit:
    """Text that has an address, while its lines are being collected; `kind` is clause, lead, closing or note.

    `part` counts the outermost headings before it, `annex` those among them that begin an annex.
    """

    line: Line
    kind: str
    mark: Mark | None
    part: int = 0
    annex: int = 0
    paragraphs: list[Paragraph] = field(default_factory=list)
    is_apart: bool = False

    @property
    def text(self) -> str:
        """Its paragraphs, with nothing between them."""
        return "".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def lines(self) -> list[Line]:
        """All of its lines, that of a mark that stands alone included."""
        lines = [line for paragraph in self.paragraphs for line in paragraph.lines]
        return [self.line, *lines] if self.is_apart else lines

    @property
    def value(self) -> tuple[int, ...]:
        """What its number is worth; nothing where it has none."""
        return self.mark.value if self.mark else ()


@dataclass
class Headed:
    """A heading: its mark, if it has one, its title, its level from 1, and the id of one that is within a part."""

    line: Line
    mark: Mark | None
    title: str
    level: int
    name: str = ""

    @property
    def is_annex(self) -> bool:
        """Whether an annex begins with it."""
        return self.level == 1 and bool(_ANNEX.match(self.line.text))


@dataclass(frozen=True)
class Stray:
    """A line that belongs nowhere, and what it follows."""

    line: Line
    after: Unit | Headed | None
    is_below: bool = False


@dataclass
class Layout:
    """The lines of a text sorted into what they are; `head` is all that stands before the text itself."""

    title: list[Line] = field(default_factory=list)
    below: list[Line] = field(default_factory=list)
    head: list[Line] = field(default_factory=list)
    date: Line | None = None
    body: list[Headed | Unit] = field(default_factory=list)
    notice: Line | None = None
    address: Line | None = None
    stray: list[Stray] = field(default_factory=list)
    anew: bool = False

    @property
    def units(self) -> list[Unit]:
        """What has an address, in order."""
        return [item for item in self.body if isinstance(item, Unit)]

    @property
    def clauses(self) -> list[Unit]:
        """The clauses, in order."""
        return [unit for unit in self.units if unit.kind == "clause"]

    @property
    def headings(self) -> list[Headed]:
        """The headings, in order."""
        return [item for item in self.body if isinstance(item, Headed)]


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of a text that are not blank."""
    offset = 0
    for line in text.split("\n"):
        if line:
            yield Line(offset, line)
        offset += len(line) + 1


def layout_of(text: str, structure: Structure) -> Layout:
    """Return the lines of a text, whose characters are clean, sorted: the head, the text, the publisher's lines."""
    return _Sorter(structure).sort(list(lines_of(text)))


@dataclass
class _Sorter:
    """Goes through the lines once."""

    structure: Structure
    layout: Layout = field(default_factory=Layout)
    part: int = 0
    annex: int = 0
    annexes: int = 0
    is_closing: bool = False
    is_led: bool = False
    values: list[int] = field(default_factory=list)

    @property
    def numbering(self) -> str:
        """The sample of the clauses at hand: those of an annex may have their own, and have none if nothing is said."""
        return self.structure.annex_numbering if self.annex else self.structure.numbering

    @property
    def clauses(self) -> Scheme | None:
        return scheme(self.numbering) if self.numbering else None

    @cached_property
    def notes(self) -> Scheme | None:
        return scheme(self.structure.notes) if self.structure.notes else None

    @cached_property
    def headings(self) -> list[tuple[Scheme, int]]:
        """The schemes of headings, those of annexes and the outermost having level 1."""
        found: list[tuple[Scheme, int]] = []
        level = 0
        for sample in self.structure.heading_samples:
            known = scheme(sample)
            if known and _ANNEX.match(sample):
                found.append((known, 1))
            elif known:
                level += 1
                found.append((known, level))
        return found

    @cached_property
    def titles(self) -> frozenset[str]:
        return frozenset(sample for sample in self.structure.heading_samples if scheme(sample) is None)

    @cached_property
    def openers(self) -> tuple[str, ...]:
        """Titles that end in a colon stand for every heading that begins with them."""
        return tuple(title for title in self.titles if title.endswith(("：", ":")))

    @cached_property
    def items(self) -> list[Scheme]:
        return [known for known in map(scheme, self.structure.items) if known]

    def sort(self, lines: Sequence[Line]) -> Layout:
        self.layout.anew = self.structure.anew
        start = self._head(lines)
        for line in lines[start:]:
            self._line(line)
        if self.structure.date_line == "end":
            dated = [line for unit in self.layout.units[-4:] for line in unit.lines if day_in(line.text)]
            self.layout.date = dated[-1] if dated else None
        return self.layout

    def _head(self, lines: Sequence[Line]) -> int:
        """Take the title and what stands below it; return the index of the first line after that."""
        begins = next((index for index, line in enumerate(lines) if self._is_body(line)), len(lines))
        self.layout.head = list(lines[:begins])
        count = _title_lines(lines[:begins], self.structure.title)
        self.layout.title = list(lines[:count])
        end = count
        if self.structure.date_line == "head":
            self.layout.date = _date_of([*takewhile(self._is_of_head, lines[count:begins])])
        while end < begins and self._is_below(lines[end]):
            end += 1
        self.layout.below = list(lines[count:end])
        return end

    def _is_below(self, line: Line) -> bool:
        is_text = self.structure.preamble or not self.structure.numbering
        return (
            line is self.layout.date
            or line.text in self.structure.under_title
            or (bool(_BRACKETED.fullmatch(line.text)) and day_in(line.text) is not None)
            or (self.structure.date_line == "head" and not is_text and self._is_before_date(line))
        )

    def _is_of_head(self, line: Line) -> bool:
        """Whether a line can stand above the date: no paragraph can, unless it is in brackets or declared."""
        is_whole = COMPLETE.search(line.text) or line.text.endswith(self.structure.paragraph_ends or ("\n",))
        is_named = _BRACKETED.fullmatch(line.text) or line.text in self.structure.under_title
        return not is_whole or bool(is_named)

    def _is_before_date(self, line: Line) -> bool:
        """Whether a line stands between title and date, which is to be told to the editor."""
        date = self.layout.date
        if date is None or line.start > date.start or line in self.layout.title:
            return False
        self.layout.stray.append(Stray(line, None, is_below=True))
        return True

    def _is_body(self, line: Line) -> bool:
        return bool(self._heading(line)) or bool(self.clauses and self.clauses.match(line.text))

    def _line(self, line: Line) -> None:
        """Sort one line behind the head."""
        if self.layout.notice or self.layout.address:
            self._after_notice(line)
        elif NOTICE.fullmatch(line.text) and self.layout.body:
            self.layout.notice = line
        elif ADDRESS.fullmatch(line.text) and self.layout.body:
            self.layout.address = line
        elif heading := self._heading(line):
            self._add_heading(heading)
        elif self.notes and self.layout.body and (mark := self.notes.match(line.text)):
            self._begin(line, "note", mark)
        elif self.structure.closing and self.layout.body and line.text.startswith(self.structure.closing):
            self.is_closing = True
            self._begin(line, "closing", None)
        elif self.is_closing and (unit := self._last):
            unit.paragraphs.append(Paragraph([line], line.text))
        elif self.clauses and (mark := self.clauses.match(line.text)):
            self._begin(line, "clause", mark)
        else:
            self._unmarked(line)

    @property
    def _last(self) -> Unit | None:
        last = self.layout.body[-1] if self.layout.body else None
        return last if isinstance(last, Unit) else None

    def _after_notice(self, line: Line) -> None:
        if self.layout.notice and not self.layout.address and ADDRESS.fullmatch(line.text):
            self.layout.address = line
        else:
            self.layout.stray.append(Stray(line, None))

    def _heading(self, line: Line) -> Headed | None:
        if line.text in self.titles:
            return Headed(line, None, line.text, 1)
        for known, level in self.headings:
            mark = known.match(line.text)
            if mark and (title := line.text[len(mark.text) :]):
                return Headed(line, mark, title, level)
            if mark and known.may_stand_alone:
                return Headed(line, None, line.text, level)
        opener = next((opener for opener in self.openers if line.text.startswith(opener)), "")
        if opener and line.text != opener:
            return Headed(line, Mark(opener, "", ()), line.text[len(opener) :], 1)
        return None

    def _add_heading(self, heading: Headed) -> None:
        self.is_closing = self.is_led = False
        if heading.level == 1:
            self.part += 1
            self.annexes += heading.is_annex
            self.annex = self.annexes if heading.is_annex else 0
        value = heading.mark.value[0] if heading.mark and heading.mark.value else 0
        above = [*self.values, *[0] * heading.level][: heading.level - 1]
        own = self.part if heading.level == 1 else value
        self.values = [*above, own]
        heading.name = f"s{'.'.join(map(str, self.values))}"
        self.layout.body.append(heading)

    def _begin(self, line: Line, kind: str, mark: Mark | None) -> Unit:
        if kind != "closing":
            self.is_closing = False
        skipped = len(mark.text) if mark else 0
        unit = Unit(line, kind, mark, self.part, self.annex)
        unit.paragraphs.append(Paragraph([line], line.text[skipped:], skipped))
        if kind == "clause":
            self.is_led = True
        self.layout.body.append(unit)
        return unit

    def _unmarked(self, line: Line) -> None:
        """Sort a line that begins no clause: part of the last one, or a clause of a text without numbers."""
        unit = self._last
        last = unit.paragraphs[-1] if unit else None
        if unit and last and self._stands_alone(unit):
            unit.is_apart = True
            unit.paragraphs = [self._row(line) or self._item(line) or Paragraph([line], line.text)]
        elif last and self._goes_on(last):
            last.lines.append(line)
            last.text += line.text
        elif unit and (made := self._row(line) or self._item(line)):
            unit.paragraphs.append(made)
        elif made := self._row(line):
            self._begin(line, "clause" if not self.numbering else "lead", None).paragraphs = [made]
        elif not self.numbering:
            self._begin(line, "clause", None)
        elif self.structure.preamble and not self.is_led:
            self._lead(line)
        elif unit and (self.structure.paragraphs or unit.kind == "lead"):
            unit.paragraphs.append(Paragraph([line], line.text))
        else:
            self.layout.stray.append(Stray(line, self.layout.body[-1] if self.layout.body else None))

    def _lead(self, line: Line) -> None:
        unit = self._last
        if unit and unit.kind == "lead":
            unit.paragraphs.append(Paragraph([line], line.text))
        else:
            self._begin(line, "lead", None)

    def _stands_alone(self, unit: Unit) -> bool:
        """Whether a clause is no more than its mark so far, on a line of its own."""
        is_empty = len(unit.paragraphs) == 1 and not unit.paragraphs[0].text
        return is_empty and not unit.is_apart and bool(self.clauses and self.clauses.may_stand_alone)

    def _goes_on(self, paragraph: Paragraph) -> bool:
        """Whether a page break that the structure names is at the end of a paragraph."""
        return not COMPLETE.search(paragraph.text) and paragraph.text.endswith(self.structure.page_breaks or ("\n",))

    def _row(self, line: Line) -> Paragraph | None:
        if not self.structure.table or self.structure.table not in line.text:
            return None
        cells = tuple(line.text.split(self.structure.table))
        return Paragraph([line], "".join(cells), cells=cells)

    def _item(self, line: Line) -> Paragraph | None:
        for level, known in enumerate(self.items, 1):
            if mark := known.match(line.text):
                return Paragraph([line], line.text, mark=len(mark.text), level=level)
        return None


def _title_lines(head: Sequence[Line], title: str) -> int:
    """Return how many lines of the head are the title, of which the whole is given; one unless several make it up."""
    joined = ""
    for count, line in enumerate(head, 1):
        joined += line.text
        if joined == title:
            return count
        if not title.startswith(joined):
            break
    return 1 if head and not STAMP.fullmatch(head[0].text) else 0


def _date_of(head: Sequence[Line]) -> Line | None:
    """Return the line below a title that has the date: of those that tell how the text came to be, the last."""
    dated = [line for line in head if _is_dated(line.text)]
    told = [line for line in dated if is_history(line.text)]
    return told[-1] if dated and dated[0] in told else dated[0] if dated else None


def _is_dated(line: str) -> bool:
    """Whether a line is one that says when a text was made or published."""
    if day_in(line) is None:
        return False
    return (
        bool(_BRACKETED.fullmatch(line))
        or is_history(line)
        or (len(line) <= _LONGEST_DATED and not COMPLETE.search(line))
    )
