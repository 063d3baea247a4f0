"""Settings: what mkdocs.yml may contain. Each setting works or is refused with a reason; none is silently ignored."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from statement.errors import InputError, Key, Problem, Source

from . import configuration, readers
from .configuration import Keys
from .palette import Palette
from .readers import Check, Entry, Icons, Reader, Script, Social
from .refusals import FEATURES, FOLDER, REFUSED, ROWS, Refusal

__all__ = ["Entry", "Icons", "Palette", "Script", "Settings", "Social", "read", "read_file", "table"]


@dataclass(frozen=True)
class Settings:
    """The settings in mkdocs.yml; paths are relative to the folder of custom pages."""

    source: Source = field(default_factory=lambda: Source("mkdocs.yml", ""))
    site_url: str = ""
    description: str = ""
    copyright: str = ""
    repo_url: str = ""
    repo_name: str = ""
    edit_uri: str = ""
    extra_css: tuple[str, ...] = ()
    extra_javascript: tuple[Script, ...] = ()
    logo: str = ""
    favicon: str = ""
    icons: Icons = field(default_factory=Icons)
    palette: Palette | None = None
    social: tuple[Social, ...] = ()
    nav: tuple[Entry, ...] = ()

    @property
    def files(self) -> tuple[tuple[Keys, str], ...]:
        """The files named in the settings, with the keys that name them."""
        return (
            *((("extra_css", index), path) for index, path in enumerate(self.extra_css)),
            *((("extra_javascript", index), script.path) for index, script in enumerate(self.extra_javascript)),
            *((("theme", "logo"), path) for path in [self.logo] if path),
            *((("theme", "favicon"), path) for path in [self.favicon] if path),
        )

    def problem(self, keys: Sequence[Key], message: str) -> Problem:
        """Return a problem at a key of mkdocs.yml."""
        return configuration.problem(self.source, configuration.nodes(self.source), keys, message)


FIXED: Mapping[str, object] = {
    "INHERIT": "docs/pages/.site.yml",
    "docs_dir": "docs/pages",
    "site_dir": "site",
    "use_directory_urls": True,
    "theme.name": "material",
    "theme.custom_dir": "docs/theme",
    "theme.font": False,
}
"""Values the build depends on; any other value is refused."""

PASSED = ("markdown_extensions", "validation")
"""Settings that MkDocs reads and checks itself."""

_NEEDED = ("INHERIT", "docs_dir", "theme.name", "theme.custom_dir", "theme.font", "plugins")
"""Required, because MkDocs' defaults for these do not work here."""


@dataclass(frozen=True)
class Honoured:
    """A supported setting: a description, the field of `Settings` it fills, and its reader."""

    about: str
    field: str
    read: Reader


def read(source: Source) -> Settings:
    """Return the settings in mkdocs.yml; raise InputError for every setting that is wrong or would be ignored."""
    try:
        return _read(source)
    except RecursionError:
        message = "nested too deeply, or an alias that holds itself; write out what is meant"
        raise InputError([Problem(source.file, 1, 1, message)]) from None


def read_file(path: Path, shown: str) -> Settings:
    """Return the settings in a file, which messages call `shown`; raise InputError, also if the file cannot be read."""
    try:
        return read(Source(shown, path.read_bytes().decode("utf-8")))
    except UnicodeDecodeError:
        message = "not UTF-8; save the file as UTF-8"
    except OSError as error:
        message = f"cannot be read ({error.strerror}); put the file there"
    raise InputError([Problem(shown, 1, 1, message)])


def table() -> str:
    """Return all settings as a Markdown table: supported ones, those with a fixed value, and refused ones."""
    rows = [(key, each.about) for key, each in HONOURED.items()]
    rows += [(key, "works: MkDocs reads it") for key in PASSED]
    rows += [("plugins", "works, but for those below")]
    rows += [(key, f"has to be `{_yaml(value)}`") for key, value in FIXED.items()]
    rows += [(row.key, f"refused: {row.reason}; {row.instead}") for row in REFUSED]
    return "\n".join(["| setting | what it does |", "| --- | --- |", *(f"| `{key}` | {text} |" for key, text in rows)])


def _read(source: Source) -> Settings:
    root, value = configuration.load(source)
    check = Check(source, root)
    for keys in configuration.repeated(root, (), set()):
        check.add(keys, "is there twice, and only the last counts; keep one")
    given = dict(_flat(check, value))
    values = {}
    for keys, each in given.items():
        name = _name(keys)
        if name in HONOURED:
            values[name] = HONOURED[name].read(check, keys, each)
        elif name in FIXED:
            _check_fixed(check, keys, each)
        elif name == "plugins":
            _check_plugins(check, keys, each)
        elif name == "theme.features" and isinstance(each, list) and each:
            _check_features(check, keys, each)
        elif name not in PASSED:
            _refuse(check, keys)
    _check_missing(check, value, {_name(keys) for keys in given})
    _check_together(check, values)
    if check.problems:
        raise InputError(check.problems)
    return _settings(source, values)


def _flat(check: Check, value: Mapping[Any, Any], above: Keys = ()) -> Iterator[tuple[Keys, Any]]:
    """Yield every setting with its keys; the nested ones in theme, theme.icon and extra are yielded individually."""
    for key, given in value.items():
        keys = (*above, str(key))
        if keys not in (("theme",), ("extra",), ("theme", "icon")):
            yield keys, given
        elif isinstance(given, dict):
            yield from _flat(check, given, keys)
        else:
            check.add(keys, f"has to be a mapping and is {readers.kind(given)}; write its settings below it, indented")


def _check_fixed(check: Check, keys: Keys, given: object) -> None:
    value = FIXED[_name(keys)]
    if type(given) is not type(value) or given != value:
        reason = "nothing is loaded from other hosts" if keys == ("theme", "font") else "the build rests on it"
        check.add(keys, f"has to be {_yaml(value)}, {reason}; put that back")


def _check_plugins(check: Check, keys: Keys, given: object) -> None:
    if not isinstance(given, (list, dict)):
        check.add(keys, f"has to be a list and is {readers.kind(given)}; write [] for none")
        return
    for index, each in enumerate(given):
        is_list = isinstance(given, list)
        place = (*keys, index) if is_list else (*keys, str(each))
        name = next(iter(each), None) if isinstance(each, dict) and len(each) == 1 else each
        if not isinstance(name, str):
            check.add(place, "has to be the name of a plugin, or one name with its options; correct it")
        elif row := ROWS.get(f"plugins.{name.lstrip('/').removeprefix('material/')}"):
            check.refuse((*keys, index, name) if is_list and isinstance(each, dict) else place, _named(row, name))


def _named(row: Refusal, name: str) -> Refusal:
    return Refusal(row.key, f"{name}: {row.reason}", row.instead)


def _check_features(check: Check, keys: Keys, given: Sequence[object]) -> None:
    row = ROWS["theme.features"]
    for index, each in enumerate(given):
        check.refuse((*keys, index), Refusal(row.key, f"{each}: {row.reason}", FEATURES.get(str(each), row.instead)))


def _refuse(check: Check, keys: Keys) -> None:
    """Refuse a setting with its own reason, or with the one for all other keys at that level."""
    name = _name(keys)
    known = [*HONOURED, *FIXED, *PASSED, "plugins"]
    near = [] if "\\" in name else difflib.get_close_matches(name, known, 1, 0.8)
    if row := ROWS.get(name):
        check.refuse(keys, row)
    elif near:
        check.add(keys, f"nothing reads it; {near[0]} may be what is meant")
    elif row := ROWS.get(f"{_name(keys[:-1])}.*"):
        check.refuse(keys, row)
    else:
        check.add(keys, "nothing reads it; remove it")


def _check_missing(check: Check, value: Mapping[Any, Any], given: set[str]) -> None:
    for name in _NEEDED:
        above = name.rpartition(".")[0]
        if name not in given and isinstance(value.get(above or name, {}), dict):
            line = f"{name.rpartition('.')[2]}: {_yaml(FIXED.get(name, []))}"
            check.add(name.split("."), f"is missing, and the build rests on it; add `{line}`")


def _check_together(check: Check, values: Mapping[str, Any]) -> None:
    """Report settings that have no effect without another one, or together with it."""
    for name in ("repo_name", "edit_uri", "theme.icon.repo"):
        if values.get(name) and "repo_url" not in values:
            check.add(name.split("."), "has no effect without repo_url; add that or remove this")
    if values.get("theme.icon.logo") and values.get("theme.logo"):
        check.add(("theme", "icon", "logo"), "has no effect beside theme.logo; remove one of them")


def _settings(source: Source, values: Mapping[str, Any]) -> Settings:
    fields = {HONOURED[name].field: value for name, value in values.items() if "." not in HONOURED[name].field}
    repo_url = fields.get("repo_url", "")
    icons = Icons(values.get("theme.icon.logo", ""), values.get("theme.icon.repo", ""))
    edit_uri = values.get("edit_uri")
    return Settings(
        **fields
        | {
            "source": source,
            "repo_name": fields.get("repo_name") or _host(repo_url)[0],
            "edit_uri": _host(repo_url)[1] if edit_uri is None else edit_uri,
            "icons": icons,
        }
    )


def _host(repo_url: str) -> tuple[str, str]:
    """Return MkDocs' name for a repository host, and the path from the repository to docs/ if MkDocs knows it."""
    host = urlsplit(repo_url).netloc.lower()
    known = {
        "github.com": ("GitHub", "edit/master/docs/"),
        "gitlab.com": ("GitLab", "edit/master/docs/"),
        "bitbucket.org": ("Bitbucket", "src/default/docs/"),
    }
    return known.get(host, (host.split(".")[0].title(), ""))


HONOURED: Mapping[str, Honoured] = {
    "site_url": Honoured("works: the address the site will have", "site_url", readers.read_site),
    "site_description": Honoured("works: what search engines show", "description", readers.read_text),
    "copyright": Honoured("works: in the footer", "copyright", readers.read_text),
    "repo_url": Honoured("works: a link in the footer", "repo_url", readers.read_address),
    "repo_name": Honoured("works: what that link is called", "repo_name", readers.read_text),
    "edit_uri": Honoured("works: the way from repo_url to docs/, for links to edit", "edit_uri", readers.read_edit_uri),
    "extra_css": Honoured(f"works: files in {FOLDER}", "extra_css", readers.list_of(readers.read_file)),
    "extra_javascript": Honoured(f"works: files in {FOLDER}", "extra_javascript", readers.list_of(readers.read_script)),
    "nav": Honoured("works: pages, links and sections of the menu", "nav", readers.list_of(readers.read_entry)),
    "theme.logo": Honoured(f"works: a file in {FOLDER}", "logo", readers.read_file),
    "theme.favicon": Honoured(f"works: a file in {FOLDER}", "favicon", readers.read_file),
    "theme.icon.logo": Honoured("works: one of Material's icons before the title", "icons.logo", readers.read_icon),
    "theme.icon.repo": Honoured(
        "works: one of Material's icons before the repository", "icons.repo", readers.read_icon
    ),
    "theme.palette": Honoured(
        "works: scheme, primary, accent and media, with Material's colours; links need 4.5:1",
        "palette",
        readers.read_palette,
    ),
    "extra.social": Honoured(
        "works: links with Material's icons in the footer", "social", readers.list_of(readers.read_social)
    ),
}


def _name(keys: Keys) -> str:
    """Return a key path joined with dots; dots inside a key are escaped, so it cannot pass for another path."""
    return ".".join(str(key).replace(".", "\\.") for key in keys)


def _yaml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
