"""Word: an edition as a document for word processors (Office Open XML, ECMA-376), to edit, to quote from, to print.

All that looks like something is a style or a numbering, so that who goes on working with it changes it in one place.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from docx import Document
from docx.document import Document as Made
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from statement.model import Edition
from statement.views import ClauseView, EditionView, GroupView, SentenceView

from .archive import archive

CLAUSE = "Clause"
"""The style of a clause, which numbers it where that gives the text's own marks."""

_FURTHER = "Clause Paragraph"
_ITEM = "List Level"
_TABLE = "Table Grid"
_TERM = "Term"
_LINK = "Hyperlink"
# Faces that word processors have, or know what to replace them by: Latin, and Chinese by script.
_LATIN = "Times New Roman"
_CHINESE = {"hans": "SimSun", "hant": "PMingLiU"}
_ACCENT = RGBColor(0x9C, 0x21, 0x18)
_INK = RGBColor(0x21, 0x1E, 0x1A)
# Sizes of type in points, by style.
_SIZES = {"Title": 20, "Subtitle": 10.5, "Heading 1": 15, "Normal": 12, "Header": 9, "Footer": 9}
# Word refuses a document with a longer one.
_LONGEST_TOOLTIP = 255
# A property has room for so many characters.
_LONGEST_PROPERTY = 255
# What the library's template brings along, by the ends of the types of relations: a picture, a list of sources.
_WITHOUT = ("/thumbnail", "/customXml")


@dataclass
class _Writer:
    """A document that is being made, in the language of an edition, with the ids of its bookmarks."""

    made: Made
    language: str
    ids: Iterator[int] = field(default_factory=count)


def document(view: EditionView, book: Mapping[str, Any]) -> bytes:
    """Return an edition as a DOCX; `book` is what it says of itself."""
    edition = view.edition
    writer = _Writer(Document(), edition.locale.replace("_", "-"))
    _set_properties(writer.made, edition, "".join(book["notes"]))
    _set_page(writer, edition, book)
    _set_styles(writer, edition)
    if edition.statement.is_structured:
        _set_structure(writer, view)
    else:
        _number(writer.made, view.clauses[0].number)
    _write_text(writer, view, book)
    _write_terms(writer, view, book)
    _write_about(writer, book)
    file = io.BytesIO()
    writer.made.save(file)
    with zipfile.ZipFile(file) as parts:
        found = {name: parts.read(name) for name in parts.namelist()}
    return archive(found, edition.particulars.published)


def _set_properties(made: Made, edition: Edition, notes: str) -> None:
    """Say in the properties what it is, and in the comments where its text is from and what it is not."""
    particulars, properties = edition.particulars, made.core_properties
    properties.title = particulars.title
    properties.author = particulars.issuer
    properties.subject = particulars.english_title
    properties.language = edition.settings.language
    properties.comments = notes[:_LONGEST_PROPERTY]
    properties.last_modified_by = properties.keywords = ""
    properties.created = properties.modified = particulars.published
    properties.revision = 1
    for rels in (made.part.package.rels, made.part.rels):
        for name in [name for name, each in rels.items() if each.reltype.endswith(_WITHOUT)]:
            rels.pop(name)


def _set_page(writer: _Writer, edition: Edition, book: Mapping[str, Any]) -> None:
    section = writer.made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(28)
    section.top_margin = section.bottom_margin = Mm(25)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    head.text = edition.particulars.short
    head.alignment = foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, _, rest = str(book["page"]).partition("{page}")
    between, _, after = rest.partition("{pages}")
    for text, instruction in ((before, "PAGE"), (between, "NUMPAGES")):
        foot.add_run(text)
        _add(foot._p, "w:fldSimple", {"w:instr": instruction}).append(foot.add_run("1")._r)
    foot.add_run(after)


def _set_styles(writer: _Writer, edition: Edition) -> None:
    """Give styles the faces and the language of an edition; those that are not there are made."""
    styles = writer.made.styles
    clause = styles.add_style(CLAUSE, WD_STYLE_TYPE.PARAGRAPH)
    term = styles.add_style(_TERM, WD_STYLE_TYPE.PARAGRAPH)
    link = styles.add_style(_LINK, WD_STYLE_TYPE.CHARACTER)
    clause.base_style = term.base_style = styles["Normal"]
    clause.quick_style = term.quick_style = True
    link.font.color.rgb, link.font.underline = _ACCENT, True
    for name in (*_SIZES, CLAUSE, _TERM):
        _set_face(writer, edition, name, _SIZES.get(name, _SIZES["Normal"]))
    defaults = styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _set_language(defaults, writer.language)
    for name in ("Normal", CLAUSE, _TERM):
        shape = styles[name].paragraph_format
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.MULTIPLE, 1.5
        shape.space_after = Pt(8)
    if edition.settings.is_chinese:
        clause.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    # A rule below the title, as the template of the library has it, is not this document's.
    title = styles["Title"].element.pPr
    for border in title.findall(qn("w:pBdr")):
        title.remove(border)


def _set_face(writer: _Writer, edition: Edition, name: str, size: float) -> None:
    """Give a style the faces, the language and the colour that it has in an edition, and a size in points."""
    style = writer.made.styles[name]
    style.font.name = _LATIN
    properties = style.element.get_or_add_rPr()
    faces = properties.get_or_add_rFonts()
    for key in [key for key in faces.attrib if key.endswith("Theme")]:
        del faces.attrib[key]
    faces.set(qn("w:eastAsia"), _CHINESE[edition.script] if edition.settings.is_chinese else _LATIN)
    style.font.size = Pt(size)
    style.font.color.rgb = _ACCENT if name.startswith("Heading") else _INK
    style.font.italic = False
    _set_language(properties, writer.language)


def _set_structure(writer: _Writer, view: EditionView) -> None:
    """Make the styles that only texts need which are built otherwise than most: of further paragraphs, items, headings.

    The marks of their clauses are text, since no numbering of a word processor gives all of them.
    """
    styles = writer.made.styles
    further = styles.add_style(_FURTHER, WD_STYLE_TYPE.PARAGRAPH)
    further.base_style = styles[CLAUSE]
    blocks = [block for clause in view.clauses for block in clause.clause.blocks]
    for level in range(1, max((block.level for block in blocks), default=0) + 1):
        item = styles.add_style(f"{_ITEM} {level}", WD_STYLE_TYPE.PARAGRAPH)
        item.base_style = styles[CLAUSE]
        item.paragraph_format.left_indent = Pt(24 * level)
    for level in sorted({heading.level for heading in view.edition.statement.headings if heading.level > 1}):
        _set_face(writer, view.edition, f"Heading {min(level, 9)}", 13 if level == 2 else _SIZES["Normal"])


def _set_language(properties: Any, language: str) -> None:
    """Say in which language characters are: Latin ones in English in a Chinese edition, all others in its own."""
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    latin = "en-US" if language.startswith("zh") else language
    _add(properties, "w:lang", {"w:val": latin, "w:eastAsia": language})


def _number(made: Made, first: int) -> None:
    """Have the style of clauses number them as the text does: 7、."""
    numbering = made.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    level = _add(abstract, "w:lvl", {"w:ilvl": "0"})
    settings = (
        ("start", f"{first}"),
        ("numFmt", "decimal"),
        ("pStyle", CLAUSE),
        ("lvlText", "%1、"),
        ("lvlJc", "left"),
    )
    for name, value in settings:
        _add(level, f"w:{name}", {"w:val": value})
    _add(_add(level, "w:pPr", {}), "w:ind", {"w:left": "680", "w:hanging": "680"})
    # Abstract numberings come before those that use them (ECMA-376, 17.9.1).
    numbering.insert(0, abstract)
    number = numbering.add_num(77)
    properties = made.styles[CLAUSE].element.get_or_add_pPr()
    properties.get_or_add_numPr().get_or_add_numId().val = number.numId


def _write_text(writer: _Writer, view: EditionView, book: Mapping[str, Any]) -> None:
    edition, made = view.edition, writer.made
    made.add_paragraph(edition.particulars.title, style="Title")
    lines = edition.statement.lines_below_title
    for line in lines or ([book["preview"]] if book["preview"] else []):
        said = book["published"] if line == edition.statement.stamp else ""
        made.add_paragraph(f"{said}{line}", style="Subtitle")
    for group in view.parts:
        if group.part.is_headed:
            made.add_paragraph(group.part.full_title, style="Heading 1")
        for clause in group.clauses:
            for heading in clause.headings:
                paragraph = made.add_paragraph(style=f"Heading {min(heading.level, 9)}")
                end = _begin_bookmark(writer, paragraph, _bookmark(heading.name))
                paragraph.add_run(heading.whole)
                paragraph._p.append(end)
            _write_clause(writer, view, clause)
    if book["ends"]:
        made.add_paragraph(book["ends"])


def _write_clause(writer: _Writer, view: EditionView, clause: ClauseView) -> None:
    """Write a clause; its mark is text where the style does not number it."""
    paragraph = writer.made.add_paragraph(style=CLAUSE)
    end = _begin_bookmark(writer, paragraph, _bookmark(clause.id))
    mark = _mark(view, clause)
    if mark:
        paragraph.add_run(mark)
    if clause.clause.is_apart:
        paragraph.paragraph_format.keep_with_next = True
    if not clause.groups:
        text = writer.made.add_paragraph(style=_FURTHER) if clause.clause.is_apart else paragraph
        _write_sentences(view, text, clause.sentences)
    elif not mark and not clause.groups[0].is_table and clause.groups[0].blocks[0].level:
        paragraph.style = f"{_ITEM} {clause.groups[0].blocks[0].level}"
    paragraph._p.append(end)
    is_open = bool(clause.groups) and not clause.groups[0].is_table and not clause.clause.is_apart
    for group in clause.groups:
        if group.is_table:
            _write_table(writer, view, group)
            continue
        for block in group.blocks:
            if not is_open:
                style = f"{_ITEM} {block.level}" if block.level else _FURTHER
                paragraph = writer.made.add_paragraph(style=style)
            is_open = False
            _write_sentences(view, paragraph, block.sentences)


def _mark(view: EditionView, clause: ClauseView) -> str:
    """Return what the text has before a clause, or the number in 〔〕 that is ours, where that is not automatic."""
    if not view.edition.statement.is_structured:
        return ""
    return clause.clause.printed or (f"{clause.shown} " if clause.value else "")


def _write_table(writer: _Writer, view: EditionView, group: GroupView) -> None:
    columns = max(len(row.sentences) for row in group.blocks)
    table = writer.made.add_table(rows=0, cols=columns, style=_TABLE)
    for row in group.blocks:
        cells = table.add_row().cells
        for cell, sentence in zip(cells, row.sentences, strict=False):
            cell.paragraphs[0].style = writer.made.styles[_FURTHER]
            _write_sentences(view, cell.paragraphs[0], (sentence,))


def _write_sentences(view: EditionView, paragraph: Paragraph, sentences: Sequence[SentenceView]) -> None:
    for piece in (piece for sentence in sentences for piece in sentence.pieces):
        if piece.is_mark:
            _link(paragraph, piece.text, {"w:anchor": _bookmark(piece.note.partition("#")[2] or "about")})
        elif piece.term:
            said = view.terms[piece.term].definition
            shown = {"w:tooltip": said} if len(said) <= _LONGEST_TOOLTIP else {}
            _link(paragraph, piece.text, {"w:anchor": _place(piece.term), **shown})
        else:
            paragraph.add_run(piece.text)


def _write_terms(writer: _Writer, view: EditionView, book: Mapping[str, Any]) -> None:
    if not view.entries:
        return
    writer.made.add_paragraph(book["terms"], style="Heading 1")
    writer.made.add_paragraph(book["termsNote"])
    for entry in view.entries:
        term = entry.term
        paragraph = writer.made.add_paragraph(style=_TERM)
        end = _begin_bookmark(writer, paragraph, _place(term.id))
        paragraph.add_run(term.name).bold = True
        paragraph.add_run(f" {term.english}")
        paragraph.add_run().add_break()
        paragraph.add_run(term.definition)
        paragraph._p.append(end)
        for order, number in enumerate(entry.clauses):
            clause = view.by_number[number]
            paragraph.add_run(book["separator"] if order else " ")
            _link(paragraph, clause.label, {"w:anchor": _bookmark(clause.id)}, _LINK)


def _write_about(writer: _Writer, book: Mapping[str, Any]) -> None:
    heading = writer.made.add_paragraph(style="Heading 1")
    end = _begin_bookmark(writer, heading, "about")
    heading.add_run(book["about"])
    heading._p.append(end)
    for note in book["notes"]:
        writer.made.add_paragraph(note)
    for name, value in book["facts"]:
        paragraph = writer.made.add_paragraph()
        paragraph.add_run(f"{name}{book['between']}").bold = True
        if "://" in value:
            target = paragraph.part.relate_to(value, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            _link(paragraph, value, {"r:id": target}, _LINK)
        else:
            paragraph.add_run(value)


def _begin_bookmark(writer: _Writer, paragraph: Paragraph, name: str) -> Any:
    """Begin a place that links lead to, and return what ends it."""
    number = str(next(writer.ids))
    _add(paragraph._p, "w:bookmarkStart", {"w:id": number, "w:name": name})
    end = OxmlElement("w:bookmarkEnd")
    end.set(qn("w:id"), number)
    return end


def _place(term: str) -> str:
    """Return the name of a term's bookmark."""
    return _bookmark(f"term_{term}")


def _bookmark(place: str) -> str:
    """Return the name of a place as Word has them: letters, digits and underscores, at most 40 of them."""
    return re.sub(r"\W", "_", place)[:40]


def _link(paragraph: Paragraph, text: str, target: Mapping[str, str], style: str | None = None) -> None:
    _add(paragraph._p, "w:hyperlink", {**target, "w:history": "1"}).append(paragraph.add_run(text, style=style)._r)


def _add(parent: Any, name: str, attributes: Mapping[str, str]) -> Any:
    """Add an element to another and return it."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    parent.append(made)
    return made
