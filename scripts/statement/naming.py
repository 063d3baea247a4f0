"""Naming: what addresses and people call each clause, by its number in the text or else by its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from .layout import Headed, Layout, Unit
from .marks import BLANKS

Key = tuple[str, int]

_ARTICLES = "条條款项項"
_NAMED = "章节節编編部篇"
PREFACES = ("序言", "前言", "引言", "导言", "導言", "弁言", "绪言", "緒言", "序")
"""What people call that which stands before all clauses."""

_WITHOUT_BLANKS = str.maketrans("", "", BLANKS)


@dataclass(frozen=True)
class Named:
    """What a clause is called: by addresses, without the p that stands before a number, and by people."""

    name: str
    label: str


def group_of(unit: Unit, anew: bool) -> Key:
    """Return the run of numbers that a clause belongs to: the text, or a part of it, or an annex."""
    if unit.annex:
        return "annex", unit.annex
    return ("part", unit.part) if anew else ("text", 0)


def called(layout: Layout) -> Iterator[tuple[Unit, Named]]:
    """Yield what has an address with its names, in the order of the text; those without a number go by their place."""
    counts: Counter[Key] = Counter()
    headings = dict(enumerate((h for h in layout.headings if h.level == 1), 1))
    leads = notes = closings = 0
    for unit in layout.units:
        heading = headings.get(unit.part)
        if unit.kind == "note":
            notes += 1
            yield unit, Named(f"note-{notes}", f"注{notes}")
        elif unit.kind == "closing":
            closings += 1
            yield unit, Named("closing" if closings == 1 else f"closing-{closings}", "文末")
        elif unit.kind == "lead":
            leads += 1
            is_whole = leads == 1 and not counts
            yield unit, Named("preamble", _preface(heading)) if is_whole else _lead(unit, heading)
        else:
            key = group_of(unit, layout.anew)
            counts[key] += 1
            yield unit, _clause(unit, key, counts[key], heading)


def _preface(heading: Headed | None) -> str:
    """Return what the text itself calls what stands before its clauses, if it does, such as 前言; else 序言."""
    title = heading.title.translate(_WITHOUT_BLANKS) if heading else ""
    return title if title in PREFACES else "序言"


def _lead(unit: Unit, heading: Headed | None) -> Named:
    if unit.annex:
        return Named(f"annex{unit.annex}", _part(heading))
    return Named(f"intro-{unit.part}", f"{_part(heading)}引言")


def _clause(unit: Unit, key: Key, count: int, heading: Headed | None) -> Named:
    number = ".".join(map(str, unit.value or (count,)))
    text = unit.mark.text.strip(BLANKS + "：:、") if unit.mark else ""
    label = text if text[-1:] and text[-1] in _ARTICLES else f"第{number}段"
    kind, part = key
    if kind == "annex":
        return Named(f"annex{part}.{number}", f"{_part(heading)}{label}")
    if kind == "part":
        return Named(f"{part}.{number}", f"{_part(heading) if part else ''}{label}")
    return Named(number, label)


def _part(heading: Headed | None) -> str:
    """Return what people call the part under a heading: 第二章, 第二部分, or its title."""
    if heading is None:
        return ""
    if heading.mark is None or not heading.mark.numeral:
        return heading.mark.text.strip(BLANKS + "：:") if heading.mark else heading.title
    text = heading.mark.text.strip(BLANKS + "：:、")
    if text[-1] in _NAMED or heading.is_annex:
        return text
    return f"第{heading.mark.numeral}部分" if not heading.mark.numeral.isascii() else f"{heading.mark.numeral}部分"
