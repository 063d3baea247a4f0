"""Write: make a folder hold exactly the files the build generated, leaving other people's files alone."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from publish import manifest
from statement.errors import InputError, Problem

Files = Mapping[str, str | bytes]
"""File contents by path: text, which is written as UTF-8, or bytes, as for images."""

LOCK = ".lock"
"""The name of the lock file of a running build, inside the folder."""

_STRANGER = "not made by the build; move it to pages/ in the statement's folder, or remove it"


@dataclass(frozen=True)
class Changes:
    """The changes that writing would make, as sorted paths under the folder: files to create, update and remove."""

    create: tuple[str, ...]
    update: tuple[str, ...]
    remove: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:
        """Yield a line for each change."""
        for verb, paths in (("create", self.create), ("update", self.update), ("remove", self.remove)):
            yield from (f"{verb} {path}" for path in paths)


def plan(files: Files, folder: Path, shown: str) -> Changes:
    """Return the changes that make a folder hold the given files and nothing else.

    `shown` is the folder's name in messages. Raises InputError with a problem for every file that the folder's manifest
    does not list, NotADirectoryError if the folder is a symlink or a file, and OSError.
    """
    present = manifest.files(folder)
    listed = manifest.read(folder)
    made = listed or frozenset()
    leftovers = _leftovers(folder, made) & present
    own = made | leftovers | {LOCK} | (frozenset() if listed is None else {manifest.NAME})
    if strangers := present - own:
        raise InputError(Problem(f"{shown}/{path}", 1, 1, _STRANGER) for path in strangers)
    return Changes(
        tuple(sorted(path for path in files if path not in present)),
        tuple(sorted(path for path in files if path in present and not _same(folder / path, files[path]))),
        tuple(sorted((present & (made | leftovers)) - files.keys())),
    )


def write(files: Files, folder: Path, shown: str) -> Changes:
    """Carry out the plan and return it; raises the same errors as `plan`, before anything is written.

    Each file has either its old or its new contents at any moment. The manifest lists both old and new files before any
    of them is touched, so a run after an interruption knows what was left and completes it.
    """
    changes = plan(files, folder, shown)
    _list(folder, (manifest.read(folder) or frozenset()).union(files))
    # Remove first: a file may stand where a folder is needed.
    for path in changes.remove:
        (folder / path).unlink(missing_ok=True)
    _remove_empty_folders(folder)
    for path in (*changes.create, *changes.update):
        replace(folder / path, files[path])
    _list(folder, frozenset(files))
    return changes


def create(files: Files, folder: Path) -> None:
    """Make a new folder with some files, all at once; an empty one may be there. Raise OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for path, contents in files.items():
            replace(beside / path, contents)
        # mkdtemp makes a folder that nobody else may open.
        beside.chmod(0o755)
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def replace(path: Path, contents: str | bytes) -> None:
    """Replace a file's contents atomically; raise OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(_bytes(contents))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _list(folder: Path, paths: frozenset[str]) -> None:
    """Update the folder's manifest to list the paths."""
    if not _same(folder / manifest.NAME, contents := manifest.contents(paths)):
        replace(folder / manifest.NAME, contents)


def _leftovers(folder: Path, made: frozenset[str]) -> frozenset[str]:
    """Return temporary files that an interrupted `replace` may have left. Symlinks of that name are foreign."""
    names = (PurePosixPath(path) for path in made | {manifest.NAME})
    beside = (str(path.with_name(f".{path.name}.new")) for path in names)
    return frozenset(path for path in beside if not (folder / path).is_symlink())


def _bytes(contents: str | bytes) -> bytes:
    return contents.encode("utf-8") if isinstance(contents, str) else contents


def _same(path: Path, contents: str | bytes) -> bool:
    return path.is_file() and not path.is_symlink() and path.read_bytes() == _bytes(contents)


def _remove_empty_folders(folder: Path) -> None:
    for parent in (Path(parent) for parent, _, _ in os.walk(folder, topdown=False)):
        if parent != folder and not any(parent.iterdir()):
            parent.rmdir()
