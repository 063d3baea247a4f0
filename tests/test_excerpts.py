"""Excerpts and openings: never cut inside a word, and no quotation left open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin.phrases_dict import phrases_dict

import support
from pages import CLAUSES, EDITIONS, EVERY, SHARED, read
from statement.excerpts import AROUND, around, lexicon
from statement.index import Passage, entries, excerpt
from statement.model import Edition, Span
from statement.text import quotation_pairs

# Words of two dictionaries that are none of ours, but for those that are no words here.
DICTIONARY = (set(phrases_dict) | set(support.converter_table("STPhrases.txt"))) - {"的核"}


def passages(edition: Edition) -> Iterator[Passage]:
    return (passage for entry in entries(edition) for passage in entry.passages)


def whole(passage: Passage) -> str:
    return "".join(text for text, _ in passage.pieces)


def cuts(passage: Passage) -> Iterator[int]:
    """Yield the offsets in a passage's sentence at which its excerpt is cut."""
    shown = "".join(text for text, _ in passage.excerpt)
    found = re.fullmatch(r"([“‘「『]*……)?(.*?)(……[”’」』]*)?", shown)
    assert found
    before, kept, after = found.groups()
    assert whole(passage).count(kept) == 1
    begin = whole(passage).index(kept)
    if before:
        yield begin
    if after:
        yield begin + len(kept)


def test_an_excerpt_is_the_first_place_with_what_stands_around() -> None:
    for edition in support.editions():
        for passage in passages(edition):
            head, (hit, is_hit), tail = passage.excerpt
            assert is_hit
            assert (hit, True) == next(piece for piece in passage.pieces if piece[1])
            assert not head[1]
            assert not tail[1]
            assert len(head[0]) <= 30
            assert len(tail[0]) <= 30


def test_no_excerpt_is_cut_inside_a_word_of_any_dictionary() -> None:
    longest = max(len(word) for word in DICTIONARY)
    found = 0
    for passage in passages(support.editions()[0]):
        text = whole(passage)
        for cut in cuts(passage):
            found += 1
            broken = {
                text[start:end]
                for start in range(max(cut - longest, 0), cut)
                for end in range(cut + 1, min(cut + longest, len(text)) + 1)
            } & DICTIONARY
            assert not broken, f"{text[:cut]}|{text[cut:]}"
    assert found > 80


def test_both_scripts_are_cut_at_the_same_places() -> None:
    one, other = ([list(cuts(passage)) for passage in passages(edition)] for edition in support.editions())
    assert one == other


def test_an_excerpt_begins_after_a_pause_and_ends_before_one() -> None:
    text = "前面有一句话，在山里我们上午采茶并且种树养鸡，还请大家一起唱歌与跳舞，并且吃饭喝汤。"
    place = Span(text.index("大家"), text.index("大家") + 2)
    assert excerpt(text, place, lexicon(())) == (
        ("……在山里我们上午采茶并且种树养鸡，还请", False),
        ("大家", True),
        ("一起唱歌与跳舞，并且吃饭喝汤。", False),
    )


def test_an_excerpt_is_cut_beside_known_words_and_not_inside_numbers_or_short_quotations() -> None:
    text = "我们" * 8 + "放牛放羊之间一块唱响的山歌" + "大家庭" + "请看“一山一水”和2020年的别的节目以及" + "各方" * 9
    place = Span(text.index("大家庭"), text.index("大家庭") + 3)
    begin, end = around(text, place, lexicon(["放牛放羊", "山歌", "别的节目"]))
    assert text[begin:].startswith("放牛放羊之间一块唱响的山歌")
    assert text[place.end : end] == "请看“一山一水”和2020年"
    before, after = "前" * 30, "后" * 30
    assert around(f"{before}词{after}", Span(30, 31), lexicon(())) == (30 - AROUND, 31 + AROUND)


@given(st.text("我们，、放牛放羊的“”12", min_size=1, max_size=80), st.data())
def test_an_excerpt_holds_its_place_and_is_never_longer_than_it_may_be(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    begin, last = around(text, Span(start, end), lexicon(["放牛放羊", "我们"]))
    assert 0 <= begin <= start
    assert end <= last <= len(text)
    assert start - begin <= 26
    assert last - end <= 26


@pytest.mark.parametrize("page", [*SHARED, *EVERY])
def test_no_description_leaves_a_quotation_open(site: Path, page: str) -> None:
    for meta in read(site, page).select("meta[name=description], meta[property^='og:'], meta[name^='twitter:']"):
        _, single = quotation_pairs(str(meta["content"]))
        assert not single, meta["content"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_opening_on_home_leaves_a_quotation_open_or_ends_in_a_list(site: Path, edition: str) -> None:
    found = [item.get_text() for item in read(site, f"{edition}/").select("article .ordinal + span")]
    assert len(found) == len(CLAUSES)
    for text in found:
        assert quotation_pairs(text)[1] == ()
        assert not text.endswith("、……")
