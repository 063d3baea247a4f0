"""Problems in the inputs: where they are, what is wrong, and how to fix them."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

Key = str | int

_TABLE = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\"'-]+)\s*\]\]?")


@dataclass(frozen=True)
class Source:
    """An input file that has been read: its name for messages and its text."""

    file: str
    text: str


@dataclass(frozen=True, order=True)
class Problem:
    """One problem in an input; line and column count characters from 1."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class InputError(Exception):
    """Raised for unusable inputs; carries every problem found, once and in order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(map(str, self.problems)))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems by file, line and column, each once; those at one place in the order in which they were found."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda each: (each.file, each.line, each.column)))


def problem_at(source: Source, offset: int, message: str) -> Problem:
    """Return the problem at a character offset (from 0) of a text whose lines end in LF, CR LF or CR."""
    line, column = line_and_column(source.text, offset)
    return Problem(source.file, line, column, message)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return the line and the column, both from 1, of a character offset (from 0)."""
    starts = _line_starts(text)
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


@lru_cache(maxsize=16)
def _line_starts(text: str) -> tuple[int, ...]:
    """Return where each line of a text begins; there may be thousands of problems with one."""
    return (0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text)))


def problem_at_key(source: Source, keys: Sequence[Key], message: str) -> Problem:
    """Return the problem at a key of a TOML file, such as `("themes", 3, "clauses")`.

    The message starts with the key in TOML notation, `themes[3].clauses`. The line is the one that sets the key or, if
    the key is missing, that of the nearest enclosing table.
    """
    line = _line_of_key(source.text.split("\n"), keys)
    return Problem(source.file, line, 1, f"{key_name(keys)}: {message}" if keys else message)


def key_name(keys: Sequence[Key]) -> str:
    """Return a key path as text: `("themes", 3, "clauses")` is `themes[3].clauses`."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys).removeprefix(".")


def os_error_line(error: OSError, remedy: str) -> str:
    """Return a one-line message for an OSError: the file, if any, what is wrong, and what to do."""
    name = error.filename
    shown = [os.fsdecode(name) if isinstance(name, str | bytes) else str(name)] if name is not None else []
    reason = error.strerror or str(error) or type(error).__name__
    return " ".join(": ".join([*shown, f"{reason}; {remedy}"]).splitlines())


def times(count: int) -> str:
    """Return a count in words for messages: never, once, 2 times."""
    return "never" if count == 0 else "once" if count == 1 else f"{count} times"


def _line_of_key(lines: Sequence[str], keys: Sequence[Key]) -> int:
    """Return the line (from 1) where a key is set, following the table headers; 1 if no part of it is found."""
    found = 1
    wanted: list[Key] = []
    for key in keys:
        wanted.append(key)
        line = _line_of_table(lines, wanted, found) or _line_of_assignment(lines, wanted, found)
        if line is None:
            break
        found = line
    return found


def _line_of_table(lines: Sequence[str], keys: Sequence[Key], start: int) -> int | None:
    """Return the line of the n-th `[[name]]`, or of `[name]`, at or after that of the table around it."""
    index = keys[-1] if isinstance(keys[-1], int) else 0
    name = ".".join(str(key) for key in keys if isinstance(key, str))
    headers = [
        number
        for number, line in enumerate(lines[start - 1 :], start)
        if (match := _TABLE.match(line)) and match.group(2).strip("\"'") == name
    ]
    return headers[index] if index < len(headers) else None


def _line_of_assignment(lines: Sequence[str], keys: Sequence[Key], start: int) -> int | None:
    """Return the line of `key =` at or after a table's header and before the next one."""
    key = re.compile(rf"^\s*[\"']?{re.escape(str(keys[-1]))}[\"']?\s*=")
    for number, line in enumerate(lines[start - 1 :], start):
        if key.match(line):
            return number
        if number > start and _TABLE.match(line):
            return None
    return None
