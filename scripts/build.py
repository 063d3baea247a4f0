"""The command line: writes the pages of every edition, or says what is wrong with the inputs.

Exit code 0 when the pages are as the inputs say (or, with --check, would be), 1 with every problem on standard error.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from publish import cards, export, render, write
from publish.addresses import redirect_problems
from statement import check, cite, convert, inputs, link, parse
from statement.errors import InputError, Problem
from statement.model import Edition, Redirect, Statement, Vocabulary

ROOT = Path(__file__).resolve().parent.parent
SITE_URL = re.compile(r"https?://[^\s/<>\"?#]+(/[^\s<>\"?#]*)?")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    options = _options(arguments)
    try:
        found = read(options.source)
        editions = read_editions(found)
        templates = inputs.read_templates(ROOT / "docs" / "templates")
        made, owned = pages(editions, templates, options.site_url, redirects(found))
        drawn = pictures(editions, templates, found)
        act = write.plan if options.check else write.write
        for change in act({**made, **drawn}, options.output, owned):
            print(change)
    except InputError as error:
        print(*error.problems, sep="\n", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}; make room for the pages there", file=sys.stderr)
        return 1
    return 0


def read(source: Path) -> inputs.Inputs:
    """Return the inputs in a folder, with their problems; error messages name the folder as people do."""
    return inputs.read(source, _shown(source))


def pages(
    editions: Sequence[Edition],
    templates: dict[str, str],
    site_url: str,
    redirects: Sequence[Redirect] = (),
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the pages by path under docs/ and the folders that are to hold them and nothing else."""
    converts = [convert.Converter(edition.settings, edition.conversion).convert for edition in editions]
    styles = inputs.read_styles(ROOT / "docs" / "styles")
    cited = {edition.id: cite.citations(edition, styles, site_url) for edition in editions}
    made = render.pages(editions, converts, templates, site_url, redirects, citations=cited)
    made |= export.search_data(editions, convert.variants) | export.term_data(editions)
    made |= {f"root/{path}": text for path, text in cite.files(cited).items()}
    return made, render.owned_folders(editions)


def pictures(editions: Sequence[Edition], templates: dict[str, str], read: inputs.Inputs) -> dict[str, bytes]:
    """Return the pictures of the pages by path under docs/; raise InputError if the font cannot draw them."""
    converts = [convert.Converter(edition.settings, edition.conversion).convert for edition in editions]
    return cards.pictures(render.cards(editions, converts, templates), read.font) if read.font else {}


def redirects(read: inputs.Inputs) -> tuple[Redirect, ...]:
    """Return the redirects that the inputs ask for."""
    return read.redirects.value.redirects if read.redirects else ()


def read_editions(read: inputs.Inputs) -> tuple[Edition, ...]:
    """Return the editions that the inputs make; raise InputError with every problem there is.

    What could be read is checked although other files could not be, so that all problems are shown at once; checks
    that compare files wait until each of them is sound by itself.
    """
    problems = list(read.problems)
    statement = _parse(read, problems)
    problems += _problems_of_files(read)
    if statement:
        problems += _problems_with_the_text(read, statement)
    if not (statement and read.particulars and read.themes and read.conversion and read.terms and read.operatives):
        raise InputError(problems)
    if problems:
        raise InputError(problems)
    conversion, themes = read.conversion.value, read.themes.value.themes
    vocabulary = Vocabulary(read.terms.value.terms, read.operatives.value.words)
    editions = convert.convert(
        statement, read.particulars.value, themes, conversion, vocabulary, read.particulars.source
    )
    if problems := list(convert.reason_problems(editions, conversion.choices, read.conversion.source)):
        raise InputError(problems)
    return link.link(editions, statement, vocabulary)


def _problems_of_files(read: inputs.Inputs) -> Iterator[Problem]:
    """Yield what is wrong with each of the files that could be read, taken by itself."""
    if read.particulars:
        yield from check.edition_problems(read.particulars.value, read.particulars.source)
        yield from convert.converter_problems(read.particulars.value, read.particulars.source)
    if read.particulars and read.statement:
        yield from check.checksum_problems(read.data, read.particulars.value, read.particulars.source)
    if read.themes:
        yield from check.slug_problems(read.themes.value.themes, read.themes.source)
    if read.conversion:
        yield from check.override_problems(read.conversion.value.overrides, read.conversion.source)
    if read.terms:
        yield from check.name_problems(read.terms.value.terms, read.terms.source)
    if read.operatives:
        yield from check.word_problems(read.operatives.value.words, read.operatives.source)
    if read.font:
        yield from cards.font_problems(read.font)
    if read.redirects and read.particulars and read.themes and read.terms:
        names = render.page_names(
            (theme.slug for theme in read.themes.value.themes), (term.id for term in read.terms.value.terms)
        )
        pages = frozenset(f"/{each.id}/{name}" for each in read.particulars.value.editions for name in names)
        yield from redirect_problems(read.redirects.value.redirects, pages, read.redirects.source)


def _problems_with_the_text(read: inputs.Inputs, statement: Statement) -> Iterator[Problem]:
    """Yield where the files that could be read do not agree with the text."""
    if read.particulars:
        yield from check.particulars_problems(statement, read.particulars.value, read.particulars.source)
    if read.themes:
        yield from check.theme_problems(statement, read.themes.value.themes, read.themes.source)
    if read.conversion:
        yield from convert.hit_problems(statement, read.conversion.value.overrides, read.conversion.source)
    if read.terms:
        yield from check.term_problems(statement, read.terms.value.terms, read.terms.source)
    if read.operatives:
        yield from link.use_problems(statement, read.operatives.value.words, read.operatives.source)


def _parse(read: inputs.Inputs, problems: list[Problem]) -> Statement | None:
    """Return the statement, or None with its problems added to those collected."""
    if read.statement is None:
        return None
    try:
        statement = parse.parse(read.statement)
    except InputError as error:
        problems += error.problems
        return None
    problems += check.fidelity_problems(read.statement, parse.unparse(statement), statement)
    return statement


def add_common_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that every command has which reads the inputs."""
    parser.add_argument("--source", type=Path, default=ROOT / "docs" / "source", metavar="DIR", help="the inputs")
    parser.add_argument(
        "--site-url",
        type=_site_url,
        default=os.environ.get("SITE_URL", ""),
        metavar="URL",
        help="the address the site will have; SITE_URL says it, too",
    )


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Write the pages of every edition of the statement.")
    add_common_options(parser)
    parser.add_argument("--check", action="store_true", help="say what would change and write nothing")
    parser.add_argument("--output", type=Path, default=ROOT / "docs", metavar="DIR", help="where the pages go")
    return parser.parse_args(arguments)


def _site_url(text: str) -> str:
    """Return an address that ends in a slash, or nothing for nothing."""
    if text and not SITE_URL.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no address; give one such as https://example.org/statement/")
    return text and text.rstrip("/") + "/"


def _shown(path: Path) -> str:
    """Return a path as error messages show it: under the project from its root, elsewhere as it was given."""
    absolute = path.resolve()
    return absolute.relative_to(ROOT).as_posix() if absolute.is_relative_to(ROOT) else path.as_posix()


if __name__ == "__main__":
    sys.exit(main())
