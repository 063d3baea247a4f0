"""A real Chromium, the site on a server with its headers, and a page that notes whatever goes wrong on it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import serve
from playwright.sync_api import Browser, Page, Request, sync_playwright

from browser import chromium


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
def serving(site: Path, prefix: str = "/") -> Iterator[str]:
    """Serve a site and yield its address."""
    httpd = serve.server(site, 0, prefix)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}{prefix}"
    httpd.shutdown()
    httpd.server_close()
    thread.join()


@pytest.fixture(scope="session")
def base(site: Path) -> Iterator[str]:
    """Return the address of the site."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """Return a running Chromium."""
    path = chromium.find()
    assert path, "no Chromium; `make test` installs one"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.arguments())
        yield browser
        browser.close()


def failure(request: Request) -> list[str]:
    """Return what failed in a request; one that was given up because the reader went on has not."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed: {request.url}: {request.failure}"]


@contextmanager
def visiting(chrome: Browser, base: str, width: int = 1440, height: int = 900, **options: Any) -> Iterator[Visit]:
    """Yield a visit in a browser of its own, at a width in CSS pixels."""
    context = chrome.new_context(viewport={"width": width, "height": height}, **options)
    context.set_default_timeout(10_000)
    page = context.new_page()
    visit = Visit(page, base)
    page.on("console", lambda message: visit.wrong.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: visit.wrong.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (visit.wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("requestfailed", lambda request: visit.wrong.extend(failure(request)))
    page.on(
        "request",
        lambda request: None if request.url.startswith(base) else visit.wrong.append(f"elsewhere: {request.url}"),
    )
    page.on(
        "response",
        lambda response: visit.wrong.append(f"{response.status}: {response.url}") if response.status >= 400 else None,
    )
    yield visit
    context.close()
