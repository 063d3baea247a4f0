"""What MkDocs is told of the pages: what they have in their front matter is their content, and others link to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish import renderer
from publish.pages import handed_over
from publish.render import SITE

CONFIGURATION = """\
INHERIT: docs/pages/.site.yml
docs_dir: docs/pages
theme:
  name: null
  custom_dir: theme
validation:
  links:
    anchors: warn
"""
HTML = '---\ntitle: 乙\nis_html: true\n---\n\n<p id="there">一。\n\n    *二*。</p>\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "docs" / "pages").mkdir(parents=True)
    (tmp_path / "theme").mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION, "utf-8")
    (tmp_path / "theme" / "main.html").write_text("{{ config.extra.word }}：{{ page.content }}", "utf-8")
    (tmp_path / "docs" / "pages" / SITE).write_text('{"site_name": "题", "extra": {"word": "文"}}', "utf-8")
    (tmp_path / "docs" / "pages" / "b.md").write_text(handed_over(HTML), "utf-8")
    return tmp_path


def complaints(project: Path, address: str) -> tuple[str, ...]:
    (project / "docs" / "pages" / "a.md").write_text(f"[甲]({address})\n", "utf-8")
    return renderer.render(project / "mkdocs.yml", project / "site", "")


def test_a_page_that_is_html_throughout_is_not_read_as_markdown(project: Path) -> None:
    assert complaints(project, "b.md#there") == ()
    made = (project / "site" / "b" / "index.html").read_text("utf-8")
    assert made == '文：<p id="there">一。\n\n    *二*。</p>\n'


def test_a_link_to_a_place_that_such_a_page_does_not_have_is_told(project: Path) -> None:
    (told,) = complaints(project, "b.md#gone")
    assert "'a.md' contains a link 'b.md#gone'" in told
