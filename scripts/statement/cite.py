"""Cite: what readers copy, and what their reference managers import, to cite an edition or one of its clauses.

Everything is made from one CSL-JSON record (https://docs.citationstyles.org, 1.0.2), the texts by citeproc-py with the
styles in docs/styles. No date of access is in it: that is the reader's, whose browser fills it in on copying.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from . import kept
from .model import Clause, Edition, Particulars

if TYPE_CHECKING:
    from citeproc import CitationItem, CitationStylesStyle
    from citeproc.source.json import CiteProcJSON

FOLDER = "data/citations"
"""Where the files are on the site, in a folder for each edition."""

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Text:
    """A citation as it is copied: `kind` says which style made it and what of a text it is for."""

    kind: str
    text: str


@dataclass(frozen=True)
class File:
    """A record in a format that reference managers import."""

    kind: str
    name: str
    text: str


@dataclass(frozen=True)
class Citations:
    """All there is to cite the whole statement, for which `number` is None, or one clause."""

    number: int | None
    texts: tuple[Text, ...]
    files: tuple[File, ...]


@dataclass(frozen=True)
class _Form:
    """What a style makes: its citation, in a text or a note, or else the entry in a list.

    `quotes` the clause if so, and `has_access` if a date of access is part of it, for which its place is kept.
    `letters` are those it has names in: as they are written; romanized, as APA 7 has them (9.38: no other alphabet
    than the paper's own); or both, as Chicago 18 has them (chapter 11, in the 17th edition 11.90: the characters right
    after what they are the characters of, and outside of its quotation marks).
    """

    kind: str
    style: str
    is_entry: bool = False
    quotes: bool = False
    has_access: bool = False
    letters: Literal["own", "latin", "both"] = "own"


_FORMS = (
    _Form("plain", "plain", quotes=True),
    _Form("gb-2025", "gb-t-7714-2025", has_access=True),
    _Form("gb", "gb-t-7714", has_access=True),
    _Form("apa", "apa", is_entry=True, letters="latin"),
    _Form("apa-in-text", "apa", letters="latin"),
    _Form("chicago-note", "chicago", letters="both"),
    _Form("chicago", "chicago", is_entry=True, letters="both"),
)
# Stand-ins for a clause's number and address, which nothing else in a citation can look like.
_ANY_NUMBER = "7070707"
_ANY_LABEL = "第七〇七〇七〇七段"
_ANY_ADDRESS = "https://any.invalid/"
# Stands for the date of access, whose place a reader's browser fills in when the text is copied.
_ANY_DATE = (7070, 7, 7)
_ANY_DAY = "7070-07-07"
ACCESSED = "引用日期"
"""What stands in the place of the date of access."""

# Chicago puts titles into quotation marks; marks inside of them change to the other kind, which CSL leaves
# to its processor, and citeproc-py 0.11 does not do.
_QUOTING = frozenset({"chicago"})
_OUTSIDE = re.compile(r"([”’]+)([,.])")
_OTHER_QUOTES = str.maketrans("“”‘’", "‘’“”")
# What BibTeX or LaTeX would read as a command; BibTeX counts braces even after a backslash.
_LATEX = str.maketrans(
    {character: f"\\{character}" for character in "$&#%_"}
    | {
        "\\": "\\textbackslash{}",
        "{": "\\textbraceleft{}",
        "}": "\\textbraceright{}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
    }
)
# What babel calls languages and scripts.
_LANGIDS = {"zh-hans": "chinese-simplified", "zh-hant": "chinese-traditional", "en": "english"}
# What a citation of a converted text says of it, by the second part of its language.
_CONVERTED = {"hans": "据繁体原文转换", "hant": "據簡體原文轉換"}
# What is left out of a name to put it in order: all but letters, figures and blanks.
_NO_WORD = re.compile(r"[^\w ]")
# Fields that are no text but a name which BibTeX knows.
_MACROS = frozenset({"month"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def citations(edition: Edition, styles: Mapping[str, str], site_url: str = "") -> tuple[Citations, ...]:
    """Return how to cite an edition, first the whole of it, then each clause in order.

    `styles` are the CSL files by their names without `.csl`. With the address of the site's root, ending in a slash,
    citations lead to the site, a clause's to its short address; without it, to where the text was published.
    """
    clauses = (None, *edition.statement.clauses)
    records = [record(edition, clause, site_url) for clause in clauses]
    key = f"{kept.maker('citeproc-py', sys.modules[__name__])} {json.dumps([records, dict(styles)])}"
    known = kept.find("citations", key)
    made = json.loads(known) if known else [_texts(records, form, _style(styles[form.style])) for form in _FORMS]
    if not known:
        kept.keep("citations", key, json.dumps(made).encode("utf-8"))
    return tuple(
        Citations(
            clause.number if clause else None,
            tuple(Text(form.kind, text) for form, text in zip(_FORMS, texts, strict=True)),
            tuple(_files(found, clause)),
        )
        for clause, found, *texts in zip(clauses, records, *made, strict=True)
    )


def files(cited: Mapping[str, Sequence[Citations]]) -> dict[str, str]:
    """Return the files to import, given the citations by the id of their edition, by path under the site's root."""
    return {
        f"{FOLDER}/{edition}/{file.name}": file.text
        for edition, every in cited.items()
        for each in every
        for file in each.files
    }


def record(edition: Edition, clause: Clause | None = None, site_url: str = "") -> dict[str, Any]:
    """Return the CSL-JSON record of an edition, or of a clause of it.

    The date is that of the publication, and the container the site that the address leads to. The day of the
    conference, by which the statement is known, the title in English, names in Latin letters, the words quoted and that
    they were converted from another script have no variable in CSL 1.0.2 and are custom ones.

    The author is who speaks in the text, as it names them itself. The conference would do for a cataloguer, who may
    name one as the author of what it adopts; but the title says it already, and who said "we" would be lost.
    """
    particulars = edition.particulars
    site, romanized_site = _site(particulars, site_url)
    romanized = {
        "romanized-title": particulars.romanized.title,
        "romanized-author": particulars.romanized.issuer,
        "romanized-container-title": romanized_site,
    }
    translated = particulars.translated_title
    conversion = _CONVERTED.get(_script(edition.settings.language), "") if edition.is_converted else ""
    custom = {
        **_own_day(particulars),
        # A text in English needs no translation.
        **({"translated-title": translated} if translated and edition.settings.is_chinese else {}),
        **{key: text for key, text in romanized.items() if text},
        **({"conversion": conversion} if conversion else {}),
    }
    made = {
        "id": f"statement-{edition.id}",
        "type": "webpage",
        "title": particulars.title,
        **({"author": [{"literal": particulars.issuer}]} if particulars.issuer else {}),
        **({"container-title": site} if site else {}),
        "issued": _date(particulars.published.timetuple()[:3]),
        "language": edition.settings.language,
        "URL": f"{site_url}{edition.id}/" if site_url else particulars.source_address,
        "custom": custom,
    }
    if clause is None:
        return {**made, "note": conversion} if conversion else made
    return made | {
        "id": f"{made['id']}-{clause.id}",
        "URL": f"{site_url}{clause.address}/" if site_url else particulars.source_address,
        "locator": _locator(clause),
        "note": "；".join(filter(None, (clause.label, conversion))),
        "custom": custom | {"quotation": clause.text},
    }


def _own_day(particulars: Particulars) -> dict[str, Any]:
    """Return the day by which the text is known, under the name of what it is; nothing where nobody has said it."""
    key = "conference-date" if particulars.conference_date else "date"
    return {key: _date(particulars.own_day.timetuple()[:3])} if particulars.own_day else {}


def _script(language: str) -> str:
    """Return the script in a language tag, in small letters, as "hant" in zh-Hant-TW."""
    return language.split("-")[1].lower()


def _locator(clause: Clause) -> str:
    """Return what a style puts its word for a paragraph to: a number, or, where that is not all, the label."""
    return clause.label if clause.called else str(clause.number)


def _site(particulars: Particulars, site_url: str) -> tuple[str, str]:
    """Return the name of the site that citations lead to, and the same romanized, or nothing.

    That is this site, which its pages call by the short title, or where the text was published. A site that has the
    name of its author or of its only page is not named again (APA 7, 10.16).
    """
    romanized = particulars.romanized
    name, latin = (
        (particulars.short, romanized.short_title) if site_url else (particulars.publisher, romanized.publisher)
    )
    return ("", "") if name in (particulars.title, particulars.issuer) else (name, latin)


def bibtex(record: Record) -> str:
    """Return a record as an entry of biblatex that classic BibTeX reads, too.

    Double braces keep a name in one piece and the capitals of a title. After the title biblatex prints `titleaddon`,
    and `organization` is whose site it is (its manual, 2.2.2). `key`, for biblatex an alias of `sortkey`, is what the
    styles of gbt7714 put an author in characters in order by. `year` and `month` are for classic BibTeX, which takes an
    entry that it has no name for as @misc and leaves out the fields that it does not know.
    """
    year, month, day = record["issued"]["date-parts"][0]
    custom = record["custom"]
    author = _author(record)
    fields = {
        "author": f"{{{_latex(author)}}}" if author else "",
        "key": _latex(_NO_WORD.sub("", custom.get("romanized-author", ""))),
        "title": f"{{{_latex(record['title'])}}}",
        "titleaddon": _latex(custom.get("translated-title", "")),
        "organization": _latex(record.get("container-title", "")),
        "date": f"{year:04}-{month:02}-{day:02}",
        "year": f"{year:04}",
        "month": _MONTHS[month - 1],
        "langid": _langid(record["language"]),
        "url": _address(record["URL"]),
        "note": _latex(record.get("note", "")),
    }
    lines = (f"  {name} = {text if name in _MACROS else f'{{{text}}}'},\n" for name, text in fields.items() if text)
    return f"@online{{{record['id']},\n{''.join(lines)}}}\n"


def _langid(language: str) -> str:
    """Return what babel calls a language, by its first two parts or its first; nothing for one that is not known."""
    parts = language.lower().split("-")
    return _LANGIDS.get("-".join(parts[:2]), _LANGIDS.get(parts[0], "chinese" if parts[0] == "zh" else ""))


def ris(record: Record) -> str:
    """Return a record as RIS; its values are single lines, so that nothing in them can be read as a tag.

    The translated title is a note: importers take the tag that is meant for it, TT, for the title. The site is T2,
    which Zotero takes for a website's title; a date has three slashes, as the format says: YYYY/MM/DD/other.
    """
    year, month, day = record["issued"]["date-parts"][0]
    site = record.get("container-title")
    note = "；".join(filter(None, (record.get("note"), record["custom"].get("translated-title"))))
    fields = {
        "TY": "ELEC",
        "ID": record["id"],
        **({"AU": _author(record)} if _author(record) else {}),
        "TI": record["title"],
        **({"T2": site} if site else {}),
        "PY": f"{year:04}",
        "DA": f"{year:04}/{month:02}/{day:02}/",
        "LA": record["language"],
        "UR": _address(record["URL"]),
        **({"N1": note} if note else {}),
        "ER": "",
    }
    return "".join(f"{tag}  - {value}\n" for tag, value in fields.items())


def csl_json(record: Record) -> str:
    """Return a record as CSL-JSON, a list of one."""
    return json.dumps([record], ensure_ascii=False, indent=2) + "\n"


def _author(record: Record) -> str:
    """Return who made the text, or nothing where nobody is named."""
    return str(record["author"][0]["literal"]) if "author" in record else ""


def _files(found: Record, clause: Clause | None) -> Iterator[File]:
    """Yield a record in the formats that reference managers import."""
    name = clause.id if clause else "statement"
    yield File("bibtex", f"{name}.bib", bibtex(found))
    yield File("ris", f"{name}.ris", ris(found))
    yield File("csl-json", f"{name}.json", csl_json(found))


def _texts(records: Sequence[Record], form: _Form, style: CitationStylesStyle) -> list[str]:
    """Return what a style makes of each record: of the whole first, then of the clauses.

    The processor takes milliseconds for each, and two clauses' citations differ in number and address alone. So one is
    made of a clause with stand-ins for both, which are then filled in; where that would not give the last clause's
    citation exactly, each is made by itself.
    """
    whole, *clauses = records
    made: dict[str, str] = {}
    for any_locator, is_number in ((_ANY_NUMBER, True), (_ANY_LABEL, False)):
        alike = [each for each in clauses if each["locator"].isdigit() is is_number]
        texts = _texts_of_clauses(alike, form, style, any_locator, whole["URL"])
        made |= {each["id"]: text for each, text in zip(alike, texts, strict=True)}
    return [_text(whole, form, style), *(made[each["id"]] for each in clauses)]


def _texts_of_clauses(
    clauses: Sequence[Record], form: _Form, style: CitationStylesStyle, any_locator: str, address: str
) -> list[str]:
    """Return what a style makes of clauses whose locators are of one kind, for which there is a stand-in."""
    if form.quotes or len(clauses) < 3:
        return [_text(each, form, style) for each in clauses]
    standing = {"locator": any_locator, "URL": address if _is_shared(clauses) else _ANY_ADDRESS}
    shape = _text({**clauses[0], **standing}, form, style)
    filled = [shape.replace(_ANY_ADDRESS, each["URL"]).replace(any_locator, each["locator"]) for each in clauses]
    is_right = filled[-1] == _text(clauses[-1], form, style)
    return filled if is_right else [_text(each, form, style) for each in clauses]


def _is_shared(records: Sequence[Record]) -> bool:
    """Whether all records have the same address."""
    return len({each["URL"] for each in records}) == 1


def _style(csl: str) -> CitationStylesStyle:
    """Return a style in the language it is written for; tests validate it, which takes longer than all the rest."""
    from citeproc import CitationStylesStyle

    return CitationStylesStyle(BytesIO(csl.encode("utf-8")), validate=False)


def _text(record: Record, form: _Form, style: CitationStylesStyle) -> str:
    """Return what a style makes of a record."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, Locator, formatter

    dated = {**record, "accessed": _date(_ANY_DATE)} if form.has_access else record
    source = _source(_lettered(dated, form))
    place = {"locator": Locator(_kind(record["locator"]), record["locator"])} if "locator" in record else {}
    citation = Citation([CitationItem(record["id"], **place)])
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(citation)
    if form.is_entry:
        return _punctuated("".join(map(str, bibliography.bibliography())), record, form)
    text = str(bibliography.cite(citation, _unknown)).replace(_ANY_DAY, ACCESSED)
    return _punctuated(text, record, form)


def _punctuated(text: str, record: Record, form: _Form) -> str:
    """Return a citation of a text in English with commas and full stops within quotation marks (Chicago 18, 6.9).

    CSL asks its processor for that, and citeproc-py 0.11 does not do it.
    """
    is_english = form.style in _QUOTING and record["language"].startswith("en")
    return _OUTSIDE.sub(r"\2\1", text) if is_english else text


def _kind(locator: str) -> str:
    """Return the kind of a locator that is a number, of which styles say what it is, or of one that says it itself."""
    return "paragraph" if locator.isdigit() else "verse"


def _lettered(record: Record, form: _Form) -> Record:
    """Return a record with its names in the letters that a form has them in; characters stand where none are known."""
    if form.letters == "own":
        # Neither GB/T 7714 nor the sentence names a site.
        return {key: value for key, value in record.items() if key != "container-title"}
    custom = record["custom"]
    title = custom.get("romanized-title", record["title"])
    changed = {
        "title": title.translate(_OTHER_QUOTES) if form.style in _QUOTING else title,
    }
    if author := _author(record):
        changed["author"] = [{"literal": _in_letters(author, custom.get("romanized-author"), form)}]
    if site := record.get("container-title"):
        changed["container-title"] = _in_letters(site, custom.get("romanized-container-title"), form)
    if form.letters == "both" and "romanized-title" in custom:
        changed["custom"] = {**custom, "title-in-characters": record["title"]}
    return {**record, **changed}


def _in_letters(name: str, romanized: str | None, form: _Form) -> str:
    """Return a name as a form in English has it: romanized, and followed by its characters where that is the custom."""
    if not romanized:
        return name
    return f"{romanized} {name}" if form.letters == "both" else romanized


def _source(record: Record) -> CiteProcJSON:
    """Return a record as the processor takes it, with its custom variables beside those of CSL."""
    from citeproc.source.json import CiteProcJSON

    plain = {key: value for key, value in record.items() if key not in ("custom", "locator", "note")}
    source = CiteProcJSON([plain])
    (reference,) = source.values()
    for key, value in record["custom"].items():
        parse = source.parse_date if isinstance(value, dict) else source.parse_string
        # A style that names the day of a conference names that of the text where there was none.
        reference["conference_date" if key == "date" else key.replace("-", "_")] = parse(value)
    return source


def _unknown(item: CitationItem) -> str:
    raise KeyError(item.key)


def _date(parts: Sequence[int]) -> dict[str, list[list[int]]]:
    return {"date-parts": [list(parts)]}


def _latex(text: str) -> str:
    """Return a text as LaTeX shows it, without the ligatures that turn !` and ?` into Spanish marks."""
    return text.translate(_LATEX).replace("!`", "!{}`").replace("?`", "?{}`")


def _address(address: str) -> str:
    """Return an address in ASCII, as all three formats have it: no character in it has a meaning to them."""
    return quote(address, safe=":/?#@!$&'()*+,;=%-._~")
