"""Library pages: the pages of a library that belong to none of its statements, made with `docs/templates/library/`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from statement import convert
from statement.library import Declared
from statement.model import Edition, EditionSettings, Phrase

from . import render
from .assets import Assets
from .machines import APP
from .pages import front_matter
from .place import Place
from .settings import Settings
from .shelf import nearest

EDITIONS = (
    EditionSettings("zh-hans", "zh-Hans", "简体", "", "“”‘’"),
    EditionSettings("zh-hant", "zh-Hant", "繁體", "s2tw", "「」『』"),
)
"""The editions of a library's own pages, which are written in the first."""

_LOCALES = {"zh-hans": "zh_CN", "zh-hant": "zh_TW"}
# So many statements at most are in the menu of each page; the index has all.
_MOST_IN_MENU = 50


@dataclass(frozen=True)
class Entry:
    """A statement as the library lists it in one of its own editions: in that edition or the one nearest to it.

    `home` is its address from the root of the library, `clauses` the highest number, `editions` the ids of them all.
    `day` is that of the publication unless it `has_own_day`.
    """

    name: str
    title: str
    day: date
    has_own_day: bool
    issuer: str
    noun: str
    extent: str
    home: str
    language: str
    clauses: int
    editions: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """What a library is called, in the script of one of its editions."""

    title: str
    short: str
    description: str


@dataclass(frozen=True)
class Shown:
    """An edition of the library's own pages: its templates, its name and its statements, the newest first."""

    settings: EditionSettings
    environment: Environment
    words: Words
    entries: tuple[Entry, ...]

    def printed(self, template: str, **more: Any) -> str:
        """Return what a template makes of the edition."""
        said = {
            "edition": self.settings,
            "locale": _LOCALES[self.settings.id],
            "title": self.words.title,
            "short": self.words.short,
            "description": self.words.description,
            "entries": self.entries,
            "by_issuer": grouped((each.issuer, each) for each in self.entries),
            "by_kind": grouped((each.noun, each) for each in self.entries),
        }
        return self.environment.get_template(template).render(said, **more)

    @property
    def summary(self) -> str:
        """What search engines show of the library."""
        return self.printed("description.txt").strip()


def shown(
    declared: Declared,
    texts: Mapping[str, Sequence[Edition]],
    templates: Mapping[str, str],
    phrases: Sequence[Phrase],
) -> tuple[Shown, ...]:
    """Return the editions of a library's pages, given its statements by name, each in its editions."""
    return tuple(_shown(settings, declared, texts, templates, phrases) for settings in EDITIONS)


def files(editions: Sequence[Shown], place: Place, settings: Settings, assets: Assets) -> dict[str, str]:
    """Return every file of the library's own pages for MkDocs, by path."""
    made: dict[str, str] = {
        "index.md": editions[0].printed(
            "choice.md",
            titles=list(dict.fromkeys(each.words.title for each in editions)),
            descriptions=[each.words.description or each.summary for each in editions],
            cards=_cards(editions, "choice-card.html"),
        ),
        "llms.txt": editions[0].printed("llms.txt", summary=editions[0].summary, site_url=place.address),
    }
    for each in editions:
        home = f"{each.settings.id}/"
        made[f"{home}index.md"] = _placed(each, "", each.printed("index.md", summary=each.summary))
        made[f"{home}search.md"] = _placed(each, "search/", each.printed("search.md"))
        made[f"{home}library.json"] = each.printed("words.json")
        icon = assets.paths.get("favicon", "")
        made[f"{home}{APP}"] = each.printed(APP, summary=each.summary, icon=icon)
    if place.address:
        own = ["", *(f"{each.settings.id}/{path}" for each in editions for path in ("", "search/"))]
        made["sitemap.xml"] = editions[0].printed("sitemap.xml", site_url=place.address)
        made["sitemap-library.xml"] = editions[0].printed("sitemap-library.xml", site_url=place.address, paths=own)
        made["robots.txt"] = f"User-agent: *\nAllow: /\nSitemap: {place.address}sitemap.xml\n"
    return made | {render.SITE: _site_data(editions, place, settings, assets)}


def grouped(pairs: Iterable[tuple[str, Entry]]) -> list[tuple[str, list[Entry]]]:
    """Return entries by what goes before each: groups as they come first, those of nothing last."""
    found: dict[str, list[Entry]] = {}
    for name, entry in pairs:
        found.setdefault(name, []).append(entry)
    return sorted(found.items(), key=lambda pair: not pair[0])


def _shown(
    settings: EditionSettings,
    declared: Declared,
    texts: Mapping[str, Sequence[Edition]],
    templates: Mapping[str, str],
    phrases: Sequence[Phrase],
) -> Shown:
    converted = convert.interface_converter(settings, EDITIONS[0], (), phrases).convert
    words = Words(converted(declared.title), converted(declared.short), converted(declared.description))
    entries = sorted((_entry(name, each, settings) for name, each in texts.items()), key=_newest_first)
    return Shown(settings, render.environment(templates, converted), words, tuple(entries))


def _newest_first(entry: Entry) -> tuple[int, str]:
    return -entry.day.toordinal(), entry.name


def _entry(name: str, editions: Sequence[Edition], wanted: EditionSettings) -> Entry:
    found = nearest(editions, wanted)
    said = found.particulars
    return Entry(
        name=name,
        title=said.title,
        day=said.day,
        has_own_day=said.has_own_day,
        issuer=said.issuer,
        noun=said.noun,
        extent=found.statement.extent,
        home=f"{name}/{found.id}/",
        language=found.settings.language,
        clauses=max(clause.value for clause in found.statement.clauses),
        editions=tuple(each.id for each in editions),
    )


def _cards(editions: Sequence[Shown], template: str, **more: Any) -> list[Markup]:
    """Return what a template makes of every edition; there is one heading of level 1 in all."""
    return [
        Markup(each.printed(template, level=2 if order else 1, **more).strip()) for order, each in enumerate(editions)
    ]


def _placed(each: Shown, path: str, text: str) -> str:
    """Return a page with the lines of front matter that tell the skeleton where it is."""
    said = f"edition: {each.settings.id}\n" + (f"path: {path}\n" if path else "")
    return text.replace("---\n", f"---\n{said}", 1)


def _site_data(editions: Sequence[Shown], place: Place, settings: Settings, assets: Assets) -> str:
    """Return what the skeleton shows around the library's own pages."""
    found = {}
    for each in editions:
        words = json.loads(each.printed("interface.json"))
        found[each.settings.id] = words | {"menu": _menu(each, words["texts"]), "copyright": settings.copyright}
    heading = "404 · " + " · ".join(dict.fromkeys(each.words.title for each in editions))
    cards = _cards(editions, "missing-card.html", site_path=place.folder)
    extra = {
        "settings": render.shown_settings(settings),
        "assets": assets.paths,
        "pictures": False,
        "is_structured": False,
        "is_library": True,
        "order": [each.settings.id for each in editions],
        "own": {},
        "editions": found,
        "missing": {
            "content": editions[0].printed("missing.md", cards=cards),
            "meta": {"title": heading, "description": heading, "kind": "missing", "place": ""},
            "clauses": 0,
            "base": place.folder,
            "inline": None if place.base else render.inline(assets),
        },
    }
    return json.dumps({"site_name": editions[0].words.title, "extra": extra}, ensure_ascii=False) + "\n"


def _menu(each: Shown, label: str) -> list[dict[str, Any]]:
    home = f"{each.settings.id}/"
    search = front_matter(each.printed("search.md"))["title"]
    own: list[dict[str, Any]] = [{"title": "", "path": home}, {"title": search, "path": f"{home}search/"}]
    texts = [{"title": entry.title, "path": entry.home} for entry in each.entries]
    return [*own, {"title": label, "entries": texts}] if len(texts) <= _MOST_IN_MENU else own
