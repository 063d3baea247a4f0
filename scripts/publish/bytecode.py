"""Bytecode: where compiled templates are kept between builds."""

from __future__ import annotations

from jinja2 import FileSystemBytecodeCache

from statement import kept

from . import escape


def bytecode_cache(group: str) -> FileSystemBytecodeCache | None:
    """Return where the compiled templates of a group are kept, under the environment; nothing if it cannot be written.

    Jinja keeps one file for a name, so templates that differ under one name need groups of their own. What was printed
    of constants is compiled in, so the folder is named after the code that prints them.
    """
    folder = kept.FOLDER / f"templates-{kept.maker('jinja2', escape)[:16]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder), f"{group}-%s.cache")
