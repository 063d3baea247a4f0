"""The words of the interface: each edition in its own script, everywhere a reader can see or hear them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import copy
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from zhconv_rs import zhconv

import sample
import support
from pages import CLAUSES, EDITIONS, EVERY, one, read

SPOKEN = ("title", "alt", "aria-label", "aria-description", "placeholder", "label", "data-label", "data-copied")
NOT_SHOWN = ("script", "style", "template")
# Pages in both scripts, whose heads, which have one language, name the statement in both.
SHARED = ("", "404.html", CLAUSES[0], f"{sample.NUMBER}/", CLAUSES[-1], "compare/")
GOLDEN = support.golden("facts")["characters"]
# What the pages about the text speak of: the characters that converters get wrong.
MENTIONED = {
    f"{edition}/{page}/": set(found)
    for edition, found in GOLDEN["mentioned"].items()
    for page in ("about", "conversion")
}
# The conversion table has characters that were not chosen, which another converter would change.
LISTED = tuple(f"{edition}/conversion/" for edition in EDITIONS)
# A record of CSL-JSON has names in Latin letters, too, and these have English quotation marks.
MENTIONED["zh-hant/cite/"] = set("“”")
# Written otherwise in the converter's Taiwan standard, but what this text has by an override of its own.
OVERRIDDEN = set(GOLDEN["overridden"])
# Kept by the other converter, where the Taiwan standard has another.
KEPT_BY_THE_OTHER = set(GOLDEN["kept_by_the_other"])


@cache
def simplified_only() -> frozenset[str]:
    """Return the characters that no Traditional text has, nor one in the Taiwan standard (爲 衆 裏 閲 脚)."""
    taiwan = support.converter_table("TWVariants.txt")
    simplified = {
        key
        for key, values in support.converter_table("STCharacters.txt").items()
        if key not in {standard for value in values for standard in taiwan.get(value, [value])}
    }
    elsewhere = {key for key, values in taiwan.items() if key not in values}
    return frozenset((simplified | elsewhere | set("閲脚")) - OVERRIDDEN)


@cache
def traditional_only() -> frozenset[str]:
    return frozenset(key for key, values in support.converter_table("TSCharacters.txt").items() if key not in values)


def words(page: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Yield everything on a page that a reader sees or hears, with its language."""
    for node in page.find_all(string=True):
        if type(node) is NavigableString and node.strip() and node.parent and node.parent.name not in NOT_SHOWN:
            yield language(node.parent), plain(str(node))
    for tag in page.find_all(True):
        if tag.name == "meta" and tag.get("property") != "og:locale":
            yield language(tag), plain(str(tag.get("content", "")))
        for name, value in tag.attrs.items():
            if name in SPOKEN or (name.startswith("data-") and re.search("[\u4e00-\u9fff]", str(value))):
                yield language(tag), plain(str(value))


def plain(text: str) -> str:
    """Return a text without the apostrophes of English words, which Chinese has for a quotation mark."""
    return re.sub("(?<=[A-Za-z])’", "", text)


def language(tag: Tag) -> str:
    holder = tag if tag.has_attr("lang") else tag.find_parent(lang=True)
    assert holder, f"{tag.name} has no language"
    return str(holder["lang"])


@pytest.mark.parametrize("page", [*SHARED, *EVERY])
def test_each_word_is_in_the_script_of_its_language(site: Path, page: str) -> None:
    html = read(site, page)
    if page in SHARED:
        html = copy(html)
        one(html, "head").decompose()
    found = list(words(html))
    assert len(found) > 10
    for lang, text in found:
        if lang == "zh-Hant":
            assert not simplified_only() & set(text), text
        elif lang == "zh-Hans":
            assert traditional_only() & set(text) <= MENTIONED.get(page, set()), text
        else:
            assert lang == "en"
            assert re.sub("[“”‘’]", "", text).isascii()


@pytest.mark.parametrize("page", [page for page in EVERY if page.startswith("zh-hant") and page not in LISTED])
def test_another_converter_finds_nothing_to_convert_on_traditional_pages(site: Path, page: str) -> None:
    for lang, text in words(read(site, page)):
        if lang == "zh-Hant":
            other = zhconv(text, "zh-hant")
            assert len(other) == len(text)
            changed = {old for old, new in zip(text, other, strict=True) if old != new}
            assert changed <= KEPT_BY_THE_OTHER | MENTIONED.get(page, set()), text


@pytest.mark.parametrize("edition", ["zh-hans", "zh-hant"])
def test_the_words_of_the_search_are_in_the_script_of_the_edition(site: Path, edition: str) -> None:
    written: dict[str, str] = json.loads((site / edition / "words.json").read_text("utf-8"))
    assert len(written) > 30
    wrong = simplified_only() if edition == "zh-hant" else traditional_only()
    assert not wrong & set("".join(written.values()))
    if edition == "zh-hant":
        assert all(zhconv(words, "zh-hant") == words for words in written.values())
        assert not set("“”‘’") & set("".join(written.values()))


def test_the_characters_that_themes_get_wrong_are_among_those_looked_for() -> None:
    assert set("个页阅览关爲衆裏閲脚") <= simplified_only()
    assert not set("個頁閱覽關為眾裡腳里台干后面") & simplified_only()
