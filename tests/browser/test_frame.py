"""The frame of pages that belong to no edition: header, search and foot in the words of the reader's edition."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

import sample
from browser.visits import visiting
from pages import EDITIONS

SHARED = ("", f"{sample.NUMBER}/", "compare/", "no/such/page/")
SIMPLIFIED, TRADITIONAL = EDITIONS
ASKED = {"en-US": SIMPLIFIED, "zh-CN": SIMPLIFIED, "zh-SG": SIMPLIFIED, "zh-TW": TRADITIONAL, "zh-HK": TRADITIONAL}


def frame(page: Page) -> list[str]:
    """Return what the frame of a page says: what is read out, too, and what the search would say."""
    said: list[str] = page.evaluate("""() => [
        document.documentElement.lang,
        document.querySelector("body > .skip").textContent,
        document.querySelector(".brand__long").textContent,
        document.querySelector(".find button").textContent.trim(),
        document.querySelector(".switch").ariaLabel,
        ...["label", "close", "loading", "failed"].map((name) => document.querySelector(".find").dataset[name]),
        ...["label", "auto", "light", "dark"].map((name) => document.querySelector(".scheme").dataset[name]),
    ]""")
    return said


@pytest.mark.parametrize("address", SHARED)
@pytest.mark.parametrize("language", ASKED)
def test_a_shared_page_has_the_frame_of_the_edition_that_a_browser_asks_for(
    chrome: Browser, base: str, address: str, language: str
) -> None:
    with visiting(chrome, base, locale=language) as visit:
        visit.go(address)
        expect(visit.page.locator("template")).to_have_count(0)
        shown = frame(visit.page)
        visit.go(f"{ASKED[language]}/")
        assert shown == frame(visit.page)


def test_the_edition_chosen_last_has_precedence(chrome: Browser, base: str) -> None:
    with visiting(chrome, base, locale="zh-TW") as visit:
        visit.go(f"{TRADITIONAL}/")
        visit.page.click(f".switch [data-edition={SIMPLIFIED}]")
        expect(visit.page.locator("html")).to_have_attribute("lang", "zh-Hans")
        shown = frame(visit.page)
        visit.go("compare/")
        expect(visit.page.locator("template")).to_have_count(0)
        assert shown == frame(visit.page)


def test_a_search_from_a_shared_page_leads_into_the_edition_of_its_frame(chrome: Browser, base: str) -> None:
    with visiting(chrome, base, locale="zh-TW") as visit:
        visit.go(f"{sample.NUMBER}/")
        visit.page.keyboard.press("/")
        visit.page.keyboard.insert_text(sample.CONVERTED[1])
        expect(visit.page.locator("[role=option]").first).to_be_visible()
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url(f"{base}{TRADITIONAL}/**")
        assert visit.wrong == []


@pytest.mark.parametrize("address", SHARED[:-1])
def test_without_scripts_the_frame_is_that_of_the_first_edition(chrome: Browser, base: str, address: str) -> None:
    with visiting(chrome, base, locale="zh-TW", java_script_enabled=False) as visit:
        visit.go(address)
        assert visit.page.locator(".masthead").count() == 1
        first = visit.page.locator(".masthead").inner_text()
        visit.go(f"{SIMPLIFIED}/")
        assert first == visit.page.locator(".masthead").inner_text()
