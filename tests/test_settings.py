"""The settings of mkdocs.yml: each of them works or is refused with its place and the reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import support
from pages import one, read
from publish import project, settings
from statement.errors import InputError, Source

OWN = (support.ROOT / "mkdocs.yml").read_text("utf-8")
TYPICAL = """
site_name: 声明
site_url: https://example.org/
theme:
  name: material
  language: zh
  features:
    - navigation.instant
  palette:
    primary: indigo
  font:
    text: Roboto
plugins:
  - search
  - blog
hooks:
  - hook.py
extra:
  analytics:
    provider: google
  alternate: []
"""


def read_text(text: str) -> settings.Settings:
    return settings.read(Source("mkdocs.yml", text))


def problems_of(text: str) -> list[str]:
    with pytest.raises(InputError) as raised:
        read_text(text)
    return [str(problem) for problem in raised.value.problems]


def nested(name: str, value: object) -> str:
    """Return a setting as YAML, given by its name with dots."""
    data = value
    for key in reversed(name.split(".")):
        data = {key: data}
    return str(yaml.safe_dump(data, allow_unicode=True))


def test_the_projects_own_settings_are_sound() -> None:
    made = read_text(OWN)
    assert (made.site_url, made.nav, made.social) == ("", (), ())


@pytest.mark.parametrize("name", settings._REFUSED)
def test_a_refused_setting_is_named_with_its_place_the_reason_and_what_to_do(name: str) -> None:
    (problem,) = problems_of(f"# a comment\n{nested(name, 'anything')}")
    line = 2 + name.count(".")
    why, instead = settings._REFUSED[name]
    assert problem == f"mkdocs.yml:{line}:{1 if '.' not in name else 3}: {name}: {why}; {instead}"


@pytest.mark.parametrize("name", settings._FIXED)
def test_what_the_build_rests_on_cannot_be_changed(name: str) -> None:
    (problem,) = problems_of(nested(name, "another"))
    assert f"{name}: the build rests on {settings._FIXED[name]!r}; put that back" in problem


@pytest.mark.parametrize("name", settings._PLUGINS)
def test_a_plugin_that_would_not_work_is_refused(name: str) -> None:
    assert problems_of(f"plugins: [{name}]") == [f"mkdocs.yml:1:1: plugins: {name}: {settings._PLUGINS[name]}"]
    assert problems_of(f"plugins: [material/{name}: {{a: 1}}]")
    assert read_text("plugins: [macros]")


@pytest.mark.parametrize("name", ["foo", "extra.foo", "theme.foo", "pages", "google_analytics"])
def test_a_setting_that_nothing_reads_is_refused(name: str) -> None:
    (problem,) = problems_of(nested(name, 1))
    assert problem.endswith(f"{name}: is no setting that anything reads here; remove it")


@pytest.mark.parametrize("name", settings._HONOURED)
@given(value=st.integers() | st.just({"a": "b"}) | st.just([[1]]))
def test_a_value_of_another_kind_is_a_problem_and_never_a_traceback(name: str, value: object) -> None:
    for problem in problems_of(nested(name, value)):
        assert re.match(rf"mkdocs\.yml:\d+:\d+: {re.escape(name)}.*; ", problem), problem


@pytest.mark.parametrize(
    "text", ["", "a", "- a", "a: [", "\ta: b", "a: !!python/name:os.system x", "theme: 3", "extra: []"]
)
def test_what_is_no_table_of_settings_is_one_clear_problem(text: str) -> None:
    assert len(problems_of(text)) == 1


def test_all_that_a_typical_configuration_asks_in_vain_is_said_at_once() -> None:
    named = [problem.split(": ")[1] for problem in problems_of(TYPICAL)]
    expected = {"site_name", "theme.language", "theme.features", "theme.palette", "theme.font", "plugins", "hooks"}
    assert set(named) == expected | {"extra.analytics", "extra.alternate"}
    assert named.count("plugins") == 2


@pytest.mark.parametrize("path", ["https://cdn.example/a.css", "//cdn.example/a.css", "/a.css", "../a.css"])
def test_nothing_is_loaded_from_elsewhere(path: str) -> None:
    for name in ("extra_css", "extra_javascript"):
        assert "nothing is loaded from other places" in problems_of(f"{name}: ['{path}']")[0]
    assert "nothing is loaded from other places" in problems_of(f"theme: {{logo: '{path}'}}")[0]


@pytest.mark.parametrize("address", ["https://[bad/", "example.org", "ftp://example.org/", "https://"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    for name in ("site_url", "repo_url"):
        (problem,) = problems_of(f"{name}: '{address}'")
        assert problem == f"mkdocs.yml:1:1: {name}: is no address; give one such as https://example.org/"


def test_an_icon_that_material_lacks_is_answered_with_one_like_it() -> None:
    (problem,) = problems_of("extra: {social: [{icon: material/emial, link: 'mailto:a@example.org', name: 信}]}")
    assert problem.endswith("extra.social[0]: material has no icon of that name; use material/email")


def test_a_file_or_page_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    source = support.copy_base(tmp_path / "inputs")
    made = read_text("extra_css: [a.css]\nnav:\n  - zh-hans/nowhere.md\n")
    with pytest.raises(InputError) as raised:
        project.make(project.read(source), settings=made)
    assert [problem.message.split(";")[0] for problem in raised.value.problems] == [
        "extra_css[0]: there is no a.css in pages of the statement's folder",
        "nav: there is no page zh-hans/nowhere.md",
    ]


@pytest.fixture(scope="module")
def configured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with every setting that works."""
    folder = support.copy_project(tmp_path_factory.mktemp("configured") / "project")
    written = folder / "docs" / "source" / "pages"
    written.mkdir()
    (written / "extra.css").write_text(":root { --measure: 36em; }\n")
    (written / "extra.js").write_text("document.title += '';\n")
    (written / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (written / "foreword.md").write_text(
        "# 前言\n\n!!! note\n    说明。\n\n| 甲 |\n| --: |\n| 乙 |\n\n注[^1]\n\n[^1]: 脚注。\n"
    )
    text = OWN.replace("  font: false\n", "  font: false\n  logo: logo.svg\n  favicon: logo.svg\n")
    (folder / "mkdocs.yml").write_text(
        f"""{text}
site_description: 编者的描述
copyright: 编者 <b>版权</b>
repo_url: https://example.org/project
repo_name: 项目
edit_uri: edit/main/docs/
extra_css: [extra.css]
extra_javascript:
  - extra.js
nav:
  - zh-hans/index.md
  - 正文:
    - 卫生: zh-hans/health.md
    - zh-hans/foreword.md
  - 外面: https://example.org/
extra:
  social:
    - icon: material/email
      link: mailto:a@example.org
      name: 写信
"""
    )
    return support.make_site(folder)


@pytest.mark.slow
@pytest.mark.parametrize(("edition", "health", "note"), [("zh-hans", "卫生", "说明"), ("zh-hant", "衛生", "說明")])
def test_settings_that_work_show_in_every_edition(configured: Path, edition: str, health: str, note: str) -> None:
    page = read(configured, f"{edition}/foreword/")
    assert [str(link["href"]) for link in page.select("link[rel=stylesheet]")][-1] == "../../extra.css"
    assert page.select("script")[-1]["src"] == "../../extra.js"
    assert one(page, "link[rel=icon]")["href"] == one(page, ".brand__logo")["src"] == "../../logo.svg"
    footer = one(page, ".colophon__more")
    assert one(footer, "b").get_text() == ("版权" if edition == "zh-hans" else "版權")
    links = {str(link["href"]): link.get_text().strip() for link in footer.select("a")}
    assert links["https://example.org/project/"] == "项目"
    assert "https://example.org/project/edit/main/docs/source/pages/foreword.md" in links
    assert one(footer, ".social")["href"] == "mailto:a@example.org"
    assert one(footer, ".social svg path")
    menu = one(page, ".contents")
    assert [link.get_text() for link in menu.select("ol > li > a")] == [
        ("首页" if edition == "zh-hans" else "首頁"),
        health,
        "前言",
        ("外面"),
    ]
    assert one(page, ".admonition p:last-child").get_text() == f"{note}。"
    home = read(configured, f"{edition}/")
    assert one(home, "meta[name=description]")["content"] == "编者的描述".replace(
        "编", "編" if edition == "zh-hant" else "编"
    )


@pytest.mark.slow
def test_the_policy_follows_the_settings(configured: Path) -> None:
    assert "script-src 'self'" in (configured / "_headers").read_text()
