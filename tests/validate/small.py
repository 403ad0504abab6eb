"""A small catalogue and rows made up for the twin tests of the checks."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from lienvung.domain.areas import Area, AreaKey, Gazetteer
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import OPEN_DAY
from lienvung.domain.handovers import ROWS_SCHEMA, Finding, Findings, RawFile, Rows
from lienvung.domain.indicators import Code, Group, Indicator, Unit
from lienvung.domain.observations import Source
from lienvung.validate.rows import check_rows

MERGER = date(2025, 7, 1)
RECEIVED = date(2024, 6, 15)
SHA = "ab" * 32


def _area(code: str, start: str, name: str, end: date = OPEN_DAY) -> Area:
    return Area(AreaKey(code, start), "province", "tỉnh", name, name, end)


def _indicator(code: str, unit: str, aggregation: str = "sum") -> Indicator:
    return Indicator(
        code, "T01-02", "", "", "T01", code, code, unit, 1, "", "", aggregation, "", "", "", 1.0, "", "A", "", ""
    )


AREAS = (
    _area("74", "2004", "Bình Dương", MERGER),
    _area("75", "2004", "Đồng Nai", MERGER),
    _area("79", "2004", "Hồ Chí Minh", MERGER),
    _area("80", "2004", "Long An", MERGER),
    _area("79", "2025-07-01", "Hồ Chí Minh"),
    _area("80", "2025-07-01", "Tây Ninh"),
)
INDICATORS = (
    _indicator("POP_AVG", "PERSONS_TH"),
    _indicator("GRDP_CUR", "VND_BN"),
    _indicator("UNEMP_RATE", "PCT", "ratio"),
    _indicator("POP_GROWTH", "PCT", "growth"),
)
UNITS = (
    Unit("PERSONS", "người", "persons", "PERSONS", 1),
    Unit("PERSONS_TH", "nghìn người", "thousand persons", "PERSONS", 1e3),
    Unit("PERSONS_MN", "triệu người", "million persons", "PERSONS", 1e6),
    Unit("VND_BN", "tỷ đồng", "billion VND", "VND", 1e9),
    Unit("USD_MN", "triệu USD", "million USD", "USD", 1e6),
    Unit("PCT", "%", "percent", "PCT", 1),
)
SOURCES = (
    Source("yearbook-2022", "GSO", "Niên giám 2022", "Yearbook 2022", "2023-06", "", "", "", "2004", ""),
    Source("this-file", "GSO", "Tệp này", "This file", "2024", "", "", "cd" * 32, "2004", ""),
)
CATALOGUE = Catalogue(
    "small", "Nhỏ", "Small", "1", "R", (), Gazetteer(AREAS),
    {"T01": Group("T01", "POPULATION", "Dân số", "Population")},
    {i.code: i for i in INDICATORS}, {u.code: u for u in UNITS}, {c: Code(c, c, c) for c in ("_T", "SEX_F")},
    {c: Code(c, c, c) for c in ("_T", "AGRI")},
    {c: Code(c, c, c) for c in ("GSO", "FIA")},
    {s.document: s for s in SOURCES},
)  # fmt: skip
BASE: dict[str, Any] = {
    "indicator": "POP_AVG", "area_text": "74", "boundary": "2004", "period": "2020", "value": 2580.5, "decimals": 1,
    "issuer": "GSO", "published": "2022-06-30",
}  # fmt: skip


def raw_file(sha256: str = SHA) -> RawFile:
    """A file that nobody opens."""
    return RawFile("a.csv", Path("a.csv"), sha256, 1, "csv", datetime(2024, 6, 15))


def rows_of(*changes: dict[str, Any], findings: tuple[Finding, ...] = ()) -> Rows:
    """One row per change against ``BASE``, in cells C2, C3 …"""
    records = []
    for number, change in enumerate(changes, 2):
        record = {**BASE, "cell": f"C{number}", **change}
        if "value_text" not in record:
            record["value_text"] = "" if record["value"] is None else str(record["value"])
        records.append(record)
    return Rows(pa.Table.from_pylist(records, schema=ROWS_SCHEMA), "test/1", "", findings=findings)


def check(
    *changes: dict[str, Any], sha256: str = SHA, received: date = RECEIVED
) -> tuple[list[dict[str, Any]], Findings]:
    """The claims as records, and the findings, of these rows."""
    table, findings = check_rows(rows_of(*changes), CATALOGUE, raw_file(sha256), received)
    records: list[dict[str, Any]] = table.to_pylist()
    return records, findings
