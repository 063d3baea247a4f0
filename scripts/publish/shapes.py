"""Shapes: the JSON that our scripts read, as they declare it themselves (`Data` in search/index.js, and others).

And that which others take away: `publish.data` makes the published schema of these, with what the notes here say.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import ConfigDict, Field, with_config
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

    words: NotRequired[bool]
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


_CLOSED = ConfigDict(extra="forbid")
Offset = Annotated[int, Field(ge=0)]
Number = Annotated[int, Field(ge=1)]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Moment = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2})?$")]
"""A day, with its time where that is known."""
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Reference = Annotated[str, Field(json_schema_extra={"format": "uri-reference"})]
ByEdition = dict[str, str]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*([.-][a-z0-9]+)*$")]
"""A place on the pages: `p7`, `p2.1`, `preamble`, `note-1`, and what stands in these."""


@with_config(_CLOSED)
class SpanShape(TypedDict):
    """A half-open range of characters (code points) of a clause, counted from 0; the same in every edition."""

    start: Offset
    end: Number


@with_config(_CLOSED)
class SentenceShape(SpanShape):
    """A sentence; `id` is its place on the pages. The sentences of a clause together are its text."""

    id: Id


@with_config(_CLOSED)
class ParagraphShape(SpanShape):
    """A paragraph; those of a clause together are its text. `id` is its place on the pages.

    `level` is 0, or that of an item of a list, from 1, whose first `mark` characters are its mark, such as （一）;
    `cells` are those of a row of a table.
    """

    id: Id
    level: Offset
    mark: Offset
    cells: list[SpanShape]


@with_config(_CLOSED)
class MentionShape(SpanShape):
    """Where a clause names a term, given by its id."""

    term: str


@with_config(_CLOSED)
class UseShape(SpanShape):
    """Where a clause takes a stand with an operative word, given by its id."""

    word: str


@with_config(_CLOSED)
class VariantShape(SpanShape):
    """What other published copies say in place of some words, and where that was seen; by edition."""

    readings: ByEdition
    seen: dict[str, list[str]]
    address: NotRequired[Reference]


@with_config(_CLOSED)
class TextShape(TypedDict):
    """A clause in one edition: its text, the SHA-256 of that in NFC as UTF-8, and its place on the site."""

    text: Annotated[str, Field(min_length=1)]
    sha256: Digest
    address: Reference


@with_config(_CLOSED)
class ClauseShape(TypedDict):
    """A clause: its texts by edition, and what stands in it, at the same offsets in every edition.

    `number` is its place in the text. `theme` is a slug, `address` the page that has the clause in every script, and
    `marks` are the footnote marks. `labels` are what people call it, 第7段, and `printed` what the text has before it,
    by edition: 7、 or 第七条, and nothing where the text gives it no number.
    """

    number: Number
    id: Id
    theme: str
    address: Reference
    texts: dict[str, TextShape]
    sentences: list[SentenceShape]
    terms: list[MentionShape]
    operatives: list[UseShape]
    marks: list[SpanShape]
    variants: list[VariantShape]
    labels: ByEdition
    printed: ByEdition
    paragraphs: list[ParagraphShape]


@with_config(_CLOSED)
class EditionShape(TypedDict):
    """An edition: the text in one script. Only the source is as published; the others were made by conversion.

    `kind` is what the text is, 声明, and `lines` are those below its title.
    """

    id: str
    language: str
    name: str
    converted: bool
    address: Reference
    title: str
    issuer: str
    publisher: str
    kind: str
    lines: list[str]


@with_config(_CLOSED)
class PartShape(TypedDict):
    """A part of the text: its numeral, if the text gives it one, and titles by edition; the numbers of its clauses."""

    slug: str
    numeral: str
    titles: ByEdition
    clauses: list[Number]


@with_config(_CLOSED)
class HeadingShape(TypedDict):
    """A heading of the text: how deep it stands, from 1, the number of the clause that follows, and its words.

    `printed` is what the text has before the title, by edition: 一、 or 第一章. `id` is its place on the pages.
    """

    level: Number
    clause: Number
    id: Id
    printed: ByEdition
    titles: ByEdition


@with_config(_CLOSED)
class TermShape(TypedDict):
    """A term: names and definitions, which are this site's own, by edition; `source` says more of it."""

    id: str
    kind: Literal["organisation", "instrument", "initiative", "idea"]
    english: str
    names: ByEdition
    definitions: ByEdition
    source: Reference


@with_config(_CLOSED)
class OperativeShape(TypedDict):
    """An operative word and what it does, by edition; the explanations are this site's own."""

    id: str
    kind: Literal["commitment", "call", "support", "position", "thanks"]
    words: ByEdition
    meanings: ByEdition


@with_config(_CLOSED)
class GivenPartShape(TypedDict):
    """A part of a text of its own: as `PartShape`, with the numbers of that text's clauses."""

    slug: str
    numeral: str
    title: str
    clauses: list[Number]


@with_config(_CLOSED)
class GivenHeadingShape(TypedDict):
    """A heading of a text of its own: as `HeadingShape`."""

    level: Number
    clause: Number
    id: Id
    printed: str
    title: str


@with_config(_CLOSED)
class GivenClauseShape(TypedDict):
    """A clause of a text of its own, and what stands in it, at offsets of its own.

    `number` is its place in that text. `id` and `address` are those of the clause of the source beside which it stands;
    where the source has none, they are its own.
    """

    number: Number
    id: Id
    theme: str
    address: Reference
    text: TextShape
    sentences: list[SentenceShape]
    marks: list[SpanShape]
    label: str
    printed: str
    paragraphs: list[ParagraphShape]


@with_config(_CLOSED)
class DifferenceShape(TypedDict):
    """A clause, by its id, that only the source has, or only a text of its own, and why that is right."""

    id: Id
    only: Literal["source", "given"]
    reason: str


@with_config(_CLOSED)
class GivenShape(EditionShape):
    """An edition that has a text of its own, which is given and not converted, with all that is known of it.

    `unit` is what its clauses are, Article; `published`, `source` and `received` are as for the statement. What only
    one of the two texts has is among the `differences`.
    """

    unit: str
    published: Moment
    source: Reference
    received: Digest
    themes: list[GivenPartShape]
    headings: list[GivenHeadingShape]
    clauses: list[GivenClauseShape]
    differences: list[DifferenceShape]


_Described = TypedDict("_Described", {"$schema": Reference})


@with_config(_CLOSED)
class DayShape(TypedDict):
    """The day by which a text is known, if anybody has said it, and that of its conference."""

    conference_date: NotRequired[Day]
    date: NotRequired[Day]


@with_config(_CLOSED)
class GivenTexts(TypedDict):
    """The editions that have texts of their own, if there are any."""

    given: NotRequired[list[GivenShape]]


@with_config(_CLOSED)
class OneClause(TypedDict):
    """A clause as the editions have it that have the source's characters, and as texts of their own do, by edition."""

    clause: NotRequired[ClauseShape]
    given: NotRequired[dict[str, GivenClauseShape]]


@with_config(_CLOSED)
class StatementData(_Described, DayShape, GivenTexts):
    """`statement.json`: the whole text with all that is known of it.

    Addresses are whole where that of the site is known, and else relative to this file. The first edition is the
    source. `preview` says that the text received ends with a notice, after which there may be more. `received` is the
    SHA-256 of the text as received, byte for byte. `conference_date` is there for the text of a conference, and `date`
    is the day by which the text is known; `unit` is what its clauses are, by edition: 段 or 条. `english_title` is
    empty where nobody has said it. `given` is there where an edition has a text of its own: all else is about the
    others, whose characters are at the same offsets.
    """

    version: Literal["1.2"]
    english_title: str
    unit: ByEdition
    published: Moment
    source: Reference
    received: Digest
    preview: bool
    editions: list[EditionShape]
    themes: list[PartShape]
    headings: list[HeadingShape]
    clauses: list[ClauseShape]
    terms: list[TermShape]
    operatives: list[OperativeShape]


@with_config(_CLOSED)
class ClauseData(_Described, DayShape, OneClause):
    """`p7.json`: one clause, with the title of the text by edition and the address of the whole.

    `given` has it as texts of their own do, by edition. `clause` is not there if only such a text has it.
    """

    version: Literal["1.2"]
    titles: ByEdition
    whole: Reference
