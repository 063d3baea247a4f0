"""Which statements the tests of this folder are about: that, or those of the library, which SOURCE names, or all here.

They ask for nothing that only one statement has, so that `make test SOURCE=DIR` proves the site of any.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from lxml import etree

import support
from publish import library
from publish import project as publishing
from statement import given
from statement.library import is_library
from statement.model import Edition

NAMED = os.environ.get("SOURCE", "")
"""The folder that somebody asks for; empty for the examples."""


@dataclass(frozen=True)
class Text:
    """A statement by its folder."""

    folder: Path

    @property
    def name(self) -> str:
        """The folder as people name it, from the root of the project."""
        return publishing.shown(self.folder)

    @cached_property
    def scripts(self) -> tuple[Edition, ...]:
        """Its editions that have the characters of the source."""
        return publishing.editions(publishing.read(self.folder))

    @cached_property
    def editions(self) -> tuple[Edition, ...]:
        """All of its editions, those with texts of their own last."""
        return (*self.scripts, *given.editions(publishing.read(self.folder), self.scripts))

    @property
    def golden(self) -> Path:
        """The folder of what a person has read of it."""
        return support.GOLDEN if self.folder == support.SOURCE else self.folder / "golden"

    def build(self, project: Path) -> Path:
        """Build its site in a copy of the project, which is made, and return it."""
        support.copy_project(project)
        inside = f"texts/{self.folder.name}"
        shutil.copytree(self.folder, project / inside)
        done = support.run(project, "site", "--source", inside, **support.WHOLE)
        assert done.returncode == 0, done.stdout + done.stderr
        return project / "build" / self.folder.name / "site"


def texts() -> list[Text]:
    """Return the statements to prove; a folder that is none ends the run, because nothing would be proved.

    Unless somebody asks for it, the project's own is not among them: all other tests are about that.
    """
    folder = (support.ROOT / (NAMED or support.LIBRARY)).resolve()
    if is_library(folder):
        found = [Text(place.folder.resolve()) for place in library.read(folder).places]
        return [text for text in found if NAMED or text.folder != support.SOURCE]
    assert (folder / "statement.toml").is_file(), f"SOURCE={NAMED}: no statement there"
    return [Text(folder)]


TEXTS = texts()
READ = [
    (text, edition)
    for text in TEXTS
    for edition in text.editions
    if (text.golden / f"statement.{edition.id}.txt").is_file()
]
"""The statements, each with an edition that a person has read."""


@dataclass(frozen=True)
class Page:
    """A finished page: its ids, in the order of the page, and where it leads and what it loads."""

    path: str
    ids: tuple[str, ...]
    links: tuple[str, ...]
    root: etree._Element


@cache
def pages(site: Path) -> dict[str, Page]:
    """Return every page of a site by its path."""
    return {path.relative_to(site).as_posix(): _page(site, path) for path in sorted(site.rglob("*.html"))}


def _page(site: Path, path: Path) -> Page:
    root = etree.HTML(path.read_bytes(), etree.HTMLParser(encoding="utf-8", huge_tree=True))
    return Page(
        path=path.relative_to(site).as_posix(),
        ids=tuple(map(str, root.xpath("//@id"))),
        links=tuple(map(str, root.xpath("//@href | //@src"))),
        root=root,
    )


def clauses(page: Page) -> list[tuple[str, str]]:
    """Return the clauses on a page of the text: of each its id and its sentences, put together again."""
    found = page.root.xpath("//article//*[contains(concat(' ', @class, ' '), ' clause ') and @id]")
    return [(str(each.get("id")), "".join(each.xpath(".//span[@id]//text()"))) for each in found]
