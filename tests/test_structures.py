"""Structures: texts that are built otherwise than most, from the text to the pages and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
import structures
import support
from pages import read as read_page
from statement.convert import Converter, own_words
from statement.errors import InputError, Source
from statement.marks import BLANKS
from statement.model import Clause, Heading, Part, Structure
from statement.parse import fidelity_problems, parse, unparse

EDITIONS: dict[str, Callable[[str], str]] = {"zh-hans": str, "zh-hant": Converter(support.TRADITIONAL, ()).convert}


@pytest.fixture(scope="module", params=structures.NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def built(name: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return structures.site_of(tmp_path_factory, name)


def paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


@pytest.mark.parametrize("name", structures.NAMES)
def test_a_text_comes_back_from_its_statement(name: str) -> None:
    case = structures.read(name)
    made = structures.parsed(case)
    joined = case.text
    for words in case.structure.page_breaks:
        joined = joined.replace(f"{words}\n\n", words)
    assert paragraphs(unparse(made)) == paragraphs(joined)
    assert list(fidelity_problems(case.source, made)) == []


@pytest.mark.parametrize("name", structures.NAMES)
def test_every_clause_has_its_address_and_what_it_is_called(name: str) -> None:
    case = structures.read(name)
    made = structures.parsed(case)
    assert [clause.id for clause in made.clauses] == list(case.ids)
    assert [clause.label for clause in made.clauses] == list(case.labels)
    several = [clause for clause in made.clauses if clause.blocks]
    ids = [clause.block_id(index) for clause in several for index in range(len(clause.blocks))]
    # The first paragraph is where the clause is, unless it is an item.
    firsts = {clause.block_id(0) for clause in several if not clause.blocks[0].level}
    assert [each for each in ids if each not in firsts] == list(case.blocks)
    assert [heading.name for heading in made.headings if heading.level > 1] == list(case.headings)


@pytest.mark.parametrize("name", structures.NAMES)
def test_all_words_of_a_text_are_read_for_conversion_also_where_numbers_begin_anew(name: str) -> None:
    made = structures.parsed(structures.read(name))
    read = own_words(made)
    assert [own.text for own in read if own.what.startswith("heading")] == [each.title for each in made.headings]
    assert [own.text for own in read if own.what.startswith("the mark")] == [
        each.printed for each in made.clauses if each.mark
    ]
    assert [(own.clause, own.text) for own in read if own.clause] == [(each.number, each.text) for each in made.clauses]


@given(strategies.structured())
def test_any_text_comes_back_however_it_is_numbered(made: tuple[str, Structure]) -> None:
    text, structure = made
    statement = parse(Source("statement.txt", text), structure)
    assert unparse(statement) == text
    assert statement.repairs == ()
    addresses = [clause.address for clause in statement.clauses]
    assert len(addresses) == len(set(addresses))
    assert all(
        "".join(span.of(clause.text) for span in clause.sentences) == clause.text for clause in statement.clauses
    )


@settings(deadline=None)
@given(st.data())
def test_a_damaged_text_of_any_structure_is_refused_or_put_back_together(data: st.DataObject) -> None:
    text, structure = data.draw(strategies.structured())
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    source = Source("statement.txt", text[:start] + data.draw(st.text(max_size=5)) + text[end:])
    try:
        statement = parse(source, structure)
    except InputError:
        return
    assert list(fidelity_problems(source, statement)) == []


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_pages_have_the_text_as_the_original_has_it(name: str, edition: str, built: Path) -> None:
    case = structures.read(name)
    page = read_page(built, f"{edition}/full/")
    text = case.text
    for words in case.structure.page_breaks:
        text = text.replace(f"{words}\n\n", words)
    converted = [EDITIONS[edition](line) for line in paragraphs(text)]
    assert [tidy(line) for line in shown(page)] == [tidy(line) for line in joined_title(case, edition, converted)]


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_address_is_on_the_pages(name: str, edition: str, built: Path) -> None:
    case = structures.read(name)
    whole = {str(element["id"]) for element in read_page(built, f"{edition}/full/").select("article [id]")}
    parts = {
        str(element["id"])
        for theme in case.themes.themes
        for element in read_page(built, f"{edition}/{theme.slug}/").select("article [id]")
    }
    assert {*case.ids, *case.blocks, *case.headings} <= whole
    assert {*case.ids, *case.blocks, *case.headings} <= parts


@pytest.mark.slow
def test_every_clause_has_a_page_of_its_own_with_its_words_and_citations(name: str, built: Path) -> None:
    case = structures.read(name)
    for clause in structures.parsed(case).clauses:
        page = read_page(built, f"{clause.address}/")
        (section,) = page.select("#zh-hans")
        assert clause.label in section.get_text()
        assert "".join(element.get_text() for element in section.select(".clause span")) == clause.text
        plain = section.select_one('[data-kind="plain"]')
        assert plain
        assert clause.label in plain.get_text()
        assert clause.text in plain.get_text().replace("\n", "")


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS)
def test_lists_of_clauses_call_them_what_the_text_does(name: str, edition: str, built: Path) -> None:
    labels = [EDITIONS[edition](label) for label in structures.read(name).labels]
    rows = [each.get_text() for each in read_page(built, f"{edition}/").select("li .ordinal")]
    plain = [clause.is_plain for clause in structures.parsed(structures.read(name)).clauses]
    numbers = [
        str(number) if is_plain else label
        for number, (label, is_plain) in enumerate(zip(labels, plain, strict=True), 1)
    ]
    assert [number in row for number, row in zip(numbers, rows, strict=True)] == [True] * len(labels)
    ids = {f"#{clause.id}": clause.label for clause in structures.parsed(structures.read(name)).clauses}
    for link in read_page(built, f"{edition}/conversion/").select(".changes a"):
        label = EDITIONS[edition](ids["#" + str(link["href"]).partition("#")[2]])
        assert link.get_text() in (label, label.removeprefix("第").removesuffix("段"))


@pytest.mark.slow
def test_both_scripts_stand_side_by_side(name: str, built: Path) -> None:
    case = structures.read(name)
    page = read_page(built, "compare/")
    for edition, convert in EDITIONS.items():
        language = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}[edition]
        rows = page.select(f'.compare .clause[lang="{language}"]')
        texts = ["".join(span.get_text() for span in row.select("span:not(.heard)")) for row in rows]
        made = structures.parsed(case)
        assert texts == [convert(clause.text) for clause in made.clauses]
        breaks = [sum(max(0, len(block.cells) - 1) for block in clause.blocks) for clause in made.clauses]
        assert [len(row.select(".cell")) for row in rows] == breaks
        plain = (built / "compare" / "index.md").read_text("utf-8")
        for clause in made.clauses:
            for block in (block for block in clause.blocks if block.cells):
                assert " \\| ".join(convert(cell.of(clause.text)) for cell in block.cells) in plain
        headings = page.select(f'.compare__part[lang="{language}"]')
        assert [(each.name, each.get_text()) for each in headings] == [
            (f"h{heading.level + 1}", convert(heading.whole)) for heading in made.headings
        ]


def joined_title(case: structures.Case, edition: str, lines: list[str]) -> list[str]:
    """Return lines with those of the title put together, as the page has it."""
    title = EDITIONS[edition](case.particulars.title)
    while lines[0] != title:
        lines = [lines[0] + lines[1], *lines[2:]]
    return lines


def tidy(line: str) -> str:
    """Return a line without the blanks behind its mark, which the page shows as room, and between a table's cells."""
    return "".join(character for character in line if character not in BLANKS)


def shown(page: BeautifulSoup) -> Iterator[str]:
    """Yield the paragraphs of the page with the whole text as a reader sees them, the marks that are ours left out."""
    article = page.select_one("article")
    assert article
    for element in article.select("h1, h2, h3, h4, .dateline, .clause"):
        if "clause" not in (element.get("class") or []):
            yield element.get_text()
        else:
            yield from _clause(element)


def _clause(clause: Tag) -> Iterator[str]:
    number = clause.select_one(".number")
    assert number
    mark = "" if "ours" in (number.get("class") or []) else number.get_text()
    # Where nothing is declared, clauses are numbered with 1、, and the number stands by itself.
    mark += "、" if mark.isascii() and mark.isdigit() else ""
    blocks = clause.select("p, tr") or [clause]
    texts = ["".join(span.get_text() for span in block.select("span[id]") if not span.get("role")) for block in blocks]
    is_apart = "apart" in (number.get("class") or [])
    yield from [mark, *texts] if is_apart else [f"{mark}{texts[0]}", *texts[1:]]


@pytest.mark.parametrize("mark", ["第一章　", "第一章：", "第一章: ", "第一章、", "第一章 ："])
def test_a_part_is_a_chapter_whatever_stands_behind_its_mark(mark: str) -> None:
    heading = Heading("一", "总则", 1, mark=mark)
    assert Part("general", "总则", "", (Clause(1, "甲。", ()),), heading).is_chapter
