"""The site's own words: none that a reader of Traditional would stumble over, and no claim that the text is whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import support
from pages import CLAUSES, EDITIONS, EVERY, SHARED, read

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
# The statement's own words stay as they are.
STATEMENT = "".join(clause.text for clause in support.editions()[1].statement.clauses)
NOT_OURS = {word: meant for word, meant in MAINLAND.items() if word not in STATEMENT}
WHOLE = re.compile(f"全文[0-9]+段|共{len(CLAUSES)}段|全文，共")


@pytest.mark.parametrize("page", [page for page in EVERY if page.startswith("zh-hant/")])
def test_what_the_site_says_in_traditional_is_written_for_its_readers(site: Path, page: str) -> None:
    html = read(site, page)
    for lang in html.select("[lang=zh-Hans]"):
        lang.decompose()
    words = [html.get_text()]
    words += [
        str(tag[name]) for tag in html.find_all(True) for name in ("aria-label", "content", "title") if tag.get(name)
    ]
    text = "\n".join(words)
    assert {word: meant for word, meant in NOT_OURS.items() if word in text} == {}


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
