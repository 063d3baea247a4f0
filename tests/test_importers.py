"""The files to import, given to a reference manager that is not ours: Citation.js reads them in one process."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

import support
from statement import cite, inputs
from statement.model import Edition
from support import ADDRESS

IMPORTER = support.ROOT / "tests" / "tools" / "import-citations.mjs"
ADDRESSES = {"alone": "", "site": ADDRESS}
# Where Citation.js has the name of the site: biblatex's organization is a publisher to CSL, and RIS says the same of a
# web page's T2 as EndNote does, that it names a series; Zotero takes it for the website's title.
CONTAINERS = {"bib": "publisher", "bib#bibtex": "publisher", "ris": "collection-title", "json": "container-title"}
LANGUAGES = {
    "zh-hans": {"bib": "chinese-simplified", "ris": "zh-Hans", "json": "zh-Hans"},
    "zh-hant": {"bib": "chinese-traditional", "ris": "zh-Hant", "json": "zh-Hant"},
}
EDITIONS = tuple(LANGUAGES)
ODD_ISSUER = "外交部 and Ministry of Trade & Industry"
ODD_TITLE = "50% of {one} & a_b #1: $声明$"
# What biblatex 3 has for @online (its manual, 2.1.1 and 2.2), and what classic BibTeX has besides.
BIBLATEX = {"author", "title", "titleaddon", "organization", "date", "langid", "url", "note"}
BIBTEX = {"author", "title", "organization", "year", "month", "note", "key"}
MONTHS = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

pytestmark = pytest.mark.slow  # It needs what npm installs, as the linters of the scripts do.


@cache
def files() -> dict[str, str]:
    """Return the files of the site built alone and for an address, by a path that begins with one or the other."""
    styles = inputs.read_styles(support.ROOT / "docs" / "styles")
    made = {
        f"{name}/{path.removeprefix(f'{cite.FOLDER}/')}": text
        for name, address in ADDRESSES.items()
        for path, text in cite.files(
            {edition.id: cite.citations(edition, styles, address) for edition in support.editions()}
        ).items()
    }
    edition = support.editions()[0]
    record = cite.record(replace(edition, particulars=replace(edition.particulars, title=ODD_TITLE, issuer=ODD_ISSUER)))
    odd = {"bib": cite.bibtex(record), "ris": cite.ris(record), "json": cite.csl_json(record)}
    return made | {f"odd/zh-hans/statement.{kind}": text for kind, text in odd.items()}


@cache
def imported() -> dict[str, dict[str, Any]]:
    """Return the one record that the importer makes of each file, by the same paths."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder, path) for path in files()]
        for path, text in zip(paths, files().values(), strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        run = [str(Path(sys.executable).with_name("node")), str(IMPORTER), *map(str, paths)]
        done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert all(len(records) == 1 for records in found.values())
    return {path.removeprefix(f"{folder}/"): records[0] for path, records in found.items()}


def edition_of(name: str) -> Edition:
    return support.editions()[EDITIONS.index(name)]


def test_every_file_is_imported() -> None:
    clauses = ("statement", *(f"p{number}" for number in range(1, 15)))
    assert imported().keys() == {
        f"{name}/{edition}/{clause}.{kind}"
        for name in ADDRESSES
        for edition in EDITIONS
        for clause in clauses
        for kind in CONTAINERS
    } | {f"odd/zh-hans/statement.{kind}" for kind in CONTAINERS}


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", CONTAINERS)
@pytest.mark.parametrize("number", [None, 7])
def test_an_importer_has_what_the_edition_says(name: str, edition: str, kind: str, number: int | None) -> None:
    found = imported()[f"{name}/{edition}/{f'p{number}' if number else 'statement'}.{kind}"]
    particulars = edition_of(edition).particulars
    is_classic = kind == "bib#bibtex"
    own = f"{ADDRESS}{number or edition}/"
    assert found["title"] == particulars.title
    assert [list(name.values()) for name in found["author"]] == [[particulars.issuer]], "the author is in one piece"
    assert found["issued"] == {"date-parts": [[2020, 6] if is_classic else [2020, 6, 19]]}
    assert found["URL"] == (own if name == "site" else particulars.source_address)
    assert found[CONTAINERS[kind]] == (particulars.short if name == "site" else particulars.publisher)
    assert found["type"] == ("document" if is_classic else "webpage")
    assert found.get("language") == LANGUAGES[edition].get(kind)
    assert found["id"] == f"statement-{edition}{f'-p{number}' if number else ''}"


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("number", range(1, 15))
def test_a_clauses_number_and_address_are_in_each_of_its_files(edition: str, number: int) -> None:
    for kind in CONTAINERS:
        found = imported()[f"site/{edition}/p{number}.{kind}"]
        assert found["URL"] == f"{ADDRESS}{number}/"
        assert found["note"].split("；")[0] == f"第{number}段"


@pytest.mark.parametrize("kind", CONTAINERS)
def test_a_name_that_looks_like_several_and_signs_that_look_like_commands_stay_what_they_are(kind: str) -> None:
    found = imported()[f"odd/zh-hans/statement.{kind}"]
    assert [list(name.values()) for name in found["author"]] == [[ODD_ISSUER]]
    assert found["title"] == ODD_TITLE


def test_an_entry_is_bibtex_to_the_letter() -> None:
    entries = [text for path, text in files().items() if path.endswith(".bib")]
    assert len(entries) == 2 * 2 * 15 + 1
    for entry in entries:
        check_entry(entry)


def check_entry(text: str) -> None:
    """Hold an entry to what BibTeX reads (btxdoc, section 2), a field a line, and to fields that somebody knows."""
    head, *fields, end = text.removesuffix("\n").split("\n")
    assert re.fullmatch(r"@online\{[a-z0-9-]+,", head)
    assert end == "}"
    named = dict(field.removeprefix("  ").removesuffix(",").split(" = ", 1) for field in fields)
    assert len(named) == len(fields)
    assert named.keys() <= BIBLATEX | BIBTEX
    assert named.pop("month") in MONTHS
    for value in named.values():
        assert (value[0], value[-1]) == ("{", "}")
        depth = [value[: end + 1].count("{") - value[: end + 1].count("}") for end in range(len(value))]
        assert depth[-1] == 0
        assert min(depth[:-1]) > 0
    assert re.fullmatch(r"\{\d{4}-\d\d-\d\d\}", named["date"])
    assert named["url"].isascii()
    assert named["key"].isascii()
