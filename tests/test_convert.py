"""Conversion: character for character, checked against a text that people read and against another converter."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC
from zhconv_rs import zhconv

import support
from statement import convert
from statement.convert import Converter, find_overrides
from statement.model import Edition, EditionSettings, Override
from statement.parse import unparse

TRADITIONAL = EditionSettings("zh-hant", "zh-Hant", "繁體", "s2tw", "「」『』")
QUOTES = "“”‘’「」『』"


@cache
def editions() -> tuple[Edition, ...]:
    return support.editions()


def texts(edition: Edition) -> list[str]:
    return [clause.text for clause in edition.statement.clauses]


def override(source: str, result: str) -> Override:
    return Override(source, result, "理由", 1)


def test_the_traditional_text_is_the_one_that_people_read() -> None:
    golden = (support.GOLDEN / "statement.zh-hant.txt").read_text("utf-8")
    assert unparse(editions()[1].statement) == golden


def test_the_phrases_that_converters_get_wrong_are_right() -> None:
    text = "".join(texts(editions()[1]))
    assert "包括發展遠程醫療" in text
    assert text.count("合作夥伴") == 2
    assert "污名化" in text
    assert not set("“”‘’") & set(text)


def test_every_character_stands_where_its_source_stands() -> None:
    source, converted = editions()
    for before, after in zip(source.statement.clauses, converted.statement.clauses, strict=True):
        assert len(before.text) == len(after.text)
        assert before.sentences == after.sentences
        assert before.marks == after.marks
        assert before.id == after.id
        for old, new in zip(before.text, after.text, strict=True):
            assert (old.isalnum(), old.isascii()) == (new.isalnum(), new.isascii())


def test_characters_with_more_than_one_result_are_as_they_were_read() -> None:
    candidates = support.converter_table("STCharacters.txt")
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for old, new in zip(*(unparse(edition.statement) for edition in editions()), strict=True):
        if len(candidates.get(old, [])) > 1:
            found[old][new] += 1
    frozen = tomllib.loads((support.GOLDEN / "ambiguous.toml").read_text("utf-8"))
    assert {character: dict(results) for character, results in found.items()} == frozen
    assert sorted(character for character, results in frozen.items() if len(results) > 1) == ["复", "系"]


def test_another_converter_differs_only_where_it_is_known_to() -> None:
    named = tomllib.loads((support.GOLDEN / "differences.toml").read_text("utf-8"))["differences"]
    found = []
    for source, ours in zip(*(edition.statement.clauses for edition in editions()), strict=True):
        theirs = zhconv(source.text, "zh-hant")
        assert len(theirs) == len(ours.text)
        found += [
            {"clause": source.number, "position": position, "ours": mine, "theirs": other}
            for position, (mine, other) in enumerate(zip(ours.text, theirs, strict=True))
            if mine != other and mine not in QUOTES
        ]
    assert found == [{key: value for key, value in each.items() if key != "reason"} for each in named]
    assert all(len(each["reason"]) > 10 for each in named)


def test_the_longest_override_wins_and_none_applies_inside_another() -> None:
    overrides = (override("合作", "１１"), override("合作伙伴", "２２２２"), override("伙伴", "３３"))
    assert [(span.start, found.source) for span, found in find_overrides(overrides, "合作伙伴、伙伴、合作")] == [
        (0, "合作伙伴"),
        (5, "伙伴"),
        (8, "合作"),
    ]


def test_an_override_is_not_undone_by_the_converter() -> None:
    assert Converter(TRADITIONAL, ()).convert("污名化") == "汙名化"
    assert Converter(TRADITIONAL, (override("污名化", "污名化"),)).convert("污名化") == "污名化"


def test_quotation_marks_are_replaced_where_they_pair_only() -> None:
    convert = Converter(TRADITIONAL, ()).convert
    assert convert("“国‘际’合作”") == "「國『際』合作」"
    assert convert("”国际“") == "”國際“"


def test_the_source_edition_is_the_source() -> None:
    assert texts(editions()[0]) == [clause.text for clause in support.parse_statement().clauses]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60))
def test_conversion_without_a_converter_changes_nothing(text: str) -> None:
    source = EditionSettings("zh-hans", "zh-Hans", "简体", "", "“”‘’")
    assert Converter(source, (override("国", "國"),)).convert(text) == text


def test_the_words_around_the_text_are_converted_with_it() -> None:
    converted = editions()[1]
    assert converted.particulars.title == converted.statement.title
    assert "".join(converted.particulars.title_phrases) == converted.particulars.title
    assert [part.full_title for part in converted.parts] == [
        "序言",
        "一、建設健康絲綢之路",
        "二、加強互聯互通",
        "三、推動經濟恢復",
    ]
    assert all("“" not in applied.reason for applied in converted.overrides)


@pytest.mark.parametrize("edition", [0, 1])
def test_each_edition_says_what_conversion_changed(edition: int) -> None:
    changed = sum(
        old != new
        for before, after in zip(texts(editions()[0]), texts(editions()[1]), strict=True)
        for old, new in zip(before, after, strict=True)
    )
    assert editions()[edition].changed == changed
    assert [(each.override.source, each.unaided, each.clauses) for each in editions()[edition].overrides] == [
        ("包括发展", "包括髮展", (8,)),
        ("合作伙伴", "合作伙伴", (1, 7)),
        ("污名化", "汙名化", (4,)),
    ]


@pytest.mark.parametrize("configuration", ["t2s", "tw2s", "hk2s"])
def test_a_character_by_itself_is_looked_up_as_the_converter_converts_it(configuration: str) -> None:
    table = convert.simplified(configuration)
    assert len(table) > 27_000
    characters = list(table)
    assert OpenCC(configuration).convert("\n".join(characters)).split("\n") == list(table.values())
