"""Swap: replace the built site with a newly built one, in one step where the system allows it.

The site is built in a hidden folder next to the existing one:

    .site.building-k3x_9a2q/    created by `beside`; no other program uses such names
        building                the marker file, locked by the running build
        new/                    the site being built; after the exchange, the old one
        old/                    the old site, on file systems that cannot exchange two folders

Files that no build created, such as a `CNAME` or a `.git`, are carried over from the old site.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from publish import manifest
from statement.errors import InputError, Problem

_MARKER, _NEW, _OLD = "building", "new", "old"
_SHOWN_PROBLEMS = 5

# From Linux's fcntl.h and fs.h.
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2

# Errors from renameat2 if the kernel, file system or sandbox does not support it.
_NOT_THERE = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM})


@contextmanager
def lock(path: Path, shown: str = "") -> Iterator[None]:
    """Hold a lock file, created if missing and never deleted; raise InputError if another process holds it, or OSError.

    The system releases the lock when the process ends, however it ends. The file must not be inside the site, which is
    swapped out. `shown` is the file's name in messages.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = "another build is running; wait until it has ended"
            raise InputError([Problem(shown or str(path), 1, 1, message)]) from error
        yield
    finally:
        os.close(file)


@contextmanager
def beside(site: Path) -> Iterator[Path]:
    """Yield a new empty folder for `put`, on the same file system as the site, and clean up afterwards.

    Leftovers of earlier builds are dealt with first, so the caller should hold the lock for the site. Raises InputError
    if another build is running there or if `recover` cannot decide what to do, and OSError.
    """
    real = _real(site)
    real.parent.mkdir(parents=True, exist_ok=True)
    recover(site)
    _remove_leftovers(real)
    container = Path(tempfile.mkdtemp(prefix=_prefix(real), dir=real.parent))
    with lock(container / _MARKER):
        try:
            # Not the container itself: mkdtemp makes that inaccessible to other users.
            (container / _NEW).mkdir()
            yield container / _NEW
        finally:
            recover(site)
            _remove(container)


def recover(site: Path) -> None:
    """Restore the old site if a build was interrupted after moving it away and before putting the new one in place.

    The caller should hold the lock for the site. Raises InputError if another site has taken its place, and OSError.
    """
    real = _real(site)
    for container in _containers(real):
        if (container / _OLD).is_dir() and (container / _NEW).is_dir():
            if os.path.lexists(real):
                message = f"the site before an interrupted build; move it to {site}, or remove it"
                raise InputError([Problem(str(container / _OLD), 1, 1, message)])
            (container / _OLD).rename(real)


def put(new: Path, site: Path, shown: str = "") -> None:
    """Replace a site, or the folder that a symlink points to, with a complete folder from `beside`.

    If the system can exchange folders, either the old or the new site is in place at every moment; elsewhere, `recover`
    repairs an interruption. Files in the old site that no build created are carried over. Raises InputError and changes
    nothing if one of them is in the way of a new file; `shown` is the site's name in messages. Raises
    NotADirectoryError if the site is a file, and OSError.
    """
    real = _real(site)
    made = list_files(new)
    is_there = os.path.lexists(real)
    if is_there:
        _carry_over(real, new, made, shown or str(site))
    (new / manifest.NAME).write_bytes(manifest.contents(made))
    if not is_there:
        new.rename(real)
    elif not _exchange(new, real):
        _move(new, real)


def list_files(folder: Path) -> frozenset[str]:
    """Return the paths of the files in a site that its manifest would list; raise OSError."""
    return manifest.files(folder) - {manifest.NAME}


def _real(site: Path) -> Path:
    """Return the real path of a site, with all symlinks resolved, whether or not it exists."""
    # Unlike Path.resolve, this does not raise an error for a symlink loop.
    return Path(os.path.realpath(site))


def _carry_over(old: Path, new: Path, made: frozenset[str], shown: str) -> None:
    """Carry foreign files over from the old site to the new one; raise InputError if one is in the way, or OSError."""
    listed = manifest.read(old)
    foreign = manifest.files(old) - (frozenset() if listed is None else listed | {manifest.NAME})
    # Folders without files from a build count as foreign even if empty: Git relies on its empty folders.
    folders = manifest.folders(old)
    foreign_folders = sorted(folders - manifest.parents(listed or ()), reverse=True)
    _check_not_mounted(old, folders)
    taken = made | {manifest.NAME}
    taken_folders = manifest.parents(made)
    if problems := _conflicts(foreign, taken, taken_folders, shown):
        raise InputError(problems)
    for path in sorted(foreign):
        (new / path).parent.mkdir(parents=True, exist_ok=True)
        _link(old / path, new / path)
    for path in foreign_folders:
        if path not in taken_folders and taken.isdisjoint({path, *manifest.parents([path])}):
            (new / path).mkdir(parents=True, exist_ok=True)
            shutil.copymode(old / path, new / path)


def _conflicts(foreign: frozenset[str], taken: frozenset[str], folders: frozenset[str], shown: str) -> list[Problem]:
    """Return a problem for each foreign path that clashes with a file or folder of the new site, up to a limit."""
    found = sorted(
        path for path in foreign if path in taken or path in folders or not taken.isdisjoint(manifest.parents([path]))
    )
    message = "not made by the build, which has a file of its own to put there; move it away, or remove it"
    problems = [Problem(f"{shown}/{path}", 1, 1, message) for path in found[:_SHOWN_PROBLEMS]]
    if rest := len(found[_SHOWN_PROBLEMS:]):
        problems.append(Problem(shown, 1, 1, f"{rest} more of its files are in the way of the build's"))
    return problems


def _check_not_mounted(site: Path, folders: frozenset[str]) -> None:
    """Raise OSError if another file system is mounted inside the site: deleting the old site would empty that too."""
    for path in sorted(folders):
        if (site / path).is_mount():
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(site / path))


def _link(old: Path, new: Path) -> None:
    """Hard-link a file, or copy it if that fails, for example because it belongs to another user."""
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        shutil.copy2(old, new, follow_symlinks=False)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders atomically; return False if the system does not support it, or raise OSError on failure."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    names = (os.fsencode(path) for path in (one, other))
    if rename(_AT_FDCWD, next(names), _AT_FDCWD, next(names), ctypes.c_uint(_RENAME_EXCHANGE)) == 0:
        return True
    code = ctypes.get_errno()
    if code not in _NOT_THERE:
        raise OSError(code, os.strerror(code), str(other))
    return False


def _move(new: Path, site: Path) -> None:
    """Replace a site with a folder by renaming twice; raise OSError with the site back in place."""
    site.rename(new.with_name(_OLD))
    try:
        new.rename(site)
    finally:
        recover(site)


def _prefix(real: Path) -> str:
    return f".{real.name}.building-"


def _containers(real: Path) -> list[Path]:
    """Return the folders that builds of a site left behind next to it."""
    # tempfile's suffix has a fixed form, which tells `.a.building-…` from the folder of a site called `a.building-x`.
    name = re.compile(re.escape(_prefix(real)) + "[a-z0-9_]{8}")
    found = real.parent.iterdir() if real.parent.is_dir() else ()
    return sorted(path for path in found if name.fullmatch(path.name) and _is_ours(path))


def _is_ours(container: Path) -> bool:
    """Return whether a folder has a build's marker, or is empty because a build was interrupted before creating one."""
    if container.is_symlink() or not container.is_dir():
        return False
    return (container / _MARKER).is_file() or not any(container.iterdir())


def _remove_leftovers(real: Path) -> None:
    """Remove leftovers of earlier builds; raise InputError if one of them is still running."""
    for container in _containers(real):
        with lock(container / _MARKER):
            _remove(container)


def _remove(container: Path) -> None:
    """Remove a folder, its marker last: without the marker, nobody would know that it is ours.

    Errors are ignored, and leftovers stay for the next build: the site is in place, which is what matters.
    """
    for name in (_NEW, _OLD):
        shutil.rmtree(container / name, ignore_errors=True)
    with suppress(OSError):
        if [path.name for path in container.iterdir()] == [_MARKER]:
            (container / _MARKER).unlink()
            container.rmdir()
