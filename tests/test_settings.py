"""The settings of mkdocs.yml: each of them works or is refused with its place, the reason and what to do."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from typing import Any, get_type_hints

import pytest
import yaml
from hypothesis import given
from hypothesis import settings as fewer
from hypothesis import strategies as st
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

import sample
import support
from pages import one
from pages import read as read_page
from publish import project, settings
from publish.refusals import FEATURES, REFUSED, Refusal
from publish.settings import Entry, Icons, Script, Settings, Social
from statement.errors import InputError, Source

OWN = (support.ROOT / "mkdocs.yml").read_text("utf-8")
REPO = {"repo_url": "https://github.com/example/site"}
ICON = "material/email"
NO_LINK = "no address; give one such as https://example.org/ or mailto:a@example.org"
# As the documentation of Material has it.
TYPICAL = """
site_name: 声明
site_url: https://example.org/
repo_url: https://github.com/example/site
hooks:
  - hook.py
theme:
  language: zh
  features:
    - navigation.instant
    - navigation.tabs
  palette:
    - scheme: default
      primary: indigo
      toggle:
        icon: material/weather-night
        name: 切换
    - scheme: slate
      primary: indigo
  icon:
    admonition:
      note: octicons/tag-16
plugins:
  - search
  - tags
extra:
  analytics:
    provider: google
  alternate: []
  social:
    - icon: fontawesome/brands/github
      link: https://github.com/example
"""


PLAIN: dict[str, Any] = yaml.safe_load(OWN.replace("!ENV", "")) | {"site_url": ""}
# The project's own settings without what MkDocs reads and checks itself, which is most of them.
SHORT = {name: value for name, value in PLAIN.items() if name not in settings.PASSED}


def text_with(extra: dict[str, Any], own: dict[str, Any] = PLAIN) -> str:
    """Return the project's own settings with others, which win."""
    return str(yaml.safe_dump(merged(own, extra)))


def merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return a mapping with the values of another at any depth."""
    inner = {
        key: merged(one[key], value)
        for key, value in other.items()
        if isinstance(value, dict) and isinstance(one.get(key), dict)
    }
    return {**one, **other, **inner}


def nested(name: str, value: object) -> dict[str, Any]:
    """Return a setting that is named with dots."""
    first, _, rest = name.partition(".")
    return {first: nested(rest, value) if rest else value}


def read(extra: dict[str, Any]) -> Settings:
    return settings.read(Source("mkdocs.yml", text_with(extra)))


def problems_of(text: str) -> list[str]:
    with pytest.raises(InputError) as raised:
        settings.read(Source("mkdocs.yml", text))
    return [str(problem) for problem in raised.value.problems]


def messages(extra: dict[str, Any]) -> list[str]:
    """Return the problems of the project's settings with others, without their places."""
    return [re.sub(r"^mkdocs\.yml:\d+:\d+: ", "", problem) for problem in problems_of(text_with(extra))]


def test_the_projects_own_settings_are_sound_and_ask_for_nothing() -> None:
    source = Source("mkdocs.yml", OWN)
    assert settings.read(source) == Settings(source)


def test_the_address_of_the_site_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://example.org/a")
    assert settings.read(Source("mkdocs.yml", OWN)).site_url == "https://example.org/a/"
    monkeypatch.setenv("SITE_URL", "https://[bad/")
    (problem,) = problems_of(OWN)
    assert problem.startswith("mkdocs.yml:4:1: site_url: 'https://[bad/' is no address; give one such as")


@pytest.mark.parametrize(
    ("given", "field", "value"),
    [
        ({"site_url": "http://例.example:8080/a"}, "site_url", "http://例.example:8080/a/"),
        ({"site_url": "https://[2001:db8::1]/"}, "site_url", "https://[2001:db8::1]/"),
        ({"site_description": "一句话"}, "description", "一句话"),
        ({"copyright": "编者"}, "copyright", "编者"),
        (REPO, "repo_url", "https://github.com/example/site/"),
        ({**REPO, "repo_name": "源"}, "repo_name", "源"),
        ({**REPO, "edit_uri": "edit/main/docs"}, "edit_uri", "edit/main/docs/"),
        ({**REPO, "edit_uri": ""}, "edit_uri", ""),
        ({"extra_css": ["a.css", "b/c.css"]}, "extra_css", ("a.css", "b/c.css")),
        ({"extra_javascript": ["a.js"]}, "extra_javascript", (Script("a.js"),)),
        ({"extra_javascript": ["a.mjs"]}, "extra_javascript", (Script("a.mjs", "module"),)),
        (
            {"extra_javascript": [{"path": "a.js", "type": "module", "async": True, "defer": True}]},
            "extra_javascript",
            (Script("a.js", "module", defer=True, is_async=True),),
        ),
        ({"theme": {"logo": "a.svg"}}, "logo", "a.svg"),
        ({"theme": {"favicon": "b.png"}}, "favicon", "b.png"),
        ({**REPO, "theme": {"icon": {"logo": ICON, "repo": ICON}}}, "icons", Icons(ICON, ICON)),
        (
            {"extra": {"social": [{"icon": ICON, "link": "https://example.org/x"}]}},
            "social",
            (Social(ICON, "https://example.org/x", "example.org"),),
        ),
        (
            {"extra": {"social": [{"icon": ICON, "link": "mailto:a@example.org", "name": "信"}]}},
            "social",
            (Social(ICON, "mailto:a@example.org", "信"),),
        ),
        ({"nav": []}, "nav", ()),
        (
            {"nav": ["zh-hans/index.md", {"部": [{"卫": "zh-hans/part.md"}]}, {"外": "https://example.org/"}]},
            "nav",
            (
                Entry(file="zh-hans/index.md"),
                Entry("部", entries=(Entry("卫", "zh-hans/part.md"),)),
                Entry("外", address="https://example.org/"),
            ),
        ),
    ],
)
def test_a_setting_that_works_says_what_it_says(given: dict[str, Any], field: str, value: object) -> None:
    assert getattr(read(given), field) == value


def test_a_palette_is_read() -> None:
    made = read({"theme": {"palette": {"scheme": "slate", "primary": "indigo"}}}).palette
    assert made is not None
    assert made.schemes == ("dark",)


@pytest.mark.parametrize("host", ["github.com", "gitlab.com", "bitbucket.org", "git.example.org"])
@pytest.mark.parametrize("edit_uri", [None, "", "edit/main/docs", "?path=docs/"])
def test_links_to_edit_and_the_name_of_the_repository_are_those_of_mkdocs(host: str, edit_uri: str | None) -> None:
    given = {"repo_url": f"https://{host}/example/site/"} | ({} if edit_uri is None else {"edit_uri": edit_uri})
    made = read(given)
    config = MkDocsConfig()
    config.load_dict({"site_name": "a", "docs_dir": str(support.SOURCE), **given})
    assert [error for error, _ in config.validate()[0]] == []
    page = Page(None, File("a.md", "docs", "site", True), config)
    assert (made.repo_name, made.edit_uri) == (config.repo_name, config.edit_uri or "")
    assert page.edit_url == (f"{made.repo_url}{made.edit_uri}a.md" if made.edit_uri else None)


def exact(row: Refusal) -> str:
    """Return a setting that a row refuses."""
    return row.key.replace("*", "of-no-name")


@pytest.mark.parametrize("row", [row for row in REFUSED if not row.key.startswith("plugins.")], ids=lambda row: row.key)
def test_a_refused_setting_is_answered_with_its_place_the_reason_and_what_to_do(row: Refusal) -> None:
    name = exact(row)
    extra: dict[str, Any] = {"palette": {"toggle": {}}} if name == "theme.palette.toggle" else {}
    text = text_with({"theme": extra} if extra else nested(name, "anything"))
    (problem,) = problems_of(text)
    last = name.rpartition(".")[2]
    line = next(number for number, line in enumerate(text.split("\n"), 1) if line.lstrip().startswith(f"{last}:"))
    assert problem == f"mkdocs.yml:{line}:{1 + 2 * name.count('.')}: {name}: {row.reason}; {row.instead}"


@pytest.mark.parametrize("row", [row for row in REFUSED if row.key.startswith("plugins.")], ids=lambda row: row.key)
def test_a_plugin_that_would_not_work_is_refused_in_every_way_of_writing_it(row: Refusal) -> None:
    name = row.key.partition(".")[2]
    what = f"{row.reason}; {row.instead}"
    assert messages({"plugins": ["macros", name]}) == [f"plugins[1]: {name}: {what}"]
    assert messages({"plugins": [f"material/{name}"]}) == [f"plugins[0]: material/{name}: {what}"]
    assert messages({"plugins": [f"/{name}"]}) == [f"plugins[0]: /{name}: {what}"]
    assert messages({"plugins": [{name: {"a": 1}}]}) == [f"plugins[0].{name}: {name}: {what}"]
    assert messages({"plugins": {name: {}}}) == [f"plugins.{name}: {name}: {what}"]


def test_other_plugins_are_left_to_mkdocs() -> None:
    assert read({"plugins": ["macros", {"redirects": {}}]})


def test_every_setting_of_mkdocs_and_every_one_that_material_reads_is_decided() -> None:
    decided = {*settings.HONOURED, *settings.FIXED, *settings.PASSED, "plugins", *(row.key for row in REFUSED)}
    material = resources.files("material")
    assert {row.key for row in REFUSED} >= {
        f"plugins.{folder.name}" for folder in (material / "plugins").iterdir() if (folder / "plugin.py").is_file()
    }
    assert set(MkDocsConfig()) - decided == {"config_file_path", "theme", "extra"}
    with resources.as_file(material / "templates") as folder:
        templates = "".join(path.read_text("utf-8") for path in folder.rglob("*.html"))
    read_there = set(re.findall(r"config\.(extra\.\w+|theme\.\w+)", templates))
    assert len(read_there) > 15
    assert {key for key in read_there if key not in decided and f"{key}.*" not in decided} == set()


def test_each_feature_is_answered_with_what_comes_closest() -> None:
    features = [*FEATURES, "content.code.copy"]
    said = messages({"theme": {"features": features}})
    assert len(said) == len(features)
    for problem, feature in zip(said, features, strict=True):
        assert problem.split(": ")[1] == feature
        assert problem.endswith(f"; {FEATURES.get(feature, 'remove it')}")


@pytest.mark.parametrize("name", settings.FIXED)
def test_what_the_build_rests_on_cannot_be_changed(name: str) -> None:
    for value in ("another", 0, None, ["a"], {"text": "Roboto"}):
        (message,) = messages(nested(name, value))
        assert message.startswith(f"{name}: has to be {settings._yaml(settings.FIXED[name])}, ")


@pytest.mark.parametrize("line", ["INHERIT", "docs_dir", "  name", "  custom_dir", "  font", "plugins"])
def test_what_the_build_rests_on_cannot_be_left_out(line: str) -> None:
    (problem,) = problems_of(re.sub(rf"^{line}: .*\n", "", OWN, flags=re.MULTILINE))
    found = re.search(r"is missing, and the build rests on it; add `(.*)`$", problem)
    assert found
    assert f"{line.strip()}:" in found[1]
    assert found[1] in OWN


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("site_ulr", "site_ulr: nothing reads it; site_url may be what is meant"),
        ("of_no_name", "of_no_name: nothing reads it; remove it"),
        ("extra.socail", "extra.socail: nothing reads it; extra.social may be what is meant"),
        ("theme.favicno", "theme.favicno: nothing reads it; theme.favicon may be what is meant"),
    ],
)
def test_a_setting_that_nothing_reads_is_refused(name: str, message: str) -> None:
    assert messages(nested(name, 1)) == [message]


def test_a_key_with_a_dot_is_not_taken_for_another() -> None:
    assert messages({"theme.logo": "a.svg"}) == ["theme.logo: nothing reads it; remove it"]


def test_a_setting_that_is_there_twice_is_a_problem() -> None:
    assert problems_of(f"{OWN}copyright: a\ncopyright: b\n") == [
        f"mkdocs.yml:{OWN.count(chr(10)) + 2}:1: copyright: is there twice, and only the last counts; keep one"
    ]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=2),
    max_leaves=5,
)


@pytest.mark.parametrize("name", [*settings.HONOURED, *settings.FIXED, "plugins", "theme.features", "theme", "extra"])
@given(value=VALUES)
@fewer(max_examples=40)
def test_no_value_of_any_kind_leads_to_a_traceback(name: str, value: object) -> None:
    try:
        settings.read(Source("mkdocs.yml", text_with(nested(name, value), SHORT)))
    except InputError as error:
        for problem in error.problems:
            assert re.fullmatch(r"mkdocs\.yml:\d+:\d+: [^\n]+; [^\n]+", str(problem)), problem


@pytest.mark.parametrize("name", settings.HONOURED)
@pytest.mark.parametrize("value", [3, True, {"a": "b"}, [[1]], [{"a": 1, "b": 2}]])
def test_a_value_of_another_kind_is_a_problem(name: str, value: object) -> None:
    problems = messages(merged(nested(name, value), {} if name == "repo_url" else REPO))
    assert problems
    assert all(problem.startswith(name) for problem in problems)


@pytest.mark.parametrize(
    "text",
    [
        *[
            "",
            "a",
            "- a",
            "a: [",
            "\ta: b",
            "a: !mine b",
            "a: *b",
            "a: \x00",
            "a: 1\n---\nb: 1",
            "[a]: 1\n? {b: 1}\n: 2",
        ],
        *[
            "a: 2026-13-45",
            "a: !!int x",
            "a: !!timestamp x",
            "a: !!bool x",
            "a: 0b_",
            "a: !ENV {b: c}",
            "a: !ENV [[b]]",
        ],
        *[f"a: {'[' * 3000}", "a: &a [*a]\nnav: *a"],
    ],
)
def test_what_is_no_yaml_is_answered_in_one_line_each(text: str) -> None:
    for problem in problems_of(text):
        assert re.fullmatch(r"mkdocs\.yml:\d+:\d+: [^\n]+; [^\n]+", problem), problem


def test_a_menu_that_holds_itself_is_a_problem() -> None:
    (problem,) = problems_of(f"{OWN}nav: &nav\n  - 部: *nav\n")
    assert problem == "mkdocs.yml:1:1: nested too deeply, or an alias that holds itself; write out what is meant"


def test_an_item_of_a_default_for_the_environment_has_a_place() -> None:
    assert len(problems_of(f"{OWN}extra_css: !ENV [NOT_SET, [1, 2, 3]]\n")) == 3


def test_tags_for_python_are_left_to_mkdocs_and_nothing_else_takes_them() -> None:
    tag = "!!python/name:material.extensions.emoji.twemoji"
    emoji = (
        f"  - pymdownx.emoji:\n      emoji_index: {tag}\n  - pymdownx.snippets:\n      base_path: !relative $docs_dir\n"
    )
    assert settings.read(Source("mkdocs.yml", OWN.replace("  - admonition\n", f"  - admonition\n{emoji}")))
    assert problems_of(f"{OWN}copyright: {tag}\n")[0].endswith(
        "copyright: has to be a text and is 'a tag for Python'; put it in quotation marks"
    )


def test_all_that_a_typical_configuration_asks_in_vain_is_said_at_once() -> None:
    theirs = yaml.safe_load(TYPICAL)
    named = [message.split(": ")[0] for message in messages(theirs)]
    assert sorted(named) == [
        "extra.alternate",
        "extra.analytics",
        "hooks",
        "plugins[0]",
        "plugins[1]",
        "site_name",
        "theme.features[0]",
        "theme.features[1]",
        "theme.icon.admonition",
        "theme.language",
        "theme.palette[0].toggle",
    ]


@pytest.mark.parametrize(
    "address",
    [
        *[
            "example.org",
            "ftp://example.org/",
            "https://",
            "https:///a",
            "https://a b/",
            "https://a..b/",
            "//a.example/",
        ],
        *[
            "https://[bad/",
            "https://a:99999/",
            "https://a:b/",
            "https://a/?q",
            "https://a/#f",
            "javascript:a",
            'http://a"',
        ],
    ],
)
def test_what_is_no_address_is_a_problem(address: str) -> None:
    for name in ("site_url", "repo_url"):
        assert messages({name: address}) == [
            f"{name}: {address!r} is no address; give one such as https://example.org/statement/"
        ]


@pytest.mark.parametrize(
    "path", ["https://a.example/a.css", "//a.example/a.css", "/a.css", "../a.css", "a\\b", "data:,a"]
)
@pytest.mark.parametrize("name", ["extra_css", "extra_javascript", "theme.logo", "theme.favicon"])
def test_nothing_is_loaded_from_elsewhere(name: str, path: str) -> None:
    (message,) = messages(nested(name, path if name.startswith("theme") else [path]))
    assert re.search(r"is elsewhere, and nothing is loaded from there|is no path below docs/source/pages", message)
    assert message.endswith("; put the file in docs/source/pages and give its path from there")


@pytest.mark.parametrize("edit_uri", ["/edit/", "../edit/", "https://example.org/edit/", "a b"])
def test_a_way_to_edit_that_does_not_start_at_the_repository_is_a_problem(edit_uri: str) -> None:
    assert "does not start at repo_url" in messages({**REPO, "edit_uri": edit_uri})[0]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"repo_name": "源"}, "repo_name: has no effect without repo_url; add that or remove this"),
        ({"edit_uri": "a/"}, "edit_uri: has no effect without repo_url; add that or remove this"),
        (
            {"theme": {"icon": {"repo": ICON}}},
            "theme.icon.repo: has no effect without repo_url; add that or remove this",
        ),
        (
            {"theme": {"logo": "a.svg", "icon": {"logo": ICON}}},
            "theme.icon.logo: has no effect beside theme.logo; remove one of them",
        ),
        (
            {"theme": {"icon": {"logo": "material/emial"}}},
            "theme.icon.logo: Material has no icon 'material/emial'; use material/email",
        ),
        (
            {"extra": {"social": [{"icon": "material/emial", "link": "https://example.org/"}]}},
            "extra.social[0].icon: Material has no icon 'material/emial'; use material/email",
        ),
        ({"extra": {"social": [{"icon": ICON}]}}, "extra.social[0].link: is missing; add it"),
        (
            {"extra": {"social": [{"icon": ICON, "link": "javascript:a"}]}},
            f"extra.social[0].link: 'javascript:a' is {NO_LINK}",
        ),
        (
            {"extra": {"social": [{"icon": ICON, "link": "tel:1", "title": "a"}]}},
            "extra.social[0].title: nothing reads it; use icon, link, name",
        ),
        ({"extra_css": [""]}, "extra_css[0]: is empty; remove it"),
        ({"extra_javascript": [{"type": "module"}]}, "extra_javascript[0].path: is missing; add it"),
        (
            {"extra_javascript": [{"path": "a.js", "defer": "yes"}]},
            "extra_javascript[0].defer: has to be true or false and is a text; correct it",
        ),
        (
            {"nav": ["https://example.org/"]},
            "nav[0]: 'https://example.org/' has no title; write it as `- title: address`",
        ),
        (
            {"nav": [{"a": "javascript:a"}]},
            f"nav[0].a: 'javascript:a' is {NO_LINK}",
        ),
        (
            {"nav": [{"a": "b.md", "c": "d.md"}]},
            "nav[0]: has to be one title with a page, an address or a list; give each its own `- `",
        ),
        (
            {"nav": [{"a": "terms/"}]},
            "nav[0].a: 'terms/' is no page and no address; name a file such as zh-hans/about.md",
        ),
        (
            {"nav": [{"部": []}]},
            "nav[0].部: has to be a page, an address or a list with entries and is a list; correct it",
        ),
        ({"nav": [{2026: "a.md"}]}, "nav[0].2026: the title has to be a text and is '2026'; put it in quotation marks"),
        ({"plugins": [1]}, "plugins[0]: has to be the name of a plugin, or one name with its options; correct it"),
        ({"plugins": None}, "plugins: has to be a list and is empty; write [] for none"),
    ],
)
def test_what_would_have_no_effect_or_none_that_is_meant_is_a_problem(given: dict[str, Any], message: str) -> None:
    assert messages(given) == [message]


def test_a_theme_by_its_name_alone_is_one_problem() -> None:
    text = re.sub(r"theme:\n(  .*\n)+", "theme: material\n", OWN)
    (problem,) = problems_of(text)
    assert problem.endswith("theme: has to be a mapping and is a text; write its settings below it, indented")


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "mkdocs.yml"
    for content, message in ((None, "cannot be read"), ("é".encode("latin-1"), "not UTF-8; save the file as UTF-8")):
        if content:
            path.write_bytes(content)
        with pytest.raises(InputError, match=message):
            settings.read_file(path, "mkdocs.yml")
    path.write_text(OWN, "utf-8")
    assert settings.read_file(path, "mkdocs.yml") == Settings(Source("mkdocs.yml", OWN))


def test_the_table_has_every_setting_once() -> None:
    rows = [line.split("`")[1] for line in settings.table().splitlines()[2:]]
    assert len(rows) == len(set(rows))
    assert {*settings.HONOURED, *settings.FIXED, *settings.PASSED, *(row.key for row in REFUSED)} <= set(rows)
    assert settings.table() in (support.ROOT / "DESIGN.md").read_text("utf-8")
    assert all(line.count("|") == 3 for line in settings.table().splitlines())


def test_every_setting_that_works_has_a_field() -> None:
    fields = {each.field.partition(".")[0] for each in settings.HONOURED.values()}
    assert fields == get_type_hints(Settings).keys() - {"source"}


def test_a_file_or_page_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    source = support.copy_base(tmp_path / "inputs")
    made = read({"extra_css": ["a.css"], "nav": ["zh-hans/nowhere.md"]})
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
    theme = "  font: false\n  palette: {primary: indigo, scheme: default}\n  logo: logo.svg\n  favicon: logo.svg\n"
    text = OWN.replace("  font: false\n", theme)
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
  - 各部:
    - 门户: zh-hans/{sample.THEME}.md
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
@pytest.mark.parametrize(("edition", "part", "note"), [("zh-hans", "门户", "说明"), ("zh-hant", "門戶", "說明")])
def test_settings_that_work_show_in_every_edition(configured: Path, edition: str, part: str, note: str) -> None:
    page = read_page(configured, f"{edition}/foreword/")
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
        part,
        "前言",
        ("外面"),
    ]
    assert one(page, ".admonition p:last-child").get_text() == f"{note}。"
    home = read_page(configured, f"{edition}/")
    assert one(home, "meta[name=description]")["content"] == "编者的描述".replace(
        "编", "編" if edition == "zh-hant" else "编"
    )


@pytest.mark.slow
def test_a_palette_of_one_scheme_gives_its_colours_and_leaves_no_choice(configured: Path) -> None:
    page = read_page(configured, f"zh-hant/{sample.THEME}/")
    assert [str(link["href"]) for link in page.select("link[rel=stylesheet]")][1] == "../../assets/palette.css"
    assert "#4051b5" in (configured / "assets" / "palette.css").read_text("utf-8")
    assert "palette" not in (configured / "_headers").read_text("utf-8"), "it has the same name whatever is in it"
    assert one(page, "meta[name=color-scheme]")["content"] == "light"
    assert not page.select("button.scheme")


@pytest.mark.slow
def test_the_policy_follows_the_settings(configured: Path) -> None:
    assert "script-src 'self'" in (configured / "_headers").read_text()
