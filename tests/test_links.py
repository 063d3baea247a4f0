"""Links between finished pages: each that leads nowhere is named with its page and line, and no other."""

from __future__ import annotations

import pytest

from publish import built, links

PAGES = {
    "a/index.html": '<main><p id="p1">…</p><p id="一">…</p>\n{}</main>',
    "b/index.html": '<main><p id="p2">…</p></main>',
    "404.html": '<main><a href="/nowhere/">…</a></main>',
}
FILES = frozenset({*PAGES, "data/text.txt"})
RIGHT = (
    *("#p1", "#%E4%B8%80", "#", "../b/", "../b/#p2", "../b/index.html#p2", "../b/?q=x#p2", "../data/text.txt"),
    *("../data/text.txt#x", "./", ".", "../../other/", "https://example.org/no/#p9", "mailto:a@example.org", "/no/"),
)
WRONG = {
    "#p9": "where nothing is called p9",
    "../b/#p1": "where nothing is called p1",
    "../c/": "which is not there",
    "../b": "which is not there",
    "../data/": "which is not there",
    "..": "which is not there",
}


def found(address: str) -> list[str]:
    html = {path: text.replace("{}", f'<a href="{address}">…</a>') for path, text in PAGES.items()}
    return [str(each) for each in links.problems(built.read(html), FILES)]


@pytest.mark.parametrize("address", RIGHT)
def test_a_link_that_leads_somewhere_or_elsewhere_is_right(address: str) -> None:
    assert found(address) == []


@pytest.mark.parametrize("address", WRONG)
def test_a_link_that_leads_nowhere_is_named_where_it_stands(address: str) -> None:
    message = f"links to {address}, {WRONG[address]}; correct the link where it is written"
    assert found(address) == [f"a/index.html:2:1: {message}"]
