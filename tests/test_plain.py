"""Pages as Markdown: what a page says, as CommonMark reads it, with the text of the statement unchanged."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import markdown
import pytest
from bs4 import BeautifulSoup
from lxml import etree

import sample
from pages import CLAUSES, EDITIONS, EVERY, PAGES, SHARED, THEMES, golden, one, read
from publish import plain
from publish.machines import LLMS
from support import ADDRESS, MOVED

NUMBER = '<span role="heading" aria-level="2"><a class="number" aria-label="第1段">1</a></span>'
GOLDEN = {edition: [text for text in golden(edition) if re.match("[0-9]+、", text)] for edition in EDITIONS}


def made(html: str) -> str:
    """Return what a page with this in its main part is as Markdown, without the line break at its end."""
    return plain.markdown(etree.HTML(f"<body><nav>目录</nav><main>{html}</main>")).removesuffix("\n")


def text_of(source: str) -> str:
    """Return the text that Markdown shows."""
    # A line break that is asked for is one of CommonMark, which this reader takes for two blanks only.
    html = markdown.markdown(source.replace("\\\n", "  \n"), extensions=["tables"])
    return BeautifulSoup(html, "html.parser").get_text()


def shown(path: Path) -> BeautifulSoup:
    """Return a file of Markdown as a browser would show it."""
    return BeautifulSoup(markdown.markdown(path.read_text("utf-8"), extensions=["tables"]), "html.parser")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>题</h1><p>文<br>字</p>", "# 题\n\n文\\\n字"),
        ("文 <b>粗</b>，<em>斜</em><p>段", "文 **粗**，*斜*\n\n段"),
        ('<p>见<a href="../a/#p7">第7段</a>', "见[第7段](../a/#p7)"),
        ('<p><a href="a b(c)">文</a>', "[文](<a b(c)>)"),
        ("<ul><li>甲<li>乙<ol><li>丙</ol></ul>", "- 甲\n- 乙\n\n  1. 丙"),
        ("<blockquote><p>引<p>文</blockquote>", "> 引\n>\n> 文"),
        ("<pre><code>a_b *c*</code></pre>", "```\na_b *c*\n```"),
        ("<table><tr><th>甲<th>乙<tr><td>1|2<td>3</table>", "| 甲 | 乙 |\n| --- | --- |\n| 1\\|2 | 3 |"),
        ("<dl><dt>词<dd>义</dl>", "**词**\n\n义"),
        ("<p>1. 不是列表<p>- 也不是<p># 不是标题", "1\\. 不是列表\n\n\\- 也不是\n\n\\# 不是标题"),
        ("<p>部长*_[x]&lt;b&gt;&amp;amp;", "部长\\*\\_\\[x\\]&lt;b\\>&amp;amp;"),
        (f'<p class="clause">{NUMBER}<span>- 文</span>', "## 第1段\n\n\\- 文"),
        ("<p hidden>藏<p>露<button>按</button><span aria-hidden=true>饰</span>", "露"),
        ('<p><img src="a.png" alt="图">', "![图](a.png)"),
    ],
)
def test_a_page_becomes_markdown(html: str, expected: str) -> None:
    assert made(html) == expected


@pytest.mark.parametrize(
    "text", ["1. 甲", "2) 甲", "- 甲", "+ 甲", "## 甲", "---", "> 甲", "a*b*c", "`x`", "[a](b)", "&amp;", "<b>", "a|b"]
)
def test_text_that_looks_like_markup_is_shown_as_it_is(text: str) -> None:
    html = etree.tostring(etree.Element("p"), encoding="unicode").replace("/>", f">{text.replace('&', '&amp;')}</p>")
    assert text_of(made(html.replace("<b>", "&lt;b>"))) == text


def test_a_page_without_a_main_part_is_nothing() -> None:
    assert plain.markdown(etree.HTML("<p>文")) == ""


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_clause_taken_back_out_of_the_markdown_is_that_of_the_text(site: Path, edition: str) -> None:
    """Its number is a heading above it; the page of a clause has one in each script."""
    whole = clauses(site / edition / "full" / plain.NAME)
    assert [f"{number}、{text}" for number, text in whole] == GOLDEN[edition]
    assert [each for theme in THEMES for each in clauses(site / edition / theme / plain.NAME)] == whole
    order = EDITIONS.index(edition)
    assert [clauses(site / page / plain.NAME)[order] for page in CLAUSES] == whole


def clauses(path: Path) -> list[tuple[str, str]]:
    """Return the number and the text of each clause."""
    page = shown(path)
    found = [(re.fullmatch("第([0-9]+)段", heading.get_text()), heading) for heading in page.select("h1, h2, h3")]
    return [(match[1], heading.find_next("p").get_text()) for match, heading in found if match]  # type: ignore[union-attr]


@pytest.mark.parametrize("page", ["", *SHARED, *EVERY])
def test_every_page_leads_to_its_markdown_and_every_link_there_to_something(site: Path, page: str) -> None:
    (link,) = read(site, page).select("link[rel=alternate][type='text/markdown']")
    assert link["href"] == plain.NAME
    found = shown(site / page / plain.NAME)
    headings = {each.get_text().strip() for each in read(site, page).select("main h1")}
    assert {each.get_text().strip() for each in found.select("h1")} >= headings
    base = f"https://site.invalid/{page}{plain.NAME}"
    for address in (str(link["href"]) for link in found.select("a")):
        target, fragment = urldefrag(urljoin(base, address))
        if urlsplit(address).scheme:
            continue
        path = target.removeprefix("https://site.invalid/")
        is_page = path == "" or path.endswith("/")
        assert (site / path / "index.html" if is_page else site / path).is_file(), address
        assert not fragment or not is_page or read(site, path).find(id=unquote(fragment)), address


def test_no_page_is_without_and_one_that_has_moved_says_where_to(site: Path, moved_site: Path) -> None:
    pages = {path.parent for path in site.rglob("index.html")}
    assert {path.parent for path in site.rglob(plain.NAME)} == {page for page in pages if page.parent.name != "embed"}
    page, old = read(moved_site, f"zh-hans/{sample.THEME}/"), moved_site / "zh-hans" / sample.THEME / plain.NAME
    assert [link["href"] for link in shown(old).select("a")] == [f"../../zh-hans/{MOVED}/"]
    assert not page.select("link[type='text/markdown']")


def test_what_is_told_to_programs_leads_to_every_page_of_the_menu_and_every_clause(
    site: Path, addressed_site: Path
) -> None:
    for folder, root in ((site, ""), (addressed_site, ADDRESS)):
        text = (folder / LLMS).read_text("utf-8")
        addresses = {str(link["href"]) for link in shown(folder / LLMS).select("a")}
        assert all(address.startswith(root) for address in addresses)
        paths = {address.removeprefix(root) for address in addresses}
        assert all((folder / path).is_file() for path in paths)
        assert {f"{page}{plain.NAME}" for page in CLAUSES} <= paths
        menus = {f"{page}{plain.NAME}" for page in PAGES if "/terms/c" not in page and "conversion" not in page}
        listed = {path for path in menus if "terms/" not in path or path.endswith(f"terms/{plain.NAME}")}
        assert listed <= paths
        assert text.startswith(f"# {one(read(folder, ''), 'title').get_text()}\n\n> ")
