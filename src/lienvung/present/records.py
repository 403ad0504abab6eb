"""Published rows as the plain records that scripts rely on: the same names on the command line and in the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pyarrow as pa

from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue

RECORD_KEYS = (
    "indicator", "area", "area_valid_from", "area_name", "period", "value", "unit", "status",
    "published", "published_precision", "recorded", "issuer", "breakdown", "activity", "document", "mark", "decimals",
    "derivation", "boundary", "is_estimated", "formula", "inputs", "note",
    "is_chosen", "choice_by", "choice_reason",
)  # fmt: skip
"""Names of a record, in the order that they are printed. Scripts rely on them: add, never rename."""

_COLUMNS = (
    "indicator", "area_key", "period", "value", "unit", "status", "published_from", "published_precision",
    "recorded_from", "issuer", "breakdown", "activity", "document", "mark", "decimals",
)  # fmt: skip


def iso_instant(moment: datetime) -> str:
    """A stored moment (naive UTC) as ISO text.

    >>> iso_instant(datetime(2024, 1, 31, 8, 5))
    '2024-01-31T08:05:00Z'
    """
    return moment.isoformat() + "Z"


def observation_records(table: pa.Table, catalogue: Catalogue, lang: str = "vi") -> list[dict[str, Any]]:
    """One record per published row, keys as in ``RECORD_KEYS``; missing values stay null.

    Args:
        table: ``store.schema.OBSERVATIONS`` columns, in the order wanted.
        catalogue: gives the areas their names.
        lang: ``vi`` or ``en``.
    """
    names = area_names(catalogue, lang)
    columns = [table.column(name).to_pylist() for name in _COLUMNS]
    made = _derivations(table, lang)
    notes = [{"note": note} for note in table.column("note").to_pylist()]
    told = zip(zip(*columns, strict=True), made, notes, _choices(table), strict=True)
    return [_record(row, names) | how | note | chosen for row, how, note, chosen in told]


def _choices(table: pa.Table) -> list[dict[str, Any]]:
    """Whether a person chose this issuer's figure among several; null where nobody chose."""
    if "choice_issuer" not in table.column_names:
        return [{"is_chosen": None, "choice_by": None, "choice_reason": None}] * table.num_rows
    rows = table.select(["issuer", "choice_issuer", "choice_by", "choice_reason"]).to_pylist()
    return [
        {
            "is_chosen": row["choice_issuer"] == row["issuer"] if row["choice_issuer"] else None,
            "choice_by": row["choice_by"],
            "choice_reason": row["choice_reason"],
        }
        for row in rows
    ]


def _derivations(table: pa.Table, lang: str) -> list[dict[str, Any]]:
    """How each value came about; a table of published rows has only printed ones."""
    plain = {"derivation": "published", "boundary": None, "is_estimated": False, "formula": None, "inputs": None}
    if "derivation" not in table.column_names:
        return [plain] * table.num_rows
    rows = table.select(["derivation", "boundary", "is_estimated", f"formula_{lang}", "inputs"]).to_pylist()
    return [
        {
            "derivation": row["derivation"],
            "boundary": row["boundary"],
            "is_estimated": row["is_estimated"],
            "formula": row[f"formula_{lang}"] or None,
            "inputs": [each | {"published": _iso(each["published"])} for each in row["inputs"]],
        }
        for row in rows
    ]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def area_names(catalogue: Catalogue, lang: str) -> dict[str, str]:
    """The name of every area by its full key, ``74@2004``, and of every region by its code."""
    places = catalogue.gazetteer
    regions = {code: region.name(lang) for code, region in places.regions.items()}
    return regions | {str(key): area.name(lang) for key, area in places.areas.items()}


def _record(row: tuple[Any, ...], names: dict[str, str]) -> dict[str, Any]:
    indicator, area_key, period, value, unit, status, published, precision, recorded, *rest = row
    key = AreaKey.parse(area_key)
    day: date | None = published
    moment: datetime | None = recorded
    name = names.get(area_key) or names.get(key.code, area_key)
    values = (
        indicator, key.code, key.valid_from, name, period, value, unit, status,
        day.isoformat() if day else None, precision, iso_instant(moment) if moment else None, *rest,
    )  # fmt: skip
    return dict(zip(RECORD_KEYS, values, strict=False))  # how it came about is added by the caller
