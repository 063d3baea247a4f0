"""Editions whose text is given: the Universal Declaration in English beside the Chinese ones, and made-up ones."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

import support
from publish import project as publishing
from publish import render
from publish.beside import rows
from publish.pages import contents
from statement import given, latin
from statement.errors import InputError, Source
from statement.inputs import Inputs
from statement.model import Edition, Structure
from statement.parse import parse, unparse
from test_errors import carry_out, read_case

FOLDER = support.ROOT / "examples" / "udhr"
GOLDEN = support.golden("udhr")["clauses"]
HAN = re.compile(r"[\u3400-\u9fff]")


@cache
def inputs() -> Inputs:
    return publishing.read(FOLDER)


@cache
def editions() -> tuple[Edition, Edition, Edition]:
    """Return the editions in Simplified and Traditional, and the one in English."""
    source, converted = publishing.editions(inputs())
    (english,) = given.editions(inputs(), (source, converted))
    return source, converted, english


@cache
def files() -> Mapping[str, str]:
    made = publishing.make(inputs()).files
    return {path: text for path, text in made.items() if isinstance(text, str)}


def base_with(folder: Path, name: str) -> Path:
    """Make the inputs of a case of bad input in a folder, and return the folder."""
    shutil.copytree(support.BASE, folder)
    carry_out(read_case(name), folder)
    return folder


def test_the_clauses_are_those_that_were_counted_in_another_way() -> None:
    source, _, english = editions()
    assert [clause.address for clause in source.statement.clauses] == [each["address"] for each in GOLDEN]
    for expected, one, other in zip(GOLDEN, source.statement.clauses, english.statement.clauses, strict=True):
        assert one.address == other.address
        assert [max(1, len(clause.blocks)) for clause in (one, other)] == [expected["paragraphs"]] * 2
        assert [len(clause.sentences) for clause in (one, other)] == expected["sentences"]
        pieces = [[block.span.of(c.text)[block.mark :] for block in c.blocks] or [c.text] for c in (one, other)]
        assert [pieces[0][0][:8], pieces[0][-1][-8:]] == expected["chinese"]
        first, last = pieces[1][0].split(), pieces[1][-1].split()
        assert [" ".join(first[:4]), " ".join(last[-3:])] == expected["english"]


def test_a_given_text_comes_back_from_its_parts() -> None:
    found = inputs().given["statement.en.txt"]
    assert unparse(editions()[2].statement) == found.source.text
    assert files()["data/statement.en.txt"] == found.source.text


def test_a_clause_is_called_as_its_text_calls_it() -> None:
    labels = [clause.label for clause in editions()[2].statement.clauses]
    assert labels == ["Preamble", *(f"Article {number}" for number in range(1, 31))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One. ", "Two! ", "Three? ", "Four"]),
        ("He said “no.” She left.", ["He said “no.” ", "She left."]),
        (
            "See Art. 5 and No. 7. Then J. S. Mill, e.g. On Liberty.",
            ["See Art. 5 and No. 7. ", "Then J. S. Mill, e.g. On Liberty."],
        ),
        ("It costs 1.5 dollars (see p. 3).", ["It costs 1.5 dollars (see p. 3)."]),
    ],
)
def test_a_sentence_ends_where_readers_of_english_say_it_does(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in latin.sentences(text)] == expected


def test_the_number_of_an_item_is_no_sentence() -> None:
    structure = Structure(
        numbering="1.", items=("(a)", "i."), paragraphs=True, date_line="none", paragraph_ends=(".", ":")
    )
    text = "Title\n\n1. We agree:\n\n(a) One. Two.\n\ni. Three.\n"
    (clause,) = latin.in_latin(parse(Source("statement.txt", text), structure)).clauses
    assert [span.of(clause.text) for span in clause.sentences] == ["We agree:", "(a) One. ", "Two.", "i. Three."]
    assert clause.label == "Paragraph 1"


def test_what_an_editor_changed_leads_back_to_the_file_as_it_was_received(tmp_path: Path) -> None:
    folder = tmp_path / "udhr"
    shutil.copytree(FOLDER, folder)
    support.replace(folder / "statement.toml", 'edited = "well-being"', 'edited = "well-bein"')
    with pytest.raises(InputError, match="original_sha256"):
        publishing.editions(publishing.read(folder))


def test_an_edition_with_its_own_text_has_no_pages_about_conversion_or_what_nobody_found_in_it() -> None:
    pages = {path.removeprefix("en/") for path in files() if path.startswith("en/") and path.endswith(".md")}
    slugs = {f"{part.slug}.md" for part in editions()[2].parts}
    assert pages == {"index.md", "full.md", "search.md", "about.md", "cite/index.md", "download/index.md", *slugs}
    assert "zh-hans/conversion/index.md" in files()


def test_no_page_in_english_has_a_word_in_chinese() -> None:
    ours = {path: text for path, text in files().items() if path.startswith("en/")}
    assert ours
    for path, text in ours.items():
        # Files and editions in Chinese are named in Chinese.
        said = re.sub(r'\[[^]]*\](?=[^[]* lang="zh)', "", text)
        data = json.loads(text) if path.endswith("search.json") else None
        shown = json.dumps(data["passages"], ensure_ascii=False) if data else said
        assert not HAN.search(shown), path
    site = json.loads(files()[render.SITE])
    words = {**site["extra"]["editions"]["en"], "menu": []}
    assert not HAN.search(json.dumps(words, ensure_ascii=False))


@pytest.mark.parametrize("name", ["interface.json", "words.json"])
def test_an_interface_has_the_words_that_the_other_has(name: str) -> None:
    if name == "words.json":
        own, other = (json.loads(files()[f"{edition}/words.json"]) for edition in ("en", "zh-hans"))
    else:
        said = json.loads(files()[render.SITE])["extra"]["editions"]
        own, other = said["en"], said["zh-hans"]
    assert keys(own) == keys(other)


def keys(data: Mapping[str, Any]) -> set[str]:
    """Return the paths of all texts in data."""
    inner = {f"{key}.{path}" for key, value in data.items() if isinstance(value, dict) for path in keys(value)}
    return {*data, *inner}


def test_an_interface_that_is_not_complete_or_has_words_in_chinese_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(publishing.TEMPLATES, templates)
    (templates / "en" / "theme.md.jinja").unlink()
    support.replace(templates / "en" / "cite.md.jinja", "# Citing", "# 引用")
    monkeypatch.setattr(publishing, "TEMPLATES", templates)
    folder = templates.as_posix()
    assert [str(problem) for problem in publishing.interface_problems(inputs())] == [
        f"{folder}/en/theme.md.jinja:1:1: no such file; an edition in this language needs it",
        f"{folder}/en/cite.md.jinja:10:3: a word in Chinese; write it in the language of the edition",
    ]


def test_citations_are_of_the_text_of_the_edition() -> None:
    page = files()["en/cite/index.md"]
    assert "United Nations General Assembly. (2025, March 21). Universal Declaration of Human Rights." in page
    assert "“Universal Declaration of Human Rights,” UDHR in Unicode, March 21, 2025" in page
    record = json.loads(files()["data/citations/en/p7.json"])[0]
    assert (record["language"], record["note"]) == ("en", "Article 7")
    assert record["custom"]["quotation"] == editions()[2].statement.clauses[7].text
    assert "translated-title" not in record["custom"]
    assert "langid = {english}" in files()["data/citations/en/p7.bib"]


def test_a_clause_s_page_has_it_in_every_edition_each_in_its_language() -> None:
    page = BeautifulSoup(contents(files()["11/index.md"]), "html.parser")
    sections = page.select("section[id]")
    assert [(each["id"], each["lang"]) for each in sections] == [
        ("zh-hans", "zh-Hans"),
        ("zh-hant", "zh-Hant"),
        ("en", "en"),
    ]
    for section, edition in zip(sections, editions(), strict=True):
        clause = section.select_one(".clause")
        assert clause
        assert clause.get_text() == edition.statement.clauses[11].text


def test_columns_have_each_clause_once_and_no_marks_between_texts_of_their_own() -> None:
    page = BeautifulSoup(contents(files()["compare/index.md"]), "html.parser")
    for edition in editions():
        column = page.select(f'p.clause[lang="{edition.settings.language}"]')
        assert [each["data-number"] for each in column] == [clause.address for clause in edition.statement.clauses]
        for cell, clause in zip(column, edition.statement.clauses, strict=True):
            texts = [span.get_text() for span in cell.select("span:not(.heard):not(.number)")]
            assert "".join(texts) == clause.text
    assert page.select('p.clause[lang="zh-Hant"] .differs')
    assert not page.select('p.clause[lang="en"] .differs, p.clause[lang="en"] .heard')


def test_the_search_of_an_edition_has_its_own_text_only() -> None:
    data = json.loads(files()["en/search.json"])
    assert data["words"] is True
    assert (data["other"], data["pinyin"], data["names"]) == ("", {}, [])
    assert [each["text"] for each in data["passages"] if "number" in each] == [
        clause.text for clause in editions()[2].statement.clauses
    ]
    assert "words" not in json.loads(files()["zh-hans/search.json"])


def test_a_difference_that_an_editor_has_confirmed_is_shown(tmp_path: Path) -> None:
    folder = base_with(tmp_path / "inputs", "given-clause-missing")
    with (folder / "statement.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[editions.given.differences]]\nclause = 3\nreason = "英文本没有这一段。"\n')
    made = {
        path: text for path, text in publishing.make(publishing.read(folder)).files.items() if isinstance(text, str)
    }
    assert "英文本没有这一段。" in made["compare/index.md"]
    assert "Missing here: clause 3." in made["en/about.md"]
    assert 'id="en"' not in made["3/index.md"]
    assert 'id="en"' in made["4/index.md"]
    assert "#p4" in made["en/recovery.md"]


def test_a_clause_that_only_a_given_text_has_has_a_row_of_its_own(tmp_path: Path) -> None:
    folder = base_with(tmp_path / "inputs", "given-clause-more")
    with (folder / "statement.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[editions.given.differences]]\nclause = 5\nreason = "只有英文本有。"\n')
    found = publishing.read(folder)
    made = publishing.editions(found)
    own = given.editions(found, made)
    *_, last = rows(made[0], own, tuple(render.rows(made)))
    assert [[cell.clause.text if cell.clause else "" for cell in cells] for cells in last.further] == [
        ["We meet again."]
    ]
    page = publishing.make(found).files["compare/index.md"]
    assert isinstance(page, str)
    assert "We meet again." in page
    assert "只有英文本有。" in page


def test_sentences_that_are_divided_otherwise_are_told_of(tmp_path: Path) -> None:
    folder = base_with(tmp_path / "inputs", "given-edit-nowhere")
    text = (folder / "statement.en.txt").read_text("utf-8").replace("operation. We", "operation; we")
    (folder / "statement.en.txt").write_text(text, "utf-8")
    said = tomllib.loads((folder / "statement.toml").read_text("utf-8"))
    # Without the edit of the case, and with the checksum of the text as it is now.
    lines = (folder / "statement.toml").read_text("utf-8").split("[[editions.given.edits]]")[0]
    lines = lines.replace('original_sha256 = "' + "3" * 64 + '"\n', "")
    lines = lines.replace(said["editions"][2]["given"]["sha256"], support.sha256(text))
    (folder / "statement.toml").write_text(lines, "utf-8")
    found = publishing.read(folder)
    made = publishing.editions(found)
    (english,) = given.editions(found, made)
    assert [clause.address for clause in given.apart(made[0].statement, english)] == ["1"]
    assert "[Paragraph 1](preamble.md#p1)" in str(publishing.make(found).files["en/about.md"])


def test_an_official_text_in_the_other_script_has_the_interface_of_that_script(tmp_path: Path) -> None:
    folder = tmp_path / "inputs"
    shutil.copytree(support.BASE, folder)
    text = support.cases("given")["traditional"]
    (folder / "statement.hant.txt").write_text(text, "utf-8")
    path = folder / "statement.toml"
    support.replace(path, 'converter = "s2tw"\n', 'converter = ""\ntext = "statement.hant.txt"\n')
    with path.open("a", encoding="utf-8") as file:
        file.write(
            '\n[editions.given]\ntitle = "合作會議聲明"\nkind = "聲明"\ndate_line = "none"\n'
            f'sha256 = "{support.sha256(text)}"\n\n[[editions.given.themes]]\nslug = "preamble"\ntitle = "序言"\n'
        )
    (folder / "conversion.toml").write_text("", "utf-8")
    support.vouch(folder)
    made = {
        path: text for path, text in publishing.make(publishing.read(folder)).files.items() if isinstance(text, str)
    }
    assert text.splitlines()[-3].partition("、")[2] in made["zh-hant/recovery.md"]
    assert "搜尋" in made["zh-hant/search.md"]
    assert "轉換" not in made["zh-hant/about.md"].replace("不是轉換而來", "")
    assert "zh-hant/conversion/index.md" not in made
    assert "zh-hans/conversion/index.md" not in made
    assert "differs" not in made["compare/index.md"]
    assert "words" not in json.loads(made["zh-hant/search.json"])
