"""Render: editions and templates become pages, as a mapping from paths under docs/ to their text.

No page prose stands here: it is in the templates, written once in Simplified and converted with the edition. Text of
the statement reaches Markdown through `escape` only, so that nothing in it is ever read as markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import DictLoader, Environment, StrictUndefined

from .model import Clause, Edition, Part, Span
from .text import numeral, opening

OWNED_FOLDERS = ("root", "theme/partials/languages")
"""The folders under docs/ that belong to the build, besides one for each edition."""

_PAGES = ("index", "full", "about")
# What Markdown, its table and attribute extensions or HTML could read as markup anywhere in a line.
_MARKUP = {character: f"\\{character}" for character in "\\`*_{}[]"} | {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "|": "&#124;",
    "~": "&#126;",
    "^": "&#94;",
    "=": "&#61;",
    "$": "&#36;",
    "#": "&#35;",
    "!": "&#33;",
}
# What could be read as markup at the start of a line only: a list's bullet or number, a rule, a definition.
_LINE_START = re.compile(r"[0-9]*[^\w\s]", re.ASCII)

Convert = Callable[[str], str]


def pages(
    editions: Sequence[Edition], converts: Sequence[Convert], templates: Mapping[str, str], site_url: str
) -> dict[str, str]:
    """Return every page of every edition, the pages both share, and the words of the theme, by path under docs/.

    `converts` turn a template's Simplified prose into the script of the edition at the same index. `site_url` is
    empty, or the address of the site's root, ending in a slash.
    """
    environments = [_environment(templates, convert) for convert in converts]
    result: dict[str, str] = {}
    for edition, environment in zip(editions, environments, strict=True):
        result |= _edition_pages(edition, editions, environment)
    return result | _root_pages(editions, environments, site_url)


def owned_folders(editions: Iterable[Edition]) -> tuple[str, ...]:
    """Return the folders under docs/ in which the build may remove what it no longer makes."""
    return (*(edition.id for edition in editions), *OWNED_FOLDERS)


def escape(text: str) -> str:
    """Return Markdown that a reader sees as exactly this text, wherever in a line it stands."""
    pieces = [_MARKUP.get(character, character) for character in text]
    if (match := _LINE_START.match(text)) and match.group().isascii():
        pieces[match.end() - 1] = f"&#{ord(match.group()[-1])};"
    return "".join(pieces)


def annotate(text: str, within: Span, replacements: Mapping[Span, str]) -> str:
    """Return the Markdown of a part of a text in which some spans, sorted and disjoint, stand as given Markdown."""
    pieces: list[str] = []
    position = within.start
    for span, markdown in sorted(replacements.items()):
        if within.start <= span.start and span.end <= within.end:
            pieces += [escape(text[position : span.start]), markdown]
            position = span.end
    return "".join([*pieces, escape(text[position : within.end])])


def _environment(templates: Mapping[str, str], convert: Convert) -> Environment:
    """Return the templates of one edition: their prose converted, what they leave open filled in strictly."""
    environment = Environment(
        loader=DictLoader({name: convert(source) for name, source in templates.items()}),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    environment.filters |= {
        "md": escape,
        "yaml": lambda text: json.dumps(text, ensure_ascii=False),
        "href": lambda address: quote(address, safe=":/?#@!$&'*+,;=%-._~"),
        "marked": _with_marks,
        "opening": opening,
        "numeral": numeral,
        "counter": lambda words: convert("两") if words == "二" else words,
        "day": _day,
        "minute": _minute,
    }
    environment.globals |= {"range": _clause_range}
    return environment


def _edition_pages(edition: Edition, editions: Sequence[Edition], environment: Environment) -> dict[str, str]:
    source = editions[0]
    converted = next((other for other in editions if other.is_converted), source)

    def part_of(clause: Clause | int) -> Part:
        number = clause if isinstance(clause, int) else clause.number
        return next(part for part in edition.parts if number in (each.number for each in part.clauses))

    context: dict[str, Any] = {
        "edition": edition,
        "editions": editions,
        "source": source,
        "converted": converted,
        "part_of": part_of,
        "marked": [clause for clause in edition.statement.clauses if clause.marks],
        "repairs": edition.statement.repairs,
    }
    result = {f"{edition.id}/{name}.md": environment.get_template(f"{name}.md").render(context) for name in _PAGES}
    around = [None, *edition.parts, None]
    for before, part, after in zip(around, edition.parts, around[2:], strict=False):
        page = environment.get_template("theme.md").render(context, part=part, before=before, after=after)
        result[f"{edition.id}/{part.slug}.md"] = page
    words = environment.get_template("language.html").render(context)
    result[f"theme/partials/languages/{edition.settings.language}.html"] = words
    return result


def _root_pages(editions: Sequence[Edition], environments: Sequence[Environment], site_url: str) -> dict[str, str]:
    """Return the pages that belong to no edition: the choice, the missing page and, given an address, a sitemap."""
    site_path = urlsplit(site_url).path or "/"
    context: dict[str, Any] = {"editions": editions, "site_url": site_url, "site_path": site_path}

    def each(name: str) -> list[str]:
        return [
            environment.get_template(name).render(context, edition=edition, level=2 if index else 1).strip()
            for index, (edition, environment) in enumerate(zip(editions, environments, strict=True))
        ]

    page = environments[0].get_template
    result = {
        "root/index.html": page("chooser.html").render(
            context, cards=each("chooser-card.html"), descriptions=each("chooser-description.txt")
        ),
        "root/404.html": page("missing.html").render(context, cards=each("missing-card.html")),
    }
    if site_url:
        paths = ["", *(f"{part.slug}/" for part in editions[0].parts), "full/", "about/"]
        result["root/sitemap.xml"] = page("sitemap.xml").render(context, paths=paths)
        result["root/robots.txt"] = f"User-agent: *\nAllow: /\nSitemap: {site_url}sitemap.xml\n"
    return result


def _with_marks(clause: Clause, within: Span, mark: str) -> str:
    """Return the Markdown of a part of a clause, its footnote marks in the given Markdown."""
    return annotate(clause.text, within, dict.fromkeys(clause.marks, mark))


def _clause_range(part: Part) -> str:
    first, last = part.clauses[0].number, part.clauses[-1].number
    return f"第{first}段" if first == last else f"第{first}至{last}段"


def _day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def _minute(value: datetime) -> str:
    return f"{_day(value)} {value:%H:%M}"
