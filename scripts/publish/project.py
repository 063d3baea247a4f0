"""Project: turn a statement's folder into all files of docs/pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from statement import cite, convert, given, inputs, load, views
from statement.errors import InputError, Problem, Source, problem_at, problem_at_key
from statement.inputs import Inputs
from statement.model import Edition, Phrase, Redirect

from . import akoma, assets, beside, cards, data, export, formats, machines, offline, pages, progress, render
from .addresses import fingerprints, redirect_problems
from .place import UNKNOWN, Place
from .settings import Settings, read_file
from .shelf import Shelf

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "docs" / "source"
TEMPLATES = ROOT / "docs" / "templates"
STYLES = ROOT / "docs" / "styles"
ASSETS = ROOT / "docs" / "assets"
BUILT = ROOT / "build"
"""Where the pages and the site of any other folder than the project's own go."""

EVERY_FORMAT = frozenset(formats.NAMES)
"""The formats that a build makes if nobody chooses."""

# Chinese, in an interface in another language.
_HAN = re.compile(r"[\u3400-\u9fff]")
# Stands in for the editions if statement.toml cannot be read; name clashes are the same in every edition.
_ANY_EDITION = "zh-hans"


@dataclass(frozen=True)
class Home:
    """Where what belongs to one statement is kept: its folder, its pages, its site, the list of its addresses."""

    source: Path
    pages: Path
    output: Path
    addresses: Path

    @property
    def is_own(self) -> bool:
        """Whether it is the project's own statement, whose list of addresses has to be there."""
        return self.addresses == _OWN.addresses

    @property
    def mark(self) -> Path:
        """The file that says which folder what is built here is made of."""
        return self.output.parent / "source"


_OWN = Home(SOURCE, ROOT / "docs" / "pages", ROOT / "site", ROOT / "docs" / "addresses.txt")


@dataclass(frozen=True)
class Made:
    """The files of docs/pages by path, and the pages they belong to.

    `absent` are the paths of the files of formats that are not made, `notes` what there is to say of that.
    """

    files: Mapping[str, str | bytes]
    pages: tuple[pages.Page, ...]
    redirects: tuple[Redirect, ...]
    place: Place = UNKNOWN
    prints: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


def home(source: Path) -> Home:
    """Return where what belongs to the statement in a folder is kept, so that no two statements share anything."""
    if source.resolve() == SOURCE:
        return _OWN
    built = BUILT / source.resolve().name
    return Home(source, built / "pages", built / "site", source / "addresses.txt")


def claim_problems(of: Home) -> Iterator[Problem]:
    """Yield a problem if the place for what is built of a folder is that of another folder of the same name."""
    if of.is_own or not of.mark.is_file():
        return
    other = ROOT / of.mark.read_text("utf-8").removesuffix("\n")
    if other.resolve() != of.source.resolve() and other.is_dir():
        message = (
            f"{shown(of.mark.parent)} has what is built of {shown(other)}, a folder of the same name; rename one of "
            "the two, or say where this one goes: --pages DIR --output DIR"
        )
        yield Problem(shown(of.source), 1, 1, message)


def remarks(found: Inputs, source: Path) -> Iterator[str]:
    """Yield what an editor may have overlooked in a folder, though nothing is wrong with it."""
    if found.particulars and not found.particulars.value.has_own_day:
        yield (
            f"{shown(source)}/statement.toml: no day of the text is named, so that no page shows one; if it has one, "
            "add conference_date and venue, or dated and dated_as"
        )


def published(of: Home) -> Source:
    """Return the list of addresses that a statement's site has ever had; raise InputError."""
    return inputs.read_published(of.addresses, shown(of.addresses), of.is_own)


def read(source: Path) -> Inputs:
    """Return the inputs in a folder with their problems; messages show the path relative to the project."""
    return inputs.read(source, shown(source))


def editions(found: Inputs, settings: Settings | None = None) -> tuple[Edition, ...]:
    """Return the editions built from the inputs; raise InputError with every problem, name clashes included."""
    settings = settings or Settings()
    problems = [*name_problems(found), *setting_problems(found, settings), *interface_problems(found)]
    return load.editions(found, problems, phrases())


def make(
    found: Inputs,
    place: Place = UNKNOWN,
    settings: Settings | None = None,
    wanted: frozenset[str] = EVERY_FORMAT,
) -> Made:
    """Return every file of docs/pages for a site at a place, with the formats wanted.

    Raises InputError with all problems.
    """
    settings = settings or Settings()
    with progress.step("reading the statement"):
        read = editions(found, settings)
    return make_of(found, read, place, settings, wanted)


def make_of(
    found: Inputs,
    made: Sequence[Edition],
    place: Place = UNKNOWN,
    settings: Settings | None = None,
    wanted: frozenset[str] = EVERY_FORMAT,
    shelf: Shelf | None = None,
) -> Made:
    """Return what `make` does of editions that were made before, in a library if one is given.

    Raises InputError with all problems.
    """
    site = replace(site_of(found, made, place, settings, wanted), shelf=shelf)
    with progress.step("filling in the pages"):
        files = render.files(site)
    problems = tuple(pages.id_clashes({file: files[file] for file in (page.file for page in site.pages)}, names(found)))
    if problems:
        raise InputError(problems)
    with progress.step("drawing the pictures"):
        pictures = cards.pictures(render.cards(site), found.font) if found.font else {}
    searched = export.search_data(site.editions, convert.variants) | export.term_data(site.editions)
    for each in site.given:
        searched |= export.search_data([each.edition], convert.variants) | export.term_data([each.edition])
    cited = cite.files({each.edition.id: each.citations for each in site.every})
    places = {f"{edition.id}/{path}": path for edition in site.editions for path in found.beside}
    places |= {path: path for _, path in site.settings.files}
    palette = site.settings.palette
    colours = {render.PALETTE: palette.css} if palette else {}
    generated: dict[str, str | bytes] = {
        **site.assets.files,
        **colours,
        **files,
        **machines.files(site, files),
        **searched,
        **cited,
        **pictures,
        **site.data,
    }
    if taken := {path for place, path in places.items() if place in {*generated, offline.WORKER}}:
        message = "has the name of a file that the build makes; choose another"
        raise InputError(Problem(f"{inputs.PAGES}/{path}", 1, 1, message) for path in taken)
    placed = {place: found.beside[path] for place, path in places.items()}
    return Made(
        files={**placed, **generated},
        pages=site.pages,
        redirects=site.redirects,
        place=place,
        prints=fingerprints(site.editions[0].statement),
        absent=site.absent,
        notes=site.notes,
    )


def site_of(
    found: Inputs,
    made: Sequence[Edition],
    place: Place = UNKNOWN,
    settings: Settings | None = None,
    wanted: frozenset[str] = EVERY_FORMAT,
) -> render.Site:
    """Return what to render: the editions with their views, templates and citations, and the list of pages."""
    styles = inputs.read_styles(STYLES)
    source = made[0].settings
    shown_editions = render.shown(
        [views.view(edition) for edition in made],
        [convert.text_converter(each.settings, source, each.conversion).convert for each in made],
        [convert.interface_converter(each.settings, source, each.conversion, phrases()).convert for each in made],
        inputs.read_templates(TEMPLATES),
        {edition.id: cite.citations(edition, styles, place.address) for edition in made},
    )
    beside_it = _given(found, made, styles, place)
    every = [*made, *(each.edition for each in beside_it)]
    listed = pages.pages(names(found, beside.addresses(every)))
    site = render.Site(
        shown=shown_editions,
        pages=listed,
        given=beside_it,
        place=place,
        redirects=redirects(found),
        written=found.written,
        settings=settings or Settings(),
        assets=assets.assets(ASSETS, shown(ASSETS)),
        has_pictures=found.font is not None,
    )
    taken = formats.make(site, ASSETS, shown(ASSETS), wanted, found.text_font)
    data_files = _to_take_away(site, found, taken.files)
    return replace(site, data=data_files, absent=taken.absent, notes=taken.notes)


def _given(found: Inputs, made: Sequence[Edition], styles: Mapping[str, str], place: Place) -> tuple[render.Shown, ...]:
    """Return the editions with texts of their own, in their languages."""
    own = given.editions(found, made)
    templates = inputs.read_templates(TEMPLATES) if own else {}
    shared = {name: templates[name] for name in render.SHARED} if own else {}
    chosen = [
        templates if each.settings.is_chinese else {**shared, **inputs.read_interface(TEMPLATES, each.settings)}
        for each in own
    ]
    prose = [
        convert.interface_converter(each.settings, each.settings, (), phrases()).convert
        if each.settings.is_chinese
        else render.plainly
        for each in own
    ]
    cited = {each.id: cite.citations(each, styles, place.address) for each in own}
    return render.given([views.view(each) for each in own], prose, chosen, cited)


def _to_take_away(site: render.Site, found: Inputs, taken: Mapping[str, bytes]) -> dict[str, str | bytes]:
    """Return all that is taken away, by path, and the fingerprints of it and of the citations."""
    address = site.place.address
    made = {
        **data.files(site.editions, found.data, address, [each.edition for each in site.given]),
        **akoma.files([each.edition for each in site.every], address),
        **taken,
        **{f"{data.FOLDER}/source/{text.name}": text.data for text in found.given.values()},
    }
    cited = cite.files({each.edition.id: each.citations for each in site.every})
    return made | {data.SUMS: data.sums(data.downloads({**made, **cited}))}


def phrases() -> tuple[Phrase, ...]:
    """Return the interface phrases that differ in Traditional regions; raise InputError if the list is invalid."""
    return inputs.read_phrases(TEMPLATES, shown(TEMPLATES))


def read_settings(root: Path) -> Settings:
    """Return the settings in a project's mkdocs.yml; raise InputError for all that are wrong or have no effect."""
    return read_file(root / "mkdocs.yml", "mkdocs.yml")


def settings_for(source: Path, settings: Settings) -> Settings:
    """Return settings as they are for a statement's folder.

    Links to edit, the menu and the description are those of the project's own statement.
    """
    return settings if home(source).is_own else replace(settings, edit_uri="", nav=(), description="")


def with_shared(found: Inputs, source: Path, settings: Settings) -> Inputs:
    """Return the inputs in a folder with the files that mkdocs.yml names: those of the project where it has none."""
    if home(source).is_own:
        return found
    missing = {path: SOURCE / inputs.PAGES / path for _, path in settings.files if path not in found.beside}
    shared = {path: file.read_bytes() for path, file in missing.items() if file.is_file()}
    return replace(found, beside={**found.beside, **shared})


def setting_problems(found: Inputs, settings: Settings) -> Iterator[Problem]:
    """Yield a problem for each file or page named in mkdocs.yml that does not exist."""
    for keys, path in settings.files:
        if path not in found.beside:
            yield settings.problem(keys, f"there is no {path} in {inputs.PAGES} of the statement's folder; add it")
    if settings.nav and found.particulars and found.themes and found.terms:
        files = {page.file for page in pages.pages(names(found))}
        for file in render.files_in(settings.nav):
            if file not in files:
                message = f"there is no page {file}; name one such as {min(files - {'index.md', 'compare/index.md'})}"
                yield settings.problem(("nav",), message)


def interface_problems(found: Inputs) -> Iterator[Problem]:
    """Yield a problem for each edition in a language of which there is no interface, or not all of it.

    An edition that is not in Chinese has none of the templates in Chinese.
    """
    for index, each in enumerate(found.particulars.value.editions if found.particulars else ()):
        if not each.given or each.is_chinese or not found.particulars:
            continue
        templates = inputs.read_interface(TEMPLATES, each)
        if not templates:
            message = f"there is no interface in {each.language}; use zh or en, or write its templates"
            yield problem_at_key(found.particulars.source, ("editions", index, "language"), message)
            continue
        folder = f"{shown(TEMPLATES)}/{each.language.partition('-')[0]}"
        for name in sorted(render.GIVEN - templates.keys()):
            yield Problem(f"{folder}/{name}.jinja", 1, 1, "no such file; an edition in this language needs it")
        for name, text in templates.items():
            for at in [match.start() for match in _HAN.finditer(text)][:1]:
                source = Source(f"{folder}/{name}.jinja", text)
                yield problem_at(source, at, "a word in Chinese; write it in the language of the edition")


def redirects(found: Inputs) -> tuple[Redirect, ...]:
    """Return the redirects listed in the inputs."""
    return found.redirects.value.redirects if found.redirects else ()


def names(found: Inputs, clauses: Sequence[str] = ()) -> pages.Names:
    """Return the names that people gave in those inputs that could be read."""
    themes, terms, words = found.themes, found.terms, found.operatives
    settings = found.particulars.value.editions if found.particulars else ()
    own = [each.id for each in settings if each.given]
    return pages.Names(
        editions=list(dict.fromkeys(each.id for each in settings if not each.given)) or [_ANY_EDITION],
        given=list(dict.fromkeys(own)),
        themes=_owned(themes.source, "themes", "slug", dict(enumerate(each.slug for each in themes.value.themes)))
        if themes
        else [],
        terms=_owned(terms.source, "terms", "id", {i: each.id for i, each in terms.value.checked.items()})
        if terms
        else [],
        operatives=_owned(words.source, "words", "id", {i: each.id for i, each in words.value.checked.items()})
        if words
        else [],
        written=[(each.name, pages.Owner(each.source, ())) for each in found.written],
        clauses=clauses,
        redirects=redirects(found),
    )


def _owned(source: Source, table: str, key: str, given: Mapping[int, str]) -> list[tuple[str, pages.Owner | None]]:
    """Return names, given by their places in the tables of a file, together with the keys that define them."""
    return [(name, pages.Owner(source, (table, index, key))) for index, name in given.items()]


def name_problems(found: Inputs) -> Iterator[Problem]:
    """Yield clashes among the given names and with the site's own, and redirects that lead nowhere."""
    given = names(found)
    listed = pages.pages(given)
    yield from pages.clashes(listed)
    if found.redirects and found.particulars and found.themes and found.terms:
        present = frozenset(f"/{page.path}" for page in listed if page.template != "moved")
        yield from redirect_problems(given.redirects, present, found.redirects.source)


def shown(path: Path) -> str:
    """Return a path for messages: relative to the root inside the project, otherwise as given."""
    absolute = path.resolve()
    return absolute.relative_to(ROOT).as_posix() if absolute.is_relative_to(ROOT) else path.as_posix()


def complaint(line: str) -> Problem:
    """Return a line of MkDocs' complaints as a problem."""
    return Problem("mkdocs.yml", 1, 1, line)
