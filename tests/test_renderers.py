"""The pages as other renderers of the same mkdocs.yml make them: MkDocs has no maintainer, and its theme a last day."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, Tag

import support

COMMANDS = {"properdocs": ("properdocs", "build", "--quiet"), "zensical": ("zensical", "build")}
ADDRESSES = ("href", "src", "data-fetch-text", "data-fetch-words", "data-fetch-terms", "data-results", "data-home")


def parts(html: str, address: str) -> list[str]:
    """Return a page tag by tag and text by text, addresses as a browser resolves them, blanks between tags left out."""
    found = []
    soup = BeautifulSoup(html, "html.parser")
    for each in soup.descendants:
        if not isinstance(each, Tag):
            text = " ".join(str(each).split())
            found += [text] if text else []
        else:
            values = {
                name: urljoin(address, value) if name in ADDRESSES and isinstance(value, str) else value
                for name, value in each.attrs.items()
            }
            found.append(f"<{each.name} {sorted((name, str(value)) for name, value in values.items())}>")
    return found


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
    assert len(ours) > 150
    differing = [
        path
        for path, file in ours.items()
        for at in [f"https://example.org/statement/{path.removesuffix('index.html')}"]
        if parts(file.read_text("utf-8"), at) != parts(theirs[path].read_text("utf-8"), at)
    ]
    # The page for what is missing names the root with or without its slash.
    assert [path for path in differing if not (address and path == "404.html")] == []
