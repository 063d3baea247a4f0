"""Texts that are built otherwise than most, in a real browser: places, search and selections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest
from playwright.sync_api import Browser, expect

import structures
from browser.test_place import SELECT, copied
from browser.visits import Visit, serving, visiting

Visiting = Callable[[str], Visit]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Return what serves the site of a case, until all tests are done: browsers are used again, and miss a server."""
    with ExitStack() as stack:
        yield cache(lambda name: stack.enter_context(serving(structures.site_of(tmp_path_factory, name))))


@pytest.fixture
def visit(chrome: Browser, served: Callable[[str], str]) -> Iterator[Visiting]:
    """Return what visits the site of a case, on which nothing may go wrong."""
    with ExitStack() as stack:
        made: list[Visit] = []

        def start(name: str) -> Visit:
            permissions = ["clipboard-read", "clipboard-write"]
            made.append(stack.enter_context(visiting(chrome, served(name), permissions=permissions)))
            return made[-1]

        yield start
        assert [each.wrong for each in made] == [[] for _ in made]


def introduction(visit: Visit) -> str:
    line = visit.page.locator("[data-arrival-where]")
    expect(line).to_be_visible()
    return line.inner_text()


@pytest.mark.parametrize(
    ("name", "address", "label"),
    [
        ("articles-in-chapters", "zh-hans/full/#p3", "第三条"),
        ("articles-in-chapters", "zh-hant/full/#p3.2", "第三條"),
        ("articles-in-chapters", "zh-hans/full/#p2-4", "第二条至第四条"),
        ("articles-in-chapters", "zh-hans/opening/#preamble", "序言"),
        ("anew", "zh-hans/full/#p2.1", "第二部分第1段"),
        ("anew", "zh-hans/full/#closing.s1", "文末"),
    ],
)
def test_a_link_to_any_place_says_what_the_place_is(visit: Visiting, name: str, address: str, label: str) -> None:
    arrived = visit(name)
    arrived.go(address)
    assert introduction(arrived) == label
    assert arrived.page.url.endswith(address)


def test_a_place_of_another_part_leads_there(visit: Visiting) -> None:
    arrived = visit("anew")
    arrived.go("zh-hans/opening/#p2.2")
    arrived.page.wait_for_url("**/zh-hans/economy/#p2.2")
    arrived.go("zh-hans/politics/#p9.9")
    expect(arrived.page.locator("[data-nowhere]")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "query", "option"),
    [
        ("articles-in-chapters", "第三条", "第三条"),
        ("articles-in-chapters", "便利往来", "序言"),
        ("articles-in-chapters", "决定预算", "第三条"),
        ("articles-in-chapters", "理事會", "小标题"),
        ("anew", "簡化手續", "第二部分第2段"),
        ("table-and-notes", "发展部长", "第2段"),
        ("table-and-notes", "另行公布", "注2"),
    ],
)
def test_what_is_in_the_text_is_found_and_marked(visit: Visiting, name: str, query: str, option: str) -> None:
    arrived = visit(name)
    arrived.go(f"zh-hans/search/?q={query}")
    first = arrived.page.locator(".hit").first
    expect(first.locator("b")).to_have_text(option)
    first.click()
    expect(arrived.page.locator("article")).to_be_visible()
    if option != "第三条" or query == "决定预算":
        expect(arrived.page.locator(".found__count")).to_contain_text(query)
        marked = '[...CSS.highlights.get("hit")].map(range => range.toString())'
        assert set(arrived.page.evaluate(marked)) <= {query, "理事会", "简化手续"}
        assert arrived.page.evaluate(marked)


def test_characters_of_an_item_have_an_address_that_marks_them(visit: Visiting) -> None:
    arrived = visit("anew")
    arrived.go("zh-hans/full/")
    arrived.page.evaluate(SELECT.replace(".clause > span", ".clause span"), ["p2.2.p2", 3, "p2.2.p2", 7])
    expect(arrived.page.locator(".selection button").first).to_be_visible()
    link = copied(arrived, "复制链接").partition(":~:")[0]
    assert link.endswith("/zh-hans/full/#p2.2:13-17")
    cited = copied(arrived, "复制（含出处）")
    assert "第二部分第2段" in cited
    arrived.go("zh-hant/full/#p2.2:13-17")
    marked = '[...CSS.highlights.get("place")].map(range => range.toString())'
    assert arrived.page.evaluate(marked) == ["簡化手續"]
