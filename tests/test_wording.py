"""The site's own words: none that a reader of Traditional would stumble over, and no claim that the text is whole."""

from __future__ import annotations

import re
from copy import copy
from functools import cache
from pathlib import Path

import opencc
import pytest

import support
from pages import CLAUSES, EDITIONS, EVERY, SHARED, one, read

# Words of the mainland, and how readers of Traditional say it.
MAINLAND = {
    "查找": "尋找、搜尋",
    "搜索": "搜尋",
    "鏈接": "連結",
    "軟件": "軟體，香港作軟件：寫“工具”",
    "打印": "列印",
    "導入": "匯入",
    "全角": "全形",
    "公佈": "公布",
    "總賬": "總帳",
    "點按": "點選",
    "點擊": "點選",
    "轉發": "分享",
    "加載": "載入",
    "擴展": "擴充功能",
    "原始文件": "原始檔案",
    "校驗值": "雜湊值",
    "蘋果電腦": "Mac",
    "腳註": "註腳",
    "計算機": "電腦",
    "互聯網": "網際網路",
    "傳感器": "感測器",
    "圖像": "影像",
    "通信": "通訊",
}
# What conversion makes of 只 beside words that it takes for counted things.
MAINLAND["隻"] = "只"
# The words for which Taiwan has others by OpenCC's table, and those of them that are right there, too, or meant so.
REGIONAL = Path(opencc.__file__).with_name("dictionary") / "TWPhrases.txt"
ACCEPTED = {
    "聲明": "what the text is",
    "文本": "the text of a treaty or a statement",
    "文件": "a document, as in Word 文件",
    "聯繫": "how things hang together",
    "組件": "in 零組件",
    "連接": "of countries, not of a line",
    "查看": "as usual there",
    "在線": "what people type",
}
# The statement's own words stay as they are.
STATEMENT = "".join(clause.text for clause in support.editions()[1].statement.clauses)
NOT_OURS = {word: meant for word, meant in MAINLAND.items() if word not in STATEMENT}
WHOLE = re.compile(f"全文[0-9]+段|共{len(CLAUSES)}段|全文，共")


@cache
def regional() -> dict[str, str]:
    """Return the words of OpenCC's table that are neither accepted nor the statement's."""
    pairs = [line.split("\t") for line in REGIONAL.read_text("utf-8").splitlines()]
    others = {word: meant for word, meant in pairs if word not in meant.split()}
    return {word: meant for word, meant in others.items() if word not in ACCEPTED and word not in STATEMENT}


@pytest.mark.parametrize("page", [page for page in EVERY if page.startswith("zh-hant/")])
def test_what_the_site_says_in_traditional_is_written_for_its_readers(site: Path, page: str) -> None:
    html = copy(read(site, page))
    for lang in html.select("[lang=zh-Hans]"):
        lang.decompose()
    words = [html.get_text()]
    words += [
        str(tag[name]) for tag in html.find_all(True) for name in ("aria-label", "content", "title") if tag.get(name)
    ]
    text = "\n".join(words)
    assert {word: meant for word, meant in (regional() | NOT_OURS).items() if word in text} == {}


def test_what_the_search_says_in_traditional_is_written_for_its_readers(site: Path) -> None:
    text = (site / "zh-hant" / "words.json").read_text("utf-8")
    assert [word for word in NOT_OURS if word in text] == []


def test_nothing_says_that_the_text_is_whole(site: Path) -> None:
    """It is a preview; what is shown of a link says so, or says nothing of it."""
    for page in ("", *SHARED, *EVERY):
        html = read(site, page)
        said = [str(tag.get("content")) for tag in html.select("meta[content]")] + [html.get_text()]
        assert [text for text in said if WHOLE.search(text)] == [], page
    for edition in EDITIONS:
        assert f"{len(CLAUSES)}段" in str(read(site, f"{edition}/full/").select_one("meta[name=description]"))


QUOTES = {"zh-hans": "“”‘’", "zh-hant": "「」『』"}


def faults(text: str, quotes: str) -> list[str]:
    """Return what stands around each quotation mark that is not of the kind for its depth, or is not paired.

    GB/T 15834, 4.8.3.3, and the handbook of Taiwan's ministry of education: the second kind within the first. An
    apostrophe in English is none.
    """
    found: list[str] = []
    depth = 0
    for index, character in enumerate(text):
        if character not in quotes or re.match(r"[A-Za-z]’[A-Za-z ]", text[max(0, index - 1) : index + 2]):
            continue
        is_opening = quotes.index(character) % 2 == 0
        expected = quotes[(depth if is_opening else depth - 1) % 2 * 2 :][0 if is_opening else 1]
        depth += 1 if is_opening else -1
        if character != expected or depth < 0:
            found.append(text[max(0, index - 9) : index + 9])
            depth = max(depth, 0)
    return found + [text] * bool(depth)


@pytest.mark.parametrize("edition", EDITIONS)
def test_quotation_marks_within_quotation_marks_are_of_the_other_kind(site: Path, edition: str) -> None:
    for page in EVERY:
        if not page.startswith(edition):
            continue
        html = read(site, page)
        blocks = html.select("p, li, dt, dd, figcaption, h1, h2, h3, td, th, title, meta[name=description]")
        for block in blocks:
            text = str(block.get("content") or block.get_text())
            # What says which mark becomes which has the marks; an English citation has English ones around Chinese.
            if block.find_parent(class_="cites") or block.select("ul, ol, table") or "→" in text:
                continue
            assert faults(text, QUOTES[edition]) == [], (page, text)


COUNT = re.compile("(?<!第)(?<![0-9至、—-])([0-9]+)(?:个|個)?(处|處|种|種|个|個|名|句)")


@pytest.mark.parametrize("name", EDITIONS)
def test_counts_in_prose_are_those_of_the_data(site: Path, name: str) -> None:
    made = support.editions()[EDITIONS.index(name)]
    table = next(each for each in support.editions() if each.is_converted)
    said: list[tuple[str, int, str]] = []
    for page in ("terms/", "about/", "conversion/", "search/", "cite/", "full/"):
        for block in read(site, f"{name}/{page}").select("main p, main figcaption, meta[name=description]"):
            text = str(block.get("content") or block.get_text())
            if "clause" not in (block.get("class") or ()) and not block.find_parent(
                class_=("passage", "terms", "choices")
            ):
                said += [(page, int(number), unit) for number, unit in COUNT.findall(text)]
    true = {
        "个": {len(made.terms), len(table.choices)},
        "种": {len(table.changes), len({each.source for each in table.changes})},
        "处": {table.changed},
    }
    same = {"個": "个", "種": "种", "處": "处"}
    assert len(said) >= 4
    for page, number, unit in said:
        assert number in true[same.get(unit, unit)], (page, number, unit)
    wording = read(site, f"{name}/wording/")
    for each in made.operatives:
        sentences = {(use.clause, use.sentence) for use in made.uses if use.word == each.id}
        assert one(wording, f"#{each.id} .count").get_text() == f"{len(sentences)}句"
