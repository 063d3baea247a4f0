"""Without a network: after one visit every kind of page is there, a new build is taken whole, and a broken one not."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Error, Page, expect

import sample
from browser import host
from pages import CLAUSES
from publish import assets, offline, project

KINDS = (
    *("", "compare/", CLAUSES[-1], "zh-hans/", f"zh-hant/{sample.THEME}/", "zh-hans/full/", "zh-hant/search/"),
    *("zh-hans/terms/", f"zh-hant/terms/{sample.TERM}/", "zh-hans/wording/", "zh-hant/cite/", "zh-hans/download/"),
    *("zh-hant/about/", "zh-hans/conversion/"),
)
READY = """Promise.race([
    navigator.serviceWorker.ready.then(found => found.active.state),
    new Promise((_, reject) => setTimeout(reject, 20_000, "there is no worker")),
])"""
NAMES = "caches.keys()"
# What becomes of the worker that is on the host now: "none" where it is the one that is there already.
UPDATE = """navigator.serviceWorker.getRegistration().then(found => found.update()).then(found => new Promise(done => {
    const next = found.installing ?? found.waiting;
    const tell = () => ["activated", "redundant"].includes(next.state) && done(next.state);
    if (!next) done("none");
    else next.addEventListener("statechange", tell);
}))"""


@dataclass
class Site:
    """A copy of the site that a test may change, at an address that stays while the server comes and goes."""

    folder: Path
    port: int = 0
    server: ThreadingHTTPServer | None = field(default=None)
    changes: int = 0

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        self.server = host.server(self.folder, self.port)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        assert self.server
        self.server.shutdown()
        self.server.server_close()
        self.server = None

    def heading(self, path: str) -> str:
        file = self.folder / path / "index.html" if not path.endswith(".html") else self.folder / path
        found = BeautifulSoup(file.read_text("utf-8"), "html.parser").h1
        assert found
        return str(found)

    def change(self, path: str, words: str) -> None:
        """Change the heading of a page."""
        file = self.folder / path / "index.html"
        text = file.read_text("utf-8")
        assert self.heading(path) in text
        file.write_text(text.replace(self.heading(path), f"<h1>{words}</h1>", 1), "utf-8")
        self._date(file)

    def build(self) -> None:
        """Make the worker of the files that are there now."""
        names = offline.paths(
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.is_file() and path.suffix not in (".br", ".gz")
        )
        files = {name: ((self.folder / name).read_bytes(), 1) for name in names}
        worker = self.folder / offline.WORKER
        worker.write_text(offline.worker(assets.worker(project.ASSETS, "docs/assets"), files), "utf-8")
        self._date(worker)

    def _date(self, file: Path) -> None:
        """Give a file a later second than all before: what is no newer by its HTTP date is not sent again."""
        self.changes += 1
        changed = time.time() + 2 * self.changes
        os.utime(file, (changed, changed))


@pytest.fixture
def copied(site: Path, tmp_path: Path) -> Iterator[Site]:
    """Yield a copy of the site that is served."""
    with copy_served(site, tmp_path / "site") as made:
        yield made


@contextmanager
def copy_served(site: Path, folder: Path) -> Iterator[Site]:
    """Serve a copy of a site, made in a folder, until the test stops that."""
    made = Site(folder)
    shutil.copytree(site, made.folder)
    made.start()
    yield made
    if made.server:
        made.stop()


@contextmanager
def reading(chrome: Browser) -> Iterator[tuple[Page, list[str]]]:
    """Yield a page in a browser that may have workers, and what goes wrong there."""
    context = chrome.new_context(service_workers="allow")
    context.set_default_timeout(20_000)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text))
    yield page, wrong
    context.close()


def visit_once(page: Page, copied: Site) -> None:
    """Open home, and stop the server when all is kept."""
    page.goto(copied.base)
    page.evaluate(READY)
    copied.stop()


def test_after_one_visit_every_kind_of_page_can_be_read_and_searched_without_a_network(
    chrome: Browser, copied: Site
) -> None:
    with reading(chrome) as (page, wrong):
        visit_once(page, copied)
        for path in KINDS:
            page.goto(copied.base + path)
            assert page.locator("h1").first.evaluate("each => each.outerHTML") == copied.heading(path), path
            assert page.evaluate("document.styleSheets[0].cssRules.length") > 50
        page.goto(f"{copied.base}zh-hans/{sample.THEME}/")
        page.locator("a[data-switch]").click()
        page.wait_for_url(f"{copied.base}zh-hant/{sample.THEME}/")
        page.keyboard.press("/")
        page.keyboard.insert_text(sample.WORD)
        expect(page.locator("[role=option]")).to_have_count(1)
        page.goto(f"{copied.base}zh-hans/search/?q={sample.WORD}")
        expect(page.locator(".box__status strong")).not_to_be_empty()
        assert wrong == []


def test_without_a_network_addresses_are_read_as_kindly_and_what_is_not_there_is_said_not_to_be(
    chrome: Browser, copied: Site
) -> None:
    with reading(chrome) as (page, _):
        visit_once(page, copied)
        page.goto(f"{copied.base}zh-hans/full")
        assert page.url == f"{copied.base}zh-hans/full/"
        page.goto(f"{copied.base}{sample.NUMBER}/index.html")
        assert page.url == f"{copied.base}{sample.NUMBER}/"
        page.goto(f"{copied.base}p{sample.NUMBER}/")
        page.wait_for_url(f"{copied.base}{sample.NUMBER}/")
        answer = page.goto(f"{copied.base}no-such-page/")
        assert answer is not None
        assert answer.status == 404
        assert page.locator("h1").first.evaluate("each => each.outerHTML") == copied.heading("404.html")
        # It may be there, only not here.
        with pytest.raises(Error, match="ERR_"):
            page.goto(f"{copied.base}{sample.NUMBER}/card.png")


def test_a_new_build_is_read_at_once_and_kept_and_one_that_is_broken_leaves_the_last(
    chrome: Browser, copied: Site
) -> None:
    with reading(chrome) as (page, _):
        page.goto(copied.base)
        page.evaluate(READY)
        first = page.evaluate(NAMES)
        assert len(first) == 1
        heading = page.locator("h1")

        copied.change("zh-hans/about/", "新的一版")
        copied.build()
        page.goto(f"{copied.base}zh-hans/about/")
        expect(heading).to_have_text("新的一版")
        assert page.evaluate(UPDATE) in ("activated", "none")
        copied.stop()
        page.goto(f"{copied.base}zh-hans/about/")
        expect(heading).to_have_text("新的一版")
        second = page.evaluate(NAMES)
        assert second[0] == first[0], "a page that is still open may ask for what the last build had"
        assert len(second) == 2

        # Half of a build is on the host: the worker is told of a page that is not as it says.
        copied.change("zh-hans/about/", "坏的一版")
        copied.change("zh-hans/cite/", "还没有放上去")
        copied.build()
        copied.change("zh-hans/cite/", "还没有换完")
        copied.start()
        page.goto(copied.base)
        assert page.evaluate(UPDATE) == "redundant"
        copied.stop()
        page.goto(f"{copied.base}zh-hans/about/")
        expect(heading).to_have_text("新的一版")
        page.goto(f"{copied.base}zh-hans/full/")
        expect(page.locator(".clause").first).to_be_visible()

        # Then all of it is.
        copied.build()
        copied.start()
        page.goto(copied.base)
        assert page.evaluate(UPDATE) in ("activated", "none")
        copied.stop()
        page.goto(f"{copied.base}zh-hans/cite/")
        expect(heading).to_have_text("还没有换完")
        assert len(page.evaluate(NAMES)) == 2


def test_nothing_is_kept_where_data_are_to_be_saved(chrome: Browser, copied: Site) -> None:
    with reading(chrome) as (page, wrong):
        page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
        page.goto(copied.base)
        page.wait_for_timeout(1_500)
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
        assert page.evaluate(NAMES) == []
        assert wrong == []


def test_nothing_is_fetched_for_later_before_the_page_has_come(chrome: Browser, copied: Site) -> None:
    with reading(chrome) as (page, _):
        registered = "navigator.serviceWorker.getRegistrations().then(all => all.length)"
        page.goto(copied.base, wait_until="load")
        assert page.evaluate(registered) == 0
        page.evaluate(READY)
        assert page.evaluate(registered) == 1
