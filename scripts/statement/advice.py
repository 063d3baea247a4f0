"""Advice: what statement.toml has to say of a text whose lines are not understood, all of it at once.

Each piece is taken as followed before the next is looked for, so that one run tells everything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from .dates import day_in, is_history
from .layout import COMPLETE, Headed, Layout, Line, Paragraph, Stray, Unit, layout_of, lines_of
from .marks import BLANKS, resembling, scheme, spaced
from .model import Structure
from .repair import apply, character_repairs

MOST = 60
"""So many pieces of advice at most are given in one run."""

_HEADINGS = (
    ("第一编", "第一編", "第一篇", *spaced("编", "編", "篇")),
    ("第一部分", "第一部"),
    ("第一章", "Ⅰ.", "I.", "A.", *spaced("章")),
    ("第一节", "第一節", *spaced("节", "節")),
    ("附件一", "附件1"),
)
_RANK = {sample: rank for rank, samples in enumerate(_HEADINGS) for sample in samples}
_USUAL = ("一、",)
_USUAL_RANK = 2.5
_SHORT = 24
# What stands at the end of a piece of a sentence, never of a heading.
_GOES_ON = "，、,;:"
WORDS = 8
"""So many characters name the end of a paragraph."""

_OPENING = 6
_ANNEX = re.compile(r"附[：:]|附$")

Say = Callable[[Structure], str]


@dataclass(frozen=True)
class Advice:
    """A piece of advice: the line that calls for it, from 1, and what it says, given all that is advised."""

    line: int
    say: Say


@dataclass(frozen=True)
class Advised:
    """All advice, the structure that follows from it, and the text laid out as that says."""

    advice: tuple[Advice, ...]
    structure: Structure
    layout: Layout
    text: str


@dataclass(frozen=True)
class _State:
    """What is known so far: the text with its characters put right, its lines, and how they are laid out."""

    raw: str
    text: str
    lines: list[Line]
    layout: Layout
    structure: Structure

    @property
    def plain(self) -> Iterator[Stray]:
        """The lines that belong nowhere and stand in the text, before what its publisher put under it."""
        notice = self.layout.notice
        return (
            stray
            for stray in self.layout.stray
            if not stray.is_below and not (notice and stray.line.start > notice.start)
        )


def _last_of_text(layout: Layout) -> Unit | None:
    """Return the last unit of the text itself: what comes behind it are annexes and notes."""
    return next((unit for unit in reversed(layout.units) if not unit.annex and unit.kind != "note"), None)


_Found = tuple[Line, Say, Structure] | None


def advise(raw: str, structure: Structure, most: int = MOST) -> Advised:
    """Return what is to be declared, `most` pieces of it, about a text as received that a structure lays out."""
    found: list[Advice] = []
    state = _state(raw, structure)
    while len(found) < most:
        made = next(filter(None, (find(state) for find in _FINDERS)), None)
        if made is None or made[2] == state.structure:
            break
        line, say, structure = made
        found.append(Advice(1 + state.text.count("\n", 0, line.start), say))
        state = _state(raw, structure)
    return Advised(tuple(found), state.structure, state.layout, state.text)


def _state(raw: str, structure: Structure) -> _State:
    text = apply(raw, tuple(character_repairs(raw, structure)))
    return _State(raw, text, list(lines_of(text)), layout_of(text, structure), structure)


def _said(words: str) -> Say:
    return lambda _: words


def _set(sample: str, key: str) -> Say:
    return _said(f'looks like {sample}; set {key} = "{sample}" in statement.toml')


def _listed(samples: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{sample}"' for sample in samples) + "]"


def _is_short(line: Line) -> bool:
    return len(line.text) <= _SHORT and not COMPLETE.search(line.text) and line.text[-1] not in _GOES_ON


def ending(paragraph: Paragraph) -> str:
    """Return the words that name the end of a paragraph: those of its last line, without the clause's mark."""
    return (paragraph.text if len(paragraph.lines) == 1 else paragraph.lines[-1].text)[-WORDS:]


def _history(state: _State) -> _Found:
    """Find lines below the title that say when the text was adopted and amended: the last is its date."""
    layout, structure = state.layout, state.structure
    head = layout.head[len(layout.title) :] if layout.head else []
    told = [line for line in takewhile(lambda each: not COMPLETE.search(each.text), head) if is_history(line.text)]
    for line in told:
        is_placed = line in layout.below or line is layout.date or line.text in structure.under_title
        if not is_placed and not _is_declared(line, state):
            message = f'a line on how the text came to be; set under_title = ["{line.text}"] in statement.toml'
            return line, _said(message), replace(structure, under_title=(*structure.under_title, line.text))
    return None


def _annex(state: _State) -> _Found:
    """Find what begins an annex without a number: 附：国旗图案, or 附 by itself, with something under it."""
    for line, _ in pairwise(state.lines):
        found = _ANNEX.match(line.text)
        is_open = line.start > state.lines[0].start and not _is_heading(line, state) and not _is_declared(line, state)
        if found and is_open:
            sample = found.group() if found.group() != line.text or found.group()[-1] in "：:" else line.text
            return (
                line,
                lambda final: (
                    "looks like the heading of an annex; set headings = "
                    f"{_listed(final.heading_samples)} in statement.toml"
                ),
                _with_heading(state, sample),
            )
    return None


def _is_declared(line: Line, state: _State) -> bool:
    """Return whether somebody has said of a line that it is a paragraph, or closes the text."""
    structure = state.structure
    return line.text.endswith(structure.paragraph_ends or ("\n",)) or bool(
        structure.closing and line.text.startswith(structure.closing)
    )


def _is_heading(line: Line, state: _State) -> bool:
    return any(heading.line.start == line.start for heading in state.layout.headings)


def _names_annex(line: Line, state: _State) -> bool:
    """Return whether a line says what the annex is above which there is no more than 附： by itself."""
    above = next((one for one, other in pairwise(state.lines) if other.start == line.start), None)
    return above is not None and bool(_ANNEX.fullmatch(above.text))


def _title(state: _State) -> _Found:
    """Find what stands between the title and the date."""
    stray = next((stray for stray in state.layout.stray if stray.is_below), None)
    if stray is None:
        return None
    whole = "".join(line.text for line in state.layout.title) + stray.line.text
    message = (
        f'a line between the title and the date; if the title goes on there, set title = "{whole}" in statement.toml, '
        f'if not, under_title = ["{stray.line.text}"]'
    )
    under = (*state.structure.under_title, stray.line.text)
    return stray.line, _said(message), replace(state.structure, under_title=under)


def _numbering(state: _State) -> _Found:
    """Find how clauses are numbered where none is found."""
    layout, structure = state.layout, state.structure
    if not structure.numbering or layout.clauses or not layout.body + layout.stray:
        return None
    usual = [heading.line for heading in layout.headings if heading.mark and structure.headings is None]
    # What would be a heading is none where it is a sentence.
    sentences = usual[:1] if all(COMPLETE.search(line.text) for line in usual) else []
    found = _sample(state.lines[1:], structure)
    if sentences and (not found or sentences[0].start < found[0].start):
        found = sentences[0], "一、"
    if found:
        line, sample = found
        return line, _set(sample, "numbering"), replace(structure, numbering=sample)
    if not layout.stray and not layout.units:
        return None
    line = layout.stray[0].line if layout.stray else state.lines[0]
    message = 'no line begins with a number; if the text has none, set numbering = "" in statement.toml'
    return line, _said(message), replace(structure, numbering="")


def _sample(lines: Sequence[Line], structure: Structure) -> tuple[Line, str] | None:
    """Return the mark by which lines are numbered from 1 on, and the first of these lines.

    Of several, the one that begins first holds the others; one that never goes on to 2 is taken if there is no other.
    """
    firsts: dict[str, Line] = {}
    going_on: set[str] = set()
    for line in lines:
        for sample, mark in resembling(line.text):
            if sample in _RANK or sample in structure.heading_samples:
                continue
            if sample not in firsts and all(value == 1 for value in mark.value):
                firsts[sample] = line
            elif sample in firsts and mark.value[-1] == 2:
                going_on.add(sample)
    chosen = min(going_on or firsts, key=lambda sample: firsts[sample].start, default=None)
    return (firsts[chosen], chosen) if chosen else None


def _annex_numbering(state: _State) -> _Found:
    """Find how the clauses of annexes are numbered."""
    if state.structure.annex_numbering:
        return None
    lines = [unit.line for unit in state.layout.units if unit.annex and not unit.mark]
    if found := _sample(lines, replace(state.structure, headings=())):
        line, sample = found
        # Where sentences stand above them, what is numbered are items.
        if not any(COMPLETE.search(each.text) for each in lines if each.start < line.start):
            return line, _set(sample, "annex_numbering"), replace(state.structure, annex_numbering=sample)
    return None


def _marked_headings(state: _State) -> _Found:
    """Find headings with a number, among lines that belong nowhere or that were taken for paragraphs."""
    for line in _unmarked(state):
        for sample, _ in resembling(line.text):
            if sample in _RANK and sample not in state.structure.heading_samples and not COMPLETE.search(line.text):
                return (
                    line,
                    lambda final, sample=sample: (
                        f"looks like {sample}; set headings = {_listed(final.heading_samples)} in statement.toml"
                    ),
                    _with_heading(state, sample),
                )
    return None


def _unmarked(state: _State) -> Iterator[Line]:
    """Yield the lines that no number says what they are: strays, then paragraphs."""
    yield from (stray.line for stray in state.layout.stray)
    if not state.structure.numbering or state.structure.paragraphs or state.structure.preamble:
        yield from (
            line
            for unit in state.layout.units
            for paragraph in unit.paragraphs
            for line in paragraph.lines
            if not paragraph.skipped
        )


def _with_heading(state: _State, sample: str) -> Structure:
    """Return the structure with another heading, the outermost first; the usual 一、 stays only where it is one."""
    structure = state.structure
    usual = [heading for heading in state.layout.headings if heading.mark]
    is_used = any(not COMPLETE.search(heading.line.text) for heading in usual)
    known = structure.headings if structure.headings is not None else _USUAL if is_used else ()
    ordered = sorted((*known, sample), key=lambda each: _RANK.get(each, _USUAL_RANK if scheme(each) else -1))
    return replace(structure, headings=tuple(ordered))


def _anew(state: _State) -> _Found:
    """Find numbers that begin anew under a heading."""
    if state.structure.anew:
        return None
    highest = 0
    headed: Headed | None = None
    for item in state.layout.body:
        if isinstance(item, Headed):
            headed = item if item.level == 1 else headed
        elif item.kind == "clause" and len(item.value) == 1 and not item.annex:
            if item.value == (1,) and highest and headed:
                message = "clause 1 begins anew; if numbers do so in each part, set anew = true in statement.toml"
                return item.line, _said(message), replace(state.structure, anew=True)
            highest = item.value[0]
    return None


def _table(state: _State) -> _Found:
    """Find rows of a table, whose cells tabs or bars keep apart."""
    if state.structure.table:
        return None
    tabbed = {" ".join(line.split()) for line in state.raw.splitlines() if "\t" in line.strip(BLANKS)}
    for stray in state.plain:
        text = stray.line.text
        if " ".join(text.split()) in tabbed or text.count("|") > 1:
            sign = "|" if text.count("|") > 1 else "\t"
            shown = "|" if sign == "|" else "\\t"
            message = f'looks like a row of a table; set table = "{shown}" in statement.toml'
            return stray.line, _said(message), replace(state.structure, table=sign)
    return None


def _notes(state: _State) -> _Found:
    """Find the texts of footnotes, whose marks stand in the clauses."""
    if state.structure.notes:
        return None
    last = state.layout.body[-1] if state.layout.body else None
    for stray in (stray for stray in state.plain if stray.after is last):
        samples = [sample for sample, _ in resembling(stray.line.text)] + ["*"] * stray.line.text.startswith("*")
        for sample in samples:
            known = scheme(sample)
            mark = known.match(stray.line.text) if known else None
            is_named = mark and any(mark.text.strip(BLANKS) in unit.text for unit in state.layout.units)
            if is_named:
                message = f'looks like the text of a footnote; set notes = "{sample}" in statement.toml'
                return stray.line, _said(message), replace(state.structure, notes=sample)
    return None


def _items(state: _State) -> _Found:
    """Find items of lists within clauses."""
    # Where nothing is numbered, an item was taken for a paragraph.
    loose = [Stray(other.line, one) for one, other in pairwise(state.layout.units) if not other.mark]
    for stray in (*state.plain, *(loose if not state.structure.numbering else ())):
        text = stray.line.text
        sample = next((each for each, _ in resembling(text) if each not in _RANK), "")
        bullet = "——" if text.startswith("——") else text[0] if scheme(text[0]) else ""
        found = sample or bullet
        if found and isinstance(stray.after, Unit) and found not in state.structure.items:
            or_heading = f', if they are headings, add "{sample}" to headings' if sample else ""
            return (
                stray.line,
                lambda final, found=found, or_heading=or_heading: (
                    f"looks like {found}; if these are items within a clause, set items = {_listed(final.items)} in "
                    f"statement.toml{or_heading}"
                ),
                replace(state.structure, items=(*state.structure.items, found)),
            )
    return None


def _page_breaks(state: _State) -> _Found:
    """Find paragraphs that stop in the middle of a sentence and go on below."""
    for stray in state.plain:
        if not isinstance(stray.after, Unit) or stray.after.kind in ("closing", "note"):
            continue
        last = stray.after.paragraphs[-1]
        words = ending(last)
        if last.text and not last.is_special and not COMPLETE.search(last.text):
            message = (
                "the paragraph before this one stops without a full stop; if only a page break parts them, set "
                f'page_breaks = ["{words}"] in statement.toml, if it is a paragraph of its own, '
                f'paragraph_ends = ["{words}"]'
            )
            breaks = (*state.structure.page_breaks, words)
            if words not in state.structure.page_breaks:
                return stray.line, _said(message), replace(state.structure, page_breaks=breaks)
    return None


def _preamble(state: _State) -> _Found:
    """Find text before the first number of the text or of a part."""
    for stray in state.plain:
        if isinstance(stray.after, Unit):
            continue
        if _is_short(stray.line):
            return _short(stray.line, state)
        before = [unit.value[0] for unit in state.layout.clauses if unit.line.start < stray.line.start and unit.value]
        due = before[-1] + 1 if before else 0
        lost = f"clause {due} should begin here; " if due and due not in _numbers(state) else ""
        message = f"a paragraph without a number; {lost}if it is a preamble, set preamble = true in statement.toml"
        return stray.line, _said(message), replace(state.structure, preamble=True)
    return None


def _short(line: Line, state: _State) -> _Found:
    """Advise on a short line that ends without a full stop: a heading, or a line of the title."""
    following = next((each for each in state.lines if each.start > line.start), None)
    is_head = not state.layout.body or line.start < state.layout.body[0].line.start or line is state.layout.body[0].line
    structure = _with_heading(state, line.text)
    if is_head and following and _is_short(following):
        structure = replace(state.structure, under_title=(*state.structure.under_title, line.text))
        message = (
            f'{line.text} has no number; if it belongs to the title, set under_title = ["{line.text}"] in '
            "statement.toml, if it is a heading, add it to headings"
        )
        return line, _said(message), structure
    return (
        line,
        lambda final: (
            f"{line.text} has no number; if it is a heading, set headings = {_listed(final.heading_samples)} in "
            f'statement.toml, if it belongs to the title, under_title = ["{line.text}"]'
        ),
        structure,
    )


def _closing(state: _State) -> _Found:
    """Find what stands behind the last clause: several lines of which one is no sentence, or names a day."""
    last = _last_of_text(state.layout)
    after = [
        stray for stray in state.plain if isinstance(stray.after, Unit) and stray.after in (last, state.layout.body[-1])
    ]
    if state.structure.closing or not any(_is_short(stray.line) or day_in(stray.line.text) for stray in after):
        return None
    return _closes(after[0].line, state)


def _closes(line: Line, state: _State) -> _Found:
    words = line.text[:_OPENING]
    message = f'a paragraph behind the last clause; if it closes the text, set closing = "{words}" in statement.toml'
    return line, _said(message), replace(state.structure, closing=words)


def _last_lines(state: _State) -> _Found:
    """Find closing lines that were taken for paragraphs."""
    last = _last_of_text(state.layout)
    if state.structure.closing or not last or last.kind == "closing":
        return None
    units = state.layout.units[: state.layout.units.index(last) + 1]
    paragraphs: list[Paragraph] = []
    for unit in reversed(units):
        without = [each for each in unit.paragraphs if not each.skipped and not each.is_special]
        paragraphs = [*without, *paragraphs]
        if len(without) < len(unit.paragraphs) or unit.mark:
            break
    run: list[Paragraph] = []
    for paragraph in reversed(paragraphs):
        if not _is_short(paragraph.lines[0]):
            break
        run.append(paragraph)
    return _closes(run[-1].lines[0], state) if run and len(run) < len(paragraphs) + 1 else None


def _short_paragraphs(state: _State) -> _Found:
    """Find headings without a number that were taken for paragraphs."""
    is_loose = not state.structure.numbering or state.structure.paragraphs or state.structure.preamble
    for unit in state.layout.units if is_loose else ():
        for paragraph in unit.paragraphs:
            line = paragraph.lines[0]
            is_plain = not paragraph.skipped and not paragraph.is_special and unit.kind in ("clause", "lead")
            ends = paragraph.text.endswith(state.structure.paragraph_ends or ("\n",))
            is_last = line.start == state.lines[-1].start
            if is_plain and _is_short(line) and not (ends or is_last or _names_annex(line, state)):
                return _short(line, state)
    return None


def _numbers(state: _State) -> set[int]:
    return {unit.value[0] for unit in state.layout.clauses if len(unit.value) == 1}


def _paragraphs(state: _State) -> _Found:
    """Find paragraphs of a clause beyond its first, and clauses that have lost their number."""
    for stray in state.plain:
        if not isinstance(stray.after, Unit) or state.structure.paragraphs:
            continue
        if _is_short(stray.line):
            return _short(stray.line, state)
        value = stray.after.value
        name = f"clause {'.'.join(map(str, value))}" if value else "the text before it"
        due = value[0] + 1 if len(value) == 1 else 0
        begins = (
            f"clause {due} should begin here" if due and due not in _numbers(state) else "does a clause begin here?"
        )
        ends = f', if it closes the text, closing = "{stray.line.text[:_OPENING]}"'
        message = (
            f"a paragraph without a number after {name}; {begins}; if {name} has several paragraphs, set "
            f"paragraphs = true in statement.toml{ends if stray.after is state.layout.body[-1] else ''}"
        )
        return stray.line, _said(message.replace("?;", "?")), replace(state.structure, paragraphs=True)
    return None


def _date(state: _State) -> _Found:
    """Find where the date stands, if it does not stand below the title."""
    layout, structure, lines = state.layout, state.structure, state.lines
    if structure.date_line == "none" or layout.date or not lines:
        return None
    if structure.date_line == "end":
        message = 'no date at the end; if the text has none, set date_line = "none" in statement.toml'
        return lines[-1], _said(message), replace(structure, date_line="none")
    last = next((line for line in lines[-4:] if day_in(line.text) and not COMPLETE.search(line.text)), None)
    if last:
        message = 'the date stands at the end; set date_line = "end" in statement.toml'
        return last, _said(message), replace(structure, date_line="end")
    place = layout.title[0] if layout.title else lines[0]
    message = 'no date below the title; if the text has none, set date_line = "none" in statement.toml'
    return place, _said(message), replace(structure, date_line="none")


_FINDERS: tuple[Callable[[_State], _Found], ...] = (
    _history,
    _title,
    _numbering,
    _marked_headings,
    _annex,
    _annex_numbering,
    _anew,
    _table,
    _notes,
    _items,
    _page_breaks,
    _preamble,
    _closing,
    _last_lines,
    _short_paragraphs,
    _paragraphs,
    _date,
)
