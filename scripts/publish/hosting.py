"""Hosting: what hosts are to send with the site's files, declared once, and the files that tell hosts so.

The build writes these files into the site: `_headers` and `_redirects`, which Netlify and Cloudflare Pages read (GitLab
Pages the second one, too), and configurations for nginx and Caddy, made with the templates in `docs/hosting/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from statement.model import Redirect

from . import plain
from .place import Place
from .policy import FRAMED, Policies

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
)
"""What a server should send with everything besides the policy, which the pages decide."""

POLICY = "Content-Security-Policy"

KEPT = "public, max-age=31536000, immutable"
"""How long what is named after its content may be kept (RFC 8246)."""

ASKED = "no-cache"
"""All else may be kept, too, if the server is asked each time whether it is as before (RFC 9111, 5.2.2.4)."""

HASHED = r"assets/[^/]+\.[0-9a-f]{10}\.[a-z]+"
"""The paths of the files that are named after their content, from the site's root, as a regular expression."""

TYPES: Mapping[str, str] = MappingProxyType(
    {
        "html": "text/html; charset=utf-8",
        "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
        "mjs": "text/javascript; charset=utf-8",
        "json": "application/json",
        "webmanifest": "application/manifest+json",
        "xml": "text/xml; charset=utf-8",
        "txt": "text/plain; charset=utf-8",
        "csv": "text/csv; charset=utf-8",
        "md": "text/markdown; charset=utf-8",
        "bib": "application/x-bibtex; charset=utf-8",
        "ris": "application/x-research-info-systems; charset=utf-8",
        "svg": "image/svg+xml",
        "png": "image/png",
        "jpg": "image/jpeg",
        "jpeg": "image/jpeg",
        "gif": "image/gif",
        "webp": "image/webp",
        "avif": "image/avif",
        "ico": "image/vnd.microsoft.icon",
        "woff2": "font/woff2",
        "mp3": "audio/mpeg",
        "mp4": "video/mp4",
        "webm": "video/webm",
        "pdf": "application/pdf",
        "epub": "application/epub+zip",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "zip": "application/zip",
    }
)
"""The types of files by the ends of their names: those of the site, and those that editors put beside their pages."""

COMPRESSED = frozenset(
    {"html", "css", "js", "mjs", "json", "xml", "txt", "csv", "md", "bib", "ris", "svg", "webmanifest"}
)
"""The ends of the names of files that are text, which gets smaller when it is compressed."""

# The ends of the names of files for which hosts may have another type, or none.
_UNCOMMON = frozenset({"bib", "ris", "md"})
# Cloudflare Pages reads no more.
_MOST_RULES = 100

NGINX, CADDY = "_nginx.conf", "_Caddyfile"
_ROOT = "/var/www"


def files(
    templates: Path,
    place: Place,
    policies: Policies,
    redirects: Sequence[Redirect],
    present: Iterable[str],
    within: Sequence[str] = (),
) -> dict[str, str]:
    """Return what hosts read, by path from the site's root.

    `policies` are Content-Security-Policies, `present` are the paths of the files of the site. A site of several
    statements has each in the folder `within` it; addresses in `redirects` are those of the whole site.
    """
    headers = {POLICY: policies.site, **HEADERS}
    moved = [(place.folder + each.old[1:], place.folder + each.new[1:]) for each in redirects]
    framed = [f"{name}/{FRAMED}" for name in within] or [FRAMED]
    values = _values(place, headers, moved) | {
        "framed": framed,
        "framed_pattern": f"({'|'.join(within)})/{FRAMED}" if within else FRAMED,
        "hashed": f"([^/]+/)?{HASHED}" if within else HASHED,
        "policy": policies,
    }
    environment = Environment(
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        # Not HTML: what is filled in has no sign that these configurations read as their own.
        autoescape=False,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    made = {
        "_headers": _headers(place.folder, headers, policies.framed, framed, sorted(present)),
        NGINX: environment.get_template("nginx.conf.jinja").render(values),
        CADDY: environment.get_template("Caddyfile.jinja").render(values),
    }
    return made | ({"_redirects": "".join(f"{old} {new} 301\n" for old, new in moved)} if moved else {})


def type_of(path: str) -> str:
    """Return the type that a file or a page should be sent with, by its path or address without its query."""
    name = "index.html" if path.endswith("/") else path
    return TYPES.get(PurePosixPath(name).suffix[1:], "application/octet-stream")


def _values(place: Place, headers: Mapping[str, str], moved: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return what the templates fill in."""
    return {
        "address": place.address,
        "host": place.host,
        "listen": _listen(place),
        "root": f"{_ROOT}/{place.host.strip('[]') or 'statement'}",
        "folder": place.folder,
        "folder_pattern": re.escape(place.folder),
        "headers": tuple(headers.items()),
        "kept": KEPT,
        "asked": ASKED,
        "types": [(type_, tuple(each)) for type_, each in groupby(TYPES, key=TYPES.__getitem__)],
        "page": TYPES["html"],
        "redirects": moved,
    }


def _listen(place: Place) -> str:
    """Return what Caddy calls a site: its scheme, host and port."""
    parts = urlsplit(place.address)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{place.host}{port}" if place.host else ":80"


def _headers(
    folder: str, headers: Mapping[str, str], framed: str, frames: Sequence[str], present: Sequence[str]
) -> str:
    """Return the rules of `_headers`; `frames` are the folders of the pages that have the policy `framed`.

    No header stands in two rules that fit the same file, because some hosts send both values and others the last, but
    for the policy of pages in frames: there a line takes the other value away for hosts that would send both, and hosts
    that send the last do not know such a line. Rules fit what is missing, too, so that they name files one by one, as
    long as there are not too many. Where too many are named after their content, as in a site of many statements, none
    of them has a rule: hosts that read these rules have browsers ask for what they are told nothing of.
    """
    kept = [(path, {"Cache-Control": KEPT}) for path in present if re.fullmatch(f"([^/]+/)?{HASHED}", path)]
    typed = {
        path: path.rpartition(".")[2]
        for path in present
        if path.startswith("data/") or (len(frames) > 1 and "/data/" in path)
    }
    typed = {path: suffix for path, suffix in typed.items() if suffix in _UNCOMMON}
    if len(kept) + len(typed) + len(frames) + 1 >= _MOST_RULES:
        start = "*" if len(frames) > 1 else "data/*"
        typed = {f"{start}.{suffix}": suffix for suffix in typed.values()}
    # So many rules are left besides: for all files, for frames, by the ends of names.
    if len(kept) > _MOST_RULES - len(frames) - len(_UNCOMMON) - 1:
        kept = []
    # There is one beside each page, which would be too many rules.
    typed |= {f"*{plain.NAME}": "md"} if any(path.endswith(plain.NAME) for path in present) else {}
    other = {f"! {POLICY}": "", POLICY: framed}
    rules = [
        ("*", headers),
        *((f"{each}*", other) for each in frames),
        *kept,
        *((path, {"Content-Type": TYPES[suffix]}) for path, suffix in typed.items()),
    ]
    return "".join(
        f"{folder}{pattern}\n"
        + "".join(f"  {name}: {value}\n" if value else f"  {name}\n" for name, value in values.items())
        for pattern, values in rules
    )
