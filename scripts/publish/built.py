"""Built: what later steps need to know about the finished pages, each page parsed once."""

from __future__ import annotations

import base64
import hashlib
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
# Begins the names of the attributes that tell our scripts which files to fetch.
FETCHED = "data-fetch-"
# Tells our scripts which worker to start.
WORKER = "data-worker"


@dataclass(frozen=True)
class Built:
    """A finished page: its path, the ids in its main element, and whether it only redirects.

    `needs` lists the sources that the policy has to allow, as pairs of directive and source; `problems` lists what no
    strict policy can allow.
    """

    path: str
    places: tuple[str, ...]
    is_moved: bool
    needs: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


def read(pages: Mapping[str, str]) -> tuple[Built, ...]:
    """Return what each page holds, sorted by path; the input maps paths to HTML."""
    return tuple(_read(path, html) for path, html in sorted(pages.items()))


def _read(path: str, html: str) -> Built:
    reader = _Reader(path, html.splitlines())
    document = etree.HTML(html.encode("utf-8"), etree.HTMLParser(encoding="utf-8", huge_tree=True))
    for element in document.iter(etree.Element):
        # Most elements have no attributes and are no code.
        if element.attrib or element.tag in _CODE:
            reader.element(element.tag, dict(element.attrib), element.text or "", element.sourceline)
    inside = (element.get("id") for main in document.iter("main") for element in main.iterdescendants(etree.Element))
    return Built(
        path=path,
        places=tuple(place for place in inside if place),
        is_moved=reader.is_moved,
        needs=tuple(reader.needs),
        problems=tuple(reader.problems),
    )


@dataclass
class _Reader:
    """Collects what a page loads, its inline code, and anything that the policy cannot allow."""

    path: str
    lines: list[str]
    needs: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_moved: bool = False

    def element(self, tag: str, attributes: Mapping[str, str], text: str, line: int) -> None:
        for name, value in attributes.items():
            if directive := _directive(tag, name, attributes):
                self._load(directive, value, tag, line)
            elif name.startswith("on") or name == "style" or value.strip().lower().startswith("javascript:"):
                self._refuse(f"{name} of <{tag}> is code or style in an attribute; move it to a file", tag, line)
        if tag == "meta" and attributes.get("http-equiv") == "refresh":
            self.is_moved = True
        if tag in _CODE and "src" not in attributes and _is_code(attributes):
            digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
            self.needs.append((f"{tag}-src", f"'sha256-{digest}'"))

    def _load(self, directive: str, value: str, tag: str, line: int) -> None:
        for address in _addresses(value):
            if address.startswith("data:") and directive == "img-src":
                self.needs.append((directive, "data:"))
            elif urlsplit(address).scheme or address.startswith("//"):
                self._refuse(f"loads {address} from elsewhere; put it into the site", tag, line)
            else:
                self.needs.append((directive, "'self'"))

    def _refuse(self, message: str, tag: str, line: int) -> None:
        """Add a problem with an element; its column is that of the first element of its kind on the line."""
        column = self.lines[line - 1].find(f"<{tag}") + 1
        self.problems.append(Problem(self.path, line, max(column, 1), message))


def _directive(tag: str, name: str, attributes: Mapping[str, str]) -> str | None:
    """Return the directive that governs what an attribute loads, if it loads anything."""
    if name.startswith(FETCHED):
        return "connect-src"
    if name == WORKER:
        return "worker-src"
    if tag == "link" and name == "href":
        kinds = attributes.get("rel", "").lower().split()
        return next((_LINKS[kind] for kind in kinds if kind in _LINKS), None)
    return _LOADS.get((tag, name))


def _is_code(attributes: Mapping[str, str]) -> bool:
    """Return whether an inline script or style is executed, unlike data blocks such as JSON-LD (HTML, 4.12.1)."""
    return attributes.get("type", "") in ("", "module", "text/javascript", "text/css")


def _addresses(value: str) -> Iterator[str]:
    """Yield the addresses in a `src`, or in a `srcset` without its descriptors."""
    if value.startswith("data:"):
        yield value
    else:
        yield from (candidate.split()[0] for candidate in value.split(",") if candidate.strip())
