"""Contents: a table of contents at the head of a text, whose headings come again, and how it is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NAMES = frozenset(("目录", "目錄", "目次"))
_BLANK = re.compile(r"\s+")
# What leads from a heading to its page: 总则……1.
_LEADER = re.compile(r"[.·…．\-—]*[0-9（）()]*$")
_LONGEST = 60
_FEWEST = 2


@dataclass(frozen=True)
class LeftOut:
    """A text without its table of contents: that table, and the words behind which it stood, which are there once."""

    text: str
    table: str
    after: str


def without_contents(text: str) -> LeftOut | None:
    """Return a text without its table of contents; nothing where it has none, or none whose headings come again.

    The table goes from its name to where its first heading comes again; half of its headings at least have to.
    """
    lines = text.splitlines(keepends=True)
    plain = [_LEADER.sub("", _BLANK.sub("", line)) for line in lines]
    start = next((index for index, line in enumerate(plain) if line in _NAMES), None)
    if start is None:
        return None
    listed = [index for index in range(start + 1, len(lines)) if plain[index]]
    if not listed or plain[listed[0]] not in plain[listed[0] + 1 :]:
        return None
    end = plain.index(plain[listed[0]], listed[0] + 1)
    entries = [plain[index] for index in listed if index < end]
    again = sum(entry in plain[end:] for entry in entries)
    if len(entries) < _FEWEST or 2 * again < len(entries) or any(len(entry) > _LONGEST for entry in entries):
        return None
    head, rest = "".join(lines[:start]), "".join(lines[end:])
    after = _after(lines[:start], head + rest)
    return None if after is None else LeftOut(head + rest, "".join(lines[start:end]), after)


def _after(above: Sequence[str], text: str) -> str | None:
    """Return so many of the last lines above a place as a text has once, nothing where there is no line above."""
    if not above:
        return ""
    tails = ("".join(above[count:]) for count in range(len(above) - 1, -1, -1))
    return next((tail for tail in tails if tail.strip() and text.count(tail) == 1), None)
