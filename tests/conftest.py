"""The sites that tests look at, each built once for all workers, in a copy of the project."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

import sample
import support
from browser import chromium

settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


# Whatever uses one of these takes a site to be built or a browser to be started.
SLOW = {
    "built",
    "text_site",
    "project",
    "site",
    "addressed_site",
    "moved_site",
    "hosted_site",
    "library",
    "addressed_library",
    "chrome",
    "engine",
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    """Mark as slow what looks at a built site or uses a browser; keep all that uses one on one worker.

    Several tests measure how long something takes to appear, which two browsers on two cores would make each other
    wait for.
    """
    for item in items:
        fixtures = set(item.fixturenames) if isinstance(item, pytest.Function) else set()
        if SLOW & fixtures:
            item.add_marker("slow")
        if fixtures & {"chrome", "large"}:
            item.add_marker(pytest.mark.xdist_group("browser"))
        if "engine" in fixtures:
            item.add_marker(pytest.mark.xdist_group("engines"))


def make_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that all workers of a run share: the first one to come makes it, the others wait.

    `make` is given the folder, which is not there yet. What it raises reaches the worker that called it, and the next
    one tries again.
    """
    # Each worker has a folder of its own in that of the run.
    shared = factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else factory.getbasetemp()
    folder, made = shared / name, shared / f"{name}.made"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            make(folder)
            made.touch()
    return folder


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project in which the site has been built."""
    return make_once(
        tmp_path_factory, "project", lambda folder: support.make_site(support.copy_project(folder), **support.WHOLE)
    )


@pytest.fixture(scope="session")
def site(project: Path) -> Path:
    """Return the site as `make site` builds it."""
    return project / "site"


@pytest.fixture(scope="session")
def addressed_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site as it is built for a known address."""

    def make(folder: Path) -> None:
        support.make_site(support.copy_project(folder), SITE_URL=support.ADDRESS, **support.WHOLE)

    return make_once(tmp_path_factory, "addressed", make) / "site"


def moved_project(folder: Path) -> Path:
    """Copy the project into a folder, give a theme another address, and return it."""
    project = support.copy_project(folder)
    support.rename_theme(project, sample.THEME, support.MOVED)
    support.redirect(project, sample.THEME, support.MOVED)
    return project


@pytest.fixture(scope="session")
def hosted_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site in a folder of a known host, with a theme that has moved."""

    def make(folder: Path) -> None:
        project = moved_project(folder)
        support.make_site(project, SITE_URL=support.HOSTED, **support.WHOLE)

    return make_once(tmp_path_factory, "hosted", make) / "site"


@pytest.fixture(scope="session")
def moved_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site with a theme at another address, to which its readers are sent on."""

    def make(folder: Path) -> None:
        support.make_site(moved_project(folder), **support.WHOLE)

    return make_once(tmp_path_factory, "moved", make) / "site"


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the example of a library."""
    return make_once(tmp_path_factory, "library", support.make_library) / support.LIBRARY_SITE


@pytest.fixture(scope="session")
def addressed_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the same as it is built for a known address."""
    made = make_once(
        tmp_path_factory,
        "addressed-library",
        lambda folder: support.make_library(folder, SITE_URL=support.ADDRESS, **support.WHOLE),
    )
    return made / support.LIBRARY_SITE


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """Return a running Chromium."""
    path = chromium.find()
    assert path, "no Chromium; `make test` installs one"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.arguments())
        yield browser
        browser.close()
