"""How the tests come by a Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest

from browser import chromium


def fake(path: Path, code: int) -> str:
    path.write_text(f"#!/bin/sh\nexit {code}\n")
    path.chmod(0o755)
    return str(path)


def test_the_one_that_is_named_is_taken_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", fake(tmp_path / "mine", 0))
    assert chromium.find() == str(tmp_path / "mine")


def test_one_that_does_not_start_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path / "chromium", 127)
    working = fake(tmp_path / "google-chrome", 0)
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium.find() == working


def test_where_none_can_be_had_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tried: list[str] = []
    monkeypatch.setattr(chromium, "find", lambda: "")
    monkeypatch.setattr(chromium, "install", lambda: tried.append("install"))
    assert chromium.main() == 1
    assert tried == ["install"]
    assert capsys.readouterr().err == (
        "no Chromium: install it (apt install chromium) or name one with CHROMIUM=/path/to/it\n"
    )
