"""Kept: results that take long to make and depend on nothing but what they are made of, kept between builds.

They lie under the environment, so that they go with it, named after all that they depend on, the code that makes
them included. Where nothing can be written there, everything is made again.
"""

from __future__ import annotations

import hashlib
import inspect
import os
import sys
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import ModuleType

FOLDER = Path(sys.prefix, "cache", "statement")
"""Where results are kept."""

# What is kept of one kind; beyond that the older half goes.
_MOST = 4000


@cache
def maker(library: str, *modules: ModuleType) -> str:
    """Return a name for the code that makes something: modules of this project and a library at its version."""
    code = "\0".join((library, version(library), *(inspect.getsource(module) for module in modules)))
    return hashlib.sha256(code.encode("utf-8")).hexdigest()


def find(kind: str, key: str) -> bytes | None:
    """Return what an earlier build kept, or None.

    `kind` is a name for a folder. `key` says everything that the result depends on, its `maker` included.
    """
    with suppress(OSError):
        return _file(kind, key).read_bytes()
    return None


def keep(kind: str, key: str, made: bytes) -> bytes:
    """Keep a result for later builds, and return it."""
    with suppress(OSError):
        _write(_file(kind, key), made)
    return made


def _file(kind: str, key: str) -> Path:
    return FOLDER / kind / hashlib.sha256(key.encode("utf-8")).hexdigest()


def _write(file: Path, made: bytes) -> None:
    """Write a file in one step, so that no other build reads half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    _prune(file.parent)
    with NamedTemporaryFile(dir=file.parent, delete=False) as temporary:
        temporary.write(made)
    Path(temporary.name).replace(file)


@cache
def _prune(folder: Path) -> None:
    """Remove the older half of what is kept where that is too much, once in a run: a build adds far less."""
    entries = list(os.scandir(folder))
    if len(entries) >= _MOST:
        for entry in sorted(entries, key=lambda entry: entry.stat().st_mtime)[: _MOST // 2]:
            with suppress(OSError):
                Path(entry).unlink()
