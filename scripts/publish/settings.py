"""Settings: what mkdocs.yml may say. Each setting works or is refused with the reason; none is ignored."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Annotated, Any
from urllib.parse import urlsplit

import yaml
from pydantic import BeforeValidator, ConfigDict, Field, Strict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as pydantic_dataclass
from yaml_env_tag import construct_env_tag

from statement.errors import InputError, Key, Problem, Source, key_name

Text = Annotated[str, Strict(), Field(min_length=1)]
_STRICT = ConfigDict(extra="forbid")


def _own_file(value: object) -> object:
    """Return the path of a file of the site's own; raise ValueError for one on another host or outside."""
    if isinstance(value, str) and (urlsplit(value).scheme or value.startswith(("//", "/")) or ".." in value.split("/")):
        raise ValueError("nothing is loaded from other places; put the file beside your pages and give its path there")
    return value


def _address(value: object) -> object:
    """Return a whole address; raise ValueError for anything else."""
    try:
        is_whole = isinstance(value, str) and urlsplit(value).scheme in ("http", "https") and urlsplit(value).hostname
    except ValueError:
        is_whole = False
    if not is_whole:
        raise ValueError("is no address; give one such as https://example.org/")
    return value


def _address_or_none(value: object) -> object:
    """Return a whole address, or what stands for none."""
    return "" if value is None or value == "" else _address(value)


def _icon(value: object) -> object:
    """Return the name of one of Material's icons; raise ValueError for any other, with one that is like it."""
    names = _icons()
    if not isinstance(value, str) or value not in names:
        near = difflib.get_close_matches(str(value), names, 1)
        raise ValueError(f"Material has no icon of that name; use {near[0] if near else 'one such as material/email'}")
    return value


OwnFile = Annotated[Text, BeforeValidator(_own_file)]
Address = Annotated[Text, BeforeValidator(_address)]
Icon = Annotated[Text, BeforeValidator(_icon)]


@pydantic_dataclass(frozen=True, config=_STRICT)
class Script:
    """A script of the editor's: its path beside the written pages, and how it is loaded."""

    path: OwnFile
    type: Text = ""
    defer: Annotated[bool, Strict()] = False


@pydantic_dataclass(frozen=True, config=_STRICT)
class Social:
    """A link in the footer with one of Material's icons; `name` is what it is called."""

    icon: Icon
    link: Annotated[Text, Field(pattern=r"^(https?://|mailto:)")]
    name: Text


@dataclass(frozen=True)
class Entry:
    """An entry of the menu: a page by its file under docs/pages, a link elsewhere, or a section with entries."""

    title: str = ""
    file: str = ""
    address: str = ""
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Settings:
    """What mkdocs.yml says; paths are those of files beside the written pages."""

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
    social: tuple[Social, ...] = ()
    nav: tuple[Entry, ...] = ()

    @property
    def files(self) -> tuple[tuple[tuple[Key, ...], str], ...]:
        """The files that the settings name, with the keys that name them."""
        return (
            *((("extra_css", index), path) for index, path in enumerate(self.extra_css)),
            *((("extra_javascript", index), script.path) for index, script in enumerate(self.extra_javascript)),
            *((("theme", "logo"), path) for path in [self.logo] if path),
            *((("theme", "favicon"), path) for path in [self.favicon] if path),
        )

    def problem(self, keys: Sequence[Key], message: str) -> Problem:
        """Return a problem at a key of mkdocs.yml."""
        return _problem(self.source, keys, message)


_FIXED: Mapping[str, object] = {
    "INHERIT": "docs/pages/.site.yml",
    "docs_dir": "docs/pages",
    "site_dir": "site",
    "use_directory_urls": True,
    "theme.name": "material",
    "theme.custom_dir": "docs/theme",
    "theme.font": False,
}
"""What the build rests on; any other value is refused."""

_PASSED = ("markdown_extensions", "mdx_configs", "validation", "watch", "dev_addr", "plugins")
"""What MkDocs reads itself."""

_HONOURED: Mapping[str, Any] = {
    "site_url": Annotated[str, BeforeValidator(_address_or_none)],
    "site_description": Text,
    "copyright": Text,
    "repo_url": Address,
    "repo_name": Text,
    "edit_uri": Annotated[str, Strict()],
    "extra_css": list[OwnFile],
    "extra_javascript": list[OwnFile | Script],
    "theme.logo": OwnFile,
    "theme.favicon": OwnFile,
    "extra.social": list[Social],
    "nav": list[Any],
}

_SKELETON = "the skeleton is this site's own and has no such part"
_REFUSED: Mapping[str, tuple[str, str]] = {
    "site_name": ("the name is the statement's title", "change title in statement.toml"),
    "site_author": ("the author is who issued the statement", "change issuer in statement.toml"),
    "edit_uri_template": ("links to edit lead to the file a page is made from", "use edit_uri"),
    "hooks": ("everything of the site's own happens before MkDocs runs", "use a plugin that works on pages"),
    "strict": ("every build is strict", "remove it"),
    "exclude_docs": ("docs/pages holds what the build made and nothing else", "remove the file from its source"),
    "draft_docs": ("docs/pages holds what the build made and nothing else", "keep drafts out of docs/source/pages"),
    "not_in_nav": ("pages need not be in the menu", "remove it"),
    "extra_templates": ("pages have one skeleton", "write a page in docs/source/pages"),
    "remote_branch": ("the site is published as a folder", "push site/ with git"),
    "remote_name": ("the site is published as a folder", "push site/ with git"),
    "theme.language": ("each page has the language of its edition", "add a row to editions in statement.toml"),
    "theme.direction": ("Chinese is set from left to right", "remove it"),
    "theme.features": (_SKELETON, "remove it, or change docs/theme"),
    "theme.palette": ("the colours are those of the stylesheet", "set --accent and --fill in a file of extra_css"),
    "theme.icon": (_SKELETON, "use theme.logo for a picture of your own"),
    "theme.static_templates": ("pages have one skeleton", "write a page in docs/source/pages"),
    "extra.analytics": ("this site asks nothing of other hosts", "count requests on your own host"),
    "extra.consent": ("nothing is stored that needs consent", "remove it"),
    "extra.alternate": ("the language picker lists the editions", "add a row to editions in statement.toml"),
    "extra.version": ("a published text has no versions", "remove it"),
    "extra.generator": ("pages name no generator", "remove it"),
    "extra.homepage": ("the title leads to the edition's home", "remove it"),
    "extra.status": (_SKELETON, "remove it"),
    "extra.tags": (_SKELETON, "remove it"),
    "extra.annotate": (_SKELETON, "remove it"),
}
_PLUGINS: Mapping[str, str] = {
    "search": "the site has its own search, which finds every piece of the text; remove it",
    "blog": f"{_SKELETON}; write pages in docs/source/pages",
    "tags": f"{_SKELETON}; remove it",
    "social": "it loads fonts from other hosts, and the build makes pictures of its own; remove it",
    "privacy": "nothing is loaded from other hosts; remove it",
    "offline": f"{_SKELETON}; remove it",
    "info": "it packs projects of Material's own skeleton; remove it",
    "projects": "a site is one project; remove it",
    "group": "list the plugins themselves",
    "typeset": f"{_SKELETON}; remove it",
    "optimize": "pictures are published as they are; make them small before",
}


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """Reads mkdocs.yml as data; what only MkDocs can make of a tag is left alone."""


_Loader.add_constructor("!ENV", construct_env_tag)
_Loader.add_multi_constructor("", lambda loader, suffix, node: None)  # noqa: ARG005 - named by the library


def read(source: Source) -> Settings:
    """Return what mkdocs.yml says; raise InputError with every setting that is wrong or would be ignored."""
    try:
        value = yaml.load(source.text, _Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        what = getattr(error, "problem", None) or "cannot be read"
        raise InputError([Problem(source.file, line, column, f"not YAML: {what}; correct the line")]) from None
    if not isinstance(value, dict):
        raise InputError([Problem(source.file, 1, 1, "no settings; write them as `key: value`")])
    if problems := tuple(_problems(source, value)):
        raise InputError(problems)
    return _settings(source, value)


def _problems(source: Source, value: Mapping[Any, Any]) -> Iterator[Problem]:
    for keys, given in _flat(value):
        name = key_name(keys)
        if name in _FIXED:
            if given != _FIXED[name]:
                yield _problem(source, keys, f"the build rests on {_FIXED[name]!r}; put that back")
        elif name in _REFUSED:
            why, instead = _REFUSED[name]
            yield _problem(source, keys, f"{why}; {instead}")
        elif name in _HONOURED:
            yield from _type_problems(source, keys, given)
        elif name == "plugins":
            yield from _plugin_problems(source, given)
        elif name in ("theme", "extra"):
            yield _problem(source, keys, "has to be a table of settings; write it as `key: value`")
        elif name not in _PASSED:
            yield _problem(source, keys, "is no setting that anything reads here; remove it")


def _flat(value: Mapping[Any, Any]) -> Iterator[tuple[tuple[Key, ...], Any]]:
    """Yield every setting with its keys; those of the theme and extra ones each by itself."""
    for key, given in value.items():
        if key in ("theme", "extra") and isinstance(given, dict):
            yield from (((key, str(inner)), each) for inner, each in given.items())
        else:
            yield (str(key),), given


def _type_problems(source: Source, keys: tuple[Key, ...], given: object) -> Iterator[Problem]:
    try:
        TypeAdapter(_HONOURED[key_name(keys)]).validate_python(given)
    except ValidationError as error:
        details = error.errors(include_url=False)
        detail = next((each for each in details if each["type"] == "value_error"), details[-1])
        place = tuple(each for each in detail["loc"] if isinstance(each, int))[:1]
        what = str(detail["ctx"]["error"]) if detail["type"] == "value_error" else f"{detail['msg']}; correct it"
        yield _problem(source, (*keys, *place), what[0].lower() + what[1:])
    if key_name(keys) == "nav" and isinstance(given, list):
        try:
            _entries(given)
        except ValueError as error:
            yield _problem(source, keys, str(error))


def _plugin_problems(source: Source, given: object) -> Iterator[Problem]:
    listed = given if isinstance(given, (list, dict)) else []
    for each in listed:
        name = str(next(iter(each), "") if isinstance(each, dict) else each).removeprefix("material/")
        if name in _PLUGINS:
            yield _problem(source, ("plugins",), f"{name}: {_PLUGINS[name]}")


def _settings(source: Source, value: Mapping[str, Any]) -> Settings:
    theme, extra = value.get("theme") or {}, value.get("extra") or {}

    def make(kind: Any, given: object) -> Any:
        return TypeAdapter(kind).validate_python(given)

    scripts = [
        Script(each) if isinstance(each, str) else make(Script, each) for each in value.get("extra_javascript") or ()
    ]
    repo_url = value.get("repo_url") or ""
    return Settings(
        source=source,
        site_url=value.get("site_url") or "",
        description=value.get("site_description") or "",
        copyright=value.get("copyright") or "",
        repo_url=repo_url and repo_url.rstrip("/") + "/",
        repo_name=value.get("repo_name") or (urlsplit(repo_url).path.strip("/") if repo_url else ""),
        edit_uri=value.get("edit_uri", "edit/master/docs/" if repo_url else "") or "",
        extra_css=tuple(value.get("extra_css") or ()),
        extra_javascript=tuple(Script(each) if isinstance(each, str) else make(Script, each) for each in scripts),
        logo=theme.get("logo") or "",
        favicon=theme.get("favicon") or "",
        social=tuple(make(Social, each) for each in extra.get("social") or ()),
        nav=tuple(_entries(value.get("nav") or [])),
    )


def _entries(given: Sequence[object]) -> Iterator[Entry]:
    """Return what stands in a menu, in MkDocs' own way of writing it; raise ValueError for any other."""
    return iter([_entry(each) for each in given])


def _entry(given: object) -> Entry:
    title, target = next(iter(given.items())) if isinstance(given, dict) and len(given) == 1 else ("", given)
    if isinstance(target, list) and title:
        return Entry(title=str(title), entries=tuple(_entries(target)))
    if not isinstance(target, str):
        raise ValueError(  # noqa: TRY004 - a wrong input, as the others
            "each entry is a page, a title with a page or an address, or a title with a list; correct it"
        )
    is_address = bool(urlsplit(target).scheme)
    if is_address and not title:
        raise ValueError(f"{target} has no title; write it as `- title: address`")
    return Entry(title=str(title), file="" if is_address else target, address=target if is_address else "")


def _problem(source: Source, keys: Sequence[Key], message: str) -> Problem:
    line, column = _place(source.text, keys)
    return Problem(source.file, line, column, f"{key_name(keys)}: {message}")


def _place(text: str, keys: Sequence[Key]) -> tuple[int, int]:
    """Return the line and the column, from 1, at which a key stands, or the nearest above it."""
    node: Any = yaml.compose(text, _Loader)
    mark = node.start_mark if node else None
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            found = next(((name, inner) for name, inner in node.value if name.value == key), None)
            if not found:
                break
            mark, node = found[0].start_mark, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            mark = node.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _icons() -> frozenset[str]:
    """Return the names of the icons that Material carries."""
    folder = resources.files("material") / "templates" / ".icons"
    return frozenset(_names(folder, ""))


def _names(folder: Any, prefix: str) -> Iterator[str]:
    for path in folder.iterdir():
        if path.is_dir():
            yield from _names(path, f"{prefix}{path.name}/")
        elif path.name.endswith(".svg"):
            yield prefix + path.name.removesuffix(".svg")
