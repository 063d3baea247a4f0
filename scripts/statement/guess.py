"""Guess: what a text that nobody has described yet seems to be, by the same rules that check it afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .advice import advise, ending
from .convert import SIMPLIFIED_QUOTES, Converter
from .dates import STAMP, day_in
from .flaws import gaps, unfinished
from .layout import COMPLETE, Headed, Layout, Line, Unit, layout_of, lines_of
from .model import EditionSettings, Hints, Structure
from .naming import called
from .repair import apply, character_repairs

SIMPLIFIED = EditionSettings("zh-hans", "zh-Hans", "简体", "t2s", SIMPLIFIED_QUOTES)
TRADITIONAL = EditionSettings("zh-hant", "zh-Hant", "繁體", "s2tw", "「」『』")

_MOST_LINES = 3
_SHORT_TITLE = 10


@dataclass(frozen=True)
class Part:
    """A part that gets a page of its own: its address, its title, and its clauses where the title does not tell."""

    slug: str
    title: str
    clauses: tuple[int | str, ...] = ()


@dataclass(frozen=True)
class Guess:
    """What a text seems to be. `day` is when it was made, `published` when it was put up; None where nothing says.

    `hint` is a day that stands within the text and may be that of its making. `editions` begins with that of the text.
    """

    title: str
    phrases: tuple[str, ...]
    structure: Structure
    layout: Layout
    parts: tuple[Part, ...]
    editions: tuple[EditionSettings, ...]
    day: date | None = None
    published: str = ""
    hint: date | None = None
    issuer: str = ""


def guess(text: str, hints: Hints) -> Guess:
    """Return what a text as received seems to be; nothing is raised for what it is not."""
    editions = _editions(text)
    plain = Converter(SIMPLIFIED, ()).unaided
    title = _title(text, hints.titles, plain)
    structure, layout = _structure(text, title)
    line = layout.date.text if layout.date else ""
    is_stamp = bool(STAMP.fullmatch(line))
    found = day_in(line)
    return Guess(
        title=title,
        phrases=tuple(_phrases(title, plain(title), hints.titles)),
        structure=structure,
        layout=layout,
        parts=tuple(_parts(layout, title, plain(title), hints.titles)),
        editions=editions,
        day=None if is_stamp else found,
        published=f"{line[:10]}T{line[11:] or '00:00'}:00" if is_stamp and found else "",
        hint=_hint(layout),
        issuer=structure.under_title[0] if structure.under_title else "",
    )


def _hint(layout: Layout) -> date | None:
    """Return a day that may be that of the text's making: one in the title, in the lines around it, or at the end.

    A day within an article is that of something else.
    """
    before = [unit for unit in layout.units if unit.kind == "lead"][:1]
    lines = [line.text for line in (*layout.title, *layout.below, *layout.head)]
    places = [*lines, *(unit.text for unit in (*before, *layout.units[-1:]))]
    return next((day for text in places if (day := day_in(text))), None)


def _editions(text: str) -> tuple[EditionSettings, ...]:
    """Return the edition of the text's own script, and then the other, made from it.

    The script is the one in which conversion would change fewer of its characters.
    """
    to_simplified = sum(a != b for a, b in zip(text, Converter(SIMPLIFIED, ()).unaided(text), strict=False))
    to_traditional = sum(a != b for a, b in zip(text, Converter(TRADITIONAL, ()).unaided(text), strict=False))
    if to_simplified <= to_traditional:
        return replace(SIMPLIFIED, converter=""), TRADITIONAL
    quotes = SIMPLIFIED_QUOTES if "“" in text and "「" not in text else TRADITIONAL.quotes
    return replace(TRADITIONAL, converter="", quotes=quotes), replace(SIMPLIFIED, converter="tw2s")


def _title(text: str, endings: Sequence[str], plain: Callable[[str], str]) -> str:
    """Return the first line, with those after it up to the one that ends as titles do, if that is near."""
    clean = apply(text, tuple(character_repairs(text)))
    head: list[Line] = []
    lines = list(lines_of(clean))
    for line in lines[:_MOST_LINES]:
        if COMPLETE.search(line.text) or day_in(line.text):
            break
        head.append(line)
        if plain(line.text).endswith(tuple(endings)):
            return "".join(each.text for each in head)
    return lines[0].text if lines and not STAMP.fullmatch(lines[0].text) else ""


def _structure(text: str, title: str) -> tuple[Structure, Layout]:
    """Return how a text is built, every piece of advice on it followed, and its lines as that sorts them."""
    advised = advise(text, Structure(title=title))
    structure, layout = advised.structure, advised.layout
    ends = dict.fromkeys(ending(paragraph) for _, paragraph in unfinished(layout, structure))
    structure = replace(structure, paragraph_ends=(*structure.paragraph_ends, *ends), skipped=gaps(layout, structure))
    return structure, layout_of(advised.text, structure)


def _phrases(title: str, plain: str, endings: Sequence[str]) -> Iterator[str]:
    """Yield the pieces of a title, between which a line may break: what the text is stands by itself in a long one."""
    last = max((each for each in endings if plain.endswith(each)), key=len, default="")
    if len(title) > _SHORT_TITLE and last and last != plain:
        start = len(title) - len(last)
        start -= 2 * plain[:start].endswith(("联合", "共同"))
        yield title[:start]
        yield title[start:]
    else:
        yield title


def _parts(layout: Layout, title: str, plain: str, endings: Sequence[str]) -> Iterator[Part]:
    """Yield the parts: one for each of the outermost headings, and one for what stands before the first."""
    headings = [heading for heading in layout.headings if heading.level == 1]
    titles = Counter(heading.title for heading in headings)
    names: dict[int, list[int | str]] = {}
    for unit, named in called(layout):
        names.setdefault(_part_of(unit, layout), []).append(int(named.name) if named.name.isdigit() else named.name)
    if 0 in names:
        yield Part("opening", "序言") if headings else Part("text", _kind(title, plain, endings))
    annexes = 0
    for number, heading in enumerate(headings, 1):
        annexes += heading.is_annex
        slug = f"annex-{annexes}" if heading.is_annex else f"part-{number}"
        own, *others = names.get(number, ["", ""])
        if own == "preamble" and others:
            yield Part("opening", heading.title, (own,))
            yield Part("text", _kind(title, plain, endings), tuple(others))
        else:
            yield Part(slug, heading.title, (own, *others) if titles[heading.title] > 1 else ())


def _kind(title: str, plain: str, endings: Sequence[str]) -> str:
    """Return what a text is, as its title ends, or else that it is the text itself."""
    last = max((each for each in endings if plain.endswith(each)), key=len, default="")
    return title[len(title) - len(last) :] if last else "正文"


def _part_of(unit: Unit, layout: Layout) -> int:
    """Return how many of the outermost headings stand before a unit."""
    return sum(
        1 for each in layout.body if isinstance(each, Headed) and each.level == 1 and each.line.start < unit.line.start
    )
