"""Machines: what programs that visit are told: which pages there are, how they are searched, and what has changed.

What has to name whole addresses is made only for a site that knows its own.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from statement.model import Edition, Redirect

from . import render
from .pages import front_matter
from .policy import FRAMED
from .render import Shown, Site

LLMS = "llms.txt"
"""Where programs look for what they can read (llmstxt.org)."""


FEED, SEARCH = "feed.xml", "opensearch.xml"
"""The names of what has changed and of how one searches, in the folder of each edition."""

APP = "app.webmanifest"
"""The name of what the site is called as a program, in the folder of each edition."""

OEMBED = "oembed.json"
"""The name of what a clause's page is in somebody else's, beside that page."""


@dataclass(frozen=True)
class Change:
    """Something that happened to the text: its kind, an id that stays (RFC 4287, 4.2.6), and what the inputs say."""

    kind: str
    id: str
    value: Any = None


def files(site: Site, pages: Mapping[str, str]) -> dict[str, str]:
    """Return the files by their paths under the site's root; `pages` are the Markdown files of docs/pages."""
    sheets = [Markup(_sheet(site, each, pages)) for each in site.every]
    known = site.shown[0].view.by_address
    further = [site.with_clause(each).view.by_address[each] for each in site.clauses if each not in known]
    llms = _plainly(render.printed(site, site.shown[0], LLMS, sheets=sheets, further=further))
    made = {LLMS: llms, **_framed(site)}
    icon = site.assets.paths.get("favicon", "")
    for each in site.every:
        made[f"{each.edition.id}/{APP}"] = render.printed(site, each, APP, icon=icon)
    return made | (_addressed(site) if site.place.address else {})


def changes(edition: Edition, redirects: Sequence[Redirect]) -> Iterator[Change]:
    """Yield what happened to the text of an edition as far as anybody has written it down, the publication first."""
    said = edition.particulars

    def change(kind: str, value: object, *words: str) -> Change:
        name = json.dumps([said.source_address, edition.id, kind, *words], ensure_ascii=False)
        return Change(kind, uuid.uuid5(uuid.NAMESPACE_URL, name).urn, value)

    yield change("publication", None)
    for edit in said.edits:
        yield change("edit", edit, edit.original, edit.edited)
    for omission in said.omissions:
        yield change("omission", omission, omission.after, omission.text)
    for reading in edition.readings:
        yield change("reading", reading, str(reading.clause), reading.text, reading.reading)
    for redirect in redirects:
        if redirect.old.startswith(f"/{edition.id}/"):
            yield change("redirect", redirect, redirect.old, redirect.new)


def _framed(site: Site) -> dict[str, str]:
    """Return the page of each clause that may stand in a frame."""
    more = {"paths": site.assets.paths, "is_structured": site.is_structured}
    made = {}
    for address in site.clauses:
        first = site.with_clause(address)
        said = {"clause": first.view.by_address[address], "cards": list(_cards(site, address)), **more}
        made[f"{FRAMED}{address}/index.html"] = render.printed(site, first, "embed.html", **said)
    return made


def _cards(site: Site, address: str) -> Iterator[Markup]:
    """Yield a clause in every edition that has it; the first heading is that of the page."""
    having = (each for each in site.every if address in each.view.by_address)
    for order, each in enumerate(having):
        said = {"clause": each.view.by_address[address], "number": address, "level": 2 if order else 1}
        yield Markup(render.printed(site, each, "embed-card.html", **said).strip())


def _addressed(site: Site) -> dict[str, str]:
    """Return what names whole addresses."""
    made = {
        "sitemap.xml": render.printed(site, site.shown[0], "sitemap.xml", groups=tuple(_alternates(site))),
        "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {site.place.address}sitemap.xml\n",
    }
    for each in site.every:
        happened = tuple(changes(each.edition, site.redirects))
        feed = uuid.uuid5(uuid.NAMESPACE_URL, happened[0].id).urn
        home = f"{each.edition.id}/"
        made[home + FEED] = render.printed(site, each, FEED, changes=happened, feed_id=feed)
        made[home + SEARCH] = render.printed(site, each, SEARCH, icon=site.assets.paths.get("favicon", ""))
    for address in site.clauses:
        first = site.with_clause(address)
        said = {"clause": first.view.by_address[address], "number": address}
        said["frame"] = render.printed(site, first, "oembed-frame.html", **said).strip()
        made[f"{address}/{OEMBED}"] = render.printed(site, first, "oembed.json", **said)
    return made


def _plainly(markdown: str) -> str:
    """Return Markdown with signs escaped as its readers, who may be people, know it: a backslash, and no number."""
    return re.sub(r"&#([0-9]+);", lambda match: f"\\{chr(int(match[1]))}", markdown)


def _sheet(site: Site, each: Shown, pages: Mapping[str, str]) -> str:
    """Return the pages of an edition's menu, with what each says of itself."""
    listed = render.in_order(site, each.edition.id)
    heads = [front_matter(pages[page.file]) for page in listed]
    entries = [
        {"title": render.title(page, pages), "path": page.path, "description": head["description"]}
        for page, head in zip(listed, heads, strict=True)
    ]
    return render.printed(site, each, "llms-edition.txt", pages=entries).strip()


def _alternates(site: Site) -> Iterator[tuple[str, tuple[tuple[str, str], ...], str]]:
    """Yield each page with its counterparts, as language and address, and the one for readers of other languages."""
    present = {page.path for page in site.pages}
    for page in (page for page in site.pages if page.template != "moved"):
        if not page.edition:
            yield page.path, (), ""
            continue
        counterparts = tuple(
            (each.edition.settings.language, f"{each.edition.id}/{page.local}")
            for each in site.every
            if f"{each.edition.id}/{page.local}" in present
        )
        yield page.path, counterparts, f"{site.editions[0].id}/{page.local}" if page.local else ""
