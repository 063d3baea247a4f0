"""What pages say of themselves as JSON-LD, read back as programs do, and that it is data which nothing runs."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

import extruct
import pytest

import support
from pages import CLAUSES, EDITIONS, EVERY, LANGUAGES, SHARED, THEMES, one, read
from publish.built import read as built
from publish.linked import described
from publish.pages import Page
from publish.policy import content_security_policy
from support import ADDRESS

SOURCE, *CONVERTED = support.editions()
PUBLISHED = support.golden("facts")["published"]["dashes"]


@cache
def said(site: Path, page: str) -> dict[str, Any]:
    """Return what a page says of itself, with all addresses whole."""
    html = (site / page / "index.html").read_text("utf-8")
    (found,) = extruct.extract(html, base_url=ADDRESS + page, syntaxes=["json-ld"])["json-ld"]
    whole: dict[str, Any] = resolved(found, ADDRESS + page)
    return whole


def resolved(value: Any, base: str) -> Any:
    if isinstance(value, dict):
        return {key: urljoin(base, each) if key == "@id" else resolved(each, base) for key, each in value.items()}
    return [resolved(each, base) for each in value] if isinstance(value, list) else value


def ids(value: Any) -> list[str]:
    """Return every id in what a page says."""
    if isinstance(value, list):
        return [each for inner in value for each in ids(inner)]
    if not isinstance(value, dict):
        return []
    return [each for key, inner in value.items() for each in ([inner] if key == "@id" else ids(inner))]


@pytest.mark.parametrize("page", ["", *SHARED, *EVERY])
def test_every_page_says_what_it_is_with_or_without_an_address(site: Path, addressed_site: Path, page: str) -> None:
    found = said(site, page)
    assert found == said(addressed_site, page)
    assert found["@context"] == "https://schema.org"
    assert found["@id"] == ADDRESS + page
    assert found["name"]
    edition = page.partition("/")[0]
    assert found["inLanguage"] == LANGUAGES.get(edition, list(LANGUAGES.values()))
    for address in ids(found):
        path, place = urldefrag(address.removeprefix(ADDRESS))
        assert (site / path / "index.html").is_file(), address
        assert not place or read(site, path).find(id=unquote(place)), address
    is_converted = edition in [each.id for each in CONVERTED]
    counterpart = f"{ADDRESS}{SOURCE.id}/{page.partition('/')[2]}"
    assert found.get("translationOfWork") == ({"@id": counterpart} if is_converted else None)


@pytest.mark.parametrize("edition", support.editions(), ids=EDITIONS)
def test_the_whole_has_its_parts_and_these_their_clauses(site: Path, edition: Any) -> None:
    home = f"{ADDRESS}{edition.id}/"
    for page in ("", "full/"):
        whole = said(site, f"{edition.id}/{page}")
        assert (whole["@type"], whole["name"]) == ("CreativeWork", edition.particulars.title)
        assert (whole["datePublished"], whole["isBasedOn"]) == (PUBLISHED, SOURCE.particulars.source_address)
        assert [each["@id"] for each in whole["hasPart"]] == [f"{home}{theme}/" for theme in THEMES]
        assert [each["position"] for each in whole["hasPart"]] == list(range(1, len(THEMES) + 1))
    numbers = []
    for index, theme in enumerate(THEMES, 1):
        part = said(site, f"{edition.id}/{theme}/")
        assert part["name"] == one(read(site, f"{edition.id}/{theme}/"), "h1").get_text()
        assert (part["isPartOf"]["@id"], part["position"]) == (home, index)
        assert [each["@id"] for each in part["hasPart"]] == [
            f"{home}{theme}/#p{each['position']}" for each in part["hasPart"]
        ]
        numbers += [each["position"] for each in part["hasPart"]]
    assert numbers == [clause.number for clause in edition.statement.clauses]


@pytest.mark.parametrize("page", CLAUSES)
def test_a_clause_is_a_part_of_every_edition(site: Path, page: str) -> None:
    clause = said(site, page)
    assert clause["@type"] == "CreativeWork"
    assert f"{clause['position']}/" == page
    assert [each["@id"] for each in clause["isPartOf"]] == [f"{ADDRESS}{edition}/" for edition in EDITIONS]
    assert (clause["datePublished"], clause["isBasedOn"]) == (PUBLISHED, SOURCE.particulars.source_address)


def test_a_page_about_the_statement_does_not_pass_for_it(site: Path) -> None:
    for edition in EDITIONS:
        about = said(site, f"{edition}/about/")
        assert (about["@type"], about["about"]["@id"]) == ("WebPage", f"{ADDRESS}{edition}/")
        assert not {"hasPart", "datePublished", "isBasedOn"} & set(about)


def test_a_page_that_has_moved_and_one_that_is_missing_say_nothing(site: Path, moved_site: Path) -> None:
    assert described(Page("zh-hans/old/", "moved", "zh-hans", "/zh-hans/new/"), "名", support.editions(), "") is None
    for path in (site / "404.html", moved_site / EDITIONS[0] / THEMES[1] / "index.html"):
        assert "ld+json" not in path.read_text("utf-8")


def test_it_is_data_that_the_policy_need_not_allow(site: Path) -> None:
    html = (site / "index.html").read_text("utf-8")
    assert "application/ld+json" in html
    assert "sha256" not in content_security_policy(built({"index.html": html}))


def test_no_title_ends_the_block(tmp_path: Path) -> None:
    project = support.copy_project(tmp_path / "project")
    (project / "docs" / "source" / "pages").mkdir(exist_ok=True)
    title = "见</script><script>alert(1)</script>"
    (project / "docs" / "source" / "pages" / "odd.md").write_text(f"---\ntitle: {title!r}\n---\n# 文\n\n字\n", "utf-8")
    site = support.make_site(project)
    assert said(site, f"{SOURCE.id}/odd/")["name"] == title
    assert "script-src 'self'" in (site / "_headers").read_text("utf-8")
    assert len(read(site, f"{SOURCE.id}/odd/").select("script:not([src])")) == 1
