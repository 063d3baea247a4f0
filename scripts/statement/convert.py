"""Convert: an edition in another script, every character in the place of the one it comes from."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from itertools import accumulate

from opencc import OpenCC

from .errors import InputError, Problem, Source, problem_at_key, times
from .model import (
    AppliedOverride,
    Change,
    Clause,
    Conversion,
    Edition,
    EditionSettings,
    Override,
    Part,
    Particulars,
    Phrase,
    Reason,
    ReasonPieces,
    Span,
    Statement,
    Theme,
    Vocabulary,
)
from .text import quotation_pairs, quotes_in_a_row
from .themes import placed

SIMPLIFIED_QUOTES = "“”‘’"
"""The quotation marks of Simplified, in the order in which an edition names its own (clreq 3.1.3)."""

_FROM_SIMPLIFIED = "s2"
_TO_SIMPLIFIED = ("t2s", "tw2s", "hk2s")
# CJK Unified Ideographs, their Extension A and Compatibility Ideographs (Unicode, chapter 18).
_IDEOGRAPHS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00))


@dataclass(frozen=True)
class Converter:
    """Converts text for one edition; `convert` is the only way in which text changes its script.

    `overrides` are those for the edition, and `source_quotes` the quotation marks of what it converts.
    """

    settings: EditionSettings
    overrides: tuple[Override, ...]
    source_quotes: str = SIMPLIFIED_QUOTES

    def convert(self, text: str) -> str:
        """Return the text in the edition's script: overrides as they say, and OpenCC between them.

        Quotation marks that pair become the edition's own. Without a converter nothing else changes, so that for the
        source's own edition the text comes back as it is.
        """
        return _with_quotes(self._with_overrides(text), self.source_quotes, self.settings.quotes)

    def _with_overrides(self, text: str) -> str:
        if not self.settings.converter:
            return text
        pieces: list[str] = []
        position = 0
        for span, override in find_overrides(self.overrides, text):
            pieces += [self.unaided(text[position : span.start]), override.result]
            position = span.end
        return "".join([*pieces, self.unaided(text[position:])])

    def unaided(self, text: str) -> str:
        """Return what the converter alone makes of a text, without overrides and quotation marks."""
        return _opencc(self.settings.converter).convert(text) if self.settings.converter else text


def text_converter(
    settings: EditionSettings, source_settings: EditionSettings, overrides: Iterable[Override]
) -> Converter:
    """Return what converts the statement, and what people wrote beside it, for an edition.

    `overrides` are all there are; those for other editions are left out.
    """
    return Converter(settings, _overrides_for(settings, overrides), source_settings.quotes)


def interface_converter(
    settings: EditionSettings,
    source_settings: EditionSettings,
    overrides: Iterable[Override],
    phrases: Sequence[Phrase] = (),
) -> Converter:
    """Return what converts the words of the interface, which are written in Simplified, for an edition.

    An edition converted from Simplified has them as its own converter makes them. Any other one in Traditional has
    them in the standard of its region, and one in Simplified as they are. Overrides are phrases of the source: they
    count only where that is in Simplified, too. `phrases` are what readers of Traditional say otherwise.
    """
    if source_settings.script == "hant":
        overrides = ()
    configuration = _interface_configuration(settings)
    said = tuple(_overrides_for(settings, overrides)) + regional_overrides(settings, phrases)
    return Converter(replace(settings, converter=configuration), said)


def regional_overrides(settings: EditionSettings, phrases: Iterable[Phrase]) -> tuple[Override, ...]:
    """Return what words of the interface, and of definitions, become in an edition in Traditional, by its region."""
    if settings.script == "hans":
        return ()
    is_hong_kong = settings.region in ("HK", "MO")
    return tuple(
        Override(each.simplified, (each.hong_kong if is_hong_kong else each.taiwan) or each.traditional, "—", 1)
        for each in phrases
    )


def convert(
    statement: Statement,
    particulars: Particulars,
    themes: Sequence[Theme],
    conversion: Conversion,
    vocabulary: Vocabulary,
    source: Source,
    phrases: Sequence[Phrase] = (),
) -> tuple[Edition, ...]:
    """Return the statement's editions in their order; a clause has the same length in every one.

    `phrases` are for what people say about its words, and leave these as they are.

    Each has the changes and the overrides of its own conversion; the source, which comes first, has none.

    Raises InputError, naming places in `source` (statement.toml), for every piece of text that a converter does not
    keep to its length.
    """
    original = particulars.editions[0]
    converters = [text_converter(settings, original, conversion.overrides) for settings in particulars.scripts]
    problems = [
        problem
        for index, converter in enumerate(converters)
        for problem in _length_problems(statement, index, converter, source)
    ]
    if problems:
        raise InputError(problems)
    # Put together, they are converted quickly.
    words = "\n".join(_known_words(particulars, vocabulary, conversion))
    editions = [
        replace(
            _edition(statement, particulars, themes, vocabulary, converter, phrases),
            known_words=tuple(converter.convert(words).split("\n")),
        )
        for converter in converters
    ]
    return tuple(
        _with_ledger(edition, statement, converter, original)
        for edition, converter in zip(editions, converters, strict=True)
    )


def simplifier(source_settings: EditionSettings) -> Converter:
    """Return what makes Simplified of a source in Traditional of which there is no edition in Simplified."""
    configuration = {"HK": "hk2s", "MO": "hk2s", "TW": "tw2s"}.get(source_settings.region, "t2s")
    settings = replace(source_settings, converter=configuration, quotes=SIMPLIFIED_QUOTES)
    return Converter(settings, (), source_settings.quotes)


def variants(characters: Iterable[str]) -> dict[str, str]:
    """Return the characters of any script and region that stand for one of these Simplified ones, and for which.

    They are what OpenCC makes Simplified from Traditional as written in general, in Taiwan and in Hong Kong, among
    all of the basic plane. A character that is itself one of these stands for itself only.
    """
    wanted = set(characters)
    return {
        candidate: character
        for configuration in _TO_SIMPLIFIED
        for candidate, character in _simplified(configuration).items()
        if character in wanted and candidate not in wanted
    }


@cache
def _simplified(configuration: str) -> Mapping[str, str]:
    """Return what OpenCC makes of each ideograph that it changes by itself, with one of its configurations.

    A character alone meets no phrase, so its result can be looked up in the tables, in the order of their chain; the
    converter itself takes seconds for all of them.
    """
    chain = list(tables_of(configuration))
    listed = {key for tables in chain for table in tables for key in table if _is_ideograph(key)}
    return {character: _through(chain, character) for character in sorted(listed)}


def _is_ideograph(text: str) -> bool:
    return len(text) == 1 and any(ord(text) in block for block in _IDEOGRAPHS)


def _through(chain: Sequence[Sequence[Mapping[str, str]]], character: str) -> str:
    for tables in chain:
        found = next((table[character] for table in tables if character in table), character)
        character = found.split(" ")[0]
    return character


@cache
def regional_words() -> Mapping[str, tuple[str, ...]]:
    """Return what Taiwan says for words of the mainland, both in Simplified: 信息 and 资讯.

    They are those of OpenCC's table of phrases, and a few with a character that the mainland has for other words.
    """
    text = (resources.files("opencc") / "dictionary" / "TWPhrases.txt").read_text("utf-8")
    lines = [line for line in _opencc("t2s").convert(text).splitlines() if "\t" in line]
    pairs = (line.split("\t") for line in lines)
    listed = {word: tuple(other for other in others.split(" ") if other != word) for word, others in pairs}
    return listed | {"计划": ("计画",), "规划": ("规画",)}


def converter_problems(particulars: Particulars, source: Source) -> Iterator[Problem]:
    """Yield a problem for each edition whose converter OpenCC does not have."""
    for index, settings in enumerate(particulars.editions):
        try:
            Converter(settings, ()).unaided("")
        except (OSError, ValueError):
            message = f"OpenCC has no configuration {settings.converter}; use one that it has, such as s2tw"
            yield problem_at_key(source, ("editions", index, "converter"), message)


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


def hit_problems(
    statement: Statement, overrides: Sequence[Override], editions: Iterable[EditionSettings], source: Source
) -> Iterator[Problem]:
    """Yield a problem, in `source` (conversion.toml), for each override that does not hit as often as it says.

    In each of the editions it is for, it has to hit as often as that; those that are not converted are left out, and
    without any other one the overrides that name no edition are checked all the same.
    """
    counts = {
        edition: _hits(statement, [override for override in overrides if override.is_for(edition)])
        for edition in [settings.id for settings in editions if settings.converter] or [""]
    }
    for index, override in enumerate(overrides):
        found = {edition: hits[override.source] for edition, hits in counts.items() if override.is_for(edition)}
        for edition, hits in found.items():
            if hits != override.hits:
                # A longer override of one edition can take hits away from this one there only.
                where = f" in {edition}" if len(set(found.values())) > 1 else ""
                todo = "remove the override" if hits == 0 else "read the new places, then set hits"
                message = f"{override.source} hits {times(hits)}{where}, not {times(override.hits)}; {todo}"
                yield problem_at_key(source, ("overrides", index, "hits"), message)


@dataclass(frozen=True)
class OwnText:
    """A piece of the statement's own words, what messages call it, and of which clause it is the text; 0 for others."""

    what: str
    text: str
    clause: int = 0


def own_words(statement: Statement) -> tuple[OwnText, ...]:
    """Return the statement's own words: the title and the lines below it, the headings, the marks and the clauses.

    Many may be called the same, such as headings that are numbered anew in each part.
    """
    return (
        OwnText("the title", statement.title),
        *(OwnText(f"the line {line}", line) for line in statement.lines_below_title),
        *(OwnText(f"heading {each.numeral or each.title}", each.title) for each in statement.headings),
        *(OwnText(f"the mark {each.printed}", each.printed) for each in statement.clauses if each.mark),
        *(OwnText(f"clause {each.address}", each.text, each.number) for each in statement.clauses),
    )


def reason_in_scripts(
    reason: str, settings: EditionSettings, original: EditionSettings, convert: Callable[[str], str]
) -> tuple[ReasonPieces, ReasonPieces]:
    """Return a reason in the script of a converted edition, and in that of the source, in which people wrote it.

    They write words of the converted script in the quotation marks of that, such as 「係」, and these words stay as
    they are. Where both scripts have the same marks, all of the reason is taken to be in the source's.
    """
    converted = tuple(
        (text if is_result else convert(text), is_result)
        for text, is_result in _reason_pieces(quotes_in_a_row(reason, settings.script), settings, original)
    )
    return converted, tuple(_reason_pieces(quotes_in_a_row(reason, original.script), settings, original))


def tables_of(configuration: str) -> Iterator[list[Mapping[str, str]]]:
    """Yield the tables of an OpenCC configuration, group after group; several results are divided by blanks.

    The library has no other way to its data.
    """
    for group in _opencc(configuration)._dict_chain_data:
        yield [table for _, _, table in group]


def find_overrides(overrides: Sequence[Override], text: str) -> Iterator[tuple[Span, Override]]:
    """Yield where overrides apply, from left to right: the longest where several begin, none inside another."""
    by_source = {override.source: override for override in overrides}
    if by_source:
        for match in _longest_of(tuple(by_source)).finditer(text):
            yield Span(*match.span()), by_source[match.group()]


@lru_cache
def _longest_of(sources: tuple[str, ...]) -> re.Pattern[str]:
    """Return what matches one of some texts: the longest that stands at a place."""
    return re.compile("|".join(re.escape(each) for each in sorted(sources, key=lambda each: (-len(each), each))))


def _reason_pieces(reason: str, settings: EditionSettings, original: EditionSettings) -> Iterator[tuple[str, bool]]:
    opening, closing = settings.quotes[0], settings.quotes[1]
    quoted = re.compile(f"{re.escape(opening)}([^{re.escape(opening + closing)}]+){re.escape(closing)}")
    pieces = quoted.split(reason) if settings.quotes != original.quotes else [reason]
    yield from ((piece, index % 2 == 1) for index, piece in enumerate(pieces) if piece)


def overridden_places(converter: Converter, text: str) -> Mapping[int, str]:
    """Return the offsets in a text that overrides decide, each with the source of the override.

    They are those at which it has another character than the converter alone, for that is what its reason is about; if
    there are none, it is there to make sure of all it covers.
    """
    spans = list(find_overrides(converter.overrides, text))
    unaided = converter.unaided(text) if spans else ""
    decided: dict[int, str] = {}
    for span, override in spans:
        pairs = enumerate(zip(override.result, span.of(unaided), strict=True), span.start)
        others = [offset for offset, (ours, theirs) in pairs if ours != theirs]
        decided |= dict.fromkeys(others or range(span.start, span.end), override.source)
    return decided


def _share_editions(one: Override, other: Override) -> bool:
    """Return whether there is an edition that both overrides are for; those that name none are for all."""
    return not one.editions or not other.editions or not set(one.editions).isdisjoint(other.editions)


def _with_quotes(text: str, source_quotes: str, quotes: str) -> str:
    """Return the text with the source's quotation marks replaced where they pair, each by the one of its kind."""
    if source_quotes == quotes:
        return text
    marks = dict(zip(source_quotes, quotes, strict=True))
    characters = list(text)
    for offset in (offset for pair in quotation_pairs(text)[0] for offset in pair):
        characters[offset] = marks.get(text[offset], text[offset])
    return "".join(characters)


def _overrides_for(settings: EditionSettings, overrides: Iterable[Override]) -> tuple[Override, ...]:
    return tuple(override for override in overrides if override.is_for(settings.id))


def _interface_configuration(settings: EditionSettings) -> str:
    """Return the OpenCC configuration that turns Simplified into the script of an edition, or nothing for none."""
    if settings.script == "hans":
        return ""
    if settings.converter.startswith(_FROM_SIMPLIFIED):
        return settings.converter
    return "s2hk" if settings.region in ("HK", "MO") else "s2tw"


def _hits(statement: Statement, overrides: Sequence[Override]) -> Counter[str]:
    """Return how often each phrase of an edition's overrides hits in the statement's own words."""
    return Counter(
        override.source for own in own_words(statement) for _, override in find_overrides(overrides, own.text)
    )


def _length_problems(statement: Statement, index: int, converter: Converter, source: Source) -> Iterator[Problem]:
    for own in own_words(statement):
        length = len(converter.convert(own.text))
        if length != len(own.text):
            settings = converter.settings
            message = (
                f"{settings.converter} makes {length} characters of the {len(own.text)} of {own.what} in "
                f"{settings.id}; use a converter that keeps the length, such as s2tw, or add an override"
            )
            yield problem_at_key(source, ("editions", index, "converter"), message)


def _edition(
    statement: Statement,
    particulars: Particulars,
    themes: Sequence[Theme],
    vocabulary: Vocabulary,
    converter: Converter,
    phrases: Sequence[Phrase],
) -> Edition:
    """Return an edition without what is said about its conversion."""
    convert_text = converter.convert
    said = (
        (*converter.overrides, *regional_overrides(converter.settings, phrases)) if converter.settings.converter else ()
    )
    convert_said = replace(converter, overrides=said).convert
    clauses = tuple(_clause(clause, convert_text) for clause in statement.clauses)
    headings = tuple(
        replace(heading, title=convert_text(heading.title), mark=heading.mark and convert_text(heading.mark))
        for heading in statement.headings
    )
    converted = replace(
        statement,
        title=convert_text(statement.title),
        date_line=convert_text(statement.date_line),
        clauses=clauses,
        headings=headings,
        notice=convert_text(statement.notice),
        title_lines=_divided_like(statement.title_lines, convert_text(statement.title)),
        under=tuple(map(convert_text, statement.under)),
    )
    begins = {heading.first: heading for heading in headings if heading.level == 1}
    by_number = {clause.number: clause for clause in clauses}
    return Edition(
        converter.settings,
        replace(
            particulars,
            title=convert_text(particulars.title),
            title_phrases=_divided_like(particulars.title_phrases, convert_text(particulars.title)),
            short_title=convert_text(particulars.short_title),
            subject=convert_text(particulars.subject),
            attendance=convert_said(particulars.attendance),
            issuer=convert_text(particulars.issuer),
            venue=convert_said(particulars.venue),
            kind=convert_said(particulars.kind),
            examples=replace(particulars.examples, names=tuple(map(convert_text, particulars.examples.names))),
            dated_as=convert_said(particulars.dated_as),
            edits=tuple(replace(each, reason=convert_said(each.reason)) for each in particulars.edits),
            omissions=tuple(replace(each, reason=convert_said(each.reason)) for each in particulars.omissions),
        ),
        converted,
        tuple(
            Part(
                theme.slug,
                convert_text(theme.title),
                heading.numeral if heading else "",
                tuple(by_number[number] for number in placed(theme)),
                heading,
                tuple(each for each in headings if each.level > 1 and each.first in within),
            )
            for theme in themes
            for heading, within in [(begins.get(placed(theme)[0]), frozenset(placed(theme)))]
        ),
        terms=tuple(
            replace(
                term,
                name=convert_text(term.name),
                phrases=_divided_like(term.phrases, convert_text(term.name)),
                definition=convert_said(term.definition),
                forms=tuple(map(convert_text, term.forms)),
                names=tuple(map(convert_text, term.names)),
            )
            for term in vocabulary.terms
        ),
        operatives=tuple(
            replace(
                each,
                word=convert_text(each.word),
                meaning=convert_said(each.meaning),
                forms=tuple(map(convert_text, each.forms)),
                unless=tuple(map(convert_text, each.unless)),
            )
            for each in vocabulary.operatives
        ),
        readings=tuple(
            replace(
                each,
                text=convert_text(each.text),
                reading=convert_text(each.reading),
                seen=tuple(map(convert_text, each.seen)),
            )
            for each in vocabulary.readings
        ),
    )


def _clause(clause: Clause, convert_text: Callable[[str], str]) -> Clause:
    """Return a clause in another script, what stands before it and what it is called included."""
    mark = clause.mark and convert_text(clause.mark)
    return replace(clause, text=convert_text(clause.text), mark=mark, called=convert_text(clause.called))


def _known_words(particulars: Particulars, vocabulary: Vocabulary, conversion: Conversion) -> Iterator[str]:
    """Yield what people have named as words of the source, each once."""
    found = [
        *particulars.title_phrases,
        *(word for term in vocabulary.terms for word in (*term.forms, *term.phrases)),
        *(word for operative in vocabulary.operatives for word in operative.searched),
        *(override.source for override in conversion.overrides),
        *(word for reason in conversion.choices for word in reason.hits),
    ]
    yield from dict.fromkeys(found)


def _with_ledger(edition: Edition, statement: Statement, converter: Converter, original: EditionSettings) -> Edition:
    """Return a converted edition with what its converter did to the source; the source as it is."""
    if not edition.is_converted:
        return edition
    return replace(
        edition,
        overrides=tuple(_applied(statement, converter, original)),
        changes=tuple(_changes(statement, edition.statement)),
    )


def _divided_like(pieces: Sequence[str], text: str) -> tuple[str, ...]:
    """Return a text cut at the places at which these pieces, as long as it together, meet."""
    ends = list(accumulate(map(len, pieces)))
    return tuple(text[start:end] for start, end in zip([0, *ends], ends, strict=False))


def _applied(statement: Statement, converter: Converter, original: EditionSettings) -> Iterator[AppliedOverride]:
    """Yield every override with the clauses it applies in and what it replaces there."""
    for override in converter.overrides:
        places = [
            (clause.number, span.of(converter.unaided(clause.text)))
            for clause in statement.clauses
            for span, found in find_overrides(converter.overrides, clause.text)
            if found == override
        ]
        unaided = places[0][1] if places else converter.unaided(override.source)
        reasons = reason_in_scripts(override.reason, converter.settings, original, converter.convert)
        yield AppliedOverride(override, unaided, tuple(number for number, _ in places), *reasons)


def _changes(statement: Statement, converted: Statement) -> Iterator[Change]:
    """Yield every character of the clauses that became another, those that did so most often first."""
    places: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for clause, other in zip(statement.clauses, converted.clauses, strict=True):
        for offset, pair in enumerate(zip(clause.text, other.text, strict=True)):
            if pair[0] != pair[1]:
                places[pair].append((clause.number, offset))
    for (before, after), found in sorted(places.items(), key=lambda item: (-len(item[1]), item[0])):
        yield Change(before, after, tuple(found))


@cache
def _opencc(configuration: str) -> OpenCC:
    return OpenCC(configuration)
