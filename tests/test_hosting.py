"""What hosts are told: the same headers to each, in the form that it reads, and nothing that it could misread."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

import support
from publish import hosting
from publish.place import UNKNOWN, Place, place
from statement.model import Redirect

POLICY = "default-src 'none'; script-src 'self' 'sha256-WvZJVeGkvbob3Wi6UxDB3sY5no19d6eYLiEYDA3uceQ='"
DECLARED = {hosting.POLICY: POLICY, **hosting.HEADERS}
PRESENT = (
    "index.html",
    "assets/main.ac9cb261b4.js",
    "assets/palette.css",
    "assets/own.min.css",
    "data/citations/zh-hans/p7.bib",
    "data/citations/zh-hans/p7.ris",
)
PLACES = [UNKNOWN, Place("", "/statement/"), place("https://example.org/statement/"), place("https://例.example:8443/")]


def told(where: Place = UNKNOWN, *redirects: Redirect) -> dict[str, str]:
    return hosting.files(support.ROOT / "docs" / "hosting", where, POLICY, redirects, PRESENT)


def rules(text: str) -> dict[str, dict[str, str]]:
    """Return the headers that a `_headers` file has for each pattern."""
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if line.startswith("/"):
            assert line not in found
            current = found.setdefault(line, {})
        else:
            name, _, value = line.strip().partition(": ")
            current[name] = value
    return found


@pytest.mark.parametrize("where", PLACES)
def test_every_host_is_told_the_same_headers(where: Place) -> None:
    files = told(where)
    assert rules(files["_headers"])[f"{where.folder}*"] == DECLARED
    for name, value in DECLARED.items():
        assert files["_nginx.conf"].count(f'add_header {name} "{value}" always;') == 1
        assert files["_Caddyfile"].count(f'\t{name} "{value}"\n') == 1
    assert len(re.findall("add_header", files["_nginx.conf"])) == len(DECLARED) + 1


@pytest.mark.parametrize("where", PLACES)
def test_no_header_is_told_twice_of_one_file(where: Place) -> None:
    """Netlify sends one of two values, Cloudflare both."""
    patterns = rules(told(where)["_headers"])
    for path in PRESENT:
        fitting = [values for pattern, values in patterns.items() if fnmatchcase(where.folder + path, pattern)]
        names = [name for values in fitting for name in values]
        assert len(names) == len(set(names)) > 4, path


def test_only_what_is_named_after_its_content_is_kept_for_good() -> None:
    kept = [pattern for pattern, values in rules(told()["_headers"]).items() if values.get("Cache-Control")]
    assert kept == ["/assets/main.ac9cb261b4.js"]


def test_what_lies_under_data_has_the_type_that_pages_say(site: Path) -> None:
    said = rules((site / "_headers").read_text("utf-8"))
    page = (site / "7" / "index.html").read_text("utf-8")
    types: Mapping[str, str] = dict(re.findall(r'href="[^"]*p7\.(bib|ris)"[^>]* type="([^"]+)"', page))
    assert set(types) == {"bib", "ris"}
    for suffix, type_ in types.items():
        assert said[f"/data/citations/zh-hant/p7.{suffix}"]["Content-Type"] == f"{type_}; charset=utf-8"
    assert len(said) <= 100, "Cloudflare Pages reads no more"


def test_no_host_is_told_more_than_it_reads() -> None:
    many = [f"data/citations/zh-hans/p{number}.bib" for number in range(120)]
    files = hosting.files(support.ROOT / "docs" / "hosting", UNKNOWN, POLICY, (), [*PRESENT, *many])
    said = rules(files["_headers"])
    assert len(said) <= 100
    assert said["/data/*.bib"] == {"Content-Type": "application/x-bibtex; charset=utf-8"}
    assert "/data/*.ris" in said


@pytest.mark.parametrize("where", PLACES)
def test_redirects_have_the_folder_of_the_site(where: Place) -> None:
    old, new = f"{where.folder}zh-hans/old/", f"{where.folder}zh-hans/new/"
    files = told(where, Redirect("/zh-hans/old/", "/zh-hans/new/"))
    assert files["_redirects"] == f"{old} {new} 301\n"
    assert f"location = {old} {{\n            return 301 {new}$is_args$args;" in files["_nginx.conf"]
    assert f"\tredir {old} {new} 301\n" in files["_Caddyfile"]
    assert "_redirects" not in told(where)


def test_a_name_of_a_host_is_told_as_requests_have_it() -> None:
    files = told(place("https://例.example:8443/"))
    assert "server_name xn--fsq.example;" in files["_nginx.conf"]
    assert "\nhttps://xn--fsq.example:8443 {\n" in files["_Caddyfile"]
    assert "server_name [2001:db8::1];" in told(place("https://[2001:db8::1]/"))["_nginx.conf"]
    assert "server_name _;" in told()["_nginx.conf"]
    assert "\n:80 {\n" in told()["_Caddyfile"]


def test_every_file_of_the_site_has_a_type(site: Path) -> None:
    paths = [path.relative_to(site).as_posix() for path in site.rglob("*.*") if path.suffix not in (".br", ".gz")]
    unknown = {path for path in paths if hosting.type_of(path) == "application/octet-stream"}
    assert unknown == {".manifest", "_nginx.conf"}
    assert hosting.type_of("/zh-hans/") == hosting.type_of("404.html") == "text/html; charset=utf-8"
    assert set(hosting.TYPES) >= hosting.COMPRESSED
