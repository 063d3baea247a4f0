"""Latin: what is otherwise in a text in Latin letters: where sentences end, and what clauses are called.

How such a text is built is declared as for any other, so that all else about it is read by the same code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from .marks import BLANKS
from .model import Block, Clause, Span, Statement

# A sentence ends after . ! or ?, with what closes there, before a blank and what may begin one.
_END = re.compile(r"[.!?]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])")
# What ends in a full stop without a sentence doing so: a letter by itself, and abbreviations before a name or a number.
_ABBREVIATED = re.compile(
    r"(?:^|[\s.(])(?:[A-Z]|e\.g|i\.e|cf|No|Nos|Art|Arts|para|paras|Mr|Mrs|Ms|Dr|St|Vol|pp?)\.\s+$"
)
# So many letters are about as wide as a Chinese character and what parts it from the next.
_LETTERS = 2
_CALLED = {"preamble": "Preamble", "closing": "Closing", "note": "Note", "intro": "Introduction", "annex": "Annex"}


def in_latin(statement: Statement) -> Statement:
    """Return a parsed statement with its sentences, and what its clauses are called, as Latin letters have them."""
    titles = {heading.first: heading.title for heading in statement.headings}
    return replace(statement, clauses=tuple(_clause(clause, titles) for clause in statement.clauses))


def sentences(text: str, start: int = 0) -> tuple[Span, ...]:
    """Return the spans of the sentences of a text; together they cover all of it, each with the blanks behind it.

    None ends before `start`, so that the number of an item belongs to its first sentence.
    """
    ends = [match.end() for match in _END.finditer(text, start) if not _ABBREVIATED.search(text[: match.end()])]
    return tuple(Span(*pair) for pair in zip([0, *ends], [*ends, len(text)], strict=True))


def opening(clause: Clause, length: int) -> str:
    """Return the opening words of a clause, about as wide as so many Chinese characters: whole words, and no number."""
    first = clause.blocks[0] if clause.blocks else Block(Span(0, len(clause.text)))
    text = first.span.of(clause.text)[first.mark :].strip()
    most = _LETTERS * length
    return text if len(text) <= most and not clause.blocks[1:] else f"{_cut(text, most)}…"


def _cut(text: str, most: int) -> str:
    """Return the words that there is room for, without the punctuation at their end."""
    kept = text if len(text) <= most else text[: most + 1].rpartition(" ")[0] or text[:most]
    return kept.rstrip(" ,;:.—–-")


def _clause(clause: Clause, titles: Mapping[int, str]) -> Clause:
    blocks = clause.blocks or (Block(Span(0, len(clause.text))),)
    spans = tuple(span for block in blocks for span in block.cells or _within(block, clause.text))
    return replace(clause, sentences=spans, called=_called(clause, titles))


def _within(block: Block, text: str) -> Iterator[Span]:
    for span in sentences(block.span.of(text), block.mark):
        yield Span(block.span.start + span.start, block.span.start + span.end)


def _called(clause: Clause, titles: Mapping[int, str]) -> str:
    """Return what people call a clause: as the text does, Article 7, or by its place, Paragraph 7."""
    mark = clause.printed.strip(BLANKS) if clause.mark is not None else ""
    if mark[:1].isalpha() and mark[-1:].isalnum():
        return mark
    kind, number = re.fullmatch(r"([a-z]*)-?(.*)", clause.address, re.DOTALL).groups()  # type: ignore[union-attr]
    if kind == "preamble" and clause.number in titles:
        return titles[clause.number]
    return f"{_CALLED.get(kind, 'Paragraph')} {number}".strip()
