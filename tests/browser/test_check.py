"""The button that checks a clause in a real browser: what it says of the text as it is, of another, and of neither."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Route, expect

import sample
import support
from browser.visits import Visit, visiting
from pages import EDITIONS

SAID = {
    "zh-hans": ("文字与公布的校验值相符", "文字与公布的校验值不符，请重新加载页面", "未能取得校验值，请检查网络后重试"),
    "zh-hant": ("文字與公布的雜湊值相符", "文字與公布的雜湊值不符，請重新載入頁面", "未能取得雜湊值，請檢查連線後重試"),
}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("number", [1, sample.NUMBER])
def test_a_clause_is_checked_and_its_fingerprint_shown(walk: Visit, edition: str, number: int) -> None:
    walk.go(f"{number}/")
    section = walk.page.locator(f"#{edition}")
    section.locator("[data-fetch-clause]").click()
    text = support.editions()[EDITIONS.index(edition)].statement.clauses[number - 1].text
    expect(section.get_by_role("status").first).to_have_text(f"{SAID[edition][0]} SHA-256 {support.sha256(text)}")


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_clause_that_somebody_changed_is_told_apart(walk: Visit, edition: str) -> None:
    def spoil(route: Route) -> None:
        response = route.fetch()
        body = response.text().replace('<p class="clause"><span>我', '<p class="clause"><span>他')
        route.fulfill(response=response, body=body)

    walk.page.route(f"**/{sample.NUMBER}/", spoil)
    walk.go(f"{sample.NUMBER}/")
    section = walk.page.locator(f"#{edition}")
    section.locator("[data-fetch-clause]").click()
    expect(section.get_by_role("status").first).to_contain_text(SAID[edition][1])
    walk.page.unroute(f"**/{sample.NUMBER}/")


def test_a_fingerprint_that_cannot_be_had_is_said_to_be_missing_and_asked_for_again(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        visit.page.route(f"**/data/{sample.PLACE}.json", lambda route: route.abort())
        visit.go(f"{sample.NUMBER}/")
        section = visit.page.locator("#zh-hant")
        section.locator("[data-fetch-clause]").click()
        expect(section.get_by_role("status").first).to_have_text(SAID["zh-hant"][2])
        visit.page.unroute(f"**/data/{sample.PLACE}.json")
        section.locator("[data-fetch-clause]").click()
        expect(section.get_by_role("status").first).to_contain_text(SAID["zh-hant"][0])


def test_without_javascript_or_a_safe_origin_there_is_no_button(chrome: Browser, base: str) -> None:
    with visiting(chrome, base, java_script_enabled=False) as visit:
        visit.go(f"{sample.NUMBER}/")
        expect(visit.page.locator("[data-fetch-clause]")).to_have_count(2)
        expect(visit.page.locator("[data-fetch-clause]:visible")).to_have_count(0)
    with visiting(chrome, base) as visit:
        visit.page.add_init_script("Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })")
        visit.go(f"{sample.NUMBER}/")
        expect(visit.page.locator("[data-fetch-clause]:visible")).to_have_count(0)
        assert visit.wrong == []
