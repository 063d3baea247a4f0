"""Checking the site where it is put up: a host that does all as it should, and what each fault is answered with."""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Callable, Mapping

import pytest

import check_links
import planted
from loopback import Asked, Said
from planted import FILES, PUBLISHED, ROOT, Fault, on
from publish import hosting, live
from publish.crawl import Client, Limits

DECLARED = planted.policy()
KEPT = "public, max-age=31536000, immutable"
AS_BUILT = "put up the whole site as it was built"
LIST = "docs/addresses.txt"
MAIN = "assets/main.0123456789"


def found(
    fault: Fault | None = None,
    files: Mapping[str, str] = FILES,
    *,
    published: tuple[str, ...] = PUBLISHED,
    is_plain: bool = False,
    limits: Limits | None = None,
) -> list[str]:
    """Return what the check finds, with the addresses at which it shows from the site's root."""
    with planted.standing(fault, files) as at:
        client = Client(ROOT, at, limits or Limits(seconds=5))
        report = live.check(client, ROOT, published, is_plain)
        client.close()
    return [str(each).removeprefix(ROOT) for each in report.findings]


def without(path: str) -> dict[str, str]:
    assert path in FILES
    return {other: text for other, text in FILES.items() if other != path}


def changed(path: str, old: str, new: str) -> dict[str, str]:
    assert old in FILES[path]
    return {**FILES, path: FILES[path].replace(old, new)}


def astray(link: str, what: str, by: str, more: int = 0) -> str:
    """Return how a link that leads to nothing is answered; `by` names who leads there, and how many more do."""
    by = by if by == LIST else ROOT + by
    return f"{link}: {what}, though {by} {f'and {more} more lead' if more else 'leads'} there; {AS_BUILT}"


def test_a_site_that_is_as_it_should_be_has_nothing_wrong() -> None:
    with planted.standing() as at:
        client = Client(ROOT, at)
        report = live.check(client, ROOT, PUBLISHED)
        client.close()
    assert report.findings == ()
    assert (report.pages, report.files) == (4, len(FILES) - 4)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (without("b/"), [astray("b/", "answers 404", LIST, 1)]),
        (without("data/p1.bib"), [astray("data/p1.bib", "answers 404", LIST, 1)]),
        (without("card.png"), [astray("card.png", "answers 404", "", 2)]),
        (without("a/x.png"), [astray("a/x.png", "answers 404", "a/")]),
        (without("search.json"), [astray("search.json", "answers 404", "", 2)]),
        (without("search-a.json"), [astray("search-a.json", "answers 404", "search.json")]),
        (
            without("assets/search.0123456789.js"),
            [astray("assets/search.0123456789.js", "answers 404", f"{MAIN}.js")],
        ),
        (without("assets/dot.0123456789.svg"), [astray("assets/dot.0123456789.svg", "answers 404", f"{MAIN}.css")]),
        (without("robots.txt"), [f"robots.txt: answers 404; {AS_BUILT}"]),
        (
            without("sitemap.xml"),
            [astray("sitemap.xml", "answers 404", "robots.txt"), f"sitemap.xml: answers 404; {AS_BUILT}"],
        ),
        (changed("sitemap.xml", "a&#47;", "c&#47;"), [astray("c/", "answers 404", "sitemap.xml")]),
        (
            changed("b/", 'id="p2"', 'id="p3"'),
            [astray("b/#p2", f"leads to a place that {ROOT}b/ has not", LIST, 1)],
        ),
        (
            changed("moved/", "../a/", "../c/"),
            [
                astray("c/", "answers 404", "moved/"),
                astray("moved/", f"leads to {ROOT}c/, which answers 404", LIST, 1),
            ],
        ),
        (
            changed("a/", ROOT, "https://other.example/"),
            [f"a/: says that its site is at https://other.example/; build with SITE_URL={ROOT}"],
        ),
    ],
)
def test_what_is_missing_or_astray_is_found(files: Mapping[str, str], expected: list[str]) -> None:
    assert found(files=files) == expected


def there(path: str, change: Callable[[Said], Said]) -> Fault:
    """Return a fault in the answer to who asks for a file or a page."""
    return lambda asked, said: change(said) if asked.path == path and said.status == 200 else said


def missing(change: Callable[[Said], Said]) -> Fault:
    """Return a fault in the answer to who asks for what is missing."""
    return lambda _, said: change(said) if said.status == 404 else said


FAULTS: dict[str, tuple[Fault, list[str]]] = {
    "a redirect into nothing": (
        on("old/", lambda _, said: said.sent(location="/statement/c/")),
        [
            astray("c/", "answers 404", "old/"),
            astray("old/", f"leads to {ROOT}c/, which answers 404", LIST),
        ],
    ),
    "a redirect that goes round": (
        on("old/", lambda _, said: said.sent(location="/statement/old/")),
        [astray("old/", "leads on more than 5 times", LIST, 1)],
    ),
    "a redirect out of the site": (
        on("old/", lambda _, said: said.sent(location="https://other.example/a/")),
        [astray("old/", "leads out of the site, to https://other.example/a/", LIST)],
    ),
    "no answer": (
        on("a/x.png", lambda *_: None),
        [astray("a/x.png", "gives no answer (Remote end closed connection without response)", "a/")],
    ),
    "an answer that is cut off": (
        there("a/x.png", lambda said: said.sent(content_length="10", connection="close")),
        [astray("a/x.png", "gives no answer (cut off 7 bytes before its end)", "a/")],
    ),
    "a small form that is cut off": (
        there("search-a.json", lambda said: Said(200, said.headers, said.body[:-1])),
        [astray("search-a.json", "gives no answer (more than 20,000,000 bytes, or cut off)", "search.json")],
    ),
    "what is missing is there, as single-page applications have it": (
        missing(lambda said: said.but(status=200)),
        [f"{path}: is missing and answers 200; let the host answer 404" for path in sorted(live.MISSING)],
    ),
    "what is missing has a page of the host's own": (
        missing(lambda said: said.but(body=b"<title>404 Not Found</title>")),
        [
            f"{path}: is missing, and the host answers with a page of its own; let it send 404.html"
            for path in sorted(live.MISSING)
        ],
    ),
    "what is missing among the assets is kept": (
        on(live.MISSING[2], lambda _, said: said.sent(cache_control=KEPT)),
        [f"{live.MISSING[2]}: is missing, and may be kept as such for long; let caching rules leave out 404"],
    ),
    "no policy": (
        lambda _, said: said.sent(content_security_policy=None),
        [
            (
                ": is sent without Content-Security-Policy; "
                f"let the host send Content-Security-Policy: {DECLARED} (and {len(FILES) + 3} more)"
            )
        ],
    ),
    "a weak policy on one page": (
        there("a/", lambda said: said.sent(content_security_policy="default-src *")),
        [f"a/: is sent with Content-Security-Policy: default-src *; it should be {DECLARED}"],
    ),
    "types guessed": (
        there("data/p1.bib", lambda said: said.sent(x_content_type_options=None)),
        ["data/p1.bib: is sent without X-Content-Type-Options; let the host send X-Content-Type-Options: nosniff"],
    ),
    "a header with two values": (
        there("a/", lambda said: said.sent(referrer_policy="no-referrer, origin")),
        ["a/: is sent with Referrer-Policy: no-referrer, origin; it should be no-referrer"],
    ),
    "a script that is asked for each time": (
        there(f"{MAIN}.js", lambda said: said.sent(cache_control="public, max-age=600")),
        [f"{MAIN}.js: is sent with Cache-Control: public, max-age=600; it may be kept for good: {KEPT}"],
    ),
    "a page that is kept": (
        there("b/", lambda said: said.sent(cache_control="max-age=600")),
        ["b/: is sent with Cache-Control: max-age=600; it has to be asked for: no-cache"],
    ),
    "a page of which nothing is said": (
        there("b/", lambda said: said.sent(cache_control=None)),
        ["b/: is sent with Cache-Control: nothing; it has to be asked for: no-cache"],
    ),
    "a script as text": (
        there(f"{MAIN}.js", lambda said: said.sent(content_type="text/plain; charset=utf-8")),
        [f"{MAIN}.js: is sent as text/plain; charset=utf-8; it should be text/javascript; charset=utf-8"],
    ),
    "data as bytes": (
        there("data/p1.bib", lambda said: said.sent(content_type=None)),
        ["data/p1.bib: is sent as no type; it should be application/x-bibtex; charset=utf-8"],
    ),
    "a page in another encoding": (
        there("a/", lambda said: said.sent(content_type="text/html; charset=gbk")),
        ["a/: is sent as text/html; charset=gbk; it should be text/html; charset=utf-8"],
    ),
    "nothing compressed": (
        lambda asked, _: planted.host(FILES)(Asked(asked.method, asked.path, "", asked.etag)),
        [
            (
                ": is not compressed, though br and gzip were asked for; let the host send the .br or .gz beside it "
                "(and 4 more)"
            )
        ],
    ),
    "a small form for everyone": (
        on(
            "",
            lambda asked, said: (
                said
                if asked.encoding
                else Said(said.status, {**said.headers, "Content-Encoding": "gzip"}, gzip.compress(said.body))
            ),
        ),
        [": is compressed even for who cannot read that; let the host heed Accept-Encoding"],
    ),
    "a small form of another build": (
        on("", lambda asked, said: said if asked.encoding else said.but(body=said.body.replace(b"h", b"H", 1))),
        [": is another text when it is compressed; put up the .br and .gz of the same build"],
    ),
    "a small form that caches mix up": (
        there(f"{MAIN}.css", lambda said: said.sent(vary=None)),
        [
            (
                f"{MAIN}.css: is sent compressed without Vary: Accept-Encoding, so that caches may give it to others; "
                "add that"
            )
        ],
    ),
    "a page without its slash": (
        on("a", lambda *_: Said(200, {})),
        ["a: answers 200; let the host send readers on to the address that ends in a slash"],
    ),
    "no HEAD": (
        lambda asked, said: said.but(status=405) if asked.method == "HEAD" else said,
        [": answers 405 to HEAD, which is answered as GET is, without the page"],
    ),
    "everything sent again": (
        lambda asked, said: planted.host(FILES)(Asked("GET", asked.path, "br")) if asked.etag else said,
        [
            f"{path}: answers 200 to who has it already; let the host compare If-None-Match"
            for path in ("", f"{MAIN}.js", "search.json")
        ],
    ),
    "a script that the host adds": (
        there("b/", lambda said: said.but(body=b'<p id="p2">\n<script src="//count.example/x.js"></script>')),
        ["b/: line 2: loads //count.example/x.js from elsewhere; put it into the site"],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_the_host_is_found(name: str) -> None:
    fault, expected = FAULTS[name]
    assert found(fault) == expected


def test_what_a_host_that_sends_no_headers_of_ours_lacks_is_no_fault() -> None:
    """GitHub Pages lets everything be kept for ten minutes, and knows some types otherwise."""

    def plain(asked: Asked, said: Said) -> Said:
        kept = said.sent(
            **{name.replace("-", "_"): None for name in (hosting.POLICY, *hosting.HEADERS)}, cache_control="max-age=600"
        )
        kept = kept.sent(content_type="application/octet-stream") if asked.path.endswith(".bib") else kept
        kept = kept.sent(content_type="application/javascript") if asked.path.endswith(".js") and said.body else kept
        return kept if said.status in (200, 304) else said

    assert len(found(plain)) > 5
    assert found(plain, is_plain=True) == []
    assert found(there("a/", lambda said: said.sent(content_type="text/plain")), is_plain=True) != []


def test_a_host_that_is_busy_is_asked_again() -> None:
    times = itertools.count()

    def busy(_: Asked, said: Said) -> Said:
        return said if next(times) else Said(503, {"Retry-After": "0"})

    assert found(busy) == []
    assert found(on("", lambda *_: Said(503, {"Retry-After": "0"}))) == [
        ": answers 503; check the address, and whether the site is there"
    ]


def test_no_more_is_asked_for_than_is_allowed() -> None:
    asked: list[str] = []

    def counted(question: Asked, said: Said) -> Said:
        asked.append(question.path)
        return said

    lines = found(counted, limits=Limits(addresses=6))
    assert ": has more than 6 addresses; only these were looked at" in lines
    assert all(line == ": has more than 6 addresses; only these were looked at" for line in lines)
    assert len(asked) < 6 + len(live.MISSING) + 10


def test_what_is_larger_than_is_allowed_is_not_read() -> None:
    lines = found(there("a/x.png", lambda said: said.but(body=b"x" * 9_000)), limits=Limits(size=8_000))
    assert lines == [astray("a/x.png", "gives no answer (more than 8,000 bytes)", "a/")]


def test_a_page_for_what_is_missing_that_takes_the_site_to_be_elsewhere_is_found() -> None:
    elsewhere = planted.MISSING.replace("/statement/a/", "/a/").encode()
    lines = found(missing(lambda said: said.but(body=elsewhere)))
    assert lines == [
        f"{path}: its page leads to http://host.example/a/, out of the site; build with SITE_URL={ROOT}"
        for path in sorted(live.MISSING)
    ]
    gone = planted.MISSING.replace("/statement/a/", "/statement/c/").encode()
    (line,) = found(missing(lambda said: said.but(body=gone)))
    assert line.startswith("c/: answers 404, though ")


def test_home_that_is_not_there_or_leads_elsewhere_is_all_that_is_said() -> None:
    assert found(on("", lambda *_: Said(404, {}))) == [
        ": answers 404; check the address, and whether the site is there"
    ]
    assert found(on("", lambda *_: Said(301, {"Location": "https://host.example/statement/"}))) == [
        ": leads to https://host.example/statement/; check that address"
    ]


def test_every_problem_is_a_line_and_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    with planted.standing(files=without("b/")) as (name, port):
        assert check_links.main([ROOT[:-1], "--connect", f"{name}:{port}"]) == 1
    said = capsys.readouterr()
    lines = said.err.splitlines()
    assert len(lines) > 100
    assert all(line.startswith(ROOT) and "; " in line for line in lines), "the real list of addresses is asked for"
    assert said.out == f"{ROOT}: 2 pages and 10 other files, {len(lines)} wrong\n"


def test_a_host_that_is_not_there_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with planted.standing() as (name, port):
        pass
    assert check_links.main([ROOT, "--connect", f"{name}:{port}"]) == 1
    assert capsys.readouterr().err == (
        f"{ROOT}: gives no answer (Connection refused); check the address, and whether the site is there\n"
    )


@pytest.mark.parametrize("arguments", [["example.org"], ["ftp://example.org/"], [ROOT, "--connect", "name"], []])
def test_an_address_that_is_none_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        check_links.main(arguments)
    assert stopped.value.code == 2
    assert "Traceback" not in capsys.readouterr().err
