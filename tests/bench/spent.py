"""What a process has spent so far, with the processes that it started and that have ended."""

from __future__ import annotations

import resource
import time


def seconds() -> float:
    """Return the processor seconds."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def memory() -> int:
    """Return the bytes of memory that it and the largest of the others held at most, as if both did at once."""
    sides = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(side).ru_maxrss for side in sides) * 1024
