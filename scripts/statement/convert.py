"""Convert: an edition in another script, every character in the place of the one it comes from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import resources
from itertools import accumulate

from opencc import OpenCC

from .errors import InputError, Problem, Source, problem_at_key, times
from .model import (
    AppliedOverride,
    Change,
    Choice,
    Conversion,
    Edition,
    EditionSettings,
    Override,
    Part,
    Particulars,
    Reason,
    Span,
    Statement,
    Theme,
    Vocabulary,
)
from .text import quotation_pairs

SOURCE_QUOTES = "“”‘’"
"""The quotation marks of the source, in the order in which an edition names its own (clreq 3.1.3)."""

_TO_SIMPLIFIED = ("t2s", "tw2s", "hk2s")
# CJK Unified Ideographs, their Extension A and Compatibility Ideographs (Unicode, chapter 18).
_IDEOGRAPHS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00))


@dataclass(frozen=True)
class Converter:
    """Converts text for one edition; `convert` is the only way in which text changes its script."""

    settings: EditionSettings
    overrides: tuple[Override, ...]

    def convert(self, text: str) -> str:
        """Return the text in the edition's script: overrides as they say, and OpenCC between them.

        Quotation marks that pair become the edition's own. For the source's own edition the text comes back as it is.
        """
        if not self.settings.converter:
            return text
        pieces: list[str] = []
        position = 0
        for span, override in find_overrides(self.overrides, text):
            pieces += [self.unaided(text[position : span.start]), override.result]
            position = span.end
        return _with_quotes("".join([*pieces, self.unaided(text[position:])]), self.settings.quotes)

    def unaided(self, text: str) -> str:
        """Return what the converter alone makes of a text, without overrides and quotation marks."""
        return self._opencc.convert(text) if self.settings.converter else text

    @cached_property
    def _opencc(self) -> OpenCC:
        return OpenCC(self.settings.converter)


def convert(
    statement: Statement,
    particulars: Particulars,
    themes: Sequence[Theme],
    conversion: Conversion,
    vocabulary: Vocabulary,
    source: Source,
) -> tuple[Edition, ...]:
    """Return the statement's editions in their order; a clause has the same length in every one.

    Raises InputError, naming places in `source` (statement.toml), for every piece of text that a converter does not
    keep to its length.
    """
    converters = [Converter(settings, conversion.overrides) for settings in particulars.editions]
    problems = [
        problem
        for index, converter in enumerate(converters)
        for problem in _length_problems(statement, index, converter, source)
    ]
    if problems:
        raise InputError(problems)
    changing = next((converter for converter in converters if converter.settings.converter), converters[0])
    applied = tuple(_applied(statement, changing))
    pairs = tuple(_pairs(statement, changing))
    changes = tuple(change for change in pairs if change.source != change.result)
    choices = tuple(_choices(pairs, conversion.choices))
    return tuple(
        _edition(statement, particulars, themes, vocabulary, converter, applied, changes, choices)
        for converter in converters
    )


def variants(characters: Iterable[str]) -> dict[str, str]:
    """Return the characters of any script and region that stand for one of these Simplified ones, and for which.

    They are what OpenCC makes Simplified from Traditional as written in general, in Taiwan and in Hong Kong, among
    all of the basic plane. A character that is itself one of these stands for itself only.
    """
    wanted = set(characters)
    return {
        candidate: character
        for configuration in _TO_SIMPLIFIED
        for candidate, character in simplified(configuration).items()
        if character in wanted and candidate not in wanted
    }


@cache
def simplified(configuration: str) -> Mapping[str, str]:
    """Return what OpenCC makes of each ideograph by itself, with one of its configurations.

    A character alone meets no phrase, so its result can be looked up in the tables, in the order of their chain; the
    converter itself takes seconds for all of them.
    """
    chain = [[table for _, _, table in group] for group in OpenCC(configuration)._dict_chain_data]
    return {chr(code): _through(chain, chr(code)) for block in _IDEOGRAPHS for code in block}


def _through(chain: Sequence[Sequence[Mapping[str, str]]], character: str) -> str:
    for tables in chain:
        found = next((table[character] for table in tables if character in table), character)
        character = found.split(" ")[0]
    return character


def converter_problems(particulars: Particulars, source: Source) -> Iterator[Problem]:
    """Yield a problem for each edition whose converter OpenCC does not have."""
    for index, settings in enumerate(particulars.editions):
        try:
            Converter(settings, ()).unaided("")
        except (OSError, ValueError):
            message = f"OpenCC has no configuration {settings.converter}; use one that it has, such as s2tw"
            yield problem_at_key(source, ("editions", index, "converter"), message)


def hit_problems(statement: Statement, overrides: Sequence[Override], source: Source) -> Iterator[Problem]:
    """Yield a problem, in `source` (conversion.toml), for each override that does not hit as often as it says."""
    found = [override.source for text in _texts(statement).values() for _, override in find_overrides(overrides, text)]
    for index, override in enumerate(overrides):
        hits = found.count(override.source)
        if hits != override.hits:
            todo = "remove the override" if hits == 0 else "read the new places, then set hits"
            message = f"{override.source} hits {times(hits)}, not {times(override.hits)}; {todo}"
            yield problem_at_key(source, ("overrides", index, "hits"), message)


def reason_problems(editions: Sequence[Edition], reasons: Sequence[Reason], source: Source) -> Iterator[Problem]:
    """Yield a problem, in `source` (conversion.toml), for each reason of a choice that conversion does not make."""
    made = {(choice.source, change.result) for choice in editions[0].choices for change in choice.results}
    for index, reason in enumerate(reasons):
        if (reason.source, reason.result) not in made:
            message = f"no clause has {reason.result} for {reason.source}; correct or remove the reason"
            yield problem_at_key(source, ("choices", index, "result"), message)


def find_overrides(overrides: Sequence[Override], text: str) -> Iterator[tuple[Span, Override]]:
    """Yield where overrides apply, from left to right: the longest where several begin, none inside another."""
    longest_first = sorted(overrides, key=lambda override: (-len(override.source), override.source))
    by_source = {override.source: override for override in overrides}
    if by_source:
        pattern = "|".join(re.escape(override.source) for override in longest_first)
        for match in re.finditer(pattern, text):
            yield Span(*match.span()), by_source[match.group()]


def _with_quotes(text: str, quotes: str) -> str:
    """Return the text with the quotation marks that pair replaced, each by the one of its kind."""
    marks = dict(zip(SOURCE_QUOTES, quotes, strict=True))
    characters = list(text)
    for offset in (offset for pair in quotation_pairs(text)[0] for offset in pair):
        characters[offset] = marks[text[offset]]
    return "".join(characters)


def _texts(statement: Statement) -> dict[str, str]:
    """Return the statement's own words by what they are: the title, the headings and the clauses."""
    headings = {f"heading {heading.numeral}": heading.title for heading in statement.headings}
    clauses = {f"clause {clause.number}": clause.text for clause in statement.clauses}
    return {"the title": statement.title} | headings | clauses


def _length_problems(statement: Statement, index: int, converter: Converter, source: Source) -> Iterator[Problem]:
    for what, text in _texts(statement).items():
        length = len(converter.convert(text))
        if length != len(text):
            settings = converter.settings
            message = (
                f"{settings.converter} makes {length} characters of the {len(text)} of {what} in {settings.id}; "
                "use a converter that keeps the length, such as s2tw, or add an override"
            )
            yield problem_at_key(source, ("editions", index, "converter"), message)


def _edition(
    statement: Statement,
    particulars: Particulars,
    themes: Sequence[Theme],
    vocabulary: Vocabulary,
    converter: Converter,
    applied: Sequence[AppliedOverride],
    changes: tuple[Change, ...],
    choices: tuple[Choice, ...],
) -> Edition:
    convert_text = converter.convert
    clauses = tuple(replace(clause, text=convert_text(clause.text)) for clause in statement.clauses)
    headings = tuple(replace(heading, title=convert_text(heading.title)) for heading in statement.headings)
    converted = replace(
        statement,
        title=convert_text(statement.title),
        clauses=clauses,
        headings=headings,
        notice=convert_text(statement.notice),
    )
    numerals = {heading.first: heading.numeral for heading in headings}
    by_number = {clause.number: clause for clause in clauses}
    return Edition(
        converter.settings,
        replace(
            particulars,
            title=convert_text(particulars.title),
            title_phrases=_cut_like(particulars.title_phrases, convert_text(particulars.title)),
            issuer=convert_text(particulars.issuer),
            venue=convert_text(particulars.venue),
        ),
        converted,
        tuple(
            Part(
                theme.slug,
                convert_text(theme.title),
                numerals.get(theme.clauses[0], ""),
                tuple(by_number[number] for number in theme.clauses),
            )
            for theme in themes
        ),
        tuple(replace(each, reason=convert_text(each.override.reason)) for each in applied),
        changes,
        tuple(replace(choice, reasons=tuple(map(convert_text, choice.reasons))) for choice in choices),
        tuple(
            replace(
                term,
                name=convert_text(term.name),
                definition=convert_text(term.definition),
                forms=tuple(map(convert_text, term.forms)),
                names=tuple(map(convert_text, term.names)),
            )
            for term in vocabulary.terms
        ),
        tuple(
            replace(
                each,
                word=convert_text(each.word),
                meaning=convert_text(each.meaning),
                unless=tuple(map(convert_text, each.unless)),
            )
            for each in vocabulary.operatives
        ),
    )


def _cut_like(pieces: Sequence[str], text: str) -> tuple[str, ...]:
    """Return a text cut at the places at which these pieces, as long as it together, meet."""
    ends = list(accumulate(map(len, pieces)))
    return tuple(text[start:end] for start, end in zip([0, *ends], ends, strict=False))


def _applied(statement: Statement, converter: Converter) -> Iterator[AppliedOverride]:
    """Yield every override with the clauses it applies in and what it replaces there."""
    for override in converter.overrides:
        places = [
            (clause.number, span.of(converter.unaided(clause.text)))
            for clause in statement.clauses
            for span, found in find_overrides(converter.overrides, clause.text)
            if found == override
        ]
        unaided = places[0][1] if places else converter.unaided(override.source)
        yield AppliedOverride(override, unaided, tuple(number for number, _ in places), override.reason)


def _pairs(statement: Statement, converter: Converter) -> Iterator[Change]:
    """Yield every character of the clauses with what it becomes, the same or another, those that occur most first."""
    places: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for clause in statement.clauses:
        for offset, pair in enumerate(zip(clause.text, converter.convert(clause.text), strict=True)):
            places[pair].append((clause.number, offset))
    for (before, after), found in sorted(places.items(), key=lambda item: (-len(item[1]), item[0])):
        yield Change(before, after, tuple(found))


def _choices(pairs: Sequence[Change], reasons: Sequence[Reason]) -> Iterator[Choice]:
    """Yield the characters for which the converter's table has several results, in the order of the text."""
    table = _candidates()
    said = {(each.source, each.result): each.reason for each in reasons}
    found: dict[str, list[Change]] = {}
    for pair in sorted(pairs, key=lambda each: each.places):
        if len(table.get(pair.source, ())) > 1:
            found.setdefault(pair.source, []).append(pair)
    for character, results in found.items():
        why = tuple(said.get((character, change.result), "") for change in results)
        yield Choice(character, table[character], tuple(results), why)


@cache
def _candidates() -> dict[str, tuple[str, ...]]:
    """Return what OpenCC's table of characters has for each Simplified one.

    The table is the library's own data, to which it has no other way; of the project's files, none is read here.
    """
    text = (resources.files("opencc") / "dictionary" / "STCharacters.txt").read_text("utf-8")
    pairs = (line.split("\t") for line in text.splitlines() if "\t" in line)
    return {character: tuple(results.split(" ")) for character, results in pairs}
