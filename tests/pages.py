"""The pages that the site has to have, and how a test reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup, Tag

import support
from statement.parse import unparse

_SOURCE = support.editions()[0]
_SAMPLE = support.cases("sample")
EDITIONS = tuple(edition.id for edition in support.editions())
LANGUAGES = {edition.id: edition.settings.language for edition in support.editions()}
THEMES = tuple(part.slug for part in _SOURCE.parts)
TERMS = tuple(f"terms/{term.id}/" for term in _SOURCE.terms)
# Two terms stand for all where each page is looked at closely: one in clauses, one in a heading only.
NAMES = (
    "",
    *(f"{theme}/" for theme in THEMES),
    "full/",
    "search/",
    "terms/",
    f"terms/{_SAMPLE['term']}/",
    f"terms/{_SAMPLE['heading_term']}/",
    "wording/",
    "cite/",
    "download/",
    "about/",
    "conversion/",
)
CLAUSES = tuple(f"{clause.number}/" for clause in _SOURCE.statement.clauses)
SHARED = ("compare/", *CLAUSES)
PAGES = tuple(f"{edition}/{name}" for edition in EDITIONS for name in NAMES)
EVERY = tuple(f"{edition}/{name}" for edition in EDITIONS for name in dict.fromkeys((*NAMES, *TERMS)))


@cache
def read(site: Path, page: str) -> BeautifulSoup:
    """Return a page by its address from the site's root, the same for all tests: who changes it takes a copy."""
    path = site / page / "index.html" if page == "" or page.endswith("/") else site / page
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def one(page: Tag, selector: str) -> Tag:
    (found,) = page.select(selector)
    return found


def clauses(page: BeautifulSoup) -> list[str]:
    """Return the text of each clause on a page, without its number."""
    return [
        "".join(span.get_text() for span in clause.find_all("span", recursive=False) if not span.get("role"))
        for clause in page.select(".clause")
    ]


def alternates(page: BeautifulSoup) -> dict[str, str]:
    return {str(link["hreflang"]): str(link["href"]) for link in page.select("link[rel=alternate][hreflang]")}


def golden(edition: str) -> list[str]:
    """Return the paragraphs that an edition has to have, from the source's title to the last clause."""
    if edition == "zh-hans":
        text = unparse(support.parse_statement())
    else:
        text = (support.GOLDEN / "statement.zh-hant.txt").read_text("utf-8")
    return text.split("\n\n")[:-2]
