"""Strokes: the order of Traditional indexes, held against characters that were counted and against another order."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import support
from statement.index import entries, in_order
from statement.strokes import order, strokes

# Counted by hand, as Taiwan's ministry of education writes them: 艹 and 辶 have four strokes, 阝 has three.
COUNTED = {
    1: "一乙",
    2: "丁人又",
    3: "三大工",
    4: "中公不",
    8: "花並非",
    9: "亭疫食",
    11: "健陸國",
    13: "新電跨",
    14: "遠種綠",
    15: "衛數億",
    17: "聯優償",
    18: "職醫叢",
    19: "識鏈邊",
    20: "勸競議",
    21: "護儷",
    23: "體變巖",
    29: "鬱",
    32: "籲",
}
# Of the names' characters, those that Unicode's collation counts otherwise than Big5 does.
COUNTED_OTHERWISE = set("統視遊")


def names() -> list[str]:
    return [term.letters for term in support.editions()[1].terms]


def test_characters_have_as_many_strokes_as_were_counted() -> None:
    for number, characters in COUNTED.items():
        assert {character: strokes(character) for character in characters} == dict.fromkeys(characters, number)
    assert [strokes(character) for character in ("a", "2", "。", "𠮷", "们", "")] == [0] * 6


def test_the_strokes_that_people_gave_are_those_of_the_order() -> None:
    given = {term.letters[0]: term.strokes for term in support.editions()[1].terms if term.strokes}
    assert len(given) > 40
    assert {character: strokes(character) for character in given} == given


def test_each_number_of_strokes_begins_where_the_radicals_do() -> None:
    firsts = "一丁三丑丙丞串並亟乘乾傢亂僧億儒優叢儳勸儷儼囌囑廳灤纜豔爨鸞籲"
    assert [strokes(each) for each in firsts] == [*range(1, 31), 32]
    lasts = "".join(_before(each) for each in firsts[1:])
    assert lasts == "乙又才王立阡阬非香鬼麻黑鼠齊齒龜齋鼬麴齡齧龔黴齲黌驥黷鸚鸛鸞"
    assert [strokes(each) for each in lasts] == [*range(1, 31)]


def _before(character: str) -> str:
    """Return the character that stands before another in Big5."""
    code = int.from_bytes(character.encode("big5"), "big")
    trail = {0x40: -0x42, 0xA1: -0x23}.get(code & 0xFF, -1)
    return (code + trail).to_bytes(2, "big").decode("big5")


def test_what_no_table_has_comes_last_and_what_is_no_chinese_first() -> None:
    assert sorted("衞龘一a2", key=order) == ["2", "a", "一", "龘", "衞"]


def test_the_second_character_counts_as_the_first_does() -> None:
    edition = support.editions()[1]
    groups = {group.name: [entry.term.name for entry in group.entries] for group in in_order(edition, entries(edition))}
    for strokes_of_the_first, names_in_order in support.golden("facts")["index"].items():
        assert groups[int(strokes_of_the_first)][: len(names_in_order)] == names_in_order


def test_the_collation_of_unicode_has_the_characters_of_the_names_in_the_order_of_their_strokes() -> None:
    characters = sorted({each for name in names() for each in name if not each.isascii()} - COUNTED_OTHERWISE)
    assert len(characters) > 150
    compare = "new Intl.Collator('zh-Hant-u-co-stroke').compare"
    code = f"console.log(JSON.stringify(JSON.parse(process.argv[1]).sort({compare})))"
    node = Path(sys.executable).parent / "node"
    done = subprocess.run([node, "-e", code, json.dumps(characters)], capture_output=True, text=True, check=True)
    theirs = [strokes(each) for each in json.loads(done.stdout)]
    assert theirs == sorted(theirs)
