"""Build the fonts of the pictures and of the PDFs: Noto Serif CJK cut down to what they draw, faces for each edition.

Requires fonttools, which is a test dependency, and Noto Serif CJK collections such as those in Debian's
fonts-noto-cjk. The output is reproducible: the same collection and characters give the same bytes. Like the collection,
the result is licensed under the SIL Open Font License 1.1; it has a name of its own because "Noto" is a trademark and
"Source" a reserved font name.
"""

from __future__ import annotations

import argparse
import errno
import io
import string
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, TTLibError

from publish import faces, formats, place, project, write
from statement import inputs, parse
from statement.convert import interface_converter, text_converter
from statement.errors import InputError

INSTALLED = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc")
REGULAR = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
NAME = "Statement Card Song"
ADDRESS = "https://example.org/"
LICENCE = "fonts/OFL.txt"
# How the name of the matching face in the collection ends, by edition language.
_FACES = {"zh-Hans": "CJK SC", "zh-Hant": "CJK TC", "zh-Hant-HK": "CJK HK"}
_STYLES = {faces.REGULAR: "Regular", faces.BOLD: "Bold"}
# Characters any card may need, whatever the statement: dates, numbers, Latin letters and punctuation.
_ALWAYS = string.digits + string.ascii_letters + string.punctuation + " 年月日“”‘’「」『』《》（）【】…—·，。、；：！？"
# Copyright, licence and licence URL (OpenType name table). The trademark entry is dropped: it is not this font's.
_KEPT_NAMES = (0, 13, 14)
# Narrow quotation marks, for names in English.
_FEATURES = {NAME: [], faces.FAMILY: ["pwid"]}
_WITHOUT = ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    options = _options(arguments)
    try:
        for source in (*options.source, *options.cards):
            wanted = characters(source)
            write.replace(source / inputs.FONT, collection(options.font, wanted))
            if source in options.source:
                write.replace(source / inputs.TEXT_FONT, text_collection(options.regular, options.font, drawn(source)))
            if not (licence := source / LICENCE).exists():
                write.replace(licence, (project.SOURCE / LICENCE).read_bytes())
    except InputError as error:
        print(*error.problems, sep="\n", file=sys.stderr)
    except OSError as error:
        remedy = "name collections of Noto Serif CJK with FONT= (bold) and REGULAR="
        print(f"{error.filename}: {error.strerror}; {remedy}", file=sys.stderr)
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


def drawn(source: Path) -> faces.Drawn:
    """Return the characters that the PDFs of the statement in a folder draw; raise InputError."""
    found = project.read(source)
    # A site that knows its address says so.
    site = project.site_of(found, project.editions(found), place.place(ADDRESS), wanted=frozenset())
    return {of: {*characters, *_ALWAYS} - {"\n"} for of, characters in formats.drawn(site).items()}


def text_collection(regular: Path, bold: Path, wanted: faces.Drawn) -> bytes:
    """Return a collection with a face for each region and weight, limited to its characters.

    Those of a weight share their outlines. Raises OSError.
    """
    result = TTCollection()
    for weight, path in ((faces.REGULAR, regular), (faces.BOLD, bold)):
        of_weight = {sign: characters for (sign, of), characters in sorted(wanted.items()) if of == weight}
        names = {sign: (faces.FAMILY, sign, _STYLES[weight]) for sign in of_weight}
        result.fonts += _faces(path, of_weight, "CJK {}".format, names.__getitem__)
    return _saved(result)


def collection(path: Path, wanted: dict[str, set[str]]) -> bytes:
    """Return a collection with one face per language, limited to its characters; all faces share their outlines.

    Raises OSError.
    """
    result = TTCollection()
    result.fonts += _faces(path, wanted, lambda language: _FACES.get(language, "CJK TC"), lambda _: (NAME,))
    return _saved(result)


def _faces(
    path: Path, wanted: Mapping[str, Set[str]], named: Callable[[str], str], renamed: Callable[[str], Sequence[str]]
) -> Iterator[TTFont]:
    """Yield the face of a collection that belongs to each key, by how its name ends, limited to its characters.

    `renamed` gives its new name for a key, the sign of its region if it has one, and its style.
    """
    data = path.read_bytes()
    try:
        names = [str(font["name"].getDebugName(4)) for font in TTCollection(io.BytesIO(data), lazy=True)]
        indices = [_index(names, named(key)) for key in wanted]
    except TTLibError as error:
        raise OSError(errno.EINVAL, str(error), str(path)) from None
    found = [TTFont(io.BytesIO(data), fontNumber=index, recalcTimestamp=False) for index in indices]
    cmaps = [face.getBestCmap() for face in found]
    codes = [
        sorted(ord(each) for each in needed if ord(each) in cmap)
        for needed, cmap in zip(wanted.values(), cmaps, strict=True)
    ]
    glyphs = sorted({cmap[code] for cmap, each in zip(cmaps, codes, strict=True) for code in each})
    for key, face, each in zip(wanted, found, codes, strict=True):
        yield _subset(face, each, glyphs, renamed(key))


def _saved(made: TTCollection) -> bytes:
    file = io.BytesIO()
    made.save(file, shareTables=True)
    return file.getvalue()


def _index(names: Sequence[str], wanted: str) -> int:
    found = [index for index, name in enumerate(names) if wanted in name]
    if not found:
        raise TTLibError(f"no face {wanted}")
    return found[0]


def _subset(face: TTFont, codes: Sequence[int], glyphs: Sequence[str], names: Sequence[str]) -> TTFont:
    """Return a face subset to some characters plus the shared glyphs, renamed, round-tripped through its format."""
    features = _FEATURES[names[0]]
    options = Options(hinting=False, layout_features=features, notdef_outline=True, name_IDs=list(_KEPT_NAMES))
    options.drop_tables += [table for table in _WITHOUT if table != "GSUB" or not features]
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes, glyphs=glyphs)
    subsetter.subset(face)
    _rename(face, *names)
    file = io.BytesIO()
    face.save(file)
    return TTFont(io.BytesIO(file.getvalue()), recalcTimestamp=False)


def _rename(face: TTFont, name: str, sign: str = "", style: str = "Regular") -> None:
    """Give a face its names; those in the table of outlines are without its region, so that faces can share it."""
    family = f"{name} {sign}".strip()
    whole = f"{family} {style}".removesuffix(" Regular")
    shared = f"{name} {style}".removesuffix(" Regular")
    for number, words in ((1, family), (2, style), (3, whole), (4, whole), (6, whole.replace(" ", ""))):
        face["name"].setName(words, number, 3, 1, 0x409)
    cff = face["CFF "].cff
    cff.fontNames = [shared.replace(" ", "")]
    top = cff.topDictIndex[0]
    for part in top.FDArray:
        part.FontName = f"{cff.fontNames[0]}-{part.FontName.rpartition('-')[2]}"
    top.FullName, top.FamilyName = shared, name
    top.Notice = face["name"].getDebugName(0)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Make the fonts of the pictures and the PDFs from Noto Serif CJK.")
    parser.add_argument("source", type=Path, nargs="*", help="the folders of inputs to make them for")
    parser.add_argument(
        "--cards", type=Path, nargs="+", default=[], metavar="DIR", help="those to make that of the pictures for only"
    )
    parser.add_argument("--font", type=Path, default=INSTALLED, metavar="TTC", help="the bold collection")
    parser.add_argument("--regular", type=Path, default=REGULAR, metavar="TTC", help="the regular one")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
