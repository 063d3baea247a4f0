"""The fonts that the project carries: what is in them, whose it is, and that it can be made anew."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTCollection

import make_fonts
import support
from publish import faces, formats, place
from publish import project as publishing
from statement import inputs

pytestmark = pytest.mark.slow
"""What there is to take away takes long to make."""

FOLDER = support.SOURCE / "fonts"
FILE = support.SOURCE / inputs.FONT
TEXT = support.SOURCE / inputs.TEXT_FONT


def test_each_face_has_every_character_of_its_edition() -> None:
    faces = TTCollection(FILE).fonts
    editions = support.editions()
    assert len(faces) == len(editions) == 2
    for face, edition in zip(faces, editions, strict=True):
        statement, particulars = edition.statement, edition.particulars
        titles = [statement.title, particulars.title, *(part.full_title for part in edition.parts)]
        text = "".join([*titles, *(clause.text for clause in statement.clauses), "0123456789年月日第段……"])
        assert {character for character in text if ord(character) not in face.getBestCmap()} == set()


def test_it_is_small_and_the_faces_share_their_outlines() -> None:
    assert sum(path.stat().st_size for path in (FILE, FOLDER / "OFL.txt")) < 300_000
    outlines = [face.reader.tables["CFF "].offset for face in TTCollection(FILE).fonts]
    assert len(set(outlines)) == 1


def test_that_of_the_pdfs_has_all_that_they_draw_and_a_table_of_outlines_for_each_weight() -> None:
    assert TEXT.stat().st_size < 550_000
    made = TTCollection(TEXT).fonts
    of = {(face["name"].getDebugName(1), face["OS/2"].usWeightClass): face for face in made}
    found = publishing.read(support.SOURCE)
    # A site that knows its address says so.
    where = place.place(support.ADDRESS)
    drawn = formats.drawn(publishing.site_of(found, publishing.editions(found), where, wanted=frozenset()))
    assert len(of) == len(made) == len(drawn) == 4
    for (sign, weight), characters in drawn.items():
        cmap = of[f"{faces.FAMILY} {sign}", weight].getBestCmap()
        assert {character for character in characters if ord(character) not in cmap} == set()
    outlines = [face.reader.tables["CFF "].offset for face in made]
    assert len(set(outlines)) == 2


@pytest.mark.parametrize("file", [FILE, TEXT])
def test_it_has_a_name_of_its_own_and_its_licence_with_it(file: Path) -> None:
    for face in TTCollection(file).fonts:
        names = {record.nameID: str(record) for record in face["name"].names}
        top = face["CFF "].cff.topDictIndex[0]
        given = [names[number] for number in (1, 3, 4, 6)] + [top.FullName, top.FamilyName, *face["CFF "].cff.fontNames]
        assert not any(word in name for name in given for word in ("Noto", "Source", "Adobe", "Google"))
        assert "Adobe" in names[0]
        assert "SIL Open Font License, Version 1.1" in names[13]
    licence = (FOLDER / "OFL.txt").read_text("utf-8")
    assert licence.startswith("Copyright 2017-2022 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'.\n")
    assert "SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007" in licence
    assert "OTHER DEALINGS IN THE FONT SOFTWARE." in licence


@pytest.mark.skipif(not make_fonts.INSTALLED.is_file(), reason="the collection is not installed")
def test_it_is_made_anew_with_the_same_bytes(tmp_path: Path) -> None:
    source = support.copy_base(tmp_path / "inputs")
    made = []
    for _ in range(2):
        (source / inputs.FONT).unlink()
        (source / inputs.TEXT_FONT).unlink(missing_ok=True)
        assert make_fonts.main([str(source)]) == 0
        made.append([(source / file).read_bytes() for file in (inputs.FONT, inputs.TEXT_FONT)])
    assert made[0] == made[1]
    simplified, traditional = (face.getBestCmap() for face in TTCollection(io.BytesIO(made[0][0])).fonts)
    assert ord("发") in simplified
    assert ord("發") in traditional
    assert simplified[ord("，")] != traditional[ord("，")]


def test_a_collection_that_is_none_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = support.copy_base(tmp_path / "inputs")
    before = (source / inputs.FONT).read_bytes()
    for path in (tmp_path / "none.ttc", support.SOURCE / "statement.txt"):
        assert make_fonts.main([str(source), "--font", str(path)]) == 1
        said = capsys.readouterr().err
        assert said.startswith(f"{path}: ")
        assert said.endswith("name collections of Noto Serif CJK with FONT= (bold) and REGULAR=\n")
    assert (source / inputs.FONT).read_bytes() == before


def test_inputs_that_cannot_be_read_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = support.copy_base(tmp_path / "inputs")
    (source / "themes.toml").unlink()
    assert make_fonts.main([str(source)]) == 1
    assert "themes.toml:1:1: no such file" in capsys.readouterr().err
