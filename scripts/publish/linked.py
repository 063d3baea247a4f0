"""Linked: what a page says of itself to search engines, in the words of schema.org and as JSON-LD 1.1.

Where the site's address is not known, addresses are relative, as JSON-LD allows (4.1.3): they count from the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from statement.model import Clause, Edition, Part

from .pages import Page

_CONTEXT = "https://schema.org"
_WORK, _PAGE = "CreativeWork", "WebPage"
# They lead on, and say nothing of themselves.
_NONE = frozenset({"moved"})


def described(page: Page, name: str, editions: Sequence[Edition], address: str) -> dict[str, Any] | None:
    """Return what a page says of itself, or None if it has nothing to say.

    `name` is its title, `editions` begin with the source, and `address` is the site's, or empty.
    """
    if page.template in _NONE:
        return None
    root = address or "../" * page.path.count("/") or "./"
    found = {"@context": _CONTEXT, "@type": _WORK, "@id": root + page.path if address else "./", "name": name}
    edition = next((each for each in editions if each.id == page.edition), None)
    return found | (_of_edition(page, edition, editions[0], root) if edition else _of_all(page, editions, root))


def _of_edition(page: Page, edition: Edition, source: Edition, root: str) -> dict[str, Any]:
    """Return what a page of an edition says: the whole and its parts are the statement, all others are about it."""
    other = {"translationOfWork": {"@id": f"{root}{source.id}/{page.local}"}} if edition.is_converted else {}
    found = {"inLanguage": edition.settings.language, **other}
    match page.template:
        case "index" | "full":
            parts = [_part(part, index, f"{root}{edition.id}/") for index, part in enumerate(edition.parts, 1)]
            return found | {"name": edition.particulars.title, **_origin(edition), "hasPart": parts}
        case "theme":
            index, part = next((at, each) for at, each in enumerate(edition.parts, 1) if each.slug == page.key)
            # Without the site's address the page itself is what they count from.
            own = root + page.path if root.startswith("http") else ""
            clauses = [_clause(each, own) for each in part.clauses]
            return (
                found
                | {"isPartOf": _whole(edition, root)}
                | {"position": index, **_origin(edition), "hasPart": clauses}
            )
    return found | {"@type": _PAGE, "about": _whole(edition, root)}


def _of_all(page: Page, editions: Sequence[Edition], root: str) -> dict[str, Any]:
    """Return what a page in every script says: a clause is a part of each edition that has it."""
    if page.template == "pair":
        having = [(each, clause) for each in editions if (clause := _named(each, page.key))]
        first, clause = having[0]
        said = {"position": clause.number, "isPartOf": [_whole(each, root) for each, _ in having]}
        return {"inLanguage": [each.settings.language for each, _ in having], **said, **_origin(first)}
    found = {"inLanguage": [each.settings.language for each in editions], **_origin(editions[0])}
    return found | {"workExample": [_whole(each, root) for each in editions]}


def _named(edition: Edition, address: str) -> Clause | None:
    return next((clause for clause in edition.statement.clauses if clause.address == address), None)


def _whole(edition: Edition, root: str) -> dict[str, Any]:
    """Return an edition as other pages name it."""
    return {"@type": _WORK, "@id": f"{root}{edition.id}/", "name": edition.particulars.title}


def _origin(edition: Edition) -> dict[str, Any]:
    """Return when the statement was published, and the text from which this one was taken."""
    said = edition.particulars
    return {"datePublished": said.published.date().isoformat(), "isBasedOn": said.source_address}


def _part(part: Part, position: int, home: str) -> dict[str, Any]:
    return {"@type": _WORK, "@id": f"{home}{part.slug}/", "name": part.full_title, "position": position}


def _clause(clause: Clause, page: str) -> dict[str, Any]:
    return {"@type": _WORK, "@id": f"{page}#{clause.id}", "name": clause.label, "position": clause.number}
