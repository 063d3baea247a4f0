"""How the tests come by a Chromium."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import support
from browser import chromium

# A system whose only fonts have no Chinese.
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}</cachedir></fontconfig>"""
ASK = "from browser import chromium; print(chromium.draws_chinese(chromium.find()))"


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


@pytest.mark.slow
@pytest.mark.xdist_group("browser")
def test_a_chromium_that_draws_chinese_is_told_from_one_that_has_no_font_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(support.ROOT / "tests"))
    (tmp_path / "fonts.conf").write_text(FONTS.format(folder=tmp_path))
    for draws in ("True\n", "False\n"):
        done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=False)
        assert done.stdout == draws, done.stderr
        monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))


@pytest.mark.parametrize("helps", [True, False])
def test_a_font_with_chinese_is_installed_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], helps: bool
) -> None:
    tried: list[str] = []
    monkeypatch.setattr(chromium, "find", lambda: "/a/chromium")
    monkeypatch.setattr(chromium, "draws_chinese", lambda _: helps and bool(tried))
    monkeypatch.setattr(chromium, "install_font", lambda: tried.append("font"))
    assert chromium.main() == (0 if helps else 1)
    assert tried == ["font"]
    said = capsys.readouterr()
    assert said.out.startswith("no font with Chinese here; installing one\n")
    assert said.err == ("" if helps else "no font with Chinese, which many tests measure: apt install fonts-noto-cjk\n")


def test_what_is_there_is_not_installed_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def never() -> None:
        raise AssertionError

    monkeypatch.setattr(chromium, "find", lambda: "/a/chromium")
    monkeypatch.setattr(chromium, "draws_chinese", lambda _: True)
    monkeypatch.setattr(chromium, "install", never)
    monkeypatch.setattr(chromium, "install_font", never)
    assert chromium.main() == 0
    assert capsys.readouterr().out == "/a/chromium\n"


def test_packages_are_asked_for_where_that_can_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr("subprocess.run", lambda command, **_: commands.append(command))
    monkeypatch.setattr(chromium, "_is_root", lambda: False)
    chromium.install_font()
    assert commands == []
    monkeypatch.setattr(chromium, "_is_root", lambda: True)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    chromium.install_font()
    assert commands == [["apt-get", "update"], ["apt-get", "install", "--yes", "fonts-noto-cjk"]]
