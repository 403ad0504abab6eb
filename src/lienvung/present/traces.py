"""One figure and where it came from: every vintage, its document, its cell, its moments on both clocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import OPEN_DAY
from lienvung.domain.observations import TOTAL, Source
from lienvung.present.grids import show_value
from lienvung.present.indicators import name_code
from lienvung.present.numbers import format_date, format_instant
from lienvung.present.texts import Texts
from lienvung.store.schema import OBSERVATIONS

SAME = tuple(c for c in OBSERVATIONS.names if c not in ("published_to", "recorded_from", "recorded_to"))
"""What a vintage is known by: rows that differ only in when they were believed are one vintage."""


@dataclass(frozen=True)
class RecordPeriod:
    """A time during which the store believed a vintage: since and until when, and what it then knew to replace it."""

    since: str
    until: str
    replaced: str


@dataclass(frozen=True)
class VintageView:
    """One value that an issuer published, and its address; ``periods``: when the store believed it, newest first."""

    text: str
    unit: str
    status: str
    part: str
    issuer: str
    published: str
    precision: str
    replaced: str
    periods: tuple[RecordPeriod, ...]
    is_current: bool
    source: Source | None
    document: str
    published_document: str
    file_name: str
    file_sha256: str
    sheet: str
    cell: str
    origin_sheet: str
    origin_cell: str
    parser: str
    submission: str
    release: str
    note: str


def list_vintages(table: pa.Table, catalogue: Catalogue, lang: str) -> list[VintageView]:
    """All vintages, each once, what stands now first, then the newest publication.

    Args:
        table: ``OBSERVATIONS`` rows of one indicator, area and period.
    """
    rows = sorted(table.to_pylist(), key=lambda r: (r["recorded_from"], r["published_from"]), reverse=True)
    rows.sort(key=lambda r: not _is_current(r))
    vintages: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        vintages.setdefault(tuple(row[c] for c in SAME), []).append(row)
    return [_vintage(found, catalogue, lang) for found in vintages.values()]


def _is_current(row: dict[str, Any]) -> bool:
    return bool(row["published_to"] == OPEN_DAY and row["recorded_to"].year == OPEN_DAY.year)


def _period(row: dict[str, Any], lang: str) -> RecordPeriod:
    since, until = (format_instant(row[c], lang) for c in ("recorded_from", "recorded_to"))
    return RecordPeriod(since, until, format_date(row["published_to"], lang))


def _vintage(rows: list[dict[str, Any]], catalogue: Catalogue, lang: str) -> VintageView:
    """One vintage of its rows, the newest belief first."""
    row = rows[0]
    texts, unit = Texts(lang), catalogue.units.get(row["unit"])
    source = catalogue.sources.get(row["document"] or "")
    precision = row["published_precision"] or "day"
    texts_of = {c: row[c] or "" for c in ("file_name", "file_sha256", "sheet", "cell", "origin_sheet", "origin_cell",
                                          "parser", "submission", "release", "note", "document")}  # fmt: skip
    parts = [
        name_code(codes, row[column], lang)
        for codes, column in ((catalogue.activities, "activity"), (catalogue.breakdowns, "breakdown"))
        if row[column] != TOTAL
    ]
    return VintageView(
        text=show_value(row, texts, row["decimals"]),
        unit=unit.name(lang) if unit else row["unit"],
        status=texts(f"status_{row['status']}"),
        part=", ".join(parts),
        issuer=name_code(catalogue.issuers, row["issuer"], lang),
        published=format_date(row["published_from"], lang, precision),
        precision=texts(f"precision_{precision}"),
        replaced=format_date(row["published_to"], lang),
        periods=tuple(_period(r, lang) for r in rows),
        is_current=_is_current(row),
        source=source,
        published_document=source.published if source else "",
        **texts_of,
    )
