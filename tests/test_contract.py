"""What pages and data tell our scripts: each side knows what the other says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pydantic import TypeAdapter

import support
from pages import CLAUSES, EDITIONS, EVERY, SHARED, THEMES, read
from publish import export, onefile
from publish.shapes import SearchData, SearchPart, TermData
from statement import convert

ASSETS = support.ROOT / "docs" / "assets"
# Read by a name that a script puts together, or by tests only.
BY_OTHERS = {"data-auto", "data-light", "data-dark", "data-icon", "data-kind", "data-candidates"}


def kebab(name: str) -> str:
    return "data-" + re.sub("[A-Z]", lambda letter: f"-{letter.group().lower()}", name)


def read_by_scripts() -> set[str]:
    """Return the attributes that scripts read, whichever way they write it."""
    code = "\n".join(path.read_text("utf-8") for path in ASSETS.rglob("*.js"))
    named = set(re.findall(r"dataset\.(\w+)", code))
    for names in re.findall(r"\{([^{}]*)\} = (?:/\*\*.*?\*/ \(\w+\))?[\w.]*dataset", code):
        named |= {re.split(r"[:=]", name)[0].strip() for name in names.split(",") if name.strip()}
    return {kebab(name) for name in named} | set(re.findall(r"data-[a-z]+(?:-[a-z]+)*", code))


def test_scripts_and_pages_know_the_same_attributes(site: Path, library: Path) -> None:
    own = [read(site, page) for page in ("404.html", "", *SHARED, *EVERY, onefile.PATH)]
    shelf = [read(library, page) for page in ("404.html", "", *(f"{edition}/search/" for edition in EDITIONS))]
    written = {
        name for page in (*own, *shelf) for tag in page.find_all(True) for name in tag.attrs if name.startswith("data-")
    }
    known = read_by_scripts()
    assert written - known - BY_OTHERS == set()
    assert len(written) > 20
    # Those that scripts give elements of their own making, for a stylesheet or another script; and that of links to an
    # edition with a text of its own, which this site has not.
    assert known - written <= {"data-own", "data-scheme", "data-shown", "data-shortcut", "data-passage"}


def declared(script: str, name: str) -> set[str]:
    """Return the properties of a type that a script declares."""
    code = (ASSETS / script).read_text("utf-8")
    (body,) = re.findall(rf"@typedef \{{object\}} {name}\n((?: \* @property .*\n)+)", code)
    return set(re.findall(r"@property \{.*\} \[?(\w+)", body))


def test_scripts_declare_the_data_of_the_search_as_it_is_made() -> None:
    assert declared("search/index.js", "Data") == set(SearchData.__annotations__)


def test_scripts_declare_the_words_they_are_given(site: Path) -> None:
    for edition in ("zh-hans", "zh-hant"):
        assert set(json.loads((site / edition / "words.json").read_bytes())) == declared("words.js", "Words")


@pytest.mark.parametrize("split_above", [1, 1000])
def test_data_have_the_shapes_that_are_declared(split_above: int) -> None:
    files = export.search_data(support.editions(), convert.variants, split_above)
    for path, text in files.items():
        shape = SearchData if path.endswith("/search.json") else SearchPart
        TypeAdapter[object](shape).validate_json(text, strict=True)
    for text in export.term_data(support.editions()).values():
        TypeAdapter(TermData).validate_json(text, strict=True)
    assert len(files) == len(EDITIONS) * (1 if split_above > len(CLAUSES) else 1 + len(THEMES))
