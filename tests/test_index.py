"""The indexes: every place of a term or an operative word, and terms in the order in which readers look."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import Tag

import support
from pages import EDITIONS, THEMES, one, read
from statement.glance import glance
from statement.index import entries, in_order, wordings
from statement.model import Edition
from statement.text import QUOTATION_MARKS


def edition(name: str) -> Edition:
    return support.editions()[EDITIONS.index(name)]


@pytest.mark.parametrize("name", EDITIONS)
def test_an_entry_has_every_sentence_that_names_its_term_with_each_place_marked(name: str) -> None:
    made = edition(name)
    for entry in entries(made):
        mentions = [each for each in made.mentions if each.term == entry.term.id]
        marked = [text for passage in entry.passages for text, is_hit in passage.pieces if is_hit]
        texts = {clause.number: clause.text for clause in made.statement.clauses}
        assert marked == [each.span.of(texts[each.clause]) for each in mentions]
        for passage in entry.passages:
            clause = made.statement.clauses[passage.number - 1]
            sentence = clause.sentences[passage.sentence].of(clause.text)
            assert "".join(text for text, _ in passage.pieces) == sentence
        assert entry.clauses == tuple(dict.fromkeys(each.clause for each in mentions))
        assert entry.passages or entry.parts


def test_an_operative_word_has_every_sentence_in_which_it_takes_a_stand() -> None:
    golden = support.golden("operative")
    for each in wordings(edition("zh-hans")):
        expected = [place for place, words in golden.items() if set(words) & set(each.operative.searched)]
        assert [passage.place for passage in each.passages] == expected, each.operative.word


def test_simplified_terms_are_in_the_order_of_their_sound() -> None:
    made = edition("zh-hans")
    groups = in_order(made, entries(made))
    names = [group.name for group in groups]
    assert names == sorted(names, key=str)
    by_letter = {group.name: [entry.term.name for entry in group.entries] for group in groups}
    for letter, expected in support.golden("index")["pinyin"].items():
        assert by_letter[letter] == expected
    for letter, name in support.golden("index")["marked"].items():
        assert name in by_letter[letter]
    assert sum(len(found) for found in by_letter.values()) == len(made.terms)


def test_traditional_terms_are_in_the_order_of_their_strokes() -> None:
    made = edition("zh-hant")
    groups = in_order(made, entries(made))
    assert [group.name for group in groups] == sorted(group.name for group in groups)
    by_strokes = {str(group.name): [entry.term.name for entry in group.entries] for group in groups}
    for strokes, expected in support.golden("index")["strokes"].items():
        assert by_strokes[strokes] == expected
    for strokes, name in support.golden("index")["last"].items():
        assert by_strokes[strokes][-1] == name


def test_the_order_follows_the_script_and_not_which_edition_is_the_source() -> None:
    made = support.traditional_editions(support.SIMPLIFIED)
    for found, expected in zip(made, reversed(support.editions()), strict=True):
        assert found.script == expected.script
        groups = [in_order(each, entries(each)) for each in (found, expected)]
        names = [[(group.name, [entry.term.name for entry in group.entries]) for group in each] for each in groups]
        assert names[0] == names[1]


@pytest.mark.parametrize("name", EDITIONS)
def test_the_index_page_has_every_term_twice_and_leads_to_each_passage(site: Path, name: str) -> None:
    page = read(site, f"{name}/terms/")
    for entry in entries(edition(name)):
        links = page.select(f"article a[href='{entry.term.id}/']")
        assert [link.get_text() for link in links] == [entry.term.name] * 2
        line = links[0].find_parent("dt")
        assert line
        cell = line.find_next_sibling("dd")
        assert cell
        places = [str(link["href"]).partition("#")[2] for link in cell.select("a[href*='#']")]
        assert places == [passage.place for passage in entry.passages]


@pytest.mark.parametrize("name", EDITIONS)
def test_a_terms_page_has_its_definition_its_address_and_its_passages(site: Path, name: str) -> None:
    for entry in entries(edition(name)):
        page = read(site, f"{name}/terms/{entry.term.id}/")
        assert one(page, "h1").get_text() == entry.term.name
        assert one(page, ".lead").get_text() == entry.term.definition
        # The home page of an organisation that is not the term says nothing about it.
        is_told = entry.term.kind == "organisation" or urlsplit(entry.term.address).path.strip("/")
        addresses = [link["href"] for link in page.select("a[rel=external]")]
        assert addresses == ([entry.term.address] if is_told else [])
        assert [mark.get_text() for mark in page.select("mark")] == [
            text for passage in entry.passages for text, is_hit in passage.pieces if is_hit
        ]


@pytest.mark.parametrize("name", EDITIONS)
def test_the_first_mention_in_each_clause_is_linked_and_only_that(site: Path, name: str) -> None:
    made = edition(name)
    firsts: dict[tuple[int, str], str] = {}
    for mention in made.mentions:
        text = mention.span.of(made.statement.clauses[mention.clause - 1].text)
        firsts.setdefault((mention.clause, mention.term), text)
    for pages in ([f"{theme}/" for theme in THEMES], ["full/"]):
        found = {
            (int(str(clause["id"])[1:]), str(link["href"]).split("/")[-2]): link.get_text()
            for page in pages
            for clause in read(site, f"{name}/{page}").select(".clause")
            for link in clause.select("a.term")
        }
        assert found == firsts


@pytest.mark.parametrize("name", EDITIONS)
def test_below_each_clause_stand_its_words_and_its_relations_with_the_reason(site: Path, name: str) -> None:
    made = edition(name)
    words = {each.id: each.word for each in made.operatives}
    names = {each.id: each.name for each in made.terms}
    for part in made.parts:
        page = read(site, f"{name}/{part.slug}/")
        for clause in part.clauses:
            beside = one(page, f"#{clause.id} + .beside")
            used = dict.fromkeys(use.word for use in made.uses if use.clause == clause.number)
            linked = beside.select("a[href*='wording/']")
            assert [link.get_text() for link in linked] == [words[each] for each in used]
            related = [each for each in made.relations if each.clause == clause.number]
            shown = [link.get_text() for link in beside.select(".phrase a")]
            assert shown == [f"第{each.other}段" for each in related]
            for each, reason in zip(related, beside.select(".phrase"), strict=True):
                assert all(names[shared] in reason.get_text() for shared in each.terms[:3])
            own = read(site, f"{clause.number}/").select_one(f"#{name} .beside")
            assert own
            assert "".join(own.get_text().split()) == "".join(beside.get_text().split())


@pytest.mark.parametrize("name", EDITIONS)
def test_the_picture_of_the_whole_agrees_with_the_text_and_with_its_table(site: Path, name: str) -> None:
    made = edition(name)
    page = read(site, f"{name}/")
    rows = page.select(".glance__rows a")
    cells = page.select(".glance__table tr:has(td)")
    for clause, row, cell in zip(made.statement.clauses, rows, cells, strict=True):
        used = [use for use in made.uses if use.clause == clause.number]
        named = {mention.term for mention in made.mentions if mention.clause == clause.number}
        terms = [each.name for each in made.terms if each.id in named]
        assert str(row["href"]).endswith(f"/#{clause.id}")
        assert said(row, ".glance__number") == f"第{clause.number}段："
        assert said(row, ".glance__length") == f"{len(clause.text)}字。"
        topics = said(row, ".glance__topics .phrase").split("、")
        assert topics == list(dict.fromkeys(topics))
        called = {mention.span.of(clause.text) for mention in made.mentions if mention.clause == clause.number}
        assert all(topic in terms or topic in called for topic in topics)
        assert all(topic.strip(QUOTATION_MARKS) in clause.text for topic in topics)
        rest = said(row, ".glance__topics small")
        assert len(topics) == min(4, len(terms))
        assert (len(topics) < len(terms)) == bool(rest)
        assert not rest or f"{len(terms)}" in rest
        number, length, its_words, its_terms = cell.select("th, td")
        assert number.get_text() == str(clause.number)
        assert length.get_text() == str(len(clause.text))
        assert its_words.get_text().split() == [use.span.of(clause.text) for use in used]
        assert [link.get_text() for link in its_terms.select("a")] == terms


@pytest.mark.parametrize("name", EDITIONS)
def test_each_use_of_an_operative_word_has_its_mark_in_the_picture_and_its_word_beside_it(
    site: Path, name: str
) -> None:
    made = edition(name)
    page = read(site, f"{name}/")
    kinds = {each.id: each.kind for each in made.operatives}
    longest = max(len(clause.text) for clause in made.statement.clauses)
    shown = set()
    for clause, row in zip(made.statement.clauses, page.select(".glance__rows a"), strict=True):
        uses = [use for use in made.uses if use.clause == clause.number]
        marks = row.select(".glance__strip .glance__mark")
        expected = [f"mark--{kinds[use.word]}" for use in uses]
        assert [str(mark.path["class"][1]) for mark in marks if mark.path] == expected
        assert [str(key.path["class"][1]) for key in row.select(".glance__key") if key.path] == expected
        assert [each.get_text() for each in row.select(".glance__stands .phrase")] == [
            use.span.of(clause.text) for use in uses
        ]
        places = [share(mark, "x") * longest / 100 for mark in marks]
        # A mark stands where its word begins, or just behind the one before it.
        for place, use in zip(places, uses, strict=True):
            assert use.span.start - 0.1 <= place <= use.span.start + 0.09 * longest
        assert all(after - before >= 0.044 * longest for before, after in pairwise(places))
        bar = row.select_one(".glance__bar")
        assert bar
        assert share(bar, "width") == pytest.approx(100 * len(clause.text) / longest, abs=0.01)
        breaks = [share(each, "x") * longest / 100 for each in row.select(".glance__break")]
        assert breaks == pytest.approx([sentence.end for sentence in clause.sentences[:-1]], abs=0.1)
        shown |= {str(mark.path["class"][1]) for mark in marks if mark.path}
    legend = [str(key.path["class"][1]) for key in page.select(".glance__legend .glance__key") if key.path]
    assert legend == [f"mark--{kind}" for kind in dict.fromkeys(each.kind for each in made.operatives)]
    assert set(legend) == shown


def said(row: Tag, selector: str) -> str:
    """Return the words of some elements within a row."""
    return "".join(each.get_text() for each in row.select(selector))


def share(element: Tag, name: str) -> float:
    """Return an attribute that is a share of the whole, in hundredths."""
    return float(str(element[name]).removesuffix("%"))


def test_an_overview_of_few_clauses_only_is_not_worth_a_picture() -> None:
    edition = support.editions()[0]
    assert glance(edition).is_telling
    assert not glance(replace(edition, mentions=edition.mentions[:3], uses=())).is_telling
