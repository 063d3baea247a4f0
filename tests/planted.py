"""A small site on a host of this machine that does all as it should, but for the faults that a test plants."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import brotli

from loopback import Asked, Said, listening
from publish import hosting
from publish.built import read
from publish.policy import content_security_policy

ROOT = "http://host.example/statement/"
FOLDER = "/statement/"
FILLER = "文" * 1_000
HEAD = '<!doctype html><html lang="zh"><head><title>{title}</title>{more}</head>'
MISSING = (
    HEAD.format(title="404 · 声明", more='<link rel="stylesheet" href="/statement/assets/main.0123456789.css">')
    + f'<body data-clauses="2" data-edition="zh-hans"><main><a href="/statement/a/">{FILLER}</a></main></body></html>'
)


def page(title: str, address: str, body: str) -> str:
    """Return a page of the small site, with what pages have in their heads."""
    up = "../" * address.count("/")
    more = (
        f'<link rel="canonical" href="{ROOT}{address}"><meta property="og:image" content="{ROOT}card.png">'
        f'<link rel="stylesheet" href="{up}assets/main.0123456789.css">'
    )
    tail = f'<p>{FILLER}</p><script type="module" src="{up}assets/main.0123456789.js"></script>'
    return f'{HEAD.format(title=title, more=more)}<body data-fetch-text="{up}search.json">{body}{tail}</body></html>'


FILES: Mapping[str, str] = {
    "": page("声明", "", '<a href="a/#p1">一</a><a href="b/?q=1#p2">二</a><a href="https://example.org/x/">外</a>'),
    "a/": page("一", "a/", '<p id="p1">一</p><a href="../#top" id="top">上</a><img src="x.png" srcset="x.png 2x">'),
    "b/": page("二", "b/", '<p id="p2">二</p><a href="../data/p1.bib">引</a><a href="../moved/#p1">旧</a>'),
    "moved/": HEAD.format(title="移", more='<meta http-equiv="refresh" content="0; url=../a/">')
    + "<body></body></html>",
    "a/x.png": "png",
    "card.png": "png",
    "data/p1.bib": "@misc{p1}",
    "assets/main.0123456789.css": ".a{background:url(dot.0123456789.svg)}" + "/*" + FILLER + "*/",
    "assets/dot.0123456789.svg": "<svg/>",
    "assets/main.0123456789.js": f'import("./search.0123456789.js");"{FILLER}"',
    "assets/search.0123456789.js": "export{}",
    "search.json": '{"parts":["search-a.json"]}',
    "search-a.json": "{}",
    "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {ROOT}sitemap.xml\n",
    "sitemap.xml": f"<urlset><url><loc>{ROOT}a&#47;</loc></url><url><loc>{ROOT}</loc></url></urlset>",
}
PUBLISHED = ("/", "/a/", "/a/#p1", "/b/#p2", "/old/#p1", "/moved/#p1", "/data/p1.bib")


Host = Callable[[Asked], Said]
Fault = Callable[[Asked, Said], Said | None]
"""What a fault makes of a question and the right answer; None hangs up."""


def policy() -> str:
    """Return the policy that the small site needs."""
    pages = {address: text for address, text in FILES.items() if address.endswith("/") or not address}
    return content_security_policy(read({**pages, "404": MISSING}))


def host(files: Mapping[str, str]) -> Host:
    """Return a host that answers as it should."""
    declared = {hosting.POLICY: policy(), **hosting.HEADERS}

    def answer(asked: Asked) -> Said:
        if asked.path == "old/":
            return Said(301, {"Location": f"{FOLDER}a/"})
        if f"{asked.path}/" in files and asked.path:
            return Said(301, {"Location": f"{FOLDER}{asked.path}/"})
        is_there = asked.path in files
        path = asked.path if is_there else "404.html"
        text = files[path] if is_there else MISSING
        is_kept = path.startswith("assets/")
        headers = {
            **declared,
            "Content-Type": hosting.type_of(path or "/"),
            "Cache-Control": hosting.KEPT if is_kept else hosting.ASKED,
            "Vary": "Accept-Encoding",
            "Etag": f'"{hashlib.sha256(f"{text}{asked.encoding}".encode()).hexdigest()[:8]}"',
        }
        if is_there and asked.etag == headers["Etag"]:
            return Said(304, headers)
        body = text.encode()
        if asked.encoding and path.rpartition(".")[2] != "png":
            headers["Content-Encoding"] = asked.encoding
            body = (brotli if asked.encoding == "br" else gzip).compress(body)
        return Said(200 if is_there else 404, headers, body)

    return answer


@contextmanager
def standing(fault: Fault | None = None, files: Mapping[str, str] = FILES) -> Iterator[tuple[str, int]]:
    """Yield the name and port at which the small site is, with a fault."""
    right = host(files)

    def answer(asked: Asked) -> Said | None:
        inside = Asked(asked.method, asked.path.removeprefix(FOLDER), asked.encoding, asked.etag)
        said = right(inside)
        return fault(inside, said) if fault else said

    with listening(answer, "host.example") as at:
        yield at


def on(path: str, change: Callable[[Asked, Said], Said | None]) -> Fault:
    """Return a fault that shows at one path only."""
    return lambda asked, said: change(asked, said) if asked.path == path else said
