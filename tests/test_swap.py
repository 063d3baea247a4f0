"""Swapping: there is always a whole site, nobody else's files are lost, and no kill does harm."""

from __future__ import annotations

import errno
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

import support
from publish import manifest, swap
from statement.errors import InputError

SITE = {"index.html": "页", "zh-hans/index.html": "页", "zh-hans/card.png": "图"}
FOREIGN = {"CNAME": "example.org", ".nojekyll": "", ".git/HEAD": "ref: refs/heads/main", "zh-hans/mine.html": "我的"}
PAGES = [f"{folder}/{number}.html" for folder in "abcde" for number in range(10)]

BUILDER = f"""
import itertools, sys
from pathlib import Path
from publish import swap
site = Path(sys.argv[1])
if sys.argv[2] == "fallback":
    swap._exchange = lambda one, other: False
print("ready", flush=True)
for version in itertools.count():
    with swap.beside(site) as new:
        for page in {PAGES!r}:
            (new / page).parent.mkdir(exist_ok=True)
            (new / page).write_text(str(version))
        swap.put(new, site)
"""
"""Builds a small site again and again, each page of which says which one it is."""


@pytest.fixture(params=["exchange", "fallback"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Exchange folders both ways, and return which it is."""
    if request.param == "fallback":
        monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    return str(request.param)


def fill(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")


def build(site: Path, files: Mapping[str, str] = SITE) -> None:
    with swap.beside(site) as new:
        fill(new, files)
        swap.put(new, site)


def contents(site: Path) -> dict[str, str]:
    """Return the text of every file of a site but the manifest."""
    return {path: data.decode("utf-8") for path, data in support.files(site).items() if path != manifest.NAME}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@contextmanager
def running(code: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run Python until it has said a line, and kill it in the end."""
    environment = os.environ | {"PYTHONPATH": str(support.ROOT / "scripts")}
    command = [sys.executable, "-c", code, *arguments]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def test_a_site_is_put_where_there_is_none(tmp_path: Path, way: str) -> None:
    assert way
    build(tmp_path / "new" / "site")
    assert contents(tmp_path / "new" / "site") == SITE
    assert names(tmp_path / "new") == ["site"]


def test_a_site_takes_the_place_of_the_last_one_and_what_that_made_goes(tmp_path: Path, way: str) -> None:
    assert way
    build(tmp_path / "site")
    build(tmp_path / "site", {"index.html": "新"})
    assert contents(tmp_path / "site") == {"index.html": "新"}
    assert names(tmp_path / "site") == [".manifest", "index.html"]
    assert names(tmp_path) == ["site"]


def test_this_system_can_exchange_folders(tmp_path: Path) -> None:
    # Otherwise the tests of that would prove nothing.
    fill(tmp_path, {"a/one": "一", "b/two": "二"})
    assert swap._exchange(tmp_path / "a", tmp_path / "b")
    assert contents(tmp_path) == {"b/one": "一", "a/two": "二"}


def test_an_exchange_that_fails_for_another_reason_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(FileNotFoundError):
        swap._exchange(tmp_path / "a", tmp_path / "b")


def test_a_system_without_the_exchange_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, {"a/one": "一", "b/two": "二"})
    monkeypatch.setattr(swap, "_RENAME_EXCHANGE", 1 << 20)  # which Linux does not know, as an old one would not
    assert not swap._exchange(tmp_path / "a", tmp_path / "b")


def test_the_same_site_is_the_same_bytes(tmp_path: Path) -> None:
    build(tmp_path / "one")
    build(tmp_path / "two", dict(reversed(SITE.items())))
    assert support.files(tmp_path / "one") == support.files(tmp_path / "two")
    assert (tmp_path / "one" / ".manifest").read_text().splitlines()[1:] == sorted(SITE)


def test_a_site_can_be_read_by_all_whom_the_system_lets(tmp_path: Path) -> None:
    build(tmp_path / "site")
    (tmp_path / "plain").mkdir()
    assert (tmp_path / "site").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_what_the_build_did_not_make_is_kept(tmp_path: Path, way: str) -> None:
    assert way
    site = tmp_path / "site"
    build(site)
    fill(site, FOREIGN)
    (site / ".git" / "refs" / "heads").mkdir(parents=True)
    (site / "private").mkdir(mode=0o700)
    (site / "link").symlink_to("../elsewhere")
    for version in ("二", "三"):
        build(site, {"index.html": version})
        assert contents(site) == {**FOREIGN, "index.html": version}
        assert (site / ".git" / "refs" / "heads").is_dir()
        assert (site / "private").stat().st_mode & 0o777 == 0o700
        assert (site / "link").readlink() == Path("../elsewhere")
    assert manifest.read(site) == frozenset({"index.html"})


def test_what_cannot_be_linked_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "not yours")

    build(tmp_path / "site")
    fill(tmp_path / "site", FOREIGN)
    monkeypatch.setattr(os, "link", refuse)
    build(tmp_path / "site")
    assert contents(tmp_path / "site") == SITE | FOREIGN


def test_a_git_worktree_stays_one(tmp_path: Path) -> None:
    def git(folder: Path, *arguments: str) -> str:
        return subprocess.check_output(["git", "-C", str(folder), *arguments], text=True, stderr=subprocess.STDOUT)

    site = tmp_path / "site"
    git(tmp_path, "init", "-q", "main")
    author = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    git(tmp_path / "main", *author, "commit", "-q", "--allow-empty", "-m", "x")
    git(tmp_path / "main", "worktree", "add", "-q", "-b", "gh-pages", str(site))
    build(site)
    git(site, "add", "--all")
    assert "index.html" in git(site, "status", "--short")
    git(site, *author, "commit", "-q", "-m", "site")
    build(site, {**SITE, "index.html": "新"})
    assert git(site, "status", "--short") == " M index.html\n"


@pytest.mark.parametrize(
    ("foreign", "made"), [("index.html", "index.html"), ("a", "a/index.html"), ("a/mine", "a"), (".manifest", "a")]
)
def test_a_strangers_file_in_the_place_of_ours_is_a_problem(foreign: str, made: str, tmp_path: Path, way: str) -> None:
    assert way
    site = tmp_path / "site"
    fill(site, {foreign: "我的"})
    with pytest.raises(InputError) as error:
        build(site, {made: "页"})
    assert str(error.value).startswith(f"{site}/{foreign}:1:1: not made by the build, ")
    assert {path: data.decode() for path, data in support.files(tmp_path).items()} == {f"site/{foreign}": "我的"}


def test_many_problems_are_counted(tmp_path: Path) -> None:
    files = {f"{number}.html": "页" for number in range(8)}
    fill(tmp_path / "site", files)
    with swap.beside(tmp_path / "site") as new:
        fill(new, files)
        with pytest.raises(InputError) as error:
            swap.put(new, tmp_path / "site", "site")
    lines = [str(problem) for problem in error.value.problems]
    assert [line.split(":")[0] for line in lines] == ["site", *(f"site/{number}.html" for number in range(5))]
    assert lines[0] == "site:1:1: 3 more of its files are in the way of the build's"


def test_a_file_in_the_place_of_the_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("我的")
    with pytest.raises(NotADirectoryError):
        build(tmp_path / "site")
    assert contents(tmp_path) == {"site": "我的"}


def test_strangers_beside_the_site_are_left_alone(tmp_path: Path, way: str) -> None:
    assert way
    strangers = {
        f"{name}/mine": "我的"
        for name in (
            "site.old",
            "site.new",
            ".site.building-",
            ".site.building-abcdefgh",
            ".site.building-x.building-a",
        )
    }
    fill(tmp_path, strangers)
    build(tmp_path / "site")
    build(tmp_path / "site")
    assert contents(tmp_path / "site") == SITE
    shutil.rmtree(tmp_path / "site")
    assert contents(tmp_path) == strangers


def test_a_link_to_the_site_stays_and_leads_to_the_new_one(tmp_path: Path, way: str) -> None:
    assert way
    (tmp_path / "srv" / "www").mkdir(parents=True)
    (tmp_path / "site").symlink_to("srv/www")
    for version in ("一", "二"):
        build(tmp_path / "site", {"index.html": version})
        assert (tmp_path / "site").readlink() == Path("srv/www")
        assert contents(tmp_path / "srv" / "www") == {"index.html": version}
    assert names(tmp_path) == ["site", "srv"]
    assert names(tmp_path / "srv") == ["www"]


def test_a_link_that_leads_to_itself_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "site").symlink_to("site")
    with pytest.raises(OSError, match="site"):
        build(tmp_path / "site")
    assert names(tmp_path) == ["site"]


def test_a_build_that_fails_leaves_the_site_and_nothing_else(tmp_path: Path) -> None:
    build(tmp_path / "site")
    with suppress(KeyboardInterrupt), swap.beside(tmp_path / "site") as new:
        fill(new, {"index.html": "半"})
        raise KeyboardInterrupt
    assert contents(tmp_path / "site") == SITE
    assert names(tmp_path) == ["site"]


def test_a_second_rename_that_fails_brings_the_old_site_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path / "site")
    monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    rename = Path.rename

    def rename_or_fail(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise OSError(errno.EIO, "broken")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", rename_or_fail)
    with pytest.raises(OSError, match="broken"):
        build(tmp_path / "site", {"index.html": "新"})
    assert contents(tmp_path / "site") == SITE
    assert names(tmp_path) == ["site"]


def kill_between_the_renames(site: Path) -> None:
    """Build with two renames, and kill that after the first."""
    code = """
import os, signal, sys
from pathlib import Path
rename = Path.rename
def rename_or_die(path, target):
    if path.name == "new":
        os.kill(os.getpid(), signal.SIGKILL)
    return rename(path, target)
print("ready", flush=True)
Path.rename = rename_or_die
"""
    with running(code + BUILDER, str(site), "fallback") as process:
        process.wait()
    assert not site.exists()


def test_a_kill_between_the_two_renames_is_put_right(tmp_path: Path) -> None:
    build(tmp_path / "site")
    fill(tmp_path / "site", FOREIGN)
    kill_between_the_renames(tmp_path / "site")
    swap.recover(tmp_path / "site")
    assert contents(tmp_path / "site") == SITE | FOREIGN
    build(tmp_path / "site", {"index.html": "新"})
    assert contents(tmp_path / "site") == {"index.html": "新"} | FOREIGN
    assert names(tmp_path) == ["site"]


def test_an_old_site_is_not_removed_if_another_was_put_in_its_place_by_hand(tmp_path: Path) -> None:
    build(tmp_path / "site")
    fill(tmp_path / "site", FOREIGN)
    kill_between_the_renames(tmp_path / "site")
    (tmp_path / "site").mkdir()
    with pytest.raises(InputError, match="the site before an interrupted build; move it to "):
        build(tmp_path / "site")
    [container] = tmp_path.glob(".site.building-*")
    assert contents(container / "old") == SITE | FOREIGN


@pytest.mark.slow
@pytest.mark.parametrize("attempt", range(30))
def test_a_build_killed_at_any_moment_leaves_a_whole_site(attempt: int, tmp_path: Path, way: str) -> None:
    site = tmp_path / "site"
    build(site, dict.fromkeys(PAGES, "old"))
    fill(site, FOREIGN)
    strangers = {"site.old/mine": "我的", "site.new/mine": "我的"}
    fill(tmp_path, strangers)
    end = time.monotonic() + random.Random(attempt).uniform(0, 0.1)
    with running(BUILDER, str(site), way) as process:
        while time.monotonic() < end:
            assert way == "fallback" or site.is_dir(), "there is a site at every moment"
        process.kill()
    if way == "fallback":
        swap.recover(site)
    served = contents(site)
    assert len({served.pop(page) for page in PAGES}) == 1, "every page is of the same build"
    assert served == FOREIGN
    build(site)
    assert contents(site) == SITE | FOREIGN
    assert names(tmp_path) == ["site", "site.new", "site.old"]
    shutil.rmtree(site)
    assert contents(tmp_path) == strangers


HOLDER = """
import sys, time
from pathlib import Path
from publish import swap
with swap.lock(Path(sys.argv[1])):
    print("ready", flush=True)
    time.sleep(60)
"""


def test_only_one_process_holds_a_lock_and_a_kill_frees_it(tmp_path: Path) -> None:
    path = tmp_path / "pages" / ".lock"
    with running(HOLDER, str(path)) as process:
        with pytest.raises(InputError) as error, swap.lock(path, "docs/pages/.lock"):
            pass
        assert str(error.value) == "docs/pages/.lock:1:1: another build is running; wait until it has ended"
        process.kill()
        process.wait()
        with swap.lock(path):
            pass
    with swap.lock(path):
        pass


def test_a_lock_ends_with_an_error_and_is_not_passed_on_to_another_program(tmp_path: Path) -> None:
    with suppress(KeyboardInterrupt), swap.lock(tmp_path / ".lock"):
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
        raise KeyboardInterrupt
    with swap.lock(tmp_path / ".lock"):
        assert child.poll() is None
    child.communicate(b"\n")


def test_a_lock_is_never_taken_through_a_link(tmp_path: Path) -> None:
    (tmp_path / ".lock").symlink_to(tmp_path / "precious")
    with pytest.raises(OSError, match="lock"), swap.lock(tmp_path / ".lock"):
        pass
    assert names(tmp_path) == [".lock"]


def test_what_a_running_build_makes_is_not_a_leftover(tmp_path: Path) -> None:
    with swap.beside(tmp_path / "site") as new:
        fill(new, SITE)
        with pytest.raises(InputError, match="another build is running"):
            build(tmp_path / "site")
        swap.put(new, tmp_path / "site")
    assert contents(tmp_path / "site") == SITE
