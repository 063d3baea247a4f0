"""The cases of texts that are built otherwise than most, and the sites that are made of them."""

from __future__ import annotations

import dataclasses
import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

import support
from conftest import make_once
from publish import project as publishing
from publish import site, write
from statement import inputs
from statement.errors import Source
from statement.model import Conversion, Particulars, Statement, Structure, Themes
from statement.parse import parse

FOLDER = support.ROOT / "tests" / "cases" / "structures"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))


@dataclass(frozen=True)
class Case:
    """A text, what its files say about it, and what its clauses are called."""

    text: str
    particulars: Particulars
    themes: Themes
    ids: tuple[str, ...]
    labels: tuple[str, ...]
    blocks: tuple[str, ...]
    headings: tuple[str, ...]

    @property
    def structure(self) -> Structure:
        return self.particulars.structure

    @property
    def source(self) -> Source:
        return Source("statement.txt", self.text)


@cache
def read(name: str) -> Case:
    text = (FOLDER / f"{name}.txt").read_text("utf-8")
    said = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    assert said.keys() <= {"about", "ids", "labels", "blocks", "headings", "statement", "themes"}
    return case(text, said["statement"], said["themes"], said)


def case(
    text: str,
    statement: Mapping[str, Any],
    themes: list[dict[str, Any]],
    said: Mapping[str, Any],
    without: Sequence[str] = (),
) -> Case:
    """Return a case; what the small statement says of itself is said of it, too, but for the keys in `without`."""
    base = tomllib.loads((support.BASE / "statement.toml").read_text("utf-8"))
    base = {key: value for key, value in base.items() if key not in without}
    phrases = {"title_phrases": [statement["title"]], "sha256": hashlib.sha256(text.encode()).hexdigest()}
    return Case(
        text=text,
        particulars=TypeAdapter(Particulars).validate_python({**base, **phrases, **statement}),
        themes=TypeAdapter(Themes).validate_python({"themes": themes}),
        ids=tuple(said.get("ids", ())),
        labels=tuple(said.get("labels", ())),
        blocks=tuple(said.get("blocks", ())),
        headings=tuple(said.get("headings", ())),
    )


def parsed(made: Case) -> Statement:
    return parse(made.source, made.structure)


def inputs_of(made: Case, **more: Any) -> inputs.Inputs:
    """Return the inputs of a case; they have no font, so that no pictures are made, and no overrides.

    Each choice of its conversion has a reason, as if somebody had read it.
    """
    read = publishing.read(support.BASE)
    assert read.conversion
    source, *others = made.particulars.editions
    reasons = tuple(each for other in others for each in support.reasons_for(parsed(made), source, other))
    conversion = dataclasses.replace(read.conversion, value=Conversion((), reasons))
    changed = dataclasses.replace(
        read,
        statement=made.source,
        data=made.text.encode("utf-8"),
        particulars=inputs.Document(Source("statement.toml", ""), made.particulars),
        themes=inputs.Document(Source("themes.toml", ""), made.themes),
        conversion=conversion,
        font=None,
        problems=(),
    )
    return dataclasses.replace(changed, **more)


def site_of(factory: pytest.TempPathFactory, name: str) -> Path:
    """Return the site of a case, built once for all tests of a run."""
    return make_once(factory, f"structure-{name}", lambda folder: build(read(name), folder)) / "site"


def build(made: Case, folder: Path, **more: Any) -> Path:
    """Build the site of a case in a copy of the project, and return it."""
    project = support.copy_project(folder)
    output = publishing.make(inputs_of(made, **more), settings=publishing.read_settings(project))
    write.write(output.files, project / "docs" / "pages", "docs/pages")
    site.build(project, project / "site", output)
    return project / "site"
