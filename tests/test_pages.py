"""The list of pages: the one place that says what the site has, and where names that people give may clash."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

import support
from pages import CLAUSES, EDITIONS, EVERY
from publish import pages, project
from statement.errors import InputError

INTERFACE = yaml.safe_load(str(support.made().files[".site.yml"]))["extra"]


def problems_of(folder: Path) -> list[str]:
    try:
        project.make(project.read(folder))
    except InputError as error:
        return [str(problem).removeprefix(f"{folder.as_posix()}/") for problem in error.problems]
    return []


def test_the_list_is_what_is_made_and_nothing_else() -> None:
    listed = {page.file for page in support.made().pages}
    assert listed == {path for path in support.made().files if path.endswith(".md")}
    addresses = {page.path for page in support.made().pages}
    assert addresses == {"", "compare/", *CLAUSES, *EVERY}


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_menu_has_every_page_of_the_edition_but_single_terms_and_the_conversion_table(edition: str) -> None:
    menu = [item["path"] for item in INTERFACE["editions"][edition]["menu"]]
    assert len(set(menu)) == len(menu)
    assert set(menu) == {
        page.path
        for page in support.made().pages
        if page.edition == edition and page.template not in ("term", "conversion")
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("terms.toml", "un", "index", "terms[0].id: index is an address of the site's own"),
        ("terms.toml", "un-system", "un", "terms[1].id: un is taken by another term"),
        ("themes.toml", "health", "contents", "themes[1].slug: contents is an id of something else"),
        ("themes.toml", "health", "statement", "themes[1].slug: statement is an id of something else"),
        ("themes.toml", "health", "use", "themes[1].slug: use is an id of something else"),
        ("themes.toml", "health", "p7", "themes[1].slug: p7 is an id of something else"),
        ("themes.toml", "health", "main", "themes[1].slug: main is an id of something else"),
        ("themes.toml", "health", "search", "themes[1].slug: search is an address of the site's own"),
        ("themes.toml", "health", "compare", "themes[1].slug: compare is an address of the site's own"),
        ("themes.toml", "health", "preamble", "themes[1].slug: preamble is taken by another theme"),
        ("operative.toml", "will", "wording", "words[0].id: wording is an id of something else"),
    ],
)
def test_a_name_that_clashes_is_reported_where_it_was_given(
    tmp_path: Path, file: str, old: str, new: str, problem: str
) -> None:
    source = tmp_path / "inputs"
    shutil.copytree(support.SOURCE, source)
    key = "slug" if file == "themes.toml" else "id"
    support.replace(source / file, f'\n{key} = "{old}"\n', f'\n{key} = "{new}"\n')
    (found,) = problems_of(source)
    assert found.startswith(f"{file}:")
    assert problem in found


def test_every_id_of_every_page_is_there_once() -> None:
    names = project.names(project.read(support.SOURCE))
    files = {page.file: str(support.made().files[page.file]) for page in support.made().pages}
    assert list(pages.id_clashes(files, names)) == []
    doubled = {
        file: f'{text}\n<p id="health"></p>\n' if file == "zh-hans/full.md" else text for file, text in files.items()
    }
    (problem,) = pages.id_clashes(doubled, names)
    assert problem.file == "docs/source/themes.toml"
