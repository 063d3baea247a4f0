"""What hosts that read `_headers` make of it."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase

Rules = Mapping[str, Mapping[str, str]]
"""The headers for each pattern; what a pattern takes away has a name that begins with `! ` and no value."""


def rules(text: str) -> dict[str, dict[str, str]]:
    """Return the rules of a file in their order; a pattern that is there twice is an error."""
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if line.startswith("/"):
            assert line not in found
            current = found.setdefault(line, {})
        else:
            name, _, value = line.strip().partition(": ")
            current[name] = value
    return found


def as_cloudflare(found: Rules, path: str) -> dict[str, str]:
    """Return the headers of a path: what fits last may take a header away, and of two values both are sent."""
    sent: dict[str, str] = {}
    for values in (values for pattern, values in found.items() if fnmatchcase(path, pattern)):
        for name in (name.removeprefix("! ") for name in values if name.startswith("! ")):
            sent.pop(name, None)
        for name, value in values.items():
            if not name.startswith("! "):
                sent[name] = f"{sent[name]}, {value}" if name in sent else value
    return sent


def as_netlify(found: Rules, path: str) -> dict[str, str]:
    """Return the headers of a path: of two values the last is sent, and a line without a colon says nothing."""
    fitting = (values for pattern, values in found.items() if fnmatchcase(path, pattern))
    return {name: value for values in fitting for name, value in values.items() if not name.startswith("! ")}
