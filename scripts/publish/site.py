"""Site: docs/pages rendered and finished beside the site that is there, which it then replaces."""

from __future__ import annotations

import gzip
import hashlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import brotli

from statement import kept
from statement.errors import InputError, Source
from statement.inputs import Inputs

from . import addresses, assets, built, data, hosting, links, manifest, offline, plain, progress, project, renderer
from .policy import policies

ONE_PACKET = 1400
"""The bytes of a file that arrive in one packet (Ethernet's 1,500, without headers), no sooner if they are fewer."""

_SMALL = (".br", ".gz")
# Those that lie beside pages, and those that programs look for by their names.
_LINKED = re.compile(
    rf"data/.*|(?:.*/)?(?:card\.png|{re.escape(plain.NAME)}|[^/]*\.webmanifest)|llms\.txt|{re.escape(offline.WORKER)}"
)
# As small as it gets for what is fetched with every page and kept; for pages, of which there are many, a fifteenth more
# in a hundredth of the time.
_SMALLEST, _QUICK = 11, 5
# The bytes that say how long the first of two kept forms is.
_LENGTH = 8


@dataclass(frozen=True)
class Finished:
    """A finished site: the addresses it has, and what later steps need to know of its pages."""

    addresses: frozenset[str]
    pages: tuple[built.Built, ...]


def build(root: Path, folder: Path, made: project.Made, pages_folder: Path | None = None) -> frozenset[str]:
    """Render the pages that were made into a folder, finish them, and return the addresses the site has.

    They lie in `pages_folder`, or where mkdocs.yml says.

    Raises InputError if MkDocs complains, or if a page does what the policy cannot allow.
    """
    return finish(root, folder, made, pages_folder, has_host=True).addresses


def finish(
    root: Path, folder: Path, made: project.Made, pages_folder: Path | None = None, *, has_host: bool
) -> Finished:
    """Do what `build` does, and return what is known of the pages, too.

    A site that has no host to itself, because it is a part of another, tells hosts nothing.
    """
    pages = render(root, folder, made.place.address, pages_folder)
    allowed = policies(pages)
    present = paths(folder)
    if broken := tuple(links.problems(pages, frozenset(present))):
        raise InputError(broken)
    if has_host:
        tell(folder, hosting.files(root / "docs" / "hosting", made.place, allowed, made.redirects, present))
    with progress.step("compressing"):
        compress(folder, present)
    put_worker(folder, offline.worker(worker_code(root), sent(folder, present)))
    places = [page for page in pages if not page.path.startswith(f"{data.FOLDER}/")]
    return Finished(addresses.addresses(places, linked_files(folder)), pages)


def render(root: Path, folder: Path, address: str, pages_folder: Path | None = None) -> tuple[built.Built, ...]:
    """Render pages into a folder, put each beside itself as Markdown, and return them; raise InputError as `build`."""
    with progress.step("rendering the pages"):
        complaints = renderer.render(root / "mkdocs.yml", folder, address, pages=pages_folder)
    if complaints:
        raise InputError(project.complaint(line) for line in complaints)
    html = _html(folder)
    for path, text in plain.files({path: each for path, each in html.items() if plain.has_own(path)}).items():
        (folder / path).write_text(text, "utf-8")
    return built.read(html)


def paths(folder: Path) -> list[str]:
    """Return the paths of all files under a folder."""
    return sorted(manifest.files(folder))


def tell(folder: Path, told: Mapping[str, str]) -> None:
    """Write what hosts are told into a site."""
    for path, text in told.items():
        (folder / path).write_text(text, "utf-8")


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
    yield from (path for path in paths(site) if _LINKED.fullmatch(path) and not path.endswith(_SMALL))


def worker_code(root: Path) -> str:
    """Return the part of a worker that is the same in all sites."""
    return assets.worker(root / "docs" / "assets", "docs/assets")


def put_worker(folder: Path, worker: str) -> None:
    """Write a worker into a site."""
    (folder / offline.WORKER).write_text(worker, "utf-8")
    compress(folder, [offline.WORKER])


def compress(folder: Path, present: Iterable[str]) -> None:
    """Put assets, and texts of more than a packet, in small forms beside themselves, for hosts that send such files."""
    for name in present:
        if name.rpartition(".")[2] in hosting.COMPRESSED:
            path = folder / name
            contents = path.read_bytes()
            is_asset = name.startswith(f"{assets.FOLDER}/")
            if len(contents) <= ONE_PACKET and not is_asset:
                continue
            quality = _SMALLEST if is_asset else _QUICK
            brotlied, gzipped = _small_forms(contents, quality)
            path.with_name(f"{path.name}.br").write_bytes(brotlied)
            path.with_name(f"{path.name}.gz").write_bytes(gzipped)


def sent(folder: Path, present: Iterable[str]) -> dict[str, tuple[bytes, int]]:
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
    return {path: (site / path).read_text("utf-8") for path in paths(site) if path.endswith(".html")}
