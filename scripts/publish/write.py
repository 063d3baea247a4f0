"""Write: makes the folders that the build owns hold exactly the pages it made. Nothing else writes a file."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

Pages = Mapping[str, str | bytes]
"""What files hold by their paths: text, which is written as UTF-8, or bytes, such as a picture's."""


@dataclass(frozen=True)
class Changes:
    """What writing would do, as paths under the root in order: new files, other contents, files to remove."""

    create: tuple[str, ...]
    update: tuple[str, ...]
    remove: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:
        """Yield a line for each change."""
        for verb, paths in (("create", self.create), ("update", self.update), ("remove", self.remove)):
            yield from (f"{verb} {path}" for path in paths)


def plan(pages: Pages, root: Path, owned: Iterable[str]) -> Changes:
    """Return what has to change under a root for the owned folders to hold the pages and nothing else."""
    present = {path.relative_to(root).as_posix() for folder in owned for path in _files(root / folder)}
    return Changes(
        tuple(sorted(path for path in pages if path not in present)),
        tuple(sorted(path for path in pages if path in present and not _same(root / path, pages[path]))),
        tuple(sorted(present - pages.keys())),
    )


def write(pages: Pages, root: Path, owned: Iterable[str]) -> Changes:
    """Carry out the plan and return it.

    A file is either as it was or as it shall be: its contents are written beside it and moved over it. A run that is
    cut off leaves at worst such a file beside a page, which the next run removes. Raises OSError.
    """
    owned = tuple(owned)
    changes = plan(pages, root, owned)
    for path in (*changes.create, *changes.update):
        replace(root / path, pages[path])
    for path in changes.remove:
        (root / path).unlink(missing_ok=True)
    for folder in owned:
        _remove_empty_folders(root / folder)
    return changes


def _files(folder: Path) -> Iterator[Path]:
    """Yield all files under a folder; a link is a file, wherever it leads. The folder itself may not be one."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    for parent, folders, files in os.walk(folder):
        yield from (Path(parent, name) for name in files)
        yield from (Path(parent, name) for name in folders if Path(parent, name).is_symlink())


def _bytes(contents: str | bytes) -> bytes:
    return contents.encode("utf-8") if isinstance(contents, str) else contents


def _same(path: Path, contents: str | bytes) -> bool:
    return not path.is_symlink() and path.read_bytes() == _bytes(contents)


def replace(path: Path, contents: str | bytes) -> None:
    """Give a file its contents, so that it holds at any time either what it did or all of these; raise OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        file.write(_bytes(contents))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _remove_empty_folders(folder: Path) -> None:
    for parent in (Path(parent) for parent, _, _ in os.walk(folder, topdown=False)):
        if parent != folder and not any(parent.iterdir()):
            parent.rmdir()
