"""Paper: an edition as PDF, on sheets of A4 or on pages for a phone, tagged as PDF/UA-1 (ISO 14289-1) wants it.

Typst sets it, with the layout in `docs/assets/paper.typ`, and refuses to write what breaks the standard. What is said
goes there as JSON, so that no text is ever read as markup.
"""

from __future__ import annotations

import json
import string
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any, Final

from statement import latin
from statement.errors import InputError, Problem
from statement.model import Edition, EditionSettings
from statement.text import opening
from statement.views import BlockView, ClauseView, EditionView, GroupView, PartView, Piece, SentenceView

from .faces import BOLD, REGULAR, Faces

LAYOUT = "paper.typ"
"""The layout among the stylesheets."""

SIZES: Final = ("a4", "phone")
"""What it is set for: a sheet of paper, or the screen of a phone."""

ABOUT = "about"
"""The place that a footnote's mark leads to where the text has no such note."""

Said = Mapping[str, Any]
"""All that stands in a PDF, as the layout reads it."""

_STANDARD: Final = "ua-1"
# Modules of this folder have names of the standard library's.
_TYPESETTER = (sys.executable, "-P", str(Path(__file__).with_name("typeset.py")))
# So many characters of a clause stand in the bookmarks.
_OPENING = 16


def path(edition: Edition, size: str) -> str:
    """Return where the PDF of an edition is on the site."""
    return f"data/statement.{edition.id}.{'' if size == SIZES[0] else f'{size}.'}pdf"


def document(said: Said, layout: str, faces: Faces, settings: EditionSettings) -> bytes:
    """Return a PDF of what `said` returned of an edition with such settings, the same bytes for the same inputs.

    Raises InputError where Typst refuses, or has no room.
    """
    inputs = {"said": json.dumps({**said, "family": faces.of(settings)}, ensure_ascii=False)}
    with faces.folder() as fonts:
        given = {
            "standard": _STANDARD,
            "layout": layout,
            "inputs": inputs,
            "moment": said["moment"],
            "fonts": str(fonts or ""),
        }
        done = subprocess.run(_TYPESETTER, input=json.dumps(given).encode("utf-8"), capture_output=True, check=False)
    if done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2] or f"it ended with {done.returncode}"
        message = f"Typst cannot set {said['title']} with it: {why}; correct it, or build without PDF: --formats html"
        raise InputError([Problem(f"docs/assets/{LAYOUT}", 1, 1, message)])
    return done.stdout


def said(view: EditionView, book: Mapping[str, Any], size: str, address: str) -> Said:
    """Return what stands in a PDF.

    `book` is what an edition says of itself, `address` the site's, which ends in a slash, or empty.
    """
    edition, particulars = view.edition, view.edition.particulars
    return {
        "size": size,
        "language": edition.settings.language.partition("-")[0],
        "region": edition.locale.partition("_")[2],
        "title": particulars.title,
        "titlePhrases": particulars.title_phrases,
        "short": particulars.short,
        "author": particulars.issuer,
        "about": book["about"],
        "description": "".join(book["notes"]),
        "moment": particulars.published.replace(tzinfo=UTC).isoformat(),
        "below": list(_below(edition, book)),
        "page": book["page"],
        "between": book["between"],
        "separator": book["separator"],
        "parts": [_part(part, edition, book, address) for part in view.parts],
        "terms": {"title": book["terms"], "note": book["termsNote"], "entries": list(_terms(view))},
        "notes": book["notes"],
        "facts": book["facts"],
    }


def drawn(said: Said, sign: str) -> dict[tuple[str, int], frozenset[str]]:
    """Return the characters that are drawn of what `said` returned, more rather than fewer.

    `sign` is that of the edition's region, as faces are asked for; what stands in headings is bold, and so are names.
    """
    clauses = [clause for part in said["parts"] for clause in part["clauses"]]
    headings = [heading["whole"] for clause in clauses for heading in clause["headings"]]
    names = [entry["name"] for entry in said["terms"]["entries"]]
    facts = [name for name, _ in said["facts"]]
    titles = [said["title"], said["about"], said["terms"]["title"], *(part["title"] for part in said["parts"])]
    bold = [*titles, *headings, *names, *facts, *(clause["mark"] for clause in clauses)]
    return {(sign, REGULAR): _drawn([said, string.digits]), (sign, BOLD): _drawn(bold)}


def _drawn(value: Any) -> frozenset[str]:
    return frozenset("".join(_texts(value))) - {"\n", "\r", "\t"}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, Sequence):
        for each in value:
            yield from _texts(each)


def _below(edition: Edition, book: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines below the title, as all formats have them."""
    lines = edition.statement.lines_below_title
    for line in lines or ([book["preview"]] if book["preview"] else []):
        yield f"{book['published'] if line == edition.statement.stamp else ''}{line}"


def _part(group: PartView, edition: Edition, book: Mapping[str, Any], address: str) -> dict[str, Any]:
    part = group.part
    above = 2 if part.is_headed else 1
    return {
        "title": part.full_title,
        # What people call a theme could be the id of something else.
        "place": f"theme-{part.slug}",
        "isHeaded": part.is_headed,
        "clauses": [_clause(clause, above, address, _bookmark(clause, edition, book)) for clause in group.clauses],
    }


def _clause(clause: ClauseView, above: int, address: str, bookmark: str) -> dict[str, Any]:
    """Return a clause; its number is a heading, one level below those above it, of which none is skipped."""
    return {
        "id": clause.id,
        "mark": clause.shown,
        "isWide": clause.is_wide or clause.clause.is_apart,
        "address": f"{address}{clause.address}/" if address else "",
        "level": above + clause.depth + 1,
        "bookmark": bookmark,
        "headings": [
            {"level": above + heading.level - 1, "name": heading.name, "whole": heading.whole}
            for heading in clause.headings
        ],
        "groups": [_group(group) for group in clause.groups] or [{"blocks": [_block(clause.sentences)]}],
    }


def _bookmark(clause: ClauseView, edition: Edition, book: Mapping[str, Any]) -> str:
    is_chinese = edition.settings.is_chinese
    words = opening(clause.text, _OPENING) if is_chinese else latin.opening(clause.clause, _OPENING)
    return f"{clause.label}{book['between']}{words}"


def _group(group: GroupView) -> dict[str, Any]:
    if group.is_table:
        return {"rows": [[_pieces([cell]) for cell in row.sentences] for row in group.blocks]}
    return {"blocks": [_of_view(block) for block in group.blocks]}


def _of_view(block: BlockView) -> dict[str, Any]:
    return _block(block.sentences, block.level)


def _block(sentences: Sequence[SentenceView], level: int = 0) -> dict[str, Any]:
    return {"level": level, "pieces": _pieces(sentences)}


def _pieces(sentences: Sequence[SentenceView]) -> list[dict[str, Any]]:
    return [_piece(piece) for sentence in sentences for piece in sentence.pieces]


def _piece(piece: Piece) -> dict[str, Any]:
    if piece.is_mark:
        return {"text": piece.text, "to": piece.note.partition("#")[2] or ABOUT, "isMark": True}
    return {"text": piece.text, **({"to": _place(piece.term), "isMark": False} if piece.term else {})}


def _terms(view: EditionView) -> Iterator[dict[str, Any]]:
    for entry in view.entries:
        clauses = [view.by_number[number] for number in entry.clauses]
        yield {
            "place": _place(entry.term.id),
            "name": entry.term.name,
            "english": entry.term.english,
            "definition": entry.term.definition,
            "clauses": [{"id": clause.id, "label": clause.label} for clause in clauses],
        }


def _place(term: str) -> str:
    """Return the name of a term's place, as in the book."""
    return f"term-{term}"
