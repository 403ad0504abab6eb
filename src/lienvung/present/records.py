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
    return [_record(row, names) for row in zip(*columns, strict=True)]


def area_names(catalogue: Catalogue, lang: str) -> dict[str, str]:
    """The name of every area by its full key, ``74@2004``."""
    return {str(key): area.name(lang) for key, area in catalogue.gazetteer.areas.items()}


def _record(row: tuple[Any, ...], names: dict[str, str]) -> dict[str, Any]:
    indicator, area_key, period, value, unit, status, published, precision, recorded, *rest = row
    key = AreaKey.parse(area_key)
    day: date | None = published
    moment: datetime | None = recorded
    values = (
        indicator, key.code, key.valid_from, names.get(area_key, area_key), period, value, unit, status,
        day.isoformat() if day else None, precision, iso_instant(moment) if moment else None, *rest,
    )  # fmt: skip
    return dict(zip(RECORD_KEYS, values, strict=True))
