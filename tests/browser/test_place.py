"""Linking to any characters of a clause: the same in both editions, copied as they are, found without script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Route, expect

import sample
import support
from browser.visits import Visit, serving, visiting
from pages import CLAUSES, EDITIONS, LANGUAGES
from sample import NUMBER, PLACE, text_of

CASES = support.cases("addresses")
FACTS = support.golden("facts")
MARKED = 'CSS.highlights.get("place") ? [...CSS.highlights.get("place")].map(range => range.toString()) : []'
SELECT = """([from, start, to, end]) => {
    const point = (id, offset) => {
        const walker = document.createTreeWalker(document.getElementById(id), NodeFilter.SHOW_TEXT);
        let left = offset;
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (node.parentElement.closest(".number") || !node.parentElement.closest(".clause > span")) continue;
            if (left <= node.length) return [node, left];
            left -= node.length;
        }
    };
    getSelection().setBaseAndExtent(...point(from, start), ...point(to, end));
}"""


@pytest.fixture
def visit(chrome: Browser, base: str) -> Iterator[Visit]:
    """Yield a visit that may use the clipboard and on which nothing may go wrong."""
    with visiting(chrome, base, permissions=["clipboard-read", "clipboard-write"]) as made:
        yield made
        assert made.wrong == []


def select(visit: Visit, first: tuple[str, int], last: tuple[str, int]) -> None:
    visit.page.evaluate(SELECT, [*first, *last])
    expect(visit.page.locator(".selection button").first).to_be_visible()


CHECK = r"~[st][0-9a-z]{6}(?=:~:|$)"
"""By what the words of a copied range are known again."""


def copied(visit: Visit, name: str, checked: bool = False) -> str:
    visit.page.evaluate("navigator.clipboard.writeText('')")
    visit.page.get_by_role("button", name=name, exact=True).click()
    expect(visit.page.locator(".selection__status")).not_to_be_empty()
    text = str(visit.page.evaluate("navigator.clipboard.readText()"))
    return text if checked else re.sub(CHECK, "", text)


@pytest.mark.parametrize("page", [f"{sample.THEME}/", "full/"])
def test_the_same_characters_are_marked_in_both_editions(visit: Visit, page: str) -> None:
    for edition in EDITIONS:
        visit.go(f"{edition}/{page}#{PLACE}:12-18")
        assert visit.page.evaluate(MARKED) == [text_of(edition)[12:18]]
        box = visit.page.locator(f"#{PLACE}").bounding_box()
        assert box
        assert 55 <= box["y"] < 900
    visit.page.click("a[data-switch]")
    visit.page.wait_for_url(f"{visit.base}zh-hans/{page}#{PLACE}:12-18")
    assert visit.page.evaluate(MARKED) == [text_of("zh-hans")[12:18]]


@pytest.mark.parametrize(
    ("place", "marked"),
    [
        ("p1:0-2", [text_of("zh-hans", 1)[:2]]),
        (f"{PLACE}:{len(text_of('zh-hans')) - 7}-9999", [text_of("zh-hans")[-7:]]),
        (f"{PLACE}:9-9", []),
        (f"{PLACE}:18-12", []),
        (f"{PLACE}:9999-10000", []),
        (f"p{len(CLAUSES) + 1}:0-5", []),
        (f"{PLACE}:-5", []),
        (f"{PLACE}:1-2-3", []),
        (f"{PLACE}:1-99999999999", []),
    ],
)
def test_an_odd_place_marks_what_there_is_and_harms_nothing(visit: Visit, place: str, marked: list[str]) -> None:
    visit.go(f"zh-hans/full/#{place}")
    assert visit.page.evaluate(MARKED) == marked


def test_the_mark_follows_the_address(visit: Visit) -> None:
    last = len(CLAUSES)
    visit.go(f"zh-hant/full/#{PLACE}:0-4")
    assert visit.page.locator(".clause.here").get_attribute("id") == PLACE
    visit.page.evaluate(f"location.hash = '#p{last}:3-9'")
    visit.page.wait_for_function(f"() => document.querySelector('.clause.here').id === 'p{last}'")
    assert visit.page.evaluate(MARKED) == [text_of("zh-hant", last)[3:9]]
    visit.page.evaluate("location.hash = '#p1'")
    expect(visit.page.locator(".clause.here")).to_have_count(0)
    assert visit.page.evaluate(MARKED) == []


def test_a_selection_across_a_sentence_border_and_a_link_is_linked_to_in_the_other_edition(visit: Visit) -> None:
    clause = next(clause for clause in support.parse_statement().clauses if clause.marks)
    text, star, border = clause.text, clause.marks[0].start, clause.sentences[0].end
    page = f"{sample.theme_of(clause.number)}/"
    visit.go(f"zh-hans/{page}")
    visit.page.evaluate("scrollTo(0, 0)")
    select(visit, (clause.id, star - 3), (clause.id, border + 5))
    assert copied(visit, "复制文字") == text[star - 3 : border + 5]
    link = copied(visit, "复制链接")
    place = f"#{clause.id}:{star - 3}-{border + 5}"
    assert link.startswith(f"{visit.base}zh-hans/{page}{place}:~:text=")
    cited = copied(visit, "复制（含出处）")
    source = FACTS["source"].format(clause=clause.number)
    assert cited == f"{text[star - 3 : border + 5]}\n——{source}，{visit.base}zh-hans/{page}{place}"
    visit.page.goto(link.replace("zh-hans", "zh-hant"))
    assert visit.page.evaluate(MARKED) == [text_of("zh-hant", clause.number)[star - 3 : border + 5]]


def test_every_place_of_a_clause_gives_the_characters_that_were_selected(visit: Visit) -> None:
    longest = max(support.parse_statement().clauses, key=lambda clause: len(clause.text))
    for edition in EDITIONS:
        visit.go(f"{edition}/{sample.theme_of(longest.number)}/")
        text = text_of(edition, longest.number)
        for start in range(0, len(text) - 20, 31):
            select(visit, (longest.id, start), (longest.id, start + 17))
            expect(visit.page.locator(f"#{longest.id} + .selection")).to_be_visible()
            visit.page.wait_for_timeout(200)
            name = "复制文字" if edition == "zh-hans" else "複製文字"
            assert copied(visit, name) == text[start : start + 17]


def test_a_selection_over_several_clauses_is_copied_without_their_numbers(visit: Visit) -> None:
    visit.go(f"zh-hant/{sample.THEME}/")
    before, after = NUMBER - 1, NUMBER + 1
    select(visit, (f"p{before}", 10), (f"p{after}", 4))
    expected = "\n".join((text_of("zh-hant", before)[10:], text_of("zh-hant"), text_of("zh-hant", after)[:4]))
    assert copied(visit, "複製文字") == expected
    assert f"第{before}至{after}段" in copied(visit, "複製（含出處）")
    link = copied(visit, "複製連結")
    assert link.startswith(f"{visit.base}zh-hant/{sample.THEME}/#p{before}-{after}:~:text=")
    visit.page.keyboard.press("Control+C")
    native = str(visit.page.evaluate("navigator.clipboard.readText()"))
    assert "".join(native.split()) == "".join(expected.split())


@pytest.mark.parametrize(("page", "place"), [(f"{NUMBER}/", f"{sample.THEME}/"), ("compare/", "full/")])
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("width", [1440, 390])
def test_pages_in_both_scripts_link_to_the_edition_in_which_it_was_selected(
    chrome: Browser, base: str, page: str, place: str, edition: str, width: int
) -> None:
    with visiting(chrome, base, width, permissions=["clipboard-read", "clipboard-write"]) as visit:
        visit.go(page)
        text = text_of(edition)
        holder = f".clause[lang={LANGUAGES[edition]}]" if page == "compare/" else f"#{edition} .clause"
        clause = visit.page.locator(holder).nth(NUMBER - 1 if page == "compare/" else 0)
        clause.scroll_into_view_if_needed()
        clause.evaluate(
            """(clause, text) => {
                const walker = document.createTreeWalker(clause, NodeFilter.SHOW_TEXT);
                const nodes = [];
                for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                    if (!node.parentElement.closest(".number")) nodes.push(node);
                }
                const at = offset => {
                    for (const node of nodes) {
                        if (offset <= node.length) return [node, offset];
                        offset -= node.length;
                    }
                };
                getSelection().setBaseAndExtent(...at(2), ...at(30));
            }""",
            text,
        )
        bar = visit.page.locator(".selection")
        expect(bar).to_be_visible()
        visit.page.wait_for_timeout(300)
        box = bar.bounding_box()
        chosen: dict[str, float] = visit.page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().toJSON()")
        assert box
        assert 0 <= box["x"] <= width - box["width"]
        if width > 390:
            assert 0 < box["y"] - chosen["bottom"] < 20
        hans = edition == "zh-hans"
        assert copied(visit, "复制文字" if hans else "複製文字") == text[2:30]
        link = copied(visit, "复制链接" if hans else "複製連結")
        assert link.startswith(f"{base}{edition}/{place}#{PLACE}:2-30:~:text=")
        assert copied(visit, "复制（含出处）" if hans else "複製（含出處）").startswith(f"{text[2:30]}\n——")
        visit.page.goto(link)
        assert visit.page.evaluate(MARKED) == [text[2:30]]
        assert visit.wrong == []


def test_the_bar_goes_with_the_selection_and_with_escape(visit: Visit) -> None:
    visit.go("zh-hans/full/")
    select(visit, (PLACE, 0), (PLACE, 9))
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator(".selection")).to_have_count(0)
    select(visit, (PLACE, 0), (PLACE, 8))
    visit.page.evaluate("getSelection().removeAllRanges()")
    expect(visit.page.locator(".selection")).to_have_count(0)
    visit.page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    visit.page.wait_for_timeout(400)
    assert visit.page.locator(".selection").count() == 0


@pytest.mark.parametrize("width", [1440, 390])
def test_the_bar_is_on_the_screen(chrome: Browser, base: str, width: int) -> None:
    with visiting(chrome, base, width) as visit:
        visit.go(f"zh-hant/full/#{PLACE}")
        for start, end in ((0, 5), (30, 60), (60, len(text_of("zh-hant")))):
            select(visit, (PLACE, start), (PLACE, end))
            visit.page.wait_for_timeout(300)
            box = visit.page.locator(".selection").bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert box["y"] + box["height"] <= 900
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


def leads_to(chrome: Browser, base: str, link: str, place: str) -> bool:
    """Return whether a browser without JavaScript goes to a place when it opens a link."""
    with visiting(chrome, base, 390, 500, java_script_enabled=False) as visit:
        visit.page.goto(link)
        try:
            expect(visit.page.locator(place)).to_be_in_viewport(timeout=2000)
        except AssertionError:
            return False
        return True


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(("number", "start", "end"), CASES["directives"])
def test_without_javascript_the_directive_leads_there(
    chrome: Browser, base: str, edition: str, number: int, start: int, end: int
) -> None:
    with visiting(chrome, base, 390, permissions=["clipboard-read", "clipboard-write"]) as visit:
        visit.go(f"{edition}/full/")
        select(visit, (f"p{number}", start), (f"p{number}", end))
        link = copied(visit, "复制链接" if edition == "zh-hans" else "複製連結")
    assert f"#p{number}:{start}-{end}:~:text=" in unquote(link)
    # A busy Chromium gives up a directive now and then; a wrong one leads nowhere however often it is tried.
    assert any(leads_to(chrome, base, link, f"#p{number}") for _ in range(4))


def test_a_page_that_has_moved_leads_on_with_and_without_javascript(chrome: Browser, moved_site: Path) -> None:
    with serving(moved_site, "/some/where/") as base:
        with visiting(chrome, base) as visit:
            visit.page.goto(f"{base}zh-hant/{sample.THEME}/?x=1#{PLACE}:3-9", wait_until="commit")
            visit.page.wait_for_url(f"{base}zh-hant/{support.MOVED}/?x=1#{PLACE}:3-9")
            assert visit.page.evaluate(MARKED) == [text_of("zh-hant")[3:9]]
            assert visit.wrong == []
        with visiting(chrome, base, java_script_enabled=False) as visit:
            visit.page.goto(f"{base}zh-hans/{sample.THEME}/", wait_until="commit")
            visit.page.wait_for_url(f"{base}zh-hans/{support.MOVED}/")
            visit.go(f"zh-hans/full/#{sample.THEME}")
            box = visit.page.locator(f"h2 #{sample.THEME}").bounding_box()
            assert box
            assert 0 < box["y"] < 900
            assert visit.wrong == []


@pytest.fixture(scope="module")
def below(chrome: Browser, addressed_site: Path) -> Iterator[Visit]:
    """Yield a visit to the site where it is served below an address, on which addresses may be missing."""
    with serving(addressed_site, "/statement/") as base, visiting(chrome, base) as made:
        yield made


@pytest.mark.parametrize(("asked", "led"), CASES["clauses"])
def test_an_address_that_names_a_clause_in_other_words_leads_to_it(below: Visit, asked: str, led: str) -> None:
    below.go("compare/")
    below.page.goto(f"{below.base}{asked}", wait_until="commit")
    below.page.wait_for_url(f"{below.base}{led}")


@pytest.mark.parametrize("asked", CASES["none"])
def test_an_address_that_names_none_is_said_to_be_missing(below: Visit, asked: str) -> None:
    below.page.goto(f"{below.base}{asked}")
    below.page.wait_for_timeout(200)
    assert below.page.locator("h1").inner_text() == "找不到该页面"


def test_the_short_address_of_a_clause_has_both_scripts_side_by_side(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        visit.go(f"{NUMBER}/")
        boxes = [section.bounding_box() for section in visit.page.locator("section").all()]
        assert boxes[0]
        assert boxes[1]
        assert boxes[0]["y"] == boxes[1]["y"]
        assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
        visit.page.set_viewport_size({"width": 390, "height": 844})
        boxes = [section.bounding_box() for section in visit.page.locator("section").all()]
        assert boxes[0]
        assert boxes[1]
        assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"]
        visit.page.click("#zh-hant .button")
        visit.page.wait_for_url(f"{base}zh-hant/{sample.THEME}/#{PLACE}")
        assert visit.wrong == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_what_differs_is_marked_on_demand_and_the_address_says_so(chrome: Browser, base: str, script: bool) -> None:
    with visiting(chrome, base, java_script_enabled=script) as visit:
        visit.go(f"compare/#{PLACE}")
        differs = visit.page.locator(f"#{PLACE} + .clause .differs").first
        plain = differs.evaluate("each => getComputedStyle(each).backgroundColor")
        assert plain == "rgba(0, 0, 0, 0)"
        visit.page.locator(".compare__mark").first.click()
        visit.page.wait_for_url(f"{base}compare/#differences")
        assert differs.evaluate("each => getComputedStyle(each).backgroundColor") != plain
        visit.page.locator(".compare__clear").first.click()
        visit.page.wait_for_url(f"{base}compare/#plain")
        assert differs.evaluate("each => getComputedStyle(each).backgroundColor") == plain
        left, right = (visit.page.locator(f"#{PLACE}{then}").bounding_box() for then in ("", " + .clause"))
        assert left
        assert right
        assert left["y"] == right["y"]
        visit.page.set_viewport_size({"width": 390, "height": 844})
        left, right = (visit.page.locator(f"#{PLACE}{then}").bounding_box() for then in ("", " + .clause"))
        assert left
        assert right
        assert left["y"] + left["height"] <= right["y"]


def corrected(visit: Visit, old: str, new: str) -> None:
    """Let the text be corrected after a link to it was copied: put something in the place of a pattern."""

    def fulfill(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(old, new, answer.text(), count=1))

    visit.page.route(f"**/zh-hans/{sample.THEME}/", fulfill)


def copied_range(visit: Visit) -> str:
    """Return a link to characters 12 to 18 of the clause, as it is copied."""
    visit.go(f"zh-hans/{sample.THEME}/")
    select(visit, (PLACE, 12), (PLACE, 18))
    return copied(visit, "复制链接", checked=True).partition(":~:")[0]


def test_a_copied_range_is_found_again_after_a_correction(visit: Visit) -> None:
    link = copied_range(visit)
    assert re.fullmatch(rf".*/zh-hans/{sample.THEME}/#{PLACE}:12-18~s[0-9a-z]{{6}}", link)
    words = text_of("zh-hans")[12:18]
    visit.page.goto("about:blank")
    visit.page.goto(link)
    assert visit.page.evaluate(MARKED) == [words]
    expect(visit.page.locator(".nowhere")).to_be_hidden()
    corrected(visit, f'id="{PLACE}s1">', r"\g<0>此外，")
    visit.page.goto("about:blank")
    visit.page.goto(link)
    assert visit.page.evaluate(MARKED) == [words]
    expect(visit.page.locator(".nowhere")).to_contain_text("已不在原处")


def test_a_copied_range_whose_words_are_gone_is_said_to_be(visit: Visit) -> None:
    link = copied_range(visit)
    corrected(visit, f'(id="{PLACE}s1">).*?(?=</span><span id="{PLACE}s2">)', r"\1面目全非。")
    visit.page.goto("about:blank")
    visit.page.goto(link)
    expect(visit.page.locator(".nowhere")).to_contain_text("已经没有了")
    assert visit.page.evaluate(MARKED) == []


def test_a_copied_range_means_the_same_characters_in_the_other_edition(visit: Visit) -> None:
    visit.go(f"zh-hant/{sample.THEME}/#{PLACE}:12-18~s000000")
    assert visit.page.evaluate(MARKED) == [text_of("zh-hant")[12:18]]
    expect(visit.page.locator(".nowhere")).to_be_hidden()
