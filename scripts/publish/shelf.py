"""Shelf: what the pages of a statement know of the library it is in: its name, and the other statements there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from statement.model import Edition, EditionSettings


@dataclass(frozen=True)
class Neighbour:
    """Another statement of the library, in one edition: its title and its home, from the root of the library."""

    title: str
    address: str
    language: str


class InScript(Protocol):
    """What is in an edition: that, or what others know of it."""

    @property
    def id(self) -> str:
        """The edition's id."""

    @property
    def script(self) -> str:
        """The edition's script."""


Each = TypeVar("Each", bound=InScript)


@dataclass(frozen=True)
class Title:
    """What other statements know of one: in an edition, what it is called."""

    settings: EditionSettings
    title: str

    @property
    def id(self) -> str:
        """The edition's id."""
        return self.settings.id

    @property
    def script(self) -> str:
        """The edition's script."""
        return self.settings.script


@dataclass(frozen=True)
class Shelf:
    """The library of a statement: what it is called and where its home is, from its root, by the statement's editions.

    `texts` are the titles of all its statements by their names, each in its editions.
    """

    titles: Mapping[str, str]
    homes: Mapping[str, str]
    texts: Mapping[str, Sequence[Title]]

    def text(self, name: str, edition: Edition) -> Neighbour | None:
        """Return the statement of a name in the edition nearest to another's, or None if the library has none such."""
        if name not in self.texts:
            return None
        found = nearest(self.texts[name], edition.settings)
        return Neighbour(found.title, f"{name}/{found.id}/", found.settings.language)


def nearest(editions: Sequence[Each], wanted: EditionSettings) -> Each:
    """Return that of a statement's editions which readers of another would take: the same, or one in its script."""
    same = [each for each in editions if each.id == wanted.id]
    return [*same, *(each for each in editions if each.script == wanted.script), *editions][0]
