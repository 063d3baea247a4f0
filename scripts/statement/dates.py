"""Dates: the days that official texts name in the lines around their titles, in the ways in which they write them."""

from __future__ import annotations

import re
from datetime import date

from .marks import chinese

_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_DIGITS = re.compile(r"(?P<year>[0-9]{4}) ?年 ?(?P<month>[0-9]{1,2}) ?月 ?(?P<day>[0-9]{1,2}) ?日")
_CHINESE = re.compile(
    r"(?P<year>[一二三四五六七八九][零〇○一二三四五六七八九]{3})年"
    r"(?P<month>[一二三四五六七八九十]{1,3})月(?P<day>[一二三四五六七八九十]{1,3})日"
)
_CIRCLE = str.maketrans("○", "〇")
STAMP = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2})?")
"""The date line of a publication: 2020-06-19 00:35."""


def day_in(line: str) -> date | None:
    """Return the last day that a line names: 2020-06-18, 2020年6月18日, 二〇二〇年六月十八日; None without any."""
    found: list[tuple[int, date]] = []
    for pattern, value in ((_ISO, int), (_DIGITS, int), (_CHINESE, chinese)):
        for match in pattern.finditer(line):
            try:
                found.append((match.start(), date(*(value(part.translate(_CIRCLE)) for part in match.groups()))))
            except ValueError:
                continue
    return max(found, default=(0, None))[1] if found else None
