"""Why a value is not given, and what is lost on a boundary, in the names that a reader knows."""

from __future__ import annotations

import re
from datetime import date

from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.indicators import Indicator
from lienvung.errors import LienVungError
from lienvung.present.numbers import format_date
from lienvung.present.places import name_place

_DAY = re.compile(r"(?<![@\d-])\d{4}-\d{2}-\d{2}(?![\d-])")
_KEY = re.compile(r"[\w-]+@\d[\d-]*")


def say_refusal(refusal: LienVungError, indicator: Indicator, catalogue: Catalogue, lang: str) -> str:
    """The sentence of a refusal with names for keys and codes."""
    told = type(refusal)(**{**refusal.facts, "indicator": indicator.name(lang)}).message(lang)
    for code in sorted(set(re.findall(r"\b[A-Z][A-Z0-9_]{2,}\b", told)) & set(catalogue.indicators)):
        found = catalogue.indicators[code]
        told = told.replace(f"{code} ({found.name_vi})", found.name(lang))
    return _KEY.sub(lambda match: _name(match[0], catalogue, lang), told)


def say_note(text: str, catalogue: Catalogue, lang: str) -> str:
    """A sentence about areas, ``Đồng Tháp (82@2025-07-01)``, with full names for keys."""
    for key in dict.fromkeys(_KEY.findall(text)):
        name = _name(key, catalogue, lang)
        area = catalogue.gazetteer.areas.get(AreaKey.parse(key))
        text = text.replace(f"{area.name(lang)} ({key})", name) if area else text.replace(key, name)
    return _DAY.sub(lambda match: format_date(date.fromisoformat(match[0]), lang), text)


def _name(key: str, catalogue: Catalogue, lang: str) -> str:
    places, parsed = catalogue.gazetteer, AreaKey.parse(key)
    is_known = parsed in places.areas or parsed.code in places.regions
    return name_place(key, catalogue, lang, is_full=True) if is_known else key
