"""Sound: whether a name is romanized as its characters are read, and the statement's own names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import support
from statement import sound

PARTICULARS = support.editions()[0].particulars
CHARACTERS = "".join(sorted({character for clause in support.parse_statement().clauses for character in clause.text}))


@pytest.mark.parametrize("name", ["title", "issuer", "short_title"])
def test_the_statements_names_are_read_as_they_are_in_their_context(name: str) -> None:
    """A character may be given any of its readings; those of this statement are the ones it has where it stands."""
    romanized = getattr(PARTICULARS.romanized, name)
    (syllables,) = sound.syllables([getattr(PARTICULARS, name)])
    assert "".join(filter(str.isalpha, romanized)).lower() == "".join(syllables).replace("\n", "")


@pytest.mark.parametrize(
    ("pieces", "romanized"),
    [
        (["绿色", "山水之间"], "Lüse Shanshui zhi Jian"),
        (["西安"], "Xi'an"),
        (["部长"], "Buzhang"),
        (["部长"], "Buchang"),
        (["“一山一水”", "倡议"], "“Yishan Yishui” changyi"),
        (["G20杭州峰会"], "G20 Hangzhou fenghui"),
        (["「一山一水」"], "“Yishan Yishui”"),
    ],
)
def test_what_is_read_as_its_characters_are_is_right(pieces: list[str], romanized: str) -> None:
    assert sound.misread(pieces, romanized) == ""


@pytest.mark.parametrize(
    ("pieces", "romanized", "problem"),
    [
        (["绿色"], "Lvse", "绿 reads lü or lu, not as “Lvse” begins; correct it"),
        (["合作"], "Hézuò", "合 reads he or ge, not as “Hézuò” begins; correct it"),
        (["合作", "声明"], "Hezuo", "声 reads sheng or qing, and is missing at the end; correct it"),
        (["合作", "声明"], "Hezuo-shengming yi", "“yi” is more than the characters say; remove it"),
        (["合作", "声明"], "Hezuoshengming", "声 begins a word; put a blank before “shengming”"),
        (["G20"], "G 2", "0 reads 0, and is missing at the end; correct it"),
    ],
)
def test_what_is_not_is_answered_in_exact_words(pieces: list[str], romanized: str, problem: str) -> None:
    assert sound.misread(pieces, romanized) == problem


@settings(max_examples=25)
@given(st.text(CHARACTERS, min_size=1), st.booleans())
def test_any_text_may_be_romanized_as_it_sounds_and_not_otherwise(text: str, is_joined: bool) -> None:
    spoken = [(character, read) for character, read, _ in sound._spoken([text])]
    romanized = ("" if is_joined else " ").join(read[-1] for _, read in spoken)
    assert sound.misread([text], romanized) == ""
    assert sound.misread([text], f"{romanized} v") == "“v” is more than the characters say; remove it"
    if spoken:
        assert sound.misread([text], f"v{romanized}").startswith(f"{spoken[0][0]} reads {spoken[0][1][0]}")
