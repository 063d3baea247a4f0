"""Library: several statements made and built as one site, each in a folder that is its own site but for the place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from statement import inputs
from statement import library as shelved
from statement.errors import InputError, Problem, Source
from statement.inputs import Inputs
from statement.library import Library
from statement.model import Edition, Redirect

from . import addresses, assets, hosting, library_pages, offline, project, render, site, write
from .place import UNKNOWN, Place
from .policy import policies
from .project import EVERY_FORMAT
from .settings import Settings
from .shelf import Shelf, Title

TEMPLATES = project.TEMPLATES / "library"
# The templates of the pages to which the index and the results of the search lead.
_READ = ("choice", "index", "theme", "full")


@dataclass(frozen=True)
class Volume:
    """A statement of a library: its name there, its folder, what was read in it, and the files of its pages.

    `given` is all else that these are made of, but for the project's own files.
    """

    name: str
    folder: Path
    found: Inputs
    made: project.Made
    given: tuple[Place, Settings, frozenset[str], Shelf]


@dataclass(frozen=True)
class Made:
    """Everything a library's site is made of: the files of its own pages, by path, and its statements.

    `order` has the names of these as the index lists them.
    """

    files: Mapping[str, str | bytes]
    volumes: tuple[Volume, ...]
    place: Place
    order: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finished:
    """The addresses of a built library: its own, and those of each statement from that one's root, by its name."""

    own: frozenset[str]
    volumes: Mapping[str, frozenset[str]]


def read(folder: Path) -> Library:
    """Return the library in a folder; raise InputError with everything that is wrong with it."""
    return shelved.read(folder, project.shown(folder))


def make(
    library: Library,
    place: Place = UNKNOWN,
    settings: Settings | None = None,
    wanted: frozenset[str] = EVERY_FORMAT,
    earlier: Iterable[Volume] = (),
) -> Made:
    """Return everything the site of a library is made of, with the formats wanted of each statement.

    A statement of which nothing has changed since `earlier` is taken from there, if the project's own files are the
    same. Raises InputError with the problems of all statements.
    """
    settings = settings or Settings()
    found = {each.name: _inputs(each, settings) for each in library.places}
    return make_of(library, found, dict(_editions(library, found, settings)), place, settings, wanted, earlier)


def make_of(
    library: Library,
    found: Mapping[str, Inputs],
    texts: Mapping[str, Sequence[Edition]],
    place: Place = UNKNOWN,
    settings: Settings | None = None,
    wanted: frozenset[str] = EVERY_FORMAT,
    earlier: Iterable[Volume] = (),
) -> Made:
    """Return what `make` does of inputs and editions that were made before, by the names of the statements."""
    settings = settings or Settings()
    templates = inputs.read_templates(TEMPLATES)
    editions = library_pages.shown(library.declared, texts, templates, project.phrases())
    made: list[Volume] = []
    problems: list[Problem] = []
    before = {volume.name: volume for volume in earlier}
    titles = {
        name: tuple(Title(edition.settings, edition.particulars.title) for edition in each)
        for name, each in texts.items()
    }
    for each in library.places:
        own = project.settings_for(each.folder, settings)
        shelf = _shelf(texts[each.name], editions, titles)
        given = (_within(place, each.name), own, wanted, shelf)
        same = before.get(each.name)
        if same and (same.folder, same.found, same.given) == (each.folder, found[each.name], given):
            made.append(same)
            continue
        try:
            done = project.make_of(found[each.name], texts[each.name], *given)
            made.append(Volume(each.name, each.folder, found[each.name], done, given))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    order = tuple(entry.name for entry in editions[0].entries)
    return Made(_own_files(editions, place, settings), tuple(made), place, order)


def check_addresses(published: Source, made: Made, finished: Finished) -> None:
    """Raise InputError if anything that the library or one of its statements ever published is gone."""
    problems = list(_gone(published, finished.own))
    for volume in made.volumes:
        listed = project.published(project.home(volume.folder))
        try:
            left_out = frozenset(f"/{path}" for path in volume.made.absent)
            present = finished.volumes[volume.name] | left_out
            site.check_addresses(listed, present, volume.made.prints, volume.found)
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)


def pages_of(name: str, pages_folder: Path) -> Path:
    """Return the folder that takes the pages of a statement for MkDocs, given that of the library's own."""
    return pages_folder.parent / "texts" / name


def write_pages(made: Made, pages_folder: Path) -> dict[str, write.Changes]:
    """Write the pages for MkDocs: the library's own, and those of its statements in `texts` beside them.

    Returns what has changed by the name of the statement, which is empty for the library's own. Raises InputError as
    `write.write` does.
    """
    folders = {"": pages_folder, **{each.name: pages_of(each.name, pages_folder) for each in made.volumes}}
    files = {"": made.files, **{each.name: each.made.files for each in made.volumes}}
    return {name: write.write(files[name], folder, project.shown(folder)) for name, folder in folders.items()}


def build(root: Path, folder: Path, made: Made, pages_folder: Path) -> Finished:
    """Write and render all pages into a folder, finish them, and return the addresses of the site.

    `pages_folder` takes the library's own pages for MkDocs. Raises InputError as `site.build` does.
    """
    write_pages(made, pages_folder)
    pages = list(site.render(root, folder, made.place.address, pages_folder))
    own = site.paths(folder)
    site.compress(folder, own)
    present = addresses.addresses(pages, [*site.linked_files(folder), offline.WORKER])
    volumes = {}
    for volume in made.volumes:
        beside = pages_of(volume.name, pages_folder)
        done = site.finish(root, folder / volume.name, volume.made, beside, has_host=False)
        volumes[volume.name] = done.addresses
        pages += done.pages
    names = [volume.name for volume in made.volumes]
    told = hosting.files(
        root / "docs" / "hosting", made.place, policies(pages), _redirects(made), site.paths(folder), names
    )
    site.tell(folder, told)
    texts = _kept(made)
    sent = site.sent(folder, offline.library_paths(site.paths(folder), texts))
    site.put_worker(folder, offline.library_worker(site.worker_code(root), sent, texts))
    return Finished(present | {f"/{name}/" for name in names}, volumes)


def published(folder: Path) -> Source:
    """Return the list of the library's own addresses, and those of its statements' homes; raise InputError."""
    path = folder / "addresses.txt"
    return inputs.read_published(path, project.shown(path), is_needed=False)


def record(folder: Path, made: Made, finished: Finished) -> None:
    """Add what is new to the list of the library's addresses, and to that of each statement; raise OSError."""
    write.replace(folder / "addresses.txt", addresses.with_new(published(folder), finished.own))
    for volume in made.volumes:
        home = project.home(volume.folder)
        listed = addresses.with_new(project.published(home), finished.volumes[volume.name], volume.made.prints)
        write.replace(home.addresses, listed)


def _inputs(place: shelved.Place, settings: Settings) -> Inputs:
    own = project.settings_for(place.folder, settings)
    return project.with_shared(project.read(place.folder), place.folder, own)


def _editions(
    library: Library, found: Mapping[str, Inputs], settings: Settings
) -> Iterator[tuple[str, tuple[Edition, ...]]]:
    """Yield the editions of each statement by its name; raise InputError with the problems of all."""
    problems: list[Problem] = []
    for each in library.places:
        try:
            yield each.name, project.editions(found[each.name], project.settings_for(each.folder, settings))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)


def _shelf(own: Sequence[Edition], shown: Sequence[library_pages.Shown], texts: Mapping[str, Sequence[Title]]) -> Shelf:
    """Return what the pages of a statement know of its library."""
    by_script = {each.settings.script: each for each in shown}
    return Shelf(
        titles={each.id: by_script[each.script].words.title for each in own},
        homes={each.id: f"{by_script[each.script].settings.id}/" for each in own},
        texts=texts,
    )


def _within(place: Place, name: str) -> Place:
    """Return the place of a statement in a library; where nobody knows where that is, nobody knows this either."""
    return Place(place.address and f"{place.address}{name}/", place.base and f"{place.base}{name}/")


def _own_files(editions: Sequence[library_pages.Shown], place: Place, settings: Settings) -> dict[str, str | bytes]:
    """Return the files of the library's own pages by path, those that mkdocs.yml names among them."""
    own = replace(settings, edit_uri="", nav=(), description="")
    beside = {path: project.SOURCE / inputs.PAGES / path for _, path in own.files}
    if missing := [(keys, path) for keys, path in own.files if not beside[path].is_file()]:
        message = f"not in {project.shown(project.SOURCE / inputs.PAGES)}; put it there"
        raise InputError(own.problem(keys, f"{path} is {message}") for keys, path in missing)
    bundled = assets.assets(project.ASSETS, project.shown(project.ASSETS), is_library=True)
    palette = {render.PALETTE: own.palette.css} if own.palette else {}
    return {
        **{path: file.read_bytes() for path, file in beside.items()},
        **bundled.files,
        **palette,
        **library_pages.files(editions, place, own, bundled),
    }


def _kept(made: Made) -> dict[str, list[str]]:
    """Return the files of the pages to keep of each statement for who has only seen the index."""
    texts = {
        volume.name: [f"{page.path}index.html" for page in volume.made.pages if page.template in _READ]
        for volume in made.volumes
    }
    return {name: texts[name] for name in made.order}


def _redirects(made: Made) -> tuple[Redirect, ...]:
    """Return where pages of all statements have moved, as addresses from the root of the library."""
    return tuple(
        Redirect(f"/{volume.name}{each.old}", f"/{volume.name}{each.new}")
        for volume in made.volumes
        for each in volume.made.redirects
    )


def _gone(published: Source, present: frozenset[str]) -> Iterator[Problem]:
    """Yield a problem for each address of the library's own list that is gone."""
    for line, text in enumerate(published.text.split("\n"), 1):
        if text.startswith("/") and text not in present:
            yield Problem(published.file, line, 1, f"{text} is gone; bring it back: give the statement its name again")
