"""Data: the text as those take it away who quote, archive or analyse it: JSON, tables, plain text, and fingerprints.

All is made of the editions that pages are made of, the same bytes for the same inputs.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pydantic import TypeAdapter

from statement import kept
from statement.given import unlike
from statement.marks import BLANKS
from statement.model import Block, Clause, Edition, Heading, Part, Particulars, Span
from statement.parse import unparse

from . import shapes
from .beside import addresses
from .shapes import (
    ClauseData,
    ClauseShape,
    DayShape,
    DifferenceShape,
    EditionShape,
    GivenClauseShape,
    GivenHeadingShape,
    GivenPartShape,
    GivenShape,
    GivenTexts,
    HeadingShape,
    MentionShape,
    OneClause,
    OperativeShape,
    ParagraphShape,
    PartShape,
    SentenceShape,
    SpanShape,
    StatementData,
    TermShape,
    TextShape,
    UseShape,
    VariantShape,
)

FOLDER = "data"
"""Where the files are on the site."""

SUMS = f"{FOLDER}/SHA256SUMS"
"""The list of fingerprints, as `sha256sum -c` reads it in the folder of the files."""

VERSION: Final = "1.2"
"""The version of the shapes: the first number changes when a reader of an older one could stumble."""

RECEIVED = f"{FOLDER}/source/statement.txt"
"""The text as received, byte for byte."""

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
# Spreadsheets on Chinese systems take a table without this mark to be GB 18030.
_MARK = "\ufeff"


@dataclass(frozen=True)
class Download:
    """A file to take away: how big it is, in bytes, and its SHA-256 in hexadecimal digits."""

    size: int
    sha256: str


def files(
    editions: Sequence[Edition], received: bytes, site_url: str = "", given: Sequence[Edition] = ()
) -> dict[str, str | bytes]:
    """Return the files by path under the site's root; `received` are the bytes of the text as received.

    `given` are the editions with texts of their own. With the address of the site's root, ending in a slash, addresses
    in the files are whole, else relative to them.
    """
    root = site_url or "../"
    whole = _statement(editions, given, root)
    return {
        f"{FOLDER}/schema.json": _json(schema(site_url)),
        f"{FOLDER}/statement.json": _json(whole),
        **{f"{FOLDER}/{id_}.json": _json(each) for id_, each in _singles(whole, root)},
        f"{FOLDER}/statement.csv": _MARK + _table(_clause_rows(editions, given)),
        f"{FOLDER}/sentences.csv": _MARK + _table(_sentence_rows(editions)),
        **{f"{FOLDER}/sentences.{each.id}.csv": _MARK + _table(_sentence_rows([each])) for each in given},
        **{f"{FOLDER}/statement.{edition.id}.txt": text(edition) for edition in (*editions, *given)},
        RECEIVED: received,
    }


def downloads(made: Mapping[str, str | bytes]) -> dict[str, Download]:
    """Return what there is to say of files, by path."""
    return {path: _download(contents) for path, contents in made.items()}


def sums(found: Mapping[str, Download]) -> str:
    """Return the fingerprints of files in `FOLDER`, a line each, in the form of GNU coreutils."""
    return "".join(f"{found[path].sha256}  {path.removeprefix(f'{FOLDER}/')}\n" for path in sorted(found))


def text(edition: Edition) -> str:
    """Return the text of an edition as it was published: title, date line, headings and clauses, and nothing else."""
    return unparse(replace(edition.statement, notice="", address=""))


def fingerprint(words: str) -> str:
    """Return the SHA-256 of a text in NFC (Unicode Standard Annex 15), as UTF-8, in hexadecimal digits."""
    return hashlib.sha256(unicodedata.normalize("NFC", words).encode("utf-8")).hexdigest()


def schema(site_url: str = "") -> dict[str, object]:
    """Return the JSON Schema of `statement.json` and of the file of each clause, made of the shapes."""
    key = f"{kept.maker('pydantic', sys.modules[__name__], shapes)} schema"
    found = kept.find("schema", key)
    made = json.loads(found) if found else TypeAdapter[object](StatementData | ClauseData).json_schema()
    if not found:
        kept.keep("schema", key, json.dumps(made).encode("utf-8"))
    return {"$schema": _DIALECT, "$id": f"{site_url}{FOLDER}/schema.json" if site_url else "schema.json", **made}


def _statement(editions: Sequence[Edition], given: Sequence[Edition], root: str) -> StatementData:
    source = editions[0]
    particulars = source.particulars
    return {
        "$schema": _schema_address(root),
        "version": VERSION,
        "english_title": particulars.english_title,
        **_day(particulars),
        "unit": {each.id: each.statement.unit for each in editions},
        "published": _moment(particulars),
        "source": particulars.source_address,
        "received": particulars.sha256,
        "preview": bool(source.statement.notice),
        "editions": [_edition(each, root) for each in editions],
        "themes": list(_parts(editions)),
        "headings": list(_headings(editions)),
        "clauses": list(_clauses(editions, root)),
        "terms": list(_terms(editions)),
        "operatives": list(_operatives(editions)),
        **_given_texts(given, root),
    }


def _singles(whole: StatementData, root: str) -> Iterator[tuple[str, ClauseData]]:
    """Yield what the file of each clause has, by its id; those that only texts of their own have come last."""
    given: defaultdict[str, dict[str, GivenClauseShape]] = defaultdict(dict)
    texts = whole.get("given", [])
    for each in texts:
        for clause in each["clauses"]:
            given[clause["id"]][each["id"]] = clause
    clauses = {each["id"]: each for each in whole["clauses"]}
    for id_ in dict.fromkeys((*clauses, *given)):
        own: OneClause = {}
        if id_ in clauses:
            own["clause"] = clauses[id_]
        if id_ in given:
            own["given"] = given[id_]
        yield (
            id_,
            {
                "$schema": whole["$schema"],
                "version": VERSION,
                "titles": {each["id"]: each["title"] for each in (*whole["editions"], *texts)},
                **_days(whole),
                "whole": _beside("statement.json", root),
                **own,
            },
        )


def _given_texts(given: Sequence[Edition], root: str) -> GivenTexts:
    return {"given": [_given(each, root) for each in given]} if given else {}


def _given(edition: Edition, root: str) -> GivenShape:
    """Return what there is of a text of its own, all of it with that text's offsets."""
    particulars = edition.particulars
    return {
        **_edition(edition, root),
        "unit": _unit(edition),
        "published": _moment(particulars),
        "source": particulars.source_address,
        "received": particulars.sha256,
        "themes": list(_given_parts(edition)),
        "headings": list(_given_headings(edition)),
        "clauses": list(_given_clauses(edition, root)),
        "differences": list(_differences(edition)),
    }


def _unit(edition: Edition) -> str:
    """Return what the clauses of a text of its own are: 条, or Article."""
    if edition.settings.is_chinese:
        return edition.statement.unit
    labels = (clause.label for clause in edition.statement.clauses if clause.value)
    return next(labels, "Paragraph").partition(" ")[0]


def _given_parts(edition: Edition) -> Iterator[GivenPartShape]:
    for part in edition.parts:
        numbers = [clause.number for clause in part.clauses]
        yield {"slug": part.slug, "numeral": part.numeral, "title": part.title, "clauses": numbers}


def _given_headings(edition: Edition) -> Iterator[GivenHeadingShape]:
    for shape in _headings([edition]):
        printed, title = shape["printed"][edition.id], shape["titles"][edition.id]
        level, first = shape["level"], shape["clause"]
        yield {"level": level, "clause": first, "id": shape["id"], "printed": printed, "title": title}


def _given_clauses(edition: Edition, root: str) -> Iterator[GivenClauseShape]:
    for shape in _clauses([edition], root):
        yield {
            "number": shape["number"],
            "id": shape["id"],
            "theme": shape["theme"],
            "address": shape["address"],
            "text": shape["texts"][edition.id],
            "sentences": shape["sentences"],
            "marks": shape["marks"],
            "label": shape["labels"][edition.id],
            "printed": shape["printed"][edition.id],
            "paragraphs": shape["paragraphs"],
        }


def _differences(edition: Edition) -> Iterator[DifferenceShape]:
    for each in unlike(edition):
        yield {"id": each.id, "only": "source" if each.is_missing else "given", "reason": each.reason}


def _edition(edition: Edition, root: str) -> EditionShape:
    return {
        "id": edition.id,
        "language": edition.settings.language,
        "name": edition.settings.name,
        "converted": edition.is_converted,
        "address": f"{root}{edition.id}/full/",
        "title": edition.particulars.title,
        "issuer": edition.particulars.issuer,
        "publisher": edition.particulars.publisher,
        "kind": edition.particulars.noun,
        "lines": list(edition.statement.lines_below_title),
    }


def _parts(editions: Sequence[Edition]) -> Iterator[PartShape]:
    for parts in zip(*(each.parts for each in editions), strict=True):
        yield {
            "slug": parts[0].slug,
            "numeral": parts[0].numeral,
            "titles": {each.id: part.title for each, part in zip(editions, parts, strict=True)},
            "clauses": [clause.number for clause in parts[0].clauses],
        }


def _headings(editions: Sequence[Edition]) -> Iterator[HeadingShape]:
    slugs = {clause.number: part.slug for part in editions[0].parts for clause in part.clauses}
    for headings in zip(*(each.statement.headings for each in editions), strict=True):
        first = headings[0]
        yield {
            "level": first.level,
            "clause": first.first,
            "id": first.name or slugs[first.first],
            "printed": {each.id: own.printed.strip(BLANKS) for each, own in zip(editions, headings, strict=True)},
            "titles": {each.id: own.title for each, own in zip(editions, headings, strict=True)},
        }


def _clauses(editions: Sequence[Edition], root: str) -> Iterator[ClauseShape]:
    """Yield the clauses; spans are those of the source, since every edition has its characters at the same places."""
    source = editions[0]
    themes = {clause.number: part.slug for part in source.parts for clause in part.clauses}
    terms: defaultdict[int, list[MentionShape]] = defaultdict(list)
    words: defaultdict[int, list[UseShape]] = defaultdict(list)
    variants = _variants(editions)
    for mention in source.mentions:
        span = mention.span
        terms[mention.clause].append({"start": span.start, "end": span.end, "term": mention.term})
    for use in source.uses:
        words[use.clause].append({"start": use.span.start, "end": use.span.end, "word": use.word})
    for clauses in zip(*(each.statement.clauses for each in editions), strict=True):
        clause = clauses[0]
        theme = themes[clause.number]
        yield {
            "number": clause.number,
            "id": clause.id,
            "theme": theme,
            "address": f"{root}{clause.address}/",
            "texts": {
                each.id: _text(own, f"{root}{each.id}/{theme}/#{own.id}")
                for each, own in zip(editions, clauses, strict=True)
            },
            "sentences": list(_sentences(clause)),
            "terms": terms[clause.number],
            "operatives": words[clause.number],
            "marks": [{"start": mark.start, "end": mark.end} for mark in clause.marks],
            "variants": variants[clause.number],
            "labels": {each.id: own.label for each, own in zip(editions, clauses, strict=True)},
            "printed": {each.id: own.printed.strip(BLANKS) for each, own in zip(editions, clauses, strict=True)},
            "paragraphs": list(_paragraphs(clause)),
        }


def _text(clause: Clause, address: str) -> TextShape:
    return {"text": clause.text, "sha256": fingerprint(clause.text), "address": address}


def _sentences(clause: Clause) -> Iterator[SentenceShape]:
    for index, span in enumerate(clause.sentences):
        yield {"start": span.start, "end": span.end, "id": clause.sentence_id(index)}


def _paragraphs(clause: Clause) -> Iterator[ParagraphShape]:
    for index, block in enumerate(clause.blocks or (Block(Span(0, len(clause.text))),)):
        yield {
            **_span(block.span),
            "id": clause.block_id(index) if clause.blocks else clause.id,
            "level": block.level,
            "mark": block.mark,
            "cells": [_span(cell) for cell in block.cells],
        }


def _span(span: Span) -> SpanShape:
    return {"start": span.start, "end": span.end}


def _variants(editions: Sequence[Edition]) -> Mapping[int, list[VariantShape]]:
    found: defaultdict[int, list[VariantShape]] = defaultdict(list)
    texts = {clause.number: clause.text for clause in editions[0].statement.clauses}
    for readings in zip(*(each.readings for each in editions), strict=True):
        first = readings[0]
        start = texts[first.clause].index(first.text)
        made: VariantShape = {
            "start": start,
            "end": start + len(first.text),
            "readings": {each.id: own.reading for each, own in zip(editions, readings, strict=True)},
            "seen": {each.id: list(own.seen) for each, own in zip(editions, readings, strict=True)},
        }
        found[first.clause].append({**made, "address": first.address} if first.address else made)
    return found


def _terms(editions: Sequence[Edition]) -> Iterator[TermShape]:
    for terms in zip(*(each.terms for each in editions), strict=True):
        first = terms[0]
        yield {
            "id": first.id,
            "kind": first.kind,
            "english": first.english,
            "names": {each.id: own.name for each, own in zip(editions, terms, strict=True)},
            "definitions": {each.id: own.definition for each, own in zip(editions, terms, strict=True)},
            "source": first.address,
        }


def _operatives(editions: Sequence[Edition]) -> Iterator[OperativeShape]:
    for words in zip(*(each.operatives for each in editions), strict=True):
        yield {
            "id": words[0].id,
            "kind": words[0].kind,
            "words": {each.id: own.word for each, own in zip(editions, words, strict=True)},
            "meanings": {each.id: own.meaning for each, own in zip(editions, words, strict=True)},
        }


def _clause_rows(editions: Sequence[Edition], given: Sequence[Edition] = ()) -> Iterator[Sequence[str | int]]:
    """Yield a row for each clause: number, part, heading and text in each edition, and the fingerprints of these.

    Behind them stand its id, what it is called and what the text has before it in each edition, the headings within the
    part, from the outermost, and the offsets at which its paragraphs begin, with a blank between. The columns of each
    text of its own stand behind those of the others; a clause that only such a text has has no number.
    """
    header, *listed = _rows_of_clauses(editions)
    of = {str(row[header.index("id")]): row for row in listed}
    parts = {clause.id: part.slug for each in given for part in each.parts for clause in part.clauses}
    own = [(each.id, _own_columns(each)) for each in given]
    yield (*header, *(f"{name} {edition}".strip() for edition, _ in own for name in _OWN))
    ids = {clause.address: clause.id for each in (*editions, *given) for clause in each.statement.clauses}
    for address in addresses([*editions, *given]):
        id_ = ids[address]
        known = {"id": id_, "part": parts.get(id_, "")}
        row = of.get(id_) or [known.get(str(name), "") for name in header]
        yield (*row, *(each for _, columns in own for each in columns.get(id_, [""] * len(_OWN))))


_OWN = ("heading", "", "sha256", "label", "printed", "headings within", "paragraphs")
"""The columns that a text of its own has, by what stands before its id; that of the text has the id alone."""


def _own_columns(edition: Edition) -> Mapping[str, Sequence[str | int]]:
    """Return what the columns of a text of its own have of each clause, by the clause's id."""
    header, *listed = _rows_of_clauses([edition])
    names = [name if name == "paragraphs" else f"{name} {edition.id}".strip() for name in _OWN]
    places = [header.index(name) for name in names]
    return {str(row[header.index("id")]): [row[place] for place in places] for row in listed}


def _rows_of_clauses(editions: Sequence[Edition]) -> Iterator[Sequence[str | int]]:
    """Yield the head of the table of clauses, and a row for each, of editions that have the same characters."""
    ids = [each.id for each in editions]
    added = [f"{what} {each}" for what in ("label", "printed", "headings within") for each in ids]
    yield (
        *("clause", "part", *(f"heading {each}" for each in ids), *ids, *(f"sha256 {each}" for each in ids)),
        *("id", *added, "paragraphs"),
    )
    for parts in zip(*(each.parts for each in editions), strict=True):
        headings = [part.full_title if part.is_headed else "" for part in parts]
        within = [_within(part) for part in parts]
        for clauses in zip(*(part.clauses for part in parts), strict=True):
            first = clauses[0]
            texts = [clause.text for clause in clauses]
            yield (
                *(first.number, parts[0].slug, *headings, *texts, *map(fingerprint, texts)),
                *(first.id, *(clause.label for clause in clauses)),
                *(clause.printed.strip(BLANKS) for clause in clauses),
                *(each[first.number] for each in within),
                " ".join(str(each["start"]) for each in _paragraphs(first)),
            )


def _within(part: Part) -> Mapping[int, str]:
    """Return the headings above each clause of a part, but for the part's own, by the clause's number."""
    found: dict[int, str] = {}
    above: list[Heading] = []
    for clause in part.clauses:
        for heading in (each for each in part.within if each.first == clause.number):
            above = [*(each for each in above if each.level < heading.level), heading]
        found[clause.number] = " / ".join(each.whole for each in above)
    return found


def _sentence_rows(editions: Sequence[Edition]) -> Iterator[Sequence[str | int]]:
    """Yield a row for each sentence: clause, number in it from 1, offsets in it, and the text in each edition.

    Behind them stand its id and the number of its paragraph in the clause, from 1.
    """
    yield ("clause", "sentence", "start", "end", *(each.id for each in editions), "id", "paragraph")
    for clauses in zip(*(each.statement.clauses for each in editions), strict=True):
        first = clauses[0]
        starts = [each["start"] for each in _paragraphs(first)]
        for index, span in enumerate(first.sentences):
            texts = [span.of(clause.text) for clause in clauses]
            paragraph = sum(start <= span.start for start in starts)
            yield (first.number, index + 1, span.start, span.end, *texts, first.sentence_id(index), paragraph)


def _table(rows: Iterable[Sequence[str | int]]) -> str:
    """Return rows as CSV (RFC 4180): commas, CRLF, quotation marks where they are needed."""
    table = io.StringIO()
    csv.writer(table, lineterminator="\r\n").writerows(rows)
    return table.getvalue()


def _download(contents: str | bytes) -> Download:
    data = contents.encode("utf-8") if isinstance(contents, str) else contents
    return Download(len(data), hashlib.sha256(data).hexdigest())


def _days(whole: StatementData) -> DayShape:
    """Return the days that the whole names."""
    found: DayShape = {}
    if "conference_date" in whole:
        found["conference_date"] = whole["conference_date"]
    if "date" in whole:
        found["date"] = whole["date"]
    return found


def _day(particulars: Particulars) -> DayShape:
    """Return the day by which the text is known, if one is, and that of its conference if it has one."""
    if particulars.own_day is None:
        return {}
    day = particulars.own_day.isoformat()
    return {"conference_date": day, "date": day} if particulars.conference_date else {"date": day}


def _moment(particulars: Particulars) -> str:
    """Return when the text was published: a day, with its time where that is known."""
    return particulars.published.strftime("%Y-%m-%dT%H:%M:%S" if particulars.has_time else "%Y-%m-%d")


def _schema_address(root: str) -> str:
    return _beside("schema.json", root)


def _beside(name: str, root: str) -> str:
    """Return the address of a file in the same folder."""
    return name if root == "../" else f"{root}{FOLDER}/{name}"


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
