"""Machines: what programs that visit are told: which pages there are, and where each of them is as Markdown.

What has to name whole addresses is made only for a site that knows its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from . import render
from .render import Shown, Site

LLMS = "llms.txt"
"""Where programs look for what they can read (llmstxt.org)."""


def files(site: Site, pages: Mapping[str, str]) -> dict[str, str]:
    """Return the files by their paths under the site's root; `pages` are the Markdown files of docs/pages."""
    source = site.shown[0]
    sheets = [Markup(_sheet(site, each, pages)) for each in site.shown]
    made = {LLMS: render.printed(site, source, LLMS, sheets=sheets)}
    return made | (_addressed(site) if site.place.address else {})


def _addressed(site: Site) -> dict[str, str]:
    """Return what names whole addresses."""
    return {
        "sitemap.xml": render.printed(site, site.shown[0], "sitemap.xml", groups=tuple(_alternates(site))),
        "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {site.place.address}sitemap.xml\n",
    }


def _sheet(site: Site, each: Shown, pages: Mapping[str, str]) -> str:
    """Return the pages of an edition's menu, with what each says of itself."""
    listed = render.in_order(site, each.edition.id)
    heads = [render.front_matter(pages[page.file]) for page in listed]
    entries = [
        {"title": render.title(page, pages), "path": page.path, "description": head["description"]}
        for page, head in zip(listed, heads, strict=True)
    ]
    return render.printed(site, each, "llms-edition.txt", pages=entries).strip()


def _alternates(site: Site) -> Iterator[tuple[str, tuple[tuple[str, str], ...], str]]:
    """Yield each page with its counterparts, as language and address, and the one for readers of other languages."""
    for page in (page for page in site.pages if page.template != "moved"):
        if not page.edition:
            yield page.path, (), ""
            continue
        counterparts = tuple((each.settings.language, f"{each.id}/{page.local}") for each in site.editions)
        yield page.path, counterparts, f"{site.editions[0].id}/{page.local}" if page.local else ""
