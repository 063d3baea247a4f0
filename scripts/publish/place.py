"""Place: where on the web the site will be, as far as the build is told: its address, or only the folder of a host."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

# Letters, digits and what RFC 3986, 2.3 calls unreserved: nothing that a server's configuration reads as its own.
_FOLDER = re.compile(r"/(?:[\w.~-]+/)*")


@dataclass(frozen=True)
class Place:
    """The address of the site, which ends in a slash, and its folder, which begins with one, too; "" is not known."""

    address: str = ""
    base: str = ""

    @property
    def folder(self) -> str:
        """The folder of the host, which is the whole host where nothing else is known."""
        return self.base or "/"

    @property
    def host(self) -> str:
        """The name of the host as requests have it, without its port; empty where it is not known."""
        name = urlsplit(self.address).hostname or ""
        try:
            return f"[{name}]" if ":" in name else name.encode("idna").decode("ascii")
        except UnicodeError:
            return name


UNKNOWN = Place()
"""Anywhere: nobody has said where the site will be."""


def folder(path: str) -> str | None:
    """Return the folder of a host that people name with or without its slashes, or None for what is no such name.

    Percent-encoding is undone, as servers do before they compare.
    """
    name = unquote(path).removeprefix("/").removesuffix("/")
    plain = f"/{name}/" if name else "/"
    return plain if _FOLDER.fullmatch(plain) and not {".", ".."} & set(plain.split("/")) else None


def place(address: str, base: str = "") -> Place:
    """Return the place at an address, or in a folder; raise ValueError if both are given and differ."""
    own = folder(urlsplit(address).path) or "" if address else ""
    if own and base not in ("", own):
        raise ValueError(f"{base} is not the folder of {address}; leave it out, or correct it")
    return Place(address, own or base)
