"""The manifest: a list, kept in an output folder, of the files that the build created. All others are foreign."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

NAME = ".manifest"
"""The manifest's file name; the manifest does not list itself."""

_HEADING = "# The files in this folder that the build made, one a line; it replaces and removes no others."


def contents(paths: Iterable[str]) -> bytes:
    """Return a manifest that lists the paths; raise ValueError for a path that it cannot hold."""
    lines = sorted(paths)
    for path in lines:
        if not _is_inside(path) or "\n" in path:
            raise ValueError(f"{path!r} cannot be the path of a file that the build makes")
    return "".join(f"{line}\n" for line in (_HEADING, *lines)).encode("utf-8", "surrogateescape")


def read(folder: Path) -> frozenset[str] | None:
    """Return the paths listed in a folder's manifest, or None if the folder has no manifest written by the build.

    A file or link of that name without the build's heading is foreign. Raises OSError.
    """
    path = folder / NAME
    if path.is_symlink() or not path.is_file():
        return None
    heading, *lines = path.read_bytes().decode("utf-8", "surrogateescape").split("\n")
    return frozenset(line for line in lines if _is_inside(line)) if heading == _HEADING else None


def files(folder: Path) -> frozenset[str]:
    """Return the paths of all files under a folder; empty if the folder does not exist.

    Symlinks count as files, wherever they point. Raises NotADirectoryError if the folder itself is a symlink or a file,
    and OSError if a folder cannot be read.
    """
    return frozenset(path for path, is_folder in _walk(folder) if not is_folder)


def folders(folder: Path) -> frozenset[str]:
    """Return the paths of all folders under a folder, on the same terms as `files`."""
    return frozenset(path for path, is_folder in _walk(folder) if is_folder)


def parents(paths: Iterable[str]) -> frozenset[str]:
    """Return all parent folders of some paths, excluding the root."""
    return frozenset(str(parent) for path in paths for parent in PurePosixPath(path).parents) - {"."}


def _walk(folder: Path) -> Iterator[tuple[str, bool]]:
    """Yield the path of everything under a folder, and whether it is a folder."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    if not folder.exists():
        return
    yield from _under(str(folder), "")


def _under(folder: str, prefix: str) -> Iterator[tuple[str, bool]]:
    """Yield what is in a folder, and whether it is a folder itself, with a prefix before each path."""
    with os.scandir(folder) as entries:
        for entry in entries:
            path = f"{prefix}{entry.name}"
            is_folder = entry.is_dir(follow_symlinks=False)
            yield path, is_folder
            if is_folder:
                yield from _under(entry.path, f"{path}/")


def _is_inside(path: str) -> bool:
    """Return whether a path is relative and normalised, and so cannot lead out of the folder."""
    return bool(path) and not path.startswith("/") and not {"", ".", ".."}.intersection(path.split("/"))
