"""Typeset: read what stands in a PDF from standard input and write the PDF to standard output: a process of its own.

Typst keeps all that it has ever laid out as long as its process lives: of a text of 500 clauses, in two scripts and two
sizes, more than a gigabyte, which a library of ten such texts would need ten times.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime

import typst


def main() -> None:
    """Set one PDF; the standard, the layout, the inputs, the moment and the fonts' folder, if any, come as JSON."""
    given = json.load(sys.stdin.buffer)
    carried = [given["fonts"]] if given["fonts"] else []
    fonts = typst.Fonts(include_system_fonts=not carried, include_embedded_fonts=False, font_paths=carried)
    compiler = typst.Compiler(given["layout"].encode("utf-8"), font_paths=fonts)
    try:
        made = compiler.compile(
            sys_inputs=given["inputs"],
            format="pdf",
            pdf_standards=given["standard"],
            timestamp=datetime.fromisoformat(given["moment"]),
        )
    except typst.TypstError as error:
        sys.exit(" ".join(str(error).split()))
    if not isinstance(made, bytes):
        sys.exit(f"it gave {type(made).__name__}, not a file")
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
