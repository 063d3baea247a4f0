"""A real Chromium, and the site on a server with its headers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from browser import chromium
from browser.visits import serving


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
