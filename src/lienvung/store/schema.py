"""The columns of what is published."""

from __future__ import annotations

import pyarrow as pa

CLAIMS = pa.schema(
    [
        ("dataflow", pa.string()),
        ("indicator", pa.string()),
        ("area_key", pa.string()),  # 74@2004
        ("activity", pa.string()),
        ("breakdown", pa.string()),
        ("issuer", pa.string()),
        ("freq", pa.string()),
        ("period", pa.string()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("value", pa.float64()),
        ("mark", pa.string()),
        ("decimals", pa.int32()),
        ("unit", pa.string()),
        ("status", pa.string()),
        ("note", pa.string()),
        ("published_from", pa.date32()),
        ("published_precision", pa.string()),
        ("document", pa.string()),
        ("file_name", pa.string()),
        ("file_sha256", pa.string()),
        ("sheet", pa.string()),
        ("cell", pa.string()),
        ("origin_sheet", pa.string()),
        ("origin_cell", pa.string()),
        ("parser", pa.string()),
        ("submission", pa.string()),
    ]
)
"""A checked fact on its way to being published: everything but the moments that publishing sets."""

OBSERVATIONS = pa.schema(
    [
        *CLAIMS,
        pa.field("release", pa.string()),
        pa.field("published_to", pa.date32()),
        pa.field("recorded_from", pa.timestamp("us")),
        pa.field("recorded_to", pa.timestamp("us")),
    ]
)
"""The table ``obs``: partitioned by dataflow, sorted by ``SORT``; instants are naive UTC."""

SORT = (
    "indicator", "area_key", "activity", "breakdown", "issuer", "freq", "period_start", "period",
    "published_from", "recorded_from",
)  # fmt: skip

SERIES_COLUMNS = pa.schema(
    [
        ("dataflow", pa.string()),
        ("indicator", pa.string()),
        ("area_key", pa.string()),
        ("activity", pa.string()),
        ("breakdown", pa.string()),
        ("issuer", pa.string()),
        ("freq", pa.string()),
        ("unit", pa.string()),
        ("first_period", pa.string()),
        ("last_period", pa.string()),
        ("first_day", pa.date32()),
        ("last_day", pa.date32()),
        ("observations", pa.int64()),
        ("vintages", pa.int64()),
        ("last_published", pa.date32()),
        ("last_recorded", pa.timestamp("us")),
    ]
)
"""The derived table ``series``: one row per series of the current view, keyed by the snapshot."""
