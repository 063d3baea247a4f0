"""The preview: what is saved is shown, what is wrong is said on the page, and the next save mends it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError

import pytest

import support

PATIENCE = 60
"""How many seconds a busy machine gets."""


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def get(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return str(answer.read().decode("utf-8"))
    except HTTPError as error:
        return str(error.read().decode("utf-8"))
    except OSError:
        return ""


def wait(address: str, is_right: Callable[[str], bool]) -> str:
    """Return a page as soon as it is right."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        page = get(address)
        if is_right(page):
            return page
        time.sleep(0.05)
    raise AssertionError(page)


@contextmanager
def previewing(project: Path, *arguments: str) -> Iterator[str]:
    """Serve a site of a project, and yield its address."""
    port = free_port()
    with subprocess.Popen(
        [sys.executable, str(project / "scripts" / "build.py"), "serve", "--port", str(port), *arguments],
        cwd=project,
        env={name: value for name, value in os.environ.items() if name != "SITE_URL"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that started the tests in the background has them ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as server:
        yield f"http://127.0.0.1:{port}/"
        server.send_signal(signal.SIGINT)
        _, complaints = server.communicate(timeout=PATIENCE)
    assert "Traceback" not in complaints
    assert server.returncode == 0


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Serve a copy of the project with the small statement; return its folder and the address."""
    project = support.copy_project(tmp_path / "project")
    support.copy_base(project / "docs" / "source")
    with previewing(project) as address:
        yield project, address


@pytest.fixture
def library_preview(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Serve a library of one small statement; return the project's folder, with another statement, and the address."""
    project = support.copy_project(tmp_path / "project")
    support.copy_base(project / "lib" / "one")
    support.copy_base(project / "elsewhere" / "two")
    (project / "lib" / "library.toml").write_text('title = "文选"\n', "utf-8")
    with previewing(project, "--source", "lib") as address:
        yield project, address


@pytest.mark.slow
def test_what_is_saved_is_shown_and_what_is_wrong_is_said_until_it_is_mended(preview: tuple[Path, str]) -> None:
    project, base = preview
    page = wait(f"{base}zh-hant/building/", lambda text: "我們在山裡推動建設。" in text)
    assert "/livereload/" in page or "livereload(" in page
    assert "第2段" in wait(f"{base}2/", lambda text: "第2段" in text)
    themes = project / "docs" / "source" / "themes.toml"
    sound = themes.read_text("utf-8")

    themes.write_text(sound.replace('title = "序言"', 'title = "言序"'), "utf-8")
    wait(f"{base}zh-hans/preamble/", lambda text: "<h1" in text and "言序" in text)

    themes.write_text(sound.replace("clauses = [1]", "clauses = [99]"), "utf-8")
    page = wait(f"{base}zh-hans/preamble/", lambda text: "no clause 99" in text)
    assert "docs/source/themes.toml:" in page
    assert "livereload(" in page

    themes.write_text(sound, "utf-8")
    page = wait(f"{base}zh-hans/preamble/", lambda text: "序言" in text)
    assert "no clause 99" not in page

    assert 'class="chooser missing"' in get(f"{base}nowhere/")


@pytest.mark.slow
def test_a_library_is_shown_with_all_its_statements_and_each_is_made_again_when_it_is_saved(
    library_preview: tuple[Path, str],
) -> None:
    project, base = library_preview
    assert "livereload(" in wait(f"{base}zh-hans/", lambda text: "<h1" in text and "文选" in text)
    assert "我們在山裡推動建設。" in get(f"{base}one/zh-hant/building/")

    # A statement that lies elsewhere is added, and from then on what is saved there is shown.
    said = project / "lib" / "library.toml"
    said.write_text('title = "新选"\n[[statements]]\nfolder = "../elsewhere/two"\n', "utf-8")
    index = wait(f"{base}zh-hans/", lambda text: "新选" in text)
    assert 'href="../two/zh-hans/"' in index
    assert "新选" in get(f"{base}one/zh-hans/preamble/"), "the foot of every page has the library's name"
    themes = project / "elsewhere" / "two" / "themes.toml"
    sound = themes.read_text("utf-8")
    themes.write_text(sound.replace('title = "序言"', 'title = "言序"'), "utf-8")
    wait(f"{base}two/zh-hans/preamble/", lambda text: "<h1" in text and "言序" in text)
    assert "言序" not in get(f"{base}one/zh-hans/preamble/")

    themes.write_text(sound.replace("clauses = [1]", "clauses = [99]"), "utf-8")
    for address in ("zh-hans/", "one/zh-hans/preamble/"):
        page = wait(base + address, lambda text: "no clause 99" in text)
        assert "elsewhere/two/themes.toml:" in page
        assert "livereload(" in page

    # Without the statement nothing is wrong, and it is gone.
    said.write_text('title = "新选"\n', "utf-8")
    page = wait(f"{base}zh-hans/", lambda text: "no clause 99" not in text and "新选" in text)
    assert 'href="../two/zh-hans/"' not in page
    assert 'class="chooser missing"' in wait(f"{base}two/zh-hans/", lambda text: "no clause 99" not in text)
    assert "序言" in get(f"{base}one/zh-hans/preamble/")
