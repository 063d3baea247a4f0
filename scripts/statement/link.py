"""Link: where the statement names its terms, where it takes a stand, and which clauses name the same things.

Everything is found in the source, whose characters stand at the same places in every edition.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from math import log

from .errors import Problem, Source, problem_at_key, times
from .model import Clause, Edition, Mention, Operative, Reading, Relation, Span, Statement, Term, Use, Vocabulary
from .strokes import strokes
from .themes import places_of

MOST_RELATED_CLAUSES = 3
"""So many related clauses at most are given for each."""


MOST_UNBROKEN = 10
"""So many Chinese characters of a name at most fit a line, as a heading on a screen of 320 CSS pixels."""

MOST_NAMING = 60
"""A term that more clauses name relates no two of them: every pair counts, so that work would grow with its square."""


def link(editions: Sequence[Edition], statement: Statement, vocabulary: Vocabulary) -> tuple[Edition, ...]:
    """Return the editions with the mentions, the uses and the relations that the source has."""
    mentions = find_mentions(statement, vocabulary.terms)
    uses = find_uses(statement, vocabulary.operatives)
    related = tuple(relations(mentions, len(statement.clauses)))
    return tuple(replace(edition, mentions=mentions, uses=uses, relations=related) for edition in editions)


def find_mentions(statement: Statement, terms: Sequence[Term]) -> tuple[Mention, ...]:
    """Return where the clauses name terms, in the order of the text: the longest where several begin, none in another.

    So 联合国开发计划署 is no mention of 联合国.
    """
    by_form = {form: term.id for term in terms for form in term.forms}
    return tuple(
        Mention(by_form[span.of(clause.text)], clause.number, span)
        for clause in statement.clauses
        for span in _spans(clause.text, by_form)
    )


def find_uses(statement: Statement, words: Sequence[Operative]) -> tuple[Use, ...]:
    """Return where the clauses use operative words, in the order of the text, the phrases of `unless` left out."""
    found = [
        Use(word.id, clause.number, _sentence(clause, span), span)
        for clause in statement.clauses
        for word in words
        for span in _uses(clause.text, word)
    ]
    return tuple(sorted(found, key=lambda use: (use.clause, use.span)))


def relations(mentions: Iterable[Mention], clauses: int) -> Iterator[Relation]:
    """Yield for each clause those with which it shares terms: the weightiest first, then in the order of the text.

    A term weighs the more the fewer clauses name it: the logarithm of how many clauses there are for each that does
    (Spärck Jones, A statistical interpretation of term specificity, 1972). What more than half of them name is what the
    whole is about, and relates no two of them; nor does what more than `MOST_NAMING` name.
    """
    naming: defaultdict[str, set[int]] = defaultdict(set)
    for mention in mentions:
        naming[mention.term].add(mention.clause)
    most = min(clauses // 2, MOST_NAMING)
    weights = {term: log(clauses / len(numbers)) for term, numbers in naming.items() if len(numbers) <= most}
    shared: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for term in sorted(weights, key=lambda each: (-weights[each], each)):
        for pair in combinations(sorted(naming[term]), 2):
            shared[pair].append(term)
    yield from _heaviest(shared, weights)


def term_problems(statement: Statement, terms: Mapping[int, Term], source: Source) -> Iterator[Problem]:
    """Yield a problem for each form of a term, given by its place in the file, that the statement does not have."""
    whole = "\n".join([*(heading.title for heading in statement.headings), *(c.text for c in statement.clauses)])
    for index, term in terms.items():
        for form in term.forms:
            if form not in whole:
                message = f"the statement does not say {form}; correct it or remove it"
                yield problem_at_key(source, ("terms", index, "forms"), message)


def name_problems(terms: Mapping[int, Term], source: Source) -> Iterator[Problem]:
    """Yield a problem for a form or a name that two terms share: a link or a search could mean either.

    And one for a name whose phrases are not its own, or that is so long that it needs some.
    """
    forms = [form for term in terms.values() for form in term.forms]
    taken: set[str] = set()
    for index, term in terms.items():
        for form in term.forms:
            if forms.count(form) > 1:
                message = f"{form} is listed more than once; keep it in one term"
                yield problem_at_key(source, ("terms", index, "forms"), message)
        yield from _phrase_problems(term, index, source)
        names = [name.casefold() for name in (*term.names, term.english)]
        for name in names:
            if name in taken:
                message = f"{name} is a name of another term; keep it in one"
                yield problem_at_key(source, ("terms", index, "names"), message)
        for name, count in Counter(names).items():
            if count > 1:
                message = f"{name} is given twice as a name of the term; remove one"
                yield problem_at_key(source, ("terms", index, "names"), message)
        taken.update(names)


def stroke_problems(editions: Iterable[Edition], places: Iterable[int], source: Source) -> Iterator[Problem]:
    """Yield a problem, in `source` (terms.toml), for each term that has no place in the index of a Traditional edition.

    The first character of its name has to have the number of strokes that people give, or that Big5 has. `places` are
    those of the terms in the file.
    """
    numbers = tuple(places)
    for edition in editions:
        for index, term in zip(numbers, edition.terms, strict=True) if edition.script == "hant" else ():
            first = term.letters[:1]
            known = strokes(first)
            if known and term.strokes and term.strokes != known:
                message = f"{first} has {known}, not {term.strokes}, as Taiwan counts; correct or remove it"
                yield problem_at_key(source, ("terms", index, "strokes"), message)
            if not known and not term.strokes and first.isalpha() and not first.isascii():
                message = f"is missing, and Big5 does not have {first}; add how many it has"
                yield problem_at_key(source, ("terms", index, "strokes"), message)


def word_problems(words: Mapping[int, Operative], source: Source) -> Iterator[Problem]:
    """Yield a problem for an id or a word that two entries of operative words share."""
    for index, word in words.items():
        for key in ("id", "word"):
            value = getattr(word, key)
            if value in (getattr(other, key) for place, other in words.items() if place < index):
                message = f"{value} is in two entries; put them together or change one"
                yield problem_at_key(source, ("words", index, key), message)


def placed_readings(statement: Statement, readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Return readings with the places of their clauses in the text in place of what editors call these."""
    places = places_of(statement)
    return tuple(replace(each, clause=places[str(each.clause)]) for each in readings if str(each.clause) in places)


def reading_problems(statement: Statement, readings: Sequence[Reading], source: Source) -> Iterator[Problem]:
    """Yield a problem, in `source` (variants.toml), for each reading whose words do not stand once in its clause."""
    texts = {clause.address: clause.text for clause in statement.clauses}
    for index, each in enumerate(readings):
        found = texts.get(str(each.clause), "").count(each.text)
        if str(each.clause) not in texts:
            first, last = statement.clauses[0].address, statement.clauses[-1].address
            message = f"no clause {each.clause}; the text has {first} to {last}"
            yield problem_at_key(source, ("variants", index, "clause"), message)
        elif found != 1:
            message = f"clause {each.clause} says {each.text} {times(found)}; quote so much that it is there once"
            yield problem_at_key(source, ("variants", index, "text"), message)
        if each.reading == each.text:
            yield problem_at_key(source, ("variants", index, "reading"), "is what the text says; remove the entry")


def use_problems(statement: Statement, words: Mapping[int, Operative], source: Source) -> Iterator[Problem]:
    """Yield a problem, in `source` (operative.toml), for each word that is not found as its entry says."""
    for index, word in words.items():
        hits = sum(1 for clause in statement.clauses for _ in _uses(clause.text, word))
        for phrase in word.unless:
            if not any(phrase in clause.text for clause in statement.clauses):
                message = f"no clause says {phrase}; correct or remove it"
                yield problem_at_key(source, ("words", index, "unless"), message)
            if not any(form in phrase for form in word.searched):
                message = f"{phrase} does not hold {word.word}; correct or remove it"
                yield problem_at_key(source, ("words", index, "unless"), message)
        if hits != word.hits:
            message = (
                f"{word.word} is found {times(hits)}, not {times(word.hits)}; read the places, put those in which it "
                "takes no stand under unless, then set hits"
            )
            yield problem_at_key(source, ("words", index, "hits"), message)


def _phrase_problems(term: Term, index: int, source: Source) -> Iterator[Problem]:
    if term.phrases and "".join(term.phrases) != term.name:
        message = f"{''.join(term.phrases)} is not the name, {term.name}; divide it without changing it"
        yield problem_at_key(source, ("terms", index, "phrases"), message)
    for piece in term.pieces:
        # Latin letters are narrow, and break at blanks.
        if sum(not character.isascii() for character in piece) > MOST_UNBROKEN:
            message = f"{piece} is too long for a line on a phone; divide it in phrases of {MOST_UNBROKEN} at most"
            yield problem_at_key(source, ("terms", index, "phrases" if term.phrases else "name"), message)


def _spans(text: str, phrases: Iterable[str]) -> Iterator[Span]:
    """Yield where a text has one of some phrases, from left to right, the longest where several begin."""
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    if longest_first:
        yield from (Span(*match.span()) for match in re.finditer("|".join(map(re.escape, longest_first)), text))


def _uses(text: str, word: Operative) -> Iterator[Span]:
    """Yield where a text has a word other than within one of the phrases in which it takes no stand."""
    excluded = [span for phrase in word.unless for span in _spans(text, [phrase])]
    for span in _spans(text, word.searched):
        if not any(other.start <= span.start and span.end <= other.end for other in excluded):
            yield span


def _sentence(clause: Clause, span: Span) -> int:
    """Return the index of the sentence in which a span of a clause begins."""
    return next(index for index, sentence in enumerate(clause.sentences) if span.start < sentence.end)


def _heaviest(shared: Mapping[tuple[int, int], Sequence[str]], weights: Mapping[str, float]) -> Iterator[Relation]:
    """Yield for each clause, in order, the few others with which it shares the weightiest terms."""
    by_clause: defaultdict[int, list[Relation]] = defaultdict(list)
    for (one, another), terms in shared.items():
        by_clause[one].append(Relation(one, another, tuple(terms)))
        by_clause[another].append(Relation(another, one, tuple(terms)))
    for number in sorted(by_clause):
        found = sorted(by_clause[number], key=lambda each: (-sum(weights[term] for term in each.terms), each.other))
        yield from found[:MOST_RELATED_CLAUSES]
