"""Choices: characters for which the converter knows several results, and why each place in the text has its own.

Every place that no override decides needs a reason that people gave, by the word in which the character stands; and
each word has to stand in the text as often as they counted. So nothing new is converted without anybody reading it.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from . import kept
from .convert import overridden_places, own_words, reason_in_scripts, tables_of, text_converter
from .errors import Problem, Source, problem_at_key, times
from .model import Change, Choice, Edition, Grounds, Outcome, Reason

MOST_SHOWN = 3
"""So many places at most are shown in one message."""

_AROUND = 6


Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class Place:
    """A character with several results in a text of the statement: where, what it became, and which reason covers it.

    `clause` is 0 outside the clauses. `overridden` is the source of the override that decides the place, or nothing;
    any other place has the index, from 0, of the reason of which a word stands there, and that word, or None.
    """

    what: str
    clause: int
    text: str
    offset: int
    result: str
    reason: int | None
    word: str
    overridden: str

    @property
    def source(self) -> str:
        """The character of the source."""
        return self.text[self.offset]

    @property
    def shown(self) -> str:
        """The place as messages name it: clause 3, “……”."""
        around = self.text[max(self.offset - _AROUND, 0) : self.offset + _AROUND + 1]
        return f"{self.what}, “{around}”"


@dataclass(frozen=True)
class Weighed:
    """A converted edition with the characters that have several candidates, and where they stand in the statement."""

    edition: Edition
    original: Edition
    candidates: Mapping[str, tuple[str, ...]]
    places: tuple[Place, ...]

    @cached_property
    def counts(self) -> Counter[tuple[int, str]]:
        """How often each word of each reason covers a place."""
        return Counter((place.reason, place.word) for place in self.places if place.reason is not None)


def candidates(configuration: str, characters: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return what an OpenCC configuration can make of each of some characters for which that is more than one.

    Read are the library's tables of characters and of phrases, one group after the other: a character that stands in a
    phrase can become what it becomes there. So 面 is 面 or 麵 in `s2tw`, whose last table has 麵 for 麪.
    """
    return _candidates(configuration, "".join(sorted(set(characters))))


def reason_problems(reasons: Sequence[Reason], source: Source) -> Iterator[Problem]:
    """Yield a problem, in `source` (conversion.toml), for each word that cannot say which reason a place has."""
    given: set[tuple[str, str, str]] = set()
    for index, reason in enumerate(reasons):
        for word in reason.hits:
            if reason.source not in word:
                message = f"{word} does not hold {reason.source}; correct or remove it"
                yield problem_at_key(source, ("choices", index, "hits"), message)
            scopes = [(reason.source, word, edition) for edition in reason.editions or ("",)]
            # Without editions a reason is for all of them, so that it clashes with any other.
            if any(_clash(scope, given) for scope in scopes):
                message = f"{word} is given twice for {reason.source}; keep it in one reason"
                yield problem_at_key(source, ("choices", index, "hits"), message)
            given.update(scopes)


def weigh(editions: Sequence[Edition], reasons: Sequence[Reason]) -> tuple[Weighed, ...]:
    """Return the converted ones of some editions, the source first, with their choices beside the reasons for them."""
    return tuple(_weighed(editions[0], each, reasons) for each in editions if each.is_converted)


def choice_problems(weighed: Sequence[Weighed], reasons: Sequence[Reason], source: Source) -> Iterator[Problem]:
    """Yield a problem, in `source` (conversion.toml), for each choice whose places are not those that people read.

    They are places without a reason, reasons whose words are found more or less often than they say or become
    something else, and reasons where there is no choice.
    """
    found: defaultdict[tuple[Keys, str], list[str]] = defaultdict(list)
    for each in weighed:
        for problem in (*_unexplained(each, reasons), *_counted(each, reasons), *_otherwise(each, reasons)):
            found[problem].append(each.edition.id)
    for (keys, message), where in found.items():
        in_editions = f"in {' and '.join(where)}, " if len(where) < len(weighed) else ""
        yield problem_at_key(source, keys, in_editions + message)
    yield from _without_choice(weighed, reasons, source)


def with_choices(editions: Sequence[Edition], weighed: Iterable[Weighed], reasons: Sequence[Reason]) -> list[Edition]:
    """Return editions with the choices that their conversion made in the clauses, and the reasons for them."""
    made = {each.edition.id: tuple(_choices(each, reasons)) for each in weighed}
    return [replace(each, choices=made.get(each.id, ())) for each in editions]


@lru_cache(maxsize=8)
def _candidates(configuration: str, characters: str) -> Mapping[str, tuple[str, ...]]:
    """Return the candidates, which hundreds of thousands of phrases tell: kept, for texts seldom change."""
    key = f"{kept.maker('opencc-python-reimplemented', sys.modules[__name__])} {configuration} {characters}"
    known = kept.find("candidates", key)
    if known is None:
        known = kept.keep("candidates", key, json.dumps(_read_candidates(configuration, characters)).encode("utf-8"))
    return {character: tuple(several) for character, several in json.loads(known).items()}


def _read_candidates(configuration: str, characters: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {character: (character,) for character in characters}
    for tables in tables_of(configuration):
        known = _known(tables, {each for several in found.values() for each in several})
        found = {
            character: tuple(dict.fromkeys(result for each in several for result in known[each] or (each,)))
            for character, several in found.items()
        }
    return {character: several for character, several in found.items() if len(several) > 1}


def _known(tables: Sequence[Mapping[str, str]], wanted: set[str]) -> defaultdict[str, dict[str, None]]:
    """Return what the tables of one group make of characters: by themselves first, then in phrases."""
    known: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for table in tables:
        for character in wanted & table.keys():
            known[character].update(dict.fromkeys(table[character].split(" ")))
    for table in tables:
        for phrase, results in table.items():
            if len(phrase) > 1 and not wanted.isdisjoint(phrase):
                _learn(known, wanted, phrase, results.split(" ")[0])
    return known


def _learn(known: defaultdict[str, dict[str, None]], wanted: set[str], phrase: str, result: str) -> None:
    """Note what the characters of a phrase become in it, where it keeps its length."""
    if len(phrase) == len(result):
        for before, after in zip(phrase, result, strict=True):
            if before in wanted and after not in known[before]:
                # What no table lists by itself stays as it is by itself.
                known[before] = {**(known[before] or {before: None}), after: None}


def _clash(scope: tuple[str, str, str], given: set[tuple[str, str, str]]) -> bool:
    character, word, edition = scope
    if edition:
        return scope in given or (character, word, "") in given
    return any(each[:2] == scope[:2] for each in given)


def _weighed(original: Edition, edition: Edition, reasons: Sequence[Reason]) -> Weighed:
    said = [(index, reason) for index, reason in enumerate(reasons) if reason.is_for(edition.id)]
    words = _words(said)
    # A reason counts, and is right or wrong, also in an edition in which its character can become one thing only.
    texts = [own.text for own in own_words(original.statement)]
    known = candidates(edition.settings.converter, "".join([*texts, *words]))
    places = tuple(_places(original, edition, known.keys() | words.keys(), words))
    return Weighed(edition, original, known, places)


def _words(reasons: Iterable[tuple[int, Reason]]) -> Mapping[str, list[tuple[str, int, int]]]:
    """Return by character the words of the reasons, where the character stands in each, and the index of the reason.

    The longest come first, and of those the ones in which the character stands farthest back.
    """
    found: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for index, reason in reasons:
        for word in reason.hits:
            at = [offset for offset, character in enumerate(word) if character == reason.source]
            found[reason.source] += [(word, offset, index) for offset in at]
    return {key: sorted(each, key=lambda word: (-len(word[0]), -word[1], word[0])) for key, each in found.items()}


def _places(
    original: Edition, edition: Edition, characters: Set[str], words: Mapping[str, Sequence[tuple[str, int, int]]]
) -> Iterator[Place]:
    """Yield the places of characters in the statement's own words, in the order of the text."""
    pattern = re.compile(f"[{re.escape(''.join(sorted(characters)))}]" if characters else "(?!)")
    converter = text_converter(edition.settings, original.settings, edition.conversion)
    results = own_words(edition.statement)
    for own, result in zip(own_words(original.statement), results, strict=True):
        overridden = overridden_places(converter, own.text)
        for match in pattern.finditer(own.text):
            offset = match.start()
            override = overridden.get(offset, "")
            word, reason = ("", None) if override else _word_at(own.text, offset, words.get(match.group(), ()))
            yield Place(own.what, own.clause, own.text, offset, result.text[offset], reason, word, override)


def _word_at(text: str, offset: int, words: Sequence[tuple[str, int, int]]) -> tuple[str, int | None]:
    """Return the first of some words that stands at a place with its character there, and its reason."""
    for word, at, reason in words:
        if at <= offset and text.startswith(word, offset - at):
            return word, reason
    return "", None


def _unexplained(weighed: Weighed, reasons: Sequence[Reason]) -> Iterator[tuple[Keys, str]]:
    """Yield what is wrong with each result that has places for which there is neither a reason nor an override."""
    places: defaultdict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in weighed.places:
        if place.source in weighed.candidates and place.reason is None and not place.overridden:
            places[place.source, place.result].append(place)
    for (character, result), found in places.items():
        others = " or ".join(each for each in weighed.candidates[character] if each != result)
        message = (
            f"nobody has read {character}, which could be {others} but becomes {result}, in {_listed(found)}; where "
            f"{result} is right, add the word and its count to hits of a reason that is true of it, else add an "
            "override"
        )
        yield _nearest(reasons, character, result), message


def _counted(weighed: Weighed, reasons: Sequence[Reason]) -> Iterator[tuple[Keys, str]]:
    """Yield what is wrong with each word that is found more or less often than its reason says."""
    for index, reason in enumerate(reasons):
        for word, hits in reason.hits.items() if reason.is_for(weighed.edition.id) else ():
            count = weighed.counts[index, word]
            if count != hits:
                found = [place for place in weighed.places if (place.reason, place.word) == (index, word)]
                where = f" ({_listed(found)})" if found else ""
                todo = "read the places, then set hits" if found else "correct or remove it"
                message = f"{reason.source} stands {times(count)} in {word}, not {times(hits)}{where}; {todo}"
                yield ("choices", index, "hits"), message


def _otherwise(weighed: Weighed, reasons: Sequence[Reason]) -> Iterator[tuple[Keys, str]]:
    """Yield what is wrong with each reason for a result that is not what its places have."""
    places: defaultdict[tuple[int, str, str], list[Place]] = defaultdict(list)
    for place in weighed.places:
        if place.reason is not None and place.result != reasons[place.reason].result:
            places[place.reason, place.word, place.result].append(place)
    for (index, word, result), found in places.items():
        reason = reasons[index]
        message = (
            f"{reason.source} becomes {result} in {word}, not {reason.result}: {_listed(found)}; correct the result, "
            "add an override, or name the editions"
        )
        yield ("choices", index, "result"), message


def _without_choice(weighed: Sequence[Weighed], reasons: Sequence[Reason], source: Source) -> Iterator[Problem]:
    """Yield a problem for each reason for a character that can become one thing only in the editions it is for."""
    for index, reason in enumerate(reasons):
        own = [each for each in weighed if reason.is_for(each.edition.id)]
        if own and not any(reason.source in each.candidates for each in own):
            where = " and ".join(each.edition.id for each in own)
            message = f"{reason.source} can become one thing only in {where}; remove the reason"
            yield problem_at_key(source, ("choices", index, "source"), message)


def _nearest(reasons: Sequence[Reason], character: str, result: str) -> Keys:
    """Return the reason that a place most likely belongs to: of the same result, or else of the same character."""
    same = [index for index, reason in enumerate(reasons) if reason.source == character]
    alike = [index for index in same if reasons[index].result == result]
    return ("choices", *(alike or same)[:1])


def _listed(places: Sequence[Place]) -> str:
    """Return places as a message names them, so many of them as can be read."""
    shown = "; ".join(place.shown for place in places[:MOST_SHOWN])
    return shown + (f"; and {len(places) - MOST_SHOWN} more" if len(places) > MOST_SHOWN else "")


def _choices(weighed: Weighed, reasons: Sequence[Reason]) -> Iterator[Choice]:
    """Yield the choices that were made in the clauses, in the order of the text."""
    overrides = {override.source: override.reason for override in weighed.edition.conversion}
    places: defaultdict[str, defaultdict[str, defaultdict[str, list[tuple[int, int]]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for place in weighed.places:
        if place.clause and place.source in weighed.candidates:
            why = overrides[place.overridden] if place.reason is None else reasons[place.reason].reason
            places[place.source][place.result][why].append((place.clause, place.offset))
    for character, results in places.items():
        outcomes = tuple(
            Outcome(
                Change(character, result, tuple(sorted(place for found in grounds.values() for place in found))),
                tuple(_grounds(weighed, grounds)),
            )
            for result, grounds in results.items()
        )
        yield Choice(character, weighed.candidates[character], outcomes)


def _grounds(weighed: Weighed, places: Mapping[str, Sequence[tuple[int, int]]]) -> Iterator[Grounds]:
    """Yield the places of one result by their reasons, in the order in which these come first."""
    settings, original = weighed.edition.settings, weighed.original.settings
    convert = text_converter(settings, original, weighed.edition.conversion).convert
    for reason, found in places.items():
        yield Grounds(tuple(found), *reason_in_scripts(reason, settings, original, convert))
