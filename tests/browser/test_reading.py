"""The site in a real browser: every page read, with JavaScript and without, under its own policy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import sample
import support
from browser.survey import ALL, Seen, clauses
from browser.visits import Visit, serving, visiting
from pages import EDITIONS, PAGES, THEMES, golden
from support import replace

TEXT = [page for page in PAGES if page.split("/")[1] in (*THEMES, "full")]


def test_every_page_is_read_without_anything_going_wrong(seen: dict[str, Seen]) -> None:
    assert list(seen) == list(ALL)
    for page, found in seen.items():
        assert found.title, page
        assert found.has_heading, page
        assert found.wrong == [], page


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_clause_is_shown_as_it_is_in_both_editions(seen: dict[str, Seen], edition: str) -> None:
    expected = [text for text in golden(edition) if text[:1].isdigit() and "、" in text[:3]]
    assert seen[f"{edition}/full/"].clauses == expected
    assert [text for theme in THEMES for text in seen[f"{edition}/{theme}/"].clauses] == expected


def test_the_whole_site_works_under_a_path_prefix(chrome: Browser, site: Path) -> None:
    with serving(site, "/some/where/") as base, visiting(chrome, base) as visit:
        for page in ALL:
            visit.go(page)
            assert visit.page.evaluate("document.styleSheets[0].cssRules.length") > 50
        place = f"{sample.THEME}/#{sample.PLACE}"
        visit.go(f"zh-hans/{place}")
        visit.page.click("a[data-switch]")
        visit.page.wait_for_url(f"{base}zh-hant/{place}")
        assert visit.wrong == []


def test_a_missing_page_is_answered_in_both_scripts(chrome: Browser, addressed_site: Path) -> None:
    with serving(addressed_site, "/statement/") as base, visiting(chrome, base) as visit:
        visit.go("zh-hant/nowhere/at/all/")
        assert [text for text in visit.wrong if "nowhere" not in text and "404" not in text] == []
        visit.wrong.clear()
        assert visit.page.locator("h1, h2").all_inner_texts() == ["找不到该页面", "找不到該頁面"]
        assert visit.page.evaluate("document.styleSheets[0].cssRules.length") > 50
        visit.page.click("section[lang=zh-Hant] p:not(.buttons) a")
        visit.page.wait_for_url(f"{base}zh-hant/full/")
        assert visit.wrong == []


def test_the_policy_holds_where_a_page_breaks_it(chrome: Browser, base: str) -> None:
    """The walk above would see a violation: here are three."""
    with visiting(chrome, base) as visit:
        visit.go("zh-hans/")
        visit.page.evaluate("document.head.append(document.createElement('style'))")
        visit.page.evaluate("document.querySelector('style').textContent = 'p { color: red }'")
        visit.page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://example.org/x.png'}))")
        visit.page.evaluate("try { document.body.innerHTML = '<p>x</p>' } catch (error) { console.error(error) }")
        visit.page.wait_for_timeout(200)
        assert len([text for text in visit.wrong if "Content Security Policy" in text or "Trusted" in text]) >= 3


# Written with characters that the font of the small statement's pictures has.
HOSTILE = {
    1: "<script>document.title = '谢'; alert(1)</script>*，<img src=x onerror=alert(2)>。",
    2: "**支** _发_ `持` [声明](javascript:alert(3)) ![各](//example.org/x.png)。",
    3: "{{ config.site_name }} {% raw %} {# 山 #} ${7*7} {: .hidden #id }。",
    4: "# 言 | 本 | 日 | ::: 段 1. 一 - 二 > 方。",
    5: "&lt;b&gt; &amp; &#60; \\* \\\\ <!-- 山 --> <![CDATA[ ]]>。",
    6: "1. 一。",
    7: "- 年。",
    8: "# 言。",
    9: "::: 段。",
    10: "[TOC]。",
    11: "[ref]: http://example.org。",
    12: "    <svg onload=alert(4)>。",
    13: "</span></p><iframe src='javascript:alert(5)'></iframe>。",
    14: "A  B   C，wzxhzdk:0 klzzwxh:1 \\_。",
}
HOSTILE_TITLE = "“合作”<script>alert(6)</script>{{ y }}声明"
HOSTILE_HEADING = "{{ x }}<b>建设</b> _恢复_ {#x}"


def hostile_project(folder: Path) -> Path:
    """Copy the project into a folder with a statement that looks like code, and return the folder."""
    project = support.copy_project(folder)
    source = project / "docs" / "source"
    shutil.copytree(support.BASE, source, dirs_exist_ok=True)
    clauses = [f"{number}、{text.strip()}" for number, text in HOSTILE.items()]
    lines = [HOSTILE_TITLE, "2021-03-04 10:20", *clauses[:5], f"一、{HOSTILE_HEADING}", *clauses[5:]]
    (source / "statement.txt").write_text("\n\n".join(lines) + "\n", "utf-8")
    replace(source / "statement.toml", 'title = "合作会议声明"', f'title = "{HOSTILE_TITLE}"')
    replace(source / "statement.toml", '["合作会议", "声明"]', f'["{HOSTILE_TITLE}"]')
    themes = (("opening", "序言", [*HOSTILE][:5]), ("odd", HOSTILE_HEADING, [*HOSTILE][5:]))
    (source / "themes.toml").write_text(
        "".join(f'[[themes]]\nslug = "{slug}"\ntitle = "{title}"\nclauses = {on}\n' for slug, title, on in themes),
        "utf-8",
    )
    read = {"发": ("發", "_发_"), "合": ("合", "合作"), "复": ("復", "恢复")}
    (source / "conversion.toml").write_text(
        "".join(
            f'[[choices]]\nsource = "{here}"\nresult = "{there}"\nhits = {{ "{word}" = 1 }}\nreason = "所见。"\n'
            for here, (there, word) in read.items()
        ),
        "utf-8",
    )
    (project / support.ADDRESSES).write_text("")
    support.vouch(source)
    return project


def test_text_that_looks_like_code_is_shown_and_runs_nowhere(chrome: Browser, tmp_path: Path) -> None:
    site = support.make_site(hostile_project(tmp_path / "project"))
    with serving(site) as base, visiting(chrome, base) as visit:
        for edition in EDITIONS:
            for name in ("", "full/", "odd/", "opening/", "about/"):
                visit.go(f"{edition}/{name}")
                assert "谢" not in visit.page.title()
                ours = "article svg:not(.glance svg)"
                made = (
                    f"article script, article img, iframe, {ours}, article b, .brand :not(.brand__long, .brand__short)"
                )
                assert visit.page.locator(made).count() == 0
        visit.go("zh-hans/full/")
        assert clauses(visit) == [f"{number}、{text.strip()}" for number, text in HOSTILE.items()]
        assert visit.page.locator("h1").inner_text() == HOSTILE_TITLE
        assert visit.page.locator("h2").first.inner_text() == f"一、{HOSTILE_HEADING}"
        visit.go("")
        assert visit.page.locator("h1").inner_text() == HOSTILE_TITLE
        assert visit.wrong == []


@pytest.mark.parametrize("page", TEXT)
def test_copied_text_is_the_statements_and_nothing_else(walk: Visit, page: str) -> None:
    walk.go(page)
    expected = [text.partition("、")[2] for text in clauses(walk)]
    walk.page.evaluate("""() => {
        const clauses = document.querySelectorAll(".clause");
        getSelection().setBaseAndExtent(clauses[0], 0, clauses[clauses.length - 1],
            clauses[clauses.length - 1].childNodes.length);
    }""")
    walk.page.evaluate("navigator.clipboard.writeText('')")
    walk.page.keyboard.press("Control+C")
    copied = walk.page.evaluate("navigator.clipboard.readText()")
    paragraphs = [line.strip() for line in copied.split("\n") if line.strip()]
    assert [
        text
        for text in paragraphs
        if text[:2] not in tuple(f"{part.numeral}、" for part in support.editions()[0].parts if part.numeral)
    ] == expected
