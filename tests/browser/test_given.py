"""An edition with a text of its own in a real browser: search in its language, the way between editions, columns."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

import support
from browser.test_search import RESULTS, ask, names, open_search, status
from browser.visits import Visit, serving, visiting
from conftest import make_once
from test_given import base_with, editions

CASES = support.cases("given")
MOST = 18


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the site of the example, built once for all tests of a run."""

    def make(folder: Path) -> None:
        project = support.copy_project(folder)
        shutil.copytree(support.ROOT / "examples" / "udhr", project / "examples" / "udhr")
        done = support.run(project, "site", "--source", "examples/udhr", **support.WHOLE)
        assert (done.returncode, done.stderr) == (0, "")

    with serving(make_once(tmp_path_factory, "example-udhr", make) / "build" / "udhr" / "site") as served:
        yield served


@pytest.fixture
def visit(chrome: Browser, address: str) -> Iterator[Visit]:
    """Yield a visit on which nothing may go wrong."""
    with visiting(chrome, address, permissions=["clipboard-read", "clipboard-write"]) as made:
        yield made
        assert made.wrong == []


@pytest.fixture(scope="module")
def dialog(chrome: Browser, address: str) -> Iterator[Visit]:
    """Yield the open dialog of the edition in English, kept for all that is only asked in it."""
    with visiting(chrome, address) as made:
        open_search(made, "en/about/")
        yield made
        assert made.wrong == []


@pytest.mark.parametrize("case", CASES["found"], ids=lambda case: case["typed"])
def test_words_are_found_by_how_they_begin_whatever_their_case_and_accents(dialog: Visit, case: dict[str, Any]) -> None:
    dialog.page.focus(".box__field")
    assert ask(dialog, case["typed"]) == case["found"]
    marks = {mark.lower() for mark in dialog.page.locator(f"{RESULTS} mark").all_inner_texts()}
    assert marks == set(case["marked"])


def test_every_word_of_the_text_is_found_in_all_clauses_that_have_one_which_begins_so(dialog: Visit) -> None:
    clauses = editions()[2].statement.clauses
    labels = {clause.label for clause in clauses}
    dialog.page.focus(".box__field")
    for word in sorted(
        {word.strip(".,;").lower() for clause in (clauses[1], clauses[30]) for word in clause.text.split()}
    ):
        begins = re.compile(rf"(?<![a-z0-9]){re.escape(word)}")
        expected = {clause.label for clause in clauses if begins.search(clause.text.lower())}
        # The list begins with twenty, and shows more when it is asked.
        if len(expected) < MOST:
            assert labels.intersection(ask(dialog, word.upper())) == expected, word


@pytest.mark.parametrize("typed", CASES["absent"])
def test_what_is_not_in_the_text_is_not_found(dialog: Visit, typed: str) -> None:
    dialog.page.focus(".box__field")
    assert ask(dialog, typed) == []
    assert status(dialog).startswith("The text does not have")


def test_a_quotation_is_compared_with_the_text_of_the_edition(dialog: Visit) -> None:
    for case in CASES["quoted"]:
        dialog.page.focus(".box__field")
        assert ask(dialog, case["typed"])[:1] == [case["found"]]
        assert status(dialog) == case["said"]


@pytest.mark.parametrize("case", CASES["elsewhere"], ids=lambda case: case["typed"])
def test_words_in_other_letters_are_taken_to_the_edition_that_has_them(visit: Visit, case: dict[str, str]) -> None:
    visit.go(f"{case['edition']}/search/?q={case['typed']}")
    expect(visit.page.locator(".box__status")).to_contain_text(case["said"])
    link = visit.page.locator(f'a[data-edition="{case["other"]}"]').first
    link.click()
    visit.page.wait_for_url(lambda url: f"/{case['other']}/search/" in url)
    assert parse_qs(urlsplit(visit.page.url).query)["q"] == [case["typed"]]
    expect(visit.page.locator(RESULTS).first).to_be_visible()
    assert case["found"] in names(visit.page)


@pytest.mark.parametrize(("start", "edition", "expected"), CASES["switched"])
def test_the_switch_keeps_the_page_and_the_clause(visit: Visit, start: str, edition: str, expected: str) -> None:
    visit.go(start)
    visit.page.click(f'.switch a[data-edition="{edition}"]')
    visit.page.wait_for_url(f"**/{expected}")
    if "#" in expected:
        expect(visit.page.locator(f"[id='{expected.partition('#')[2].partition(':')[0]}']").first).to_be_in_viewport()


def test_columns_stand_beside_each_other_where_there_is_room_and_below_where_not(visit: Visit) -> None:
    for width, is_beside in ((1440, True), (390, False)):
        visit.page.set_viewport_size({"width": width, "height": 900})
        for page, cells in CASES["columns"]:
            visit.go(page)
            boxes = [cell.bounding_box() for cell in visit.page.locator(cells).all()]
            assert len(boxes) == 3
            tops = [box["y"] for box in boxes if box]
            assert (max(tops) - min(tops) < 8) is is_beside
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture(scope="module", params=[4, 5])
def many(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, str]]:
    """Yield how many editions a site has, and its address."""
    count: int = request.param

    def make(folder: Path) -> None:
        project = support.copy_project(folder)
        source = base_with(project / "texts" / "many", "given-clause-more")
        path = source / "statement.toml"
        head, own = path.read_text("utf-8").split('[[editions]]\nid = "en"')
        own = f'[[editions]]\nid = "en"{own}\n[[editions.given.differences]]\nclause = 5\nreason = "只有英文本有。"\n'
        for region in ("GB", "US")[: count - 3]:
            other = own.replace('id = "en"', f'id = "en-{region.lower()}"')
            head += other.replace('language = "en"', f'language = "en-{region}"') + "\n"
        path.write_text(head + own, "utf-8")
        done = support.run(project, "site", "--source", "texts/many", FORMATS="html")
        assert (done.returncode, done.stderr) == (0, "")

    with serving(make_once(tmp_path_factory, f"many-{count}", make) / "build" / "many" / "site") as served:
        yield count, served


def test_more_than_three_editions_stand_side_by_side_where_there_is_room_for_all(
    chrome: Browser, many: tuple[int, str]
) -> None:
    count, served = many
    with visiting(chrome, served) as visit:
        for width, is_beside in ((1440, True), (390, False)):
            visit.page.set_viewport_size({"width": width, "height": 900})
            for page in ("compare/", "data/statement.html#differences"):
                visit.go(page)
                for number in ("1", "4", "5"):
                    cells = visit.page.locator(f".compare .clause[data-number='{number}']")
                    boxes = [box for cell in cells.all() if (box := cell.bounding_box())]
                    assert len(boxes) == (count - 2 if number == "5" else count)
                    tops = [box["y"] for box in boxes]
                    assert (max(tops) - min(tops) < 8) is is_beside, (page, width, number)
                    named = cells.first.evaluate("element => getComputedStyle(element, '::before').content")
                    assert (named == "none") is is_beside
                assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
            visit.go("4/")
            assert visit.page.locator(".pair section").count() == count
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        assert visit.wrong == []


def test_a_clause_is_checked_in_every_edition_and_a_change_is_told_apart(visit: Visit) -> None:
    visit.go("11/")
    for edition in editions():
        section = visit.page.locator(f"#{edition.id}")
        button = section.locator("[data-fetch-clause]")
        button.click()
        clause = edition.statement.clauses[11]
        same, differs = (button.get_attribute(f"data-{kind}") for kind in ("same", "differs"))
        status = section.get_by_role("status").first
        expect(status).to_have_text(f"{same} SHA-256 {support.sha256(clause.text)}")
        section.locator(".clause span").first.evaluate("element => { element.textContent += '.'; }")
        button.click()
        expect(status).to_contain_text(str(differs))


def test_the_one_file_has_the_edition_with_its_search(chrome: Browser, address: str, tmp_path: Path) -> None:
    file = tmp_path / "statement.html"
    context = chrome.new_context(offline=True)
    with urlopen(f"{address}data/statement.html") as found:
        file.write_bytes(found.read())
    page = context.new_page()
    page.goto(f"{file.as_uri()}#zh-hans-{CASES['carried']}")
    page.click('.switch a[data-edition="en"]')
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.wait_for_url(f"**#{CASES['carried']}")
    expect(page.locator(f"[id='{CASES['carried']}']")).to_be_in_viewport()
    page.keyboard.press("/")
    case = CASES["found"][0]
    page.keyboard.insert_text(case["typed"])
    expect(page.locator(".box__list")).to_contain_text(case["found"][0])
    context.close()


def test_every_word_of_an_edition_is_in_its_language(visit: Visit) -> None:
    for page in ("en/", "en/principles/", "en/full/", "en/search/", "en/cite/", "en/download/", "en/about/"):
        visit.go(page)
        assert visit.page.evaluate("document.documentElement.lang") == "en"
        foreign = visit.page.evaluate(r"""() => {
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            const found = [];
            while (walker.nextNode()) {
                const { parentElement, data } = walker.currentNode;
                if (/\p{Script=Han}/u.test(data) && parentElement.closest("[lang]").lang === "en") found.push(data);
            }
            return found;
        }""")
        assert foreign == []


def test_a_place_of_several_clauses_is_named_as_readers_of_english_name_it(visit: Visit) -> None:
    case = CASES["several"]
    visit.go(case["address"])
    expect(visit.page.locator("[data-arrival-where]")).to_have_text(case["named"])
