"""Visits to the site in a real browser: where it is served from, and notes of whatever goes wrong on the way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Dialog, Page, Request, Response

from browser import host


@dataclass
class Visit:
    """A page in a browser, the address of the site it is on, and everything that went wrong there."""

    page: Page
    base: str
    wrong: list[str] = field(default_factory=list)

    def go(self, address: str) -> None:
        """Open an address of the site, given from its root."""
        self.page.goto(self.base + address, wait_until="load")


@contextmanager
def serving(site: Path, prefix: str = "/", watched: bool = False) -> Iterator[str]:
    """Serve a site and yield its address."""
    httpd = host.server(site, 0, prefix, watched)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}{prefix}"
    httpd.shutdown()
    httpd.server_close()
    thread.join()


def failure(request: Request) -> list[str]:
    """Return what failed in a request; one that was given up because the reader went on has not."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed: {request.url}: {request.failure}"]


def watch(visit: Visit) -> None:
    """Note whatever goes wrong on a visit: errors, dialogs, requests that fail or leave the site."""
    note = visit.wrong.append

    def on_dialog(dialog: Dialog) -> None:
        note(f"dialog: {dialog.message}")
        dialog.dismiss()

    def on_request(request: Request) -> None:
        if not request.url.startswith(visit.base):
            note(f"elsewhere: {request.url}")

    def on_response(response: Response) -> None:
        if response.status >= HTTPStatus.BAD_REQUEST:
            note(f"{response.status}: {response.url}")

    visit.page.on("console", lambda message: note(f"console: {message.text}"))
    visit.page.on("pageerror", lambda error: note(f"error: {error}"))
    visit.page.on("dialog", on_dialog)
    visit.page.on("request", on_request)
    visit.page.on("requestfailed", lambda request: visit.wrong.extend(failure(request)))
    visit.page.on("response", on_response)


@contextmanager
def visiting(chrome: Browser, base: str, width: int = 1440, height: int = 900, **options: Any) -> Iterator[Visit]:
    """Yield a visit in a browser of its own, at a width in CSS pixels."""
    context = chrome.new_context(viewport={"width": width, "height": height}, **options)
    context.set_default_timeout(10_000)
    page = context.new_page()
    visit = Visit(page, base)
    watch(visit)
    yield visit
    context.close()
