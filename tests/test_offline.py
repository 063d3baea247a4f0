"""What the worker is told to keep: the whole site as it was built, in little room, what is read first at first."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

import support
from pages import EDITIONS, EVERY, SHARED, one, read
from publish import formats, offline, paper
from publish.machines import APP


def listed(text: str) -> dict[str, Any]:
    """Return what a worker keeps."""
    found: dict[str, Any] = json.loads(text.split("\n", maxsplit=1)[0].removeprefix("self.kept=").removesuffix(";"))
    return found


def of(site: Path) -> dict[str, Any]:
    return listed((site / offline.WORKER).read_text("utf-8"))


def file_of(site: Path, path: str) -> Path:
    return site / path / "index.html" if path == "" or path.endswith("/") else site / path


def test_the_worker_keeps_the_whole_site_as_it_is(site: Path) -> None:
    files = of(site)["files"]
    assert {"", "404.html", *SHARED, *EVERY} <= set(files)
    for path, digest in files.items():
        assert hashlib.sha256(file_of(site, path).read_bytes()).hexdigest().startswith(digest), path
    paths = {path.relative_to(site).as_posix() for path in site.rglob("*.*") if path.suffix not in (".br", ".gz")}
    left = {path for path in paths if path.startswith("embed/") is False and not path.endswith("index.html")}
    assert {Path(path).name for path in left - set(files)} == {
        *("card.png", "index.md", "llms.txt", ".manifest", "_nginx.conf", offline.WORKER),
        *(Path(paper.path(edition, size)).name for edition in support.editions() for size in paper.SIZES),
        *(Path(formats.WORD.format(edition=edition)).name for edition in EDITIONS),
    }


def test_it_is_less_than_a_megabyte_as_it_is_sent(site: Path) -> None:
    total = 0
    for path in of(site)["files"]:
        file = file_of(site, path)
        small = file.with_name(f"{file.name}.br")
        total += (small if small.is_file() else file).stat().st_size
    assert 500_000 < total < offline.MOST == 1_000_000


def test_where_there_is_too_much_the_text_comes_before_what_is_about_it() -> None:
    sizes = {
        "data/statement.epub": 300_000,
        "zh-hans/terms/a/index.html": 300_000,
        "zh-hans/health/index.html": 300_000,
        "assets/main.js": 300_000,
        "7/card.png": 1,
        "zh-hans/index.md": 1,
        "_headers": 1,
        "data/statement.zh-hans.pdf": 1,
    }
    assert offline.kept(sizes) == ["assets/main.js", "zh-hans/health/index.html", "zh-hans/terms/a/index.html"]
    assert "data/statement.epub" in offline.kept({**sizes, "assets/main.js": 90_000})


def test_a_worker_of_the_same_files_is_the_same_and_of_others_has_another_name() -> None:
    files = {"index.html": (b"1", 1), "404.html": (b"2", 1)}
    made = offline.worker("code", files)
    assert made == offline.worker("code", dict(reversed(files.items())))
    other = offline.worker("code", files | {"index.html": (b"3", 1)})
    assert listed(made)["version"] != listed(other)["version"]


@pytest.mark.parametrize("page", ["", *SHARED, *EVERY])
def test_every_page_names_the_worker_and_what_the_site_is_called(site: Path, page: str) -> None:
    html = read(site, page)
    root = "https://site.invalid/"
    assert urljoin(root + page, str(one(html, "body")["data-worker"])) == root + offline.WORKER
    path = urljoin(root + page, str(one(html, "link[rel=manifest]")["href"])).removeprefix(root)
    edition = page.partition("/")[0] if page.partition("/")[0] in EDITIONS else EDITIONS[0]
    assert path == f"{edition}/{APP}"


@pytest.mark.parametrize("edition", support.editions(), ids=EDITIONS)
def test_the_site_can_be_put_on_a_screen(site: Path, edition: Any) -> None:
    found = json.loads((site / edition.id / APP).read_bytes())
    at = f"https://site.invalid/{edition.id}/{APP}"
    assert (found["name"], found["short_name"]) == (edition.particulars.title, edition.particulars.short)
    assert found["lang"] == edition.settings.language
    assert urljoin(at, found["start_url"]) == f"https://site.invalid/{edition.id}/"
    assert urljoin(at, found["scope"]) == "https://site.invalid/"
    (icon,) = found["icons"]
    assert (site / urljoin(at, icon["src"]).removeprefix("https://site.invalid/")).is_file()


def test_no_file_of_an_editor_takes_the_place_of_the_worker(tmp_path: Path) -> None:
    project = support.copy_project(tmp_path / "project")
    (project / "docs" / "source" / "pages").mkdir(exist_ok=True)
    (project / "docs" / "source" / "pages" / "worker.js").write_text("alert(1)")
    with (project / "mkdocs.yml").open("a") as file:
        file.write("extra_javascript:\n  - worker.js\n")
    done = support.run(project, "site")
    assert done.returncode == 1
    assert "worker.js:1:1: has the name of a file that the build makes" in done.stdout + done.stderr
