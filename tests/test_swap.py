"""The swap: there is a whole site at every moment, old or new, and what others keep beside it stays."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

import support
from publish import swap
from statement.errors import InputError, StopError

COUNT = 40
# Builds a site of files that all say the same, and takes its time in between.
BUILD = """
import sys, time
from pathlib import Path
from publish import swap
site, version, exchanges = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "True"
if not exchanges:
    swap._exchange = lambda one, other: False
with swap.beside(site) as new:
    for number in range(40):
        (new / f"{number}.html").write_text(version)
        time.sleep(0.001)
    swap.put(new, site)
"""


def build(site: Path, text: str, *names: str) -> None:
    with swap.beside(site) as new:
        for name in names or ("index.html",):
            (new / name).write_text(text)
        swap.put(new, site)


def pages(site: Path) -> set[str]:
    return {path.read_text() for path in site.glob("*.html")}


def processes(site: Path, version: str, exchanges: bool) -> subprocess.Popen[bytes]:
    code = f"import sys; sys.path.insert(0, {str(support.ROOT / 'scripts')!r})\n{BUILD}"
    return subprocess.Popen([sys.executable, "-c", code, str(site), version, str(exchanges)])


@pytest.mark.parametrize("exchanges", [True, False])
def test_a_site_takes_the_place_of_another_and_nothing_is_left(
    tmp_path: Path, exchanges: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchanges:
        monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    site = tmp_path / "site"
    build(site, "一", "index.html", "old.html")
    build(site, "二", "index.html")
    assert support.files(site).keys() == {"index.html", ".manifest"}
    assert pages(site) == {"二"}
    assert list(tmp_path.iterdir()) == [site]


def test_what_others_keep_in_the_site_stays(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(site, "一")
    (site / "CNAME").write_text("example.org")
    (site / ".nojekyll").touch()
    (site / ".git" / "refs").mkdir(parents=True)
    (site / ".git" / "HEAD").write_text("ref: refs/heads/pages")
    (site / "link").symlink_to("/nowhere")
    build(site, "二")
    build(site, "三")
    assert support.files(site).keys() == {"index.html", ".manifest", "CNAME", ".nojekyll", ".git/HEAD"}
    assert (site / "link").is_symlink()
    assert pages(site) == {"三"}


def test_a_file_of_somebody_elses_in_the_way_stops_the_swap(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("我的")
    with pytest.raises(InputError, match=r"index\.html:1:1: not made by the build; remove it"):
        build(site, "一")
    assert support.files(tmp_path) == {"site/index.html": "我的".encode()}


def test_folders_with_names_like_those_of_a_build_are_left_alone(tmp_path: Path) -> None:
    for name in ("site.old", "site.new", ".site.building-mine"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine").write_text("我的")
    build(tmp_path / "site", "一")
    build(tmp_path / "site", "二")
    assert {path.name for path in tmp_path.iterdir()} == {"site", "site.old", "site.new", ".site.building-mine"}


def test_a_site_that_is_a_link_stays_one(tmp_path: Path) -> None:
    real = tmp_path / "served" / "here"
    real.mkdir(parents=True)
    (tmp_path / "site").symlink_to(real)
    build(tmp_path / "site", "一")
    build(tmp_path / "site", "二")
    assert (tmp_path / "site").is_symlink()
    assert pages(real) == {"二"}


def test_a_second_build_is_told_to_wait_and_a_lock_ends_with_its_holder(tmp_path: Path) -> None:
    path = tmp_path / ".lock"
    code = (
        f"import sys, time; sys.path.insert(0, {str(support.ROOT / 'scripts')!r})\n"
        "from pathlib import Path\nfrom publish import swap\n"
        "with swap.lock(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StopError, match="another build is running; wait until it has ended"), swap.lock(path):
            pass
        holder.kill()
    with swap.lock(path):
        pass


@pytest.mark.parametrize("exchanges", [True, False])
def test_killed_at_any_moment_there_is_a_whole_site_or_the_next_run_brings_it_back(
    tmp_path: Path, exchanges: bool
) -> None:
    site = tmp_path / "site"
    build(site, "0", *(f"{number}.html" for number in range(COUNT)))
    source = random.Random(20200618)
    for attempt in range(1, 16):
        started = processes(site, str(attempt), exchanges)
        time.sleep(source.uniform(0.05, 0.25))
        started.kill()
        started.wait()
        if exchanges:
            assert site.exists(), "there is a site at every moment"
        with swap.beside(site):
            pass
        assert len(pages(site)) == 1, "old or new, never both"
        assert len(list(site.glob("*.html"))) == COUNT
        assert list(tmp_path.iterdir()) == [site]


def test_a_run_cut_off_between_two_renames_is_put_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    build(site, "一")
    with swap.beside(site) as new:
        (new / "index.html").write_text("二")
        site.rename(new.with_name("old"))
        monkeypatch.setattr(swap, "_recover", lambda _: None)
    monkeypatch.undo()
    assert not site.exists()
    with swap.beside(site):
        assert pages(site) == {"一"}
    assert list(tmp_path.iterdir()) == [site]
