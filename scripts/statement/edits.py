"""Edits: what an editor changed of the original by hand, or left out, and that undoing all of it gives the original."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from .errors import Key, Problem, Source, problem_at_key, times
from .model import Built, Span


def edit_problems(
    data: bytes, said: Built, source: Source, file: str = "statement.txt", within: Sequence[Key] = ()
) -> Iterator[Problem]:
    """Yield a problem, in `source` (statement.toml), unless the text with all edits undone is the original.

    `data` are the bytes of the text, which are UTF-8, and `within` is the table that speaks of it.
    """
    text = data.decode("utf-8")
    problems = [*_place_problems(text, said, source, file, within)]
    yield from problems
    if problems:
        return
    if said.is_edited and not said.original_sha256:
        message = "is missing; add the sha256 of the file as it was received, without edits and omissions"
        yield problem_at_key(source, (*within, "original_sha256"), message)
    elif said.original_sha256:
        undone = hashlib.sha256(original(text, said).encode("utf-8")).hexdigest()
        if undone != said.original_sha256:
            how = "with its edits and omissions undone" if said.is_edited else "as it is"
            message = f"{file} {how} has the sha256 {undone}; list in edits and omissions all that was changed by hand"
            yield problem_at_key(source, (*within, "original_sha256"), message)


def original(text: str, said: Built) -> str:
    """Return the text as it was received: with edits undone, and with what was left out."""
    undone = [(_span(text, edit.edited), edit.original) for edit in said.edits]
    for omission in said.omissions:
        end = _span(text, omission.after).end if omission.after else 0
        undone.append((Span(end, end), omission.text))
    for span, words in sorted(undone, key=lambda each: each[0], reverse=True):
        text = text[: span.start] + words + text[span.end :]
    return text


def _span(text: str, words: str) -> Span:
    start = text.find(words)
    return Span(start, start + len(words))


def _place_problems(text: str, said: Built, source: Source, file: str, within: Sequence[Key]) -> Iterator[Problem]:
    """Yield a problem for each edit that cannot be placed: words that stand nowhere, or in several places."""
    places = [((*within, "edits", index, "edited"), edit.edited) for index, edit in enumerate(said.edits)]
    places += [((*within, "omissions", index, "after"), each.after) for index, each in enumerate(said.omissions)]
    for keys, words in places:
        if words and text.count(words) != 1:
            message = f"{file} has {words} {times(text.count(words))}; quote so much that it is there once"
            yield problem_at_key(source, keys, message)
    for index, edit in enumerate(said.edits):
        if edit.original == edit.edited:
            yield problem_at_key(source, (*within, "edits", index, "edited"), "is what the original has; correct it")
