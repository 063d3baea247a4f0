"""Guess: what a text that nobody has described yet seems to be, by the same rules that check it afterwards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate, pairwise

from .advice import MOST, WORDS, advise, ending
from .convert import SIMPLIFIED_QUOTES, Converter
from .dates import STAMP, day_in, is_history
from .flaws import gaps, unfinished
from .layout import COMPLETE, Headed, Layout, Line, Unit, layout_of, lines_of
from .model import EditionSettings, Hints, Structure
from .naming import called
from .repair import apply, character_repairs
from .sound import known_words
from .wrapped import Wrapped, wrapped

SIMPLIFIED = EditionSettings("zh-hans", "zh-Hans", "简体", "t2s", SIMPLIFIED_QUOTES)
TRADITIONAL = EditionSettings("zh-hant", "zh-Hant", "繁體", "s2tw", "「」『』")

_MOST_LINES = 3
_SHORT_TITLE = 10
_LONGEST_ISSUER = 24
_LONGEST_PHRASE = 12
_SHORTEST_PIECE = 3
_PAUSE = re.compile("关于|的|和")
# Here nobody has to follow the advice, so that there may be more of it than in a run.
_MOST = 5 * MOST


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
    plain = Converter(SIMPLIFIED, ()).unaided
    title = _title(text, hints.titles, plain)
    structure, layout = _structure(text, title)
    return _guess(structure, layout, _editions(text), hints)


def declared(text: str, structure: Structure, editions: Sequence[EditionSettings], hints: Hints) -> Guess:
    """Return what a text is whose structure is declared, and its editions, if any: what is left is guessed."""
    layout = layout_of(apply(text, tuple(character_repairs(text, structure))), structure)
    return _guess(structure, layout, tuple(editions) or _editions(text), hints)


def _guess(structure: Structure, layout: Layout, editions: tuple[EditionSettings, ...], hints: Hints) -> Guess:
    plain, title = Converter(SIMPLIFIED, ()).unaided, structure.title
    line = layout.date.text if layout.date else ""
    is_stamp = bool(STAMP.fullmatch(line))
    found = day_in(line)
    return Guess(
        title=title,
        phrases=tuple(_phrases(title, plain(title), hints.titles, [line.text for line in layout.title])),
        structure=structure,
        layout=layout,
        parts=tuple(_parts(layout, title, plain(title), hints.titles)),
        editions=editions,
        day=None if is_stamp else found,
        published=f"{line[:10]}T{line[11:] or '00:00'}:00" if is_stamp and found else "",
        hint=_hint(layout),
        issuer=next(filter(_is_issuer, structure.under_title), ""),
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
    found = hard_wrapped(text)
    words = tuple(dict.fromkeys(line[-WORDS:] for line in found.broken)) if found else ()
    structure = _joined(text, advise(text, Structure(title=title, page_breaks=words), _MOST).structure)
    # What lines that are joined show may call for more.
    advised = advise(text, structure, _MOST)
    structure, layout = advised.structure, advised.layout
    ends = dict.fromkeys(ending(paragraph) for _, paragraph in unfinished(layout, structure))
    structure = replace(structure, paragraph_ends=(*structure.paragraph_ends, *ends), skipped=gaps(layout, structure))
    return structure, layout_of(advised.text, structure)


def hard_wrapped(text: str) -> Wrapped | None:
    """Return how the lines of a text are wrapped, if they are."""
    clean = apply(text, tuple(character_repairs(text)))
    return wrapped([line.text for line in lines_of(clean)])


def _joined(text: str, structure: Structure) -> Structure:
    """Return a structure with page breaks where long paragraphs stop within a sentence and go on, and no others."""
    clean = apply(text, tuple(character_repairs(text, structure)))
    layout = layout_of(clean, structure)
    stopped = {id(paragraph) for _, paragraph in unfinished(layout, structure)}
    more = [
        ending(one)
        for unit in layout.units
        for one, other in pairwise(unit.paragraphs)
        if id(one) in stopped and not other.is_special and _stops(one.text)
    ]
    breaks = tuple(dict.fromkeys((*structure.page_breaks, *more)))
    layout = layout_of(clean, replace(structure, page_breaks=breaks))
    broken = [line.text for unit in layout.units for each in unit.paragraphs for line in each.lines[:-1]]
    return replace(structure, page_breaks=tuple(each for each in breaks if any(line.endswith(each) for line in broken)))


def _stops(text: str) -> bool:
    """Return whether a paragraph without a full stop is long, and ends in no bracket or quotation mark either."""
    return len(text) > _LONGEST_ISSUER and (text[-1].isalnum() or text[-1] in "，、")


def _phrases(title: str, plain: str, endings: Sequence[str], lines: Sequence[str]) -> Iterator[str]:
    """Yield the pieces of a title, between which a line may break: what the text is stands by itself in a long one.

    Its own lines in the text end there, and in what is still long so does what 的 or a word for its subject parts.
    """
    last = max((each for each in endings if plain.endswith(each)), key=len, default="")
    start = len(title)
    if len(title) > _SHORT_TITLE and last and last != plain:
        start -= len(last)
        start -= 2 * plain[:start].endswith(("联合", "共同"))
    ends = [end for end in accumulate(len(line) for line in lines) if end < len(title)]
    breaks = {0, start, len(title), *ends}
    for one, other in pairwise(sorted(breaks)):
        if other - one > _LONGEST_PHRASE:
            breaks.update(one + each for each in _pauses(plain[one:other]))
    yield from (title[one:other] for one, other in pairwise(sorted(breaks)))


def _pauses(piece: str) -> Iterator[int]:
    """Yield where a long piece of a title, in Simplified, may break: before 关于, and behind 的 and 和, in no word."""
    words = known_words()
    for match in _PAUSE.finditer(piece):
        at = match.end() if match.group() != "关于" else match.start()
        around = (piece[start:end] for start in range(max(at - 4, 0), at) for end in range(at + 1, at + 5))
        if _SHORTEST_PIECE <= at <= len(piece) - _SHORTEST_PIECE and not any(each in words for each in around):
            yield at


def _is_issuer(line: str) -> bool:
    return len(line) <= _LONGEST_ISSUER and day_in(line) is None and not is_history(line)


def _parts(layout: Layout, title: str, plain: str, endings: Sequence[str]) -> Iterator[Part]:
    """Yield the parts: one for each of the outermost headings, and one for what stands before the first."""
    headings = [heading for heading in layout.headings if heading.level == 1]
    titles = Counter(heading.title for heading in headings)
    names: dict[int, list[int | str]] = {}
    for unit, named in called(layout):
        names.setdefault(_part_of(unit, layout), []).append(int(named.name) if named.name.isdigit() else named.name)
    if 0 in names:
        is_opening = any(not heading.is_annex for heading in headings)
        yield Part("opening", "序言") if is_opening else Part("text", _kind(title, plain, endings))
    annexes = 0
    for number, heading in enumerate(headings, 1):
        annexes += heading.is_annex
        slug = f"annex-{annexes}" if heading.is_annex else f"part-{number}"
        if number not in names:
            # What has no clauses is no part; if it is a heading, the text under it is missing.
            continue
        own, *others = names[number]
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
