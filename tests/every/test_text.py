"""What is true of the site of every statement: its text, its addresses, its links, and what one takes away."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import etree

import test_structured_formats as formats
from bench import corpus
from every.statements import READ, TEXTS, Page, Text, clauses, pages
from publish import data
from publish import project as publishing
from publish.pages import KEPT
from statement.model import Edition
from statement.parse import fidelity_problems, unparse
from test_data import akn_schema, validator

EDITIONS = [pytest.param(text, each, id=f"{text.name} {each.id}") for text in TEXTS for each in text.editions]
LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\([^)]*\)")
HOST = "https://host.example/"


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_statement_is_the_text_received(text: Text) -> None:
    read = publishing.read(text.folder)
    assert read.statement
    assert read.particulars
    assert list(fidelity_problems(read.statement, text.editions[0].statement)) == []
    assert hashlib.sha256(read.data).hexdigest() == read.particulars.value.sha256


if READ:
    # What nobody has read is named at the head of the run.
    @pytest.mark.parametrize(("text", "edition"), READ, ids=[f"{text.name} {each.id}" for text, each in READ])
    def test_an_edition_is_what_a_person_has_read(text: Text, edition: Edition) -> None:
        assert unparse(edition.statement) == (text.golden / f"statement.{edition.id}.txt").read_text("utf-8")


def test_every_character_stands_where_its_source_stands(text: Text) -> None:
    first, *others = ([clause.text for clause in edition.statement.clauses] for edition in text.scripts)
    assert all([len(each) for each in other] == [len(each) for each in first] for other in others)


def test_the_clauses_taken_back_out_of_the_pages_are_those_of_the_text(text: Text, text_site: Path) -> None:
    found = pages(text_site)
    for edition in text.editions:
        wanted = [(clause.id, clause.text) for clause in edition.statement.clauses]
        assert clauses(found[f"{edition.id}/full/index.html"]) == wanted
        parts = [clauses(found[f"{edition.id}/{part.slug}/index.html"]) for part in edition.parts]
        assert [each for part in parts for each in part] == wanted
        title = found[f"{edition.id}/full/index.html"].root.xpath("string(//h1)")
        assert squeezed(title) == squeezed(edition.statement.title)


def test_each_clause_has_a_page_with_its_text_in_every_script(text: Text, text_site: Path) -> None:
    for edition in text.editions:
        for clause in edition.statement.clauses:
            page = squeezed(pages(text_site)[f"{clause.address}/index.html"].root.xpath("string(//main)"))
            assert squeezed(clause.text) in page, (edition.id, clause.address)
            frame = pages(text_site)[f"embed/{clause.address}/index.html"]
            sections = frame.root.xpath(f"//section[@lang='{edition.settings.language}']")
            assert [squeezed(clause.text) in squeezed(each.xpath("string()")) for each in sections] == [True]


def test_every_sentence_has_its_address_on_the_page_of_its_part_and_on_that_of_all(text: Text, text_site: Path) -> None:
    for edition in text.editions:
        whole = pages(text_site)[f"{edition.id}/full/index.html"].ids
        for part in edition.parts:
            own = pages(text_site)[f"{edition.id}/{part.slug}/index.html"].ids
            wanted = {clause.sentence_id(index) for clause in part.clauses for index in range(len(clause.sentences))}
            assert wanted <= set(own)
            assert wanted <= set(whole)


def test_no_page_has_an_id_twice_and_each_has_one_heading_a_language_and_a_title_of_its_own(
    text_site: Path,
) -> None:
    titles: dict[tuple[str, str], str] = {}
    for path, page in pages(text_site).items():
        if path.startswith("data/"):
            continue
        assert len(page.ids) == len(set(page.ids)), path
        assert page.root.get("lang"), path
        if page.root.xpath("//meta[@name='robots'] | //meta[@http-equiv='refresh']") or path.startswith("embed/"):
            continue
        assert len(page.root.xpath("//h1")) == 1, path
        title = (page.root.get("lang"), page.root.xpath("string(//title)"))
        assert titles.setdefault(title, path) == path


def leads_nowhere(site: Path, page: Page, link: str) -> bool:
    """Return whether a relative link of a page leads to no file, or to no place on a page."""
    parts = urlsplit(urljoin(f"{HOST}{page.path.removesuffix('index.html')}", link))
    path = unquote(parts.path)[1:]
    file = f"{path}index.html" if path == "" or path.endswith("/") else path
    if not (site / file).is_file():
        return True
    # A place among the characters of a clause has no element of its own.
    place = unquote(parts.fragment)
    is_page = file.endswith(".html") and place and ":" not in place and "=" not in place
    return bool(is_page and place not in pages(site)[file].ids)


def test_every_link_leads_to_something(text_site: Path) -> None:
    broken = [
        f"{path}: {link}"
        for path, page in pages(text_site).items()
        if path != "404.html" and not path.startswith("data/")
        for link in page.links
        if not urlsplit(link).scheme and leads_nowhere(text_site, page, link)
    ]
    assert broken == []


def test_no_page_loads_anything_from_elsewhere_or_has_a_script_or_a_style_within(text_site: Path) -> None:
    for path, page in pages(text_site).items():
        loaded = page.root.xpath("//script/@src | //img/@src | //link[@rel='stylesheet' or @rel='icon']/@href")
        assert not [each for each in loaded if urlsplit(each).scheme not in ("", "data")], path
        if path != "404.html" and not path.startswith("data/"):
            assert page.root.xpath("//style | //*[@style] | //script[not(@src or @type='application/ld+json')]") == []


def test_the_names_of_parts_are_not_the_site_s_own(text: Text) -> None:
    assert not {f"{part.slug}/" for part in text.editions[0].parts} & set(KEPT)


@pytest.mark.parametrize("kind", formats.FORMATS)
@pytest.mark.parametrize(("text", "edition"), EDITIONS)
def test_every_clause_is_in_every_format_with_its_id_and_its_mark(text: Text, edition: Edition, kind: str) -> None:
    wanted = [formats.marked(clause) for clause in edition.statement.clauses]
    found = formats.FORMATS[kind](text.name, edition.id)
    if kind in ("one file", "epub", "pdf", "pdf for a phone"):
        # Where the text has no number a sign of ours stands, and 、 is left out.
        wanted, found = (
            [(id_, mark.removesuffix("、") if mark[:1].isdigit() else mark, own) for id_, mark, own in each]
            for each in (wanted, found)
        )
    assert found == wanted


@pytest.mark.parametrize(("text", "edition"), EDITIONS)
def test_akoma_ntoso_is_valid_and_has_every_clause(text: Text, edition: Edition) -> None:
    root = etree.fromstring(formats.made(text.name)[1][f"data/statement.{edition.id}.xml"])
    akn_schema().assertValid(root)
    wanted = sorted(formats.marked(clause)[1:] for clause in edition.statement.clauses)
    assert sorted(each[1:] for each in formats.in_akn(text.name, edition.id)) == wanted


@pytest.mark.parametrize(("text", "edition"), EDITIONS)
def test_the_plain_text_is_the_text(text: Text, edition: Edition) -> None:
    # What stands below a preview is nothing of the text.
    own = dataclasses.replace(edition.statement, notice="", address="")
    assert formats.texts(text.name, f"data/statement.{edition.id}.txt") == unparse(own)


def test_the_data_fit_their_schema_and_what_is_marked_is_there(text: Text) -> None:
    whole = json.loads(formats.texts(text.name, "data/statement.json"))
    validator().validate(whole)
    for clause in whole["clauses"]:
        validator().validate(json.loads(formats.texts(text.name, f"data/{clause['id']}.json")))
        for own in clause["texts"].values():
            assert own["sha256"] == data.fingerprint(own["text"])
    for each in whole.get("given", []):
        for clause in each["clauses"]:
            own = clause["text"]["text"]
            assert clause["text"]["sha256"] == data.fingerprint(own)
            for kind in ("sentences", "paragraphs"):
                assert "".join(own[span["start"] : span["end"]] for span in clause[kind]) == own


def test_the_checksums_are_those_of_the_files(text_site: Path) -> None:
    lines = (text_site / "data" / "SHA256SUMS").read_text("utf-8").splitlines()
    assert len(lines) > 10
    for line in lines:
        digest, name = line.split(maxsplit=1)
        assert hashlib.sha256((text_site / "data" / name.lstrip("*")).read_bytes()).hexdigest() == digest, name


def test_a_term_s_page_leads_to_sentences_that_name_it(text: Text, text_site: Path) -> None:
    for edition in text.editions:
        sentences = {
            clause.sentence_id(index): span.of(clause.text)
            for clause in edition.statement.clauses
            for index, span in enumerate(clause.sentences)
        }
        for term in edition.terms:
            page = pages(text_site)[f"{edition.id}/terms/{term.id}/index.html"]
            named = [str(link).partition("#")[2] for link in page.root.xpath("//p[@class='passage__place']/a/@href")]
            found = [sentences[place] for place in named if place in sentences]
            assert all(any(form in sentence for form in term.forms) for sentence in found), term.id
            assert found or any(form in part.full_title for part in edition.parts for form in term.forms), term.id


def test_beside_each_page_lies_what_it_says_as_markdown(text: Text, text_site: Path) -> None:
    for edition in text.editions:
        plain = LINK.sub(r"\1", (text_site / edition.id / "full" / "index.md").read_text("utf-8"))
        said = corpus.stripped(plain.replace("|", ""))
        for clause in edition.statement.clauses:
            pieces = [span.of(clause.text) for span in clause.sentences]
            assert [piece for piece in pieces if corpus.stripped(piece) not in said] == []
