"""The policy: exactly what the pages need, and a problem for whatever leaves the site or runs from an attribute."""

from __future__ import annotations

import pytest

from publish.built import read
from publish.policy import content_security_policy, policies
from statement.errors import InputError

STRICT = (
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'"
)


def policy(pages: dict[str, str]) -> str:
    return content_security_policy(read(pages))


def test_a_page_that_loads_nothing_is_allowed_nothing() -> None:
    assert policy({"a.html": "<p>文</p>"}) == f"default-src 'none'; {STRICT}"


def test_what_pages_load_from_the_site_is_allowed_by_kind() -> None:
    page = '<link rel="stylesheet" href="../a.css"><script src="b.js"></script><link rel="icon" href="/i.svg">'
    assert policy({"a.html": page}) == (
        f"default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; {STRICT}"
    )


def test_what_our_scripts_fetch_is_allowed_if_it_is_the_sites_own() -> None:
    page = '<div data-fetch-text="../search.json"></div>'
    assert "connect-src 'self';" in policy({"a.html": page})
    with pytest.raises(InputError, match="elsewhere"):
        policy({"a.html": page.replace("../", "https://example.org/")})


def test_an_inline_script_is_allowed_by_its_hash_and_data_is_no_script() -> None:
    page = '<script>alert(1)</script><script type="application/ld+json">{}</script>'
    digest = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
    assert f"script-src {digest};" in policy({"a.html": page})
    other = policy({"a.html": page.replace("alert(1)", "alert(2)")})
    assert "script-src 'sha256-" in other
    assert digest not in other


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ('<script src="https://cdn.example/x.js"></script>', "loads https://cdn.example/x.js from elsewhere"),
        ('<link rel="stylesheet" href="//fonts.example/x.css">', "loads //fonts.example/x.css from elsewhere"),
        ('<img srcset="a.png 1x, https://example.org/b.png 2x">', "loads https://example.org/b.png from elsewhere"),
        ('<p onclick="x()">文</p>', "onclick of <p> is code or style in an attribute"),
        ('<p style="color:red">文</p>', "style of <p> is code or style in an attribute"),
        ('<a href="javascript:x()">文</a>', "href of <a> is code or style in an attribute"),
    ],
)
def test_what_no_strict_policy_allows_is_a_problem_with_its_place(html: str, message: str) -> None:
    with pytest.raises(InputError) as raised:
        policy({"x/a.html": f"<p>文</p>\n  {html}"})
    (problem,) = raised.value.problems
    assert str(problem).startswith(f"x/a.html:2:3: {message}")


def test_a_link_that_is_only_followed_is_free_to_lead_anywhere() -> None:
    page = '<a href="https://example.org/">文</a><link rel="canonical" href="https://example.org/">'
    assert "example" not in policy({"a.html": page})


def test_a_worker_is_allowed_and_one_way_to_start_it() -> None:
    found = policy({"a.html": '<body data-worker="../worker.js">'})
    always = STRICT.replace("trusted-types 'none'", "trusted-types worker")
    assert found == f"default-src 'none'; worker-src 'self'; {always}"
    with pytest.raises(InputError, match="elsewhere"):
        policy({"a.html": '<body data-worker="https://example.org/worker.js">'})


def test_pages_for_frames_and_all_others_are_allowed_what_each_needs() -> None:
    found = policies(read({"7/index.html": '<script src="a.js"></script>', "embed/7/index.html": '<img src="a.png">'}))
    assert found.site == f"default-src 'none'; script-src 'self'; {STRICT}"
    always = STRICT.replace("frame-ancestors 'none'; ", "")
    assert found.framed == f"default-src 'none'; img-src 'self'; {always}"
    with pytest.raises(InputError, match="elsewhere"):
        policies(read({"embed/7/index.html": '<img src="https://example.org/a.png">'}))
