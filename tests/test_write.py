"""Writing: a folder holds exactly the files that were made, whatever was there and wherever a run was cut off."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import support
from publish import write
from statement.errors import InputError

PAGES = {"a/one.md": "一\n", "a/sub/two.md": "二\n", "b/three.md": "三\n"}
SHOWN = "docs/pages"


def contents(root: Path) -> dict[str, str]:
    return {path: data.decode("utf-8") for path, data in support.files(root).items() if path != write.MANIFEST}


def test_writing_makes_the_folders_hold_the_pages(tmp_path: Path) -> None:
    changes = write.write(PAGES, tmp_path, SHOWN)
    assert list(changes) == ["create a/one.md", "create a/sub/two.md", "create b/three.md"]
    assert contents(tmp_path) == PAGES


def test_bytes_are_written_as_they_are_and_text_as_utf_8(tmp_path: Path) -> None:
    pages: write.Files = {"a/one.png": b"\x89PNG\r\n\xff", "b/two.md": "二\r\n"}
    assert list(write.write(pages, tmp_path, SHOWN)) == ["create a/one.png", "create b/two.md"]
    assert (tmp_path / "a" / "one.png").read_bytes() == b"\x89PNG\r\n\xff"
    assert (tmp_path / "b" / "two.md").read_bytes() == "二\r\n".encode()
    assert list(write.plan(pages, tmp_path, SHOWN)) == []
    assert list(write.plan({**pages, "a/one.png": b"\x89PNG"}, tmp_path, SHOWN)) == ["update a/one.png"]


def test_writing_again_changes_nothing_and_touches_no_file(tmp_path: Path) -> None:
    write.write(PAGES, tmp_path, SHOWN)
    times = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.md")}
    assert list(write.write(PAGES, tmp_path, SHOWN)) == []
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.md")} == times


def test_planning_says_what_would_change_and_writes_nothing(tmp_path: Path) -> None:
    write.write(PAGES, tmp_path, SHOWN)
    before = contents(tmp_path)
    plan = write.plan({"a/one.md": "壹\n", "a/new.md": "新\n", "b/three.md": "三\n"}, tmp_path, SHOWN)
    assert list(plan) == ["create a/new.md", "update a/one.md", "remove a/sub/two.md"]
    assert contents(tmp_path) == before


def test_what_is_no_longer_made_goes(tmp_path: Path) -> None:
    write.write(PAGES, tmp_path, SHOWN)
    write.write({"b/three.md": "三\n"}, tmp_path, SHOWN)
    assert contents(tmp_path) == {"b/three.md": "三\n"}
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("act", [write.plan, write.write])
@pytest.mark.parametrize("stranger", ["mine.md", "a/mine.md", "c/mine.md", "a/one.md", ".hidden", "a/.mine.md.new"])
def test_a_file_that_no_build_made_stops_it_and_stays(
    tmp_path: Path, stranger: str, act: Callable[[write.Files, Path, str], object]
) -> None:
    write.write({"b/three.md": "旧的\n"}, tmp_path, SHOWN)
    (tmp_path / stranger).parent.mkdir(exist_ok=True)
    (tmp_path / stranger).write_text("我的")
    before = support.files(tmp_path)
    with pytest.raises(InputError) as raised:
        act(PAGES, tmp_path, SHOWN)
    assert str(raised.value) == (
        f"docs/pages/{stranger}:1:1: not made by the build; move it to docs/source/pages/, or remove it"
    )
    assert support.files(tmp_path) == before


def test_a_link_in_the_place_of_a_page_is_replaced_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "precious.md").write_text("珍贵")
    folder = tmp_path / "pages"
    write.write(PAGES, folder, SHOWN)
    (folder / "a" / "one.md").unlink()
    (folder / "a" / "one.md").symlink_to(tmp_path / "precious.md")
    write.write(PAGES, folder, SHOWN)
    assert (tmp_path / "precious.md").read_text() == "珍贵"
    assert contents(folder) == PAGES
    assert not (folder / "a" / "one.md").is_symlink()


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "pages").symlink_to(tmp_path / "precious")
    with pytest.raises(NotADirectoryError):
        write.write(PAGES, tmp_path / "pages", SHOWN)
    assert list((tmp_path / "precious").iterdir()) == []


class CutOffError(Exception):
    """Stands for the moment at which a machine goes down."""


@pytest.mark.parametrize("step", range(17))
def test_a_run_cut_off_at_any_moment_leaves_what_the_next_completes(
    step: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {"a/one.md": "旧的\n", "b/gone.md": "旧的\n"}
    write.write(old, tmp_path, SHOWN)
    left = step

    def cut_off(*_: object) -> None:
        nonlocal left
        if left == 0:
            raise CutOffError
        left -= 1

    replace, unlink, fsync = Path.replace, Path.unlink, os.fsync

    def replace_or_not(path: Path, target: Path) -> None:
        cut_off()
        replace(path, target)
        cut_off()

    def unlink_or_not(path: Path, missing_ok: bool = False) -> None:
        cut_off()
        unlink(path, missing_ok)

    def fsync_or_not(file: int) -> None:
        cut_off()
        fsync(file)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace_or_not)
        patch.setattr(Path, "unlink", unlink_or_not)
        patch.setattr(os, "fsync", fsync_or_not)
        try:
            write.write(PAGES, tmp_path, SHOWN)
        except CutOffError:
            finished = False
        else:
            finished = True
    assert finished == (step == 16)
    for path, text in contents(tmp_path).items():
        if not path.endswith(".new"):
            assert text in (old.get(path), PAGES.get(path)), "a page is whole, old or new"
    write.write(PAGES, tmp_path, SHOWN)
    assert contents(tmp_path) == PAGES
