"""Addresses: which ones the site has ever published, and checks that none of them has disappeared.

People cite pages, clauses and sentences. What follows the `#`, which RFC 3986 calls the fragment, is called a place
here: a position on a page.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from statement.errors import Problem, Source, problem_at_key
from statement.model import Redirect, Statement

from .built import Built

HEAD = """\
# Every page that this site has ever had, and every place on it, from the site's root. No line is ever taken out:
# people cite these addresses. `make addresses` adds new ones.
# A line such as `=7 1a2b3c4d5e6f` is a fingerprint of clause 7, whose characters people cite by their places.
"""

# Greater than any number of a clause.
_LAST = 1_000_000
# A text with so many clauses keeps at least one of them whatever is corrected.
_SEVERAL = 3
_NO_PAGES = frozenset({"404.html"})


def addresses(pages: Iterable[Built], files: Iterable[str] = ()) -> frozenset[str]:
    """Return the address of each page, and of each id in its main element.

    Redirect pages are skipped. `files` are the paths of other files that people link to: data and preview images.
    """
    found = (
        address for page in pages if page.path not in _NO_PAGES and not page.is_moved for address in _of_page(page)
    )
    return frozenset(found) | {f"/{path}" for path in files}


def listed(published: Source) -> tuple[str, ...]:
    """Return the published addresses of a list, from the site's root."""
    return tuple(_listed(published))


def gone_problems(
    published: Source, present: frozenset[str], redirects: Sequence[Redirect], source: Source
) -> Iterator[Problem]:
    """Yield a problem for each published address that no longer exists and is not redirected to one that does.

    A missing page is reported once, not once for each place on it.
    """
    targets = {redirect.old: redirect.new for redirect in redirects}
    listed = _listed(published)
    places = Counter(address.partition("#")[0] for address in listed)
    for address, line in listed.items():
        page, mark, place = address.partition("#")
        if address in present or (place and page not in present and page not in targets):
            continue
        target = f"{targets[page]}{mark}{place}" if page in targets and page not in present else ""
        if target in present:
            continue
        yield Problem(published.file, line, 1, _message(address, place, target, places[page] - 1, source.file))


def redirect_problems(redirects: Sequence[Redirect], present: frozenset[str], source: Source) -> Iterator[Problem]:
    """Yield a problem for each redirect whose target does not exist or whose old page still does."""
    for index, redirect in enumerate(redirects):
        if redirect.new not in present:
            message = f"there is no page {redirect.new}; correct the address"
            yield problem_at_key(source, ("redirects", index, "new"), message)
        if redirect.old in present:
            message = f"the page {redirect.old} is there; remove the redirect"
            yield problem_at_key(source, ("redirects", index, "old"), message)


def with_new(published: Source, present: frozenset[str], prints: frozenset[str] = frozenset()) -> str:
    """Return the list of addresses and fingerprints with new ones added, sorted."""
    known = prints.union(_listed(published, "="))
    lines = [*sorted(present.union(_listed(published)), key=_order), *sorted(known, key=_clause)]
    return HEAD + "".join(f"{line}\n" for line in lines)


def fingerprints(statement: Statement) -> frozenset[str]:
    """Return one line per clause with a fingerprint of its text: the first 12 digits of its SHA-256."""
    return frozenset(
        f"={clause.address} {hashlib.sha256(clause.text.encode('utf-8')).hexdigest()[:12]}"
        for clause in statement.clauses
    )


def foreign_problems(published: Source, prints: frozenset[str]) -> Iterator[Problem]:
    """Yield a problem for a list that belongs to another statement: it knows several clauses, none as it is here."""
    known = _listed(published, "=")
    if len(known) >= _SEVERAL and not prints.intersection(known):
        message = (
            f"this is the list of another statement: none of its {len(known)} clauses is in this text; empty the file, "
            "and run `make addresses` to begin it anew"
        )
        yield Problem(published.file, min(known.values()), 1, message)


def changed_problems(published: Source, present: frozenset[str]) -> Iterator[Problem]:
    """Yield a problem for each clause whose text differs from what was published."""
    for line, number in _listed(published, "=").items():
        clause = line.partition(" ")[0]
        if line not in present and any(each.startswith(f"{clause} ") for each in present):
            message = (
                f"clause {clause[1:]} has changed, and links to its characters (#p{clause[1:]}:12-18) mark others "
                "behind the change; if that is meant, remove this line and run `make addresses`"
            )
            yield Problem(published.file, number, 1, message)


def _message(address: str, place: str, target: str, places: int, redirects: str) -> str:
    if target:
        return f"{address} is gone, and {target}, to which {redirects} sends its readers, is not there; correct that"
    if place:
        return f"{address} is gone; give the element its id back (for a theme, the redirect of its page does that)"
    if not address.endswith("/"):
        return f"{address} is gone; let the build make this file again, people link to it"
    others = f", with {places} places on it" if places else ""
    return (
        f"{address} is gone{others}; bring the page back, or send its readers on: add to {redirects} "
        f'[[redirects]] with old = "{address}" and new = the address that has its text now'
    )


def _listed(published: Source, sign: str = "/") -> dict[str, int]:
    """Return the addresses in a list, or its fingerprints, with their line numbers from 1."""
    lines = enumerate(published.text.split("\n"), 1)
    return {line: number for number, line in lines if line.startswith(sign)}


def _clause(line: str) -> list[tuple[int, str]]:
    """Return what sorts fingerprints as the numbers of their clauses are in order, those without a number last."""
    name = line[1:].partition(" ")[0]
    return [
        (int(part), "") if part.isdigit() else (_LAST, part) for part in re.split(r"[.-]|(?<=[a-z])(?=[0-9])", name)
    ]


def _of_page(page: Built) -> Iterator[str]:
    address = f"/{page.path.removesuffix('index.html')}"
    yield address
    yield from (f"{address}#{place}" for place in page.places)


def _order(address: str) -> tuple[str, list[tuple[int, str]]]:
    """Return a sort key that orders numbers naturally: p9 before p10."""
    page, _, place = address.partition("#")
    digits = "".join(character if character.isdigit() else " " for character in place).split()
    return page, [(0, place.rstrip("0123456789s"))] * bool(place) + [(int(digit), "") for digit in digits]
