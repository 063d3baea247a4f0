"""The main uses in Firefox and in WebKit, as in Chromium: read, switch, search, follow links, copy, choose a scheme."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import sample
import support
from browser import engines, host
from browser.breaks import FAULTS, WIDTHS
from browser.visits import serving
from pages import CLAUSES, read
from sample import NUMBER, PLACE, text_of

CASES = support.cases("addresses")
THEME = f"zh-hans/{sample.THEME}/"
PATIENCE = 15
"""How many seconds what should appear gets on a busy machine."""


class Walk:
    """A page of the site in an engine, which waits for what should come."""

    def __init__(self, engine: engines.Engine, base: str) -> None:
        self.engine = engine
        self.base = base

    def go(self, address: str) -> None:
        """Open an address of the site, given from its root; another fragment of the same page opens it again."""
        self.engine.go("about:blank")
        self.engine.go(self.base + address)

    def run(self, function: str, *arguments: Any) -> Any:
        return self.engine.run(function, *arguments)

    def until(self, function: str, *arguments: Any, is_right: Callable[[Any], object] = bool) -> Any:
        """Return what a function of the page gives as soon as that is right."""
        end = time.monotonic() + PATIENCE
        while True:
            value = self.engine.run(function, *arguments)
            if is_right(value):
                return value
            assert time.monotonic() < end, f"{function}{arguments} gives {value!r}"
            time.sleep(0.05)

    def is_at(self, address: str) -> None:
        """Wait until the page has an address of the site."""
        self.until("() => decodeURIComponent(location.href)", is_right=lambda href: href == self.base + address)

    def click(self, selector: str) -> None:
        """Click in the middle of an element, which is brought onto the screen."""
        place = """selector => {
            const element = document.querySelector(selector);
            if (!element || !element.getClientRects().length) return null;
            element.scrollIntoView({block: "center"});
            const box = element.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
        }"""
        x, y = self.until(place, selector)
        self.engine.click(x, y)

    def text(self, selector: str) -> str:
        return str(self.run("selector => document.querySelector(selector)?.textContent ?? ''", selector))


@pytest.fixture(scope="module", params=["firefox", "webkit"])
def engine(request: pytest.FixtureRequest) -> Iterator[engines.Engine]:
    if needed := engines.missing(request.param):
        pytest.skip(f"{request.param} is not there; install it with `apt-get install {needed}`")
    with engines.running(request.param) as made:
        made.resize(1200, 800)
        yield made


@pytest.fixture(scope="module")
def watched(site: Path) -> Iterator[str]:
    with serving(site, watched=True) as address:
        yield address


@pytest.fixture
def walk(engine: engines.Engine, watched: str) -> Iterator[Walk]:
    made = Walk(engine, watched)
    yield made
    assert made.run("() => window.wrong ?? []") == []


@contextmanager
def going_down(site: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield the address of a host of its own, and what stops it."""
    server = host.server(site, 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def stop() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    yield f"http://127.0.0.1:{server.server_port}/", stop
    if thread.is_alive():
        stop()


MARKED = "name => CSS.highlights?.has(name) ? [...CSS.highlights.get(name)].map(String) : [String(getSelection())]"


def test_a_theme_can_be_read(walk: Walk) -> None:
    walk.go(THEME)
    shown = """() => [...document.querySelectorAll(".clause")].map(clause =>
        [...clause.querySelectorAll(":scope > span:not([role])")].map(span => span.textContent).join(""))"""
    assert walk.run(shown) == [clause.text for clause in sample.PART.clauses]
    assert walk.run("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("page", ["zh-hans/", "zh-hans/full/", "zh-hant/about/", f"zh-hant/{sample.THEME}/", "7/"])
def test_no_line_begins_or_ends_with_a_mark_that_must_not_stand_there(walk: Walk, page: str) -> None:
    walk.go(page)
    for width in WIDTHS:
        walk.engine.resize(width, 900)
        assert walk.run(FAULTS) == [], width
    walk.engine.resize(1200, 800)


def test_the_switch_keeps_place_and_query(walk: Walk) -> None:
    asked = f"{sample.THEME}/?q={sample.WORD}#{PLACE}"
    walk.go(f"zh-hans/{asked}")
    walk.until("() => document.querySelector('.found__count')?.textContent")
    walk.click("a[data-switch]")
    walk.is_at(f"zh-hant/{asked}")


def test_a_search_by_keyboard_leads_to_the_marked_place(walk: Walk) -> None:
    walk.go("zh-hant/")
    # WebKit's driver loses keys that are pressed before its window has been drawn.
    walk.until("() => new Promise(resolve => setTimeout(() => requestAnimationFrame(() => resolve(true)), 500))")
    walk.engine.press("/")
    walk.until("() => document.querySelector('dialog[open] [role=combobox]') === document.activeElement")
    walk.engine.press(*sample.WORD)
    walk.until(
        "() => document.querySelector('.box__status')?.textContent", is_right=lambda said: "1段，共2處" in (said or "")
    )
    walk.engine.press("ArrowDown", "Enter")
    walk.is_at(f"zh-hant/{sample.THEME}/?q={sample.WORD}#{PLACE}")
    walk.until("() => document.querySelector('.found__count')?.textContent", is_right=lambda said: "2" in (said or ""))
    assert set(walk.run(MARKED, "hit")) == {sample.WORD}


def test_the_page_of_results_answers_what_its_address_asks(walk: Walk) -> None:
    walk.go(f"zh-hans/search/?q={sample.CONVERTED[1]}")
    assert walk.until("() => document.querySelectorAll('.hit').length") == 1
    assert walk.run("() => document.querySelector('.without-script')") is None


def test_a_range_in_the_address_is_marked_and_said_what_it_is_of(walk: Walk) -> None:
    walk.go(f"{THEME}#{PLACE}:12-18")
    assert walk.until(MARKED, "place", is_right=any) == [text_of("zh-hans")[12:18]]
    top = walk.run("place => document.getElementById(place).getBoundingClientRect().top", PLACE)
    assert 0 < top < 400
    assert f"第{NUMBER}段" in walk.text(".arrival:not([hidden])")


IN_SIGHT = """() => {
    const line = document.querySelector(".arrival:not([hidden])").getBoundingClientRect();
    const hit = document.elementFromPoint(line.left + 20, line.top + 6);
    return Boolean(hit && hit.closest(".arrival")) && line.bottom <= innerHeight;
}"""


@pytest.mark.parametrize("place", [PLACE, "p1s1", f"{PLACE}:12-18"])
def test_what_a_place_is_of_stays_in_sight(walk: Walk, place: str) -> None:
    walk.go(f"{THEME}#{place}")
    walk.until("() => Boolean(document.querySelector('.arrival:not([hidden])'))", is_right=bool)
    time.sleep(0.3)  # the browser goes to the place itself once more
    assert walk.run(IN_SIGHT)


def test_several_clauses_in_the_address_are_marked(walk: Walk) -> None:
    clauses = sample.PART.clauses
    walk.go(f"{THEME}#p{clauses[0].number}-{clauses[-1].number}")
    assert walk.until("() => [...document.querySelectorAll('.here')].map(each => each.id)") == [
        clause.id for clause in clauses
    ]


def test_what_is_selected_can_be_copied_with_a_link_to_it(walk: Walk) -> None:
    walk.go(THEME)
    select = """sentence => {
        const node = document.getElementById(sentence).firstChild;
        getSelection().setBaseAndExtent(node, 2, node, 4);
    }"""
    walk.run(select, f"{PLACE}s1")
    walk.until("() => document.querySelectorAll('.selection button').length", is_right=lambda count: count == 3)
    listen = """() => {
        window.copied = "";
        const write = navigator.clipboard?.writeText.bind(navigator.clipboard);
        if (write) navigator.clipboard.writeText = text => { window.copied = text; return write(text); };
        document.addEventListener("copy", () => { window.copied = document.activeElement?.value ?? ""; });
    }"""
    walk.run(listen)
    walk.click(".selection button")
    link = walk.until("() => window.copied")
    assert link.startswith(f"{walk.base}{THEME}#{PLACE}:2-4")
    assert walk.until("() => document.querySelector('.selection__status').textContent") == "已复制"


def test_a_term_has_a_preview_under_the_focus(walk: Walk) -> None:
    walk.go(THEME)
    walk.run("place => document.querySelector(`#${place} .number`).focus()", PLACE)
    walk.engine.press("Tab")
    said = walk.until("() => document.querySelector('.preview')?.textContent")
    assert sample.first_term().definition in said


@pytest.mark.parametrize(("written", "meant"), CASES["pages"])
def test_an_address_as_people_write_it_leads_where_it_means(walk: Walk, written: str, meant: str) -> None:
    walk.go(written)
    walk.is_at(meant)


@pytest.mark.parametrize(("written", "meant"), CASES["places"])
def test_a_place_as_people_write_it_is_found(walk: Walk, written: str, meant: str) -> None:
    walk.go(written)
    walk.is_at(meant)


@pytest.mark.parametrize("place", [f"#p{len(CLAUSES) + 1}", f"#{PLACE}s99"])
def test_who_asks_for_a_place_that_is_not_there_is_told(walk: Walk, place: str) -> None:
    walk.go(f"{THEME}{place}")
    assert place in walk.until("() => document.querySelector('.nowhere:not([hidden])')?.textContent")


def test_the_scheme_can_be_chosen(walk: Walk) -> None:
    walk.go(THEME)
    paper = "() => getComputedStyle(document.documentElement).backgroundColor"
    seen = {walk.run(paper)}
    for _ in range(2):
        walk.click("[data-scheme-button]")
        seen.add(walk.run(paper))
    assert seen == {"rgb(252, 251, 248)", "rgb(24, 23, 21)"}
    walk.run("() => localStorage.clear()")


def test_after_one_visit_the_site_is_there_without_a_network(engine: engines.Engine, site: Path) -> None:
    with going_down(site) as (base, stop):
        walk = Walk(engine, base)
        walk.go("")
        assert walk.run("() => navigator.serviceWorker.ready.then(found => Boolean(found.active))")
        stop()
        for path in ("zh-hans/", f"zh-hant/{sample.THEME}/", f"{NUMBER}/", "compare/", "zh-hant/download/"):
            walk.go(path)
            assert walk.text("h1") == read(site, path).select("h1")[0].get_text()
            assert walk.run("() => document.styleSheets[0].cssRules.length") > 50
        walk.go(f"zh-hans/search/?q={sample.WORD}")
        walk.until("() => document.querySelectorAll('[role=option]').length")
