"""Cards: the preview image of a page, which apps show with a shared link (Open Graph).

An image depends only on its text and the font: every character is positioned here, so neither a text shaping library
nor an installed font can affect the result.
"""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from statement import kept
from statement.errors import InputError, Problem
from statement.model import Card, Font
from statement.text import opening, shortened

from . import lines as line_breaking
from .lines import lines, offsets, shift, width

if TYPE_CHECKING:
    from PIL import Image, ImageFont

SIZE = (1200, 630)
"""Width and height in pixels, as consumers of Open Graph data expect."""

COLOURS = {"paper": "#fcfbf8", "ink": "#211e1a", "quiet": "#5f584d", "accent": "#9c2118", "rule": "#d8d1c3"}
"""The stylesheet's light colours under the stylesheet's names; everything is drawn in one of them on `paper`."""

_WIDTH, _HEIGHT = SIZE
_MARGIN = 80
_MEASURE = _WIDTH - 2 * _MARGIN
# Font sizes and baselines, in pixels.
_HEAD, _SIDE, _FOOT = 52, 32, 26
_HEAD_LINE, _FOOT_LINE = 110, 599
_APART = 60
# Characters per line of the main text, which has at most three lines, and of the second text. The first size that gives
# three main lines is used, and the first that leaves no short last line in the second. A title has line lengths of its
# own.
_MAIN, _LINES = (17, 18, 19), 3
_SECOND, _SHORT = (30, 28, 26), 5
_TITLE, _SECOND_TITLE = 15, 25
# The area between header and footer, in which the text is centred vertically, and the gap between the two scripts.
_TOP, _BOTTOM, _GAP = 130, 552, 28
_LEADING = 1.42
# Distance from the top of the em box to the baseline in a Chinese font, in ems.
_ASCENT = 0.88
# The thick and the thin band at the top, and the line above the footer: ink, left, top, right, bottom (inclusive).
_RULES = (
    ("accent", 0, 0, _WIDTH - 1, 13),
    ("accent", 0, 20, _WIDTH - 1, 21),
    ("rule", _MARGIN, 556, _WIDTH - _MARGIN - 1, 557),
)
_INKS = tuple(name for name in COLOURS if name != "paper")
# Steps from paper to full ink; the steps of all inks make up the image's palette.
_STEPS = 8
# U+FFFF is a noncharacter that no font maps (Unicode, 23.7), so drawing it gives the glyph for missing characters.
_NO_CHARACTER = "\uffff"


@dataclass(frozen=True)
class Glyph:
    """A character on an image: the font face, the size, the start of its baseline in pixels, and the ink."""

    character: str
    face: int
    size: float
    x: float
    y: float
    ink: str


@dataclass(frozen=True)
class _Face:
    """A face of the font, measured for `lines`."""

    data: bytes
    index: int

    def advance(self, character: str) -> float:
        return _advance(self.data, self.index, character)

    def ink(self, character: str) -> float:
        mask, start = _font(self.data, self.index, 100).getmask2(character, "L", anchor="ls")
        box = mask.getbbox()
        return (start[0] + box[2]) / 100 if box else self.advance(character)


def pictures(cards: Mapping[str, Card], font: Font) -> dict[str, bytes]:
    """Return the images as PNG, keyed like the cards.

    Raises InputError if the font cannot be loaded or lacks a character.
    """
    maker = f"{kept.maker('pillow', sys.modules[__name__], line_breaking)} {hashlib.sha256(font.data).hexdigest()}"
    keys = {path: f"{maker} {card}" for path, card in cards.items()}
    found = {path: kept.find("pictures", key) for path, key in keys.items()}
    try:
        placed = {path: layout(card, font) for path, card in cards.items() if found[path] is None}
        problems = tuple(_missing(placed.values(), font))
        if problems:
            raise InputError(problems)
        return {
            path: picture or kept.keep("pictures", keys[path], _png(placed[path], font))
            for path, picture in found.items()
        }
    except OSError:
        raise InputError([_broken(font)]) from None


def font_problems(font: Font) -> Iterator[Problem]:
    """Yield a problem if the font cannot be loaded."""
    try:
        _font(font.data, 0, 16)
    except OSError:
        yield _broken(font)


def layout(card: Card, font: Font) -> tuple[Glyph, ...]:
    """Return every character of an image with its position."""
    return (*_corners(card, font), *_text(card, font))


def _corners(card: Card, font: Font) -> Iterator[Glyph]:
    """Yield the header and footer; the theme and the title are shortened to make room for the number and the date."""
    face = _Face(font.data, 0)
    side = _shortened(card.side, (_MEASURE - _APART - width(card.head, face) * _HEAD) / _SIDE, face)
    foot = _shortened(card.foot, (_MEASURE - _APART - width(card.date, face) * _FOOT) / _FOOT, face)
    for text, size, y, ink, is_right in (
        (card.head, _HEAD, _HEAD_LINE, "accent", False),
        (side, _SIDE, _HEAD_LINE, "quiet", True),
        (foot, _FOOT, _FOOT_LINE, "quiet", False),
        (card.date, _FOOT, _FOOT_LINE, "quiet", True),
    ):
        x = _WIDTH - _MARGIN - width(text, face) * size if is_right else _MARGIN
        yield from _line(text, _MEASURE / size, face, size, (x, y), ink, is_last=True)


def _shortened(text: str, measure: float, face: _Face) -> str:
    """Return a text, shortened with …… if it does not fit the measure."""
    ellipsis = "……"
    return text if width(text, face) <= measure else f"{lines(text, measure - len(ellipsis), face)[0]}{ellipsis}"


def _text(card: Card, font: Font) -> Iterator[Glyph]:
    """Yield the main text and the second one below it, centred vertically."""
    blocks = tuple(_blocks(card, _Face(font.data, 0), _Face(font.data, 1)))
    y = _TOP + (_BOTTOM - _TOP - sum(block.height for block in blocks) - _GAP * (len(blocks) - 1)) / 2
    for block in blocks:
        for line in block.lines:
            at = (_MARGIN, y + block.size * ((_LEADING - 1) / 2 + _ASCENT))
            is_last = block.is_set or line is block.lines[-1]
            yield from _line(line, block.per_line, block.face, block.size, at, block.ink, is_last)
            y += block.size * _LEADING
        y += _GAP


@dataclass(frozen=True)
class _Block:
    """Lines of one size, with the number of characters that fill a line; `is_set` if the line breaks were given."""

    lines: tuple[str, ...]
    per_line: int
    face: _Face
    ink: str
    is_set: bool = False

    @property
    def size(self) -> float:
        return _MEASURE / self.per_line

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * _LEADING


def _blocks(card: Card, face: _Face, other: _Face) -> Iterator[_Block]:
    """Yield the main text, and an equally long part of the second one."""
    if 1 < len(card.main) <= _LINES and all(width(piece, face) <= _TITLE for piece in card.main):
        yield _Block(card.main, _TITLE, face, "ink", is_set=True)
        if card.second:
            yield _Block(lines(card.second, _SECOND_TITLE, other), _SECOND_TITLE, other, "quiet")
        return
    text = "".join(card.main)
    main = _opening(text, face)
    yield main
    if card.second:
        yield _second(_shortened_like(card.second, text, "".join(main.lines)), other)


def _opening(text: str, face: _Face) -> _Block:
    """Return as much of the beginning of a text as fits."""
    found: list[_Block] = []
    for per_line in _MAIN:
        for length in range(per_line * _LINES, per_line, -1):
            broken = lines(opening(text, length), per_line, face)
            if len(broken) <= _LINES:
                found.append(_Block(broken, per_line, face, "ink"))
                break
    full = [block for block in found if len(block.lines) == _LINES]
    if full or found:
        return (full or found)[0]
    per_line = _MAIN[-1]
    return _Block(lines(f"{text[: per_line * (_LINES - 1)]}……", per_line, face), per_line, face, "ink")


def _second(text: str, face: _Face) -> _Block:
    blocks = [_Block(lines(text, per_line, face), per_line, face, "quiet") for per_line in _SECOND]
    return next((block for block in blocks if len(block.lines) == 1 or len(block.lines[-1]) >= _SHORT), blocks[0])


def _shortened_like(text: str, whole: str, cut: str) -> str:
    """Return a text of the length of the whole, cut where that was, if it was."""
    return text if cut == whole else shortened(text, cut.rindex("……"))


def _line(
    text: str, measure: float, face: _Face, size: float, at: tuple[float, float], ink: str, is_last: bool
) -> Iterator[Glyph]:
    x, y = at
    for character, offset in zip(text, offsets(text, measure, face, is_last), strict=True):
        yield Glyph(character, face.index, size, x + (offset - shift(character)) * size, y, ink)


def _missing(pictures: Iterable[Sequence[Glyph]], font: Font) -> Iterator[Problem]:
    """Yield a problem for each face that lacks characters, listing all of them."""
    used = {(glyph.face, glyph.character) for glyphs in pictures for glyph in glyphs}
    for face in sorted({face for face, _ in used}):
        characters = sorted(character for each, character in used if each == face)
        nothing = _shape(font, face, _NO_CHARACTER)
        lacking = [character for character in characters if _shape(font, face, character) == nothing]
        if lacking:
            named = ", ".join(f"{character} (U+{ord(character):04X})" for character in lacking)
            message = f"its face {face + 1} cannot draw {named}; run `make fonts`"
            yield Problem(font.file, 1, 1, message)


def _shape(font: Font, face: int, character: str) -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("L", (64, 64))
    ImageDraw.Draw(image).text((8, 48), character, 255, _font(font.data, face, 40), anchor="ls")
    return image.tobytes()


def _broken(font: Font) -> Problem:
    return Problem(font.file, 1, 1, "is no font that can be drawn with; run `make fonts`")


@cache
def _font(data: bytes, face: int, size: float) -> ImageFont.FreeTypeFont:
    """Return a face at a size, with basic layout because characters need no shaping here; raise OSError."""
    from PIL import ImageFont

    return ImageFont.truetype(io.BytesIO(data), size, face, layout_engine=ImageFont.Layout.BASIC)


@cache
def _advance(data: bytes, face: int, character: str) -> float:
    return _font(data, face, 1000).getlength(character) / 1000


def _png(glyphs: Sequence[Glyph], font: Font) -> bytes:
    from PIL import Image, ImageDraw

    sheets = {ink: Image.new("L", SIZE) for ink in _INKS}
    pens = {ink: ImageDraw.Draw(sheet) for ink, sheet in sheets.items()}
    for ink, *box in _RULES:
        pens[ink].rectangle(box, 255)
    for glyph in glyphs:
        at = (round(glyph.x), round(glyph.y))
        pens[glyph.ink].text(at, glyph.character, 255, _font(font.data, glyph.face, glyph.size), anchor="ls")
    file = io.BytesIO()
    _in_colours(sheets).save(file, "PNG", compress_level=6)
    return file.getvalue()


def _in_colours(sheets: Mapping[str, Image.Image]) -> Image.Image:
    """Return an image with a palette, from how much each ink covers each pixel; inks must not overlap."""
    from PIL import Image, ImageChops

    indices = Image.new("L", SIZE)
    palette = list(_rgb(COLOURS["paper"]))
    for order, (ink, sheet) in enumerate(sheets.items()):
        steps = [round(cover * _STEPS / 255) for cover in range(256)]
        indices = ImageChops.lighter(indices, sheet.point([step and order * _STEPS + step for step in steps]))
        palette += [value for step in range(1, _STEPS + 1) for value in _blend(ink, step / _STEPS)]
    picture = Image.frombytes("P", SIZE, indices.tobytes())
    picture.putpalette(palette)
    return picture


def _blend(ink: str, cover: float) -> tuple[int, ...]:
    pairs = zip(_rgb(COLOURS["paper"]), _rgb(COLOURS[ink]), strict=True)
    return tuple(round(paper + (full - paper) * cover) for paper, full in pairs)


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))
