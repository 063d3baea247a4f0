"""Particulars: whether what people say about the statement, and the editions they ask for, agree with its text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from .dates import STAMP, day_in
from .errors import Problem, Source, problem_at_key
from .model import Particulars, Statement


def checksum_problems(data: bytes, particulars: Particulars, source: Source) -> Iterator[Problem]:
    """Yield a problem when the statement's bytes are not those that statement.toml vouches for."""
    actual = hashlib.sha256(data).hexdigest()
    if actual != particulars.sha256:
        message = f"statement.txt has the sha256 {actual}; if its change is meant, put this here"
        yield problem_at_key(source, ("sha256",), message)


def particulars_problems(statement: Statement, particulars: Particulars, source: Source) -> Iterator[Problem]:
    """Yield a problem for each of the particulars that the text itself contradicts."""
    pairs = {
        "title": (particulars.title, statement.title),
        "source_address": (particulars.source_address, statement.address or particulars.source_address),
    }
    if "".join(particulars.title_phrases) != particulars.title:
        message = "the phrases put together are not the title; repeat its characters, all of them and in order"
        yield problem_at_key(source, ("title_phrases",), message)
    yield from _date_problems(statement, particulars, source)
    for key, (here, there) in pairs.items():
        if here != there:
            message = f"{here} is not what the text says, {there}; make them the same"
            yield problem_at_key(source, (key,), message)


def _date_problems(statement: Statement, particulars: Particulars, source: Source) -> Iterator[Problem]:
    """Yield a problem for a date line that says neither when the text was published nor when it was made."""
    line, published = statement.date_line, particulars.published
    if STAMP.fullmatch(line):
        here = f"{published:%Y-%m-%d %H:%M}"[: len(line)]
        if here != line:
            message = f"{here} is not what the text says, {line}; make them the same"
            yield problem_at_key(source, ("published",), message)
    elif (day := day_in(line)) and day not in (published.date(), particulars.conference_date):
        message = f"{particulars.conference_date} is not what the text says, {line}; make them the same"
        yield problem_at_key(source, ("conference_date",), message)


def edition_problems(particulars: Particulars, source: Source) -> Iterator[Problem]:
    """Yield a problem for editions that share an address or a language, and when none comes first as the source."""
    if particulars.editions[0].converter:
        message = "the first edition is the source; leave its converter empty"
        yield problem_at_key(source, ("editions", 0, "converter"), message)
    for key in ("id", "language"):
        values = [getattr(settings, key) for settings in particulars.editions]
        for index, value in enumerate(values):
            if value in values[:index]:
                yield problem_at_key(
                    source, ("editions", index, key), f"{value} is taken by another edition; change it"
                )
