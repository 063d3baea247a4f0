"""Build a project's Markdown as a stock site of Material. Runs in the environment of the benchmarks.

Prints the processor seconds that MkDocs takes, its start included.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

CONFIGURATION = """
site_name: The statement
docs_dir: docs/pages
site_dir: stock
theme:
  name: material
  language: zh
  font: false
plugins: [search]
markdown_extensions: [admonition, attr_list, def_list, footnotes, md_in_html, tables]
"""


def main() -> None:
    """Build the project in the folder that the argument names."""
    configuration = Path(sys.argv[1], "stock.yml")
    configuration.write_text(CONFIGURATION, "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(configuration)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(used.ru_utime + used.ru_stime)


if __name__ == "__main__":
    main()
