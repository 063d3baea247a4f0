"""Inputs: reads docs/source and docs/templates, and validates what people wrote there. Nothing else reads them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from .errors import InputError, Problem, Source, in_order, line_and_column, problem_at_key
from .model import (
    PROPOSED,
    READ,
    Conversion,
    EditionSettings,
    Font,
    Hints,
    Operatives,
    Particulars,
    Phrase,
    Phrases,
    Readings,
    Redirects,
    Structure,
    Terms,
    Themes,
)
from .received import Received, received
from .written import WrittenPage, page

T = TypeVar("T")

FONT = "fonts/cards.ttc"
"""The font of the pictures, in the folder of the inputs."""

TEXT_FONT = "fonts/text.ttc"
"""The font of the PDFs, in the folder of the inputs."""

PAGES = "pages"
"""The folder of the pages that an editor writes, in the folder of the inputs."""

_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_TODO = {
    "missing": "is missing; add it",
    "unexpected_keyword_argument": "is not a key that is known here; correct or remove it",
    "date_type": "has to be a date; write it as 2020-06-18, without quotation marks",
    "datetime_type": "has to be a date and time; write it as 2020-06-19T00:35:00, without quotation marks",
    "int_type": "has to be a number; write it without quotation marks",
    "string_too_short": "is too short; add what is missing",
    "string_type": "has to be a text; put it in quotation marks",
    "too_long": "is too long; remove what is too much",
    "too_short": "is too short; add what is missing",
    "tuple_type": 'has to be a list; put it in square brackets, as in ["…"]',
}
# What a list of tables that has none begins with, by its name.
_FIRST_TABLES = {"themes": 'it has no entry; write one below: [[themes]], slug = "text", title = "正文"'}
_SLUG = 'has to be of small letters and digits, with hyphens between words, such as "public-health"'
_WHOLE_ADDRESS = 'has to be a whole address without blanks; write it such as "https://example.org/statement"'
_SHA256 = "has to be the 64 digits 0 to 9 and a to f of a SHA-256; copy them whole"
_PAGE = 'has to be the path of a page; write it such as "/zh-hans/health/"'
_FORMS = {
    "address": _WHOLE_ADDRESS,
    "editions": 'has to be the id of a converted edition, such as "zh-hant"',
    "id": 'has to be of small letters, with hyphens between words, such as "zh-hant" or "public-health"',
    "kind": 'has to be one word, such as "声明"',
    "language": 'has to be a language with its script, such as "zh-Hant" or "zh-Hant-HK"',
    "locale": 'has to be a language and a country, such as "zh_TW"',
    "new": _PAGE,
    "old": _PAGE,
    "original_sha256": _SHA256,
    "pinyin": 'has to be small letters without blanks or tones, such as "yimiao"',
    "sha256": _SHA256,
    "slug": _SLUG,
    "source_address": _WHOLE_ADDRESS,
    "statement": _SLUG,
    "text": 'has to be a file beside statement.toml, such as "statement.en.txt"',
}
"""What a text under a key has to look like, in words, where its schema says it with a pattern."""
_BYTE_ORDER_MARK = "\ufeff"
# What tomllib says of a table that a line above has given a value.
_GIVEN_ABOVE = re.compile(r"Cannot mutate immutable namespace \('(\w+)',?.*")


@dataclass(frozen=True)
class Document(Generic[T]):
    """A TOML file that fits its schema: its text, for the places of problems, and what it says."""

    source: Source
    value: T


@dataclass(frozen=True)
class GivenText:
    """The text of an edition that is not converted: its file in the folder, its text and its bytes."""

    name: str
    source: Source
    data: bytes


@dataclass(frozen=True)
class Inputs:
    """What could be read of the inputs, and the problems of the rest, for which the fields are None."""

    statement: Source | None
    data: bytes
    particulars: Document[Particulars] | None
    themes: Document[Themes] | None
    conversion: Document[Conversion] | None
    terms: Document[Terms] | None
    operatives: Document[Operatives] | None
    redirects: Document[Redirects] | None
    readings: Document[Readings] | None
    font: Font | None
    problems: tuple[Problem, ...]
    written: tuple[WrittenPage, ...] = ()
    beside: Mapping[str, bytes] = field(default_factory=dict)
    declared: Structure | None = None
    text_font: Font | None = None
    given: Mapping[str, GivenText] = field(default_factory=dict)

    @property
    def structure(self) -> Structure:
        """How the text is built, also where statement.toml has problems elsewhere."""
        return self.particulars.value.structure if self.particulars else self.declared or Structure()


def read(folder: Path, name: str) -> Inputs:
    """Return the inputs in a folder that error messages call `name`; raise nothing for what is wrong with them."""
    problems: list[Problem] = []
    data = _collect(problems, lambda: _bytes(folder, name, "statement.txt")) or b""
    pages = tuple(_written(folder / PAGES, f"{name}/{PAGES}", problems))
    text_font = _collect(problems, lambda: _font(folder, name, TEXT_FONT))
    particulars = _collect(problems, lambda: _document(folder, name, "statement.toml", Particulars))
    given = dict(_given(folder, name, particulars.value, problems)) if particulars else {}
    return Inputs(
        _collect(problems, lambda: _source(folder, name, "statement.txt")),
        data,
        particulars,
        _collect(problems, lambda: _document(folder, name, "themes.toml", Themes)),
        _collect(problems, lambda: _document(folder, name, "conversion.toml", Conversion)),
        _collect(problems, lambda: _document(folder, name, "terms.toml", Terms)),
        _collect(problems, lambda: _document(folder, name, "operative.toml", Operatives)),
        _collect(problems, lambda: _document(folder, name, "redirects.toml", Redirects)),
        _collect(problems, lambda: _optional(folder, name, "variants.toml", Readings)),
        _collect(problems, lambda: _font(folder, name, FONT)),
        in_order(problems),
        pages,
        dict(_beside(folder / PAGES)),
        _declared(folder / "statement.toml"),
        text_font,
        given,
    )


def read_templates(folder: Path) -> dict[str, str]:
    """Return the page templates in a folder by their names without `.jinja`."""
    return {path.name.removesuffix(".jinja"): path.read_text("utf-8") for path in sorted(folder.glob("*.jinja"))}


def read_interface(folder: Path, settings: EditionSettings) -> dict[str, str]:
    """Return those page templates that a language of its own has in place of others; Chinese has none."""
    return {} if settings.is_chinese else read_templates(folder / settings.language.partition("-")[0])


def read_styles(folder: Path) -> dict[str, str]:
    """Return the citation styles in a folder by their names without `.csl`."""
    return {path.stem: path.read_text("utf-8") for path in sorted(folder.glob("*.csl"))}


def read_phrases(folder: Path, name: str) -> tuple[Phrase, ...]:
    """Return what readers of Traditional say otherwise, from the templates' folder, which error messages call `name`.

    Raises InputError if the list is not there or not right.
    """
    return _document(folder, name, "phrases.toml", Phrases).value.phrases


def read_hints(folder: Path, name: str) -> Hints:
    """Return what a new text is looked at with, from the templates' folder, which error messages call `name`."""
    return _document(folder, name, "begin.toml", Hints).value


def read_text(path: Path) -> Received:
    """Return the text in a file, whichever format it has; raise InputError."""
    name = path.as_posix()
    if not path.is_file():
        raise InputError([Problem(name, 1, 1, "no such file; give the file that has the text")])
    found = received(name, _bytes(path.parent, path.parent.as_posix(), path.name))
    if len(found.text.strip().splitlines()) == 1:
        raise InputError([Problem(name, 1, 1, "has one line only; give the whole text, its title on the first line")])
    return found


def read_present(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Return the texts of some files of a folder, those that it has; what is no UTF-8 is replaced. Raise OSError."""
    return {each: (folder / each).read_bytes().decode("utf-8", "replace") for each in names if (folder / each).exists()}


def read_document(folder: Path, name: str, file: str, schema: type[T]) -> Document[T]:
    """Return a TOML file of a folder, which error messages call `name`, by its schema; raise InputError."""
    return _document(folder, name, file, schema)


def read_published(path: Path, name: str, is_needed: bool = True) -> Source:
    """Return the list of published addresses, which error messages call `name`; raise InputError.

    A list that is not needed is empty where there is none: nothing was published yet.
    """
    if not is_needed and not path.exists():
        return Source(name, "")
    return _source(path.parent, name.rpartition("/")[0], path.name)


def _given(
    folder: Path, name: str, particulars: Particulars, problems: list[Problem]
) -> Iterator[tuple[str, GivenText]]:
    """Yield the texts of editions that are not converted, by their files; problems are added to those collected."""
    for file in dict.fromkeys(each.text for each in particulars.editions if each.text):
        source = _collect(problems, lambda file=file: _source(folder, name, file))  # type: ignore[misc]
        if source:
            yield file, GivenText(file, source, (folder / file).read_bytes())


def _declared(path: Path) -> Structure | None:
    """Return what a file says of the text's structure, whatever else it says; nothing where that is not right."""
    try:
        given = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return None
    known = {each.name: _frozen(given[each.name]) for each in fields(Structure) if each.name in given}
    is_right = all(_is_such(value, getattr(Structure(), key), key) for key, value in known.items())
    return replace(Structure(), **known) if is_right else None


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _is_such(value: Any, usual: Any, key: str) -> bool:
    """Whether a value is of the kind of the usual one; a list has texts in it, but for that of skipped numbers."""
    if isinstance(usual, tuple | None):
        return isinstance(value, tuple) and all(isinstance(each, int if key == "skipped" else str) for each in value)
    return isinstance(value, type(usual))


def _collect(problems: list[Problem], step: Callable[[], T]) -> T | None:
    """Return a step's result, or None with its problems added to those collected."""
    try:
        return step()
    except InputError as error:
        problems += error.problems
        return None


def _bytes(folder: Path, name: str, file: str) -> bytes:
    try:
        return (folder / file).read_bytes()
    except FileNotFoundError:
        raise InputError([Problem(f"{name}/{file}", 1, 1, "no such file; add it")]) from None
    except OSError as error:
        message = f"cannot be read ({error.strerror}); make it a file that can"
        raise InputError([Problem(f"{name}/{file}", 1, 1, message)]) from None


def _written(folder: Path, name: str, problems: list[Problem]) -> Iterator[WrittenPage]:
    """Yield the pages an editor wrote, in the order of their names; problems are added to those collected."""
    for path in sorted(folder.glob("*.md")):
        made = _collect(problems, lambda path=path: page(path.stem, _source(folder, name, path.name)))  # type: ignore[misc]
        if made:
            yield made


def _beside(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files that lie beside written pages, such as pictures, with their paths."""
    for path in sorted(folder.rglob("*")):
        names = path.relative_to(folder).parts
        if (
            path.is_file()
            and not (len(names) == 1 and path.suffix == ".md")
            and not any(n.startswith(".") for n in names)
        ):
            yield "/".join(names), path.read_bytes()


def _font(folder: Path, name: str, file: str) -> Font | None:
    """Return a font of a folder, if it has it; one without that of the pictures has no pictures."""
    return Font(f"{name}/{file}", _bytes(folder, name, file)) if (folder / file).exists() else None


def _source(folder: Path, name: str, file: str) -> Source:
    data = _bytes(folder, name, file)
    try:
        return Source(f"{name}/{file}", data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line, column = line_and_column(data[: error.start].decode("utf-8"), len(data[: error.start].decode("utf-8")))
        message = f"{_bad_bytes(data[error.start :])}; save the file as UTF-8"
        raise InputError([Problem(f"{name}/{file}", line, column, message)]) from None


def _bad_bytes(data: bytes) -> str:
    """Return what is wrong with bytes that are not UTF-8 (RFC 3629, section 3: surrogates are not encoded)."""
    try:
        character = data[:3].decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return f"the byte 0x{data[0]:02X} is not UTF-8"
    return f"unpaired surrogate U+{ord(character[0]):04X}"


def _document(folder: Path, name: str, file: str, schema: type[T]) -> Document[T]:
    source = _source(folder, name, file)
    # Editors such as those of old Windows put a mark before the first character.
    source = replace(source, text=source.text.removeprefix(_BYTE_ORDER_MARK))
    try:
        return Document(source, TypeAdapter(schema).validate_python(tomllib.loads(source.text)))
    except tomllib.TOMLDecodeError as error:
        raise InputError([_syntax_problem(source, str(error))]) from None
    except RecursionError:
        raise InputError([Problem(source.file, 1, 1, "nested too deeply; make it flat")]) from None
    except ValidationError as error:
        problems = [_schema_problem(source, dict(detail)) for detail in error.errors(include_url=False)]
        raise InputError(problems) from None


def _optional(folder: Path, name: str, file: str, schema: type[T]) -> Document[T]:
    """Return a document, or an empty one where there is no such file."""
    if (folder / file).exists():
        return _document(folder, name, file, schema)
    return Document(Source(f"{name}/{file}", ""), TypeAdapter(schema).validate_python({}))


def _syntax_problem(source: Source, message: str) -> Problem:
    match = _TOML_PLACE.search(message)
    reason = _TOML_PLACE.sub("", message)
    above = _GIVEN_ABOVE.fullmatch(reason)
    what = f"not TOML: {reason}; correct the line"
    if above:
        what = f"{above[1]} has a value already, such as {above[1]} = []; remove the line that gives it"
    if match and match[1]:
        return Problem(source.file, int(match[1]), int(match[2]), what)
    line, column = line_and_column(source.text, len(source.text))
    return Problem(source.file, line, column, what)


def _schema_problem(source: Source, detail: dict[str, Any]) -> Problem:
    keys: Sequence[str | int] = [key for key in detail["loc"] if key not in (READ, PROPOSED)]
    message: str = _TODO.get(detail["type"], "")
    names = [key for key in keys if isinstance(key, str)]
    if detail["type"] == "value_error":
        message = str(detail["ctx"]["error"])
    elif detail["type"] == "string_pattern_mismatch" and names and names[-1] in _FORMS:
        message = f"{_FORMS[names[-1]]}"
    elif detail["type"] in ("too_short", "missing") and len(keys) == 1 and keys[0] in _FIRST_TABLES:
        message = _FIRST_TABLES[str(keys[0])]
    elif not message:
        message = f"{detail['msg'][0].lower()}{detail['msg'][1:]}; correct it"
    return problem_at_key(source, keys, message)
