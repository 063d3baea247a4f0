"""Every page of the site, opened once, with all that tests ask of each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sample
from browser.visits import Visit
from pages import PAGES

ALL = ("", f"{sample.NUMBER}/", "compare/", *PAGES)
WIDTHS = (1440, 390)
CLAUSES = """clauses => clauses.map(clause => [
    clause.querySelector(".number")?.innerText ?? "",
    [...clause.children].filter(child => child.matches("span:not([role])")).map(span => span.innerText).join(""),
])"""
ODD = """elements => elements.filter(element => {
    const style = getComputedStyle(element);
    return style.fontStyle !== "normal" || !["normal", "0px"].includes(style.letterSpacing)
        || Number(style.fontWeight) < 400;
}).map(element => element.outerHTML.slice(0, 100))"""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What there is to see on a page: its clauses with their numbers, and by width what is set as Chinese never is."""

    title: str
    has_heading: bool
    clauses: list[str]
    odd: Mapping[int, list[str]]
    wrong: list[str]


def survey(visit: Visit) -> dict[str, Seen]:
    """Return what can be seen on each page by its address."""
    return {page: _look(visit, page) for page in ALL}


def clauses(visit: Visit) -> list[str]:
    """Return the clauses as the browser shows them, each with its number."""
    return [f"{number}、{text}" for number, text in visit.page.eval_on_selector_all(".clause", CLAUSES)]


def _look(visit: Visit, page: str) -> Seen:
    visit.wrong.clear()
    visit.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    visit.go(page)
    title, has_heading, shown = visit.page.title(), visit.page.locator("h1").first.is_visible(), clauses(visit)
    odd = {}
    for width in WIDTHS:
        visit.page.set_viewport_size({"width": width, "height": 900})
        odd[width] = visit.page.eval_on_selector_all("body *", ODD)
    return Seen(title=title, has_heading=has_heading, clauses=shown, odd=odd, wrong=list(visit.wrong))
