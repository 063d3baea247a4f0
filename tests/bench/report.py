"""What `make bench` has measured, as tables for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

NAMES = {"ours": "this site", "material": "Material 9.8.1 with jieba", "pagefind": "Pagefind 1.5.2, a page a clause"}
SCRIPTS = {"zh-hans": "Simplified", "zh-hant": "Traditional"}


def markdown(results: Mapping[str, Any]) -> str:
    """Return the tables as Markdown."""
    return "\n".join(
        [
            f"Chromium {results['chromium']}; recall / precision in %, at clause level, over every piece of 1 to 12",
            "characters, and the share of pieces that find nothing at all.",
            "",
            *table(("engine", "edition", "typed", "queries", "recall", "precision", "nothing"), _exactness(results)),
            "",
            "Strings that are not in the text and are found all the same, of 200:",
            "",
            *table(("engine", "Simplified", "Traditional"), _absent(results)),
            "",
            "Milliseconds a query (pieces in both scripts, one in ten absent), and what the first answer fetches:",
            "",
            *table(
                (
                    "engine",
                    "clauses",
                    "p50",
                    "p95",
                    "p99",
                    "first",
                    "kB raw",
                    "kB gzip",
                    "MB memory",
                    "p95 on the screen",
                ),
                _scale(results),
            ),
            "",
            "Seconds until there is something to search at 10 Mbit/s, reckoned from how the statement compresses:",
            "",
            *table(("clauses", "one file", "split by theme"), _download(results)),
            "",
        ]
    )


def _exactness(results: Mapping[str, Any]) -> Iterable[Sequence[str]]:
    for row in results["exactness"]:
        yield (
            NAMES[row["engine"]],
            SCRIPTS[row["edition"]],
            SCRIPTS[row["typed"]],
            f"{row['queries']:,}",
            _percent(row["right"], row["expected"]),
            _percent(row["right"], row["found"]),
            _percent(row["missed"], row["queries"]),
        )


def _absent(results: Mapping[str, Any]) -> Iterable[Sequence[str]]:
    for engine, found in results["absent"].items():
        yield NAMES[engine], *(str(each) for each in found.values())


def _scale(results: Mapping[str, Any]) -> Iterable[Sequence[str]]:
    for row in results["scale"]:
        yield (
            NAMES[row["engine"]],
            f"{row['clauses']:,}",
            *(_milliseconds(row[each]) for each in ("p50", "p95", "p99", "first")),
            f"{row['raw'] / 1000:,.0f}",
            f"{row['gzip'] / 1000:,.0f}",
            f"{row['memory'] / 1_000_000:.0f}" if row["memory"] else "",
            _milliseconds(row["screen"]) if row["screen"] else "",
        )


def _download(results: Mapping[str, Any]) -> Iterable[Sequence[str]]:
    for row in results["download"]:
        yield f"{row['clauses']:,}", f"{row['whole']:.2f}", f"{row['first']:.2f}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[str]:
    """Yield the lines of a table in Markdown."""
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' for _ in heads)} |"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _percent(part: int, whole: int) -> str:
    """Return a share in percent; 100 only where nothing is missing, and 0 only where nothing is there."""
    if part == whole:
        return "100"
    return f"{min(99.9, max(0.1 if part else 0, 100 * part / whole)):.1f}"


def _milliseconds(value: float) -> str:
    return f"{value:.3f}" if value < 1 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"
