"""The pages as other renderers of the same mkdocs.yml make them: MkDocs has no maintainer, and its theme a last day."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest

import support
from pages import EVERY

COMMANDS = {"properdocs": ("properdocs", "build", "--quiet"), "zensical": ("zensical", "build")}
ADDRESSES = (
    "href",
    "data-worker",
    "src",
    "data-fetch-text",
    "data-fetch-words",
    "data-fetch-terms",
    "data-results",
    "data-home",
)


class Parts(HTMLParser):
    """A page tag by tag and text by text, addresses as a browser resolves them, blanks between tags left out."""

    def __init__(self, html: str, address: str) -> None:
        super().__init__()
        self.address = address
        self.found: list[str] = []
        self._text: list[str] = []
        self.feed(html)
        self.close()
        self._end_text()

    def _end_text(self) -> None:
        text = " ".join("".join(self._text).split())
        self.found += [text] if text else []
        self._text = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_text()
        resolved = (
            (name, urljoin(self.address, value) if name in ADDRESSES and value is not None else str(value))
            for name, value in attrs
        )
        self.found.append(f"<{tag} {sorted(resolved)}>")

    def handle_endtag(self, tag: str) -> None:
        self._end_text()
        self.found.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_comment(self, data: str) -> None:
        self._end_text()
        self.found.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._end_text()
        self.found.append(f"<!{decl}>")


@cache
def parts(file: Path, address: str) -> list[str]:
    return Parts(file.read_text("utf-8"), address).found


@pytest.mark.slow
@pytest.mark.parametrize("address", ["", support.ADDRESS])
@pytest.mark.parametrize("name", COMMANDS)
def test_another_renderer_makes_the_same_pages(
    request: pytest.FixtureRequest, tmp_path: Path, name: str, address: str
) -> None:
    site: Path = request.getfixturevalue("addressed_site" if address else "site")
    for path in ("mkdocs.yml", "docs/pages", "docs/theme"):
        copy = shutil.copytree if (site.parent / path).is_dir() else shutil.copy
        (tmp_path / path).parent.mkdir(exist_ok=True)
        copy(site.parent / path, tmp_path / path)
    program, *arguments = COMMANDS[name]
    command = [str(Path(sys.executable).with_name(program)), *arguments, "-f", str(tmp_path / "mkdocs.yml")]
    done = subprocess.run(
        command, cwd=tmp_path, env=os.environ | {"SITE_URL": address}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    ours = {path.relative_to(site).as_posix(): path for path in site.rglob("*.html")}
    theirs = {path.relative_to(tmp_path / "site").as_posix(): path for path in (tmp_path / "site").rglob("*.html")}
    assert set(theirs) == set(ours)
    assert len(ours) > len(EVERY)
    differing = [
        path
        for path, file in ours.items()
        for at in [f"https://example.org/statement/{path.removesuffix('index.html')}"]
        if parts(file, at) != parts(theirs[path], at)
    ]
    # The page for what is missing names the root with or without its slash.
    assert [path for path in differing if not (address and path == "404.html")] == []
