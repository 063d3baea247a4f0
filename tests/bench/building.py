"""Measure the build, stage by stage, beside Material's of the same Markdown: a part of `make bench`."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import support
from bench import report

SCALES = (14, 100, 1_000, 5_000)
STOCK = (14, 100, 1_000)
"""Material's own build takes hours at 5,000 clauses: its list of pages goes through all of them for each."""

OTHERS = support.ROOT / ".venv-bench" / "bin" / "python"
STAGES = (
    "parse",
    "convert",
    "link",
    "views",
    "citations",
    "templates",
    "pages",
    "pictures",
    "data",
    "write",
    "MkDocs",
    "finish",
)


def measure() -> list[dict[str, Any]]:
    """Return what each size took: stages in processor seconds, memory and HTML in bytes, and Material's seconds."""
    return [_measure(clauses) for clauses in SCALES]


def markdown(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return a table as Markdown, a stage a row and a size a column."""
    head = (
        "Processor seconds of a build by stage, nothing kept from an earlier one, and of Material's of the same pages."
    )
    return "\n".join([head, "", *report.table(("stage", *(f"{row['clauses']:,}" for row in rows)), _rows(rows)), ""])


def _measure(clauses: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder, "project")
        command = [sys.executable, "-m", "bench.stages", str(clauses), str(project)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        result: dict[str, Any] = json.loads(done.stdout)
        print(result, file=sys.stderr, flush=True)
        return result | {"material": _stock(project) if clauses in STOCK else None}


def _stock(project: Path) -> float:
    """Return the processor seconds in which Material builds the same Markdown with its own theme and search."""
    script = Path(__file__).with_name("stock.py")
    done = subprocess.run([str(OTHERS), str(script), str(project)], check=True, stdout=subprocess.PIPE, text=True)
    return float(done.stdout)


def _rows(rows: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[str]]:
    for stage in STAGES:
        yield stage, *(f"{row['stages'][stage]:.2f}" for row in rows)
    yield "together", *(f"{sum(row['stages'].values()):.1f}" for row in rows)
    yield "Material", *(f"{row['material']:.1f}" if row["material"] else "" for row in rows)
    yield "MB of memory", *(f"{row['memory'] / 1_000_000:,.0f}" for row in rows)
    yield "pages", *(f"{row['pages']:,}" for row in rows)
    yield "MB of HTML", *(f"{row['html'] / 1_000_000:.1f}" for row in rows)
    yield "kB of the largest page", *(f"{row['largest'] / 1000:,.0f}" for row in rows)
