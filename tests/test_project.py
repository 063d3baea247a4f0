"""The project itself: what it depends on, and what it says of itself."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import tomllib

import pytest

import support

LOCKS = ("requirements.txt", "tests/requirements.txt")


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=support.ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no checkout")
    return listed.stdout.splitlines()


def test_jieba_is_neither_locked_nor_installed() -> None:
    assert importlib.util.find_spec("jieba") is None
    assert not any("jieba" in (support.ROOT / lock).read_text() for lock in LOCKS)


@pytest.mark.parametrize("lock", [*LOCKS, "tests/bench/requirements.txt"])
def test_every_requirement_is_pinned_with_a_hash_and_names_only_a_package(lock: str) -> None:
    text = (support.ROOT / lock).read_text("utf-8")
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if not entry.startswith("#")]
    assert len(entries) > 10
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==[\w.]+ ", entry), entry
        assert "--hash=sha256:" in entry
    assert "://" not in text
    assert "--index" not in text


def test_the_tools_from_npm_are_pinned_with_hashes_and_no_address() -> None:
    text = (support.ROOT / "tests" / "tools" / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in text
    assert text.count('"integrity"') == text.count('"node_modules/')


def test_the_packages_that_own_the_same_module_are_not_installed_together() -> None:
    names = [re.split(r"==", line)[0] for lock in LOCKS for line in (support.ROOT / lock).read_text().splitlines()]
    assert "opencc-python-reimplemented" in names
    assert "opencc" not in names


def test_nothing_that_is_made_is_committed() -> None:
    made = re.compile(r"(site|site-bench|\.venv|\.venv-bench|docs/pages|build)/")
    assert [path for path in tracked() if made.match(path)] == []


def test_what_is_shipped_is_listed_with_what_it_needs() -> None:
    project = tomllib.loads((support.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert [re.split(r"==", each)[0] for each in project["dependencies"]] == [
        "brotli",
        "citeproc-py",
        "jinja2",
        "lxml",
        "markdown",
        "mkdocs",
        "mkdocs-material",
        "opencc-python-reimplemented",
        "pillow",
        "pydantic",
        "pypinyin",
        "python-docx",
        "tdewolff-minify",
        "typing-extensions",
        "typst",
    ]
