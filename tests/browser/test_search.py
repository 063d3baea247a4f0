"""The search as a reader meets it: typed into the page, in real Chromium, in both editions."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

import sample
import support
from browser.visits import Visit, visiting
from publish import export
from statement import convert

Dialog = Callable[..., Visit]
CASES = support.cases("dialog")

RESULTS = ".box__list [role=option]"
MARKED = """() => [...(CSS.highlights.get("hit") ?? [])].map(range =>
    [range.startContainer.parentElement.closest("[id^=p],h1,h2").id.split("s")[0], range.toString()])"""


@pytest.fixture
def visit(chrome: Browser, base: str) -> Iterator[Visit]:
    """Yield a visit on which nothing may go wrong."""
    with visiting(chrome, base) as made:
        yield made
        assert made.wrong == []


@pytest.fixture(scope="module")
def dialogs(chrome: Browser, base: str) -> Iterator[dict[str, Visit]]:
    """Yield a visit to each edition, kept for all tests that only ask something in the dialog."""
    with visiting(chrome, base) as simplified, visiting(chrome, base) as traditional:
        yield {"zh-hans": simplified, "zh-hant": traditional}


@pytest.fixture(scope="module")
def visit_results(chrome: Browser, base: str) -> Iterator[Visit]:
    """Yield a visit kept for the page of results, which is loaded anew for each address."""
    with visiting(chrome, base) as made:
        yield made


@pytest.fixture
def dialog(dialogs: dict[str, Visit]) -> Iterator[Dialog]:
    """Yield a way to the open dialog of an edition, in which nothing may go wrong."""

    def opened(edition: str = "zh-hans") -> Visit:
        visit = dialogs[edition]
        if visit.page.locator("dialog[open]").count() == 0:
            open_search(visit, f"{edition}/about/")
        visit.page.focus(".box__field")
        return visit

    yield opened
    assert [visit.wrong for visit in dialogs.values()] == [[], []]


def open_search(visit: Visit, page: str = f"zh-hans/{sample.THEME}/") -> None:
    """Open a page, and on it the dialog, and wait until it answers."""
    visit.go(page)
    visit.page.keyboard.press("/")
    expect(visit.page.locator("dialog .box__foot a:not([data-switch])")).to_be_visible()


def ask(visit: Visit, query: str) -> list[str]:
    """Put a query into the field in place of what is there, and return the names of the results."""
    visit.page.keyboard.press("Control+A")
    visit.page.keyboard.insert_text(query)
    return names(visit.page)


def names(page: Page) -> list[str]:
    return page.locator(f"{RESULTS} .hit__head b").all_inner_texts() if page.locator(RESULTS).count() else []


def status(visit: Visit) -> str:
    return visit.page.locator(".box__status").inner_text()


def query_in(url: str) -> str:
    return parse_qs(urlsplit(url).query).get("q", [""])[0]


def settled(visit: Visit, query: str) -> None:
    """Wait until the address has a query."""
    visit.page.wait_for_url(lambda url: query_in(url) == query)


def whole_text() -> str:
    return "\n".join(clause.text for clause in support.editions()[0].statement.clauses)


def test_what_compares_whole_copies_is_fetched_for_one_only(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url.rsplit("/")[-1]))
    open_search(visit)
    ask(visit, sample.WORD)
    ask(visit, whole_text()[:200])
    assert not [name for name in asked if name.startswith("whole.")]
    ask(visit, whole_text())
    expect(visit.page.locator(".box__status")).to_contain_text("都相同")
    ask(visit, whole_text().replace("，", "。", 1))
    expect(visit.page.locator(".box__status")).to_contain_text("1段有不同")
    assert len([name for name in asked if name.startswith("whole.")]) == 1


def test_what_compares_whole_copies_is_asked_for_again_when_it_could_not_be_had(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        visit.page.route("**/whole.*.js*", lambda route: route.abort())
        open_search(visit)
        ask(visit, whole_text())
        expect(visit.page.locator(".box__status")).to_contain_text("加载失败")
        visit.page.unroute("**/whole.*.js*")
        ask(visit, f"{whole_text()}。")
        expect(visit.page.locator(".box__status")).to_contain_text("都相同")


def test_a_comparison_that_comes_late_replaces_no_newer_answer(visit: Visit) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    visit.page.route("**/whole.*.js*", hold)
    open_search(visit)
    ask(visit, whole_text())
    found = ask(visit, sample.WORD)
    visit.page.wait_for_timeout(100)
    held[0].continue_()
    visit.page.wait_for_timeout(300)
    assert found
    assert names(visit.page) == found


@pytest.mark.parametrize(("edition", "query", "expected"), CASES["found"])
def test_words_are_found_as_they_are_typed(dialog: Dialog, edition: str, query: str, expected: list[str]) -> None:
    visit = dialog(edition)
    assert ask(visit, query) == expected
    marks = visit.page.locator(f"{RESULTS} mark").all_inner_texts()
    assert bool(marks) == bool(expected)


def test_typing_key_by_key_answers_at_every_key(visit: Visit) -> None:
    open_search(visit)
    case = CASES["keys"]
    for key, count in zip(case["typed"], case["counts"], strict=True):
        visit.page.keyboard.type(key)
        assert len(names(visit.page)) == count
    assert status(visit).startswith(case["said"])


@pytest.mark.parametrize("query", CASES["number"]["typed"])
def test_a_number_leads_to_its_clause_first(dialog: Dialog, query: str) -> None:
    case = CASES["number"]
    visit = dialog()
    ask(visit, sample.WORD)
    assert ask(visit, query)[0] == case["found"]
    assert status(visit) == case["said"]
    leads = visit.page.locator(RESULTS).first.evaluate("option => option.href")
    assert leads == f"{visit.base}zh-hans/{case['place']}"


def test_enter_opens_the_clause_that_a_number_names(visit: Visit) -> None:
    open_search(visit)
    ask(visit, CASES["number"]["enter"])
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(f"{visit.base}zh-hans/{CASES['number']['place']}")


def test_a_range_of_numbers_leads_to_its_clauses_and_numbers_find_the_text_too(dialog: Dialog) -> None:
    visit = dialog()
    for case in (CASES["range"], CASES["also_text"]):
        assert ask(visit, case["typed"]) == case["found"]
        assert status(visit) == case["said"]
    assert CASES["also_text"]["second"] in visit.page.locator(RESULTS).nth(1).inner_text()


def test_a_clause_that_a_number_names_and_that_has_it_too_is_shown_once_with_its_marks(dialog: Dialog) -> None:
    case = CASES["numeral"]
    visit = dialog()
    found = ask(visit, case["typed"])
    assert found[0] == case["first"]
    assert len(found) == len(set(found)), "one a clause"
    assert visit.page.locator(RESULTS).first.locator("mark").count() == case["marks"]
    for index, expected in enumerate(case["filtered"], 1):
        visit.page.locator(".box__filter button").nth(index).click()
        assert names(visit.page) == expected


@pytest.mark.parametrize(("edition", "query", "said"), CASES["said"])
def test_what_was_looked_for_instead_is_said(dialog: Dialog, edition: str, query: str, said: str) -> None:
    visit = dialog(edition)
    ask(visit, query)
    assert status(visit).startswith(said)


def test_what_is_not_there_is_said_not_to_be_there(dialog: Dialog) -> None:
    visit = dialog("zh-hant")
    assert ask(visit, CASES["absent"]["typed"]) == []
    for part in CASES["absent"]["said"]:
        assert part in status(visit)
    assert visit.page.locator(".box__list").is_hidden()
    field = visit.page.locator(".box__field")
    assert field.get_attribute("aria-expanded") == "false"


@pytest.mark.parametrize(("query", "words", "offered"), CASES["nearest"])
def test_the_nearest_is_offered_and_is_no_result(dialog: Dialog, query: str, words: str, offered: str) -> None:
    visit = dialog()
    assert ask(visit, query) == []
    offer = visit.page.locator(".box__offer")
    assert offer.inner_text() == words + offered
    offer.locator("button").click()
    assert names(visit.page)
    assert visit.page.locator(".box__field").input_value() == offered.strip("“”")
    assert offer.is_hidden()


@pytest.mark.parametrize(("edition", "query", "said", "offered"), CASES["apart"])
def test_words_that_are_nowhere_together_are_not_said_to_be_nowhere(
    dialog: Dialog, edition: str, query: str, said: str, offered: str
) -> None:
    visit = dialog(edition)
    assert ask(visit, query) == []
    assert status(visit).startswith(said)
    offer = visit.page.locator(".box__offer")
    assert offer.inner_text() == offered
    for index, button in enumerate(offer.locator("button").all_inner_texts()):
        offer.locator("button").nth(index).click()
        assert visit.page.locator(".box__field").input_value().replace('"', "") == button[1:-1]
        assert names(visit.page)
        ask(visit, query)


def test_a_misquotation_is_shown_with_what_differs(visit: Visit) -> None:
    case = CASES["misquoted"]
    open_search(visit)
    assert ask(visit, case["typed"]) == case["found"]
    assert status(visit) == case["said"]
    option = visit.page.locator(RESULTS)
    assert option.locator("del").all_inner_texts() == case["deleted"]
    assert option.locator(".hit__script").all_inner_texts() == case["script"]
    assert option.locator(".hit__list span").all_inner_texts() == case["listed"]
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(f"**#{case['marked'][0][0]}")
    visit.page.wait_for_selector(".found")
    assert visit.page.evaluate(MARKED) == case["marked"]


@pytest.mark.parametrize(("quotation", "found", "verdict"), CASES["verdicts"])
def test_a_quotation_gets_its_verdict(dialog: Dialog, quotation: str, found: str, verdict: str) -> None:
    visit = dialog()
    assert ask(visit, quotation)[0] == found
    assert status(visit) == verdict


def test_a_quotation_from_two_clauses_leads_to_the_first(visit: Visit) -> None:
    case = CASES["across"]
    open_search(visit, "zh-hant/")
    ask(visit, case["typed"])
    assert visit.page.locator(f"{RESULTS} del").all_inner_texts() == case["deleted"]
    assert visit.page.locator(f"{RESULTS} .hit__text").inner_text().startswith(case["begins"])
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(f"{visit.base}zh-hant/{case['place']}")


@pytest.mark.parametrize(
    "query",
    [
        "<img src=x onerror=alert(1)>",
        "<script>alert(1)</script>",
        "x" * 10_000,
        "的" * 10_000,
        "😀👩‍👩‍👧‍👦",
        ".*+?^${}()|[]\\",
        "{query}{where}",
        "%E4%B8%00",
        "__proto__",
        "constructor",
        "“",
        "\u202e反\u202c",
        "? # & = +",
    ],
)
def test_hostile_input_does_no_harm(dialog: Dialog, visit_results: Visit, query: str) -> None:
    visit = dialog()
    ask(visit, query)
    assert status(visit)
    assert visit.page.locator("dialog img, dialog script, dialog svg").count() == 0
    if names(visit.page) == [] and len(query) < 40 and " & " not in query:
        said = visit.page.locator(".box__status").evaluate("status => status.textContent")
        assert f"没有找到“{query}”。" in said
    if len(query) < 400:
        settled(visit, query.strip())
    visit_results.go(f"zh-hans/search/?q={quote(query[:400])}")
    expect(visit_results.page.locator(".box__status strong")).not_to_be_empty()
    assert visit_results.wrong == []


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        (quote(sample.CONVERTED[0], encoding="gbk"), sample.CONVERTED[0]),
        (f"a+{quote(sample.CONVERTED[0], encoding='gbk')}", f"a {sample.CONVERTED[0]}"),
        (quote(quote(sample.CONVERTED[0])), sample.CONVERTED[0]),
        (quote("50%"), "50%"),
        (quote("100%2"), "100%2"),
    ],
)
def test_an_address_that_another_program_wrote_is_understood(
    visit_results: Visit, written: str, understood: str
) -> None:
    visit_results.go(f"zh-hans/search/?q={written}")
    expect(visit_results.page.locator(".box__field")).to_have_value(understood)
    expect(visit_results.page.locator(".box__status strong")).not_to_be_empty()
    assert visit_results.wrong == []


def test_bytes_that_are_no_text_in_any_encoding_are_answered(visit_results: Visit) -> None:
    visit_results.go("zh-hans/search/?q=%FF%FE%80")
    expect(visit_results.page.locator(".box__status")).to_contain_text("网址中的搜索内容无法辨认")


def test_half_a_surrogate_pair_does_no_harm(visit: Visit) -> None:
    open_search(visit)
    visit.page.evaluate(
        r"""() => {
            const field = document.querySelector(".box__field");
            field.value = "\ud800疫";
            field.dispatchEvent(new InputEvent("input"));
        }"""
    )
    assert "没有找到" in status(visit)
    visit.page.wait_for_url("**q=*")


def test_a_pasted_book_is_refused_and_not_put_into_the_address(visit: Visit) -> None:
    open_search(visit)
    ask(visit, sample.BEGINNING * 5000)
    expect(visit.page.locator(".box__status")).to_have_text("输入的文字太长，无法比对；请只留一段。")
    visit.page.wait_for_timeout(400)
    assert query_in(visit.page.url) == ""


def test_nothing_is_searched_while_composing_and_its_enter_opens_nothing(visit: Visit) -> None:
    open_search(visit)
    client = visit.page.context.new_cdp_session(visit.page)
    case = CASES["composed"]
    for syllables in case["syllables"]:
        client.send("Input.imeSetComposition", {"text": syllables, "selectionStart": 1, "selectionEnd": 1})
        assert visit.page.locator(".box__field").input_value() == syllables
        assert names(visit.page) == []
        assert status(visit).startswith("可以输入字词")
    client.send("Input.insertText", {"text": case["typed"]})
    expect(visit.page.locator(RESULTS)).to_have_count(case["found"])
    address = visit.page.url
    for options in ({"isComposing": True}, {"keyCode": 229}):
        visit.page.locator(".box__field").evaluate(
            """(field, options) => field.dispatchEvent(
                new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true, ...options}))""",
            options,
        )
    visit.page.wait_for_timeout(400)
    assert visit.page.url.split("?")[0] == address.split("?")[0]
    assert visit.page.locator("dialog").evaluate("dialog => dialog.open")


def test_an_input_method_that_marks_no_event_as_composing_is_respected_too(visit: Visit) -> None:
    open_search(visit)
    field = visit.page.locator(".box__field")
    compose = """(field, [kind, value]) => {
        field.value = value;
        field.dispatchEvent(new CompositionEvent(kind));
        field.dispatchEvent(new Event("input"));
    }"""
    field.evaluate(compose, ["compositionstart", sample.SEVERAL])
    assert names(visit.page) == []
    field.evaluate(compose, ["compositionend", sample.SEVERAL])
    assert len(names(visit.page)) == len(clauses_with(sample.SEVERAL))


def test_everything_can_be_done_from_the_keyboard(visit: Visit) -> None:
    page = f"zh-hans/{sample.THEME}/"
    visit.go(page)
    visit.page.focus(".turn a[rel=next]")
    visit.page.keyboard.press("Control+K")
    expect(visit.page.locator("dialog .box__foot a:not([data-switch])")).to_be_visible()
    field = visit.page.locator(".box__field")
    expect(field).to_be_focused()
    found = ask(visit, sample.SEVERAL)
    assert found == clauses_with(sample.SEVERAL)
    assert field.get_attribute("aria-expanded") == "true"

    def active() -> str:
        option = visit.page.locator(f"#{field.get_attribute('aria-activedescendant')}")
        assert option.get_attribute("aria-selected") == "true"
        assert visit.page.locator("[role=option][aria-selected=true]").count() == 1
        return option.locator("b").inner_text()

    assert active() == found[0]
    for expected in found[1:]:
        visit.page.keyboard.press("ArrowDown")
        assert active() == expected
    visit.page.keyboard.press("ArrowDown")
    assert active() == found[0]
    visit.page.keyboard.press("ArrowUp")
    assert active() == found[-1]
    visit.page.keyboard.press("Escape")
    visit.page.wait_for_url(f"{visit.base}{page}")
    assert visit.page.locator("dialog[open]").count() == 0
    expect(visit.page.locator(".turn a[rel=next]")).to_be_focused()
    visit.page.keyboard.press("/")
    expect(field).to_be_focused()
    assert field.input_value() == sample.SEVERAL
    visit.page.keyboard.press("Enter")
    last = int(found[-1].strip("第段"))
    visit.page.wait_for_url(f"{visit.base}zh-hans/{sample.theme_of(last)}/?q={quote(sample.SEVERAL)}#p{last}")


def test_what_is_chosen_is_brought_into_sight_and_another_query_begins_at_the_top(visit: Visit) -> None:
    open_search(visit)
    found = ask(visit, sample.COMMON)
    body = visit.page.locator(".box__body")
    room = body.bounding_box()
    assert room
    for _ in found[1:]:
        visit.page.keyboard.press("ArrowDown")
        box = visit.page.locator("[role=option][aria-selected=true]").bounding_box()
        assert box
        assert room["y"] - 1 <= box["y"]
        assert box["y"] + box["height"] <= room["y"] + room["height"] + 1
    assert body.evaluate("body => body.scrollTop") > 0
    ask(visit, sample.BEGINNING)
    assert body.evaluate("body => body.scrollTop") == 0


def test_what_rests_under_the_pointer_is_not_chosen_before_the_pointer_moves(visit: Visit) -> None:
    open_search(visit)
    ask(visit, sample.COMMON)
    option = visit.page.locator(RESULTS).nth(2)
    box = option.bounding_box()
    assert box
    visit.page.mouse.move(box["x"] + 40, box["y"] + 10)
    visit.page.mouse.move(box["x"] + 60, box["y"] + 20)
    assert option.get_attribute("aria-selected") == "true"
    field = visit.page.locator(".box__field")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    ask(visit, sample.BEGINNING)
    selected = visit.page.locator("[role=option][aria-selected=true]")
    assert selected.get_attribute("id") == visit.page.locator(RESULTS).first.get_attribute("id")
    option.dispatch_event("pointermove", {"bubbles": True, "movementX": 0, "movementY": 0})
    assert option.get_attribute("aria-selected") == "false"


def test_enter_on_nothing_leaves_the_reader_in_the_field(visit: Visit) -> None:
    open_search(visit)
    assert ask(visit, "火星殖民地") == []
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".box__field")).to_be_focused()
    visit.go("zh-hans/search/")
    expect(visit.page.locator(".box__field")).to_be_focused()
    visit.page.keyboard.insert_text(sample.WORD)
    expect(visit.page.locator(RESULTS)).to_have_count(1)
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".box__field")).to_be_focused()


@pytest.mark.parametrize("query", ["", sample.WORD])
def test_a_page_loaded_anew_with_the_dialog_open_is_left_by_one_escape(visit: Visit, query: str) -> None:
    open_search(visit, "zh-hans/about/#repairs")
    ask(visit, query)
    settled(visit, query)
    visit.page.reload()
    expect(visit.page.locator("dialog .box__foot a:not([data-switch])")).to_be_visible()
    assert visit.page.locator(".box__field").input_value() == query
    visit.page.keyboard.press("Escape")
    visit.page.wait_for_url(f"{visit.base}zh-hans/about/#repairs")
    visit.page.wait_for_timeout(200)
    assert visit.page.locator("dialog[open]").count() == 0


def test_a_slash_in_the_field_is_a_slash_and_the_key_can_be_switched_off(visit: Visit) -> None:
    open_search(visit)
    visit.page.keyboard.press("/")
    assert visit.page.locator(".box__field").input_value() == "/"
    visit.page.get_by_label("按 / 键打开").uncheck()
    visit.go("zh-hant/full/")
    visit.page.keyboard.press("/")
    visit.page.wait_for_timeout(300)
    assert visit.page.locator("dialog[open]").count() == 0
    visit.page.keyboard.press("Control+K")
    visit.page.get_by_label("按 / 鍵開啟").check()
    visit.go("zh-hant/full/")
    visit.page.keyboard.press("/")
    expect(visit.page.locator("dialog[open]")).to_be_visible()


def test_the_button_the_cross_and_the_ground_beside_open_and_close(visit: Visit) -> None:
    visit.go("zh-hans/about/#repairs")
    for close in ("button", "ground"):
        visit.page.click(".find button")
        expect(visit.page.locator("dialog[open]")).to_be_visible()
        if close == "button":
            visit.page.click(".box__close")
        else:
            visit.page.mouse.click(5, 880)
        expect(visit.page.locator("dialog[open]")).to_have_count(0)
        visit.page.wait_for_url(f"{visit.base}zh-hans/about/#repairs")
        expect(visit.page.locator(".find button")).to_be_focused()


@pytest.mark.parametrize("page", [f"zh-hans/{sample.THEME}/", "zh-hans/full/", "zh-hans/search/"])
def test_back_and_forward_lead_to_the_results_and_to_the_clause(visit: Visit, page: str) -> None:
    if page.endswith("search/"):
        visit.go(page)
        expect(visit.page.locator(".box__field")).to_be_focused()
    else:
        open_search(visit, page)
    visit.page.keyboard.type(sample.CONVERTED[0])
    settled(visit, sample.CONVERTED[0])
    results = visit.page.url
    visit.page.locator(RESULTS).first.click()
    visit.page.wait_for_url(f"**#{sample.PLACE}")
    expect(visit.page.locator(".found")).to_be_visible()
    assert len(visit.page.evaluate(MARKED)) == 2
    assert visit.page.locator("dialog[open]").count() == 0
    visit.page.go_back()
    visit.page.wait_for_url(results)
    expect(visit.page.locator(RESULTS)).to_have_count(1)
    assert visit.page.locator(".box__field").input_value() == sample.CONVERTED[0]
    visit.page.go_forward()
    visit.page.wait_for_url(f"**#{sample.PLACE}")
    expect(visit.page.locator(".found")).to_be_visible()
    visit.page.click(".found a")
    visit.page.wait_for_url(f"{visit.base}zh-hans/search/?q={quote(sample.CONVERTED[0])}")
    expect(visit.page.locator(RESULTS)).to_have_count(1)


def test_from_a_marked_clause_the_dialog_leads_back_to_the_results(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    visit.go(f"zh-hans/{sample.THEME}/?q={quote(sample.CONVERTED[0])}#{sample.PLACE}")
    expect(visit.page.locator(".found")).to_be_visible()
    visit.page.keyboard.press("/")
    expect(visit.page.locator(RESULTS)).to_have_count(1)
    assert visit.page.locator(".box__field").input_value() == sample.CONVERTED[0]
    visit.page.keyboard.press("Escape")
    visit.page.wait_for_url(f"{visit.base}zh-hans/{sample.THEME}/?q={quote(sample.CONVERTED[0])}#{sample.PLACE}")
    expect(visit.page.locator(".found")).to_be_visible()
    assert asked.count("/zh-hans/search.json") == 1, "one text serves the marks and the dialog"
    visit.page.click(".switch a[data-switch]")
    visit.page.wait_for_url(f"{visit.base}zh-hant/{sample.THEME}/?q={quote(sample.CONVERTED[1])}#{sample.PLACE}")


def test_escape_and_slash_in_quick_succession_leave_the_dialog_open(visit: Visit) -> None:
    open_search(visit, "zh-hans/about/#repairs")
    for _ in range(8):
        visit.page.evaluate(
            """() => {
                document.querySelector(".box__close").click();
                document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "/", bubbles: true, cancelable: true}));
            }"""
        )
        visit.page.wait_for_timeout(250)
        assert visit.page.locator("dialog[open]").count() == 1
        expect(visit.page.locator(".box__field")).to_be_focused()
    visit.page.keyboard.press("Escape")
    visit.page.wait_for_url(f"{visit.base}zh-hans/about/#repairs")
    expect(visit.page.locator("dialog[open]")).to_have_count(0)


def test_a_slash_right_after_escape_is_not_typed_into_the_dialog_that_has_closed(visit: Visit) -> None:
    open_search(visit, "zh-hans/about/")
    ask(visit, sample.WORD)
    for _ in range(8):
        visit.page.keyboard.press("Escape")
        visit.page.keyboard.press("/")
        expect(visit.page.locator("dialog[open] [role=combobox]")).to_be_focused()
        expect(visit.page.locator("dialog[open] [role=combobox]")).to_have_value(sample.WORD)


def test_back_closes_the_dialog_first(visit: Visit) -> None:
    visit.go("zh-hans/")
    open_search(visit, "zh-hans/full/")
    ask(visit, sample.WORD)
    settled(visit, sample.WORD)
    visit.page.go_back()
    visit.page.wait_for_url(f"{visit.base}zh-hans/full/")
    expect(visit.page.locator("dialog[open]")).to_have_count(0)
    visit.page.go_back()
    visit.page.wait_for_url(f"{visit.base}zh-hans/")


def test_a_result_on_the_page_itself_is_opened_without_loading_anything(visit: Visit) -> None:
    open_search(visit, "zh-hant/full/")
    visit.page.evaluate("window.still = true")
    ask(visit, sample.WORD)
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(f"{visit.base}zh-hant/full/?q={quote(sample.WORD)}#{sample.PLACE}")
    expect(visit.page.locator("dialog[open]")).to_have_count(0)
    expect(visit.page.locator(f"#{sample.PLACE} .number")).to_be_focused()
    expect(visit.page.locator(".found")).to_be_visible()
    assert visit.page.evaluate("window.still")
    box = visit.page.locator(f"#{sample.PLACE}").bounding_box()
    assert box
    assert 0 < box["y"] < 900


@pytest.mark.parametrize("edition", ["zh-hans", "zh-hant"])
@pytest.mark.parametrize(("typed", "others"), CASES["marked"])
def test_what_is_marked_in_the_text_is_what_was_found(walk: Visit, edition: str, typed: str, others: list[str]) -> None:
    texts = {f"p{clause.number}": clause.text for clause in support.editions()[edition == "zh-hant"].statement.clauses}
    walk.go(f"{edition}/full/?q={quote(typed)}#{sample.PLACE}")
    walk.page.wait_for_selector(".found")
    marked = walk.page.evaluate(MARKED)
    assert marked

    def key(text: str) -> str:
        return re.sub(r"[“”‘’「」『』]", "", text)

    forms = {key(typed)} | {key(form) for form in others}
    assert {key(text) for _, text in marked} <= forms
    in_clauses = [each for each in marked if each[0] in texts]
    assert [each[0] for each in in_clauses] == [name for name in texts for each in in_clauses if each[0] == name]
    assert len(in_clauses) == sum(key(text).count(form) for text in texts.values() for form in forms)
    words = f"本页{len(marked)}处" if edition == "zh-hans" else f"本頁{len(marked)}處"
    expect(walk.page.locator(".found__count")).to_contain_text(words)


def test_the_bar_leads_through_the_places_and_clears_them(visit: Visit) -> None:
    visit.go(f"zh-hans/full/?q={quote(sample.COMMON)}#p1")
    visit.page.wait_for_selector(".found")
    total = len(visit.page.evaluate(MARKED))
    seen = []
    for _ in range(total + 1):
        visit.page.get_by_role("button", name="下一处").click()
        seen.append(visit.page.locator(".found__count").inner_text())
        top, bottom = visit.page.evaluate(
            """() => {
                const [range] = CSS.highlights.get("hit-current");
                const {top, bottom} = range.getBoundingClientRect();
                return [top, bottom];
            }"""
        )
        assert top >= 55
        assert bottom <= 900
    assert len(set(seen)) == total
    assert seen[0] == seen[-1]
    visit.page.get_by_role("button", name="上一处").click()
    assert visit.page.locator(".found__count").inner_text() == seen[-2]
    visit.page.get_by_role("button", name="清除标记").click()
    assert visit.page.evaluate(MARKED) == []
    assert visit.page.locator(".found").count() == 0
    assert visit.page.url == f"{visit.base}zh-hans/full/#p1"


@pytest.mark.parametrize(("query", "converted"), CASES["switched"])
def test_the_switch_takes_the_query_along_as_the_other_edition_writes_it(
    walk: Visit, query: str, converted: str
) -> None:
    for page, fragment in (("search/", ""), (f"{sample.THEME}/", f"#{sample.PLACE}")):
        walk.go(f"zh-hans/{page}?q={quote(query)}{fragment}")
        expect(walk.page.locator(".box__status strong" if page == "search/" else ".found")).to_be_visible()
        walk.page.click("a[data-switch]")
        walk.page.wait_for_url(lambda url: "/zh-hant/" in url)
        assert query_in(walk.page.url) == converted
        assert walk.page.url.endswith(fragment)


def test_the_dialog_shows_the_query_of_an_address_and_passes_it_on(visit: Visit) -> None:
    visit.go(f"zh-hant/?q={quote(sample.WORD)}")
    expect(visit.page.locator(RESULTS)).to_have_count(1)
    visit.page.click(".box__foot a:not([data-switch])")
    visit.page.wait_for_url(f"{visit.base}zh-hant/search/?q={quote(sample.WORD)}")
    expect(visit.page).to_have_title(re.compile(f"^{sample.WORD} · 搜尋 · "))
    visit.go(f"zh-hant/?q={quote(sample.WORD)}")
    expect(visit.page.locator(RESULTS)).to_have_count(1)
    visit.page.keyboard.press("Escape")
    visit.page.wait_for_url(f"{visit.base}zh-hant/")


def test_the_page_of_results_follows_what_is_typed(visit: Visit) -> None:
    word = sample.WORD
    visit.go("zh-hans/search/")
    expect(visit.page.locator(".box__status")).to_contain_text("可以输入字词")
    visit.page.keyboard.type(word)
    settled(visit, word)
    expect(visit.page).to_have_title(re.compile(f"^{word} · 搜索 · "))
    found = names(visit.page)
    assert found
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_timeout(300)
    assert visit.page.url.endswith(quote(word))
    visit.page.focus("body")
    visit.page.keyboard.press("ArrowDown")
    visit.page.click(".find button")
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(f"**#p{found[0].strip('第段')}")


def test_a_filter_is_lifted_by_another_query(dialog: Dialog) -> None:
    case = CASES["filter"]
    visit = dialog()
    ask(visit, case["typed"])
    visit.page.locator(".box__filter button").nth(2).click()
    assert names(visit.page) == case["third"]
    visit.page.focus(".box__field")
    assert len(ask(visit, case["lifted"])) > len(clauses_with(case["typed"]))
    assert visit.page.locator(".box__filter [aria-pressed=true]").all_inner_texts() == [case["all"]]


def test_a_list_with_nothing_chosen_names_no_option(visit: Visit) -> None:
    case = CASES["narrowed"]
    visit.go("zh-hans/search/")
    field = visit.page.locator(".box__field")
    expect(field).to_be_focused()
    visit.page.keyboard.insert_text(case["typed"])
    expect(visit.page.locator(RESULTS)).to_have_count(case["found"][0])
    visit.page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant")
    visit.page.keyboard.insert_text(case["more"])
    expect(visit.page.locator(RESULTS)).to_have_count(case["found"][1])
    assert field.get_attribute("aria-activedescendant") is None
    assert visit.page.locator("[role=option][aria-selected=true]").count() == 0


def test_themes_filter_the_results_with_counts(walk: Visit) -> None:
    case = CASES["filter"]
    found = clauses_with(case["typed"])
    walk.go(f"zh-hans/search/?q={quote(case['typed'])}")
    expect(walk.page.locator(RESULTS)).to_have_count(len(found))
    buttons = walk.page.locator(".box__filter button")
    assert buttons.all_inner_texts() == case["buttons"]
    buttons.nth(1).click()
    assert names(walk.page) == case["second"]
    pressed = [button.get_attribute("aria-pressed") for button in buttons.all()]
    assert pressed == ["false", "true", *["false"] * (len(pressed) - 2)]
    buttons.nth(0).click()
    assert names(walk.page) == found


@pytest.mark.parametrize("word", [sample.COMMON, sample.BEGINNING])
def test_results_say_where_how_many_and_show_every_place(dialog: Dialog, word: str) -> None:
    visit = dialog()
    ask(visit, word)
    data = json.loads(visit.page.evaluate("fetch('/zh-hans/search.json').then(each => each.text())"))
    counts = [passage["text"].count(word) for passage in data["passages"]]
    clauses = [count for count, passage in zip(counts, data["passages"], strict=True) if count and "number" in passage]
    titles = sum(1 for count in counts if count) - len(clauses)
    where = f"{len(clauses)}段、{titles}个小标题" if titles else f"{len(clauses)}段"
    assert status(visit) == f"{where}，共{sum(counts)}处。"
    shown = [option.locator("mark").count() for option in visit.page.locator(RESULTS).all()]
    assert shown == [count for count in counts if count]
    first = visit.page.locator(RESULTS).filter(has_text=CASES["head"]["clause"]).first
    assert first.locator(".hit__head").inner_text() == CASES["head"]["head"]


def test_places_of_several_words_are_counted_once_each(dialog: Dialog) -> None:
    case = CASES["several"]
    visit = dialog()
    ask(visit, case["typed"])
    assert status(visit) == case["said"]
    marks = visit.page.locator(f"{RESULTS} mark").all_inner_texts()
    assert marks == case["marks"]


def test_the_dialog_leads_to_the_same_query_in_the_other_edition_and_takes_none_along_once_closed(visit: Visit) -> None:
    open_search(visit, f"zh-hans/{sample.THEME}/")
    ask(visit, sample.CONVERTED[0])
    visit.page.click(".box__foot a[data-switch]")
    visit.page.wait_for_url(f"{visit.base}zh-hant/{sample.THEME}/?q={quote(sample.CONVERTED[1])}")
    assert visit.page.evaluate("Object.values(localStorage)") == ["zh-hant"]
    expect(visit.page.locator(RESULTS)).to_have_count(1)
    assert visit.page.locator(".box__field").input_value() == sample.CONVERTED[1]
    visit.page.keyboard.press("Escape")
    visit.page.wait_for_url(f"{visit.base}zh-hant/{sample.THEME}/")
    visit.page.click(".switch a[data-switch]")
    visit.page.wait_for_url(f"{visit.base}zh-hans/{sample.THEME}/")


def test_literal_matches_come_before_folded_ones_and_these_say_so(dialog: Dialog) -> None:
    visit = dialog()
    found = ask(visit, CASES["literal"]["typed"])
    notes = [option.locator(".hit__note").count() for option in visit.page.locator(RESULTS).all()]
    assert notes == sorted(notes)
    assert {0, 1} == set(notes)
    numbers = [int(name.strip("第段")) for name, note in zip(found, notes, strict=True) if note and name[0] == "第"]
    assert numbers == sorted(numbers)


def test_many_results_are_shown_a_part_at_a_time(visit: Visit) -> None:
    def many(route: Route) -> None:
        data = route.fetch().json()
        clause = data["passages"][1]
        data["passages"] = [clause | {"number": number} for number in range(1, 51)]
        data["exceptions"] = []
        data["readings"] = []
        route.fulfill(json=data)

    visit.page.route("**/search.json", many)
    open_search(visit, "zh-hans/")
    assert len(ask(visit, CASES["many"]["typed"])) == 20
    assert status(visit) == "50段，共50处。"
    for count, label in ((40, "再显示20条（余30条）"), (50, "再显示10条（余10条）")):
        assert visit.page.locator(".box__rest button").inner_text() == label
        visit.page.click(".box__rest button")
        assert len(names(visit.page)) == count
    assert visit.page.locator(".box__rest").is_hidden()


def clauses_with(word: str) -> list[str]:
    """Return the names of the headings and clauses that have a word, in the order of the text."""
    edition = support.editions()[0]
    found = []
    for part in edition.parts:
        found += ["小标题"] * (word in part.title)
        found += [f"第{clause.number}段" for clause in part.clauses if word in clause.text]
    return found


def test_a_text_in_several_files_says_that_it_is_not_whole_yet(chrome: Browser, base: str) -> None:
    files = export.search_data(support.editions(), convert.variants, split_above=0)
    case = CASES["parts"]
    missing = f"zh-hans/search-{case['theme']}.json"
    held: list[Route] = []

    def serve(route: Route) -> None:
        name = urlsplit(route.request.url).path.strip("/")
        if name == missing:
            held.append(route)
        else:
            route.fulfill(body=files[name], content_type="application/json")

    with visiting(chrome, base) as visit:
        visit.page.route(re.compile(r"/search(-(?!words)\w+)?\.json$"), serve)
        visit.go("zh-hans/")
        visit.page.keyboard.press("/")
        expect(visit.page.locator(".box__field")).to_be_focused()
        visit.page.keyboard.insert_text(case["own"])
        expect(visit.page.locator(".box__status")).to_have_text(case["loading"])
        assert names(visit.page) == []
        assert ask(visit, case["others"]) == case["before"]
        assert ask(visit, case["nowhere"]) == []
        assert visit.page.locator(".box__offer").is_hidden(), "the nearest may be still to come"
        ask(visit, case["others"])
        held[0].fulfill(body=files[missing], content_type="application/json")
        expect(visit.page.locator(RESULTS)).to_have_count(case["count"])
        assert status(visit) == case["said"]
        for query, word in case["words"]:
            assert ask(visit, query) == clauses_with(word)
        assert "没有找到“火星”" in (ask(visit, "火星") or [status(visit)])[0]
        assert visit.wrong == []


def test_nothing_is_fetched_before_it_is_needed_and_nothing_twice(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
        visit.go("zh-hans/full/")
        visit.page.wait_for_load_state("networkidle")
        assert not [path for path in asked if "search.json" in path or "engine" in path or "worker" in path]
        with (
            visit.page.expect_response("**/search.json"),
            visit.page.expect_response("**/words.json"),
        ):
            visit.page.hover(".find button")
        assert asked.count("/zh-hans/search.json") == asked.count("/zh-hans/words.json") == 1
        visit.page.click(".find button")
        visit.page.keyboard.type(sample.WORD)
        expect(visit.page.locator(RESULTS)).to_have_count(1)
        assert len(asked) == len(set(asked))
        assert not [path for path in asked if re.search("lunr|worker|search_index|bundle|wasm", path)]
        assert visit.wrong == []


def test_a_text_that_cannot_be_had_is_said_and_asked_for_again(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        visit.page.route("**/search.json", lambda route: route.abort())
        visit.go("zh-hant/")
        visit.page.keyboard.press("/")
        expect(visit.page.locator("dialog[open] [role=combobox]")).to_be_focused()
        expect(visit.page.locator("dialog[open] .box__status")).to_contain_text("載入失敗")
        visit.page.keyboard.type(sample.WORD)
        visit.page.unroute("**/search.json")
        visit.page.keyboard.press("Escape")
        expect(visit.page.locator("dialog[open]")).to_have_count(0)
        visit.page.keyboard.press("/")
        expect(visit.page.locator(RESULTS)).to_have_count(1)
        assert all("search.json" in each or "ERR_FAILED" in each for each in visit.wrong)


def test_the_page_of_results_asks_again_for_a_text_that_could_not_be_had(chrome: Browser, base: str) -> None:
    with visiting(chrome, base) as visit:
        visit.page.route("**/search.json", lambda route: route.abort())
        visit.go("zh-hans/search/")
        expect(visit.page.locator(".box__status")).to_contain_text("加载失败")
        visit.page.unroute("**/search.json")
        visit.page.keyboard.insert_text(sample.WORD)
        expect(visit.page.locator(RESULTS)).to_have_count(1)
        assert all("search.json" in each or "ERR_FAILED" in each for each in visit.wrong)


@pytest.mark.parametrize("edition", ["zh-hans", "zh-hant"])
def test_what_to_type_can_be_read_whole_on_a_narrow_screen(chrome: Browser, base: str, edition: str) -> None:
    with visiting(chrome, base, 390, 844) as visit:
        open_search(visit, f"{edition}/")
        # A moment before, the field of the dialog that had no search yet is still there.
        expect(visit.page.locator(".box__field")).to_have_count(1)
        room, needed = visit.page.locator(".box__field").evaluate(
            """field => {
                const style = getComputedStyle(field, "::placeholder");
                const context = document.createElement("canvas").getContext("2d");
                context.font = `${style.fontSize} ${style.fontFamily}`;
                const {paddingLeft, paddingRight} = getComputedStyle(field);
                const room = field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
                return [room, context.measureText(field.placeholder).width];
            }"""
        )
        assert 0 < needed <= room


@pytest.mark.parametrize("height", [844, 400], ids=["whole-screen", "above-a-keyboard"])
def test_on_a_narrow_screen_it_fills_the_screen_and_everything_can_be_reached(
    chrome: Browser, base: str, height: int
) -> None:
    with visiting(chrome, base, 390, height, has_touch=True, is_mobile=True) as visit:
        visit.go("zh-hant/full/")
        visit.page.tap(".find button")
        expect(visit.page.locator("[role=combobox]")).to_be_focused()
        visit.page.keyboard.insert_text(sample.COMMON)
        expect(visit.page.locator(RESULTS).first).to_be_visible()
        box = visit.page.locator("dialog").bounding_box()
        assert box == {"x": 0, "y": 0, "width": 390, "height": height}
        visit.page.set_viewport_size({"width": 390, "height": height - 50})
        visit.page.wait_for_function(
            "height => document.querySelector('dialog').style.getPropertyValue('--screen') === `${height}px`",
            arg=height - 50,
        )
        visit.page.set_viewport_size({"width": 390, "height": height})
        visit.page.wait_for_function("height => document.querySelector('dialog').offsetHeight === height", arg=height)
        assert visit.page.evaluate("document.documentElement.scrollWidth") == 390
        last = visit.page.locator(RESULTS).last
        last.scroll_into_view_if_needed()
        place = last.bounding_box()
        head = visit.page.locator(".box__head").bounding_box()
        assert place
        assert head
        assert head["y"] == pytest.approx(4, abs=4)
        assert place["y"] + place["height"] <= height
        assert place["y"] + place["height"] > head["height"]
        assert visit.page.locator("[aria-selected=true]").count() == 0, "Enter on a screen's keyboard opens nothing"
        visit.page.keyboard.press("Enter")
        expect(visit.page.locator(".box__field")).not_to_be_focused()
        last.tap()
        visit.page.wait_for_url("**#p*")
        expect(visit.page.locator(".found")).to_be_visible()
        assert visit.wrong == []


def test_the_page_of_results_takes_the_focus_from_nobody(visit: Visit) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    visit.page.route("**/search.*.js", hold)
    visit.page.goto(f"{visit.base}zh-hans/search/", wait_until="commit")
    while not held:
        visit.page.wait_for_timeout(50)
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Tab")
    focused = visit.page.evaluate("document.activeElement.outerHTML")
    held[0].continue_()
    expect(visit.page.locator(".box__field")).to_be_visible()
    visit.page.wait_for_timeout(200)
    assert visit.page.evaluate("document.activeElement.outerHTML") == focused


def test_without_javascript_a_link_to_the_whole_text_stands_in_its_place(chrome: Browser, base: str) -> None:
    with visiting(chrome, base, java_script_enabled=False) as visit:
        visit.go(f"zh-hant/{sample.THEME}/")
        assert visit.page.locator("input").count() == 0
        assert visit.page.locator(".find button").is_hidden()
        visit.page.click(".find a")
        visit.page.wait_for_url(f"{base}zh-hant/full/")
        visit.go(f"zh-hant/search/?q={quote(sample.WORD)}")
        assert visit.page.locator(".without-script").is_visible()
        assert "在頁面中尋找" in visit.page.locator(".without-script").inner_text()
        assert visit.page.locator(".box--page").is_hidden()
    with visiting(chrome, base) as visit:
        visit.go("zh-hant/search/")
        expect(visit.page.locator(".without-script")).to_be_hidden()
        expect(visit.page.locator(".find a")).to_be_hidden()


@pytest.mark.parametrize("edition", ["zh-hans", "zh-hant"])
def test_every_word_that_the_scripts_say_is_written_and_no_other(site: Path, edition: str) -> None:
    written: dict[str, str] = json.loads((site / edition / "words.json").read_text("utf-8"))
    words = (support.ROOT / "docs" / "assets" / "words.js").read_text("utf-8")
    assert set(written) == set(re.findall(r"@property \{string\} (\w+)", words))
    code = "".join(path.read_text("utf-8") for path in (support.ROOT / "docs/assets").rglob("*.js"))
    assert {name for name in written if not re.search(rf"\bwords\.{name}\b", code)} == set()
