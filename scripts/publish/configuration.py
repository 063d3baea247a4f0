"""Configuration: mkdocs.yml as data, with the position of each key. The settings are interpreted elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import yaml
from yaml_env_tag import construct_env_tag

from statement.errors import InputError, Key, Problem, Source, key_name

Keys = tuple[Key, ...]


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """Loads mkdocs.yml like MkDocs, except for tags that name Python objects, which are left to MkDocs."""

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        """Return the value of a node; raise YAMLError for an invalid date or number."""
        try:
            return super().construct_object(node, deep)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            problem = f"{node.value!r} does not fit its type"
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark) from None


class _Tagged:
    """Placeholder for a tag that only MkDocs can resolve."""

    def __str__(self) -> str:
        return "a tag for Python"


_Loader.add_constructor("!ENV", construct_env_tag)
_Loader.add_constructor("!relative", lambda loader, node: _Tagged())  # noqa: ARG005 - named by the library
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: _Tagged())  # noqa: ARG005


def load(source: Source) -> tuple[Any, dict[Any, Any]]:
    """Return the settings as nodes, which carry positions, and as values; raise InputError for invalid YAML."""
    try:
        root, value = nodes(source), yaml.load(source.text, _Loader)
    except yaml.YAMLError as error:
        raise InputError([_syntax_problem(source, error)]) from None
    if not isinstance(value, dict):
        raise InputError([Problem(source.file, 1, 1, "no settings; write them as `key: value`")])
    return root, value


def nodes(source: Source) -> Any:
    """Return the root node of a file, with positions, or None for an empty file."""
    return yaml.compose(source.text, _Loader)


def _syntax_problem(source: Source, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(source.file, line, column, f"not YAML: {one_line(what)}; correct the line")


def repeated(node: Any, keys: Keys, seen: set[int]) -> Iterator[Keys]:
    """Yield the path of every duplicate key in a mapping, at any depth."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for index, each in enumerate(node.value):
            yield from repeated(each, (*keys, index), seen)
    elif isinstance(node, yaml.MappingNode):
        names = [str(name.value) for name, _ in node.value]
        for index, (_, each) in enumerate(node.value):
            if names[index] in names[:index]:
                yield (*keys, names[index])
            yield from repeated(each, (*keys, names[index]), seen)


def problem(source: Source, root: Any, keys: Sequence[Key], message: str) -> Problem:
    """Return the problem at a key, given the root node of the file; the message starts with the key."""
    line, column = _place(root, keys)
    return Problem(source.file, line, column, one_line(f"{key_name(keys)}: {message}"))


def _place(root: Any, keys: Sequence[Key]) -> tuple[int, int]:
    """Return the line and column, from 1, of a key or of its nearest ancestor in the file."""
    node, mark = root, root.start_mark if root else None
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            found = next((pair for pair in reversed(node.value) if pair[0].value == key), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            found = (node.value[key], node.value[key])
        else:
            found = None
        if not found:
            break
        mark, node = found[0].start_mark, found[1]
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def one_line(text: str) -> str:
    """Return a text with every run of whitespace, line ends included, collapsed to a space."""
    return " ".join(text.split())
