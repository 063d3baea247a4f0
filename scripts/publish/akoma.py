"""Akoma Ntoso: each edition as the XML in which parliaments and archives keep such texts (OASIS LegalDocML 1.0).

The statement is the Work, each edition an Expression of it, and each file a Manifestation. Identifiers follow the
Akoma Ntoso Naming Convention 1.0: clauses are numbered through, so that their `eId` has no prefix.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree
from lxml.builder import ElementMaker

from statement.model import Clause, Edition, Part, Span, Term
from statement.views import Piece, pieces

from .data import FOLDER

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

_E = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
# No country's: ISO 3166-1 leaves ZZ to its users, and CLDR has it for what belongs to none.
_COUNTRY = "zz"
# What the convention writes where a document has no number.
_NUMBER = "nn"
# Chinese by ISO 639-2, which the convention asks for; the script follows the date.
_LANGUAGE = "zho"
_CLASSES = {"organisation": ("organization", "TLCOrganization"), "idea": ("concept", "TLCConcept")}
_OTHERS = ("term", "TLCTerm")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def files(editions: Sequence[Edition], site_url: str = "") -> dict[str, bytes]:
    """Return the file of each edition by path under the site's root."""
    return {f"{FOLDER}/statement.{each.id}.xml": _document(each, editions[0], site_url) for each in editions}


def _document(edition: Edition, source: Edition, site_url: str) -> bytes:
    title, date_line = edition.statement.title, edition.statement.date_line
    document = _E.statement(
        _meta(edition, source, site_url),
        _E.preface(
            _E.p(_E.docTitle(title)),
            _E.p(_E.docDate(date_line, date=edition.particulars.published.strftime("%Y-%m-%d"))),
        ),
        _E.mainBody(*_body(edition.parts), **{_XML_LANG: edition.settings.language}),
        name="statement",
    )
    root = _E.akomaNtoso(document)
    # Laid out before the words are in it, among which every blank would count.
    etree.indent(root, space=" ")
    _fill(root, edition)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _meta(edition: Edition, source: Edition, site_url: str) -> etree._Element:
    """Return who made what and when; the site is the editor of the file, the issuer the author of the text."""
    particulars = edition.particulars
    held, day = particulars.conference_date.isoformat(), particulars.published.strftime("%Y-%m-%d")
    work = f"/akn/{_COUNTRY}/statement/{held}/{_NUMBER}"
    expression = _expression(work, edition)
    translation = _E.FRBRtranslation(
        href=_expression(work, source), fromLanguage=source.settings.language, authoritative="false", by="#editor"
    )
    return _E.meta(
        _E.identification(
            _E.FRBRWork(
                _E.FRBRthis(value=f"{work}/!main"),
                _E.FRBRuri(value=work),
                _E.FRBRalias(name="title", value=source.particulars.title),
                _E.FRBRalias(name="english", value=particulars.english_title),
                _E.FRBRdate(date=held, name="conference"),
                _E.FRBRauthor(href="#issuer"),
                _E.FRBRcountry(value=_COUNTRY),
                _E.FRBRname(value=source.particulars.title),
            ),
            _E.FRBRExpression(
                _E.FRBRthis(value=f"{expression}/!main"),
                _E.FRBRuri(value=expression),
                _E.FRBRdate(date=day, name="publication"),
                _E.FRBRauthor(href="#issuer"),
                _E.FRBRauthoritative(value="false"),
                _E.FRBRlanguage(language=edition.settings.language),
                *([translation] if edition.is_converted else []),
            ),
            _E.FRBRManifestation(
                _E.FRBRthis(value=f"{expression}/!main.xml"),
                _E.FRBRuri(value=f"{expression}.xml"),
                _E.FRBRdate(date=day, name="publication"),
                _E.FRBRauthor(href="#editor"),
                _E.FRBRformat(value="application/akn+xml"),
            ),
            source="#editor",
        ),
        _E.publication(date=day, name=particulars.publisher, showAs=particulars.publisher),
        _E.references(
            _E.original(eId="original", href=particulars.source_address, showAs=particulars.publisher),
            _E.TLCOrganization(eId="issuer", href="/akn/ontology/organization/issuer", showAs=particulars.issuer),
            _E.TLCOrganization(
                eId="editor", href=site_url or "/akn/ontology/organization/editor", showAs=site_url or "editor"
            ),
            *(_reference(term) for term in edition.terms),
            source="#editor",
        ),
    )


def _expression(work: str, edition: Edition) -> str:
    day = edition.particulars.published.strftime("%Y-%m-%d")
    return f"{work}/{_LANGUAGE}@{day}/{edition.settings.language.partition('-')[2].lower()}"


def _class(term: Term) -> tuple[str, str]:
    """Return the element that marks a term in the text, and the one that says what it is."""
    return _CLASSES.get(term.kind, _OTHERS)


def _reference(term: Term) -> etree._Element:
    inline, reference = _class(term)
    place = f"/akn/ontology/{inline}/{term.id}"
    return _E(reference, eId=f"ref_{term.id}", href=place, showAs=term.name, shortForm=term.english)


def _body(parts: Sequence[Part]) -> Iterator[etree._Element]:
    """Yield the parts that the text has headings for, and the clauses before the first of them, without their words."""
    headed = 0
    for part in parts:
        clauses = [_E.paragraph(_E.num(f"{each.number}、"), _E.content(_E.p()), eId=_id(each)) for each in part.clauses]
        if part.numeral:
            headed += 1
            yield _E.part(_E.num(f"{part.numeral}、"), _E.heading(part.title), *clauses, eId=f"part_{headed}")
        else:
            yield from clauses


def _fill(root: etree._Element, edition: Edition) -> None:
    """Put the words of each clause into its paragraph."""
    terms = {term.id: term for term in edition.terms}
    texts = {clause.number: clause.text for clause in edition.statement.clauses}
    mentions: defaultdict[int, list[tuple[Span, Piece]]] = defaultdict(list)
    for each in edition.mentions:
        mentions[each.clause].append((each.span, Piece(each.span.of(texts[each.clause]), term=each.term)))
    for paragraph, clause in zip(root.iter(f"{{{NAMESPACE}}}content"), edition.statement.clauses, strict=True):
        paragraph[0].extend(_sentences(clause, mentions[clause.number], terms))


def _sentences(
    clause: Clause, mentions: Sequence[tuple[Span, Piece]], terms: Mapping[str, Term]
) -> Iterator[etree._Element]:
    count = 0
    for index, sentence in enumerate(clause.sentences, 1):
        inside = _E.span(eId=f"{_id(clause)}__span_{index}")
        for piece in pieces(clause.text, sentence, mentions):
            if piece.term:
                count += 1
                name = _class(terms[piece.term])[0]
                own = f"{_id(clause)}__{name}_{count}"
                inside.append(_E(name, piece.text, refersTo=f"#ref_{piece.term}", eId=own))
            else:
                _add_text(inside, piece.text)
        yield inside


def _id(clause: Clause) -> str:
    return f"para_{clause.number}"


def _add_text(element: etree._Element, words: str) -> None:
    """Add text at the end of an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words
