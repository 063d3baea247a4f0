"""What several tests share: the project's files, a copy of it to build in, and statements made up for a test."""

from __future__ import annotations

import dataclasses
import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import opencc
import pytest
from pydantic import TypeAdapter

from publish import formats
from publish import project as publishing
from statement import inputs
from statement.choices import candidates
from statement.convert import Converter, overridden_places, own_words, text_converter
from statement.errors import InputError, Source
from statement.model import Conversion, Edition, EditionSettings, Override, Reason, Statement, Structure
from statement.parse import parse

T = TypeVar("T")

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "docs" / "source"
GOLDEN = ROOT / "tests" / "golden"
CASES = ROOT / "tests" / "cases"
BASE = ROOT / "tests" / "errors" / "base"
ADDRESS = "https://example.org/statement/"
HOSTED = "http://host.example/statement/"
INPUTS = ("docs/assets", "docs/hosting", "docs/source", "docs/styles", "docs/templates", "docs/theme", "scripts")
ADDRESSES = "docs/addresses.txt"
MOVED = "moved-elsewhere"
"""The address that a theme gets where it is moved."""


@cache
def cases(name: str) -> dict[str, Any]:
    """Return a file of tests/cases: what tests ask of this statement and what they have to get, by the test."""
    return tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))


@cache
def golden(name: str) -> dict[str, Any]:
    """Return a file of tests/golden: what a person has read."""
    return tomllib.loads((GOLDEN / f"{name}.toml").read_text("utf-8"))


@cache
def editions() -> tuple[Edition, ...]:
    """Return the editions of the real statement."""
    return publishing.editions(publishing.read(SOURCE))


SIMPLIFIED = EditionSettings("zh-hans", "zh-Hans", "简体", "tw2s", "“”‘’")
TRADITIONAL = EditionSettings("zh-hant", "zh-Hant", "繁體", "s2tw", "「」『』")
HONG_KONG = EditionSettings("zh-hant-hk", "zh-Hant-HK", "香港繁體", "s2hk", "「」『』")


def editions_with(
    *others: EditionSettings, overrides: Sequence[Override] | None = None, reasons: Sequence[Reason] | None = None
) -> tuple[Edition, ...]:
    """Return the editions of the real statement, the others than its source being these, and its conversion so.

    Where no reasons are given, there is one for each choice that conversion makes.
    """
    return _editions(publishing.read(SOURCE), others, overrides, reasons)


def own_reasons() -> tuple[Reason, ...]:
    """Return the reasons that people gave for the real statement."""
    read = publishing.read(SOURCE)
    assert read.conversion
    return read.conversion.value.choices


def problems_of_text(text: str) -> tuple[str, ...]:
    """Return what is wrong with the real statement when another text takes the place of its own."""
    read = publishing.read(SOURCE)
    assert read.particulars
    digest = sha256(text)
    particulars = dataclasses.replace(read.particulars.value, sha256=digest, original_sha256=digest)
    try:
        publishing.editions(
            dataclasses.replace(
                read,
                statement=Source("statement.txt", text),
                data=text.encode("utf-8"),
                particulars=dataclasses.replace(read.particulars, value=particulars),
            )
        )
    except InputError as error:
        return tuple(problem.message for problem in error.problems)
    return ()


def traditional_editions(*others: EditionSettings, overrides: Sequence[Override] = ()) -> tuple[Edition, ...]:
    """Return the editions of the Traditional text that people read as a source, with the converted ones given."""
    read = publishing.read(SOURCE)
    assert read.particulars
    assert read.themes
    assert read.terms
    assert read.operatives
    assert read.readings
    source = Source("statement.txt", (GOLDEN / "statement.zh-hant.txt").read_text("utf-8"))
    convert = Converter(TRADITIONAL, editions()[1].conversion).convert

    def translated(document: inputs.Document[T]) -> inputs.Document[T]:
        schema = TypeAdapter(type(document.value))
        text = convert(schema.dump_json(document.value).decode("utf-8"))
        return dataclasses.replace(document, value=schema.validate_json(text))

    read = dataclasses.replace(
        read,
        statement=source,
        data=source.text.encode("utf-8"),
        # The pages were put together when the text was read.
        particulars=dataclasses.replace(
            translated(read.particulars), value=dataclasses.replace(translated(read.particulars).value, page_breaks=())
        ),
        themes=translated(read.themes),
        terms=translated(read.terms),
        operatives=translated(read.operatives),
        readings=translated(read.readings),
    )
    return _editions(read, others, overrides, None, dataclasses.replace(TRADITIONAL, converter=""))


def reasons_for(
    statement: Statement, source: EditionSettings, settings: EditionSettings, overrides: Sequence[Override] = ()
) -> tuple[Reason, ...]:
    """Return reasons with which an edition's conversion is as if somebody had read it.

    Their words are a character itself, or where it becomes several, with the one before and the one after.
    """
    converter = text_converter(settings, source, overrides)
    texts = [own.text for own in own_words(statement)]
    known = candidates(settings.converter, "".join(texts))
    pairs = [
        (text[max(offset - 1, 0) : offset + 2], before, after)
        for text in texts
        for decided in [overridden_places(converter, text)]
        for offset, (before, after) in enumerate(zip(text, converter.convert(text), strict=True))
        if before in known and offset not in decided
    ]
    divided = Counter(before for before, _ in {(before, after) for _, before, after in pairs})
    hits = Counter((before, after, around if divided[before] > 1 else before) for around, before, after in pairs)
    words: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for (before, after, word), count in hits.items():
        words[before, after][word] = count
    return tuple(Reason(before, after, of, "理由", (settings.id,)) for (before, after), of in words.items())


def _editions(
    read: inputs.Inputs,
    others: Sequence[EditionSettings],
    overrides: Sequence[Override] | None,
    reasons: Sequence[Reason] | None,
    first: EditionSettings | None = None,
) -> tuple[Edition, ...]:
    assert read.particulars
    assert read.conversion
    particulars, conversion = read.particulars.value, read.conversion.value
    digest = hashlib.sha256(read.data).hexdigest()
    changed = dataclasses.replace(
        particulars,
        editions=(first or particulars.editions[0], *others),
        sha256=digest,
        original_sha256=digest,
    )
    used = conversion.overrides if overrides is None else tuple(overrides)
    if reasons is None:
        statement = parse(read.statement, read.structure) if read.statement else parse_statement()
        source = changed.editions[0]
        reasons = [each for other in others for each in reasons_for(statement, source, other, used)]
    said = Conversion(used, tuple(reasons))
    return publishing.editions(
        dataclasses.replace(
            read,
            particulars=dataclasses.replace(read.particulars, value=changed),
            conversion=dataclasses.replace(read.conversion, value=said),
        )
    )


def statement_source() -> Source:
    """Return the real text as received."""
    return Source("statement.txt", (SOURCE / "statement.txt").read_bytes().decode("utf-8"))


@cache
def parse_statement() -> Statement:
    """Return the real statement, parsed."""
    return parse(statement_source(), structure())


def structure() -> Structure:
    """Return how the real text is built, as its statement.toml says."""
    read = publishing.read(SOURCE)
    assert read.particulars
    return read.particulars.value.structure


@cache
def made() -> publishing.Made:
    """Return the files of docs/pages for the real statement, and the list of its pages."""
    return publishing.make(publishing.read(SOURCE))


def pictures() -> dict[str, bytes]:
    """Return the pictures of the real statement by their paths under docs/pages."""
    return {path: data for path, data in made().files.items() if isinstance(data, bytes) and path.endswith("card.png")}


@cache
def files_of_editions() -> Mapping[str, Mapping[str, str]]:
    """Return the Markdown pages of the real statement by edition and name."""
    return {
        edition.id: {
            path.removeprefix(f"{edition.id}/"): text
            for path, text in made().files.items()
            if path.startswith(f"{edition.id}/") and path.endswith(".md") and isinstance(text, str)
        }
        for edition in editions()
    }


@cache
def converter_table(name: str) -> dict[str, list[str]]:
    """Return one of the converter's tables of characters."""
    lines = (Path(opencc.__file__).parent / "dictionary" / name).read_text("utf-8").splitlines()
    return {key: values.split(" ") for key, values in (line.split("\t") for line in lines if "\t" in line)}


def copy_project(folder: Path) -> Path:
    """Copy what a build of the site needs into a new folder, and return the folder."""
    ignored = shutil.ignore_patterns("__pycache__")
    for name in INPUTS:
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / ADDRESSES, folder / ADDRESSES)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def need_pdf(path: str, made: Container[str]) -> None:
    """Skip a test of PDFs of other texts than the project's where no installed font can set them."""
    if path not in made:
        pytest.skip("no Noto Serif CJK is there; install it with `apt-get install fonts-noto-cjk`")


def run(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a project's build script and return what it said; it makes nothing to take away unless it is told to."""
    given = {"FORMATS": formats.NONE, **environment}
    return _python(project, [str(project / "scripts" / "build.py"), *arguments], given)


def run_python(project: Path, code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of Python as `run` runs a script."""
    return _python(project, ["-c", code], environment)


def _python(
    project: Path, arguments: Sequence[str], environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run Python in a project; no address in this run's environment reaches it."""
    inherited = {name: value for name, value in os.environ.items() if name != "SITE_URL"}
    return subprocess.run(
        [sys.executable, *arguments],
        env={**inherited, **environment},
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )


WHOLE = {"FORMATS": formats.ALL}
"""What a build is told of which all is looked at."""


def make_site(project: Path, *arguments: str, **environment: str) -> Path:
    """Build the site of a project and return its folder."""
    done = run(project, "site", *arguments, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


LIBRARY = "examples/library"
"""The example of a library, and where its site is built."""
LIBRARY_SITE = "build/library/site"


def make_library(folder: Path, *arguments: str, **environment: str) -> Path:
    """Build the example of a library in a copy of the project, and return that."""
    project = copy_project(folder)
    shutil.copytree(ROOT / "examples", project / "examples")
    done = run(project, "site", "--source", LIBRARY, *arguments, **{**WHOLE, **environment})
    assert done.returncode == 0, done.stdout + done.stderr
    return project


def rename_theme(project: Path, old: str, new: str) -> None:
    """Give a theme of a project's statement another address."""
    replace(project / "docs" / "source" / "themes.toml", f'slug = "{old}"', f'slug = "{new}"')


def redirect(project: Path, old: str, new: str) -> None:
    """Send the readers of a page of both editions on to another."""
    with (project / "docs" / "source" / "redirects.toml").open("a", encoding="utf-8") as file:
        for edition in ("zh-hans", "zh-hant"):
            file.write(f'\n[[redirects]]\nold = "/{edition}/{old}/"\nnew = "/{edition}/{new}/"\n')


def copy_base(folder: Path) -> Path:
    """Copy the small sound statement on which cases are built, its checksum put right, and return the folder."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    vouch(folder)
    return folder


def vouch(folder: Path) -> None:
    """Put the checksums of the texts in a folder into the folder's statement.toml, where there are both.

    That of the source stands there as zeros, that of a text in English as ones.
    """
    text, particulars = folder / "statement.txt", folder / "statement.toml"
    if text.is_file() and particulars.is_file():
        for placeholder, path in ((b"0", text), (b"1", folder / "statement.en.txt")):
            digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
            said = particulars.read_bytes()
            particulars.write_bytes(said.replace(placeholder * 64, digest.encode()) if digest else said)


def replace(path: Path, old: str, new: str) -> None:
    """Replace what stands in a file once."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old} is not in {path} once"
    path.write_text(text.replace(old, new), "utf-8")


def sha256(text: str) -> str:
    """Return the checksum of a text as UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def files(folder: Path) -> dict[str, bytes]:
    """Return the contents of every file under a folder by its path."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(found)}
