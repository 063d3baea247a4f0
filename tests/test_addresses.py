"""The addresses: every one that was ever published is there, or leads to where its text is now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import sample
import support
from pages import CLAUSES, EDITIONS
from publish.addresses import (
    addresses,
    changed_problems,
    fingerprints,
    foreign_problems,
    gone_problems,
    redirect_problems,
    with_new,
)
from publish.built import read
from publish.site import linked_files
from statement.errors import Source
from statement.model import Redirect

PAGES = {
    "index.html": "<main><h1>一</h1></main>",
    "a/part/index.html": '<nav id="n"></nav><main><p id="p7"><span id="p7s1">文</span></p></main><p id="f"></p>',
    "a/old/index.html": '<meta http-equiv="refresh" content="0; url=../part/"><main><p id="x"></p></main>',
    "404.html": "<main></main>",
}
PRESENT = frozenset({"/", "/a/part/", "/a/part/#p7", "/a/part/#p7s1"})
REDIRECTS = Source("redirects.toml", '[[redirects]]\nold = "/a/old/"\nnew = "/a/part/"\n')


def gone(published: str, *redirects: Redirect) -> list[str]:
    return [str(each) for each in gone_problems(Source("list.txt", published), PRESENT, redirects, REDIRECTS)]


def test_an_address_is_a_page_or_an_id_in_its_main_part() -> None:
    assert addresses(read(PAGES)) == PRESENT


def test_a_file_that_people_link_to_is_an_address_and_cannot_go() -> None:
    present = addresses(read(PAGES), ["data/p7.ris"])
    assert present == PRESENT | {"/data/p7.ris"}
    (problem,) = gone("/data/p8.ris\n")
    assert problem == "list.txt:1:1: /data/p8.ris is gone; let the build make this file again, people link to it"


def test_what_is_there_is_no_problem() -> None:
    assert gone("# comment\n" + "\n".join(sorted(PRESENT)) + "\n") == []


def test_a_page_that_is_gone_is_one_problem_that_says_how_to_redirect() -> None:
    (problem,) = gone("/\n/a/old/\n/a/old/#p7\n/a/old/#p8\n")
    assert problem == (
        "list.txt:2:1: /a/old/ is gone, with 2 places on it; bring the page back, or send its readers on: add to "
        'redirects.toml [[redirects]] with old = "/a/old/" and new = the address that has its text now'
    )


def test_a_place_that_is_gone_is_named() -> None:
    (problem,) = gone("/a/part/\n/a/part/#p9\n")
    assert problem.startswith("list.txt:2:1: /a/part/#p9 is gone; give the element its id back")


def test_a_redirect_answers_for_every_place_that_its_target_has() -> None:
    redirect = Redirect("/a/old/", "/a/part/")
    assert gone("/a/old/\n/a/old/#p7\n", redirect) == []
    assert gone("/a/old/#p9\n", redirect) == [
        (
            "list.txt:1:1: /a/old/#p9 is gone, and /a/part/#p9, to which redirects.toml sends its readers, "
            "is not there; correct that"
        )
    ]


def test_a_redirect_that_leads_nowhere_or_away_from_a_page_is_a_problem() -> None:
    redirects = (Redirect("/a/part/", "/a/nowhere/"),)
    assert [str(each) for each in redirect_problems(redirects, PRESENT, REDIRECTS)] == [
        "redirects.toml:3:1: redirects[0].new: there is no page /a/nowhere/; correct the address",
        "redirects.toml:2:1: redirects[0].old: the page /a/part/ is there; remove the redirect",
    ]


def test_the_list_grows_and_never_shrinks() -> None:
    text = with_new(Source("list.txt", "/gone/\n/a/part/#p10\n"), PRESENT)
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert lines == ["/", "/a/part/", "/a/part/#p7", "/a/part/#p7s1", "/a/part/#p10", "/gone/"]
    assert with_new(Source("list.txt", text), PRESENT) == text


def test_the_list_has_every_address_of_the_site(site: Path) -> None:
    found = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}
    # What is to be taken away has an address, but places within it are nobody's to cite.
    pages = {path: html for path, html in found.items() if not path.startswith("data/")}
    published = Source("docs/addresses.txt", (support.ROOT / support.ADDRESSES).read_text("utf-8"))
    assert with_new(published, addresses(read(pages), linked_files(site))) == published.text, "run `make addresses`"
    assert published.text.count(f"#{sample.PLACE}\n") == 2 * len(EDITIONS) + 1, "its theme, the whole, the comparison"


@pytest.mark.slow
def test_a_renamed_theme_stops_the_build_and_says_how_to_add_a_redirect(tmp_path: Path, moved_site: Path) -> None:
    project = support.copy_project(tmp_path / "project")
    support.rename_theme(project, sample.THEME, support.MOVED)
    done = support.run(project, "site")
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert all(line.startswith("docs/addresses.txt:") for line in lines)
    pages = [line for line in lines if f"/{sample.THEME}/ is gone, with " in line]
    assert len(pages) == len(EDITIONS)
    assert all('docs/source/redirects.toml [[redirects]] with old = "/zh-han' in line for line in pages)
    assert not (project / "site").exists()
    redirect = f"/zh-hant/{sample.THEME}/ /zh-hant/{support.MOVED}/ 301\n"
    assert redirect in (moved_site / "_redirects").read_text("utf-8")


@pytest.mark.slow
def test_an_id_that_is_gone_stops_the_build(tmp_path: Path) -> None:
    project = support.copy_project(tmp_path / "project")
    support.replace(project / "docs" / "templates" / "about.md.jinja", "{ #source }", "{ #origin }")
    done = support.run(project, "site")
    assert done.returncode == 1
    assert "/zh-hans/about/#source is gone; give the element its id back" in done.stderr


def test_a_clause_whose_characters_have_changed_is_a_problem_until_that_is_meant() -> None:
    statement = support.parse_statement()
    before = fingerprints(statement)
    assert len(before) == len(CLAUSES)
    first, *others = statement.clauses
    changed = replace(statement, clauses=(replace(first, text=f"吾等{first.text[2:]}"), *others))
    after = fingerprints(changed)
    assert len(before & after) == len(CLAUSES) - 1
    published = Source("docs/addresses.txt", with_new(Source("", ""), frozenset({"/"}), before))
    assert list(changed_problems(published, before)) == []
    (problem,) = changed_problems(published, after)
    assert str(problem).startswith("docs/addresses.txt:")
    assert "clause 1 has changed" in str(problem)


def test_the_list_of_another_statement_is_told_in_one_problem() -> None:
    prints = fingerprints(support.parse_statement())
    own = Source("list.txt", "/\n" + "\n".join(sorted(prints)) + "\n")
    assert list(foreign_problems(own, prints)) == []
    others = {f"={number} 0123456789ab" for number in range(1, 8)}
    assert list(foreign_problems(own, frozenset({*others, min(prints)}))) == []
    (problem,) = foreign_problems(own, frozenset(others))
    assert str(problem) == (
        "list.txt:2:1: this is the list of another statement: none of its 14 clauses is in this text; empty the file, "
        "and run `make addresses` to begin it anew"
    )


def test_clauses_without_a_number_have_fingerprints_in_the_order_of_the_others() -> None:
    names = ["10", "2", "preamble", "2.10", "2.9", "note-2", "annex1.2"]
    listed = with_new(Source("list.txt", ""), frozenset(), frozenset(f"={name} 00" for name in names))
    found = [line[1:].split(" ")[0] for line in listed.splitlines() if line.startswith("=")]
    assert found == ["2", "2.9", "2.10", "10", "annex1.2", "note-2", "preamble"]
