"""Links: every link from a finished page to another place of the site leads there, whatever wrote it."""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cache
from urllib.parse import unquote, urlsplit

from statement.errors import Problem

from .built import Built


def problems(pages: Sequence[Built], files: Container[str]) -> Iterator[Problem]:
    """Yield a problem for each link of a page that leads to no file of the site, or to no place on its page.

    `files` are the paths of all files of the site. Links that lead out of it are not followed, nor are those from its
    root, which only the page for what is missing has.
    """
    places = {page.path: page.ids for page in pages}
    for page in pages:
        folder = posixpath.dirname(page.path)
        for address, line in page.links.items():
            if fault := _fault(folder, page.path, address, places, files):
                yield Problem(page.path, line, 1, f"links to {address}, {fault}; correct the link where it is written")


def _fault(
    folder: str, path: str, address: str, places: Mapping[str, frozenset[str]], files: Container[str]
) -> str | None:
    """Return what is wrong with a link, if anything is."""
    parts = _split(address)
    if parts is None:
        return None
    local, place = parts
    target = _file(posixpath.normpath(posixpath.join(folder, local)), local) if local else path
    if target.startswith(".."):
        return None
    if target not in files:
        return "which is not there"
    if place and target in places and place not in places[target]:
        return f"where nothing is called {place}"
    return None


@cache
def _split(address: str) -> tuple[str, str] | None:
    """Return the path and the place in a link within the site, or nothing for any other link."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return None
    return unquote(parts.path), unquote(parts.fragment)


def _file(path: str, written: str) -> str:
    """Return the file that a host sends for a path, as `written` in a link."""
    is_folder = written.endswith(("/", "/.", "/..")) or written in (".", "..")
    return posixpath.normpath(f"{path}/index.html") if is_folder else path
