"""Pages: the one list of everything the site has an address for, made before anything is rendered.

Rendering, the menu, the sitemap, redirects, reserved names and tests all follow from it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from statement.errors import Key, Problem, Source, problem_at_key
from statement.model import Redirect

FIXED = {
    "": "index",
    "full/": "full",
    "search/": "search",
    "terms/": "terms",
    "wording/": "wording",
    "cite/": "cite",
    "download/": "download",
    "about/": "about",
    "conversion/": "conversion",
}
"""The pages every edition has, as addresses from its home, with the names of their templates.

Those of terms and of operative words are there only where people named any, that of the conversion where there is one.
"""

_GIVEN = ("full/", "search/", "cite/", "download/", "about/")
"""Those that an edition with a text of its own has, beside its home and its parts: what can be said of such a text."""

KEPT = ("terms/", "wording/", "conversion/", "compare/", "data/", "assets/", "embed/", "404/", "sitemap/")
"""Addresses no page of an edition may take: the site's own folders, or kept for what may come."""

MOST_COMPARED = 100
"""So many clauses at most are on one page in all scripts; a statement that has more gets several such pages."""

MOST_BESIDE = 3
"""So many editions at most stand beside each other without the rules that only more of them need."""

_FOLDERS = ("pair", "compare", "cite", "conversion", "download")
_NOUNS = {"theme": "theme", "term": "term", "written": "written page"}
# An id in Markdown's attribute lists, or in HTML. Text cannot look like either: its braces and quotes are escaped.
_ID = re.compile(r"""\{:?[^}\n]*#(?P<list>[\w.:-]+)[^}\n]*\}|\sid="(?P<html>[^"]+)\"""")
# The last line of a page that is HTML throughout before its contents, and what becomes of that.
_IS_HTML, _HTML = "is_html: true\n---\n", "html: |2\n"
_YAML_BREAKS = re.compile("[\x85\u2028\u2029]")
# Ids of the skeleton, which every page has.
_SKELETON_IDS = ("main",)


@dataclass(frozen=True)
class Owner:
    """Whoever gave a page or an id its name: a key of an input file."""

    source: Source
    keys: tuple[Key, ...]

    def problem(self, message: str) -> Problem:
        """Return a problem at the key."""
        return problem_at_key(self.source, self.keys, message)


@dataclass(frozen=True)
class Page:
    """A page: its address from the site's root, the template it is made with, and what it is about.

    `edition` is empty for pages in every script. `key` is what the template shows: a theme's slug, a term's id, a
    clause's number, the index of the first clause to compare, the name of a written page, or the page that has moved.
    """

    path: str
    template: str
    edition: str = ""
    key: str = ""
    owner: Owner | None = field(default=None, compare=False)

    @property
    def file(self) -> str:
        """The page's Markdown file under docs/pages.

        What has addresses in HTML is the index of a folder: renderers differ in whether they take such addresses to be
        those of a browser or those of the file, and there they are the same.
        """
        is_home = not self.path or self.path == f"{self.edition}/"
        is_folder = is_home or self.template in _FOLDERS or self.path.endswith("/terms/")
        return f"{self.path}index.md" if is_folder else f"{self.path.removesuffix('/')}.md"

    @property
    def local(self) -> str:
        """The address from the edition's home, the same in every edition."""
        return self.path.removeprefix(f"{self.edition}/") if self.edition else self.path


@dataclass(frozen=True)
class Names:
    """The names that people gave: ids of editions, slugs of themes, ids of terms and operative words, written pages.

    `given` are the ids of editions that have a text of their own.
    Each comes with its owner, so that a clash can be reported where it can be mended.
    """

    editions: Sequence[str]
    given: Sequence[str] = ()
    themes: Sequence[tuple[str, Owner | None]] = ()
    terms: Sequence[tuple[str, Owner | None]] = ()
    operatives: Sequence[tuple[str, Owner | None]] = ()
    written: Sequence[tuple[str, Owner | None]] = ()
    clauses: Sequence[str] = ()
    redirects: Sequence[Redirect] = ()


def pages(names: Names) -> tuple[Page, ...]:
    """Return every page of the site: those of each edition in the order of its menu, then those in every script."""
    return (
        *(page for edition in names.editions for page in _edition_pages(edition, names)),
        *(page for edition in names.given for page in _given_pages(edition, names)),
        Page("", "choice"),
        *(Page(path, "compare", key=str(first)) for path, first in _compare_pages(names) if is_compared(names)),
        *(Page(f"{address}/", "pair", key=address) for address in names.clauses),
        *_moved_pages(names),
    )


def handed_over(text: str) -> str:
    """Return a page as a renderer gets it: with its contents in its front matter if they are HTML throughout.

    The skeleton takes them from there. Read as Markdown they would be taken apart tag by tag to come out as they are,
    and each renderer has its own idea of the addresses in them.
    """
    head, is_html, html = text.partition(_IS_HTML)
    if not is_html:
        return text
    # YAML ends lines where HTML does not.
    lines = _YAML_BREAKS.sub(lambda found: f"&#{ord(found[0])};", html.strip("\n")).split("\n")
    inside = "".join(f"  {line}\n" for line in lines)
    return f"{head}{_HTML}{inside}---\n"


def front_matter(text: str) -> dict[str, Any]:
    """Return what stands between the first two rules of a page, but for its contents where they are there."""
    head, _ = _parts(text)
    found: dict[str, Any] = yaml.load(head, yaml.CSafeLoader)
    return found


def contents(text: str) -> str:
    """Return what a page says, as Markdown, or as HTML if it is that throughout."""
    _, body = _parts(text)
    return body


def _parts(text: str) -> tuple[str, str]:
    """Return the front matter of a page and its contents, wherever they are."""
    head, body = text.removeprefix("---\n").split("---\n", 1)
    front, is_html, html = text.removeprefix("---\n").partition(_HTML)
    if is_html and head.startswith(front):
        return front, html.removesuffix("---\n").removeprefix("  ").replace("\n  ", "\n")
    return head, body


def compare_path(index: int) -> str:
    """Return the address of the page that has a clause in every script; `index` counts clauses from 0."""
    page = index // MOST_COMPARED
    return f"compare/{page + 1}/" if page else "compare/"


def clashes(listed: Iterable[Page]) -> Iterator[Problem]:
    """Yield a problem for each page whose address another page has, or the site keeps for itself."""
    taken: dict[str, Page] = {}
    present = (page for page in listed if page.template != "moved")
    for page in sorted(present, key=lambda page: page.owner is not None):
        other = taken.setdefault(page.file.removesuffix("/index.md").removesuffix(".md"), page)
        if page.owner and (page.local in KEPT or (other is not page and not other.owner)):
            yield page.owner.problem(f"{page.key} is an address of the site's own; choose another")
        elif page.owner and other is not page:
            yield page.owner.problem(f"{page.key} is taken by another {_NOUNS[other.template]}; choose another")


def id_clashes(files: Mapping[str, str], names: Names) -> Iterator[Problem]:
    """Yield a problem for each id that a page, given as Markdown by its file, has twice.

    The problem is reported where the name comes from: a theme's slug, an operative word's id, else the page itself.
    """
    owners = {name: owner for name, owner in (*names.operatives, *names.themes) if owner}
    found: dict[str, Problem] = {}
    for file, text in sorted(files.items()):
        found_ids = (match["list"] or match["html"] for match in _ID.finditer(contents(text)))
        counts = Counter([*_SKELETON_IDS, *found_ids])
        for name in (name for name, count in counts.items() if count > 1):
            message = f"{name} is an id of something else on {file}; choose another"
            owner = owners.get(name)
            found.setdefault(name, owner.problem(message) if owner else Problem(file, 1, 1, message))
    yield from found.values()


def _edition_pages(edition: str, names: Names) -> Iterator[Page]:
    home, *rest = FIXED.items()
    yield Page(f"{edition}/{home[0]}", home[1], edition)
    for slug, owner in names.themes:
        yield Page(f"{edition}/{slug}/", "theme", edition, slug, owner)
    empty = {
        "terms": not names.terms,
        "wording": not names.operatives,
        "conversion": len(names.editions) < 2,
    }
    for path, template in rest:
        if empty.get(template):
            continue
        yield Page(f"{edition}/{path}", template, edition)
    for term, owner in names.terms:
        yield Page(f"{edition}/terms/{term}/", "term", edition, term, owner)
    for name, owner in names.written:
        yield Page(f"{edition}/{name}/", "written", edition, name, owner)


def _given_pages(edition: str, names: Names) -> Iterator[Page]:
    """Yield the pages of an edition with a text of its own: of terms, operative words and conversion it has none."""
    yield Page(f"{edition}/", "index", edition)
    for slug, owner in names.themes:
        yield Page(f"{edition}/{slug}/", "theme", edition, slug, owner)
    for path in _GIVEN:
        yield Page(f"{edition}/{path}", FIXED[path], edition)


def is_compared(names: Names) -> bool:
    """Return whether there is more than one edition, so that there is anything to compare."""
    return len(names.editions) + len(names.given) > 1


def _compare_pages(names: Names) -> Iterator[tuple[str, int]]:
    """Yield the addresses of the pages that have the clauses in every script, with the index of the first of each."""
    for first in range(0, max(len(names.clauses), 1), MOST_COMPARED):
        yield compare_path(first), first


def _moved_pages(names: Names) -> Iterator[Page]:
    for redirect in names.redirects:
        edition = redirect.old.split("/")[1]
        known = edition if edition in (*names.editions, *names.given) else ""
        yield Page(redirect.old.removeprefix("/"), "moved", known, redirect.new)
