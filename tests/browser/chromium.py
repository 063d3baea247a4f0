"""The Chromium that the tests drive, and a font to draw Chinese with.

Each is one that is there, else one that is installed now, else there is a word on what to do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

# The one without windows comes first: it is the same engine, and opens a page in a fraction of the time.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
# A font without a character draws the same box for all of them, and another width than Chinese has.
SAMPLE = "国國术術"
DRAW = """characters => [...characters].map(character => {
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d");
    context.font = "40px sans-serif";
    context.fillText(character, 0, 60);
    return canvas.toDataURL();
})"""


def find() -> str:
    """Return the path of a Chromium that starts, or nothing: the one named, the system's, or Playwright's."""
    return next((path for path in _candidates() if path and _starts(path)), "")


def arguments() -> list[str]:
    """Return how to start it so that it asks nobody anything; for root, who can have no sandbox, without one."""
    return [*ARGUMENTS, *(["--no-sandbox"] if _is_root() else [])]


def draws_chinese(path: str) -> bool:
    """Return whether a Chromium has a font with Chinese: whether different characters look different."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments())
        drawn = browser.new_page().evaluate(DRAW, SAMPLE)
        browser.close()
    return len(set(drawn)) == len(SAMPLE)


def install() -> None:
    """Install Debian's package where that is possible, else Playwright's browser; what fails fails in silence."""
    for name in (SHELL, "chromium"):
        _install_packages(name)
        if find():
            return
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def install_font() -> None:
    """Install Debian's package of a font with Chinese where that is possible; what fails fails in silence."""
    _install_packages("fonts-noto-cjk")


def main() -> int:
    """Make sure that there is a Chromium that can draw Chinese, and return the exit code."""
    if not find():
        print("no Chromium here; installing one", flush=True)
        install()
    found = find()
    if not found:
        print("no Chromium: install it (apt install chromium) or name one with CHROMIUM=/path/to/it", file=sys.stderr)
        return 1
    if not draws_chinese(found):
        print("no font with Chinese here; installing one", flush=True)
        install_font()
        if not draws_chinese(found):
            print("no font with Chinese, which many tests measure: apt install fonts-noto-cjk", file=sys.stderr)
            return 1
    print(found)
    return 0


def _install_packages(*names: str) -> None:
    if not _is_root() or not shutil.which("apt-get"):
        return
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], ["apt-get", "install", "--yes", *names]):
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def _candidates() -> Iterator[str]:
    """Yield where a Chromium may be; Playwright, which has to be started to tell, is asked last."""
    yield os.environ.get("CHROMIUM", "")
    yield from (shutil.which(name) or "" for name in NAMES)
    yield _playwrights()


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _playwrights() -> str:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else ""


def _starts(path: str) -> bool:
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
