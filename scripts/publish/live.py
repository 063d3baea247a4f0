"""Live: what is wrong with the site where it has been put up, found by asking its host for all that it should have.

Every link is followed, every address that was ever published is asked for, and what the host sends with its answers is
compared with what `hosting` declares. The policy is the one that the pages need as they are there.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import etree

from statement.errors import InputError

from . import built, hosting
from .crawl import AS_IT_IS, Answer, Client, Crawled, crawl
from .policy import FRAMED, Policies, policies

MISSING = ("no-such-page/", "no/such/page/", "assets/no-such-script.0123456789.js", "data/no-such-record.bib")
"""What is asked for to see how the host answers what is missing, from the site's root."""

_AS_BUILT = "put up the whole site as it was built"
_MOST_STEPS = 5
# What fits into one packet need not be smaller.
_WORTH_COMPRESSING = 1_400
_YEAR = 31_536_000
_SAME_TYPES = {"application/javascript": "text/javascript", "application/xml": "text/xml"}
# What hosts know the types of that send no headers of ours.
_KNOWN_TYPES = frozenset({"html", "css", "js", "json", "svg", "png"})
_TEXT_TYPES = frozenset({"html", "css", "js", "json", "xml", "txt"})
_IN_STYLE = re.compile(r"""url\(\s*["']?(?!data:)([^"')]+)""")
_IN_SCRIPT = re.compile(r"""["'](\./[\w./-]+\.js)["']""")
_IN_SITEMAP = re.compile(r"""<loc>([^<]+)</loc>|\shref="([^"]+)\"""")
_IN_ROBOTS = re.compile(r"^Sitemap:\s*(\S+)", re.MULTILINE)
_REFRESH = re.compile(r"^\s*\d+\s*;\s*url=(.*)$", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Finding:
    """One thing wrong: the address at which it shows, what it is, and what to do."""

    address: str
    message: str

    def __str__(self) -> str:
        return f"{self.address}: {self.message}"


@dataclass(frozen=True)
class Report:
    """All that is wrong, and how many pages and other files were there."""

    findings: tuple[Finding, ...]
    pages: int = 0
    files: int = 0


@dataclass(frozen=True)
class _Page:
    """What a page has: where it leads, as whole addresses, its places, and what it says that its address is.

    `refresh` is where a page leads that has moved, `is_missing` whether it is the site's page for what is missing.
    """

    links: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()
    canonical: str = ""
    refresh: str = ""
    is_missing: bool = False


@dataclass(frozen=True)
class _Seen:
    """What was found at the site's address: the answers, the pages among them, and those to what is missing."""

    root: str
    crawled: Crawled
    missing: Mapping[str, Answer]
    is_plain: bool
    pages: Mapping[str, _Page] = field(default_factory=dict)

    @property
    def answers(self) -> Mapping[str, Answer]:
        """The answers by address, without a query or a place."""
        return self.crawled.answers

    def ends(self, address: str) -> str:
        """Return where an address leads in the end, over redirects and pages that have moved."""
        for _ in range(_MOST_STEPS):
            answer = self.answers.get(_plain(address))
            page = self.pages.get(_plain(address))
            onward = urljoin(address, answer.location) if answer and answer.location else page.refresh if page else ""
            if not onward:
                return address
            address = onward if "#" in onward else onward + _place(address)
        return address


def check(client: Client, root: str, published: Iterable[str] = (), is_plain: bool = False) -> Report:
    """Return what is wrong with the site whose home is at an address that ends in a slash.

    `published` are the addresses that were ever published, from the site's root, with their places. A host is plain if
    it sends no headers that one chooses, as GitHub Pages and GitLab Pages do.
    """
    home = client.ask(root)
    if home.status != 200:
        onward = f"leads to {urljoin(root, home.location)}; check that address" if home.location else ""
        return Report((Finding(root, onward or f"{_said(home)}; check the address, and whether the site is there"),))
    kept = list(published)
    start = [root, *(urljoin(root, address[1:]) for address in kept)]
    has_address = bool(_page(home).canonical)
    start += _for_robots(root, has_address)
    missing = {f"{root}{path}": client.ask(f"{root}{path}") for path in MISSING}
    start += _inside(root, (link for answer in missing.values() for link in _ours(answer).links))
    crawled = crawl(client, map(_plain, start), lambda answer: _inside(root, _leads_to(answer)))
    pages = {address: _page(answer) for address, answer in crawled.answers.items() if _is_page(answer)}
    seen = _Seen(root, crawled, missing, is_plain, pages)
    findings = [
        *_ways(seen, kept, has_address),
        *_missing(seen),
        *_grouped(_headers(seen)),
        *_grouped(_addresses(seen)),
        *_manners(client, seen),
    ]
    if crawled.is_cut_off:
        findings.append(Finding(root, f"has more than {len(crawled.answers):,} addresses; only these were looked at"))
    there = sum(answer.status == 200 for answer in crawled.answers.values())
    return Report(tuple(sorted(set(findings))), len(pages), there - len(pages))


def _ways(seen: _Seen, published: Sequence[str], has_address: bool) -> Iterator[Finding]:
    """Yield every link and every published address that leads to nothing."""
    named_by: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for address in published:
        link = urljoin(seen.root, address[1:])
        named_by[_plain(link)][_place(link)].append("docs/addresses.txt")
    for address, answer in seen.answers.items():
        leading = seen.pages[address].links if address in seen.pages else _leads_to(answer)
        for link in _inside(seen.root, leading, keeps_place=True):
            named_by[_plain(link)][_place(link)].append(address)
    for address, places in named_by.items():
        if message := _astray(seen, address):
            named = [name for names in places.values() for name in names]
            yield Finding(address, f"{message}, though {_named(named)}; {_AS_BUILT}")
            continue
        for place, named in places.items():
            if message := _astray(seen, f"{address}{place}"):
                yield Finding(f"{address}{place}", f"{message}, though {_named(named)}; {_AS_BUILT}")
    for address in _for_robots(seen.root, has_address):
        found = seen.answers.get(address)
        if found and found.status != 200:
            yield Finding(address, f"{_said(found)}; {_AS_BUILT}")


def _for_robots(root: str, has_address: bool) -> list[str]:
    """Return the addresses of what a site has for search engines, if it knows its own address."""
    return [f"{root}robots.txt", f"{root}sitemap.xml"] if has_address else []


def _astray(seen: _Seen, link: str) -> str:
    """Return what is wrong with where a link leads in the end, or nothing."""
    end = seen.ends(link)
    answer = seen.answers.get(_plain(end))
    if answer is None:
        outside = not list(_inside(seen.root, [end]))
        return f"leads out of the site, to {end}" if outside else ""
    if answer.location:
        return f"leads on more than {_MOST_STEPS} times"
    if answer.status != 200:
        return _said(answer) if end == link else f"leads to {end}, which {_said(answer)}"
    place = unquote(_place(end)[1:].partition(":~:")[0])
    page = seen.pages.get(_plain(end))
    # The top of a page needs no id (HTML, 7.4.6.4).
    if page and place.lower() not in ("", "top") and place not in page.places:
        return f"leads to a place that {_plain(end)} has not"
    return ""


def _missing(seen: _Seen) -> Iterator[Finding]:
    """Yield what is wrong with the answers to what is missing: the status, the page, its links, how long it is kept."""
    named_by: defaultdict[str, list[str]] = defaultdict(list)
    for address, answer in seen.missing.items():
        page = _ours(answer)
        if answer.status != 404:
            yield Finding(address, f"is missing and {_said(answer)}; let the host answer 404")
        elif not page.is_missing:
            yield Finding(address, "is missing, and the host answers with a page of its own; let it send 404.html")
        elif _maximum_age(answer) > 3_600:
            yield Finding(address, "is missing, and may be kept as such for long; let caching rules leave out 404")
        for link in page.links:
            parts, own = urlsplit(link), urlsplit(seen.root)
            if parts.netloc == own.netloc and not list(_inside(seen.root, [link])):
                message = f"its page leads to {link}, out of the site; build with SITE_URL={seen.root}"
                yield Finding(address, message)
                break
        for link in _inside(seen.root, page.links, keeps_place=True):
            named_by[link].append(address)
    for link, named in named_by.items():
        if _plain(link) not in seen.missing and (message := _astray(seen, link)):
            yield Finding(link, f"{message}, though {_named(named)}; {_AS_BUILT}")


def _ours(answer: Answer) -> _Page:
    """Return the site's page for what is missing if that is the answer, else an empty one."""
    page = _page(answer)
    return page if answer.status == 404 and page.is_missing else _Page()


def _headers(seen: _Seen) -> Iterator[Finding]:
    """Yield each answer whose headers are not those that are declared."""
    found = [answer for answer in seen.answers.values() if answer.status == 200]
    missing = [answer for answer in seen.missing.values() if answer.status == 404]
    for answer in found:
        yield from (Finding(answer.address, message) for message in _type_problems(answer, seen.is_plain))
        yield from (Finding(answer.address, message) for message in _size_problems(answer))
    if seen.is_plain:
        return
    needed, problems = _policies(seen)
    yield from problems
    for answer in [*found, *missing]:
        is_framed = answer.status == 200 and answer.address.removeprefix(seen.root).startswith(FRAMED)
        own = {hosting.POLICY: needed.framed if is_framed else needed.site} if needed else {}
        declared = {**own, **hosting.HEADERS}
        for name, value in declared.items():
            said = answer.headers.get(name.lower())
            if said is None:
                yield Finding(answer.address, f"is sent without {name}; let the host send {name}: {value}")
            elif " ".join(said.split()) != value:
                yield Finding(answer.address, f"is sent with {name}: {said}; it should be {value}")
    for answer in found:
        yield from (Finding(answer.address, message) for message in _cache_problems(seen.root, answer))


def _policies(seen: _Seen) -> tuple[Policies | None, tuple[Finding, ...]]:
    """Return the policies that the pages need, or none and what no policy allows."""
    answers = [answer for address, answer in seen.answers.items() if address in seen.pages]
    answers += [answer for answer in seen.missing.values() if answer.status == 404]
    try:
        return policies(built.read({each.address.removeprefix(seen.root): _text(each) for each in answers})), ()
    except InputError as error:
        found = (Finding(seen.root + each.file, f"line {each.line}: {each.message}") for each in error.problems)
        return None, tuple(found)


def _type_problems(answer: Answer, is_plain: bool) -> Iterator[str]:
    suffix = _suffix(answer.address)
    declared = hosting.TYPES.get(suffix)
    if not declared or (is_plain and suffix not in _KNOWN_TYPES):
        return
    said = answer.headers.get("content-type", "no type")
    kind, _, more = said.lower().partition(";")
    wanted, _, charset = declared.partition(";")
    kind = _SAME_TYPES.get(kind.strip(), kind.strip())
    # Scripts and stylesheets are taken to be in the encoding of their page, which is UTF-8, and so is XML by itself.
    is_open = suffix in ("css", "js", "xml") and not more.strip()
    if kind != wanted or (charset and not is_open and more.replace(" ", "").strip('"') != charset.strip()):
        yield f"is sent as {said}; it should be {declared}"


def _size_problems(answer: Answer) -> Iterator[str]:
    """Yield where a text is not sent in a small form, though that was asked for."""
    encoding = answer.headers.get("content-encoding", "")
    if encoding and "accept-encoding" not in answer.headers.get("vary", "").lower():
        yield "is sent compressed without Vary: Accept-Encoding, so that caches may give it to others; add that"
    if not encoding and _suffix(answer.address) in _TEXT_TYPES and len(answer.body) > _WORTH_COMPRESSING:
        yield "is not compressed, though br and gzip were asked for; let the host send the .br or .gz beside it"


def _cache_problems(root: str, answer: Answer) -> Iterator[str]:
    said = answer.headers.get("cache-control", "")
    is_hashed = re.fullmatch(hosting.HASHED, answer.address.removeprefix(root))
    if is_hashed and (_maximum_age(answer) < _YEAR or "immutable" not in said.lower()):
        yield f"is sent with Cache-Control: {said or 'nothing'}; it may be kept for good: {hosting.KEPT}"
    if not is_hashed and _maximum_age(answer) != 0:
        yield f"is sent with Cache-Control: {said or 'nothing'}; it has to be asked for: {hosting.ASKED}"


def _maximum_age(answer: Answer) -> int:
    """Return for how many seconds an answer may be kept without asking; -1 where it says nothing (RFC 9111, 5.2.2)."""
    said = answer.headers.get("cache-control", "").lower()
    age = re.search(r"max-age=(\d+)", said)
    return 0 if re.search(r"\bno-(cache|store)\b", said) else int(age[1]) if age else -1


def _addresses(seen: _Seen) -> Iterator[Finding]:
    """Yield each page that says of itself that it is elsewhere."""
    for address, page in seen.pages.items():
        if page.canonical and not page.refresh and page.canonical != address:
            site = page.canonical.removesuffix(address.removeprefix(seen.root))
            yield Finding(address, f"says that its site is at {site}; build with SITE_URL={seen.root}")


def _manners(client: Client, seen: _Seen) -> Iterator[Finding]:
    """Yield what is wrong with how a host answers questions of other kinds, each tried with one page or file."""
    inner = next((address for address in seen.pages if address != seen.root and address.endswith("/")), "")
    if inner:
        answer = client.ask(inner[:-1])
        if not answer.location or urljoin(inner, answer.location) != inner:
            message = f"{_said(answer)}; let the host send readers on to the address that ends in a slash"
            yield Finding(inner[:-1], message)
    head = client.ask(seen.root, method="HEAD")
    if head.status != 200:
        yield Finding(seen.root, f"{_said(head)} to HEAD, which is answered as GET is, without the page")
    samples = {
        _suffix(address): address for address, answer in reversed(list(seen.answers.items())) if answer.status == 200
    }
    for address in (samples[suffix] for suffix in ("html", "js", "json") if suffix in samples):
        yield from _alike(seen.answers[address], client.ask(address, encoding=AS_IT_IS))
        etag = seen.answers[address].headers.get("etag", "")
        again = client.ask(address, etag=etag) if etag else Answer(address, 304)
        if again.status != 304:
            yield Finding(address, f"{_said(again)} to who has it already; let the host compare If-None-Match")


def _alike(small: Answer, plain: Answer) -> Iterator[Finding]:
    if plain.headers.get("content-encoding", AS_IT_IS) != AS_IT_IS:
        yield Finding(plain.address, "is compressed even for who cannot read that; let the host heed Accept-Encoding")
    elif plain.body != small.body:
        yield Finding(plain.address, "is another text when it is compressed; put up the .br and .gz of the same build")


def _page(answer: Answer) -> _Page:
    """Return what a page has; an answer that is no page has nothing."""
    if not answer.body or "html" not in answer.headers.get("content-type", "html"):
        return _Page()
    document = etree.HTML(_text(answer).encode("utf-8"), etree.HTMLParser(encoding="utf-8", huge_tree=True))
    if document is None:
        return _Page()
    elements = [(element.tag, dict(element.attrib)) for element in document.iter(etree.Element)]
    own = {name: value for tag, attributes in elements if tag == "body" for name, value in attributes.items()}
    metas = [attributes for tag, attributes in elements if tag == "meta"]
    refreshes = (_REFRESH.match(each.get("content", "")) for each in metas if each.get("http-equiv") == "refresh")
    canonical = (each.get("href", "") for tag, each in elements if tag == "link" and each.get("rel") == "canonical")
    title = "".join(document.xpath("string(//title)"))
    links = [address for tag, attributes in elements for address in _addresses_in(tag, attributes)]
    return _Page(
        links=tuple(urljoin(answer.address, link) for link in links),
        places=frozenset(each["id"] for _, each in elements if "id" in each),
        canonical=next(iter(canonical), ""),
        refresh=next((urljoin(answer.address, found[1]) for found in refreshes if found), ""),
        is_missing=title.startswith("404") and "data-clauses" in own and "data-edition" in own,
    )


def _addresses_in(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    """Yield the addresses that an element names."""
    if tag == "link" and attributes.get("rel") == "canonical":
        return
    for name, value in attributes.items():
        if name in ("href", "src", built.WORKER) or name.startswith(built.FETCHED):
            yield value.strip()
        elif name == "srcset" and not value.startswith("data:"):
            yield from (candidate.split()[0] for candidate in value.split(",") if candidate.strip())
    if tag == "meta" and attributes.get("property") in ("og:image", "og:url"):
        yield attributes.get("content", "")
    if tag == "meta" and attributes.get("http-equiv") == "refresh":
        yield from (found[1] for found in [_REFRESH.match(attributes.get("content", ""))] if found)


def _leads_to(answer: Answer) -> Iterator[str]:
    """Yield the whole addresses to which an answer leads: a page, a stylesheet, a script, data, what robots read."""
    if answer.location:
        yield urljoin(answer.address, answer.location)
    if answer.status != 200:
        return
    suffix = _suffix(answer.address)
    if _is_page(answer):
        yield from _page(answer).links
    elif suffix in ("css", "js"):
        found = (_IN_STYLE if suffix == "css" else _IN_SCRIPT).findall(_text(answer))
        yield from (urljoin(answer.address, address) for address in found)
    elif suffix == "xml":
        yield from (unescape(first or second) for first, second in _IN_SITEMAP.findall(_text(answer)))
    elif suffix == "txt":
        yield from (urljoin(answer.address, address) for address in _IN_ROBOTS.findall(_text(answer)))
    elif suffix == "json":
        yield from (urljoin(answer.address, part) for part in _parts(_text(answer)))


def _parts(text: str) -> Iterator[str]:
    """Yield the files in which the rest of a large text is, as data for the search name them."""
    try:
        data = json.loads(text)
    except ValueError:
        return
    parts = data.get("parts") if isinstance(data, dict) else None
    yield from (part for part in parts if isinstance(part, str)) if isinstance(parts, list) else ()


def _inside(root: str, links: Iterable[str], keeps_place: bool = False) -> Iterator[str]:
    """Yield those addresses that are in the site, without their query, and without the place on the page."""
    own = urlsplit(root)
    for link in links:
        try:
            parts = urlsplit(link)
        except ValueError:
            continue
        if (parts.scheme, parts.netloc) == (own.scheme, own.netloc) and f"{parts.path}".startswith(own.path):
            yield _plain(link) + (_place(link) if keeps_place else "")


def _plain(address: str) -> str:
    """Return an address without its place and its query."""
    return urldefrag(address)[0].partition("?")[0]


def _place(address: str) -> str:
    """Return the place on a page that an address names, with its sign, or nothing."""
    _, sign, place = address.partition("#")
    return sign + place


def _is_page(answer: Answer) -> bool:
    return answer.status == 200 and _suffix(answer.address) == "html"


def _suffix(address: str) -> str:
    path = urlsplit(address).path
    return "html" if path.endswith("/") else posixpath.splitext(path)[1][1:].lower()


def _text(answer: Answer) -> str:
    return answer.body.decode("utf-8", "replace")


def _said(answer: Answer) -> str:
    return f"answers {answer.status}" if answer.status else f"gives no answer ({answer.error})"


def _named(by: Sequence[str]) -> str:
    """Return who leads to an address, in few words."""
    others = len(set(by)) - 1
    return f"{by[0]} and {others} more lead there" if others else f"{by[0]} leads there"


def _grouped(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield one of all the findings that say the same, with how many more there are."""
    by_message: defaultdict[str, list[str]] = defaultdict(list)
    for finding in findings:
        by_message[finding.message].append(finding.address)
    for message, addresses in by_message.items():
        others = f" (and {len(addresses) - 1} more)" if len(addresses) > 1 else ""
        yield Finding(addresses[0], f"{message}{others}")
