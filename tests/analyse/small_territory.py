"""A made-up territory with figures, for tests: A splits into B and C; later C and D merge into E, B and F stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import duckdb
import pyarrow as pa

from lienvung.chain import ask_on_boundary
from lienvung.domain.areas import Area, AreaKey, Gazetteer, Membership, Region, Succession
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import OPEN_DAY
from lienvung.domain.handovers import DerivedAnswer
from lienvung.domain.indicators import Code, Group, Indicator, Unit
from lienvung.query.reader import Reader
from lienvung.store.schema import OBSERVATIONS
from tests.present.small_world import row

SPLIT, MERGED = date(2010, 1, 1), date(2020, 1, 1)
LAST = "2020-01-01"
_PROVINCES = (
    ("A@2000", SPLIT), ("D@2000", MERGED), ("F@2000", MERGED), ("B@2010-01-01", MERGED), ("C@2010-01-01", MERGED),
    ("B@2020-01-01", OPEN_DAY), ("E@2020-01-01", OPEN_DAY), ("F@2020-01-01", OPEN_DAY),
)  # fmt: skip
_STEPS = (
    ("A@2000", "B@2010-01-01", SPLIT, 0.6), ("A@2000", "C@2010-01-01", SPLIT, 0.4),
    ("B@2010-01-01", "B@2020-01-01", MERGED, 1), ("F@2000", "F@2020-01-01", MERGED, 1),
    ("C@2010-01-01", "E@2020-01-01", MERGED, 1), ("D@2000", "E@2020-01-01", MERGED, 1),
)  # fmt: skip
_INDICATORS = (  # code, unit, aggregation, numerator, denominator, weight, scale
    ("POP_AVG", "PERSONS_TH", "sum", "", "", "", 1.0),
    ("GRDP_CUR", "VND_BN", "sum", "", "", "", 1.0),
    ("GRDP_C2010", "VND_BN", "sum", "", "", "", 1.0),
    ("GRDP_PC", "VND_MN", "ratio", "GRDP_CUR", "POP_AVG", "", 1.0),
    ("UNEMP_RATE", "PCT", "weighted_mean", "", "", "POP_AVG", 1.0),
    ("GRDP_GROWTH", "PCT", "growth", "GRDP_C2010", "", "", 1.0),
    ("IIP", "PCT", "index", "", "", "", 1.0),
    ("PCI", "PCT", "never", "", "", "", 1.0),
)


def key(text: str) -> AreaKey:
    return AreaKey.parse(text)


def places() -> Gazetteer:
    areas = [Area(key(k), "province", "tỉnh", k, k, ends) for k, ends in _PROVINCES]
    steps = [Succession(key(o), key(n), day, share, "diện tích", "NQ") for o, n, day, share in _STEPS]
    regions = [Region(c, "X", f"Vùng {c}", f"Region {c}", "", OPEN_DAY, "") for c in ("R", "S")]
    # R is A and D, whole on every boundary; S is D and F, cut by the merger
    members = [Membership("R", key("A@2000")), Membership("R", key("D@2000")),
               Membership("S", key("D@2000")), Membership("S", key("F@2000"))]  # fmt: skip
    return Gazetteer(areas, steps, regions, members)


def indicator(spec: tuple[Any, ...]) -> Indicator:
    code, unit, rule, numerator, denominator, weight, scale = spec
    return Indicator(
        code, "T05-01", "", "not verified", "T05", code, code, unit, 2,
        "", "", rule, numerator, denominator, weight, scale, "up", "A", "", "",
    )  # fmt: skip


def catalogue() -> Catalogue:
    units = {c: Unit(c, c, c, c, 1.0) for c in ("PERSONS_TH", "VND_BN", "VND_MN", "PCT")}
    code = {"_T": Code("_T", "Tổng", "Total")}
    return Catalogue(
        "made-up", "Thử", "Test", "1", "R", (), places(), {"T05": Group("T05", "NATIONAL_ACCOUNTS", "", "")},
        {s[0]: indicator(s) for s in _INDICATORS}, units, code | {"X": Code("X", "X", "X")}, code,
        {i: Code(i, i, i) for i in ("GSO", "OTHER")}, {},
    )  # fmt: skip


class MemoryReader(Reader):
    """The kept templates over a table in memory."""

    def __init__(self, table: pa.Table) -> None:
        self._db = duckdb.connect(config={"threads": "1"})
        self._templates: dict[str, str] = {}
        self._db.register("obs", table)

    def pointer(self) -> Any:
        return SimpleNamespace(snapshot="1", files={}, metadata_location="")

    def run(self, name: str, parameters: Mapping[str, object], dataflows: Any = None, pointer: Any = None) -> pa.Table:
        return self._db.sql(self.template(name), params=dict(parameters)).to_arrow_table()


def reader(rows: Iterable[dict[str, Any]]) -> MemoryReader:
    return MemoryReader(pa.Table.from_pylist(list(rows), OBSERVATIONS))


def figure(code: str, area: str, period: str, value: float | None, **other: Any) -> dict[str, Any]:
    units = {s[0]: s[1] for s in _INDICATORS}
    return row(code, area, period, value, unit=units[code], **other)


def ask(rows: Iterable[dict[str, Any]] | MemoryReader, code: str, **choices: str | None) -> DerivedAnswer:
    found = rows if isinstance(rows, MemoryReader) else reader(rows)
    return ask_on_boundary(catalogue(), found, [code], choices)


def values(answer: DerivedAnswer) -> list[tuple[str, str, float | None]]:
    return [(r["area_key"], r["derivation"], r["value"]) for r in answer.table.to_pylist()]


NOW = datetime(2026, 1, 1)
