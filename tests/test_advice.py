"""Advice: what an editor is told of a text of which nothing is declared, and that following it is enough."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from typing import Any

import pytest

import structures
from statement.advice import advise
from statement.errors import InputError, Problem, Source
from statement.layout import layout_of
from statement.marks import KNOWN, scheme
from statement.model import Structure
from statement.parse import parse

SET = re.compile(r"set (?P<key>[a-z_]+) = (?P<value>\[.*?\]|\"[^\"]*\"|true)")


def problems(source: Source, structure: Structure) -> tuple[Problem, ...]:
    try:
        parse(source, structure)
    except InputError as error:
        return error.problems
    return ()


def following(told: tuple[Problem, ...], structure: Structure) -> Structure:
    """Return a structure with what messages say first is to be set."""
    given: dict[str, Any] = {}
    for problem in told:
        found = SET.search(problem.message)
        assert found, problem
        (key, value), *_ = tomllib.loads(f"{found['key']} = {found['value']}").items()
        kept = given.get(key, ())
        # Each piece of advice names one of these, and the headings and items, all of them.
        is_more = key in ("page_breaks", "paragraph_ends", "under_title", "skipped")
        given[key] = (*kept, *value) if is_more else tuple(value) if isinstance(value, list) else value
    return replace(structure, **given)


@pytest.mark.parametrize("name", [name for name in structures.NAMES if name != "page-break"])
def test_following_the_advice_of_one_run_is_enough(name: str) -> None:
    case = structures.read(name)
    bare = Structure(title=case.particulars.title)
    advised = following(problems(case.source, bare), bare)
    assert problems(case.source, advised) == ()
    made = parse(case.source, advised)
    assert [clause.id for clause in made.clauses] == list(case.ids)
    if name != "full-width":
        assert made.clauses == structures.parsed(case).clauses


@pytest.mark.parametrize("name", structures.NAMES)
def test_no_message_tells_to_change_the_text(name: str) -> None:
    case = structures.read(name)
    for problem in problems(case.source, Structure()):
        assert not re.search(r"remove|renumber|number it|join it|put them in order|delete", problem.message), problem


def test_a_paragraph_that_ends_without_a_full_stop_is_never_joined_in_silence() -> None:
    case = structures.read("page-break")
    told = [problem.message for problem in problems(case.source, Structure(title=case.particulars.title))]
    assert [message.partition(";")[0] for message in told[:2]] == [
        "the paragraph before this one stops without a full stop",
    ] * 2
    assert 'page_breaks = ["发展相互兼容的交"]' in told[0]
    assert 'paragraph_ends = ["通。我们欢迎"]' in told[1]


def test_what_is_declared_and_not_there_is_told() -> None:
    source = Source("statement.txt", "标题\n\n2021-03-03\n\n1、我们支持。\n")
    declared = Structure(page_breaks=("没有",), paragraph_ends=("也没有",), closing="此致", skipped=(1,))
    told = [problem.message for problem in problems(source, declared)]
    assert told == [
        "page_breaks in statement.toml names 没有, which the text has not so; correct it",
        "paragraph_ends in statement.toml names 也没有, which the text has not so; correct it",
        "skipped in statement.toml names 1, which the text has not so; correct it",
        "closing in statement.toml names 此致, which the text has not so; correct it",
    ]


def test_lines_above_what_a_publisher_put_under_the_text_are_advised_on_too() -> None:
    source = Source("statement.txt", "声明\n\n2021-03-03\n\n1、我们支持\n\n发展。\n\n預覽已結束，下载后可见\n\n别的\n")
    told = problems(source, Structure(title="声明"))
    assert ['page_breaks = ["我们支持"]' in problem.message for problem in told] == [True, False]
    assert told[1].message == "a line that is no part of the text; put it where the original has it"


def test_a_title_that_holds_a_numeral_is_no_mark() -> None:
    assert [scheme(title) for title in ("统一市场", "三年行动", "代表　2024年5月18日", "第一届会议")] == [None] * 4
    assert all(scheme(sample) for sample in KNOWN if sample not in ("附件：", "附："))


def test_lines_that_close_a_text_before_its_annex_are_told_from_headings() -> None:
    text = "声明\n\n2021-03-03\n\n1、我们支持。\n\n双方代表　2021年3月3日签署\n\n附件一　办法\n\n办法由各方商定。\n"
    structure = advise(text, Structure(title="声明")).structure
    assert (structure.closing, structure.headings) == ("双方代表　2", ("附件一",))


HISTORY = ["2000年3月5日第一届读书大会通过", "根据2010年4月6日《关于修改章程的决定》修正", "2020年5月7日第二次修订）"]


@pytest.mark.parametrize("blank", ["", " ", "\u3000"])
@pytest.mark.parametrize("numeral", ["1", "一"])
def test_blanks_around_a_numeral_are_part_of_its_mark(blank: str, numeral: str) -> None:
    two = "2" if numeral == "1" else "二"
    clauses = [f"第{blank}{each}{blank}條\n各方支持讀書。\n各方感謝。\n" for each in (numeral, two)]
    text = f"讀書章程\n第{blank}一{blank}章 總則\n第{blank}一{blank}節 讀書\n{''.join(clauses)}"
    structure = advise(text, Structure(title="讀書章程")).structure
    assert structure.numbering == f"第{blank}{numeral}{blank}條"
    assert structure.headings == (f"第{blank}一{blank}章", f"第{blank}一{blank}節")
    assert len(parse(Source("statement.txt", text), structure).clauses) == 2


def test_lines_on_how_a_text_came_to_be_stand_below_its_title_and_the_last_is_its_date() -> None:
    text = "\n".join(["读书章程", *HISTORY, "第一条 各方支持读书。", "第二条 各方感谢。"])
    structure = advise(text, Structure(title="读书章程")).structure
    assert structure == Structure(title="读书章程", numbering="第一条", under_title=tuple(HISTORY[:2]))
    statement = parse(Source("statement.txt", text), structure)
    assert (statement.date_line, len(statement.clauses)) == (HISTORY[2], 2)
    assert statement.under == tuple(HISTORY)


def test_no_sentence_stands_above_a_date_that_is_at_the_end() -> None:
    paragraphs = [f"各方就第{number}类书交换意见，一致同意发展读书事业。" for number in "甲乙丙"]
    text = "\n\n".join(["读书共同宣言", *paragraphs, "2021年3月3日于读书城"])
    structure = advise(text, Structure(title="读书共同宣言")).structure
    assert (structure.numbering, structure.under_title, structure.date_line) == ("", (), "end")
    statement = parse(Source("statement.txt", text), structure)
    assert [clause.text for clause in statement.clauses][:3] == paragraphs


@pytest.mark.parametrize("opening", ["附：\n\n书单说明", "附\n\n书单说明", "附：书单说明"])
def test_an_annex_whose_mark_has_no_number_is_no_closing(opening: str) -> None:
    annex = f"{opening}\n\n书单由各方商定。\n\n（一）书要好。\n\n（二）书要多。\n"
    text = f"读书章程\n\n2021-03-03\n\n第一条 各方支持读书。\n\n第二条 各方感谢。\n\n{annex}"
    structure = advise(text, Structure(title="读书章程")).structure
    assert (structure.closing, structure.notes, structure.annex_numbering) == ("", "", "")
    ends = replace(structure, paragraph_ends=("书单说明",) if "\n" in opening else ())
    statement = parse(Source("statement.txt", text), ends)
    assert [heading.whole for heading in statement.headings] == [opening.partition("\n")[0]]
    assert next(clause.address for clause in statement.clauses if clause.name).startswith("annex")


def test_what_an_editor_declared_otherwise_stays_so() -> None:
    text = (
        "读书章程\n\n2000年3月5日通过\n\n2010年4月6日修正\n\n第一条 各方支持。\n\n第二条 各方感谢。\n\n附：\n\n书单。\n"
    )
    declared = Structure(
        title="读书章程", numbering="第一条", preamble=True, paragraph_ends=("4月6日修正",), closing="附："
    )
    assert advise(text, declared).structure.headings is None
    assert advise(text, replace(declared, closing="")).structure.headings == ("附：",)
    date = layout_of(text, declared).date
    assert date is not None
    assert date.text == "2000年3月5日通过"
    assert advise(text, replace(declared, paragraph_ends=())).structure.under_title == ("2000年3月5日通过",)
