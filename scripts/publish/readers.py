"""Readers: parse the values of settings. Each reader returns the parsed value and reports what is wrong."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from statement.errors import Key, Problem, Source

from . import palette
from .configuration import Keys, one_line, problem
from .palette import Palette
from .place import folder
from .refusals import FOLDER, Refusal

_TEXT = "put it in quotation marks"
_MAIN_KINDS = {str: "a text", bool: "true or false", dict: "a mapping", list: "a list", type(None): "empty"}


@dataclass(frozen=True)
class Script:
    """A script from `extra_javascript`: its path beside the custom pages, and how it is loaded."""

    path: str
    type: str = ""
    defer: bool = False
    is_async: bool = False


@dataclass(frozen=True)
class Social:
    """A footer link with one of Material's icons; `name` is its label."""

    icon: str
    link: str
    name: str


@dataclass(frozen=True)
class Icons:
    """The names of the Material icons shown before the title and before the repository link."""

    logo: str = ""
    repo: str = ""


@dataclass(frozen=True)
class Entry:
    """A menu entry: a page by its file under docs/pages, an external link, or a section with entries."""

    title: str = ""
    file: str = ""
    address: str = ""
    entries: tuple[Entry, ...] = ()


@dataclass
class Check:
    """Collects the problems in a settings file; `root` is the file's root YAML node."""

    source: Source
    root: Any
    problems: list[Problem] = field(default_factory=list)

    def add(self, keys: Sequence[Key], message: str) -> None:
        """Add a problem at a key."""
        self.problems.append(problem(self.source, self.root, keys, message))

    def refuse(self, keys: Sequence[Key], row: Refusal) -> None:
        """Report that a setting is refused."""
        self.add(keys, f"{row.reason}; {row.instead}")


Reader = Callable[[Check, Keys, Any], Any]


def read_text(check: Check, keys: Keys, given: object) -> str:
    """Return a text; a missing value is an empty text."""
    if given is None:
        return ""
    if not isinstance(given, str):
        remedy = "write one text" if isinstance(given, (list, dict)) else _TEXT
        check.add(keys, f"has to be a text and is {kind(given)}; {remedy}")
        return ""
    return given


def _flag(check: Check, keys: Keys, given: object) -> bool:
    if not isinstance(given, bool):
        check.add(keys, f"has to be true or false and is {kind(given)}; correct it")
    return given is True


def read_address(check: Check, keys: Keys, given: object) -> str:
    """Return a full URL, normalised to end in a slash."""
    text = read_text(check, keys, given)
    if text and (not is_address(text) or set(text) & set("?#")):
        check.add(keys, f"{text!r} is no address; give one such as https://example.org/statement/")
        return ""
    return text and text.rstrip("/") + "/"


def read_site(check: Check, keys: Keys, given: object) -> str:
    """Return the address of the site, which ends in a slash."""
    text = read_address(check, keys, given)
    if text and not is_site(text):
        message = f"the folder of {text!r} has characters that servers read otherwise; use letters, digits and -._~"
        check.add(keys, message)
        return ""
    return text


def is_site(text: str) -> bool:
    """Whether a text is an address that a site may have: one of a whole host, or of a folder with a plain name."""
    return is_address(text) and not set(text) & set("?#") and folder(urlsplit(text).path) is not None


def is_address(text: str) -> bool:
    """Return whether a text is a web address with a plausible host."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        is_host = bool(re.fullmatch(r"[\w-]+(\.[\w-]+)*\.?", host)) or (":" in host and "[" in parts.netloc)
        return parts.scheme in ("http", "https") and is_host and parts.port != 0 and not re.search(r'[\s<>"\\]', text)
    except ValueError:
        return False


def read_edit_uri(check: Check, keys: Keys, given: object) -> str | None:
    """Return the path from the repository to docs/, ending in a slash; None if unset, to use the host's default."""
    text = read_text(check, keys, given)
    if _scheme(text) or text.startswith("/") or ".." in text.split("/") or re.search(r'[\s<>"\\]', text):
        check.add(keys, f"{text!r} does not start at repo_url; give the way from there, such as edit/main/docs/")
    return None if given is None else text and text.rstrip("/") + "/"


def read_file(check: Check, keys: Keys, given: object) -> str:
    """Return the path of one of the site's own files."""
    text = read_text(check, keys, given)
    remedy = f"put the file in {FOLDER} and give its path from there"
    if _scheme(text) or text.startswith("//"):
        check.add(keys, f"{text!r} is elsewhere, and nothing is loaded from there; {remedy}")
    elif text.startswith("/") or "\\" in text or ".." in text.split("/") or "\0" in text:
        check.add(keys, f"{text!r} is no path below {FOLDER}; {remedy}")
    return text


def _scheme(text: str) -> str:
    return text.partition(":")[0] if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text) else ""


def read_icon(check: Check, keys: Keys, given: object) -> str:
    """Return the name of one of Material's icons."""
    text = read_text(check, keys, given)
    if text and text not in _icons():
        near = difflib.get_close_matches(text, _icons(), 1)
        check.add(keys, f"Material has no icon {text!r}; use {near[0] if near else 'one such as material/email'}")
    return text


def list_of(reader: Reader) -> Reader:
    """Return a reader of lists whose items are read by the given reader."""

    def read_list(check: Check, keys: Keys, given: object) -> tuple[Any, ...]:
        if given is None:
            return ()
        if not isinstance(given, list):
            check.add(keys, f"has to be a list and is {kind(given)}; write each on a line of its own after `- `")
            return ()
        for index, each in enumerate(given):
            if each in (None, ""):
                check.add((*keys, index), "is empty; remove it")
        return tuple(reader(check, (*keys, index), each) for index, each in enumerate(given) if each not in (None, ""))

    return read_list


def _fields(
    check: Check, keys: Keys, given: object, readers: Mapping[str, Reader], needed: Sequence[str]
) -> dict[str, Any]:
    """Return a mapping's parsed values by key; report each key that is unknown or missing."""
    if not isinstance(given, dict):
        if given not in (None, ""):
            check.add(keys, f"has to be a mapping with {' and '.join(needed)} and is {kind(given)}; correct it")
        return {}
    for key in given:
        if key not in readers:
            check.add((*keys, str(key)), f"nothing reads it; use {', '.join(readers)}")
    for key in needed:
        if given.get(key) in (None, ""):
            check.add((*keys, key), "is missing; add it")
    return {key: reader(check, (*keys, key), given[key]) for key, reader in readers.items() if key in given}


def read_script(check: Check, keys: Keys, given: object) -> Script:
    """Return a script, in either form MkDocs accepts: a path, or a mapping with one."""
    if isinstance(given, dict):
        readers = {"path": read_file, "type": read_text, "defer": _flag, "async": _flag}
        made = _fields(check, keys, given, readers, ["path"])
        return Script(made.get("path", ""), made.get("type", ""), made.get("defer", False), made.get("async", False))
    path = read_file(check, keys, given)
    return Script(path, "module" if path.endswith(".mjs") else "")


def read_social(check: Check, keys: Keys, given: object) -> Social:
    """Return a link with an icon, in Material's format."""
    made = _fields(check, keys, given, {"icon": read_icon, "link": _link, "name": read_text}, ["icon", "link"])
    link = made.get("link", "")
    return Social(made.get("icon", ""), link, made.get("name") or _called(link))


def _called(link: str) -> str:
    """Return the label of a link without a name: its host, as in Material, or its e-mail address or phone number."""
    return link.partition("//")[2].split("/")[0] or link.partition(":")[2]


def _link(check: Check, keys: Keys, given: object) -> str:
    text = read_text(check, keys, given)
    if text and not is_address(text) and not re.fullmatch(r"(mailto|tel):[^\s<>\"]+", text):
        check.add(keys, f"{text!r} is no address; give one such as https://example.org/ or mailto:a@example.org")
        return ""
    return text


def read_palette(check: Check, keys: Keys, given: object) -> Palette | None:
    """Return the colours and schemes of a palette, in Material's format."""
    return None if given is None else palette.read(given, lambda below, message: check.add((*keys, *below), message))


def read_entry(check: Check, keys: Keys, given: object) -> Entry:
    """Return a menu entry, in MkDocs' format."""
    if not isinstance(given, dict):
        return _target(check, keys, "", given)
    if len(given) != 1:
        check.add(keys, "has to be one title with a page, an address or a list; give each its own `- `")
        return Entry()
    ((title, target),) = given.items()
    if not isinstance(title, str) or not title:
        check.add((*keys, str(title)), f"the title has to be a text and is {kind(title)}; {_TEXT}")
        return Entry()
    if isinstance(target, list) and target:
        return Entry(title=title, entries=list_of(read_entry)(check, (*keys, title), target))
    return _target(check, (*keys, title), title, target)


def _target(check: Check, keys: Keys, title: str, given: object) -> Entry:
    """Return an entry that links to a page or to another site."""
    if not isinstance(given, str) or not given:
        check.add(keys, f"has to be a page, an address or a list with entries and is {kind(given)}; correct it")
    elif _scheme(given):
        address = _link(check, keys, given)
        if not title:
            check.add(keys, f"{given!r} has no title; write it as `- title: address`")
        return Entry(title=title, address=address)
    elif not given.endswith(".md") or given.startswith("/") or "\\" in given or ".." in given.split("/"):
        check.add(keys, f"{given!r} is no page and no address; name a file such as zh-hans/about.md")
    return Entry(title=title, file=given if isinstance(given, str) else "")


def kind(value: object) -> str:
    """Return a description of a value's type for messages."""
    if isinstance(value, str) and not value:
        return "empty"
    return next((text for each, text in _MAIN_KINDS.items() if isinstance(value, each)), f"{one_line(str(value))!r}")


@cache
def _icons() -> frozenset[str]:
    """Return the names of Material's bundled icons."""
    with resources.as_file(resources.files("material") / "templates" / ".icons") as folder:
        return frozenset(path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.svg"))
