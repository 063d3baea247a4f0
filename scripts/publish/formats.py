"""Formats: the statement to take away, made of the views that the pages are made of."""

from __future__ import annotations

from . import epub, onefile, render, word
from .assets import Carried
from .render import Site


def files(site: Site, carried: Carried) -> dict[str, str | bytes]:
    """Return the files by their paths under the site's root."""
    documents = {
        word.PATH.format(edition=each.edition.id): word.document(each.view, render.book(site, each))
        for each in site.shown
    }
    return {onefile.PATH: onefile.page(site, carried), epub.PATH: epub.book(site, carried.book), **documents}
