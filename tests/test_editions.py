"""Editions through to the built site: a third one, and a statement whose source is in Traditional."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pytest

import make_fonts
import sample
import support
from pages import clauses, one, read
from statement.convert import Converter
from test_interface import language, simplified_only, words

GOLDEN = support.golden("facts")
COUNTS = (GOLDEN["counts"]["changed"], GOLDEN["converted"]["changed_for_hong_kong"])
# Characters that are written otherwise for Hong Kong, and otherwise for Taiwan.
HERE, THERE = GOLDEN["converted"]["others_for_hong_kong"], GOLDEN["converted"]["others_for_taiwan"]
HONG_KONG = """
[[editions]]
id = "zh-hant-hk"
language = "zh-Hant-HK"
name = "香港繁體"
converter = "s2hk"
quotes = "「」『』"
"""
# What is no choice in the Taiwan standard, which has one form for both.
READ_FOR_HONG_KONG = """
[[choices]]
source = "参"
result = "參"
hits = { "参与" = 3 }
reason = "“参与”取加入之义，写作「參」；「蔘」专指人参一类的药材。"
editions = ["zh-hant-hk"]
"""


def ledger(site: Path, edition: str) -> dict[str, str]:
    rows = read(site, f"{edition}/conversion/").select(".changes > li")
    return {old.get_text(): new.get_text() for row in rows for old, new in [row.select("[lang]")]}


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the real statement with an edition for Hong Kong."""
    project = support.copy_project(tmp_path_factory.mktemp("three") / "project")
    with (project / "docs" / "source" / "statement.toml").open("a", encoding="utf-8") as file:
        file.write(HONG_KONG)
    with (project / "docs" / "source" / "conversion.toml").open("a", encoding="utf-8") as file:
        file.write(READ_FOR_HONG_KONG)
    return support.make_site(project)


@pytest.mark.slow
def test_each_edition_has_its_own_conversion_table(three: Path) -> None:
    taiwan, hong_kong = ledger(three, "zh-hant"), ledger(three, "zh-hant-hk")
    assert {character: hong_kong[character] for character, _ in HERE} == dict(HERE)
    assert {character: taiwan.get(character) for character, _ in HERE} == dict.fromkeys(dict(HERE)) | dict(THERE)
    assert ledger(three, "zh-hans") == taiwan
    changed = [one(read(three, f"{each}/conversion/"), ".lead").get_text() for each in ("zh-hant", "zh-hant-hk")]
    assert [str(COUNTS[0]) in changed[0], str(COUNTS[1]) in changed[1]] == [True, True]


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
    assert [section["lang"] for section in read(three, f"{sample.NUMBER}/").select("section")] == [
        "zh-Hans",
        "zh-Hant",
        "zh-Hant-HK",
    ]
    compared = read(three, "compare/")
    texts = [compared.select(f".clause[lang={each}]")[1].get_text() for each in ("zh-Hans", "zh-Hant", "zh-Hant-HK")]
    assert len(set(texts)) == 3
    assert [link["data-edition"] for link in read(three, "zh-hant-hk/").select(".switch [data-edition]")] == [
        "zh-hans",
        "zh-hant",
    ]


def choices(site: Path, edition: str) -> dict[str, str]:
    """Return what the table of an edition says of each character that could have become several."""
    return {
        one(name, "dt > span").get_text(): one(name, "small > span").get_text()
        for name in read(site, f"{edition}/conversion/").select(".choices dt")
    }


@pytest.mark.slow
def test_each_edition_has_the_choices_of_its_own_standard(three: Path) -> None:
    taiwan, hong_kong = choices(three, "zh-hant"), choices(three, "zh-hant-hk")
    assert (taiwan["面"], hong_kong["面"]) == ("面 麵", "面 麪")
    assert set(hong_kong) - set(taiwan) == {"参"}


def read_for_simplified() -> str:
    """Return a conversion.toml in which the choices of the conversion of the Traditional text have been read."""
    source, statement = support.traditional_editions()[0].settings, support.traditional_editions()[0].statement
    simplified = dataclasses.replace(support.SIMPLIFIED, id="zh-hans")
    return "".join(
        f"[[choices]]\nsource = {json.dumps(each.source)}\nresult = {json.dumps(each.result)}\n"
        f"hits = {{ {', '.join(f'{json.dumps(word)} = {count}' for word, count in each.hits.items())} }}\n"
        f'reason = "{each.source}字在這裡是“{each.result}”。"\n\n'
        for each in support.reasons_for(statement, source, simplified)
    )


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
    (source / "conversion.toml").write_text(read_for_simplified(), "utf-8")
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
    assert {(result, ledger(traditional, "zh-hans")[result]) for _, result in THERE} == {
        (new, old) for old, new in THERE
    }
    character, counted, sentence = support.cases("conversion")["simplified_choice"]
    assert choices(traditional, "zh-hans")[character] == counted
    assert sentence in one(read(traditional, "zh-hant/conversion/"), ".choices").get_text()


@pytest.mark.slow
def test_the_interface_of_a_traditional_source_is_in_the_script_of_each_edition(traditional: Path) -> None:
    for page in ("", "full/", "search/", "terms/", "about/", "cite/"):
        for lang, text in words(read(traditional, f"zh-hant/{page}")):
            assert lang != "zh-Hant" or not simplified_only() & set(text), text
    assert "聲明文字照錄所據的繁體文本" in one(read(traditional, "zh-hant/"), ".colophon").get_text()
    assert "由繁体原文逐字转换" in one(read(traditional, "zh-hans/"), ".colophon").get_text()
    assert "依筆畫" in one(read(traditional, "zh-hant/terms/"), "article").get_text()
    assert "按拼音" in one(read(traditional, "zh-hans/terms/"), "article").get_text()
    assert language(one(read(traditional, f"{sample.NUMBER}/"), ".brand")) == "zh-Hant"
