"""Statements that hypothesis makes up, and the ways in which a text as received may be untidy."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from statement.model import Heading, Statement, Structure
from statement.text import clause_from_text, numeral

# Letters, digits, marks of Markdown, HTML and Jinja, and the punctuation that the parser looks for.
_CHARACTERS = (
    "们我持支展发作合伴伙复系干后里面台一二十第段abcXYZ0189，、；：·…（）《》*_`#|<>[](){}%&~^=$!\\/.:- 　é𠮷🙂"
)
_ENDS = "。！？"

words = st.text(_CHARACTERS, min_size=1, max_size=30).map(str.strip).filter(bool)
quoted = st.builds("“{}”".format, words) | st.builds("“{}‘{}’{}”".format, words, words, words)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """Return a sentence of words and balanced quotations, ended as the parser wants clauses to end."""
    return "".join([draw(words), *draw(st.lists(quoted | words, max_size=3)), draw(st.sampled_from(_ENDS))])


clause_texts = st.lists(sentences(), min_size=1, max_size=4).map("".join).map(str.strip)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """Return a statement with up to twelve clauses under up to three headings."""
    texts = draw(st.lists(clause_texts, min_size=1, max_size=12))
    firsts = sorted(draw(st.sets(st.integers(1, len(texts)), max_size=3)))
    headings = [Heading(numeral(index), draw(words), first) for index, first in enumerate(firsts, 1)]
    title = draw(words.map("标题{}".format))
    clauses = tuple(clause_from_text(number, text) for number, text in enumerate(texts, 1))
    notice = draw(st.sampled_from(["", "预览已结束"]))
    address = "https://example.org/?a=1_2" if notice else ""
    return Statement(title, "2021-03-04 10:20", clauses, tuple(headings), notice, address)


@st.composite
def untidied(draw: st.DrawFn, text: str) -> str:
    """Return a text with what may be repaired put into it: blanks, line endings, a byte order mark, blank lines."""
    blanks = st.text(" \t\u3000", max_size=2)
    endings = st.sampled_from(["\n", "\r\n", "\r"])
    lines: list[str] = []
    for line in text.split("\n"):
        line_out = draw(blanks) + line + draw(blanks)
        number, mark, rest = line.partition("、")
        if mark and number.isdigit() and number.isascii() and draw(st.booleans()):
            wide = number.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
            line_out = f"{wide}、{draw(blanks)}{rest}"
        lines += [line_out, *[""] * draw(st.integers(0, 2))]
    joined = "".join(line + draw(endings) for line in lines)
    return draw(st.sampled_from(["", "\ufeff"])) + joined


NUMBERINGS = (
    *("1、", "1.", "1．", "１、", "（1）", "(1)", "（１）", "①", "1）", "第一条", "第1条", "第 一 条", "第一條"),
    *("一、", "（一）", "(一)", "1.1", "A.", "(a)", "I.", "Ⅰ.", "[1]", "〔1〕", ""),
)
"""Marks of first clauses, of every kind, and none."""

_HEADINGS = ("第一章", "第一部分", "一、", "A.", "（一）", "前言")
_ITEMS = ("（一）", "(a)", "1）", "——", "-")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_WRITTEN: dict[str, Callable[[int], str]] = {
    "１": lambda number: str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "①": lambda number: chr(0x245F + number),
    "一": numeral,
    "Ⅰ": lambda number: chr(0x215F + number),
    "I": lambda number: _ROMAN[number - 1],
    "A": lambda number: chr(ord("A") + number - 1),
    "a": lambda number: chr(ord("a") + number - 1),
    "1": str,
}


def mark(sample: str, number: int) -> str:
    """Return the mark of a number from 1 to 12, given that of the first; a bullet is the same for all."""
    first = next((each for each in _WRITTEN if each in sample), "")
    written = _WRITTEN[first](number) if first else ""
    return sample.replace(first, written, 1) if first else sample


@st.composite
def structured(draw: st.DrawFn) -> tuple[str, Structure]:
    """Return a text and how it is built: any numbering under any headings, with lists, paragraphs and what else."""
    numbering = draw(st.sampled_from(NUMBERINGS))
    # Whether I. is a letter or a number nobody can tell where headings have letters.
    told_apart = [each for each in _HEADINGS if each != numbering and (each, numbering) != ("A.", "I.")]
    heading = draw(st.sampled_from(told_apart))
    item = draw(st.sampled_from([each for each in _ITEMS if each not in (numbering, heading)]))
    anew = numbering != "1.1" and draw(st.booleans())
    body = clause_texts.map("我们{}".format)
    lines = ["标题", "2021-03-04 10:20"]
    preamble = draw(st.booleans()) if numbering else False
    titles: list[str] = []
    number = 0
    if preamble:
        lines += draw(st.lists(body, min_size=1, max_size=2))
    headed = 0
    for part in range(1, draw(st.integers(1, 3)) + 1):
        if part > 1 or draw(st.booleans()):
            headed += 1
            blank = "　" if heading[0] == "第" else ""
            title = f"前言{headed}" if heading == "前言" else f"{mark(heading, headed)}{blank}题"
            titles += [title] if heading == "前言" else []
            lines.append(title)
            number = 0 if anew else number
        for _ in range(draw(st.integers(1, 3))):
            number += 1
            shown = f"{part}.{number}" if numbering == "1.1" else mark(numbering, number) if numbering else ""
            lines += draw(_clause_lines(numbering, shown, item, body))
        if numbering == "1.1":
            number = 0
    if draw(st.booleans()):
        lines += ["此致", "二〇二一年三月四日"]
    closing = "此致" if lines[-2] == "此致" else ""
    headings = tuple(titles) if heading == "前言" else (heading,)
    return "\n\n".join(lines) + "\n", Structure(
        numbering=numbering,
        headings=headings,
        items=(item,),
        preamble=preamble,
        paragraphs=bool(numbering),
        anew=anew,
        closing=closing,
    )


@st.composite
def _clause_lines(draw: st.DrawFn, numbering: str, shown: str, item: str, body: st.SearchStrategy[str]) -> list[str]:
    """Return the lines of a clause: its mark with the text, or on a line of its own, then items and paragraphs."""
    is_named = numbering[:1] == "第"
    blank = draw(st.sampled_from([" ", "　"])) if is_named or numbering == "1.1" else ""
    if numbering not in ("1、", "") and not blank:
        blank = draw(st.sampled_from(["", " ", "　"]))
    first = draw(body)
    lines = [shown, first] if is_named and draw(st.booleans()) else [f"{shown}{blank}{first}"]
    lines += [f"{mark(item, index)}{draw(body)}" for index in range(1, draw(st.integers(0, 2)) + 1)]
    return [*lines, draw(body)] if numbering and draw(st.booleans()) else lines
