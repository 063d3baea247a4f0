"""Themes: which clauses each has, and whether they divide the text as its headings do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from .errors import Problem, Source, problem_at_key
from .model import Heading, Statement, Theme
from .naming import PREFACES


def resolved(statement: Statement, themes: Sequence[Theme]) -> tuple[Theme, ...]:
    """Return the themes with the places of their clauses in the text in place of what editors call these.

    A theme that names no clauses has those from its heading, or from the beginning of the text, to the next theme.
    What is not known is left out.
    """
    places = places_of(statement)
    firsts = {heading.title: heading.first for heading in reversed(statement.headings) if heading.level == 1}
    starts = [
        places.get(str(theme.clauses[0]), 0) if theme.clauses else firsts.get(theme.title, 0 if index else 1)
        for index, theme in enumerate(themes)
    ]
    ends = [*starts[1:], len(statement.clauses) + 1]
    return tuple(
        replace(theme, clauses=tuple(places[str(each)] for each in theme.clauses if str(each) in places))
        if theme.clauses
        else replace(theme, clauses=tuple(range(start, end)) if start else ())
        for theme, start, end in zip(themes, starts, ends, strict=True)
    )


def with_preface(statement: Statement, themes: Sequence[Theme]) -> Statement:
    """Return the statement with its preamble called as editors call it in the theme that has nothing else.

    `themes` are those that `resolved` returns. Where the text has a heading there, that has named it.
    """
    if not themes or themes[0].title not in PREFACES or placed(themes[0]) != (1,):
        return statement
    first, *others = statement.clauses
    if first.address != "preamble" or any(heading.first == 1 for heading in statement.headings):
        return statement
    return replace(statement, clauses=(replace(first, called=themes[0].title), *others))


def placed(theme: Theme) -> tuple[int, ...]:
    """Return the places of a theme's clauses, which `resolved` has given it."""
    return tuple(each for each in theme.clauses if isinstance(each, int))


def places_of(statement: Statement) -> Mapping[str, int]:
    """Return the places of the clauses in the text, from 1, by what addresses call them: 7, 2.7, preamble."""
    return {clause.address: clause.number for clause in statement.clauses}


def theme_problems(statement: Statement, themes: Sequence[Theme], source: Source) -> Iterator[Problem]:
    """Yield a problem wherever the themes do not divide the clauses as the headings of the text do.

    If a clause is missing from the themes or listed more than once, only that is reported, not what it does to the
    headings.
    """
    unknown = list(_unknown_problems(statement, themes, source))
    yield from unknown
    divided = resolved(statement, themes)
    membership = list(_membership_problems(statement, divided, source)) if not unknown else []
    yield from membership
    if membership or unknown:
        return
    headings = {heading.first: heading for heading in statement.headings if heading.level == 1}
    for index, theme in enumerate(divided):
        yield from _heading_problems(index, theme, headings, statement, source)


def _unknown_problems(statement: Statement, themes: Sequence[Theme], source: Source) -> Iterator[Problem]:
    places = places_of(statement)
    titles = {heading.title for heading in statement.headings if heading.level == 1}
    for index, theme in enumerate(themes):
        for clause in theme.clauses:
            if str(clause) not in places:
                message = f"no clause {clause}; the text has {_all(statement)}"
                yield problem_at_key(source, ("themes", index, "clauses"), message)
        if not theme.clauses and index and theme.title not in titles:
            message = f"{theme.title} is no heading of the text; repeat one, or name the theme's clauses"
            yield problem_at_key(source, ("themes", index, "title"), message)


def _all(statement: Statement) -> str:
    """Return what addresses call the clauses, from the first to the last."""
    return f"{statement.clauses[0].address} to {statement.clauses[-1].address}"


def _membership_problems(statement: Statement, themes: Sequence[Theme], source: Source) -> Iterator[Problem]:
    numbers = [clause.number for clause in statement.clauses]
    names = {clause.number: clause.address for clause in statement.clauses}
    counts = Counter(number for theme in themes for number in placed(theme))
    seen: set[int] = set()
    for index, theme in enumerate(themes):
        key = ("themes", index, "clauses")
        for number in placed(theme):
            if number in seen:
                yield problem_at_key(source, key, f"clause {names[number]} is in two themes; keep it in one")
            seen.add(number)
    for number in numbers:
        if not counts[number]:
            yield problem_at_key(source, (), f"clause {names[number]} is in no theme; add it to one")
    order = [number for theme in themes for number in placed(theme)]
    if order != sorted(order) and sorted(order) == numbers:
        yield problem_at_key(source, (), "the themes do not follow the text; put them and their clauses in its order")


def _heading_problems(
    index: int, theme: Theme, headings: dict[int, Heading], statement: Statement, source: Source
) -> Iterator[Problem]:
    if not theme.clauses:
        yield problem_at_key(source, ("themes", index), "no clause is left for it; put the themes in the text's order")
        return
    names = {clause.number: clause.address for clause in statement.clauses}
    first = placed(theme)[0]
    heading = headings.get(first)
    # A heading above the preamble is not one above the clauses that follow it.
    dividing = [number for number in headings if names[number] != "preamble"]
    if heading and heading.title != theme.title:
        message = f"{theme.title} is not the heading before clause {names[heading.first]}, {heading.title}; repeat it"
        yield problem_at_key(source, ("themes", index, "title"), message)
    if not heading and index and min(dividing, default=first + 1) <= first:
        message = f"no heading before clause {names[first]}; begin the theme where the text does"
        yield problem_at_key(source, ("themes", index, "clauses"), message)
    for number in placed(theme)[1:]:
        if within := headings.get(number):
            message = (
                f"heading {within.numeral or within.title} stands before clause {names[number]}; begin a theme there"
            )
            yield problem_at_key(source, ("themes", index, "clauses"), message)
