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
from statement.convert import (
    Converter,
    find_overrides,
    hit_problems,
    interface_converter,
    own_words,
    simplifier,
)
from statement.errors import Source
from statement.model import Edition, EditionSettings, Override
from statement.parse import unparse

CASES = support.cases("conversion")
GOLDEN = support.golden("facts")["converted"]
QUOTES = "“”‘’「」『』"


@cache
def editions() -> tuple[Edition, ...]:
    return support.editions()


def texts(edition: Edition) -> list[str]:
    return [clause.text for clause in edition.statement.clauses]


def phrase(name: str) -> tuple[str, str]:
    simplified, traditional = CASES[name]
    return simplified, traditional


def override(source: str, result: str) -> Override:
    return Override(source, result, "理由", 1)


def test_the_traditional_text_is_the_one_that_people_read() -> None:
    golden = (support.GOLDEN / "statement.zh-hant.txt").read_text("utf-8")
    assert unparse(editions()[1].statement) == golden


def test_the_phrases_that_converters_get_wrong_are_right() -> None:
    text = "".join(texts(editions()[1]))
    assert {phrase: text.count(phrase) for phrase in GOLDEN["phrases"]} == GOLDEN["phrases"]
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


def own_text(edition: Edition) -> str:
    """Return all of a statement's own words in a row."""
    return "".join(own.text for own in own_words(edition.statement))


def test_characters_with_more_than_one_result_are_as_they_were_read() -> None:
    taiwan = support.converter_table("TWVariants.txt")
    candidates = {
        key: {standard for value in values for standard in taiwan.get(value, [value])}
        for key, values in support.converter_table("STCharacters.txt").items()
    }
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for old, new in zip(*map(own_text, editions()), strict=True):
        if len(candidates.get(old, ())) > 1:
            found[old][new] += 1
    frozen = tomllib.loads((support.GOLDEN / "ambiguous.toml").read_text("utf-8"))
    assert {character: dict(results) for character, results in found.items()} == frozen
    assert sorted(character for character, results in frozen.items() if len(results) > 1) == GOLDEN["divided"]


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
    overrides = (override("甲乙", "１１"), override("甲乙丙丁", "２２２２"), override("丙丁", "３３"))
    assert [(span.start, found.source) for span, found in find_overrides(overrides, "甲乙丙丁、丙丁、甲乙")] == [
        (0, "甲乙丙丁"),
        (5, "丙丁"),
        (8, "甲乙"),
    ]


def test_an_override_is_not_undone_by_the_converter() -> None:
    assert Converter(support.TRADITIONAL, ()).convert("污名化") == "汙名化"
    assert Converter(support.TRADITIONAL, (override("污名化", "污名化"),)).convert("污名化") == "污名化"


def test_quotation_marks_are_replaced_where_they_pair_only() -> None:
    convert = Converter(support.TRADITIONAL, ()).convert
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
    assert [part.full_title for part in converted.parts] == GOLDEN["parts"]
    assert all("“" not in text for applied in converted.overrides for text, _ in applied.reason)


def test_a_converted_edition_says_what_conversion_changed_and_the_source_nothing() -> None:
    source, converted = editions()
    assert converted.changed == differences(source, converted)
    assert [[each.override.source, each.unaided, [*each.clauses]] for each in converted.overrides] == GOLDEN[
        "overrides"
    ]
    assert (source.changed, source.changes, source.choices, source.overrides) == (0, (), (), ())


def differences(one: Edition, other: Edition) -> int:
    """Return in how many places of the clauses two editions differ."""
    pairs = zip("".join(texts(one)), "".join(texts(other)), strict=True)
    return sum(old != new for old, new in pairs)


def changed_characters(edition: Edition) -> set[tuple[str, str]]:
    return {(change.source, change.result) for change in edition.changes}


def test_the_hong_kong_ledger_is_that_of_the_hong_kong_text() -> None:
    source, taiwan, hong_kong = support.editions_with(support.TRADITIONAL, support.HONG_KONG)
    for name in ("statement", "overrides", "changes"):
        assert getattr(taiwan, name) == getattr(editions()[1], name)
    changed, changes = GOLDEN["changed_for_hong_kong"], GOLDEN["changes_for_hong_kong"]
    assert (
        (hong_kong.changed, len(hong_kong.changes)) == (differences(source, hong_kong), changes) == (changed, changes)
    )
    assert changed_characters(hong_kong) - changed_characters(taiwan) == {*map(tuple, GOLDEN["others_for_hong_kong"])}
    assert changed_characters(taiwan) - changed_characters(hong_kong) == {*map(tuple, GOLDEN["others_for_taiwan"])}
    assert [each.unaided for each in hong_kong.overrides] == GOLDEN["hong_kong"]


def test_an_edition_says_its_standard_and_its_locale() -> None:
    made = support.editions_with(support.TRADITIONAL, support.HONG_KONG)
    assert [(each.script, each.locale, each.standard) for each in made] == [
        ("hans", "zh_CN", ""),
        ("hant", "zh_TW", "台湾用字标准"),
        ("hant", "zh_HK", "香港用字标准"),
    ]
    unnamed = EditionSettings("zh-hant", "zh-Hant", "繁體", "s2hk", "「」『』")
    named = EditionSettings("zh-hant-mo", "zh-Hant-MO", "澳門繁體", "s2hk", "「」『』", "zh_HK", "澳门用字")
    _, one, other = support.editions_with(unnamed, named)
    assert (one.locale, one.standard) == ("zh_HK", "香港用字标准")
    assert (other.locale, other.standard) == ("zh_HK", "澳门用字")


def test_an_override_is_for_the_editions_it_names() -> None:
    overrides = (
        Override(*phrase("regional"), "理由", 1, ("zh-hant-hk",)),
        Override(*phrase("kept"), "理由", 1, ("zh-hant",)),
    )
    made = support.editions_with(support.TRADITIONAL, support.HONG_KONG, overrides=overrides)
    found = [[each.override.source for each in edition.overrides] for edition in made]
    assert found == [[], CASES["kept"][:1], CASES["regional"][:1]]
    character, count = CASES["regional_character"]
    assert CASES["regional"][1] in "".join(texts(made[2]))
    assert "".join(texts(made[2])).count(character) == count
    assert CASES["kept"][1] in "".join(texts(made[1]))


def test_hits_are_counted_by_edition() -> None:
    statement = support.parse_statement()
    overrides = (
        Override(*phrase("twice"), "理由", 2),
        Override(*phrase("behind"), "理由", 1, ("zh-hant-hk",)),
    )
    source = Source("conversion.toml", "")
    alone = list(hit_problems(statement, overrides, (support.TRADITIONAL,), source))
    assert alone == []
    (problem,) = hit_problems(statement, overrides, (support.TRADITIONAL, support.HONG_KONG), source)
    assert problem.message == (
        f"overrides[0].hits: {CASES['twice'][0]} hits once in zh-hant-hk, not 2 times; "
        "read the new places, then set hits"
    )


def test_a_traditional_source_gives_the_simplified_text_back() -> None:
    source, converted = support.traditional_editions(support.SIMPLIFIED)
    assert unparse(source.statement) == unparse(editions()[1].statement)
    assert unparse(converted.statement) == unparse(editions()[0].statement)
    assert converted.particulars.title == editions()[0].particulars.title
    assert converted.terms == editions()[0].terms
    assert converted.operatives == editions()[0].operatives
    assert converted.mentions == editions()[0].mentions
    assert changed_characters(converted) == {(new, old) for old, new in changed_characters(editions()[1])}
    assert ("「", "“") in changed_characters(converted)
    assert (source.changed, converted.changed) == (0, support.golden("facts")["counts"]["changed"])
    assert (source.locale, converted.locale, converted.standard) == ("zh_TW", "zh_CN", "简体用字标准")


def test_an_override_of_a_traditional_source_is_kept_to_in_simplified() -> None:
    kept = Override(CASES["twice"][1], CASES["twice"][1], "「夥」字不改", 2)
    _, converted = support.traditional_editions(support.SIMPLIFIED, overrides=(kept,))
    assert "".join(texts(converted)).count(CASES["twice"][1]) == 2
    (applied,) = converted.overrides
    assert (applied.unaided, applied.reason) == (CASES["twice"][0], (("“伙”字不改", False),))
    assert applied.as_written == (("「夥」字不改", False),)


def test_the_interface_is_in_the_script_and_the_region_of_the_edition() -> None:
    simplified, traditional = editions()[0].settings, support.traditional_editions()[0].settings
    text = "“这里”的卫生"
    kept = (override("卫生", "卫生"),)

    def interface(settings: EditionSettings, source: EditionSettings) -> str:
        return interface_converter(settings, source, kept).convert(text)

    assert interface(simplified, simplified) == interface(support.SIMPLIFIED, traditional) == text
    assert interface(support.TRADITIONAL, simplified) == "「這裡」的卫生"
    assert interface(traditional, traditional) == "「這裡」的衛生"
    hong_kong = EditionSettings("zh-hant-hk", "zh-Hant-HK", "香港繁體", "t2hk", "“”‘’")
    assert interface(hong_kong, traditional) == "“這裏”的衞生"


def test_all_that_can_be_made_simplified_for_the_search_keeps_its_length() -> None:
    keys = "".join([*support.converter_table("TSCharacters.txt"), *support.converter_table("TSPhrases.txt")])
    for settings in (support.TRADITIONAL, support.HONG_KONG):
        assert len(simplifier(settings).convert(keys)) == len(keys)
    assert simplifier(support.TRADITIONAL).convert("「衛生」") == "“卫生”"
    assert simplifier(support.HONG_KONG).convert("「衞生」") == "“卫生”"


@pytest.mark.parametrize("configuration", ["t2s", "tw2s", "hk2s"])
def test_a_character_by_itself_is_looked_up_as_the_converter_converts_it(configuration: str) -> None:
    table = convert._simplified(configuration)
    everything = [chr(code) for block in convert._IDEOGRAPHS for code in block]
    assert len(everything) > 27_000
    assert OpenCC(configuration).convert("\n".join(everything)).split("\n") == [table.get(c, c) for c in everything]
