"""Formats: the statement to take away as one page, as a book and for word processors, made of what pages are made of.

All of it together takes a quarter as long as all pages, so that it is kept between builds.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path

from statement import kept

from . import assets, epub, onefile, render
from .render import Shown, Site

WORD = "data/statement.{edition}.docx"
"""Where the document of an edition is on the site."""

_LIBRARIES = ("jinja2", "opencc-python-reimplemented", "python-docx", "tdewolff-minify")
# Some of them are big.
_MOST = 60


def files(site: Site, folder: Path, shown: str) -> dict[str, bytes]:
    """Return the files by their paths under the site's root.

    `folder` has the scripts and stylesheets, and `shown` names it in messages. Raises InputError as `assets.carried`.
    """
    texts = assets.sources(folder)
    key = "\0".join((kept.project(*_LIBRARIES), *_what_is_printed(site), json.dumps(texts)))
    return {path: _kept(f"{key} {path}", make) for path, make in _makers(site, texts, shown)}


def _makers(site: Site, texts: Mapping[str, str], shown: str) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield each file's path with what makes it."""
    carried = cache(partial(assets.carried, texts, shown, site.editions[0].statement.is_structured))
    yield onefile.PATH, lambda: onefile.page(site, carried()).encode("utf-8")
    yield epub.PATH, lambda: epub.book(site, carried().book)
    for each in site.shown:
        yield WORD.format(edition=each.edition.id), partial(_word, site, each)


def _word(site: Site, each: Shown) -> bytes:
    # The library takes a while to load.
    from . import word

    return word.document(each.view, render.book(site, each))


def _what_is_printed(site: Site) -> Iterator[str]:
    """Yield all that the files say and depend on, but for the code: what each edition has, and the templates."""
    yield repr((site.place, site.settings, site.redirects))
    for each in site.shown:
        yield repr((each.edition, each.citations))
        yield render.printer(each)


def _kept(key: str, make: Callable[[], bytes]) -> bytes:
    found = kept.find("formats", key)
    return kept.keep("formats", key, make(), _MOST) if found is None else found
