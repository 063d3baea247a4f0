"""Bad input: each case is a file with what is wrong and the exact words that answer it."""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import build
import support
from publish import project
from statement import inputs, parse
from statement.errors import InputError, Source

FOLDER = support.ROOT / "tests" / "errors"
CASES = sorted(path.stem for path in FOLDER.glob("*.toml"))


@dataclass(frozen=True)
class Case:
    """Edits of the small sound statement, and the problems or the repairs that they lead to."""

    edits: tuple[dict[str, Any], ...]
    problems: tuple[str, ...]
    repairs: tuple[str, ...]


def read_case(name: str) -> Case:
    case = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    assert case.keys() <= {"about", "edits", "problems", "repairs"}
    return Case(tuple(case["edits"]), tuple(case.get("problems", ())), tuple(case.get("repairs", ())))


def carry_out(case: Case, folder: Path) -> None:
    for edit in case.edits:
        path = folder / edit["file"]
        if edit.get("remove") or edit.get("folder"):
            path.unlink()
        if edit.get("folder"):
            path.mkdir()
        if edit.get("create"):
            path.touch()
        if "put" in edit or "put_hex" in edit:
            put = bytes.fromhex(edit["put_hex"]) if "put_hex" in edit else edit["put"].encode()
            before = path.read_bytes()
            find = edit["find"].encode() if "find" in edit else before
            assert find in before, f"{edit['find']} is not in {edit['file']}"
            path.write_bytes(before.replace(find, put, 1))
    support.vouch(folder)


def prepare(name: str, folder: Path) -> Case:
    """Make the inputs of a case in a folder."""
    shutil.copytree(support.BASE, folder)
    case = read_case(name)
    carry_out(case, folder)
    return case


def problems_of(folder: Path) -> tuple[str, ...]:
    """Return the problems of the inputs in a folder, their paths from there."""
    try:
        project.make(project.read(folder))
    except InputError as error:
        return tuple(str(problem).removeprefix(f"{folder.as_posix()}/") for problem in error.problems)
    return ()


def repairs_of(folder: Path) -> tuple[str, ...]:
    text = (folder / "statement.txt").read_bytes().decode("utf-8")
    repairs = parse.parse(Source("statement.txt", text), inputs.read(folder, "inputs").structure).repairs
    return tuple(
        f"line {repair.line}: {repair.kind.value}" + (f" in clause {repair.clause}" if repair.clause else "")
        for repair in repairs
    )


def test_the_statement_that_cases_change_is_sound(tmp_path: Path) -> None:
    assert problems_of(support.copy_base(tmp_path / "inputs")) == ()
    assert repairs_of(tmp_path / "inputs") == ()


@pytest.mark.parametrize("name", CASES)
def test_case_is_answered_in_its_exact_words(name: str, tmp_path: Path) -> None:
    case = prepare(name, tmp_path / "inputs")
    assert bool(case.problems) != bool(case.repairs), "a case is refused or repaired"
    assert problems_of(tmp_path / "inputs") == case.problems
    if case.repairs:
        assert repairs_of(tmp_path / "inputs") == case.repairs


@pytest.mark.parametrize("name", [name for name in CASES if read_case(name).repairs])
def test_repaired_case_gives_the_text_that_was_meant(name: str, tmp_path: Path) -> None:
    prepare(name, tmp_path / "inputs")
    text = (tmp_path / "inputs" / "statement.txt").read_bytes().decode("utf-8")
    meant = (support.BASE / "statement.txt").read_text("utf-8")
    given = parse.unparse(
        parse.parse(Source("statement.txt", text), inputs.read(tmp_path / "inputs", "inputs").structure)
    )
    assert given == (meant.replace("我们推动恢复", "我们 推动恢复") if name == "tabs" else meant)


@pytest.mark.parametrize("name", [name for name in CASES if read_case(name).problems])
def test_refused_case_exits_1_without_writing(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = prepare(name, tmp_path / "inputs")
    output = tmp_path / "docs"
    output.mkdir()
    assert build.main(["--source", str(tmp_path / "inputs"), "--pages", str(output)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [f"{tmp_path.as_posix()}/inputs/{problem}" for problem in case.problems]
    assert support.files(output) == {}
