"""Plain: what a finished page says as Markdown, for programs that read: no HTML, no menu, every link still right.

The file lies beside the page, so that its links are the page's own. It says what the page says because it is made of
that; an editor's own pages have it, too.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from statement import kept

from .policy import FRAMED

NAME = "index.md"
"""The name of the file, beside the page's `index.html`."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SKIPPED = frozenset({"button", "svg", "script", "style", "template", "nav", "figcaption"})
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "details",
        "div",
        "dd",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "li",
        "main",
        "ol",
        "p",
    }
    | {"pre", "section", "summary", "table", "tbody", "thead", "tr", "ul", *_HEADINGS}
)
# What stands before a row of links, in a frame, which no words do.
_LABEL = "beside__label"
_EMPHASIS = {"strong": "**", "b": "**", "em": "*", "mark": "**"}
# What Markdown would read as markup (CommonMark 0.31, 2.4 and 2.5); a number or a sign at the start of a line could be
# a list, a heading or a rule.
_SIGNS = re.compile(r"([\\`*_\[\]>~|])")
_REFERENCES = {ord("&"): "&amp;", ord("<"): "&lt;"}
_START = re.compile(r"^([0-9]*)([#+=-]+|(?<=[0-9])[.)])(?=\s|$)", re.MULTILINE)
_BLANKS = re.compile(r"[ \t\r\n]+")
# All pages of a site are one result.
_MOST = 20


def markdown(page: etree._Element) -> str:
    """Return what the main part of a page says as Markdown (CommonMark, with the tables of GitHub's); or nothing."""
    main = next(page.iter("main"), None)
    if main is None:
        return ""
    return "\n\n".join(_blocks(main)) + "\n"


def _blocks(element: etree._Element) -> Iterator[str]:
    """Yield the blocks of an element; what stands between blocks is a paragraph."""
    run: list[str] = [_words(element.text)]
    for child in element:
        if _is_hidden(child):
            pass
        elif child.tag in _BLOCKS:
            yield from _paragraph(run)
            run = []
            yield from _block(child)
        else:
            run.append(_inline(child))
        run.append(_words(child.tail))
    yield from _paragraph(run)


def _block(element: etree._Element) -> Iterator[str]:
    tag = element.tag
    if tag in _HEADINGS:
        yield f"{'#' * _HEADINGS[tag]} {_contents(element)}"
    elif tag == "p" and "clause" in (element.get("class") or ""):
        yield from _clause(element)
    elif tag in ("ul", "ol"):
        yield "\n".join(_items(element))
    elif tag == "blockquote":
        yield _indented("\n\n".join(_blocks(element)), "> ", "> ")
    elif tag == "pre":
        yield f"```\n{''.join(element.itertext()).strip()}\n```"
    elif tag == "table":
        yield "\n".join(_rows(element))
    elif tag in ("dt", "summary", "figcaption"):
        yield f"**{_contents(element)}**"
    else:
        yield from _blocks(element)


def _items(element: etree._Element) -> Iterator[str]:
    for number, item in enumerate(element.iterchildren("li"), 1):
        sign = f"{number}. " if element.tag == "ol" else "- "
        inside = "\n\n".join(_blocks(item))
        if inside:
            yield _indented(inside, sign, " " * len(sign))


def _clause(element: etree._Element) -> Iterator[str]:
    """Yield a clause: its number as a heading, then its text."""
    number = element.find(".//a[@class='number']")
    if number is not None:
        heading = element.find("span[@role='heading']")
        level = int(heading.get("aria-level")) if heading is not None else 2
        yield f"{'#' * level} {number.get('aria-label')}"
    parts = (each for each in element.iterchildren("span", "br") if not each.get("role"))
    yield from _paragraph(" \\| " if each.get("class") == "cell" else _inline(each) for each in parts)


def _rows(table: etree._Element) -> Iterator[str]:
    """Yield the lines of a table; the first row is its head."""
    for index, row in enumerate(table.iter("tr")):
        cells = [_contents(cell) for cell in row.iterchildren("th", "td")]
        yield f"| {' | '.join(cells)} |"
        if not index:
            yield f"|{' --- |' * len(cells)}"


def _paragraph(run: Iterable[str]) -> Iterator[str]:
    words = "".join(run).strip(" \n")
    if words:
        yield _START.sub(r"\1\\\2", words)


def _contents(element: etree._Element) -> str:
    """Return what stands in an element, in a line."""
    inside = (f"{_inline(child)}{_words(child.tail)}" for child in element if not _is_hidden(child))
    return f"{_words(element.text)}{''.join(inside)}".strip(" \n").replace("\\\n", " ")


def _inline(element: etree._Element) -> str:
    if _is_hidden(element):
        return ""
    tag = element.tag
    if tag == "br":
        return "\\\n"
    if tag == "img":
        return f"![{_words(element.get('alt'))}]({_address(element.get('src', ''))})"
    if tag in ("code", "kbd"):
        return f"`{''.join(element.itertext())}`"
    inside = f"{_words(element.text)}{''.join(f'{_inline(each)}{_words(each.tail)}' for each in element)}"
    if element.get("class") == _LABEL:
        return f"{inside}: " if inside.isascii() else f"{inside}："
    if tag == "a" and element.get("href") and inside.strip():
        return f"[{inside.strip()}]({_address(element.get('href'))})"
    if tag in _EMPHASIS and inside.strip():
        return f"{_EMPHASIS[tag]}{inside}{_EMPHASIS[tag]}"
    return inside


def _is_hidden(element: etree._Element) -> bool:
    """Whether an element says nothing to a program that reads: it is not shown, or is there to be pressed."""
    classes = (element.get("class") or "").split()
    return (
        not isinstance(element.tag, str)
        or (element.tag in _SKIPPED and not _names_citation(element))
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or "heard" in classes
    )


def _names_citation(element: etree._Element) -> bool:
    """Whether an element is a caption that says in which form a citation is; others explain pictures."""
    parent = element.getparent()
    return element.tag == "figcaption" and parent is not None and "cite" in (parent.get("class") or "").split()


def _words(text: str | None) -> str:
    """Return text as Markdown shows it, blanks as HTML has them."""
    return _SIGNS.sub(r"\\\1", _BLANKS.sub(" ", text or "").translate(_REFERENCES))


def _address(address: str) -> str:
    """Return an address as a link has it; one with a blank or a bracket would end there."""
    return f"<{address}>" if re.search(r"[\s()]", address) else address


def _indented(block: str, first: str, others: str) -> str:
    lines = block.split("\n")
    return "\n".join([f"{first}{lines[0]}", *(f"{others}{line}".rstrip() for line in lines[1:])])


def files(pages: Mapping[str, str]) -> dict[str, str]:
    """Return the Markdown of pages, given as HTML by their paths, by the path beside each.

    It is kept between builds, all pages in one: where a page has changed, most have.
    """
    page = "\0".join(f"{path}\0{html}" for path, html in sorted(pages.items()))
    key = f"{kept.maker('lxml', sys.modules[__name__])} {page}"
    found = kept.find("plain", key)
    if found is None:
        made = {beside(path): markdown(_parsed(html)) for path, html in pages.items()}
        found = kept.keep("plain", key, json.dumps(made).encode("utf-8"), _MOST)
    result: dict[str, str] = json.loads(found)
    return result


def has_own(path: str) -> bool:
    """Return whether a page has Markdown beside it: one that has moved does, which says where to; frames do not."""
    return path.rpartition("/")[2] == "index.html" and not path.startswith(FRAMED)


def beside(path: str) -> str:
    """Return the path of the Markdown of a page, given the page's own."""
    return f"{path.removesuffix('index.html')}{NAME}"


def _parsed(html: str) -> etree._Element:
    return etree.HTML(html.encode("utf-8"), etree.HTMLParser(encoding="utf-8", huge_tree=True))
