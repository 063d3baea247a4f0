"""Flaws: where a text is not built as its structure says. Official text is never to be changed for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from .advice import advise, ending
from .errors import Problem, Source, problem_at
from .layout import COMPLETE, Headed, Layout, Paragraph, Unit
from .marks import BLANKS
from .model import Structure
from .naming import Key, group_of
from .text import is_opening, numeral, quotation_pairs

_NO_CLAUSES = (
    "is the text under it missing? put it there as the original has it; a line that only announces a heading, as in a "
    "table of contents, leave out and say so in [[omissions]] in statement.toml"
)


def problems_of(file: str, raw: str, given: Structure) -> Iterator[Problem]:
    """Yield all that is wrong with a text as received: what is to be declared about it, and what would be left."""
    advised = advise(raw, given)
    for each in advised.advice:
        yield Problem(file, each.line, 1, each.say(advised.structure))
    source, layout, structure = Source(file, advised.text), advised.layout, advised.structure
    yield from _head_problems(source, layout)
    yield from _number_problems(source, layout, structure)
    yield from _clause_problems(source, layout, structure)
    yield from _heading_problems(source, layout)
    yield from _quotation_problems(source, layout)
    yield from _unused_problems(source, layout, given)


def _head_problems(source: Source, layout: Layout) -> Iterator[Problem]:
    if not layout.title:
        place = layout.head[0].start if layout.head else 0
        yield problem_at(source, place, "no title; put the statement's title on the first line")
    for stray in layout.stray:
        yield problem_at(
            source, stray.line.start, "a line that is no part of the text; put it where the original has it"
        )


def _number_problems(source: Source, layout: Layout, structure: Structure) -> Iterator[Problem]:
    """Clauses are numbered 1 to n; one problem for each that is missing, given twice or out of its place."""
    clauses = layout.clauses
    if not clauses:
        sample = structure.numbering
        none = ', or, if the text has no numbers, set numbering = "" in statement.toml'
        how = f"; a clause begins with its number, as in {sample}{none}" if sample else "; put the text below the title"
        yield Problem(source.file, 1, 1, f"no clause{how}")
    groups: defaultdict[Key, list[Unit]] = defaultdict(list)
    for clause in clauses:
        if clause.mark:
            groups[group_of(clause, structure.anew)].append(clause)
    for group in groups.values():
        if any(len(clause.value) > 1 for clause in group):
            yield from _dotted_problems(source, group)
        else:
            yield from _run_problems(source, group, set(structure.skipped))


def _run_problems(source: Source, clauses: Sequence[Unit], skipped: set[int]) -> Iterator[Problem]:
    numbers = {clause.value[0] for clause in clauses}
    seen: set[int] = set()
    highest = 0
    for clause in clauses:
        number = clause.value[0]
        between = set(range(highest + 1, number)) - skipped
        missing = sorted(between - numbers)
        late = sorted((between & numbers) - seen)
        if number in seen:
            message = f"clause {number} appears twice; compare with the original"
            yield problem_at(source, clause.line.start, message)
        elif missing:
            yield problem_at(source, clause.line.start, _missing(number, highest, missing))
        elif late:
            message = f"clause {number} stands before clause {late[0]}; compare with the original"
            yield problem_at(source, clause.line.start, message)
        seen.add(number)
        highest = max(highest, number)


def _missing(number: int, highest: int, missing: Sequence[int]) -> str:
    names = ", ".join(map(str, missing)) if len(missing) < 4 else f"{missing[0]} to {missing[-1]}"
    follows = f"clause {number} follows clause {highest}" if highest else f"the first clause is {number}"
    plural = "are" if len(missing) > 1 else "is"
    listed = ", ".join(map(str, missing[:3])) + (", …" if len(missing) > 3 else "")
    return f"{follows}; {plural} {names} missing? if the original has it so, set skipped = [{listed}] in statement.toml"


def _dotted_problems(source: Source, clauses: Sequence[Unit]) -> Iterator[Problem]:
    """Yield a problem for each number that does not follow the one before it: 2.1 is followed by 2.1.1, 2.2 or 3."""
    before: tuple[int, ...] = ()
    for clause in clauses:
        value = clause.value
        above = before[: len(value)]
        next_ones = {(*before[:depth], before[depth] + 1) for depth in range(len(before))} | {(*before, 1)}
        # A first section may be a heading, of which only its clauses have numbers here: 2.3 and then 3.1.
        fresh = {(*each, *[1] * (len(value) - len(each))) for each in next_ones if len(each) <= len(value)}
        if not before:
            fresh = {tuple([1] * len(value))}
        if value not in fresh:
            number, last = ".".join(map(str, value)), ".".join(map(str, before))
            what = "appears twice" if value == above else f"follows {last}" if last else "is the first"
            yield problem_at(source, clause.line.start, f"clause {number} {what}; compare with the original")
        before = value


def _clause_problems(source: Source, layout: Layout, structure: Structure) -> Iterator[Problem]:
    for unit in layout.units:
        if not unit.text:
            message = f"{_name(unit)} is empty; put its text after the number"
            yield problem_at(source, unit.line.end, message)
    for unit, paragraph in unfinished(layout, structure):
        message = (
            f"{_name(unit)} does not end with 。 ！ or ？; is the rest of it missing? if the original ends so, "
            f'set paragraph_ends = ["{ending(paragraph)}"] in statement.toml{_or_goes_on(unit, paragraph)}'
        )
        yield problem_at(source, paragraph.lines[-1].end - 1, message)


def _or_goes_on(unit: Unit, paragraph: Paragraph) -> str:
    """Return what else may be so where another paragraph of a preamble follows: that a break only cuts it in two."""
    if unit.kind != "lead" or paragraph is unit.paragraphs[-1]:
        return ""
    return (
        f', if only a break of the page or the line parts it from the next line, page_breaks = ["{ending(paragraph)}"]'
    )


def unfinished(layout: Layout, structure: Structure) -> Iterator[tuple[Unit, Paragraph]]:
    """Yield the paragraphs that end without a full stop and of which the structure does not say that they do."""
    notes = {unit.mark.text.strip(BLANKS) for unit in layout.units if unit.kind == "note" and unit.mark}
    for unit in layout.units:
        for paragraph in unit.paragraphs if unit.text and unit.kind not in ("closing", "note") else ():
            ends = COMPLETE.search(_without_note(paragraph.text, notes)) or paragraph.text.endswith(
                structure.paragraph_ends or ("\n",)
            )
            if not ends and not paragraph.is_special:
                yield unit, paragraph


def gaps(layout: Layout, structure: Structure) -> tuple[int, ...]:
    """Return the numbers that the text, whose numbers do not begin anew, leaves out between its first and its last."""
    values = {unit.value[0] for unit in layout.clauses if len(unit.value) == 1 and not unit.annex}
    is_dotted = any(len(unit.value) > 1 for unit in layout.clauses)
    if structure.anew or is_dotted or not values:
        return ()
    return tuple(number for number in range(1, max(values)) if number not in values)


def _without_note(text: str, notes: Collection[str]) -> str:
    """Return a paragraph without the mark of a note at its end."""
    note = next((note for note in notes if text.endswith(note)), "")
    return text.removesuffix(note)


def _name(unit: Unit) -> str:
    if unit.kind == "lead":
        return "the preamble"
    if unit.value:
        return f"clause {'.'.join(map(str, unit.value))}"
    return "a paragraph"


def _heading_problems(source: Source, layout: Layout) -> Iterator[Problem]:
    expected: list[int] = []
    for item, following in pairwise([*layout.body, None]):
        if not isinstance(item, Headed):
            continue
        is_above = isinstance(following, Headed) and following.level > item.level
        if not isinstance(following, Unit) and not is_above:
            message = f"heading {_heading(item)} has no clauses; {_NO_CLAUSES}"
            yield problem_at(source, item.line.start, message)
        if item.is_annex or item.mark is None or not item.mark.value:
            continue
        expected += [0] * (item.level - len(expected))
        del expected[item.level :]
        value, due = item.mark.value[0], expected[item.level - 1] + 1
        if value != due:
            named = numeral(due) if due < 100 and not item.mark.numeral.isascii() else str(due)
            message = (
                f"heading {item.mark.numeral} stands where {named} is expected; is one missing before it? if the "
                f'original has it so, add "{item.line.text}" to headings in statement.toml'
            )
            yield problem_at(source, item.line.start, message)
        expected[item.level - 1] = value


def _heading(item: Headed) -> str:
    return item.mark.numeral if item.mark and item.mark.numeral else item.title


def _quotation_problems(source: Source, layout: Layout) -> Iterator[Problem]:
    """Quotation marks pair within a paragraph: only those that do can be converted."""
    for line in [*layout.title, *layout.below, *(heading.line for heading in layout.headings)]:
        for offset in quotation_pairs(line.text)[1]:
            yield _quotation_problem(source, line.start + offset, "this line")
    for unit in layout.units:
        start = 0
        single = quotation_pairs(unit.text)[1]
        for paragraph in unit.paragraphs:
            for offset in single:
                if start <= offset < start + len(paragraph.text):
                    yield _quotation_problem(source, paragraph.place(offset - start), _name(unit))
            start += len(paragraph.text)


def _quotation_problem(source: Source, offset: int, where: str) -> Problem:
    mark = source.text[offset]
    what = "is never closed" if is_opening(mark) else "closes nothing"
    return problem_at(source, offset, f"{mark} {what} in {where}; balance the quotation marks")


def _unused_problems(source: Source, layout: Layout, structure: Structure) -> Iterator[Problem]:
    """Yield a problem for what the structure names and the text does not have."""
    texts = [line.text for unit in layout.units for line in unit.lines]
    paragraphs = [paragraph for unit in layout.units for paragraph in unit.paragraphs]
    broken = [line.text for paragraph in paragraphs for line in paragraph.lines[:-1]]
    ends = [paragraph.text for paragraph in paragraphs]
    below = [line.text for line in layout.below]
    values = {unit.value[0] for unit in layout.clauses if len(unit.value) == 1}
    unused = [
        *(("page_breaks", words) for words in structure.page_breaks if not any(t.endswith(words) for t in broken)),
        *(("paragraph_ends", words) for words in structure.paragraph_ends if not any(t.endswith(words) for t in ends)),
        *(("under_title", words) for words in structure.under_title if words not in below),
        *(("skipped", str(number)) for number in structure.skipped if number in values and not structure.anew),
    ]
    if structure.closing and not any(text.startswith(structure.closing) for text in texts):
        unused.append(("closing", structure.closing))
    for key, words in unused:
        yield Problem(
            source.file, 1, 1, f"{key} in statement.toml names {words}, which the text has not so; correct it"
        )
