"""Citations as markup: what is read is exactly the text, broken and marked where it should be."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from publish.citing import breaking, in_english

LETTERS = st.text("aB1 /?:-.,“”‘’「」《》（）[]&<_\n中国聲明https", max_size=40)


def html(markup: str) -> BeautifulSoup:
    return BeautifulSoup(f"<p>{markup}</p>", "html.parser")


def lines(markup: str) -> list[str]:
    """Return a text in the pieces between the places where a browser is told that it may break."""
    return [html(piece).get_text() for piece in markup.split("<wbr>")]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("见 https://example.org/a/b.", ["见 https://example.org/", "a/", "b."]),
        ("https://example.org/statement/7/", ["https://example.org/", "statement/", "7/"]),
        ("http://a.b//c/?d=e/f", ["http://a.b//", "c/", "?d=e/", "f"]),
        ("及/或，第1/2段", ["及/或，第1/2段"]),
        ("https://example.org", ["https://example.org"]),
        ("url = {https://a.b/c},", ["url = {https://a.b/", "c},"]),
    ],
)
def test_an_address_may_break_after_each_of_its_slashes(text: str, pieces: list[str]) -> None:
    assert lines(breaking(text)) == pieces
    assert lines(in_english(text, "zh-Hans")) == pieces


def test_a_step_of_an_address_is_kept_together_where_a_browser_would_break_it() -> None:
    kept = html(breaking("https://my-site.org/a/report?id=7, https://example.org/b well-known"))
    assert [span.get_text() for span in kept.select(".step")] == ["https://my-site.org/", "report?id=7,"]


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("“Yidai” bumen “一山一水”部门, “‘Yidai’ guoji” “一山一水”声明 [Joint]", ["“一山一水”部门", "“一山一水”声明"]),
        ("Bumen 「一山一水」聯合聲明, June 19", ["「一山一水」聯合聲明"]),
        ("外交部. (2020). 关于《公约》的声明（全文） [On]. https://a.b/", ["外交部", "关于《公约》的声明（全文）"]),
        ("(“Yidai Yilu” hezuo, 2020, para. 7)", []),
    ],
)
def test_what_is_in_chinese_is_marked_with_its_quotation_marks(text: str, chinese: list[str]) -> None:
    shown = html(in_english(text, "zh-Hant"))
    assert [span.get_text() for span in shown.select("[lang=zh-Hant]")] == chinese


@given(LETTERS)
def test_what_is_read_is_the_text(text: str) -> None:
    assert html(breaking(text)).get_text() == text
    assert html(in_english(text, "zh-Hans")).get_text() == text
    assert {tag.name for tag in html(in_english(text, "zh-Hans")).find_all()} <= {"p", "span", "wbr"}
