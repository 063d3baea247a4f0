"""Pages that an editor writes: once, in Markdown, in the script of the source."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import support
from publish import project
from statement.errors import InputError, Source
from statement.written import converted, page

TITLES = {"note": "注", "warning": "注意"}


def upper(text: str) -> str:
    """Stand for a conversion: every change shows."""
    return text.upper()


def write(source: Path, name: str, text: str) -> None:
    (source / "pages").mkdir(exist_ok=True)
    (source / "pages" / name).write_text(text, "utf-8")


def made(source: Path) -> dict[str, str]:
    return {path: text for path, text in project.make(project.read(source)).files.items() if isinstance(text, str)}


def menu(source: Path, edition: str) -> list[str]:
    extra = yaml.safe_load(made(source)[".site.yml"])["extra"]
    return [item["title"] for item in extra["editions"][edition]["menu"]]


def test_a_written_page_is_in_every_edition_in_its_script(tmp_path: Path) -> None:
    source = support.copy_base(tmp_path / "inputs")
    write(source, "foreword.md", "# 编者的话\n\n我们说“发展”。\n")
    files = made(source)
    assert "我们说“发展”。" in files["zh-hans/foreword.md"]
    assert "我們說「發展」。" in files["zh-hant/foreword.md"]
    assert menu(source, "zh-hant")[-1] == "編者的話"


@pytest.mark.parametrize(("place", "index"), [("2", 1), ("1", 0), ("99", -1), ("true", -1)])
def test_a_written_page_stands_where_its_editor_wants_it(tmp_path: Path, place: str, index: int) -> None:
    source = support.copy_base(tmp_path / "inputs")
    write(source, "foreword.md", f"---\ntitle: 前言\nmenu: {place}\n---\n\n正文。\n")
    assert menu(source, "zh-hans")[index] == "前言"
    assert "# 前言" in made(source)["zh-hans/foreword.md"], "a page without a heading gets its title"


def test_a_written_page_may_stay_out_of_the_menu(tmp_path: Path) -> None:
    source = support.copy_base(tmp_path / "inputs")
    write(source, "foreword.md", "---\nmenu: false\n---\n# 前言\n")
    assert "前言" not in menu(source, "zh-hans")
    assert "zh-hans/foreword.md" in made(source)


def test_what_lies_beside_written_pages_is_in_every_edition(tmp_path: Path) -> None:
    source = support.copy_base(tmp_path / "inputs")
    write(source, "foreword.md", "# 前言\n\n![图](images/a.svg)\n")
    (source / "pages" / "images").mkdir()
    (source / "pages" / "images" / "a.svg").write_text("<svg/>")
    files = project.make(project.read(source)).files
    assert files["zh-hans/images/a.svg"] == files["zh-hant/images/a.svg"] == b"<svg/>"


def test_a_file_beside_written_pages_cannot_take_the_place_of_a_generated_one(tmp_path: Path) -> None:
    source = support.copy_base(tmp_path / "inputs")
    write(source, "search.json", "{}")
    with pytest.raises(InputError) as raised:
        project.make(project.read(source))
    assert str(raised.value) == ("pages/search.json:1:1: has the name of a file that the build makes; choose another")


def test_code_is_nobodys_prose() -> None:
    text = "a `b` c\n\n```\nd\n```\n\ne ``f`g`` h\n"
    assert converted(text, upper, {}) == "A `b` C\n\n```\nd\n```\n\nE ``f`g`` H\n"


def test_an_admonition_without_a_title_gets_one_in_chinese() -> None:
    text = '!!! note\n    一\n\n??? warning\n    二\n\n!!! note "三"\n    四\n\n!!! other\n    五\n'
    assert converted(text, str, TITLES) == (
        '!!! note "注"\n    一\n\n??? warning "注意"\n    二\n\n!!! note "三"\n    四\n\n!!! other\n    五\n'
    )


def test_headings_have_ids_that_are_the_same_in_every_script() -> None:
    found = page("a", Source("a.md", "# 编者前言\n\n## 说明\n\n## 说明\n\n## 别的 { #mine }\n\n```\n# 不是标题\n```\n"))
    assert found.body == (
        "# 编者前言 { #bian-zhe-qian-yan }\n\n## 说明 { #shuo-ming }\n\n## 说明 { #shuo-ming-2 }\n\n"
        "## 别的 { #mine }\n\n```\n# 不是标题\n```\n"
    )


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("Foreword", "# 前言\n", "x.md:1:1: is no address; name the file with small letters"),
        ("foreword", "没有标题。\n", "x.md:1:1: no title; begin the page with a heading"),
        ("foreword", "---\ntitle: [\n---\n# 一\n", "x.md:3:1: front matter is not YAML"),
        ("foreword", "---\ntitel: 前言\n---\n# 一\n", "x.md:2:1: titel: not understood"),
        ("foreword", "---\ntitle: 前言\nmenu: 0\n---\n# 一\n", "x.md:3:1: menu: not understood"),
        ("foreword", "---\n- 一\n---\n# 一\n", "x.md:1:1: front matter: not understood"),
    ],
)
def test_what_is_wrong_with_a_written_page_is_said_with_its_line(name: str, text: str, problem: str) -> None:
    with pytest.raises(InputError) as raised:
        page(name, Source("x.md", text))
    assert str(raised.value).startswith(problem)


@pytest.mark.parametrize("name", ["about", "building", "compare"])
def test_a_written_page_cannot_take_the_address_of_another(tmp_path: Path, name: str) -> None:
    source = support.copy_base(tmp_path / "inputs")
    write(source, f"{name}.md", "# 前言\n")
    with pytest.raises(InputError, match=rf"pages/{name}\.md:1:1: .*; choose another"):
        project.make(project.read(source))
