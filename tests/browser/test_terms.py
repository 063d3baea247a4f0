"""Terms in the text: explained under the pointer and with the focus, followed without JavaScript; the picture."""

from __future__ import annotations

from datetime import datetime

import pytest
from playwright.sync_api import Browser, expect

import sample
import support
from browser.visits import visiting
from pages import EDITIONS, LANGUAGES
from sample import CONVERTED_TERM, NUMBER, PLACE, TERM, terms
from statement.index import entries


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_pointer_on_a_term_shows_what_it_is_and_may_go_there(chrome: Browser, base: str, edition: str) -> None:
    with visiting(chrome, base) as visit:
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.url))
        visit.go(f"{edition}/{sample.THEME}/")
        assert asked
        assert not any(address.endswith("terms.json") for address in asked), "nothing is fetched before it is needed"
        link = visit.page.locator(f"#{PLACE} a.term[href$='/{TERM}/']")
        link.hover()
        preview = visit.page.locator(".preview")
        expect(preview).to_be_visible()
        term = terms(edition)[TERM]
        assert preview.inner_text().split("\n\n") == [f"{term.name} {term.english}", term.definition]
        assert preview.get_attribute("role") == "tooltip"
        assert preview.get_attribute("lang") == LANGUAGES[edition]
        assert link.get_attribute("aria-describedby") == preview.get_attribute("id")
        preview.hover()
        visit.page.wait_for_timeout(500)
        expect(preview).to_be_visible()
        visit.page.mouse.move(5, 5)
        expect(preview).to_have_count(0)
        assert link.get_attribute("aria-describedby") is None
        assert visit.wrong == []


def test_a_pointer_that_passes_shows_nothing_and_one_on_its_way_to_the_preview_keeps_it(
    chrome: Browser, base: str
) -> None:
    with visiting(chrome, base) as visit:
        visit.page.clock.install(time=datetime(2030, 1, 1))
        visit.go(f"zh-hans/{sample.THEME}/")
        visit.page.clock.pause_at(datetime(2030, 1, 2))
        clock, preview, term = visit.page.clock, visit.page.locator(".preview"), visit.page.locator("a.term").first
        term.hover()
        clock.run_for(200)
        visit.page.wait_for_timeout(300)
        assert preview.count() == 0
        visit.page.mouse.move(5, 5)
        clock.run_for(5000)
        visit.page.wait_for_timeout(300)
        assert preview.count() == 0
        term.hover()
        clock.run_for(300)
        expect(preview).to_be_visible()
        visit.page.mouse.move(5, 5)
        clock.run_for(200)
        expect(preview).to_be_visible()
        preview.hover()
        clock.run_for(5000)
        expect(preview).to_be_visible()
        visit.page.mouse.move(5, 5)
        clock.run_for(400)
        expect(preview).to_have_count(0)


def test_the_focus_on_a_term_shows_what_it_is_and_escape_ends_it(chrome: Browser, base: str) -> None:
    with visiting(chrome, base, 390, 844) as visit:
        visit.go("zh-hant/full/")
        term = sample.first_term("zh-hant")
        link = visit.page.locator(f"#{PLACE} a.term").first
        visit.page.locator(f"#{PLACE} .number").focus()
        visit.page.keyboard.press("Tab")
        expect(link).to_be_focused()
        preview = visit.page.locator(".preview")
        expect(preview).to_contain_text(term.name)
        box = preview.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
        visit.page.keyboard.press("Escape")
        expect(preview).to_have_count(0)
        expect(link).to_be_focused()
        visit.page.keyboard.press("Tab")
        visit.page.keyboard.press("Shift+Tab")
        expect(preview).to_be_visible()
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url(f"{base}zh-hant/terms/{term.id}/")
        assert visit.wrong == []


def test_each_script_of_a_clauses_page_explains_terms_in_its_own(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        visit.go(f"{NUMBER}/")
        for edition in EDITIONS:
            visit.page.locator(f"#{edition} a.term[href$='/{CONVERTED_TERM}/']").hover()
            definition = terms(edition)[CONVERTED_TERM].definition
            expect(visit.page.locator(".preview")).to_contain_text(definition)
            visit.page.mouse.move(5, 5)
            expect(visit.page.locator(".preview")).to_have_count(0)


def test_a_file_that_cannot_be_had_leaves_a_link_that_works(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        visit.page.route("**/terms.json", lambda route: route.abort())
        visit.go(f"zh-hans/{sample.THEME}/")
        link = visit.page.locator(f"#{PLACE} a.term").first
        link.hover()
        visit.page.wait_for_timeout(600)
        assert visit.page.locator(".preview").count() == 0
        visit.page.unroute("**/terms.json")
        visit.page.mouse.move(5, 5)
        link.hover()
        expect(visit.page.locator(".preview")).to_be_visible()


def test_without_javascript_terms_wordings_and_the_picture_lead_to_the_text(chrome: Browser, base: str) -> None:
    edition = support.editions()[1]
    with visiting(chrome, base, java_script_enabled=False) as visit:
        visit.go(f"zh-hant/{sample.THEME}/")
        visit.page.click(f"#{PLACE} a.term[href$='/{TERM}/']")
        visit.page.wait_for_url(f"{base}zh-hant/terms/{TERM}/")
        assert visit.page.locator(".lead").inner_text() == terms("zh-hant")[TERM].definition
        visit.page.click(".passage a >> nth=-1")
        sentence = next(entry for entry in entries(edition) if entry.term.id == TERM).passages[-1].place
        visit.page.wait_for_url(f"{base}zh-hant/{sample.THEME}/#{sentence}")
        operative = next(use.word for use in edition.uses if use.clause == NUMBER)
        visit.page.click(f"#{PLACE} + .beside a[href$='#{operative}']")
        visit.page.wait_for_url(f"{base}zh-hant/wording/#{operative}")
        visit.go("zh-hant/")
        after = sample.AFTER.clauses[0].id
        visit.page.click(f".glance__rows a[href$='#{after}']")
        visit.page.wait_for_url(f"{base}zh-hant/{sample.AFTER.slug}/#{after}")
        assert visit.wrong == []


def test_the_order_by_strokes_is_that_of_the_unicode_consortium(chrome: Browser, base: str) -> None:
    ordered = sorted((term for term in terms("zh-hant").values() if term.strokes), key=lambda term: term.strokes)
    with visiting(chrome, base) as visit:
        visit.go("zh-hant/")
        places: list[int] = visit.page.evaluate(
            """firsts => {
                const { compare } = new Intl.Collator("zh-Hant");
                return firsts.map(one => firsts.filter(other => compare(other, one) < 0).length);
            }""",
            [term.letters[0] for term in ordered],
        )
    for (one, place), (other, next_place) in zip(
        zip(ordered, places, strict=True), zip(ordered[1:], places[1:], strict=True), strict=False
    ):
        assert one.strokes == other.strokes or place < next_place, (one.name, other.name)
