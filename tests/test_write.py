"""Writing: a folder holds exactly the files of the build, nobody else's is lost, and no cut does harm."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import support
from publish import manifest, write
from statement.errors import InputError, os_error_line

FILES = {"a/one.md": "一\n", "a/sub/two.md": "二\n", "b/three.md": "三\n"}
SHOWN = "docs/pages"
MESSAGE = "not made by the build; move it to pages/ in the statement's folder, or remove it"


def contents(folder: Path) -> dict[str, str]:
    """Return the text of every file but the manifest."""
    return {path: data.decode("utf-8") for path, data in support.files(folder).items() if path != manifest.NAME}


def problems(files: write.Files, folder: Path) -> list[str]:
    """Return what writing complains of, having made sure that it and planning wrote nothing."""
    before = support.files(folder)
    with pytest.raises(InputError) as planning:
        write.plan(files, folder, SHOWN)
    with pytest.raises(InputError) as writing:
        write.write(files, folder, SHOWN)
    assert support.files(folder) == before
    assert writing.value.problems == planning.value.problems
    return [str(problem) for problem in writing.value.problems]


def test_writing_makes_the_folder_hold_the_files_and_a_list_of_them(tmp_path: Path) -> None:
    changes = write.write(FILES, tmp_path / "pages", SHOWN)
    assert list(changes) == ["create a/one.md", "create a/sub/two.md", "create b/three.md"]
    assert contents(tmp_path / "pages") == FILES
    heading, *listed = (tmp_path / "pages" / ".manifest").read_text("utf-8").splitlines()
    assert heading.startswith("# ")
    assert listed == ["a/one.md", "a/sub/two.md", "b/three.md"]


def test_bytes_are_written_as_they_are_and_text_as_utf_8(tmp_path: Path) -> None:
    files: write.Files = {"a/one.png": b"\x89PNG\r\n\xff", "b/two.md": "二\r\n"}
    assert list(write.write(files, tmp_path, SHOWN)) == ["create a/one.png", "create b/two.md"]
    assert (tmp_path / "a" / "one.png").read_bytes() == b"\x89PNG\r\n\xff"
    assert (tmp_path / "b" / "two.md").read_bytes() == "二\r\n".encode()
    assert list(write.plan(files, tmp_path, SHOWN)) == []
    assert list(write.plan({**files, "a/one.png": b"\x89PNG"}, tmp_path, SHOWN)) == ["update a/one.png"]


def test_writing_again_changes_nothing_and_touches_no_file(tmp_path: Path) -> None:
    write.write(FILES, tmp_path, SHOWN)
    for path in tmp_path.rglob("*"):
        os.utime(path, ns=(1, 1))
    assert list(write.write(FILES, tmp_path, SHOWN)) == []
    assert {path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == {1}


def test_planning_says_what_would_change_and_writes_nothing(tmp_path: Path) -> None:
    write.write(FILES, tmp_path, SHOWN)
    before = support.files(tmp_path)
    plan = write.plan({"a/one.md": "壹\n", "a/new.md": "新\n", "b/three.md": "三\n"}, tmp_path, SHOWN)
    assert list(plan) == ["create a/new.md", "update a/one.md", "remove a/sub/two.md"]
    assert support.files(tmp_path) == before


def test_what_is_no_longer_made_goes_with_its_folder(tmp_path: Path) -> None:
    write.write(FILES, tmp_path, SHOWN)
    write.write({"b/three.md": "三\n"}, tmp_path, SHOWN)
    assert contents(tmp_path) == {"b/three.md": "三\n"}
    assert not (tmp_path / "a").exists()
    assert manifest.read(tmp_path) == frozenset({"b/three.md"})


def test_every_file_that_the_build_did_not_make_is_a_problem(tmp_path: Path) -> None:
    write.write(FILES, tmp_path, SHOWN)
    (tmp_path / "a" / "mine.md").write_text("我的")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / ".mine.new").write_text("我的")
    (tmp_path / "new.md").write_text("我的")
    assert problems({"new.md": "新\n"}, tmp_path) == [
        f"docs/pages/{path}:1:1: {MESSAGE}" for path in ("a/mine.md", "c/.mine.new", "new.md")
    ]


def test_nothing_in_a_folder_without_a_manifest_is_the_builds(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.md").write_text("一\n")
    assert problems(FILES, tmp_path) == [f"docs/pages/a/one.md:1:1: {MESSAGE}"]


def test_a_manifest_that_the_build_did_not_write_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / ".manifest").write_text("a/one.md\n")
    assert problems(FILES, tmp_path) == [f"docs/pages/.manifest:1:1: {MESSAGE}"]


def test_a_manifest_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    write.write(FILES, folder, SHOWN)
    (tmp_path / "precious.md").write_text("珍贵")
    with (folder / ".manifest").open("a") as file:
        file.write(f"../precious.md\n{tmp_path}/precious.md\n")
    write.write({}, folder, SHOWN)
    assert contents(folder) == {}
    assert (tmp_path / "precious.md").read_text() == "珍贵"


@pytest.mark.parametrize("path", ["../out.md", "/out.md", "a//b.md", "a\nb.md", ""])
def test_a_path_that_a_manifest_cannot_hold_is_refused_and_nothing_is_written(path: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be the path"):
        write.write({"one.md": "一\n", path: "外\n"}, tmp_path / "pages", SHOWN)
    assert support.files(tmp_path) == {}


def test_the_builds_own_files_and_empty_folders_are_no_problem(tmp_path: Path) -> None:
    write.write(FILES, tmp_path, SHOWN)
    (tmp_path / "a" / ".one.md.new").write_text("半")
    (tmp_path / "..manifest.new").write_text("半")
    (tmp_path / ".lock").touch()
    (tmp_path / "empty" / "four.md").mkdir(parents=True)
    changes = write.write({**FILES, "empty/four.md": "四\n"}, tmp_path, SHOWN)
    assert list(changes) == ["create empty/four.md", "remove ..manifest.new", "remove a/.one.md.new"]
    assert contents(tmp_path) == {**FILES, "empty/four.md": "四\n", ".lock": ""}


def test_files_and_folders_take_each_others_places(tmp_path: Path) -> None:
    write.write({"a": "旧\n", "b/c/one.md": "旧\n"}, tmp_path, SHOWN)
    write.write({"a/one.md": "新\n", "b": "新\n"}, tmp_path, SHOWN)
    assert contents(tmp_path) == {"a/one.md": "新\n", "b": "新\n"}


def test_links_in_the_place_of_files_are_replaced_and_what_they_lead_to_stays(tmp_path: Path) -> None:
    folder, precious = tmp_path / "pages", tmp_path / "precious"
    precious.mkdir()
    (precious / "file.md").write_text("珍贵")
    write.write(FILES, folder, SHOWN)
    (folder / "a" / "one.md").unlink()
    (folder / "a" / "one.md").symlink_to(precious / "file.md")
    (folder / "b" / "three.md").unlink()
    (folder / "b" / "three.md").symlink_to(precious)
    write.write({"a/one.md": "一\n"}, folder, SHOWN)
    assert (precious / "file.md").read_text() == "珍贵"
    assert not (folder / "a" / "one.md").is_symlink()
    assert contents(folder) == {"a/one.md": "一\n"}


def test_links_that_the_build_did_not_list_are_problems(tmp_path: Path) -> None:
    folder, precious = tmp_path / "pages", tmp_path / "precious"
    precious.mkdir()
    (precious / "two.md").write_text("珍贵")
    write.write(FILES, folder, SHOWN)
    (folder / "a" / "sub" / "two.md").unlink()
    (folder / "a" / "sub").rmdir()
    (folder / "a" / "sub").symlink_to(precious)
    (folder / "a" / ".one.md.new").symlink_to(precious / "two.md")
    assert problems({"a/one.md": "壹\n"}, folder) == [
        f"docs/pages/{path}:1:1: {MESSAGE}" for path in ("a/.one.md.new", "a/sub")
    ]


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "pages").symlink_to(tmp_path / "precious")
    with pytest.raises(NotADirectoryError):
        write.write(FILES, tmp_path / "pages", SHOWN)
    assert list((tmp_path / "precious").iterdir()) == []


class CutOffError(Exception):
    """Stands for the moment at which a machine goes down."""


STEPS = 5 * 3 + 1
"""Each of the three pages, and the manifest twice: fsync, before and after the move; and one page that goes."""


@pytest.mark.parametrize("step", range(STEPS + 1))
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
            write.write(FILES, tmp_path, SHOWN)
        except CutOffError:
            finished = False
        else:
            finished = True
    assert finished == (step == STEPS)
    pages = {path: text for path, text in contents(tmp_path).items() if not path.endswith(".new")}
    assert pages.items() <= old.items() | FILES.items(), "a page is whole, old or new"
    assert pages.keys() <= (manifest.read(tmp_path) or set()), "a page is known as the build's"
    other = {"c/four.md": "四\n"}
    # The next run may well be to write something else than this one was.
    for files in (FILES, other) if step % 2 else (other, FILES):
        write.write(files, tmp_path, SHOWN)
        assert contents(tmp_path) == files
        assert manifest.read(tmp_path) == frozenset(files)


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (FileNotFoundError(2, "No such file or directory", "a  b.md"), "a  b.md: No such file or directory; do it"),
        (OSError(28, "No space left on device"), "No space left on device; do it"),
        (OSError(9, "Bad file descriptor", b"a.md"), "a.md: Bad file descriptor; do it"),
        (OSError("several\nlines"), "several lines; do it"),
        (OSError(), "OSError; do it"),
    ],
)
def test_every_error_of_the_system_makes_one_line(error: OSError, line: str) -> None:
    assert os_error_line(error, "do it") == line
