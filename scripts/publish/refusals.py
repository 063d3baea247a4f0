"""Refusals: settings of mkdocs.yml that would have no effect here, each with the reason and an alternative."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FOLDER = "docs/source/pages"
"""The folder for files that settings refer to."""


@dataclass(frozen=True)
class Refusal:
    """A setting that would have no effect: why, and what to do instead. A key ending in `.*` covers all other keys."""

    key: str
    reason: str
    instead: str


_SKELETON = "the skeleton is this site's own and has no such part"
_MADE = "docs/pages is what the build made"
_PLACE = "the site is published as a folder"
_EDITIONS = "add a row to editions in statement.toml"

REFUSED = (
    Refusal("site_name", "the name is the statement's title", "change title in statement.toml"),
    Refusal("site_author", "the author is who issued the statement", "change issuer in statement.toml"),
    Refusal("edit_uri_template", "links to edit lead to the file a page is made from", "use edit_uri"),
    Refusal("extra_templates", "all pages have one skeleton", f"write a page in {FOLDER}"),
    Refusal("hooks", "pages are made before MkDocs runs", "use a plugin that works on pages"),
    Refusal("strict", "every build is strict", "remove it"),
    Refusal("exclude_docs", _MADE, f"remove the file from {FOLDER}"),
    Refusal("draft_docs", _MADE, f"keep drafts out of {FOLDER}"),
    Refusal("not_in_nav", "pages need not be in the menu", "remove it"),
    Refusal("mdx_configs", "MkDocs keeps it for itself", "put options below the extension in markdown_extensions"),
    Refusal("dev_addr", "the preview serves this machine only", "use make serve, with --port for another port"),
    Refusal("watch", "the preview watches all that the site is made of", "remove it"),
    Refusal("remote_branch", _PLACE, "push site/ with git"),
    Refusal("remote_name", _PLACE, "push site/ with git"),
    Refusal("pages", "MkDocs has given it up", "use nav"),
    Refusal("google_analytics", "this site asks nothing of other hosts", "count requests on your own host"),
    Refusal("theme.language", "each page has the language of its edition", _EDITIONS),
    Refusal("theme.locale", "each page has the language of its edition", _EDITIONS),
    Refusal("theme.direction", "Chinese is set from left to right", "remove it"),
    Refusal("theme.features", _SKELETON, "remove it"),
    Refusal("theme.palette.toggle", "the scheme button has words of its own in each script", "remove it"),
    Refusal("theme.icon.*", _SKELETON, "use theme.icon.logo or theme.icon.repo"),
    Refusal("theme.static_templates", "all pages have one skeleton", f"write a page in {FOLDER}"),
    Refusal("theme.*", "nothing reads it", "remove it"),
    Refusal("extra.analytics", "this site asks nothing of other hosts", "count requests on your own host"),
    Refusal("extra.consent", "nothing is stored that needs consent", "remove it"),
    Refusal("extra.alternate", "the language picker lists the editions", _EDITIONS),
    Refusal("extra.version", "a published statement has no versions", "remove it"),
    Refusal("extra.generator", "pages name no generator", "remove it"),
    Refusal("extra.homepage", "the title leads to the edition's home", "put the address into nav"),
    Refusal("extra.status", _SKELETON, "remove it"),
    Refusal("extra.tags", _SKELETON, "remove it"),
    Refusal("extra.annotate", _SKELETON, "remove it"),
    Refusal("extra.polyfills", "this site asks nothing of other hosts", "list files of your own in extra_javascript"),
    Refusal("extra.scope", "what is stored is stored for this site", "remove it"),
    Refusal("extra.*", "nothing reads it", "remove it"),
    Refusal("plugins.search", "the site has its own search, which finds every piece of the text", "remove it"),
    Refusal("plugins.blog", _SKELETON, f"write pages in {FOLDER}"),
    Refusal("plugins.tags", _SKELETON, "remove it"),
    Refusal("plugins.social", "the build makes pictures of its own, with no font from elsewhere", "remove it"),
    Refusal("plugins.privacy", "nothing is loaded from other hosts", "remove it"),
    Refusal("plugins.offline", _SKELETON, "remove it"),
    Refusal("plugins.optimize", "pictures are published as they are", "make them small before"),
    Refusal("plugins.projects", "a site is one project", "remove it"),
    Refusal("plugins.info", "it packs a project with Material's own skeleton", "remove it"),
    Refusal("plugins.group", "it hides which plugins run", "list the plugins themselves"),
    Refusal("plugins.meta", _MADE, f"use the front matter of each page in {FOLDER}"),
    Refusal("plugins.typeset", _SKELETON, "remove it"),
)
ROWS: Mapping[str, Refusal] = {row.key: row for row in REFUSED}


FEATURES: Mapping[str, str] = {
    "content.action.edit": "set repo_url and edit_uri, which give each page such a link",
    "content.action.view": "set repo_url and edit_uri, which give each page a link to its source",
    "navigation.footer": "remove it, each part links to the one before and after it",
    "navigation.sections": "write sections in nav",
    "navigation.tabs": "write sections in nav",
    "navigation.top": "remove it, the bar at the top stays in view and its title leads home",
    "search.highlight": "remove it, the site's search marks what it finds",
    "search.suggest": "remove it, the site's search answers while one writes",
}
"""The closest equivalent of some of Material's features."""
