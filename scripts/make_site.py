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
from pathlib import Path

import build
from statement import inputs, write
from statement.errors import InputError
from statement.model import Edition
from statement.policy import content_security_policy

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""What a server should send with every page, besides the policy, in the file that Netlify and Cloudflare read."""

# Written by MkDocs for each edition by itself; the site has its own, for all of them.
_OF_ONE_BUILD = frozenset({"404.html", "sitemap.xml", "sitemap.xml.gz"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    options = _options(arguments)
    docs = build.ROOT / "docs"
    try:
        read = build.read(options.source)
        editions = build.read_editions(read)
        pages, owned = build.pages(editions, inputs.read_templates(docs / "templates"), options.site_url)
        write.write(pages, docs, owned)
        return _replace_site(editions, docs, options.output, options.site_url)
    except InputError as error:
        print(*error.problems, sep="\n", file=sys.stderr)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}; make room for the site there", file=sys.stderr)
    return 1


def _replace_site(editions: Sequence[Edition], docs: Path, site: Path, site_url: str) -> int:
    """Build the site beside the present one and swap them; return the exit code."""
    beside, old = site.with_name(f"{site.name}.new"), site.with_name(f"{site.name}.old")
    for leftover in (beside, old):
        shutil.rmtree(leftover, ignore_errors=True)
    try:
        for index, edition in enumerate(editions):
            if code := _render(edition, index == 0, beside / edition.id, site_url):
                return code
            _prune(beside / edition.id, docs / "theme")
        shutil.copytree(docs / "root", beside, dirs_exist_ok=True)
        (beside / "_headers").write_text(_headers(beside), "utf-8")
        if site.exists():
            site.rename(old)
        beside.rename(site)
    finally:
        for leftover in (beside, old):
            shutil.rmtree(leftover, ignore_errors=True)
    return 0


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
    pages = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}
    headers = {"Content-Security-Policy": content_security_policy(pages)} | HEADERS
    return "".join(_header_lines(headers))


def _header_lines(headers: dict[str, str]) -> Iterator[str]:
    yield "/*\n"
    yield from (f"  {name}: {value}\n" for name, value in headers.items())


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Build the whole site.")
    build.add_common_options(parser)
    parser.add_argument("--output", type=Path, default=build.ROOT / "site", metavar="DIR", help="where the site goes")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
