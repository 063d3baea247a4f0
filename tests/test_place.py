"""Where the site will be: what is an address or a folder, and what a build makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import build
import support
from publish import readers
from publish.place import Place, folder, place


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("/", "/"),
        ("", "/"),
        ("statement", "/statement/"),
        ("/a/b.c/", "/a/b.c/"),
        ("/%E5%A3%B0%E6%98%8E/", "/声明/"),
        ("/声明", "/声明/"),
    ],
)
def test_a_folder_is_named_with_or_without_its_slashes(given: str, meant: str) -> None:
    assert folder(given) == meant


@pytest.mark.parametrize(
    "given", ["/a b/", "/a;b/", "/a{/", '/a"/', "/$uri/", "/a//b/", "/../a/", "/./", "/%22/", "/a\n/"]
)
def test_what_a_server_would_read_otherwise_is_no_folder(given: str) -> None:
    assert folder(given) is None
    assert not readers.is_site(f"https://example.org{given}")


def test_an_address_says_the_folder_too() -> None:
    assert place("https://example.org/a/") == Place("https://example.org/a/", "/a/")
    assert place("https://example.org:8443/").folder == "/"
    assert place("https://example.org:8443/").host == "example.org"
    assert place("", "/a/") == Place("", "/a/")
    assert place("").folder == "/"
    with pytest.raises(ValueError, match=r"/b/ is not the folder of https://example\.org/a/; leave it out, or correct"):
        place("https://example.org/a/", "/b/")


def test_a_folder_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build.main(["--base", "/a;b/", "--pages", str(tmp_path)])
    assert "'/a;b/' is no folder of a host; give one such as /statement/" in capsys.readouterr().err
    options = ["--base", "/b/", "--site-url", "https://example.org/a/", "--pages", str(tmp_path)]
    assert build.main(options) == 1
    assert capsys.readouterr().err.startswith("--base:1:1: /b/ is not the folder of https://example.org/a/; ")
    assert support.files(tmp_path) == {}


@pytest.mark.slow
def test_a_folder_changes_the_page_for_what_is_missing_and_what_hosts_are_told(tmp_path: Path, site: Path) -> None:
    made = support.make_site(support.copy_project(tmp_path / "project"), "--base", "statement", **support.WHOLE)
    before, after = support.files(site), support.files(made)
    assert set(before) == set(after)
    assert {path for path in after if after[path] != before[path]} == {
        *(f"404.html{kind}" for kind in ("", ".br", ".gz")),
        "_headers",
        "_nginx.conf",
        "_Caddyfile",
        # It lists what the site has with the hash of each.
        *(f"worker.js{kind}" for kind in ("", ".br", ".gz")),
    }
    page = BeautifulSoup(after["404.html"], "html.parser")
    links = {str(tag.get("href") or tag.get("src")) for tag in page.select("[href], [src]")} - {"#main"}
    assert len(links) > 8
    assert {link for link in links if not link.startswith("/statement/")} == set()
    assert {link for link in links if not (made / link.removeprefix("/statement/")).exists()} == set()
    assert not page.select("style, script:not([src])")
