"""The manifest: the list that the build keeps in a folder of the files it made there. All others are someone else's."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

NAME = ".manifest"
"""The manifest's own name; it does not list itself."""

_HEADING = "# The files in this folder that the build made, one a line; it replaces and removes no others."


def contents(paths: Iterable[str]) -> bytes:
    """Return the manifest that lists some paths; raise ValueError for one that it cannot hold."""
    lines = sorted(paths)
    for path in lines:
        if not _is_inside(path) or "\n" in path:
            raise ValueError(f"{path!r} cannot be the path of a file that the build makes")
    return "".join(f"{line}\n" for line in (_HEADING, *lines)).encode("utf-8", "surrogateescape")


def read(folder: Path) -> frozenset[str] | None:
    """Return the paths that a folder's manifest lists, or None if there is no manifest that the build wrote.

    A file or link of that name that does not begin as the build's do is someone else's. Raises OSError.
    """
    path = folder / NAME
    if path.is_symlink() or not path.is_file():
        return None
    heading, *lines = path.read_bytes().decode("utf-8", "surrogateescape").split("\n")
    return frozenset(line for line in lines if _is_inside(line)) if heading == _HEADING else None


def files(folder: Path) -> frozenset[str]:
    """Return the paths of all files under a folder, none if it does not exist.

    A link is a file, wherever it leads. Raises NotADirectoryError if the folder itself is a link or a file, and
    OSError if a folder cannot be read.
    """
    return frozenset(path for path, is_folder in _walk(folder) if not is_folder)


def folders(folder: Path) -> frozenset[str]:
    """Return the paths of all folders under a folder; as `files`."""
    return frozenset(path for path, is_folder in _walk(folder) if is_folder)


def parents(paths: Iterable[str]) -> frozenset[str]:
    """Return the paths of all folders that the files are in, up to the root, which has none."""
    return frozenset(str(parent) for path in paths for parent in PurePosixPath(path).parents) - {"."}


def _walk(folder: Path) -> Iterator[tuple[str, bool]]:
    """Yield the path of everything under a folder, and whether it is a folder."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    if not folder.exists():
        return
    for name, names_of_folders, names_of_files in os.walk(folder, onerror=_raise):
        parent = Path(name)
        for path in (parent / each for each in (*names_of_folders, *names_of_files)):
            yield path.relative_to(folder).as_posix(), path.is_dir() and not path.is_symlink()


def _raise(error: OSError) -> None:
    # Left to itself, os.walk passes over what it cannot read.
    raise error


def _is_inside(path: str) -> bool:
    """Return whether a path is a plain one that cannot lead out of the folder."""
    return bool(path) and not path.startswith("/") and not {"", ".", ".."}.intersection(path.split("/"))
