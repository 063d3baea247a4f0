"""The statement as data: what every stage hands to the next. Nothing here reads, converts or prints."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Strict,
    Tag,
    ValidationInfo,
)
from pydantic.dataclasses import dataclass as pydantic_dataclass

from .dates import STAMP
from .marks import scheme


@dataclass(frozen=True, order=True)
class Span:
    """A half-open range of characters (code points) of one clause's text, counted from 0."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters that the span covers."""
        return text[self.start : self.end]


class RepairKind(StrEnum):
    """What was put right in the text as received; the first group concerns single characters."""

    BYTE_ORDER_MARK = "byte-order-mark"
    LINE_ENDING = "line-ending"
    TAB = "tab"
    FULL_WIDTH_SPACE = "full-width-space"
    BLANK = "blank"
    FULL_WIDTH_NUMBER = "full-width-number"
    BLANK_LINES = "blank-lines"
    PAGE_BREAK = "page-break"


LAYOUT_REPAIRS = frozenset({RepairKind.BLANK_LINES, RepairKind.PAGE_BREAK})
"""The repairs made in a second step, on the text that the repairs of single characters gave."""


@dataclass(frozen=True)
class Repair:
    """One edit of the text as received: the characters from start to end (half-open) became `replacement`.

    Offsets count in the text as received for repairs of characters, and in the text that these gave for repairs of
    layout. `line` is the line of the file, from 1. Where the two halves of a clause were joined, `clause` is its
    number and `position` the offset of the joint in its text.
    """

    kind: RepairKind
    start: int
    end: int
    replacement: str
    line: int
    clause: int | None = None
    position: int | None = None

    @property
    def has_blank_lines(self) -> bool:
        """Whether the halves of a clause that it joins are apart by more than the end of a line."""
        return self.end - self.start > 1

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines of the file that it is about: that of a character, or all blank ones that went."""
        gone = self.end - self.start - len(self.replacement)
        count = max(1, gone) if self.kind is RepairKind.BLANK_LINES else 1
        return tuple(range(self.line, self.line + count))


@dataclass(frozen=True)
class Block:
    """A paragraph of a clause, as a span of its text: an item of a list at a level from 1, or a table's row in cells.

    `mark` is how many characters of it are its mark, such as （一）; a paragraph that is no item has level 0.
    """

    span: Span
    mark: int = 0
    level: int = 0
    cells: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Clause:
    """A clause, or other text that has an address: the preamble, the closing lines, a note.

    `number` is its place in the text, from 1; most have that number in the text, too. `sentences` are spans of its
    text, together all of it, and `marks` its footnote marks. Where they are not what the number gives, `mark` is what
    the text has before the clause (None: the number and 、), `name` what addresses call it, and `called` what people
    do. A clause of several paragraphs has `blocks`, together all of its text. `is_apart` says that the mark has a
    line of its own.
    """

    number: int
    text: str
    sentences: tuple[Span, ...]
    marks: tuple[Span, ...] = ()
    mark: str | None = None
    name: str = ""
    called: str = ""
    blocks: tuple[Block, ...] = ()
    is_apart: bool = False

    @property
    def address(self) -> str:
        """What the clause is called in addresses: `7`, `2.7` where numbers begin anew in each part, `preamble`."""
        return self.name or str(self.number)

    @property
    def id(self) -> str:
        """The clause's id in every page and edition: `p7`, `preamble`."""
        return f"p{self.address}" if self.address[0].isdigit() else self.address

    @property
    def label(self) -> str:
        """What people call the clause, in the edition's script: 第7段, 第七条, 序言."""
        return self.called or f"第{self.number}段"

    @property
    def printed(self) -> str:
        """What the text has before the clause, with the blanks behind it: 7、."""
        return f"{self.number}、" if self.mark is None else self.mark

    @property
    def is_plain(self) -> bool:
        """Whether its address and what it is called follow from its number alone."""
        return not self.name and not self.called

    @property
    def is_annexed(self) -> bool:
        """Whether it stands in an annex."""
        return self.address.startswith("annex")

    @property
    def is_unmarked(self) -> bool:
        """Whether the text has no mark before it, so that its number, or its name, is ours."""
        return not self.printed

    @property
    def value(self) -> int:
        """The number by which people look for it; 0 where that is no number by itself."""
        last = self.address.rpartition(".")[2]
        return int(last) if last.isdigit() and self.address.count(".") < 2 else 0

    def sentence_id(self, index: int) -> str:
        """Return the id of the sentence at an index from 0: `p7s1` is the first, `preamble.s1` that of the preamble."""
        return f"{self.id}s{index + 1}" if self.address[0].isdigit() else f"{self.id}.s{index + 1}"

    def block_id(self, index: int) -> str:
        """Return the id of the paragraph at an index from 0: `p7.2` is the second, `p1.2.p2` that of clause 1.2."""
        is_numbered = "." in self.address or self.address.startswith("annex")
        return f"{self.id}.p{index + 1}" if is_numbered else f"{self.id}.{index + 1}"


@dataclass(frozen=True)
class Heading:
    """A heading of the text: its numeral, its title, and the number of the clause that follows it.

    `mark` is what the text has before the title, with the blanks behind it (None: the numeral and 、), `level` how deep
    it stands, from 1, and `name` its id where it is no part's.
    """

    numeral: str
    title: str
    first: int
    mark: str | None = None
    level: int = 1
    name: str = ""

    @property
    def printed(self) -> str:
        """What the text has before the title."""
        return f"{self.numeral}、" if self.mark is None else self.mark

    @property
    def whole(self) -> str:
        """The heading as the text has it: 一、建设健康丝绸之路."""
        return f"{self.printed}{self.title}"


@dataclass(frozen=True)
class Statement:
    """A parsed statement; its clauses have the numbers 1 to n as their places. `notice` and `address` are the
    publisher's.

    `title_lines` are the lines of a title that has several, `under` all lines below it if there are others than the
    date line, which is among the closing lines where `is_dated_below`. `table` is what stands between a table's cells.
    """

    title: str
    date_line: str
    clauses: tuple[Clause, ...]
    headings: tuple[Heading, ...]
    notice: str = ""
    address: str = ""
    repairs: tuple[Repair, ...] = ()
    title_lines: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    is_dated_below: bool = False
    table: str = ""

    @property
    def stamp(self) -> str:
        """The date line, if it says when the text was put up and is no part of it: 2020-06-19 00:35; else nothing."""
        return self.date_line if STAMP.fullmatch(self.date_line) else ""

    @property
    def lines_below_title(self) -> tuple[str, ...]:
        """The lines between the title and the text, the date line among them."""
        below = (self.date_line,) if self.date_line and not self.is_dated_below else ()
        return self.under or below

    @property
    def is_plain(self) -> bool:
        """Whether every clause is called by its number alone, 第7段."""
        return all(clause.is_plain for clause in self.clauses)

    @property
    def is_structured(self) -> bool:
        """Whether it has more than numbered clauses of one paragraph each."""
        return not all(clause.is_plain and clause.mark is None and not clause.blocks for clause in self.clauses)

    @property
    def range(self) -> str:
        """What people call all of its clauses: 第1至14段."""
        return clause_range(self.clauses[0], self.clauses[-1])

    @property
    def extent(self) -> str:
        """How many clauses there are, in the edition's script: 14段, 30条; neither preamble nor annexes count."""
        counted = [clause for clause in self.clauses if clause.value and not clause.is_annexed]
        return f"{len(counted) or len(self.clauses)}{self.unit}"

    @property
    def unit(self) -> str:
        """What a clause is: 段, 条."""
        return next((clause.label[-1] for clause in self.clauses if clause.value), "段")


def clause_range(first: Clause, last: Clause) -> str:
    """Return what people call the clauses from one to another: 第6至8段, 第一条至第五条."""
    if first.number == last.number:
        return first.label
    if first.called or last.called:
        return f"{first.label}至{last.label}"
    return f"第{first.number}至{last.number}段"


def _readable(text: str) -> str:
    """Return a text that holds only characters a reader can see; raise ValueError for any other."""
    for character in text:
        if unicodedata.category(character) in UNREADABLE:
            raise ValueError(f"U+{ord(character):04X} cannot be shown; remove it")
    if text != text.strip():
        raise ValueError("there is a blank at an end; remove it")
    return text


UNREADABLE = {
    "Cc": "control character",
    "Cf": "invisible character",
    "Cn": "unassigned character",
    "Co": "private-use character",
    "Cs": "unpaired surrogate",
    "Zl": "line separator",
    "Zp": "paragraph separator",
}
"""The Unicode categories of characters that no reader could see or no font can show, with a name for each."""

Words = Annotated[str, Field(min_length=1), AfterValidator(_readable)]
Said = Annotated[str, AfterValidator(_readable)]
"""Words, or nothing."""
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
Address = Annotated[str, Field(pattern=r"^https?://[^\s<>\"]+$")]
MaybeAddress = Annotated[str, Field(pattern=r"^(https?://[^\s<>\"]+)?$")]
EditionId = Annotated[str, Field(pattern=r"^zh-han[st](-[a-z]{2})?$")]
GivenId = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[a-z]{2,4})*$")]
"""The id of any edition; those that are converted have an `EditionId`."""

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
PageAddress = Annotated[str, Field(pattern=r"^/([a-z0-9-]+/)+$")]
Locale = Annotated[str, Field(pattern=r"^[a-z]{2,3}_[A-Z]{2}$")]
GivenFile = Annotated[str, Field(pattern=r"^statement\.[a-z-]+\.txt$")]
Count = Annotated[int, Strict(), Field(ge=1)]
Place = Count | Words
"""A clause as editors name it: by its number, or as its address does, `2.3`."""
Script = Literal["hans", "hant"]
TermKind = Literal["organisation", "instrument", "initiative", "idea"]
OperativeKind = Literal["commitment", "call", "support", "position", "thanks"]

# What people write in docs/source is validated where it is declared: unknown keys and other types are refused.
_INPUT = ConfigDict(extra="forbid")


def _target(converter: str) -> str:
    """Return the standard that an OpenCC configuration converts to, by OpenCC's own name: `tw` for `s2tw`."""
    return converter.partition("2")[2]


@dataclass(frozen=True)
class Structure:
    """How a text is built, as `statement.toml` declares it; samples are the marks of the first of each kind.

    `numbering` is the sample of clauses, empty where they have no numbers. `headings` are those of headings, the
    outermost first, and the titles of headings without a number (None: 一、, unless clauses have that). `items` are
    the marks of lists within clauses, the outermost first, `notes` that of footnotes, `table` what stands between a
    table's cells.

    With `preamble` there are paragraphs before the first number, of the text or of a part; with `paragraphs` a clause
    may have several. `closing` is how the lines after the last clause begin. With `anew`, numbers begin anew in each
    part; `annex_numbering` is the sample of clauses in annexes, which have no numbers without it; `skipped` are numbers
    that the text does not have. `date_line` is where the date stands, `under_title` what else stands below the title.
    `page_breaks` are the words before which a page ends within a paragraph, `paragraph_ends` those with which a
    paragraph ends although no full stop does.
    """

    title: str = ""
    numbering: str = "1、"
    headings: tuple[str, ...] | None = None
    items: tuple[str, ...] = ()
    notes: str = ""
    table: str = ""
    preamble: bool = False
    paragraphs: bool = False
    closing: str = ""
    anew: bool = False
    annex_numbering: str = ""
    date_line: str = "head"
    under_title: tuple[str, ...] = ()
    skipped: tuple[int, ...] = ()
    page_breaks: tuple[str, ...] = ()
    paragraph_ends: tuple[str, ...] = ()

    @property
    def heading_samples(self) -> tuple[str, ...]:
        """The samples and the titles of headings."""
        if self.headings is not None:
            return self.headings
        return () if self.numbering == "一、" else ("一、",)


def _sample(sample: str) -> str:
    """Return the sample of a mark; raise ValueError where it is none."""
    if sample and scheme(sample) is None:
        raise ValueError(
            f"{sample} is no mark; write the first of its kind as the text has it, such as 第一条, 1. or （一）"
        )
    return sample


@pydantic_dataclass(frozen=True, config=_INPUT)
class Edit:
    """What an editor changed by hand: what the original has, what statement.txt has in its place, once, and why."""

    original: str
    edited: Annotated[str, Field(min_length=1)]
    reason: Words


@pydantic_dataclass(frozen=True, config=_INPUT)
class Omission:
    """What an editor left out of the original, the words behind which it stood (none: at the beginning), and why."""

    text: Annotated[str, Field(min_length=1)]
    reason: Words
    after: str = ""


def _with_time(value: Any, info: ValidationInfo) -> Any:
    """Return a day as its first moment: a text whose publisher gives no time is shown with none.

    JSON, which has no dates, has them as texts.
    """
    if info.mode == "json" and isinstance(value, str):
        return datetime.fromisoformat(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    return value


@pydantic_dataclass(frozen=True, config=_INPUT, kw_only=True)
class Built:
    """What is declared about a text: how it is built, as `Structure` says, and what an editor changed in it by hand."""

    title: Words
    numbering: Annotated[str, AfterValidator(_sample)] = "1、"
    headings: tuple[Words, ...] | None = None
    items: tuple[Annotated[str, AfterValidator(_sample)], ...] = ()
    notes: Annotated[str, AfterValidator(_sample)] = ""
    table: Literal["", "\t", "|", "｜"] = ""
    preamble: bool = False
    paragraphs: bool = False
    closing: Said = ""
    anew: bool = False
    annex_numbering: Annotated[str, AfterValidator(_sample)] = ""
    date_line: Literal["head", "end", "none"] = "head"
    under_title: tuple[Words, ...] = ()
    skipped: tuple[Count, ...] = ()
    page_breaks: tuple[Words, ...] = ()
    paragraph_ends: tuple[Words, ...] = ()
    sha256: Sha256
    original_sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    edits: tuple[Edit, ...] = ()
    omissions: tuple[Omission, ...] = ()

    @property
    def is_edited(self) -> bool:
        """Whether an editor changed anything by hand, or left anything out."""
        return bool(self.edits or self.omissions)

    @property
    def structure(self) -> Structure:
        """How the text is built, as far as it is not as most are."""
        given = {each.name: getattr(self, each.name) for each in fields(Structure)}
        return Structure(**given)


@pydantic_dataclass(frozen=True, config=_INPUT)
class Difference:
    """A clause that only one of two texts has, by what addresses call it, and why that is right."""

    clause: Place
    reason: Words


@pydantic_dataclass(frozen=True, config=_INPUT)
class PartTitle:
    """What a part, by its slug, is called in a text that gives it no heading."""

    slug: Slug
    title: Words


@pydantic_dataclass(frozen=True, config=_INPUT, kw_only=True)
class Given(Built):
    """What an edition whose text is given says of that text: what Particulars say of the source's.

    `themes` are the titles of the parts to which the text gives no heading. `differences` are the
    clauses that only one of the two texts has, as an editor has confirmed. Where it came from is what the source says
    of itself, unless it is said here.
    """

    title_phrases: tuple[Words, ...] = ()
    short_title: Said = ""
    subject: Said = ""
    issuer: Said = ""
    kind: Words
    publisher: Said = ""
    source_address: MaybeAddress = ""
    published: Annotated[datetime, Strict(), BeforeValidator(_with_time)] | None = None
    themes: tuple[PartTitle, ...] = ()
    differences: tuple[Difference, ...] = ()


@pydantic_dataclass(frozen=True, config=_INPUT)
class EditionSettings:
    """How an edition is made: `converter` is an OpenCC configuration or nothing, `quotes` are its “ ” ‘ ’ in order.

    `locale` is what Open Graph calls its language, `standard` the name of the standard that conversion follows, in
    Simplified as all words of the interface are. Where they are left out, `Edition` has what the rest implies. An
    edition that is not made by conversion names the file of its `text`, of which `given` says what there is to say.
    """

    id: GivenId
    language: Language
    name: Words
    converter: str
    quotes: Annotated[Words, Field(min_length=4, max_length=4)]
    locale: Locale | None = None
    standard: Words | None = None
    text: GivenFile | None = None
    given: Given | None = None

    @property
    def is_chinese(self) -> bool:
        """Whether it is in Chinese, so that it has the interface of all others, in its script."""
        return self.language.startswith("zh")

    @property
    def script(self) -> Script:
        """The script the edition is written in."""
        return "hans" if self.language.startswith("zh-Hans") else "hant"

    @property
    def region(self) -> str:
        """The region whose usage the edition follows, by its language or else its converter; empty if neither says."""
        named = self.language.removeprefix("zh-Hans").removeprefix("zh-Hant").removeprefix("-")
        return named or ("HK" if _target(self.converter) == "hk" else "")


@pydantic_dataclass(frozen=True, config=_INPUT)
class Romanized:
    """How names are read, in Hanyu Pinyin by words and without tones; empty where nobody has said it.

    Each is the name that the particulars have under the same key, for styles that want Latin letters.
    """

    title: Said = ""
    issuer: Said = ""
    publisher: Said = ""
    short_title: Said = ""


KINDS = (
    *("声明", "宣言", "公报", "公约", "条约", "协定", "协议", "议定书", "宪章", "章程", "法", "条例", "规定", "办法"),
    *("决议", "决定", "倡议", "共识", "纲要", "框架", "计划", "愿景", "行动", "备忘录", "意见", "通知", "纪要"),
    *("聲明", "公報", "公約", "條約", "協定", "協議", "議定書", "憲章", "條例", "規定", "辦法", "決議", "決定"),
    *("倡議", "共識", "綱要", "計劃", "計畫", "願景", "行動", "備忘錄", "意見", "紀要"),
)
"""What official texts are, as the ends of their titles say; any other kind is declared."""

LAWS = frozenset({"法", "条例", "條例", "规定", "規定", "办法", "辦法"})
"""Kinds of texts that are enacted."""

VERBS = ("通过", "发表", "签署", "公布", "发布", "通過", "發表", "簽署", "發布")
"""What is done to a text on its day."""


def _verb(word: str) -> str:
    """Return what was done to a text; raise ValueError where pages could not say so."""
    if word and word not in VERBS:
        raise ValueError(f"{word} is not known here; write one of {'、'.join(VERBS[:5])}, or leave it out")
    return word


@pydantic_dataclass(frozen=True, config=_INPUT)
class Examples:
    """What the pages show as examples of what can be searched, where they do not find any by themselves.

    `clauses` are the first and the last of some; each has to be in the text, as particulars are checked.
    """

    clause: Count | None = None
    clauses: tuple[Count, Count] | None = None
    names: tuple[Words, ...] = ()
    pinyin: tuple[Annotated[str, Field(pattern=r"^[a-z]+$")], ...] = ()


@pydantic_dataclass(frozen=True, config=_INPUT, kw_only=True)
class Particulars(Built):
    """What the text is and where it comes from, as `statement.toml` says.

    `english_title` is what the text is called in English, if anybody has said it; `english_sentence_case` is that with
    capitals in its first words and in proper nouns only. A text of a meeting has `conference_date` and `venue`; the day
    of any other is `dated`, and `dated_as` what was done on it. `kind` is what the text is, where its title does not
    end in that.
    """

    title_phrases: Annotated[tuple[Words, ...], Field(min_length=1)]
    published: Annotated[datetime, Strict(), BeforeValidator(_with_time)]
    publisher: Words
    source_address: Address
    editions: Annotated[tuple[EditionSettings, ...], Field(min_length=1)]
    conference_date: Annotated[date, Strict()] | None = None
    dated: Annotated[date, Strict()] | None = None
    dated_as: Annotated[str, AfterValidator(_verb)] = ""
    kind: Annotated[str, Field(pattern=r"^\w*$")] = ""
    issuer: Said = ""
    venue: Said = ""
    examples: Examples = Examples()
    short_title: Said = ""
    subject: Said = ""
    attendance: Said = ""
    english_title: Said = ""
    english_sentence_case: Said = ""
    romanized: Romanized = Romanized()

    @property
    def known_kind(self) -> str:
        """What the text is, as declared or as the end of its title says, in the edition's script; else nothing."""
        return self.kind or max((each for each in KINDS if self.title.endswith(each)), key=len, default="")

    @property
    def noun(self) -> str:
        """What pages call the text: 声明, 公约; a law by a word that stands by itself."""
        return {"": "文本", "法": "法律"}.get(self.known_kind, self.known_kind)

    @property
    def is_law(self) -> bool:
        """Whether it is what a legislator or an authority enacts."""
        return self.known_kind in LAWS

    @property
    def own_day(self) -> date | None:
        """The day by which the text is known: that of its meeting or its own; None where nobody has said it."""
        return self.conference_date or self.dated

    @property
    def day(self) -> date:
        """The day by which the text is put in order: its own, or else that of its publication."""
        return self.own_day or self.published.date()

    @property
    def has_own_day(self) -> bool:
        """Whether the day is more than that of the publication."""
        return self.own_day is not None

    @property
    def is_of_meeting(self) -> bool:
        """Whether the day is that of a meeting."""
        return bool(self.conference_date and self.venue)

    @property
    def has_time(self) -> bool:
        """Whether the publisher gives a time of day."""
        return (self.published.hour, self.published.minute, self.published.second) != (0, 0, 0)

    @property
    def translated_title(self) -> str:
        """The English title as it stands in brackets behind the title itself."""
        return self.english_sentence_case or self.english_title

    @property
    def short(self) -> str:
        """What the title is called where there is little room: on a phone, in a list."""
        return self.short_title or self.title_phrases[-1]

    @property
    def scripts(self) -> tuple[EditionSettings, ...]:
        """The editions that have the characters of the source: that, and those converted from it."""
        return tuple(each for each in self.editions if each.given is None)


@pydantic_dataclass(frozen=True, config=_INPUT)
class Theme:
    """A part of the statement that has a page of its own; without `clauses` it goes from its heading to the next."""

    slug: Slug
    title: Words
    clauses: tuple[Place, ...] = ()


@pydantic_dataclass(frozen=True, config=_INPUT)
class Themes:
    """The themes, as `themes.toml` lists them."""

    themes: Annotated[tuple[Theme, ...], Field(min_length=1)]


@pydantic_dataclass(frozen=True, config=_INPUT)
class Override:
    """A phrase that the converter gets wrong, what it becomes, why, and how often the text has it.

    `editions` are the ids of those it is for; without any it is for every converted edition.
    """

    source: Words
    result: Words
    reason: Words
    hits: Count
    editions: tuple[EditionId, ...] = ()

    def is_for(self, edition: str) -> bool:
        """Return whether the override is for the converted edition with an id."""
        return not self.editions or edition in self.editions


@pydantic_dataclass(frozen=True, config=_INPUT)
class Phrase:
    """A word of the interface that readers of Traditional know by another, by region where they differ."""

    simplified: Words
    traditional: Words
    taiwan: Said = ""
    hong_kong: Said = ""


@pydantic_dataclass(frozen=True, config=_INPUT)
class Phrases:
    """The words of the interface that change, as `docs/templates/phrases.toml` lists them."""

    phrases: tuple[Phrase, ...] = ()


@pydantic_dataclass(frozen=True, config=_INPUT)
class Reason:
    """Why a character for which the converter knows several results becomes this one in some words of the text.

    `hits` has these words, each with how often the character stands in it, the title and the headings included and
    what overrides decide left out. Words of the converted script stand in `reason` in the quotation marks of that.
    `editions` as for Override.
    """

    source: Annotated[Words, Field(max_length=1)]
    result: Annotated[Words, Field(max_length=1)]
    hits: Annotated[dict[Words, Count], Field(min_length=1)]
    reason: Words
    editions: tuple[EditionId, ...] = ()

    def is_for(self, edition: str) -> bool:
        """Return whether the reason is for the converted edition with an id."""
        return not self.editions or edition in self.editions


@pydantic_dataclass(frozen=True, config=_INPUT)
class Conversion:
    """The overrides and the reasons for choices, as `conversion.toml` lists them."""

    overrides: tuple[Override, ...] = ()
    choices: tuple[Reason, ...] = ()


READ, PROPOSED = "<read>", "<proposed>"
"""The tags of the two kinds of entries, which the library puts into the places of problems."""


@pydantic_dataclass(frozen=True, config=ConfigDict(extra="ignore"))
class Proposed:
    """A term or an operative word that a program proposed and nobody has read: whatever it says, it is not there."""

    checked: Literal[False]


def _reading(entry: Any) -> str:
    """Return the tag of an entry; one that does not say `checked = false` was read."""
    is_proposed = isinstance(entry, Proposed) or (isinstance(entry, dict) and entry.get("checked") is False)
    return PROPOSED if is_proposed else READ


@pydantic_dataclass(frozen=True, config=_INPUT)
class Common:
    """A common operative word, with the phrases in which it takes no stand."""

    id: Slug
    word: Words
    kind: OperativeKind
    unless: tuple[Words, ...] = ()


@pydantic_dataclass(frozen=True, config=_INPUT)
class Hints:
    """What a text is looked at with when a folder is begun for it, as `docs/templates/begin.toml` lists it.

    `titles` are how titles end; `first` and `last` the characters with which no name begins or ends, `suffixes` those
    that make a word longer, and `endings` how names of a kind end. `contents` says why a table of contents is left out.
    """

    titles: tuple[Words, ...]
    first: Words
    last: Words
    suffixes: Words
    endings: dict[TermKind, tuple[Words, ...]]
    words: tuple[Common, ...]
    contents: Words = "—"


@dataclass(frozen=True)
class Vocabulary:
    """What people say about the words of the statement: its terms and its operative words."""

    terms: tuple[Term, ...] = ()
    operatives: tuple[Operative, ...] = ()
    readings: tuple[Reading, ...] = ()


@pydantic_dataclass(frozen=True, config=_INPUT)
class Reading:
    """What other published copies say in place of words of a clause, and where that was seen."""

    clause: Place
    text: Words
    reading: Words
    seen: Annotated[tuple[Words, ...], Field(min_length=1)]
    address: MaybeAddress = ""


@pydantic_dataclass(frozen=True, config=_INPUT)
class Readings:
    """The readings of other copies, as `variants.toml` lists them."""

    variants: tuple[Reading, ...] = ()


@pydantic_dataclass(frozen=True, config=_INPUT)
class Term:
    """What the statement names: `forms` are its words for it, `names` what else readers call it.

    `definition` is a line of our own, `address` where someone with authority says more, and `strokes` those of the
    first character of the name in Traditional, by which that edition's index is in order; 0 leaves them to Big5.
    `phrases` are the pieces of a long name, between which a line may break; a short one is never broken. `statement` is
    the name that the term's own text has in a library; where that is not there, nothing follows from it.
    """

    id: Slug
    kind: TermKind
    name: Words
    english: Words
    definition: Words
    address: Address
    forms: Annotated[tuple[Words, ...], Field(min_length=1)]
    names: tuple[Words, ...] = ()
    strokes: Annotated[int, Strict(), Field(ge=0)] = 0
    phrases: tuple[Words, ...] = ()
    statement: Annotated[str, Field(pattern=r"^([a-z][a-z0-9]*(-[a-z0-9]+)*)?$")] = ""
    checked: Literal[True] = True

    @property
    def pieces(self) -> tuple[str, ...]:
        """The pieces of the name between which a line may break."""
        return self.phrases or (self.name,)

    @property
    def letters(self) -> str:
        """The name without its punctuation marks, which do not count when names are put in order."""
        return "".join(character for character in self.name if not unicodedata.category(character).startswith("P"))


@pydantic_dataclass(frozen=True, config=_INPUT)
class Terms:
    """The terms, as `terms.toml` lists them, those that are only proposed among them."""

    terms: tuple[
        Annotated[Annotated[Term, Tag(READ)] | Annotated[Proposed, Tag(PROPOSED)], Discriminator(_reading)], ...
    ] = ()

    @property
    def checked(self) -> Mapping[int, Term]:
        """The terms that somebody has read, by their places in the file, from 0."""
        return {index: each for index, each in enumerate(self.terms) if isinstance(each, Term)}


@pydantic_dataclass(frozen=True, config=_INPUT)
class Operative:
    """A word by which the statement takes a stand, such as 呼吁 or 将: what it does there, and how often.

    `forms` are what to look for in the text where that is not the word itself; within one of the phrases `unless` it
    is no such word but, say, a noun. `hits` is how often it is left.
    """

    id: Slug
    word: Words
    kind: OperativeKind
    meaning: Words
    hits: Count
    forms: tuple[Words, ...] = ()
    unless: tuple[Words, ...] = ()
    checked: Literal[True] = True

    @property
    def searched(self) -> tuple[str, ...]:
        """What to look for in the text."""
        return self.forms or (self.word,)


@pydantic_dataclass(frozen=True, config=_INPUT)
class Operatives:
    """The operative words, as `operative.toml` lists them, those that are only proposed among them."""

    words: tuple[
        Annotated[Annotated[Operative, Tag(READ)] | Annotated[Proposed, Tag(PROPOSED)], Discriminator(_reading)], ...
    ] = ()

    @property
    def checked(self) -> Mapping[int, Operative]:
        """The words that somebody has read, by their places in the file, from 0."""
        return {index: each for index, each in enumerate(self.words) if isinstance(each, Operative)}


@pydantic_dataclass(frozen=True, config=_INPUT)
class Redirect:
    """A page that is gone and the page that has its text now, as addresses from the site's root: `/zh-hans/health/`."""

    old: PageAddress
    new: PageAddress


@pydantic_dataclass(frozen=True, config=_INPUT)
class Redirects:
    """The redirects, as `redirects.toml` lists them."""

    redirects: tuple[Redirect, ...] = ()


@dataclass(frozen=True)
class Part:
    """A theme together with its heading, if the text gives it one, its clauses, and the headings within it."""

    slug: str
    title: str
    numeral: str
    clauses: tuple[Clause, ...]
    heading: Heading | None = None
    within: tuple[Heading, ...] = ()

    @property
    def is_headed(self) -> bool:
        """Whether the text has its title as a heading."""
        return bool(self.numeral) or self.heading is not None

    @property
    def full_title(self) -> str:
        """The title with its numeral, as the text prints it: 一、建设健康丝绸之路."""
        if self.heading:
            return self.heading.whole
        return f"{self.numeral}、{self.title}" if self.numeral else self.title

    @property
    def is_annex(self) -> bool:
        """Whether it is an annex."""
        return self.clauses[0].is_annexed

    @property
    def is_chapter(self) -> bool:
        """Whether the text calls it a chapter."""
        return self.heading is not None and self.heading.printed.rstrip("\u3000 ：:、")[-1:] == "章"

    @property
    def is_opening(self) -> bool:
        """Whether it stands before the parts that count: a preamble, or what comes before the first heading."""
        return not self.is_headed or self.clauses[0].address == "preamble"

    @property
    def range(self) -> str:
        """What people call its clauses: 第6至8段."""
        return clause_range(self.clauses[0], self.clauses[-1])


ReasonPieces = tuple[tuple[str, bool], ...]
"""A reason in pieces, each with whether it is a word of the converted script, which stands without quotation marks."""


@dataclass(frozen=True)
class AppliedOverride:
    """An override beside what the converter alone makes of the phrase, and in which clauses.

    Its reason is here in the edition's script and in that of the source, in which it was written.
    """

    override: Override
    unaided: str
    clauses: tuple[int, ...]
    reason: ReasonPieces
    as_written: ReasonPieces


@dataclass(frozen=True)
class Change:
    """A character of the source, what conversion put in its place, and where: numbers of clauses and offsets."""

    source: str
    result: str
    places: tuple[tuple[int, int], ...]

    @property
    def clauses(self) -> tuple[int, ...]:
        """The numbers of the clauses that have it, each once."""
        return tuple(dict.fromkeys(number for number, _ in self.places))


@dataclass(frozen=True)
class Grounds:
    """Why a character has its result in some places of the clauses: the reason in an edition's and the source's script.

    `places` are numbers of clauses and offsets, in the order of the text.
    """

    places: tuple[tuple[int, int], ...]
    reason: ReasonPieces
    as_written: ReasonPieces

    @property
    def clauses(self) -> tuple[int, ...]:
        """The numbers of the clauses that have it, each once."""
        return tuple(dict.fromkeys(number for number, _ in self.places))


@dataclass(frozen=True)
class Outcome:
    """What a character became in some places of the clauses, and the grounds: each place is in one of them."""

    change: Change
    grounds: tuple[Grounds, ...]


@dataclass(frozen=True)
class Choice:
    """A character for which the converter knows several results, in an edition's standard, and those the text has."""

    source: str
    candidates: tuple[str, ...]
    results: tuple[Outcome, ...]

    @property
    def is_divided(self) -> bool:
        """Whether the text itself has more than one of the results."""
        return len(self.results) > 1


@dataclass(frozen=True)
class Mention:
    """Where a clause names a term, given by its id: the same characters in every edition."""

    term: str
    clause: int
    span: Span


@dataclass(frozen=True)
class Use:
    """Where a clause takes a stand with an operative word, given by its id; `sentence` is an index from 0."""

    word: str
    clause: int
    sentence: int
    span: Span


@dataclass(frozen=True)
class Relation:
    """A clause and another that names some of the same terms, given by their ids, the rarest first."""

    clause: int
    other: int
    terms: tuple[str, ...]


# What Open Graph calls a language of which no region is named.
_LOCALES = {"en": "en_US"}
_STANDARDS = {
    "s": "简体用字标准",
    "sp": "简体用字标准",
    "t": "繁体用字标准",
    "tw": "台湾用字标准",
    "twp": "台湾用字标准",
    "hk": "香港用字标准",
}


@dataclass(frozen=True)
class Edition:
    """The statement in one script, with everything its pages need, already in that script.

    `overrides` are those of its own conversion, `changes` the characters of the clauses, quotation marks included, that
    it changes, and `choices` those for which it could have chosen otherwise; the source has none. `mentions`, `uses`
    and `relations` are in the order of the text, and the same in every edition. `known_words` are what people have
    named as words, inside of which no excerpt is cut.
    """

    settings: EditionSettings
    particulars: Particulars
    statement: Statement
    parts: tuple[Part, ...]
    overrides: tuple[AppliedOverride, ...] = ()
    changes: tuple[Change, ...] = ()
    choices: tuple[Choice, ...] = ()
    terms: tuple[Term, ...] = ()
    operatives: tuple[Operative, ...] = ()
    mentions: tuple[Mention, ...] = ()
    uses: tuple[Use, ...] = ()
    relations: tuple[Relation, ...] = ()
    readings: tuple[Reading, ...] = ()
    known_words: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The edition's folder and address: `zh-hant`."""
        return self.settings.id

    @property
    def script(self) -> Script:
        """The script the edition is written in."""
        return self.settings.script

    @property
    def locale(self) -> str:
        """What Open Graph calls the edition's language: `zh_TW`."""
        if not self.settings.is_chinese:
            return self.settings.locale or _LOCALES.get(
                self.settings.language, self.settings.language.replace("-", "_")
            )
        region = self.settings.region or {"hans": "CN", "hant": "TW"}[self.script]
        return self.settings.locale or f"zh_{region}"

    @property
    def standard(self) -> str:
        """The name, in Simplified, of the standard that the conversion follows; nothing for the source."""
        return self.settings.standard or _STANDARDS.get(_target(self.settings.converter), "")

    @property
    def changed(self) -> int:
        """In how many places of the clauses conversion changed a character."""
        return sum(len(change.places) for change in self.changes)

    @property
    def is_converted(self) -> bool:
        """Whether the edition is made by conversion rather than being the source."""
        return bool(self.settings.converter)

    @property
    def is_given(self) -> bool:
        """Whether the edition has a text of its own, whose characters are not those of the source."""
        return self.settings.given is not None

    @property
    def conversion(self) -> tuple[Override, ...]:
        """The overrides that the conversion of any text for this edition takes into account."""
        return tuple(applied.override for applied in self.overrides)


@dataclass(frozen=True)
class Card:
    """What the picture of a page says: in its four corners and, large, in the middle.

    `main` is a text to break into lines, of which there is room for the opening words, or, if there are several
    pieces and room for them, the lines themselves. `second` is the same in another script, or nothing.
    """

    head: str
    side: str
    foot: str
    date: str
    main: tuple[str, ...]
    second: str


@dataclass(frozen=True)
class Font:
    """A font collection with a face for each edition, in their order: the name to show for its file, and its bytes."""

    file: str
    data: bytes
