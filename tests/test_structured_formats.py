"""What is taken away of texts that are built otherwise than most: each clause, taken back out of every format."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import docx
import pytest
from bs4 import BeautifulSoup
from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree
from pydantic import TypeAdapter

import structures
import support
import tagged
from pages import LANGUAGES
from publish import data, epub, formats, onefile, paper, word
from publish import project as publishing
from publish.shapes import ClauseData, StatementData
from statement import given
from statement.marks import BLANKS
from statement.model import Clause, Edition, Heading
from statement.parse import unparse
from test_data import AKN, akn_schema, validator
from test_formats import epubcheck_of

pytestmark = pytest.mark.slow
"""What there is to take away takes long to make."""

Found = list[tuple[str, str, str]]
"""Of each clause its id, the mark that the text has before it, and its text."""


@cache
def made(name: str) -> tuple[tuple[Edition, ...], dict[str, bytes]]:
    """Return the editions of a case, or of the statement in a folder, those with texts of their own last, and files."""
    is_case = name in structures.NAMES
    read = structures.inputs_of(structures.read(name)) if is_case else publishing.read(support.ROOT / name)
    editions = publishing.editions(read)
    files = publishing.make_of(read, editions).files
    kept = {path: each for path, each in files.items() if path.startswith("data/")}
    every = (*editions, *given.editions(read, editions))
    return every, {path: each.encode("utf-8") if isinstance(each, str) else each for path, each in kept.items()}


def texts(name: str, path: str) -> str:
    return made(name)[1][path].decode("utf-8")


def marked(clause: Clause) -> tuple[str, str, str]:
    return clause.id, clause.printed.strip(BLANKS), clause.text


def in_json(name: str, edition: str) -> Found:
    whole = json.loads(texts(name, "data/statement.json"))
    if edition_of(name, edition).is_given:
        (own,) = (each for each in whole["given"] if each["id"] == edition)
        return [(each["id"], each["printed"], each["text"]["text"]) for each in own["clauses"]]
    return [(each["id"], each["printed"][edition], each["texts"][edition]["text"]) for each in whole["clauses"]]


def in_single_json(name: str, edition: str) -> Found:
    ids = [clause.id for clause in edition_of(name, edition).statement.clauses]
    files = [json.loads(texts(name, f"data/{each}.json")) for each in ids]
    if edition_of(name, edition).is_given:
        own = [each["given"][edition] for each in files]
        return [(each["id"], each["printed"], each["text"]["text"]) for each in own]
    singles = [each["clause"] for each in files]
    return [(each["id"], each["printed"][edition], each["texts"][edition]["text"]) for each in singles]


def in_table(name: str, edition: str) -> Found:
    rows = list(csv.DictReader(io.StringIO(texts(name, "data/statement.csv").removeprefix("\ufeff"), newline="")))
    return [(row["id"], row[f"printed {edition}"], row[edition]) for row in rows if row[edition]]


def in_sentences(name: str, edition: str) -> Found:
    path = f"data/sentences.{edition}.csv" if edition_of(name, edition).is_given else "data/sentences.csv"
    rows = list(csv.DictReader(io.StringIO(texts(name, path).removeprefix("\ufeff"), newline="")))
    numbers = dict.fromkeys(row["clause"] for row in rows)
    every = [[row for row in rows if row["clause"] == number] for number in numbers]
    # The table has no marks; ids of sentences begin with those of their clauses.
    marks = {each[0]: each[1] for each in in_json(name, edition)}
    ids = [each[0]["id"].removesuffix("s1").removesuffix(".") for each in every]
    return [(id_, marks[id_], "".join(row[edition] for row in each)) for id_, each in zip(ids, every, strict=True)]


def in_pages(name: str, edition: str, document: Callable[[str, str], BeautifulSoup], prefix: str) -> Found:
    found = []
    for clause in document(name, edition).select(".clause[id]"):
        spans = "".join(each.get_text() for each in clause.select("span[id]"))
        number = clause.select_one(".number")
        assert number
        mark = "" if "ours" in (number.get("class") or []) else number.get_text()
        found.append((str(clause["id"]).removeprefix(prefix.format(edition)), mark, spans))
    return found


def one_file(name: str, edition: str) -> BeautifulSoup:
    page = BeautifulSoup(texts(name, onefile.PATH), "html.parser")
    return BeautifulSoup(str(page.select_one(f"#{edition} article")), "html.parser")


def book(name: str, edition: str) -> BeautifulSoup:
    with zipfile.ZipFile(io.BytesIO(made(name)[1][epub.PATH])) as files:
        return BeautifulSoup(files.read(f"EPUB/{edition}.xhtml"), "xml")


def in_comparison(name: str, edition: str) -> Found:
    page = BeautifulSoup(texts(name, onefile.PATH), "html.parser")
    rows = page.select(f".compare .clause[lang={edition_of(name, edition).settings.language}]")
    of = {each.address: each for each in edition_of(name, edition).statement.clauses}
    return [
        (of[str(row["data-number"])].id, (row.b and row.b.get_text()) or "", (row.span and row.span.get_text()) or "")
        for row in rows
    ]


def edition_of(name: str, edition: str) -> Edition:
    return next(each for each in made(name)[0] if each.id == edition)


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def document(name: str, edition: str) -> Document:
    return docx.Document(io.BytesIO(made(name)[1][formats.WORD.format(edition=edition)]))


def in_docx(name: str, edition: str) -> Found:
    """Return what stands between the bookmark of a clause and the next, its mark first; cells count as paragraphs."""
    ids = {word._bookmark(each.id): each.id for each in edition_of(name, edition).statement.clauses}
    shown = {each.id: each for each in edition_of(name, edition).statement.clauses}
    found: dict[str, str] = {}
    at = ""
    for block in document(name, edition).iter_inner_content():
        parts = [block] if isinstance(block, Paragraph) else list(cells(block))
        for part in parts:
            style = str(part.style.name) if part.style else ""
            names = [str(each.get(f"{W}name")) for each in part._p.iter(f"{W}bookmarkStart")]
            at = "" if style.startswith("Heading") else next((ids[each] for each in names if each in ids), at)
            if at:
                found[at] = found.get(at, "") + part.text
    result = []
    for id_, whole in found.items():
        mark = shown[id_].printed or (f"〔{shown[id_].value}〕 " if shown[id_].value else "")
        if not edition_of(name, edition).statement.is_structured:
            mark = ""
        assert whole.startswith(mark)
        result.append((id_, shown[id_].printed.strip(BLANKS), whole.removeprefix(mark)))
    return result


def in_pdf(name: str, edition: str, size: str) -> Found:
    """Return what stands between the heading that is the mark of a clause and the next heading."""
    own = edition_of(name, edition)
    support.need_pdf(paper.path(own, size), made(name)[1])
    # An annex and the clause that is all of it may be called the same.
    headings = {heading.whole for heading in own.statement.headings}
    between = "　" if own.settings.is_chinese else ": "
    called = {f"{clause.label}{between}{beginning(clause)}": clause for clause in own.statement.clauses}
    found = []
    for _, title, shown, text in tagged.Document(made(name)[1][paper.path(own, size)]).headings:
        clause = next((clause for start, clause in called.items() if title.startswith(start)), None)
        if clause and title not in headings:
            found.append((clause.id, "" if clause.is_unmarked else shown, text))
    return found


def beginning(clause: Clause) -> str:
    """Return the first characters of a clause; a mark in Latin letters is left out of what stands in contents."""
    mark = clause.blocks[0].mark if clause.blocks and clause.text[:1].isascii() else 0
    return clause.text[mark : mark + 2]


def cells(table: Table) -> Iterator[Paragraph]:
    for row in table.rows:
        for cell in row.cells:
            yield from cell.paragraphs


def in_akn(name: str, edition: str) -> Found:
    root = etree.fromstring(made(name)[1][f"data/statement.{edition}.xml"])
    kinds = "self::a:article or self::a:paragraph or self::a:hcontainer or self::a:blockContainer"
    found = []
    for element in root.xpath(f"//*[{kinds}]", namespaces=AKN):
        mark = "".join(element.xpath("a:num//text()", namespaces=AKN))
        text = "".join(element.xpath(".//a:item/a:num//text() | .//a:p//text()", namespaces=AKN))
        found.append((str(element.get("eId")), mark, text))
    return found


FORMATS: dict[str, Callable[[str, str], Found]] = {
    "json": in_json,
    "single json": in_single_json,
    "csv": in_table,
    "csv of sentences": in_sentences,
    "one file": partial(in_pages, document=one_file, prefix="{}-"),
    "epub": partial(in_pages, document=book, prefix=""),
    "docx": in_docx,
    "pdf": partial(in_pdf, size="a4"),
    "pdf for a phone": partial(in_pdf, size="phone"),
}


@pytest.mark.parametrize("edition", LANGUAGES)
@pytest.mark.parametrize("name", structures.NAMES)
@pytest.mark.parametrize("kind", FORMATS)
def test_every_clause_is_in_every_format_with_its_id_and_its_mark(kind: str, name: str, edition: str) -> None:
    wanted = [marked(clause) for clause in edition_of(name, edition).statement.clauses]
    found = FORMATS[kind](name, edition)
    if kind in ("one file", "epub", "pdf", "pdf for a phone"):
        # Where the text has no number a sign of ours stands, and 、 is left out.
        wanted = [(id_, mark.removesuffix("、") if mark[:1].isdigit() else mark, text) for id_, mark, text in wanted]
        found = [(id_, mark.removesuffix("、") if mark[:1].isdigit() else mark, text) for id_, mark, text in found]
    assert found == wanted


@pytest.mark.parametrize("edition", LANGUAGES)
@pytest.mark.parametrize("name", structures.NAMES)
def test_the_comparison_in_the_one_file_has_every_clause(name: str, edition: str) -> None:
    wanted = [(clause.id, clause.text) for clause in edition_of(name, edition).statement.clauses]
    assert [(id_, text) for id_, _, text in in_comparison(name, edition)] == wanted


@pytest.mark.parametrize("edition", LANGUAGES)
def test_the_cells_of_a_table_stand_apart_in_the_comparison_of_the_one_file(edition: str) -> None:
    page = BeautifulSoup(texts("table-and-notes", onefile.PATH), "html.parser")
    for clause in edition_of("table-and-notes", edition).statement.clauses:
        (row,) = page.select(f".compare .clause[lang={LANGUAGES[edition]}][data-number='{clause.address}']")
        assert row.span
        for line in row.span.select("br"):
            line.replace_with("\n")
        for cell in row.span.select(".cell"):
            cell.replace_with("\t")
        blocks = [[cell.of(clause.text) for cell in block.cells or (block.span,)] for block in clause.blocks]
        assert [line.split("\t") for line in row.span.get_text().split("\n")] == (blocks or [[clause.text]])


@pytest.mark.parametrize("edition", LANGUAGES)
@pytest.mark.parametrize("name", structures.NAMES)
def test_akoma_ntoso_has_every_clause_with_its_mark_and_is_valid(name: str, edition: str) -> None:
    root = etree.fromstring(made(name)[1][f"data/statement.{edition}.xml"])
    akn_schema().assertValid(root)
    ids = [str(each) for each in root.xpath("//@eId")]
    assert len(ids) == len(set(ids))
    assert {str(each).removeprefix("#") for each in root.xpath("//a:ref/@href", namespaces=AKN)} <= set(ids)
    # What stands in a document's conclusions or attachments comes after its body, where notes are.
    wanted = sorted(marked(clause)[1:] for clause in edition_of(name, edition).statement.clauses)
    assert sorted(each[1:] for each in in_akn(name, edition)) == wanted
    own = edition_of(name, edition).statement
    headings = [
        tuple("".join(each.xpath(f"a:{part}//text()", namespaces=AKN)) for part in ("num", "heading"))
        for each in root.xpath("//*[a:heading]", namespaces=AKN)
    ]
    assert headings == [(each.printed.strip(BLANKS), each.title) for each in own.headings]


@pytest.mark.parametrize("name", structures.NAMES)
def test_articles_lists_tables_and_annexes_are_what_the_standard_calls_so(name: str) -> None:
    root = etree.fromstring(made(name)[1]["data/statement.zh-hans.xml"])
    clauses = made(name)[0][0].statement.clauses
    blocks = [block for clause in clauses for block in clause.blocks]

    def count(element: str) -> int:
        return len(root.findall(f".//a:{element}", AKN))

    assert count("article") == sum(clause.label.endswith("条") for clause in clauses)
    assert count("item") == sum(block.level > 0 for block in blocks)
    assert count("tr") == sum(bool(block.cells) for block in blocks)
    assert count("attachment") == len({clause.address.split(".")[0] for clause in clauses if "annex" in clause.address})


@pytest.mark.parametrize("edition", LANGUAGES)
@pytest.mark.parametrize("name", structures.NAMES)
def test_the_plain_text_is_the_text_with_its_own_marks(name: str, edition: str) -> None:
    assert texts(name, f"data/statement.{edition}.txt") == unparse(edition_of(name, edition).statement)
    if edition == "zh-hans" and not structures.read(name).structure.page_breaks:
        received = structures.read(name).text
        assert texts(name, "data/statement.zh-hans.txt").split() == received.split()


@pytest.mark.parametrize("name", structures.NAMES)
def test_json_fits_its_schema_and_has_paragraphs_and_headings(name: str) -> None:
    (source, *_), _ = made(name)
    whole = json.loads(texts(name, "data/statement.json"))
    validator().validate(whole)
    TypeAdapter[object](StatementData).validate_python(whole, strict=True)
    for clause, shape in zip(source.statement.clauses, whole["clauses"], strict=True):
        single = json.loads(texts(name, f"data/{clause.id}.json"))
        validator().validate(single)
        TypeAdapter[object](ClauseData).validate_python(single, strict=True)
        paragraphs = [text[each["start"] : each["end"]] for text in [clause.text] for each in shape["paragraphs"]]
        assert paragraphs == ([block.span.of(clause.text) for block in clause.blocks] or [clause.text])
        assert shape["labels"]["zh-hans"] == clause.label
        assert shape["address"] == f"../{clause.address}/"
    assert [(each["level"], each["clause"], each["titles"]["zh-hans"]) for each in whole["headings"]] == [
        (each.level, each.first, each.title) for each in source.statement.headings
    ]


def headings_in(page: Any) -> list[str]:
    return [each.get_text() for each in page.select("h2, h3, h4")]


@pytest.mark.parametrize("edition", LANGUAGES)
@pytest.mark.parametrize("name", structures.NAMES)
def test_headings_stand_at_their_levels_and_lists_and_tables_are_such(name: str, edition: str) -> None:
    own = edition_of(name, edition).statement
    wanted = [(f"h{each.level + 1}", each.whole) for each in own.headings]
    blocks = [block for clause in own.clauses for block in clause.blocks]
    assert [(each.name, each.get_text()) for each in book(name, edition).select("h2, h3, h4")] == wanted
    file = one_file(name, edition)
    assert [(each.name, each.get_text()) for each in file.select("h2, h3, h4")][: len(wanted)] == wanted
    for page in (book(name, edition), file):
        assert len(page.select("p.item")) == sum(block.level > 0 for block in blocks)
        assert len(page.select("tr")) == sum(bool(block.cells) for block in blocks)
        ids = [str(each["id"]) for each in page.select("[id]")]
        assert len(ids) == len(set(ids))
    made_document = document(name, edition)
    styles = [(each.style.name if each.style else "", each.text) for each in made_document.paragraphs]
    titles = [each for each in styles if each[0].startswith("Heading")]
    assert titles[: len(wanted)] == [(f"Heading {each.level}", each.whole) for each in own.headings]
    assert len([each for each in styles if each[0].startswith("List Level")]) == sum(
        block.level > 0 for block in blocks
    )
    assert sum(len(table.rows) for table in made_document.tables) == sum(bool(block.cells) for block in blocks)


@pytest.mark.parametrize("edition", LANGUAGES)
@pytest.mark.parametrize("name", structures.NAMES)
def test_links_in_every_format_lead_somewhere(name: str, edition: str) -> None:
    page = BeautifulSoup(texts(name, onefile.PATH), "html.parser")
    ids = {str(each["id"]) for each in page.select("[id]")}
    assert {str(each["href"])[1:] for each in page.select("a[href^='#']")} <= ids
    body = document(name, edition).element.body
    places = [str(each.get(f"{W}name")) for each in body.iter(f"{W}bookmarkStart")]
    assert len(places) == len(set(places))
    anchors = {each.get(f"{W}anchor") for each in body.iter(f"{W}hyperlink")}
    assert {anchor for anchor in anchors if anchor} <= set(places)


@pytest.mark.parametrize("name", structures.NAMES)
def test_a_note_is_linked_from_its_mark(name: str) -> None:
    clauses = made(name)[0][0].statement.clauses
    notes = [clause.id for clause in clauses if clause.id.startswith("note-")]
    for page, prefix in ((one_file(name, "zh-hans"), "zh-hans-"), (book(name, "zh-hans"), "")):
        assert [str(each["href"]) for each in page.select(".mark")] == [f"#{prefix}{each}" for each in notes]
    body = document(name, "zh-hans").element.body
    anchors = [each.get(f"{W}anchor") for each in body.iter(f"{W}hyperlink")]
    assert [each for each in anchors if each] == [word._bookmark(each) for each in notes]


@pytest.mark.parametrize("name", structures.NAMES)
def test_clauses_are_numbered_by_the_word_processor_only_where_numbers_are_plain(name: str) -> None:
    style = document(name, "zh-hans").styles[word.CLAUSE].element
    assert bool(list(style.iter(f"{W}numId"))) is not made(name)[0][0].statement.is_structured


def test_headings_within_a_part_stand_beside_its_clauses_in_the_table() -> None:
    rows = list(csv.DictReader(io.StringIO(texts("articles-in-chapters", "data/statement.csv").removeprefix("\ufeff"))))
    of: dict[int, Heading] = {
        each.first: each for each in made("articles-in-chapters")[0][0].statement.headings if each.level > 1
    }
    assert [row["headings within zh-hans"] for row in rows if int(row["clause"]) in of] == [
        each.whole for each in of.values()
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["articles-in-chapters", "table-and-notes"])
def test_epubcheck_finds_nothing_in_books_of_such_texts(name: str, tmp_path: Path) -> None:
    path = tmp_path / "statement.epub"
    path.write_bytes(made(name)[1][epub.PATH])
    assert epubcheck_of(path) == []


def test_fingerprints_are_those_of_the_texts() -> None:
    for name in structures.NAMES:
        for clause in json.loads(texts(name, "data/statement.json"))["clauses"]:
            for own in clause["texts"].values():
                assert own["sha256"] == data.fingerprint(own["text"]) == support.sha256(own["text"])
