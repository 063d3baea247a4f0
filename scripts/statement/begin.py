"""Begin: the files of a new statement's folder, with what a program guessed and what an editor has to say."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from . import convert, themes
from .contents import LeftOut, without_contents
from .convert import Converter
from .errors import InputError, Source
from .guess import SIMPLIFIED, TRADITIONAL, Guess, declared, guess, hard_wrapped
from .model import (
    Conversion,
    Edition,
    EditionSettings,
    Hints,
    Particulars,
    Statement,
    Structure,
    Theme,
    Vocabulary,
)
from .parse import parse
from .propose import Name, Stand, Unread, names, stands, unread
from .received import Received

_MOST_PLACES = 5
_MOST_SHOWN = 8
# A text of so many characters has several clauses.
_LONG = 2000
# In the place of a day that nobody knows yet.
_HOW_TO_WRITE_IT = "2020-06-18"
_NOWHERE = "is neither near the title nor at the end: this is how to write it"
_UNITS = (("lead", "preambles"), ("note", "notes"), ("closing", "closing lines"))
_NOTES = {
    "numbering": "The mark of the first clause.",
    "headings": "The marks of headings, the outermost first, and the titles of those without a mark.",
    "items": "The marks of lists within a clause.",
    "notes": "The mark of the first footnote.",
    "table": "What stands between the cells of a table.",
    "preamble": "There are paragraphs before the first number.",
    "paragraphs": "A clause may have several paragraphs.",
    "closing": "How the lines after the last clause begin.",
    "anew": "Numbers begin anew in each part.",
    "annex_numbering": "The mark of the first clause of an annex.",
    "date_line": "Where the date stands.",
    "under_title": "Other lines below the title.",
    "skipped": "Numbers that the text does not have: compare with the original.",
    "page_breaks": "A page ends behind these words, and the paragraph goes on: compare with the original.",
    "paragraph_ends": "Paragraphs end with these words, without a full stop: compare with the original.",
}
_ABOUT = """\
# What this text is and where it comes from. People edit this file; the build only reads it.
# What is marked as a guess was read out of the text by a program: compare, and take the mark off.
"""
_THEMES = """\
# The parts of the statement, in order; each has a page of its own. A title repeats the heading in the text, without its
# mark. `slug` is the page's address, which stays for good: give it a name in English before you publish.
"""
_FIRST_THEME = """\
# [[themes]]
# slug = "text"
# title = "正文"
"""
_CONVERSION = """\
# Phrases that the converter gets wrong ([[overrides]]: source, result, hits, reason), and why a character becomes what
# it does where the converter knows several results ([[choices]]). README.md and CONTRIBUTING.md say more.
"""
TO_READ = """\
#
# Read these places, every one. Where the result is right, take the marks # off and write a reason, which readers see;
# where it is wrong, write an override.
"""
_TERMS = """\
# What the statement names: organisations, instruments, initiatives and its key ideas. What is here was found by a
# program. The site knows nothing of an entry that says `checked = false`: remove what is no term, and to keep one take
# that line off and give `english`, `definition` (a sentence of your own) and `address` (where more is said). `kind` is
# organisation, instrument, initiative or idea; a long name needs `phrases`.
"""
_WORDS = """\
# The words with which the statement takes a stand. What is here are common ones that the text has. The site knows
# nothing of an entry that says `checked = false`: read the places, put phrases in which the word takes no stand into
# `unless`, correct `hits`, say in `meaning` what it does, and take that line off.
"""
_REDIRECTS = """\
# Pages that have moved: where each was and where its text is now, from the site's root.
# [[redirects]]
# old = "/zh-hans/old-name/"
# new = "/zh-hans/new-name/"
"""


HEADS = (_THEMES, _CONVERSION, TO_READ, _TERMS, _WORDS, _REDIRECTS)
"""The notes at the heads of the files that may be proposed again."""


@dataclass(frozen=True)
class Begun:
    """The files of a new folder by their paths, and what the text was taken for, in lines.

    `unread` says that its conversion has to be read, and what to do; it is empty where it has not.
    """

    files: Mapping[str, bytes]
    told: tuple[str, ...]
    unread: str = ""


@dataclass(frozen=True)
class _Omission:
    """What was left out of the text, why, and the checksum of the text with it."""

    left_out: LeftOut
    reason: str
    digest: str


@dataclass(frozen=True)
class _Findings:
    """What the text was taken for, and what is proposed to its editor."""

    received: Received
    guess: Guess
    statement: Statement | None
    unread: Sequence[Unread]
    names: Sequence[Name]
    stands: Sequence[Stand]


def begin(read: Received, data: bytes, hints: Hints) -> Begun:
    """Return the folder for a text that was read from a file with the given bytes; nothing is raised.

    A table of contents is left out and declared as an omission, with which the text is what was received.
    """
    received = data if read.is_exact else read.text.encode("utf-8")
    left_out = without_contents(read.text)
    found = _found(replace(read, text=left_out.text) if left_out else read, hints)
    text = left_out.text.encode("utf-8") if left_out else received
    omission = _Omission(left_out, hints.contents, hashlib.sha256(received).hexdigest()) if left_out else None
    files = {
        "statement.txt": text,
        "statement.toml": _particulars(found, hashlib.sha256(text).hexdigest(), omission).encode("utf-8"),
        **{name: contents.encode("utf-8") for name, contents in _proposals(found).items()},
    }
    told = "contents: the table of contents is left out, as statement.toml says under [[omissions]]"
    return Begun(files, (*_told(found), *([told] if omission else ())), _to_confirm(found))


def proposals(
    read: Received, structure: Structure, editions: Sequence[EditionSettings], conversion: Conversion, hints: Hints
) -> Mapping[str, str]:
    """Return the files, by name, that are proposed for a text whose structure, editions and overrides are declared.

    Without editions they are guessed. Raises InputError where the text is not built so.
    """
    parse(Source("statement.txt", read.text), structure)
    return _proposals(_findings(read, declared(read.text, structure, editions, hints), conversion, hints))


def _proposals(found: _Findings) -> Mapping[str, str]:
    return {
        "themes.toml": _themes(found),
        "conversion.toml": _conversion(found),
        "terms.toml": _terms(found.names),
        "operative.toml": _words(found.stands),
        "redirects.toml": _REDIRECTS,
    }


def _found(read: Received, hints: Hints) -> _Findings:
    return _findings(read, guess(read.text, hints), Conversion(), hints)


def _findings(read: Received, made: Guess, conversion: Conversion, hints: Hints) -> _Findings:
    """Return what is proposed for a text that was taken for something, some of its conversion decided."""
    try:
        statement = parse(Source("statement.txt", read.text), made.structure)
    except InputError:
        return _Findings(read, made, None, (), (), ())
    written = _written(made)
    try:
        choices = unread(_editions(statement, made, conversion))
    except InputError:
        choices = []
    proposed = names(statement, hints, written, Converter(SIMPLIFIED, ()).unaided)
    return _Findings(read, made, statement, choices, proposed, tuple(stands(statement, hints, written)))


def _written(made: Guess) -> Callable[[str], str]:
    """Return what puts Simplified into the script of the text, in which its words are looked for."""
    is_traditional = made.editions[0].script == "hant"
    return Converter(TRADITIONAL if is_traditional else replace(SIMPLIFIED, converter=""), ()).unaided


def _editions(statement: Statement, made: Guess, conversion: Conversion) -> Sequence[Edition]:
    """Return the editions as they are before anybody has decided more of their conversion; raise InputError."""
    particulars = Particulars(
        title=made.title,
        title_phrases=made.phrases,
        conference_date=made.day or date(1970, 1, 1),
        published=datetime(1970, 1, 1, tzinfo=UTC),
        issuer="—",
        venue="—",
        publisher="—",
        source_address="https://example.org/",
        sha256="0" * 64,
        editions=made.editions,
    )
    divided = themes.resolved(statement, [Theme(part.slug, part.title, part.clauses) for part in made.parts])
    return convert.convert(statement, particulars, divided, conversion, Vocabulary(), Source("statement.toml", ""))


def _value(value: object) -> str:
    """Return a value as TOML has it."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, str):
        # TOML wants the one control character escaped that JSON does not.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value).lower() if isinstance(value, bool) else str(value)


def _entry(key: str, value: object, note: str) -> str:
    """Return a key with the note above it; one that nobody can tell yet is left to be filled in."""
    return f"# {note}\n{key} = {_value(value)}\n\n" if value else f'# {note}\n# {key} = ""\n\n'


def _particulars(found: _Findings, digest: str, omission: _Omission | None) -> str:
    made, address = found.guess, _address(found)
    given = {each.name: getattr(made.structure, each.name) for each in fields(Structure)}
    usual = {each.name: getattr(Structure(), each.name) for each in fields(Structure)}
    built = [
        f"# A guess. {_NOTES[key]}\n{key} = {_value(value)}\n\n"
        for key, value in given.items()
        if key in _NOTES and value != usual[key]
    ]
    day = f"# The day on which it was made{{}}.\n{{}}conference_date = {made.day or made.hint or _HOW_TO_WRITE_IT}\n\n"
    hint = "perhaps it stands near the title or at the end" if made.hint else f"it {_NOWHERE}"
    return "".join(
        [
            f"{_ABOUT}\n",
            _entry("title", made.title, "As it stands at the head of the text. A guess."),
            _entry("title_phrases", made.phrases, "The title in pieces, between which a line may break. A guess."),
            _entry("english_title", "", "What it is called in English, if it is called anything."),
            day.format(": a guess", "") if made.day else day.format(f"; {hint}", "# "),
            _published(made.published),
            _entry(
                "issuer", made.issuer, f"Who made it{'. A guess: the line below the title.' if made.issuer else '.'}"
            ),
            _entry("venue", "", "How they met: 视频会议, 现场会议."),
            _entry("publisher", urlsplit(address).netloc, f"Who put up the copy{'. A guess.' if address else '.'}"),
            _entry("source_address", address, f"Where that stands{'. A guess.' if address else '.'}"),
            f'# Of statement.txt, byte for byte: nobody changes the text by accident.\nsha256 = "{digest}"\n\n',
            _original(found.received, digest, omission),
            *built,
            "# The first edition is the source; the others are converted from it. A guess, by the characters.\n",
            "\n".join(_edition(each) for each in made.editions),
            _omitted(omission, _written(made)) if omission else "",
        ]
    )


def _published(stamp: str) -> str:
    """Return when the copy was put up, if the text says so; nothing else in it tells, least of all its own day."""
    if stamp:
        return f"# When the copy was put up: a guess.\npublished = {stamp}\n\n"
    return (
        "# The day on which the copy was put up or, where it does not say, on which you took it; not the day of the "
        f"text.\n# published = {_HOW_TO_WRITE_IT}\n\n"
    )


def _original(read: Received, digest: str, omission: _Omission | None) -> str:
    if omission:
        what = "the file as it was received" if read.is_exact else f"the text as it was taken out of a {read.form}"
        return f'# The same of {what}, with what is left out.\noriginal_sha256 = "{omission.digest}"\n\n'
    if read.is_exact:
        return f'# The same of the file as it was received.\noriginal_sha256 = "{digest}"\n\n'
    return f"# statement.txt was taken out of a {read.form}, so that there is no original_sha256.\n\n"


def _omitted(omission: _Omission, written: Callable[[str], str]) -> str:
    """Return the entry of what was left out."""
    said = {"text": omission.left_out.table, "after": omission.left_out.after, "reason": written(omission.reason)}
    lines = "".join(f"{key} = {_value(value)}\n" for key, value in said.items() if value)
    return f"\n# A guess: the table of contents, whose headings come again in the text.\n[[omissions]]\n{lines}"


def _address(found: _Findings) -> str:
    """Return the address that the text or the page names as its own, if it is one."""
    line = found.guess.layout.address
    address = line.text if line else found.received.address
    return address if urlsplit(address).scheme in ("http", "https") and urlsplit(address).netloc else ""


def _edition(settings: EditionSettings) -> str:
    keys = ("id", "language", "name", "converter", "quotes")
    return "[[editions]]\n" + "".join(f"{key} = {_value(getattr(settings, key))}\n" for key in keys)


def _themes(found: _Findings) -> str:
    tables = [
        f'[[themes]]\nslug = "{part.slug}"\ntitle = {_value(part.title)}\n'
        + (f"clauses = {_value(part.clauses)}\n" if part.clauses else "")
        for part in found.guess.parts
    ]
    return f"{_THEMES}# A guess, by the headings.\n\n" + "\n".join(tables or [_FIRST_THEME])


def _conversion(found: _Findings) -> str:
    if found.statement is None:
        return f"{_CONVERSION}#\n# When the text is sound, `check` names the places to read.\n"
    return _CONVERSION + (TO_READ if found.unread else "") + "".join(map(_stub, found.unread))


def _stub(each: Unread) -> str:
    """Return an entry of choices, all of it a comment, with the places that are to be read for it."""
    shown = "; ".join(place.shown for place in each.places[:_MOST_PLACES])
    more = f"; and {len(each.places) - _MOST_PLACES} more" if len(each.places) > _MOST_PLACES else ""
    hits = ", ".join(f"{_value(word)} = {count}" for word, count in each.hits.items())
    return (
        f"\n# {each.source} becomes {each.result}, not {' or '.join(each.others)}: {shown}{more}\n"
        f'# [[choices]]\n# source = "{each.source}"\n# result = "{each.result}"\n# hits = {{ {hits} }}\n# reason = ""\n'
    )


def _to_confirm(found: _Findings) -> str:
    """Return what has to be done about characters that could become something else; nothing where there are none."""
    if not found.unread:
        return ""
    places = sum(len(each.places) for each in found.unread)
    converted = " and ".join(each.id for each in found.guess.editions if each.converter)
    return (
        f"{len(found.unread)} choices among several forms of a character, in {places} places, wait to be confirmed; "
        "read the places, take the marks # off and write the reasons; until then you can leave out the edition that "
        f"is converted ({converted}): put # before its lines in statement.toml"
    )


def _terms(proposed: Sequence[Name]) -> str:
    tables = [
        f'\n[[terms]]\nchecked = false\n# It is there {each.count} times.\nid = "term-{number}"\nkind = "{each.kind}"\n'
        f"name = {_value(each.name)}\nforms = [{_value(each.name)}]\n"
        for number, each in enumerate(proposed, 1)
    ]
    return _TERMS + "".join(tables)


def _words(proposed: Sequence[Stand]) -> str:
    tables = [
        f'\n[[words]]\nchecked = false\nid = "{each.id}"\nword = {_value(each.word)}\nkind = "{each.kind}"\n'
        + (f"unless = {_value(each.unless)}\n" if each.unless else "")
        + f"hits = {each.hits}\n"
        for each in proposed
    ]
    return _WORDS + "".join(tables)


def _some(value: object) -> str:
    """Return a value as TOML has it, of a long list its first entries."""
    if isinstance(value, tuple) and len(value) > _MOST_SHOWN:
        return f"{_value(value[:_MOST_SHOWN])[:-1]}, … {len(value)} in all]"
    return _value(value)


def _doubts(found: _Findings) -> Iterator[str]:
    """Yield what makes a guess doubtful, one line each."""
    layout, text = found.guess.layout, found.received.text
    lines = sum(bool(line.strip()) for line in text.splitlines())
    longest = max((len(unit.text) for unit in layout.clauses), default=0)
    if len(text) > _LONG and (longest * 2 > len(text) or len(layout.clauses) * 40 < lines):
        yield (
            f"doubtful: {len(layout.clauses)} clauses in {len(text)} characters and {lines} lines; see how clauses and "
            "headings are marked in the text, correct numbering and headings in statement.toml, and run new again "
            "without --from"
        )
    if wrapped := hard_wrapped(text):
        yield (
            f"hard-wrapped: lines end at about {wrapped.width} characters; page_breaks joins those that end within a "
            "sentence, and one that ends with a full stop is taken for the end of its paragraph: compare with the "
            "original, or begin with a text that has each paragraph on one line"
        )


def _told(found: _Findings) -> Iterator[str]:
    """Yield what the text was taken for, one line each."""
    made, layout = found.guess, found.guess.layout
    exact = ", byte for byte" if found.received.is_exact else ""
    yield f"text: {len(found.received.text)} characters, from {found.received.form}{exact}"
    if found.received.unwritten:
        yield f"lists: {found.received.unwritten} paragraphs may have numbers that are not written; as .txt they are"
    if found.received.notes:
        yield f"footnotes: {found.received.notes}, put at the end with marks such as [1]"
    yield f"script: {made.editions[0].name}; {made.editions[1].name} is converted from it"
    yield f"title: {' | '.join(made.phrases)}"
    yield f"date: {made.day or made.published[:10] or 'none found'}"
    kinds = [("clauses", len(layout.clauses)), ("headings", len(layout.headings))]
    kinds += [(what, sum(unit.kind == kind for unit in layout.units)) for kind, what in _UNITS]
    yield f"found: {', '.join(f'{what} {count}' for what, count in kinds if count)}"
    for key, note in _NOTES.items():
        value = getattr(made.structure, key)
        if value != getattr(Structure(), key):
            yield f"{key}: {_some(value)} — {note[0].lower()}{note[1:].rstrip('.')}"
    yield from _doubts(found)
    yield f"parts: {', '.join(part.title for part in made.parts) or 'none'}"
    if found.statement:
        yield f"conversion: {sum(len(each.places) for each in found.unread)} places to read"
        yield f"proposed: {len(found.names)} terms, {len(found.stands)} operative words"
