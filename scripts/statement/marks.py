"""Marks: what stands before a clause, a heading, an item or a note, such as 1、 第一条 （一） ①, told from a sample.

A sample is the mark of the first of its kind. Everything about numerals is in one table, `_NUMERALS`; what stands
around the numeral in the sample stands around it in every mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

BLANKS = " \t\u00a0\u3000"
"""The blanks that may stand between a mark and what follows it."""

_DIGITS = "零一二三四五六七八九"
_ALSO = str.maketrans("〇两兩", "零二二")
_UNITS = {"十": 10, "百": 100, "千": 1000}
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
# Circled numbers (Unicode: Enclosed Alphanumerics, and Enclosed CJK Letters and Months).
_CIRCLED = {chr(0x2460 + n): n + 1 for n in range(20)}
_CIRCLED |= {chr(0x3251 + n): n + 21 for n in range(15)} | {chr(0x32B1 + n): n + 36 for n in range(15)}
# Numbers in brackets, each of them one character (Unicode: Enclosed CJK Letters and Months).
_BRACKETED = {chr(0x3220 + n): n + 1 for n in range(10)}
_BULLETS = "—－–-•·●■○◆*＊"
# What people number, in both scripts: a mark that ends in such a word is no part of a sentence that begins with it.
_NAMED = "条條款项項章节節编編部篇段目分件注註"
# What else may stand around the numeral of a mark: 第 and 附; a title such as 统一市场 has other words.
_AROUND = frozenset(f"{_NAMED}第附录錄则則表图圖议議题題")


@dataclass(frozen=True)
class Numeral:
    """A way to write numbers: the first of them, a pattern for any, and the value of one as a tuple of numbers."""

    first: str
    pattern: str
    value: Callable[[str], tuple[int, ...]]


@dataclass(frozen=True)
class Mark:
    """A mark as it stands: with the blanks behind it, its numeral and what that is worth; a bullet is worth nothing."""

    text: str
    numeral: str
    value: tuple[int, ...]


def chinese(numeral: str) -> int:
    """Return the value of a number in Chinese numerals up to 9,999, with or without units: 一百零五, 一〇五."""
    characters = numeral.translate(_ALSO)
    if not any(character in _UNITS for character in characters):
        return int("".join(str(_DIGITS.index(character)) for character in characters))
    value, digit = 0, 0
    for character in characters:
        unit = _UNITS.get(character)
        value += (digit or 1) * unit if unit else 0
        digit = 0 if unit else _DIGITS.index(character)
    return value + digit


def _roman(numeral: str) -> int:
    values = [_ROMAN[letter] for letter in numeral.lower()]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _letters(numeral: str) -> int:
    value = 0
    for letter in numeral.lower():
        value = value * 26 + ord(letter) - ord("a") + 1
    return value


def _one(value: Callable[[str], int]) -> Callable[[str], tuple[int, ...]]:
    return lambda numeral: (value(numeral),)


def _dotted(numeral: str) -> tuple[int, ...]:
    return tuple(int(part) for part in numeral.split("."))


_NUMERALS = (
    Numeral("1.1", r"[1-9][0-9]{0,3}(?:\.[1-9][0-9]{0,3})*", _dotted),
    Numeral("1", r"[1-9][0-9]{0,3}", _one(int)),
    Numeral("１", r"[１-９][０-９]{0,3}", _one(lambda numeral: int(numeral.translate(_WIDE)))),
    Numeral("一", r"[零〇一二两兩三四五六七八九十百千]{1,9}", _one(chinese)),
    Numeral("①", f"[{''.join(_CIRCLED)}]", _one(_CIRCLED.__getitem__)),
    Numeral("㈠", f"[{''.join(_BRACKETED)}]", _one(_BRACKETED.__getitem__)),
    Numeral("Ⅰ", r"[Ⅰ-Ⅻ]", _one(lambda numeral: ord(numeral) - 0x215F)),
    Numeral("I", r"[IVXLC]{1,7}", _one(_roman)),
    Numeral("i", r"[ivxlc]{1,7}", _one(_roman)),
    Numeral("A", r"[A-Z]", _one(_letters)),
    Numeral("a", r"[a-z]", _one(_letters)),
)
"""The numerals, those first whose first number holds another's."""


@dataclass(frozen=True)
class Scheme:
    """How a kind of thing is marked: its sample, the pattern of its marks, and the value of a numeral."""

    sample: str
    pattern: re.Pattern[str]
    value: Callable[[str], tuple[int, ...]]
    is_dotted: bool = False
    may_stand_alone: bool = False

    def match(self, line: str) -> Mark | None:
        """Return the mark at the beginning of a line, or nothing."""
        found = self.pattern.match(line)
        if not found:
            return None
        numeral = found.groupdict().get("numeral") or ""
        return Mark(found.group(), numeral, self.value(numeral) if numeral else ())


@cache
def scheme(sample: str) -> Scheme | None:
    """Return the scheme whose first mark is a sample such as 第一条 or 1.1, or a bullet; None where it is neither."""
    if (sample and sample in _BULLETS) or sample == "——":
        return Scheme(sample, re.compile(f"{re.escape(sample)}[{BLANKS}]*"), _one(int))
    for each in _NUMERALS:
        # A letter stands for itself inside a word.
        at = sample.find(each.first)
        if at < 0 or (each.first.isascii() and each.first.isalpha() and sample.strip(each.first).isalnum()):
            continue
        around = sample[:at] + sample[at + len(each.first) :]
        if any(letter.isalpha() and not letter.isascii() and letter not in _AROUND for letter in around):
            continue
        before, after = re.escape(sample[:at]), re.escape(sample[at + len(each.first) :])
        pattern = f"{before}(?P<numeral>{each.pattern}){after}{_behind(sample, each)}"
        alone = sample[-1] in _NAMED or sample[-1:] == each.first[-1:]
        return Scheme(sample, re.compile(pattern), each.value, each.first == "1.1", alone)
    return None


def _behind(sample: str, numeral: Numeral) -> str:
    """Return the pattern of what stands between a mark and its text, or has to follow."""
    last = sample[-1]
    if last in _NAMED:
        # 第八条规定 begins a sentence; 第八条 with a blank, a colon or nothing behind it is a mark.
        return rf"(?:[：:、][{BLANKS}]*|[{BLANKS}]+|$)"
    if last == numeral.first[-1] and numeral.first not in "①㈠":
        return rf"(?:[{BLANKS}]+|$)"
    if last in ".．":
        return rf"(?![0-9０-９])[{BLANKS}]*"
    return f"[{BLANKS}]*"


def spaced(*words: str) -> Iterator[str]:
    """Yield the samples of such as 第一條 with a blank on either side of the numeral, as laws of Taiwan print them."""
    for blank, numeral, word in product(" \u3000", "1一", words):
        yield f"第{blank}{numeral}{blank}{word}"


KNOWN = (
    *(
        "1、",
        "1.",
        "1．",
        "１、",
        "１．",
        "（1）",
        "(1)",
        "（１）",
        "①",
        "第一条",
        "第1条",
        "第一條",
        "第1條",
        "1.1",
        "1）",
        "1)",
    ),
    *(
        "一、",
        "（一）",
        "(一)",
        "第一章",
        "第一节",
        "第一節",
        "第一编",
        "第一部分",
        "A.",
        "A、",
        "(a)",
        "（a）",
        "a)",
        "I.",
        "Ⅰ.",
    ),
    *("第一編", "第一篇", *spaced("条", "條", "章", "节", "節", "编", "編", "篇")),
    *("附件一", "附件1", "附件：", "附：", "[1]", "〔1〕"),
)
"""Samples of marks that official texts have: what a line that is not understood is compared with."""


def resembling(line: str) -> Iterator[tuple[str, Mark]]:
    """Yield the samples, of those that are known, whose marks a line begins with, and the mark."""
    for sample in KNOWN:
        known = scheme(sample)
        mark = known.match(line) if known else None
        if mark and not (sample == "1.1" and len(mark.value) < 2):
            yield sample, mark
