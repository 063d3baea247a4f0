"""Citations: as a reader checked them, whole in the files that are imported, and of the right place."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO

import jsonschema
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import CitationStylesStyle
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

import csl
import sample
import strategies
import support
from statement import cite, inputs
from statement.cite import Citations
from statement.model import Edition, Romanized
from statement.text import clause_from_text
from support import ADDRESS

EDITIONS = ("zh-hans", "zh-hant")
PUBLISHED = support.golden("facts")["published"]
YEAR, DAY = PUBLISHED["year"], PUBLISHED["dashes"]
HELD = PUBLISHED["held"]
STYLES = support.ROOT / "docs" / "styles"
# The variables that our styles have and CSL has not, and such as it has of the same kind.
CUSTOM = {
    "translated-title": "title",
    "title-in-characters": "title",
    "conference-date": "issued",
    "quotation": "abstract",
    "conversion": "note",
}


@cache
def styles() -> dict[str, str]:
    return inputs.read_styles(STYLES)


@cache
def small_styles() -> dict[str, str]:
    """Return the sentence as it is, and for the other styles a small one, which takes no time."""
    entry = '<bibliography><layout><text variable="title"/></layout></bibliography></style>'
    plain = styles()["plain"]
    return dict.fromkeys(styles(), plain.replace("</style>", entry)) | {"plain": plain}


@cache
def cited(site_url: str = "") -> dict[str, Sequence[Citations]]:
    return {edition.id: cite.citations(edition, styles(), site_url) for edition in editions()}


@cache
def editions() -> tuple[Edition, ...]:
    return support.editions()


def edition_of(name: str) -> Edition:
    return editions()[EDITIONS.index(name)]


def texts(citations: Citations) -> dict[str, str]:
    return {each.kind: each.text for each in citations.texts} | {each.kind: each.text for each in citations.files}


def shown(every: dict[str, Sequence[Citations]], index: int) -> str:
    """Return the citations of both editions as the golden file has them."""
    return "\n\n".join(
        f"=== {edition} {kind}\n{text.rstrip()}"
        for edition, citations in every.items()
        for kind, text in texts(citations[index]).items()
    )


def test_every_citation_of_a_clause_is_the_one_that_was_read() -> None:
    assert f"{shown(cited(), sample.NUMBER)}\n" == (support.GOLDEN / f"citations.{sample.PLACE}.txt").read_text("utf-8")


def test_every_citation_of_the_whole_is_the_one_that_was_read() -> None:
    assert f"{shown(cited(), 0)}\n" == (support.GOLDEN / "citations.statement.txt").read_text("utf-8")


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_clause_is_named_by_its_number_and_quoted_to_the_letter(edition: str) -> None:
    assert [each.number for each in cited()[edition]] == [
        None,
        *(clause.number for clause in edition_of(edition).statement.clauses),
    ]
    title = edition_of(edition).particulars.title
    converted = f"{support.golden('facts')['conversion_note']}，" if edition == "zh-hant" else ""
    for clause, citations in zip(edition_of(edition).statement.clauses, cited()[edition][1:], strict=True):
        found = texts(citations)
        source = f"《{title}》（{HELD}），第{clause.number}段，{converted}http"
        assert found["plain"].startswith(f"{clause.text}\n——{source}")
        assert f"{YEAR}: 第{clause.number}段({DAY})[引用日期]" in found["gb"]
        assert f"{YEAR}：第{clause.number}段（{DAY}）[引用日期]" in found["gb-2025"]
        assert found["apa-in-text"].endswith(f", {YEAR}, para. {clause.number})")
        assert f", para. {clause.number}, http" in found["chicago-note"]
        for entry in ("apa", "chicago"):
            assert found[entry] == texts(cited()[edition][0])[entry], "a list has an entry for the whole"


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_english_title_is_in_brackets_in_sentence_case_where_the_style_is_english(edition: str) -> None:
    english = edition_of(edition).particulars.english_sentence_case
    assert "the high-level video conference on Belt and Road international cooperation: Combating COVID-19" in english
    for citations in cited()[edition]:
        having = {each.kind for each in citations.texts if f" [{english}]" in each.text}
        assert having == {"apa", "chicago-note", "chicago"}
        assert all(each.text.casefold().count(english.casefold()) == (each.kind in having) for each in citations.texts)


@pytest.mark.parametrize("edition", EDITIONS)
def test_apa_has_no_characters_and_chicago_has_them_behind_the_same_in_latin_letters(edition: str) -> None:
    particulars = edition_of(edition).particulars
    title, issuer = particulars.romanized.title, particulars.romanized.issuer
    inner = title.translate(str.maketrans("“”", "‘’"))
    for citations in cited(ADDRESS)[edition]:
        found = texts(citations)
        for kind in ("apa", "apa-in-text"):
            assert not re.search(r"[\u2E80-\uFFEF]", found[kind])
        assert found["apa"].startswith(f"{issuer}. (2020, June 19). {title} [")
        assert found["apa-in-text"].startswith(f"({issuer}, 2020")
        names = f"{issuer} {particulars.issuer}"
        assert found["chicago"].startswith(f"{names}. “{inner}” {particulars.title} [")
        assert found["chicago-note"].startswith(f"{names}, “{inner}” {particulars.title} [")


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_is_not_romanized_stands_in_characters(edition: str) -> None:
    whole = edition_of(edition)
    particulars = replace(whole.particulars, romanized=Romanized(), english_sentence_case="")
    found = texts(cite.citations(replace(whole, particulars=particulars), styles(), ADDRESS)[0])
    title, short = particulars.title, particulars.short
    inner = title.translate(str.maketrans("“”", "‘’"))
    english = f"[{particulars.english_title}]"
    address = f"{ADDRESS}{edition}/"
    assert found["apa"] == f"{particulars.issuer}. (2020, June 19). {title} {english}. {short}. {address}"
    assert found["apa-in-text"] == f"({particulars.issuer}, 2020)"
    assert found["chicago"] == f"{particulars.issuer}. “{inner}” {english}. {short}, June 19, 2020. {address}."


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_site_is_named_between_title_and_address_where_the_style_is_english(edition: str) -> None:
    particulars = edition_of(edition).particulars
    latin = particulars.romanized.short_title
    for address, in_latin, in_both in (
        ("", particulars.publisher, particulars.publisher),
        (ADDRESS, latin, f"{latin} {particulars.short}"),
    ):
        for citations in cited(address)[edition]:
            found = texts(citations)
            url = f"{address}{citations.number or edition}/" if address else particulars.source_address
            assert found["apa"].endswith(f"]. {in_latin}. {url}")
            assert found["chicago"].endswith(f"]. {in_both}, June 19, 2020. {url}.")
            assert f"], {in_both}, June 19, 2020, " in found["chicago-note"]
            for kind in ("plain", "gb", "gb-2025"):
                assert not any(name in found[kind].replace(url, "") for name in (in_latin, in_both))


def test_a_site_that_has_the_name_of_the_author_or_the_title_is_not_named_again() -> None:
    edition = editions()[0]
    for publisher, expected in (("各方", None), ("声明", None), ("某网", "某网")):
        particulars = replace(edition.particulars, publisher=publisher, issuer="各方", title="声明")
        assert cite.record(replace(edition, particulars=particulars)).get("container-title") == expected


@pytest.mark.parametrize("edition", EDITIONS)
def test_with_an_address_citations_lead_to_the_site_and_name_it_and_nothing_else_changes(edition: str) -> None:
    particulars = edition_of(edition).particulars
    source, site, latin = particulars.source_address, particulars.publisher, particulars.romanized.short_title
    named = {"apa": latin} | dict.fromkeys(("chicago", "chicago-note"), f"{latin} {particulars.short}")
    for without, with_address in zip(cited()[edition], cited(ADDRESS)[edition], strict=True):
        own = f"{ADDRESS}{without.number}/" if without.number else f"{ADDRESS}{edition}/"
        for kind, text in texts(without).items():
            assert (source in text) == (kind != "apa-in-text")
            changed = texts(with_address)[kind]
            # An entry for the whole in a list leads to the clause, too: it is what the reader saw.
            expected = text.replace(source, own).replace(site, named.get(kind, particulars.short))
            assert re.sub(r',\n +"romanized-container-title": "[^"]+"', "", changed) == expected, kind


def test_nothing_in_the_citations_depends_on_the_day() -> None:
    assert "accessed" not in json.dumps([cite.record(edition) for edition in editions()])


def noted(edition: str, citations: Citations) -> str:
    """Return the note to an edition or a clause of it: which clause, and whether its words were converted."""
    place = f"第{citations.number}段" if citations.number else ""
    return "；".join(filter(None, (place, support.golden("facts")["conversion_note"] if edition == "zh-hant" else "")))


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_bibtex_files_say_what_the_record_says(edition: str) -> None:
    for citations in cited(ADDRESS)[edition]:
        record = json.loads(texts(citations)["csl-json"])[0]
        fields, key = from_bibtex(texts(citations)["bibtex"])
        assert key == record["id"]
        assert fields == {
            "author": record["author"][0]["literal"],
            "key": "Yidai Yilu hezuo huoban waijiao huo qita bumen de buzhang",
            "title": record["title"],
            "titleaddon": record["custom"]["translated-title"],
            "organization": record["container-title"],
            "date": DAY,
            "year": YEAR,
            "month": PUBLISHED["month"],
            "langid": f"chinese-{'simplified' if edition == 'zh-hans' else 'traditional'}",
            "url": record["URL"],
            **({"note": note} if (note := noted(edition, citations)) else {}),
        }


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_ris_files_say_what_the_record_says(edition: str) -> None:
    for citations in cited(ADDRESS)[edition]:
        record = json.loads(texts(citations)["csl-json"])[0]
        (found,) = rispy.loads(texts(citations)["ris"])
        assert found == {
            "type_of_reference": "ELEC",
            "id": record["id"],
            "authors": [record["author"][0]["literal"]],
            "title": record["title"],
            "secondary_title": record["container-title"],
            "year": YEAR,
            "date": f"{PUBLISHED['slashes']}/",
            "language": record["language"],
            "urls": [record["URL"]],
            "notes": ["；".join(filter(None, (noted(edition, citations), record["custom"]["translated-title"])))],
        }


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_csl_json_files_fit_the_schema_and_say_what_the_edition_says(edition: str) -> None:
    particulars = edition_of(edition).particulars
    for citations in cited()[edition]:
        records = json.loads(texts(citations)["csl-json"])
        jsonschema.validate(records, csl.schema())
        (record,) = records
        assert (record["title"], record["author"]) == (particulars.title, [{"literal": particulars.issuer}])
        assert record["container-title"] == particulars.publisher
        assert record["issued"] == {"date-parts": [PUBLISHED["parts"]]}
        assert record["custom"]["conference-date"] == {"date-parts": [PUBLISHED["conference"]]}
        assert record.get("locator") == (str(citations.number) if citations.number else None)


@pytest.mark.parametrize(
    "odd", [{"type": "web"}, {"titel": "题"}, {"issued": "2020"}, {"author": "部长"}, {"URL": 7}, {"id": None}]
)
def test_the_schema_would_refuse_a_record_that_is_none(odd: dict[str, object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([cite.record(editions()[0]) | odd], csl.schema())


@given(strategies.words, strategies.words, st.text("{}\\$&#%_~^中a", min_size=1).map(str.strip).filter(bool))
def test_whatever_a_title_has_comes_back_out_of_the_files(title: str, issuer: str, english: str) -> None:
    edition = editions()[0]
    particulars = replace(edition.particulars, title=title, issuer=issuer, english_sentence_case=english)
    record = cite.record(replace(edition, particulars=particulars))
    fields, _ = from_bibtex(cite.bibtex(record))
    assert [spaced(fields[name]) for name in ("title", "author", "titleaddon")] == [
        spaced(title),
        spaced(issuer),
        spaced(english),
    ]
    (found,) = rispy.loads(cite.ris(record))
    assert [found["title"], *found["authors"], *found["notes"]] == [title, issuer, english]


@given(strategies.clause_texts)
def test_whatever_a_clause_says_is_quoted_as_it_stands(text: str) -> None:
    edition = editions()[0]
    statement = replace(edition.statement, clauses=(clause_from_text(1, text),))
    (_, citations) = cite.citations(replace(edition, statement=statement), small_styles())
    assert citations.texts[0].text.startswith(f"{text}\n——《")


@pytest.mark.parametrize("name", sorted(path.stem for path in STYLES.glob("*.csl")))
def test_a_style_is_valid_but_for_the_variables_that_csl_has_not(name: str) -> None:
    text = styles()[name]
    for custom, known in CUSTOM.items():
        text = text.replace(f'variable="{custom}"', f'variable="{known}"')
    CitationStylesStyle(BytesIO(text.encode("utf-8")), validate=True)


@pytest.mark.parametrize("name", ["apa", "chicago", "gb-t-7714"])
def test_a_style_that_is_not_ours_names_its_licence(name: str) -> None:
    assert 'license="http://creativecommons.org/licenses/by-sa/3.0/"' in styles()[name]
    assert f"`{name}.csl`" in (STYLES / "README.md").read_text("utf-8")


@pytest.mark.filterwarnings("default:XML file didn't pass schema validation")
def test_the_schema_would_find_a_style_that_is_not_valid() -> None:
    with pytest.warns(UserWarning, match="schema validation"):
        CitationStylesStyle(BytesIO(styles()["plain"].encode("utf-8")), validate=True)


def from_bibtex(text: str) -> tuple[dict[str, str], str]:
    """Return the fields of the one entry, as a LaTeX document would show them, and its key."""
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware(decoder=decoder())])
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert entry.entry_type == "online"
    return {field.key: field.value for field in entry.fields}, entry.key


@cache
def decoder() -> LatexNodes2Text:
    """Return what reads LaTeX as its users see it, with two commands of LaTeX's own that it does not know."""
    commands = get_default_latex_context_db()
    braces = [MacroTextSpec("textbraceleft", "{"), MacroTextSpec("textbraceright", "}")]
    commands.add_context_category("braces", prepend=True, macros=braces)
    return LatexNodes2Text(latex_context=commands, math_mode="verbatim")


def spaced(text: str) -> str:
    """Return a text with one blank for any run of them, as TeX has it, and the marks that the decoder gives for ^ ~."""
    return re.sub(r"\s+", " ", text.replace("ˆ", "^").replace("˜", "~"))


@pytest.mark.parametrize("address", ["", "https://example.org/statement/"])
def test_a_clauses_citation_is_what_the_processor_makes_of_its_record_alone(address: str) -> None:
    styles = inputs.read_styles(support.ROOT / "docs" / "styles")
    for edition in support.editions():
        made = cite.citations(edition, styles, address)
        for found, clause in zip(made, (None, *edition.statement.clauses), strict=True):
            alone = cite.record(edition, clause, address)
            expected = [cite._text(alone, form, cite._style(styles[form.style])) for form in cite._FORMS]
            assert [text.text for text in found.texts] == expected


def test_where_clauses_cannot_be_filled_in_each_is_made_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    styles = inputs.read_styles(support.ROOT / "docs" / "styles")
    edition = support.editions()[0]
    expected = cite.citations(edition, styles)
    monkeypatch.setattr(cite, "_ANY_NUMBER", "no number that a style takes for one")
    assert cite.citations(edition, styles) == expected
