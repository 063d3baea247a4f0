"""Particulars: whether what people say about the statement, and the editions they ask for, agree with its text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from . import sound
from .dates import day_in
from .errors import Key, Problem, Source, problem_at_key
from .model import Built, Particulars, Statement

# What an edition is called that is in Chinese: all but those with a text of their own are.
_CONVERTED = re.compile(r"zh-han[st](-[a-z]{2})?")
# The first word of a title, and of what follows its colon.
_FIRST_WORD = re.compile(r"(?:^|: )\W*(\w+)")


def checksum_problems(
    data: bytes, said: Built, source: Source, file: str = "statement.txt", within: Sequence[Key] = ()
) -> Iterator[Problem]:
    """Yield a problem when a text's bytes are not those that statement.toml vouches for.

    `within` is the table there that speaks of the text, which is in `file`.
    """
    actual = hashlib.sha256(data).hexdigest()
    if actual != said.sha256:
        message = f"{file} has the sha256 {actual}; if its change is meant, put this here"
        yield problem_at_key(source, (*within, "sha256"), message)


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
    if not particulars.known_kind:
        message = 'the title does not end in what the text is; say it with kind, such as kind = "声明"'
        yield problem_at_key(source, ("title",), message)
    if particulars.dated and particulars.conference_date:
        message = "conference_date is the text's day already; remove one of them"
        yield problem_at_key(source, ("dated",), message)
    for key, (here, there) in pairs.items():
        if here != there:
            message = f"{here} is not what the text says, {there}; make them the same"
            yield problem_at_key(source, (key,), message)


def _date_problems(statement: Statement, particulars: Particulars, source: Source) -> Iterator[Problem]:
    """Yield a problem for a date line that says neither when the text was published nor when it was made."""
    line, published = statement.date_line, particulars.published
    if statement.stamp:
        here = f"{published:%Y-%m-%d %H:%M}"[: len(line)]
        if here != line:
            message = f"{here} is not what the text says, {line}; make them the same"
            yield problem_at_key(source, ("published",), message)
    elif (day := day_in(line)) and day not in (published.date(), particulars.day):
        key = "dated" if particulars.dated else "conference_date" if particulars.conference_date else "published"
        message = f"{particulars.day} is not what the text says, {line}; make them the same"
        yield problem_at_key(source, (key,), message)


def english_problems(particulars: Particulars, source: Source) -> Iterator[Problem]:
    """Yield a problem for each way in which the English title is not given in sentence case.

    That is: in its words, in which nothing is changed but capitals to small letters, and with a capital at the
    beginning and after a colon (APA 7, 6.17; Chicago 18, 8.159). Which words are proper nouns is for people to say.
    """
    title, written = particulars.english_title, particulars.english_sentence_case
    if written:
        for message in _sentence_case_faults(title, written):
            yield problem_at_key(source, ("english_sentence_case",), message)


def _sentence_case_faults(title: str, written: str) -> Iterator[str]:
    """Yield what is wrong with a title in sentence case, given the title with all its capitals."""
    if not title:
        yield "there is no english_title of which this would be the sentence case; add that, or remove this"
    elif written == title:
        yield "these are the capitals of english_title; leave them to proper nouns, or remove this"
    elif len(written) != len(title) or any(b not in (a, a.lower()) for a, b in zip(title, written, strict=True)):
        yield "these are not the words of english_title; change nothing in it but capitals to small letters"
    else:
        for word in _FIRST_WORD.findall(written):
            if word[0].islower():
                yield f"{word} opens the title or what follows its colon; give it a capital"


def romanized_problems(particulars: Particulars, source: Source) -> Iterator[Problem]:
    """Yield a problem for each name that is not romanized as its characters are read.

    It is in sentence case, as Chicago 18 has what is romanized (chapter 11), and APA 7 every title of a page (6.17).
    Which words are proper nouns is for people to say.
    """
    names = {
        "title": particulars.title_phrases,
        "issuer": (particulars.issuer,),
        "publisher": (particulars.publisher,),
        "short_title": (particulars.short,),
    }
    for key, pieces in names.items():
        romanized = getattr(particulars.romanized, key)
        message = sound.misread(pieces, romanized) if romanized else ""
        first = _FIRST_WORD.match(romanized)
        if not message and first and first[1][0].islower():
            message = f"{first[1]} opens the name; give it a capital"
        if message:
            yield problem_at_key(source, ("romanized", key), message)


def edition_problems(particulars: Particulars, source: Source) -> Iterator[Problem]:
    """Yield a problem for editions that share an address or a language, and when none comes first as the source.

    One that has no text of its own is in Chinese; one that has says what there is to say of it, and is not converted.
    """
    for index, settings in enumerate(particulars.editions):
        keys = ("editions", index)
        if settings.converter and (settings.text or not index):
            what = "has a text of its own" if index else "is the source"
            message = f"{'this' if index else 'the first'} edition {what}; leave its converter empty"
            yield problem_at_key(source, (*keys, "converter"), message)
        if settings.text and not index:
            message = "the text of the first edition is statement.txt; remove this"
            yield problem_at_key(source, (*keys, "text"), message)
        elif bool(settings.text) != bool(settings.given):
            message = "is missing; a text of its own and [editions.given], which speaks of it, belong together"
            yield problem_at_key(source, (*keys, "text" if settings.given else "given"), message)
        if not settings.text and not _CONVERTED.fullmatch(settings.id):
            message = f"{settings.id} is for an edition with a text of its own; name its text, or use such as zh-hant"
            yield problem_at_key(source, (*keys, "id"), message)
    for key in ("id", "language"):
        values = [getattr(settings, key) for settings in particulars.editions]
        for index, value in enumerate(values):
            if value in values[:index]:
                yield problem_at_key(
                    source, ("editions", index, key), f"{value} is taken by another edition; change it"
                )
