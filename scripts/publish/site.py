"""Site: docs/pages rendered and finished beside the site that is there, which it then replaces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from statement.errors import InputError, Source
from statement.inputs import Inputs

from . import addresses, built, project, renderer
from .policy import content_security_policy

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""What a server should send with every page besides the policy, in the file that Netlify and Cloudflare read."""


def build(root: Path, folder: Path, site_url: str) -> frozenset[str]:
    """Render a project's pages into a folder, finish them, and return the addresses the site has.

    Raises InputError if MkDocs complains, or if a page does what the policy cannot allow.
    """
    complaints = renderer.render(root / "mkdocs.yml", folder, site_url)
    if complaints:
        raise InputError(project.complaint(line) for line in complaints)
    _prune(folder, [root / "docs" / "theme", root / "docs" / "pages"])
    pages = built.read(_html(folder))
    (folder / "_headers").write_text(_headers(pages), "utf-8")
    return addresses.addresses(pages, linked_files(folder))


def check_addresses(published: Source, present: frozenset[str], found: Inputs) -> None:
    """Raise InputError if anything that was ever published is gone."""
    if found.redirects:
        redirects, source = found.redirects.value.redirects, found.redirects.source
        if problems := tuple(addresses.gone_problems(published, present, redirects, source)):
            raise InputError(problems)


def linked_files(site: Path) -> Iterator[str]:
    """Yield the paths of the files that are no pages and to which people and programs link."""
    for path in (*site.glob("data/**/*"), *site.glob("**/card.png")):
        if path.is_file():
            yield path.relative_to(site).as_posix()


def _prune(folder: Path, sources: Sequence[Path]) -> None:
    """Remove what MkDocs copies from Material's theme and no page of this site uses."""
    assets = folder / "assets"
    for path in [path for path in assets.rglob("*") if path.is_file()]:
        if not any((source / path.relative_to(folder)).is_file() for source in sources):
            path.unlink()
    for empty in sorted((path for path in assets.rglob("*") if path.is_dir()), reverse=True):
        if not any(empty.iterdir()):
            empty.rmdir()


def _html(site: Path) -> dict[str, str]:
    """Return the HTML of every page by its path."""
    return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}


def _headers(pages: Iterable[built.Built]) -> str:
    """Return the headers for every page, the policy made from the pages as they were built."""
    headers = {"Content-Security-Policy": content_security_policy(pages)} | HEADERS
    return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())
