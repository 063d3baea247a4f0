"""Escape: text becomes markup that a reader sees as exactly this text, in Markdown and in HTML alike."""

from __future__ import annotations

import re

from jinja2 import Undefined
from markupsafe import Markup

# What Markdown, its extensions or HTML could read as markup anywhere in a line. Character references rather than
# backslashes: they mean the same in Markdown, in HTML inside it, and in attributes.
_MARKUP = {ord(character): f"&#{ord(character)};" for character in "\\`*_{}[]|~^=$#!\"'"} | {
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
}
# What could be read as markup at the start of a line only: a list's bullet or number, a rule, a definition.
_LINE_START = re.compile(r"([0-9]*)([^\w\s])", re.ASCII)


def escape(text: str) -> Markup:
    """Return markup that a reader sees as exactly this text, wherever in a line of Markdown or HTML it stands."""
    match = _LINE_START.match(text)
    if match and match[2].isascii():
        head = f"{match[1]}&#{ord(match[2])};"
        return Markup(head + text[match.end() :].translate(_MARKUP))
    return Markup(text.translate(_MARKUP))


def finalize(value: object) -> object:
    """Return what a template prints for an expression: markup as it is, everything else escaped.

    Raises TypeError for a function, which is what a name such as `copy` finds in a mapping before its own entry.
    """
    if isinstance(value, Undefined) or hasattr(value, "__html__"):
        return value
    if callable(value):
        raise TypeError(f"a template prints {value!r}")
    return escape(str(value))
