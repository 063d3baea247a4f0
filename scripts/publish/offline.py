"""Offline: the worker that keeps the site for readers without a network, with the list of what there is to keep.

The list has the beginning of each file's SHA-256, so that a worker takes what is as it was built, and nothing else: a
site that is half replaced is not kept. It is part of the worker, which browsers therefore take for new with each build.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from . import plain
from .policy import FRAMED

WORKER = "worker.js"
"""Where the worker is: at the root, because it sees to what lies in its folder only."""

MOST = 1_000_000
"""So many bytes are kept at most, counted as brotli sends them."""

_DIGITS = 16
# Pictures are shown by programs to which a link was passed on.
_UNSEEN = frozenset({"card.png", plain.NAME, "llms.txt", "robots.txt", "sitemap.xml", "feed.xml", "opensearch.xml"})
# As big as the rest together, with nothing in them that is not there already.
_BIG = ".pdf"


def worker(code: str, files: Mapping[str, tuple[bytes, int]]) -> str:
    """Return the worker for a site, given its files by path: what is in each, and its bytes as they are sent."""
    listed = {
        _address(path): digest(files[path][0]) for path in kept({path: size for path, (_, size) in files.items()})
    }
    version = digest(json.dumps(sorted(listed.items())).encode("utf-8"))
    said = json.dumps({"version": version, "files": listed}, ensure_ascii=False, separators=(",", ":"))
    return f"self.kept={said};\n{code}"


def kept(sizes: Mapping[str, int]) -> list[str]:
    """Return the files to keep, sorted: what is read first comes first, as long as there is room for it."""
    left, found = MOST, []
    for path in sorted((path for path in sizes if _is_read(path)), key=lambda path: (_rank(path), path)):
        if sizes[path] <= left:
            left -= sizes[path]
            found.append(path)
    return sorted(found)


def digest(data: bytes) -> str:
    """Return the beginning of the SHA-256 of a file in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()[:_DIGITS]


def paths(present: Iterable[str]) -> list[str]:
    """Return those files of a site that could be kept."""
    return [path for path in present if _is_read(path)]


def _is_read(path: str) -> bool:
    """Return whether readers or scripts come to a file, and hosts give it out."""
    name = PurePosixPath(path).name
    hidden = name in _UNSEEN or name.startswith((".", "_")) or name.endswith(_BIG)
    return not (hidden or name == WORKER or path.startswith(FRAMED))


def _rank(path: str) -> int:
    """Return when a file is kept: what all pages need, the pages with the text, those about it, what one takes away."""
    if path.startswith("data/"):
        return 3
    if not path.endswith("index.html"):
        return 0
    return 2 if "/terms/" in path else 1


def _address(path: str) -> str:
    """Return how a file is asked for, from the site's root: a page by its folder."""
    return path.removesuffix("index.html") if PurePosixPath(path).name == "index.html" else path
