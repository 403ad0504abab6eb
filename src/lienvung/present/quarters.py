"""Estimated quarters as people and scripts read them, never without their mark."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.quarters import QUARTER_METHODS, QuarterEstimate
from lienvung.errors import Both
from lienvung.present.numbers import format_number
from lienvung.present.plans import name_territory, say

MARK = Both("ước tính", "estimate")
Address = Callable[[Mapping[str, Any]], str]


def quarter_record(found: QuarterEstimate, catalogue: Catalogue, lang: str, address: Address) -> dict[str, Any]:
    """The quarters with their years, what they rest on, and where each input is traced."""
    own, other = catalogue.indicators[found.indicator], catalogue.indicators[found.related]
    unit = catalogue.units[found.unit].name(lang)
    return {
        "indicator": found.indicator,
        "name": own.name(lang),
        "area": found.area_key,
        "area_name": name_territory(found.area_key, catalogue, lang),
        "unit": unit,
        "status": say(MARK, lang),
        "method": found.method,
        "method_name": say(QUARTER_METHODS[found.method], lang),
        "related": found.related,
        "related_name": other.name(lang),
        "related_area": found.related_area,
        "gap": found.gap,
        "assumptions": [say(a, lang) for a in found.assumptions],
        "years": [
            {"year": y, "value": r["value"], "text": format_number(r["value"], 1, lang), "issuer": r["issuer"],
             "sum": sum(q.value for q in found.quarters if q.period.startswith(str(y))), "address": address(r)}
            for y, r in found.years.items()
        ],
        "quarters": [
            {"period": q.period, "value": q.value, "text": format_number(q.value, 1, lang), "unit": unit,
             "status": say(MARK, lang), "low": q.low, "high": q.high,
             "range": "" if q.low is None else f"{format_number(q.low, 1, lang)} … {format_number(q.high, 1, lang)}",
             "related": q.related["value"], "related_text": format_number(q.related["value"], 1, lang),
             "related_address": address(q.related)}
            for q in found.quarters
        ],
    }  # fmt: skip
