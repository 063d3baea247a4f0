"""Palette: turn Material's `theme.palette` into colours for docs/assets/statement.css, checked against WCAG 2.2."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from statement.errors import Key

from .refusals import ROWS

Complain = Callable[[tuple[Key, ...], str], None]
"""Reports a problem: the keys below `theme.palette`, and the message."""

COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "red": "#ef5552",
        "pink": "#e92063",
        "purple": "#ab47bd",
        "deep purple": "#7e56c2",
        "indigo": "#4051b5",
        "blue": "#2094f3",
        "light blue": "#02a6f2",
        "cyan": "#00bdd6",
        "teal": "#009485",
        "green": "#4cae4f",
        "light green": "#8bc34b",
        "lime": "#cbdc38",
        "yellow": "#ffec3d",
        "amber": "#ffc105",
        "orange": "#ffa724",
        "deep orange": "#ff6e42",
        "brown": "#795649",
        "grey": "#757575",
        "blue grey": "#546d78",
        "black": "#14151a",
        "white": "#ffffff",
    }
)
"""Material's values for `primary`. Its `accent` values are too light for links on any light background."""

SCHEMES = ("light", "dark")

BACKGROUNDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "light": {"paper": "#fcfbf8", "panel": "#f4f1ea", "wash": "#fbebe3"},
        "dark": {"paper": "#181715", "panel": "#23211e", "wash": "#3a221c"},
    }
)
"""The backgrounds that links appear on in the stylesheet."""

DEFAULTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "light": {
            "accent": "#9c2118",
            "fill": "#9c2118",
            "on-fill": "#fff",
            "current": "#9c2118",
            "on-current": "#fff",
        },
        "dark": {
            "accent": "#f29079",
            "fill": "#a93428",
            "on-fill": "#fff",
            "current": "#f29079",
            "on-current": "#181715",
        },
    }
)
"""The stylesheet's default colours."""

TEXT_CONTRAST = 4.5
"""Minimum contrast of text (WCAG 2.2, 1.4.3)."""

PART_CONTRAST = 3.0
"""Minimum contrast of non-text elements (WCAG 2.2, 1.4.11)."""

_MATERIAL_SCHEMES = {"default": "light", "slate": "dark"}
_MEDIA = {
    "(prefers-color-scheme)": "",
    "(prefers-color-scheme: light)": "light",
    "(prefers-color-scheme: dark)": "dark",
}
_KEYS = ("scheme", "primary", "accent", "media")


@dataclass(frozen=True)
class Palette:
    """CSS to load after statement.css, and the available schemes (`light`, `dark`); one means no toggle."""

    css: str
    schemes: tuple[str, ...]


@dataclass(frozen=True)
class _Entry:
    """One of Material's palettes: its colours by name, and the schemes it applies to."""

    place: tuple[Key, ...]
    primary: str
    accent: str
    schemes: tuple[str, ...]


def read(given: object, complain: Complain) -> Palette | None:
    """Return the palette described by `theme.palette`, or None after reporting what is unsupported to `complain`."""
    complaints: list[tuple[Key, ...]] = []

    def note(keys: tuple[Key, ...], message: str) -> None:
        complaints.append(keys)
        complain(keys, message)

    entries = tuple(_entries(given, note))
    _complain_of_second(entries, note)
    for entry in entries:
        _complain_of_contrast(entry, note)
    return None if complaints or not entries else _palette(entries)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours such as `#fff` or `#9c2118` (WCAG 2.2, definition of contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, backgrounds: Sequence[str], needed: float) -> str:
    """Return a colour mixed with just enough white for the required contrast on each of some dark backgrounds."""
    steps = (_with_white(colour, percent) for percent in range(101))
    return next(step for step in steps if _least(step, backgrounds) >= needed)


def _entries(given: object, complain: Complain) -> Iterator[_Entry]:
    if isinstance(given, dict):
        yield from _entry(given, (), complain)
    elif isinstance(given, list) and given:
        for index, each in enumerate(given):
            if isinstance(each, dict):
                yield from _entry(each, (index,), complain)
            else:
                complain((index,), "has to be a mapping; write `primary: indigo` or the like")
    else:
        complain((), "has to be a mapping or a list of them; write `primary: indigo` or the like below it")


def _entry(given: Mapping[object, object], place: tuple[Key, ...], complain: Complain) -> Iterator[_Entry]:
    for key in given:
        if key not in _KEYS:
            row = ROWS.get(f"theme.palette.{key}")
            message = f"{row.reason}; {row.instead}" if row else f"nothing reads it; use {', '.join(_KEYS)}"
            complain((*place, str(key)), message)
    scheme = _choice(given, "scheme", _MATERIAL_SCHEMES, place, complain)
    media = _choice(given, "media", _MEDIA, place, complain)
    for_scheme, for_media = _MATERIAL_SCHEMES.get(scheme, ""), _MEDIA.get(media, "")
    if for_scheme and for_media and for_scheme != for_media:
        opposite = next(name for name, which in _MATERIAL_SCHEMES.items() if which == for_media)
        complain((*place, "media"), f"the scheme {scheme} is not for readers who prefer {for_media}; use {opposite}")
    primary, accent = (_colour(given, key, place, complain) for key in ("primary", "accent"))
    wanted = for_scheme or for_media
    # An entry that leaves the choice to the system applies to both schemes.
    yield _Entry(place, primary, accent, (wanted,) if wanted else SCHEMES)


def _choice(
    given: Mapping[object, object], key: str, known: Mapping[str, str], place: tuple[Key, ...], complain: Complain
) -> str:
    value = given.get(key)
    if value is None:
        return ""
    if isinstance(value, str) and value in known:
        return value
    remedy = "a scheme of your own goes into a file of extra_css, use here " if key == "scheme" else "use "
    complain((*place, key), f"{value!r} is not known; {remedy}{' or '.join(known)}")
    return ""


def _colour(given: Mapping[object, object], key: str, place: tuple[Key, ...], complain: Complain) -> str:
    """Return a colour name with spaces; Material also accepts hyphens."""
    value = given.get(key)
    if value is None:
        return ""
    name = value.replace("-", " ") if isinstance(value, str) else ""
    if name in COLOURS:
        return name
    if name == "custom":
        complain((*place, key), "a colour of your own has no name; set --accent and --fill in a file of extra_css")
    else:
        near = difflib.get_close_matches(name.lower(), COLOURS, 1)
        remedy = near[0] if near else "one such as indigo"
        complain((*place, key), f"{value!r} is no colour of Material's; use {remedy}")
    return ""


def _complain_of_second(entries: Sequence[_Entry], complain: Complain) -> None:
    """Report a second entry for a scheme; an entry for both schemes may accompany others if it has no colours."""
    own = [entry for entry in entries if len(entry.schemes) == 1 or entry.primary or entry.accent]
    taken: set[str] = set()
    for entry in own:
        if again := taken.intersection(entry.schemes):
            complain(entry.place, f"the {min(again)} scheme has a palette already; keep one of them")
        taken.update(entry.schemes)


def _complain_of_contrast(entry: _Entry, complain: Complain) -> None:
    """Report a colour that is illegible for links in the light scheme; dark-scheme colours are lightened instead."""
    key = "accent" if entry.accent else "primary"
    name = entry.accent or entry.primary
    papers = tuple(BACKGROUNDS["light"].values())
    if not name or "light" not in entry.schemes or _least(COLOURS[name], papers) >= TEXT_CONTRAST:
        return
    found = int(_least(COLOURS[name], papers) * 100) / 100
    near = min(readable(), key=lambda other: _distance(COLOURS[name], COLOURS[other]))
    remedy = f"use {near}" if entry.accent else f"use {near}, or keep it and add `accent: {near}`"
    complain(
        (*entry.place, key),
        f"links in {name} have a contrast of {found:.2f}:1 on the light page and need {TEXT_CONTRAST}:1; {remedy}",
    )


def readable() -> tuple[str, ...]:
    """Return the names of the colours that are legible for links on the light page."""
    papers = tuple(BACKGROUNDS["light"].values())
    return tuple(name for name, colour in COLOURS.items() if _least(colour, papers) >= TEXT_CONTRAST)


def _palette(entries: Sequence[_Entry]) -> Palette:
    schemes = tuple(scheme for scheme in SCHEMES if any(scheme in entry.schemes for entry in entries))
    values = {scheme: {**DEFAULTS[scheme], **_colours_for(scheme, entries)} for scheme in schemes}
    changed = any(entry.primary or entry.accent for entry in entries)
    return Palette(_css(values, changed), schemes)


def _colours_for(scheme: str, entries: Sequence[_Entry]) -> dict[str, str]:
    """Return the custom properties set by the entries for a scheme."""
    chosen = [entry for entry in entries if scheme in entry.schemes and (entry.primary or entry.accent)]
    made: dict[str, str] = {}
    for entry in chosen:
        if entry.primary:
            made["fill"] = _shade(COLOURS[entry.primary], scheme, ("paper",), PART_CONTRAST)
            made["on-fill"] = _on(made["fill"])
        link = _shade(COLOURS[entry.accent or entry.primary], scheme, ("paper", "panel", "wash"), TEXT_CONTRAST)
        made |= {"accent": link, "current": link, "on-current": _on(link)}
    return made


def _shade(colour: str, scheme: str, on: Sequence[str], needed: float) -> str:
    if scheme == "light":
        return colour
    return mixed(colour, [BACKGROUNDS[scheme][name] for name in on], needed)


def _css(values: Mapping[str, Mapping[str, str]], changed: bool) -> str:
    """Return the CSS rules, for screens only: print stays black on white."""
    rules = []
    if len(values) == 1:
        # Overrides a choice the reader made while both schemes were available.
        (scheme,) = values
        switch = "--light: initial; --dark: ;" if scheme == "light" else "--light: ; --dark: initial;"
        rules.append(f":root, :root[data-scheme] {{ color-scheme: {scheme}; {switch} }}")
    if changed:
        names = next(iter(values.values()))
        rules.append(_rule({name: _light_dark([each[name] for each in values.values()]) for name in names}))
    return "@media screen {\n" + "\n".join(rules) + "\n}\n" if rules else ""


def _rule(properties: Mapping[str, str]) -> str:
    lines = "".join(f"  --{name}: {value};\n" for name, value in properties.items())
    return f":root {{\n{lines}}}"


def _light_dark(colours: Sequence[str]) -> str:
    """Return a value that picks the colour of the current scheme, in the stylesheet's notation."""
    return f"var(--light, {colours[0]}) var(--dark, {colours[1]})" if len(colours) > 1 else colours[0]


def _on(fill: str) -> str:
    """Return white if text in it is legible on a colour, else black, which then is."""
    return "#fff" if contrast("#fff", fill) >= TEXT_CONTRAST else "#000"


def _least(colour: str, backgrounds: Sequence[str]) -> float:
    return min(contrast(colour, background) for background in backgrounds)


def _channels(colour: str) -> tuple[int, ...]:
    """Return red, green and blue from 0 to 255."""
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return tuple(bytes.fromhex(digits))


def _luminance(colour: str) -> float:
    parts = (channel / 255 for channel in _channels(colour))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _with_white(colour: str, percent: int) -> str:
    mixed_channels = (round(channel + (255 - channel) * percent / 100) for channel in _channels(colour))
    return "#" + bytes(mixed_channels).hex()


def _distance(one: str, other: str) -> int:
    return sum((a - b) ** 2 for a, b in zip(_channels(one), _channels(other), strict=True))
