"""What hosts are told: the same headers to each, in the form that it reads, and nothing that it could misread."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

import support
import told
from publish import hosting
from publish.place import UNKNOWN, Place, place
from publish.policy import FRAMED, Policies
from statement.model import Redirect
from told import rules

POLICY = "default-src 'none'; script-src 'self' 'sha256-WvZJVeGkvbob3Wi6UxDB3sY5no19d6eYLiEYDA3uceQ='"
POLICIES = Policies(site=POLICY, framed="default-src 'none'; img-src 'self'")
DECLARED = {hosting.POLICY: POLICY, **hosting.HEADERS}
PRESENT = (
    "index.html",
    "assets/main.ac9cb261b4.js",
    "assets/palette.css",
    "assets/own.min.css",
    "data/citations/zh-hans/p7.bib",
    "data/citations/zh-hans/p7.ris",
    "7/index.md",
    "embed/7/index.html",
)
PLACES = [UNKNOWN, Place("", "/statement/"), place("https://example.org/statement/"), place("https://例.example:8443/")]


def made(where: Place = UNKNOWN, *redirects: Redirect) -> dict[str, str]:
    return hosting.files(support.ROOT / "docs" / "hosting", where, POLICIES, redirects, PRESENT)


@pytest.mark.parametrize("where", PLACES)
def test_every_host_is_told_the_same_headers(where: Place) -> None:
    files = made(where)
    assert rules(files["_headers"])[f"{where.folder}*"] == DECLARED
    for name, value in hosting.HEADERS.items():
        assert files["_nginx.conf"].count(f'add_header {name} "{value}" always;') == 1
        assert files["_Caddyfile"].count(f'\t{name} "{value}"\n') == 1
    assert f'\n    default "{POLICY}";\n' in files["_nginx.conf"]
    assert files["_nginx.conf"].count(f"add_header {hosting.POLICY} $statement_policy always;") == 1
    assert files["_Caddyfile"].count(f'\theader @unframed {hosting.POLICY} "{POLICY}"\n') == 1
    assert len(re.findall("add_header", files["_nginx.conf"])) == len(DECLARED) + 1


@pytest.mark.parametrize("where", PLACES)
def test_no_header_is_told_twice_of_one_file(where: Place) -> None:
    """Netlify sends one of two values, Cloudflare both."""
    patterns = rules(made(where)["_headers"])
    for path in PRESENT:
        fitting = [values for pattern, values in patterns.items() if fnmatchcase(where.folder + path, pattern)]
        taken = {name[2:] for values in fitting for name in values if name.startswith("! ")}
        assert taken == ({hosting.POLICY} if path.startswith(FRAMED) else set())
        names = [name for values in fitting[1:] for name in values if not name.startswith("! ")]
        names += [name for name in fitting[0] if name not in taken]
        assert len(names) == len(set(names)) > 4, path


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("read", [told.as_cloudflare, told.as_netlify])
def test_pages_for_frames_have_a_policy_of_their_own_and_no_others(
    where: Place, read: Callable[[told.Rules, str], dict[str, str]]
) -> None:
    found = rules(made(where)["_headers"])
    for path, policy in {"7/": POLICY, "": POLICY, "embed/": POLICIES.framed, "embed/7/": POLICIES.framed}.items():
        assert read(found, where.folder + path)[hosting.POLICY] == policy, path


def test_markdown_is_told_to_be_markdown() -> None:
    for path in ("/index.md", "/zh-hans/a/b/index.md"):
        assert told.as_netlify(rules(made()["_headers"]), path)["Content-Type"] == "text/markdown; charset=utf-8"
    assert "Content-Type" not in told.as_netlify(rules(made()["_headers"]), "/7/")


def test_only_what_is_named_after_its_content_is_kept_for_good() -> None:
    kept = [pattern for pattern, values in rules(made()["_headers"]).items() if values.get("Cache-Control")]
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
    files = hosting.files(support.ROOT / "docs" / "hosting", UNKNOWN, POLICIES, (), [*PRESENT, *many])
    said = rules(files["_headers"])
    assert len(said) <= 100
    assert said["/data/*.bib"] == {"Content-Type": "application/x-bibtex; charset=utf-8"}
    assert "/data/*.ris" in said


@pytest.mark.parametrize("where", PLACES)
def test_redirects_have_the_folder_of_the_site(where: Place) -> None:
    old, new = f"{where.folder}zh-hans/old/", f"{where.folder}zh-hans/new/"
    files = made(where, Redirect("/zh-hans/old/", "/zh-hans/new/"))
    assert files["_redirects"] == f"{old} {new} 301\n"
    assert f"location = {old} {{\n            return 301 {new}$is_args$args;" in files["_nginx.conf"]
    assert f"\tredir {old} {new} 301\n" in files["_Caddyfile"]
    assert "_redirects" not in made(where)


def test_a_name_of_a_host_is_told_as_requests_have_it() -> None:
    files = made(place("https://例.example:8443/"))
    assert "server_name xn--fsq.example;" in files["_nginx.conf"]
    assert "\nhttps://xn--fsq.example:8443 {\n" in files["_Caddyfile"]
    assert "server_name [2001:db8::1];" in made(place("https://[2001:db8::1]/"))["_nginx.conf"]
    assert "server_name _;" in made()["_nginx.conf"]
    assert "\n:80 {\n" in made()["_Caddyfile"]


def test_every_file_of_the_site_has_a_type(site: Path) -> None:
    paths = [path.relative_to(site).as_posix() for path in site.rglob("*.*") if path.suffix not in (".br", ".gz")]
    unknown = {path for path in paths if hosting.type_of(path) == "application/octet-stream"}
    assert unknown == {".manifest", "_nginx.conf"}
    assert hosting.type_of("/zh-hans/") == hosting.type_of("404.html") == "text/html; charset=utf-8"
    assert set(hosting.TYPES) >= hosting.COMPRESSED
