"""Build a site of so many clauses, stage by stage: `python -m bench.stages 1000 FOLDER`, one process a size.

Prints, as JSON, the processor seconds of each stage, the most memory the process held, in bytes, and what was made.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import support
from bench import corpus, spent
from publish import built, cards, export, project, render, renderer, site, write
from statement import cite, convert, kept, link, parse, views
from statement.errors import Source
from statement.model import Vocabulary

# The stages of a build and what does each; none of them is part of another.
_TIMED: tuple[tuple[str, Any, str], ...] = (
    ("views", views, "view"),
    ("citations", cite, "citations"),
    ("templates", render, "shown"),
    ("pages", render, "files"),
    ("pictures", cards, "pictures"),
    ("data", export, "search_data"),
    ("write", write, "write"),
    ("MkDocs", renderer, "render"),
    ("finish", built, "read"),
)


def main() -> None:
    """Build a site and say what each stage took."""
    clauses, folder = int(sys.argv[1]), Path(sys.argv[2])
    # What an earlier build kept is not used, so that every stage is measured as it is the first time.
    kept.FOLDER = folder / "kept"
    support.copy_project(folder)
    editions = corpus.scaled(support.editions(), clauses)
    vocabulary = Vocabulary(editions[0].terms, editions[0].operatives)
    found = project.read(support.SOURCE)
    taken: dict[str, float] = {}
    text = Source("statement.txt", parse.unparse(editions[0].statement))
    _timed(taken, "parse", parse.parse)(text)
    for edition in editions:
        converter = convert.text_converter(edition.settings, editions[0].settings, edition.conversion)
        for clause in editions[0].statement.clauses:
            _timed(taken, "convert", converter.convert)(clause.text)
    editions = _timed(taken, "link", link.link)(editions, editions[0].statement, vocabulary)
    for stage, module, name in _TIMED:
        setattr(module, name, _timed(taken, stage, getattr(module, name)))
    made = project.make_of(found, editions)
    write.write(made.files, folder / "docs" / "pages", "docs/pages")
    site.build(folder, folder / "site", made)
    html = [path.stat().st_size for path in (folder / "site").rglob("*.html")]
    result = {
        "clauses": clauses,
        "stages": taken,
        "memory": spent.memory(),
        "pages": len(html),
        "html": sum(html),
        "largest": max(html),
    }
    print(json.dumps(result))


def _timed(taken: dict[str, float], stage: str, act: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that does the same and adds the processor time it takes, in seconds, to its stage."""

    def timed(*arguments: Any, **named: Any) -> Any:
        start = spent.seconds()
        try:
            return act(*arguments, **named)
        finally:
            taken[stage] = taken.get(stage, 0) + spent.seconds() - start

    return timed


if __name__ == "__main__":
    main()
