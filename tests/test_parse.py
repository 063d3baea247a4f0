"""Parsing: the text becomes a statement, and unparse gives back the text with the listed repairs and nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
import support
from statement.errors import InputError, Source
from statement.model import RepairKind, Span, Statement
from statement.parse import fidelity_problems, parse, unparse
from statement.repair import repaired
from statement.text import numeral, opening, quotation_pairs, sentences, shortened

GOLDEN = support.golden("facts")["parsed"]
JOINT = support.golden("facts")["joint"]


@pytest.fixture(scope="module")
def statement() -> Statement:
    return support.parse_statement()


def test_the_statement_has_its_clauses_under_its_headings(statement: Statement) -> None:
    assert [clause.number for clause in statement.clauses] == list(range(1, len(statement.clauses) + 1))
    assert [[heading.numeral, heading.title, heading.first] for heading in statement.headings] == GOLDEN["headings"]
    assert statement.title == GOLDEN["title"]
    assert statement.date_line == GOLDEN["date_line"]


def test_a_clause_is_joined_over_the_page_break_with_nothing_between(statement: Statement) -> None:
    text = statement.clauses[JOINT["clause"] - 1].text
    assert f"{JOINT['before']}{JOINT['after']}" in text
    (joint,) = [repair for repair in statement.repairs if repair.kind is RepairKind.PAGE_BREAK]
    assert joint.clause == JOINT["clause"]
    assert text[: joint.position].endswith(JOINT["before"])


def test_the_publishers_lines_are_kept_and_are_no_text(statement: Statement) -> None:
    assert statement.notice == support.golden("facts")["about"]["notice"]
    assert statement.address == GOLDEN["address"]
    assert GOLDEN["notice_word"] not in "".join(clause.text for clause in statement.clauses)


def test_the_footnote_marks_are_found(statement: Statement) -> None:
    marks = {clause.number: [mark.of(clause.text) for mark in clause.marks] for clause in statement.clauses}
    assert {str(number): found for number, found in marks.items() if found} == GOLDEN["marks"]


def test_the_listed_repairs_are_all_that_changes(statement: Statement) -> None:
    source = support.statement_source()
    assert unparse(statement) == repaired(source.text, statement.repairs)
    assert sorted(repair.kind for repair in statement.repairs) == GOLDEN["repairs"]
    removed = sum(repair.end - repair.start - len(repair.replacement) for repair in statement.repairs)
    assert len(source.text) - len(unparse(statement)) == removed == GOLDEN["removed"]


def test_a_statement_that_is_not_the_text_is_a_problem(statement: Statement) -> None:
    source = support.statement_source()
    assert list(fidelity_problems(source, statement)) == []
    first, *others = statement.clauses
    lost = replace(statement, clauses=(replace(first, text=f"{first.text[:-2]}{first.text[-1]}"), *others))
    (problem,) = fidelity_problems(source, lost)
    assert str(problem).startswith("statement.txt:1:1: cannot be put back together")


def test_deleting_a_line_that_carries_a_clause_names_the_clause() -> None:
    lines = support.statement_source().text.split("\n")
    carriers = {
        index: line.split("、")[0] for index, line in enumerate(lines) if line[:1].isdigit() and "、" in line[:3]
    }
    assert len(carriers) == len(support.parse_statement().clauses)
    for index, number in carriers.items():
        if number == str(len(carriers)):
            continue
        with pytest.raises(InputError) as raised:
            parse(Source("statement.txt", "\n".join(lines[:index] + lines[index + 1 :])), support.structure())
        problems = [str(problem) for problem in raised.value.problems]
        assert any(f"clause {number} " in text or f" is {number} missing" in text for text in problems), problems


def test_deleting_the_half_of_a_clause_behind_a_page_break_names_it() -> None:
    text = support.statement_source().text
    lines = text.split("\n")
    second = next(index for index, line in enumerate(lines) if line.startswith(JOINT["after"]))
    with pytest.raises(InputError, match=f"clause {JOINT['clause']} does not end with"):
        parse(Source("statement.txt", "\n".join(lines[:second] + lines[second + 1 :])), support.structure())


@given(strategies.statements())
def test_a_statement_comes_back_from_its_text(made: Statement) -> None:
    assert parse(Source("statement.txt", unparse(made))) == made


@settings(deadline=None)
@given(st.data())
def test_an_untidy_text_is_the_tidy_one_with_the_listed_repairs(data: st.DataObject) -> None:
    made = data.draw(strategies.statements())
    text = data.draw(strategies.untidied(unparse(made)))
    parsed = parse(Source("statement.txt", text))
    assert unparse(parsed) == repaired(text, parsed.repairs)
    assert [clause.text for clause in parsed.clauses] == [clause.text for clause in made.clauses]


@settings(deadline=None)
@given(st.data())
def test_a_damaged_text_is_refused_or_put_back_together(data: st.DataObject) -> None:
    text = unparse(data.draw(strategies.statements()))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    damaged = text[:start] + data.draw(st.text(max_size=5)) + text[end:]
    try:
        parsed = parse(Source("statement.txt", damaged))
    except InputError as error:
        problems = error.problems
    else:
        assert unparse(parsed) == repaired(damaged, parsed.repairs)
        return
    assert problems


@given(st.text("我们。！？”’」a", max_size=30))
def test_sentences_cover_the_whole_text_in_order(text: str) -> None:
    spans = sentences(text)
    assert "".join(span.of(text) for span in spans) == text
    assert all(before.end == after.start for before, after in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一。二！三？", ["一。", "二！", "三？"]),
        ("他说“好。”我们走。", ["他说“好。”", "我们走。"]),
        ("什么？！没有", ["什么？！", "没有"]),
        ("没有句号", ["没有句号"]),
    ],
)
def test_a_sentence_ends_after_its_mark_and_closing_quotes(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in sentences(text)] == expected


def test_quotation_marks_pair_within_and_an_apostrophe_is_none() -> None:
    assert quotation_pairs("“a‘b’c”") == (((0, 6), (2, 4)), ())
    assert quotation_pairs("it’s") == ((), ())
    assert quotation_pairs("”“") == ((), (0, 1))
    assert quotation_pairs("「a『b』c」") == (((0, 6), (2, 4)), ())
    assert quotation_pairs("「a』”") == ((), (0, 2, 3))


@pytest.mark.parametrize(("number", "words"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九")])
def test_numerals_are_written_as_in_headings(number: int, words: str) -> None:
    assert numeral(number) == words


def test_opening_words_end_at_a_pause_of_the_sentence_rather_than_of_a_list() -> None:
    assert opening("与会者希望在前提具备时，有序、平稳重开学校。", 14) == "与会者希望在前提具备时……"
    assert opening("大风使行人和车辆受困、受冻和受伤。眼下要紧的是停课。", 13) == "大风使行人和车辆受困、受冻和受伤……"
    assert opening("学校应当公开、平等、实用、不收费地教书画。", 10) == "学校应当公开、平等……"


def test_opening_words_end_outside_of_a_quotation_or_close_it() -> None:
    assert opening("村里举行了名为“春耕秋收、一起过节”的大会，并唱了歌。", 20) == (
        "村里举行了名为“春耕秋收、一起过节”的大会……"
    )
    assert opening("“高唱‘一山一水’乡间小调、大家欢庆新年元宵佳节”", 16) == "“高唱‘一山一水’乡间小调……”"
    assert shortened("「高唱『一山一水』小調」", 6) == "「高唱『一山……』」"


@given(st.text("我们“”‘’，、。合作", min_size=1, max_size=60), st.integers(2, 30))
def test_opening_words_leave_no_quotation_open_that_the_text_closes(text: str, length: int) -> None:
    words = opening(text, length)
    assert words == text or len(words.rstrip("”’")) <= 2 * length + 3
    assert text.startswith(words.partition("……")[0])
    if words != text:
        _, single = quotation_pairs(words)
        assert not any(words[offset] in "“‘" for offset in single)


def test_opening_words_end_at_a_pause_and_never_inside_a_word() -> None:
    assert opening("短", 10) == "短"
    assert opening("大家以为，在变化的年岁里，不可有偏见。", 14) == "大家以为，在变化的年岁里……"
    assert opening("大家记得当年的第一次聚会，会一直守着同一个约定。", 8) == "大家记得当年的第一次聚会……"
    assert opening("无" * 50, 8) == "无" * 8 + "……"


def test_spans_sort_by_place() -> None:
    assert sorted([Span(3, 4), Span(1, 2)]) == [Span(1, 2), Span(3, 4)]
