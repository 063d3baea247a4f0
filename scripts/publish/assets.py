"""Assets: bundle and minify the scripts and stylesheets, and name each file after a hash of its contents.

Scripts are written as plain modules. Those that a page needs together are bundled into one file, which saves round
trips on slow connections. A hashed name always stands for the same bytes, so hosts can let browsers cache the file
indefinitely (RFC 8246).
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import ascii_lowercase

import minify

from statement.errors import InputError, Problem

FOLDER = "assets"
"""The folder on the site that holds them."""

# The bundles, in build order: a file comes after those it refers to.
_JOINED = {
    "check": "check.js",
    "numbers": "numbers.js",
    "preview": "preview.js",
    "selection": "selection-bar.js",
    "whole": "search/whole.js",
    "spaced": "search/spaced.js",
    "search": "search/entry.js",
    "resolve": "resolve.js",
    "main": "main.js",
}
_PLAIN = {"early": "early.js", "moved": "moved.js"}
_STYLES = {
    "statement": ("statement.css",),
    "pages": ("pages.css", "site.css"),
    "home": ("pages.css", "site.css", "home.css"),
    "download": ("pages.css", "site.css", "download.css"),
    "written": ("written.css",),
    "structure": ("structure.css",),
    "embed": ("embed.css",),
}
_OTHERS = ("favicon.svg",)
# What only the pages of a library have.
_OF_LIBRARIES = {"library": "search/shelf.js"}
_LIBRARY_STYLES = {"library_style": ("pages.css", "site.css", "library.css")}
# The one file that people pass on has everything in it: the modules that others fetch later, and what files.js reads.
_ONE = "one.js"
_ONE_STYLES = ("statement.css", "pages.css", "one.css")
_BOOK_STYLE = "book.css"
# What only texts need that are built otherwise than most: in the one file, and in the book.
_STRUCTURE, _BOOK_STRUCTURE = "structure.css", "book-structure.css"
_WORKER = "worker.js"
_CARRIED = {"files.js": "carried.js"}
_IMPORT = re.compile(r'^import \{(?P<names>[^}]*)\} from "(?P<path>\.{1,2}/[^"]+)";\n', re.MULTILINE)
_REEXPORT = re.compile(r'^export \{(?P<names>[^}]*)\} from "(?P<path>\.{1,2}/[^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|const|class) (?P<name>\w+))", re.MULTILINE)
# A module that is fetched later, as `bring.js` has it imported; what a comment imports is followed by no sign.
_DYNAMIC = re.compile(r'\bimport\("(?P<path>\.{1,2}/[^"]+)" \+ again\)')
_OTHER_MODULE = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)


@dataclass(frozen=True)
class Assets:
    """The files by path from the site's root, and the path of each by the name that templates use for it."""

    files: Mapping[str, str] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Carried:
    """What the one file that people pass on has in it: what runs at once, what runs after, and the stylesheet.

    `book` is the stylesheet of the book.
    """

    early: str
    script: str
    style: str
    book: str = ""


def assets(folder: Path, shown: str, *, is_library: bool = False) -> Assets:
    """Return the assets built from a folder, which messages call `shown`; a library has more than a statement.

    Raises InputError, with the line, for a module whose imports or exports cannot be bundled.
    """
    texts = sources(folder)
    files: dict[str, str] = {}
    paths: dict[str, str] = {}

    def add(name: str, suffix: str, text: str) -> None:
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()[:10]
        paths[name] = f"{FOLDER}/{name}.{digest}{suffix}"
        files[paths[name]] = text

    for name, entry in (_JOINED | (_OF_LIBRARIES if is_library else {})).items():
        fetched = {_JOINED[other]: posixpath.basename(path) for other, path in paths.items()}
        add(name, ".js", _small("text/javascript", _joined(entry, texts, fetched, shown), f"{shown}/{entry}"))
    for name, file in _PLAIN.items():
        add(name, ".js", _small("text/javascript", texts[file], f"{shown}/{file}"))
    for name, sheets in (_STYLES | (_LIBRARY_STYLES if is_library else {})).items():
        add(name, ".css", _small("text/css", "".join(texts[sheet] for sheet in sheets), f"{shown}/{sheets[-1]}"))
    for file in _OTHERS:
        add(posixpath.splitext(file)[0], posixpath.splitext(file)[1], texts[file])
    return Assets(files, paths)


def worker(folder: Path, shown: str) -> str:
    """Return the worker of a folder, which `shown` names in messages, made small; nothing is joined to it.

    Raises InputError where it cannot be read.
    """
    return _small("text/javascript", (folder / _WORKER).read_text("utf-8"), f"{shown}/{_WORKER}")


def carried(found: Mapping[str, str], shown: str, is_structured: bool = False) -> Carried:
    """Return what the one file has in it, made of the texts of a folder, which `shown` names in messages.

    A text `is_structured` that has more than numbered clauses of one paragraph each. The modules
    are those of the site, but for what they fetch: that is in the file. Raises InputError as `assets` does.
    """
    texts = {**found, **{path: found[other] for path, other in _CARRIED.items()}}
    styles = (*_ONE_STYLES, _STRUCTURE) if is_structured else _ONE_STYLES
    book_styles = (_BOOK_STYLE, _BOOK_STRUCTURE) if is_structured else (_BOOK_STYLE,)
    return Carried(
        early=_small("text/javascript", texts["early.js"], f"{shown}/early.js").strip(),
        script=_small("text/javascript", _joined(_ONE, texts, None, shown), f"{shown}/{_ONE}").strip(),
        style=_small("text/css", "".join(texts[name] for name in styles), f"{shown}/{styles[-1]}").strip(),
        book="".join(texts[name] for name in book_styles),
    )


def sources(folder: Path) -> dict[str, str]:
    """Return the scripts and stylesheets of a folder as they were written, by their paths in it."""
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.rglob("*.*"))}


def _joined(entry: str, texts: Mapping[str, str], fetched: Mapping[str, str] | None, shown: str) -> str:
    """Return a module and all that it imports as one; without names for modules fetched later, with these, too.

    Each module becomes a function that runs once and returns its exports, so names in different modules cannot clash.
    """
    order: dict[str, None] = {}
    _add_needed(entry, texts, order, is_whole=fetched is None)
    pieces = [_piece(path, texts, fetched, f"{shown}/{path}") for path in order]
    exported = ",".join(f"{key}: {name}" for name, key in _keys(texts[entry]).items())
    return "".join([*pieces, f"export const {{{exported}}}={_variable(entry)};\n" if exported else ""])


def _add_needed(path: str, texts: Mapping[str, str], order: dict[str, None], is_whole: bool) -> None:
    """Add the modules that one imports, directly or through others, before itself; those that are there stay."""
    later = _DYNAMIC.finditer(texts[path]) if is_whole else ()
    for match in (*_IMPORT.finditer(texts[path]), *_REEXPORT.finditer(texts[path]), *later):
        other = _resolved(path, match["path"])
        if other not in order:
            _add_needed(other, texts, order, is_whole)
    order[path] = None


def _piece(path: str, texts: Mapping[str, str], fetched: Mapping[str, str] | None, file: str) -> str:
    """Return a module as a constant that holds what it exports, under short keys: no minifier shortens properties."""
    text = texts[path]
    exported = ",".join(f"{key}: {name}" for name, key in _keys(text).items())

    def taken(match: re.Match[str]) -> str:
        other = _resolved(path, match["path"])
        keys = _keys(texts[other])
        # `name` or `name as another`
        parts = [part.split(" as ") for part in map(str.strip, match["names"].split(",")) if part]
        names = ", ".join(f"{keys.get(part[0], part[0])}: {part[-1]}" for part in parts)
        return f"const {{{names}}} = {_variable(other)};\n"

    def asked(match: re.Match[str]) -> str:
        other = _resolved(path, match["path"])
        if fetched is not None:
            return f'import("./{fetched[other]}" + again)'
        given = ", ".join(f"{name}: {_variable(other)}.{key}" for name, key in _keys(texts[other]).items())
        return f"Promise.resolve({{{given}}})"

    body = _EXPORT.sub("", _REEXPORT.sub(taken, _IMPORT.sub(taken, text)))
    if other := _OTHER_MODULE.search(body):
        line = text[: text.index(other.group())].count("\n") + 1
        message = 'imports or exports in another way than `import { … } from "./…"` and `export function …`; change it'
        raise InputError([Problem(file, line, 1, message)])
    return f"const {_variable(path)} = (() => {{\n{_DYNAMIC.sub(asked, body)}\nreturn {{{exported}}};\n}})();\n"


def _exports(text: str) -> Iterator[str]:
    """Yield the names that a module exports."""
    yield from (match["name"] for match in _EXPORT.finditer(text))
    for match in _REEXPORT.finditer(text):
        yield from (name.strip() for name in match["names"].split(",") if name.strip())


def _keys(text: str) -> dict[str, str]:
    """Return the key of each name that a module exports, as short as can be."""
    return {name: f"{ascii_lowercase[at % 26]}{at // 26 or ''}" for at, name in enumerate(_exports(text))}


def _resolved(path: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address))


def _variable(path: str) -> str:
    """Return the variable name of a bundled module; no other name begins with `$`."""
    return "$" + re.sub(r"\W", "_", path.removesuffix(".js"))


def _small(kind: str, text: str, file: str) -> str:
    """Return a script or a stylesheet minified; raise InputError, naming the file, where it cannot be read as such."""
    try:
        return f"{minify.string(kind, text)}\n"
    except minify.MinifyError as error:
        said = " ".join(str(error).split())
        raise InputError([Problem(file, 1, 1, f"cannot be read with what it imports: {said}; correct it")]) from None
