"""The command line: generates the pages, checks the inputs, builds or previews the site, and records its addresses.

Exits with 0 on success, or with 1 after printing every problem to standard error, one per line.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from publish import addresses, formats, place, project, readers, site, swap, write
from publish.project import ROOT
from publish.settings import Settings
from statement import inputs
from statement.errors import InputError, Problem, os_error_line
from statement.inputs import Inputs
from statement.library import is_library

if TYPE_CHECKING:
    from publish import library


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    options = _options(arguments)
    try:
        _check_folder(options)
        return _COMMANDS[options.command](options)
    except InputError as error:
        print(*error.problems, sep="\n", file=sys.stderr)
    except OSError as error:
        print(os_error_line(error, "make room there, or choose another place"), file=sys.stderr)
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
    return 1


def _pages(options: argparse.Namespace) -> int:
    """Write the pages for MkDocs."""
    lock = options.pages / write.LOCK
    if is_library(options.source):
        from publish import library

        shelved = _made_library(options)
        with swap.lock(lock, project.shown(lock)):
            written = library.write_pages(shelved, options.pages)
        _mark(options)
        for name, changes in written.items():
            _tell(changes, f"../texts/{name}/" if name else "")
        return 0
    made, _ = _made(options)
    with swap.lock(lock, project.shown(lock)):
        changes = write.write(made.files, options.pages, project.shown(options.pages))
    _mark(options)
    _tell(changes)
    return 0


def _check(options: argparse.Namespace) -> int:
    """Report problems in the inputs, or that there are none, or for --pages what writing the pages would change."""
    if is_library(options.source):
        shelved = _made_library(options)
        _note(each for volume in shelved.volumes for each in project.remarks(volume.found, volume.folder))
    else:
        made, found = _made(options)
        changes = write.plan(made.files, options.pages, project.shown(options.pages))
        if options.lists:
            _tell(changes)
            return 0
        _note(project.remarks(found, options.source))
    print(f"{project.shown(options.source)}: nothing is wrong")
    return 0


def _site(options: argparse.Namespace) -> int:
    """Write the pages and build the site."""
    return _build(options, records=False)


def _record(options: argparse.Namespace) -> int:
    """Build the site and add its new addresses to the list of published ones."""
    return _build(options, records=True)


def _serve(options: argparse.Namespace) -> int:
    """Serve the site locally and rebuild it whenever a file is saved."""
    _check_claim(options)
    _mark(options)
    # Imported here because MkDocs' server is slow to load and no other command needs it.
    from publish import preview

    return preview.serve(options.source, options.pages, options.port)


def _new(options: argparse.Namespace) -> int:
    """Begin the folder of another statement with what its text says of itself."""
    if options.text is None:
        return _again(options)
    # Imported here because no other command needs it.
    from statement import begin

    folder, name = options.folder, project.shown(options.folder)
    if (folder.exists() or folder.is_symlink()) and not (folder.is_dir() and not any(folder.iterdir())):
        raise InputError([Problem(name, 1, 1, "is there and not empty; choose another folder")])
    read = inputs.read_text(options.text)
    begun = begin.begin(read, options.text.read_bytes(), inputs.read_hints(project.TEMPLATES, "docs/templates"))
    write.create(begun.files, folder)
    print(*begun.told, sep="\n")
    _tell_rest(folder, begun.unread)
    return 0


def _again(options: argparse.Namespace) -> int:
    """Propose again, for a folder whose statement.toml an editor put right, what nobody has written in yet."""
    from statement import again

    folder, name = options.folder, project.shown(options.folder)
    if not (folder / "statement.txt").exists() or not (folder / "statement.toml").exists():
        raise InputError([Problem(name, 1, 1, "has no statement.txt and statement.toml yet; add --from TEXT")])
    found, hints = project.read(folder), inputs.read_hints(project.TEMPLATES, "docs/templates")
    proposed = again.again(found, inputs.read_present(folder, again.NAMES), hints, name)
    for path, contents in proposed.files.items():
        write.replace(folder / path, contents)
    print(*proposed.told, sep="\n")
    _tell_rest(folder)
    return 0


def _tell_rest(folder: Path, unread: str = "") -> None:
    """Say what an editor still has to say in a folder; `unread` is what has to be read in its conversion."""
    name = project.shown(folder)
    missing = _problems(folder)
    missing += [Problem(f"{name}/conversion.toml", 1, 1, unread)] if unread else []
    if missing:
        print(f"still to be said, as `check --source {name}` tells:", *missing, sep="\n")


def _problems(folder: Path) -> list[Problem]:
    """Return what is wrong with the inputs in a folder."""
    try:
        project.editions(project.read(folder))
    except InputError as error:
        return list(error.problems)
    return []


_COMMANDS = {"new": _new, "pages": _pages, "check": _check, "site": _site, "serve": _serve, "record": _record}


def _build(options: argparse.Namespace, records: bool) -> int:
    """Generate the pages, build the site next to the existing one, and swap it in."""
    if is_library(options.source):
        return _build_library(options, records)
    made, found = _made(options)
    listed = project.home(options.source)
    published, pages = project.published(listed), options.pages
    with swap.lock(pages / write.LOCK, project.shown(pages / write.LOCK)), swap.beside(options.output) as folder:
        write.write(made.files, pages, project.shown(pages))
        present = site.build(ROOT, folder, made, pages)
        if records:
            write.replace(listed.addresses, addresses.with_new(published, present, made.prints))
        left_out = frozenset(f"/{path}" for path in made.absent)
        site.check_addresses(published, present | left_out, made.prints, found)
        swap.put(folder, options.output)
    _mark(options)
    if not listed.is_own:
        print(f"{project.shown(options.output)}: the site")
    return 0


def _build_library(options: argparse.Namespace, records: bool) -> int:
    """Do the same for a library."""
    from publish import library

    made, pages = _made_library(options), options.pages
    with swap.lock(pages / write.LOCK, project.shown(pages / write.LOCK)), swap.beside(options.output) as folder:
        finished = library.build(ROOT, folder, made, pages)
        if records:
            library.record(options.source, made, finished)
        library.check_addresses(library.published(options.source), made, finished)
        swap.put(folder, options.output)
    _mark(options)
    print(f"{project.shown(options.output)}: the site")
    return 0


def _made_library(options: argparse.Namespace) -> library.Made:
    """Return everything generated from the statements of a library and mkdocs.yml."""
    from publish import library

    _check_claim(options)
    settings = project.read_settings(ROOT)
    return library.make(library.read(options.source), _place(options, settings), settings, options.formats)


def _check_folder(options: argparse.Namespace) -> None:
    """Raise InputError if there is no folder to read."""
    if not options.source.is_dir():
        message = f"no such folder; begin it with `new {options.source} --from TEXT`, or name the one that you mean"
        raise InputError([Problem(project.shown(options.source), 1, 1, message)])


def _check_claim(options: argparse.Namespace) -> None:
    """Raise InputError if what is built would take the place of what is built of another folder of the same name."""
    if _has_usual_place(options) and (problems := tuple(project.claim_problems(project.home(options.source)))):
        raise InputError(problems)


def _has_usual_place(options: argparse.Namespace) -> bool:
    """Return whether a command writes to where what is built of a folder goes if nobody says otherwise."""
    home = project.home(options.source)
    written = {"check": (), "pages": (options.pages,)}.get(options.command, (options.pages, options.output))
    return home.pages in written or home.output in written


def _mark(options: argparse.Namespace) -> None:
    """Say beside what was built of a folder which one that is."""
    home = project.home(options.source)
    if not home.is_own and _has_usual_place(options):
        write.replace(home.mark, f"{project.shown(options.source.resolve())}\n")


def _made(options: argparse.Namespace) -> tuple[project.Made, Inputs]:
    """Return everything generated from the inputs and mkdocs.yml, together with the inputs."""
    _check_claim(options)
    settings = project.settings_for(options.source, project.read_settings(ROOT))
    found = project.with_shared(project.read(options.source), options.source, settings)
    made = project.make(found, _place(options, settings), settings, options.formats)
    _note(made.notes)
    return made, found


def _note(notes: Iterable[str]) -> None:
    """Say what there is to know though nothing is wrong."""
    for note in notes:
        print(f"note: {note}", file=sys.stderr)


def _place(options: argparse.Namespace, settings: Settings) -> place.Place:
    """Return where the site will be; raise InputError if what is said of that differs."""
    try:
        return place.place(options.site_url or settings.site_url, options.base)
    except ValueError as error:
        raise InputError([Problem("--base", 1, 1, str(error))]) from None


def _tell(changes: write.Changes, under: str = "") -> None:
    for line in changes:
        verb, _, path = line.partition(" ")
        print(f"{verb} {under}{path}")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "command",
        nargs="?",
        default="pages",
        choices=tuple(_COMMANDS),
        help="; ".join(f"{name}: {act.__doc__}" for name, act in _COMMANDS.items()),
    )
    parser.add_argument(
        "folder",
        type=Path,
        nargs="?",
        metavar="DIR",
        help="for new: the folder to begin, or to propose for; for the others, as --source",
    )
    parser.add_argument("--from", dest="text", type=Path, metavar="TEXT", help="for new: a .txt, .docx or .html file")
    parser.add_argument(
        "--source", type=Path, default=project.SOURCE, metavar="DIR", help="the folder of a statement or of a library"
    )
    parser.add_argument(
        "--pages", type=Path, metavar="DIR", help="where the pages go: docs/pages, or build/NAME/pages for another DIR"
    )
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="where the site goes: site, or build/NAME/site for another DIR"
    )
    parser.add_argument("--port", type=int, default=8000, help="where to serve the site on this machine")
    parser.add_argument(
        "--site-url",
        type=_site_url,
        default=os.environ.get("SITE_URL", ""),
        metavar="URL",
        help="the address the site will have; SITE_URL says it, too",
    )
    parser.add_argument(
        "--base",
        type=_base,
        default="",
        metavar="FOLDER",
        help="the folder of a host that the site will have, where its whole address is not known",
    )
    parser.add_argument(
        "--formats",
        type=_formats,
        default=os.environ.get("FORMATS") or formats.ALL,
        metavar="NAMES",
        help=f"what to make to take away: some of {','.join(formats.NAMES)}, {formats.ALL} or {formats.NONE}",
    )
    options = parser.parse_args(arguments)
    is_new = options.command == "new"
    if is_new and not options.folder:
        parser.error("new needs a folder, and a text if the folder has none yet: new DIR --from TEXT")
    if options.text and not is_new:
        parser.error("only new takes a text: new DIR --from TEXT")
    # What is named without --source is meant to be read.
    options.source = (not is_new and options.folder) or options.source
    options.lists = options.pages is not None
    home = project.home(options.source)
    options.pages, options.output = options.pages or home.pages, options.output or home.output
    return options


def _site_url(text: str) -> str:
    """Return an address that ends in a slash, or nothing for nothing."""
    if text and not readers.is_site(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no address; give one such as https://example.org/statement/")
    return text and text.rstrip("/") + "/"


def _formats(text: str) -> frozenset[str]:
    """Return the formats that a list of names with commas between them means."""
    try:
        return formats.chosen(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _base(text: str) -> str:
    """Return a folder of a host with its slashes, or nothing for nothing."""
    folder = place.folder(text) if text else ""
    if folder is None:
        raise argparse.ArgumentTypeError(f"{text!r} is no folder of a host; give one such as /statement/")
    return folder


if __name__ == "__main__":
    sys.exit(main())
