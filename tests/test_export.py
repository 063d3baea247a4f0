"""The data of the search: what is in it, that nothing needless is, and that parts make up the whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

import support
from publish import export
from statement import convert

EDITIONS = ("zh-hans", "zh-hant")


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
    assert [passage["number"] for passage in made["passages"] if "number" in passage] == list(range(1, 15))
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
    names = {character for term in support.editions()[0].terms for name in term.names for character in name}
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
    assert len(parts) == 4
    for key in ("passages", "exceptions", "readings"):
        assert main[key] == []
        assert [each for part in parts.values() for each in part[key]] == whole[key]
        main[key] = whole[key]
    assert main == whole
