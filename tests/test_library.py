"""Several statements on one site: what each is there, what is of the library itself, and what is refused."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

import support
import told
from publish import hosting, library, library_pages, offline, shelf
from publish import project as publishing
from publish.machines import APP
from publish.place import Place
from publish.policy import Policies
from publish.site import _SMALL
from statement import library as shelved
from statement.errors import InputError
from statement.model import EditionSettings

SOURCE = support.ROOT / support.LIBRARY
FOUND = library.read(SOURCE)
NAMES = [place.name for place in FOUND.places]
OWN = next(place.name for place in FOUND.places if place.folder.resolve() == support.SOURCE)
NAMED, NAMING = "libraries", "reading-month"
TERM = "cooperation-statement"
TOLD = {"_headers", "_redirects", hosting.NGINX, hosting.CADDY}
FOOT = re.compile(r'<p lang="[^"]*" class="colophon__library">.*?</p>')
PAGES = [f"{edition.id}/{page}" for edition in library_pages.EDITIONS for page in ("", "search/")]


def page(site: Path, address: str) -> BeautifulSoup:
    return BeautifulSoup((site / address / "index.html").read_text("utf-8"), "html.parser")


def titles(name: str) -> dict[str, str]:
    """Return the title of a statement by its editions."""
    folder = next(place.folder for place in FOUND.places if place.name == name)
    return {each.id: each.particulars.title for each in publishing.editions(publishing.read(folder))}


def same_but_for_the_library(html: str) -> str:
    return "".join(FOOT.sub("", html).split())


def test_a_statement_is_in_the_library_what_its_own_site_is(site: Path, library: Path) -> None:
    own = {path: data for path, data in support.files(site).items() if path not in {*TOLD, ".manifest"}}
    there = support.files(library / OWN)
    assert there.keys() == own.keys()
    # The worker lists what is in the pages, which name the library.
    plain = [path for path in own if not path.endswith((*_SMALL, "worker.js"))]
    differ = [path for path in plain if there[path] != own[path]]
    assert {path.rpartition("/")[2] for path in differ} == {"index.html"}
    assert [
        path
        for path in differ
        if same_but_for_the_library(there[path].decode()) != same_but_for_the_library(own[path].decode())
    ] == []


@pytest.mark.parametrize("edition", library_pages.EDITIONS, ids=lambda edition: edition.id)
def test_the_index_lists_each_statement_by_day_issuer_and_kind_in_the_script_of_the_page(
    library: Path, edition: EditionSettings
) -> None:
    index = page(library, f"{edition.id}/")
    assert index.html
    assert index.html["lang"] == edition.language
    texts = {name: titles(name)[edition.id] for name in NAMES}
    homes = {f"../{name}/{edition.id}/": title for name, title in texts.items()}
    for place in ("by-date", "by-issuer", "by-kind"):
        [heading] = index.select(f"#{place}")
        between = [each for each in heading.find_next_siblings() if each.find_previous_sibling("h2") is heading]
        links = [link for each in between for link in each.select("a")]
        assert {str(link["href"]) for link in links} == homes.keys(), place
        assert all(homes[str(link["href"])] in link.get_text() for link in links)
    days = [str(time["datetime"]) for time in index.select(".shelf time")]
    assert days == sorted(days, reverse=True)
    assert len(days) == len(NAMES)


def test_a_statement_without_a_day_of_its_own_is_listed_by_that_of_its_publication_and_called_so(
    tmp_path: Path,
) -> None:
    shutil.copytree(SOURCE / NAMING, tmp_path / NAMING)
    (tmp_path / "library.toml").write_text('title = "文件选"\ndescription = "一份文件。"\n', "utf-8")
    said = tmp_path / NAMING / "statement.toml"
    text = re.sub(r"(?m)^dated_as = .*\n", "", said.read_text("utf-8"))
    # The day that the text names may be that of its publication.
    said.write_text(re.sub(r"(?m)^published = .*\n", "", text).replace("\ndated = ", "\npublished = "), "utf-8")
    made = library.make(library.read(tmp_path))
    assert re.search(r"</time>刊载", str(made.files["zh-hans/index.md"]))
    assert re.search(r'data-day="[^"]*日刊載"', str(made.files["zh-hant/search.md"]))


def test_the_search_page_says_without_scripts_where_each_whole_text_is(library: Path) -> None:
    for edition in library_pages.EDITIONS:
        listed = page(library, f"{edition.id}/search/").select(".without-script ul a")
        assert {str(link["href"]) for link in listed} == {f"../../{name}/{edition.id}/full/" for name in NAMES}


def test_every_link_of_the_library_s_own_pages_and_to_it_leads_to_something(library: Path) -> None:
    pages = ["", *PAGES, f"{NAMING}/zh-hans/terms/{TERM}/", f"{OWN}/", f"{OWN}/1/", f"{NAMED}/zh-hant/full/"]
    for address in pages:
        found = page(library, address)
        links = [str(each[key]) for key in ("href", "src") for each in found.select(f"[{key}]")]
        fetched = [
            str(v) for each in found.find_all(True) for k, v in each.attrs.items() if k.startswith("data-fetch-")
        ]
        for link in (link for link in (*links, *fetched) if "://" not in link):
            path, fragment = urldefrag(urljoin(f"https://host.example/{address}", link))
            target = library / unquote(path.removeprefix("https://host.example/"))
            file = target / "index.html" if path.endswith("/") else target
            assert file.is_file(), f"{address}: {link}"
            if fragment:
                assert f'id="{fragment}"' in file.read_text("utf-8")


@pytest.mark.parametrize("edition", ["zh-hans", "zh-hant"])
def test_a_term_leads_to_its_own_text_where_the_library_has_that(library: Path, edition: str) -> None:
    [link] = page(library, f"{NAMING}/{edition}/terms/{TERM}/").select(".buttons a")
    assert link["href"] == f"../../../../{NAMED}/{edition}/"
    assert titles(NAMED)[edition] in link.get_text()


def test_a_term_stays_an_ordinary_one_where_its_text_is_not_in_the_library() -> None:
    [naming] = [place for place in FOUND.places if place.name == NAMING]
    made = library.make(dataclasses.replace(FOUND, places=(naming,)))
    [volume] = made.volumes
    text = volume.made.files[f"zh-hans/terms/{TERM}.md"]
    assert isinstance(text, str)
    assert "example.org" in text
    assert NAMED not in text.replace("https://example.org/libraries/", "")


def test_only_what_has_changed_is_made_again(tmp_path: Path) -> None:
    folder = small(tmp_path / "lib", 'title = "文选"\n', "one", "two", "three")
    first = library.make(library.read(folder))
    same = library.make(library.read(folder), earlier=first.volumes)
    assert all(one is other for one, other in zip(first.volumes, same.volumes, strict=True))
    support.replace(folder / "two" / "themes.toml", 'title = "序言"', 'title = "言序"')
    made = library.make(library.read(folder), earlier=first.volumes)
    changed = [new.name for old, new in zip(first.volumes, made.volumes, strict=True) if new is not old]
    assert changed == ["two"]
    assert made.volumes == library.make(library.read(folder)).volumes
    # What the library is called is on the pages of all.
    support.replace(folder / "library.toml", "文选", "新选")
    made = library.make(library.read(folder), earlier=first.volumes)
    assert not {*map(id, made.volumes)} & {*map(id, first.volumes)}
    assert (
        library.make(library.read(folder), place=Place(support.ADDRESS), earlier=made.volumes).volumes != made.volumes
    )


def test_each_page_of_a_statement_leads_to_the_library_and_its_own_site_knows_of_none(
    site: Path, library: Path
) -> None:
    for path in (library / OWN).rglob("index.html"):
        html = path.read_text("utf-8")
        is_page = 'class="colophon"' in html
        assert bool(FOOT.search(html)) == is_page, path
    assert not [path for path in site.rglob("*.html") if FOOT.search(path.read_text("utf-8"))]


def test_what_is_nearest_to_a_reader_is_the_same_edition_or_one_in_its_script() -> None:
    hans, hant = support.editions()
    assert shelf.nearest((hans, hant), hant.settings) is hant
    assert shelf.nearest((hans, hant), support.HONG_KONG) is hant
    assert shelf.nearest((hans,), hant.settings) is hans


def test_the_sitemap_names_that_of_each_statement_and_the_library_s_own(addressed_library: Path) -> None:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    index = ElementTree.parse(addressed_library / "sitemap.xml").getroot()
    assert index.tag == f"{space}sitemapindex"
    found = [str(each.text) for each in index.iter(f"{space}loc")]
    parts = ["sitemap-library.xml", *(f"{name}/sitemap.xml" for name in NAMES)]
    assert sorted(found) == sorted(f"{support.ADDRESS}{part}" for part in parts)
    for part in parts:
        listed = [str(each.text) for each in ElementTree.parse(addressed_library / part).iter(f"{space}loc")]
        folder = f"{support.ADDRESS}{part.rpartition('/')[0]}"
        assert listed
        assert all(each.startswith(folder) for each in listed)
        for each in listed:
            assert (addressed_library / each.removeprefix(support.ADDRESS) / "index.html").is_file()


def test_with_an_address_every_page_gives_its_own(addressed_library: Path) -> None:
    for address in ("", *PAGES, f"{NAMED}/zh-hans/full/", f"{OWN}/1/"):
        [link] = page(addressed_library, address).select("link[rel=canonical]")
        assert link["href"] == support.ADDRESS + address


def test_each_statement_keeps_its_worker_and_its_manifests_and_the_library_has_its_own(library: Path) -> None:
    for name in NAMES:
        assert (library / name / offline.WORKER).is_file()
        assert (library / name / "zh-hans" / APP).is_file()
    for address in ("", *PAGES):
        html = page(library, address)
        [body], [link] = html.select("body"), html.select("link[rel=manifest]")
        at = urljoin("https://host.example/", address)
        assert urljoin(at, str(body["data-worker"])) == f"https://host.example/{offline.WORKER}"
        edition = address.partition("/")[0] or library_pages.EDITIONS[0].id
        assert urljoin(at, str(link["href"])) == f"https://host.example/{edition}/{APP}"
    for each in library_pages.EDITIONS:
        found = json.loads((library / each.id / APP).read_bytes())
        heading = page(library, f"{each.id}/").h1
        assert heading
        assert found["name"] == heading.get_text()
        at = f"https://host.example/{each.id}/{APP}"
        assert urljoin(at, found["start_url"]) == f"https://host.example/{each.id}/"
        assert urljoin(at, found["scope"]) == "https://host.example/"
        [icon] = found["icons"]
        assert (library / urljoin(at, icon["src"]).removeprefix("https://host.example/")).is_file()


def kept(site: Path) -> dict[str, str]:
    """Return what the worker of a library keeps, as it was built."""
    first = (site / offline.WORKER).read_text("utf-8").split("\n", maxsplit=1)[0]
    said = json.loads(first.removeprefix("self.kept=").removesuffix(";"))
    assert sorted(said["folders"]) == sorted(NAMES)
    found: dict[str, str] = said["files"]
    for path, digest in found.items():
        file = site / path / "index.html" if path == "" or path.endswith("/") else site / path
        assert offline.digest(file.read_bytes()) == digest, path
    return found


def test_the_library_s_worker_keeps_its_pages_what_is_searched_and_the_text_of_each_statement(library: Path) -> None:
    found = kept(library)
    assert {"", "404.html", *PAGES} <= set(found)
    own = {path.relative_to(library).as_posix() for path in (library / "assets").glob("*.*")}
    assert {path for path in found if path.startswith("assets/")} == {p for p in own if not p.endswith(_SMALL)}
    for name in NAMES:
        read = publishing.read(next(place.folder for place in FOUND.places if place.name == name))
        parts = [part.slug for part in publishing.editions(read)[0].parts]
        expected = set()
        for id_ in (each.id for each in publishing.editions(read)):
            expected |= {f"{name}/{id_}/{page}" for page in ("", "full/", *(f"{slug}/" for slug in parts))}
            expected |= {f"{name}/{id_}/{file}.json" for file in ("search", "words", "terms")}
        within = {path for path in found if path.startswith(f"{name}/")}
        own = {f"{name}/{id_}/" for id_ in publishing.names(read).given}
        assert {path for path in within if not path.startswith(tuple(own))} == expected | {f"{name}/"}
        for home in own:
            assert {home, f"{home}full/", f"{home}search.json"} <= within


def test_every_script_and_stylesheet_of_a_statement_is_the_library_s_own(library: Path) -> None:
    for name in NAMES:
        for path in (library / name / "assets").iterdir():
            assert (library / "assets" / path.name).read_bytes() == path.read_bytes()


def test_where_there_is_too_much_all_that_is_searched_comes_before_any_text_and_each_text_is_whole() -> None:
    texts = {"new": ["index.html", "zh-hans/full/index.html"], "old": ["index.html", "zh-hans/full/index.html"]}
    sizes = {
        "zh-hans/index.html": 100_000,
        "sitemap-library.xml": 1,
        **{f"{name}/zh-hans/search.json": 200_000 for name in texts},
        **{f"{name}/{page}": 150_000 for name in texts for page in texts[name]},
        "old/extra.css": 1,
        "old/7/index.html": 1,
        "old/assets/main.0123456789.js": 1,
        "old/data/p7.json": 1,
        "old/zh-hans/search.json.br": 1,
    }
    first = ["new/index.html", "new/zh-hans/full/index.html", "new/zh-hans/search.json"]
    assert offline.kept_of_library(sizes, texts) == [*first, "old/zh-hans/search.json", "zh-hans/index.html"]
    everything = offline.library_paths(sizes, texts)
    assert offline.kept_of_library({**sizes, "zh-hans/index.html": 1, "old/index.html": 1}, texts) == sorted(everything)
    assert {*sizes} - {*everything} == {
        "sitemap-library.xml",
        "old/7/index.html",
        "old/assets/main.0123456789.js",
        "old/data/p7.json",
        "old/zh-hans/search.json.br",
    }


def test_hosts_are_told_once_for_the_whole_and_of_the_frames_of_each_statement(library: Path) -> None:
    assert [path for path in library.rglob("_*") if path.parent != library] == []
    rules = told.rules((library / "_headers").read_text("utf-8"))
    for name in NAMES:
        assert "frame-ancestors" not in rules[f"/{name}/embed/*"][hosting.POLICY]
    assert "frame-ancestors 'none'" in rules["/*"][hosting.POLICY]
    nginx = (library / hosting.NGINX).read_text("utf-8")
    [framed] = re.findall(r'"~(\S+)" "default-src[^"]*(?<!frame-ancestors)";', nginx)
    [kept] = re.findall(rf'"~(\S+)" "{hosting.KEPT}"', nginx)
    for name in NAMES:
        assert re.match(framed, f"/{name}/embed/1/")
        assert not re.match(framed, f"/{name}/1/")
        assets = [path.relative_to(library).as_posix() for path in (library / name / "assets").glob("main.*.js")]
        assert all(re.match(kept, f"/{path}") for path in assets)
    caddy = (library / hosting.CADDY).read_text("utf-8")
    assert f"@framed path {' '.join(f'/{name}/embed/*' for name in NAMES)}\n" in caddy


def test_hosts_are_not_told_more_than_they_read() -> None:
    names = [f"text-{number}" for number in range(10)]
    present = [f"{name}/assets/a{number}.0123456789.js" for name in names for number in range(20)]
    present += [f"{name}/data/citations/p{number}.bib" for name in names for number in range(20)]
    policies = Policies(site="default-src 'none'", framed="default-src 'self'")
    files = hosting.files(support.ROOT / "docs" / "hosting", Place(), policies, (), present, names)
    rules = told.rules(files["_headers"])
    assert len(rules) <= hosting._MOST_RULES
    assert "/*.bib" in rules
    assert not [pattern for pattern in rules if "assets" in pattern]


NONE = "no statement: put folders of statements beside this file, or name them in [[statements]]"
TWICE = "is the folder of another statement here; remove one of the two"
NOT_THERE = "no statement: there is no statement.toml in it; put it there, or take the folder out"


def small(folder: Path, said: str, *names: str) -> Path:
    """Make a library of small statements and return its folder."""
    for name in names:
        support.copy_base(folder / name)
    folder.mkdir(exist_ok=True)
    (folder / "library.toml").write_text(said, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("said", "names", "problems"),
    [
        ("", ("one",), ["lib/library.toml:1:1: title: is missing; add it"]),
        (
            'title = "选"\n',
            (),
            [f"lib/library.toml:1:1: {NONE}"],
        ),
        (
            'title = "选"\nkind = 1\n',
            ("one",),
            ["lib/library.toml:2:1: kind: is not a key that is known here; correct or remove it"],
        ),
        (
            'title = "选"\n',
            ("zh-hant", "Two", "assets"),
            [
                "lib/Two:1:1: Two cannot stand in addresses; choose a name of small letters, digits and single hyphens",
                "lib/assets:1:1: assets is an address of the site's own; choose another name",
                "lib/zh-hant:1:1: zh-hant is an address of the site's own; choose another name",
            ],
        ),
        (
            'title = "选"\n[[statements]]\nfolder = "../nowhere"\n[[statements]]\nfolder = "one"\n',
            ("one",),
            [
                f"lib/library.toml:3:1: statements[0].folder: {NOT_THERE}",
                f"lib/library.toml:5:1: statements[1].folder: one {TWICE}",
            ],
        ),
        (
            'title = "选"\n[[statements]]\nfolder = "one/../two"\nname = "one"\n',
            ("one",),
            [
                f"lib/library.toml:3:1: statements[0].folder: {NOT_THERE}",
                "lib/library.toml:4:1: statements[0].name: one is the name of another statement here; choose another",
            ],
        ),
    ],
)
def test_what_is_wrong_with_a_library_is_told_all_at_once(
    tmp_path: Path, said: str, names: tuple[str, ...], problems: list[str]
) -> None:
    with pytest.raises(InputError) as raised:
        shelved.read(small(tmp_path / "lib", said, *names), "lib")
    assert [str(problem) for problem in raised.value.problems] == problems


def test_a_folder_without_a_statement_in_it_is_told(tmp_path: Path) -> None:
    folder = small(tmp_path / "lib", 'title = "选"\n', "one")
    (folder / "empty").mkdir()
    (folder / ".hidden").mkdir()
    with pytest.raises(InputError, match=r"^lib/empty:1:1: no statement: there is no statement\.toml in it; .*$"):
        shelved.read(folder, "lib")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with a library of two small statements, which has been built and recorded."""
    folder = support.copy_project(tmp_path_factory.mktemp("library") / "project")
    small(folder / "lib", 'title = "文选"\n', "one", "two")
    done = support.run(folder, "record", "--source", "lib")
    assert (done.returncode, done.stdout, done.stderr) == (0, "build/lib/site: the site\n", "")
    return folder


@pytest.mark.slow
def test_the_problems_of_all_statements_are_told_at_once_and_the_site_stays(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "project"
    shutil.copytree(built, copy)
    before = support.files(copy / "build")
    for name in ("one", "two"):
        with (copy / "lib" / name / "themes.toml").open("a", encoding="utf-8") as file:
            file.write("\n[[themes]]\ntitel = 1\n")
    done = support.run(copy, "site", "--source", "lib")
    assert done.returncode == 1
    assert "lib/one/themes.toml" in done.stderr
    assert "lib/two/themes.toml" in done.stderr
    assert "Traceback" not in done.stderr
    assert support.files(copy / "build") == before


@pytest.mark.slow
def test_what_a_library_has_published_stays(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "project"
    shutil.copytree(built, copy)
    listed = (copy / "lib" / "addresses.txt").read_text("utf-8").splitlines()
    assert {"/", "/one/", "/two/", "/zh-hans/", "/zh-hant/search/"} <= set(listed)
    assert "/zh-hans/full/" in (copy / "lib" / "one" / "addresses.txt").read_text("utf-8")
    before = support.files(copy / "build" / "lib" / "site")
    (copy / "lib" / "two").rename(copy / "lib" / "three")
    done = support.run(copy, "site", "--source", "lib")
    line = listed.index("/two/") + 1
    message = "is gone; bring it back: give the statement its name again"
    assert (done.returncode, done.stderr) == (1, f"lib/addresses.txt:{line}:1: /two/ {message}\n")
    assert support.files(copy / "build" / "lib" / "site") == before


@pytest.mark.slow
def test_a_library_is_checked_and_its_pages_can_be_written_alone(built: Path, tmp_path: Path) -> None:
    done = support.run(built, "check", "--source", "lib")
    assert (done.returncode, done.stdout, done.stderr) == (0, "lib: nothing is wrong\n", "")
    copy = tmp_path / "project"
    shutil.copytree(built, copy)
    assert support.run(copy, "pages", "--source", "lib").stdout == "", "the site has just been built of them"
    (copy / "lib" / "library.toml").write_text('title = "新选"\n', "utf-8")
    (copy / "build" / "lib" / "texts" / "two" / "zh-hans" / "full.md").unlink()
    done = support.run(copy, "pages", "--source", "lib")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert {"update index.md", "update ../texts/one/.site.yml", "create ../texts/two/zh-hans/full.md"} <= set(lines)
    assert "新选" in (copy / "build" / "lib" / "pages" / "zh-hans" / "index.md").read_text("utf-8")


@pytest.mark.slow
def test_two_folders_of_one_name_do_not_share_what_is_built(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "project"
    shutil.copytree(built, copy)
    support.copy_base(copy / "other" / "lib")
    before = support.files(copy / "build")
    done = support.run(copy, "site", "--source", "other/lib")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "other/lib:1:1: build/lib has what is built of lib, a folder of the same name; rename one of the two, or say "
        "where this one goes: --pages DIR --output DIR\n"
    )
    assert support.files(copy / "build") == before
    elsewhere = ("--pages", str(tmp_path / "pages"), "--output", str(tmp_path / "site"))
    assert support.run(copy, "site", "--source", "other/lib", *elsewhere).returncode == 0
    assert support.files(copy / "build") == before
    assert support.run(copy, "pages", "--source", "other/lib").returncode == 1
    (copy / "lib").rename(copy / "gone")
    assert support.run(copy, "pages", "--source", "other/lib").returncode == 0
    (copy / "gone").rename(copy / "lib")
    assert support.run(copy, "site", "--source", "lib").returncode == 1


@pytest.mark.slow
def test_the_menu_in_mkdocs_yml_is_the_project_s_own_and_stops_no_other_folder(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "project"
    shutil.copytree(built, copy)
    own = next(path.stem for path in (copy / "docs" / "source").glob("themes.toml"))
    (copy / "docs" / "source" / "pages").mkdir()
    (copy / "docs" / "source" / "pages" / "extra.css").write_text(f".{own} {{ margin: 0; }}\n", "utf-8")
    support.replace(
        copy / "mkdocs.yml",
        "plugins: []\n",
        "plugins: []\nnav:\n  - zh-hans/index.md\n  - zh-hans/no-such.md\nextra_css: [extra.css]\n"
        "site_description: 只说本项目的声明。\n",
    )
    done = support.run(copy, "site", "--source", "lib/one", "--site-url", support.ADDRESS)
    assert (done.returncode, done.stderr) == (0, "")
    home = (copy / "build" / "one" / "site" / "zh-hans" / "index.html").read_text("utf-8")
    assert "只说本项目的声明" not in home
    assert 'href="../extra.css"' in home
    assert (copy / "build" / "one" / "site" / "extra.css").is_file()
    done = support.run(copy, "site")
    assert done.returncode == 1
    assert "there is no page zh-hans/no-such.md" in done.stderr
