"""What there is to take away of an edition whose text is given, what programs are told of it, and what only it has."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import docx
import feedparser
import pytest
from bs4 import BeautifulSoup
from lxml import etree
from pydantic import TypeAdapter

import support
import test_structured_formats as formats
from publish import data, epub, machines, onefile, paper, render
from publish import project as publishing
from publish.formats import WORD
from publish.pages import contents
from publish.place import place
from publish.shapes import ClauseData, StatementData
from statement.model import Edition
from support import ADDRESS
from tagged import Document
from test_data import AKN, akn_schema, validator
from test_formats import epubcheck_of
from test_given import FOLDER, GOLDEN, HAN, base_with, editions
from test_machines import SEARCH

pytestmark = pytest.mark.slow
"""What there is to take away takes long to make."""

NAME = "examples/udhr"
EDITION = "en"
# The marks of clauses in the file; what stands before the first of them is the title.
_MARK = re.compile(r"(?:Preamble|Article ([0-9]+))")


@cache
def read() -> list[tuple[str, str, str]]:
    """Return the clauses as they stand in the file: of each its id, its mark and its lines, put together."""
    found: list[tuple[str, str, str]] = []
    for line in (FOLDER / "statement.en.txt").read_text("utf-8").splitlines():
        if match := _MARK.fullmatch(line):
            found.append((f"p{match[1]}", line, "") if match[1] else ("preamble", "", ""))
        elif found:
            id_, mark, text = found[-1]
            found[-1] = (id_, mark, text + line)
    return found


@cache
def made() -> Mapping[str, str | bytes]:
    """Return every file of the example on a site that knows its address."""
    return publishing.make(publishing.read(FOLDER), place(ADDRESS)).files


@cache
def more(folder: Path) -> Mapping[str, str | bytes]:
    """Return every file of a statement in a folder on such a site."""
    return publishing.make(publishing.read(folder), place(ADDRESS)).files


def text(path: str) -> str:
    found = made()[path]
    return found if isinstance(found, str) else found.decode("utf-8")


def with_own(tmp_path: Path, first: str = "") -> Path:
    """Return a statement with a clause that only the English text has, behind the others or before them."""
    folder = base_with(tmp_path / "inputs", "given-clause-more")
    path = folder / "statement.toml"
    number = "5"
    if first:
        received = (folder / "statement.en.txt").read_text("utf-8")
        english = re.sub(r"\n5\. .*\n", "", received).replace("\n\n1. ", f"\n\n{first}\n\n1. ")
        (folder / "statement.en.txt").write_text(english, "utf-8")
        support.replace(path, support.sha256(received), support.sha256(english))
        support.replace(path, 'numbering = "1."\n', 'numbering = "1."\npreamble = true\n')
        number = '"preamble"'
        for name in ("themes.toml", "statement.toml"):
            support.replace(folder / name, 'slug = "preamble"', 'slug = "opening"')
    with path.open("a", encoding="utf-8") as file:
        file.write(f'\n[[editions.given.differences]]\nclause = {number}\nreason = "只有英文本有。"\n')
    return folder


def test_the_clauses_in_the_file_are_those_that_were_counted_in_another_way() -> None:
    assert [id_.removeprefix("p") if id_[1:].isdigit() else id_ for id_, *_ in read()] == [
        each["address"] for each in GOLDEN
    ]
    for (_, _, own), expected in zip(read(), GOLDEN, strict=True):
        assert " ".join(own.split()[-3:]) == expected["english"][1]


@pytest.mark.parametrize("kind", formats.FORMATS)
def test_every_clause_is_in_every_format_as_it_stands_in_the_file(kind: str) -> None:
    found = formats.FORMATS[kind](NAME, EDITION)
    # Pages have a sign of ours where the text has no mark.
    assert [(id_, mark.strip("¶"), own) for id_, mark, own in found] == read()


def test_the_comparison_in_the_one_file_has_every_clause_of_every_edition() -> None:
    for edition in editions():
        wanted = [(clause.id, clause.text) for clause in edition.statement.clauses]
        assert [(id_, own) for id_, _, own in formats.in_comparison(NAME, edition.id)] == wanted


def test_akoma_ntoso_is_an_expression_of_the_same_work_in_its_language() -> None:
    works = set()
    for edition in editions():
        root = etree.fromstring(made()[f"data/statement.{edition.id}.xml"])
        akn_schema().assertValid(root)
        works.add(etree.tostring(root.find(".//a:FRBRWork", AKN)))
        (language,) = root.findall(".//a:FRBRlanguage", AKN)
        assert language.get("language") == edition.settings.language
    assert len(works) == 1
    assert sorted(own for _, _, own in formats.in_akn(NAME, EDITION)) == sorted(own for _, _, own in read())
    expression = root.find(".//a:FRBRExpression/a:FRBRuri", AKN).get("value")
    assert expression.endswith(f"/eng@{edition.particulars.published.date().isoformat()}")
    assert root.findall(".//a:FRBRtranslation", AKN) == []
    assert len(root.findall(".//a:article", AKN)) == len(read()) - 1
    assert root.find("a:statement", AKN).get("name") == "declaration"


def test_the_data_have_the_text_apart_with_offsets_of_its_own_and_fit_the_schema() -> None:
    whole = json.loads(text("data/statement.json"))
    validator().validate(whole)
    TypeAdapter[object](StatementData).validate_python(whole, strict=True)
    (own,) = whole["given"]
    english = editions()[2]
    assert [each["id"] for each in whole["editions"]] == [each.id for each in editions()[:2]]
    assert (own["id"], own["language"], own["converted"], own["differences"]) == (EDITION, "en", False, [])
    assert own["received"] == english.particulars.sha256
    assert [each["title"] for each in own["themes"]] == [part.title for part in english.parts]
    for each, clause in zip(own["clauses"], english.statement.clauses, strict=True):
        words = each["text"]["text"]
        assert each["text"]["sha256"] == data.fingerprint(clause.text)
        assert [words[span["start"] : span["end"]] for span in each["sentences"]] == [
            span.of(clause.text) for span in clause.sentences
        ]
        assert "".join(words[span["start"] : span["end"]] for span in each["paragraphs"]) == words
        single = json.loads(text(f"data/{clause.id}.json"))
        validator().validate(single)
        TypeAdapter[object](ClauseData).validate_python(single, strict=True)
        assert single["given"] == {EDITION: each}
        assert single["titles"][EDITION] == english.particulars.title
        page, _, fragment = each["text"]["address"].removeprefix(ADDRESS).partition("#")
        assert f'id="{fragment}"' in text(f"{page.removesuffix('/')}.md") or f"#{fragment}" in text(f"{page[:-1]}.md")


def test_the_table_has_the_text_in_columns_of_its_own_behind_the_others() -> None:
    header, *rows = csv.reader(io.StringIO(text("data/statement.csv").removeprefix("\ufeff"), newline=""), strict=True)
    others = list(data._clause_rows(editions()[:2]))
    assert [row[: len(others[0])] for row in (header, *rows)] == [[str(cell) for cell in row] for row in others]
    kinds = ("label", "printed", "headings within", "paragraphs")
    assert header[len(others[0]) :] == ["heading en", "en", "sha256 en", *(f"{kind} en" for kind in kinds)]
    assert [row[header.index("sha256 en")] for row in rows] == [data.fingerprint(own) for _, _, own in read()]


def test_a_program_is_told_of_the_text_in_its_language() -> None:
    found = feedparser.parse(text(f"{EDITION}/{machines.FEED}").encode("utf-8"))
    assert not found.bozo
    assert found.feed.language == "en"
    english = editions()[2].particulars
    assert found.entries[0].title == english.title
    assert len(found.entries) == 1 + len(english.edits)
    for entry, edit in zip(found.entries[1:], english.edits, strict=True):
        assert edit.original.strip() in entry.summary
        assert edit.reason in entry.summary
    others = feedparser.parse(text(f"zh-hans/{machines.FEED}").encode("utf-8"))
    assert not {each.id for each in found.entries} & {each.id for each in others.entries}
    document = etree.fromstring(text(f"{EDITION}/{machines.SEARCH}").encode("utf-8"))
    assert 0 < len(document.findtext("o:ShortName", namespaces=SEARCH)) <= 16
    assert document.find("o:Url", SEARCH).get("template") == f"{ADDRESS}en/search/?q={{searchTerms}}"


def test_a_page_for_frames_has_the_clause_in_every_edition() -> None:
    for id_, _, _ in read():
        address = id_.removeprefix("p") if id_[1:].isdigit() else id_
        page = BeautifulSoup(text(f"embed/{address}/index.html"), "html.parser")
        sections = page.select("section")
        assert [each["lang"] for each in sections] == [each.settings.language for each in editions()]
        for section, edition in zip(sections, editions(), strict=True):
            (clause,) = (each for each in edition.statement.clauses if each.id == id_)
            spans = "".join(each.get_text() for each in section.select(".clause span"))
            assert spans == clause.text
    assert len(page.select("h1")) == 1


def chinese(found: str) -> list[str]:
    """Return the lines that have Chinese in them, or a mark of Chinese."""
    return [line for line in found.splitlines() if HAN.search(line) or re.search("[\u3000-\u303f\uff00-\uffef]", line)]


def test_what_is_taken_away_in_english_has_no_word_in_chinese() -> None:
    english = editions()[2]
    document = docx.Document(io.BytesIO(formats.made(NAME)[1][WORD.format(edition=EDITION)]))
    assert chinese("\n".join(each.text for each in document.paragraphs)) == []
    with zipfile.ZipFile(io.BytesIO(formats.made(NAME)[1][epub.PATH])) as files:
        for name in ("en", "en-about"):
            assert chinese(files.read(f"EPUB/{name}.xhtml").decode("utf-8")) == []
        contents = BeautifulSoup(files.read("EPUB/nav.xhtml"), "xml").find_all("li", {"lang": "en"})
        assert len(contents) == 1
        assert chinese(contents[0].get_text("\n")) == []
    for size in paper.SIZES:
        support.need_pdf(paper.path(english, size), formats.made(NAME)[1])
        pages = Document(formats.made(NAME)[1][paper.path(english, size)])
        assert chinese("\n".join(f"{called} {shown} {own}" for _, called, shown, own in pages.headings)) == []
        assert str(pages.root.Lang) == "en-US"
    page = BeautifulSoup(text(onefile.PATH), "html.parser")
    (sheet,) = page.select("div.edition[lang=en]")
    for each in sheet.select("[lang^=zh]"):
        each.decompose()
    assert chinese(sheet.get_text("\n")) == []
    for path in (f"en/{machines.FEED}", f"en/{machines.SEARCH}", f"data/statement.{EDITION}.xml"):
        assert [line for line in chinese(text(path)) if "FRBRname" not in line and "FRBRalias" not in line] == [], path


def test_templates_that_all_languages_have_are_without_words() -> None:
    for name in render.SHARED:
        source = (publishing.TEMPLATES / f"{name}.jinja").read_text("utf-8")
        assert not HAN.search(source), name
        # Brackets and the like that are looked for in marks of notes are none of the page's.
        assert not re.search("[，。；：！？「」『』《》　]", source), name


def test_every_file_is_listed_with_its_size_and_its_fingerprint_in_every_edition() -> None:
    sums = {line.split("  ")[1] for line in text(data.SUMS).splitlines()}
    files = {path.removeprefix("data/") for path in made() if path.startswith("data/") and path != data.SUMS}
    assert sums == files
    singles = {f"{clause.id}.json" for clause in editions()[0].statement.clauses}
    wanted = {path for path in files if not path.startswith("citations/")} - singles
    for edition in editions():
        page = text(f"{edition.id}/download/index.md")
        linked = set(re.findall(r"\]\(\.\./\.\./data/([^)]+)\)", page))
        assert wanted <= linked, edition.id
        sizes = dict(re.findall(r"\]\(\.\./\.\./data/([^)]+)\)\{[^}]*\} <small>([^<]+)</small>", page))
        assert wanted <= set(sizes)
        assert set(re.findall(r"<dt>([^<]+\.[a-z]+)</dt>", page)) >= wanted


@pytest.mark.slow
def test_epubcheck_finds_nothing_in_the_book(tmp_path: Path) -> None:
    path = tmp_path / "statement.epub"
    path.write_bytes(formats.made(NAME)[1][epub.PATH])
    assert epubcheck_of(path) == []


@pytest.mark.slow
def test_libreoffice_reads_the_document_as_the_text_has_it(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not there; install it with `apt-get install libreoffice-writer-nogui`")
    path = tmp_path / "statement.docx"
    path.write_bytes(formats.made(NAME)[1][WORD.format(edition=EDITION)])
    options = [f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    target = ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(path)]
    subprocess.run([office, *options, *target], check=True, capture_output=True, timeout=300)
    found = [line for line in (tmp_path / "statement.txt").read_text("utf-8-sig").split("\n") if line]
    wanted = [line for line in (FOLDER / "statement.en.txt").read_text("utf-8").split("\n") if line]
    assert found[: len(wanted)] == wanted


def own(tmp_path: Path, first: str = "") -> tuple[Mapping[str, Any], Edition]:
    folder = with_own(tmp_path, first)
    read = publishing.read(folder)
    files = more(folder)
    (english,) = publishing.site_of(read, publishing.editions(read), wanted=frozenset()).given
    return files, english.edition


def test_a_clause_that_only_a_given_text_has_has_a_page_a_frame_a_file_and_citations(tmp_path: Path) -> None:
    files, english = own(tmp_path)
    clause, slug = english.statement.clauses[-1], english.parts[-1].slug
    assert f'lacking: ["zh-hans", "zh-hant"]\npart: {slug}/\nspeaks: en\n' in files["5/index.md"]
    page = BeautifulSoup(contents(files["5/index.md"]), "html.parser")
    (section,) = page.select("section[id]")
    assert (section["id"], section["lang"]) == ("en", "en")
    assert [each.get_text() for each in section.select("h1, .clause")] == [clause.label, clause.text]
    assert [each["href"] for each in section.select(".turn a")] == ["../4/"]
    assert [each["href"] for each in section.select(".buttons a")] == [f"../en/{slug}/#p5", "../compare/#p5"]
    # The clause before it leads on to it in the text that has it, and in no other.
    before = BeautifulSoup(contents(files["4/index.md"]), "html.parser")
    assert [len(each.select("a[rel=next]")) for each in before.select("section[id]")] == [0, 0, 1]
    compared = BeautifulSoup(contents(files["compare/index.md"]), "html.parser")
    assert [each["data-number"] for each in compared.select("#p5")] == ["5"]
    frame = BeautifulSoup(files["embed/5/index.html"], "html.parser")
    assert [str(each["lang"]) for each in frame.select("html")] == ["en"]
    assert [each.get_text() for each in frame.select(".clause")] == [clause.text]
    assert json.loads(files["5/oembed.json"])["title"] == f"{english.particulars.title}, {clause.label}"
    single = json.loads(files["data/p5.json"])
    validator().validate(single)
    assert "clause" not in single
    assert single["given"]["en"]["text"]["text"] == clause.text
    whole = json.loads(files["data/statement.json"])
    validator().validate(whole)
    assert whole["given"][0]["differences"] == [{"id": "p5", "only": "given", "reason": "只有英文本有。"}]
    rows = list(csv.DictReader(io.StringIO(files["data/statement.csv"].removeprefix("\ufeff"), newline="")))
    assert [(row["clause"], row["part"], row["id"], row["zh-hans"], row["en"]) for row in rows[-1:]] == [
        ("", slug, "p5", "", clause.text)
    ]
    assert "(https://host.example/5/index.md)" in files["llms.txt"].replace(ADDRESS, "https://host.example/")
    assert f"{ADDRESS}5&#47;" in files["sitemap.xml"]
    assert "data/citations/en/p5.bib" in files
    assert '<a href="../../5/#en-cite">' in files["en/cite/index.md"]


def test_a_clause_before_all_others_that_only_a_given_text_has_is_compared_first(tmp_path: Path) -> None:
    files, english = own(tmp_path, "We met.")
    assert english.statement.clauses[0].address == "preamble"
    page = BeautifulSoup(contents(files["compare/index.md"]), "html.parser")
    assert [each["data-number"] for each in page.select("p.clause")][:2] == ["preamble", "1"]
    assert page.select("#preamble")[0].get_text().endswith("We met.")
    sheet = BeautifulSoup(files["data/statement.html"], "html.parser")
    assert [each["data-number"] for each in sheet.select(".compare .clause")][:2] == ["preamble", "1"]
    rows = list(csv.DictReader(io.StringIO(files["data/statement.csv"].removeprefix("\ufeff"), newline="")))
    assert [row["id"] for row in rows] == ["preamble", "p1", "p2", "p3", "p4"]
