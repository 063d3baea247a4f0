"""Formats: the statement to take away, made of the views that the pages are made of."""

from __future__ import annotations

from . import epub, onefile
from .assets import Carried
from .render import Site


def files(site: Site, carried: Carried) -> dict[str, str | bytes]:
    """Return the files by their paths under the site's root."""
    return {onefile.PATH: onefile.page(site, carried), epub.PATH: epub.book(site, carried.book)}
