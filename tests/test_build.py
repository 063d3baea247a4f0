"""The command line: what it writes, what it says, and that no input ever gives a traceback."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import build
import support
from pages import CLAUSES
from publish import project
from statement.errors import InputError


def test_build_writes_both_editions_of_other_inputs_and_check_finds_nothing_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, output = support.copy_base(tmp_path / "inputs"), tmp_path / "docs"
    output.mkdir()
    before = support.files(source)
    options = ["--source", str(source), "--pages", str(output)]
    assert build.main(["check", *options]) == 0
    planned = capsys.readouterr().out
    assert support.files(output) == {}
    assert build.main(options) == 0
    assert capsys.readouterr().out == planned
    assert "create zh-hant/building.md" in planned
    assert {"zh-hans", "zh-hant", "2", "index.md", "compare"} <= {path.name for path in output.iterdir()}
    assert "我們在山裡推動建設。" in (output / "zh-hant" / "building.md").read_text("utf-8")
    assert build.main(["check", *options]) == 0
    assert capsys.readouterr().out == ""
    assert support.files(source) == before, "the inputs are only read"


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "pages").write_text("not a folder")
    assert build.main(["--pages", str(tmp_path / "pages")]) == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path}/pages: ")


def test_a_page_that_somebody_put_among_those_of_the_build_is_never_lost(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(["--pages", str(tmp_path)]) == 0
    (tmp_path / "zh-hans" / "foreword.md").write_text("# 前言\n")
    capsys.readouterr()
    assert build.main(["--pages", str(tmp_path)]) == 1
    assert capsys.readouterr().err == (
        f"{tmp_path}/zh-hans/foreword.md:1:1: not made by the build; move it to pages/ in the "
        "statement's folder, or remove it\n"
    )
    assert (tmp_path / "zh-hans" / "foreword.md").read_text() == "# 前言\n"


@pytest.mark.parametrize(
    "address", ["example.org", "ftp://example.org/", "https://", 'https://example.org/"x', "https://[bad/"]
)
def test_an_address_that_is_none_is_refused(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        build.main(["--site-url", address, "--pages", str(tmp_path)])
    assert stopped.value.code != 0
    assert "is no address; give one such as" in capsys.readouterr().err
    assert support.files(tmp_path) == {}


def test_the_wrong_address_in_the_environment_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "example.org")
    with pytest.raises(SystemExit):
        build.main(["--pages", str(tmp_path)])


def test_deleting_any_line_that_carries_a_clause_names_the_clause(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (support.SOURCE / "statement.txt").read_text("utf-8").split("\n")
    carriers = [index for index, line in enumerate(lines) if line[:1].isdigit() and "、" in line[:3]]
    assert len(carriers) == len(CLAUSES)
    for index in carriers:
        source = tmp_path / str(index)
        shutil.copytree(support.SOURCE, source)
        (source / "statement.txt").write_text("\n".join(lines[:index] + lines[index + 1 :]), "utf-8")
        assert build.main(["--source", str(source), "--pages", str(tmp_path / "docs")]) == 1
        number = lines[index].split("、")[0]
        said = capsys.readouterr().err
        assert f"clause {number};" in said or f"clause {number} " in said or f"is {number} missing?" in said, said


NAMES = ("statement.txt", "statement.toml", "themes.toml", "conversion.toml", "terms.toml", "operative.toml")


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(NAMES), st.data())
def test_damaged_inputs_give_problems_and_never_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    source = support.copy_base(tmp_path_factory.mktemp("inputs") / "source")
    whole = (source / name).read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    noise = data.draw(st.binary(max_size=6) | st.text('"[]=\n#{}、。“”12', max_size=6).map(str.encode))
    (source / name).write_bytes(whole[:start] + noise + whole[end:])
    try:
        project.editions(project.read(source))
    except InputError as error:
        problems = error.problems
    else:
        return
    assert problems
    for problem in problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert ";" in problem.message or problem.message.endswith("?")


def test_nested_values_are_refused_and_not_followed(tmp_path: Path) -> None:
    source = support.copy_base(tmp_path / "inputs")
    (source / "themes.toml").write_text("themes = " + "[" * 5000, "utf-8")
    with pytest.raises(InputError, match=r"themes\.toml"):
        project.editions(project.read(source))
