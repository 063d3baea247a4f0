"""One file: the whole statement in every script as a single page, to be sent on and opened from a disk.

It does what the site does, with the site's own scripts, and asks nobody for anything: its policy allows what stands in
it, by its hashes (CSP Level 3, 2.3.1), and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from markupsafe import Markup

from statement import convert

from . import beside, export, render
from .assets import Carried
from .render import Shown, Site

PATH = "data/statement.html"
"""Where it is on the site."""

# What a page in Markdown has to say by number and HTML does not, both in texts and between quotation marks.
_NEEDLESS = re.compile(r"&#(?!(?:34|38|39|60|62);)(\d{2,3});")


def page(site: Site, carried: Carried) -> str:
    """Return the file as HTML; links in what is copied from it lead to the site, if it knows its address."""
    source = site.shown[0]
    return render.printed(
        site,
        source,
        "one.html",
        policy=policy(carried),
        style=Markup(carried.style),
        early=Markup(carried.early),
        script=Markup(carried.script),
        sheets=[_short(_sheet(site, each)) for each in site.every],
        heads=[_short(render.printed(site, each, "one-head.html")) for each in site.every],
        rows=tuple(beside.rows(site.editions[0], [each.edition for each in site.given], [*render.rows(site.editions)])),
        carried=tuple(_carried(site)),
    )


def policy(carried: Carried) -> str:
    """Return the policy under which the file works."""
    sources = {
        "default-src": "'none'",
        "script-src": " ".join(sorted((_hash(carried.early), _hash(carried.script)))),
        "style-src": _hash(carried.style),
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in sources.items())


def _short(html: str) -> Markup:
    """Return HTML with the characters that it names by number, but for those that mean something to it."""
    return Markup(_NEEDLESS.sub(lambda match: chr(int(match[1])), html))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _sheet(site: Site, each: Shown) -> str:
    """Return what the file has of an edition."""
    # What reference managers import is there for the whole; of each clause it would be half of the file.
    whole, *clauses = each.citations
    shown = [whole, *(replace(cited, files=()) for cited in clauses)]
    cites = [Markup(render.printed(site, each, "one-cites.html", cited=cited, number=cited.number)) for cited in shown]
    words = json.loads(render.printed(site, each, "interface.json"))
    return render.printed(site, each, "one-edition.html", book=render.book(site, each), words=words, cites=cites)


def _carried(site: Site) -> Iterator[tuple[str, Markup]]:
    """Yield what the scripts read, as the names they know it by and JSON that no markup can stand in."""
    files = {f"{each.edition.id}/words.json": _words(site, each) for each in site.every}
    for editions in (site.editions, *((each.edition,) for each in site.given)):
        files |= export.search_data(editions, convert.variants, split_above=len(editions[0].statement.clauses))
    for name, text in sorted(files.items()):
        yield name, Markup(text.strip().replace("<", "\\u003c"))


def _words(site: Site, each: Shown) -> str:
    """Return what the scripts say; where the site has no address, there are no links to copy, and none are cited."""
    words: Mapping[str, str] = json.loads(render.printed(site, each, "words.json"))
    if not site.place.address:
        address = each.edition.particulars.source_address
        words = {**words, "copyLink": "", "cited": words["cited"].replace("{address}", address)}
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))
