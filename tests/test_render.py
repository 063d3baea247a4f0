"""Rendering: what stands in the text reaches the reader as it stands, whatever markup it looks like."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

import markdown
import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import strategies
import support
from pages import TERMS, THEMES
from publish import akoma, data, epub, formats, onefile, pages, place, render
from publish.escape import escape, finalize
from statement import inputs, views
from statement.cite import Citations, Text
from statement.model import Edition, EditionSettings, Part, Particulars, Span, Statement
from statement.text import clause_from_text

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "*强调* **更强** _下划线_ __双线__",
    "`代码` ``双码``",
    "[链接](javascript:alert(1))",
    "![图](x.png) [^1] [ref]: http://example.org",
    "[ref]: http://example.org",
    "{{ config }} {% include 'x' %} {# 注释 #}",
    "{: .class #id } { .class } {:toc}",
    "| 表 | 格 | \\| --- |",
    "# 标题 #",
    "1. 一 2) 二",
    "- 项 + 项 * 项",
    "::: 块",
    "!!! note",
    "> 引用",
    "===",
    "---",
    "~~~ ~删~ ^上^ ==亮== $x$",
    "&amp; &lt; &#65; &copy;",
    "[TOC]",
    "\\* \\\\ \\<",
    "http://example.org/a_b_c?x=1&y=2 <http://example.org>",
    "*[HTML]: 缩写",
    "    缩进",
    "A  B   C",
    "\u0002stx\u0003",
    "wzxhzdk:0 klzzwxh:0",
    "${x} #{x} %s %(x)s",
]
PARTICULARS = Particulars(
    title="标题",
    title_phrases=("标题",),
    english_title="Title",
    conference_date=date(2021, 3, 3),
    published=datetime(2021, 3, 4, 10, 20),
    issuer="各方",
    venue="会议",
    publisher="example.org",
    source_address="https://example.org/",
    sha256="0" * 64,
    editions=(EditionSettings("zh-hans", "zh-Hans", "简体", "", "“”‘’"),),
)
CONTEXT = "docs/templates"


@cache
def templates() -> dict[str, str]:
    return inputs.read_templates(support.ROOT / "docs" / "templates")


@cache
def extensions() -> tuple[str, ...]:
    """Return the extensions with which MkDocs reads the pages: its own and those of mkdocs.yml."""
    text = (support.ROOT / "mkdocs.yml").read_text("utf-8").replace("!ENV", "")
    listed = yaml.safe_load(text)["markdown_extensions"]
    return ("toc", "tables", "fenced_code", *(each if isinstance(each, str) else next(iter(each)) for each in listed))


def html(text: str) -> BeautifulSoup:
    body = pages.contents(text) if text.startswith("---\n") else text
    return BeautifulSoup(markdown.markdown(body, extensions=list(extensions())), "html.parser")


def edition_of(statement: Statement) -> Edition:
    part = Part("all", "全部", "", statement.clauses)
    return Edition(PARTICULARS.editions[0], PARTICULARS, statement, (part,))


def pages_of(edition: Edition, site_url: str = "") -> dict[str, str]:
    return render.files(site_of(edition, site_url))


def site_of(edition: Edition, site_url: str = "") -> render.Site:
    numbers = (None, *(clause.number for clause in edition.statement.clauses))
    cited = {edition.id: [Citations(number, (Text("gb", "出处"),), ()) for number in numbers]}
    shown = render.shown([views.view(edition)], [str], [str], templates(), cited)
    names = pages.Names(
        editions=[edition.id],
        themes=[(part.slug, None) for part in edition.parts],
        clauses=[clause.address for clause in edition.statement.clauses],
    )
    return render.Site(shown, pages.pages(names), place.place(site_url), data=to_take_away(edition))


def to_take_away(edition: Edition) -> dict[str, str | bytes]:
    """Return what there is to take away, but for what takes long to make."""
    others = (onefile.PATH, epub.PATH, formats.WORD.format(edition=edition.id))
    return {**data.files([edition], b""), **akoma.files([edition]), **dict.fromkeys(others, b"")}


def clause_text(page: BeautifulSoup, number: int) -> str:
    clause = page.find(id=f"p{number}")
    assert isinstance(clause, Tag)
    return "".join(span.get_text() for span in clause.find_all("span", recursive=False) if not span.get("role"))


@given(
    st.text(st.sampled_from("我们 *_`#|<>[](){}%&~^=$!\\/.:;-+1290'\"ab\n").filter(lambda c: c != "\n"), max_size=40)
)
@example("1. 一")
@example("2021. 年")
@example("- 项")
@example("+ 项")
@example(": 释义")
@example("# 题")
@example("> 引")
@example("[TOC]")
@example("&#35;")
@example("\\\\ \\*")
def test_escaped_text_is_read_as_itself_at_the_start_of_a_line(text: str) -> None:
    page = html(f"{escape(text.strip())}\n")
    assert page.get_text().strip("\n") == text.strip()
    assert {tag.name for tag in page.find_all()} <= {"p"}


def test_what_a_mapping_can_do_is_not_printed_in_place_of_its_entry() -> None:
    assert finalize({"copy": "甲"}["copy"]) == "甲"
    with pytest.raises(TypeError, match="built-in method copy"):
        finalize({"copy": "甲"}.copy)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=40))
def test_escaped_text_of_any_script_is_read_as_itself(text: str) -> None:
    page = html(f"{escape(text)}\n")
    assert page.get_text().strip("\n") == text
    assert {tag.name for tag in page.find_all()} <= {"p"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.statements())
def test_every_clause_of_any_statement_is_on_its_pages_as_it_is(made: Statement) -> None:
    files = pages_of(edition_of(made))
    for name in ("zh-hans/full.md", "zh-hans/all.md"):
        page = html(files[name])
        assert [clause_text(page, clause.number) for clause in made.clauses] == [clause.text for clause in made.clauses]


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.isprintable()])
@pytest.mark.parametrize("shape", ["{}。", "我们{}。", "“{}”我们。{}！"])
def test_text_that_looks_like_markup_reaches_the_reader_literally(text: str, shape: str) -> None:
    clause = clause_from_text(1, shape.replace("{}", text).strip())
    page = html(pages_of(edition_of(Statement("标题", "2021-03-04", (clause,), ())))["zh-hans/full.md"])
    assert clause_text(page, 1) == clause.text
    assert not page.find(["script", "img", "em", "strong", "code", "table", "hr", "del", "iframe"])
    assert not [tag for tag in page.find_all() if any(name.startswith("on") for name in tag.attrs)]
    assert all(not str(link["href"]).startswith("javascript") for link in page.find_all("a"))


def test_a_part_in_pieces_keeps_the_text_around_the_special_ones_within_it() -> None:
    special = [(Span(1, 2), views.Piece("*", is_mark=True)), (Span(3, 4), views.Piece("*", is_mark=True))]
    found = list(views.pieces("甲*乙*丙", Span(0, 3), special))
    assert found == [views.Piece("甲"), views.Piece("*", is_mark=True), views.Piece("乙")]


def test_a_clause_is_pleasant_markdown_with_ids_for_it_and_its_sentences() -> None:
    clause = clause_from_text(7, "我们说明*，好。我们同行。")
    page = pages_of(edition_of(Statement("标题", "2021-03-04", (clause,), ())))["zh-hans/all.md"]
    assert (
        '<span role="heading" aria-level="2">[7](#p7){ .number aria-label="第7段" }</span>'
        '<span id="p7s1">我们说明[\\*](about.md#footnote){ .mark aria-label="星号所指的脚注" }，好。</span>'
        '<span id="p7s2">我们同行。</span>\n'
        "{: #p7 .clause }\n"
    ) in page


def test_both_editions_have_the_same_pages_with_the_same_ids() -> None:
    found = support.files_of_editions()
    names = {edition: sorted(pages) for edition, pages in found.items()}
    assert names["zh-hans"] == names["zh-hant"]
    assert len(names["zh-hans"]) == 9 + len(THEMES) + len(TERMS)
    for name in names["zh-hans"]:
        ids = [[tag["id"] for tag in html(found[edition][name]).find_all(id=True)] for edition in found]
        assert ids[0] == ids[1]
        assert len(ids[0]) == len(set(ids[0]))


def test_the_page_about_the_text_lists_every_repair_and_every_override() -> None:
    page = support.files_of_editions()["zh-hans"]["about.md"]
    text = html(page).get_text()
    golden = support.golden("facts")["about"]
    for words in (*golden["mentions"], golden["notice"]):
        assert words in text
    assert support.editions()[0].particulars.sha256 in text
