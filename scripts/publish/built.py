"""Built: what later steps need to know about the finished pages, each page parsed once."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lxml import etree

from statement.errors import Problem

_LOADS = {
    ("script", "src"): "script-src",
    ("img", "src"): "img-src",
    ("img", "srcset"): "img-src",
    ("source", "srcset"): "img-src",
    ("video", "src"): "media-src",
    ("audio", "src"): "media-src",
    ("source", "src"): "media-src",
    ("iframe", "src"): "frame-src",
    ("object", "data"): "object-src",
    ("embed", "src"): "object-src",
}
_LINKS = {"stylesheet": "style-src", "icon": "img-src", "manifest": "manifest-src", "modulepreload": "script-src"}
_CODE = ("script", "style")
# Attributes that neither load nor run anything, which most are.
_QUIET = frozenset({"class", "id", "lang", "rel", "role", "type"})
_RUNS = re.compile(r"\s*javascript:", re.IGNORECASE)
_IDS = etree.XPath("//main//*/@id", smart_strings=False)
_EVERY_ID = etree.XPath("//@id", smart_strings=False)
# Begins the names of the attributes that tell our scripts which files to fetch.
FETCHED = "data-fetch-"
# Tells our scripts which worker to start.
WORKER = "data-worker"


@dataclass(frozen=True)
class Built:
    """A finished page: its path, the ids in its main element, and whether it only redirects.

    `needs` lists the sources that the policy has to allow, as pairs of directive and source; `problems` lists what no
    strict policy can allow. `links` has each address that it links to, with the first line that does; `ids` are all of
    the page's.
    """

    path: str
    places: tuple[str, ...]
    is_moved: bool
    needs: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    links: Mapping[str, int]
    ids: frozenset[str]


def read(pages: Mapping[str, str]) -> tuple[Built, ...]:
    """Return what each page holds, sorted by path; the input maps paths to HTML."""
    return tuple(_read(path, html) for path, html in sorted(pages.items()))


def _read(path: str, html: str) -> Built:
    reader = _Reader(path, html)
    document = etree.HTML(html.encode("utf-8"), etree.HTMLParser(encoding="utf-8", huge_tree=True))
    for element in document.iter(etree.Element):
        for name, value in element.items():
            if name not in _QUIET:
                reader.attribute(element, name, value)
        if element.tag in _CODE and element.get("src") is None and _is_code(element):
            reader.code(element)
    return Built(
        path=path,
        places=tuple(place for place in _IDS(document) if place),
        is_moved=reader.is_moved,
        needs=tuple(reader.needs),
        problems=tuple(reader.problems),
        links=reader.links,
        ids=frozenset(_EVERY_ID(document)),
    )


@dataclass
class _Reader:
    """Collects what a page loads, its inline code, and anything that the policy cannot allow."""

    path: str
    html: str
    needs: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_moved: bool = False
    links: dict[str, int] = field(default_factory=dict)

    def attribute(self, element: etree._Element, name: str, value: str) -> None:
        tag = element.tag
        if directive := _directive(element, name):
            self._load(directive, value, element)
        elif name.startswith("on") or name == "style" or _RUNS.match(value):
            self._refuse(f"{name} of <{tag}> is code or style in an attribute; move it to a file", element)
        elif name == "href" and tag == "a":
            self.links.setdefault(value, element.sourceline or 1)
        elif name == "http-equiv" and value == "refresh":
            self.is_moved = True

    def code(self, element: etree._Element) -> None:
        text = element.text or ""
        digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
        self.needs.append((f"{element.tag}-src", f"'sha256-{digest}'"))

    def _load(self, directive: str, value: str, element: etree._Element) -> None:
        for address in _addresses(value):
            if address.startswith("data:") and directive == "img-src":
                self.needs.append((directive, "data:"))
            elif urlsplit(address).scheme or address.startswith("//"):
                self._refuse(f"loads {address} from elsewhere; put it into the site", element)
            else:
                self.needs.append((directive, "'self'"))

    def _refuse(self, message: str, element: etree._Element) -> None:
        """Add a problem with an element; its column is that of the first element of its kind on the line."""
        line = element.sourceline
        column = self.html.splitlines()[line - 1].find(f"<{element.tag}") + 1
        self.problems.append(Problem(self.path, line, max(column, 1), message))


def _directive(element: etree._Element, name: str) -> str | None:
    """Return the directive that governs what an attribute loads, if it loads anything."""
    if name.startswith(FETCHED):
        return "connect-src"
    if name == WORKER:
        return "worker-src"
    if name == "href":
        kinds = element.get("rel", "").lower().split() if element.tag == "link" else ()
        return next((_LINKS[kind] for kind in kinds if kind in _LINKS), None)
    return _LOADS.get((element.tag, name))


def _is_code(element: etree._Element) -> bool:
    """Return whether an inline script or style is executed, unlike data blocks such as JSON-LD (HTML, 4.12.1)."""
    return element.get("type", "") in ("", "module", "text/javascript", "text/css")


def _addresses(value: str) -> Iterator[str]:
    """Yield the addresses in a `src`, or in a `srcset` without its descriptors."""
    if value.startswith("data:"):
        yield value
    else:
        yield from (candidate.split()[0] for candidate in value.split(",") if candidate.strip())
