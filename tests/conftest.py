"""The sites that tests look at, each built once, in a copy of the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

import support

settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project."""
    return support.copy_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="session")
def site(project: Path) -> Path:
    """Return the site as `make site` builds it."""
    return support.make_site(project)


@pytest.fixture(scope="session")
def addressed_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site as it is built for a known address."""
    return support.make_site(support.copy_project(tmp_path_factory.mktemp("addressed")), SITE_URL=support.ADDRESS)
