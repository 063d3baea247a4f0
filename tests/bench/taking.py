"""Measure what is taken away: processor seconds to make each format and bytes of each file, a part of `make bench`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import support
from bench import corpus, report, spent
from publish import formats, project
from statement import kept, link
from statement.model import Vocabulary

SCALES = (14, 1_000)


def measure() -> list[dict[str, Any]]:
    """Return what each number of clauses takes: processor seconds by format, nothing kept, and bytes by file."""
    return [_measure(clauses) for clauses in SCALES]


def markdown(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return a table as Markdown, a format a row, and one with the bytes of each file."""
    clauses = [f"{row['clauses']:,}" for row in rows]
    head = "Processor seconds to make a format, nothing kept from an earlier build, and kB of each file, by clauses."
    times = report.table(("format", *clauses), _times(rows))
    return "\n".join([head, "", *times, "", *report.table(("file", *clauses), _sizes(rows)), ""])


def _measure(clauses: int) -> dict[str, Any]:
    editions = corpus.scaled(support.editions(), clauses)
    vocabulary = Vocabulary(editions[0].terms, editions[0].operatives)
    editions = link.link(editions, editions[0].statement, vocabulary)
    found = project.read(support.SOURCE)
    before = kept.FOLDER
    with tempfile.TemporaryDirectory() as folder:
        kept.FOLDER = Path(folder)
        try:
            site = project.site_of(found, editions, wanted=frozenset())
            seconds: dict[str, float] = {}
            sizes: dict[str, int] = {}
            for name in formats.NAMES:
                start = spent.seconds()
                made = formats.make(site, project.ASSETS, "docs/assets", frozenset({name}), found.text_font)
                seconds[name] = spent.seconds() - start
                sizes |= {path: len(data) for path, data in made.files.items()}
        finally:
            kept.FOLDER = before
    result = {"clauses": clauses, "seconds": seconds, "sizes": sizes}
    print(result, file=sys.stderr, flush=True)
    return result


def _times(rows: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[str]]:
    for name in formats.NAMES:
        yield name, *(f"{row['seconds'][name]:.2f}" for row in rows)


def _sizes(rows: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[str]]:
    for path in rows[0]["sizes"]:
        yield path.removeprefix("data/"), *(f"{row['sizes'][path] / 1000:,.0f}" for row in rows)
