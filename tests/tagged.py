"""What a tagged PDF says, read as a screen reader does: by its structure, each glyph by its font's ToUnicode table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

SHOWN = frozenset({"Tj", "TJ", "'", '"'})
PAINTED = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "EI", *SHOWN})
"""The operators that put something on a page (ISO 32000-1, annex A)."""

HEADING = re.compile("H[1-6]")


@dataclass
class Element:
    """An element of the structure: its type, what it has in it, and how it is called where it is a heading."""

    kind: str
    title: str = ""
    language: str = ""
    alternative: str = ""
    inside: list[Element | str] = field(default_factory=list)
    annotations: int = 0

    @property
    def text(self) -> str:
        return "".join(each if isinstance(each, str) else each.text for each in self.inside)

    def walk(self) -> Iterator[Element]:
        yield self
        for each in self.inside:
            if isinstance(each, Element):
                yield from each.walk()


@dataclass
class Page:
    """A page: what it says by the numbers of its marked contents, what is on it beside that, and what has no mark."""

    marked: dict[int, str] = field(default_factory=dict)
    artifacts: list[str] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)
    languages: list[tuple[str, str]] = field(default_factory=list)

    def in_language(self, language: str) -> Iterator[str]:
        """Yield the texts whose marks say that they are in a language."""
        yield from (text for own, text in self.languages if own == language)


class Document:
    """A PDF as it is read."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(BytesIO(data))
        self.root = self.pdf.Root

    @cached_property
    def pages(self) -> list[Page]:
        return [_page(page) for page in self.pdf.pages]

    @cached_property
    def structure(self) -> Element:
        numbers = {page.obj.objgen: index for index, page in enumerate(self.pdf.pages)}
        return _element(self.root.StructTreeRoot, self.pages, numbers, None)

    @property
    def headings(self) -> list[tuple[int, str, str, str]]:
        """Of each heading its level, what it is called, what it shows, and what follows until the next."""
        found: list[tuple[int, str, str, str]] = []
        for each in self._blocks(self.structure):
            if HEADING.fullmatch(each.kind):
                found.append((int(each.kind[1]), each.title, each.text, ""))
            elif found:
                found[-1] = (*found[-1][:3], found[-1][3] + each.text)
        return found

    def _blocks(self, element: Element) -> Iterator[Element]:
        for each in element.inside:
            if isinstance(each, Element):
                if each.kind in ("StructTreeRoot", "Document", "Part", "Sect", "Div", "Art"):
                    yield from self._blocks(each)
                else:
                    yield each

    @property
    def text(self) -> str:
        return self.structure.text

    @cached_property
    def fonts(self) -> list[Any]:
        found = {}
        for page in self.pdf.pages:
            for font in page.Resources.get("/Font", Dictionary()).values():
                found[font.objgen] = font
        return list(found.values())

    def bookmarks(self) -> list[tuple[int, str]]:
        """Return the bookmarks with how deep they are, from 0."""
        with self.pdf.open_outline() as outline:
            return list(_bookmarks(outline.root, 0))


def _bookmarks(items: Any, depth: int) -> Iterator[tuple[int, str]]:
    for item in items:
        yield depth, item.title
        yield from _bookmarks(item.children, depth + 1)


def table(font: Any) -> dict[int, str]:
    """Return what each code of a font says, by its ToUnicode table (ISO 32000-1, 9.10.3)."""
    text = font.ToUnicode.read_bytes().decode("ascii")
    found = {}
    for part in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, said in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", part):
            found[int(code, 16)] = bytes.fromhex(said).decode("utf-16-be")
    for part in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, said in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", part):
            start = bytes.fromhex(said).decode("utf-16-be")
            for code in range(int(first, 16), int(last, 16) + 1):
                found[code] = start[:-1] + chr(ord(start[-1]) + code - int(first, 16))
    return found


def _page(page: Any) -> Page:
    tables = {name: table(font) for name, font in page.Resources.get("/Font", Dictionary()).items()}
    found = Page()
    stack: list[_Mark] = []
    current: Mapping[int, str] = {}
    for each in pikepdf.parse_content_stream(page):
        operands, operator = each.operands, each.operator
        name = str(operator)
        if name == "Tf":
            current = tables[str(operands[0])]
        elif name in ("BDC", "BMC"):
            stack.append(_mark(operands))
        elif name == "EMC":
            if stack[-1].actual is not None:
                _say(found, stack, stack[-1].actual)
            stack.pop()
        elif name in PAINTED:
            said = _said(operands, current) if name in SHOWN else ""
            if not stack:
                found.unmarked.append(f"{name} {said}")
            if not any(mark.actual is not None for mark in stack):
                _say(found, stack, said)
    assert not stack
    return found


@dataclass(frozen=True)
class _Mark:
    """What a marked content says of itself: its kind, its number, its language, and what stands for its glyphs."""

    kind: str
    number: int | None
    language: str
    actual: str | None


def _mark(operands: Any) -> _Mark:
    given = operands[1] if len(operands) > 1 and isinstance(operands[1], Dictionary) else Dictionary()
    number, actual = given.get("/MCID"), given.get("/ActualText")
    return _Mark(
        kind=str(operands[0]),
        number=None if number is None else int(number),
        language=str(given.get("/Lang", "")),
        actual=None if actual is None else str(actual),
    )


def _say(page: Page, stack: list[_Mark], said: str) -> None:
    number = next((mark.number for mark in reversed(stack) if mark.number is not None), None)
    language = next((mark.language for mark in reversed(stack) if mark.language), "")
    if number is not None:
        page.marked[number] = page.marked.get(number, "") + said
        page.languages.append((language, said))
    elif any(mark.kind == "/Artifact" for mark in stack):
        page.artifacts.append(said)


def _said(operands: Any, current: Mapping[int, str]) -> str:
    pieces = operands[0] if isinstance(operands[0], Array) else [operands[0]]
    codes = b"".join(bytes(each) for each in pieces if isinstance(each, pikepdf.String))
    return "".join(current[int.from_bytes(codes[at : at + 2])] for at in range(0, len(codes), 2))


def _element(given: Any, pages: list[Page], numbers: Mapping[Any, int], page: int | None) -> Element:
    page = numbers[given.Pg.objgen] if "/Pg" in given else page
    kind = str(given.get("/S", given.get("/Type"))).removeprefix("/")
    title, language, alternative = (str(given.get(key, "")) for key in ("/T", "/Lang", "/Alt"))
    found = Element(kind, title, language, alternative)
    inside = given.get("/K", Array())
    for each in inside if isinstance(inside, Array) else [inside]:
        if not isinstance(each, Dictionary):
            assert page is not None
            found.inside.append(pages[page].marked.get(int(each), ""))
        elif each.get("/Type") == Name.MCR:
            at = numbers[each.Pg.objgen] if "/Pg" in each else page
            assert at is not None
            found.inside.append(pages[at].marked.get(int(each.MCID), ""))
        elif each.get("/Type") == Name.OBJR:
            found.annotations += 1
        else:
            found.inside.append(_element(each, pages, numbers, page))
    return found
