"""The PDFs: that they say what the statement says, to eyes, to screen readers and to who copies out of them."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import pikepdf
import pypdf
import pytest
import typst
from fontTools.cffLib import CFFFontSet

import support
from pages import EDITIONS
from publish import faces, formats, paper, place
from publish import project as publishing
from statement import views
from statement.errors import InputError
from statement.model import Edition, Font, Statement
from statement.text import clause_from_text
from tagged import Document, table
from test_formats import expected
from test_render import HOSTILE, edition_of, site_of

pytestmark = pytest.mark.slow
"""What there is to take away takes long to make."""

# Radicals and their supplement, characters for compatibility only, and those that everybody may use as they like:
# what copying out of a PDF gives where its tables go by the shapes of glyphs.
WRONG = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ue000-\uf8ff\U0002f800-\U0002fa1f]")
# In points (ISO 32000-1, 8.3.2.3): A4, and 90 mm by 160 mm.
BOXES = {"a4": (595.276, 841.890), "phone": (255.118, 453.543)}
LOCALES = {"zh-hans": "zh-CN", "zh-hant": "zh-TW"}
STANDARD_TYPES = frozenset(
    {"Document", "Part", "Div", "P", "H1", "H2", "H3", "H4", "H5", "H6", "Link", "Span", "Table", "TBody", "TR", "TD"}
    | {"StructTreeRoot"}
)


@pytest.fixture(params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> Edition:
    return next(each for each in support.editions() if each.id == request.param)


@pytest.fixture(params=paper.SIZES)
def size(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@cache
def data(edition: str, size: str) -> bytes:
    own = next(each for each in support.editions() if each.id == edition)
    made = support.made().files[paper.path(own, size)]
    assert isinstance(made, bytes)
    return made


@cache
def read(edition: str, size: str) -> Document:
    return Document(data(edition, size))


@cache
def addressed() -> dict[str, str | bytes]:
    """Return what is taken away from a site that knows its address."""
    found = publishing.read(support.SOURCE)
    site = publishing.site_of(found, publishing.editions(found), place.place(support.ADDRESS), None, frozenset({"pdf"}))
    return dict(site.data)


def clauses(document: Document, edition: Edition) -> list[tuple[int, str, str, str]]:
    """Return the headings that are numbers of clauses, in their order, with the text of each clause."""
    labels = {clause.label for clause in edition.statement.clauses}
    return [each for each in document.headings if "　" in each[1] and each[1].partition("　")[0] in labels]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_each_clause_is_that_of_the_statement_to_who_reads_by_the_tags(edition: Edition, size: str) -> None:
    found = clauses(read(edition.id, size), edition)
    assert [shown for _, _, shown, _ in found] == [str(clause.number) for clause in edition.statement.clauses]
    assert [text for *_, text in found] == expected(edition.id)


def test_each_clause_is_that_of_the_statement_to_who_copies_it_from_pages(edition: Edition, size: str) -> None:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data(edition.id, size))).pages]
    assert not WRONG.search("".join(pages))
    # The heads and feet of pages stand between the two halves of a clause.
    heads = {text.strip() for page in read(edition.id, size).pages for text in page.artifacts if text.strip()}
    around = heads | {squeezed(before + after) for before in heads for after in heads}
    lines = [line.strip() for page in pages for line in page.split("\n") if squeezed(line) not in map(squeezed, around)]
    text = "".join(lines)
    # No clause has a blank in it, so that none may come of what justifies its lines.
    places = [text.find(each) for each in expected(edition.id)]
    assert -1 not in places
    assert places == sorted(places)


def test_every_glyph_says_what_it_is_and_no_font_is_left_outside(edition: Edition, size: str) -> None:
    document = read(edition.id, size)
    assert len(document.fonts) == 2, "regular and bold"
    for font in document.fonts:
        (inner,) = font.DescendantFonts
        assert re.fullmatch("/[A-Z]{6}\\+StatementSong(SC|TC)(Bold)?(-Identity-H)?", str(font.BaseFont)), "a subset"
        program = inner.FontDescriptor.FontFile3
        assert program.Subtype in ("/CIDFontType0C", "/OpenType")
        said = table(font)
        assert said
        assert not WRONG.search("".join(said.values()))
        assert all(unicodedata.normalize("NFC", each) == each for each in said.values())
    drawn = paper.drawn(said_of(edition, size), "SC")["SC", faces.REGULAR]
    assert set(document.text) <= drawn | {" "}


def said_of(edition: Edition, size: str) -> paper.Said:
    found = publishing.read(support.SOURCE)
    site = publishing.site_of(found, publishing.editions(found), wanted=frozenset())
    return next(each.said for each in formats._papers(site) if each.path == paper.path(edition, size))


def test_it_says_its_title_its_author_its_language_and_the_standard_it_keeps(edition: Edition, size: str) -> None:
    pdf, said = read(edition.id, size).pdf, edition.particulars
    assert str(pdf.Root.Lang) == LOCALES[edition.id]
    assert pdf.Root.MarkInfo.Marked
    assert not pdf.Root.MarkInfo.get("/Suspects", False)
    assert pdf.Root.ViewerPreferences.DisplayDocTitle, "the title of the window is that of the document"
    assert (str(pdf.docinfo["/Title"]), str(pdf.docinfo["/Author"])) == (said.title, said.issuer)
    assert str(pdf.docinfo["/CreationDate"]) == f"D:{said.published:%Y%m%d%H%M%S}Z"
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == said.title
        assert metadata["dc:creator"] == [said.issuer]
        assert metadata["pdfuaid:part"] == "1"
        assert "不" in str(metadata["dc:description"]), "what it is not: official, or whole"
    assert not pdf.is_encrypted
    for page in pdf.pages:
        box = [float(each) for each in page.MediaBox]
        assert box == pytest.approx([0, 0, *BOXES[size]], abs=0.01)


def test_all_that_is_on_a_page_is_tagged_once_or_an_ornament(edition: Edition, size: str) -> None:
    """As PDF/UA-1 has it (ISO 14289-1, 7.1): the rules that need no judgement, checked by hand."""
    document = read(edition.id, size)
    assert [page.unmarked for page in document.pages] == [[] for _ in document.pages]
    used = list(numbers(document.root.StructTreeRoot, document, None))
    assert len(used) == len(set(used))
    # What is tagged stands on the page in the order in which it is read, so that who copies all of it gets that.
    assert used == [(at, number) for at, page in enumerate(document.pages) for number in page.marked]
    kinds = {each.kind for each in document.structure.walk()}
    assert kinds <= STANDARD_TYPES
    assert [each.alternative for each in document.structure.walk() if each.kind == "Figure"] == []
    for page in document.pdf.pages:
        assert page.Tabs == "/S", "the focus goes as the structure does"
        assert "/XObject" not in page.Resources or not page.Resources.XObject
    levels = [level for level, *_ in document.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), "no level is skipped"


def numbers(given: Any, document: Document, page: int | None) -> Iterator[tuple[int, int]]:
    """Yield each marked content that an element names: its page, from 0, and its number there."""
    at = {each.obj.objgen: index for index, each in enumerate(document.pdf.pages)}
    page = at[given.Pg.objgen] if "/Pg" in given else page
    inside = given.get("/K", [])
    for each in inside if isinstance(inside, pikepdf.Array) else [inside]:
        if not isinstance(each, pikepdf.Dictionary):
            assert page is not None
            yield page, int(each)
        elif each.get("/Type") == "/MCR":
            yield at[each.Pg.objgen], int(each.MCID)
        elif each.get("/Type") != "/OBJR":
            yield from numbers(each, document, page)


def test_every_link_is_described_belongs_to_the_structure_and_leads_somewhere(edition: Edition, size: str) -> None:
    document = read(edition.id, size)
    pages = {page.obj.objgen for page in document.pdf.pages}
    links = [link for page in document.pdf.pages for link in page.get("/Annots", [])]
    assert sum(each.annotations for each in document.structure.walk()) == len(links)
    assert all(each.kind == "Link" for each in document.structure.walk() if each.annotations)
    pieces = [piece for clause in views.view(edition).clauses for piece in clause.pieces]
    wanted = [piece.text for piece in pieces if piece.term or piece.is_mark]
    assert [each.text for each in document.structure.walk() if each.kind == "Link"][: len(wanted)] == wanted
    names = destinations(document)
    for link in links:
        assert str(link.Contents)
        assert link.Subtype == "/Link"
        if "/A" in link:
            assert str(link.A.URI) == edition.particulars.source_address
        else:
            dest = names[str(link.Dest)] if isinstance(link.Dest, pikepdf.String) else link.Dest
            assert dest[0].objgen in pages


def test_bookmarks_are_the_themes_and_the_clauses(edition: Edition, size: str) -> None:
    found = read(edition.id, size).bookmarks()
    wanted: list[tuple[int, str]] = []
    for part in edition.parts:
        if part.is_headed:
            wanted.append((0, part.full_title))
        wanted += [(1 if part.is_headed else 0, f"{clause.label}　") for clause in part.clauses]
    assert [(depth, re.sub("(?<=　).*", "", title)) for depth, title in found[: len(wanted)]] == wanted
    texts = dict(title.split("　") for _, title in found if "　" in title)
    for clause in edition.statement.clauses:
        assert clause.text.startswith(texts[clause.label].removesuffix("……").rstrip("”」"))
    assert [depth for depth, _ in found[len(wanted) :]] == [0, 0], "terms, and what the text is"


def test_clauses_have_the_names_that_they_have_on_the_site(edition: Edition, size: str) -> None:
    names = set(destinations(read(edition.id, size)))
    assert {clause.id for clause in edition.statement.clauses} <= names
    assert {f"theme-{part.slug}" for part in edition.parts if part.is_headed} <= names


def destinations(document: Document) -> dict[str, Any]:
    return {str(name): place for name, place in pikepdf.NameTree(document.root.Names.Dests).items()}


def test_numbers_lead_to_the_pages_of_their_clauses_where_the_site_has_an_address(edition: Edition, size: str) -> None:
    found = addressed()[paper.path(edition, size)]
    assert isinstance(found, bytes)
    document = Document(found)
    links = [link for page in document.pdf.pages for link in page.get("/Annots", []) if "/A" in link]
    wanted = [f"{support.ADDRESS}{clause.number}/" for clause in edition.statement.clauses]
    assert [str(link.A.URI) for link in links][: len(wanted)] == wanted
    assert [text for *_, text in clauses(document, edition)] == expected(edition.id)


def test_every_page_says_in_which_part_it_begins_and_which_of_how_many_it_is(edition: Edition, size: str) -> None:
    document = read(edition.id, size)
    heads = [[text for text in page.artifacts if text.strip()] for page in document.pages]
    for number, head in enumerate(heads, 1):
        assert re.findall("[0-9]+", head[-1]) == [str(number), str(len(document.pages))]
    said = said_of(edition, size)
    titles = [*(part["title"] for part in said["parts"]), said["terms"]["title"], said["about"]]
    part = titles[0]
    wanted: dict[int, str] = {}
    for page, number in numbers(document.root.StructTreeRoot, document, None):
        text = document.pages[page].marked[number]
        part = text if text in titles else part
        wanted.setdefault(page, part)
    assert [head[-2] for head in heads] == [wanted[page] for page in range(len(heads))]
    assert len(set(wanted.values())) > 2


def test_english_names_are_marked_as_english() -> None:
    document = read("zh-hant", "a4")
    names = {term.english for term in support.editions()[0].terms}
    english = "".join(text for page in document.pages for text in page.in_language("en-US"))
    assert names
    assert {name for name in names if name not in english} == set()
    assert not re.search("[\u4e00-\u9fff]", english)


def test_lines_neither_begin_nor_end_with_marks_that_must_not(edition: Edition, size: str) -> None:
    """As clreq has it, 3.1.1: no line begins with a closing or a pause mark, and none ends with an opening one."""
    for page in pypdf.PdfReader(io.BytesIO(data(edition.id, size))).pages:
        for line in page.extract_text().split("\n"):
            assert not re.match("[，。、；：！？”’」』）》]", line.strip()), line
            assert not re.search("[“‘「『（《]$", line.strip()), line


def test_text_that_looks_like_markup_is_set_as_it_is() -> None:
    own = edition_of(hostile())
    site = site_of(own)
    folder = support.ROOT / "docs" / "assets"
    made = formats.make(site, folder, "docs/assets", frozenset({"pdf"}), None)
    for each in paper.SIZES:
        support.need_pdf(paper.path(own, each), made.files)
        found = clauses(Document(made.files[paper.path(own, each)]), own)
        assert [text for *_, text in found] == [clause.text for clause in own.statement.clauses]


def hostile() -> Statement:
    """Return a statement of what looks like markup to anybody, the typesetter among them."""
    told = (*HOSTILE, "#let x = 1 #x", "$x^2$ @p1 <p1> \\u{41} _a_ `b` //", "= 题 /* 注 */ ~ -- ...")
    texts = [f"我们{text}。" for text in told if text.isprintable()]
    return Statement("标题", "2021-03-04", tuple(clause_from_text(at, text) for at, text in enumerate(texts, 1)), ())


def carried() -> Font:
    font = publishing.read(support.SOURCE).text_font
    assert font
    return font


def all_drawn() -> dict[tuple[str, int], frozenset[str]]:
    found = publishing.read(support.SOURCE)
    site = publishing.site_of(found, publishing.editions(found), wanted=frozenset())
    return {of: frozenset(characters) for of, characters in formats.drawn(site).items()}


def test_a_font_that_lacks_a_character_is_named_and_an_installed_one_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = all_drawn()
    assert faces.choose(carried(), drawn).notes == ()
    more = drawn | {("TC", faces.REGULAR): drawn["TC", faces.REGULAR] | {"鱻", "龘"}}
    monkeypatch.setattr(faces, "_installed", lambda _: None)
    choice = faces.choose(carried(), more)
    assert choice.faces is None
    said = "docs/source/fonts/text.ttc cannot draw 鱻 (U+9C7B), 龘 (U+9F98); run `make fonts`"
    assert choice.notes == (
        said,
        "no PDF is made: no Noto Serif CJK that has every character is installed; install one (Debian: fonts-noto-cjk)",
    )


def test_an_installed_font_is_taken_meanwhile_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    own = faces.choose(carried(), all_drawn()).faces
    assert own
    # What is carried stands in for an installed font here, since none may be there.
    installed = replace(own, family="Noto Serif CJK")
    monkeypatch.setattr(faces, "_installed", lambda family: installed if family == installed.family else None)
    monkeypatch.setattr(faces, "_lacking", lambda of, _: "" if of is installed else "鱻")
    said = "docs/source/fonts/text.ttc cannot draw 鱻 (U+9C7B); run `make fonts`"
    choice = faces.choose(carried(), all_drawn())
    assert choice == faces.Choice(installed, (f"{said}; Noto Serif CJK of this system is taken meanwhile",))
    assert faces.choose(None, all_drawn()) == faces.Choice(installed), "a folder need not have one"


def test_a_font_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faces, "_installed", lambda _: None)
    choice = faces.choose(Font("mine/fonts/text.ttc", b"no font"), all_drawn())
    assert choice.faces is None
    assert choice.notes[0] == "mine/fonts/text.ttc is no font that can be set with; run `make fonts`"


def test_fonts_of_a_program_have_their_glyphs(edition: Edition, size: str) -> None:
    """Each code that is used has an outline in the program that is embedded (ISO 14289-1, 7.21.4.1)."""
    for font in read(edition.id, size).fonts:
        (inner,) = font.DescendantFonts
        program = CFFFontSet()
        program.decompile(io.BytesIO(inner.FontDescriptor.FontFile3.read_bytes()), None)
        outlines = program[0].CharStrings
        assert len(outlines) > len(set(table(font)))


def own_faces() -> faces.Faces:
    found = faces.choose(carried(), all_drawn()).faces
    assert found
    return found


def test_what_the_typesetter_keeps_of_a_text_goes_with_its_own_process(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = support.editions()[0]
    said, layout = said_of(edition, "a4"), (publishing.ASSETS / paper.LAYOUT).read_text("utf-8")
    monkeypatch.delattr(typst, "Compiler")
    assert paper.document(said, layout, own_faces(), edition.settings) == data(edition.id, "a4")


def test_a_layout_that_the_typesetter_refuses_is_named_in_one_line() -> None:
    edition = support.editions()[0]
    with pytest.raises(InputError) as raised:
        paper.document(said_of(edition, "a4"), "#nothing()\n", own_faces(), edition.settings)
    (line,) = str(raised.value).splitlines()
    assert line.startswith(f"docs/assets/{paper.LAYOUT}:1:1: Typst cannot set {edition.particulars.title} with it: ")
    assert line.endswith("unknown variable: nothing; correct it, or build without PDF: --formats html")
