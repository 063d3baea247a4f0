"""Render: editions and templates become pages, as a mapping from paths under docs/ to their text.

No page prose stands here: it is in the templates, written once in Simplified and converted with the edition. Text of
the statement reaches Markdown through `escape` only, so that nothing in it is ever read as markup.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from html import escape as escape_html
from itertools import groupby
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import DictLoader, Environment, StrictUndefined

from statement.cite import FOLDER, Citations
from statement.glance import glance
from statement.index import entries, in_order, wordings
from statement.model import Card, Clause, Edition, Mention, Part, Redirect, Relation, Span
from statement.text import numeral, opening

OWNED_FOLDERS = ("root", "theme/partials/languages")
"""The folders under docs/ that belong to the build, besides one for each edition."""

_PAGES = ("index", "full", "search", "terms/index", "wording", "cite", "about", "conversion")
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
    editions: Sequence[Edition],
    converts: Sequence[Convert],
    templates: Mapping[str, str],
    site_url: str,
    redirects: Sequence[Redirect] = (),
    *,
    citations: Mapping[str, Sequence[Citations]],
) -> dict[str, str]:
    """Return every page of every edition, the pages both share, and the words of the theme, by path under docs/.

    `converts` turn a template's Simplified prose into the script of the edition at the same index. `site_url` is
    empty, or the address of the site's root, ending in a slash. `citations` are those of each edition by its id: of the
    whole first, then of each clause.
    """
    environments = [_environment(templates, convert) for convert in converts]
    for edition, environment in zip(editions, environments, strict=True):
        environment.globals |= {"citations": citations[edition.id], "citation_folder": f"{FOLDER}/{edition.id}"}
        environment.globals |= {"site_url": site_url}
    result: dict[str, str] = {}
    for edition, environment in zip(editions, environments, strict=True):
        result |= _edition_pages(edition, editions, environment, redirects)
    return result | _root_pages(editions, environments, site_url) | _redirect_pages(editions, environments, redirects)


def cards(editions: Sequence[Edition], converts: Sequence[Convert], templates: Mapping[str, str]) -> dict[str, Card]:
    """Return what the pictures of the site and of each clause say, by their paths under docs/.

    They speak the source's script, and the next edition's beneath the text. `converts` are as for `pages`.
    """
    source, others = editions[0], editions[1:2]
    template = _environment(templates, converts[0]).get_template("card.json")
    words = json.loads(template.render(edition=source, clause=None))
    second = "".join(other.particulars.title for other in others)
    result = {"root/card.png": Card(**words, main=source.particulars.title_phrases, second=second)}
    for index, clause in enumerate(source.statement.clauses):
        words = json.loads(template.render(edition=source, clause=clause, part=_part_of(source, clause)))
        second = "".join(other.statement.clauses[index].text for other in others)
        result[f"root/{clause.number}/card.png"] = Card(**words, main=(clause.text,), second=second)
    return result


def page_names(slugs: Iterable[str], terms: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses of an edition's pages from its home, given the slugs of its themes and ids of its terms."""
    others = (name.removesuffix("/index") for name in _PAGES if name != "index")
    return ("", *(f"{name}/" for name in (*slugs, *others, *(f"terms/{term}" for term in terms))))


def owned_folders(editions: Iterable[Edition]) -> tuple[str, ...]:
    """Return the folders under docs/ in which the build may remove what it no longer makes."""
    return (*(edition.id for edition in editions), *OWNED_FOLDERS)


def escape(text: str) -> str:
    """Return Markdown that a reader sees as exactly this text, wherever in a line it stands."""
    pieces = [_MARKUP.get(character, character) for character in text]
    if (match := _LINE_START.match(text)) and match.group().isascii():
        pieces[match.end() - 1] = f"&#{ord(match.group()[-1])};"
    return "".join(pieces)


def annotate(
    text: str, within: Span, replacements: Mapping[Span, str], escape_text: Callable[[str], str] = escape
) -> str:
    """Return the markup of a part of a text in which some spans, sorted and disjoint, stand as given markup.

    What stands between them is escaped, for Markdown unless another way is given.
    """
    pieces: list[str] = []
    position = within.start
    for span, markup in sorted(replacements.items()):
        if within.start <= span.start and span.end <= within.end:
            pieces += [escape_text(text[position : span.start]), markup]
            position = span.end
    return "".join([*pieces, escape_text(text[position : within.end])])


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
        "host": lambda address: urlsplit(address).netloc.removeprefix("www."),
        "opening": opening,
        "numeral": numeral,
        "counter": lambda words: convert("两") if words == "二" else words,
        "day": _day,
        "minute": _minute,
    }
    environment.globals |= {"range": _clause_range}
    return environment


def _edition_pages(
    edition: Edition, editions: Sequence[Edition], environment: Environment, redirects: Sequence[Redirect]
) -> dict[str, str]:
    source = editions[0]
    converted = next((other for other in editions if other.is_converted), source)

    def part_of(clause: Clause | int) -> Part:
        return _part_of(edition, clause)

    def old_ids(part: Part) -> str:
        """Return anchors for the names that a theme had before: headings have the name of its page as their id."""
        old = [each.old for each in redirects if each.new == f"/{edition.id}/{part.slug}/"]
        return "".join(f'<span id="{address.split("/")[-2]}"></span>' for address in old)

    listed = entries(edition)
    context: dict[str, Any] = {
        "edition": edition,
        "editions": editions,
        "old_ids": old_ids,
        "source": source,
        "converted": converted,
        "part_of": part_of,
        "marked": [clause for clause in edition.statement.clauses if clause.marks],
        "repairs": edition.statement.repairs,
        "annotated": _annotator(edition, escape),
        "entries": listed,
        "ordered": in_order(edition, listed),
        "wordings": wordings(edition),
        "glance": glance(edition),
        **_beside(edition),
    }
    result = {
        f"{edition.id}/{name}.md": environment.get_template(f"{name.removesuffix('/index')}.md").render(context)
        for name in _PAGES
    }
    for entry in listed:
        page = environment.get_template("term.md").render(context, entry=entry)
        result[f"{edition.id}/terms/{entry.term.id}.md"] = page
    around = [None, *edition.parts, None]
    for before, part, after in zip(around, edition.parts, around[2:], strict=False):
        page = environment.get_template("theme.md").render(context, part=part, before=before, after=after)
        result[f"{edition.id}/{part.slug}.md"] = page
    result[f"{edition.id}/words.json"] = environment.get_template("words.json").render(context)
    words = environment.get_template("language.html").render(context)
    result[f"theme/partials/languages/{edition.settings.language}.html"] = words
    return result


def _part_of(edition: Edition, clause: Clause | int) -> Part:
    """Return the part that a clause, or the clause with a number, belongs to."""
    number = clause if isinstance(clause, int) else clause.number
    return next(part for part in edition.parts if number in (each.number for each in part.clauses))


def _root_pages(editions: Sequence[Edition], environments: Sequence[Environment], site_url: str) -> dict[str, str]:
    """Return the pages of no single edition: the choice, each clause and the whole in all scripts, what is missing.

    Given an address, there are a sitemap and a robots.txt, too.
    """
    site_path = urlsplit(site_url).path or "/"
    context: dict[str, Any] = {"editions": editions, "site_url": site_url, "site_path": site_path}

    def each(name: str, index: int = 0) -> list[str]:
        """Return what a template makes of every edition, and of the clause at an index, with one heading of level 1."""
        return [
            environment.get_template(name)
            .render(
                context,
                edition=edition,
                level=2 if order else 1,
                clause=edition.statement.clauses[index],
                part_of=partial(_part_of, edition),
                annotated=_annotator(edition, partial(escape_html, quote=False)),
                **_beside(edition),
            )
            .strip()
            for order, (edition, environment) in enumerate(zip(editions, environments, strict=True))
        ]

    page = environments[0].get_template
    result = {
        "root/index.html": page("chooser.html").render(
            context, cards=each("chooser-card.html"), descriptions=each("chooser-description.txt")
        ),
        "root/404.html": page("missing.html").render(context, cards=each("missing-card.html")),
    }
    for index, clause in enumerate(editions[0].statement.clauses):
        cards = each("pair-card.html", index)
        result[f"root/{clause.number}/index.html"] = page("pair.html").render(context, clause=clause, cards=cards)
    result["root/compare/index.html"] = page("compare.html").render(
        context, heads=each("compare-head.html"), labels=each("compare-label.txt"), rows=tuple(_rows(editions))
    )
    if site_url:
        paths = page_names((part.slug for part in editions[0].parts), (term.id for term in editions[0].terms))
        result["root/sitemap.xml"] = page("sitemap.xml").render(context, paths=paths)
        result["root/robots.txt"] = f"User-agent: *\nAllow: /\nSitemap: {site_url}sitemap.xml\n"
    return result


@dataclass(frozen=True)
class _Row:
    """A clause in every edition: its text in pieces, each with whether the editions differ there."""

    number: int
    id: str
    texts: tuple[tuple[tuple[str, bool], ...], ...]


def _rows(editions: Sequence[Edition]) -> Iterator[_Row]:
    """Yield the clauses of all editions, which have each character at the same place."""
    for clauses in zip(*(edition.statement.clauses for edition in editions), strict=True):
        columns = zip(*(clause.text for clause in clauses), strict=True)
        runs = [tuple(run) for _, run in groupby(columns, key=lambda column: len(set(column)) > 1)]
        texts = zip(*(_pieces(run) for run in runs), strict=True)
        yield _Row(clauses[0].number, clauses[0].id, tuple(texts))


def _pieces(run: Sequence[tuple[str, ...]]) -> tuple[tuple[str, bool], ...]:
    """Return what each edition has in a run of characters, with whether they differ."""
    differs = len(set(run[0])) > 1
    return tuple(("".join(characters), differs) for characters in zip(*run, strict=True))


def _redirect_pages(
    editions: Sequence[Edition], environments: Sequence[Environment], redirects: Sequence[Redirect]
) -> dict[str, str]:
    """Return a page at each address that has moved, and the file by which Netlify and Cloudflare redirect at once."""
    if not redirects:
        return {}
    by_id = {edition.id: (edition, each) for edition, each in zip(editions, environments, strict=True)}
    result = {"root/_redirects": "".join(f"{each.old} {each.new} 301\n" for each in redirects)}
    for redirect in redirects:
        edition, environment = by_id.get(redirect.old.split("/")[1], (editions[0], environments[0]))
        root = "../" * (redirect.old.count("/") - 1)
        context = {"edition": edition, "root": root, "target": f"{root}{redirect.new.removeprefix('/')}"}
        page = environment.get_template("redirect.html").render(context)
        result[f"root{redirect.old}index.html"] = page
    return result


def _first_mentions(edition: Edition) -> dict[int, dict[Span, Mention]]:
    """Return where each clause, by its number, first names each of its terms."""
    firsts: dict[tuple[int, str], Mention] = {}
    for mention in edition.mentions:
        firsts.setdefault((mention.clause, mention.term), mention)
    by_clause: defaultdict[int, dict[Span, Mention]] = defaultdict(dict)
    for mention in firsts.values():
        by_clause[mention.clause][mention.span] = mention
    return by_clause


def _annotator(edition: Edition, escape_text: Callable[[str], str]) -> Callable[..., str]:
    """Return what gives templates the markup of a part of a clause: footnote marks and terms as they say."""
    firsts = _first_mentions(edition)

    def annotated(clause: Clause, within: Span, mark: str, link: Callable[[str, str], str]) -> str:
        replacements = dict.fromkeys(clause.marks, mark) if mark else {}
        for span, mention in firsts.get(clause.number, {}).items():
            replacements[span] = link(mention.term, escape_text(span.of(clause.text)))
        return annotate(clause.text, within, replacements, escape_text)

    return annotated


def _beside(edition: Edition) -> dict[str, Any]:
    """Return what templates ask for what stands beside a clause: its operative words, and related clauses."""
    terms = {term.id: term for term in edition.terms}
    operatives = {each.id: each for each in edition.operatives}
    uses: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for use in edition.uses:
        uses[use.clause].setdefault(use.word, use.sentence)
    related: defaultdict[int, list[Relation]] = defaultdict(list)
    for relation in edition.relations:
        related[relation.clause].append(relation)
    return {
        "terms": terms,
        "operatives": operatives,
        "uses_in": lambda clause: uses[clause.number],
        "related_to": lambda clause: related[clause.number],
    }


def _clause_range(part: Part) -> str:
    first, last = part.clauses[0].number, part.clauses[-1].number
    return f"第{first}段" if first == last else f"第{first}至{last}段"


def _day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def _minute(value: datetime) -> str:
    return f"{_day(value)} {value:%H:%M}"
