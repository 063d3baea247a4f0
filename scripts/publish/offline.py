"""Offline: the worker that keeps the site for readers without a network, with the list of what there is to keep.

The list has the beginning of each file's SHA-256, so that a worker takes what is as it was built, and nothing else: a
site that is half replaced is not kept. It is part of the worker, which browsers therefore take for new with each build.

A library has a worker besides those of its statements. Each of these keeps its statement whole, once a reader has been
there; that of the library keeps what somebody needs who has only seen the index: its own pages, what is searched in
each statement, and the pages to which results lead.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from . import plain
from .policy import FRAMED

WORKER = "worker.js"
"""Where the worker is: at the root, because it sees to what lies in its folder only."""

MOST = 1_000_000
"""So many bytes are kept at most, counted as brotli sends them."""

_DIGITS = 16
# Pictures are shown by programs to which a link was passed on.
_UNSEEN = frozenset(
    {
        "card.png",
        plain.NAME,
        "llms.txt",
        "robots.txt",
        "sitemap.xml",
        "sitemap-library.xml",
        "feed.xml",
        "opensearch.xml",
    }
)
# Together bigger than the rest, with nothing in them that is not there already.
_BIG = (".pdf", ".docx")
_SMALL_FORMS = (".br", ".gz")


def worker(code: str, files: Mapping[str, tuple[bytes, int]]) -> str:
    """Return the worker for a site, given its files by path: what is in each, and its bytes as they are sent."""
    return _worker(code, files, kept(_sizes(files)))


def library_worker(code: str, files: Mapping[str, tuple[bytes, int]], texts: Mapping[str, Sequence[str]]) -> str:
    """Return the worker for the pages of a library; `texts` are as for `kept_of_library`."""
    return _worker(code, files, kept_of_library(_sizes(files), texts), [*texts])


def kept(sizes: Mapping[str, int]) -> list[str]:
    """Return the files to keep, sorted: what is read first comes first, as long as there is room for it."""
    left, found = MOST, []
    for path in sorted((path for path in sizes if _is_read(path)), key=lambda path: (_rank(path), path)):
        if sizes[path] <= left:
            left -= sizes[path]
            found.append(path)
    return sorted(found)


def kept_of_library(sizes: Mapping[str, int], texts: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the files to keep of a library, sorted, as long as there is room for them.

    `texts` are its statements by name, the most important first, each with the files of the pages to which the search
    leads. First come the library's own files, then what is searched, then these pages. Of the last two all that is of
    a statement is kept, or nothing. Scripts and stylesheets of statements are the library's own under other addresses.
    """
    left, found = MOST, []
    for group in _groups(sizes, texts):
        needed = sum(sizes[path] for path in group)
        if needed <= left:
            left -= needed
            found += group
    return sorted(found)


def digest(data: bytes) -> str:
    """Return the beginning of the SHA-256 of a file in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()[:_DIGITS]


def paths(present: Iterable[str]) -> list[str]:
    """Return those files of a site that could be kept."""
    return [path for path in present if _is_read(path)]


def library_paths(present: Iterable[str], texts: Mapping[str, Sequence[str]]) -> list[str]:
    """Return those files of a library that its worker could keep; `texts` are as for `kept_of_library`."""
    return [path for group in _groups(present, texts) for path in group]


def _groups(present: Iterable[str], texts: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Yield what is kept of a library together, in order."""
    read = paths(present)
    folders = {name: [path for path in read if path.startswith(f"{name}/")] for name in texts}
    of_texts = {path for paths in folders.values() for path in paths}
    yield [path for path in read if path not in of_texts]
    for name, within in folders.items():
        yield [path for path in within if _is_searched(path.removeprefix(f"{name}/"))]
    for name, within in folders.items():
        pages = {f"{name}/{path}" for path in texts[name]}
        yield [path for path in within if path in pages or _is_beside(path.removeprefix(f"{name}/"))]


def _is_searched(path: str) -> bool:
    """Return whether a file of a statement is data that scripts read with an edition, as zh-hans/search.json is."""
    return path.endswith(".json") and path.count("/") == 1 and not path.startswith("data/")


def _is_beside(path: str) -> bool:
    """Return whether a file of a statement is one that all its pages may need: a stylesheet, a script or an icon."""
    return path.endswith((".css", ".js", ".svg")) and not path.startswith("assets/")


def _worker(
    code: str, files: Mapping[str, tuple[bytes, int]], chosen: Iterable[str], folders: Sequence[str] = ()
) -> str:
    """Return the worker that keeps some files; in some folders are sites with workers of their own."""
    listed = {_address(path): digest(files[path][0]) for path in chosen}
    version = digest(json.dumps(sorted(listed.items())).encode("utf-8"))
    made = {"version": version, "files": listed} | ({"folders": [*folders]} if folders else {})
    said = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    return f"self.kept={said};\n{code}"


def _sizes(files: Mapping[str, tuple[bytes, int]]) -> dict[str, int]:
    return {path: size for path, (_, size) in files.items()}


def _is_read(path: str) -> bool:
    """Return whether readers or scripts come to a file, and hosts give it out."""
    name = PurePosixPath(path).name
    hidden = name in _UNSEEN or name.startswith((".", "_")) or name.endswith(_BIG + _SMALL_FORMS)
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
