"""A statement that is called nothing in English: nothing asks for it, and nothing has a place left open for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

import support
from publish import project as publishing
from test_data import AKN, akn_schema, validator

LINE = 'english_title = "Statement of a Conference"\n'
TITLE = "Statement of a Conference"


def files(folder: Path) -> dict[str, str]:
    made = publishing.make(publishing.read(folder)).files
    return {path: each if isinstance(each, str) else each.decode("utf-8", "replace") for path, each in made.items()}


@pytest.fixture(scope="module")
def titled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the files of the small statement."""
    return files(support.copy_base(tmp_path_factory.mktemp("titled") / "inputs"))


@pytest.fixture(scope="module")
def untitled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the files of the small statement without its English title."""
    folder = support.copy_base(tmp_path_factory.mktemp("untitled") / "inputs")
    support.replace(folder / "statement.toml", LINE, "")
    return files(folder)


def test_no_page_names_an_english_title(titled: dict[str, str], untitled: dict[str, str]) -> None:
    for edition, word in (("zh-hans", "英文标题"), ("zh-hant", "英文標題")):
        for page in ("index.md", "about.md"):
            assert word in titled[f"{edition}/{page}"]
            assert word not in untitled[f"{edition}/{page}"]
    assert json.loads(untitled[".site.yml"])["extra"]["editions"]["zh-hans"]["english"] == ""
    assert [path for path, text in untitled.items() if TITLE in text] == []


def test_citations_have_no_brackets_for_it(titled: dict[str, str], untitled: dict[str, str]) -> None:
    for path in ("zh-hans/cite/index.md", "zh-hant/cite/index.md", "1/index.md"):
        without = titled[path].replace(f" &#91;{TITLE}&#93;", "")
        assert without != titled[path]
        assert without.count("&#91;") == untitled[path].count("&#91;")
        assert "&#91;&#93;" not in untitled[path]
    record = json.loads(untitled["data/citations/zh-hans/statement.json"])[0]
    assert "translated-title" not in record["custom"]
    assert "titleaddon" not in untitled["data/citations/zh-hans/statement.bib"]
    assert "N1  -" in titled["data/citations/zh-hans/statement.ris"]
    assert "N1  -" not in untitled["data/citations/zh-hans/statement.ris"]


def test_data_and_documents_are_valid_without_it(untitled: dict[str, str]) -> None:
    whole = json.loads(untitled["data/statement.json"])
    validator().validate(whole)
    assert whole["english_title"] == ""
    root = etree.fromstring(untitled["data/statement.zh-hans.xml"].encode("utf-8"))
    akn_schema().assertValid(root)
    assert root.findall(".//a:FRBRalias[@name='english']", AKN) == []
