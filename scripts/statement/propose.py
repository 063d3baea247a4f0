"""Propose: what a text may name, where it may take a stand, and what its conversion has to be read for.

People decide; nothing proposed here counts before they have.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from .choices import Place, weigh
from .convert import own_words, tables_of
from .link import find_uses
from .model import Edition, Hints, Operative, OperativeKind, Reason, Statement, TermKind
from .sound import known_words

MOST_TERMS = 30
"""So many terms at most are proposed."""

_SHORTEST, _LONGEST = 3, 10
_OFTEN = 2
# What is so long and stands there so many times is a name even if its words are not known.
_LONG, _MANY = 4, 3
_HAN = re.compile(r"[\u3400-\u9fff]+")
_TITLE = re.compile(r"《([^《》]{2,30})》")
# How much of what stands around a character is tried until it tells one result from another: before and behind it.
_WINDOWS = ((0, 1), (1, 0), (1, 1), (0, 2), (2, 0), (1, 2), (2, 1), (2, 2), (3, 3), (4, 4), (6, 6))


@dataclass(frozen=True)
class Name:
    """A name that the text may have: what it is, and how often it is there."""

    name: str
    kind: TermKind
    count: int


@dataclass(frozen=True)
class Stand:
    """A word by which the text may take a stand, with the phrases in which it does not, and how often it is left."""

    id: str
    word: str
    kind: OperativeKind
    unless: tuple[str, ...]
    hits: int


@dataclass(frozen=True)
class Unread:
    """A character that becomes one of several, the words in which it does, with their counts, and its places."""

    source: str
    result: str
    others: tuple[str, ...]
    hits: Mapping[str, int]
    places: tuple[Place, ...]


def stands(statement: Statement, hints: Hints, written: Callable[[str], str]) -> Iterator[Stand]:
    """Yield the common operative words that a statement has; `written` puts them into its script."""
    for common in hints.words:
        word = written(common.word)
        whole = [clause.text for clause in statement.clauses]
        unless = tuple(
            phrase for phrase in map(written, common.unless) if word in phrase and any(phrase in text for text in whole)
        )
        hits = len(find_uses(statement, [Operative(common.id, word, common.kind, "—", 1, unless=unless)]))
        if hits:
            yield Stand(common.id, word, common.kind, unless, hits)


def names(statement: Statement, hints: Hints, written: Callable[[str], str], plain: Callable[[str], str]) -> list[Name]:
    """Return what a statement may name, in its order: what is in 《》, and what it repeats most.

    A name is a run of characters that stands in different surroundings, is no piece of one that is as frequent, and is
    frequent itself or put together of known words. `written` puts Simplified into the script of the statement, `plain`
    does the contrary.
    """
    texts = [clause.text for clause in statement.clauses]
    endings: dict[TermKind, tuple[str, ...]] = {
        kind: tuple(map(written, words)) for kind, words in hints.endings.items()
    }
    titled = Counter(match[1] for text in texts for match in _TITLE.finditer(text))
    found = {name: Name(name, "instrument", count) for name, count in titled.items()}
    stops = (frozenset(written(hints.first)), frozenset(written(hints.last)))
    taken = {written(common.word) for common in hints.words}
    known = known_words()
    ends = tuple(end for words in endings.values() for end in words)
    counts = {
        name: count
        for name, count in _repeated(texts, stops).items()
        if name.endswith(ends)
        or (len(name) >= _LONG and count >= _MANY)
        or _is_made_of(plain(name), known, hints.suffixes)
    }
    for name, count in counts.items():
        is_free = not any(word in name for word in taken) and name not in found
        longer = max((other for each, other in counts.items() if name in each and name != each), default=0)
        if is_free and longer < count:
            kind = next((kind for kind, ends in endings.items() if name.endswith(ends)), None)
            found[name] = Name(name, kind or "idea", count)
    ordered = sorted(found.values(), key=lambda each: (-each.count, -len(each.name), each.name))
    return sorted(ordered[:MOST_TERMS], key=lambda each: "".join(texts).find(each.name))


def _repeated(texts: Sequence[str], stops: tuple[frozenset[str], frozenset[str]]) -> Mapping[str, int]:
    """Return the runs of characters that stand several times, behind and before different characters each time.

    `stops` are the characters with which none begins, and with which none ends.
    """
    before: defaultdict[str, set[str]] = defaultdict(set)
    behind: defaultdict[str, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    first, last = stops
    for number, text in enumerate(texts):
        for run in _HAN.finditer(text):
            for start in range(run.start(), run.end()):
                for end in range(start + _SHORTEST, min(start + _LONGEST, run.end()) + 1):
                    if text[start] in first or text[end - 1] in last:
                        continue
                    piece = text[start:end]
                    counts[piece] += 1
                    # Where the run ends, nothing of the text is common to two places.
                    before[piece].add(text[start - 1] if start > run.start() else f"{number}:{start}")
                    behind[piece].add(text[end] if end < run.end() else f"{number}:{end}")
    return {
        piece: count
        for piece, count in counts.items()
        if count >= _OFTEN and len(before[piece]) > 1 and len(behind[piece]) > 1
    }


def _is_made_of(name: str, known: Set[str], suffixes: str) -> bool:
    """Whether a name can be cut into known words of two characters and more, of which the last may have a suffix."""
    reached = {0}
    for end in range(2, len(name) + 1):
        if any(start in reached and name[start:end] in known for start in range(end - 1)):
            reached.add(end)
    whole = len(name)
    return whole in reached or (whole - 1 in reached and name[-1] in suffixes)


def unread(editions: Sequence[Edition]) -> list[Unread]:
    """Return what of the conversion of editions, of which no choice has a reason yet, somebody has to read.

    The words are as short as tells one result of a character from another, so that the counts hold.
    """
    found: list[Unread] = []
    for weighed in weigh(editions, ()):
        texts = [own.text for own in own_words(weighed.original.statement)]
        open_places = [each for each in weighed.places if not each.overridden]
        results = {(place.text, place.offset): place.result for place in open_places}
        places: defaultdict[tuple[str, str], list[Place]] = defaultdict(list)
        for place in open_places:
            places[place.source, place.result].append(place)
        phrases = known_words().union(
            *(table for tables in tables_of(weighed.edition.settings.converter) for table in tables)
        )
        reasons = [
            Reason(source, result, dict.fromkeys(_words(own, texts, results, phrases), 1), "—")
            for (source, result), own in places.items()
        ]
        (counted,) = weigh([weighed.original, weighed.edition], reasons)
        for index, reason in enumerate(reasons):
            known = {word: counted.counts[index, word] for word in reason.hits}
            others = tuple(each for each in weighed.candidates[reason.source] if each != reason.result)
            own = tuple(places[reason.source, reason.result])
            hits = {word: count for word, count in known.items() if count}
            found.append(Unread(reason.source, reason.result, others, hits, own))
    return found


def _words(
    places: Sequence[Place], texts: Sequence[str], results: Mapping[tuple[str, int], str], phrases: Set[str]
) -> Iterator[str]:
    """Yield words in which a character stands in all of some places: those that are phrases, and of these the most
    frequent, first."""
    candidates = [tuple(_around(place, texts, results)) for place in places]
    counts = Counter(word for each in candidates for word in each)
    ordered = sorted(counts, key=lambda word: (word not in phrases, -counts[word], len(word), word))
    left = set(range(len(places)))
    for word in ordered:
        covered = {index for index in left if word in candidates[index]}
        if covered:
            yield word
            left -= covered


def _around(place: Place, texts: Sequence[str], results: Mapping[tuple[str, int], str]) -> Iterator[str]:
    """Yield the shortest words around a character in which it always becomes what it does there."""
    shortest = 0
    for before, behind in _WINDOWS:
        if shortest and before + behind > shortest:
            return
        start, end = place.offset - before, place.offset + behind + 1
        word = place.text[max(start, 0) : end]
        if start < 0 or end > len(place.text) or not word.isalnum():
            continue
        made = {
            results.get((text, match.start() + before))
            for text in texts
            for match in re.finditer(f"(?={re.escape(word)})", text)
        }
        if made == {place.result}:
            shortest = before + behind
            yield word
    if not shortest:
        yield place.source
