"""The pictures that links show: their words, their place, and that nothing but the words and the font decides them."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

import sample
import support
from pages import CLAUSES
from publish import cards, project, render
from publish.lines import OPENERS, PAUSES
from statement import kept
from statement.errors import InputError
from statement.model import Card, Font
from statement.text import CLOSERS, quotation_pairs

WIDTH, HEIGHT = cards.SIZE
MARGIN = 80
PATHS = ("card.png", *(f"{page}card.png" for page in CLAUSES))
CLAUSE = f"{sample.NUMBER}/card.png"
GOLDEN = support.golden("facts")["card"]
# Words of the statement, whose characters the font has.
WORD, CHARACTER = sample.COMMON, sample.COMMON[0]


@cache
def font() -> Font:
    read = project.read(support.SOURCE)
    assert read.font
    return read.font


@cache
def words() -> dict[str, Card]:
    return render.cards(project.site_of(project.read(support.SOURCE), support.editions()))


@cache
def pictures() -> dict[str, bytes]:
    return support.pictures()


def rows(card: Card, ink: str) -> list[str]:
    """Return the lines of a picture in one ink, from its top."""
    found: dict[float, str] = {}
    for glyph in cards.layout(card, font()):
        if glyph.ink == ink:
            found[glyph.y] = found.get(glyph.y, "") + glyph.character
    return [found[y] for y in sorted(found)]


def clause_text(path: str, edition: int) -> str:
    return support.editions()[edition].statement.clauses[int(path.split("/", maxsplit=1)[0]) - 1].text


def test_there_is_a_picture_of_the_site_and_of_each_clause() -> None:
    assert tuple(pictures()) == tuple(words()) == PATHS


@pytest.mark.parametrize("path", PATHS)
def test_a_picture_is_a_small_png_of_the_size_that_is_asked_for(path: str) -> None:
    data = pictures()[path]
    assert len(data) < 60_000
    with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
        assert image.size == (1200, 630)
        assert image.mode == "P"


def test_the_same_words_and_font_give_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = pictures()
    cards._font.cache_clear()
    cards._advance.cache_clear()
    monkeypatch.setattr(kept, "FOLDER", tmp_path)
    assert cards.pictures(words(), font()) == expected, "drawn again"
    assert len(list(tmp_path.glob("pictures/*"))) == len(PATHS)
    assert cards.pictures(words(), font()) == expected, "kept"
    assert len(set(pictures().values())) == len(PATHS)


def test_a_picture_has_the_pixels_that_were_looked_at() -> None:
    with Image.open(io.BytesIO(pictures()[CLAUSE])) as image:
        assert hashlib.sha256(image.convert("RGB").tobytes()).hexdigest() == GOLDEN["pixels"]


def test_the_colours_are_the_light_ones_of_the_stylesheet() -> None:
    style = (support.ROOT / "docs" / "assets" / "statement.css").read_text("utf-8")
    first = style[: style.index("@media")]
    assert {name: re.findall(rf"--{name}: var\(--light, (#\w+)\)", first) for name in cards.COLOURS} == {
        name: [colour] for name, colour in cards.COLOURS.items()
    }


@pytest.mark.parametrize("path", PATHS[1:])
def test_a_picture_of_a_clause_says_which_it_is_and_how_it_begins_in_both_scripts(path: str) -> None:
    number = int(path.split("/", maxsplit=1)[0])
    assert rows(words()[path], "accent") == [f"第{number}段"]
    main = "".join(rows(words()[path], "ink"))
    (head, *second, foot) = rows(words()[path], "quiet")
    part = next(part for part in support.editions()[0].parts if number in [clause.number for clause in part.clauses])
    assert head == part.full_title
    assert foot == GOLDEN["foot"]
    assert len(main) == len("".join(second))
    for shown, edition in ((main, 0), ("".join(second), 1)):
        text = clause_text(path, edition)
        if shown != text:
            kept, cut, closing = shown.partition("……")
            assert cut
            assert text.startswith(kept)
            assert text[len(kept)] in PAUSES, "it is cut at a pause"
            assert len(kept) > 24
            assert set(closing) <= set(CLOSERS)
            assert quotation_pairs(shown)[1] == ()


def test_a_clause_that_there_is_room_for_is_shown_whole() -> None:
    shortest = min(support.parse_statement().clauses, key=lambda clause: len(clause.text))
    path = f"{shortest.number}/card.png"
    assert "".join(rows(words()[path], "ink")) == clause_text(path, 0)


def test_the_picture_of_the_site_has_the_title_in_both_scripts() -> None:
    card = words()["card.png"]
    assert rows(card, "ink") == GOLDEN["lines"]
    assert rows(card, "quiet")[1] == GOLDEN["second"]


@pytest.mark.parametrize("path", PATHS)
def test_lines_begin_and_end_as_they_may_and_stay_in_their_place(path: str) -> None:
    card = words()[path]
    for line in rows(card, "ink") + rows(card, "quiet")[1:-1]:
        assert line[0] not in PAUSES + CLOSERS + "…"
        assert line[-1] not in OPENERS
    assert len(rows(card, "ink")) <= 3
    for glyph in cards.layout(card, font()):
        assert MARGIN - glyph.size / 2 <= glyph.x <= WIDTH - MARGIN - glyph.size / 4
        assert 60 < glyph.y < HEIGHT - 20
        if glyph.ink == "ink":
            assert glyph.size > 50, "it can be read on a picture of 300 pixels"


def test_text_of_a_clause_does_not_run_into_the_head_or_the_foot() -> None:
    for path in PATHS:
        *body, foot = sorted({glyph.y for glyph in cards.layout(words()[path], font())})
        assert body[1] - body[0] > 75
        assert foot - body[-1] > 55


@pytest.mark.parametrize(
    "text",
    [
        CHARACTER * 200,
        f"{WORD}，" + CHARACTER * 200,
        WORD * 30 + f"，{CHARACTER}。",
        "A" * 300,
        "“" * 90,
        "。" * 90,
        f"{CHARACTER}。",
        "2020" * 9 + "。",
    ],
)
def test_any_text_has_a_place(text: str) -> None:
    card = replace(words()[CLAUSE], main=(text,), second=text)
    shown = "".join(rows(card, "ink"))
    assert shown == text or text.startswith(shown.partition("……")[0])
    assert len(rows(card, "ink")) <= 3
    assert len({glyph.y for glyph in cards.layout(card, font())}) <= 3 + 4
    assert all(glyph.x < WIDTH - MARGIN and 60 < glyph.y < HEIGHT - 20 for glyph in cards.layout(card, font()))


@pytest.mark.parametrize("title", [(WORD * 2, CHARACTER * 30, WORD * 2), (WORD,) * 5])
def test_a_title_for_whose_lines_there_is_no_room_is_broken_as_text_is(title: tuple[str, ...]) -> None:
    card = replace(words()["card.png"], main=title, second="")
    assert "".join(rows(card, "ink")) == "".join(title)
    assert len(rows(card, "ink")) == len("".join(title)) // 17 + 1


def test_a_title_or_theme_that_is_too_long_gives_way_to_what_stands_beside_it() -> None:
    card = replace(words()[CLAUSE], foot=f"《{WORD}》" * 30, side="一、" + WORD * 40)
    first, *_, last = rows(card, "quiet")
    assert re.fullmatch(f"一、{WORD}[{WORD}]+……", first)
    assert re.fullmatch(f"《{WORD}》[《{WORD}》]+……{GOLDEN['date']}", last)
    glyphs = [glyph for glyph in cards.layout(card, font()) if glyph.ink == "quiet" and glyph.face == 0]
    dots = [glyph.x + glyph.size for glyph in glyphs if glyph.character == "…"]
    assert dots[1] <= WIDTH - MARGIN
    assert dots[3] < next(glyph.x for glyph in glyphs if glyph.character == GOLDEN["date"][0] and glyph.y > HEIGHT / 2)


def test_without_another_edition_there_is_no_second_text() -> None:
    card = replace(words()[CLAUSE], second="")
    assert {glyph.face for glyph in cards.layout(card, font())} == {0}


def test_readers_of_traditional_see_the_forms_of_their_region() -> None:
    for character in "，。骨直":
        shapes = {cards._shape(font(), face, character) for face in (0, 1)}
        assert character not in "，。" or len(shapes) == 2, character
    second = [glyph for glyph in cards.layout(words()[CLAUSE], font()) if glyph.face == 1]
    assert "".join(glyph.character for glyph in second).startswith(sample.text_of("zh-hant")[:8])


@pytest.mark.parametrize("share", [0, 0.001, 0.01, 0.2, 0.6, 0.99])
def test_a_font_that_was_cut_off_is_a_problem_and_no_traceback(share: float) -> None:
    data = font().data
    with pytest.raises(InputError) as raised:
        cards.pictures(words(), Font("fonts/cards.ttc", data[: int(len(data) * share)]))
    assert all(str(problem).startswith("fonts/cards.ttc:1:1: ") for problem in raised.value.problems)


def test_a_font_with_a_face_too_few_is_a_problem() -> None:
    card = replace(words()[CLAUSE], second="")
    one_face = Font("fonts/cards.ttc", _first_face())
    assert cards.pictures({"a.png": card}, one_face)
    with pytest.raises(InputError, match="is no font that can be drawn with"):
        cards.pictures(words(), one_face)


def _first_face() -> bytes:
    file = io.BytesIO()
    TTFont(io.BytesIO(font().data), fontNumber=0).save(file)
    return file.getvalue()
