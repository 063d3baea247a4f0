"""The built site: its text, its links, its heads, and that nothing but the inputs decides its bytes."""

from __future__ import annotations

import gzip
import io
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise, takewhile
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import brotli
import pytest
from bs4 import BeautifulSoup
from PIL import Image

import support
import told
from pages import (
    CLAUSES,
    EDITIONS,
    EVERY,
    LANGUAGES,
    NAMES,
    PAGES,
    SHARED,
    THEMES,
    alternates,
    clauses,
    golden,
    one,
    read,
)
from publish import assets, epub, formats, onefile, paper, plain
from publish.machines import APP, LLMS
from publish.offline import WORKER
from publish.site import ONE_PACKET
from statement import cite
from statement.errors import InputError
from statement.text import opening
from support import ADDRESS

# The only addresses of other sites to which pages link: the source's, and those at which one reads more of a term.
ELSEWHERE = {edition.particulars.source_address for edition in support.editions()} | {
    term.address for term in support.editions()[0].terms
}
GOLDEN = support.golden("facts")
CODE = "style, [style], script:not([src], [type='application/ld+json'])"


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_whole_text_taken_back_out_of_the_page_is_the_text(site: Path, edition: str) -> None:
    html = (site / edition / "full" / "index.html").read_text("utf-8")
    article = one(BeautifulSoup(html, "html.parser"), "article")
    found = []
    for element in article.select("h1, h2, .dateline, .clause"):
        number = element.select_one(".number")
        prefix = f"{number.extract().get_text()}、" if number else ""
        found.append(prefix + element.get_text().strip("\n"))
    assert found == golden(edition)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_theme_pages_together_have_every_clause_once(site: Path, edition: str) -> None:
    texts = [text for theme in THEMES for text in clauses(read(site, f"{edition}/{theme}/"))]
    assert texts == clauses(read(site, f"{edition}/full/"))
    assert len(texts) == len(CLAUSES)


@pytest.mark.parametrize("page", [page for page in PAGES if page.split("/")[1] in (*THEMES, "full")])
def test_every_clause_and_sentence_has_its_address_and_every_number_its_name(site: Path, page: str) -> None:
    statement = support.parse_statement()
    for element in read(site, page).select(".clause"):
        number = one(element, ".number").get_text()
        clause = statement.clauses[int(number) - 1]
        assert element["id"] == clause.id
        spans = [str(span["id"]) for span in element.find_all("span", recursive=False) if not span.get("role")]
        assert spans == [clause.sentence_id(index) for index in range(len(clause.sentences))]
        link = one(element, ".number")
        assert link["href"] == f"#{clause.id}"
        assert link["aria-label"] == f"第{number}段"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_its_language_its_name_and_its_counterparts(site: Path, page: str) -> None:
    html = read(site, page)
    edition, name = page.split("/", 1)
    assert one(html, "html")["lang"] == LANGUAGES[edition]
    assert len(html.select("h1")) == 1
    base = f"https://site.invalid/{page}"
    assert alternates(html) == {}, "search engines want whole addresses or none"
    (switch,) = html.select("a[data-switch]")
    other = EDITIONS[1 - EDITIONS.index(edition)]
    assert urljoin(base, str(switch["href"])) == f"https://site.invalid/{other}/{name}"
    assert switch["lang"] == switch["hreflang"] == LANGUAGES[other]


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_clause_has_a_page_with_its_text_in_both_scripts(site: Path, edition: str) -> None:
    expected = [text for text in golden(edition) if text[:1].isdigit() and "、" in text[:3]]
    for page, text in zip(CLAUSES, expected, strict=True):
        section = one(read(site, page), f"section#{edition}")
        assert section["lang"] == LANGUAGES[edition]
        assert clauses(BeautifulSoup(str(section), "html.parser")) == [text.partition("、")[2]]
        assert section.select(".button")[0]["href"] == next(
            f"../{edition}/{theme}/#p{page[:-1]}"
            for theme in THEMES
            if read(site, f"{edition}/{theme}/").find(id=f"p{page[:-1]}")
        )
        ways = {str(link["rel"][0]): str(link["href"]) for link in section.select(".turn a")}
        number = int(page[:-1])
        assert ways == {
            **({"prev": f"../{number - 1}/"} if number > 1 else {}),
            **({"next": f"../{number + 1}/"} if number < len(CLAUSES) else {}),
        }


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_ledger_lists_every_change_with_how_often_and_where(site: Path, edition: str) -> None:
    expected: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for before, after in zip(*(each.statement.clauses for each in support.editions()), strict=True):
        for pair in zip(before.text, after.text, strict=True):
            expected[pair].append(before.number)
    page = read(site, f"{edition}/conversion/")
    changes = {
        (old.get_text(), new.get_text()): (int(count[1]), [int(link.get_text()) for link in row.select("a")])
        for row in page.select(".changes > li")
        for old, new in [row.select("[lang]")]
        for count in [re.search("([0-9]+)[处處]：第", row.get_text())]
        if count
    }
    choices = {}
    for name in page.select(".choices dt"):
        for result in takewhile(lambda each: each.name == "dd", name.find_next_siblings(["dt", "dd"])):
            count = re.search("([0-9]+)[处處]", result.get_text())
            assert count
            numbers = {int(link.get_text()) for link in result.select("a")}
            choices[one(name, "dt > span").get_text(), one(result, "b").get_text()] = (int(count[1]), sorted(numbers))
    rows = {pair: (len(numbers), list(dict.fromkeys(numbers))) for pair, numbers in expected.items()}
    assert changes == {pair: row for pair, row in rows.items() if pair[0] != pair[1]}
    assert sum(count for count, _ in changes.values()) == support.editions()[1].changed == GOLDEN["counts"]["changed"]
    several = support.golden("ambiguous")
    assert choices == {pair: row for pair, row in rows.items() if pair[0] in several}


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_comparison_has_the_headings_of_the_text_before_their_clauses(site: Path, edition: str) -> None:
    made = support.editions()[EDITIONS.index(edition)]
    elements = read(site, "compare/").select(
        f".compare__part[lang={LANGUAGES[edition]}], .clause[lang={LANGUAGES[edition]}]"
    )
    found = [(here.get_text(), after["data-number"]) for here, after in pairwise(elements) if here.name == "h2"]
    assert found == [(part.full_title, str(part.clauses[0].number)) for part in made.parts if part.numeral]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_comparison_has_every_clause_and_marks_exactly_what_differs(site: Path, edition: str) -> None:
    page = read(site, "compare/")
    own, other = (
        support.editions()[index].statement.clauses for index in (EDITIONS.index(edition), EDITIONS[0] == edition)
    )
    found = page.select(f".clause[lang={LANGUAGES[edition]}]")
    assert clauses(BeautifulSoup("".join(map(str, found)), "html.parser")) == [clause.text for clause in own]
    for element, mine, theirs in zip(found, own, other, strict=True):
        marked = "".join(span.get_text() for span in element.select(".differs"))
        assert marked == "".join(a for a, b in zip(mine.text, theirs.text, strict=True) if a != b)


def test_each_clauses_page_says_in_its_head_what_it_is(site: Path) -> None:
    seen = set()
    for page, clause in zip(CLAUSES, support.parse_statement().clauses, strict=True):
        html = read(site, page)
        assert one(html, "meta[property='og:title']")["content"] == one(html, "title").get_text()
        assert one(html, "title").get_text().startswith(f"第{clause.number}段 · ")
        description = str(one(html, "meta[property='og:description']")["content"])
        texts = [each.statement.clauses[clause.number - 1].text for each in support.editions()]
        assert description == f"（{support.golden('facts')['card']['said']}）" + " ".join(
            opening(text, 70) for text in texts
        )
        assert all(each.particulars.title in one(html, "title").get_text() for each in support.editions())
        seen.add(description)
    assert len(seen) == len(CLAUSES)


@pytest.mark.parametrize("edition", EDITIONS)
def test_titles_descriptions_and_open_graph_data_are_each_pages_own(site: Path, edition: str) -> None:
    pages = [read(site, f"{edition}/{name}") for name in NAMES]
    title = one(pages[0], "h1").get_text()
    for select in ("title", "meta[name=description]", "meta[property='og:title']", "meta[property='og:description']"):
        values = [one(page, select).get("content") or one(page, select).get_text() for page in pages]
        assert all(values)
        assert len(set(values)) == len(values), select
    assert all(title in one(page, "title").get_text() for page in pages)
    assert {one(page, "meta[property='og:locale']")["content"] for page in pages} == {
        "zh_CN" if edition == "zh-hans" else "zh_TW"
    }


def test_what_is_passed_on_of_any_page_says_what_it_is_and_of_when_and_that_it_is_not_official(site: Path) -> None:
    day, _, _ = support.golden("facts")["card"]["date"].partition("，")
    for page in ("", *SHARED, *EVERY):
        html = read(site, page)
        title, said = (str(one(html, f"meta[property='og:{name}']")["content"]) for name in ("title", "description"))
        assert any(each.particulars.title in title for each in support.editions()), page
        assert day in title + said, page
        assert said.count("非官方") == 1 or page == "", page


def test_without_an_address_no_page_claims_one(site: Path) -> None:
    for page in ("", *SHARED, *EVERY):
        html = read(site, page)
        assert not html.select("link[rel=canonical], meta[property='og:url'], meta[property^='og:image']")
        assert not html.select("meta[name^=twitter]")
    assert not (site / "sitemap.xml").exists()


@pytest.mark.parametrize("page", ["", *SHARED, *PAGES])
def test_with_an_address_every_page_gives_its_own(addressed_site: Path, page: str) -> None:
    html = read(addressed_site, page)
    assert one(html, "link[rel=canonical]")["href"] == ADDRESS + page
    assert one(html, "meta[property='og:url']")["content"] == ADDRESS + page
    if page in SHARED:
        return
    assert all(href.startswith(ADDRESS) for href in alternates(html).values())
    name = page.partition("/")[2]
    assert alternates(html)["x-default"] == (f"{ADDRESS}zh-hans/{name}" if name else ADDRESS)


@pytest.mark.parametrize("page", ["", *SHARED, *PAGES])
def test_with_an_address_a_link_shows_a_picture_that_is_there(addressed_site: Path, page: str) -> None:
    html = read(addressed_site, page)
    said = {
        str(tag.get("property") or tag.get("name")): str(tag["content"])
        for tag in html.select("meta[property^='og:image'], meta[name='twitter:card']")
    }
    picture = f"{page}card.png" if page in CLAUSES else "card.png"
    words = said.pop("og:image:alt")
    assert said == {
        "og:image": ADDRESS + picture,
        "og:image:width": "1200",
        "og:image:height": "630",
        "twitter:card": "summary_large_image",
    }
    data = (addressed_site / picture).read_bytes()
    assert len(data) < 60_000
    with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
        assert image.size == (1200, 630)
    if page in CLAUSES:
        assert words.startswith(f"第{page[:-1]}段：{str(one(html, 'meta[name=description]')['content'])[:30]}")
    else:
        assert words == GOLDEN["picture"].get(page.partition("/")[0], GOLDEN["picture"]["zh-hans"])


def test_the_sitemap_lists_every_page(addressed_site: Path) -> None:
    names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    root = ElementTree.parse(addressed_site / "sitemap.xml").getroot()
    assert {str(loc.text) for loc in root.findall("s:url/s:loc", names)} == {
        ADDRESS + page for page in ("", *SHARED, *EVERY)
    }
    for url in root.findall("s:url[x:link]", names):
        loc = str(url.findtext("s:loc", namespaces=names))
        html = read(addressed_site, loc.removeprefix(ADDRESS))
        links = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", names)}
        assert links == alternates(html)


def links(page: BeautifulSoup) -> Iterator[str]:
    for tag in page.select("[href], [src]"):
        yield str(tag.get("href") or tag.get("src"))


@pytest.mark.parametrize("page", ["", *SHARED, *EVERY])
def test_every_link_is_relative_and_leads_to_something(site: Path, page: str) -> None:
    base = f"https://site.invalid/prefix/{page}"
    for link in links(read(site, page)):
        if link in ELSEWHERE:
            continue
        assert not urlsplit(link).scheme
        assert not link.startswith("/")
        target, fragment = urldefrag(urljoin(base, link))
        assert target.startswith("https://site.invalid/prefix/"), f"{link} leaves the site"
        path = target.removeprefix("https://site.invalid/prefix/")
        assert (site / path / "index.html" if path == "" or path.endswith("/") else site / path).is_file(), link
        assert not fragment or read(site, path).find(id=unquote(fragment)), f"no #{fragment} in {path}"


@pytest.mark.parametrize("file", ["words.js", "early.js", "search/view.js"])
def test_a_script_that_cannot_be_read_is_told_in_one_line(tmp_path: Path, file: str) -> None:
    folder = tmp_path / "assets"
    shutil.copytree(support.ROOT / "docs" / "assets", folder)
    with (folder / file).open("a", encoding="utf-8") as stream:
        stream.write("function broken( {")
    with pytest.raises(InputError, match=r"assets/\S+:1:1: cannot be read with what it imports: .*; correct it"):
        assets.assets(folder, "assets")


def test_nothing_of_the_themes_own_is_shipped(site: Path) -> None:
    shipped = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    made = assets.assets(support.ROOT / "docs" / "assets", "docs/assets")
    texts = {
        "404.html",
        LLMS,
        WORKER,
        *(f"{edition}/{APP}" for edition in EDITIONS),
        *(f"{page}{name}" for page in ("", *SHARED, *EVERY) for name in ("index.html", plain.NAME)),
        *made.files,
        *(f"{edition}/{name}" for edition in EDITIONS for name in ("search.json", "terms.json", "words.json")),
        *(
            f"data/citations/{edition}/{name}.{kind}"
            for edition in EDITIONS
            for name in ("statement", *(f"p{page[:-1]}" for page in CLAUSES))
            for kind in ("bib", "ris", "json")
        ),
        *(f"data/{name}" for name in ("schema.json", "source/statement.txt")),
        *(f"data/{name}" for name in ("sentences.csv", "statement.csv", "statement.json")),
        *(f"data/p{page[:-1]}.json" for page in CLAUSES),
        *(f"data/statement.{edition}.{kind}" for edition in EDITIONS for kind in ("txt", "xml")),
        onefile.PATH,
        *(f"embed/{page}index.html" for page in CLAUSES),
    }
    assert shipped == {
        ".manifest",
        "_headers",
        "_nginx.conf",
        "_Caddyfile",
        "card.png",
        *(f"{page}card.png" for page in CLAUSES),
        "data/SHA256SUMS",
        epub.PATH,
        *(formats.WORD.format(edition=edition) for edition in EDITIONS),
        *(paper.path(edition, size) for edition in support.editions() for size in paper.SIZES),
        *texts,
        *(f"{name}{kind}" for name in texts if is_big(site, name) for kind in (".br", ".gz")),
    }


def is_big(site: Path, name: str) -> bool:
    """Whether a file is sent in a small form: one of those that every page fetches, or more than one packet."""
    return name.startswith("assets/") or (site / name).stat().st_size > ONE_PACKET


def test_every_text_lies_there_in_two_small_forms_that_hold_the_same(site: Path) -> None:
    small = [path for path in site.rglob("*") if path.suffix in (".br", ".gz")]
    assert len(small) > 400
    for path in small:
        opened = (brotli if path.suffix == ".br" else gzip).decompress(path.read_bytes())
        assert opened == path.with_suffix("").read_bytes(), path


def test_pages_hold_no_inline_script_or_style(site: Path, addressed_site: Path) -> None:
    for page in ("", *SHARED, *EVERY):
        assert not read(site, page).select(CODE)
    assert not read(addressed_site, "404.html").select(CODE)
    # A page for what is missing that does not know where the site is carries what it needs.
    assert len(read(site, "404.html").select("style, script:not([src])")) == 2


def policy_of(text: str) -> dict[str, str]:
    """Return the directives of a policy."""
    return {name: sources for name, _, sources in (each.partition(" ") for each in text.split("; "))}


def test_the_policy_allows_only_what_the_site_holds(addressed_site: Path) -> None:
    rules = told.rules((addressed_site / "_headers").read_text("utf-8"))
    line = told.as_netlify(rules, "/statement/")["Content-Security-Policy"]
    page = read(addressed_site, onefile.PATH)
    one_file = policy_of(str(one(page, "meta[http-equiv=Content-Security-Policy]")["content"]))
    assert policy_of(line) == {
        "default-src": "'none'",
        "connect-src": "'self'",
        "img-src": "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        # Two scripts and the stylesheet of the one file that has everything in it.
        "script-src": f"'self' {one_file['script-src']}",
        "style-src": f"'self' {one_file['style-src']}",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        # What starts the worker, and makes nothing else of an address.
        "trusted-types": "worker",
    }
    assert len(one_file["script-src"].split()) == 2
    assert "unsafe" not in line


@pytest.mark.parametrize(
    ("address", "day"), [("", "2024-02-29 23:59:59"), (ADDRESS, "2031-07-01 08:00:00")], ids=["no-address", "address"]
)
def test_another_build_in_another_folder_on_another_date_is_the_same_bytes(
    tmp_path: Path, site: Path, addressed_site: Path, address: str, day: str
) -> None:
    clock = tmp_path / "clock"
    clock.mkdir()
    (clock / "sitecustomize.py").write_text(f"import freezegun\nfreezegun.freeze_time({day!r}, tick=True).start()\n")
    project = support.copy_project(tmp_path / "another place")
    probe = support.run_python(project, "import datetime; print(datetime.date.today())", PYTHONPATH=str(clock))
    assert probe.stdout.strip() == day[:10], "the clock is set"
    assert day[:10] != str(date.today())
    made = support.files(support.make_site(project, SITE_URL=address, PYTHONPATH=str(clock), **support.WHOLE))
    assert made == support.files(addressed_site if address else site)
    assert not list(project.glob(".site*"))


def small_project(folder: Path) -> Path:
    """Copy the project into a folder with a small statement in place of the real one, and return the folder."""
    project = support.copy_project(folder)
    support.copy_base(project / "docs" / "source")
    (project / support.ADDRESSES).write_text("")
    return project


def spoil(project: Path, file: str, old: str, new: str) -> None:
    path = project / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("docs/templates/index.md.jinja", "about.md#conversion", "abouts.md", "'abouts.md'"),
        ("docs/templates/index.md.jinja", "about.md#conversion", "about.md#conversions", "'#conversions'"),
        ("docs/templates/index.md.jinja", "about.md#conversion", "/about/", "absolute"),
        (
            "docs/theme/partials/footer.html",
            "<footer",
            '<script src="https://cdn.example/x.js"></script><footer',
            "cdn",
        ),
        ("docs/source/statement.txt", "3、", "", "clause 3 should begin here"),
    ],
)
def test_a_defect_stops_the_build_and_leaves_the_site_that_was_there(
    tmp_path: Path, file: str, old: str, new: str, complaint: str
) -> None:
    project = small_project(tmp_path / "project")
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("the site that was there")
    spoil(project, file, old, new)
    done = support.run(project, "site")
    assert done.returncode == 1
    assert complaint in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert support.files(project / "site") == {"index.html": b"the site that was there"}
    assert {path.name for path in project.iterdir()} == {"docs", "mkdocs.yml", "scripts", "site"}


@pytest.mark.slow
def test_another_statement_needs_other_inputs_only(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    page = read(support.make_site(project), "zh-hant/building/")
    assert clauses(page) == ["我們在山裡推動建設。"]


@pytest.mark.slow
def test_a_new_site_takes_the_place_of_the_old_one_and_keeps_what_others_put_there(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    site = support.make_site(project)
    (site / "CNAME").write_text("example.org")
    spoil(project, "docs/source/themes.toml", 'slug = "building"', 'slug = "works"')
    support.make_site(project)
    assert (site / "CNAME").read_text() == "example.org"
    assert (site / "zh-hant" / "works" / "index.html").is_file()
    assert not (site / "zh-hant" / "building").exists()
    assert {path.name for path in project.iterdir()} == {"docs", "mkdocs.yml", "scripts", "site"}


@pytest.mark.parametrize("address", ["", ADDRESS])
@pytest.mark.parametrize("page", [*(page for page in PAGES if page.split("/")[1] in ("", *THEMES, "full")), *CLAUSES])
def test_a_page_with_the_text_says_to_reference_managers_what_it_is(
    site: Path, addressed_site: Path, page: str, address: str
) -> None:
    html = read(addressed_site if address else site, page)
    edition = support.editions()[page.startswith("zh-hant")]
    particulars = edition.particulars
    found = {str(meta["name"]): str(meta["content"]) for meta in html.select("meta[name]")}
    own = {"citation_public_url": address + page, "citation_fulltext_html_url": address + page} if address else {}
    assert {name: value for name, value in found.items() if name.startswith(("citation_", "DC"))} == own | {
        "citation_title": particulars.title,
        "citation_author": particulars.issuer,
        "citation_publication_date": GOLDEN["published"]["slashes"],
        "citation_language": edition.settings.language,
        "DC.type": "webpage",
        "DC.title": particulars.title,
        "DCTERMS.alternative": particulars.english_title,
        "DC.creator": particulars.issuer,
        "DC.date": GOLDEN["published"]["dashes"],
        "DC.language": edition.settings.language,
        "DC.identifier": address + page if address else particulars.source_address,
    }
    # Zotero takes this for the title of the website: the same as in the files that it imports.
    record = cite.record(edition, site_url=ADDRESS)
    assert [meta["content"] for meta in html.select('meta[property="og:site_name"]')] == [record["container-title"]]


@pytest.mark.parametrize("page", [f"{edition}/{name}/" for edition in EDITIONS for name in ("search", "cite", "about")])
def test_a_page_without_the_text_does_not_pass_for_it(site: Path, page: str) -> None:
    assert read(site, page).select("meta[name^=citation_], meta[name^=DC]") == []
