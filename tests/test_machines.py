"""What programs that visit are told: each file is what its standard says, whole addresses are those of the site."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
import pytest
from bs4 import BeautifulSoup
from lxml import etree

import support
from pages import CLAUSES, EDITIONS, EVERY, SHARED, clauses, golden, one, read
from publish import machines, plain
from publish import project as publishing
from publish.place import place
from statement.model import Edit, Edition, Omission, Redirect
from support import ADDRESS

SCHEMAS = support.ROOT / "tests" / "schemas"
SEARCH = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
ADDRESSED = (
    *("sitemap.xml", "robots.txt"),
    *(f"{edition}/{name}" for edition in EDITIONS for name in (machines.FEED, machines.SEARCH)),
    *(f"{page}{machines.OEMBED}" for page in CLAUSES),
)


def test_what_names_whole_addresses_is_there_only_where_they_are_known(site: Path, addressed_site: Path) -> None:
    for path in ADDRESSED:
        assert (addressed_site / path).is_file(), path
        assert not (site / path).exists(), path
    for page in ("", *SHARED, *EVERY):
        links = read(site, page).select("link[rel=search], link[type='application/atom+xml'], link[type*=oembed]")
        assert links == [], page


@cache
def sitemap_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / "sitemap-links.xsd"))


def test_the_sitemap_is_valid_and_robots_are_led_to_it(addressed_site: Path) -> None:
    sitemap_schema().assertValid(etree.parse(addressed_site / "sitemap.xml"))
    (line,) = re.findall("^Sitemap: (.*)$", (addressed_site / "robots.txt").read_text("utf-8"), re.MULTILINE)
    assert line == f"{ADDRESS}sitemap.xml"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<loc>https", b"<loc/><loc>https"),
        (b"xhtml:link", b"xhtml:a"),
        (b'hreflang="zh-Hans"', b""),
        (b"<loc>https://example.org/", b"<loc>/"),
    ],
)
def test_what_breaks_the_sitemap_is_found(addressed_site: Path, old: bytes, new: bytes) -> None:
    data = (addressed_site / "sitemap.xml").read_bytes()
    assert old in data
    assert not sitemap_schema().validate(etree.fromstring(data.replace(old, new)))


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_browser_can_search_the_site_from_its_address_bar(addressed_site: Path, edition: str) -> None:
    (link,) = read(addressed_site, f"{edition}/full/").select("link[rel=search]")
    assert link["type"] == "application/opensearchdescription+xml"
    path = urljoin(f"{ADDRESS}{edition}/full/", str(link["href"])).removeprefix(ADDRESS)
    document = etree.parse(addressed_site / path)
    assert document.getroot().tag == f"{{{SEARCH['o']}}}OpenSearchDescription"
    found = {name: document.findtext(f"o:{name}", namespaces=SEARCH) for name in ("ShortName", "Description", "Image")}
    assert 0 < len(found["ShortName"]) <= 16
    assert 0 < len(found["Description"]) <= 1024
    assert (addressed_site / found["Image"].removeprefix(ADDRESS)).is_file()
    results, own = (each.get("template") for each in document.findall("o:Url", SEARCH))
    assert results == f"{ADDRESS}{edition}/search/?q={{searchTerms}}"
    assert own == ADDRESS + path
    assert (addressed_site / edition / "search" / "index.html").is_file()


def feed(text: str) -> Any:
    """Return a feed as feedparser reads it; nothing in it may be wrong."""
    found = feedparser.parse(text.encode("utf-8"))
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    ids = [found.feed.id, *(entry.id for entry in found.entries)]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch("urn:uuid:[0-9a-f-]{36}", each) for each in ids)
    published = support.editions()[0].particulars.published.timetuple()[:6]
    for each in (found.feed, *found.entries):
        assert each.updated_parsed[:6] == published, "no day but that of the publication is known"
        assert each.title
    return found


@pytest.mark.parametrize("edition", support.editions(), ids=EDITIONS)
def test_the_feed_has_the_publication_and_every_change_that_is_written_down(
    addressed_site: Path, edition: Edition
) -> None:
    page = read(addressed_site, f"{edition.id}/")
    (link,) = page.select("link[type='application/atom+xml']")
    path = urljoin(f"{ADDRESS}{edition.id}/", str(link["href"])).removeprefix(ADDRESS)
    found = feed((addressed_site / path).read_text("utf-8"))
    assert {each.href for each in found.feed.links if each.rel == "self"} == {ADDRESS + path}
    assert found.feed.language == edition.settings.language
    first, *others = found.entries
    assert (first.title, first.link) == (edition.particulars.title, f"{ADDRESS}{edition.id}/full/")
    assert len(others) == len(edition.readings) > 0
    for entry, reading in zip(others, edition.readings, strict=True):
        assert reading.text in entry.summary
        assert reading.reading in entry.summary
        place_of_it = entry.link.partition("#")[2]
        assert read(addressed_site, f"{edition.id}/about/").find(id=place_of_it)


def test_the_feed_tells_of_what_an_editor_changed_and_of_pages_that_moved() -> None:
    edits = (Edit("帐户", "账户&", "<理由>"), Edit("", "新", "补"))
    omissions = (Omission("\n扫码关注\n", "广告", "我们感谢各方。\n"), Omission("开头的", "广告"))
    made = tuple(
        replace(each, particulars=replace(each.particulars, edits=edits, omissions=omissions, original_sha256="0" * 64))
        for each in support.editions()
    )
    site = publishing.site_of(publishing.read(support.SOURCE), made, place(ADDRESS))
    site = replace(site, redirects=(Redirect("/zh-hant/old/", "/zh-hant/new/"),))
    pages = {page.file: str(support.made().files[page.file]) for page in site.pages}
    files = machines.files(site, pages)
    source, other = (feed(files[f"{edition}/{machines.FEED}"]) for edition in EDITIONS)
    said = [entry.summary for entry in source.entries]
    assert said[1] == "原件作“帐户”，改作“账户&amp;”。&lt;理由&gt;" or said[1] == "原件作“帐户”，改作“账户&”。<理由>"
    assert said[2:5] == ["加“新”。补", "“我们感谢各方。”之后略去“扫码关注”。广告", "开头略去“开头的”。广告"]
    assert len(other.entries) == len(source.entries) + 1
    assert other.entries[-1].link == f"{ADDRESS}zh-hant/new/"
    assert {entry.id for entry in source.entries} & {entry.id for entry in other.entries} == set()


def test_what_happened_has_the_same_ids_wherever_the_site_is() -> None:
    edition = support.editions()[0]
    assert list(machines.changes(edition, ())) == list(machines.changes(edition, ()))
    first, *_ = machines.changes(edition, ())
    assert first.id == support.golden("facts")["feed"]["publication"]


@pytest.mark.parametrize("page", CLAUSES)
def test_a_clause_says_what_it_is_in_somebody_elses_page(addressed_site: Path, page: str) -> None:
    (link,) = read(addressed_site, page).select("link[type='application/json+oembed']")
    assert link["href"] == f"{ADDRESS}{page}{machines.OEMBED}"
    found = json.loads((addressed_site / page / machines.OEMBED).read_bytes())
    # oEmbed 1.0, 2.3.4.
    assert (found["version"], found["type"]) == ("1.0", "rich")
    assert {"html", "width", "height"} <= set(found)
    frame = one(BeautifulSoup(found["html"], "html.parser"), "iframe")
    assert frame["src"] == f"{ADDRESS}embed/{page}"
    assert (int(str(frame["width"])), int(str(frame["height"]))) == (found["width"], found["height"])
    assert frame["title"]
    shown = read(addressed_site, page).select(".cite__text[data-kind=frame]")
    assert shown[0].get_text() == found["html"]
    assert [f"{ADDRESS}embed/{page}" in text.get_text() for text in shown] == [True] * len(EDITIONS)
    assert found["thumbnail_url"] == f"{ADDRESS}{page}card.png"
    assert found["provider_url"] == ADDRESS
    assert "非官方网站" in found["provider_name"]


@pytest.mark.parametrize("page", CLAUSES)
def test_a_page_for_frames_has_the_clause_in_every_script_and_leads_back(site: Path, page: str) -> None:
    html = read(site, f"embed/{page}")
    number = int(page[:-1])
    expected = [
        next(text.partition("、")[2] for text in golden(edition) if text.startswith(f"{number}、"))
        for edition in EDITIONS
    ]
    assert clauses(html) == expected
    assert [section["lang"] for section in html.select("section")] == [
        each.settings.language for each in support.editions()
    ]
    assert one(html, "meta[name=robots]")["content"] == "noindex"
    assert html.select("script, link[rel=canonical]") == []
    links = [urljoin(f"{ADDRESS}embed/{page}", str(link["href"])).removeprefix(ADDRESS) for link in html.select("a")]
    assert links[::2] == [page] * len(EDITIONS)
    assert all(read(site, path.partition("#")[0]).find(id=path.partition("#")[2]) for path in links[1::2])
    assert {str(link["target"]) for link in html.select("a")} == {"_blank"}
    assert not (site / "embed" / page / plain.NAME).exists()


def test_pages_for_frames_are_in_no_sitemap(addressed_site: Path) -> None:
    assert "embed/" not in (addressed_site / "sitemap.xml").read_text("utf-8")
