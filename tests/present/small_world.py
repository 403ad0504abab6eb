"""A catalogue and a handful of published rows, made up for tests: two areas, three indicators, two issuers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pyarrow as pa

from lienvung.domain.areas import Area, AreaKey, Gazetteer, Membership, Region
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import OPEN_DAY, OPEN_INSTANT
from lienvung.domain.indicators import Code, Group, Indicator, Unit
from lienvung.domain.observations import Source
from lienvung.domain.periods import Period
from lienvung.store.schema import OBSERVATIONS


def indicator(code: str, group: str, name_vi: str, name_en: str, unit: str, decimals: int) -> Indicator:
    """An indicator with only what the tests read filled in."""
    return Indicator(
        code, f"{group}-01", "", "not verified", group, name_vi, name_en, unit, decimals,
        "", "", "sum", "", "", "", 1.0, "up", "A", "Ghi chú", "Note",
    )  # fmt: skip


def small_catalogue() -> Catalogue:
    """Two groups, three indicators, Bình Dương before and TP.HCM before and after 1 July 2025."""
    areas = (
        Area(AreaKey("74", "2004"), "province", "Tỉnh", "Bình Dương", "Binh Duong", date(2025, 7, 1)),
        Area(AreaKey("79", "2004"), "province", "TP", "Hồ Chí Minh", "Ho Chi Minh City", date(2025, 7, 1)),
        Area(AreaKey("79", "2025-07-01"), "province", "TP", "Hồ Chí Minh (mới)", "Ho Chi Minh City (new)", OPEN_DAY),
    )
    indicators = (
        indicator("GRDP_CUR", "T05", "GRDP, giá hiện hành", "GRDP, current prices", "VND_BN", 1),
        indicator("IIP", "T05", "Chỉ số sản xuất", "Index of production", "PCT", 2),
        indicator("POP_AVG", "T02", "Dân số trung bình", "Average population", "PERSONS_TH", 1),
    )
    region = Region("KTTD", "TEST", "Vùng thử", "Test region", "2004", OPEN_DAY, "")
    members = tuple(Membership("KTTD", area.key) for area in areas)
    return Catalogue(
        "small", "Vùng thử", "Test region", "1.0.0", "KTTD", ("GRDP_CUR",), Gazetteer(areas, (), (region,), members),
        {
            "T05": Group("T05", "NATIONAL_ACCOUNTS", "Tài khoản quốc gia", "National accounts"),
            "T02": Group("T02", "LAND_POPULATION", "Dân số", "Population"),
        },
        {i.code: i for i in indicators},
        {
            "VND_BN": Unit("VND_BN", "Tỷ đồng", "Billion VND", "VND", 1e9),
            "PCT": Unit("PCT", "Phần trăm", "Percent", "PCT", 1),
            "PERSONS_TH": Unit("PERSONS_TH", "Nghìn người", "Thousand persons", "PERSONS", 1e3),
        },
        {"_T": Code("_T", "Tổng số", "Total"), "SEX_F": Code("SEX_F", "Nữ", "Female")},
        {"_T": Code("_T", "Tất cả", "All"), "C": Code("C", "Chế biến, chế tạo", "Manufacturing")},
        {"GSO": Code("GSO", "Tổng cục Thống kê", "General Statistics Office"),
         "CTK_74": Code("CTK_74", "Cục Thống kê Bình Dương", "Statistics office of Binh Duong")},
        {"doc-1": Source("doc-1", "GSO", "Niên giám, thử", "Yearbook, test", "2020", "", "", "", "2004", "")},
    )  # fmt: skip


def row(indicator: str, area: str, period: str, value: float | None, **other: Any) -> dict[str, Any]:
    """One published row; ``other`` replaces any column."""
    parsed = Period.parse(period)
    full: dict[str, Any] = {
        "dataflow": "NATIONAL_ACCOUNTS", "indicator": indicator, "area_key": area, "activity": "_T", "breakdown": "_T",
        "issuer": "GSO", "freq": parsed.freq, "period": parsed.text, "period_start": parsed.start,
        "period_end": parsed.end, "value": value, "mark": None, "decimals": 1, "unit": "VND_BN",
        "status": "official", "note": None, "published_from": date(2020, 12, 31), "published_precision": "year",
        "document": "doc-1", "file_name": "a.csv", "file_sha256": "00", "sheet": None, "cell": "B2",
        "origin_sheet": None, "origin_cell": None, "parser": "tidy/1", "submission": "s1", "release": "r1",
        "published_to": OPEN_DAY, "recorded_from": datetime(2024, 1, 31, 8, 5), "recorded_to": OPEN_INSTANT,
    }  # fmt: skip
    return full | other


def observations() -> pa.Table:
    """Seven rows of NATIONAL_ACCOUNTS in five series, one of them with a missing value and an awkward note."""
    new = "79@2025-07-01"
    rows = [
        row("GRDP_CUR", "74@2004", "2019", 100.5),
        row("GRDP_CUR", "74@2004", "2020", 0.0, status="preliminary", note='Sơ bộ, "chưa" tính lại'),
        row("GRDP_CUR", "74@2004", "2020", 389605.0, issuer="CTK_74"),
        row("GRDP_CUR", new, "2020", None, mark="not_available", decimals=None),
        row("IIP", "74@2004", "2020-06", 107.25, unit="PCT", decimals=2, activity="C"),
        row("IIP", "74@2004", "2020-07", 1e-7, unit="PCT", decimals=2, activity="C"),
        row("IIP", "74@2004", "2020-Q3", 101.0, unit="PCT", decimals=2),
    ]
    return pa.Table.from_pylist(rows, OBSERVATIONS)
