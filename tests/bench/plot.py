"""Draw latency and size against the number of clauses. Runs in the environment of the benchmarks.

Reads the measurements as JSON from standard input and writes the picture as SVG to the file that the argument names.
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
    scale: list[dict[str, Any]] = json.load(sys.stdin)["scale"]
    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4.2), layout="constrained")
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
        axes.set(title=title, xlabel="clauses", ylabel=unit, xscale="log", yscale="log")
        axes.xaxis.set_major_formatter("{x:,g}")
        axes.yaxis.set_major_formatter("{x:,g}")
        axes.yaxis.set_minor_formatter("")
        axes.grid(visible=True, which="major", color="#ddd")
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False, fontsize=8)
    figure.savefig(sys.argv[1], metadata={"Date": None})


if __name__ == "__main__":
    main()
