"""The register of innovation as people and scripts read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.innovation import InnovationRegister, Programme, Support
from lienvung.errors import Both
from lienvung.present.numbers import format_number
from lienvung.present.plans import name_territory, say
from lienvung.store.packs import FIXED_FILES

KIND_NAMES = {
    "policy": Both("chính sách", "policy"),
    "programme": Both("chương trình", "programme"),
    "fund": Both("quỹ", "fund"),
}
FILES = ("programmes", "supports", "results")
"""The files of the register in a pack: what an agency fills in."""
Rows = Mapping[str, Mapping[str, Any] | None]


def programme_record(found: Programme, catalogue: Catalogue, lang: str) -> dict[str, Any]:
    """One programme, with the document that it is."""
    return {
        "programme": found.key,
        "kind": say(KIND_NAMES[found.kind], lang),
        "number": found.number,
        "published": found.published,
        "day": "/".join(reversed(found.published.split("-"))) if lang == "vi" else found.published,
        "issuer": found.issuer_vi if lang == "vi" else found.issuer_en,
        "title": found.title_vi if lang == "vi" else found.title_en,
        "territory": found.territory,
        "territory_name": name_territory(found.territory, catalogue, lang),
        "period": "-".join(y for y in (found.period_from, found.period_to) if y),
        "note": found.note_vi if lang == "vi" else found.note_en,
        "confidence": found.confidence,
        "source": found.source,
    }


def support_record(found: Support, catalogue: Catalogue, lang: str) -> dict[str, Any]:
    """A supported firm."""
    unit = catalogue.units.get(found.unit)
    return {
        "support": found.key,
        "programme": found.programme,
        "firm": found.firm,
        "territory": found.territory,
        "territory_name": name_territory(found.territory, catalogue, lang),
        "granted": found.granted,
        "form": found.form_vi if lang == "vi" else found.form_en or found.form_vi,
        "amount": found.amount,
        "amount_text": f"{format_number(found.amount, None, lang)} {unit.name(lang) if unit else found.unit}".strip(),
        "document": found.document,
        "note": found.note_vi if lang == "vi" else found.note_en,
    }


def result_records(
    register: InnovationRegister,
    rows: Rows,
    catalogue: Catalogue,
    lang: str,
    address: Callable[[Mapping[str, Any]], str],
) -> list[dict[str, Any]]:
    """Results with their published value, and where it is traced; the value is None where nothing is published."""
    records = []
    for found in register.results.values():
        row, own = rows.get(found.key), catalogue.indicators[found.indicator]
        programme = register.programmes[found.programme]
        records.append(
            {
                "result": found.key,
                "programme": found.programme,
                "programme_name": programme.number or (programme.title_vi if lang == "vi" else programme.title_en),
                "indicator": found.indicator,
                "indicator_name": own.name(lang),
                "territory": found.territory,
                "territory_name": name_territory(found.territory, catalogue, lang),
                "period": found.period,
                "value": row["value"] if row else None,
                "text": format_number(row["value"], own.decimals, lang) if row else "",
                "unit": catalogue.units[own.unit].name(lang),
                "issuer": row["issuer"] if row else None,
                "document": row["document"] if row else None,
                "published": str(row["published_from"]) if row else None,
                "address": address(row) if row else None,
                "note": found.note_vi if lang == "vi" else found.note_en,
            }
        )
    return records


def template_text(name: str) -> str:
    """An empty file of the register with its columns, for an agency to fill in."""
    return ",".join(FIXED_FILES[f"innovation/{name}.csv"]) + "\n"
