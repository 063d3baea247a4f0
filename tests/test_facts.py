"""Facts of the statement stand in golden files and data, so that another statement needs no other code of tests."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

import sample
import support

FOLDER = support.ROOT / "tests"
FILES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.py") if "tools" not in path.parts)
ALLOWED = support.cases("allowed")["allowed"]
LENGTH = 4
"""So many Chinese characters in a row that the statement has, too, are its words."""

HAN = re.compile("[\u3400-\u9fff]+")
PLACE = re.compile(r"(?<![\w-])p(?!1\b)(?!1s1\b)\d+(?:s\d+)?(?![\w-])|第[0-9]+段")
"""A clause or sentence of the site, but for those that every statement has."""


def pieces(text: str) -> set[str]:
    """Return the pieces of Chinese of a text."""
    return {run[0][at : at + LENGTH] for run in HAN.finditer(text) for at in range(len(run[0]) - LENGTH + 1)}


PIECES = [min(pieces(sample.text_of(edition))) for edition in ("zh-hans", "zh-hant")]


@cache
def words() -> frozenset[str]:
    """Return the pieces of Chinese that the statement has, in either script, and what is said of it in its folder."""
    written = [path.read_text("utf-8") for path in support.SOURCE.iterdir() if path.suffix in (".txt", ".toml")]
    converted = [clause.text for edition in support.editions() for clause in edition.statement.clauses]
    titles = [part.full_title for edition in support.editions() for part in edition.parts]
    names = [name for edition in support.editions() for term in edition.terms for name in (term.name, *term.forms)]
    return frozenset().union(*map(pieces, (*written, *converted, *titles, *names)))


@cache
def ids() -> re.Pattern[str]:
    """Return what finds the address of a theme or a term: by itself, in a path, a fragment or a selector."""
    source = support.editions()[0]
    named = sorted({*(part.slug for part in source.parts), *(term.id for term in source.terms)}, key=len, reverse=True)
    return re.compile(rf"(?:^|(?<=[/#='\"]))(?:{'|'.join(map(re.escape, named))})(?=$|[/#?'\"\]])")


def strings(code: str) -> Iterator[tuple[int, str]]:
    """Yield the strings of a module with their lines, but for those that describe something."""
    tree = ast.parse(code)
    described = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node.lineno, node.value


def facts(code: str, is_of_the_site: bool) -> list[tuple[int, str]]:
    """Return the facts of the statement in a module, each with its line; places only in tests of its site."""
    found = [
        (number, piece) for number, line in enumerate(code.splitlines(), 1) for piece in sorted(pieces(line) & words())
    ]
    for number, text in strings(code):
        found += [(number, match[0]) for match in ids().finditer(text)]
        if is_of_the_site:
            found += [(number, match[0]) for match in PLACE.finditer(text)]
    return found


@pytest.mark.parametrize("file", FILES)
def test_no_test_has_a_fact_of_the_statement_in_its_code(file: str) -> None:
    allowed = [text for each in ALLOWED if each["file"] == file for text in each["texts"]]
    found = facts((FOLDER / file).read_text("utf-8"), file.startswith("browser/"))
    assert [fact for fact in found if not any(fact[1] in text for text in allowed)] == []


@pytest.mark.parametrize("entry", ALLOWED, ids=lambda entry: entry["file"])
def test_what_is_allowed_is_there_and_has_a_reason(entry: dict[str, object]) -> None:
    assert len(str(entry["reason"])) > 20
    found = facts((FOLDER / str(entry["file"])).read_text("utf-8"), is_of_the_site=True)
    assert isinstance(entry["texts"], list)
    assert [text for text in entry["texts"] if not any(piece in text for _, piece in found)] == []


@pytest.mark.parametrize(
    ("code", "fact"),
    [
        (f"# {PIECES[0]}", PIECES[0]),
        (f"x = '（{PIECES[1]}）'", PIECES[1]),
        (f"visit.go('zh-hans/{sample.THEME}/')", sample.THEME),
        (f"page.locator('a.term[href*={sample.TERM}]')", sample.TERM),
        (f"f'{{edition}}/terms/{sample.TERM}/'", sample.TERM),
        (f"x = '#{sample.PLACE}'", sample.PLACE),
        (f"x = f'第{sample.NUMBER}段'", f"第{sample.NUMBER}段"),
    ],
)
def test_a_fact_in_the_code_of_a_test_would_be_found(code: str, fact: str) -> None:
    assert [found for _, found in facts(code, is_of_the_site=True)] == [fact]


def test_what_any_statement_has_is_no_fact_of_this_one() -> None:
    assert facts('"""Who asks for health."""\nx = "p1 p1s1 #p1:2-5 甲乙丙丁 who said so"', is_of_the_site=True) == []
