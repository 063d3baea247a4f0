"""Escape: turn text into markup that renders as exactly this text, in Markdown and in HTML."""

from __future__ import annotations

import re

from jinja2 import Undefined
from markupsafe import Markup

# Characters that Markdown, its extensions or HTML may interpret anywhere in a line. Character references are used
# instead of backslashes because they also work in HTML inside Markdown and in attributes.
_MARKUP = {ord(character): f"&#{ord(character)};" for character in "\\`*_{}[]|~^=$#!\"'"} | {
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
}
_ANYWHERE = re.compile(f"[{re.escape(''.join(map(chr, _MARKUP)))}]")
# Characters that are markup only at the start of a line: a list marker, a rule, a definition.
_LINE_START = re.compile(r"([0-9]*)(?![\w\s])([\x00-\x7f])", re.ASCII)


def escape(text: str) -> Markup:
    """Return markup that renders as exactly this text, markup or not, anywhere in a line of Markdown or HTML."""
    text = str(text)
    if match := _LINE_START.match(text):
        head = f"{match[1]}&#{ord(match[2])};"
        return Markup(head + text[match.end() :].translate(_MARKUP))
    # Most texts have nothing to escape, and looking is faster.
    return Markup(text.translate(_MARKUP) if _ANYWHERE.search(text) else text)


def finalize(value: object) -> object:
    """Return what a template prints for an expression: markup as it is, everything else escaped.

    Raises TypeError for a function, which is what a name such as `copy` finds in a mapping before its own entry.
    """
    if type(value) is str:
        return escape(value)
    if isinstance(value, Undefined) or hasattr(value, "__html__"):
        return value
    if callable(value):
        raise TypeError(f"a template prints {value!r}")
    return escape(str(value))
