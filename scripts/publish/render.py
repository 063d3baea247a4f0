"""Render: views and templates become the files of docs/pages: Markdown, and the data the skeleton and scripts read.

No page prose stands here: it is in the templates, written once in Simplified and converted with the edition. Whatever a
template prints is escaped, so that nothing in the text is ever read as markup.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache, partial
from itertools import groupby
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from statement import convert as conversion
from statement import kept, latin
from statement.cite import FOLDER, Citations
from statement.convert import Converter
from statement.examples import Shown as Examples
from statement.examples import examples
from statement.model import Card, Clause, Edition, Heading, Redirect, Span, clause_range
from statement.text import numeral, opening
from statement.views import ClauseView, EditionView, shown_mark
from statement.written import WrittenPage, converted

from . import beside, linked
from .assets import Assets
from .bytecode import bytecode_cache
from .citing import breaking, in_english
from .data import Download, downloads
from .escape import finalize
from .pages import MOST_COMPARED, Page, compare_path, front_matter, handed_over
from .place import UNKNOWN, Place
from .settings import Entry, Settings
from .shelf import Shelf

# An address of a page in Chinese: on a host of China, or in a folder that is named after the language.
_CHINESE = re.compile(r"^https?://[^/]*\.cn(?:/|$)|/(?:zh|zh-hans|zh-cn|chinese)(?:/|$)", re.IGNORECASE)
# Characters that every script and region writes differently.
_TELLING = "体卫里"
# The width and the height, in CSS pixels, of a clause in somebody else's page.
_FRAME_SIZE = (640, 360)
_SHOWN = ("repo_url", "repo_name", "edit_uri", "extra_css", "extra_javascript", "logo", "favicon", "icons", "social")
_SOURCES = {
    "index": "source/statement.toml",
    "about": "source/statement.toml",
    "theme": "source/statement.txt",
    "full": "source/statement.txt",
    "pair": "source/statement.txt",
    "compare": "source/statement.txt",
    "terms": "source/terms.toml",
    "term": "source/terms.toml",
    "wording": "source/operative.toml",
    "conversion": "source/conversion.toml",
    "moved": "source/redirects.toml",
}
"""What people edit to change a page, under docs/; other pages say what their templates do."""

PALETTE = "assets/palette.css"
"""The file with the colours that mkdocs.yml asks for."""

SITE = ".site.yml"
"""The file with what the skeleton shows around pages, which mkdocs.yml inherits."""

GIVEN = frozenset(
    (
        *("index.md", "theme.md", "full.md", "search.md", "cite.md", "download.md", "about.md", "pair.md"),
        *("clause.md", "cite.html", "embed-card.html", "oembed.json", "feed.xml", "opensearch.xml"),
        *("book.json", "one-head.html"),
        *("interface.json", "words.json", "app.webmanifest", "llms-edition.txt", "pair-card.html", "missing-card.html"),
        *("chooser-card.html", "chooser-description.txt", "compare-head.html", "compare-label.txt"),
        *("compare-note.txt", "compare-title.txt", "compare-description.txt"),
    )
)
"""The templates that an edition in another language than Chinese needs, for its pages and for what it has on others."""

SHARED = (
    *("embed.html", "oembed-frame.html", "name.html", "one-edition.html", "one-cites.html"),
    *("epub-about.xhtml", "epub-contents.xhtml", "epub-nav.xhtml", "epub-package.opf", "epub-terms.xhtml"),
    "epub-text.xhtml",
)
"""The templates that have no words of their own, so that all languages have them."""

Convert = Callable[[str], str]


@dataclass(frozen=True)
class Shown:
    """An edition with its templates, in its script, and its citations: of the whole first, then of each clause."""

    view: EditionView
    environment: Environment
    citations: Sequence[Citations]
    convert: Convert

    @property
    def edition(self) -> Edition:
        """The edition itself."""
        return self.view.edition

    @cached_property
    def of_all(self) -> Mapping[str, Any]:
        """What every template may print for which all clauses are looked through: once, because there may be many."""
        clauses = self.view.clauses
        return {
            "unit": self.edition.statement.unit,
            "example": _example(self.edition),
            "numbered_by_us": any(clause.clause.is_unmarked and clause.value for clause in clauses),
            "named_by_us": tuple(clause for clause in clauses if not clause.value and clause.clause.name),
        }

    @cached_property
    def examples(self) -> Examples:
        """What pages show as examples of what can be searched."""
        return examples(self.edition)


@dataclass(frozen=True)
class Site:
    """What every page of the site may need: the editions as shown, the list of pages, the place, the redirects.

    `shown` are those that have the characters of the source, `given` those with texts of their own. `data` are the
    files to take away, by path; `absent` are the paths of those that this build leaves out, and `notes` say why if
    nobody wanted that. Without pictures, pages name none.
    """

    shown: tuple[Shown, ...]
    pages: tuple[Page, ...]
    place: Place = UNKNOWN
    redirects: tuple[Redirect, ...] = ()
    written: tuple[WrittenPage, ...] = ()
    settings: Settings = field(default_factory=Settings)
    assets: Assets = field(default_factory=Assets)
    data: Mapping[str, str | bytes] = field(default_factory=dict)
    has_pictures: bool = True
    shelf: Shelf | None = None
    absent: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    given: tuple[Shown, ...] = ()

    @cached_property
    def downloads(self) -> Mapping[str, Download]:
        """What there is to say of the files to take away, by path."""
        return downloads(self.data)

    @cached_property
    def clauses(self) -> tuple[str, ...]:
        """What addresses call the clauses of all editions, in order, whichever text they stand in."""
        return beside.addresses([each.edition for each in self.every])

    @cached_property
    def single_files(self) -> frozenset[str]:
        """The paths of the files that clauses have of their own, of which no page has a list."""
        return frozenset(f"data/{clause.id}.json" for each in self.every for clause in each.edition.statement.clauses)

    @property
    def is_structured(self) -> bool:
        """Whether any edition has more than numbered clauses of one paragraph each."""
        return any(each.edition.statement.is_structured for each in self.every)

    def with_clause(self, address: str) -> Shown:
        """Return the first edition that has a clause: the source, unless only a given text has it."""
        return next(each for each in self.every if address in each.view.by_address)

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The editions that have the characters of the source, in their order; the first is that."""
        return tuple(each.edition for each in self.shown)

    @property
    def every(self) -> tuple[Shown, ...]:
        """All editions, those with texts of their own last."""
        return (*self.shown, *self.given)

    def by_id(self, edition: str) -> Shown:
        """Return an edition by its id; the source for pages in every script."""
        return next((each for each in self.every if each.edition.id == edition), self.shown[0])


def given(
    views: Sequence[EditionView],
    prose: Sequence[Convert],
    templates: Sequence[Mapping[str, str]],
    citations: Mapping[str, Sequence[Citations]],
) -> tuple[Shown, ...]:
    """Return editions with texts of their own, each with the templates in its language.

    Those in Chinese have the templates of all others, which `prose` turns into their script.
    """
    return tuple(
        Shown(view, environment(own, words, view.edition.settings.language), citations[view.edition.id], plainly)
        for view, words, own in zip(views, prose, templates, strict=True)
    )


def plainly(text: str) -> str:
    """Return a text as it is: what people write of a given text is in its language already."""
    return text


def shown(
    views: Sequence[EditionView],
    converts: Sequence[Convert],
    prose: Sequence[Convert],
    templates: Mapping[str, str],
    citations: Mapping[str, Sequence[Citations]],
) -> tuple[Shown, ...]:
    """Return editions with their templates.

    `converts` turn what people wrote in the source's script into that of each edition, and so does each of `prose` with
    the templates, which are in Simplified.
    """
    return tuple(
        Shown(view, environment(templates, words), citations[view.edition.id], convert)
        for view, convert, words in zip(views, converts, prose, strict=True)
    )


def files(site: Site) -> dict[str, str]:
    """Return every file of docs/pages that is made with a template, by path."""
    made = {page.file: _page(site, page) for page in site.pages}
    for each in site.every:
        made[f"{each.edition.id}/words.json"] = _render(site, each, "words.json")
    return made | {SITE: _site_data(site, made)}


def cards(site: Site) -> dict[str, Card]:
    """Return what the pictures of the site and of each clause say, by their paths under docs/pages.

    They speak the source's script, and the next edition's beneath the text.
    """
    source, others = site.shown[0], site.editions[1:2]
    title = "".join(other.particulars.title for other in others)
    words = json.loads(_render(site, source, "card.json", clause=None))
    result = {"card.png": Card(**words, main=source.edition.particulars.title_phrases, second=title)}
    for clause in source.view.clauses:
        words = json.loads(_render(site, source, "card.json", clause=clause))
        second = "".join(other.statement.clauses[clause.index].text for other in others)
        result[f"{clause.clause.address}/card.png"] = Card(**words, main=(clause.text,), second=second)
    return result


def environment(templates: Mapping[str, str], convert: Convert, language: str = "") -> Environment:
    """Return the templates of one edition: their prose converted, what they leave open filled in strictly."""
    converted = tuple((name, _converted(source, convert)) for name, source in templates.items())
    return _compiled(converted, convert, language)


def _converted(source: str, convert: Convert) -> str:
    """Return a template in an edition's script, from an earlier build where it is kept.

    A converter is data: printed, it says all that the result depends on, but for OpenCC and the code that calls it.
    """
    converter = getattr(convert, "__self__", None)
    if not isinstance(converter, Converter) or converter.settings.given:
        return convert(source)
    key = f"{kept.maker('opencc-python-reimplemented', conversion)} {converter} {source}"
    found = kept.find("prose", key)
    return found.decode("utf-8") if found is not None else kept.keep("prose", key, convert(source).encode()).decode()


@lru_cache(maxsize=8)
def _compiled(sources: tuple[tuple[str, str], ...], convert: Convert, language: str) -> Environment:
    """Return templates ready to render, already converted; what they get in Simplified `interface` converts."""
    environment = Environment(
        loader=DictLoader(dict(sources)),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
        bytecode_cache=bytecode_cache(language + "-".join(f"{ord(character):x}" for character in convert(_TELLING))),
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    environment.filters |= {
        "yaml": lambda text: Markup(json.dumps(text, ensure_ascii=False)),
        "href": lambda address: Markup(quote(address, safe=":/?#@!$&'*+,;=%-._~")),
        "host": lambda address: urlsplit(address).netloc.removeprefix("www."),
        "is_bare": lambda address: urlsplit(address).path in ("", "/"),
        "is_chinese": lambda address: bool(_CHINESE.search(address)),
        "breaking": breaking,
        "in_english": in_english,
        "opening": opening,
        "opened": partial(_opened, not language or language.startswith("zh")),
        "numeral": numeral,
        "interface": convert,
        "quoted": _quoting(convert("“‘字’”")),
        "counter": lambda words: convert("两") if words == "二" else words,
        "day": _day,
        "minute": _minute,
        "runs": _runs,
        "size": _size,
        "shown": shown_mark,
    }
    scripts = {"hans": convert("简体"), "hant": convert("繁体")}
    environment.globals |= {"scripts": scripts, "compare_path": compare_path}
    return environment


def _render(site: Site, each: Shown, template: str, **more: Any) -> str:
    """Return what a template makes of an edition."""
    return each.environment.get_template(template).render(_context(site, each), **more)


def printed(site: Site, each: Shown, template: str, **more: Any) -> str:
    """Return what a template makes of an edition and of what it gets besides, for what is no page of docs/pages."""
    return _render(site, each, template, **more)


def printer(each: Shown) -> str:
    """Return all that decides what an edition's templates make of what they get: them, and what converts words."""
    loader, converts = each.environment.loader, (each.convert, each.environment.filters["interface"])
    mapping = loader.mapping if isinstance(loader, DictLoader) else loader
    return repr((mapping, [getattr(convert, "__self__", convert) for convert in converts]))


def book(site: Site, each: Shown) -> dict[str, Any]:
    """Return what an edition says of itself where it is taken away: in one file, as a book, on paper."""
    found: dict[str, Any] = json.loads(_render(site, each, "book.json"))
    return found


def rows(editions: Sequence[Edition]) -> Iterator[Row]:
    """Yield every clause in all editions, as `/compare/` has it."""
    for first in range(0, len(editions[0].statement.clauses), MOST_COMPARED):
        yield from _rows(editions, first)


def _context(site: Site, each: Shown) -> dict[str, Any]:
    """Return what every template may print: an edition with its views, beside the others.

    Of one with a text of its own nothing is said that is true of the others only: it is the only one of its kind.
    """
    view = each.view
    editions = (each.edition,) if each.edition.is_given else site.editions
    source = editions[0]
    return {
        "view": view,
        "edition": each.edition,
        "editions": editions,
        "every": tuple(other.edition for other in site.every),
        "is_compared": len(site.every) > 1,
        "is_beside": bool(site.given),
        "source": source,
        # The source's pages about conversion speak of the first edition that is converted.
        "converted": next((other for other in (each.edition, *editions) if other.is_converted), source),
        "part_of": view.part_of,
        "clause_of": view.by_number,
        "parts": view.parts,
        "terms": view.terms,
        "marked": view.marked,
        "repairs": each.edition.statement.repairs,
        "in_scripts": len(editions) > 1,
        "noun": each.edition.particulars.noun,
        "examples": each.examples,
        **each.of_all,
        **(beside.said(site.editions[0], each.edition) if each.edition.is_given else {}),
        "original": "文本" if each.edition.particulars.is_edited else "原文",
        "entries": view.entries,
        "ordered": view.ordered,
        "wordings": view.wordings,
        "glance": view.glance,
        "citations": each.citations,
        "citation_folder": f"{FOLDER}/{each.edition.id}",
        "old_ids": _old_ids(site, each.edition),
        "downloads": site.downloads,
        "single_files": site.single_files,
        "site_url": site.place.address,
        "frame_size": _FRAME_SIZE,
        "site_description": each.convert(site.settings.description),
        "site_path": site.place.folder,
        "shelf": site.shelf,
        "number": None,
        "level": 1,
    }


def _opened(is_chinese: bool, clause: ClauseView | Clause, length: int) -> str:
    """Return the opening words of a clause, as wide as about so many Chinese characters."""
    own = clause.clause if isinstance(clause, ClauseView) else clause
    return opening(own.text, length) if is_chinese else latin.opening(own, length)


def _example(edition: Edition) -> Clause:
    """Return the clause that pages have as an example: the seventh, or the last before it, that has a number."""
    clauses = edition.statement.clauses
    return ([clause for clause in clauses if clause.value][:7] or list(clauses))[-1]


def _old_ids(site: Site, edition: Edition) -> Mapping[str, Sequence[str]]:
    """Return the slugs that each part had before: headings have the slug of their part as their id."""
    old: defaultdict[str, list[str]] = defaultdict(list)
    for redirect in site.redirects:
        folder, _, slug = redirect.new.strip("/").partition("/")
        if folder == edition.id:
            old[slug].append(redirect.old.strip("/").rpartition("/")[2])
    return old


def _page(site: Site, page: Page) -> str:
    """Return the Markdown of a page."""
    each = site.with_clause(page.key) if page.template == "pair" else site.by_id(page.edition)
    text = _render(site, each, f"{page.template}.md", **_subject(site, page, each))
    every = [other.edition for other in site.every]
    said = linked.described(page, front_matter(text)["title"], every, site.place.address)
    return handed_over(text.replace("---\n", f"---\n{_place(site, page)}{_linked(said) if said else ''}", 1))


def _linked(said: Mapping[str, Any]) -> str:
    """Return the line of front matter with what a page says in JSON-LD, which no markup can end."""
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"linked: {json.dumps(text, ensure_ascii=False)}\n"


def _place(site: Site, page: Page) -> str:
    """Return the lines of front matter that tell the skeleton where a page is; shared pages are in no edition."""
    lines = {
        "edition": page.edition if page.template != "moved" else "",
        "path": page.local if page.edition else "",
        "within": f"{page.edition}/terms/" if page.template == "term" else "",
        "source": _source_of(page) if site.settings.repo_url and site.settings.edit_uri else "",
    }
    more = _lacking(site, page.key) if page.template == "pair" else {}
    return "".join(f"{key}: {value}\n" for key, value in (lines | more).items() if value)


def _lacking(site: Site, address: str) -> dict[str, str]:
    """Return what the skeleton has to know of a clause that not every edition has: which, and where to go there.

    Around a clause that the source has not, the skeleton speaks the language of the first edition that has it.
    """
    lacking = [each.edition.id for each in site.every if address not in each.view.by_address]
    if not lacking:
        return {}
    first = site.with_clause(address)
    speaks = "" if first is site.shown[0] else first.edition.id
    return {"lacking": json.dumps(lacking), "part": f"{first.view.by_address[address].part.slug}/", "speaks": speaks}


def _source_of(page: Page) -> str:
    """Return the file, under docs/, that people edit to change a page."""
    if page.template == "written":
        return f"source/pages/{page.key}.md"
    return _SOURCES.get(page.template, f"templates/{page.template}.md.jinja")


def _subject(site: Site, page: Page, each: Shown) -> dict[str, Any]:
    """Return what a page shows beyond its edition."""
    view = each.view
    match page.template:
        case "theme":
            found = next(each for each in view.parts if each.part.slug == page.key)
            return {"part": found.part, "clauses": found.clauses, "before": found.before, "after": found.after}
        case "term":
            return {"entry": view.entry_of[page.key]}
        case "choice":
            return {
                "cards": _each(site, "chooser-card.html"),
                "descriptions": _each(site, "chooser-description.txt"),
            }
        case "pair":
            return {"clause": view.by_address[page.key], "cards": _each(site, "pair-card.html", page.key)}
        case "compare":
            rows = tuple(_rows(site.editions, int(page.key)))
            columns = [other.edition for other in site.given]
            around = _around(site, page)
            more = {
                "is_part": bool(around["before"] or around["after"]),
            }
            names = ("head.html", "label.txt", "note.txt", "title.txt", "description.txt")
            ranges = [clause_range(rows[0].clauses[order], rows[-1].clauses[order]) for order in range(len(site.shown))]
            ranges += [beside.shown_range(other, rows[0].clauses[0], rows[-1].clauses[0]) for other in columns]
            said = {name: _each(site, f"compare-{name}", more=more, ranges=ranges) for name in names}
            return {
                "heads": said["head.html"],
                "labels": said["label.txt"],
                "notes": said["note.txt"],
                "titles": said["title.txt"],
                "descriptions": said["description.txt"],
                "rows": tuple(beside.rows(site.editions[0], columns, rows)),
                "up": Markup("../" * page.path.count("/")),
            } | around
        case "written":
            made = next(made for made in site.written if made.name == page.key)
            titles = json.loads(_render(site, site.shown[0], "admonitions.json"))
            body = Markup(converted(made.body, each.convert, titles))
            return {"title": each.convert(made.title), "description": each.convert(made.description), "body": body}
        case "moved":
            return {"target": "../" * page.path.count("/") + page.key.removeprefix("/")}
    return {}


def _around(site: Site, page: Page) -> dict[str, Any]:
    """Return the pages that have the clauses before and after those of a page in every script, if there are several."""
    listed = [other for other in site.pages if other.template == "compare"]
    at = listed.index(page)
    return {"before": listed[at - 1] if at else None, "after": listed[at + 1] if at + 1 < len(listed) else None}


def _each(
    site: Site,
    template: str,
    address: str = "",
    more: Mapping[str, Any] = MappingProxyType({}),
    ranges: Sequence[str] = (),
) -> list[Markup]:
    """Return what a template makes of every edition, of a clause if one is given; one heading of level 1 in all.

    An edition that does not have the clause is left out.
    """
    listed = [(order, each) for order, each in enumerate(site.every) if not address or address in each.view.by_address]
    return [
        Markup(
            _render(
                site,
                each,
                template,
                level=2 if place else 1,
                part_range=ranges[order] if ranges else "",
                **(_of_clause(site, each, address) if address else {"clause": None, "number": None}),
                **more,
            ).strip()
        )
        for place, (order, each) in enumerate(listed)
    ]


def _of_clause(site: Site, each: Shown, address: str) -> dict[str, Any]:
    """Return what an edition shows of a clause on the page that has it in all, with those around it in that edition."""
    clause, clauses = each.view.by_address[address], each.view.clauses
    around = {
        key: clauses[at].address if 0 <= at < len(clauses) else ""
        for key, at in (("previous", clause.index - 1), ("following", clause.index + 1))
    }
    return {"clause": clause, "number": address, "compared": compare_path(_row_of(site, address)), **around}


def _row_of(site: Site, address: str) -> int:
    """Return the index of the clause of the source in whose row a clause is compared: its own, or the one before it."""
    known = site.shown[0].view.by_address
    before = site.clauses[: site.clauses.index(address) + 1]
    return next((known[each].index for each in reversed(before) if each in known), 0)


def _site_data(site: Site, made: Mapping[str, str]) -> str:
    """Return what the skeleton shows around pages: the words and the menu of each edition, and the missing page."""
    editions = {}
    for each in site.every:
        words = json.loads(_render(site, each, "interface.json"))
        has_own = site.settings.nav and not each.edition.is_given
        menu = _own_menu(site, each, made) if has_own else _menu(site, each, made)
        said = each.convert(site.settings.copyright)
        editions[each.edition.id] = words | {"menu": list(menu), "copyright": said}
    missing = _render(site, site.shown[0], "missing.md", cards=_each(site, "missing-card.html"))
    heading = "404 · " + " · ".join(each.edition.particulars.title for each in site.every)
    extra = {
        "settings": shown_settings(site.settings),
        "assets": site.assets.paths,
        "pictures": site.has_pictures,
        "is_structured": site.is_structured,
        "order": [each.edition.id for each in site.every],
        "own": {each.edition.id: [page.local for page in in_order(site, each.edition.id)] for each in site.given},
        "editions": editions,
        "missing": {
            "content": missing,
            "meta": {"title": heading, "description": heading, "kind": "missing", "place": ""},
            "clauses": max(clause.value for each in site.every for clause in each.edition.statement.clauses),
            "base": site.place.folder,
            "inline": inline(site.assets) if site.assets.files and not site.place.base else None,
        },
    }
    return json.dumps({"site_name": site.editions[0].particulars.title, "extra": extra}, ensure_ascii=False) + "\n"


def _menu(site: Site, each: Shown, made: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the entries of an edition's menu in order: all of its pages but those of single terms."""
    for page in in_order(site, each.edition.id):
        yield _item(each, page, title(page, made))


def _item(each: Shown, page: Page, name: str) -> dict[str, Any]:
    """Return an entry of the menu; a part has its clauses under it."""
    # Article 7 is too long for a list that has all of them.
    is_short = each.edition.is_given and not each.edition.settings.is_chinese
    clauses = [
        clause.number
        if clause.clause.is_plain
        else [clause.clause.id, str(clause.value or "¶") if is_short else clause.shown, clause.label]
        for clause in each.view.clauses
        if page.template == "theme" and clause.part.slug == page.key
    ]
    return {"title": name, "path": page.path, "clauses": clauses}


def title(page: Page, made: Mapping[str, str]) -> str:
    """Return what a menu calls a page; home has a word of the interface."""
    return str(front_matter(made[page.file])["title"]) if page.local else ""


def inline(made: Assets) -> dict[str, str]:
    """Return what the page for what is missing carries where it does not know in which folder of a host the site is."""
    style, more, script = (made.files[made.paths[name]].strip() for name in ("statement", "pages", "resolve"))
    return {"style": style + more, "script": script}


def _own_menu(site: Site, each: Shown, made: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Yield the menu as mkdocs.yml has it, the pages being those of an edition, whichever one is named."""
    counterparts = {page.file: page for page in site.pages}
    for page in site.pages:
        if page.edition == each.edition.id:
            for other in site.editions:
                counterparts[page.file.replace(f"{page.edition}/", f"{other.id}/", 1)] = page
    for entry in site.settings.nav:
        yield _of_menu(entry, each, counterparts, made)


def _of_menu(entry: Entry, each: Shown, pages: Mapping[str, Page], made: Mapping[str, str]) -> dict[str, Any]:
    name = each.convert(entry.title)
    if entry.entries:
        return {"title": name, "entries": [_of_menu(inner, each, pages, made) for inner in entry.entries]}
    if entry.address:
        return {"title": name, "address": entry.address}
    page = pages[entry.file]
    return _item(each, page, name or title(page, made))


def files_in(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield the files of the pages that a menu names, at any depth."""
    for entry in entries:
        yield from files_in(entry.entries)
        if entry.file:
            yield entry.file


def shown_settings(settings: Settings) -> dict[str, Any]:
    """Return those settings that the skeleton shows."""
    given = asdict(settings)
    colours = {"palette": PALETTE, "schemes": settings.palette.schemes} if settings.palette else {}
    return {key: given[key] for key in _SHOWN} | {"palette": "", "schemes": ("light", "dark")} | colours


def in_order(site: Site, edition: str) -> Sequence[Page]:
    """Return the pages of an edition's menu in order, written pages where their editors want them."""
    pages = [page for page in site.pages if page.edition == edition]
    ordered = [page for page in pages if page.template not in ("term", "moved", "written", "conversion")]
    places = {made.name: made.menu for made in site.written}
    own = [page for page in pages if page.template == "written" and places[page.key]]
    for page in sorted((page for page in own if places[page.key] is not True), key=lambda page: places[page.key]):
        ordered.insert(places[page.key] - 1, page)
    return [*ordered, *(page for page in own if places[page.key] is True)]


@dataclass(frozen=True)
class Row:
    """A clause in every edition: its text in pieces, each with whether the editions differ there.

    `headings` are those that stand before it, each as every edition has it.
    """

    number: int
    id: str
    clauses: tuple[Clause, ...]
    headings: tuple[tuple[Heading, ...], ...]
    texts: tuple[tuple[tuple[str, bool], ...], ...]


def _rows(editions: Sequence[Edition], first: int) -> Iterator[Row]:
    """Yield the clauses of a page in all editions, from an index on; each character is at the same place in all."""
    shown = slice(first, first + MOST_COMPARED)
    headings: defaultdict[int, list[tuple[Heading, ...]]] = defaultdict(list)
    for each in zip(*(edition.statement.headings for edition in editions), strict=True):
        headings[each[0].first].append(each)
    for clauses in zip(*(edition.statement.clauses[shown] for edition in editions), strict=True):
        columns = list(zip(*(clause.text for clause in clauses), strict=True))
        texts = zip(*(each for piece in beside.pieces(clauses[0]) for each in _texts(columns, *piece)), strict=True)
        yield Row(
            number=clauses[0].number,
            id=clauses[0].id,
            clauses=clauses,
            headings=tuple(headings[clauses[0].number]),
            texts=tuple(texts),
        )


def _texts(columns: Sequence[tuple[str, ...]], sign: str | None, span: Span) -> Iterator[tuple[tuple[str, bool], ...]]:
    """Yield the pieces of a paragraph or a cell, one for each edition, behind what stands for its beginning."""
    if sign is not None:
        yield tuple((sign, False) for _ in columns[0])
    for _, run in groupby(columns[span.start : span.end], key=lambda column: len(set(column)) > 1):
        yield _pieces(tuple(run))


def _pieces(run: Sequence[tuple[str, ...]]) -> tuple[tuple[str, bool], ...]:
    """Return what each edition has in a run of characters, with whether they differ."""
    differs = len(set(run[0])) > 1
    return tuple(("".join(characters), differs) for characters in zip(*run, strict=True))


def _quoting(sample: str) -> Callable[[str], str]:
    """Return what puts a text into an edition's quotation marks, given those of two levels; marks within change kind.

    GB/T 15834, 4.8, and the handbook of Taiwan's ministry of education have the second kind within the first.
    """
    outer, inner = (sample[0], sample[-1]), (sample[1], sample[-2])
    within = str.maketrans(dict(zip((*outer, *inner), (*inner, *outer), strict=True)))
    return lambda text: f"{outer[0]}{text.translate(within)}{outer[1]}"


def _day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return ascending numbers as the runs that they make, each by its first and its last: 4, 5, 9 is 4 to 5 and 9."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _size(count: int) -> str:
    """Return a number of bytes as people read it, a kilobyte having 1024."""
    kilobytes = count / 1024
    return f"{kilobytes:.1f} KB" if kilobytes < 10 else f"{kilobytes:.0f} KB"


def _minute(value: datetime) -> str:
    """Return a day with its time, or without where no time is known."""
    return f"{_day(value)} {value:%H:%M}" if (value.hour, value.minute) != (0, 0) else _day(value)
