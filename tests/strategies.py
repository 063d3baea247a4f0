"""Statements that hypothesis makes up, and the ways in which a text as received may be untidy."""

from __future__ import annotations

from hypothesis import strategies as st

from statement.model import Heading, Statement
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
