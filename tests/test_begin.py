"""New folders: what a text is taken for, that nothing but an editor's decisions is left, and bad texts refused."""

from __future__ import annotations

import hashlib
import io
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

import build
import strategies
import structures
import support
from conftest import make_once
from publish import project as publishing
from statement import again, inputs
from statement.begin import begin as begin_folder
from statement.convert import Converter
from statement.errors import InputError
from statement.propose import names
from statement.received import Received, received
from statement.text import numeral

# What no text says, and what one says if its date is that of its making or that of its publication.
MISSING = {"issuer", "venue", "publisher", "source_address", "conference_date", "published"}
SAID = {
    "issuer": '"各方"',
    "venue": '"会议"',
    "publisher": '"example.org"',
    "source_address": '"https://example.org/statement"',
    "conference_date": "2021-03-03",
    "published": "2021-03-03T00:00:00",
}
HINTS = inputs.read_hints(publishing.TEMPLATES, "docs/templates")
TEXT = (structures.FOLDER / "dots.txt").read_text("utf-8")


def problems(folder: Path) -> list[str]:
    try:
        publishing.editions(publishing.read(folder))
    except InputError as error:
        return [problem.message for problem in error.problems]
    return []


def begin(folder: Path, text: Path) -> Path:
    assert build.main(["new", str(folder), "--from", str(text)]) == 0
    return folder


def say_what_is_missing(folder: Path) -> None:
    """Fill in, as an editor does, each line that was left open; nothing else is touched."""
    path = folder / "statement.toml"
    text = path.read_text("utf-8")
    for key in sorted(MISSING):
        text = re.sub(rf"(?m)^# {key} = .*$", f"{key} = {SAID[key]}", text)
    path.write_text(text, "utf-8")


def read_the_choices(folder: Path) -> None:
    """Take the marks off all choices that were proposed, and give the reason that is missing."""
    path = folder / "conversion.toml"
    text = re.sub(r"(?m)^# (\[\[choices\]\]|source = .*|result = .*|hits = .*)$", r"\1", path.read_text("utf-8"))
    path.write_text(text.replace('# reason = ""', 'reason = "读过。"'), "utf-8")


def new_site(factory: pytest.TempPathFactory, name: str) -> Path:
    """Return the site of a structure's text from `new` to the end, the editor's part done."""

    def make(folder: Path) -> None:
        project = support.copy_project(folder)
        made = support.run(project, "new", "fresh", "--from", str(structures.FOLDER / f"{name}.txt"))
        assert made.returncode == 0, made.stderr
        say_what_is_missing(project / "fresh")
        read_the_choices(project / "fresh")
        done = support.run(project, "site", "--source", "fresh")
        assert (done.returncode, done.stderr) == (0, "")

    return make_once(factory, f"begun-{name}", make) / "build" / "fresh" / "site"


@pytest.mark.parametrize("name", structures.NAMES)
def test_nothing_is_asked_of_a_new_folder_but_what_an_editor_decides(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = structures.FOLDER / f"{name}.txt"
    folder = begin(tmp_path / "fresh", text)
    assert (folder / "statement.txt").read_bytes() == text.read_bytes()
    told = capsys.readouterr().out
    asked = problems(folder)
    assert {message.partition(": is missing; add it")[0] for message in asked} <= MISSING
    assert all(f": {message}\n" in told for message in asked)
    say_what_is_missing(folder)
    unread = problems(folder)
    assert all("nobody has read" in message for message in unread)
    assert bool(unread) == ('# reason = ""' in (folder / "conversion.toml").read_text("utf-8"))
    read_the_choices(folder)
    assert problems(folder) == []


def test_new_says_last_that_the_conversion_is_to_be_confirmed_and_how_to_go_on_without_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = begin(tmp_path / "fresh", support.SOURCE / "statement.txt")
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith(f"{folder.as_posix()}/conversion.toml:1:1: ")
    say_what_is_missing(folder)
    unread = problems(folder)
    stubs = (folder / "conversion.toml").read_text("utf-8").count("# [[choices]]")
    assert f"{stubs} choices among several forms" in last
    assert all(message.partition("; where ")[0].count("clause ") <= 3 for message in unread)
    assert any("; and " in message for message in unread)
    # What the line says that an editor can do: leave the converted edition out.
    path = folder / "statement.toml"
    before, _, converted = path.read_text("utf-8").rpartition("[[editions]]")
    assert "zh-hant" in last
    assert "zh-hant" in converted
    path.write_text(before + "".join(f"# {line}\n" for line in f"[[editions]]{converted}".splitlines()), "utf-8")
    assert problems(folder) == []


DATED = "合作章程\n\n{head}第一条　各方欢迎合作。\n\n第二条　{middle}各方支持发展。\n\n第三条　{end}\n"
NOWHERE = "; it is neither near the title nor at the end: this is how to write it"
NEAR = "; perhaps it stands near the title or at the end"


@pytest.mark.parametrize(
    ("head", "middle", "end", "expected", "note"),
    [
        ("", "1942年1月1日，", "各方感谢。", "2020-06-18", NOWHERE),
        ("", "1942年1月1日，", "本章程自1945年10月24日起生效。", "1945-10-24", NEAR),
        ("各方1945年6月26日在旧金山议定本章程。\n\n", "1942年1月1日，", "各方感谢。", "1945-06-26", NEAR),
    ],
)
def test_a_day_is_proposed_that_stands_around_the_text_and_none_for_the_publication(
    head: str, middle: str, end: str, expected: str, note: str, tmp_path: Path
) -> None:
    (tmp_path / "text.txt").write_text(DATED.format(head=head, middle=middle, end=end), "utf-8")
    said = (begin(tmp_path / "fresh", tmp_path / "text.txt") / "statement.toml").read_text("utf-8")
    assert f"# The day on which it was made{note}.\n# conference_date = {expected}\n" in said
    assert re.search(r"(?m)^# The day on which the copy was put up or, .*\n# published = 2020-06-18$", said)


def test_the_day_of_a_text_is_not_guessed_to_be_that_of_its_copy(tmp_path: Path) -> None:
    text = "合作章程\n\n2021年3月3日\n\n第一条　各方欢迎合作。\n\n第二条　各方支持发展。\n"
    (tmp_path / "text.txt").write_text(text, "utf-8")
    said = (begin(tmp_path / "fresh", tmp_path / "text.txt") / "statement.toml").read_text("utf-8")
    assert "\nconference_date = 2021-03-03\n" in said
    assert said.count("2021-03-03") == 1


@pytest.mark.parametrize("name", [name for name in structures.NAMES if name != "page-break"])
def test_a_text_is_taken_for_what_it_is(name: str, tmp_path: Path) -> None:
    case = structures.read(name)
    folder = begin(tmp_path / "fresh", structures.FOLDER / f"{name}.txt")
    said = tomllib.loads((folder / "statement.toml").read_text("utf-8"))
    assert said["title"] == case.particulars.title
    themes = tomllib.loads((folder / "themes.toml").read_text("utf-8"))["themes"]
    titles = [theme["title"] for theme in themes]
    expected = [theme.title for theme in case.themes.themes]
    # The clauses behind a preamble with a heading get a part of their own.
    more = [said["title"][-2:]] if name == "articles-apart" else []
    assert titles == [*expected, *more]
    say_what_is_missing(folder)
    read_the_choices(folder)
    made = publishing.editions(publishing.read(folder))[0].statement
    assert [clause.id for clause in made.clauses] == list(case.ids)


@pytest.mark.parametrize("text", [support.SOURCE / "statement.txt", support.GOLDEN / "statement.zh-hant.txt"])
def test_the_words_proposed_for_conversion_hold_also_where_a_character_becomes_several(
    text: Path, tmp_path: Path
) -> None:
    folder = begin(tmp_path / "fresh", text)
    say_what_is_missing(folder)
    assert all("nobody has read" in message for message in problems(folder))
    read_the_choices(folder)
    assert problems(folder) == []
    made = publishing.editions(publishing.read(folder))
    assert [made[0].script, made[1].script] == (["hant", "hans"] if "hant" in text.name else ["hans", "hant"])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["anew", "table-and-notes"])
def test_a_new_folder_becomes_a_site(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    site = new_site(tmp_path_factory, name)
    case = structures.read(name)
    whole = (site / "zh-hant" / "full" / "index.html").read_text("utf-8")
    assert all(f'id="{each}"' in whole for each in (*case.ids, *case.blocks))


def test_what_is_proposed_is_not_there_until_it_is_checked(tmp_path: Path) -> None:
    folder = begin(tmp_path / "fresh", support.SOURCE / "statement.txt")
    terms, words = folder / "terms.toml", folder / "operative.toml"
    entries = [
        *tomllib.loads(terms.read_text("utf-8"))["terms"],
        *tomllib.loads(words.read_text("utf-8"))["words"],
    ]
    assert len(entries) > 10
    assert {entry["checked"] for entry in entries} == {False}
    say_what_is_missing(folder)
    read = publishing.read(folder)
    assert read.terms
    assert read.operatives
    assert (read.terms.value.checked, read.operatives.value.checked) == ({}, {})
    words.write_text(words.read_text("utf-8").replace("checked = false\n", "", 1), "utf-8")
    assert "words[0].meaning: is missing; add it" in problems(folder)


def test_most_of_the_names_and_words_that_people_chose_are_proposed() -> None:
    statement = support.parse_statement()
    found = {name.name for name in names(statement, HINTS, str, str)}
    read = publishing.read(support.SOURCE)
    assert read.operatives
    chosen = {word.word for word in read.operatives.value.checked.values()}
    assert len(chosen & {each.word for each in HINTS.words}) > len(chosen) / 2
    assert not any(name[0] in HINTS.first or name[-1] in HINTS.last for name in found)
    text = "".join(clause.text for clause in statement.clauses)
    assert all(text.count(name) > 1 for name in found)
    # None is a piece of another that stands as often.
    assert not any(
        one != other and one in other and text.count(one) == text.count(other) for one in found for other in found
    )


@pytest.mark.parametrize(
    ("encoding", "convert"), [("utf-8", str), ("gb18030", str), ("cp950", Converter(support.TRADITIONAL, ()).unaided)]
)
def test_plain_text_is_read_whatever_its_encoding(encoding: str, convert: Callable[[str], str], tmp_path: Path) -> None:
    text = convert(TEXT)
    (tmp_path / "text.txt").write_bytes(text.encode(encoding))
    folder = begin(tmp_path / "fresh", tmp_path / "text.txt")
    assert (folder / "statement.txt").read_text("utf-8") == text
    said = tomllib.loads((folder / "statement.toml").read_text("utf-8"))
    assert ("original_sha256" in said) == (encoding == "utf-8")
    ids = ["zh-hant", "zh-hans"] if encoding == "cp950" else ["zh-hans", "zh-hant"]
    assert [edition["id"] for edition in said["editions"]] == ids
    say_what_is_missing(folder)
    read_the_choices(folder)
    assert problems(folder) == []


def test_the_paragraphs_of_a_word_file_come_in_order_with_its_tables() -> None:
    document = docx.Document()
    document.add_paragraph("读书倡议")
    document.add_paragraph("1、倡议的参与方如下：")
    table = document.add_table(2, 2)
    for row, cells in zip(table.rows, (("国家", "代表"), ("甲国", "张三")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("  2、各方欢迎。\n3、各方感谢。")
    file = io.BytesIO()
    document.save(file)
    found = received("倡议.docx", file.getvalue())
    assert found.text.split("\n\n") == [
        "读书倡议",
        "1、倡议的参与方如下：",
        "国家\t代表",
        "甲国\t张三",
        "2、各方欢迎。",
        "3、各方感谢。\n",
    ]
    assert not found.is_exact


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
NOTES = f"""<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>
<w:footnote w:id="4"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> 名单</w:t></w:r>
<w:r><w:t>另附。</w:t></w:r></w:p></w:footnote></w:footnotes>"""
BODY = f"""<w:body {W}><w:sdt><w:sdtContent><w:p><w:r><w:t>读书倡议</w:t></w:r></w:p></w:sdtContent></w:sdt>
<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:tab/><w:t>各方</w:t></w:r><w:ins><w:r><w:t>都</w:t></w:r></w:ins>
<w:del><w:r><w:delText>不</w:delText></w:r></w:del><w:r><w:t>参加</w:t><w:footnoteReference w:id="4"/></w:r>
<w:r><w:t>。</w:t><w:drawing><w:p><w:r><w:t>图</w:t></w:r></w:p></w:drawing></w:r></w:p></w:body>"""


def test_a_word_file_is_read_with_what_was_inserted_and_with_its_footnotes() -> None:
    document = docx.Document()
    name = PackURI("/word/footnotes.xml")
    part = Part(name, TYPE, NOTES.encode(), document.part.package)
    document.part.relate_to(part, f"{RT.ENDNOTES.rpartition('/')[0]}/footnotes")
    element = document.element
    element.replace(element.body, parse_xml(BODY))
    file = io.BytesIO()
    document.save(file)
    found = received("倡议.docx", file.getvalue())
    assert found.text == "读书倡议\n\n各方都参加[1]。\n\n[1] 名单另附。\n"
    assert (found.unwritten, found.notes) == (1, 1)


PAGE = """<!doctype html><html><head><meta charset="{charset}"><title>别的</title>
<link rel="canonical" href="https://example.org/a"><script>var 甲;</script></head><body><nav>首页</nav>
<article><h1>读书<b>倡议</b></h1><div>1、倡议的
参与方<br>如下：<p>2、各方。</p>尾</div><table><tr><td><p>国家</p></td><td>代表</td></tr></table>
<ol><li>甲</li></ol></article><footer>版权</footer></body></html>"""


@pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("big5", "gb18030")])
def test_the_paragraphs_of_a_web_page_are_those_of_its_article(charset: str, encoding: str) -> None:
    found = received("页.html", PAGE.format(charset=charset).encode(encoding))
    assert found.text.split("\n\n") == [
        "读书倡议",
        "1、倡议的 参与方",
        "如下：",
        "2、各方。",
        "尾",
        "国家\t代表",
        "甲\n",
    ]
    assert found.address == "https://example.org/a"
    assert found.unwritten == 1


def test_a_web_page_of_several_articles_is_one_text_with_the_paragraphs_of_its_header() -> None:
    articles = "<article><h2>第一条</h2><p>甲。</p></article><article><h2>第二条</h2><p>乙。</p></article>"
    page = f"<body><header>首页</header><header><h2>序</h2><p>丙。</p></header>{articles}</body>"
    assert received("页.htm", page.encode()).text.split("\n\n") == ["序", "丙。", "第一条", "甲。", "第二条", "乙。\n"]


REFUSED = {
    "none.txt": (None, "no such file; give the file that has the text"),
    "empty.txt": (b" \n", "the file is empty; give one that has the text"),
    "binary.txt": (b"\0\1\2", "is no text in UTF-8, GB18030 or Big5; save it as .txt in UTF-8, or give .docx or .html"),
    "paper.pdf": (b"%PDF-1.7 \xe4", "is no text in UTF-8, GB18030 or Big5; save it as .txt in UTF-8, or give .docx or"),
    "noise.txt": (b"\xff\x81\x9d\xe4", "is no text in UTF-8, GB18030 or Big5; save it as .txt in UTF-8, or give .docx"),
    "title.txt": ("\n关于合作的声明\n".encode(), "has one line only; give the whole text, its title on the first line"),
    "latin.txt": (b"Statement", "there is no Chinese in it; give the text of a statement in Chinese"),
    "broken.docx": (b"PK\3\4", "is no Word file; save it as .docx again, or as .txt in UTF-8"),
    "text.docx": ("声明".encode(), "is no Word file; save it as .docx again, or as .txt in UTF-8"),
    "bare.html": (b"<!-- -->", "is no web page; save it again, or as .txt in UTF-8"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_text_is_refused_in_one_line_and_no_folder_is_left(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, message = REFUSED[name]
    if data is not None:
        (tmp_path / name).write_bytes(data)
    assert build.main(["new", str(tmp_path / "fresh"), "--from", str(tmp_path / name)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{(tmp_path / name).as_posix()}:1:1: {message}")
    assert [path.name for path in tmp_path.iterdir()] == ([name] if data is not None else [])


def test_a_folder_that_is_not_empty_is_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = structures.FOLDER / "dots.txt"
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for name in ("full", "file"):
        assert build.main(["new", str(tmp_path / name), "--from", str(text)]) == 1
        said = f"{tmp_path}/{name}:1:1: is there and not empty; choose another folder\n"
        assert capsys.readouterr().err == said
    assert support.files(tmp_path) == {"file": b"mine", "full/mine.txt": b"mine"}
    (tmp_path / "empty").mkdir()
    begin(tmp_path / "empty", text)
    assert (tmp_path / "empty" / "statement.txt").read_bytes() == text.read_bytes()


@pytest.mark.parametrize("given", [["new"], ["new", "--from", "text.txt"], ["check", "--from", "text.txt"]])
def test_what_new_needs_is_asked_for_and_no_other_command_takes_it(
    given: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        build.main(given)
    said = capsys.readouterr().err.splitlines()[-1]
    assert "new DIR --from TEXT" in said


CORRECTED = "读书章程\n\n2021-03-03\n\n第一章 总则\n\n第一条 各方发展读书会。\n\n第二条 各方支持读书。\n"


def corrected(folder: Path) -> Path:
    """Return a new folder that took its text for one clause, and of which the structure was then put right."""
    text = CORRECTED.replace("第二条", "第三条")
    (folder / "text.txt").write_text(text, "utf-8")
    made = begin(folder / "fresh", folder / "text.txt")
    (made / "statement.txt").write_text(CORRECTED, "utf-8")
    path = made / "statement.toml"
    said = path.read_text("utf-8").replace("skipped = [2]", "").replace('["第一章"]', '["第一章", "一、"]')
    digest = hashlib.sha256(CORRECTED.encode()).hexdigest()
    path.write_text(re.sub(r'sha256 = "[0-9a-f]*"', f'sha256 = "{digest}"', said), "utf-8")
    return made


def test_what_nobody_has_written_in_is_proposed_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = corrected(tmp_path)
    proposed = {name: (folder / name).read_bytes() for name in again.NAMES}
    (folder / "themes.toml").write_text("themes = []\n", "utf-8")
    (folder / "conversion.toml").write_text("# When the text is sound, `check` names the places to read.\n", "utf-8")
    (folder / "terms.toml").unlink()
    statement = (folder / "statement.toml").read_bytes()
    capsys.readouterr()
    assert build.main(["new", str(folder)]) == 0
    assert {name: (folder / name).read_bytes() for name in again.NAMES} == proposed
    assert "[[choices]]" in proposed["conversion.toml"].decode("utf-8")
    assert (folder / "statement.toml").read_bytes() == statement
    told = capsys.readouterr().out.splitlines()
    assert told[:4] == [
        "themes.toml: proposed again",
        "conversion.toml: proposed again",
        "terms.toml: written",
        "operative.toml: as it was",
    ]
    assert any("publisher: is missing" in line for line in told)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("themes.toml", "part-1", "general"),
        ("operative.toml", "checked = false\n", ""),
        ("terms.toml", "a long name needs `phrases`.\n", "a long name needs `phrases`.\n# Nothing so far.\n"),
        ("conversion.toml", '# reason = ""', '# reason = "读过。"'),
    ],
)
def test_what_an_editor_wrote_is_never_written_over(
    name: str, old: str, new: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = corrected(tmp_path) / name
    proposed = path.read_bytes()
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    before = path.read_bytes()
    capsys.readouterr()
    assert build.main(["new", str(path.parent)]) == 0
    assert path.read_bytes() == before
    (line,) = [each for each in capsys.readouterr().out.splitlines() if each.startswith(f"{name}: ")]
    assert line.startswith(f"{name}: kept, because")
    assert line.endswith(f"remove {path} and run `new {path.parent}` again")

    path.unlink()
    assert build.main(["new", str(path.parent)]) == 0
    assert path.read_bytes() == proposed
    assert f"{name}: written" in capsys.readouterr().out


def test_choices_are_proposed_behind_the_overrides_that_an_editor_wrote(tmp_path: Path) -> None:
    folder = corrected(tmp_path)
    override = '[[overrides]]\nsource = "读书"\nresult = "閱讀"\nhits = 2\nreason = "试。"\n'
    (folder / "conversion.toml").write_text(override, "utf-8")
    assert build.main(["new", str(folder)]) == 0
    text = (folder / "conversion.toml").read_text("utf-8")
    assert text.startswith(override)
    assert "# [[choices]]" in text


@pytest.mark.parametrize("put", ["numbering = 5\n", 'numbering = "（1）"\n', "= 3\n"])
def test_nothing_is_proposed_again_while_the_structure_is_wrong(
    put: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = corrected(tmp_path)
    path = folder / "statement.toml"
    path.write_text(put + path.read_text("utf-8").replace('numbering = "第一条"\n', ""), "utf-8")
    (folder / "themes.toml").unlink()
    assert build.main(["new", str(folder)]) == 1
    assert "statement.t" in capsys.readouterr().err
    assert not (folder / "themes.toml").exists()


def test_a_folder_without_a_text_is_asked_for_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert build.main(["new", str(tmp_path)]) == 1
    assert capsys.readouterr().err.endswith(":1:1: has no statement.txt and statement.toml yet; add --from TEXT\n")


def test_a_text_with_a_fault_still_gets_its_folder_and_check_names_the_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text.txt").write_text("合作声明\n\n2021-03-03\n\n1、我们“支持。\n\n2、我们感谢。\n", "utf-8")
    folder = begin(tmp_path / "fresh", tmp_path / "text.txt")
    assert "statement.txt:5:5: “ is never closed in clause 1; balance the quotation marks" in capsys.readouterr().out
    assert "`check` names the places to read" in (folder / "conversion.toml").read_text("utf-8")


CONTENTS = "目　录\n\n第一章　总则……1\n第二章　书单\n附则\n\n"
HEAD = "读书章程\n\n2021年3月3日\n\n"
ARTICLES = (
    "第一章　总则\n\n第一条　各方支持读书。\n\n第二章　书单\n\n第二条　各方支持。\n\n附则\n\n第三条　各方感谢。\n"
)


@pytest.mark.parametrize(("head", "encoding"), [(HEAD, "utf-8"), (HEAD, "utf-8-sig"), (HEAD, "gb18030"), ("", "utf-8")])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_of_contents_is_left_out_and_declared(head: str, encoding: str, end: str, tmp_path: Path) -> None:
    data = f"{head}{CONTENTS}{ARTICLES}".replace("\n", end).encode(encoding)
    (tmp_path / "text.txt").write_bytes(data)
    folder = begin(tmp_path / "fresh", tmp_path / "text.txt")
    text, said = (
        (folder / "statement.txt").read_bytes().decode("utf-8"),
        tomllib.loads((folder / "statement.toml").read_text("utf-8")),
    )
    assert "总则……1" not in text
    (omission,) = said["omissions"]
    after = omission.get("after", "")
    assert text.count(after) == 1 or not after
    whole = text.replace(after, after + omission["text"], 1)
    assert hashlib.sha256(whole.encode()).hexdigest() == said["original_sha256"]
    assert encoding == "gb18030" or whole.encode() == data
    if head:
        themes = tomllib.loads((folder / "themes.toml").read_text("utf-8"))["themes"]
        assert [theme["title"] for theme in themes] == ["总则", "书单", "附则"]
        say_what_is_missing(folder)
        read_the_choices(folder)
        assert problems(folder) == []


@pytest.mark.parametrize("text", [f"{HEAD}目录\n\n1、各方支持。\n\n2、各方感谢。\n", f"{HEAD}{ARTICLES}"])
def test_what_is_no_table_of_contents_is_not_left_out(text: str, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(text, "utf-8")
    assert (begin(tmp_path / "fresh", tmp_path / "text.txt") / "statement.txt").read_text("utf-8") == text


def test_a_heading_without_clauses_gives_no_part_and_no_empty_address(tmp_path: Path) -> None:
    text = f"{HEAD}第一章　总则\n\n第一章　总则\n\n第一条　各方支持读书。\n\n第二条　各方感谢。\n"
    (tmp_path / "text.txt").write_text(text, "utf-8")
    themes = tomllib.loads((begin(tmp_path / "fresh", tmp_path / "text.txt") / "themes.toml").read_text("utf-8"))
    assert themes["themes"] == [{"slug": "part-2", "title": "总则", "clauses": [1, 2]}]


SENTENCE = (
    "各方第{}次就书籍的借阅、保存、修补和交换充分交换意见，决定长久扶助各地读书会，并请各馆按照本章程办理有关的事"
)


def numerals(count: int) -> list[str]:
    return [numeral(number) for number in range(1, count + 1)]


def wrapped_at(width: int, text: str) -> str:
    """Return a text of which each paragraph is broken into lines of a width, as mail programs do."""
    lines = [line[start : start + width] for line in text.splitlines() for start in range(0, len(line), width)]
    return "\n".join(lines) + "\n"


def test_a_hard_wrapped_text_passes_the_check_that_its_guess_is_made_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clauses = [f"第{each}条 {SENTENCE.format(each) * 3}。" for each in numerals(45)]
    text = "\n".join(["读书章程", "2021年3月3日", *clauses])
    (tmp_path / "text.txt").write_text(wrapped_at(30, text), "utf-8")
    folder = begin(tmp_path / "fresh", tmp_path / "text.txt")
    told = capsys.readouterr().out
    assert "hard-wrapped: lines end at about 30 characters; page_breaks joins" in told
    say_what_is_missing(folder)
    read_the_choices(folder)
    assert problems(folder) == []
    made = publishing.editions(publishing.read(folder))[0].statement
    assert [f"{clause.printed}{clause.text}" for clause in made.clauses] == clauses


def test_lines_of_a_preamble_that_stop_within_a_sentence_go_on(tmp_path: Path) -> None:
    lead = f"{SENTENCE.format('一')}\n，颁行各地，永远遵守。"
    text = f"读书章程\n\n2021年3月3日\n\n{lead}\n\n第一条 各方支持读书。\n\n第二条 各方感谢。\n"
    (tmp_path / "text.txt").write_text(text, "utf-8")
    said = tomllib.loads((begin(tmp_path / "fresh", tmp_path / "text.txt") / "statement.toml").read_text("utf-8"))
    assert (said["page_breaks"], said.get("paragraph_ends")) == (["章程办理有关的事"], None)


@pytest.mark.parametrize(("mark", "is_doubtful"), [("第{}款目", True), ("第{}条", False)])
def test_a_guess_of_hardly_any_clauses_for_a_long_text_is_called_doubtful(
    mark: str, is_doubtful: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "\n\n".join(f"{mark.format(each)} {SENTENCE.format(each)}。" for each in numerals(60))
    (tmp_path / "text.txt").write_text(f"读书章程\n\n2021年3月3日\n\n1. 各方如下。\n\n{text}\n", "utf-8")
    begin(tmp_path / "fresh", tmp_path / "text.txt")
    assert ("doubtful: 1 clauses in" in capsys.readouterr().out) == is_doubtful


@pytest.mark.parametrize(
    ("title", "phrases"),
    [
        (
            "甲国全国读书人协会和\n乙国和平图书馆协会关于长期扶助借书的共同宣言",
            ["甲国全国读书人协会和", "乙国和平图书馆协会", "关于长期扶助借书的", "共同宣言"],
        ),
        ("甲地读书人协会和乙地图书馆关于借书的决定", ["甲地读书人协会和", "乙地图书馆", "关于借书的", "决定"]),
        ("乙地与甲地图书馆的和平利用图书办法", ["乙地与甲地图书馆的", "和平利用图书", "办法"]),
        ("甲乙两地之间永久和平借书办法", ["甲乙两地之间永久和平借书", "办法"]),
        ("读书章程", ["读书章程"]),
    ],
)
def test_a_title_may_break_where_its_lines_end_and_within_no_word(
    title: str, phrases: list[str], tmp_path: Path
) -> None:
    (tmp_path / "text.txt").write_text(f"{title}\n\n2021年3月3日\n\n1、各方支持。\n\n2、各方感谢。\n", "utf-8")
    said = tomllib.loads((begin(tmp_path / "fresh", tmp_path / "text.txt") / "statement.toml").read_text("utf-8"))
    assert said["title_phrases"] == phrases


NOISE = '1一、。“”第条章附件（）\n\n\n我支们持2020年6月18日声明序言\t "\\[]=#{}*①a.-——：,\x7f'


@settings(deadline=None, max_examples=100)
@given(strategies.structured().map(lambda made: made[0]) | st.just(""), st.data())
def test_whatever_a_text_is_it_gets_a_folder_that_can_be_read(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    text = text[:start] + data.draw(st.text(NOISE, max_size=80) | st.text(max_size=6)) + text[end:]
    read = Received(text, "text", is_exact=True)
    begun = begin_folder(read, text.encode("utf-8", "replace"), HINTS)
    for name, contents in begun.files.items():
        if name.endswith(".toml"):
            tomllib.loads(contents.decode("utf-8"))
