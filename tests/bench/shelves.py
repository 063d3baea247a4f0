"""Ten statements on one site beside one statement that has the clauses of all of them: a part of `make bench`.

`python -m bench.shelves shelf FOLDER` builds the ten, `python -m bench.shelves ours FOLDER` the one, a process each,
and says what that took.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

import support
from bench import corpus, report, spent, typist
from browser.visits import serving, visiting
from publish import export, library, project, site, write
from publish.settings import Settings
from statement import convert, kept, link
from statement.errors import Source
from statement.library import Declared, Library, Place
from statement.model import Edition, Vocabulary

TEXTS, CLAUSES = 10, 5_000
KINDS = ("ours", "shelf")
DATA, BUILT = "data", "built.json"
FIRST = "合作"
_NAMES = tuple(f"text-{number}" for number in range(1, TEXTS + 1))
_SHOWN = {"ours": "one statement of 5,000 clauses", "shelf": "ten of 500"}


def build(kind: str, folder: Path) -> dict[str, Any]:
    """Build one of the two in a process of its own, in a folder, and return what that took."""
    folder.mkdir(parents=True)
    command = [sys.executable, "-m", "bench.shelves", kind, str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    (folder / BUILT).write_text(done.stdout, "utf-8")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def write_data(root: Path, editions: Sequence[Edition]) -> None:
    """Write what the engines load: the one statement's data in one file, and those of each of the ten."""
    edition, folder = editions[0].id, root / DATA
    _write(folder / "ours" / "search.json", _texts("ours", editions)["one"], edition)
    listed = []
    for number, (name, made) in enumerate(_texts("shelf", editions).items()):
        _write(folder / "shelf" / f"{name}.json", made, edition)
        listed.append({"file": f"{name}.json", "from": number * CLAUSES // TEXTS})
    (folder / "shelf" / "list.json").write_text(json.dumps(listed), "utf-8")


def on_site(chrome: Browser, folder: Path, kind: str, queries: Sequence[str]) -> dict[str, float]:
    """Return how long the built site takes, in milliseconds: from an address with a query to its answer; to answer."""
    with serving(folder / "project" / "site") as base, visiting(chrome, base) as visit:
        page = visit.page
        group, field = (
            (".across__group", ".across .box__field") if kind == "shelf" else (".box__list .hit", ".box__field")
        )
        start = time.monotonic()
        page.goto(f"{base}zh-hans/search/?q={FIRST}", wait_until="commit")
        page.wait_for_selector(group)
        arrived = 1000 * (time.monotonic() - start)
        # Until all has come, more than one answer is made to each query.
        page.wait_for_function("() => !/加载/.test(document.querySelector('.box__status').textContent)", timeout=60_000)
        whole = 1000 * (time.monotonic() - start)
        times = sorted(page.evaluate(typist.TYPE, [field, list(queries)]))
    return {"arrived": arrived, "whole": whole, "screen": times[len(times) * 95 // 100]}


def markdown(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return a table as Markdown, what was measured a row."""
    said = f"{rows[0]['differ']} of {rows[0]['queries']:,} queries find other clauses in the ten than in the one."
    return "\n".join([*report.table(("", *(_SHOWN[row["engine"]] for row in rows)), _rows(rows)), "", said, ""])


def _rows(rows: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[str]]:
    yield "build without pictures, processor seconds", *(f"{row['seconds']:.1f}" for row in rows)
    yield "MB of memory of the build", *(f"{row['peak'] / 1_000_000:,.0f}" for row in rows)
    yield "pages", *(f"{row['pages']:,}" for row in rows)
    yield "first answer, ms", *(f"{row['first']:.0f}" for row in rows)
    for each in ("p50", "p95", "p99"):
        yield f"a query, ms: {each}", *(f"{row[each]:.2f}" for row in rows)
    yield "p95 on the screen, ms", *(f"{row['screen']:.1f}" for row in rows)
    yield "from an address with a query to an answer, ms", *(f"{row['arrived']:,.0f}" for row in rows)
    yield "to that of all clauses, ms", *(f"{row['whole']:,.0f}" for row in rows)
    yield "MB of memory of the search", *(f"{row['memory'] / 1_000_000:.0f}" for row in rows)


def _texts(kind: str, editions: Sequence[Edition]) -> dict[str, tuple[Edition, ...]]:
    if kind == "ours":
        return {"one": corpus.scaled(editions, CLAUSES)}
    return dict(zip(_NAMES, corpus.divided(editions, TEXTS, CLAUSES), strict=True))


def _write(path: Path, made: Sequence[Edition], edition: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    found = export.search_data(made, convert.variants, split_above=CLAUSES)
    path.write_text(found[f"{edition}/search.json"], "utf-8")


def main() -> None:
    """Build one of the two and print, as JSON, its processor seconds, the most memory it held in bytes, its pages."""
    kind, folder = sys.argv[1], Path(sys.argv[2], "project")
    kept.FOLDER = folder / "kept"
    support.copy_project(folder)
    editions = support.editions()
    vocabulary = Vocabulary(editions[0].terms, editions[0].operatives)
    texts = _texts(kind, editions)
    # Without a font no pictures are drawn, which is the same work for both, clause by clause, and more than all else.
    found = replace(project.read(support.SOURCE), font=None)
    start = spent.seconds()
    linked = {name: link.link(made, made[0].statement, vocabulary) for name, made in texts.items()}
    if kind == "ours":
        made = project.make_of(found, linked["one"])
        write.write(made.files, folder / "docs" / "pages", "docs/pages")
        site.build(folder, folder / "site", made)
    else:
        declared = Declared(title="十份文件")
        shelf = Library(Source("library.toml", ""), declared, tuple(Place(name, support.SOURCE) for name in linked))
        volumes = library.make_of(shelf, dict.fromkeys(linked, found), linked, settings=Settings())
        library.build(folder, folder / "site", volumes, folder / "build" / "pages")
    seconds = spent.seconds() - start
    pages = sum(1 for _ in (folder / "site").rglob("*.html"))
    peak = spent.memory()
    print(json.dumps({"seconds": seconds, "peak": peak, "pages": pages}))


if __name__ == "__main__":
    main()
