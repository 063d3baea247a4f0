"""The site of each statement that is to be proved, built once for all workers."""

from __future__ import annotations

from pathlib import Path

import pytest

import support
from conftest import make_once
from every.statements import NAMED, READ, TEXTS, Text


def pytest_report_header() -> list[str]:
    """Say what is proved, and what is not."""
    unread = [
        f"{text.name} {edition.id}" for text in TEXTS for edition in text.editions[1:] if (text, edition) not in READ
    ]
    rest = "not run: the tests of the code, and what is golden of docs/source; `make test` without SOURCE runs them"
    return [
        f"statements: {', '.join(text.name for text in TEXTS)}{f' (SOURCE={NAMED})' if NAMED else ''}",
        *([rest] if NAMED else []),
        *([f"nobody's reading to compare with: {', '.join(unread)}"] if unread else []),
    ]


@pytest.fixture(scope="session", params=TEXTS, ids=lambda text: text.name)
def text(request: pytest.FixtureRequest) -> Text:
    """Return each statement in turn."""
    found: Text = request.param
    return found


@pytest.fixture(scope="session")
def text_site(text: Text, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return its site; that of the project's own statement is the one that other tests look at."""
    if text.folder == support.SOURCE:
        own: Path = request.getfixturevalue("site")
        return own
    name = f"every-{text.name.replace('/', '-').strip('-')}"
    return make_once(tmp_path_factory, name, text.build) / "build" / text.folder.name / "site"
