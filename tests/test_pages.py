"""The list of pages: the one place that says what the site has, and where names that people give may clash."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

import sample
import support
from pages import CLAUSES, EDITIONS, EVERY, THEMES
from publish import pages, project
from statement.errors import InputError

SLUG, AT = sample.THEME, f"themes[{THEMES.index(sample.THEME)}].slug"
TERMS = [term.id for term in support.editions()[0].terms]
OPERATIVE = support.editions()[0].operatives[0].id
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
        ("terms.toml", TERMS[0], "index", "terms[0].id: index is an address of the site's own"),
        ("terms.toml", TERMS[1], TERMS[0], f"terms[1].id: {TERMS[0]} is taken by another term"),
        ("themes.toml", SLUG, "contents", f"{AT}: contents is an id of something else"),
        ("themes.toml", SLUG, "statement", f"{AT}: statement is an id of something else"),
        ("themes.toml", SLUG, "use", f"{AT}: use is an id of something else"),
        ("themes.toml", SLUG, "p7", f"{AT}: p7 is an id of something else"),
        ("themes.toml", SLUG, "main", f"{AT}: main is an id of something else"),
        ("themes.toml", SLUG, "search", f"{AT}: search is an address of the site's own"),
        ("themes.toml", SLUG, "compare", f"{AT}: compare is an address of the site's own"),
        ("themes.toml", SLUG, THEMES[0], f"{AT}: {THEMES[0]} is taken by another theme"),
        ("operative.toml", OPERATIVE, "wording", "words[0].id: wording is an id of something else"),
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
        file: f'{text}\n<p id="{SLUG}"></p>\n' if file == "zh-hans/full.md" else text for file, text in files.items()
    }
    (problem,) = pages.id_clashes(doubled, names)
    assert problem.file == "docs/source/themes.toml"


@pytest.mark.parametrize(
    "body", ["<p>一</p>\n", "<pre>一\n\n  二\n---\nhtml: |2\n</pre>\n", "<p>一\u2028二\x85三</p>\n"]
)
def test_contents_come_back_as_they_were_wherever_a_page_has_them(body: str) -> None:
    expected = body.replace("\u2028", "&#8232;").replace("\x85", "&#133;")
    html = pages.handed_over(f"---\ntitle: 题\nis_html: true\n---\n\n{body}")
    assert pages.contents(html) == expected
    assert yaml.safe_load(html.removeprefix("---\n").rpartition("---\n")[0]) == {"title": "题", "html": expected}
    markdown = f"---\ntitle: 题\n---\n{body}"
    assert pages.contents(pages.handed_over(markdown)) == body
    assert pages.front_matter(html) == pages.front_matter(markdown) == {"title": "题"}


def test_an_id_that_a_page_has_twice_in_its_html_is_a_problem() -> None:
    html = pages.handed_over('---\ntitle: 题\nis_html: true\n---\n<p id="a">一</p><p id="a">二</p>\n')
    (problem,) = pages.id_clashes({"a.md": html}, pages.Names(editions=["zh-hans"]))
    assert str(problem) == "a.md:1:1: a is an id of something else on a.md; choose another"
