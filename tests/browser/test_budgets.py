"""What readers on slow lines wait for: how much a page fetches, and that nothing waits for what is still on its way."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from playwright.sync_api import Browser, Route, expect

import sample
import support
from browser.visits import Visit, serving, visiting

KINDS = tomllib.loads((support.ROOT / "tests" / "budgets.toml").read_text("utf-8"))["kinds"]


@cache
def size(site: Path, address: str) -> int:
    """Return how many bytes a file of the site has as brotli sends it, by its address from the root."""
    path = address.removeprefix("/")
    file = site / path / "index.html" if path == "" or path.endswith("/") else site / path
    return len(brotli.compress(file.read_bytes()))


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_keeps_to_its_budget(chrome: Browser, base: str, site: Path, kind: str) -> None:
    with visiting(chrome, base) as visit:
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.url))
        visit.go(KINDS[kind]["page"])
        visit.page.wait_for_load_state("networkidle")
        assert len(asked) == len(set(asked)), "nothing is fetched twice"
        assert len(asked) <= KINDS[kind]["requests"], asked
        sizes = {path: size(site, path) for path in (urlsplit(address).path for address in asked)}
        assert sum(sizes.values()) <= KINDS[kind]["bytes"], sizes


def test_scripts_and_stylesheets_are_there_in_a_small_form_and_may_be_kept_for_good(site: Path) -> None:
    files = [path for path in (site / "assets").iterdir() if path.suffix in (".js", ".css", ".svg")]
    assert len(files) >= 9
    for path in files:
        assert brotli.decompress(path.with_name(f"{path.name}.br").read_bytes()) == path.read_bytes()
        assert path.with_name(f"{path.name}.gz").is_file()
        rule = f"/assets/{path.name}\n  Cache-Control: public, max-age=31536000, immutable\n"
        assert rule in (site / "_headers").read_text()


class Held:
    """Requests that are kept waiting until they are let go."""

    def __init__(self, visit: Visit, pattern: str) -> None:
        self.routes: list[Route] = []
        self.visit = visit
        visit.page.route(pattern, self._hold)

    def _hold(self, route: Route) -> None:
        self.routes.append(route)

    def let_go(self) -> None:
        while not self.routes:
            self.visit.page.wait_for_timeout(20)
        for route in self.routes:
            route.continue_()


def test_the_dialog_opens_at_once_and_keeps_what_is_typed_until_the_search_has_come(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(urlsplit(request.url).path.rpartition("/")[2]))
        held = Held(visit, "**/search.*.js")
        visit.go(f"zh-hans/{sample.THEME}/")
        visit.page.keyboard.press("/")
        field = visit.page.locator("dialog[open] .box__field")
        expect(field).to_be_focused()
        expect(visit.page.locator(".box__status")).to_have_text("正在加载")
        visit.page.keyboard.insert_text(sample.WORD)
        visit.page.wait_for_timeout(200)
        assert {"search.json", "words.json"} <= set(asked), "the text is on its way with the search, not after it"
        held.let_go()
        expect(visit.page.locator("[role=option]")).to_have_count(1)
        expect(field).to_have_value(sample.WORD)
        expect(field).to_be_focused()
        assert len([name for name in asked if name == "search.json"]) == 1
        visit.page.keyboard.press("Escape")
        expect(visit.page.locator("dialog[open]")).to_have_count(0)
        assert visit.wrong == []


def test_a_dialog_that_was_closed_before_the_search_had_come_stays_closed(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        held = Held(visit, "**/search.*.js")
        visit.go(f"zh-hans/{sample.THEME}/")
        visit.page.keyboard.press("/")
        expect(visit.page.locator("dialog[open]")).to_have_count(1)
        visit.page.keyboard.press("Escape")
        held.let_go()
        visit.page.wait_for_timeout(300)
        expect(visit.page.locator("dialog[open]")).to_have_count(0)
        visit.page.keyboard.press("/")
        expect(visit.page.locator("dialog[open] [role=combobox]")).to_be_focused()
        assert visit.wrong == []


def test_a_search_that_could_not_be_fetched_is_fetched_again(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        visit.page.route("**/search.*.js", lambda route: route.abort())
        visit.go(f"zh-hans/{sample.THEME}/")
        visit.page.keyboard.press("/")
        expect(visit.page.locator(".box__status")).to_contain_text("加载失败")
        visit.page.keyboard.press("Escape")
        # Browsers close a dialog a moment after the key, and until it is gone a slash is typed into it.
        expect(visit.page.locator("dialog")).to_have_count(0)
        visit.page.unroute("**/search.*.js")
        visit.page.keyboard.press("/")
        expect(visit.page.locator("dialog[open] [role=combobox]")).to_be_focused()


def test_hashes_change_with_what_is_in_a_file_only(site: Path, moved_site: Path) -> None:
    names = [sorted(path.name for path in (each / "assets").iterdir()) for each in (site, moved_site)]
    assert names[0] == names[1]


def test_a_site_below_a_folder_that_the_build_was_not_told_of_finds_itself(chrome: Browser, site: Path) -> None:
    """Its page for what is missing has its looks, and its links lead into the site."""
    with serving(site, "/some/folder/") as base, visiting(chrome, base) as visit:
        visit.go("no/such/page/")
        expect(visit.page.locator("h1")).to_have_text("找不到该页面")
        assert visit.page.evaluate("document.styleSheets[0].cssRules.length") > 50
        link = visit.page.locator("main a.button").first
        expect(link).to_have_attribute("href", "/some/folder/zh-hans/")
        visit.go(f"第{sample.NUMBER}段/")
        visit.page.wait_for_url(f"{base}{sample.NUMBER}/")
