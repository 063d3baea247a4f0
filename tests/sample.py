"""Places and words of the statement for tests to which any would do that is like them: `tests/cases/sample.toml`."""

from __future__ import annotations

import support
from pages import EDITIONS
from statement.model import Term

_NAMED = support.cases("sample")
_PARTS = support.editions()[0].parts
_AT = [part.slug for part in _PARTS].index(_NAMED["theme"])

PART = _PARTS[_AT]
BEFORE, AFTER = _PARTS[_AT - 1], _PARTS[_AT + 1]
THEME = PART.slug
NUMBER: int = _NAMED["clause"]
PLACE = f"p{NUMBER}"
TERM: str = _NAMED["term"]
CONVERTED_TERM: str = _NAMED["converted_term"]
HEADING_TERM: str = _NAMED["heading_term"]
SEVERAL: str = _NAMED["several"]
COMMON: str = _NAMED["common"]
LONG_NAMED: list[str] = _NAMED["long_named"]
BEGINNING: str = _NAMED["beginning"]
SHARED: str = _NAMED["shared"]


def text_of(edition: str, number: int = NUMBER) -> str:
    """Return the text of a clause in an edition."""
    return support.editions()[EDITIONS.index(edition)].statement.clauses[number - 1].text


def terms(edition: str) -> dict[str, Term]:
    """Return the terms by their ids, in the script of an edition."""
    return {term.id: term for term in support.editions()[EDITIONS.index(edition)].terms}


def word(term: str, edition: str) -> str:
    """Return the first form of a term in an edition."""
    return terms(edition)[term].forms[0]


def theme_of(number: int) -> str:
    """Return the address of the theme that has a clause."""
    return next(part.slug for part in _PARTS if number in [clause.number for clause in part.clauses])


def first_term(edition: str = EDITIONS[0]) -> Term:
    """Return the term that the clause names first."""
    named = next(mention.term for mention in support.editions()[0].mentions if mention.clause == NUMBER)
    return terms(edition)[named]


WORD = word(TERM, EDITIONS[0])
"""A word that stands twice in the clause and nowhere else, the same in both scripts."""

CONVERTED = (word(CONVERTED_TERM, EDITIONS[0]), word(CONVERTED_TERM, EDITIONS[1]))
"""A word that stands twice in the clause and nowhere else, in each script."""
