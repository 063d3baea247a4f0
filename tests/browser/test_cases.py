"""What people type and paste, each with what they have to be told: `tests/cases/search.toml`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

import support
from browser.visits import visiting

CASES = tomllib.loads((support.ROOT / "tests" / "cases" / "search.toml").read_text("utf-8"))["cases"]
PREPARE = """async ([edition, data, words]) => {
    const {indexOf} = await import("/assets/search/index.js");
    const {consult} = await import("/assets/search/consult.js");
    const view = await import("/assets/search/view.js");
    const index = indexOf(data);
    const differences = quotation => (quotation?.runs ?? [])
        .filter(run => run.kind === "wording")
        .map(({typed, text}) => (typed ? (text ? words.instead : words.extra) : words.missing)
            .replace("{typed}", typed).replace("{text}", text));
    window.reply = (window.reply ?? {});
    window.reply[edition] = typed => {
        const reply = consult(index, typed);
        const {first, results} = view.entriesOf(index, words, reply);
        const named = new Set(first.map(({passage}) => passage));
        const entries = [...first, ...results.filter(({passage}) => !named.has(passage))];
        const options = entries.map(entry => view.optionOf(index, words, entry,
            {href: view.addressOf(index, entry, location.href), id: "x", room: 60}));
        return {
            said: view.sentencesOf(index, words, reply).join(""),
            found: reply.quotation ? [] : options.map(option => option.querySelector("b").textContent),
            notes: options.map(option => option.querySelector(".hit__note")?.textContent ?? ""),
            differs: differences(reply.quotation),
            offered: view.offersOf(words, reply).texts,
            place: options[0] ? decodeURIComponent(new URL(options[0].href).hash) : "",
            same: Boolean(reply.quotation) && !reply.quotation.differs,
            passage: reply.quotation?.passage ?? -1,
        };
    };
}"""


@pytest.fixture(scope="module")
def page(chrome: Browser, base: str, site: Path) -> Iterator[Page]:
    with visiting(chrome, base) as visit:
        visit.go("zh-hans/about/")
        for edition in ("zh-hans", "zh-hant"):
            data, words = (json.loads((site / edition / f"{name}.json").read_bytes()) for name in ("search", "words"))
            visit.page.evaluate(PREPARE, [edition, data, words])
        yield visit.page
        assert visit.wrong == []


def reply(page: Page, typed: str, edition: str = "zh-hans") -> dict[str, Any]:
    answer: dict[str, Any] = page.evaluate("([edition, typed]) => window.reply[edition](typed)", [edition, typed])
    return answer


@pytest.mark.parametrize("case", CASES, ids=[case["typed"][:24] for case in CASES])
def test_it_is_answered_as_it_should_be(page: Page, case: dict[str, Any]) -> None:
    answer = reply(page, case["typed"], case.get("edition", "zh-hans"))
    at = 0
    for part in case.get("said", []):
        at = answer["said"].find(part, at)
        assert at >= 0, answer
    for key in ("found", "notes", "differs", "offered", "place"):
        if key in case:
            assert answer[key] == case[key], answer


TEXTS = [clause.text for clause in support.editions()[0].statement.clauses]
SENTENCES = [
    (number, span.of(clause.text))
    for number, clause in enumerate(support.editions()[0].statement.clauses, 1)
    for span in clause.sentences
    if len(span.of(clause.text)) >= 24
]
RADICALS = {
    "民": "⺠",
    "长": "⻓",
    "见": "⻅",
    "车": "⻋",
    "贝": "⻉",
    "门": "⻔",
    "风": "⻛",
    "用": "⽤",
    "生": "⽣",
    "力": "⼒",
}
NOISE = st.sampled_from([" ", "\n", "\u3000", "\u200b", "\ufe00", "\u00ad", "\u3164"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_verbatim_quotation_is_the_same_text_whatever_was_done_to_it(page: Page, data: st.DataObject) -> None:
    number, sentence = data.draw(st.sampled_from(SENTENCES))
    places = data.draw(st.sets(st.integers(1, len(sentence) - 1), max_size=6))
    broken = "".join((data.draw(NOISE) if at in places else "") + character for at, character in enumerate(sentence))
    for plain, double in RADICALS.items():
        if data.draw(st.booleans()):
            broken = broken.replace(plain, double)
    head = data.draw(st.sampled_from(["", f"{number}、", f"{number}．", "“", f"{number} "]))
    tail = data.draw(
        st.sampled_from(["", f"（第{number}段）", "[7]", f"\n——《联合声明》（2020年6月18日），第{number}段"])
    )
    answer = reply(page, f"{head}{broken}{tail}")
    assert answer["same"] or (answer["differs"] == [] and answer["found"]), (f"{head}{broken}{tail}", answer)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_planted_difference_is_named_exactly(page: Page, data: st.DataObject) -> None:
    _, sentence = data.draw(st.sampled_from(SENTENCES))
    kind = data.draw(st.sampled_from(["omitted", "added", "changed"]))
    # Away from the ends, and of characters that are not punctuation.
    at = data.draw(
        st.integers(6, len(sentence) - 8).filter(lambda at: sentence[at].isalpha() and sentence[at - 1].isalpha())
    )
    if kind == "added":
        answer = reply(page, f"{sentence[:at]}龘{sentence[at:]}")
        assert answer["differs"] == ["引文多“龘”"], answer
    elif kind == "changed":
        answer = reply(page, f"{sentence[:at]}龘{sentence[at + 1 :]}")
        assert answer["differs"] == [f"引文作“龘”，原文作“{sentence[at]}”"], answer
    else:
        answer = reply(page, f"{sentence[:at]}{sentence[at + 1 :]}")
        # Which of two equal characters in a row was left out cannot be told.
        assert answer["differs"] == [f"引文缺“{sentence[at]}”"], answer


def test_no_input_takes_long(page: Page) -> None:
    """Compared within one run, beside a sentence of the text: whatever is pasted, it is not read for ever."""
    timed = """([typed]) => {
        const start = performance.now();
        window.reply["zh-hans"](typed);
        return performance.now() - start;
    }"""
    for typed in ("“" * 50_000, "的" * 19_999, "a b " * 5_000, "（" * 19_000, "第7段" * 5_000, "7、" * 9_000):
        assert page.evaluate(timed, [typed]) < 1_000, typed[:5]
