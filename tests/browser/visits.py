"""Visits to the site in a real browser: where it is served from, and notes of whatever goes wrong on the way."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, CDPSession, Dialog, Page, Request, Response

from browser import host

BLOCKED = "Service Worker registration blocked by Playwright"
"""What the browser's driver says where a page wants a worker and the visit has none."""


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


def watch(visit: Visit) -> Callable[[], None]:
    """Note whatever goes wrong on a visit: errors, dialogs, requests that fail or leave the site.

    Returns how to end that.
    """
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

    listeners: dict[Any, Callable[..., None]] = {
        "console": lambda message: None if message.text == BLOCKED else note(f"console: {message.text}"),
        "pageerror": lambda error: note(f"error: {error}"),
        "dialog": on_dialog,
        "request": on_request,
        "requestfailed": lambda request: visit.wrong.extend(failure(request)),
        "response": on_response,
    }
    for event, listener in listeners.items():
        visit.page.on(event, listener)

    def end() -> None:
        for event, listener in listeners.items():
            visit.page.remove_listener(event, listener)

    return end


class _Page(Page):
    """A page that knows whether something was done to it that nothing undoes."""

    session: CDPSession
    is_spent = False

    def add_init_script(self, *arguments: Any, **options: Any) -> Any:
        """Run a script on every page from now on."""
        self.is_spent = True
        return super().add_init_script(*arguments, **options)

    @property
    def clock(self) -> Any:
        """The clock of the page's browser."""
        self.is_spent = True
        return super().clock

    @property
    def context(self) -> Any:
        """The page's browser, with all that can be set there."""
        self.is_spent = True
        return super().context


_kept: WeakKeyDictionary[Browser, defaultdict[str, list[_Page]]] = WeakKeyDictionary()


@contextmanager
def visiting(chrome: Browser, base: str, width: int = 1440, height: int = 900, **options: Any) -> Iterator[Visit]:
    """Yield a visit in a browser of its own, at a width in CSS pixels.

    The browser may have been that of an earlier visit, because to start one takes several times as long as to load a
    page. Nothing that a page of the site could notice is left of that; a browser of which this cannot be said, because
    a visit failed in it or something was done that nothing undoes, is not used again.
    """
    kept = _kept.setdefault(chrome, defaultdict(list))[repr(options)]
    page = kept.pop() if kept else _start(chrome, options)
    page.set_viewport_size({"width": width, "height": height})
    visit = Visit(page, base)
    end = watch(visit)
    try:
        yield visit
    except BaseException:
        page.context.close()
        raise
    end()
    if page.is_spent:
        page.context.close()
    else:
        _clear(page, base, options)
        kept.append(page)


def _start(chrome: Browser, options: Mapping[str, Any]) -> _Page:
    # A worker would answer for the host in all visits after the first.
    context = chrome.new_context(**{"service_workers": "block", **options})
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.__class__ = _Page
    assert isinstance(page, _Page)
    page.session = context.new_cdp_session(page)
    return page


def _clear(page: _Page, base: str, options: Mapping[str, Any]) -> None:
    """Take from a page what a visit left: what it stored, what stood in for answers, and how it was to be shown."""
    page.unroute_all(behavior="ignoreErrors")
    page.evaluate("try { sessionStorage.clear(); } catch { /* A page that has none. */ }")
    page.session.send("Storage.clearDataForOrigin", {"origin": urljoin(base, "/"), "storageTypes": "local_storage"})
    page.emulate_media(
        media="null",
        color_scheme=options.get("color_scheme", "light"),
        forced_colors=options.get("forced_colors", "none"),
    )
    # Of the same host, so that the browser need not start another process.
    page.goto(urljoin(base, host.BLANK_PATH))
