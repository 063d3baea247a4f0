"""The whole site: the pages of every edition, rendered by MkDocs, with the pages that all editions share.

The site is built beside the one that is there and takes its place only when it is complete.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import build
from publish import addresses, write
from publish.policy import content_security_policy
from statement import inputs
from statement.errors import InputError, Source
from statement.model import Edition

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""What a server should send with every page, besides the policy, in the file that Netlify and Cloudflare read."""

PUBLISHED = "addresses.txt"
"""The list of all addresses that the site has ever had, under docs/."""

# Written by MkDocs for each edition by itself; the site has its own, for all of them.
_OF_ONE_BUILD = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    try:
        return _make(_options(arguments))
    except InputError as error:
        print(*error.problems, sep="\n", file=sys.stderr)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}; make room for the site there", file=sys.stderr)
    return 1


def _make(options: argparse.Namespace) -> int:
    """Build the site, or record its addresses too; return the exit code. Raise InputError or OSError."""
    docs = build.ROOT / "docs"
    read = build.read(options.source)
    editions = build.read_editions(read)
    published = inputs.read_published(docs / PUBLISHED, f"docs/{PUBLISHED}")
    templates = inputs.read_templates(docs / "templates")
    pages, owned = build.pages(editions, templates, options.site_url, build.redirects(read))
    pictures = build.pictures(editions, templates, read)
    write.write({**pages, **pictures}, docs, owned)
    with _built_beside(editions, docs, options.output, options.site_url) as beside:
        if beside is None:
            return 1
        present = addresses.addresses(_html(beside), linked_files(beside))
        if options.record:
            write.replace(docs / PUBLISHED, addresses.with_new(published, present))
        _check_addresses(published, present, read)
        _swap(beside, options.output)
    return 0


def _check_addresses(published: Source, present: frozenset[str], read: inputs.Inputs) -> None:
    """Raise InputError if anything that was ever published is gone."""
    if read.redirects is None:
        return
    redirects, source = read.redirects.value.redirects, read.redirects.source
    if problems := tuple(addresses.gone_problems(published, present, redirects, source)):
        raise InputError(problems)


@contextmanager
def _built_beside(editions: Sequence[Edition], docs: Path, site: Path, site_url: str) -> Iterator[Path | None]:
    """Build the site beside the present one and yield its folder, or nothing if MkDocs fails; leave nothing behind."""
    beside, old = site.with_name(f"{site.name}.new"), site.with_name(f"{site.name}.old")
    for leftover in (beside, old):
        shutil.rmtree(leftover, ignore_errors=True)
    try:
        yield beside if _build(editions, docs, beside, site_url) else None
    finally:
        for leftover in (beside, old):
            shutil.rmtree(leftover, ignore_errors=True)


def _build(editions: Sequence[Edition], docs: Path, folder: Path, site_url: str) -> bool:
    """Build the site in a folder, and return whether MkDocs did its part."""
    for index, edition in enumerate(editions):
        if _render(edition, index == 0, folder / edition.id, site_url):
            return False
        _prune(folder / edition.id, docs / "theme")
    shutil.copytree(docs / "root", folder, dirs_exist_ok=True)
    (folder / "_headers").write_text(_headers(folder), "utf-8")
    return True


def _swap(beside: Path, site: Path) -> None:
    """Put a site in the place of the one that is there."""
    if site.exists():
        site.rename(site.with_name(f"{site.name}.old"))
    beside.rename(site)


def _render(edition: Edition, is_first: bool, folder: Path, site_url: str) -> int:
    """Let MkDocs render one edition and return its exit code; what it says is passed on where a warning stopped it.

    Its own `--quiet` would not do: warnings that are not logged do not count as warnings for `--strict`.
    """
    configuration = build.ROOT / ("mkdocs.yml" if is_first else f"mkdocs.{edition.id}.yml")
    environment = os.environ | {
        "EDITION_URL": f"{site_url}{edition.id}/" if site_url else "",
        "NO_MKDOCS_2_WARNING": "1",
    }
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(configuration)]
    command += ["--site-dir", str(folder)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout + done.stderr, end="", file=sys.stderr)
    return done.returncode


def _prune(folder: Path, theme: Path) -> None:
    """Remove from an edition what MkDocs copies into every site and no page of this one uses."""
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        name = path.relative_to(folder)
        if name.as_posix() in _OF_ONE_BUILD or (name.parts[0] == "assets" and not (theme / name).is_file()):
            path.unlink()
    for empty in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not any(empty.iterdir()):
            empty.rmdir()


def _headers(site: Path) -> str:
    """Return the headers for every page, the policy made from the pages as they were built."""
    headers = {"Content-Security-Policy": content_security_policy(_html(site))} | HEADERS
    return "".join(_header_lines(headers))


def _html(site: Path) -> dict[str, str]:
    """Return the HTML of every page by its path."""
    return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}


def linked_files(site: Path) -> Iterator[str]:
    """Yield the paths of the files that are no pages and to which people and programs link."""
    for path in (*site.glob("data/**/*"), *site.glob("**/card.png")):
        if path.is_file():
            yield path.relative_to(site).as_posix()


def _header_lines(headers: dict[str, str]) -> Iterator[str]:
    yield "/*\n"
    yield from (f"  {name}: {value}\n" for name, value in headers.items())


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Build the whole site.")
    build.add_common_options(parser)
    parser.add_argument("--output", type=Path, default=build.ROOT / "site", metavar="DIR", help="where the site goes")
    parser.add_argument("--record", action="store_true", help="add the site's new addresses to those published")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
