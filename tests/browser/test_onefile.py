"""The one file that people pass on, opened from a disk in three browsers: read, searched, switched, compared, cited."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page

import sample
import support
from browser import engines
from browser.test_engines import MARKED, PATIENCE, Walk
from publish import onefile


class _Chromium:
    """Chromium as an engine, its network off."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go(self, address: str) -> None:
        self.page.goto(address)

    def run(self, function: str, *arguments: Any) -> Any:
        return self.page.evaluate(f"async given => (await ({function})(...given)) ?? null", list(arguments))

    def press(self, *keys: str) -> None:
        for key in keys:
            if key in engines.KEYS or key.isascii():
                self.page.keyboard.press(key)
            else:
                self.page.keyboard.insert_text(key)

    def click(self, x: float, y: float) -> None:
        self.page.mouse.click(x, y)

    def resize(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})


@contextmanager
def _running(name: str, request: pytest.FixtureRequest) -> Iterator[engines.Engine]:
    if name == "chromium":
        chrome: Browser = request.getfixturevalue("chrome")
        context = chrome.new_context(offline=True)
        yield _Chromium(context.new_page())
        context.close()
        return
    if needed := engines.missing(name):
        pytest.skip(f"{name} is not there; install it with `apt-get install {needed}`")
    with engines.running(name) as made:
        yield made


@pytest.fixture(scope="module", params=["chromium", "firefox", "webkit"])
def engine(request: pytest.FixtureRequest) -> Iterator[engines.Engine]:
    with _running(request.param, request) as made:
        made.resize(1200, 800)
        yield made


@pytest.fixture
def walk(engine: engines.Engine, site: Path, tmp_path: Path) -> Iterator[Walk]:
    """Yield a walk through a copy of the file that lies alone in a folder with a blank and Chinese in its name."""
    place = tmp_path / "下载 的文件"
    place.mkdir()
    path = place / "声明.html"
    path.write_bytes((site / onefile.PATH).read_bytes())
    made = Walk(engine, path.as_uri())
    yield made
    assert made.run("() => performance.getEntriesByType('resource').map(each => each.name)") == []
    made.run("() => localStorage.clear()")


TOP = "id => document.getElementById(id).getBoundingClientRect().top"
READ = """() => [...document.querySelectorAll("article .clause")].map(clause =>
    [...clause.querySelectorAll(":scope > span:not([role])")].map(span => span.textContent).join(""))"""


def texts(edition: int) -> list[str]:
    return [clause.text for clause in support.editions()[edition].statement.clauses]


def is_in(walk: Walk, language: str) -> None:
    """Wait until the file, which is being loaded again, shows another edition."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        # What is asked of a page that is just going gets no answer.
        with suppress(AssertionError, Error):
            if (
                walk.run("() => document.querySelectorAll('.edition').length === 1 && document.documentElement.lang")
                == language
            ):
                return
        time.sleep(0.05)
    raise AssertionError(f"{language} is not shown")


def search(walk: Walk, *keys: str) -> None:
    # WebKit's driver loses keys that are pressed before its window has been drawn.
    walk.until("() => new Promise(resolve => setTimeout(() => requestAnimationFrame(() => resolve(true)), 500))")
    walk.engine.press("/")
    walk.until("() => document.querySelector('dialog[open] [role=combobox]') === document.activeElement")
    walk.engine.press(*keys)


def test_it_shows_one_edition_whole_and_the_switch_shows_the_other_at_the_same_place(walk: Walk) -> None:
    walk.go(f"#zh-hans-{sample.PLACE}")
    assert walk.until(READ, is_right=lambda found: found == texts(0))
    assert walk.run("() => [location.hash, document.documentElement.lang]") == [f"#{sample.PLACE}", "zh-Hans"]
    assert 0 <= walk.run(TOP, sample.PLACE) < 400
    walk.click("a[data-switch]")
    is_in(walk, "zh-Hant")
    assert walk.run(READ) == texts(1)
    assert walk.until("() => location.hash", is_right=bool) == f"#{sample.PLACE}"
    assert walk.run("() => document.title") == support.editions()[1].particulars.title


def test_a_search_in_either_script_leads_to_the_marked_place(walk: Walk) -> None:
    walk.go("")
    search(walk, *sample.CONVERTED[1])
    walk.until("() => document.querySelector('.box__status')?.textContent", is_right=lambda said: "1段" in (said or ""))
    walk.engine.press("ArrowDown", "Enter")
    walk.until("() => document.querySelector('.found__count')?.textContent")
    assert walk.run("() => location.hash") == f"#{sample.PLACE}"
    assert set(walk.run(MARKED, "hit")) == {sample.CONVERTED[0]}


def test_the_query_is_carried_into_the_other_script(walk: Walk) -> None:
    walk.go(f"?q={sample.WORD}#zh-hans-{sample.PLACE}")
    walk.until("() => document.querySelector('.found__count')?.textContent", is_right=lambda said: "2" in (said or ""))
    walk.click("a[data-switch]")
    is_in(walk, "zh-Hant")
    walk.until("() => document.querySelector('.found__count')?.textContent", is_right=lambda said: "2" in (said or ""))


LISTEN = """() => {
    window.copied = "";
    const write = navigator.clipboard?.writeText.bind(navigator.clipboard);
    if (write) navigator.clipboard.writeText = text => { window.copied = text; return write(text); };
    document.addEventListener("copy", () => { window.copied = document.activeElement?.value ?? ""; });
}"""


def test_a_citation_of_a_clause_is_copied_as_it_stands(walk: Walk) -> None:
    walk.go(f"#zh-hans-cite-{sample.PLACE}")
    walk.run(LISTEN)
    walk.until("id => document.getElementById(id)?.open === false", f"cite-{sample.PLACE}")
    walk.run("id => { document.getElementById(id).open = true; }", f"cite-{sample.PLACE}")
    walk.click(f"#cite-{sample.PLACE} .cite:first-child button")
    copied = walk.until("() => window.copied")
    assert texts(0)[sample.NUMBER - 1] in copied
    assert f"第{sample.NUMBER}段" in copied


def test_what_is_selected_is_copied_with_where_it_is_from_and_no_link_into_a_disk(walk: Walk) -> None:
    walk.go(f"#zh-hans-{sample.PLACE}")
    walk.until("id => document.getElementById(id) !== null", f"{sample.PLACE}s1")
    walk.run(
        "id => getSelection().setBaseAndExtent(document.getElementById(id).firstChild, 2, "
        "document.getElementById(id).firstChild, 4)",
        f"{sample.PLACE}s1",
    )
    walk.until("() => document.querySelectorAll('.selection button').length", is_right=lambda count: count == 2)
    walk.run(LISTEN)
    walk.click(".selection button:nth-child(2)")
    copied = walk.until("() => window.copied")
    assert copied.startswith(f"{texts(0)[sample.NUMBER - 1][2:4]}\n——《")
    assert support.editions()[0].particulars.source_address in copied
    assert "file:" not in copied


def test_a_term_has_a_preview_and_the_comparison_marks_what_differs(walk: Walk) -> None:
    walk.go(f"#zh-hans-{sample.PLACE}")
    walk.until("() => new Promise(resolve => setTimeout(() => requestAnimationFrame(() => resolve(true)), 500))")
    walk.run("id => document.getElementById(id).querySelector('.number').focus()", sample.PLACE)
    walk.engine.press("Tab")
    assert sample.first_term().name in walk.until("() => document.querySelector('.preview')?.textContent")
    colour = "() => getComputedStyle(document.querySelector('.compare i')).backgroundColor"
    before = walk.run(colour)
    walk.click(".compare__mark")
    walk.until(colour, is_right=lambda now: now != before)
