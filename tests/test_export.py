"""The data of the search: what is in it, that nothing needless is, and that parts make up the whole."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

import support
from pages import EDITIONS, THEMES
from publish import export
from statement import convert
from statement.model import Edition, EditionSettings


@cache
def files(split_above: int) -> Mapping[str, str]:
    return export.search_data(support.editions(), convert.variants, split_above)


def data(edition: str, split_above: int = export.SPLIT_ABOVE) -> dict[str, dict[str, Any]]:
    """Return the files of an edition by name."""
    made = files(split_above)
    return {path.split("/")[1]: json.loads(text) for path, text in made.items() if path.startswith(edition)}


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_passage_is_there_in_the_order_of_the_text(edition: str) -> None:
    (made,) = data(edition).values()
    expected = support.editions()[EDITIONS.index(edition)]
    clauses = [passage["text"] for passage in made["passages"] if "number" in passage]
    assert clauses == [clause.text for clause in expected.statement.clauses]
    assert [passage["number"] for passage in made["passages"] if "number" in passage] == [
        clause.number for clause in expected.statement.clauses
    ]
    headings = [passage["text"] for passage in made["passages"] if "number" not in passage]
    titles = [part.full_title for part in expected.parts if part.numeral]
    assert headings == [expected.particulars.title, *titles]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_other_edition_can_be_made_from_the_pairs_and_the_exceptions(edition: str) -> None:
    (made,) = data(edition).values()
    pairs = dict(zip(made["other"][::2], made["other"][1::2], strict=True))
    exceptions = {(passage, offset): character for passage, offset, character in made["exceptions"]}
    other = support.editions()[1 - EDITIONS.index(edition)]
    for index, (passage, theirs) in enumerate(zip(made["passages"], export.passages(other), strict=True)):
        text = passage["text"]
        found = [exceptions.get((index, at), pairs.get(each, each)) for at, each in enumerate(text)]
        assert "".join(found) == theirs.text


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_fold_table_holds_only_what_the_text_and_the_names_can_need(edition: str) -> None:
    (made,) = data(edition).values()
    simplified = {character for clause in support.parse_statement().clauses for character in clause.text}
    names = {character for _, others in made["names"] for name in others for character in name}
    headings = {character for passage in data("zh-hans")["search.json"]["passages"] for character in passage["text"]}
    targets = set(made["fold"][1::2])
    assert targets <= simplified | names | headings
    assert len(made["fold"][::2]) == len(set(made["fold"][::2])), "a variant stands for one character"


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_split_loses_nothing(edition: str) -> None:
    (whole,) = data(edition).values()
    parts = data(edition, split_above=0)
    main = parts.pop("search.json")
    assert main.pop("parts") == list(parts)
    assert len(parts) == len(THEMES)
    for key in ("passages", "exceptions", "readings"):
        assert main[key] == []
        assert [each for part in parts.values() for each in part[key]] == whole[key]
        main[key] = whole[key]
    assert main == whole


def search_files(editions: tuple[Edition, ...]) -> dict[str, dict[str, Any]]:
    """Return what the search of each edition loads, by its id."""
    files = export.search_data(editions, convert.variants)
    return {path.removesuffix("/search.json"): json.loads(text) for path, text in files.items()}


def other_text(made: dict[str, Any]) -> list[str]:
    """Return the passages of the other edition, made from those of this one."""
    pairs = dict(zip(made["other"][::2], made["other"][1::2], strict=True))
    exceptions = {(passage, offset): character for passage, offset, character in made["exceptions"]}
    return [
        "".join(exceptions.get((index, at), pairs.get(each, each)) for at, each in enumerate(passage["text"]))
        for index, passage in enumerate(made["passages"])
    ]


def texts(edition: Edition) -> list[str]:
    return [passage.text for passage in export.passages(edition)]


def test_a_third_edition_is_paired_with_simplified_and_leaves_the_others_as_they_are() -> None:
    two = search_files(support.editions())
    made = support.editions_with(support.TRADITIONAL, support.HONG_KONG)
    three = search_files(made)
    assert {edition: three[edition] for edition in two} == two
    assert [three[each.id]["simplified"] for each in made] == [True, False, False]
    assert other_text(three["zh-hant-hk"]) == texts(made[0])
    simplified, hong_kong = support.golden("facts")["hong_kong"]["pair"]
    assert f"{hong_kong}{simplified}" in three["zh-hant-hk"]["other"]
    assert three["zh-hant-hk"]["pinyin"] == two["zh-hans"]["pinyin"]


def test_the_data_is_the_same_whichever_edition_is_the_source() -> None:
    assert search_files(support.traditional_editions(support.SIMPLIFIED)) == search_files(support.editions())


@pytest.mark.parametrize("others", [(), (dataclasses.replace(support.HONG_KONG, converter="t2hk"),)])
def test_traditional_without_a_simplified_edition_is_searched_in_simplified(
    others: tuple[EditionSettings, ...],
) -> None:
    simplified = support.editions()[0]
    expected = search_files(support.editions())["zh-hant"]
    made = support.traditional_editions(*others)
    found = search_files(made)
    assert len(found) == 1 + len(others)
    assert found["zh-hant"] == expected
    for edition in made:
        assert found[edition.id]["simplified"] is False
        assert other_text(found[edition.id]) == texts(simplified)
        assert found[edition.id]["pinyin"] == expected["pinyin"]


def test_an_only_simplified_edition_is_its_own_partner() -> None:
    made = support.editions_with(overrides=(), reasons=())
    (found,) = search_files(made).values()
    assert (found["simplified"], found["other"], found["exceptions"]) == (True, "", [])
