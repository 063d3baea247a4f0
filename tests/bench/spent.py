"""What a process has spent so far."""

from __future__ import annotations

import resource
import time


def seconds() -> float:
    """Return the processor seconds, with those of the processes that it started and that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def memory() -> int:
    """Return the bytes of memory that the process itself held at most.

    The system says nothing of use about the others: it counts what this one held when it started them.
    """
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
