"""Swap: a finished site takes the place of the one that is there, which is never missing and never half new."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from statement.errors import InputError, Problem, StopError

from .write import MANIFEST, listed_in, manifest, paths_in

_MARK = "made-by-the-build"
_NEW, _OLD = "new", "old"
_SHOWN = 5
# From linux/fcntl.h and linux/fs.h.
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold a lock that ends with this process, however that ends; raise StopError where another one holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StopError("another build is running; wait until it has ended") from None
        yield


@contextmanager
def beside(site: Path) -> Iterator[Path]:
    """Yield a new folder beside a site, to build the next one in, and remove it in the end.

    What interrupted runs left is put right first: a site that was moved away comes back. Only folders that bear the
    build's mark are touched.
    """
    real = site.resolve()
    real.parent.mkdir(parents=True, exist_ok=True)
    _recover(real)
    workshop = Path(tempfile.mkdtemp(prefix=_prefix(real), dir=real.parent))
    (workshop / _MARK).touch()
    (workshop / _NEW).mkdir()
    try:
        yield workshop / _NEW
    finally:
        _recover(real)


def put(new: Path, site: Path) -> None:
    """Put a folder that `beside` gave in the place of a site; what others keep in the old one comes along.

    Raises InputError, with nothing changed, where somebody else's file stands in the way of a new one.
    """
    real = site.resolve()
    made = frozenset(paths_in(new)) - {MANIFEST}
    (new / MANIFEST).write_text(manifest(made), "utf-8")
    if not real.exists():
        new.rename(real)
        return
    strangers = frozenset(paths_in(real)) - listed_in(real) - {MANIFEST}
    if taken := sorted(strangers & made):
        raise InputError(_in_the_way(site, taken))
    for path in strangers:
        _carry(real / path, new / path)
    if not _exchange(new, real):
        _move(new, real)


def _in_the_way(site: Path, taken: list[str]) -> Iterator[Problem]:
    more = f" ({len(taken)} such files)" if len(taken) > _SHOWN else ""
    for path in taken[:_SHOWN]:
        yield Problem(f"{site}/{path}", 1, 1, f"not made by the build{more}; remove it, or choose another --output")


def _carry(old: Path, new: Path) -> None:
    """Give a file a second name in another folder, or copy it where that cannot be; a link stays a link."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        shutil.copy2(old, new, follow_symlinks=False)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step (renameat2(2)), and return whether the system can do that."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), str(other))


def _move(new: Path, site: Path) -> None:
    """Put a folder in a site's place in two steps; a run cut off between them is put right by the next one."""
    site.rename(new.with_name(_OLD))
    new.rename(site)


def _recover(site: Path) -> None:
    """Bring a site back that an interrupted run had moved away, and remove what such runs left."""
    for workshop in sorted(site.parent.glob(f"{_prefix(site)}*")):
        if (workshop / _MARK).is_file():
            if not site.exists() and (workshop / _OLD).is_dir():
                (workshop / _OLD).rename(site)
            shutil.rmtree(workshop, ignore_errors=True)


def _prefix(site: Path) -> str:
    return f".{site.name}.building-"
