"""The server that shows the site on this machine, where a browser does not behave."""

from __future__ import annotations

import socket
import struct
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from browser.visits import serving

# To hang up at once, what is under way thrown away: on, and no seconds to linger.
HANG_UP = struct.pack("ii", 1, 0)


def test_a_browser_that_goes_away_in_the_middle_of_an_answer_is_let_go(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "_headers").write_text("/*\n  X-Content-Type-Options: nosniff\n")
    (tmp_path / "big.txt").write_bytes(b"x" * 20_000_000)
    with serving(tmp_path) as base:
        for _ in range(3):
            with socket.create_connection(("127.0.0.1", urlsplit(base).port or 0)) as connection:
                connection.sendall(b"GET /big.txt HTTP/1.0\r\n\r\n")
                assert connection.recv(15) == b"HTTP/1.0 200 OK"
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, HANG_UP)
        with urllib.request.urlopen(f"{base}big.txt") as answer:
            assert len(answer.read()) == 20_000_000
    assert capfd.readouterr().err == ""
