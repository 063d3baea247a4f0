"""The type: what clreq asks of Chinese text, measured where the browser has set it, and what paper gets."""

from __future__ import annotations

import io
import re
import unicodedata
from itertools import accumulate
from typing import Any

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

import sample
import support
from browser import breaks
from browser.survey import WIDTHS, Seen
from browser.visits import visiting
from pages import CLAUSES, EDITIONS, PAGES

MEASURE = """clause => {
    const style = getComputedStyle(clause);
    const size = parseFloat(style.fontSize);
    const number = clause.querySelector(".number").getBoundingClientRect();
    const text = clause.querySelector("span").getBoundingClientRect();
    return {
        characters: clause.clientWidth / size,
        leading: parseFloat(style.lineHeight) / size,
        align: style.textAlign,
        lineBreak: style.lineBreak,
        autospace: style.textAutospace,
        trim: style.textSpacingTrim,
        hangs: number.right <= text.left,
        family: style.fontFamily,
    };
}"""


PAPER = (605, 627)
"""How wide the text of a sheet is, in CSS pixels: A4 and Letter without their margins."""


@pytest.mark.parametrize("page", ["zh-hans/full/", "zh-hant/full/", f"zh-hans/{sample.THEME}/"])
def test_text_is_set_as_chinese_is_on_a_wide_screen(chrome: Browser, base: str, page: str) -> None:
    with visiting(chrome, base) as visit:
        visit.go(page)
        for clause in visit.page.locator(".clause").all():
            measured: dict[str, Any] = clause.evaluate(MEASURE)
            assert 34 <= measured["characters"] <= 40
            assert 1.75 <= measured["leading"] <= 1.9
            assert measured["align"] == "justify"
            assert measured["lineBreak"] == "strict"
            assert measured["autospace"] == "normal"
            assert measured["trim"] == "trim-start"
            assert measured["hangs"]
            assert ("SC" in measured["family"]) == page.startswith("zh-hans")
            assert ("TC" in measured["family"]) == page.startswith("zh-hant")


@pytest.mark.parametrize("width", WIDTHS)
def test_no_chinese_is_slanted_spaced_out_or_thin(seen: dict[str, Seen], width: int) -> None:
    assert {page: found.odd[width] for page, found in seen.items() if found.odd[width]} == {}


@pytest.mark.parametrize("media", ["screen", "print"])
def test_no_line_begins_or_ends_with_a_mark_that_must_not_stand_there(chrome: Browser, base: str, media: str) -> None:
    with visiting(chrome, base) as visit:
        visit.page.emulate_media(media="print" if media == "print" else "screen")
        for page in ("", *PAGES, "7/", "compare/"):
            visit.go(page)
            for width in breaks.WIDTHS if media == "screen" else PAPER:
                visit.page.set_viewport_size({"width": width, "height": 900})
                assert visit.page.evaluate(breaks.FAULTS) == [], (page, width)


def test_no_face_is_fetched(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        visit.go("zh-hans/full/")
        assert visit.page.evaluate("document.fonts.size") == 0


def test_the_title_breaks_between_its_phrases_only(chrome: Browser, base: str) -> None:
    with visiting(chrome, base, 390) as visit:
        visit.go("zh-hant/full/")
        heights = visit.page.eval_on_selector_all(
            "h1 .phrase",
            "phrases => phrases.map(phrase => phrase.getBoundingClientRect().height"
            " / parseFloat(getComputedStyle(phrase).lineHeight))",
        )
        assert len(heights) == len(support.editions()[1].particulars.title_phrases)
        assert all(height < 1.1 for height in heights)


BREAKS = """names => {
    const found = [];
    for (const element of document.querySelectorAll("h1, article a")) {
        const name = element.textContent.trim();
        // In a clause a term is text like any other.
        if (!names.includes(name) || element.matches(".term")) continue;
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        const tops = [];
        const range = document.createRange();
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            for (let index = 0; index < node.length; index += 1) {
                range.setStart(node, index);
                range.setEnd(node, index + 1);
                const boxes = [...range.getClientRects()].filter(({ width }) => width);
                if (node.data[index].trim() && boxes.length) tops.push(Math.round(boxes[0].bottom));
            }
        }
        const breaks = tops.flatMap((top, index) => index && Math.abs(top - tops[index - 1]) > 4 ? [index] : []);
        found.push([name, breaks]);
    }
    return found;
}"""


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("page", ["", "terms/", *(f"terms/{term}/" for term in sample.LONG_NAMED)])
def test_a_name_of_a_term_breaks_between_its_phrases_only(chrome: Browser, base: str, edition: str, page: str) -> None:
    terms = support.editions()[EDITIONS.index(edition)].terms
    allowed = {term.name: set(accumulate(map(len, term.phrases))) for term in terms}
    seen: set[str] = set()
    with visiting(chrome, base) as visit:
        visit.go(f"{edition}/{page}")
        visit.page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true; })")
        for width in [*range(320, 800, 20), *range(800, 1441, 80)]:
            visit.page.set_viewport_size({"width": width, "height": 900})
            for name, breaks in visit.page.evaluate(BREAKS, list(allowed)):
                assert set(breaks) <= allowed[name], f"{name} at {width}"
                seen.add(name)
    assert seen >= ({term.name for term in terms} if page == "terms/" else set())
    assert seen


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("page", ["zh-hans/full/", f"zh-hant/{sample.THEME}/", "zh-hant/", "zh-hans/about/"])
def test_paper_is_a4_with_numbers_and_the_address(chrome: Browser, base: str, page: str, script: bool) -> None:
    with visiting(chrome, base, java_script_enabled=script) as visit:
        visit.go(page)
        sheets = PdfReader(io.BytesIO(visit.page.pdf(prefer_css_page_size=True))).pages
    texts = [re.sub(r"\s", "", sheet.extract_text()) for sheet in sheets]
    assert all(abs(float(sheet.mediabox.width) - 595.3) < 1 for sheet in sheets)
    assert all(abs(float(sheet.mediabox.height) - 841.9) < 1 for sheet in sheets)
    assert all(f"{number}/{len(sheets)}" in text for number, text in enumerate(texts, 1))
    assert all(len(text) > 30 for text in texts), "no sheet is blank"
    address = base.removeprefix("http://") + page if script else page
    assert address in texts[-1]
    if script:
        assert all(address in text for text in texts)
    assert "目录" not in texts[0]
    assert "跟随系统" not in "".join(texts)


def test_paper_carries_every_clause_with_its_number(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        visit.go("zh-hans/full/")
        pdf = PdfReader(io.BytesIO(visit.page.pdf(prefer_css_page_size=True)))
    lines = [line.strip() for sheet in pdf.pages for line in sheet.extract_text().split("\n")]
    assert [line for line in lines if line.isdigit()] == [page.strip("/") for page in CLAUSES]
    # Fonts may lend characters the code points of radicals (⼀ for 一): NFKC puts them back.
    text = unicodedata.normalize("NFKC", "".join(lines))
    for clause in support.parse_statement().clauses:
        assert unicodedata.normalize("NFKC", clause.text[:12]) in text


def test_the_place_in_the_address_is_marked_on_screen(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        for place in (sample.PLACE, f"{sample.PLACE}s2"):
            visit.go(f"zh-hans/full/#{place}")
            box = visit.page.locator(f"#{place}").bounding_box()
            header = visit.page.locator(".masthead").bounding_box()
            assert box
            assert header
            assert box["y"] >= header["height"]
            background = visit.page.locator(f"#{place}").evaluate("each => getComputedStyle(each).backgroundColor")
            assert background != "rgba(0, 0, 0, 0)"
