"""The main uses in Firefox and in WebKit, as in Chromium: read, switch, search, follow links, copy, choose a scheme."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import support
from browser import engines
from browser.breaks import FAULTS, WIDTHS
from browser.visits import serving

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


def clause(number: int, edition: int = 0) -> str:
    return support.editions()[edition].statement.clauses[number - 1].text


MARKED = "name => CSS.highlights?.has(name) ? [...CSS.highlights.get(name)].map(String) : [String(getSelection())]"


def test_a_theme_can_be_read(walk: Walk) -> None:
    walk.go("zh-hans/health/")
    shown = """() => [...document.querySelectorAll(".clause")].map(clause =>
        [...clause.querySelectorAll(":scope > span:not([role])")].map(span => span.textContent).join(""))"""
    assert walk.run(shown) == [clause(number) for number in (6, 7, 8)]
    assert walk.run("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("page", ["zh-hans/", "zh-hans/full/", "zh-hant/about/", "zh-hant/health/", "7/"])
def test_no_line_begins_or_ends_with_a_mark_that_must_not_stand_there(walk: Walk, page: str) -> None:
    walk.go(page)
    for width in WIDTHS:
        walk.engine.resize(width, 900)
        assert walk.run(FAULTS) == [], width
    walk.engine.resize(1200, 800)


def test_the_switch_keeps_place_and_query(walk: Walk) -> None:
    walk.go("zh-hans/health/?q=疫苗#p7")
    walk.until("() => document.querySelector('.found__count')?.textContent")
    walk.click("a[data-switch]")
    walk.is_at("zh-hant/health/?q=疫苗#p7")


def test_a_search_by_keyboard_leads_to_the_marked_place(walk: Walk) -> None:
    walk.go("zh-hant/")
    # WebKit's driver loses keys that are pressed before its window has been drawn.
    walk.until("() => new Promise(resolve => setTimeout(() => requestAnimationFrame(() => resolve(true)), 500))")
    walk.engine.press("/")
    walk.until("() => document.querySelector('dialog[open] [role=combobox]') === document.activeElement")
    walk.engine.press(*"疫苗")
    walk.until(
        "() => document.querySelector('.box__status')?.textContent", is_right=lambda said: "1段，共2處" in (said or "")
    )
    walk.engine.press("ArrowDown", "Enter")
    walk.is_at("zh-hant/health/?q=疫苗#p7")
    walk.until("() => document.querySelector('.found__count')?.textContent", is_right=lambda said: "2" in (said or ""))
    assert set(walk.run(MARKED, "hit")) == {"疫苗"}


def test_the_page_of_results_answers_what_its_address_asks(walk: Walk) -> None:
    walk.go("zh-hans/search/?q=數字經濟")
    assert walk.until("() => document.querySelectorAll('.hit').length") == 1
    assert walk.run("() => document.querySelector('.without-script')") is None


def test_a_range_in_the_address_is_marked_and_said_what_it_is_of(walk: Walk) -> None:
    walk.go("zh-hans/health/#p7:12-18")
    assert walk.until(MARKED, "place", is_right=any) == [clause(7)[12:18]]
    top = walk.run("() => document.querySelector('#p7').getBoundingClientRect().top")
    assert 0 < top < 400
    assert "第7段" in walk.text(".arrival:not([hidden])")


IN_SIGHT = """() => {
    const line = document.querySelector(".arrival:not([hidden])").getBoundingClientRect();
    const hit = document.elementFromPoint(line.left + 20, line.top + 6);
    return Boolean(hit && hit.closest(".arrival")) && line.bottom <= innerHeight;
}"""


@pytest.mark.parametrize("place", ["p7", "p4s1", "p7:12-18"])
def test_what_a_place_is_of_stays_in_sight(walk: Walk, place: str) -> None:
    walk.go(f"zh-hans/health/#{place}")
    walk.until("() => Boolean(document.querySelector('.arrival:not([hidden])'))", is_right=bool)
    time.sleep(0.3)  # the browser goes to the place itself once more
    assert walk.run(IN_SIGHT)


def test_several_clauses_in_the_address_are_marked(walk: Walk) -> None:
    walk.go("zh-hans/health/#p6-8")
    assert walk.until("() => [...document.querySelectorAll('.here')].map(each => each.id)") == ["p6", "p7", "p8"]


def test_what_is_selected_can_be_copied_with_a_link_to_it(walk: Walk) -> None:
    walk.go("zh-hans/health/")
    select = """() => {
        const node = document.querySelector("#p7s1").firstChild;
        getSelection().setBaseAndExtent(node, 2, node, 4);
    }"""
    walk.run(select)
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
    assert link.startswith(f"{walk.base}zh-hans/health/#p7:2-4")
    assert walk.until("() => document.querySelector('.selection__status').textContent") == "已复制"


def test_a_term_has_a_preview_under_the_focus(walk: Walk) -> None:
    walk.go("zh-hans/health/")
    walk.run("() => document.querySelector('#p7 .number').focus()")
    walk.engine.press("Tab")
    said = walk.until("() => document.querySelector('.preview')?.textContent")
    assert "卫生产品" in said


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("第七段/", "7/"),
        ("p7/", "7/"),
        ("7/。", "7/"),
        ("7/）", "7/"),
        ("7。", "7/"),
        ("zh-Hans/health/", "zh-hans/health/"),
        ("zh-cn/health/", "zh-hans/health/"),
        ("zh-tw/", "zh-hant/"),
        ("zh-hans/7/", "7/"),
        ("zh-hant/health/）", "zh-hant/health/"),
    ],
)
def test_an_address_as_people_write_it_leads_where_it_means(walk: Walk, written: str, meant: str) -> None:
    walk.go(written)
    walk.is_at(meant)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("zh-hans/health/#p7。", "zh-hans/health/#p7"),
        ("zh-hans/health/#p7:12-18）", "zh-hans/health/#p7:12-18"),
        ("zh-hans/health/#p7%3A12-18", "zh-hans/health/#p7:12-18"),
        ("zh-hans/health/#P7", "zh-hans/health/#p7"),
        ("zh-hans/health/#7", "zh-hans/health/#p7"),
        ("zh-hans/health/#第七段", "zh-hans/health/#p7"),
        ("zh-hans/health/#p9", "zh-hans/connectivity/#p9"),
        ("#p7", "7/"),
    ],
)
def test_a_place_as_people_write_it_is_found(walk: Walk, written: str, meant: str) -> None:
    walk.go(written)
    walk.is_at(meant)


@pytest.mark.parametrize("place", ["#p99", "#p7s9"])
def test_who_asks_for_a_place_that_is_not_there_is_told(walk: Walk, place: str) -> None:
    walk.go(f"zh-hans/health/{place}")
    assert place in walk.until("() => document.querySelector('.nowhere:not([hidden])')?.textContent")


def test_the_scheme_can_be_chosen(walk: Walk) -> None:
    walk.go("zh-hans/health/")
    paper = "() => getComputedStyle(document.documentElement).backgroundColor"
    seen = {walk.run(paper)}
    for _ in range(2):
        walk.click("[data-scheme-button]")
        seen.add(walk.run(paper))
    assert seen == {"rgb(252, 251, 248)", "rgb(24, 23, 21)"}
    walk.run("() => localStorage.clear()")
