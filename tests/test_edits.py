"""Edits: what an editor changed is listed, undoing it gives the original, and no page says what is not so."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

import structures
import support
from publish import onefile
from publish import project as publishing
from statement.edits import edit_problems, original
from statement.errors import Source
from statement.model import Edit, Omission

ORIGINAL = "合作会议声明\n\n2021-03-03\n\n1、我们支持发展。\n\n2、我们感谢大家。\n\n扫码关注\n"
TEXT = "合作会议声明\n\n2021-03-03\n\n1、我们支持发展。\n\n2、我们感谢各方。\n"
EDITS = (Edit("大家", "各方", "依发布方的更正。"),)
OMISSIONS = (Omission("\n扫码关注\n", "刊载网站的广告。", "感谢各方。\n"),)
VOWS = ("一字不增", "照录", "一字不改", "必见于原文", "的原文一字不差", "声明原文，", "文字照录所据")


def sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def case(**more: Any) -> structures.Case:
    themes = [{"slug": "text", "title": "声明"}]
    statement = {"title": "合作会议声明", "published": "2021-03-03T00:00:00", **more}
    statement["published"] = support.editions()[0].particulars.published.replace(2021, 3, 3)
    return structures.case(TEXT, statement, themes, {})


def edited(**more: Any) -> structures.Case:
    made = case(original_sha256=sha(ORIGINAL))
    particulars = replace(made.particulars, **{"edits": EDITS, "omissions": OMISSIONS, **more})
    return replace(made, particulars=particulars)


def messages(made: structures.Case) -> list[str]:
    found = edit_problems(made.text.encode("utf-8"), made.particulars, Source("statement.toml", ""))
    return [problem.message for problem in found]


def pages(made: structures.Case) -> dict[str, str]:
    files = publishing.make(structures.inputs_of(made)).files
    return {path: text for path, text in files.items() if isinstance(text, str) and path.startswith("zh-hans/")}


def test_undoing_the_edits_gives_the_original() -> None:
    made = edited()
    assert original(made.text, made.particulars) == ORIGINAL
    assert messages(made) == []


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"edits": ()}, "original_sha256: statement.txt with its edits and omissions undone has the sha256"),
        ({"omissions": ()}, "original_sha256: statement.txt with its edits and omissions undone has the sha256"),
        ({"edits": (), "omissions": ()}, "original_sha256: statement.txt as it is has the sha256"),
        ({"original_sha256": ""}, "original_sha256: is missing; add the sha256 of the file as it was received"),
        ({"edits": (Edit("大家", "我们", "。"),)}, "edits[0].edited: statement.txt has 我们 2 times; quote so much"),
        ({"edits": (Edit("各方", "各方", "。"),)}, "edits[0].edited: is what the original has; correct it"),
        ({"omissions": (Omission("广告", "。", "没有"),)}, "omissions[0].after: statement.txt has 没有 never"),
    ],
)
def test_a_change_that_is_not_listed_stops_the_build(more: dict[str, Any], told: str) -> None:
    (message,) = messages(edited(**more))
    assert message.startswith(told)


@given(st.lists(st.text("甲乙丙丁", min_size=1, max_size=4), min_size=1, max_size=5, unique=True), st.data())
def test_any_edits_can_be_undone(words: list[str], data: st.DataObject) -> None:
    pieces = [f"〈{index}{word}〉" for index, word in enumerate(words)]
    new = [f"《{index}新》" for index in range(len(pieces))]
    chosen = data.draw(st.sets(st.sampled_from(range(len(pieces)))))
    text = "".join(new[index] if index in chosen else piece for index, piece in enumerate(pieces))
    edits = tuple(Edit(pieces[index], new[index], "理由。") for index in sorted(chosen))
    made = replace(case().particulars, edits=edits)
    assert original(text, made) == "".join(pieces)


def test_the_page_about_the_text_lists_every_edit_with_its_reason() -> None:
    text = BeautifulSoup(pages(edited())["zh-hans/about.md"], "html.parser").get_text()
    assert "编者对原文作了2处" in text
    assert "原件作“大家”，改作“各方”。依发布方的更正。" in text
    assert "“感谢各方。”之后略去“扫码关注”。刊载网站的广告。" in text
    assert sha(ORIGINAL) in text


def test_no_page_of_an_edited_text_vows_that_nothing_was_changed() -> None:
    made = publishing.make(structures.inputs_of(edited())).files
    read = {path: text if isinstance(text, str) else text.decode("utf-8", "replace") for path, text in made.items()}
    for path, text in read.items():
        if path.startswith("zh-hans/") or path in (".site.yml", "compare/index.md", onefile.PATH):
            for vow in VOWS:
                # Readers are asked to quote what is there.
                assert vow not in text.replace("引文请照录原文", ""), (path, vow)


def test_only_a_text_whose_original_is_vouched_for_is_said_to_be_unchanged() -> None:
    sworn = pages(case(original_sha256=sha(TEXT)))["zh-hans/about.md"]
    unsworn = pages(case())["zh-hans/about.md"]
    assert "一字不改" in sworn
    assert "一字不改" not in unsworn
    assert "编者没有说明" in unsworn
