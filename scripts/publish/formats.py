"""Formats: the statement to take away as one page, as a book, on paper and for word processors, made of what pages are.

All of it together takes a third as long as all pages, so that it is kept between builds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from statement import kept
from statement.model import Font

from . import assets, epub, faces, onefile, paper, progress, render
from .pages import MOST_BESIDE
from .render import Shown, Site

WORD = "data/statement.{edition}.docx"
"""Where the document of an edition is on the site."""

HTML, EPUB, DOCX, PDF = NAMES = ("html", "epub", "docx", "pdf")
"""The formats that a build can leave out, by the ends of their files' names; all are fast, and made by default."""

ALL, NONE = "all", "none"
"""What stands for all of them, and for none."""

_LIBRARIES = ("jinja2", "opencc-python-reimplemented", "python-docx", "tdewolff-minify", "typst")
# Eight for each statement of a library, of which none may go while others are made; some of them are big.
_MOST = 500


@dataclass(frozen=True)
class Formats:
    """The files of the formats, by path under the site's root, the paths of those left out, and what to say of that."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


def chosen(text: str) -> frozenset[str]:
    """Return the formats that a text such as `epub,pdf` names; raise ValueError, which names all, for any other."""
    given = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in given if name not in (*NAMES, ALL, NONE)]
    if unknown or not given or (NONE in given and len(given) > 1):
        listed = f"{', '.join(NAMES)}, {ALL} or {NONE}; text, tables, JSON and XML are always made"
        raise ValueError(f"{', '.join(unknown) or repr(text)} cannot be chosen; name some of {listed}")
    return frozenset(NAMES) if ALL in given else frozenset(given) - {NONE}


def make(site: Site, folder: Path, shown: str, wanted: frozenset[str], font: Font | None) -> Formats:
    """Return the formats that are wanted.

    `folder` has the scripts and stylesheets, and `shown` names it in messages; `font` is that of the PDFs which the
    statement's folder carries. Raises InputError as `assets.carried`.
    """
    texts = assets.sources(folder)
    key = "\0".join((kept.project(*_LIBRARIES), *_what_is_printed(site), json.dumps(texts)))
    papers = tuple(_papers(site))
    choice = faces.choose(font, _drawn(papers)) if PDF in wanted else faces.Choice(None)
    makers = dict(_makers(site, texts, shown))
    made = {path: _kept(f"{key} {path}", path, act) for path, act in makers.items() if _format(path) in wanted}
    if choice.faces:
        of_faces, layout = choice.faces, texts[paper.LAYOUT]
        for each in papers:
            act = partial(paper.document, each.said, layout, of_faces, each.shown.edition.settings)
            made[each.path] = _kept(f"{key} {of_faces.family} {of_faces.print} {each.path}", each.path, act)
    absent = {*makers, *(each.path for each in papers)} - set(made)
    return Formats(made, frozenset(absent), choice.notes)


def drawn(site: Site) -> faces.Drawn:
    """Return the characters that the PDFs of a site draw."""
    return _drawn(tuple(_papers(site)))


def _format(path: str) -> str:
    return path.rpartition(".")[2]


def _makers(site: Site, texts: Mapping[str, str], shown: str) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield each file's path with what makes it, but for those on paper."""
    carried = cache(partial(assets.carried, texts, shown, site.is_structured or len(site.every) > MOST_BESIDE))
    yield onefile.PATH, lambda: onefile.page(site, carried()).encode("utf-8")
    yield epub.PATH, lambda: epub.book(site, carried().book)
    for each in site.every:
        yield WORD.format(edition=each.edition.id), partial(_word, site, each)


def _word(site: Site, each: Shown) -> bytes:
    # The library takes a while to load.
    from . import word

    return word.document(each.view, render.book(site, each))


@dataclass(frozen=True)
class _Paper:
    """A PDF that is to be made: where it is on the site, of which edition, and what it says."""

    path: str
    shown: Shown
    said: paper.Said


def _papers(site: Site) -> Iterator[_Paper]:
    for each in site.every:
        book = render.book(site, each)
        for size in paper.SIZES:
            said = paper.said(each.view, book, size, site.place.address)
            yield _Paper(paper.path(each.edition, size), each, said)


def _drawn(papers: Sequence[_Paper]) -> faces.Drawn:
    found: dict[tuple[str, int], frozenset[str]] = {}
    for each in papers:
        for of, characters in paper.drawn(each.said, faces.region(each.shown.edition.settings)).items():
            found[of] = found.get(of, frozenset()) | characters
    return found


def _what_is_printed(site: Site) -> Iterator[str]:
    """Yield all that the files say and depend on, but for the code: what each edition has, and the templates."""
    yield repr((site.place, site.settings, site.redirects))
    for each in site.every:
        yield repr((each.edition, each.citations))
        yield render.printer(each)


def _kept(key: str, path: str, make: Callable[[], bytes]) -> bytes:
    found = kept.find("formats", key)
    if found is not None:
        return found
    with progress.step(f"making {path}"):
        return kept.keep("formats", key, make(), _MOST)
