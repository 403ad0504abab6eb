"""A small catalogue and published histories made up for the tests of the reconciliation checks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pyarrow as pa

from lienvung.domain.areas import Area, AreaKey, Gazetteer, Membership, Region, Succession
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import OPEN_DAY, OPEN_INSTANT
from lienvung.domain.discrepancies import Discrepancy
from lienvung.domain.indicators import Code, Group, Indicator, Unit
from lienvung.domain.observations import Break
from lienvung.domain.periods import Period
from lienvung.store.schema import OBSERVATIONS
from lienvung.validate.reconcile.registry import reconcile

MERGER = date(2025, 7, 1)
SIX = ("70", "72", "74", "75", "77", "79")


def _area(code: str, start: str, name: str, level: str = "province", end: date = OPEN_DAY) -> Area:
    return Area(AreaKey(code, start), level, "", name, name, end)


def _indicator(code: str, unit: str, aggregation: str, decimals: int = 1, **more: Any) -> Indicator:
    said = {
        "price_basis": "", "comparison": "", "numerator": "", "denominator": "", "weight": "", "scale": 1.0, **more,
    }  # fmt: skip
    return Indicator(
        code, "", "", "", "T01", code, code, unit, decimals, aggregation=aggregation, direction="", frequency="A",
        note_vi="", note_en="", **said,
    )  # fmt: skip


NAMES = {
    "70": "Bình Phước", "72": "Tây Ninh", "74": "Bình Dương", "75": "Đồng Nai", "77": "Bà Rịa - Vũng Tàu",
    "79": "TP. Hồ Chí Minh",
}  # fmt: skip
AREAS = (
    *(_area(code, "2004", NAMES[code], end=MERGER) for code in SIX),
    _area("33", "2004", "Hưng Yên", end=MERGER), _area("49", "2004", "Quảng Nam", end=MERGER),
    _area("80", "2004", "Long An", end=MERGER), _area("28", "2004", "Hà Tây", end=date(2008, 8, 1)),
    _area("79", "2025-07-01", "TP. Hồ Chí Minh"), _area("75", "2025-07-01", "Đồng Nai"),
    _area("R6-DNB", "2004", "Đông Nam Bộ", "region", MERGER),
)  # fmt: skip
INDICATORS = (
    _indicator("AREA", "KM2", "stock"),
    _indicator("POP_AVG", "PERSONS_TH", "sum"),
    _indicator("FDI_CAP_CUM", "USD_MN", "stock", 2),
    _indicator("FDI_PROJ_CUM", "PROJECTS", "stock", 0),
    _indicator("FDI_NEW_CAP", "USD_MN", "sum", 2),
    _indicator("GRDP_CUR", "VND_BN", "sum", 0, price_basis="current"),
    _indicator("GRDP_C2010", "VND_BN", "sum", 0, price_basis="constant_2010"),
    _indicator("GRDP_C2020", "VND_BN", "sum", 0, price_basis="constant_2020"),
    _indicator("GRDP_GROWTH", "PCT", "growth", 2, numerator="GRDP_C2010"),
    _indicator("GRDP_PC", "VND_MN", "ratio", 2, numerator="GRDP_CUR", denominator="POP_AVG"),
    _indicator("GRDP_SHARE", "PCT", "weighted_mean", 2, weight="GRDP_CUR"),
    _indicator("BUDGET_SHARE", "PCT", "never", 0),
    _indicator("LENGTH", "KM", "stock", 2),
    _indicator("LENGTH_DONE", "KM", "stock", 2),
    _indicator("LENGTH_SHARE", "PCT", "ratio", 2, numerator="LENGTH_DONE", denominator="LENGTH", scale=100.0),
    _indicator("MONEY", "VND_BN", "sum", 3),
    _indicator("MONEY_ALL", "VND_BN", "sum", 0),
    _indicator("MONEY_SHARE", "PCT", "ratio", 0, numerator="MONEY", denominator="MONEY_ALL", scale=100.0),
    _indicator("IIP", "INDEX", "index", 1, comparison="previous_year"),
    _indicator("PCI_RANK", "RANK", "never", 0),
)
UNITS = ("KM2", "USD_MN", "PROJECTS", "VND_BN", "PCT", "VND_MN", "KM", "INDEX", "RANK", "PERSONS_TH")
REGIONS = (Region("R6-DNB", "R6", "Đông Nam Bộ", "South East", "2004", MERGER, ""),)


def small_catalogue(*breaks: Break) -> Catalogue:
    """Eight provinces, one region, the indicators of the fifteen cases."""
    members = [Membership("R6-DNB", AreaKey(code, "2004")) for code in SIX]
    merged = [Succession(AreaKey(c, "2004"), AreaKey("79", "2025-07-01"), MERGER, 1.0, "", "") for c in ("74", "79")]
    breakdowns = [Code("_T", "", ""), Code("SEX_M", "", "", "_T"), Code("SEX_F", "", "", "_T")]
    breakdowns += [Code(f"SRC_{n}", "", "", "_T") for n in ("CENTRAL", "LOCAL")]
    activities = [Code("_T", "", ""), *(Code(c, "", "", "_T") for c in ("AGRI", "INDU", "SERV"))]
    issuers = ("GSO", "FIA", "MOF", "MPI", "PRESS", "GOVT", "PROV_49", "PROV_33", "PROV_74", "PROV_75")
    return Catalogue(
        "small", "Nhỏ", "Small", "1", "R6-DNB", (), Gazetteer(AREAS, merged, REGIONS, members),
        {"T01": Group("T01", "ONE", "Một", "One")}, {i.code: i for i in INDICATORS},
        {u: Unit(u, u, u, u, 1.0) for u in UNITS}, {c.code: c for c in breakdowns}, {c.code: c for c in activities},
        {i: Code(i, i, i) for i in issuers}, {}, tuple(breaks),
    )  # fmt: skip


def row(indicator: str, area: str, period: str, value: float | None, **more: Any) -> dict[str, Any]:
    """A published row; ``area`` may leave out the boundary of 2004."""
    when = Period.parse(period)
    unit = next(i.unit for i in INDICATORS if i.code == indicator)
    text = str(value or "")
    decimals = len(text.partition(".")[2].rstrip("0")) if value is not None else None
    return {
        "dataflow": "ONE", "indicator": indicator, "area_key": area if "@" in area else f"{area}@2004",
        "activity": "_T", "breakdown": "_T", "issuer": "GSO", "freq": when.freq, "period": when.text,
        "period_start": when.start, "period_end": when.end, "value": value, "mark": None, "decimals": decimals,
        "unit": unit, "status": "official", "published_from": date(2024, 12, 31), "published_precision": "year",
        "document": "book", "published_to": OPEN_DAY, "recorded_from": datetime(2026, 1, 1),
        "recorded_to": OPEN_INSTANT, "release": "R1", "submission": "S1", **more,
    }  # fmt: skip


def history(*rows: dict[str, Any]) -> pa.Table:
    """Published rows as the store has them."""
    return pa.Table.from_pylist(list(rows), schema=OBSERVATIONS)


def found(rule: str, *rows: dict[str, Any], breaks: tuple[Break, ...] = ()) -> list[Discrepancy]:
    """What one rule finds in these rows."""
    return reconcile(history(*rows), small_catalogue(*breaks), [rule])


def series(indicator: str, area: str, first: int, *values: float, **more: Any) -> list[dict[str, Any]]:
    """One row a year."""
    return [row(indicator, area, str(first + n), v, **more) for n, v in enumerate(values)]
