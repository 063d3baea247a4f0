"""The benchmarks' own parts: a corpus that is what it says, and tables that flatter nobody."""

from __future__ import annotations

import support
from bench import corpus, report, taking
from publish import formats


def test_a_made_up_statement_has_as_many_clauses_of_the_statements_own_sentences() -> None:
    editions = support.editions()
    own = [
        {span.of(clause.text) for clause in edition.statement.clauses for span in clause.sentences}
        for edition in editions
    ]
    made = corpus.scaled(editions, 100)
    assert made == corpus.scaled(editions, 100), "the same each time"
    for edition, sentences in zip(made, own, strict=True):
        assert [clause.number for clause in edition.statement.clauses] == list(range(1, 101))
        assert [clause for part in edition.parts for clause in part.clauses] == list(edition.statement.clauses)
        assert all(span.of(each.text) in sentences for each in edition.statement.clauses for span in each.sentences)
    for clauses in (made, corpus.scaled(editions, len(own[0]))):
        for edition in clauses:
            texts = {str(clause.number): clause.text for clause in edition.statement.clauses}
            for each in edition.readings:
                assert each.text in texts[str(each.clause)], "other wordings are of its own clauses"
    lengths = [[len(clause.text) for clause in edition.statement.clauses] for edition in made]
    assert lengths[0] == lengths[1], "the editions are paired"


def test_every_piece_of_up_to_twelve_characters_is_a_query_with_the_clauses_that_have_it() -> None:
    assert corpus.pieces(["甲乙 丙"]) == ["丙", "乙", "乙 丙", "甲", "甲乙", "甲乙 丙"]
    editions = support.editions()
    case = support.cases("engine")["scanned"]
    expected = {text: set(numbers) for text, numbers in case["clauses"]}
    expected[case["everywhere"]] = {clause.number for clause in support.parse_statement().clauses}
    found = {query.text: set(query.numbers) for query in corpus.queries(editions, expected)}
    assert found == expected


def test_absent_strings_are_absent() -> None:
    editions = support.editions()
    strings = corpus.absent(editions, 200)
    assert len(set(strings)) > 190
    assert all(not query.numbers for query in corpus.queries(editions, strings))


def test_a_hundred_percent_is_said_only_of_all() -> None:
    assert report._percent(100_000, 100_000) == "100"
    assert report._percent(99_999, 100_000) == "99.9"
    assert report._percent(1, 100_000) == "0.1"
    assert report._percent(0, 100_000) == "0.0"


def test_formats_are_listed_with_their_times_and_their_files_with_their_sizes() -> None:
    times = dict.fromkeys(formats.NAMES, 1.234)
    rows = [{"clauses": 14, "seconds": times, "sizes": {"data/a.pdf": 345_678}}]
    table = taking.markdown([*rows, {**rows[0], "clauses": 1_000, "sizes": {"data/a.pdf": 9_876_543}}])
    assert "| format | 14 | 1,000 |" in table
    assert [f"| {name} | 1.23 | 1.23 |" in table for name in formats.NAMES] == [True] * len(formats.NAMES)
    assert "| a.pdf | 346 | 9,877 |" in table
