"""A computed value told as text: its formula, then each input down to its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lienvung.domain.catalogue import Catalogue

_DERIVATION = {
    "published": ("như đã công bố", "as published"),
    "same": ("như đã công bố, cùng lãnh thổ", "as published, the same territory"),
    "sum": ("cộng các thành viên", "sum of the members"),
    "ratio": ("tính lại từ tử số và mẫu số", "recomputed from its parts"),
    "product": ("tính từ tỷ số × mẫu số", "computed from ratio × denominator"),
    "weighted_mean": ("bình quân có quyền số", "weighted mean"),
    "growth": ("tính lại từ mức", "recomputed from levels"),
    "split": ("ước tính từ đơn vị bị chia", "estimated from a divided unit"),
}
_PART = {
    "value": ("", ""),
    "numerator": ("tử số", "numerator"),
    "denominator": ("mẫu số", "denominator"),
    "weight": ("quyền số", "weight"),
    "split": ("căn cứ chia", "divided by"),
}


def render_derivations(records: Sequence[Mapping[str, Any]], catalogue: Catalogue, lang: str) -> str:
    """Every value of one place and period with what it was made from.

    Args:
        records: as ``present.records.observation_records`` makes them.
    """
    first = records[0]
    indicator = catalogue.indicator(first["indicator"])
    place = f"{first['area_name']} ({first['area']}@{first['area_valid_from']})"
    on = "địa giới" if lang == "vi" else "boundary"
    lines = [f"{indicator.name(lang)} [{indicator.code}], {place}, {first['period']}, {on} {first['boundary']}"]
    for record in records:
        lines += ["", *_record(record, catalogue, lang)]
    return "\n".join(lines)


def _record(record: Mapping[str, Any], catalogue: Catalogue, lang: str) -> list[str]:
    vi, at = lang == "vi", 0 if lang == "vi" else 1
    unit = catalogue.units.get(record["unit"])
    value = "…" if record["value"] is None else f"{record['value']:,.10g}"
    issuer = catalogue.issuers.get(record["issuer"])
    fields = [
        ("Giá trị", "Value", f"{value} {unit.name(lang) if unit else record['unit']}"),
        ("Cách có", "Derivation", _DERIVATION[record["derivation"]][at]),
        ("Công thức", "Formula", record["formula"] or ""),
        ("Nơi công bố", "Issuer", f"{issuer.name(lang) if issuer else record['issuer']} [{record['issuer']}]"),
        ("Biết từ", "Known from", f"{record['published']} · {record['recorded']}"),
    ]
    lines = [f"  {(v if vi else e):<14}{text}" for v, e, text in fields if text]
    return [*lines, *(_input(each, lang) for each in record["inputs"])]


def _input(found: Mapping[str, Any], lang: str) -> str:
    part = _PART[found["part"]][0 if lang == "vi" else 1]
    share = "" if found["share"] in (None, 1) else f" × {found['share']:.6g}"
    value = "…" if found["value"] is None else f"{found['value']:,.10g}"
    origin = "!".join(p for p in (found["origin_sheet"], found["origin_cell"]) if p)
    cell = "!".join(p for p in (found["sheet"], found["cell"]) if p)
    place = f"{found['document']}{' ' + origin if origin else ''}, {found['file']} {cell}"
    name = f"{part + ': ' if part else ''}{found['indicator']} {found['area_key']} {found['period']}"
    return f"    ← {name} = {value}{share}  [{found['issuer']}, {found['published']}; {place}]"
