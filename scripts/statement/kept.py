"""Kept: a cache for results that are slow to compute and depend only on their inputs, reused by later builds.

It lives inside the virtual environment and is deleted with it. File names are hashes of everything a result depends on,
including the code that produces it. If the cache cannot be written, everything is recomputed.
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
"""The cache folder."""

MOST = 4000
"""So many results are kept of one kind, if nothing else is said."""


@cache
def maker(library: str, *modules: ModuleType) -> str:
    """Return a hash of the code behind a result: modules of this project, and a library with its version."""
    code = "\0".join((library, version(library), *(inspect.getsource(module) for module in modules)))
    return hashlib.sha256(code.encode("utf-8")).hexdigest()


@cache
def project(*libraries: str) -> str:
    """Return a name for all code of this project, for what is made by much of it, and libraries at their versions."""
    files = sorted(Path(__file__).parent.parent.rglob("*.py"))
    code = "\0".join((*libraries, *map(version, libraries), *(file.read_text("utf-8") for file in files)))
    return hashlib.sha256(code.encode("utf-8")).hexdigest()


def find(kind: str, key: str) -> bytes | None:
    """Return a cached result, or None.

    `kind` is the name of a subfolder. `key` includes everything that the result depends on, its `maker` among it.
    """
    with suppress(OSError):
        return _file(kind, key).read_bytes()
    return None


def keep(kind: str, key: str, made: bytes, most: int = MOST) -> bytes:
    """Keep a result for later builds, and return it; where there are `most` of a kind, the older half goes."""
    with suppress(OSError):
        _write(_file(kind, key), made, most)
    return made


def _file(kind: str, key: str) -> Path:
    return FOLDER / kind / hashlib.sha256(key.encode("utf-8")).hexdigest()


def _write(file: Path, made: bytes, most: int) -> None:
    """Write a file in one step, so that no other build reads half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    _prune(file.parent, most)
    with NamedTemporaryFile(dir=file.parent, delete=False) as temporary:
        temporary.write(made)
    Path(temporary.name).replace(file)


@cache
def _prune(folder: Path, most: int) -> None:
    """Remove the older half of what is kept where that is too much, once in a run: a build adds far less."""
    entries = list(os.scandir(folder))
    if len(entries) >= most:
        for entry in sorted(entries, key=lambda entry: entry.stat().st_mtime)[: most // 2]:
            with suppress(OSError):
                Path(entry).unlink()
