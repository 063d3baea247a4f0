"""Build the font of the preview cards: Noto Serif CJK cut down to a statement's characters, one face per edition.

Requires fonttools, which is a test dependency, and a Noto Serif CJK collection such as the one in Debian's
fonts-noto-cjk. The output is reproducible: the same collection and characters give the same bytes. Like the collection,
the result is licensed under the SIL Open Font License 1.1; it has a name of its own because "Noto" is a trademark and
"Source" a reserved font name.
"""

from __future__ import annotations

import argparse
import io
import string
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, TTLibError

from publish import project, write
from statement import inputs, parse
from statement.convert import interface_converter, text_converter
from statement.errors import InputError

INSTALLED = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc")
NAME = "Statement Card Song"
LICENCE = "fonts/OFL.txt"
# How the name of the matching face in the collection ends, by edition language.
_FACES = {"zh-Hans": "CJK SC", "zh-Hant": "CJK TC", "zh-Hant-HK": "CJK HK"}
# Characters any card may need, whatever the statement: dates, numbers, Latin letters and punctuation.
_ALWAYS = string.digits + string.ascii_letters + string.punctuation + " 年月日“”‘’「」『』《》（）【】…—·，。、；：！？"
# Copyright, licence and licence URL (OpenType name table). The trademark entry is dropped: it is not this font's.
_KEPT_NAMES = (0, 13, 14)
_WITHOUT = ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    options = _options(arguments)
    try:
        for source in options.source:
            wanted = characters(source)
            write.replace(source / inputs.FONT, collection(options.font, wanted))
            if not (licence := source / LICENCE).exists():
                write.replace(licence, (project.SOURCE / LICENCE).read_bytes())
    except InputError as error:
        print(*error.problems, sep="\n", file=sys.stderr)
    except (OSError, TTLibError) as error:
        print(f"{options.font}: {error}; name a collection of Noto Serif CJK with FONT=", file=sys.stderr)
    else:
        return 0
    return 1


def characters(source: Path) -> dict[str, set[str]]:
    """Return the characters needed by the inputs in a folder, keyed by edition language; raise InputError.

    They are those of the whole text, so that another opening needs no other font, and of what its clauses are called.
    """
    read = project.read(source)
    problems = [problem for problem in read.problems if not problem.file.endswith(inputs.FONT)]
    if problems or not (read.statement and read.particulars and read.themes and read.conversion):
        raise InputError(problems)
    words = inputs.read_templates(project.TEMPLATES)["card.json"]
    particulars, overrides = read.particulars.value, read.conversion.value.overrides
    original = particulars.editions[0]
    titles = [particulars.title, *(theme.title for theme in read.themes.value.themes)]
    statement = parse.parse(read.statement, read.structure)
    called = [statement.range, statement.extent, *(clause.label for clause in statement.clauses)]
    text = "\n".join([read.statement.text, *titles, *called])
    return {
        settings.language: {
            *_ALWAYS,
            *text_converter(settings, original, overrides).convert(text),
            *interface_converter(settings, original, overrides).convert(words),
        }
        - {"\n", "\r", "\t"}
        for settings in particulars.scripts
    }


def collection(path: Path, wanted: dict[str, set[str]]) -> bytes:
    """Return a collection with one face per language, limited to its characters; all faces share their outlines.

    Raises OSError or TTLibError.
    """
    data = path.read_bytes()
    names = [str(font["name"].getDebugName(4)) for font in TTCollection(io.BytesIO(data), lazy=True)]
    faces = [TTFont(io.BytesIO(data), fontNumber=_index(names, language), recalcTimestamp=False) for language in wanted]
    cmaps = [face.getBestCmap() for face in faces]
    codes = [
        sorted(ord(each) for each in needed if ord(each) in cmap)
        for needed, cmap in zip(wanted.values(), cmaps, strict=True)
    ]
    glyphs = sorted({cmap[code] for cmap, each in zip(cmaps, codes, strict=True) for code in each})
    result = TTCollection()
    result.fonts = [_subset(face, each, glyphs) for face, each in zip(faces, codes, strict=True)]
    file = io.BytesIO()
    result.save(file, shareTables=True)
    return file.getvalue()


def _index(names: Sequence[str], language: str) -> int:
    wanted = _FACES.get(language, "CJK TC")
    found = [index for index, name in enumerate(names) if wanted in name]
    if not found:
        raise TTLibError(f"no face {wanted}")
    return found[0]


def _subset(face: TTFont, codes: Sequence[int], glyphs: Sequence[str]) -> TTFont:
    """Return a face subset to some characters plus the shared glyphs, round-tripped through its file format."""
    options = Options(hinting=False, layout_features=[], notdef_outline=True, name_IDs=list(_KEPT_NAMES))
    options.drop_tables += _WITHOUT
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes, glyphs=glyphs)
    subsetter.subset(face)
    _rename(face)
    file = io.BytesIO()
    face.save(file)
    return TTFont(io.BytesIO(file.getvalue()), recalcTimestamp=False)


def _rename(face: TTFont) -> None:
    for number, name in _names():
        face["name"].setName(name, number, 3, 1, 0x409)
    cff = face["CFF "].cff
    cff.fontNames = [NAME.replace(" ", "")]
    top = cff.topDictIndex[0]
    for part in top.FDArray:
        part.FontName = f"{cff.fontNames[0]}-{part.FontName.rpartition('-')[2]}"
    top.FullName = top.FamilyName = NAME
    top.Notice = face["name"].getDebugName(0)


def _names() -> Iterator[tuple[int, str]]:
    yield from ((1, NAME), (2, "Regular"), (3, NAME), (4, NAME), (6, NAME.replace(" ", "")))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make the font of the pictures from Noto Serif CJK.")
    parser.add_argument("source", type=Path, nargs="+", help="the folders of inputs to make it for")
    parser.add_argument("--font", type=Path, default=INSTALLED, metavar="TTC", help="the collection to take it from")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
