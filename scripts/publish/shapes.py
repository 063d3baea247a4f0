"""Shapes: the JSON that our scripts read, as they declare it themselves (`Data` in search/index.js, and others)."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict


class ThemeShape(TypedDict):
    """A theme, with the name of its page."""

    slug: str
    title: str


class PassageShape(TypedDict):
    """A piece of the text that searches find: `theme` is an index, or -1 for the title; only clauses have a number.

    `id` and `name` are where it stands and what it is called, if that is not its number's; `breaks` where its
    paragraphs begin, but for the first.
    """

    text: str
    theme: int
    number: NotRequired[int]
    id: NotRequired[str]
    name: NotRequired[str]
    breaks: NotRequired[list[int]]


Exceptions = list[tuple[int, int, str]]
"""For each: the index of a passage, an offset in it, and what stands there, or how it is read, unlike elsewhere."""


class SearchPart(TypedDict):
    """What belongs to single passages: `search-….json` has that of one theme, with the indices of the whole."""

    passages: list[PassageShape]
    exceptions: Exceptions
    readings: Exceptions


class SearchData(SearchPart):
    """`search.json`: what the search of an edition loads first; `search/index.js` says what is what."""

    simplified: bool
    themes: list[ThemeShape]
    other: str
    fold: str
    pinyin: dict[str, str]
    names: list[tuple[str, list[str]]]
    variants: list[tuple[int, str, str, str]]
    parts: NotRequired[list[str]]


TermData = dict[str, tuple[str, str, str]]
"""`terms.json`: name, English name and definition of each term by its id, for the previews."""
