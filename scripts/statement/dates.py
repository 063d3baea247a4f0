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

_BRACKETS = "（("
_BEGINS = re.compile(
    r"(?:[0-9]{1,2}[.、])?(?:根[据據]|依[据據]|(?:中[华華])?民[国國].{1,4}年|[0-9]{4} ?年"
    r"|[一二][零〇○一二三四五六七八九]{3}年)"
)
_ENDS = re.compile(r"(?:通过|通過|修正|修订|修訂|修改|公布|发布|發布|颁布|頒布|批准|施行|生效)[）)]?$")


def is_history(line: str) -> bool:
    """Return whether a line says when or by what a text was adopted or amended: it begins with a day or 根据."""
    return bool(_BEGINS.match(line.lstrip(_BRACKETS)) and _ENDS.search(line))


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
