"""Lines: what Chinese typesetting forbids does not occur, and every line of a paragraph fills its measure."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.lines import OPENERS, PAUSES, lines, offsets, width
from statement.text import CLOSERS


class Even:
    """A face in which a character takes an em, a letter half of one, and the ink of a pause ends where it is told."""

    def __init__(self, pause: float = 0.4) -> None:
        self.pause = pause

    def advance(self, character: str) -> float:
        return 0.5 if character.isascii() else 1

    def ink(self, character: str) -> float:
        return self.pause if character in PAUSES else self.advance(character)


FACE = Even()
TEXT = st.lists(st.sampled_from([*"我们同行发展", "，", "。”", "“", "《", "》", "2020", "WTO", "……"]), max_size=60).map(
    "".join
)


@given(TEXT, st.integers(10, 20))
def test_lines_together_are_the_text_and_fit_the_measure(text: str, measure: int) -> None:
    broken = lines(text, measure, FACE)
    assert "".join(broken) == text
    for line in broken:
        assert width(line, FACE) <= measure + 0.25 * sum(
            mark in line for mark in PAUSES for _ in range(line.count(mark))
        )


SINGLE = st.lists(
    st.sampled_from(["我", "们", "同行", "发展，", "“合作”、", "《声明》。", "2020年", "好……"]), max_size=40
)


@given(SINGLE.map("".join), st.integers(8, 20))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str, measure: int) -> None:
    for line in lines(text, measure, FACE):
        assert line[0] not in f"{CLOSERS}{PAUSES}…"
        assert line[-1] not in OPENERS
    assert not any(a[-1:].isdigit() and b[:1].isdigit() for a, b in pairwise(lines(text, measure, FACE)))


def test_a_pause_that_has_no_room_is_taken_in_rather_than_carried_over_with_its_word() -> None:
    assert lines("里，不可带寻常的偏见、坏名声、门户", 14, FACE) == ("里，不可带寻常的偏见、坏名声、", "门户")
    assert lines("里不可带任何寻常的偏见的坏名声、门户", 15, FACE) == ("里不可带任何寻常的偏见的坏名", "声、门户")


@pytest.mark.parametrize(
    ("line", "measure"), [("我们在支持发展", 7.5), ("我们，支持，发展", 7.6), ("我们同行，发展，", 7.5)]
)
def test_a_line_fills_its_measure(line: str, measure: float) -> None:
    *_, last = offsets(line, measure, FACE, is_last=False)
    assert last + (0.5 if line[-1] in PAUSES else 1) == pytest.approx(measure)


def test_the_last_line_and_one_that_would_be_torn_apart_keep_their_own_width() -> None:
    assert offsets("我们同行", 4.3, FACE, is_last=True) == (0, 1, 2, 3)
    assert offsets("我们同行", 9, FACE, is_last=False) == (0, 1, 2, 3)


def test_a_pause_in_the_middle_of_its_em_gives_way_on_both_sides() -> None:
    assert offsets("我，们们", 3.8, Even(0.4), is_last=False) == pytest.approx((0, 1, 1.8, 2.8))
    assert offsets("我，们们", 3.8, Even(0.6), is_last=False) == pytest.approx((0, 0.9, 1.8, 2.8))


def test_marks_take_half_an_em() -> None:
    assert width("“甲乙丙丁”《声明》", FACE) == 8
