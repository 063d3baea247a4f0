"""Examples: what the pages show as examples of what can be searched, all of it to be found in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from . import sound
from .errors import Problem, Source, problem_at_key
from .model import Clause, Edition, Particulars, Statement, Term
from .text import numeral

MOST_NAMES = 3
"""So many other names of terms are shown at most."""

_LONGEST_INITIALS = 6
# So many characters of a title are spelt out at most.
_LONGEST_READ = 4


@dataclass(frozen=True)
class Shown:
    """A clause's number, what people call it, the numbers of several; other names of terms, which there may be none of;
    how words are read.
    """

    number: int
    label: str
    range: tuple[int, ...]
    names: tuple[str, ...]
    pinyin: tuple[str, ...]


def examples(edition: Edition) -> Shown:
    """Return the examples of an edition: those that people gave, and where they gave none, what the text offers."""
    given = edition.particulars.examples
    numbered = [clause for clause in edition.statement.clauses if clause.value] or list(edition.statement.clauses)
    named = next((clause for clause in numbered if clause.value == given.clause), numbered[len(numbered) // 2])
    return Shown(
        number=named.value or named.number,
        label=_label(named),
        range=given.clauses or _several(edition),
        names=given.names or tuple(_names(edition.terms)),
        pinyin=given.pinyin or tuple(_pinyin(edition)),
    )


def example_problems(
    statement: Statement, particulars: Particulars, terms: tuple[Term, ...], source: Source
) -> Iterator[Problem]:
    """Yield a problem for each example that is not to be found."""
    given = particulars.examples
    values = {clause.value for clause in statement.clauses}
    for key, numbers in (("clause", (given.clause,)), ("clauses", given.clauses or ())):
        for number in (number for number in numbers if number is not None and number not in values):
            yield problem_at_key(source, ("examples", key), f"the text has no clause {number}; name one of it")
    known = {name for term in terms for name in (*term.names, term.english)}
    for name in given.names:
        if name not in known:
            yield problem_at_key(source, ("examples", "names"), f"{name} is no other name of a term; name one of them")
    texts = [statement.title, *(heading.title for heading in statement.headings), *(c.text for c in statement.clauses)]
    if given.pinyin:
        read = sound.syllables(texts)
        whole = ["".join(each if each.isalpha() else " " for each in found) for found in read]
        firsts = ["".join(each[:1] if each.isalpha() else " " for each in found) for found in read]
        for each in given.pinyin:
            if not any(each in found for found in (*whole, *firsts)):
                yield problem_at_key(source, ("examples", "pinyin"), f"nothing in the text is read {each}; correct it")


def _label(clause: Clause) -> str:
    """Return what people call a clause, with its number written out: 第九段."""
    return clause.called or f"第{numeral(clause.number)}段"


def _several(edition: Edition) -> tuple[int, ...]:
    """Return the numbers of the first and the last clause of a part that has several, or nothing."""
    for part in reversed(edition.parts):
        values = [clause.value for clause in part.clauses if clause.value]
        if len(values) > 1 and values == sorted(values):
            return values[0], values[-1]
    return ()


def _names(terms: tuple[Term, ...]) -> Iterator[str]:
    """Yield another name of each of the first terms that have any."""
    yield from [term.names[0] for term in terms if term.names][:MOST_NAMES]


def _pinyin(edition: Edition) -> Iterator[str]:
    """Yield how a word of the text is read, and the first letters of a longer one."""
    terms = [term.forms[0] for term in edition.terms]
    phrase, noun = edition.particulars.title_phrases[-1], edition.particulars.noun
    titles = [part.title for part in edition.parts if part.is_headed]
    usual = noun if phrase.endswith(noun) else min([*titles, phrase], key=len)[-_LONGEST_READ:]
    short = min(terms, key=len, default=usual)
    short = min(short, usual, key=len) if len(short) > _LONGEST_INITIALS else short
    long = max((term for term in terms if len(term) <= _LONGEST_INITIALS), key=len, default=phrase[-_LONGEST_INITIALS:])
    read, letters = sound.syllables([short, long])
    yield "".join(each for each in read if each.isalpha())
    initials = "".join(each[0] for each in letters if each.isalpha())
    if len(initials) > 1:
        yield initials
