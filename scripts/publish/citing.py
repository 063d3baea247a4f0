"""Citing: citations as markup that shows exactly their text, with what a browser has to know to set it well."""

from __future__ import annotations

import re

from markupsafe import Markup

from .escape import escape

_ADDRESS = re.compile(r"https?://\S+")
# What stands up to a slash, in an address, with that; "https://" goes with what follows.
_STEP = re.compile(r"(?:https?://)?[^/]*/*")
# Browsers break after these.
_BREAKS = re.compile(r"[?-]")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
# Chinese from its first character, or a mark before it, to its last one, or a mark behind it.
_CHINESE = re.compile(rf"[“‘「『《（]?[{_HAN}](?:[{_HAN}“”‘’「」『』《》（）、，。：；！？…—·]*[{_HAN}”’」』》）…])?")


def breaking(text: str) -> Markup:
    """Return a text whose addresses break after a slash, and elsewhere only where a step to the next has no room.

    Of themselves browsers break them after marks such as ?, and not after a slash.
    """
    return Markup("").join(
        Markup("<wbr>").join(map(_step, filter(None, _STEP.findall(piece)))) if is_address else escape(piece)
        for piece, is_address in _around(_ADDRESS, text)
    )


def _step(text: str) -> Markup:
    return Markup('<span class="step">{}</span>').format(escape(text)) if _BREAKS.search(text) else escape(text)


def in_english(text: str, language: str) -> Markup:
    """Return a text in Latin letters, in which what is in Chinese is marked as such, in a language: `zh-Hant`.

    Without that, quotation marks are as wide in all of it as Chinese has them, or nowhere.
    """
    return Markup("").join(
        Markup('<span lang="{}">{}</span>').format(language, escape(piece)) if is_chinese else breaking(piece)
        for piece, is_chinese in _around(_CHINESE, text)
    )


def _around(pattern: re.Pattern[str], text: str) -> list[tuple[str, bool]]:
    """Return a text in pieces, with whether each is what a pattern matches; none is empty."""
    found, position = [], 0
    for match in pattern.finditer(text):
        found += [(text[position : match.start()], False), (match[0], True)]
        position = match.end()
    return [each for each in [*found, (text[position:], False)] if each[0]]
