"""One folder is one statement: what belongs to it lies in it, and its site shares nothing with that of another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import make_fonts
import support
from conftest import make_once
from publish import project as publishing
from publish.settings import Settings
from statement import inputs

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
