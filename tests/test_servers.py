"""nginx and Caddy with the configurations that the build makes, and a host that does what `_headers` says.

Each serves the whole site, in a folder and at the root of a host, is checked as `make check-links` does it, and is then
asked for one thing of each kind, of which every header is compared.
"""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

import sample
import servers
import support
import told
from publish import addresses, hosting, live
from publish.crawl import AS_IT_IS, Answer, Client
from publish.policy import FRAMED
from publish.site import ONE_PACKET
from statement.errors import Source

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("servers")]

SERVERS: dict[str, tuple[str, Callable[..., AbstractContextManager[servers.Served]]]] = {
    "nginx": ("_nginx.conf", servers.nginx),
    "nginx with brotli": ("_nginx.conf", partial(servers.nginx, has_brotli=True)),
    "caddy": ("_Caddyfile", servers.caddy),
    "by _headers": ("_headers", servers.by_headers),
}
SMALLEST = {"nginx": "gzip"}
"""The smallest form in which a server has texts, where it is not br."""

PLACES = {"/statement/": (support.HOSTED, "hosted_site"), "/": ("http://host.example/", "moved_site")}


MISSING = (
    *("no-such/", "zh-hans/no/such", "assets/main.0123456789.js", "data/no.bib", "%E7%AC%AC%E4%B8%83%E6%AE%B5/"),
    "embed/no/",
    *("_headers", "_redirects", "_nginx.conf", "_Caddyfile", ".manifest"),
)


@dataclass(frozen=True)
class Up:
    """A site that a server serves: the address it has there, the site's folder, and who asks for it."""

    server: str
    root: str
    site: Path
    client: Client

    def ask(self, path: str, **how: str) -> Answer:
        return self.client.ask(self.root + path, **how)

    def one(self, pattern: str) -> str:
        """Return the path of a file of the site, by a pattern that one only fits."""
        (found,) = self.site.glob(pattern)
        return found.relative_to(self.site).as_posix()


@pytest.fixture(scope="module", params=list(itertools.product(SERVERS, PLACES)), ids="{0[0]} at {0[1]}".format)
def up(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """Yield the site on each server, in a folder and at the root."""
    server, folder = request.param
    root, fixture = PLACES[folder]
    site: Path = request.getfixturevalue(fixture)
    work = tmp_path_factory.mktemp("server")
    servers.put(site, work / "www", folder)
    file, run = SERVERS[server]
    with run((site / file).read_text("utf-8"), work / "www", work) as served:
        client = Client(root, (served.name, served.port))
        yield Up(server, root, site, client)
        client.close()


def test_the_check_finds_nothing_wrong(up: Up) -> None:
    published = Source("", (support.ROOT / support.ADDRESSES).read_text("utf-8"))
    report = live.check(up.client, up.root, addresses.listed(published))
    assert [str(finding) for finding in report.findings] == []
    assert report.pages > 150
    assert report.files > 100


def sent(answer: Answer) -> dict[str, str]:
    """Return the headers that we declare, and how an answer has them."""
    names = ("Content-Type", "Cache-Control", "Content-Encoding", "Location", hosting.POLICY, *hosting.HEADERS)
    return {name: answer.headers[name.lower()] for name in names if name.lower() in answer.headers}


def declared(up: Up, path: str = "") -> dict[str, str]:
    """Return the headers that everything has to have, as the build told the hosts that read them in a file."""
    every, framed, *_ = told.rules((up.site / "_headers").read_text("utf-8")).values()
    assert set(every) == {hosting.POLICY, *hosting.HEADERS}
    assert "frame-ancestors 'none'" in every[hosting.POLICY]
    assert "frame-ancestors" not in framed[hosting.POLICY]
    return every | ({hosting.POLICY: framed[hosting.POLICY]} if path.startswith(FRAMED) else {})


def test_every_header_of_each_kind_of_file_is_as_declared(up: Up) -> None:
    script, style = up.one("assets/main.*.js"), up.one("assets/statement.*.css")
    kinds = {
        "": ("text/html; charset=utf-8", "no-cache"),
        "zh-hant/full/": ("text/html; charset=utf-8", "no-cache"),
        script: ("text/javascript; charset=utf-8", hosting.KEPT),
        style: ("text/css; charset=utf-8", hosting.KEPT),
        up.one("assets/favicon.*.svg"): ("image/svg+xml", hosting.KEPT),
        "7/card.png": ("image/png", "no-cache"),
        "7/index.md": ("text/markdown; charset=utf-8", "no-cache"),
        "embed/7/": ("text/html; charset=utf-8", "no-cache"),
        "worker.js": ("text/javascript; charset=utf-8", "no-cache"),
        "zh-hant/app.webmanifest": ("application/manifest+json", "no-cache"),
        "llms.txt": ("text/plain; charset=utf-8", "no-cache"),
        "zh-hans/search.json": ("application/json", "no-cache"),
        "data/citations/zh-hans/p7.json": ("application/json", "no-cache"),
        "data/citations/zh-hans/p7.bib": ("application/x-bibtex; charset=utf-8", "no-cache"),
        "data/citations/zh-hans/p7.ris": ("application/x-research-info-systems; charset=utf-8", "no-cache"),
    }
    for path, (kind, kept) in kinds.items():
        file = f"{path}index.html" if path.endswith("/") or not path else path
        data = (up.site / file).read_bytes()
        # A host that has no files in small forms makes them itself, of whatever length.
        is_big = path.startswith("assets/") or len(data) > ONE_PACKET or up.server == "by _headers"
        is_sent_small = is_big and not path.endswith(".png")
        small = {} if not is_sent_small else {"Content-Encoding": SMALLEST.get(up.server, "br")}
        expected = {"Content-Type": kind, "Cache-Control": kept, **declared(up, path)}
        answer = up.ask(path)
        assert (answer.status, sent(answer)) == (200, expected | small), path
        assert answer.body == data, path
        plain = up.ask(path, encoding=AS_IT_IS)
        assert (plain.status, sent(plain), plain.body) == (200, expected, data), path
        if small:
            old = up.ask(path, encoding="gzip")
            assert (sent(old), old.body) == (expected | {"Content-Encoding": "gzip"}, data), path
            assert "Accept-Encoding" in old.headers["vary"]
        head = up.ask(path, method="HEAD", encoding=AS_IT_IS)
        assert (head.status, sent(head), head.body) == (200, expected, b""), path
        again = up.ask(path, etag=answer.headers["etag"])
        assert (again.status, again.body) == (304, b""), path


@pytest.mark.parametrize("path", MISSING)
def test_what_is_missing_or_meant_for_hosts_is_answered_with_our_page(up: Up, path: str) -> None:
    answer = up.ask(path)
    assert answer.status == 404
    assert answer.body == (up.site / "404.html").read_bytes()
    expected = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-cache", **declared(up)}
    if path.startswith(FRAMED) and up.server == "by _headers":
        # Rules fit what is missing, too.
        expected |= declared(up, path)
    assert sent(answer) == expected | {"Content-Encoding": SMALLEST.get(up.server, "br")}


def test_what_has_moved_and_what_lacks_its_slash_leads_on(up: Up) -> None:
    folder = up.root.removeprefix("http://host.example")
    for edition in ("zh-hans", "zh-hant"):
        answer = up.ask(f"{edition}/{sample.THEME}/")
        assert (answer.status, answer.location) == (301, f"{folder}{edition}/{support.MOVED}/")
    slashless = up.ask("zh-hans/full")
    assert slashless.status in (301, 308)
    assert slashless.location == f"{folder}zh-hans/full/"
    if folder != "/":
        home = up.client.ask(up.root[:-1])
        assert home.status in (301, 308)
        assert home.location == folder
    if up.server.startswith("nginx"):
        assert up.ask(f"zh-hans/{sample.THEME}/?q=1").location == f"{folder}zh-hans/{support.MOVED}/?q=1"


def test_a_site_of_https_is_checked_before_its_name_leads_to_the_server(addressed_site: Path, tmp_path: Path) -> None:
    servers.put(addressed_site, tmp_path / "www", "/statement/")
    with servers.caddy((addressed_site / "_Caddyfile").read_text("utf-8"), tmp_path / "www", tmp_path) as served:
        trusted = check(served, served.environment)
        assert (trusted.returncode, trusted.stderr) == (0, "")
        count = len([path for path in addressed_site.rglob("*.html") if path.name != "404.html"])
        assert trusted.stdout.startswith(f"{support.ADDRESS}: {count} pages and ")
        stranger = check(served, {})
        assert stranger.returncode == 1
        assert "certificate verify failed" in stranger.stderr
        assert len(stranger.stderr.splitlines()) == 1


def check(served: servers.Served, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    script = support.ROOT / "scripts" / "check_links.py"
    command = [sys.executable, str(script), support.ADDRESS, "--connect", f"{served.name}:{served.port}"]
    return subprocess.run(command, env={"PATH": "/usr/bin", **environment}, capture_output=True, text=True, check=False)
