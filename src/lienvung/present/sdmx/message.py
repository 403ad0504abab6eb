"""What every SDMX-JSON message has: its head, names in two languages, its errors."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from lienvung.errors import LienVungError
from lienvung.present.sdmx.model import AGENCY, AGENCY_EN, AGENCY_VI

Json = dict[str, Any]

_SCHEMAS = {
    "2.0.0": "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/{0}-message/tools/schemas/2.0.0/sdmx-json-{0}-schema.json",
    "2.1.0": "https://json.sdmx.org/2.1/sdmx-json-{0}-schema.json",
}


def named(name_vi: str, name_en: str, lang: str) -> Json:
    """``name`` in the reader's language and ``names`` in both.

    >>> named("Dân số", "Population", "en")
    {'name': 'Population', 'names': {'vi': 'Dân số', 'en': 'Population'}}
    """
    vi, en = name_vi or name_en, name_en or name_vi
    return {"name": vi if lang == "vi" else en, "names": {"vi": vi, "en": en}}


def build_meta(kind: str, version: str, prepared: datetime, lang: str, self_url: str = "") -> Json:
    """The head of a ``data`` or ``structure`` message; the same question on the same data gives the same head."""
    schema = _SCHEMAS[version].format(kind)
    moment = prepared.isoformat().replace("+00:00", "Z")
    digest = hashlib.sha256(f"{kind} {version} {moment} {lang} {self_url}".encode()).hexdigest()[:16]
    meta: Json = {
        "schema": schema,
        "id": f"LV{digest}",
        "test": False,
        "prepared": moment,
        "contentLanguages": ["vi", "en"],
        "sender": {"id": AGENCY, **named(AGENCY_VI, AGENCY_EN, lang)},
    }
    if self_url:
        meta["links"] = [{"href": self_url, "rel": "self"}]
    return meta


def build_errors(error: LienVungError, status: int, lang: str) -> Json:
    """The body of a refused question: what happened and what to do, in both languages."""
    said = {k: " ".join(s for s in (error.message(k), error.suggestion(k)) if s) for k in ("vi", "en")}
    return {
        "errors": [
            {
                "code": status,
                "title": error.code,
                "titles": {"vi": error.code, "en": error.code},
                "detail": said["vi" if lang == "vi" else "en"],
                "details": said,
            }
        ]
    }
