"""Site: docs/pages rendered and finished beside the site that is there, which it then replaces."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path

import brotli

from statement.errors import InputError, Source
from statement.inputs import Inputs

from . import addresses, assets, built, project, renderer
from .policy import content_security_policy

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""What a server should send with every page besides the policy, in the file that Netlify and Cloudflare read."""

KEPT = "public, max-age=31536000, immutable"
"""What a server should send with scripts and stylesheets, whose names change with what is in them (RFC 8246)."""


def build(root: Path, folder: Path, site_url: str) -> frozenset[str]:
    """Render a project's pages into a folder, finish them, and return the addresses the site has.

    Raises InputError if MkDocs complains, or if a page does what the policy cannot allow.
    """
    complaints = renderer.render(root / "mkdocs.yml", folder, site_url)
    if complaints:
        raise InputError(project.complaint(line) for line in complaints)
    pages = built.read(_html(folder))
    (folder / "_headers").write_text(_headers(pages), "utf-8")
    _compress(folder / assets.FOLDER)
    return addresses.addresses(pages, linked_files(folder))


def check_addresses(published: Source, present: frozenset[str], prints: frozenset[str], found: Inputs) -> None:
    """Raise InputError if anything that was ever published is gone, or a clause is not as it was."""
    if found.redirects:
        if foreign := tuple(addresses.foreign_problems(published, prints)):
            raise InputError(foreign)
        redirects, source = found.redirects.value.redirects, found.redirects.source
        problems = (
            *addresses.gone_problems(published, present, redirects, source),
            *addresses.changed_problems(published, prints),
        )
        if problems:
            raise InputError(problems)


def linked_files(site: Path) -> Iterator[str]:
    """Yield the paths of the files that are no pages and to which people and programs link."""
    for path in (*site.glob("data/**/*"), *site.glob("**/card.png")):
        if path.is_file():
            yield path.relative_to(site).as_posix()


def _compress(folder: Path) -> None:
    """Put the scripts and stylesheets beside themselves as small as they get, for hosts that send such files."""
    for path in sorted(folder.glob("*.*.*")):
        data = path.read_bytes()
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(data, 9, mtime=0))
        path.with_name(f"{path.name}.br").write_bytes(brotli.compress(data))


def _html(site: Path) -> dict[str, str]:
    """Return the HTML of every page by its path."""
    return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}


def _headers(pages: Iterable[built.Built]) -> str:
    """Return the headers for every page, the policy made from the pages as they were built."""
    headers = {"Content-Security-Policy": content_security_policy(pages)} | HEADERS
    lines = "".join(f"  {name}: {value}\n" for name, value in headers.items())
    return f"/*\n{lines}/{assets.FOLDER}/*\n  Cache-Control: {KEPT}\n"
