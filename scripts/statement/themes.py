"""Themes: check that they divide the clauses as the text does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .errors import Problem, Source, problem_at_key
from .model import Heading, Statement, Theme


def theme_problems(statement: Statement, themes: Sequence[Theme], source: Source) -> Iterator[Problem]:
    """Yield a problem wherever the themes do not divide the clauses as the headings of the text do.

    If a clause is missing from the themes or listed more than once, only that is reported, not what it does to the
    headings.
    """
    membership = list(_membership_problems(statement, themes, source))
    yield from membership
    if membership:
        return
    headings = {heading.first: heading for heading in statement.headings}
    for index, theme in enumerate(themes):
        yield from _heading_problems(index, theme, headings, source)


def _membership_problems(statement: Statement, themes: Sequence[Theme], source: Source) -> Iterator[Problem]:
    numbers = [clause.number for clause in statement.clauses]
    known = set(numbers)
    counts = Counter(number for theme in themes for number in theme.clauses)
    seen: set[int] = set()
    for index, theme in enumerate(themes):
        key = ("themes", index, "clauses")
        for number in theme.clauses:
            if number not in known:
                message = f"no clause {number}; the text has 1 to {numbers[-1]}"
                yield problem_at_key(source, key, message)
            elif number in seen:
                yield problem_at_key(source, key, f"clause {number} is in two themes; keep it in one")
            seen.add(number)
    for number in numbers:
        if not counts[number]:
            yield problem_at_key(source, (), f"clause {number} is in no theme; add it to one")
    order = [number for theme in themes for number in theme.clauses]
    if order != sorted(order) and sorted(order) == numbers:
        yield problem_at_key(source, (), "the themes do not follow the text; put them and their clauses in its order")


def _heading_problems(index: int, theme: Theme, headings: dict[int, Heading], source: Source) -> Iterator[Problem]:
    heading = headings.get(theme.clauses[0])
    if heading and heading.title != theme.title:
        message = f"{theme.title} is not the heading before clause {heading.first}, {heading.title}; repeat it"
        yield problem_at_key(source, ("themes", index, "title"), message)
    if not heading and index and min(headings, default=theme.clauses[0] + 1) <= theme.clauses[0]:
        message = f"no heading before clause {theme.clauses[0]}; begin the theme where the text does"
        yield problem_at_key(source, ("themes", index, "clauses"), message)
    for number in theme.clauses[1:]:
        if within := headings.get(number):
            message = f"heading {within.numeral} stands before clause {number}; begin a theme there"
            yield problem_at_key(source, ("themes", index, "clauses"), message)
