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
from statement.text import numeral, opening, quotation_pairs, sentences


@pytest.fixture(scope="module")
def statement() -> Statement:
    return support.parse_statement()


def test_the_statement_has_14_clauses_under_a_preamble_and_three_headings(statement: Statement) -> None:
    assert [clause.number for clause in statement.clauses] == list(range(1, 15))
    assert [(heading.numeral, heading.title, heading.first) for heading in statement.headings] == [
        ("一", "建设健康丝绸之路", 6),
        ("二", "加强互联互通", 9),
        ("三", "推动经济恢复", 12),
    ]
    assert statement.title == "“一带一路”国际合作高级别视频会议联合声明"
    assert statement.date_line == "2020-06-19 00:35"


def test_clause_9_is_joined_over_the_page_break_with_nothing_between(statement: Statement) -> None:
    assert "多式联运的交通，开发跨国" in statement.clauses[8].text
    (joint,) = [repair for repair in statement.repairs if repair.kind is RepairKind.PAGE_BREAK]
    assert joint.clause == 9
    assert statement.clauses[8].text[: joint.position].endswith("多式联运的交")


def test_the_publishers_lines_are_kept_and_are_no_text(statement: Statement) -> None:
    assert statement.notice == "预览已结束，完整报告链接和二维码如下："
    assert statement.address == "https://www.yunbaogao.cn/report/index/report?reportId=11_897"
    assert "预览" not in "".join(clause.text for clause in statement.clauses)


def test_the_footnote_mark_of_clause_1_is_found(statement: Statement) -> None:
    marks = {clause.number: [mark.of(clause.text) for mark in clause.marks] for clause in statement.clauses}
    assert {number: found for number, found in marks.items() if found} == {1: ["*"]}


def test_the_listed_repairs_are_all_that_changes(statement: Statement) -> None:
    source = support.statement_source()
    assert unparse(statement) == repaired(source.text, statement.repairs)
    assert sorted(repair.kind for repair in statement.repairs) == ["blank-lines", "blank-lines", "page-break"]
    removed = sum(repair.end - repair.start - len(repair.replacement) for repair in statement.repairs)
    assert len(source.text) - len(unparse(statement)) == removed == 5


def test_a_statement_that_is_not_the_text_is_a_problem(statement: Statement) -> None:
    source = support.statement_source()
    assert list(fidelity_problems(source, statement)) == []
    first, *others = statement.clauses
    lost = replace(statement, clauses=(replace(first, text=first.text.replace("部长*", "部长")), *others))
    (problem,) = fidelity_problems(source, lost)
    assert str(problem).startswith("statement.txt:1:1: cannot be put back together")


def test_deleting_a_line_that_carries_a_clause_names_the_clause() -> None:
    lines = support.statement_source().text.split("\n")
    carriers = {
        index: line.split("、")[0] for index, line in enumerate(lines) if line[:1].isdigit() and "、" in line[:3]
    }
    assert len(carriers) == 14
    for index, number in carriers.items():
        if number == "14":
            continue
        with pytest.raises(InputError) as raised:
            parse(Source("statement.txt", "\n".join(lines[:index] + lines[index + 1 :])), support.structure())
        problems = [str(problem) for problem in raised.value.problems]
        assert any(f"clause {number} " in text or f" is {number} missing" in text for text in problems), problems


def test_deleting_either_half_of_clause_9_names_it() -> None:
    text = support.statement_source().text
    lines = text.split("\n")
    second = next(index for index, line in enumerate(lines) if line.startswith("通，开发"))
    with pytest.raises(InputError, match="clause 9 does not end with"):
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


def test_opening_words_end_at_a_pause_and_never_inside_a_word() -> None:
    assert opening("短", 10) == "短"
    assert opening("我们认为，在应对的过程中，不应有歧视。", 14) == "我们认为，在应对的过程中……"
    assert opening("我们忆及第二届高峰论坛，将继续秉持共商共建共享。", 8) == "我们忆及第二届高峰论坛……"
    assert opening("无" * 50, 8) == "无" * 8 + "……"


def test_spans_sort_by_place() -> None:
    assert sorted([Span(3, 4), Span(1, 2)]) == [Span(1, 2), Span(3, 4)]
