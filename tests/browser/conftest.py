"""A real Chromium, and the site on a server with its headers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from browser import chromium
from browser.visits import Visit, serving, visiting


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


@pytest.fixture(scope="module")
def kept_visit(chrome: Browser, base: str) -> Iterator[Visit]:
    """Yield a visit that all tests of a module share, which may use the clipboard."""
    with visiting(chrome, base, permissions=["clipboard-read", "clipboard-write"]) as made:
        yield made


@pytest.fixture
def walk(kept_visit: Visit) -> Iterator[Visit]:
    """Yield the shared visit to a test that loads each of its pages anew and to which no choice matters.

    Nothing may go wrong on it.
    """
    yield kept_visit
    assert kept_visit.wrong == []
