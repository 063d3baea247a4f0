"""Policy: the Content-Security-Policy that the built pages need, and nothing more than that.

Every page is read; what it loads from the site itself is allowed by kind, an inline script or style by its hash
(CSP Level 3, 8.3 and 2.3.1). A page that loads anything from elsewhere, or runs code from an attribute, is a problem:
nothing leaves the reader's browser.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from statement.errors import InputError, Problem

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
# Begins the names of the attributes that tell our scripts which files to fetch.
_FETCHED = "data-fetch-"
_ALWAYS = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}


def content_security_policy(pages: Mapping[str, str]) -> str:
    """Return the policy under which every page, given as HTML by path, works.

    Raises InputError with a problem for everything in a page that no strict policy allows.
    """
    problems: list[Problem] = []
    sources: dict[str, set[str]] = {}
    for path, html in sorted(pages.items()):
        reader = _Reader(path)
        reader.feed(html)
        reader.close()
        problems += reader.problems
        for directive, source in reader.needs:
            sources.setdefault(directive, set()).add(source)
    if problems:
        raise InputError(problems)
    allowed = {directive: " ".join(sorted(values, key=_self_first)) for directive, values in sources.items()}
    head = {"default-src": _ALWAYS["default-src"]}
    return "; ".join(f"{name} {value}" for name, value in (head | dict(sorted(allowed.items())) | _ALWAYS).items())


@dataclass
class _Reader(HTMLParser):
    """Reads one page and collects what it loads, what stands inline, and what cannot be allowed."""

    path: str
    needs: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _inline: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        for name, value in attributes.items():
            if directive := _directive(tag, name, attributes):
                self._load(directive, value)
            elif name.startswith("on") or name == "style" or value.strip().lower().startswith("javascript:"):
                self._refuse(f"{name} of <{tag}> is code or style in an attribute; move it to a file")
        if tag in ("script", "style") and "src" not in attributes and _is_code(attributes):
            self._inline = f"{tag}-src"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self._inline:
            digest = base64.b64encode(hashlib.sha256(data.encode("utf-8")).digest()).decode("ascii")
            self.needs.append((self._inline, f"'sha256-{digest}'"))
            self._inline = ""

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - named by the library
        self._inline = ""

    def _load(self, directive: str, value: str) -> None:
        for address in _addresses(value):
            if address.startswith("data:") and directive == "img-src":
                self.needs.append((directive, "data:"))
            elif urlsplit(address).scheme or address.startswith("//"):
                self._refuse(f"loads {address} from elsewhere; put it into the site")
            else:
                self.needs.append((directive, "'self'"))

    def _refuse(self, message: str) -> None:
        line, column = self.getpos()
        self.problems.append(Problem(self.path, line, column + 1, message))


def _directive(tag: str, name: str, attributes: Mapping[str, str]) -> str | None:
    """Return the directive that governs what an attribute loads, if it loads anything."""
    if name.startswith(_FETCHED):
        return "connect-src"
    if tag == "link" and name == "href":
        kinds = attributes.get("rel", "").lower().split()
        return next((_LINKS[kind] for kind in kinds if kind in _LINKS), None)
    return _LOADS.get((tag, name))


def _is_code(attributes: Mapping[str, str]) -> bool:
    """Whether a script is one that runs, rather than a block of data such as JSON-LD (HTML, 4.12.1)."""
    return attributes.get("type", "") in ("", "module", "text/javascript", "text/css")


def _addresses(value: str) -> Iterator[str]:
    """Yield the addresses of a `src`, or of a `srcset` with its descriptors."""
    if value.startswith("data:"):
        yield value
    else:
        yield from (candidate.split()[0] for candidate in value.split(",") if candidate.strip())


def _self_first(source: str) -> tuple[bool, str]:
    return source != "'self'", source
