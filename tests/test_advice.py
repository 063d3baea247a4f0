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
    assert all(scheme(sample) for sample in KNOWN if sample != "附件：")


def test_lines_that_close_a_text_before_its_annex_are_told_from_headings() -> None:
    text = "声明\n\n2021-03-03\n\n1、我们支持。\n\n双方代表　2021年3月3日签署\n\n附件一　办法\n\n办法由各方商定。\n"
    structure = advise(text, Structure(title="声明")).structure
    assert (structure.closing, structure.headings) == ("双方代表　2", ("附件一",))
