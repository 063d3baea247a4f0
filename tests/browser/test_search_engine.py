"""The search's engine, in a real browser: exact over every short piece of the text, in either script."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

import sample
import support
from bench import corpus
from browser.visits import visiting
from pages import EDITIONS

CASES = support.cases("engine")
ASK = """async ([edition, queries]) => {
    const {indexOf} = await import(`/assets/search/index.js`);
    const {placesIn, search} = await import(`/assets/search/engine.js`);
    const index = indexOf(window.data[edition]);
    return queries.map(query => {
        const answer = search(index, query);
        const numbers = answer.results.map(result => index.data.passages[result.passage].number ?? 0);
        const marked = answer.results.map(result => {
            const text = index.data.passages[result.passage].text;
            const places = placesIn(index, result);
            return places.filter((_, each) => each % 2 === 0)
                .map((start, each) => text.slice(start, places[2 * each + 1]));
        });
        return {numbers, marked, via: answer.via, pinyin: answer.pinyin, jump: answer.numbers,
            literal: answer.results.map(result => result.literal)};
    });
}"""
# The same without the marks, for very many queries.
CLAUSES = """async ([edition, queries]) => {
    const {indexOf} = await import(`/assets/search/index.js`);
    const {search} = await import(`/assets/search/engine.js`);
    const index = indexOf(window.data[edition]);
    return queries.map(query => search(index, query).results
        .flatMap(result => index.data.passages[result.passage].number ?? []).sort((a, b) => a - b));
}"""
NEAR = """async ([edition, module, name, query]) => {
    const {indexOf} = await import(`/assets/search/index.js`);
    const found = await import(`/assets/search/${module}.js`);
    return found[name](indexOf(window.data[edition]), query);
}"""


@pytest.fixture(scope="module")
def page(chrome: Browser, base: str, site: Path) -> Any:
    """Yield a page that has both editions' data at hand."""
    data = {edition: json.loads((site / edition / "search.json").read_text("utf-8")) for edition in EDITIONS}
    with visiting(chrome, base) as visit:
        visit.go("zh-hans/")
        visit.page.evaluate("data => { window.data = data }", data)
        yield visit.page


def ask(page: Page, edition: str, *queries: str) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = page.evaluate(ASK, [edition, list(queries)])
    return answers


@cache
def pieces(typed: str) -> list[corpus.Query]:
    """Return every piece of an edition, of up to twelve characters, with the clauses that have it in either script."""
    editions = support.editions()
    text = editions[EDITIONS.index(typed)].statement.clauses
    return corpus.queries(editions, corpus.pieces(clause.text for clause in text))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("typed", EDITIONS)
def test_every_piece_of_the_text_is_found_where_it_is_and_nowhere_else(page: Page, edition: str, typed: str) -> None:
    queries = pieces(typed)
    assert len(queries) > 8 * sum(len(clause.text) for clause in support.parse_statement().clauses)
    found = page.evaluate(CLAUSES, [edition, [query.text for query in queries]])
    for query, numbers in zip(queries, found, strict=True):
        assert numbers == sorted(query.numbers), query


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_is_not_in_the_text_is_not_found(page: Page, edition: str) -> None:
    absent = corpus.absent(support.editions(), 200)
    assert [answer["numbers"] for answer in ask(page, edition, *absent)] == [[]] * 200


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_is_marked_is_what_is_there(page: Page, edition: str) -> None:
    every = [query.text for query in pieces(edition)][::7]
    for piece, answer in zip(every, ask(page, edition, *every), strict=True):
        assert answer["literal"] == sorted(answer["literal"], reverse=True), "literal ones come first"
        for literal, marks in zip(answer["literal"], answer["marked"], strict=True):
            assert marks
            if literal and corpus.stripped(piece) == piece:
                assert piece in [corpus.stripped(mark) for mark in marks]


def test_one_literal_place_makes_a_result_literal(page: Page) -> None:
    (answer,) = ask(page, "zh-hans", CASES["literal"]["typed"])
    literal = dict(zip(answer["numbers"], answer["literal"], strict=True))
    assert literal[CASES["literal"]["clause"]], "it has it so, and then with another mark"


@pytest.mark.parametrize(("edition", "query", "numbers"), CASES["found"])
def test_words_are_found_as_readers_type_them(page: Page, edition: str, query: str, numbers: list[int]) -> None:
    (answer,) = ask(page, edition, query)
    assert [number for number in answer["numbers"] if number] == numbers


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(
    "marks", ['""', "＂＂", "“”", "”“", "””", "„“", "‘’", "''", "「」", "『』", "﹁﹂", "｢｣", "«»", "〝〞"]
)
def test_a_phrase_in_any_kind_of_quotation_marks_is_found_as_it_stands(page: Page, edition: str, marks: str) -> None:
    case = CASES["phrase"]
    found, split = ask(page, edition, case["phrase"].join(marks), case["split"].join(marks))
    assert found["numbers"] == case["found"]
    assert split["numbers"] == []
    spaced = words_of(page, f"{'a b'.join(marks)} c")
    assert spaced == [{"text": "a b", "phrase": True}, {"text": "c", "phrase": False}]


def words_of(page: Page, query: str) -> Any:
    return page.evaluate(
        "async query => (await import('/assets/search/query.js')).wordsOf(query)",
        query,
    )


@pytest.mark.parametrize(("query", "via", "numbers"), CASES["names"])
def test_other_names_find_what_the_text_calls_otherwise(page: Page, query: str, via: str, numbers: list[int]) -> None:
    (answer,) = ask(page, "zh-hans", query)
    assert answer["via"] == [via]
    assert [number for number in answer["numbers"] if number] == numbers


@pytest.mark.parametrize(("query", "numbers"), CASES["pinyin"])
def test_pinyin_is_tried_last(page: Page, query: str, numbers: list[int]) -> None:
    (answer,) = ask(page, "zh-hant", query)
    assert [number for number in answer["numbers"] if number] == numbers
    assert answer["pinyin"] == bool(numbers)


def test_names_and_pinyin_stand_back_behind_what_the_text_says(page: Page) -> None:
    (answer,) = ask(page, "zh-hans", CASES["both"]["typed"])
    assert (answer["via"], answer["pinyin"]) == (CASES["both"]["via"], False)
    named = page.evaluate(
        """async ({name, word}) => {
            const {indexOf} = await import("/assets/search/index.js");
            const {search} = await import("/assets/search/engine.js");
            const data = window.data["zh-hans"];
            return search(indexOf({...data, names: [[name, [word]]]}), word);
        }""",
        CASES["named"],
    )
    assert (named["via"], len(named["results"])) == ([], 1)


def test_a_mark_before_a_word_counts_when_it_is_told_whether_it_stands_so(page: Page) -> None:
    (answer,) = ask(page, "zh-hans", CASES["before"]["typed"])
    found = {str(number): literal for number, literal in zip(answer["numbers"], answer["literal"], strict=True)}
    assert found == CASES["before"]["literal"]


@pytest.mark.parametrize(("query", "jump"), CASES["numbers"])
def test_numbers_name_clauses(page: Page, query: str, jump: list[int]) -> None:
    (answer,) = ask(page, "zh-hans", query)
    assert answer["jump"] == (jump or None)


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "\u3000",
        "<img src=x onerror=alert(1)>",
        "x" * 10_000,
        "😀",
        ".*+?^${}()|[]\\",
        "\0",
        "“",
        "”“",
    ],
)
def test_hostile_queries_find_nothing_that_is_not_there(page: Page, query: str) -> None:
    (answer,) = ask(page, "zh-hans", query)
    assert all(query in "".join(marks) for marks in answer["marked"])


def test_half_a_surrogate_pair_finds_nothing(page: Page) -> None:
    halved = ASK.replace("queries.map", "['\\ud800', '的\\udc00'].map")
    assert [answer["numbers"] for answer in page.evaluate(halved, ["zh-hans", []])] == [[], []]


def test_the_nearest_is_one_character_off_or_the_longest_term_and_always_whole(page: Page) -> None:
    for edition, query, text in CASES["close"]:
        near = page.evaluate(NEAR, [edition, "near", "nearest", query])
        assert (near["kind"], near["text"]) == ("close", text)
    for query, text in CASES["part"]:
        part = page.evaluate(NEAR, ["zh-hans", "near", "nearest", query])
        assert (part["kind"], part["text"]) == ("part", text)
    for broken in CASES["far"]:
        assert page.evaluate(NEAR, ["zh-hans", "near", "nearest", broken]) is None, broken


def test_numbers_are_read_as_high_as_a_text_may_go(page: Page) -> None:
    found = page.evaluate(
        """async queries => {
            const {numbersOf} = await import("/assets/numbers.js");
            return queries.map(query => numbersOf(query)?.[0]);
        }""",
        ["一百零五", "第一百一十段", "一〇五", "两百", "九千九百九十九", "一千零一", "百", "二十"],
    )
    assert found == [105, 110, 105, None, 9999, 1001, 100, 20]


def test_a_misquotation_is_told_from_a_difference_of_script(page: Page) -> None:
    for case in CASES["misquoted"]:
        found = page.evaluate(NEAR, ["zh-hans", "quote", "compare", case["typed"]])
        number = page.evaluate("passage => window.data['zh-hans'].passages[passage].number", found["passage"])
        assert number == case["clause"]
        assert found["differs"]
        kinds = [[run["kind"], run["typed"], run["text"]] for run in found["runs"] if run["kind"] != "same"]
        assert kinds == case["kinds"]
    for stranger in CASES["strangers"]["typed"]:
        assert page.evaluate(NEAR, ["zh-hans", "quote", "compare", stranger]) is None


SNIPPET = """async ([text, word, room]) => {
    const {snippet} = await import("/assets/search/snippet.js");
    const places = [...text.matchAll(word)].flatMap(({index}) => [index, index + word.length]);
    const words = [...new Intl.Segmenter("zh", {granularity: "word"}).segment(text)].map(({index}) => index);
    return [snippet(text, places, room), words];
}"""


@pytest.mark.parametrize("room", [30, 60, 120])
def test_a_result_shows_as_much_as_fits_with_every_place(page: Page, room: int) -> None:
    for clause in support.editions()[0].statement.clauses:
        for word in (sample.BEGINNING, sample.COMMON, "、", sample.SHARED):
            count = clause.text.count(word)
            if not count:
                continue
            pieces, begins = page.evaluate(SNIPPET, [clause.text, word, room])
            assert [piece["text"] for piece in pieces if piece["kind"] == "hit"] == [word] * count
            shown = "".join(piece["text"] for piece in pieces if piece["kind"] != "gap")
            assert shown == clause.text or count * 12 > room or room - 8 * count - 4 <= len(shown) <= room
            position = 0
            for before, after in pairwise(pieces):
                position = clause.text.index(before["text"], position) if before["kind"] != "gap" else position
                if before["kind"] == "gap" and after["kind"] == "text":
                    assert after["text"][0] not in "，。、；：？！”’）"
                    assert clause.text.index(after["text"], position) in begins, "it begins with a word"
                if before["kind"] == "text" and after["kind"] == "gap":
                    assert position + len(before["text"]) in begins, "it ends with a word"
