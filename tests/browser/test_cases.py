"""What people type and paste, each with what they have to be told: `tests/cases/search.toml`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

import sample
import support
from browser.visits import visiting

CASES = support.cases("search")["cases"]
COPIES = support.cases("search")["copies"]
PREPARE = """async ([edition, data, words]) => {
    const {indexOf} = await import("/assets/search/index.js");
    const {consult} = await import("/assets/search/consult.js");
    const {compareWhole} = await import("/assets/search/whole.js");
    const view = await import("/assets/search/view.js");
    const index = indexOf(data);
    const differences = quotation => (quotation?.runs ?? [])
        .filter(run => run.kind === "wording")
        .map(({typed, text}) => (typed ? (text ? words.instead : words.extra) : words.missing)
            .replace("{typed}", typed).replace("{text}", text));
    window.reply = (window.reply ?? {});
    window.reply[edition] = typed => {
        const reply = consult(index, typed, {compareWhole});
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
            listed: options.flatMap(option => [...option.querySelectorAll(".hit__list > span")])
                .map(each => each.textContent),
            place: options[0] ? decodeURIComponent(new URL(options[0].href).hash) : "",
            same: Boolean(reply.quotation) && !reply.quotation.differs,
            whole: reply.whole && {
                differ: reply.whole.copied.filter(({differs}) => differs).map(({passage, runs, marks}) => [
                    index.data.passages[passage].number ?? 0,
                    differences({runs}),
                    marks.map(({typed, text}) => `${typed}→${text}`),
                ]),
                missing: reply.whole.missing.map(passage => index.data.passages[passage].number),
                added: reply.whole.added,
                same: reply.whole.copied
                    .filter(({differs, passage}) => !differs && index.data.passages[passage].number).length,
            },
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
    for key in ("found", "notes", "differs", "offered", "listed", "place"):
        if key in case:
            assert answer[key] == case[key], answer


TEXTS = [clause.text for clause in support.editions()[0].statement.clauses]
SENTENCES = [
    (number, span.of(clause.text))
    for number, clause in enumerate(support.editions()[0].statement.clauses, 1)
    for span in clause.sentences
    if len(span.of(clause.text)) >= 24
]
# What another site may quote with: the last piece of the title, the date and the clause.
SOURCE = (
    f"《{support.editions()[0].particulars.title_phrases[-1]}》{support.golden('facts')['source'].partition('》')[2]}"
)
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
    tail = data.draw(st.sampled_from(["", f"（第{number}段）", "[7]", f"\n——{SOURCE.format(clause=number)}"]))
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
        assert answer["differs"] == ["引文多出【龘】"], answer
    elif kind == "changed":
        answer = reply(page, f"{sentence[:at]}龘{sentence[at + 1 :]}")
        assert answer["differs"] == [f"引文作【龘】，这里作【{sentence[at]}】"], answer
    else:
        answer = reply(page, f"{sentence[:at]}{sentence[at + 1 :]}")
        # Which of two equal characters in a row was left out cannot be told.
        assert answer["differs"] == [f"引文缺【{sentence[at]}】"], answer


def test_no_input_takes_long(page: Page) -> None:
    """Compared within one run, beside a sentence of the text: whatever is pasted, it is not read for ever."""
    timed = """([typed]) => {
        const start = performance.now();
        window.reply["zh-hans"](typed);
        return performance.now() - start;
    }"""
    for typed in (
        "“" * 50_000,
        "的" * 19_999,
        "a b " * 5_000,
        "（" * 19_000,
        f"第{sample.NUMBER}段" * 5_000,
        f"{sample.NUMBER}、" * 9_000,
    ):
        assert page.evaluate(timed, [typed]) < 1_000, typed[:5]


def copy(edition: int = 0, changed: Mapping[int, str] = MappingProxyType({})) -> str:
    """Return the whole text as another site prints it: with its own page numbers, and notes, on lines of their own."""
    lines = [
        support.editions()[edition].statement.title,
        f"来源：某网　{support.editions()[edition].statement.date_line}",
    ]
    headings = {heading.first: heading for heading in support.editions()[edition].statement.headings}
    for clause in support.editions()[edition].statement.clauses:
        if clause.number in headings:
            lines.append(f"{headings[clause.number].numeral}、{headings[clause.number].title}")
        text = changed.get(clause.number, clause.text)
        if text:
            lines.append(f"{clause.number}. {text}")
    return "\n\n".join(lines)


def test_a_whole_copy_of_the_text_is_the_same_in_every_clause(page: Page) -> None:
    for edition, name in enumerate(("zh-hans", "zh-hant")):
        for typed in (
            copy(edition),
            copy(1 - edition),
            copy(edition).replace("\n", ""),
            copy(edition).replace("，", ","),
        ):
            whole = reply(page, typed, name)["whole"]
            assert whole["differ"] == [], whole
            assert (whole["same"], whole["missing"]) == (len(TEXTS), [])


@pytest.mark.parametrize("case", COPIES)
def test_every_difference_of_a_whole_copy_is_named_by_clause(page: Page, case: dict[str, Any]) -> None:
    changed = {case["left_out"]: ""}
    for number, old, new in case["changed"]:
        changed[number] = changed.get(number, TEXTS[number - 1]).replace(old, new, 1)
    number, sentence = case["added"]
    changed[number] = f"{TEXTS[number - 1]}{sentence}。"
    whole = reply(page, copy(changed=changed))["whole"]
    assert whole["missing"] == [case["left_out"]]
    found = {number: (words, marks) for number, words, marks in whole["differ"]}
    assert set(found) == {each["clause"] for each in case["differ"]}, whole
    assert whole["same"] == len(TEXTS) - 1 - len(case["differ"])
    for each in case["differ"]:
        words, marks = found[each["clause"]]
        assert words in each["words"]
        assert marks == each["marks"]
    assert whole["added"][1:] == [sentence]
    assert "来源：某网" in whole["added"][0]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_planted_difference_in_a_whole_copy_is_found_where_it_is(page: Page, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, len(TEXTS)))
    text = TEXTS[number - 1]
    at = data.draw(st.integers(2, len(text) - 3).filter(lambda at: text[at].isalpha() and text[at - 1].isalpha()))
    whole = reply(page, copy(changed={number: f"{text[:at]}龘{text[at + 1 :]}"}))["whole"]
    assert whole["differ"] == [[number, [f"引文作【龘】，这里作【{text[at]}】"], []]], whole


def test_a_whole_copy_is_compared_in_less_time_than_a_reader_notices(page: Page) -> None:
    timed = """([typed, once]) => {
        window.reply["zh-hans"](typed);
        const start = performance.now();
        window.reply["zh-hans"](typed);
        const first = performance.now() - start;
        const again = performance.now();
        for (let each = 0; each < 200; each += 1) window.reply["zh-hans"](once);
        return [first, performance.now() - again];
    }"""
    whole, sentences = page.evaluate(timed, [copy(), sample.text_of("zh-hans")[:60]])
    # Beside two hundred quotations in the same run, which take some tenths of a millisecond each.
    assert whole < sentences, (whole, sentences)
