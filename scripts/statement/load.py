"""Load: the inputs become editions, or every problem there is with them. All checks are collected here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from . import choices, convert, edits, examples, given, link, parse, particulars, themes
from .errors import InputError, Problem
from .inputs import Inputs
from .model import Edition, Part, Phrase, Statement, Vocabulary


def editions(read: Inputs, others: Iterable[Problem] = (), phrases: Sequence[Phrase] = ()) -> tuple[Edition, ...]:
    """Return the editions that the inputs make; raise InputError with every problem, those found elsewhere included.

    What could be read is checked although other files could not be, so that all problems are shown at once; checks
    that compare files wait until each of them is sound by itself. `phrases` are words for readers of Traditional.
    """
    problems = [*read.problems, *others]
    statement = _parse(read, problems)
    problems += _problems_of_files(read)
    if statement:
        problems += _problems_with_the_text(read, statement)
    problems += given.given_problems(read, statement, _parts(read, statement))
    if not (statement and read.particulars and read.themes and read.conversion and read.terms and read.operatives):
        raise InputError(problems)
    if problems:
        raise InputError(problems)
    conversion, divided = read.conversion.value, themes.resolved(statement, read.themes.value.themes)
    statement = themes.with_preface(statement, divided)
    readings = link.placed_readings(statement, read.readings.value.variants) if read.readings else ()
    vocabulary = Vocabulary(
        tuple(read.terms.value.checked.values()), tuple(read.operatives.value.checked.values()), readings
    )
    made = convert.convert(
        statement, read.particulars.value, divided, conversion, vocabulary, read.particulars.source, phrases
    )
    weighed = choices.weigh(made, conversion.choices)
    problems += choices.choice_problems(weighed, conversion.choices, read.conversion.source)
    problems += link.stroke_problems(made, read.terms.value.checked, read.terms.source)
    if problems:
        raise InputError(problems)
    return link.link(choices.with_choices(made, weighed, conversion.choices), statement, vocabulary)


def _problems_of_files(read: Inputs) -> Iterator[Problem]:
    """Yield what is wrong with each of the files that could be read, taken by itself."""
    if read.particulars:
        yield from particulars.edition_problems(read.particulars.value, read.particulars.source)
        yield from particulars.english_problems(read.particulars.value, read.particulars.source)
        yield from particulars.romanized_problems(read.particulars.value, read.particulars.source)
        yield from convert.converter_problems(read.particulars.value, read.particulars.source)
    if read.particulars and read.statement:
        yield from particulars.checksum_problems(read.data, read.particulars.value, read.particulars.source)
        yield from edits.edit_problems(read.data, read.particulars.value, read.particulars.source)
    if read.conversion:
        yield from convert.override_problems(read.conversion.value.overrides, read.conversion.source)
        yield from choices.reason_problems(read.conversion.value.choices, read.conversion.source)
    if read.conversion and read.particulars:
        yield from convert.scope_problems(read.conversion.value, read.particulars.value, read.conversion.source)
    if read.terms:
        yield from link.name_problems(read.terms.value.checked, read.terms.source)
    if read.operatives:
        yield from link.word_problems(read.operatives.value.checked, read.operatives.source)


def _problems_with_the_text(read: Inputs, statement: Statement) -> Iterator[Problem]:
    """Yield where the files that could be read do not agree with the text."""
    if read.particulars:
        yield from particulars.particulars_problems(statement, read.particulars.value, read.particulars.source)
    if read.themes:
        yield from themes.theme_problems(statement, read.themes.value.themes, read.themes.source)
    if read.conversion:
        settings = read.particulars.value.editions if read.particulars else ()
        overrides = read.conversion.value.overrides
        yield from convert.hit_problems(statement, overrides, settings, read.conversion.source)
    if read.terms:
        yield from link.term_problems(statement, read.terms.value.checked, read.terms.source)
    if read.terms and read.particulars:
        said = read.particulars
        yield from examples.example_problems(
            statement, said.value, tuple(read.terms.value.checked.values()), said.source
        )
    if read.readings:
        yield from link.reading_problems(statement, read.readings.value.variants, read.readings.source)
    if read.operatives:
        yield from link.use_problems(statement, read.operatives.value.checked, read.operatives.source)


def _parts(read: Inputs, statement: Statement | None) -> tuple[Part, ...]:
    """Return the parts of the source with their clauses, as far as they are known."""
    divided = themes.resolved(statement, read.themes.value.themes) if statement and read.themes else ()
    by_number = {clause.number: clause for clause in statement.clauses} if statement else {}
    return tuple(
        Part(each.slug, each.title, "", tuple(by_number[number] for number in themes.placed(each))) for each in divided
    )


def _parse(read: Inputs, problems: list[Problem]) -> Statement | None:
    """Return the statement, or None with its problems added to those collected."""
    # What statement.toml says of the structure cannot be missed in the text before that file can be read.
    if read.statement is None or not (read.particulars or read.declared):
        return None
    try:
        statement = parse.parse(read.statement, read.structure)
    except InputError as error:
        problems += error.problems
        return None
    problems += parse.fidelity_problems(read.statement, statement)
    return statement
