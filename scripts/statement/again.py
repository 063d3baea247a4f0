"""Again: what `new` proposes for a folder whose statement.toml an editor has put right; what people wrote stays."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from . import begin
from .errors import InputError
from .inputs import Inputs
from .model import Conversion, Hints
from .received import Received

MISSING = "is missing; add it"
"""How a problem ends that leaves the rest of a file as it is."""

# The lines that `begin` writes into a file, besides the notes at its head: a file of nothing else is nobody's work yet.
_STRING = r'"(?:[^"\\]|\\.)*"'
_MADE = {
    "themes.toml": (r"# A guess, by the headings\.", r"themes = \[\]"),
    "conversion.toml": (
        r"# . becomes .+, not .+: .*",
        r"# \[\[choices\]\]",
        rf"# (?:source|result) = {_STRING}",
        r"# hits = \{.*\}",
        r'# reason = ""',
        r"#",
        r"# When the text is sound, `check` names the places to read\.",
    ),
    "terms.toml": (
        r"terms = \[\]",
        r"\[\[terms\]\]",
        "checked = false",
        r"# It is there \d+ times\.",
        r'id = "term-\d+"',
        rf"(?:kind|name) = {_STRING}",
        rf"forms = \[{_STRING}\]",
    ),
    "operative.toml": (
        r"words = \[\]",
        r"\[\[words\]\]",
        "checked = false",
        rf"(?:id|word|kind) = {_STRING}",
        r"unless = \[.*\]",
        r"hits = \d+",
    ),
    "redirects.toml": (),
}


NAMES = tuple(_MADE)
"""The files that may be proposed again."""


@dataclass(frozen=True)
class Proposed:
    """The files to write by their paths, and a line on each of those that were looked at."""

    files: Mapping[str, bytes]
    told: tuple[str, ...]


def again(found: Inputs, present: Mapping[str, str], hints: Hints, shown: str) -> Proposed:
    """Return what is proposed for a folder, whose inputs were read, in place of what nobody has touched yet.

    `present` are the texts of the files that the folder has, by their names; lines call the folder `shown`. Raises
    InputError where the text is not built as statement.toml says, or where that file cannot be read.
    """
    problems = [each for each in found.problems if each.file.endswith(("statement.toml", "statement.txt"))]
    if found.statement is None or any(not each.message.endswith(MISSING) for each in problems):
        raise InputError(problems)
    declared = found.particulars.value.editions if found.particulars else ()
    conversion = found.conversion.value if found.conversion else Conversion()
    read = Received(found.statement.text, "text", is_exact=True)
    made = begin.proposals(read, found.structure, declared, conversion, hints)
    return _proposed(made, present, shown)


def _proposed(made: Mapping[str, str], texts: Mapping[str, str], shown: str) -> Proposed:
    files: dict[str, bytes] = {}
    told: list[str] = []
    for name, text in made.items():
        present = texts.get(name)
        contents = text if present is None or _is_nobodys(name, present) else _with_more(name, present, text)
        if present is not None and present in (text, contents):
            told.append(f"{name}: as it was")
        elif contents is None:
            told.append(
                f"{name}: kept, because it has entries or notes that may be yours, though something else would be "
                f"proposed now; where they are only an earlier guess, remove {shown}/{name} and run `new {shown}` again"
            )
        else:
            files[name] = contents.encode("utf-8")
            told.append(f"{name}: {'written' if present is None else 'proposed again'}")
    return Proposed(files, tuple(told))


def _is_nobodys(name: str, text: str) -> bool:
    """Return whether a file has nothing but what `begin` writes and people have not touched."""
    heads = {line for head in begin.HEADS for line in head.splitlines()}
    made = re.compile("|".join(f"(?:{pattern})" for pattern in _MADE[name]) or r"(?!)")
    lines = text.splitlines()
    # An entry counts once its line of that name is taken off.
    is_open = lines.count("checked = false") == sum(line in ("[[terms]]", "[[words]]") for line in lines)
    return is_open and all(line in heads or made.fullmatch(line) for line in lines if line)


def _with_more(name: str, present: str, text: str) -> str | None:
    """Return a file that people wrote in with proposals behind that, if it may have more and has none; or nothing.

    The choices of a conversion are proposed as comments, so that they may follow whatever is there.
    """
    if name != "conversion.toml" or "[[choices]]" in present or _entries(present) is None:
        return None
    stubs = text[text.index(begin.TO_READ) :] if begin.TO_READ in text else ""
    return f"{present.rstrip()}\n{stubs}" if stubs else present


def _entries(text: str) -> Mapping[str, object] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
