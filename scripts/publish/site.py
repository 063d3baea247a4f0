"""Site: docs/pages rendered and finished beside the site that is there, which it then replaces."""

from __future__ import annotations

import gzip
import hashlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import brotli

from statement import kept
from statement.errors import InputError, Source
from statement.inputs import Inputs

from . import addresses, assets, built, data, hosting, offline, plain, progress, project, renderer
from .policy import policies

_SMALL = (".br", ".gz")
# Those that lie beside pages, and those that programs look for by their names.
_LINKED = ("data/**/*", "**/card.png", f"**/{plain.NAME}", "**/*.webmanifest", "llms.txt", offline.WORKER)
# As small as it gets for what is fetched with every page and kept; for pages, of which there are many, a fifteenth more
# in a hundredth of the time.
_SMALLEST, _QUICK = 11, 5
# The bytes that say how long the first of two kept forms is.
_LENGTH = 8


def build(root: Path, folder: Path, made: project.Made, pages_folder: Path | None = None) -> frozenset[str]:
    """Render the pages that were made into a folder, finish them, and return the addresses the site has.

    They lie in `pages_folder`, or where mkdocs.yml says.

    Raises InputError if MkDocs complains, or if a page does what the policy cannot allow.
    """
    with progress.step("rendering the pages"):
        complaints = renderer.render(root / "mkdocs.yml", folder, made.place.address, pages=pages_folder)
    if complaints:
        raise InputError(project.complaint(line) for line in complaints)
    html = _html(folder)
    pages = built.read(html)
    for path, text in plain.files({path: each for path, each in html.items() if plain.has_own(path)}).items():
        (folder / path).write_text(text, "utf-8")
    present = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    told = hosting.files(root / "docs" / "hosting", made.place, policies(pages), made.redirects, present)
    for path, text in told.items():
        (folder / path).write_text(text, "utf-8")
    with progress.step("compressing"):
        _compress(folder, present)
    worker = offline.worker(assets.worker(root / "docs" / "assets", "docs/assets"), _sent(folder, present))
    (folder / offline.WORKER).write_text(worker, "utf-8")
    _compress(folder, [offline.WORKER])
    places = [page for page in pages if not page.path.startswith(f"{data.FOLDER}/")]
    return addresses.addresses(places, linked_files(folder))


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
    for path in (path for pattern in _LINKED for path in site.glob(pattern)):
        if path.is_file() and path.suffix not in _SMALL:
            yield path.relative_to(site).as_posix()


def _compress(folder: Path, present: Iterable[str]) -> None:
    """Put texts in a small form beside themselves, for hosts that send such files."""
    for name in present:
        if name.rpartition(".")[2] in hosting.COMPRESSED:
            path = folder / name
            quality = _SMALLEST if name.startswith(f"{assets.FOLDER}/") else _QUICK
            brotlied, gzipped = _small_forms(path.read_bytes(), quality)
            path.with_name(f"{path.name}.br").write_bytes(brotlied)
            path.with_name(f"{path.name}.gz").write_bytes(gzipped)


def _sent(folder: Path, present: Iterable[str]) -> dict[str, tuple[bytes, int]]:
    """Return what is in the files that readers may want to keep, and how many bytes each has as it is sent."""
    found = {}
    for name in offline.paths(present):
        path = folder / name
        small = path.with_name(f"{path.name}.br")
        found[name] = (path.read_bytes(), (small if small.is_file() else path).stat().st_size)
    return found


def _small_forms(data: bytes, quality: int) -> tuple[bytes, bytes]:
    """Return data in brotli of a quality and in gzip, kept because nothing takes longer."""
    key = f"{kept.maker('brotli', sys.modules[__name__])} {quality} {hashlib.sha256(data).hexdigest()}"
    found = kept.find("small", key)
    if found is None:
        brotlied = brotli.compress(data, quality=quality)
        length = len(brotlied).to_bytes(_LENGTH)
        found = kept.keep("small", key, length + brotlied + gzip.compress(data, 9, mtime=0))
    end = _LENGTH + int.from_bytes(found[:_LENGTH])
    return found[_LENGTH:end], found[end:]


def _html(site: Path) -> dict[str, str]:
    """Return the HTML of every page by its path."""
    return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}
