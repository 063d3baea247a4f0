"""The places and words that tests take for any others are what `tests/cases/sample.toml` says that they are."""

from __future__ import annotations

import pytest

import sample
import support

SOURCE = support.editions()[0]
CLAUSES = {clause.number: clause.text for clause in SOURCE.statement.clauses}
HEADINGS = [SOURCE.statement.title, *(heading.title for heading in SOURCE.statement.headings)]


def having(word: str) -> list[int]:
    return [number for number, text in CLAUSES.items() if word in text]


def test_the_theme_has_a_heading_neighbours_and_three_clauses() -> None:
    assert sample.PART.numeral
    assert SOURCE.parts.index(sample.PART) not in (0, len(SOURCE.parts) - 1)
    assert len(sample.PART.clauses) >= 3


def test_the_clause_stands_within_the_theme_and_has_sentences() -> None:
    assert sample.NUMBER in [clause.number for clause in sample.PART.clauses[1:-1]]
    clause = SOURCE.statement.clauses[sample.NUMBER - 1]
    assert len(clause.sentences) >= 2
    assert not clause.marks


@pytest.mark.parametrize(("term", "is_converted"), [(sample.TERM, False), (sample.CONVERTED_TERM, True)])
def test_a_term_is_named_twice_in_the_clause_and_nowhere_else(term: str, is_converted: bool) -> None:
    words = [sample.word(term, edition.id) for edition in support.editions()]
    assert (words[0] != words[1]) == is_converted
    assert CLAUSES[sample.NUMBER].count(words[0]) == 2
    assert having(words[0]) == [sample.NUMBER]
    assert not any(words[0] in heading for heading in HEADINGS)
    assert [each.clause for each in SOURCE.mentions if each.term == term] == [sample.NUMBER] * 2


def test_one_term_is_named_by_headings_alone() -> None:
    assert not any(each.term == sample.HEADING_TERM for each in SOURCE.mentions)
    assert any(sample.word(sample.HEADING_TERM, SOURCE.id) in heading for heading in HEADINGS)


def test_words_are_where_they_are_said_to_be() -> None:
    several, common = having(sample.SEVERAL), having(sample.COMMON)
    assert len(several) >= 3
    assert len({sample.theme_of(number) for number in several}) >= 2
    assert len(common) >= 10
    assert common[0] == 1
    assert sample.COMMON in HEADINGS[0]
    assert len(having(sample.BEGINNING)) > len(CLAUSES) / 2
    assert any(text.count(sample.BEGINNING) > 1 for text in CLAUSES.values())
    assert {clause.number for clause in sample.PART.clauses} <= set(having(sample.SHARED))
    for word in (sample.SEVERAL, sample.BEGINNING, sample.SHARED):
        assert not any(word in heading for heading in HEADINGS)
