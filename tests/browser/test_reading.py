"""The site in a real browser: every page read, with JavaScript and without, under its own policy."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

import support
from browser.visits import Visit, serving, visiting
from pages import EDITIONS, PAGES, THEMES, golden

ALL = ("", "7/", "compare/", *PAGES)
TEXT = [page for page in PAGES if page.split("/")[1] in (*THEMES, "full")]


def clauses(visit: Visit) -> list[str]:
    """Return the clauses as the browser shows them, each with its number."""
    return [
        f"{number}、{text}"
        for number, text in visit.page.eval_on_selector_all(
            ".clause",
            """clauses => clauses.map(clause => [
                clause.querySelector(".number").innerText,
                [...clause.children].filter(child => child.matches("span:not([role])"))
                    .map(span => span.innerText).join(""),
            ])""",
        )
    ]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_every_page_is_read_without_anything_going_wrong(chrome: Browser, base: str, script: bool) -> None:
    with visiting(chrome, base, java_script_enabled=script) as visit:
        for page in ALL:
            visit.go(page)
            assert visit.page.title()
            assert visit.page.locator("h1").first.is_visible()
            assert visit.wrong == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_every_clause_is_shown_as_it_is_in_both_editions(chrome: Browser, base: str, script: bool) -> None:
    with visiting(chrome, base, java_script_enabled=script) as visit:
        for edition in EDITIONS:
            expected = [text for text in golden(edition) if text[:1].isdigit() and "、" in text[:3]]
            visit.go(f"{edition}/full/")
            assert clauses(visit) == expected
            found = []
            for theme in THEMES:
                visit.go(f"{edition}/{theme}/")
                found += clauses(visit)
            assert found == expected
        assert visit.wrong == []


def test_the_whole_site_works_under_a_path_prefix(chrome: Browser, site: Path) -> None:
    with serving(site, "/some/where/") as base, visiting(chrome, base) as visit:
        for page in ALL:
            visit.go(page)
            assert visit.page.evaluate("document.styleSheets[0].cssRules.length") > 50
        visit.go("zh-hans/health/#p7")
        visit.page.click("a[data-switch]")
        visit.page.wait_for_url(f"{base}zh-hant/health/#p7")
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


# Written with characters that the font of the pictures has.
HOSTILE = {
    1: "<script>document.title = '病'; alert(1)</script>*，<img src=x onerror=alert(2)>。",
    2: "**强** _线_ `码` [链接](javascript:alert(3)) ![路](//example.org/x.png)。",
    3: "{{ config.site_name }} {% raw %} {# 注 #} ${7*7} {: .hidden #id }。",
    4: "# 题 | 表 | 格 | ::: 段 1. 一 - 二 > 三。",
    5: "&lt;b&gt; &amp; &#60; \\* \\\\ <!-- 注 --> <![CDATA[ ]]>。",
    6: "1. 一。",
    7: "- 项。",
    8: "# 题。",
    9: "::: 段。",
    10: "[TOC]。",
    11: "[ref]: http://example.org。",
    12: "    <svg onload=alert(4)>。",
    13: "</span></p><iframe src='javascript:alert(5)'></iframe>。",
    14: "A  B   C，wzxhzdk:0 klzzwxh:1 \\_。",
}


def test_text_that_looks_like_code_is_shown_and_runs_nowhere(chrome: Browser, tmp_path: Path) -> None:
    project = support.copy_project(tmp_path / "project")
    source = project / "docs" / "source"
    lines = (source / "statement.txt").read_text("utf-8").split("\n")
    for index, line in enumerate(lines):
        number, mark, _ = line.partition("、")
        if mark and number.isdigit():
            lines[index] = f"{number}、{HOSTILE[int(number)].strip()}"
        elif line.startswith("通，开发"):
            lines[index] = ""
        elif line.startswith("一、"):
            lines[index] = "一、{{ x }}<b>建设</b> _健康_ {#x}"
    hostile = "“一带一路”<script>alert(6)</script>{{ y }}联合声明"
    text = "\n".join(lines).replace("“一带一路”国际合作高级别视频会议联合声明", hostile)
    (source / "statement.txt").write_text(text, "utf-8")
    head = (source / "statement.toml").read_text("utf-8")
    head = head.replace(support.editions()[0].particulars.sha256, support.sha256(text))
    (source / "statement.toml").write_text(head, "utf-8")
    support.replace(
        source / "statement.toml", 'title = "“一带一路”国际合作高级别视频会议联合声明"', f'title = "{hostile}"'
    )
    support.replace(source / "statement.toml", '["“一带一路”国际合作", "高级别视频会议", "联合声明"]', f'["{hostile}"]')
    support.replace(source / "statement.toml", 'page_breaks = ["容和多式联运的交"]\n', "")
    support.replace(source / "themes.toml", "建设健康丝绸之路", "{{ x }}<b>建设</b> _健康_ {#x}")
    (source / "conversion.toml").write_text("overrides = []\n", "utf-8")
    (source / "terms.toml").write_text("terms = []\n", "utf-8")
    (source / "operative.toml").write_text("words = []\n", "utf-8")
    (source / "variants.toml").write_text("variants = []\n", "utf-8")
    (project / support.ADDRESSES).write_text("")
    with serving(support.make_site(project)) as base, visiting(chrome, base) as visit:
        for edition in EDITIONS:
            for name in ("", "full/", "health/", "preamble/", "about/"):
                visit.go(f"{edition}/{name}")
                assert "病" not in visit.page.title()
                ours = "article svg:not(.glance svg)"
                made = (
                    f"article script, article img, iframe, {ours}, article b, .brand :not(.brand__long, .brand__short)"
                )
                assert visit.page.locator(made).count() == 0
        visit.go("zh-hans/full/")
        assert clauses(visit) == [f"{number}、{text.strip()}" for number, text in HOSTILE.items()]
        assert visit.page.locator("h1").inner_text() == hostile
        assert visit.page.locator("h2").first.inner_text() == "一、{{ x }}<b>建设</b> _健康_ {#x}"
        visit.go("")
        assert visit.page.locator("h1").inner_text() == hostile
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
    assert [text for text in paragraphs if text[:2] not in ("一、", "二、", "三、")] == expected
