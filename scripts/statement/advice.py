"""Advice: what statement.toml has to say of a text whose lines are not understood, all of it at once.

Each piece is taken as followed before the next is looked for, so that one run tells everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from .dates import day_in
from .layout import COMPLETE, Headed, Layout, Line, Stray, Unit, layout_of, lines_of
from .marks import resembling, scheme
from .model import Structure

MOST = 40
"""So many pieces of advice at most are given in one run."""

_HEADINGS = (
    ("第一编", "第一編", "第一篇"),
    ("第一部分", "第一部"),
    ("第一章", "Ⅰ.", "I.", "A."),
    ("第一节", "第一節"),
    ("附件一", "附件1"),
)
_RANK = {sample: rank for rank, samples in enumerate(_HEADINGS) for sample in samples}
_SHORT = 24


@dataclass(frozen=True)
class Advice:
    """A piece of advice: the line that calls for it, what it says, and what follows from it."""

    line: Line | None
    message: str
    structure: Structure
    layout: Layout


def advise(text: str, layout: Layout, structure: Structure) -> list[Advice]:
    """Return what is to be declared about a text that is laid out as a structure says, in the order in which it was
    found.
    """
    found: list[Advice] = []
    lines = list(lines_of(text))
    while len(found) < MOST:
        made = next(filter(None, (find(_State(lines, layout, structure)) for find in _FINDERS)), None)
        if made is None or made[2] == structure:
            break
        line, message, structure = made
        layout = layout_of(text, structure)
        found.append(Advice(line, message, structure, layout))
    return found


@dataclass(frozen=True)
class _State:
    """What is known so far: the lines of the text, and how they are laid out as a structure says."""

    lines: list[Line]
    layout: Layout
    structure: Structure


_Found = tuple[Line | None, str, Structure] | None


def _numbering(state: _State) -> _Found:
    """Find how clauses are numbered where none is found."""
    layout, structure = state.layout, state.structure
    if not structure.numbering or layout.clauses or not layout.body + layout.stray:
        return None
    lines = state.lines[1:]
    counts: Counter[str] = Counter()
    firsts: dict[str, Line] = {}
    for line in lines:
        for sample, mark in resembling(line.text):
            if sample not in _RANK and sample not in structure.heading_samples:
                if sample not in firsts and any(value != 1 for value in mark.value):
                    continue
                firsts.setdefault(sample, line)
                counts[sample] += 1
    if counts:
        # Of several, the one that begins first holds the others.
        most = max(counts.values())
        sample = min((each for each in counts if counts[each] * 2 > most), key=lambda each: firsts[each].start)
        return firsts[sample], _set("numbering", sample), replace(structure, numbering=sample)
    long = [heading for heading in layout.headings if COMPLETE.search(heading.line.text) and heading.mark]
    if long and len(long) == len(layout.headings) and structure.headings is None:
        line = long[0].line
        return line, _set("numbering", "一、"), replace(structure, numbering="一、")
    if not layout.stray and not layout.units:
        return None
    line = layout.stray[0].line if layout.stray else lines[0]
    message = 'no line begins with a number; if the text has none, set numbering = "" in statement.toml'
    return line, message, replace(structure, numbering="")


def _set(key: str, sample: str) -> str:
    return f'looks like {sample}; set {key} = "{sample}" in statement.toml'


def _marked_headings(state: _State) -> _Found:
    """Find headings with a number, among lines that belong nowhere or that were taken for paragraphs."""
    layout, structure = state.layout, state.structure
    for line in _unmarked(layout, structure):
        for sample, _ in resembling(line.text):
            if sample in _RANK and sample not in structure.heading_samples and not COMPLETE.search(line.text):
                samples = _with_heading(structure, layout, sample)
                return (
                    line,
                    f"looks like {sample}; set headings = {_listed(samples)} in statement.toml",
                    replace(structure, headings=samples),
                )
    return None


def _unmarked(layout: Layout, structure: Structure) -> Iterator[Line]:
    """Yield the lines that no number says what they are: strays, then paragraphs."""
    yield from (stray.line for stray in layout.stray)
    if not structure.numbering or structure.paragraphs or structure.preamble:
        for unit in layout.units:
            yield from (line for paragraph in unit.paragraphs for line in paragraph.lines if not paragraph.skipped)


def _with_heading(structure: Structure, layout: Layout, sample: str) -> tuple[str, ...]:
    """Return the headings with another, the outermost first; those that nobody declared only where there are such."""
    used = {heading.mark.text[-1:] for heading in layout.headings if heading.mark}
    known = structure.headings if structure.headings is not None else ("一、",) if "、" in used else ()
    return tuple(sorted((*known, sample), key=lambda each: _RANK.get(each, 2.5 if scheme(each) else -1)))


def _listed(samples: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{sample}"' for sample in samples) + "]"


def _anew(state: _State) -> _Found:
    """Find numbers that begin anew under a heading."""
    layout, structure = state.layout, state.structure
    if structure.anew:
        return None
    highest = 0
    headed: Headed | None = None
    for item in layout.body:
        if isinstance(item, Headed):
            headed = item if item.level == 1 else headed
        elif item.kind == "clause" and len(item.value) == 1 and not item.annex:
            if item.value == (1,) and highest and headed:
                message = (
                    "clause 1 begins the numbers anew; if they do so in each part, set anew = true in statement.toml"
                )
                return item.line, message, replace(structure, anew=True)
            highest = item.value[0]
    return None


def _title(state: _State) -> _Found:
    """Find what stands between the title and the date."""
    layout, structure = state.layout, state.structure
    stray = next((stray for stray in layout.stray if stray.is_below), None)
    if stray is None:
        return None
    whole = "".join(line.text for line in layout.title) + stray.line.text
    message = (
        f'a line between the title and the date; if the title goes on there, set title = "{whole}" in statement.toml, '
        f'if not, under_title = ["{stray.line.text}"]'
    )
    return stray.line, message, replace(structure, under_title=(*structure.under_title, stray.line.text))


def _date(state: _State) -> _Found:
    """Find where the date stands, if it does not stand below the title."""
    layout, structure = state.layout, state.structure
    lines = state.lines
    if structure.date_line == "none" or layout.date or not lines:
        return None
    if structure.date_line == "end":
        message = 'no date at the end; if the text has none, set date_line = "none" in statement.toml'
        return lines[-1], message, replace(structure, date_line="none")
    last = next((line for line in lines[-4:] if day_in(line.text) and not COMPLETE.search(line.text)), None)
    if last:
        return (
            last,
            'the date stands at the end; set date_line = "end" in statement.toml',
            replace(structure, date_line="end"),
        )
    place = layout.title[0] if layout.title else lines[0]
    message = 'no date below the title; if the text has none, set date_line = "none" in statement.toml'
    return place, message, replace(structure, date_line="none")


def _items(state: _State) -> _Found:
    """Find items of lists within clauses."""
    layout, structure = state.layout, state.structure
    for stray in layout.stray:
        sample = next((each for each, _ in resembling(stray.line.text) if each not in _RANK), "")
        bullet = stray.line.text[0] if scheme(stray.line.text[0]) else ""
        if (sample or bullet) and isinstance(stray.after, Unit) and (sample or bullet) not in structure.items:
            items = (*structure.items, sample or bullet)
            message = (
                f"looks like {sample or bullet}; if these are items within a clause, set items = {_listed(items)} in "
                "statement.toml"
            )
            if sample:
                message += f', if they are headings, add "{sample}" to headings'
            return stray.line, message, replace(structure, items=items)
    return None


def _page_breaks(state: _State) -> _Found:
    """Find paragraphs that stop in the middle of a sentence and go on below."""
    layout, structure = state.layout, state.structure
    for stray in layout.stray:
        if isinstance(stray.after, Unit) and not stray.is_below and stray.after.kind != "closing":
            last = stray.after.paragraphs[-1]
            if last.text and not last.is_special and not COMPLETE.search(last.text):
                words = last.text[-8:]
                if words in structure.page_breaks:
                    continue
                message = (
                    f"the paragraph before this one stops without a full stop; if only a page break parts them, set "
                    f'page_breaks = ["{words}"] in statement.toml, if it is a paragraph of its own, paragraph_ends'
                )
                return stray.line, message, replace(structure, page_breaks=(*structure.page_breaks, words))
    return None


def _preamble(state: _State) -> _Found:
    """Find text before the first number of the text or of a part."""
    layout, structure = state.layout, state.structure
    for stray in _plain(layout):
        if not isinstance(stray.after, Unit):
            if not COMPLETE.search(stray.line.text) and len(stray.line.text) <= _SHORT:
                return _title_or_heading(stray.line, layout, structure)
            message = "a paragraph without a number; if it is a preamble, set preamble = true in statement.toml"
            return stray.line, message, replace(structure, preamble=True)
    return None


def _title_or_heading(line: Line, layout: Layout, structure: Structure) -> _Found:
    samples = _with_heading(structure, layout, line.text)
    message = (
        f"{line.text} has no number; if it is a heading, set headings = {_listed(samples)} in statement.toml, if it "
        f'belongs to the title, under_title = ["{line.text}"]'
    )
    return line, message, replace(structure, headings=samples)


def _plain(layout: Layout) -> Iterator[Stray]:
    """Yield the lines that belong nowhere and stand in the text."""
    return (stray for stray in layout.stray if not stray.is_below and not layout.notice)


def _closing(state: _State) -> _Found:
    """Find what stands behind the last clause, or within the clauses."""
    layout, structure = state.layout, state.structure
    for stray in _plain(layout):
        if not isinstance(stray.after, Unit) or structure.paragraphs:
            continue
        is_last = stray.after is layout.body[-1]
        name = f"clause {'.'.join(map(str, stray.after.value))}" if stray.after.value else "the text before it"
        words = stray.line.text[:6]
        if is_last and not structure.closing and (not COMPLETE.search(stray.line.text) or day_in(stray.line.text)):
            message = (
                f'a paragraph without a number after {name}; if it closes the text, set closing = "{words}" in '
                "statement.toml"
            )
            return stray.line, message, replace(structure, closing=words)
        if not COMPLETE.search(stray.line.text) and len(stray.line.text) <= _SHORT:
            return _title_or_heading(stray.line, layout, structure)
        due = stray.after.value[0] + 1 if len(stray.after.value) == 1 else 0
        begins = (
            f"clause {due} should begin here" if due and due not in _numbers(layout) else "does a clause begin here?"
        )
        message = (
            f"a paragraph without a number after {name}; {begins} if {name} has several paragraphs, set "
            f"paragraphs = true in statement.toml"
        )
        if is_last:
            message += f', if it closes the text, closing = "{words}"'
        return stray.line, message.replace("here if", "here; if"), replace(structure, paragraphs=True)
    return None


def _numbers(layout: Layout) -> set[int]:
    return {unit.value[0] for unit in layout.clauses if len(unit.value) == 1}


_FINDERS: tuple[Callable[[_State], _Found], ...] = (
    _title,
    _numbering,
    _marked_headings,
    _anew,
    _date,
    _items,
    _page_breaks,
    _preamble,
    _closing,
)
