"""A real Chromium, and the site on a server with its headers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.survey import Seen, survey
from browser.visits import Visit, serving, visiting


@pytest.fixture(scope="session")
def base(site: Path) -> Iterator[str]:
    """Return the address of the site."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def surveys(chrome: Browser, base: str) -> Callable[[bool], dict[str, Seen]]:
    """Return what looks at every page once, with JavaScript or without."""

    @cache
    def look(script: bool) -> dict[str, Seen]:
        with visiting(chrome, base, java_script_enabled=script) as visit:
            return survey(visit)

    return look


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def seen(request: pytest.FixtureRequest, surveys: Callable[[bool], dict[str, Seen]]) -> dict[str, Seen]:
    """Return what can be seen on every page, with JavaScript and without."""
    return surveys(request.param)


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
