"""Write: makes a folder hold exactly the files that were made, and never touches one that somebody else put there."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from statement.errors import InputError, Problem

Files = Mapping[str, str | bytes]
"""What files hold by their paths: text, which is written as UTF-8, or bytes, such as a picture's."""

MANIFEST = ".manifest"
"""The list of the files a build made, in the folder that holds them."""

LOCK = ".lock"
"""What a build locks in that folder while it writes."""

# So many files that no build made are named, and the number of all.
_MANY = 10
_HEAD = "# The files that the build made here. It replaces and removes these and no others.\n"


@dataclass(frozen=True)
class Changes:
    """What writing would do, as paths under the folder in order: new files, other contents, files to remove."""

    create: tuple[str, ...]
    update: tuple[str, ...]
    remove: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:
        """Yield a line for each change."""
        for verb, paths in (("create", self.create), ("update", self.update), ("remove", self.remove)):
            yield from (f"{verb} {path}" for path in paths)


def plan(files: Files, folder: Path, shown: str) -> Changes:
    """Return what has to change for a folder to hold some files and nothing else.

    Raises InputError, the folder named as `shown`, for every file in it that no build made; OSError if it is no folder.
    """
    listed = listed_in(folder)
    present = {path for path in paths_in(folder) if path not in (MANIFEST, LOCK)}
    leftovers = present & {_beside(path) for path in (MANIFEST, *listed, *files)}
    if strangers := sorted(present - listed - leftovers):
        more = f" ({len(strangers)} such files)" if len(strangers) > _MANY else ""
        message = f"not made by the build{more}; move it to docs/source/pages/, or remove it"
        raise InputError(Problem(f"{shown}/{path}", 1, 1, message) for path in strangers[:_MANY])
    return Changes(
        tuple(sorted(path for path in files if path not in present)),
        tuple(sorted(path for path in files if path in present and not _same(folder / path, files[path]))),
        tuple(sorted((present - files.keys()) | leftovers)),
    )


def write(files: Files, folder: Path, shown: str) -> Changes:
    """Carry out the plan and return it; raise what `plan` raises.

    A file is either as it was or as it shall be: its contents are written beside it and moved over it. The manifest
    lists what is there and what is coming before anything is changed, so that a run that is cut off leaves nothing
    that the next one takes for somebody else's.
    """
    changes = plan(files, folder, shown)
    if any(changes) or listed_in(folder) != files.keys():
        replace(folder / MANIFEST, manifest(listed_in(folder) | files.keys()))
        for path in (*changes.create, *changes.update):
            replace(folder / path, files[path])
        for path in changes.remove:
            (folder / path).unlink(missing_ok=True)
        replace(folder / MANIFEST, manifest(files))
        _remove_empty_folders(folder)
    return changes


def listed_in(folder: Path) -> frozenset[str]:
    """Return the files that a folder's manifest lists; none where there is no manifest."""
    path = folder / MANIFEST
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return frozenset(line for line in lines if line and not line.startswith("#"))


def manifest(paths: Iterable[str]) -> str:
    """Return a manifest that lists some files."""
    return _HEAD + "".join(f"{path}\n" for path in sorted(paths))


def paths_in(folder: Path) -> Iterator[str]:
    """Yield the paths of all files under a folder; a link is a file, wherever it leads. The folder may not be one."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    for parent, folders, files in os.walk(folder):
        links = [name for name in folders if Path(parent, name).is_symlink()]
        yield from (Path(parent, name).relative_to(folder).as_posix() for name in (*files, *links))


def replace(path: Path, contents: str | bytes) -> None:
    """Give a file its contents, so that it holds at any time either what it did or all of these; raise OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(_bytes(contents))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _beside(path: str) -> str:
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}.{name}.new"


def _bytes(contents: str | bytes) -> bytes:
    return contents.encode("utf-8") if isinstance(contents, str) else contents


def _same(path: Path, contents: str | bytes) -> bool:
    return not path.is_symlink() and path.read_bytes() == _bytes(contents)


def _remove_empty_folders(folder: Path) -> None:
    for parent in (Path(parent) for parent, _, _ in os.walk(folder, topdown=False)):
        if parent != folder and not any(parent.iterdir()):
            parent.rmdir()
