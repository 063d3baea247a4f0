"""Build what the search is compared with, as its documentation says. Runs in the environment of the benchmarks.

Reads a corpus as JSON from standard input: for each edition its language and the clauses of each part. For each it
makes a stock site of Material with jieba, a heading a clause, and an index of Pagefind, a page a clause.
"""

from __future__ import annotations

import html
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

# As Material's documentation has it for Chinese: jieba installed, and this separator.
CONFIGURATION = r"""
site_name: The statement
theme:
  name: material
  language: {language}
  font: false
plugins:
  - search:
      separator: '[\s\u200b\-]'
nav: [{pages}]
"""
LANGUAGES = {"zh-hans": "zh", "zh-hant": "zh-TW"}


def main() -> None:
    """Build both for every edition, into the folder that the first argument names."""
    corpus: Mapping[str, Sequence[Sequence[tuple[int, str]]]] = json.load(sys.stdin)
    for edition, parts in corpus.items():
        folder = Path(sys.argv[1]) / edition
        _material(folder / "material", LANGUAGES[edition], parts)
        _pagefind(folder / "pagefind", parts)


def _material(folder: Path, language: str, parts: Sequence[Sequence[tuple[int, str]]]) -> None:
    docs = folder.with_name("docs")
    docs.mkdir(parents=True)
    names = [f"part{order}.md" for order, _ in enumerate(parts)]
    for name, clauses in zip(names, parts, strict=True):
        text = "".join(f"## p{number} {{ #p{number} }}\n\n{_escaped(clause)}\n\n" for number, clause in clauses)
        (docs / name).write_text(f"# part\n\n{text}", "utf-8")
    configuration = folder.with_name("mkdocs.yml")
    text = CONFIGURATION.format(language=language, pages=", ".join(names))
    configuration.write_text(f"{text}docs_dir: docs\nmarkdown_extensions: [attr_list]\n", "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(configuration), "-d", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    (worker,) = (folder / "assets" / "javascripts" / "workers").glob("search.*.js")
    (folder / "worker.json").write_text(json.dumps({"worker": worker.relative_to(folder).as_posix()}))


def _pagefind(folder: Path, parts: Sequence[Sequence[tuple[int, str]]]) -> None:
    pages = folder.with_name("pages")
    pages.mkdir()
    for number, clause in (each for clauses in parts for each in clauses):
        page = f'<!doctype html><html lang="zh"><title>p</title><body><p>{html.escape(clause)}</p></body></html>'
        (pages / f"p{number}.html").write_text(page, "utf-8")
    command = [sys.executable, "-m", "pagefind", "--silent", "--site", str(pages), "--output-path", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _escaped(text: str) -> str:
    return text.replace("*", r"\*").replace("<", "&lt;")


if __name__ == "__main__":
    main()
