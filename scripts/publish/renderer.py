"""Renderer: run MkDocs once, in strict mode, to turn docs/pages into HTML; its complaints are returned as lines."""

from __future__ import annotations

import io
import json
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, TemplateError
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.pages import Page

from .bytecode import bytecode_cache
from .render import SITE

OWN_PAGES = "docs/pages"
"""The folder of pages that mkdocs.yml names."""

_ID = re.compile(r'\sid="([^"]+)"')
# The beginning of MkDocs' warning about dirty builds, which the preview asks for.
_DIRTY = "A 'dirty' build"


class _Complaints(logging.Handler):
    """Collects MkDocs' log messages of level WARNING and above, each as one line."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = " ".join(record.getMessage().split())
        if not line.startswith(_DIRTY):
            self.lines.append(line)


class _NoOptions(Config):
    pass


class _Skeleton(BasePlugin[_NoOptions]):
    """Hides Material's theme from MkDocs while it collects files; templates can use its icons afterwards.

    Material's theme has more than ten thousand files; MkDocs would scan all of them and copy hundreds.
    """

    def __init__(self, config: MkDocsConfig) -> None:
        super().__init__()
        self._folders = list(config.theme.dirs)
        own = config.theme.custom_dir
        config.theme.dirs[:] = [folder for folder in self._folders if folder == own]

    @event_priority(100)
    def on_page_content(self, html: str, *, page: Page, **_: object) -> str:
        """Give MkDocs, before its other plugins, what a page has in its front matter, and the places to link to."""
        whole = page.meta.get("html")
        if not whole:
            return html
        page.present_anchor_ids = set(_ID.findall(whole))
        return str(whole)

    def on_env(self, env: Environment, **_: object) -> Environment:
        env.loader = FileSystemLoader(self._folders)
        env.bytecode_cache = bytecode_cache("skeleton-trimmed")
        # Lines with nothing but a template statement leave no blank lines.
        env.trim_blocks = env.lstrip_blocks = True
        return env


class _Configuration(io.BytesIO):
    """A configuration in memory that MkDocs takes for the file of a name."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text.encode("utf-8"))
        self.name = name


def render(
    configuration: Path, folder: Path, site_url: str, is_dirty: bool = False, pages: Path | None = None
) -> tuple[str, ...]:
    """Render the site described by mkdocs.yml into a folder; return MkDocs' complaints.

    `pages` takes the place of the folder of pages that the configuration names, for whose pages alone its menu is.

    If there are any, the output may be incomplete.

    `is_dirty` renders only pages that are newer than their output, for previews.
    """
    # Material's theme prints a warning about MkDocs 2.0 on import; nothing here depends on that version.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    with _listening() as complaints:
        try:
            own = configuration.parent / OWN_PAGES
            inherited = json.loads(((pages or own) / SITE).read_text("utf-8"))
            config = load_config(
                _open(configuration),
                site_name=inherited["site_name"],
                strict=not is_dirty,
                site_dir=str(folder),
                site_url=site_url,
                docs_dir=str(pages) if pages else None,
                nav=[] if pages and pages != own else None,
            )
            config.extra.load_dict(inherited["extra"])
            config.plugins["skeleton"] = _Skeleton(config)
            build(config, dirty=is_dirty)
        except Abort as error:
            if not complaints.lines:
                complaints.lines.append(" ".join(str(error).split()))
        except (MkDocsException, TemplateError) as error:
            complaints.lines.append(" ".join(str(error).split()))
    return tuple(complaints.lines)


def _open(configuration: Path) -> _Configuration:
    """Return the configuration for MkDocs without what it inherits, JSON that it would read as YAML, slowly."""
    text = re.sub(r"(?m)^INHERIT:.*$", "", configuration.read_text("utf-8"), count=1)
    return _Configuration(text, str(configuration))


@contextmanager
def _listening() -> Iterator[_Complaints]:
    """Capture MkDocs' log instead of letting it print; its own quiet mode would keep warnings from being counted."""
    logger = logging.getLogger("mkdocs")
    complaints = _Complaints()
    level, propagates = logger.level, logger.propagate
    logger.addHandler(complaints)
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        yield complaints
    finally:
        logger.removeHandler(complaints)
        logger.setLevel(level)
        logger.propagate = propagates
