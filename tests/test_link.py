"""Linking: where the text names its terms and takes a stand, compared with reviewed lists."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import support
from pages import EDITIONS
from statement import link
from statement.errors import Source
from statement.model import Mention, Operative, Relation, Span, Statement, Term
from statement.text import clause_from_text


def statement(*texts: str) -> Statement:
    clauses = tuple(clause_from_text(number, text) for number, text in enumerate(texts, 1))
    return Statement("标题", "2021-03-04", clauses, ())


def term(name: str, *forms: str) -> Term:
    return Term(name, "idea", "名", "name", "释义。", "https://example.org/", forms)


def word(form: str, hits: int, *unless: str) -> Operative:
    return Operative("word", form, "support", "赞成。", hits, unless=unless)


def mentions(made: Statement, *terms: Term) -> list[tuple[str, int, str]]:
    texts = {clause.number: clause.text for clause in made.clauses}
    return [(each.term, each.clause, each.span.of(texts[each.clause])) for each in link.find_mentions(made, terms)]


def test_the_longest_form_is_named_and_no_other_within_it() -> None:
    made = statement("甲乙丙系统和甲乙丙。", "丙丁甲乙丙丁。")
    terms = (term("one", "甲乙丙"), term("system", "甲乙丙系统"), term("other", "丙丁"))
    assert mentions(made, *terms) == [
        ("system", 1, "甲乙丙系统"),
        ("one", 1, "甲乙丙"),
        ("other", 2, "丙丁"),
        ("one", 2, "甲乙丙"),
    ]


def test_a_form_is_a_piece_of_text_and_no_pattern() -> None:
    assert mentions(statement("可（.*）持续.*"), term("dots", ".*")) == [("dots", 1, ".*"), ("dots", 1, ".*")]


@given(st.lists(st.text("甲乙丙。", min_size=1, max_size=12).filter(lambda each: each.strip()), min_size=1, max_size=4))
def test_mentions_are_in_order_apart_and_complete(texts: list[str]) -> None:
    made = statement(*texts)
    found = link.find_mentions(made, (term("a", "甲乙"), term("b", "乙"), term("c", "乙丙甲")))
    for clause in made.clauses:
        spans = [each.span for each in found if each.clause == clause.number]
        assert all(one.end <= other.start for one, other in pairwise(spans))
        covered = {place for span in spans for place in range(span.start, span.end)}
        assert all(character != "乙" or place in covered for place, character in enumerate(clause.text))


def test_a_word_takes_a_stand_wherever_no_phrase_takes_it_back() -> None:
    made = statement("大家支持。感谢及支持。支持支持。")
    uses = link.find_uses(made, [word("支持", 3, "感谢及支持")])
    assert [(use.span, use.sentence) for use in uses] == [(Span(2, 4), 0), (Span(11, 13), 2), (Span(13, 15), 2)]


def test_words_are_looked_for_in_the_forms_that_they_have() -> None:
    should = Operative("should", "应", "call", "准则。", 2, forms=("不应", "应作为"))
    found = link.find_uses(statement("供应应作为。不应有。应对。"), [should])
    assert [(use.span.start, use.span.end) for use in found] == [(2, 5), (6, 8)]


def test_a_count_that_is_off_is_a_problem_at_its_line() -> None:
    source = Source("operative.toml", '[[words]]\nid = "word"\nhits = 2\n')
    problems = list(link.use_problems(statement("支持。"), {0: word("支持", 2)}, source))
    assert [str(each) for each in problems] == [
        (
            "operative.toml:3:1: words[0].hits: 支持 is found once, not 2 times; read the places, put those in which "
            "it takes no stand under unless, then set hits"
        )
    ]


def named(**clauses: list[int]) -> list[Mention]:
    return [Mention(name, number, Span(0, 1)) for name, numbers in clauses.items() for number in numbers]


def test_clauses_are_related_by_what_both_name_the_rarest_first() -> None:
    found = list(link.relations(named(rare=[1, 2], common=[1, 2, 3, 4]), 10))
    assert found[:3] == [Relation(1, 2, ("rare", "common")), Relation(1, 3, ("common",)), Relation(1, 4, ("common",))]
    assert Relation(3, 1, ("common",)) in found


def test_a_rare_term_outweighs_a_common_one_wherever_its_clause_stands() -> None:
    found = list(link.relations(named(common=[1, 2, 3, 4], rare=[1, 5]), 10))
    assert [each.other for each in found if each.clause == 1] == [5, 2, 3]


def test_at_most_three_are_related_and_what_most_clauses_name_relates_none() -> None:
    found = list(link.relations(named(some=[1, 2, 3, 4, 5], most=[1, 2, 3, 4, 5, 6]), 10))
    assert [each.other for each in found if each.clause == 1] == [2, 3, 4]
    assert all(each.terms == ("some",) for each in found)
    assert all(each.other != 6 for each in found)


def test_a_term_named_twice_in_a_clause_weighs_no_more() -> None:
    once, twice = named(a=[1, 2], b=[1, 3]), named(a=[1, 1, 2], b=[1, 3])
    assert list(link.relations(once, 9)) == list(link.relations(twice, 9))


def test_every_stand_that_the_text_takes_is_in_the_reviewed_list() -> None:
    source = support.editions()[0]
    found: dict[str, list[str]] = {}
    for use in source.uses:
        clause = source.statement.clauses[use.clause - 1]
        found.setdefault(clause.sentence_id(use.sentence), []).append(use.span.of(clause.text))
    assert found == support.golden("operative")


def test_every_mention_is_in_the_reviewed_list() -> None:
    source = support.editions()[0]
    found: dict[str, list[str]] = {}
    for mention in source.mentions:
        clause = source.statement.clauses[mention.clause - 1]
        found.setdefault(clause.id, []).append(mention.span.of(clause.text))
    assert found == support.golden("mentions")


@pytest.mark.parametrize("edition", EDITIONS)
def test_in_each_edition_a_span_has_the_words_of_its_term(edition: str) -> None:
    made = support.editions()[EDITIONS.index(edition)]
    forms = {each.id: each.forms for each in made.terms}
    for mention in made.mentions:
        assert mention.span.of(made.statement.clauses[mention.clause - 1].text) in forms[mention.term]
    assert made.mentions == support.editions()[0].mentions


def test_the_text_has_terms_of_every_kind_all_of_them_named() -> None:
    source = support.editions()[0]
    assert len(source.terms) >= support.golden("facts")["counts"]["terms"]
    assert {each.kind for each in source.terms} == {"organisation", "instrument", "initiative", "idea"}
    named_in_clauses = {mention.term for mention in source.mentions}
    headings = "".join(heading.title for heading in source.statement.headings)
    assert {each.id for each in source.terms if not any(form in headings for form in each.forms)} <= named_in_clauses
