"""Draw what was measured against the number of clauses. Runs in the environment of the benchmarks.

Reads the measurements as JSON from standard input; the arguments say whether they are of the `build` or of the
`search`, and name the file that the picture is written to as SVG.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt

COLOURS = {"ours": "#9c2118", "material": "#3b6ea5", "pagefind": "#5c7a3a"}
MARKERS = {"ours": "o", "material": "s", "pagefind": "^"}
NAMES = {"ours": "this site", "material": "Material with jieba", "pagefind": "Pagefind"}
# The same bytes for the same measurements.
mpl.rcParams |= {"svg.hashsalt": "bench", "svg.fonttype": "path", "font.size": 10}


def main() -> None:
    """Draw the picture."""
    draw = _build if sys.argv[1] == "build" else _search
    draw(json.load(sys.stdin))
    plt.savefig(sys.argv[2], metadata={"Date": None})


def _build(rows: Any) -> None:
    _, (left, right) = plt.subplots(1, 2, figsize=(10, 4.2), layout="constrained")
    counts = [row["clauses"] for row in rows]
    for stage in rows[0]["stages"]:
        left.plot(counts, [row["stages"][stage] for row in rows], marker="o", markersize=3, label=stage)
    both = {"this site": (counts, [sum(row["stages"].values()) for row in rows])}
    stock = [row for row in rows if row["material"]]
    both["Material"] = ([row["clauses"] for row in stock], [row["material"] for row in stock])
    for (name, (sizes, seconds)), colour in zip(both.items(), COLOURS.values(), strict=False):
        right.plot(sizes, seconds, marker="o", color=colour, label=name)
    right.plot(counts, [row["memory"] / 1e9 for row in rows], linestyle=":", color="#888", label="GB of memory")
    for axes, title in ((left, "Stages of the build"), (right, "The whole build")):
        _axes(axes, title, "processor seconds")


def _search(results: Any) -> None:
    scale: list[dict[str, Any]] = results["scale"]
    _, (left, right) = plt.subplots(1, 2, figsize=(10, 4.2), layout="constrained")
    for name, colour in COLOURS.items():
        rows = [row for row in scale if row["engine"] == name]
        counts = [row["clauses"] for row in rows]
        style = {"color": colour, "marker": MARKERS[name]}
        left.plot(counts, [row["p95"] for row in rows], label=f"{NAMES[name]}, p95", **style)
        left.plot(counts, [row["p50"] for row in rows], linestyle=":", label=f"{NAMES[name]}, p50", **style)
        right.plot(counts, [row["gzip"] / 1000 for row in rows], label=NAMES[name], **style)
    left.axhline(16, color="#888", linewidth=1)
    left.annotate("one frame, 16 ms", (14, 16), textcoords="offset points", xytext=(0, 4), color="#555")
    for axes, title, unit in (
        (left, "Time to answer a query", "ms"),
        (right, "Fetched for the first answer, gzip", "kB"),
    ):
        _axes(axes, title, unit)


def _axes(axes: Any, title: str, unit: str) -> None:
    axes.set(title=title, xlabel="clauses", ylabel=unit, xscale="log", yscale="log")
    axes.xaxis.set_major_formatter("{x:,g}")
    axes.yaxis.set_major_formatter("{x:,g}")
    axes.yaxis.set_minor_formatter("")
    axes.grid(visible=True, which="major", color="#ddd")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=8)


if __name__ == "__main__":
    main()
