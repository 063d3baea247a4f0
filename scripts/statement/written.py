"""Written pages: what an editor wrote in Markdown in the folder `pages`, in the source's script, and what it needs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated

import yaml
from pydantic import ConfigDict, Field, Strict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as pydantic_dataclass

from .errors import InputError, Problem, Source
from .model import Words
from .sound import words

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""What a written page may be called: its name is its address."""

_FRONT = re.compile(r"\A---[ \t]*\n(?P<meta>.*?)^---[ \t]*\n", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#[ \t]+(?P<title>.+?)(?:[ \t]+#+)?(?:[ \t]*\{[^}\n]*\})?[ \t]*$", re.MULTILINE)
# Fenced code, then code in a line (CommonMark 4.5 and 6.1): what stands there is nobody's prose.
_CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)[ \t]*$|(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)", re.DOTALL | re.MULTILINE
)
# A heading (CommonMark 4.2) without an attribute list, in which it could have an id of its own.
_BARE_HEADING = re.compile(r"^(?P<head>#{1,6}[ \t]+(?P<title>[^{\n]+?))(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)
# An admonition or a folded one (Python-Markdown, PyMdown) without a title of its own.
_UNTITLED = re.compile(r'^(?P<head>[ \t]*(?:!!!|\?\?\?\+?)[ \t]+(?P<kind>[a-z]+)[^"\n]*?)[ \t]*$', re.MULTILINE)


@pydantic_dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class FrontMatter:
    """What may stand above a written page; `menu` is its place in the menu from 1, or false for none."""

    title: Words | None = None
    description: Words | None = None
    menu: Annotated[int, Strict(), Field(ge=1)] | Annotated[bool, Strict()] = True


@dataclass(frozen=True)
class WrittenPage:
    """A page as its editor wrote it; `body` is Markdown and always has a heading of level 1."""

    name: str
    title: str
    description: str
    menu: int | bool
    body: str
    source: Source


def page(name: str, source: Source) -> WrittenPage:
    """Return the page in a file; raise InputError with what is wrong with its name or front matter."""
    if not NAME.fullmatch(name):
        message = "is no address; name the file with small letters, digits and hyphens, such as foreword.md"
        raise InputError([Problem(source.file, 1, 1, message)])
    match = _FRONT.match(source.text)
    body = source.text[match.end() :] if match else source.text
    front = _front_matter(match["meta"] if match else "", source)
    heading = _HEADING.search(_CODE.sub("", body))
    title = front.title or (heading["title"] if heading else "")
    if not title:
        raise InputError([Problem(source.file, 1, 1, "no title; begin the page with a heading, as in # 前言")])
    whole = body if heading else f"# {title}\n\n{body}"
    return WrittenPage(
        name=name,
        title=title,
        description=front.description or title,
        menu=front.menu,
        body=_with_ids(whole),
        source=source,
    )


def converted(text: str, convert: Callable[[str], str], titles: Mapping[str, str]) -> str:
    """Return Markdown in another script: all but code, with a title for each admonition that has none.

    `titles` are those of the kinds of admonitions, in the script the text is written in.
    """
    return _outside_code(text, lambda prose: convert(_titled(prose, titles)))


def _with_ids(text: str) -> str:
    """Return Markdown in which each heading has an id, the same in every script: how its words sound."""
    taken: Counter[str] = Counter()

    def with_id(match: re.Match[str]) -> str:
        (read,) = words([match["title"]])
        sound = "-".join(re.findall("[a-z0-9]+", "-".join(read).lower())) or "section"
        taken[sound] += 1
        number = f"-{taken[sound]}" if taken[sound] > 1 else ""
        return f"{match['head']} {{ #{sound}{number} }}"

    return _outside_code(text, lambda prose: _BARE_HEADING.sub(with_id, prose))


def _outside_code(text: str, change: Callable[[str], str]) -> str:
    """Return Markdown with everything but its code changed."""
    pieces: list[str] = []
    position = 0
    for code in _CODE.finditer(text):
        pieces += [change(text[position : code.start()]), code.group()]
        position = code.end()
    return "".join([*pieces, change(text[position:])])


def _titled(text: str, titles: Mapping[str, str]) -> str:
    def title(match: re.Match[str]) -> str:
        known = titles.get(match["kind"])
        return f'{match["head"]} "{known}"' if known else match.group()

    return _UNTITLED.sub(title, text)


def _front_matter(text: str, source: Source) -> FrontMatter:
    try:
        return TypeAdapter(FrontMatter).validate_python(yaml.safe_load(text) or {})
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        what = getattr(error, "problem", None) or "cannot be read"
        raise InputError([Problem(source.file, line, 1, f"front matter is not YAML: {what}; correct it")]) from None
    except ValidationError as error:
        lines = source.text.split("\n")
        raise InputError(
            _problem(source, lines, str(detail["loc"][0]) if detail["loc"] else "") for detail in error.errors()
        ) from None


def _problem(source: Source, lines: list[str], key: str) -> Problem:
    line = next((number for number, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 1)
    known = "title and description are texts, menu is a place from 1 or false"
    return Problem(source.file, line, 1, f"{key or 'front matter'}: not understood; {known}")
