"""Kinds: texts that are no statements of conferences, through to their pages, which call them what they are."""

from __future__ import annotations

import datetime
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

import structures
import support
from conftest import make_once
from pages import LANGUAGES
from publish import project as publishing
from publish.place import place
from statement import inputs
from statement.cite import bibtex, citations, csl_json, record, ris
from statement.errors import InputError, Source
from statement.examples import examples
from statement.model import KINDS, Edition, Operative, Operatives, Structure, Term, Terms
from statement.views import view
from test_cite import styles
from test_render import PARTICULARS

CONVENTION = """国际货物运输公约

2021年3月3日通过

第一条　缔约各方按照本公约运送货物。

第二条　运输单证应当载明下列事项：

（一）货物的品名；

（二）货物的数量。

第三条　承运人对货物的灭失负责。

第四条　本公约自签署之日起生效。
"""
LAW = """边境贸易法

第一章　总则

第一条　国家保护边境贸易。

第二条　边境贸易应当公平。

第二章　附则

第三条　本法自公布之日起施行。
"""
NEVER = ("声明", "聲明", "会议", "會議", "段号", "段號", "段次", "逐段", "上一段", "下一段", "序言", "00:00", "None")
GONE = ("名词解释", "名詞解釋", "表态用词", "表態用詞", "概览", "概覽", "方式举行", "方式舉行")
NOBODY = ("发布方", "發佈方", "發布方")


def convention(**more: Any) -> structures.Case:
    said = {
        "title": "国际货物运输公约",
        "dated": datetime.date(2021, 3, 3),
        "dated_as": "通过",
        "published": datetime.date(2021, 3, 5),
        "numbering": "第一条",
        "items": ["（一）"],
        **more,
    }
    themes = [{"slug": "text", "title": "正文"}]
    return structures.case(CONVENTION, said, themes, {}, without=("conference_date", "venue", "issuer"))


def law(**more: Any) -> structures.Case:
    title = more.get("title", "边境贸易法")
    said = {
        "title": title,
        "issuer": "某国议会",
        "published": datetime.date(2021, 3, 5),
        "numbering": "第一条",
        "headings": ["第一章"],
        "date_line": "none",
        **more,
    }
    themes = [{"slug": "general", "title": "总则"}, {"slug": "last", "title": "附则"}]
    text = LAW.replace("边境贸易法", title, 1)
    return structures.case(text, said, themes, {}, without=("conference_date", "venue"))


TERM = Term(
    id="goods",
    kind="idea",
    name="货物",
    english="Goods",
    definition="可以运送的物品。",
    address="https://example.org/goods",
    forms=("货物",),
    names=("商品",),
)
WORD = Operative(id="shall", word="应当", kind="commitment", meaning="规定义务。", hits=1)


def words() -> dict[str, Any]:
    """Return a term and an operative word of the convention, as inputs have them."""
    return {
        "terms": inputs.Document(Source("terms.toml", ""), Terms((TERM,))),
        "operatives": inputs.Document(Source("operative.toml", ""), Operatives((WORD,))),
    }


MADE: dict[str, Callable[[Path], Path]] = {
    "convention": lambda folder: structures.build(convention(), folder),
    "law": lambda folder: structures.build(law(), folder),
    "worded": lambda folder: structures.build(convention(), folder, **words()),
}


def site_of(factory: pytest.TempPathFactory, name: str) -> Path:
    return make_once(factory, f"kind-{name}", MADE[name]) / "site"


@pytest.fixture(scope="module", params=MADE)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site_of(tmp_path_factory, str(request.param))


@pytest.fixture(scope="module", params=["convention", "law"])
def bare(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of a text of which nobody named a term or an operative word."""
    return site_of(tmp_path_factory, str(request.param))


def texts_of(site: Path) -> Iterator[tuple[str, str]]:
    """Yield what the pages and the files for scripts of a site say, by their paths."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.suffix == ".html" or path.name in ("words.json", "statement.json"):
            yield name, path.read_text("utf-8")


@pytest.mark.slow
def test_no_page_calls_it_a_statement_of_a_conference(built: Path) -> None:
    found = dict(texts_of(built))
    assert len(found) > 20
    for name, text in found.items():
        said = BeautifulSoup(text, "html.parser").get_text(" ") + text if name.endswith(".html") else text
        said = said.replace("貼上一段", "")
        assert [word for word in NEVER if word in said] == [], name


@pytest.mark.slow
def test_no_book_or_document_calls_it_so(built: Path) -> None:
    words = [word for word in NEVER if word not in ("00:00", "None")]
    books = [*built.glob("data/*.epub"), *built.glob("data/*.docx")]
    assert len(books) == 3
    for book in books:
        with zipfile.ZipFile(book) as files:
            for name in files.namelist():
                said = files.read(name).decode("utf-8")
                assert [word for word in words if word in said] == [], (book.name, name)


@pytest.mark.slow
def test_what_has_no_data_is_not_made_nor_linked(bare: Path) -> None:
    for edition in LANGUAGES:
        assert not (bare / edition / "terms" / "index.html").exists()
        assert not (bare / edition / "wording" / "index.html").exists()
    for name, text in texts_of(bare):
        words = GONE if "kind-law" in bare.parts else (*GONE, *NOBODY)
        assert [word for word in words if word in text] == [], name
        page = BeautifulSoup(text, "html.parser")
        for link in page.select("a[href]"):
            assert "terms/" not in str(link["href"]), name
            assert "wording/" not in str(link["href"]), name


@pytest.mark.slow
def test_what_has_data_is_there_and_speaks_of_articles(tmp_path_factory: pytest.TempPathFactory) -> None:
    site = site_of(tmp_path_factory, "worded")
    labels = ["第一条", "第二条", "第三条", "第四条"]
    home = BeautifulSoup((site / "zh-hans" / "index.html").read_text("utf-8"), "html.parser")
    rows = [each.get_text() for each in home.select(".glance__rows .glance__number")]
    assert [label in row for label, row in zip(labels, rows, strict=True)] == [True] * 4
    assert "各条概览" in home.get_text()
    assert next(each.get_text() for each in home.select(".glance__table th[scope=col]")) == "条"
    term = BeautifulSoup((site / "zh-hans" / "terms" / "goods" / "index.html").read_text("utf-8"), "html.parser")
    assert "公约中的出处" in term.get_text()
    assert "商品" in (site / "zh-hans" / "search" / "index.html").read_text("utf-8")
    assert (site / "zh-hans" / "wording" / "index.html").is_file()


@pytest.mark.slow
def test_a_text_in_one_script_is_not_said_to_be_in_two(tmp_path: Path) -> None:
    case = convention()
    alone = replace(case.particulars, editions=case.particulars.editions[:1])
    site = structures.build(replace(case, particulars=alone), tmp_path / "project")
    assert not (site / "compare").exists()
    assert not (site / "zh-hans" / "conversion" / "index.html").exists()
    for name, text in texts_of(site):
        assert [word for word in ("两版", "简繁", "繁体版", "转换而来", "繁体并列") if word in text] == [], name


@pytest.mark.slow
def test_links_of_every_page_lead_somewhere(built: Path) -> None:
    for path in built.rglob("*.html"):
        if path.name == "404.html" or "data" in path.parts:
            continue
        for link in BeautifulSoup(path.read_text("utf-8"), "html.parser").select("a[href]"):
            address = str(link["href"]).partition("#")[0]
            if address and "://" not in address:
                target = (path.parent / address).resolve()
                assert (target / "index.html").is_file() or target.is_file(), (path, address)


def editions_of(case: structures.Case) -> tuple[Edition, ...]:
    return publishing.editions(structures.inputs_of(case))


def test_home_says_of_a_convention_when_it_was_adopted_and_of_a_law_who_made_it() -> None:
    files = publishing.make(structures.inputs_of(convention())).files
    home = str(files["zh-hans/index.md"])
    assert "<dt>通过</dt>\n<dd markdown>2021年3月3日</dd>" in home
    assert "发布方" not in home
    assert "<dd markdown>4条</dd>" in home
    files = publishing.make(structures.inputs_of(law())).files
    home = str(files["zh-hans/index.md"])
    assert "<dt>发布方</dt>\n<dd markdown>某国议会</dd>" in home
    assert "<dd markdown>3条，两章</dd>" in home
    assert "<dt>日期</dt>" not in home
    assert "2021年3月5日</dd>" in str(files["zh-hans/about.md"])


@pytest.mark.parametrize("case", [convention, law])
def test_the_search_page_has_examples_that_are_in_the_text(case: Any) -> None:
    for edition in editions_of(case()):
        found = examples(edition)
        values = [clause.value for clause in edition.statement.clauses]
        assert found.number in values
        assert found.label in [clause.label for clause in edition.statement.clauses]
        assert not found.range or (found.range[0] in values and found.range[1] in values)
        assert found.names == ()
        assert found.pinyin


def test_the_examples_of_the_real_statement_are_those_that_people_gave() -> None:
    given = support.editions()[0].particulars.examples
    for edition in support.editions():
        found = examples(edition)
        assert (found.number, found.range, found.pinyin) == (given.clause, given.clauses, given.pinyin)
        names = {name for term in edition.terms for name in (*term.names, term.english)}
        assert set(found.names) <= names


def test_a_mark_of_three_characters_is_too_wide_for_the_margin() -> None:
    for case in (convention, law):
        assert all(clause.is_wide for edition in editions_of(case()) for clause in view(edition).clauses)
    assert not any(clause.is_wide for clause in view(support.editions()[0]).clauses)


def test_how_much_there_is_is_said_by_what_it_is() -> None:
    read = structures.inputs_of(structures.read("articles-in-chapters"))
    assert "<dd markdown>4条，序言、两章和两个附件</dd>" in str(publishing.make(read).files["zh-hans/index.md"])


WRAPPED = """边境贸易条例

前　言

各方希望发展边境贸易，

造福边境居民。

第一条　国家保护边
境贸易，促进往来。

第二条　边境贸易应

当公平。
"""


def wrapped() -> structures.Case:
    """Return a regulation with a preface, in which lines and a page end within paragraphs."""
    structure = Structure(
        title="边境贸易条例",
        numbering="第一条",
        headings=("前　言",),
        preamble=True,
        date_line="none",
        page_breaks=("边境贸易，", "国家保护边", "边境贸易应"),
    )
    return regulation(WRAPPED, structure, "前　言")


def articles(lines: Iterable[str], between: str = "\n\n", **more: Any) -> structures.Case:
    """Return a regulation that is a run of articles and has no preface."""
    structure = Structure(title="边境贸易条例", numbering="第1条", headings=(), date_line="none", **more)
    return regulation(f"边境贸易条例\n\n{between.join(lines)}\n", structure, "正文")


def regulation(text: str, structure: Structure, part: str) -> structures.Case:
    said = {"published": datetime.date(2021, 3, 5), **asdict(structure)}
    themes = [{"slug": "opening", "title": part}]
    return structures.case(text, said, themes, {}, without=("conference_date", "venue"))


def about(case: structures.Case) -> str:
    return str(publishing.make(structures.inputs_of(case)).files["zh-hans/about.md"])


def test_the_page_about_the_text_says_whether_a_page_or_only_a_line_ended_within_a_paragraph() -> None:
    lines = about(wrapped()).split("\n")
    assert any("第一条" in line and "被换行断开；删去换行，与下文“境贸易，促进”直接相连" in line for line in lines)
    assert any("第二条" in line and "被分页断开；删去中间的空行，与下文“当公平。”直接相连" in line for line in lines)


def test_lines_that_were_mended_are_named_in_runs_and_a_great_many_only_counted() -> None:
    indented = [f"　第{number}条　国家保护边境贸易。" for number in range(1, 41)]
    other = [line.lstrip() if number % 2 else line for number, line in enumerate(indented)]
    mended = "删去行首行尾的全角空格。"
    assert f"- 第3、7行：{mended}" in about(articles(other[:4]))
    assert f"- 第3、7、11行等20行：{mended}" in about(articles(other))
    assert f"- 第3至42行：{mended}" in about(articles(indented, "\n"))


def test_many_paragraphs_that_lines_cut_are_counted_after_the_first_few() -> None:
    cut = [f"第{number}条　国家保护边\n境贸易{number}。" for number in range(1, 16)]
    made = about(articles(cut, page_breaks=("国家保护边",)))
    assert made.count("被换行断开") == 3
    assert re.search("其余12处也是这样断开，都与下文直接相连：第.*行等12行。", made)


def test_what_stands_before_the_clauses_is_called_as_the_text_calls_it() -> None:
    assert editions_of(wrapped())[0].statement.clauses[0].label == "前言"


@pytest.mark.parametrize(("title", "name"), [("前言", "前言"), ("弁言", "弁言"), ("背景", "序言")])
def test_what_stands_before_the_clauses_under_no_heading_is_called_as_the_editor_calls_a_preface(
    title: str, name: str
) -> None:
    text = "边境贸易条例\n\n为促进贸易，制定本条例。\n\n第一条　国家保护边境贸易。\n"
    said = Structure(title="边境贸易条例", numbering="第一条", headings=(), preamble=True, date_line="none")
    parts: list[dict[str, Any]] = [
        {"slug": "opening", "title": title},
        {"slug": "text", "title": "正文", "clauses": [1]},
    ]
    published = {"published": datetime.date(2021, 3, 5)}
    case = structures.case(text, published | asdict(said), parts, {}, without=("conference_date", "venue"))
    assert editions_of(case)[0].statement.clauses[0].label == name
    made = publishing.make(structures.inputs_of(case)).files
    named = {path for path, file in made.items() if path.endswith(".md") and "序言" in str(file)}
    assert bool(named) == (name == "序言"), named


@pytest.mark.parametrize("title", ["边境贸易法", "中华人民共和国边境贸易管理法"])
def test_the_example_of_a_word_by_its_sound_is_short(title: str) -> None:
    read, *_ = examples(editions_of(law(title=title))[0]).pinyin
    assert read == "zongze"


def problems(case: structures.Case) -> list[str]:
    with pytest.raises(InputError) as caught:
        editions_of(case)
    # The files are made up, so that a message begins with the key instead of standing at its line.
    return [problem.message.partition(": ")[2] for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"examples": {"clause": 9}}, "the text has no clause 9; name one of it"),
        ({"examples": {"names": ["WHO"]}}, "WHO is no other name of a term; name one of them"),
        ({"examples": {"pinyin": ["yimiao"]}}, "nothing in the text is read yimiao; correct it"),
        (
            {"conference_date": datetime.date(2021, 3, 3)},
            "conference_date is the text's day already; remove one of them",
        ),
        (
            {"dated": datetime.date(2021, 3, 4)},
            "2021-03-04 is not what the text says, 2021年3月3日通过; make them the same",
        ),
    ],
)
def test_what_is_said_wrongly_is_refused(more: dict[str, Any], message: str) -> None:
    assert problems(convention(**more)) == [message]


def test_a_text_whose_title_does_not_say_what_it_is_has_to_declare_it() -> None:
    text = CONVENTION.replace("国际货物运输公约", "国际货物运输之书")
    said = {"title": "国际货物运输之书", "numbering": "第一条", "items": ["（一）"]}
    themes = [{"slug": "text", "title": "正文"}]
    expected = 'the title does not end in what the text is; say it with kind, such as kind = "声明"'
    assert problems(structures.case(text, said, themes, {})) == [expected]
    declared = editions_of(structures.case(text, {**said, "kind": "宣言"}, themes, {}))
    assert [edition.particulars.noun for edition in declared] == ["宣言", "宣言"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_end_of_a_title_says_what_a_text_is(kind: str) -> None:
    found = replace(PARTICULARS, title=f"某某{kind}")
    assert found.known_kind == kind
    assert found.noun == ("法律" if kind == "法" else kind)


# What stands right before the day of a publication, wherever a page or a file names that.
PUBLISHED = re.compile(r"刊[载載](时间|時間|的日期)?(\W|</?\w[^>]*>)*$")


def test_the_day_of_its_publication_is_nowhere_the_day_of_a_text_that_has_none_of_its_own() -> None:
    made = publishing.make(structures.inputs_of(law()), place("https://example.org/"))
    named = 0
    for path, contents in made.files.items():
        text = contents if isinstance(contents, str) else ""
        assert not re.search("（[），]", text), path
        for match in re.finditer("2021年3月5日", text):
            named += 1
            before = text[max(match.start() - 60, 0) : match.start()]
            assert PUBLISHED.search(before), (path, before)
    assert named
    for edition in editions_of(law()):
        assert "date" not in record(edition)["custom"]
        whole, first, *_ = citations(edition, styles())
        title = edition.particulars.title
        plain = [next(text.text for text in each.texts if text.kind == "plain") for each in (whole, first)]
        assert re.match(f"《{title}》，(據簡體原文轉換，)?http", plain[0])
        assert f"——《{title}》，{edition.statement.clauses[0].label}，" in plain[1]


def test_citations_name_no_author_where_nobody_is_named() -> None:
    for edition in editions_of(convention()):
        found = record(edition)
        assert "author" not in found
        assert "author" not in bibtex(found)
        assert "AU  -" not in ris(found)
        assert json.loads(csl_json(found))[0]["custom"]["date"] == {"date-parts": [[2021, 3, 3]]}
        whole, *clauses = citations(edition, styles())
        said = {text.kind: text.text for text in whole.texts}
        title = edition.particulars.title
        assert said["plain"].startswith(f"《{title}》（2021年3月3日）")
        english = edition.particulars.english_title
        assert said["apa"].startswith(f"{title} [{english}]. (2021, March 5). ")
        assert said["chicago"].startswith(f"“{title}” [{english}]. ")
        # In a list of references nothing is said twice.
        assert [said[kind].count(title) for kind in ("plain", "gb", "apa", "chicago")] == [1, 1, 1, 1]
        assert len(clauses) == len(edition.statement.clauses)
