"""EPUB: the statement as a book (EPUB 3.3), every edition in one.

One book rather than one for each script: it is passed on as one file, its contents lead to either script, and each
document says its language itself, by which reading programs choose faces and voices.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from markupsafe import Markup

from . import render
from .archive import archive
from .render import Shown, Site

PATH = "data/statement.epub"
"""Where it is on the site."""

_FOLDER = "EPUB"
_MIMETYPE = "mimetype"
_CONTAINER = f"""\
<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="{_FOLDER}/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def book(site: Site, style: str) -> bytes:
    """Return the book; the file that says what it is comes first and as it is (EPUB 3.3, 4.2.2)."""
    source = site.shown[0]
    documents = dict(_documents(site))
    contents = [Markup(_printed(site, each, "contents.xhtml")) for each in site.every]
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, source.edition.particulars.source_address).urn
    inside = {
        "package.opf": _printed(
            site, source, "package.opf", identifier=identifier, documents=tuple(documents), notes=_notes(site)
        ),
        "nav.xhtml": _printed(site, source, "nav.xhtml", contents=contents),
        "style.css": style,
        **{f"{name}.xhtml": text for name, text in documents.items()},
    }
    files = {
        _MIMETYPE: "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        **{f"{_FOLDER}/{name}": text for name, text in inside.items()},
    }
    when = source.edition.particulars.published
    return archive({name: text.encode("utf-8") for name, text in files.items()}, when, stored=_MIMETYPE)


def _documents(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the documents of the book in the order in which they are read, by their names without an ending."""
    for each in site.every:
        yield each.edition.id, _printed(site, each, "text.xhtml")
        if each.view.entries:
            yield f"{each.edition.id}-terms", _printed(site, each, "terms.xhtml")
        yield f"{each.edition.id}-about", _printed(site, each, "about.xhtml")


def _notes(site: Site) -> dict[str, str]:
    """Return what each edition says of its text, by its language."""
    notes = ((each, render.book(site, each)["notes"]) for each in site.every)
    return {each.edition.settings.language: "".join(said[:2]) for each, said in notes}


def _printed(site: Site, each: Shown, template: str, **more: object) -> str:
    return render.printed(site, each, f"epub-{template}", book=render.book(site, each), **more)
