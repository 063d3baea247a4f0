"""What CSL 1.0.2 says a record may hold, as a schema for CSL-JSON.

Made from the lists of types and variables in the CSL schema (github.com/citation-style-language/schema, under the MIT
licence), which comes with citeproc-py, so that a name that CSL does not have is refused.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import citeproc

FOLDER = Path(citeproc.SCHEMA_PATH).parent
TEXT = {"type": "string"}
NUMBER = {"type": ["string", "number"]}
NAMES = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "properties": {name: {"type": "string"} for name in ("family", "given", "suffix", "literal")},
        "minProperties": 1,
        "additionalProperties": False,
    },
}
DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": NUMBER},
        },
        "literal": {"type": "string"},
    },
    "minProperties": 1,
    "additionalProperties": False,
}


@cache
def schema() -> dict[str, Any]:
    """Return the schema of a file of CSL-JSON."""
    kinds = {"strings": TEXT, "titles": TEXT, "numbers": NUMBER, "names": NAMES, "dates": DATE}
    variables = {
        name: shape for kind, shape in kinds.items() for name in _listed("csl-variables.rnc", f"variables.{kind}")
    }
    own = {"id": NUMBER, "type": {"enum": _listed("csl-types.rnc", "item-types")}, "custom": {"type": "object"}}
    item = {
        "type": "object",
        "properties": variables | own,
        "required": ["type", "id"],
        "additionalProperties": False,
    }
    return {"$schema": "http://json-schema.org/draft-07/schema#", "type": "array", "items": item}


def _listed(file: str, name: str) -> list[str]:
    """Return the values of a pattern in the compact syntax of RELAX NG: `name = "a" | "b"`."""
    text = re.sub(r"#[^\n]*", "", (FOLDER / file).read_text("utf-8"))
    match = re.search(rf"{re.escape(name)} =((?:\s*\|?\s*\"[^\"]+\")+)", text)
    assert match, name
    return re.findall(r'"([^"]+)"', match[1])
