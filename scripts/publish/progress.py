"""Progress: a line on the terminal for what takes longer than a second, so that nobody waits in the dark."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

AFTER = 1.0
"""So many seconds something takes before it is named."""


@contextmanager
def step(what: str) -> Iterator[None]:
    """Name what is done meanwhile, if it takes long and somebody sees it: standard error is a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    timer = Timer(AFTER, lambda: print(f"{what} …", file=sys.stderr, flush=True))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
