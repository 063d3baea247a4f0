"""Preview: serve the site locally, and rebuild and reload it whenever a file of the project is saved.

Uses MkDocs' own server. While the inputs have errors, every page shows the errors instead.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any, Protocol

from mkdocs.livereload import LiveReloadServer

from statement.errors import InputError
from statement.library import is_library

from . import library, project, renderer, swap, write
from .render import SITE

HOST = "127.0.0.1"
_POLL = 0.2
# What all sites are made of, besides what people wrote.
_SHARED = (
    project.TEMPLATES,
    project.STYLES,
    project.ASSETS,
    project.ROOT / "docs" / "theme",
    project.ROOT / "mkdocs.yml",
)


class Rebuild(Protocol):
    """Makes the site again, or raises InputError; `sources` are the folders from which it is made then."""

    @property
    def sources(self) -> Sequence[Path]:
        """Return the folders to watch."""

    def __call__(self) -> None:
        """Make the site."""


class Preview(LiveReloadServer):
    """MkDocs' server for a site that `rebuild` writes to its root; if that fails, every page shows why."""

    def __init__(self, rebuild: Rebuild, root: Path, port: int) -> None:
        super().__init__(self._build, HOST, port, root=str(root), polling_interval=_POLL, shutdown_delay=_POLL)
        self.rebuild = rebuild
        self.watched: set[Path] = set()
        self.problems: tuple[str, ...] = ()
        self.error_handler = self._error

    def serve_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Serve the requested file; while there are problems, serve those in place of any page."""
        path = str(environ["PATH_INFO"])
        if self.problems and path.endswith("/") and not path.startswith("/livereload/"):
            start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
            page = self._inject_js_into_html(_problem_page(self.problems), self._visible_epoch)  # type: ignore[no-untyped-call]
            return [page]
        answer: Iterable[bytes] = super().serve_request(environ, start_response)
        return answer

    def _build(self) -> None:
        try:
            self.rebuild()
        except InputError as error:
            self.problems = tuple(str(error).split("\n"))
            print(*self.problems, sep="\n", file=sys.stderr)
        else:
            self.problems = ()
        # A library may name other statements than before.
        for path in {source.resolve() for source in self.rebuild.sources} - self.watched:
            self.watched.add(path)
            self.watch(str(path))

    def _error(self, code: int) -> bytes | None:
        page = Path(self.root, f"{code}.html")
        return page.read_bytes() if page.is_file() else None


class _Rendered:
    """A folder of pages rendered into another; only changed ones as long as what is around them stays the same."""

    def __init__(self, pages: Path, folder: Path) -> None:
        self.pages = pages
        self.folder = folder
        self.around: dict[str, int] | None = None

    def renew(self, files: write.Files) -> bool:
        """Write the pages and render what has changed; return whether anything had, or raise InputError."""
        # Whatever goes wrong on the way, all is rendered the next time.
        before, self.around = self.around, None
        changes = write.write(files, self.pages, project.shown(self.pages))
        around = _times(project.ROOT / "docs" / "theme") | _times(project.ROOT / "mkdocs.yml")
        is_dirty = around == before and not changes.create and not changes.remove and SITE not in changes.update
        has_changed = not is_dirty or bool(changes.update)
        if has_changed:
            complaints = renderer.render(project.ROOT / "mkdocs.yml", self.folder, "", is_dirty, self.pages)
            if complaints:
                raise InputError(project.complaint(line) for line in complaints)
        self.around = around
        return has_changed


class _Builder:
    """Generates and renders the pages of a statement into the folder that is shown."""

    def __init__(self, source: Path, pages: Path, folder: Path) -> None:
        self.source = source
        self.pages = pages
        self.rendered = _Rendered(pages, folder)

    @property
    def sources(self) -> list[Path]:
        """The folders with what people wrote."""
        return [self.source]

    def __call__(self) -> None:
        settings = project.settings_for(self.source, project.read_settings(project.ROOT))
        found = project.with_shared(project.read(self.source), self.source, settings)
        made = project.make(found, settings=settings)
        with swap.lock(self.pages / write.LOCK):
            self.rendered.renew(made.files)


class _LibraryBuilder:
    """Does the same for a library.

    Its own pages are rendered beside the folder that is shown and copied there, since MkDocs empties a folder before it
    renders a whole site into it.
    """

    def __init__(self, source: Path, pages: Path, folder: Path) -> None:
        self.source = source
        self.pages = pages
        self.folder = folder / "site"
        self.own = _Rendered(pages, folder / "own")
        self.texts: dict[str, _Rendered] = {}
        self.sources = [source]
        self.made: tuple[library.Volume, ...] = ()
        self.around: dict[str, int] | None = None

    def __call__(self) -> None:
        read = library.read(self.source)
        self.sources = [self.source, *(place.folder for place in read.places)]
        around = {path: time for folder in _SHARED for path, time in _times(folder).items()}
        earlier = self.made if around == self.around else ()
        made = library.make(read, settings=project.read_settings(project.ROOT), earlier=earlier)
        self.made, self.around = made.volumes, around
        with swap.lock(self.pages / write.LOCK):
            for volume in made.volumes:
                pages = library.pages_of(volume.name, self.pages)
                rendered = self.texts.setdefault(volume.name, _Rendered(pages, self.folder / volume.name))
                rendered.renew(volume.made.files)
            if self.own.renew(made.files):
                shutil.copytree(self.own.folder, self.folder, dirs_exist_ok=True)
        for name in self.texts.keys() - {volume.name for volume in made.volumes}:
            shutil.rmtree(self.folder / name, ignore_errors=True)
            del self.texts[name]


def serve(source: Path, pages: Path, port: int) -> int:
    """Serve the site of a statement or a library until interrupted, and return the exit code."""
    with tempfile.TemporaryDirectory(prefix="preview-") as made:
        folder = Path(made)
        builder: _Builder | _LibraryBuilder
        if is_library(source):
            builder, shown = _LibraryBuilder(source, pages, folder), folder / "site"
            shown.mkdir()
        else:
            builder, shown = _Builder(source, pages, folder), folder
        server = Preview(builder, shown, port)
        server._build()
        for path in _SHARED:
            server.watch(str(path))
        print(f"http://{HOST}:{port}/ (end with Ctrl-C)", flush=True)
        try:
            server.serve()  # type: ignore[no-untyped-call]
        except KeyboardInterrupt:
            server.shutdown(wait=True)
    return 0


def _times(path: Path) -> dict[str, int]:
    """Return the modification time of each file at or under a path."""
    files = path.rglob("*") if path.is_dir() else [path]
    return {str(file): file.stat().st_mtime_ns for file in files if file.is_file()}


def _problem_page(problems: Iterable[str]) -> bytes:
    items = "".join(f"<li><code>{escape(problem)}</code></li>" for problem in problems)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The site cannot be made</title></head>'
        f"<body><h1>The site cannot be made</h1><ol>{items}</ol>"
        "<p>Mend it and save the file: this page then shows the site again.</p></body></html>"
    ).encode()
