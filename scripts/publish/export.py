"""Export: the editions as data for the site's own scripts, the same for the same inputs."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from statement.convert import regional_words, simplifier
from statement.model import Clause, Edition, Reading
from statement.sound import syllables

from .shapes import Exceptions, PassageShape, SearchData, SearchPart, TermData

Variants = Callable[[Iterable[str]], dict[str, str]]


@dataclass(frozen=True)
class SearchedText:
    """A piece of the text that searches find: the title, a heading or a clause, and the theme it belongs to."""

    text: str
    theme: int
    number: int | None = None
    clause: Clause | None = None
    heading: str = ""


SPLIT_ABOVE = 2_000
"""With more clauses than this, each theme is a file: the first can be searched while the others are on their way."""


def search_data(editions: Sequence[Edition], variants: Variants, split_above: int = SPLIT_ABOVE) -> dict[str, str]:
    """Return what the search of each edition loads, as JSON by path under docs/.

    `variants` gives, for characters in Simplified, those of any script and region that stand for them. Each edition is
    paired with the first in the other script; where there is none in Simplified, with what the source is there.
    """
    files: dict[str, str] = {}
    for edition in editions:
        data = _data(edition, editions, variants)
        parts = _parts(data) if len(edition.statement.clauses) > split_above else {}
        if parts:
            data |= {"passages": [], "exceptions": [], "readings": [], "parts": list(parts)}
        files[f"{edition.id}/search.json"] = _json(data)
        files |= {f"{edition.id}/{name}": _json(part) for name, part in parts.items()}
    return files


def term_data(editions: Sequence[Edition]) -> dict[str, str]:
    """Return what the previews of terms show, each edition's as JSON by path: name, English name and definition."""
    return {f"{edition.id}/terms.json": _json(_definitions(edition)) for edition in editions}


def _definitions(edition: Edition) -> TermData:
    return {term.id: (term.name, term.english, term.definition) for term in edition.terms}


def _parts(data: SearchData) -> dict[str, SearchPart]:
    """Return what belongs to the passages of each theme, by the name of its file; the title goes with the first.

    Indices of passages are those of the whole.
    """
    last = len(data["themes"]) - 1
    themes = [max(0, passage["theme"]) for passage in data["passages"]]
    return {
        f"search-{data['themes'][theme]['slug']}.json": {
            "passages": [each for each, its in zip(data["passages"], themes, strict=True) if its == theme],
            "exceptions": [each for each in data["exceptions"] if themes[each[0]] == theme],
            "readings": [each for each in data["readings"] if themes[each[0]] == theme],
        }
        for theme in range(last + 1)
    }


def passages(edition: Edition) -> tuple[SearchedText, ...]:
    """Return the title, the headings and the clauses of an edition in the order of the text."""
    return tuple(_passages(edition))


def _passages(edition: Edition) -> Iterator[SearchedText]:
    yield SearchedText(edition.statement.title, -1)
    for theme, part in enumerate(edition.parts):
        if part.is_headed:
            yield SearchedText(part.full_title, theme)
        within = defaultdict(list)
        for heading in part.within:
            within[heading.first].append(heading)
        for clause in part.clauses:
            for heading in within[clause.number]:
                yield SearchedText(heading.whole, theme, heading=heading.name)
            yield SearchedText(clause.text, theme, clause.value, clause)


@dataclass(frozen=True)
class _Words:
    """The passages of an edition, what else readers call each of its terms, and the readings of other copies."""

    passages: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    readings: tuple[Reading, ...]


def _words(edition: Edition) -> _Words:
    names = tuple((*term.names, term.english) for term in edition.terms)
    return _Words(tuple(passage.text for passage in passages(edition)), names, edition.readings)


def _simplified(edition: Edition, editions: Sequence[Edition]) -> _Words:
    """Return the words in Simplified that belong to an edition: its own, or another's, or else the source converted."""
    found = next((each for each in (edition, *editions) if each.script == "hans"), None)
    if found:
        return _words(found)
    source, convert = _words(editions[0]), simplifier(editions[0].settings).convert
    return _Words(
        passages=tuple(map(convert, source.passages)),
        names=tuple(tuple(map(convert, each)) for each in source.names),
        readings=tuple(replace(each, reading=convert(each.reading)) for each in source.readings),
    )


def _partner(edition: Edition, editions: Sequence[Edition]) -> _Words:
    """Return the words of the edition in the other script; a Simplified one without any is its own.

    A search looks for Simplified in one of the two, so that Traditional always has a partner.
    """
    if edition.script == "hant":
        return _simplified(edition, editions)
    return _words(next((other for other in editions if other.script == "hant"), edition))


def _data(edition: Edition, editions: Sequence[Edition], variants: Variants) -> SearchData:
    own = _words(edition).passages
    simplified = _simplified(edition, editions)
    pairs, exceptions = _pairs(own, _partner(edition, editions).passages)
    readings, odd = _readings(simplified.passages) if edition.settings.is_chinese else ({}, [])
    names = [(term.forms[0], list(others)) for term, others in zip(edition.terms, simplified.names, strict=True)]
    read = [(each.text, [others.reading]) for each, others in zip(edition.readings, simplified.readings, strict=True)]
    names += [pair for pair in read if not any(pair[1][0] in others for _, others in names)]
    names += _regional(own, simplified.passages, {other for _, others in names for other in others})
    known = set("".join(simplified.passages)) | {c for _, others in names for name in others for c in name}
    made: SearchData = {
        "simplified": edition.script == "hans",
        "themes": [{"slug": part.slug, "title": part.full_title} for part in edition.parts],
        "passages": [_passage(passage) for passage in passages(edition)],
        "other": pairs,
        "exceptions": exceptions,
        "fold": "".join(f"{variant}{character}" for variant, character in sorted(variants(known).items())),
        "pinyin": readings,
        "readings": odd,
        "names": names,
        "variants": [
            (_value(edition, each), each.text, each.reading, "、".join(each.seen)) for each in edition.readings
        ],
    }
    return made if edition.settings.is_chinese else {"words": True, **made}


def _value(edition: Edition, reading: Reading) -> int:
    """Return the number, as passages have it, of the clause that a reading is of."""
    return edition.statement.clauses[int(reading.clause) - 1].value


def _regional(own: Sequence[str], simplified: Sequence[str], taken: Set[str]) -> list[tuple[str, list[str]]]:
    """Return the words of the text for which Taiwan has others: as the edition writes them, and the others."""
    found = []
    for word, others in regional_words().items():
        wanted = [other for other in others if len(other) > 1 and other not in taken]
        place = next(((index, text.index(word)) for index, text in enumerate(simplified) if word in text), None)
        if place and wanted and not any(other in text for text in simplified for other in wanted):
            index, start = place
            found.append((own[index][start : start + len(word)], wanted))
    return found


def _passage(passage: SearchedText) -> PassageShape:
    shape: PassageShape = {"text": passage.text, "theme": passage.theme}
    if passage.heading:
        return {**shape, "id": passage.heading}
    if passage.clause is None or passage.number is None:
        return shape
    clause = passage.clause
    # What follows from the number is not said again.
    shape = shape if clause.is_plain else {**shape, "id": clause.id, "name": clause.label}
    breaks = [block.span.start for block in clause.blocks[1:]]
    shape = {**shape, "breaks": breaks} if breaks else shape
    return {**shape, "number": passage.number}


def _pairs(own: Sequence[str], other: Sequence[str]) -> tuple[str, Exceptions]:
    """Return what each character usually is in the other edition, and the places where it is something else."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mine, theirs in zip(own, other, strict=True):
        for a, b in zip(mine, theirs, strict=True):
            counts[a][b] += 1
    usual = {character: _most_common(results) for character, results in counts.items()}
    exceptions = [
        (index, offset, b)
        for index, (mine, theirs) in enumerate(zip(own, other, strict=True))
        for offset, (a, b) in enumerate(zip(mine, theirs, strict=True))
        if usual[a] != b
    ]
    return "".join(f"{a}{b}" for a, b in sorted(usual.items()) if a != b), exceptions


def _readings(texts: Sequence[str]) -> tuple[dict[str, str], Exceptions]:
    """Return the characters by their usual reading, and the places where one is read otherwise."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    read = syllables(texts)
    for text, sounds in zip(texts, read, strict=True):
        for character, syllable in zip(text, sounds, strict=True):
            if syllable.isalpha():
                counts[character][syllable] += 1
    usual = {character: _most_common(results) for character, results in counts.items()}
    by_syllable: defaultdict[str, list[str]] = defaultdict(list)
    for character, syllable in sorted(usual.items()):
        by_syllable[syllable].append(character)
    odd = [
        (index, offset, syllable)
        for index, (text, sounds) in enumerate(zip(texts, read, strict=True))
        for offset, (character, syllable) in enumerate(zip(text, sounds, strict=True))
        if syllable.isalpha() and usual[character] != syllable
    ]
    return {syllable: "".join(found) for syllable, found in sorted(by_syllable.items())}, odd


def _most_common(results: Counter[str]) -> str:
    return min(results, key=lambda result: (-results[result], result))


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
