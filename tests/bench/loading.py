"""Measure the first view of pages, beside a stock site of Material with the same text: a part of `make bench`."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import brotli
from playwright.sync_api import Browser, sync_playwright

import sample
import support
from bench import report
from browser import chromium, host

PORT = 8137
ROUNDS = 3
OTHERS = support.ROOT / ".venv-bench" / "bin" / "python"
LIGHTHOUSE = Path(__file__).with_name("tools") / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
OURS = {
    "theme": f"zh-hans/{sample.THEME}/",
    "home": "zh-hans/",
    "whole": "zh-hans/full/",
    "terms": "zh-hans/terms/",
    "conversion": "zh-hans/conversion/",
    "search": "zh-hans/search/",
    "clause": f"{sample.NUMBER}/",
    "compare": "compare/",
    "choice": "",
}
"""A page of each kind."""

STOCK = {"theme": f"zh-hans/{sample.THEME}/"}


class _Compressing(host.Handler):
    """Sends what it serves as brotli, as a good host does."""

    def do_GET(self) -> None:  # noqa: N802
        """Answer with a file."""
        path = Path(self.translate_path(self.path.partition("?")[0]))
        file = path / "index.html" if path.is_dir() else path
        if not file.is_file() or "br" not in self.headers.get("Accept-Encoding", ""):
            super().do_GET()
            return
        body = brotli.compress(file.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def measure() -> list[dict[str, Any]]:
    """Return what each page fetches and how Lighthouse rates it on a phone; medians of three."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.arguments())
        project = support.copy_project(Path(folder, "project"))
        ours = support.make_site(project, SITE_URL=f"http://127.0.0.1:{PORT}/")
        stock = _stock(project)
        rows = [
            {"site": name, "kind": kind, **_first_view(chrome, page), **_lighthouse(page)}
            for name, site, pages in (("this site", ours, OURS), ("Material", stock, STOCK))
            for kind, page in pages.items()
            for _ in _served(site)
        ]
        chrome.close()
    return rows


def markdown(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return a table as Markdown."""
    head = "The first view of a page with nothing kept: kB as brotli, requests, levels of requests; Lighthouse, mobile."
    names = ("site", "page", "kB", "requests", "levels", *CATEGORIES)
    lines = report.table(
        names,
        (
            (
                row["site"],
                row["kind"],
                f"{row['bytes'] / 1000:.1f}",
                *(str(row[name]) for name in ("requests", "levels")),
                *(f"{row[name]:.0f}" for name in CATEGORIES),
            )
            for row in rows
        ),
    )
    return "\n".join([head, "", *lines, ""])


def _served(site: Path) -> Iterator[None]:
    """Serve a site for as long as one round of a loop."""
    headers = host.headers(site) if (site / "_headers").is_file() else {}
    handler = partial(
        _Compressing,
        directory=str(site),
        prefix="/",
        headers_to_send=headers,
        headers_of_frames={},
        watched=False,
    )
    server = ThreadingHTTPServer(("127.0.0.1", PORT), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield
    server.shutdown()
    server.server_close()
    thread.join()


def _first_view(chrome: Browser, page: str) -> dict[str, int]:
    context = chrome.new_context(viewport={"width": 390, "height": 844})
    tab = context.new_page()
    session = context.new_cdp_session(tab)
    session.send("Network.enable")
    received: dict[str, int] = {}
    asked_by: dict[str, str] = {}
    session.on(
        "Network.loadingFinished", lambda event: received.update({event["requestId"]: event["encodedDataLength"]})
    )
    session.on(
        "Network.requestWillBeSent",
        lambda event: asked_by.update({event["request"]["url"]: event["initiator"].get("url", "")}),
    )
    tab.goto(f"http://127.0.0.1:{PORT}/{page}", wait_until="networkidle")
    context.close()
    return {"bytes": sum(received.values()), "requests": len(received), "levels": _levels(asked_by)}


def _levels(asked_by: Mapping[str, str]) -> int:
    """Return how many requests stand one behind the other at most."""

    def depth(address: str) -> int:
        by = asked_by.get(address, "")
        return 1 + (depth(by) if by and by != address and urlsplit(by).scheme else 0)

    return max(map(depth, asked_by))


def _lighthouse(page: str) -> dict[str, float]:
    """Return Lighthouse's scores from 0 to 100."""
    rounds = [_round(page) for _ in range(ROUNDS)]
    scores = {name: statistics.median(each[name] for each in rounds) for name in CATEGORIES}
    print(page, scores, file=sys.stderr, flush=True)
    return scores


def _round(page: str) -> dict[str, float]:
    flags = " ".join(["--headless", *chromium.arguments()])
    node = Path(sys.executable).with_name("node")
    command = [
        str(node),
        str(LIGHTHOUSE),
        f"http://127.0.0.1:{PORT}/{page}",
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={flags}",
    ]
    environment = os.environ | {"CHROME_PATH": chromium.find()}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    categories = json.loads(done.stdout)["categories"]
    return {name: 100 * (categories[name]["score"] or 0) for name in CATEGORIES}


def _stock(project: Path) -> Path:
    """Build the same Markdown as a stock site of Material."""
    script = Path(__file__).with_name("stock.py")
    shutil.rmtree(project / "stock", ignore_errors=True)
    subprocess.run([str(OTHERS), str(script), str(project)], check=True, stdout=subprocess.DEVNULL)
    return project / "stock"
