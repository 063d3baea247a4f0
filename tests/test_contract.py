"""What pages tell our scripts, in attributes: each side knows what the other says."""

from __future__ import annotations

import re
from pathlib import Path

import support
from pages import EVERY, SHARED, read

ASSETS = support.ROOT / "docs" / "theme" / "assets"
# Read by a name that a script puts together, or by tests only.
BY_OTHERS = {"data-auto", "data-light", "data-dark", "data-kind", "data-candidates"}


def kebab(name: str) -> str:
    return "data-" + re.sub("[A-Z]", lambda letter: f"-{letter.group().lower()}", name)


def read_by_scripts() -> set[str]:
    """Return the attributes that scripts read, whichever way they write it."""
    code = "\n".join(path.read_text("utf-8") for path in ASSETS.rglob("*.js"))
    named = set(re.findall(r"dataset\.(\w+)", code))
    for names in re.findall(r"\{([^{}]*)\} = [\w.]*dataset", code):
        named |= set(re.findall(r"(\w+)(?= = |,|\s*$)", names))
    return {kebab(name) for name in named} | set(re.findall(r"data-[a-z]+(?:-[a-z]+)*", code))


def test_scripts_and_pages_know_the_same_attributes(site: Path) -> None:
    written = {
        name
        for page in ("404.html", "", *SHARED, *EVERY)
        for tag in read(site, page).find_all(True)
        for name in tag.attrs
        if name.startswith("data-")
    }
    known = read_by_scripts()
    assert written - known - BY_OTHERS == set()
    assert len(written) > 20
    # Those that scripts give elements of their own making, for a stylesheet or another script.
    assert known - written <= {"data-scheme", "data-shortcut", "data-passage"}
