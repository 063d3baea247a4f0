"""Editions through to the built site: a third one, and a statement whose source is in Traditional."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import make_fonts
import support
from pages import clauses, one, read
from statement.convert import Converter
from test_interface import language, simplified_only, words

HONG_KONG = """
[[editions]]
id = "zh-hant-hk"
language = "zh-Hant-HK"
name = "香港繁體"
converter = "s2hk"
quotes = "「」『』"
"""


def ledger(site: Path, edition: str) -> dict[str, str]:
    rows = read(site, f"{edition}/conversion/").select("#changes ~ table tbody tr")
    return {cells[0].get_text(): cells[1].get_text() for row in rows for cells in [row.select("td")]}


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the real statement with an edition for Hong Kong."""
    project = support.copy_project(tmp_path_factory.mktemp("three") / "project")
    with (project / "docs" / "source" / "statement.toml").open("a", encoding="utf-8") as file:
        file.write(HONG_KONG)
    return support.make_site(project)


@pytest.mark.slow
def test_each_edition_has_its_own_conversion_table(three: Path) -> None:
    taiwan, hong_kong = ledger(three, "zh-hant"), ledger(three, "zh-hant-hk")
    assert (taiwan["卫"], hong_kong["卫"]) == ("衛", "衞")
    assert "峰" not in taiwan
    assert hong_kong["峰"] == "峯"
    assert ledger(three, "zh-hans") == taiwan
    changed = [one(read(three, f"{each}/conversion/"), ".lead").get_text() for each in ("zh-hant", "zh-hant-hk")]
    assert ["652" in changed[0], "654" in changed[1]] == [True, True]


@pytest.mark.slow
def test_each_edition_names_its_own_standard_and_locale(three: Path) -> None:
    about = {each: one(read(three, f"{each}/about/"), "article").get_text() for each in ("zh-hant", "zh-hant-hk")}
    assert "OpenCC 的臺灣用字標準" in about["zh-hant"]
    assert "OpenCC 的香港用字標準" in about["zh-hant-hk"]
    assert "臺灣" not in about["zh-hant-hk"]
    locales = [
        one(read(three, f"{each}/"), "meta[property='og:locale']")["content"]
        for each in ("zh-hans", "zh-hant", "zh-hant-hk")
    ]
    assert locales == ["zh_CN", "zh_TW", "zh_HK"]


@pytest.mark.slow
def test_pages_in_every_script_have_all_three(three: Path) -> None:
    assert [section["lang"] for section in read(three, "7/").select("section")] == ["zh-Hans", "zh-Hant", "zh-Hant-HK"]
    compared = read(three, "compare/")
    texts = [compared.select(f".clause[lang={each}]")[1].get_text() for each in ("zh-Hans", "zh-Hant", "zh-Hant-HK")]
    assert len(set(texts)) == 3
    assert [link["data-edition"] for link in read(three, "zh-hant-hk/").select(".switch [data-edition]")] == [
        "zh-hans",
        "zh-hant",
    ]


@pytest.fixture(scope="module")
def traditional(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of a statement whose source is the Traditional text, converted to Simplified."""
    if not make_fonts.INSTALLED.is_file():
        pytest.skip(f"no {make_fonts.INSTALLED} to make the pictures' font from")
    project = support.copy_project(tmp_path_factory.mktemp("traditional") / "project")
    source = project / "docs" / "source"
    convert = Converter(support.TRADITIONAL, support.editions()[1].conversion).convert
    text = (support.GOLDEN / "statement.zh-hant.txt").read_text("utf-8")
    for name in ("themes.toml", "terms.toml", "operative.toml", "variants.toml", "statement.toml"):
        (source / name).write_text(convert((source / name).read_text("utf-8")), "utf-8")
    (source / "conversion.toml").write_text("")
    (source / "statement.txt").write_text(text, "utf-8")
    particulars = (source / "statement.toml").read_text("utf-8")
    # The pages were put together when this text was read.
    head = re.sub(r"(?m)^page_breaks = .*$", "", particulars.partition("[[editions]]")[0])
    old = next(line for line in head.splitlines() if line.startswith("sha256"))
    (source / "statement.toml").write_text(
        head.replace(old, f'sha256 = "{support.sha256(text)}"')
        + '[[editions]]\nid = "zh-hant"\nlanguage = "zh-Hant"\nname = "繁體"\nconverter = ""\nquotes = "「」『』"\n'
        + '[[editions]]\nid = "zh-hans"\nlanguage = "zh-Hans"\nname = "简体"\nconverter = "tw2s"\nquotes = "“”‘’"\n',
        "utf-8",
    )
    (project / support.ADDRESSES).write_text("")
    assert make_fonts.main([str(source)]) == 0
    return support.make_site(project)


@pytest.mark.slow
def test_a_traditional_source_is_published_as_it_is_and_converted(traditional: Path) -> None:
    for page, index in (("zh-hant/full/", 1), ("zh-hans/full/", 0)):
        html = read(traditional, page)
        assert clauses(html) == [clause.text for clause in support.editions()[index].statement.clauses]
        assert one(html, "html")["lang"] == ("zh-Hant" if index else "zh-Hans")
    assert ledger(traditional, "zh-hans")["衛"] == "卫"


@pytest.mark.slow
def test_the_interface_of_a_traditional_source_is_in_the_script_of_each_edition(traditional: Path) -> None:
    for page in ("", "full/", "search/", "terms/", "about/", "cite/"):
        for lang, text in words(read(traditional, f"zh-hant/{page}")):
            assert lang != "zh-Hant" or not simplified_only() & set(text), text
    assert "本頁文字照錄所據的繁體文本" in one(read(traditional, "zh-hant/"), ".colophon").get_text()
    assert "由繁体原文逐字转换" in one(read(traditional, "zh-hans/"), ".colophon").get_text()
    assert "按筆畫" in one(read(traditional, "zh-hant/terms/"), "article").get_text()
    assert "按拼音" in one(read(traditional, "zh-hans/terms/"), "article").get_text()
    assert language(one(read(traditional, "7/"), ".brand")) == "zh-Hant"
