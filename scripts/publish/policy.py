"""Policy: the strictest Content-Security-Policy under which the built pages work.

Same-origin resources are allowed by type, and inline scripts and styles by hash (CSP Level 3, 8.3 and 2.3.1). A page
that loads anything from another origin, or that has code in an attribute, is a problem: the browser must not contact
any other host.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from statement.errors import InputError

from .built import Built

_ALWAYS = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}
# Only what comes from a policy of this name may become a worker, and our script makes nothing else with it than that
# address (Trusted Types, 4.1).
_FOR_WORKERS = {"trusted-types": "worker"}


FRAMED = "embed/"
"""The folder of the pages that may stand in a frame of somebody else's page; no other page may."""


@dataclass(frozen=True)
class Policies:
    """The policy of all that the site has, and that of the pages that may stand in a frame."""

    site: str
    framed: str


def policies(pages: Iterable[Built]) -> Policies:
    """Return the policies under which every page works; raise InputError with all that none can allow."""
    pages = tuple(pages)
    if problems := [problem for page in pages for problem in page.problems]:
        raise InputError(problems)
    return Policies(
        site=content_security_policy(page for page in pages if not page.path.startswith(FRAMED)),
        framed=content_security_policy((page for page in pages if page.path.startswith(FRAMED)), is_framed=True),
    )


def content_security_policy(pages: Iterable[Built], *, is_framed: bool = False) -> str:
    """Return the policy under which every page works; one for pages that are framed says nothing of who may do so.

    Raises InputError with a problem for everything in a page that a strict policy cannot allow.
    """
    pages = tuple(pages)
    if problems := [problem for page in pages for problem in page.problems]:
        raise InputError(problems)
    sources: dict[str, set[str]] = {}
    for directive, source in (need for page in pages for need in page.needs):
        sources.setdefault(directive, set()).add(source)
    allowed = {directive: " ".join(sorted(values, key=_self_first)) for directive, values in sources.items()}
    head = {"default-src": _ALWAYS["default-src"]}
    all_of_them = _ALWAYS | (_FOR_WORKERS if "worker-src" in sources else {})
    always = {name: value for name, value in all_of_them.items() if not (is_framed and name == "frame-ancestors")}
    return "; ".join(f"{name} {value}" for name, value in (head | dict(sorted(allowed.items())) | always).items())


def _self_first(source: str) -> tuple[bool, str]:
    return source != "'self'", source
