"""What is kept between builds: what was made once, for exactly what it was made of, and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from statement import cite, kept


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "FOLDER", tmp_path / "kept")


def test_what_was_kept_is_found_by_its_key_and_kind_alone() -> None:
    assert kept.find("texts", "a") is None
    assert kept.keep("texts", "a", b"1") == b"1"
    assert kept.find("texts", "a") == b"1"
    assert kept.find("texts", "b") is None
    assert kept.find("pictures", "a") is None


def test_a_folder_that_cannot_be_written_changes_nothing() -> None:
    kept.FOLDER.write_text("in the way")
    assert kept.keep("texts", "a", b"1") == b"1"
    assert kept.find("texts", "a") is None


def test_the_older_half_goes_when_there_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST", 4)
    for key in "abcdef":
        kept._prune.cache_clear()  # Each as in a run of its own.
        kept.keep("texts", key, key.encode())
    assert len(list(kept.FOLDER.glob("texts/*"))) <= 4
    assert kept.find("texts", "f") == b"f"


def test_other_code_or_another_library_is_another_maker() -> None:
    assert kept.maker("pillow", cite) == kept.maker("pillow", cite)
    assert len({kept.maker("pillow", cite), kept.maker("jinja2", cite), kept.maker("pillow", kept)}) == 3
