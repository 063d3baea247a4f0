"""Choices: no place of a character that could become several is converted without a reason that somebody gave."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import support
from bench.corpus import scaled
from statement.choices import candidates, weigh
from statement.convert import own_words, reason_in_scripts
from statement.errors import InputError
from statement.model import Edition, Grounds, Outcome

SOURCE = (support.SOURCE / "statement.txt").read_text("utf-8")
LAST = support.parse_statement().clauses[-1]
END = LAST.sentences[-1].of(LAST.text)
GOLDEN = support.golden("facts")["choices"]


def outcomes(edition: Edition) -> Iterator[Outcome]:
    return (outcome for choice in edition.choices for outcome in choice.results)


def grounds(edition: Edition) -> Iterator[tuple[str, Grounds]]:
    return ((outcome.change.source, each) for outcome in outcomes(edition) for each in outcome.grounds)


def written(each: Grounds) -> str:
    return "".join(f"「{text}」" if is_result else text for text, is_result in each.as_written)


@pytest.mark.parametrize(
    ("sentence", "character", "result", "around"),
    [
        ("我们不会去干扰市场。", "干", "幹", "。我们不会去干扰市场。"),
        ("各方参与制造疫苗。", "制", "制", "作。各方参与制造疫苗。"),
        ("疫苗已被发明。", "发", "髮", "作。疫苗已被发明。"),
        ("我们了解了如何应对。", "了", "瞭", "作。我们了解了如何应对。"),
    ],
)
def test_a_sentence_that_the_converter_gets_wrong_is_refused_with_its_place(
    sentence: str, character: str, result: str, around: str
) -> None:
    assert SOURCE.count(END) == 1
    (problem,) = support.problems_of_text(SOURCE.replace(END, END + sentence))
    assert re.match(rf"choices(\[[0-9]+\])?: nobody has read {character}, which could be ", problem)
    assert f"but becomes {result}, in clause {LAST.number}, “" in problem
    assert f"clause {LAST.number}, “{around}”" in problem
    assert problem.endswith("add the word and its count to hits of a reason that is true of it, else add an override")


def test_the_text_as_it_is_is_not_refused() -> None:
    assert support.problems_of_text(SOURCE) == ()


@settings(max_examples=25)
@given(st.data())
def test_a_character_more_or_less_anywhere_is_refused(data: st.DataObject) -> None:
    several = sorted(candidates("s2tw", "".join(own.text for own in own_words(support.parse_statement()))))
    # Clause 9 is broken in two by a page break.
    clause = data.draw(st.sampled_from([each for each in support.parse_statement().clauses if each.text in SOURCE]))
    offset = data.draw(st.integers(1, len(clause.text) - 2))
    character = data.draw(st.sampled_from(several))
    more = clause.text[:offset] + character + clause.text[offset:]
    changed = data.draw(st.sampled_from([more, clause.text.replace(character, "某", 1)]))
    assume(changed != clause.text)
    assert support.problems_of_text(SOURCE.replace(clause.text, changed))


@pytest.mark.parametrize(
    ("configuration", "character", "expected"),
    [
        ("s2tw", "面", ("面", "麵")),
        ("s2hk", "面", ("面", "麪")),
        ("s2hk", "参", ("參", "蔘")),
        ("s2hk", "着", ("着", "著")),
        ("tw2s", "夥", ("伙", "夥")),
    ],
)
def test_candidates_are_those_of_the_standard_of_the_edition(
    configuration: str, character: str, expected: tuple[str, ...]
) -> None:
    assert candidates(configuration, character) == {character: expected}


def test_what_comes_to_one_form_in_a_standard_is_no_choice_there() -> None:
    assert candidates("s2tw", "参核我") == {}


def test_each_place_of_a_result_has_one_reason() -> None:
    for edition in support.editions()[1:]:
        for outcome in outcomes(edition):
            places = [place for each in outcome.grounds for place in each.places]
            assert sorted(places) == list(outcome.change.places)
            assert all(each.reason for each in outcome.grounds)


def test_a_reason_speaks_of_words_at_its_own_places_only() -> None:
    texts = {clause.number: clause.text for clause in support.parse_statement().clauses}
    overridden = {applied.as_written for applied in support.editions()[1].overrides}
    for character, each in grounds(support.editions()[1]):
        for word in re.findall("“([^”]+)”", written(each)) if each.as_written not in overridden else ():
            if character in word and any(word in text for text in texts.values()):
                assert any(holds(texts[number], offset, word) for number, offset in each.places), (character, word)


def holds(text: str, offset: int, word: str) -> bool:
    """Return whether a word stands so that it covers a place of a text."""
    return any(start <= offset < start + len(word) for start in range(len(text)) if text.startswith(word, start))


def test_different_words_have_different_reasons_and_an_override_gives_its_own() -> None:
    by_pair = {(each.change.source, each.change.result): each for each in outcomes(support.editions()[1])}
    for expected in GOLDEN["grounds"]:
        found = by_pair[tuple(expected["pair"])].grounds
        assert [list(each.clauses) for each in found] == expected["clauses"]
        assert [written(each)[:12] for each in found] == expected["begin"]


def test_words_of_the_converted_script_in_a_reason_stay_as_they_are() -> None:
    source, converted = (edition.settings for edition in support.editions())
    reason = "写作「干」；“干扰”“骨干”不同。"
    here, there = reason_in_scripts(reason, converted, source, lambda text: text.replace("干", "幹"))
    assert here == (("写作", False), ("干", True), ("；“幹扰”、“骨幹”不同。", False))
    assert there == (("写作", False), ("干", True), ("；“干扰”“骨干”不同。", False))


def test_an_edition_for_hong_kong_is_told_what_nobody_has_read_there() -> None:
    with pytest.raises(InputError) as caught:
        support.editions_with(support.TRADITIONAL, support.HONG_KONG, reasons=support.own_reasons())
    said = [problem.message for problem in caught.value.problems]
    assert [message.partition(", in ")[0] for message in said] == [
        "choices: in zh-hant-hk, nobody has read 参, which could be 蔘 but becomes 參",
    ]
    assert GOLDEN["unread_for_hong_kong"] in said[0]


def test_weighing_takes_time_in_proportion_to_the_text() -> None:
    def seconds(clauses: int) -> float:
        editions = scaled(support.editions(), clauses)
        began = time.process_time()
        (weighed,) = weigh(editions, support.own_reasons())
        took = time.process_time() - began
        assert len(weighed.places) > 5 * clauses
        return took

    seconds(100)
    assert seconds(8_000) < 16 * max(seconds(1_000), 0.02)
