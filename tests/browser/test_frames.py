"""A clause in a frame of somebody else's page: that page is let in, no other is, and it is readable there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

import sample
import support
from browser.visits import serving, visiting

NUMBER = sample.NUMBER


@contextmanager
def stranger(folder: Path, *frames: str) -> Iterator[str]:
    """Serve a page of another origin that has some addresses in frames, and yield its address."""
    body = "".join(f'<iframe src="{frame}" width="320" height="360"></iframe>' for frame in frames)
    page = f'<!doctype html><title>other</title><link rel="icon" href="data:,">{body}'
    (folder / "index.html").write_text(page, "utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


def test_only_the_page_for_frames_is_shown_in_a_frame(chrome: Browser, base: str, tmp_path: Path) -> None:
    paths = (f"embed/{NUMBER}/", f"{NUMBER}/", "zh-hans/", "")
    with stranger(tmp_path, *(base + path for path in paths)) as elsewhere, visiting(chrome, base) as visit:
        visit.page.goto(elsewhere, wait_until="load")
        frames = visit.page.frames[1:]
        assert len(frames) == len(paths)
        texts = [each.statement.clauses[NUMBER - 1].text for each in support.editions()]
        expect(frames[0].locator(".clause")).to_have_text(texts)
        for frame in frames[1:]:
            assert frame.locator("main").count() == 0
        refused = [line for line in visit.wrong if "frame-ancestors" in line]
        assert len(refused) == len(paths) - 1, visit.wrong
        assert [line for line in visit.wrong if "embed/" in line and "elsewhere" not in line] == []


@pytest.mark.parametrize(("width", "columns"), [(320, 1), (640, 2)])
def test_a_clause_in_a_frame_has_its_scripts_side_by_side_where_there_is_room(
    chrome: Browser, base: str, width: int, columns: int
) -> None:
    with visiting(chrome, base, width=width, height=360) as visit:
        visit.go(f"embed/{NUMBER}/")
        tops = visit.page.eval_on_selector_all("section", "all => all.map(each => each.getBoundingClientRect().top)")
        assert len(set(tops)) == len(support.editions()) + 1 - columns
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        with visit.page.expect_popup() as opened:
            visit.page.locator("h1 a").click()
        expect(opened.value).to_have_url(f"{base}{NUMBER}/")
        opened.value.close()
        assert visit.wrong == []


def test_a_page_for_frames_needs_nothing_but_stylesheets(chrome: Browser, site: Path) -> None:
    with serving(site) as base, visiting(chrome, base) as visit:
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.resource_type))
        visit.go(f"embed/{NUMBER}/")
        assert set(asked) <= {"document", "stylesheet", "image", "other"}
