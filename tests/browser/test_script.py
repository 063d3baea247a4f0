"""What JavaScript adds: the switch that keeps the place, the colour schemes, the remembered choice."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

import sample
from browser.visits import Visit, visiting
from pages import CLAUSES
from sample import PLACE


def switch(visit: Visit, expected: str) -> None:
    visit.page.click("a[data-switch]")
    visit.page.wait_for_url(visit.base + expected)


def test_the_switch_keeps_the_place_that_the_address_names(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        visit.go(f"zh-hans/full/#{PLACE}s2")
        switch(visit, f"zh-hant/full/#{PLACE}s2")
        switch(visit, f"zh-hans/full/#{PLACE}s2")
        visit.go(f"zh-hans/{sample.THEME}/#{PLACE}:12-18")
        switch(visit, f"zh-hant/{sample.THEME}/#{PLACE}:12-18")
        assert visit.wrong == []


@pytest.mark.parametrize("width", [1440, 390])
def test_the_switch_keeps_the_clause_that_is_being_read(chrome: Browser, base: str, width: int) -> None:
    with visiting(chrome, base, width) as visit:
        clause = sample.AFTER.clauses[-1].id
        visit.go(f"zh-hant/full/#{PLACE}")
        visit.page.evaluate(f"document.getElementById('{clause}').scrollIntoView({{behavior: 'instant'}})")
        visit.page.wait_for_function("scrollY > 500")
        switch(visit, f"zh-hans/full/#{clause}")
        visit.go("zh-hant/full/")
        switch(visit, "zh-hans/full/")


def test_the_switch_works_from_the_keyboard(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        visit.go(f"zh-hans/full/#p{len(CLAUSES)}")
        visit.page.focus("a[data-switch]")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url(f"{base}zh-hant/full/#p{len(CLAUSES)}")


def test_without_script_the_switch_leads_to_the_same_page(chrome: Browser, base: str) -> None:
    with visiting(chrome, base, java_script_enabled=False) as visit:
        visit.go("zh-hans/about/")
        switch(visit, "zh-hant/about/")
        assert visit.page.locator("button[data-scheme-button]").is_hidden()


def test_a_fragment_that_is_none_does_no_harm(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        for fragment in ("%", "%E4%B8", f"p{len(CLAUSES) + 1}", "<script>"):
            visit.go(f"zh-hans/full/#{fragment}")
            visit.page.focus("a[data-switch]")
        assert visit.wrong == []


def background(visit: Visit) -> str:
    return str(visit.page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def sign(visit: Visit) -> list[str | None]:
    """Return the names of the signs that the scheme button shows."""
    signs = visit.page.locator("button[data-scheme-button] [data-icon]").all()
    return [each.get_attribute("data-icon") for each in signs if each.is_visible()]


def test_the_colour_scheme_is_the_systems_until_a_reader_chooses(chrome: Browser, base: str) -> None:
    with visiting(chrome, base, color_scheme="dark") as visit:
        visit.go("zh-hant/")
        button = visit.page.locator("button[data-scheme-button]")
        dark = background(visit)
        assert (sign(visit), button.get_attribute("aria-label")) == (["auto"], "配色：跟隨系統")
        button.click()
        assert button.get_attribute("aria-label") == "配色：淺色"
        light = background(visit)
        assert light != dark
        visit.go("zh-hans/full/")
        assert background(visit) == light
        assert (sign(visit), button.get_attribute("title")) == (["light"], "配色：浅色")
        visit.page.emulate_media(color_scheme="light")
        button.click()
        assert background(visit) == dark
        button.click()
        assert sign(visit) == ["auto"]
        assert background(visit) == light
        visit.page.emulate_media(color_scheme="dark")
        assert background(visit) == dark
        assert visit.page.evaluate("localStorage.length") == 0


def test_a_chosen_scheme_is_there_before_the_page_is_painted(chrome: Browser, base: str) -> None:
    with visiting(chrome, base, color_scheme="light") as visit:
        visit.go("zh-hans/")
        light = background(visit)
        for _ in range(2):
            visit.page.click("button[data-scheme-button]")
        visit.page.route("**/main.*.js", lambda route: route.abort())
        visit.go("zh-hans/about/")
        assert background(visit) != light


def test_the_choice_is_remembered_and_sends_nobody_anywhere(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        visit.go("")
        assert not any(note.is_visible() for note in visit.page.locator("[data-chosen]").all())
        visit.page.click("a[data-edition=zh-hant]")
        visit.page.wait_for_url(f"{base}zh-hant/")
        visit.go("")
        visit.page.wait_for_timeout(300)
        assert visit.page.url == base
        note = visit.page.locator("[data-chosen=zh-hant]")
        assert note.is_visible()
        assert note.inner_text() == "上次選擇"
        assert visit.page.locator("[data-chosen=zh-hans]").is_hidden()
        visit.go("zh-hant/full/")
        switch(visit, "zh-hans/full/")
        visit.go("")
        assert visit.page.locator("[data-chosen=zh-hans]").is_visible()
        assert visit.page.locator("[data-chosen=zh-hant]").is_hidden()


def test_the_site_works_where_storage_is_forbidden(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        visit.page.add_init_script(
            "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
        )
        visit.go("zh-hans/")
        visit.page.click("button[data-scheme-button]")
        visit.page.click("a[data-switch]")
        visit.page.wait_for_url(f"{base}zh-hant/")
        assert visit.wrong == []
