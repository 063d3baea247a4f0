"""Swap: puts a site that is completely built in the place of the one that is there, at one moment.

The site is built in a hidden folder beside the present one:

    .site.building-k3x_9a2q/    made by `beside`, and no other program makes such names
        building                the marker, which the running build holds locked
        new/                    the site as it is built; after the exchange, the old one
        old/                    the old site, where a file system cannot exchange two folders

What was not made by a build, such as a `CNAME` or a `.git`, is carried over from the old site.
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

# What renameat2 says where a system, a file system or a sandbox does not have it.
_NOT_THERE = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM})


@contextmanager
def lock(path: Path, shown: str = "") -> Iterator[None]:
    """Hold a lock file, which is made if need be and stays; raise InputError if another process holds it, or OSError.

    The system frees the lock when the process ends, however it ends. The file must not be in the site, which is
    exchanged. `shown` is the name for the file in messages.
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
    """Yield a new empty folder on the file system of a site, for `put`, and leave nothing behind.

    What earlier builds left is put right first, so the caller should hold the lock for the site. Raises InputError if
    another build is at work there, or if `recover` cannot know what to do, and OSError.
    """
    real = _real(site)
    real.parent.mkdir(parents=True, exist_ok=True)
    recover(site)
    _remove_leftovers(real)
    container = Path(tempfile.mkdtemp(prefix=_prefix(real), dir=real.parent))
    with lock(container / _MARKER):
        try:
            # Not the container itself, which no other user may enter.
            (container / _NEW).mkdir()
            yield container / _NEW
        finally:
            recover(site)
            _remove(container)


def recover(site: Path) -> None:
    """Put the old site back if a build was cut off when it had moved that away and not yet put the new one there.

    The caller should hold the lock for the site. Raises InputError if there is another site by now, and OSError.
    """
    real = _real(site)
    for container in _containers(real):
        if (container / _OLD).is_dir() and (container / _NEW).is_dir():
            if os.path.lexists(real):
                message = f"the site before an interrupted build; move it to {site}, or remove it"
                raise InputError([Problem(str(container / _OLD), 1, 1, message)])
            (container / _OLD).rename(real)


def put(new: Path, site: Path, shown: str = "") -> None:
    """Put a complete folder that `beside` yielded in the place of a site, or of the folder to which a link leads.

    At every moment there is the old or the new site, where the system can exchange folders; elsewhere, what is cut
    off between is put right by `recover`. What builds did not make in the old site is carried over. Raises InputError
    with nothing changed if the new site has a file in its place; `shown` is the site's name in messages. Raises
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
    """Return the paths of the files in a site, those that its manifest would list; raise OSError."""
    return manifest.files(folder) - {manifest.NAME}


def _real(site: Path) -> Path:
    """Return where a site is, every link followed, whether it exists or not."""
    # Path.resolve raises no OSError for a link that leads to itself.
    return Path(os.path.realpath(site))


def _carry_over(old: Path, new: Path, made: frozenset[str], shown: str) -> None:
    """Give the new site what is someone else's in the old one; raise InputError if that cannot be, or OSError."""
    listed = manifest.read(old)
    foreign = manifest.files(old) - (frozenset() if listed is None else listed | {manifest.NAME})
    # Folders count if no build made a file in them: Git knows its own by folders that may be empty.
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
    """Return the problems with what stands where the new site has its own files or folders, the first ones only."""
    found = sorted(
        path for path in foreign if path in taken or path in folders or not taken.isdisjoint(manifest.parents([path]))
    )
    message = "not made by the build, which has a file of its own to put there; move it away, or remove it"
    problems = [Problem(f"{shown}/{path}", 1, 1, message) for path in found[:_SHOWN_PROBLEMS]]
    if rest := len(found[_SHOWN_PROBLEMS:]):
        problems.append(Problem(shown, 1, 1, f"{rest} more of its files are in the way of the build's"))
    return problems


def _check_not_mounted(site: Path, folders: frozenset[str]) -> None:
    """Raise OSError if another file system is mounted in the site: removing the old site would empty that too."""
    for path in sorted(folders):
        if (site / path).is_mount():
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(site / path))


def _link(old: Path, new: Path) -> None:
    """Give a file a second name; copy it where that cannot be, as with one that belongs to another user."""
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        shutil.copy2(old, new, follow_symlinks=False)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders at one moment; return whether the system can do that, and raise OSError if it fails."""
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
    """Put a folder in the place of a site by two renames; raise OSError, the site back in its place."""
    site.rename(new.with_name(_OLD))
    try:
        new.rename(site)
    finally:
        recover(site)


def _prefix(real: Path) -> str:
    return f".{real.name}.building-"


def _containers(real: Path) -> list[Path]:
    """Return the folders that builds of a site made beside it and did not remove."""
    # The rest of the name is as tempfile makes it, which tells `.a.building-…` from that of a site `a.building-x`.
    name = re.compile(re.escape(_prefix(real)) + "[a-z0-9_]{8}")
    found = real.parent.iterdir() if real.parent.is_dir() else ()
    return sorted(path for path in found if name.fullmatch(path.name) and _is_ours(path))


def _is_ours(container: Path) -> bool:
    """Return whether a folder has a build's marker, or is as empty as a build cut off before it marked its own."""
    if container.is_symlink() or not container.is_dir():
        return False
    return (container / _MARKER).is_file() or not any(container.iterdir())


def _remove_leftovers(real: Path) -> None:
    """Remove what earlier builds left; raise InputError if one of them is still at work."""
    for container in _containers(real):
        with lock(container / _MARKER):
            _remove(container)


def _remove(container: Path) -> None:
    """Remove a folder, its marker last, for without that nobody would know whose it is.

    What cannot be removed stays for the next build: the site is in its place, and that is what counts.
    """
    for name in (_NEW, _OLD):
        shutil.rmtree(container / name, ignore_errors=True)
    with suppress(OSError):
        if [path.name for path in container.iterdir()] == [_MARKER]:
            (container / _MARKER).unlink()
            container.rmdir()
