"""What is said of a build while it runs: a line for what takes long, to whoever sits before a terminal."""

from __future__ import annotations

import io
import sys
import time

import pytest

from publish import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("output", [Terminal(), io.StringIO()])
def test_what_takes_long_is_named_while_it_runs_and_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, output: io.StringIO
) -> None:
    monkeypatch.setattr(sys, "stderr", output)
    monkeypatch.setattr(progress, "AFTER", 0.05)
    with progress.step("quick"):
        pass
    with progress.step("rendering the pages"):
        time.sleep(0.3)
        seen = output.getvalue()
    assert seen == ("rendering the pages …\n" if output.isatty() else "")
    time.sleep(0.1)
    assert output.getvalue() == seen, "nothing comes behind"


def test_what_fails_is_not_named_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    output = Terminal()
    monkeypatch.setattr(sys, "stderr", output)
    monkeypatch.setattr(progress, "AFTER", 0.05)
    with pytest.raises(ValueError, match="no"), progress.step("reading"):
        raise ValueError("no")
    time.sleep(0.1)
    assert output.getvalue() == ""


def test_it_takes_a_second() -> None:
    assert progress.AFTER == 1
