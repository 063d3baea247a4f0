"""Citing in a real browser: copied as shown, readable without script, and no more copied than the statement's words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

import sample
import support
from browser.visits import Visit, visiting
from pages import EDITIONS, read
from sample import NUMBER, PLACE

PARTS = support.editions()[0].parts
CLIPBOARD = ["clipboard-read", "clipboard-write"]
BLOCKS = [(f"{NUMBER}/", f"#{edition}-cite") for edition in EDITIONS] + [
    (f"{edition}/cite/", "main") for edition in EDITIONS
]
SELECT = """([from, to]) => getSelection().setBaseAndExtent(
    document.querySelectorAll(".clause")[from], 0,
    document.querySelectorAll(".clause")[to], document.querySelectorAll(".clause")[to].childNodes.length)"""


# The character before each place where an address is broken, of all that are shown.
BREAKS = r"""() => [...document.querySelectorAll(".cite__text")].flatMap(element => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const characters = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let at = 0; at < node.length; at += 1) {
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            characters.push([node.data[at], range.getBoundingClientRect().bottom]);
        }
    }
    const text = characters.map(([character]) => character).join("");
    return [...text.matchAll(/https?:\S+/g)].flatMap(({ 0: address, index }) =>
        [...address].slice(1).flatMap((_, at) =>
            characters[index + at + 1][1] - characters[index + at][1] > 8 ? [address[at]] : []));
})"""


@pytest.fixture
def visit(chrome: Browser, base: str) -> Iterator[Visit]:
    """Yield a visit that may use the clipboard and on which nothing may go wrong."""
    with visiting(chrome, base, permissions=CLIPBOARD) as made:
        yield made
        assert made.wrong == []


def clauses(edition: str) -> list[str]:
    return [clause.text for clause in support.editions()[EDITIONS.index(edition)].statement.clauses]


def clipboard(visit: Visit) -> str:
    return str(visit.page.evaluate("navigator.clipboard.readText()"))


def copied_by_key(visit: Visit) -> list[str]:
    """Return the lines that are in the clipboard after Ctrl+C."""
    visit.page.evaluate("navigator.clipboard.writeText('')")
    visit.page.keyboard.press("Control+C")
    return [line for line in clipboard(visit).split("\n") if line]


def open_all(visit: Visit) -> None:
    for details in visit.page.locator("details").all():
        details.evaluate("details => details.open = true")


@pytest.mark.parametrize(("page", "block"), BLOCKS)
def test_each_button_copies_what_is_shown_beside_it_and_says_so(visit: Visit, page: str, block: str) -> None:
    visit.go(page)
    open_all(visit)
    figures = visit.page.locator(f"{block} .cite").all()
    assert len(figures) == 10
    # What is said stands there for a moment only, so it is noted as it comes.
    visit.page.evaluate(
        """([block]) => {
            window.said = [];
            const note = (records) => window.said.push(...records.map(({target}) => target.textContent));
            for (const element of document.querySelectorAll(`${block} .cite__copy, ${block} .cites__status`)) {
                new MutationObserver(note).observe(element, {childList: true});
            }
        }""",
        [block],
    )
    for figure in figures:
        button = figure.get_by_role("button")
        name = button.inner_text()
        visit.page.evaluate("window.said.length = 0")
        button.click()
        done = "已复制" if name == "复制" else "已複製"
        visit.page.wait_for_function("done => window.said.filter(text => text === done).length === 2", arg=done)
        text = figure.locator(".cite__text")
        dated = str(text.text_content()).replace("[引用日期]", f"[{date.today()}]")
        assert clipboard(visit) == dated
    expect(figures[0].get_by_role("button")).to_have_text(name)
    expect(visit.page.locator(f"{block} .cites__status")).to_be_empty()


def test_a_browser_that_refuses_the_clipboard_is_said_to(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        visit.go("zh-hant/cite/")
        refuse = "navigator.clipboard.writeText = () => Promise.reject(new Error('no'))"
        visit.page.evaluate(f"() => {{ {refuse}; document.execCommand = () => false; }}")
        button = visit.page.locator(".cite__copy").first
        button.click()
        expect(button).to_have_text("無法複製，請手動選取")
        assert visit.wrong == []


def test_a_browser_without_a_clipboard_copies_as_browsers_always_have(visit: Visit) -> None:
    """A site on plain http has none."""
    visit.page.add_init_script("delete Navigator.prototype.clipboard")
    visit.go("zh-hant/cite/")
    assert visit.page.evaluate("navigator.clipboard") is None
    button = visit.page.locator(".cite__copy").first
    button.click()
    expect(button).to_have_text("已複製")
    expect(button).to_be_focused()
    visit.page.evaluate("document.body.appendChild(document.createElement('textarea')).focus()")
    visit.page.keyboard.press("Control+V")
    pasted = visit.page.locator("textarea").input_value()
    assert pasted == visit.page.locator(".cite__text").first.text_content()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(("page", "block"), BLOCKS)
def test_without_javascript_every_citation_can_be_read(
    chrome: Browser, base: str, page: str, block: str, width: int
) -> None:
    with visiting(chrome, base, width, java_script_enabled=False) as visit:
        visit.go(page)
        for summary in visit.page.locator("main details > summary").all():
            summary.click()
        figures = visit.page.locator(f"{block} .cite")
        expect(figures).to_have_count(10)
        for figure in figures.all():
            expect(figure.locator(".cite__text")).to_be_visible()
            expect(figure.locator("button")).to_be_hidden()
        assert visit.wrong == []


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize("page", ["7/", "zh-hans/cite/", "zh-hant/cite/"])
def test_on_a_narrow_screen_addresses_break_after_a_slash(chrome: Browser, base: str, page: str, width: int) -> None:
    with visiting(chrome, base, width) as visit:
        visit.go(page)
        open_all(visit)
        found = visit.page.evaluate(BREAKS)
        assert len(found) >= 8
        assert set(found) == {"/"}


@pytest.mark.parametrize(("page", "block"), BLOCKS)
def test_quotation_marks_are_as_wide_as_their_language_has_them(visit: Visit, page: str, block: str) -> None:
    visit.go(page)
    open_all(visit)
    entry = visit.page.locator(f"{block} [data-kind=chicago]")
    assert entry.get_attribute("lang") == "en"
    edition = support.editions()[EDITIONS.index("zh-hans" if "zh-hans" in page + block else "zh-hant")]
    assert entry.locator(f"[lang={edition.settings.language}]").all_inner_texts() == [
        edition.particulars.issuer,
        edition.particulars.title,
    ]


def test_a_link_to_a_clauses_citations_opens_them(visit: Visit) -> None:
    visit.go("zh-hant/cite/")
    visit.page.get_by_role("link", name=f"第{NUMBER}段", exact=True).last.click()
    visit.page.wait_for_url(f"**/{NUMBER}/#zh-hant-cite")
    expect(visit.page.locator("#zh-hant-cite .cite").first).to_be_visible()
    expect(visit.page.locator("#zh-hans-cite .cite").first).to_be_hidden()


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", ["bib", "ris", "json"])
def test_a_link_downloads_the_file_under_its_own_name(visit: Visit, site: Path, edition: str, kind: str) -> None:
    visit.go(f"{NUMBER}/")
    open_all(visit)
    with visit.page.expect_download() as download:
        visit.page.locator(f"#{edition}-cite .cites__files a[href$='{kind}']").click()
    assert download.value.suggested_filename == f"{edition}-{PLACE}.{kind}"
    assert download.value.path().read_bytes() == (site / f"data/citations/{edition}/{PLACE}.{kind}").read_bytes()


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(
    ("page", "first", "last"), [(f"{part.slug}/", 0, len(part.clauses) - 1) for part in (PARTS[0], PARTS[-1])]
)
def test_of_selected_clauses_only_their_words_are_copied(
    visit: Visit, edition: str, page: str, first: int, last: int
) -> None:
    visit.go(f"{edition}/{page}")
    visit.page.evaluate(SELECT, [first, last])
    expect(visit.page.locator(".selection button").first).to_be_visible()
    start = next(part.clauses[0].number for part in PARTS if page == f"{part.slug}/") - 1
    assert copied_by_key(visit) == clauses(edition)[start : start + last + 1]


@pytest.mark.parametrize("edition", EDITIONS)
def test_of_the_whole_page_of_a_theme_the_heading_and_the_clauses_are_copied(visit: Visit, edition: str) -> None:
    visit.go(f"{edition}/{sample.THEME}/")
    visit.page.evaluate("getSelection().selectAllChildren(document.querySelector('article'))")
    title = support.editions()[EDITIONS.index(edition)].parts[PARTS.index(sample.PART)].full_title
    assert copied_by_key(visit) == [title, *(sample.text_of(edition, clause.number) for clause in sample.PART.clauses)]


@pytest.mark.parametrize("opened", [False, True])
def test_on_a_clauses_own_page_only_the_words_in_both_scripts_are_copied(visit: Visit, opened: bool) -> None:
    visit.go(f"{NUMBER}/")
    if opened:
        open_all(visit)
    visit.page.evaluate("getSelection().selectAllChildren(document.querySelector('main'))")
    assert copied_by_key(visit) == [sample.text_of(edition) for edition in EDITIONS]
    visit.page.evaluate(SELECT, [0, 1])
    assert copied_by_key(visit) == [sample.text_of(edition) for edition in EDITIONS]


def test_within_an_opened_citation_a_selection_is_copied_as_it_is(visit: Visit) -> None:
    visit.go(f"{NUMBER}/#zh-hans-cite")
    text = visit.page.locator("#zh-hans-cite [data-kind=gb]")
    text.evaluate("element => getSelection().selectAllChildren(element)")
    assert copied_by_key(visit) == [text.inner_text()]


def test_without_javascript_what_is_around_clauses_cannot_be_selected(chrome: Browser, base: str) -> None:
    with visiting(chrome, base, permissions=CLIPBOARD) as visit:
        visit.page.route("**/main.*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
        visit.go(f"{NUMBER}/")
        visit.page.evaluate("getSelection().selectAllChildren(document.querySelector('main'))")
        assert copied_by_key(visit) == [sample.text_of(edition) for edition in EDITIONS]


def test_of_the_comparison_only_the_words_in_both_scripts_are_copied(visit: Visit) -> None:
    visit.go("compare/#differences")
    visit.page.evaluate("getSelection().selectAllChildren(document.querySelector('main'))")
    headings = {
        parts[0].clauses[0].number: [part.full_title for part in parts]
        for parts in zip(*(edition.parts for edition in support.editions()), strict=True)
        if parts[0].numeral
    }
    pairs = enumerate(zip(*(clauses(edition) for edition in EDITIONS), strict=True), 1)
    assert copied_by_key(visit) == [text for number, pair in pairs for text in (*headings.get(number, ()), *pair)]


def test_the_page_shows_the_citations_that_were_read(site: Path) -> None:
    golden = (support.GOLDEN / f"citations.{PLACE}.txt").read_text("utf-8")
    page = read(site, f"{NUMBER}/")
    shown = [
        f"=== {edition} {text['data-kind']}\n{text.get_text().rstrip()}"
        for edition in EDITIONS
        for text in page.select(f"#{edition}-cite .cite__text")
    ]
    assert "\n\n".join(shown) + "\n" == golden
