"""Check: whether the inputs agree with one another. Every check yields problems; the caller reports them all."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from .errors import Problem, Source, problem_at_key
from .model import Conversion, Heading, Operative, Override, Particulars, Reason, Statement, Term, Theme
from .repair import repaired


def checksum_problems(data: bytes, particulars: Particulars, source: Source) -> Iterator[Problem]:
    """Yield a problem when the statement's bytes are not those that statement.toml vouches for."""
    actual = hashlib.sha256(data).hexdigest()
    if actual != particulars.sha256:
        message = f"statement.txt has the sha256 {actual}; if its change is meant, put this here"
        yield problem_at_key(source, ("sha256",), message)


def fidelity_problems(source: Source, unparsed: str, statement: Statement) -> Iterator[Problem]:
    """Yield a problem when the statement put back into text is not the text received with the listed repairs."""
    if unparsed != repaired(source.text, statement.repairs):
        yield Problem(source.file, 1, 1, "cannot be put back together from its parts; report this as a defect")


def particulars_problems(statement: Statement, particulars: Particulars, source: Source) -> Iterator[Problem]:
    """Yield a problem for each of the particulars that the text itself contradicts."""
    pairs = {
        "title": (particulars.title, statement.title),
        "published": (f"{particulars.published:%Y-%m-%d %H:%M}"[: len(statement.date_line)], statement.date_line),
        "source_address": (particulars.source_address, statement.address or particulars.source_address),
    }
    if "".join(particulars.title_phrases) != particulars.title:
        message = "the phrases put together are not the title; repeat its characters, all of them and in order"
        yield problem_at_key(source, ("title_phrases",), message)
    for key, (here, there) in pairs.items():
        if here != there:
            message = f"{here} is not what the text says, {there}; make them the same"
            yield problem_at_key(source, (key,), message)


def edition_problems(particulars: Particulars, source: Source) -> Iterator[Problem]:
    """Yield a problem for editions that share an address or a language, and when none comes first as the source."""
    if particulars.editions[0].converter:
        message = "the first edition is the source; leave its converter empty"
        yield problem_at_key(source, ("editions", 0, "converter"), message)
    for key in ("id", "language"):
        values = [getattr(settings, key) for settings in particulars.editions]
        for index, value in enumerate(values):
            if value in values[:index]:
                yield problem_at_key(
                    source, ("editions", index, key), f"{value} is taken by another edition; change it"
                )


def override_problems(overrides: Sequence[Override], source: Source) -> Iterator[Problem]:
    """Yield a problem for an override given twice for the same edition, or one that would change a length."""
    for index, override in enumerate(overrides):
        if any(override.source == other.source and _share_editions(override, other) for other in overrides[:index]):
            message = f"{override.source} is overridden twice; remove one"
            yield problem_at_key(source, ("overrides", index, "source"), message)
        if len(override.source) != len(override.result):
            message = f"{override.result} is not as long as {override.source}; give a result of the same length"
            yield problem_at_key(source, ("overrides", index, "result"), message)


def scope_problems(conversion: Conversion, particulars: Particulars, source: Source) -> Iterator[Problem]:
    """Yield a problem, in `source` (conversion.toml), for each edition named there that is not a converted one."""
    converted = [settings.id for settings in particulars.editions if settings.converter]
    tables: dict[str, Sequence[Override | Reason]] = {
        "overrides": conversion.overrides,
        "choices": conversion.choices,
    }
    for table, entries in tables.items():
        for index, entry in enumerate(entries):
            for edition in entry.editions:
                if edition not in converted:
                    remedy = f"name {' or '.join(converted)}, or leave editions out" if converted else "remove it"
                    message = f"{edition} is no converted edition; {remedy}"
                    yield problem_at_key(source, (table, index, "editions"), message)


def term_problems(statement: Statement, terms: Sequence[Term], source: Source) -> Iterator[Problem]:
    """Yield a problem for each form of a term that the statement does not have."""
    whole = "\n".join([*(heading.title for heading in statement.headings), *(c.text for c in statement.clauses)])
    for index, term in enumerate(terms):
        for form in term.forms:
            if form not in whole:
                message = f"the statement does not say {form}; correct it or remove it"
                yield problem_at_key(source, ("terms", index, "forms"), message)


def name_problems(terms: Sequence[Term], source: Source) -> Iterator[Problem]:
    """Yield a problem for a form or a name that two terms share: a link or a search could mean either."""
    forms = [form for term in terms for form in term.forms]
    names = [[name.casefold() for name in (*term.names, term.english)] for term in terms]
    for index, term in enumerate(terms):
        if term.letters[:1].isalpha() and not term.letters[:1].isascii() and not term.strokes:
            message = "is missing; add the number of strokes of the name's first character in Traditional"
            yield problem_at_key(source, ("terms", index, "strokes"), message)
        for form in term.forms:
            if forms.count(form) > 1:
                message = f"{form} is listed more than once; keep it in one term"
                yield problem_at_key(source, ("terms", index, "forms"), message)
        taken = {name for others in names[:index] for name in others}
        for name in names[index]:
            if name in taken:
                message = f"{name} is a name of another term; keep it in one"
                yield problem_at_key(source, ("terms", index, "names"), message)


def word_problems(words: Sequence[Operative], source: Source) -> Iterator[Problem]:
    """Yield a problem for an id or a word that two entries of operative words share."""
    for index, word in enumerate(words):
        for key in ("id", "word"):
            value = getattr(word, key)
            if value in (getattr(other, key) for other in words[:index]):
                message = f"{value} is in two entries; put them together or change one"
                yield problem_at_key(source, ("words", index, key), message)


def theme_problems(statement: Statement, themes: Sequence[Theme], source: Source) -> Iterator[Problem]:
    """Yield a problem wherever the themes do not divide the clauses as the headings of the text do.

    Where a clause is missing from the themes or in several, what that does to the headings is not said as well.
    """
    membership = list(_membership_problems(statement, themes, source))
    yield from membership
    if membership:
        return
    headings = {heading.first: heading for heading in statement.headings}
    for index, theme in enumerate(themes):
        yield from _heading_problems(index, theme, headings, source)


def _share_editions(one: Override, other: Override) -> bool:
    """Return whether there is an edition that both overrides are for; those that name none are for all."""
    return not one.editions or not other.editions or not set(one.editions).isdisjoint(other.editions)


def _membership_problems(statement: Statement, themes: Sequence[Theme], source: Source) -> Iterator[Problem]:
    numbers = [clause.number for clause in statement.clauses]
    counts = Counter(number for theme in themes for number in theme.clauses)
    seen: set[int] = set()
    for index, theme in enumerate(themes):
        key = ("themes", index, "clauses")
        for number in theme.clauses:
            if number not in numbers:
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
