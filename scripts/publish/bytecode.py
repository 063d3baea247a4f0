"""Bytecode: the cache of compiled templates, kept between builds."""

from __future__ import annotations

from jinja2 import FileSystemBytecodeCache

from statement import kept

from . import escape


def bytecode_cache(group: str) -> FileSystemBytecodeCache | None:
    """Return the cache for a group of compiled templates, or None if its folder cannot be created.

    Jinja names cache files after templates, so different templates of the same name need separate groups. The output of
    constant expressions is compiled in, so the folder's name includes a hash of the code that escapes them.
    """
    folder = kept.FOLDER / f"templates-{kept.maker('jinja2', escape)[:16]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder), f"{group}-%s.cache")
