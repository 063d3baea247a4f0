"""Faces: the fonts that PDFs are set in: the one that the statement's folder carries, or one of the system's.

The first that has every character is taken. Both have an open licence, so that they may be embedded.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from statement import kept
from statement.model import EditionSettings, Font

if TYPE_CHECKING:
    import typst

FAMILY: Final = "Statement Song"
"""What families of the carried font are called, before the sign of a region."""

INSTALLED: Final = ("Noto Serif CJK", "Source Han Serif")
"""What families of installed ones are called, which are under the SIL Open Font License 1.1, as the carried one is."""

REGULAR, BOLD = 400, 700
"""The weights of each family, as OpenType counts them: that of the text, and that of headings."""

Drawn = Mapping[tuple[str, int], Set[str]]
"""The characters that are drawn, by the sign of a region and the weight."""

# U+FFFF is a noncharacter that no font maps (Unicode, 23.7), so drawing it gives the glyph for missing characters.
_NO_CHARACTER = "\uffff"
_PIXELS = 24
# So many missing characters are named.
_MOST = 10


@dataclass(frozen=True)
class Faces:
    """Fonts to set with: the beginning of their families' names, and a name for exactly these files.

    `data` are the bytes of a carried collection; without them they are among the system's fonts.
    """

    family: str
    print: str
    data: bytes = b""

    def of(self, settings: EditionSettings) -> str:
        """Return the family with the shapes of an edition's region."""
        return f"{self.family} {region(settings)}"

    @contextmanager
    def fonts(self) -> Iterator[typst.Fonts]:
        """Yield them as the typesetter takes them."""
        import typst

        with self.folder() as folder:
            carried = [str(folder)] if folder else []
            yield (
                typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=carried)
                if carried
                else _system()
            )

    @contextmanager
    def folder(self) -> Iterator[Path | None]:
        """Yield the folder that they are in, or nothing where they are the system's."""
        if not self.data:
            yield None
            return
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "text.ttc").write_bytes(self.data)
            yield Path(folder)


@dataclass(frozen=True)
class Choice:
    """The faces to set with, or None where there are none, and what people should know of that."""

    faces: Faces | None
    notes: tuple[str, ...] = ()


def region(settings: EditionSettings) -> str:
    """Return the sign by which fonts call the shapes of an edition's region."""
    if settings.script == "hans":
        return "SC"
    return "HK" if settings.region in ("HK", "MO") else "TC"


def choose(carried: Font | None, drawn: Drawn) -> Choice:
    """Return the first faces that have all characters: those of the font a folder carries, or installed ones."""
    try:
        import_module("typst")
    except ImportError as error:
        return Choice(None, (f"no PDF is made: Typst cannot be loaded ({error}); install what it needs",))
    notes = []
    if carried:
        own = Faces(FAMILY, hashlib.sha256(carried.data).hexdigest(), carried.data)
        lacking = _lacking(own, drawn)
        if not lacking:
            return Choice(own)
        is_none = set(lacking) == set().union(*drawn.values())
        said = "is no font that can be set with" if is_none else f"cannot draw {_named(lacking)}"
        notes.append(f"{carried.file} {said}; run `make fonts`")
    for family in INSTALLED:
        found = _installed(family)
        if found and not _lacking(found, drawn):
            return Choice(found, tuple(f"{note}; {family} of this system is taken meanwhile" for note in notes))
    remedy = "no Noto Serif CJK that has every character is installed; install one (Debian: fonts-noto-cjk)"
    return Choice(None, (*notes, f"no PDF is made: {remedy}"))


def _installed(family: str) -> Faces | None:
    """Return the faces of a family among the system's fonts, if there are any."""
    paths = sorted({font.path for font in _system().fonts() if font.path and font.family.startswith(f"{family} ")})
    stats = [(path, Path(path).stat()) for path in paths]
    name = " ".join(f"{path} {stat.st_size} {stat.st_mtime_ns}" for path, stat in stats)
    return Faces(family, name) if paths else None


@cache
def _system() -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)


def _lacking(faces: Faces, drawn: Drawn) -> str:
    """Return the characters that faces lack, sorted; kept between builds, because each of them has to be drawn."""
    wanted = sorted((*of, "".join(sorted(characters))) for of, characters in drawn.items())
    key = json.dumps([kept.maker("pillow", sys.modules[__name__]), faces.family, faces.print, wanted])
    found = kept.find("faces", key)
    if found is None:
        with faces.fonts() as fonts:
            listed = {(font.family, font.weight): font for font in fonts.fonts() if font.style == "normal"}
            lacking: set[str] = set()
            for sign, weight, characters in wanted:
                font = listed.get((f"{faces.family} {sign}", weight))
                lacking.update(_missing(font, characters) if font and font.path else characters)
        found = kept.keep("faces", key, "".join(sorted(lacking)).encode("utf-8"))
    return found.decode("utf-8")


def _missing(font: typst.FontInfo, characters: Iterable[str]) -> Iterator[str]:
    """Yield the characters that a face of a font has no shape for."""
    from PIL import ImageFont

    face = ImageFont.truetype(str(font.path), _PIXELS, font.index, layout_engine=ImageFont.Layout.BASIC)
    nothing = bytes(face.getmask(_NO_CHARACTER))
    yield from (each for each in characters if bytes(face.getmask(each)) == nothing)


def _named(lacking: str) -> str:
    named = ", ".join(f"{each} (U+{ord(each):04X})" for each in lacking[:_MOST])
    return f"{named} and {len(lacking) - _MOST} more" if len(lacking) > _MOST else named
