"""One folder is one statement: what belongs to it lies in it, and its site shares nothing with that of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

import build
import make_fonts
import support
from conftest import make_once
from publish import project as publishing
from publish.settings import Settings
from statement import inputs
from statement.errors import InputError, Problem
from statement.model import Conversion, Operatives, Particulars, Readings, Redirects, Terms, Themes

NAME = "other"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project in which the site of a folder without a font was built and its addresses were recorded."""

    def make(folder: Path) -> None:
        project = support.copy_project(folder)
        source = support.copy_base(project / NAME)
        (source / inputs.FONT).unlink()
        (source / "pages").mkdir()
        (source / "pages" / "foreword.md").write_text("# 前言\n\n见[首页](index.md)。\n", "utf-8")
        done = support.run(project, "record", "--source", NAME, "--site-url", support.ADDRESS)
        assert (done.returncode, done.stdout, done.stderr) == (0, f"build/{NAME}/site: the site\n", "")

    return make_once(tmp_path_factory, "folder", make)


@pytest.mark.slow
def test_the_site_of_another_folder_goes_beside_its_pages_and_leaves_the_project_alone(built: Path) -> None:
    site = built / "build" / NAME / "site"
    assert "我們在山裡推動建設。" in (site / "zh-hant" / "building" / "index.html").read_text("utf-8")
    assert (site / "zh-hans" / "foreword" / "index.html").is_file()
    assert (built / "build" / NAME / "pages" / "zh-hant" / "building.md").is_file()
    assert not (built / "site").exists()
    assert not (built / "docs" / "pages").exists()
    assert (built / support.ADDRESSES).read_bytes() == (support.ROOT / support.ADDRESSES).read_bytes()


@pytest.mark.slow
def test_the_list_of_its_addresses_lies_in_the_folder_and_stops_a_build_that_loses_one(built: Path) -> None:
    listed = built / NAME / "addresses.txt"
    assert "\n/zh-hans/building/#p2\n" in listed.read_text("utf-8")
    listed.write_text(f"{listed.read_text('utf-8')}/zh-hans/gone/\n", "utf-8")
    done = support.run(built, "site", "--source", NAME)
    assert done.returncode == 1
    assert re.match(rf"{NAME}/addresses\.txt:\d+:1: /zh-hans/gone/ is gone; ", done.stderr)


@pytest.mark.slow
def test_a_folder_without_a_font_has_no_pictures_and_no_page_names_one(built: Path) -> None:
    site = built / "build" / NAME / "site"
    assert list(site.rglob("card.png")) == []
    assert [path for path in site.rglob("*.html") if "og:image" in path.read_text("utf-8")] == []


def test_a_page_names_its_picture_where_there_is_a_font(addressed_site: Path) -> None:
    assert "og:image" in (addressed_site / "index.html").read_text("utf-8")


@pytest.mark.skipif(not make_fonts.INSTALLED.is_file(), reason="the collection is not installed")
def test_the_font_of_a_folder_is_made_with_its_licence_beside_it(tmp_path: Path) -> None:
    source = support.copy_base(tmp_path / "inputs")
    for path in (source / "fonts").iterdir():
        path.unlink()
    assert make_fonts.main([str(source)]) == 0
    assert (source / make_fonts.LICENCE).read_bytes() == (support.SOURCE / make_fonts.LICENCE).read_bytes()
    assert publishing.read(source).font


def test_the_project_s_own_list_of_addresses_has_to_be_there_and_another_s_may_be_missing(tmp_path: Path) -> None:
    assert publishing.home(support.SOURCE).addresses == support.ROOT / support.ADDRESSES
    assert publishing.published(publishing.home(tmp_path)).text == ""
    project = support.copy_project(tmp_path / "project")
    (project / support.ADDRESSES).unlink()
    done = support.run(project, "site")
    assert (done.returncode, done.stderr) == (1, f"{support.ADDRESSES}:1:1: no such file; add it\n")


def test_links_to_edit_lead_to_the_project_s_own_statement_only(tmp_path: Path) -> None:
    settings = Settings(repo_url="https://example.org/project", edit_uri="edit/main/docs/")
    assert publishing.settings_for(support.SOURCE, settings) == settings
    assert publishing.settings_for(tmp_path, settings).edit_uri == ""


@pytest.mark.parametrize("command", ["check", "site", "serve", "record", "pages"])
@pytest.mark.parametrize("said", [["--source"], []])
def test_a_folder_that_is_not_there_is_named_in_one_line(
    command: str, said: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "nope"
    assert build.main([command, *said, str(missing)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{missing.as_posix()}:1:1: no such folder; begin it with `new ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("said", [["--source"], []])
def test_check_says_in_one_line_that_nothing_is_wrong(
    said: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = support.copy_base(tmp_path / "inputs")
    assert build.main(["check", *said, str(source)]) == 0
    assert capsys.readouterr().out == f"{source.as_posix()}: nothing is wrong\n"


def test_check_notes_that_a_text_has_no_day_though_nothing_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf = tmp_path / "shelf"
    source = support.copy_base(shelf / "inputs")
    (shelf / "library.toml").write_text('title = "文选"\n', "utf-8")
    assert build.main(["check", str(source)]) == 0
    assert capsys.readouterr().err == ""
    said = source / "statement.toml"
    lines = said.read_text("utf-8").splitlines(keepends=True)
    said.write_text("".join(each for each in lines if not each.startswith(("conference_date", "venue"))), "utf-8")
    for given in (source, shelf):
        assert build.main(["check", str(given)]) == 0
        out, err = capsys.readouterr()
        assert out == f"{given.as_posix()}: nothing is wrong\n"
        assert err == (
            f"note: {said.as_posix()}: no day of the text is named, so that no page shows one; if it has one, add "
            "conference_date and venue, or dated and dated_as\n"
        )


def test_a_byte_order_mark_before_what_a_file_says_is_no_fault(tmp_path: Path) -> None:
    source = support.copy_base(tmp_path / "inputs")
    for path in source.glob("*.toml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    read = inputs.read(source, "inputs")
    assert read.problems == ()
    assert read.declared is not None


def test_problems_at_one_place_are_told_in_the_order_in_which_they_were_found() -> None:
    texts = ["一", "三", "七", "九"]
    found = [Problem("b", 1, 1, text) for text in texts]
    told = InputError([*found, Problem("a", 2, 1, "last"), found[0]]).problems
    assert [problem.message for problem in told] == ["last", *texts]


def patterns(schema: Any, key: str = "") -> Iterator[str]:
    """Yield the keys whose values a JSON Schema holds to a pattern."""
    if isinstance(schema, dict):
        if "pattern" in schema:
            yield key
        for name, each in schema.items():
            below = each.items() if name == "properties" else ((key, each),)
            for own, value in below:
                yield from patterns(value, own)
    elif isinstance(schema, list):
        for each in schema:
            yield from patterns(each, key)


@pytest.mark.parametrize("schema", [Particulars, Themes, Terms, Operatives, Conversion, Readings, Redirects])
def test_what_a_text_has_to_look_like_is_said_in_words(schema: type) -> None:
    assert set(patterns(TypeAdapter(schema).json_schema())) <= {*inputs._FORMS, ""}
