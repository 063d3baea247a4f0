"""Given: editions whose text is given rather than converted, and whether it has the clauses that the source has.

An official text in another language, or in the other script, is published beside the source, clause by clause. What
only one of the two has stops the build until an editor has confirmed it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from . import edits, parse, particulars
from .errors import InputError, Key, Problem, Source, problem_at_key
from .inputs import GivenText, Inputs
from .latin import in_latin
from .model import (
    Built,
    Clause,
    Edition,
    EditionSettings,
    Examples,
    Given,
    Heading,
    Part,
    Particulars,
    Romanized,
    Statement,
)


@dataclass(frozen=True)
class Unlike:
    """A clause that only the source or only the given text has, by what addresses call it, and why that is right."""

    address: str
    reason: str
    is_missing: bool

    @property
    def id(self) -> str:
        """The clause's id, as it is or would be on pages."""
        return Clause(0, "", (), name=self.address).id


def editions(read: Inputs, made: Sequence[Edition]) -> tuple[Edition, ...]:
    """Return the editions with texts of their own, given those made of the source; the inputs have no problems."""
    if not read.particulars:
        return ()
    return tuple(
        _edition(settings, settings.given, parsed(read.given[settings.text], settings), made[0])
        for settings in read.particulars.value.editions
        if settings.given and settings.text and settings.text in read.given
    )


def given_problems(read: Inputs, statement: Statement | None, parts: Sequence[Part]) -> Iterator[Problem]:
    """Yield what is wrong with the given texts, and where they do not have the clauses that the source has.

    Without the source's statement and its parts they are checked by themselves.
    """
    if not read.particulars:
        return
    source = read.particulars.source
    for index, settings in enumerate(read.particulars.value.editions):
        found = read.given.get(settings.text or "")
        if not settings.given or not found:
            continue
        keys: tuple[Key, ...] = ("editions", index, "given")
        yield from particulars.checksum_problems(found.data, settings.given, source, found.name, keys)
        yield from edits.edit_problems(found.data, settings.given, source, found.name, keys)
        try:
            own = parsed(found, settings)
        except InputError as error:
            yield from error.problems
            continue
        yield from parse.fidelity_problems(found.source, own)
        yield from _title_problems(settings.given, own, source, keys)
        if statement:
            matched = list(_match_problems(settings.given, statement, own, source, (found.name, keys)))
            yield from matched
            yield from _part_problems(settings.given, parts, own, source, keys) if not matched else ()


def parsed(found: GivenText, settings: EditionSettings) -> Statement:
    """Return the statement in a given text; raise InputError with every problem of the text."""
    own = parse.parse(found.source, settings.given.structure if settings.given else None)
    return own if settings.is_chinese else in_latin(own)


def unlike(edition: Edition) -> tuple[Unlike, ...]:
    """Return the clauses that only the source or only a given text has, in the order in which an editor listed them."""
    said = edition.settings.given
    own = {clause.address for clause in edition.statement.clauses}
    return tuple(
        Unlike(str(each.clause), each.reason, str(each.clause) not in own)
        for each in (said.differences if said else ())
    )


def apart(source: Statement, edition: Edition) -> tuple[Clause, ...]:
    """Return the clauses of a given text that have other numbers of paragraphs or of sentences than the source's.

    In these, and in no others, the second sentence of one need not be that of the other.
    """
    counts = {clause.address: _counts(clause) for clause in source.clauses}
    return tuple(
        clause
        for clause in edition.statement.clauses
        if clause.address in counts and counts[clause.address] != _counts(clause)
    )


def _counts(clause: Clause) -> tuple[int, ...]:
    """Return how many sentences a clause has in each of its paragraphs."""
    ends = [block.span.end for block in clause.blocks] or [len(clause.text)]
    starts = [0, *ends]
    return tuple(
        sum(start <= span.start < end for span in clause.sentences) for start, end in zip(starts, ends, strict=False)
    )


def _title_problems(given: Given, own: Statement, source: Source, keys: Sequence[Key]) -> Iterator[Problem]:
    if given.title != own.title:
        message = f"{given.title} is not what the text says, {own.title}; make them the same"
        yield problem_at_key(source, (*keys, "title"), message)
    if given.title_phrases and "".join(given.title_phrases) != given.title:
        message = "the phrases put together are not the title; repeat its characters, all of them and in order"
        yield problem_at_key(source, (*keys, "title_phrases"), message)


def _match_problems(
    given: Given, statement: Statement, own: Statement, source: Source, where: tuple[str, Sequence[Key]]
) -> Iterator[Problem]:
    """Yield a problem for each clause that only one of the two texts has and that is not among the differences."""
    file, keys = where
    theirs, ours = ([clause.address for clause in each.clauses] for each in (statement, own))
    declared = [str(each.clause) for each in given.differences]
    for index, name in enumerate(declared):
        if (name in theirs) == (name in ours):
            what = "both texts have" if name in ours else "neither text has"
            message = f"{what} clause {name}; correct or remove it"
            yield problem_at_key(source, (*keys, "differences", index, "clause"), message)
    how = "compare it with the original; if it is so, say why in [[editions.given.differences]]"
    for name in (name for name in theirs if name not in ours and name not in declared):
        yield problem_at_key(source, keys, f"{file} has no clause {name}, which statement.txt has; {how}")
    for name in (name for name in ours if name not in theirs and name not in declared):
        yield problem_at_key(source, keys, f"{file} has a clause {name}, which statement.txt has not; {how}")
    common = [name for name in theirs if name in ours]
    others = [name for name in ours if name in theirs]
    moved = next((pair for pair in zip(common, others, strict=True) if pair[0] != pair[1]), None)
    if moved:
        message = f"{file} has clause {moved[1]} where statement.txt has clause {moved[0]}; put them in one order"
        yield problem_at_key(source, keys, message)


def _part_problems(
    given: Given, parts: Sequence[Part], own: Statement, source: Source, keys: Sequence[Key]
) -> Iterator[Problem]:
    """Yield a problem for a part that has no title in the given text, and a heading of that which begins no part."""
    titles = {each.slug: each.title for each in given.themes}
    divided = _divided(parts, own)
    begins = {each[0].number for each in divided.values() if each}
    headings = _outermost(own)
    for slug, clauses in divided.items():
        if not clauses:
            message = (
                f"the text has no clause of {slug}; a theme has to have one in every text, so divide them otherwise"
            )
            yield problem_at_key(source, keys, message)
        elif clauses[0].number not in headings and slug not in titles:
            message = f"the text has no heading for {slug}; say what it is called in [[editions.given.themes]]"
            yield problem_at_key(source, keys, message)
    for index, each in enumerate(given.themes):
        own_clauses = divided.get(each.slug)
        if own_clauses is None or (own_clauses and own_clauses[0].number in headings):
            what = "is no theme" if own_clauses is None else "has a heading in the text"
            message = f"{each.slug} {what}; remove this"
            yield problem_at_key(source, (*keys, "themes", index, "slug"), message)
        elif each.slug in (other.slug for other in given.themes[:index]):
            message = f"{each.slug} is called something twice; remove one"
            yield problem_at_key(source, (*keys, "themes", index, "slug"), message)
    names = {clause.number: clause.address for clause in own.clauses}
    for heading in (each for number, each in headings.items() if number not in begins):
        message = f"{heading.whole} stands before clause {names[heading.first]}, where no theme begins; begin one there"
        yield problem_at_key(source, keys, message)


def _outermost(statement: Statement) -> Mapping[int, Heading]:
    """Return the headings that begin parts, by the number of the clause that follows."""
    return {heading.first: heading for heading in statement.headings if heading.level == 1}


def _divided(parts: Sequence[Part], own: Statement) -> dict[str, list[Clause]]:
    """Return the clauses of a given text by the part they belong to: a clause of its own goes with the one before."""
    slugs = {clause.address: part.slug for part in parts for clause in part.clauses}
    divided: dict[str, list[Clause]] = {part.slug: [] for part in parts}
    slug = parts[0].slug if parts else ""
    for clause in own.clauses if parts else ():
        slug = slugs.get(clause.address, slug)
        divided[slug].append(clause)
    return divided


def _edition(settings: EditionSettings, given: Given, own: Statement, source: Edition) -> Edition:
    titles = {each.slug: each.title for each in given.themes}
    headings = _outermost(own)
    parts = [
        _part(slug, titles.get(slug, ""), tuple(clauses), headings.get(clauses[0].number), own)
        for slug, clauses in _divided(source.parts, own).items()
    ]
    return Edition(settings, _particulars(settings, given, source.particulars), own, tuple(parts))


def _part(slug: str, title: str, clauses: tuple[Clause, ...], heading: Heading | None, own: Statement) -> Part:
    numbers = {clause.number for clause in clauses}
    return Part(
        slug,
        heading.title if heading else title,
        heading.numeral if heading else "",
        clauses,
        heading,
        tuple(each for each in own.headings if each.level > 1 and each.first in numbers),
    )


def _particulars(settings: EditionSettings, given: Given, source: Particulars) -> Particulars:
    """Return what there is to say of a given text: what it says itself, and else what the source does.

    What is said in Chinese of the source is not said of a text in another language.
    """
    return replace(
        source,
        **{each.name: getattr(given, each.name) for each in fields(Built)},
        english_title=source.english_title if settings.is_chinese else given.title,
        english_sentence_case="",
        romanized=Romanized(),
        issuer=given.issuer,
        short_title=given.short_title,
        subject=given.subject,
        kind=given.kind,
        dated_as=source.dated_as if settings.is_chinese else "",
        venue="",
        attendance="",
        examples=Examples(),
        publisher=given.publisher or source.publisher,
        source_address=given.source_address or source.source_address,
        published=given.published or source.published,
        title_phrases=given.title_phrases or (given.title,),
    )
