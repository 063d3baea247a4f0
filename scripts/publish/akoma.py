"""Akoma Ntoso: each edition as the XML in which parliaments and archives keep such texts (OASIS LegalDocML 1.0).

The statement is the Work, each edition an Expression of it, and each file a Manifestation. Identifiers follow the
Akoma Ntoso Naming Convention 1.0: clauses have addresses of their own, so that their `eId` has no prefix,
except in annexes.

Articles, paragraphs, lists, tables and attachments are what the standard calls so; what has no number in the text is a
container with a name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree
from lxml.builder import ElementMaker

from statement.dates import day_in
from statement.marks import BLANKS
from statement.model import Block, Clause, Edition, Heading, Part, Particulars, Span, Term
from statement.views import Piece, pieces

from .data import FOLDER

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

_E = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
# No country's: ISO 3166-1 leaves ZZ to its users, and CLDR has it for what belongs to none.
_COUNTRY = "zz"
# What the convention writes where a document has no number.
_NUMBER = "nn"
# Who made a text has to be said; of some nobody knows.
_UNKNOWN = "unknown"
# Languages by ISO 639-2, which the convention asks for; what else there is of a language follows the date.
_LANGUAGES = {"zh": "zho", "en": "eng", "fr": "fra", "es": "spa", "ru": "rus", "ar": "ara", "pt": "por", "de": "deu"}
_CLASSES = {"organisation": ("organization", "TLCOrganization"), "idea": ("concept", "TLCConcept")}
_OTHERS = ("term", "TLCTerm")
# The elements of headings, and what the convention calls these, by the ends of their marks, or else by their levels.
_DIVISIONS = {
    "章": ("chapter", "chp"),
    "节": ("section", "sec"),
    "節": ("section", "sec"),
    "编": ("book", "book"),
    "編": ("book", "book"),
}
# The same by the words with which marks in English begin.
_ENGLISH = {
    "chapter": ("chapter", "chp"),
    "section": ("section", "sec"),
    "part": ("part", "part"),
    "title": ("title", "title"),
    "book": ("book", "book"),
}
_LEVELS = (("part", "part"), ("section", "sec"), ("subsection", "subsec"))
# What documents are called in English, by the ends of what they are in Chinese.
_NAMES = {
    "声明": "statement",
    "聲明": "statement",
    "宣言": "declaration",
    "公报": "communique",
    "公報": "communique",
    "公约": "convention",
    "公約": "convention",
    "协定": "agreement",
    "協定": "agreement",
    "条约": "treaty",
    "條約": "treaty",
    "法": "law",
    "条例": "regulations",
    "條例": "regulations",
    "决议": "resolution",
    "決議": "resolution",
}
# What such documents are in English, of which texts in that language call themselves one.
_ENGLISH_NAMES = frozenset((*_NAMES.values(), "charter", "constitution", "covenant", "protocol", "act"))
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def files(editions: Sequence[Edition], site_url: str = "") -> dict[str, bytes]:
    """Return the file of each edition by path under the site's root."""
    return {f"{FOLDER}/statement.{each.id}.xml": _document(each, editions[0], site_url) for each in editions}


def _document(edition: Edition, source: Edition, site_url: str) -> bytes:
    writer = _Writer(edition)
    main, annexes = _divided(edition)
    annexed = [_attachment(writer, part, order, source) for order, part in enumerate(annexes, 1)]
    lead, closing = _ends(main)
    element = _element(source)
    document = _E(
        element,
        _meta(edition, source, site_url),
        _E.preface(*_preface(edition)),
        *([_E.preamble(*_block_containers(writer, lead))] if lead else []),
        _E(
            "body" if element == "act" else "mainBody",
            *_body(writer, main, [*lead, *closing]),
            **{_XML_LANG: edition.settings.language},
        ),
        *([_E.conclusions(*_block_containers(writer, closing))] if closing else []),
        *([_E.attachments(*annexed)] if annexed else []),
        name=_name(edition),
    )
    root = _E.akomaNtoso(document)
    # Laid out before the words are in it, among which every blank would count.
    etree.indent(root, space=" ")
    _fill(writer)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True)) + b"\n"


def _meta(edition: Edition, source: Edition, site_url: str) -> etree._Element:
    """Return who made what and when; the site is the editor of the file, the issuer the author of the text."""
    particulars = edition.particulars
    day = particulars.published.strftime("%Y-%m-%d")
    return _E.meta(
        _identification(edition, source),
        _E.publication(date=day, name=particulars.publisher, showAs=particulars.publisher),
        _E.references(
            _E.original(eId="original", href=particulars.source_address, showAs=particulars.publisher),
            _E.TLCOrganization(
                eId="issuer", href="/akn/ontology/organization/issuer", showAs=particulars.issuer or _UNKNOWN
            ),
            _E.TLCOrganization(
                eId="editor", href=site_url or "/akn/ontology/organization/editor", showAs=site_url or "editor"
            ),
            *(_reference(term) for term in edition.terms),
            source="#editor",
        ),
    )


def _identification(edition: Edition, source: Edition, part: str = "main") -> etree._Element:
    """Return what a document is, as a work, in an edition and in a file; an annex is a part of the whole."""
    particulars = edition.particulars
    held, day = source.particulars.day.isoformat(), particulars.published.strftime("%Y-%m-%d")
    english = source.particulars.english_title
    work = f"/akn/{_COUNTRY}/{_element(source)}/{held}/{_NUMBER}"
    expression = _expression(work, edition)
    translation = _E.FRBRtranslation(
        href=_expression(work, source), fromLanguage=source.settings.language, authoritative="false", by="#editor"
    )
    return _E.identification(
        _E.FRBRWork(
            _E.FRBRthis(value=f"{work}/!{part}"),
            _E.FRBRuri(value=work),
            _E.FRBRalias(name="title", value=source.particulars.title),
            *([_E.FRBRalias(name="english", value=english)] if english else []),
            _E.FRBRdate(date=held, name=_said_day(source.particulars)),
            _E.FRBRauthor(href="#issuer"),
            _E.FRBRcountry(value=_COUNTRY),
            _E.FRBRname(value=source.particulars.title),
        ),
        _E.FRBRExpression(
            _E.FRBRthis(value=f"{expression}/!{part}"),
            _E.FRBRuri(value=expression),
            _E.FRBRdate(date=day, name="publication"),
            _E.FRBRauthor(href="#issuer"),
            _E.FRBRauthoritative(value="false"),
            _E.FRBRlanguage(language=edition.settings.language),
            *([translation] if edition.is_converted else []),
        ),
        _E.FRBRManifestation(
            _E.FRBRthis(value=f"{expression}/!{part}.xml"),
            _E.FRBRuri(value=f"{expression}.xml"),
            _E.FRBRdate(date=day, name="publication"),
            _E.FRBRauthor(href="#editor"),
            _E.FRBRformat(value="application/akn+xml"),
        ),
        source="#editor",
    )


def _said_day(particulars: Particulars) -> str:
    """Return what the day of a work is; one has to be named, so that of the publication stands in for an unknown."""
    return "conference" if particulars.conference_date else "dated" if particulars.dated else "publication"


def _expression(work: str, edition: Edition) -> str:
    day = edition.particulars.published.strftime("%Y-%m-%d")
    language, _, rest = edition.settings.language.partition("-")
    return "/".join(filter(None, (f"{work}/{_LANGUAGES.get(language, language)}@{day}", rest.lower())))


def _name(edition: Edition) -> str:
    """Return what the document is called in English."""
    kind = edition.particulars.known_kind
    return kind.lower() if kind.lower() in _ENGLISH_NAMES else _NAMES.get(kind, "statement")


def _class(term: Term) -> tuple[str, str]:
    """Return the element that marks a term in the text, and the one that says what it is."""
    return _CLASSES.get(term.kind, _OTHERS)


def _reference(term: Term) -> etree._Element:
    inline, reference = _class(term)
    place = f"/akn/ontology/{inline}/{term.id}"
    return _E(reference, eId=f"ref_{term.id}", href=place, showAs=term.name, shortForm=term.english)


@dataclass(frozen=True)
class _Gap:
    """A paragraph whose words are still to come: the sentences, each with its number in the clause, from 1."""

    paragraph: etree._Element
    clause: Clause
    place: str
    sentences: tuple[tuple[int, Span], ...]


@dataclass(frozen=True)
class _Writer:
    """An edition, and the paragraphs of it that are laid out but have no words yet."""

    edition: Edition
    gaps: list[_Gap] = field(default_factory=list)

    def paragraph(self, clause: Clause, place: str, span: Span, **attributes: str) -> etree._Element:
        """Return a paragraph that will have the characters of a clause that a span covers."""
        made = _E.p(**attributes)
        within = [
            (order, Span(max(each.start, span.start), each.end))
            for order, each in enumerate(clause.sentences, 1)
            if each.start < span.end and span.start < each.end
        ]
        self.gaps.append(_Gap(made, clause, place, tuple(within)))
        return made


def _element(edition: Edition) -> str:
    """Return what the standard calls such a document: a law is an act, all else states something."""
    return "act" if edition.particulars.is_law else "statement"


def _divided(edition: Edition) -> tuple[list[Part], list[Part]]:
    """Return the parts that are the text itself, and its annexes."""
    annexes = [part for part in edition.parts if part.is_annex]
    return [part for part in edition.parts if part not in annexes], annexes


def _ends(parts: Sequence[Part]) -> tuple[list[Clause], list[Clause]]:
    """Return the preamble, if it stands under no heading, and the closing lines; a body has to be left without them."""
    clauses = [clause for part in parts for clause in part.clauses]
    lead = [clause for clause in clauses[:1] if clause.address == "preamble" and not parts[0].is_headed]
    closing = [clause for clause in clauses if clause.address.startswith("closing")]
    return (lead, closing) if len(lead) + len(closing) < len(clauses) else ([], [])


def _preface(edition: Edition) -> Iterator[etree._Element]:
    """Yield the title and the lines below it, the one with the date being that of the text or of its publication."""
    statement, particulars = edition.statement, edition.particulars
    yield _E.p(_E.docTitle(statement.title))
    for line in statement.lines_below_title:
        day = particulars.published.date() if line == statement.stamp else day_in(line)
        yield _E.p(_E.docDate(line, date=day.isoformat()) if day and line == statement.date_line else line)


def _body(writer: _Writer, parts: Sequence[Part], without: Sequence[Clause], prefix: str = "") -> list[etree._Element]:
    """Return the parts and sections that the text has headings for, one in the other, with their clauses."""
    outline = _Outline(prefix)
    for part in parts:
        outline.leave()
        within: defaultdict[int, list[Heading]] = defaultdict(list)
        if (heading := _heading_of(part)) and not part.is_annex:
            outline.begin(heading)
        for each in part.within:
            within[each.first].append(each)
        for clause in part.clauses:
            for each in within[clause.number]:
                outline.begin(each)
            if clause.id.startswith("note-"):
                outline.top.append(_hierarchy(writer, clause, ""))
            elif clause not in without:
                outline.add(_hierarchy(writer, clause, prefix))
    return outline.top


def _heading_of(part: Part) -> Heading | None:
    """Return the heading with which a part begins, if the text has one."""
    usual = Heading(part.numeral, part.title, part.clauses[0].number) if part.numeral else None
    return part.heading or usual


class _Outline:
    """Headings as they stand one in the other: what comes next belongs to the innermost that is open."""

    def __init__(self, prefix: str) -> None:
        self.top: list[etree._Element] = []
        self._prefix = prefix
        self._open: list[tuple[int, etree._Element, str]] = []
        self._counts: Counter[str] = Counter()

    def leave(self) -> None:
        """Close all headings."""
        self._open.clear()

    def begin(self, heading: Heading) -> None:
        """Open a heading in the innermost that stands above it."""
        while self._open and self._open[-1][0] >= heading.level:
            self._open.pop()
        place = f"{self._open[-1][2]}__" if self._open else self._prefix
        name, short = _division(heading)
        self._counts[f"{place}{short}"] += 1
        own = f"{place}{short}_{self._counts[f'{place}{short}']}"
        mark = heading.printed.strip(BLANKS)
        made = _E(name, *([_E.num(mark)] if mark else []), _E.heading(heading.title), eId=own)
        self.add(made)
        self._open.append((heading.level, made, own))

    def add(self, made: etree._Element) -> None:
        """Put an element where the text has it."""
        if self._open:
            self._open[-1][1].append(made)
        else:
            self.top.append(made)


def _division(heading: Heading) -> tuple[str, str]:
    """Return the element of a heading, by its mark or else its level, and what identifiers call it."""
    mark = heading.printed.strip(BLANKS)
    named = _DIVISIONS.get(mark[-1:]) or _ENGLISH.get(mark.partition(" ")[0].lower())
    return named or _LEVELS[min(heading.level, len(_LEVELS)) - 1]


def _attachment(writer: _Writer, part: Part, order: int, source: Edition) -> etree._Element:
    """Return an annex, which by the standard is a document of its own."""
    own = f"att_{order}"
    heading = part.heading
    mark = heading.printed.strip(BLANKS) if heading else ""
    language = {_XML_LANG: writer.edition.settings.language}
    return _E.attachment(
        *([_E.num(mark)] if mark else []),
        _E.heading(heading.title if heading else part.title),
        _E.doc(
            _E.meta(_identification(writer.edition, source, f"annex_{order}")),
            _E.mainBody(*_body(writer, [part], (), f"{own}__"), **language),
            name="annex",
        ),
        eId=own,
    )


def _hierarchy(writer: _Writer, clause: Clause, prefix: str) -> etree._Element:
    """Return a clause: an article, a paragraph, or, where the text gives it no number, a container with a name."""
    name = "article" if _is_article(clause) else "paragraph" if clause.value or not clause.name else "hcontainer"
    named = {"name": clause.address.partition("-")[0]} if name == "hcontainer" else {}
    own = f"{prefix}{_id(clause)}"
    content = _E.content(*_blocks(writer, clause, own))
    return _E(name, *_number(clause), content, eId=own, **named)


def _block_containers(writer: _Writer, clauses: Sequence[Clause]) -> Iterator[etree._Element]:
    """Yield clauses where a document has no room for articles or paragraphs: before its body and behind it."""
    for clause in clauses:
        yield _E.blockContainer(*_number(clause), *_blocks(writer, clause, _id(clause)), eId=_id(clause))


def _number(clause: Clause) -> list[etree._Element]:
    mark = clause.printed.strip(BLANKS)
    return [_E.num(mark)] if mark else []


def _blocks(writer: _Writer, clause: Clause, own: str) -> Iterator[etree._Element]:
    """Yield the paragraphs, the lists and the tables of a clause."""
    if not clause.blocks:
        yield writer.paragraph(clause, own, Span(0, len(clause.text)))
    counts: Counter[str] = Counter()

    def place(kind: str) -> str:
        counts[kind] += 1
        return f"{own}__{kind}_{counts[kind]}"

    for kind, group in groupby(clause.blocks, key=lambda block: "table" if block.cells else block.level > 0):
        blocks = list(group)
        if kind == "table":
            yield _E.table(
                *(_E.tr(*(_E.td(writer.paragraph(clause, own, cell)) for cell in block.cells)) for block in blocks),
                eId=place("table"),
            )
        elif kind:
            yield _list(writer, clause, own, place("list"), blocks)
        else:
            for block in blocks:
                yield writer.paragraph(clause, own, block.span, eId=place("p"))


def _list(writer: _Writer, clause: Clause, own: str, place: str, blocks: Sequence[Block]) -> etree._Element:
    """Return a list; items of a deeper level stand within the one before them."""
    level = min(block.level for block in blocks)
    made = _E.blockList(eId=place)
    runs: list[list[Block]] = []
    for block in blocks:
        if block.level == level or not runs:
            runs.append([])
        runs[-1].append(block)
    for order, (first, *deeper) in enumerate(runs, 1):
        item = f"{place}__item_{order}"
        rest = Span(first.span.start + first.mark, first.span.end)
        mark = clause.text[first.span.start : rest.start]
        made.append(
            _E.item(
                *([_E.num(mark)] if mark else []),
                writer.paragraph(clause, own, rest),
                *([_list(writer, clause, own, f"{item}__list_1", deeper)] if deeper else []),
                eId=item,
            )
        )
    return made


def _fill(writer: _Writer) -> None:
    """Put the words of each clause into its paragraphs."""
    edition = writer.edition
    terms = {term.id: term for term in edition.terms}
    notes = {each.printed.strip(BLANKS): _id(each) for each in edition.statement.clauses if each.id.startswith("note-")}
    special: defaultdict[int, list[tuple[Span, Piece]]] = defaultdict(list)
    texts = {clause.number: clause.text for clause in edition.statement.clauses}
    for each in edition.mentions:
        special[each.clause].append((each.span, Piece(each.span.of(texts[each.clause]), term=each.term)))
    for clause in edition.statement.clauses:
        for span in clause.marks:
            mark = span.of(clause.text)
            if mark in notes:
                special[clause.number].append((span, Piece(mark, is_mark=True, note=notes[mark])))
        special[clause.number].sort(key=lambda pair: pair[0])
    counts: Counter[str] = Counter()
    for gap in sorted(writer.gaps, key=lambda gap: (gap.clause.number, gap.sentences)):
        gap.paragraph.extend(_sentences(gap, special[gap.clause.number], terms, counts))


def _sentences(
    gap: _Gap, special: Sequence[tuple[Span, Piece]], terms: Mapping[str, Term], counts: Counter[str]
) -> Iterator[etree._Element]:
    for order, sentence in gap.sentences:
        inside = _E.span(eId=f"{gap.place}__span_{order}")
        for piece in pieces(gap.clause.text, sentence, special):
            if not piece.term and not piece.note:
                _add_text(inside, piece.text)
                continue
            kind = f"{gap.place}__{'ref' if piece.note else 'term'}"
            counts[kind] += 1
            if piece.note:
                inside.append(_E.ref(piece.text, href=f"#{piece.note}", eId=f"{kind}_{counts[kind]}"))
            else:
                name = _class(terms[piece.term])[0]
                own = f"{gap.place}__{name}_{counts[kind]}"
                inside.append(_E(name, piece.text, refersTo=f"#ref_{piece.term}", eId=own))
        yield inside


def _id(clause: Clause) -> str:
    """Return the identifier of a clause, by its address: `para_7`, `art_7`, `para_1-2` for 1.2, `note_1`.

    That of an annex is in the identifiers of the annex already.
    """
    address = clause.address
    if address.startswith("annex"):
        address = address.partition(".")[2] or "text"
    if not address[0].isdigit():
        return address.replace("-", "_")
    return f"{'art' if _is_article(clause) else 'para'}_{address.replace('.', '-')}"


def _is_article(clause: Clause) -> bool:
    return clause.label[-1] in "条條" or clause.label.startswith("Article ")


def _add_text(element: etree._Element, words: str) -> None:
    """Add text at the end of an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words
