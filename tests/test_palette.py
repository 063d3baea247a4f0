"""The palette: Material's colours where people can read in them, and a problem where they cannot."""

from __future__ import annotations

import re
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import support
from publish import palette
from publish.palette import BACKGROUNDS, COLOURS, DEFAULTS, Palette

STYLESHEET = (support.ROOT / "docs" / "assets" / "statement.css").read_text("utf-8")
LINKS = ("black", "blue grey", "brown", "deep purple", "indigo")


def read(value: object) -> tuple[Palette | None, list[tuple[tuple[Any, ...], str]]]:
    complaints: list[tuple[tuple[Any, ...], str]] = []
    made = palette.read(value, lambda keys, message: complaints.append((keys, message)))
    assert (made is None) == bool(complaints)
    return made, complaints


def css_of(value: object) -> str:
    made, complaints = read(value)
    assert made, complaints
    return made.css


def value_of(css: str, name: str, scheme: str) -> str:
    """Return a property in a scheme."""
    found = re.findall(rf"--{name}: (?:var\(--light, (\S+)\) var\(--dark, (\S+)\)|(#\w+));", css)[-1]
    return str(found[2] or found[scheme == "dark"])


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#fff", "#000", 21), ("#777777", "#ffffff", 4.48), ("#9c2118", "#fcfbf8", 7.67), ("#0ff", "#00ffff", 1)],
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, ratio: float) -> None:
    assert palette.contrast(one, other) == palette.contrast(other, one) == pytest.approx(ratio, abs=0.01)


def test_the_colours_are_those_of_the_stylesheet() -> None:
    for scheme in palette.SCHEMES:
        for name, colour in {**BACKGROUNDS[scheme], **DEFAULTS[scheme]}.items():
            root = STYLESHEET[: STYLESHEET.index("@media")]
            assert value_of(root, name, scheme) == colour, (scheme, name)


def test_the_named_colours_are_those_of_the_theme() -> None:
    with resources.as_file(resources.files("material") / "templates/assets/stylesheets") as folder:
        (path,) = folder.glob("palette.*.css")
        css = path.read_text("utf-8")
    theirs = re.findall(r"data-md-color-primary=([a-z-]+)\]\{--md-primary-fg-color:(#\w+)", css)
    assert len(theirs) > 15
    assert {name.replace("-", " "): colour for name, colour in theirs}.items() <= COLOURS.items()
    named = {name.replace("-", " ") for name in re.findall(r"data-md-color-primary=([a-z-]+)", css)}
    assert named - {"indigo"} <= COLOURS.keys()


def test_no_palette_and_one_without_colours_change_none() -> None:
    assert read({})[0] == Palette("", ("light", "dark"))
    assert css_of([{"scheme": "default"}, {"scheme": "slate"}]) == ""


def test_a_primary_colour_is_that_of_surfaces_and_links_in_both_schemes() -> None:
    css = css_of({"primary": "indigo"})
    assert css.startswith("@media screen {\n:root {\n  --accent: var(--light, #4051b5) var(--dark, #")
    assert value_of(css, "accent", "light") == value_of(css, "current", "light") == "#4051b5"
    assert value_of(css, "fill", "dark") != value_of(css, "accent", "dark") != "#4051b5"


def test_an_accent_is_that_of_links_and_leaves_surfaces_alone() -> None:
    css = css_of({"primary": "teal", "accent": "deep-purple"})
    assert (value_of(css, "fill", "light"), value_of(css, "accent", "light")) == ("#009485", "#7e56c2")
    assert value_of(css, "on-fill", "light") == "#000"
    css = css_of({"accent": "deep purple"})
    assert (value_of(css, "fill", "light"), value_of(css, "on-fill", "dark")) == ("#9c2118", "#fff")


def test_each_scheme_has_its_own_colours() -> None:
    css = css_of([{"scheme": "default", "primary": "brown"}, {"scheme": "slate", "primary": "amber"}])
    assert (value_of(css, "accent", "light"), value_of(css, "accent", "dark")) == ("#795649", "#ffc105")
    css = css_of([{"scheme": "default"}, {"scheme": "slate", "primary": "amber"}])
    assert value_of(css, "accent", "light") == DEFAULTS["light"]["accent"]


@pytest.mark.parametrize(("scheme", "name"), [("default", "light"), ("slate", "dark")])
def test_one_scheme_is_the_only_one_whatever_a_reader_chose_before(scheme: str, name: str) -> None:
    made, _ = read({"scheme": scheme, "accent": "indigo"})
    assert made
    assert made.schemes == (name,)
    assert f":root, :root[data-scheme] {{ color-scheme: {name}; --light: " in made.css
    assert "var(" not in made.css


def test_the_three_palettes_that_material_recommends_give_both_schemes() -> None:
    made, _ = read(
        [
            {"media": "(prefers-color-scheme)"},
            {"media": "(prefers-color-scheme: light)", "scheme": "default", "primary": "indigo"},
            {"media": "(prefers-color-scheme: dark)", "scheme": "slate", "primary": "teal"},
        ]
    )
    assert made
    assert made.schemes == ("light", "dark")


@pytest.mark.parametrize("primary", COLOURS)
@pytest.mark.parametrize("accent", LINKS)
def test_every_palette_that_is_taken_can_be_read(primary: str, accent: str) -> None:
    css = css_of({"primary": primary, "accent": accent})
    for scheme in palette.SCHEMES:
        colours = {name: value_of(css, name, scheme) for name in DEFAULTS[scheme]}
        for background in BACKGROUNDS[scheme].values():
            assert palette.contrast(colours["accent"], background) >= 4.5
        assert palette.contrast(colours["fill"], colours["on-fill"]) >= 4.5
        assert palette.contrast(colours["current"], colours["on-current"]) >= 4.5
    assert palette.contrast(value_of(css, "fill", "dark"), BACKGROUNDS["dark"]["paper"]) >= 3


@given(colour=st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"))
def test_text_can_be_read_on_any_colour_and_any_colour_in_the_dark(colour: str) -> None:
    assert palette.contrast(palette._on(colour), colour) >= 4.5
    papers = tuple(BACKGROUNDS["dark"].values())
    made = palette.mixed(colour, papers, 4.5)
    assert min(palette.contrast(made, paper) for paper in papers) >= 4.5


def test_links_can_have_the_colours_that_are_dark_enough_on_the_light_page() -> None:
    assert sorted(palette.readable()) == list(LINKS)


@pytest.mark.parametrize("name", sorted(COLOURS.keys() - set(LINKS)))
@pytest.mark.parametrize("key", ["primary", "accent"])
def test_a_colour_that_links_cannot_be_read_in_is_a_problem_with_numbers_and_a_colour_that_passes(
    name: str, key: str
) -> None:
    _, ((keys, message),) = read([{"scheme": "default", key: name}])
    assert keys == (0, key)
    found = re.fullmatch(
        rf"links in {name} have a contrast of ([\d.]+):1 on the light page and need 4\.5:1; use ([a-z ]+)"
        r"(, or keep it and add `accent: \2`)?",
        message,
    )
    assert found, message
    assert float(found[1]) < 4.5
    assert found[2] in LINKS
    assert bool(found[3]) == (key == "primary")
    assert read({"scheme": "slate", key: name})[0]


def test_the_ratio_is_never_rounded_up_to_what_is_needed() -> None:
    assert read({"accent": "teal"})[1] == [
        (
            ("accent",),
            "links in teal have a contrast of 3.24:1 on the light page and need 4.5:1; use blue grey",
        )
    ]


@pytest.mark.parametrize(
    ("value", "keys", "message"),
    [
        ({"primary": "custom"}, ("primary",), "a colour of your own has no name; set --accent and --fill in a file"),
        ({"accent": "indgo"}, ("accent",), "'indgo' is no colour of Material's; use indigo"),
        ({"primary": 3}, ("primary",), "3 is no colour of Material's; use one such as indigo"),
        ({"scheme": "mine"}, ("scheme",), "'mine' is not known; a scheme of your own goes into a file of extra_css"),
        ({"media": "print"}, ("media",), "'print' is not known; use (prefers-color-scheme) or"),
        ({"toggle": {}}, ("toggle",), "the scheme button has words of its own in each script; remove it"),
        ({"hue": 1}, ("hue",), "nothing reads it; use scheme, primary, accent, media"),
        (
            {"media": "(prefers-color-scheme: dark)", "scheme": "default"},
            ("media",),
            "the scheme default is not for readers who prefer dark; use slate",
        ),
        ([{"primary": "indigo"}, {"scheme": "slate"}], (1,), "the dark scheme has a palette already; keep one of them"),
        ([{"scheme": "slate"}, "slate"], (1,), "has to be a mapping; write `primary: indigo` or the like"),
        ([], (), "has to be a mapping or a list of them; write"),
        ("indigo", (), "has to be a mapping or a list of them; write"),
    ],
)
def test_what_cannot_be_had_is_a_problem_at_its_key(value: object, keys: tuple[Any, ...], message: str) -> None:
    _, ((found, said),) = read(value)
    assert found == keys
    assert said.startswith(message)
