"""Policy: the strictest Content-Security-Policy under which the built pages work.

Same-origin resources are allowed by type, and inline scripts and styles by hash (CSP Level 3, 8.3 and 2.3.1). A page
that loads anything from another origin, or that has code in an attribute, is a problem: the browser must not contact
any other host.
"""

from __future__ import annotations

from collections.abc import Iterable

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


def content_security_policy(pages: Iterable[Built]) -> str:
    """Return the policy under which every page works.

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
    return "; ".join(f"{name} {value}" for name, value in (head | dict(sorted(allowed.items())) | _ALWAYS).items())


def _self_first(source: str) -> tuple[bool, str]:
    return source != "'self'", source
