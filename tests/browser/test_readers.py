"""Readers as they are: with browsers that lack something, large text, low windows, forced colours, a screen reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

import sample
import support
from browser import chromium
from browser.visits import Visit, visiting
from pages import EDITIONS
from sample import NUMBER, PLACE, text_of

THEME = f"zh-hans/{sample.THEME}/"
STYLESHEET = (support.ROOT / "docs" / "assets" / "statement.css").read_text("utf-8")


def lacking(visit: Visit, *statements: str) -> None:
    """Take something away before any page is loaded."""
    for statement in statements:
        visit.page.add_init_script(statement)


# What does not start, or is not there.


@pytest.mark.parametrize("how", ["blocked", "broken"])
def test_a_page_whose_scripts_do_not_start_is_as_it_is_without(chrome: Browser, base: str, how: str) -> None:
    with visiting(chrome, base) as visit:
        if how == "blocked":
            visit.page.route("**/main.*.js", lambda route: route.abort())
        else:
            visit.page.route("**/main.*.js", lambda route: route.fulfill(body="let =", content_type="text/javascript"))
        visit.go(f"zh-hans/search/?q={quote(sample.WORD)}")
        expect(visit.page.locator(".without-script")).to_be_visible()
        expect(visit.page.locator(".box--page")).to_be_hidden()
        expect(visit.page.locator(".find a")).to_be_visible()
        expect(visit.page.locator("[data-scheme-button]")).to_be_hidden()


def test_a_results_page_whose_search_does_not_come_says_what_to_do_without(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        visit.page.route("**/search.*.js", lambda route: route.abort())
        visit.go("zh-hans/search/")
        visit.page.wait_for_timeout(300)
        expect(visit.page.locator(".without-script")).to_be_visible()
        expect(visit.page.locator(".find a")).to_be_visible()


def test_one_feature_that_cannot_start_takes_no_other_with_it(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        fails = "{get() { throw new Error('not here'); }, set() { throw new Error('not here'); }}"
        lacking(visit, f"Object.defineProperty(Document.prototype, 'adoptedStyleSheets', {fails})")
        visit.go(f"{THEME}#{PLACE}:12-18")
        assert [text for text in visit.wrong if "not here" in text], "the error is there to be seen"
        expect(visit.page.locator("[data-scheme-button]")).to_be_visible()
        expect(visit.page.locator(f"#{PLACE}")).to_have_class("clause here")
        visit.page.keyboard.press("/")
        expect(visit.page.locator("dialog[open]")).to_have_count(1)


NO_HIGHLIGHT = "delete window.Highlight; delete CSS.highlights;"


def test_without_marks_the_range_that_a_link_names_is_selected(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        lacking(visit, NO_HIGHLIGHT)
        visit.go(f"{THEME}#{PLACE}:12-18")
        assert visit.page.evaluate("String(getSelection())") == text_of("zh-hans")[12:18]
        visit.page.wait_for_timeout(400)
        assert visit.page.locator(".selection").count() == 0, "nobody has selected anything"
        assert visit.wrong == []


def test_without_marks_the_present_place_of_a_search_is_selected(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        lacking(visit, NO_HIGHLIGHT)
        visit.go(f"{THEME}?q={quote(sample.WORD)}#{PLACE}")
        expect(visit.page.locator(".found__count")).to_contain_text("1 / 2")
        assert visit.page.evaluate("String(getSelection())") == sample.WORD
        visit.page.get_by_role("button", name="下一处").click()
        expect(visit.page.locator(".found__count")).to_contain_text("2 / 2")
        visit.page.get_by_role("button", name="清除标记").click()
        assert visit.page.evaluate("String(getSelection())") == ""
        assert visit.wrong == []


def test_without_newer_methods_of_arrays_places_are_marked(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        lacking(visit, *(f"delete Array.prototype.{name};" for name in ("toSorted", "toReversed", "with", "findLast")))
        visit.go(f"{THEME}?q={quote(sample.WORD)}#{PLACE}")
        expect(visit.page.locator(".found__count")).to_contain_text("2")
        assert visit.page.evaluate("[...CSS.highlights.get('hit')].length") == 2
        assert visit.wrong == []


def test_without_a_segmenter_a_link_has_no_directive(chrome: Browser, base: str) -> None:
    with visiting(chrome, base, permissions=["clipboard-read", "clipboard-write"]) as visit:
        lacking(visit, "delete Intl.Segmenter;")
        visit.go(THEME)
        visit.page.evaluate(
            """sentence => {
                const node = document.getElementById(sentence).firstChild;
                getSelection().setBaseAndExtent(node, 0, node, 4);
            }""",
            f"{PLACE}s1",
        )
        visit.page.locator(".selection button").first.click()
        expect(visit.page.locator(".selection__status")).to_have_text("已复制")
        assert visit.page.evaluate("navigator.clipboard.readText()").startswith(f"{base}{THEME}#{PLACE}:0-4~s")
        assert ":~:" not in visit.page.evaluate("navigator.clipboard.readText()")


def test_a_selector_that_some_browsers_do_not_know_stands_in_a_rule_of_its_own() -> None:
    selectors = re.findall(r"(?:^|[{}])\s*([^{}@;]*:has\([^{}]*)\{", STYLESHEET)
    assert selectors
    for selector in selectors:
        assert "," not in re.sub(r"\([^()]*\)", "", re.sub(r"/\*.*?\*/", "", selector, flags=re.DOTALL)), selector


# Sizes.


@pytest.fixture(scope="module")
def large(chrome: Browser) -> Iterator[Browser]:
    """Return a Chromium whose reader has set text to twice its size."""
    arguments = [*chromium.arguments(), "--blink-settings=defaultFontSize=32"]
    browser = chrome.browser_type.launch(executable_path=chromium.find(), args=arguments)
    yield browser
    browser.close()


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("page", [THEME, "zh-hant/", f"{NUMBER}/", "compare/", ""])
def test_text_of_twice_the_size_fits_the_screen(large: Browser, base: str, page: str, width: int) -> None:
    with visiting(large, base, width) as visit:
        visit.go(page)
        assert visit.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 32
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        box = visit.page.locator(".brand").bounding_box()
        assert box
        assert box["width"] > 60
        assert box["x"] + box["width"] <= width


LOW = [(667, 375), (844, 390), (932, 430), (667, 170), (360, 225)]


@pytest.mark.parametrize(("width", "height"), LOW)
def test_the_first_result_is_in_view_in_a_low_window(chrome: Browser, base: str, width: int, height: int) -> None:
    with visiting(chrome, base, width, height) as visit:
        visit.go(f"zh-hant/{sample.THEME}/")
        visit.page.keyboard.press("/")
        expect(visit.page.locator("dialog[open] [role=combobox]")).to_be_focused()
        visit.page.keyboard.insert_text(sample.SHARED)
        first = visit.page.locator(".hit").first
        expect(first.locator(".hit__head")).to_be_in_viewport(ratio=1)
        # A whole line of what was found, too.
        box = first.locator(".hit__text").bounding_box()
        assert box
        assert box["y"] + min(box["height"], 27) <= height


# Colours that the system forces upon a page.


def test_in_forced_colours_what_is_chosen_stands_out(chrome: Browser, base: str) -> None:
    with visiting(chrome, base, forced_colors="active") as visit:
        style = "([selector, name]) => getComputedStyle(document.querySelector(selector))[name]"
        visit.go(f"{THEME}#{PLACE}")
        assert visit.page.evaluate(style, [f"#{PLACE}", "outlineStyle"]) == "solid"
        assert visit.page.evaluate(style, [f"#p{NUMBER - 1}", "outlineStyle"]) == "none"
        visit.go("compare/#differences")
        marked = visit.page.evaluate(style, [".differs", "backgroundColor"])
        assert marked != visit.page.evaluate(style, ["#p1 > span:not(.differs)", "backgroundColor"])
        visit.go(THEME)
        visit.page.keyboard.press("/")
        visit.page.keyboard.insert_text(sample.SHARED)
        expect(visit.page.locator(".hit").nth(1)).to_be_visible()
        chosen = visit.page.evaluate(style, [".hit[aria-selected=true]", "outlineStyle"])
        assert (chosen, visit.page.evaluate(style, [".hit[aria-selected=false]", "outlineStyle"])) == ("solid", "none")
        backgrounds = [
            visit.page.evaluate(style, [f".box__filter [aria-pressed={pressed}]", "backgroundColor"])
            for pressed in ("true", "false")
        ]
        assert backgrounds[0] != backgrounds[1]


# What is heard.


@pytest.mark.parametrize("edition", EDITIONS)
def test_clauses_can_be_jumped_to_and_are_named(chrome: Browser, base: str, edition: str) -> None:
    with visiting(chrome, base) as visit:
        visit.go(f"{edition}/{sample.THEME}/")
        headings = visit.page.get_by_role("heading", level=2)
        assert [each.inner_text() for each in headings.all()] == [str(clause.number) for clause in sample.PART.clauses]
        assert headings.nth(1).get_by_role("link", name=f"第{NUMBER}段").count() == 1
        assert visit.page.get_by_role("complementary").count() == 0
        menu = visit.page.get_by_role("navigation").filter(has_text=str(NUMBER - 1))
        assert menu.get_by_role("link", name=f"第{NUMBER}段", exact=True).count() == 1


def runs_that_differ() -> list[str]:
    """Return the characters of the clause in Traditional that Simplified has not, those side by side together."""
    pairs = zip(text_of("zh-hans"), text_of("zh-hant"), strict=True)
    runs = groupby(pairs, lambda pair: pair[0] != pair[1])
    return ["".join(other for _, other in run) for differs, run in runs if differs]


def test_differences_are_heard_where_they_are_marked(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        visit.go("compare/#differences")
        heard = visit.page.locator(f"#{PLACE} + .clause .heard")
        expect(heard).to_be_visible()
        assert str(heard.text_content()) == f"與簡體不同的字：{'、'.join(runs_that_differ())}"
        visit.go("compare/#plain")
        expect(visit.page.locator(f"#{PLACE} + .clause .heard")).to_be_hidden()


def test_what_a_preview_says_is_said_when_it_comes(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        visit.go(THEME)
        visit.page.locator(f"#{PLACE} .number").focus()
        visit.page.keyboard.press("Tab")
        expect(visit.page.locator("main > [role=status].heard")).to_contain_text(sample.first_term().definition)


# What is copied.


def test_all_that_can_be_selected_is_the_text(chrome: Browser, base: str) -> None:
    with visiting(chrome, base, permissions=["clipboard-read", "clipboard-write"]) as visit:
        visit.go(THEME)
        visit.page.keyboard.press("Control+A")
        visit.page.keyboard.press("Control+C")
        copied = visit.page.evaluate("navigator.clipboard.readText()")
        lines = [line for line in copied.splitlines() if line.strip()]
        assert lines == [sample.PART.full_title, *(clause.text for clause in sample.PART.clauses)]


# Lines.

STARTS = """() => [...document.querySelectorAll("main :is(.clause, p, li, dd)")].flatMap(clause => {
    const walker = document.createTreeWalker(clause, NodeFilter.SHOW_TEXT);
    const found = [];
    let top = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let at = 0; at < node.length; at += 1) {
            const range = new Range();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const [box] = range.getClientRects();
            if (!box || !box.width) continue;
            if (top !== null && box.top > top + 8) found.push(node.data[at]);
            top = box.top;
        }
    }
    return found;
})"""
FORBIDDEN = set("。，、；：！？”’」』）》…％")


@pytest.mark.parametrize(
    "page",
    [
        "zh-hans/full/",
        "zh-hant/full/",
        f"zh-hant/{sample.THEME}/",
        f"{NUMBER}/",
        f"{sample.AFTER.clauses[0].number}/",
        "compare/",
        "zh-hant/about/",
    ],
)
def test_no_line_begins_with_a_mark_that_may_not(chrome: Browser, base: str, page: str) -> None:
    with visiting(chrome, base) as visit:
        visit.go(page)
        for width in (320, 360, 390, 768, 1024, 1440):
            visit.page.set_viewport_size({"width": width, "height": 900})
            starts = visit.page.evaluate(STARTS)
            assert len(starts) > 5
            assert {mark for mark in starts if mark in FORBIDDEN} == set(), width
        for details in visit.page.locator("details").all():
            details.evaluate("details => details.open = false")
        visit.page.emulate_media(media="print")
        visit.page.set_viewport_size({"width": 605, "height": 900})
        assert {mark for mark in visit.page.evaluate(STARTS) if mark in FORBIDDEN} == set()
