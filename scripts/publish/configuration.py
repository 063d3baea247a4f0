"""Configuration: mkdocs.yml as data, and where each of its keys stands. What the settings mean is known elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import yaml
from yaml_env_tag import construct_env_tag

from statement.errors import InputError, Key, Problem, Source, key_name

Keys = tuple[Key, ...]


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """Reads mkdocs.yml as data, as MkDocs does but for the tags that name Python objects, which are left to MkDocs."""

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        """Return the value of a node; raise YAMLError where a date or a number is none."""
        try:
            return super().construct_object(node, deep)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            problem = f"{node.value!r} does not fit its type"
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark) from None


class _Tagged:
    """Stands for what only MkDocs can make of a tag."""

    def __str__(self) -> str:
        return "a tag for Python"


_Loader.add_constructor("!ENV", construct_env_tag)
_Loader.add_constructor("!relative", lambda loader, node: _Tagged())  # noqa: ARG005 - named by the library
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: _Tagged())  # noqa: ARG005


def load(source: Source) -> tuple[Any, dict[Any, Any]]:
    """Return the settings as nodes, which know their places, and as values; raise InputError for what is no YAML."""
    try:
        root, value = nodes(source), yaml.load(source.text, _Loader)
    except yaml.YAMLError as error:
        raise InputError([_syntax_problem(source, error)]) from None
    if not isinstance(value, dict):
        raise InputError([Problem(source.file, 1, 1, "no settings; write them as `key: value`")])
    return root, value


def nodes(source: Source) -> Any:
    """Return the nodes of a file, which know their places; None where there are none."""
    return yaml.compose(source.text, _Loader)


def _syntax_problem(source: Source, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "cannot be read"
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(source.file, line, column, f"not YAML: {one_line(what)}; correct the line")


def repeated(node: Any, keys: Keys, seen: set[int]) -> Iterator[Keys]:
    """Yield the keys that a mapping has twice, at any depth."""
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
    """Return the problem at a key, given the nodes of the file; the message opens with the key."""
    line, column = _place(root, keys)
    return Problem(source.file, line, column, one_line(f"{key_name(keys)}: {message}"))


def _place(root: Any, keys: Sequence[Key]) -> tuple[int, int]:
    """Return the line and the column, from 1, at which a key stands, or the nearest above it."""
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
    """Return a text without the ends of its lines, for a message."""
    return " ".join(text.split())
