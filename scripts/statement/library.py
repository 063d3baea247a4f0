"""Library: several statements on one site, as `library.toml` in a folder of folders says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass as pydantic_dataclass

from . import inputs
from .errors import InputError, Key, Problem, Source, problem_at_key
from .model import Said, Words

FILE = "library.toml"
"""What makes a folder that of a library."""

RESERVED = frozenset({"assets", "data", "embed", "search", "sitemap"})
"""Names that no statement may have, besides those of editions: the folders of the library's own, or kept for them."""

_STATEMENT = "statement.toml"
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_EDITION = re.compile(r"zh-han[st](?:-[a-z]{2})?")
_INPUT = ConfigDict(extra="forbid")


@pydantic_dataclass(frozen=True, config=_INPUT)
class Elsewhere:
    """A statement that lies elsewhere: its folder, from that of the library, and its name where it is another."""

    folder: Words
    name: Said = ""


@pydantic_dataclass(frozen=True, config=_INPUT)
class Declared:
    """What `library.toml` says, in Simplified: what the library is called and what it is, and what it has elsewhere."""

    title: Words
    short_title: Said = ""
    description: Said = ""
    statements: tuple[Elsewhere, ...] = ()

    @property
    def short(self) -> str:
        """What the title is called where there is little room."""
        return self.short_title or self.title


@dataclass(frozen=True)
class Place:
    """Where a statement of a library is: its name, which is its folder on the site, and the folder that has it."""

    name: str
    folder: Path


@dataclass(frozen=True)
class Library:
    """A library: what is said of it, and its statements by their names in order."""

    source: Source
    declared: Declared
    places: tuple[Place, ...]


def is_library(folder: Path) -> bool:
    """Return whether a folder is that of a library."""
    return (folder / FILE).is_file()


def read(folder: Path, shown: str) -> Library:
    """Return the library in a folder, which messages call `shown`.

    Its statements are the folders in it, by their names, and those that `[[statements]]` names. Raises InputError with
    every problem: names that cannot be in an address, are the site's own or are there twice, folders without a
    statement.
    """
    document = inputs.read_document(folder, shown, FILE, Declared)
    declared, source = document.value, document.source
    named = [*_beside(folder, shown), *_elsewhere(folder, declared)]
    problems = list(_problems(named, source))
    if not named:
        message = "no statement: put folders of statements beside this file, or name them in [[statements]]"
        problems.append(Problem(source.file, 1, 1, message))
    if problems:
        raise InputError(problems)
    return Library(source, declared, tuple(sorted((each.place for each in named), key=lambda place: place.name)))


@dataclass(frozen=True)
class _Named:
    """A statement with whoever names it: a table of `library.toml`, or its folder, which messages call `shown`."""

    place: Place
    table: tuple[Key, ...] = ()
    key: str = "folder"
    shown: str = ""

    def problem(self, source: Source, message: str, key: str = "") -> Problem:
        """Return a problem where it can be mended; `key` is another than that which names the statement."""
        if not self.table:
            return Problem(self.shown, 1, 1, message)
        return problem_at_key(source, (*self.table, key or self.key), message)


def _beside(folder: Path, shown: str) -> Iterator[_Named]:
    """Yield the folders beside `library.toml`, but for hidden ones."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.name.startswith((".", "_")):
            yield _Named(Place(path.name, path), shown=f"{shown}/{path.name}")


def _elsewhere(folder: Path, declared: Declared) -> Iterator[_Named]:
    """Yield what `[[statements]]` names."""
    for index, each in enumerate(declared.statements):
        path = folder / each.folder
        name = each.name or path.resolve().name
        yield _Named(Place(name, path), ("statements", index), "name" if each.name else "folder")


def _problems(named: Iterable[_Named], source: Source) -> Iterator[Problem]:
    """Yield what is wrong with the names and folders of statements."""
    names: set[str] = set()
    folders: set[Path] = set()
    for each in named:
        name, folder = each.place.name, each.place.folder.resolve()
        if not (folder / _STATEMENT).is_file():
            message = f"no statement: there is no {_STATEMENT} in it; put it there, or take the folder out"
            yield each.problem(source, message, "folder")
        if folder in folders:
            yield each.problem(source, f"{name} is the folder of another statement here; remove one of the two")
        elif name in names:
            yield each.problem(source, f"{name} is the name of another statement here; choose another")
        elif name in RESERVED or _EDITION.fullmatch(name):
            yield each.problem(source, f"{name} is an address of the site's own; choose another name")
        elif not _NAME.fullmatch(name):
            message = f"{name} cannot stand in addresses; choose a name of small letters, digits and single hyphens"
            yield each.problem(source, message)
        names.add(name)
        folders.add(folder)
