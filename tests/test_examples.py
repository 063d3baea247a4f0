"""The examples: they are sound, show what a text may have, and become sites with the text as it is, in both scripts."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import support
from conftest import make_once
from pages import read as read_page
from publish import paper
from publish import project as publishing
from statement import given
from statement.convert import text_converter
from statement.model import Edition
from tagged import Document
from test_structures import paragraphs, shown, tidy

FOLDER = support.ROOT / "examples"
# A library of several has tests of its own.
NAMES = sorted(path.name for path in FOLDER.iterdir() if (path / "statement.toml").is_file())


def editions(name: str) -> tuple[Edition, ...]:
    return publishing.editions(publishing.read(FOLDER / name))


@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def built(name: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        project = support.copy_project(folder)
        shutil.copytree(FOLDER / name, project / "examples" / name)
        done = support.run(project, "site", "--source", f"examples/{name}", **support.WHOLE)
        assert done.returncode == 0, done.stderr
        assert [line for line in done.stderr.splitlines() if not line.startswith("note: no PDF is made: ")] == []

    return make_once(tmp_path_factory, f"example-{name}", make) / "build" / name / "site"


def test_the_made_up_one_has_every_construct() -> None:
    source, converted = editions("libraries")
    made = source.statement
    names = {clause.address.partition(".")[0].rstrip("0123456789-") for clause in made.clauses if clause.name}
    assert {"closing", "annex", "note"} <= names
    assert made.clauses[0].is_unmarked, "paragraphs before the first number"
    blocks = [block for clause in made.clauses for block in clause.blocks]
    assert any(block.level for block in blocks)
    assert any(block.cells for block in blocks)
    assert any(not block.level and not block.cells for block in blocks)
    assert made.headings
    assert len(made.lines_below_title) > 1
    assert all((source.terms, source.operatives, source.readings, converted.overrides, converted.choices))
    read = publishing.read(FOLDER / "libraries")
    assert read.written
    assert read.terms
    assert len(read.terms.value.checked) == len(read.terms.value.terms) - 1, "one is only proposed"


@pytest.mark.slow
def test_the_pages_have_the_text_of_an_example_in_both_scripts(name: str, built: Path) -> None:
    read = publishing.read(FOLDER / name)
    assert read.statement
    assert read.conversion
    made = editions(name)
    for edition in made:
        convert: Callable[[str], str] = text_converter(
            edition.settings, made[0].settings, read.conversion.value.overrides
        ).convert
        page = read_page(built, f"{edition.id}/full/")
        expected = [tidy(convert(line)) for line in paragraphs(read.statement.text)]
        assert [tidy(line) for line in shown(page)] == expected


@pytest.mark.slow
@pytest.mark.parametrize("size", paper.SIZES)
def test_the_pdfs_of_an_example_have_each_clause_in_both_scripts(name: str, built: Path, size: str) -> None:
    for edition in editions(name):
        support.need_pdf(paper.path(edition, size), support.files(built))
        headings = {heading.whole for heading in edition.statement.headings}
        document = Document((built / paper.path(edition, size)).read_bytes())
        texts = [text for _, called, _, text in document.headings if "　" in called and called not in headings]
        assert texts == [clause.text for clause in edition.statement.clauses]
        assert [page.unmarked for page in document.pages] == [[] for _ in document.pages]


@pytest.mark.slow
def test_what_an_example_only_proposes_is_on_no_page(built: Path) -> None:
    assert not list(built.rglob("terms/bookmobile*"))


@pytest.mark.slow
def test_every_term_and_written_page_of_an_example_has_its_page(name: str, built: Path) -> None:
    for edition in editions(name):
        for term in edition.terms:
            assert (built / edition.id / "terms" / term.id / "index.html").is_file()
        for page in publishing.read(FOLDER / name).written:
            assert (built / edition.id / page.name / "index.html").is_file()


@pytest.mark.slow
def test_the_pages_have_the_texts_that_are_given_as_they_are(name: str, built: Path) -> None:
    read = publishing.read(FOLDER / name)
    own = given.editions(read, editions(name))
    for edition in own:
        text = read.given[edition.settings.text or ""].source.text
        page = read_page(built, f"{edition.id}/full/")
        assert [tidy(line) for line in shown(page)] == [tidy(line) for line in paragraphs(text)]
    assert bool(own) is (name == "udhr")
