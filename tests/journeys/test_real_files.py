"""The publishers' own files, where they are beside the checkout: values read by hand, and the releases in order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from lienvung.domain.handovers import RawFile, Rows
from lienvung.parse.dispatch import parse_file
from lienvung.parse.recipes import Recipe, load_recipes
from tests.conftest import PACK, Home

RELEASES = "gso-monthly-2012-2025/releases"
Real = Callable[[str], Path]


@pytest.fixture(scope="module")
def recipes() -> dict[str, Recipe]:
    return load_recipes(PACK / "recipes")


def read(path: Path, recipes: dict[str, Recipe]) -> Rows:
    raw = RawFile(path.name, path, "0" * 64, path.stat().st_size, path.suffix[1:], datetime(2026, 1, 1))
    return parse_file(raw, recipes)


BY_HAND = [
    # release, sheet, cell, indicator, activity, breakdown, area, period, value, unit
    ("2012-12-28-Bieu-2012-1.xls", "DSo", "D7", "POP_AVG", "_T", "_T", "VN", "2012", 88775.5, "PERSONS_TH"),
    ("2020-12-27-03-Bieu-2020.xlsx", "1.GDP HH", "E10", "GDP_CUR", "AGRI", "_T", "VN", "2020", 934731.009, "VND_BN"),
    ("2023-12-29-02.Bieu-T12.2023.xlsx", "28.XK tháng", "D17", "EXPORTS", "_T", "GOODS_COFFEE", "VN", "2023-12",
     538.423, "USD_MN"),
    ("2023-12-29-02.Bieu-T12.2023.xlsx", "12.SPCNthang", "D16", "PROD_OUT_LITRES", "_T", "PROD_FRESH_MILK", "VN",
     "2023-12", 170.697, "LITRES_MN"),
    ("2023-12-29-02.Bieu-T12.2023.xlsx", "44.KQT", "E15", "VISITORS_INT", "_T", "CTRY_CN", "VN", "2023", 1743204,
     "PERSON_TRIPS"),
    ("2023-12-29-02.Bieu-T12.2023.xlsx", "48.thatnghiep", "D26", "UNDEREMP_RATE", "_T", "RES_RURAL", "VN", "2023", 2.26,
     "PCT"),
    ("2023-12-29-02.Bieu-T12.2023.xlsx", "23.VDT thực hiện", "E30", "STATE_INV_YTD", "_T", "_T", "Bình Dương",
     "2023-12", 17250.286, "VND_BN"),
    ("2024-12-29-02.Bieu-T12.2024.xlsx", "1.GDP HH", "E12", "GDP_CUR", "VSIC_02", "_T", "VN", "2024", 58814.0875,
     "VND_BN"),
    ("2025-01-29-02-Bieu-T01.2025-2.xlsx", "16. CPI", "D21", "CPI_B2019", "_T", "CPI_POST_TELECOM", "VN", "2025-01",
     95.6947, "INDEX"),
]  # fmt: skip


@pytest.mark.parametrize("case", BY_HAND, ids=lambda case: f"{case[0][:7]} {case[1]}!{case[2]}")
def test_cells_read_by_hand(real: Real, recipes: dict[str, Recipe], case: tuple[Any, ...]) -> None:
    name, sheet, cell, *meaning, value, unit = case
    rows = read(real(f"{RELEASES}/{name}"), recipes).table.to_pylist()
    (found,) = [r for r in rows if (r["sheet"].strip(), r["cell"], r["indicator"]) == (sheet, cell, meaning[0])]
    assert [found[k] for k in ("indicator", "activity", "breakdown", "area_text", "period")] == meaning
    assert found["value"] == pytest.approx(value, abs=6e-4) and found["unit"] == unit


def test_the_release_of_2024_says_2023_above_its_quarters_and_they_are_not_read(
    real: Real, recipes: dict[str, Recipe]
) -> None:  # fmt: skip
    rows = read(real(f"{RELEASES}/2024-12-29-02.Bieu-T12.2024.xlsx"), recipes)
    assert [f.sheet for f in rows.findings if f.rule == "RELEASE-PERIOD"] == ["24. VĐT NSNN quy"]
    assert not [r for r in rows.table.to_pylist() if r["indicator"] == "STATE_INV"]


def test_the_office_contradicts_itself_on_dissolved_enterprises(real: Real, recipes: dict[str, Recipe]) -> None:
    rows = read(real(f"{RELEASES}/2025-01-29-02-Bieu-T01.2025-2.xlsx"), recipes)
    told = [f.message_en for f in rows.findings if f.rule == "RELEASE-TWO-VALUES" and f.cell == "B7"]
    (message,) = told
    assert message.startswith("ENT_DISSOLVED vn 2024-01: this cell says 2165.0, 6. Chi tieu DN!B17 says 2204.0;")


def test_most_cells_of_the_thirteen_releases_are_read(real: Real, recipes: dict[str, Recipe]) -> None:
    counts = {p.name[:7]: read(p, recipes).table.num_rows for p in sorted(real(RELEASES).iterdir())}
    assert len(counts) == 13
    assert min(counts.values()) > 1700 and sum(counts.values()) > 38_000


def test_three_december_releases_in_order_revise_the_population(real: Real, empty: Home) -> None:
    names = ("2020-12-27-03-Bieu-2020.xlsx", "2022-12-29-03-Bieu-2022.xlsx", "2023-12-29-02.Bieu-T12.2023.xlsx")
    for number, name in enumerate(names, 1):
        assert empty.run("submit", real(f"{RELEASES}/{name}"), user="an").code == 0
        assert empty.run("approve", f"S{number}", user="binh").code == 0
        assert empty.run("publish", f"S{number}", user="binh").code == 0
    rows = empty.run("revisions", "POP_AVG", "VN", "--from", "2020", "--to", "2022", "--format", "json").json
    assert [(r["period"], r["published"], round(r["value"], 1)) for r in rows] == [
        ("2020", "2020-12-27", 97582.7), ("2020", "2022-12-29", 97582.7), ("2020", "2023-12-29", 97582.7),
        ("2021", "2022-12-29", 98506.2), ("2021", "2023-12-29", 98504.4),
        ("2022", "2022-12-29", 99461.7), ("2022", "2023-12-29", 99474.4),
    ]  # fmt: skip
