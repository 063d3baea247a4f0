"""The indexes: every place of a term or an operative word, and terms in the order in which readers look."""

from __future__ import annotations

from pathlib import Path

import pytest

import support
from pages import EDITIONS, one, read
from statement.index import Passage, entries, in_order, wordings
from statement.model import Edition
from statement.text import clause_from_text


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
    found = {each.operative.word: [passage.place for passage in each.passages] for each in wordings(edition("zh-hans"))}
    assert found["重申"] == ["p10s1"]
    assert found["欢迎"] == ["p1s2", "p7s2", "p11s1", "p14s6"]
    assert found["支持"] == ["p6s1", "p9s2", "p10s1", "p11s2", "p12s1", "p14s1", "p14s2"]
    assert found["将"] == ["p5s1", "p6s1", "p8s2", "p9s4", "p13s1"]


def test_an_excerpt_has_a_little_of_what_stands_around_and_says_what_it_leaves_out() -> None:
    before, after = "前" * 20, "后" * 20
    clause = clause_from_text(1, "词。")
    assert Passage(1, 0, ((before, False), ("词", True), (after, False)), clause).excerpt == (
        (f"……{before[:14]}", False),
        ("词", True),
        (f"{after[:14]}……", False),
    )
    assert Passage(1, 0, (("词", True), ("后词。", False)), clause).excerpt == (
        ("", False),
        ("词", True),
        ("后词。", False),
    )


def test_simplified_terms_are_in_the_order_of_their_sound() -> None:
    made = edition("zh-hans")
    groups = in_order(made, entries(made))
    names = [group.name for group in groups]
    assert names == sorted(names, key=str)
    by_letter = {group.name: [entry.term.name for entry in group.entries] for group in groups}
    assert by_letter[""] == ["2030年可持续发展议程"]
    assert by_letter["G"] == ["公共卫生", "公平竞争", "公平可及", "工业化", "供应链", "共商共建共享"]
    assert "“一带一路”" in by_letter["Y"]
    assert sum(len(found) for found in by_letter.values()) == len(made.terms)


def test_traditional_terms_are_in_the_order_of_their_strokes() -> None:
    made = edition("zh-hant")
    groups = in_order(made, entries(made))
    assert [group.name for group in groups] == sorted(group.name for group in groups)
    by_strokes = {group.name: [entry.term.name for entry in group.entries] for group in groups}
    assert by_strokes[1] == ["「一帶一路」"]
    assert by_strokes[15][-1] == "衛生產品"


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
        assert one(page, "a[rel=external]")["href"] == entry.term.address
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
    for pages in (["preamble/", "health/", "connectivity/", "recovery/"], ["full/"]):
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
    rows = page.select(".glance__picture a")
    cells = page.select(".glance__table tr:has(td)")
    for clause, row, cell in zip(made.statement.clauses, rows, cells, strict=True):
        words = [
            each.word
            for each in made.operatives
            if any(use.word == each.id and use.clause == clause.number for use in made.uses)
        ]
        terms = [
            each.name
            for each in made.terms
            if any(mention.term == each.id and mention.clause == clause.number for mention in made.mentions)
        ]
        assert str(row["href"]).endswith(f"/#{clause.id}")
        label = str(row["aria-label"])
        assert label.startswith(f"第{clause.number}段，{len(clause.text)}字")
        assert all(each in label for each in (*words, *terms))
        number, length, its_words, its_terms = cell.select("th, td")
        assert number.get_text() == str(clause.number)
        assert length.get_text() == str(len(clause.text))
        assert its_words.get_text().split() == words
        assert its_terms.get_text(" ").split() == " ".join(terms).split()
    bars = [float(str(bar["width"]).rstrip("%")) for bar in page.select(".glance__bar")]
    lengths = [len(clause.text) for clause in made.statement.clauses]
    longest = max(lengths)
    assert bars == pytest.approx([17 * length / longest for length in lengths], abs=0.01)


@pytest.mark.parametrize("name", EDITIONS)
def test_each_dot_of_the_picture_stands_in_the_column_of_what_the_clause_has(site: Path, name: str) -> None:
    made = edition(name)
    page = read(site, f"{name}/")
    columns = {str(label["x"]): label.get_text() for label in page.select(".glance__labels text")}
    words = {each.word: each.id for each in made.operatives}
    forms = {each.forms[0]: each.id for each in made.terms}
    assert len(columns) == 18
    for clause, row in zip(made.statement.clauses, page.select(".glance__picture a"), strict=True):
        dots = {columns[str(dot["cx"])] for dot in row.select("circle")}
        uses = {use.word for use in made.uses if use.clause == clause.number}
        assert dots == {label for label in columns.values() if words.get(label) in uses}
        squares = {columns[str(mark["x"])] for mark in row.select("svg")}
        mentions = {mention.term for mention in made.mentions if mention.clause == clause.number}
        assert squares == {label for label in columns.values() if forms.get(label) in mentions}
