"""Measure the build, what is taken away, pages and the search beside others, each in one run: `make bench`.

Writes `build.json`, `build.md` and `build.svg`, the same of `search`, and tables, `.json` and `.md`, of `formats`,
`pages` and `library` into `site-bench/`. A library is ten statements on one site beside one as long as all of them.
Names as arguments, such as `pages`, measure only these.
"""

from __future__ import annotations

import gzip
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

import support
from bench import building, corpus, loading, report, shelves, taking, typist
from browser import chromium
from browser.visits import serving, visiting
from publish import export
from statement import convert
from statement.model import Edition

SCALES = (14, 1_000, 10_000)
ENGINES = ("ours", "material", "pagefind")
ABSENT = 200
TIMED = 2_000
SHOWN = 500
# A query at 14 clauses takes less than a clock can tell; at 10,000 once is enough.
REPETITIONS = {"ours": {14: 50, 1_000: 5, 10_000: 1}}
BATCH = 500
# A first answer is one of its kind on its page, so that several pages are asked.
FIRSTS = 9
BYTES_A_SECOND = 10_000_000 / 8
OTHERS = support.ROOT / ".venv-bench" / "bin" / "python"
# Isolated from other sites, a page may read a clock of 5 microseconds in place of one of 100.
HEADERS = "/*\n  Cross-Origin-Opener-Policy: same-origin\n  Cross-Origin-Embedder-Policy: require-corp\n"
PAGE = '<!doctype html><html lang="zh"><meta charset="utf-8"><title>bench</title>'


@dataclass(frozen=True)
class Exactness:
    """What an engine finds of the pieces of one script, typed in an edition: sums over all queries."""

    engine: str
    edition: str
    typed: str
    queries: int
    found: int
    expected: int
    right: int
    missed: int


@dataclass(frozen=True)
class Scale:
    """How fast and how big an engine is at a number of clauses; times in milliseconds, sizes in bytes."""

    engine: str
    clauses: int
    first: float
    p50: float
    p95: float
    p99: float
    raw: int
    gzip: int
    memory: int
    screen: float
    """The 95th of a hundred from a key to the list in the dialog; of this site only."""


def main() -> None:
    """Measure everything, say so meanwhile, and write the results."""
    output = support.ROOT / "site-bench"
    wanted = sys.argv[1:] or ["build", "formats", "pages", "search", "library"]
    if "build" in wanted:
        built = building.measure()
        _write(output, "build", built, building.markdown(built))
    if "formats" in wanted:
        taken = taking.measure()
        _write(output, "formats", taken, taking.markdown(taken))
    if "pages" in wanted:
        loaded = loading.measure()
        _write(output, "pages", loaded, loading.markdown(loaded))
    if "search" in wanted:
        results = _search()
        _write(output, "search", results, report.markdown(results))

    if "library" in wanted:
        shelved = _library()
        _write(output, "library", shelved, shelves.markdown(shelved))


def _library() -> list[dict[str, Any]]:
    """Return how one statement and ten do that have the same clauses: built, searched, and searched on their site."""
    editions = support.editions()
    queries = _queries(editions)
    with tempfile.TemporaryDirectory() as folder, _browser() as chrome:
        root = Path(folder)
        for engine in shelves.KINDS:
            _say(f"{engine}: {shelves.build(engine, root / engine)}")
        shelves.write_data(root, editions)
        shutil.copytree(support.ROOT / "docs" / "assets", root / "assets")
        shutil.copy(Path(__file__).with_name("engines.js"), root)
        (root / "_headers").write_text(HEADERS)
        (root / "index.html").write_text(PAGE)
        rows: list[dict[str, Any]] = []
        answers: list[list[list[int]]] = []
        with serving(root) as base:
            for engine in shelves.KINDS:
                with _page(chrome, base, engine, f"/{shelves.DATA}") as page:
                    answers.append([sorted(set(answer)) for answer in _ask(page, queries)])
                    times = sorted(
                        each
                        for batch in _batches(queries)
                        for each in page.evaluate("([queries, times]) => bench.time(queries, times)", [batch, 1])
                    )
                    percentiles = {f"p{each}": _percentile(times, each) for each in (50, 95, 99)}
                    rows.append({"engine": engine, **percentiles, "memory": _memory(page)})
            for row in rows:
                row["first"] = statistics.median(_first(chrome, base, str(row["engine"])) for _ in range(FIRSTS))
        # What ten statements find is what one finds that has the same clauses.
        differ = sum(one != other for one, other in zip(*answers, strict=True))
        return [
            {
                **row,
                **json.loads((root / str(row["engine"]) / shelves.BUILT).read_text("utf-8")),
                **shelves.on_site(chrome, root / str(row["engine"]), str(row["engine"]), queries[:SHOWN]),
                "differ": differ,
                "queries": len(queries),
            }
            for row in rows
        ]


def _first(chrome: Browser, base: str, engine: str) -> float:
    """Return how long a new page takes for its first answer, in milliseconds."""
    with _page(chrome, base, engine, f"/{shelves.DATA}") as page:
        first: float = page.evaluate("bench.first")
        return first


def _queries(editions: Sequence[Edition]) -> list[str]:
    """Return pieces in both scripts and strings that are absent, in an order of no order."""
    source = random.Random(corpus.SEED)
    made = [corpus.pieces(clause.text for clause in edition.statement.clauses) for edition in editions]
    queries = [text for each in made for text in source.sample(each, (TIMED - ABSENT) // len(made))]
    queries += corpus.absent(editions, ABSENT)
    source.shuffle(queries)
    return queries


def _search() -> dict[str, Any]:
    editions = support.editions()
    with tempfile.TemporaryDirectory() as folder, _browser() as chrome:
        root = Path(folder)
        _prepare(root, editions)
        with serving(root) as base:
            exact, wrong = _exactness(chrome, base, editions)
            scale = [_scale(chrome, root, base, engine, clauses, editions) for clauses in SCALES for engine in ENGINES]
            version = chrome.version
    return {
        "chromium": version,
        "exactness": [asdict(each) for each in exact],
        "absent": wrong,
        "scale": [asdict(each) for each in scale],
        "download": _download(editions),
    }


def _write(output: Path, name: str, results: Any, table: str) -> None:
    """Write results as data, table and picture, and print the table."""
    output.mkdir(exist_ok=True)
    (output / f"{name}.json").write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    (output / f"{name}.md").write_text(table, "utf-8")
    print(table)
    if name in ("formats", "pages", "library"):
        return
    plot = [str(OTHERS), str(Path(__file__).with_name("plot.py")), name, str(output / f"{name}.svg")]
    subprocess.run(plot, input=json.dumps(results), text=True, check=True)


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.arguments())
        yield browser
        browser.close()


def _prepare(root: Path, editions: Sequence[Edition]) -> None:
    """Write a folder that serves every engine with every corpus."""
    shutil.copytree(support.ROOT / "docs" / "assets", root / "assets")
    shutil.copy(Path(__file__).with_name("engines.js"), root)
    (root / "_headers").write_text(HEADERS)
    (root / "index.html").write_text(PAGE)
    for clauses in SCALES:
        start = time.monotonic()
        made = corpus.scaled(editions, clauses)
        for path, text in export.search_data(made, convert.variants, split_above=clauses).items():
            target = root / str(clauses) / path.replace("/", "/ours/")
            target.parent.mkdir(parents=True)
            target.write_text(text, "utf-8")
        parts = {
            edition.id: [[(clause.number, clause.text) for clause in part.clauses] for part in edition.parts]
            for edition in made
        }
        command = [str(OTHERS), str(Path(__file__).with_name("others.py")), str(root / str(clauses))]
        subprocess.run(command, input=json.dumps(parts), text=True, check=True)
        _say(f"built {clauses} clauses in {time.monotonic() - start:.0f} s")


def _exactness(
    chrome: Browser, base: str, editions: Sequence[Edition]
) -> tuple[list[Exactness], dict[str, dict[str, int]]]:
    """Return how exact each engine is on every piece of the text, and how many absent strings it finds."""
    texts = {edition.id: [clause.text for clause in edition.statement.clauses] for edition in editions}
    typed = {edition: corpus.queries(editions, corpus.pieces(each)) for edition, each in texts.items()}
    absent = {
        edition.id: [_in_script(edition, text) for text in corpus.absent(editions, ABSENT)] for edition in editions
    }
    results: list[Exactness] = []
    wrong: dict[str, dict[str, int]] = {}
    for engine in ENGINES:
        for edition, clauses in texts.items():
            with _page(chrome, base, engine, f"/{len(clauses)}/{edition}") as page:
                for script, queries in typed.items():
                    start = time.monotonic()
                    answers = _ask(page, [query.text for query in queries])
                    result = _sums(engine, edition, script, queries, answers)
                    results.append(result)
                    _say(f"{result} in {time.monotonic() - start:.0f} s")
                found = sum(bool(answer) for answer in _ask(page, absent[edition]))
                wrong.setdefault(engine, {})[edition] = found
    return results, wrong


def _in_script(edition: Edition, text: str) -> str:
    return convert.Converter(edition.settings, edition.conversion).convert(text)


def _sums(
    engine: str, edition: str, typed: str, queries: Sequence[corpus.Query], answers: Sequence[Sequence[int]]
) -> Exactness:
    pairs = [(query.numbers, frozenset(answer)) for query, answer in zip(queries, answers, strict=True)]
    return Exactness(
        engine,
        edition,
        typed,
        queries=len(pairs),
        found=sum(len(answer) for _, answer in pairs),
        expected=sum(len(expected) for expected, _ in pairs),
        right=sum(len(expected & answer) for expected, answer in pairs),
        missed=sum(bool(expected) and not answer for expected, answer in pairs),
    )


def _scale(chrome: Browser, root: Path, base: str, engine: str, clauses: int, editions: Sequence[Edition]) -> Scale:
    """Return how an engine does at a number of clauses, on pieces in both scripts and strings that are absent."""
    queries = _queries(editions)
    edition = editions[0].id
    asked: list[str] = []
    with _page(chrome, base, engine, f"/{clauses}/{edition}", asked) as page:
        repetitions = REPETITIONS.get(engine, {}).get(clauses, 1)
        first: float = page.evaluate("bench.first")
        raw, packed = _size(page, tuple(asked))
        times = sorted(
            each
            for batch in _batches(queries)
            for each in page.evaluate("([queries, times]) => bench.time(queries, times)", [batch, repetitions])
        )
        memory = _memory(page) if engine == "ours" else 0
    p50, p95, p99 = (_percentile(times, each) for each in (50, 95, 99))
    screen = 0.0
    if engine == "ours":
        screen = _percentile(sorted(_on_screen(chrome, root / str(clauses) / edition / engine, edition, queries)), 95)
    result = Scale(engine, clauses, first, p50, p95, p99, raw, packed, memory, screen)
    _say(str(result))
    return result


def _on_screen(chrome: Browser, data: Path, edition: str, queries: Sequence[str]) -> list[float]:
    """Return how long the built site's dialog takes from each query's being typed to its list, in milliseconds."""
    with serving(support.ROOT / "site") as base, visiting(chrome, base) as visit:
        visit.page.route("**/search.json", lambda route: route.fulfill(path=data / "search.json"))
        visit.go(f"{edition}/about/")
        visit.page.keyboard.press("/")
        visit.page.wait_for_selector(".box__foot a")
        times: list[float] = visit.page.evaluate(typist.TYPE, [".box__field", list(queries[:SHOWN])])
        return times


@contextmanager
def _page(chrome: Browser, base: str, engine: str, folder: str, asked: list[str] | None = None) -> Iterator[Page]:
    """Yield a page in which an engine is ready; what it has fetched, workers included, is added to `asked`."""
    context = chrome.new_context()
    context.set_default_timeout(600_000)
    page = context.new_page()
    page.goto(base)
    page.evaluate("import('/engines.js').then(module => { window.bench = {...module}; })")
    if asked is not None:
        page.on("request", lambda request: asked.append(request.url))
    page.evaluate(
        "async ([name, folder]) => { bench.first = await bench.open(name, folder); }", [engine, f"{folder}/{engine}"]
    )
    yield page
    context.close()


def _ask(page: Page, queries: Sequence[str]) -> list[list[int]]:
    return [answer for batch in _batches(queries) for answer in page.evaluate("queries => bench.ask(queries)", batch)]


def _batches(queries: Sequence[str]) -> Iterator[Sequence[str]]:
    yield from (queries[start : start + BATCH] for start in range(0, len(queries), BATCH))


def _download(editions: Sequence[Edition]) -> list[dict[str, float]]:
    """Return how long the data takes to come at 10 Mbit/s, in seconds, as one file and as the first theme of a split.

    Reckoned, not measured: made-up clauses repeat the same sentences and compress as no text does, so each clause is
    taken to need what one of the statement's does, and the tables what they need for the statement.
    """
    data = json.loads(export.search_data(editions, convert.variants)[f"{editions[0].id}/search.json"])
    passages, whole = _packed(data["passages"]), _packed(data)
    bytes_each = passages / len(editions[0].statement.clauses)
    tables = (whole - passages) / BYTES_A_SECOND
    return [
        {"clauses": clauses, "whole": tables + seconds, "first": tables + seconds / len(editions[0].parts)}
        for clauses in (14, 500, 1_000, 2_000, 5_000, 10_000)
        for seconds in [clauses * bytes_each / BYTES_A_SECOND]
    ]


def _packed(data: Any) -> int:
    return len(gzip.compress(json.dumps(data, ensure_ascii=False).encode(), 9, mtime=0))


def _size(page: Page, asked: Iterable[str]) -> tuple[int, int]:
    """Return how many bytes the files at some addresses have, as they are and as gzip makes them."""
    bodies = [page.request.get(address).body() for address in sorted(set(asked))]
    return sum(map(len, bodies)), sum(len(gzip.compress(body, 9, mtime=0)) for body in bodies)


def _memory(page: Page) -> int:
    """Return how many bytes the page's scripts hold on to, typed arrays included, after a collection."""
    client = page.context.new_cdp_session(page)
    client.send("HeapProfiler.collectGarbage")
    usage: dict[str, Any] = client.send("Runtime.getHeapUsage")
    return int(usage["usedSize"] + usage.get("backingStorageSize", 0))


def _percentile(times: Sequence[float], percent: int) -> float:
    return times[min(len(times) - 1, len(times) * percent // 100)]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
