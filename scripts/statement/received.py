"""Received: a text as somebody has it, plain, from a word processor or from the web, becomes lines of characters."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from .errors import InputError, Problem

if TYPE_CHECKING:
    from lxml import html

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_DECLARED = re.compile(rb"charset=[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
# The first of a file that is no text, whatever its name says: PDF, a ZIP archive, an old Office file, UTF-16.
_NO_TEXT = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xfe", b"\xfe\xff")
# The first bytes of punctuation and of the characters that are common, in GB 2312 (level 1) and in Big5 (level 1).
_ENCODINGS = (("gb18030", "gb2312", range(0xA1, 0xD8)), ("cp950", "cp950", range(0xA1, 0xC7)))
_NAMES = {"gb18030": "GB18030", "cp950": "Big5"}
_LEAST = 0.5
# What is around a text. A header with paragraphs is part of it, such as a preamble.
_SKIPPED = "//script|//style|//template|//noscript|//nav|//header[not(.//p)]|//footer|//aside|//form|//comment()"
_BLOCKS = frozenset(
    (
        *("address", "article", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt"),
        *("figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "main", "ol", "p", "pre", "section"),
        *("summary", "table", "tbody", "tfoot", "thead", "tr", "ul"),
    )
)
_CELLS = frozenset({"td", "th"})
# The names of what is in a Word file (ECMA-376, part 1).
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WRAPPERS = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml"))
_NO_CHARACTERS = frozenset(
    {
        *(f"{_W}{name}" for name in ("del", "moveFrom", "drawing", "pict", "object", "pPr", "rPr")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
    }
)
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n"}


@dataclass(frozen=True)
class Received:
    """A text, what it came as, whether it is the file byte for byte, its address, and how many numbers it lost.

    Word processors and browsers number lists by themselves: such numbers are no characters of the text. Those of
    `notes` footnotes were written into it, in brackets.
    """

    text: str
    form: str
    is_exact: bool = False
    address: str = ""
    unwritten: int = 0
    notes: int = 0


def received(file: str, data: bytes) -> Received:
    """Return the text in a file, whose name says what it is: `.docx`, `.html`, or else plain text.

    Plain text is in UTF-8, or in GB18030 or Big5, which are told apart by how common the characters are that they give.
    Raises InputError for what is empty, no text, or has no Chinese in it.
    """
    suffix = file.lower().rpartition(".")[2]
    if not data.strip():
        raise _refused(file, "the file is empty; give one that has the text")
    read = {"docx": _word, "html": _web, "htm": _web}.get(suffix, _plain)
    found = read(file, data)
    if not _HAN.search(found.text):
        raise _refused(file, "there is no Chinese in it; give the text of a statement in Chinese")
    return found


def _refused(file: str, message: str) -> InputError:
    return InputError([Problem(file, 1, 1, message)])


def _plain(file: str, data: bytes) -> Received:
    text, encoding = _decoded(file, data)
    return Received(text, f"text in {encoding}", encoding == "UTF-8")


def _decoded(file: str, data: bytes) -> tuple[str, str]:
    """Return the characters of a file and the name of their encoding."""
    if not data.startswith(_NO_TEXT) and b"\0" not in data:
        try:
            return data.decode("utf-8"), "UTF-8"
        except UnicodeDecodeError:
            found = max(_weighed(data), default=(0.0, "", ""))
            if found[0] >= _LEAST:
                return found[1], _NAMES[found[2]]
    message = "is no text in UTF-8, GB18030 or Big5; save it as .txt in UTF-8, or give .docx or .html"
    raise _refused(file, message)


def _weighed(data: bytes) -> Iterator[tuple[float, str, str]]:
    """Yield for each encoding that the bytes can be in the share of common characters, the text, and its name."""
    for encoding, table, common in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        foreign = [character for character in text if not character.isascii()]
        bytes_of = [character.encode(table, "ignore") for character in foreign]
        share = sum(len(each) == 2 and each[0] in common for each in bytes_of) / max(len(foreign), 1)
        yield share, text, encoding


def _word(file: str, data: bytes) -> Received:
    """Return the paragraphs of a Word file in order; the cells of a table's row have tabs between them.

    What somebody has inserted counts, what is deleted does not. Footnotes stand at the end, with marks such as [1].
    """
    # Loaded here because nothing else of the build reads Word files.
    import docx
    from docx.opc.exceptions import OpcError

    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        notes = [rel.target_part.blob for rel in document.part.rels.values() if rel.reltype.endswith("/footnotes")]
        told = {each.get(f"{_W}id"): each for blob in notes for each in etree.fromstring(blob)}
    except (OpcError, zipfile.BadZipFile, KeyError, ValueError, etree.XMLSyntaxError):
        raise _refused(file, "is no Word file; save it as .docx again, or as .txt in UTF-8") from None
    marks = {
        str(each.get(f"{_W}id")): f"[{number}]" for number, each in enumerate(body.iter(f"{_W}footnoteReference"), 1)
    }
    lines = [line for block in _blocks(body) for line in _lines_of_block(block, marks)]
    lines += [
        f"{mark} {' '.join(_one_line(_characters(block, {})) for block in _blocks(told[name])).strip()}"
        for name, mark in marks.items()
        if name in told
    ]
    numbered = sum(bool(_characters(each, {}).strip()) for each in body.xpath(".//w:p[w:pPr/w:numPr]"))
    return Received(_joined(lines), "Word file", unwritten=numbered, notes=len(marks))


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables of a part of a Word file, whatever they are wrapped in."""
    for element in parent:
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag in _WRAPPERS:
            yield from _blocks(element)


def _lines_of_block(block: etree._Element, marks: Mapping[str, str]) -> list[str]:
    """Return the lines of a paragraph, or the rows of a table."""
    if block.tag == f"{_W}p":
        return [_one_line(line).strip("\t") for line in _characters(block, marks).split("\n")]
    cells = [[_one_line(_characters(cell, marks)) for cell in row.iter(f"{_W}tc")] for row in block.iter(f"{_W}tr")]
    return ["\t".join(each.replace("\t", " ") for each in row) for row in cells]


def _characters(element: etree._Element, marks: Mapping[str, str]) -> str:
    """Return the characters of an element of a Word file, with the marks of notes, without what is drawn or deleted."""
    if element.tag in _NO_CHARACTERS:
        return ""
    if element.tag == f"{_W}t":
        return element.text or ""
    if element.tag == f"{_W}footnoteReference":
        return marks.get(str(element.get(f"{_W}id")), "")
    return _BREAKS.get(str(element.tag), "") + "".join(_characters(each, marks) for each in element)


def _web(file: str, data: bytes) -> Received:
    """Return the paragraphs of a web page in order, those of its article where it has one, without what is around."""
    from lxml import html

    declared = _DECLARED.search(data[:2048])
    text = ""
    if declared:
        name = declared[1].decode("ascii").lower()
        try:
            text = data.decode("gb18030" if name in ("gb2312", "gbk") else name)
        except (LookupError, UnicodeDecodeError):
            text = ""
    text = _XML.sub("", text or _decoded(file, data)[0])
    try:
        root = html.document_fromstring(text)
    except (etree.ParserError, ValueError):
        raise _refused(file, "is no web page; save it again, or as .txt in UTF-8") from None
    address = next(iter(root.xpath("//link[@rel='canonical']/@href|//meta[@property='og:url']/@content")), "")
    for element in root.xpath(_SKIPPED):
        if element.getparent() is not None:
            element.drop_tree()
    # Several articles are parts of one text, or nothing tells which of them is meant.
    whole = next((found[0] for tag in ("article", "main", "body") if len(found := root.xpath(f"//{tag}")) == 1), root)
    lines = list(_lines(whole))
    unwritten = len(whole.xpath(".//ol/li"))
    return Received(_joined(lines), "web page", address=str(address), unwritten=unwritten)


def _lines(root: html.HtmlElement) -> Iterator[str]:
    """Yield the lines of an element as a browser breaks them; the cells of a row have tabs between them."""
    line, depth = "", 0
    for text, tag, is_end in _events(root):
        line += _BLANKS.sub(" ", text)
        if tag in _CELLS:
            depth += -1 if is_end else 1
            line = f"{line.rstrip(' ')}\t" if is_end and not depth else line
        elif tag in _BLOCKS and not depth:
            yield _one_line(line)
            line = ""
    yield _one_line(line)


def _events(root: html.HtmlElement) -> Iterator[tuple[str, str, bool]]:
    """Yield where elements begin and end, with the text before."""
    before = ""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        yield before, str(element.tag), event == "end"
        before = (element.text if event == "start" else element.tail) or ""


def _one_line(text: str) -> str:
    return "\t".join(_BLANKS.sub(" ", cell).strip(" ") for cell in text.rstrip("\t\n ").split("\t"))


def _joined(lines: list[str]) -> str:
    """Return lines as a text has its paragraphs, with a blank line between any two."""
    return "\n\n".join(line for line in lines if line.strip()) + "\n"
