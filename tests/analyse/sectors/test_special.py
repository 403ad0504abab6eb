"""Quotients, growth, likeness, headroom and next sectors on a small imitation country with known answers."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from lienvung.analyse.sectors.growth import split_product
from lienvung.analyse.sectors.headroom import fit_sector
from lienvung.analyse.sectors.likeness import common_years, compare_structures, panel_sectors
from lienvung.analyse.sectors.next_sectors import build_space, find_next
from lienvung.analyse.sectors.panel import Panel
from lienvung.analyse.sectors.special import FEW, find_specialisation
from lienvung.domain.sectors import ABOVE, BELOW, UNSURE, Sector
from lienvung.domain.tracking import YearFigure
from lienvung.store.packs import load_catalogue
from tests.conftest import PACK

CATALOGUE = load_catalogue(PACK)
PLACES = tuple(f"{i:02d}@2004" for i in range(1, 31))
SMALL = PLACES[:3]


def _row(sector: str, area: str, year: int, document: str = "doc") -> dict[str, Any]:
    return {
        "indicator": sector, "area_key": area, "activity": "_T", "breakdown": "_T", "issuer": "GSO",
        "period": str(year), "period_start": date(year, 1, 1), "period_end": date(year, 12, 31), "document": document,
        "unit": "X", "status": "official", "published_from": date(year + 1, 6, 1), "decimals": 1,
    }  # fmt: skip


def make_panel(
    values: dict[tuple[str, str, int], float], places: tuple[str, ...], kinds: dict[str, str] | None = None
) -> Panel:
    sectors = {s: Sector(s, s, kind=(kinds or {}).get(s, "crop")) for s, _, _ in values if s != "POP_AVG"}
    sectors["POP_AVG"] = Sector("POP_AVG", "POP_AVG")
    figures = {k: YearFigure(k[2], v, _row(k[0], k[1], k[2])) for k, v in values.items()}
    return Panel(sectors, figures, places, "VN@1976", {"R6-DNB": places[:2]}, {})


def _three(year: int, rice: tuple[float, ...], people: tuple[float, ...] = (10, 20, 70)) -> dict[Any, float]:
    found = {("PADDY_PROD", a, year): v for a, v in zip(SMALL, rice, strict=True)}
    return found | {("POP_AVG", a, year): v for a, v in zip(SMALL, people, strict=True)}


def test_a_quotient_is_the_share_over_the_share_with_its_inputs_and_range() -> None:
    panel = make_panel(_three(2015, (30, 30, 40)) | _three(2016, (40, 30, 30)), SMALL)
    found = find_specialisation(panel, CATALOGUE, "PADDY_PROD", SMALL[0], "VN")
    latest = found.latest
    assert latest is not None and latest.value == pytest.approx((40 / 100) / (10 / 100))
    assert latest.symmetric == pytest.approx(3 / 5)
    assert latest.low == pytest.approx(3) and latest.high == pytest.approx(4)
    assert latest.mark == ABOVE and latest.stars == 0 and FEW in latest.notes
    assert {(r["indicator"], r["area_key"]) for r in latest.inputs} == {
        (i, a) for i in ("PADDY_PROD", "POP_AVG") for a in SMALL
    }


def test_against_a_region_only_its_members_count() -> None:
    panel = make_panel(_three(2016, (40, 30, 30)), SMALL)
    found = find_specialisation(panel, CATALOGUE, "PADDY_PROD", SMALL[0], "R6-DNB")
    assert found.latest is not None
    assert found.latest.value == pytest.approx((40 / 70) / (10 / 30)) and found.latest.mark == UNSURE


def test_a_province_without_a_figure_is_named_and_nothing_is_filled_in() -> None:
    values = _three(2016, (40, 30, 30))
    del values[("PADDY_PROD", SMALL[2], 2016)]
    found = find_specialisation(make_panel(values, SMALL), CATALOGUE, "PADDY_PROD", SMALL[0], "VN")
    assert found.latest is None and "2016" in found.missing[0].vi and "Lúa" not in found.missing[0].en


def test_the_printed_country_stands_in_for_a_missing_province() -> None:
    values = _three(2016, (40, 30, 30))
    del values[("PADDY_PROD", SMALL[2], 2016)]
    values[("PADDY_PROD", "VN@1976", 2016)] = 160.0
    found = find_specialisation(make_panel(values, SMALL), CATALOGUE, "PADDY_PROD", SMALL[0], "VN")
    assert found.latest is not None and found.latest.value == pytest.approx((40 / 160) / 0.1)


def test_stars_only_for_who_stands_out_among_many() -> None:
    rng = np.random.default_rng(3)
    values: dict[Any, float] = {}
    logs = rng.normal(0, 0.3, len(PLACES))
    for year in (2015, 2016):
        for i, area in enumerate(PLACES):
            values[("PADDY_PROD", area, year)] = float(100 * np.exp(1.2 if i == 0 else logs[i]))
            values[("POP_AVG", area, year)] = 100.0
    panel = make_panel(values, PLACES)
    first, last = (find_specialisation(panel, CATALOGUE, "PADDY_PROD", a, "VN").latest for a in (PLACES[0], PLACES[1]))
    assert first is not None and first.mark == ABOVE and first.rank == 1 and first.count == 30
    assert first.z is not None and first.z > 1.96 and (first.stars == 2 or first.notes)
    assert last is not None and last.stars == 0


def test_growth_is_split_and_refused_where_a_base_is_missing() -> None:
    panel = make_panel(_three(2006, (10, 20, 70)) | _three(2016, (30, 20, 70)), SMALL)
    split = split_product(panel, CATALOGUE, "PADDY_PROD", SMALL[0])
    assert (split.first, split.last) == (2006, 2016) and split.change == 20
    assert split.parts["national"] == pytest.approx(10 * 0.2) and split.parts["regional"] == pytest.approx(18)
    refused = split_product(panel, CATALOGUE, "PADDY_PROD", SMALL[0], first=2001)
    assert refused.change is None and not refused.parts and refused.reason is not None and "2001" in refused.reason.vi
    zero = make_panel(_three(2006, (0, 20, 80)) | _three(2016, (30, 20, 70)), SMALL)
    at_zero = split_product(zero, CATALOGUE, "PADDY_PROD", SMALL[0])
    assert at_zero.reason is not None and "bằng 0" in at_zero.reason.vi


def _many(years: range, drift: float) -> Panel:
    """Thirty places, six sectors; the first two places grow into the same structure by ``drift`` a year."""
    rng = np.random.default_rng(11)
    start = rng.uniform(0.2, 5, (len(PLACES), 6))
    start[0], start[1] = (9, 1, 1, 1, 1, 1), (1, 1, 1, 1, 1, 9)
    values: dict[Any, float] = {}
    for year in years:
        for i, area in enumerate(PLACES):
            values[("POP_AVG", area, year)] = 100.0
            for j in range(6):
                amount = start[i, j]
                if i < 2:
                    amount += drift * (year - years[0]) * 2
                values[(f"S{j}", area, year)] = float(amount)
    return make_panel(values, PLACES)


def test_ever_more_alike_gives_an_alarm_and_apart_does_not() -> None:
    years = range(2005, 2016)
    panel = _many(years, 1.0)
    assert common_years(panel) == list(years)
    (pair,) = compare_structures(panel, PLACES[:2], list(years))
    assert pair.slope > 0 and pair.trend_chance < 0.05 and pair.rank_pct > 90 and pair.is_alarm
    assert pair.path[2005] < pair.path[2015] == pair.value
    (still,) = compare_structures(_many(years, 0.0), PLACES[:2], list(years))
    assert not still.is_alarm and still.value == pytest.approx(still.path[2005])


def test_a_sector_with_a_gap_is_left_out_and_named() -> None:
    panel = _many(range(2005, 2016), 0.5)
    figures = {k: v for k, v in panel.figures.items() if k != ("S3", PLACES[5], 2010)}
    holed = Panel(panel.sectors, figures, PLACES, panel.country, panel.members, {})
    kept, rest = panel_sectors(holed, list(range(2005, 2016)))
    assert [s.key for s in rest] == ["S3"] and len(kept) == 5


def test_next_sectors_are_refused_on_a_panel_too_small() -> None:
    space = build_space(make_panel(_three(2016, (40, 30, 30)), SMALL), 2016)
    assert space.reason is not None and find_next(make_panel(_three(2016, (1, 1, 1)), SMALL), space, SMALL) == []


def test_next_sectors_give_a_reason_for_each_answer() -> None:
    panel = _many(range(2005, 2016), 0.5)
    space = build_space(panel, 2015)
    found = find_next(panel, space, PLACES[:4])
    assert found and all(len(n.reasons) == 3 and n.quotient < 1 for n in found)
    assert all(0 <= n.steadiness[0] <= n.steadiness[1] <= 6 for n in found)
    assert {n.complex for n in found} <= {"yes", "no", "unsure"}


def test_a_ceiling_that_is_there_is_found_and_a_straight_rise_is_refused() -> None:
    years = range(1995, 2017)
    curve = {("S0", SMALL[0], y): 100 / (1 + np.exp(-0.5 * (y - 2002))) for y in years}
    rise = {("S1", SMALL[0], y): float(np.exp(0.08 * (y - 1995))) for y in years}
    fall = {("S2", SMALL[0], y): 100.0 - y + 1995 for y in years}
    panel = make_panel(curve | rise | fall, SMALL)
    found = fit_sector(panel, "S0", SMALL[0])
    assert found.ceiling == pytest.approx(100, rel=0.01) and found.low is not None and found.value is not None
    assert found.low <= found.value <= (found.high or 0)
    for sector in ("S1", "S2"):
        refused = fit_sector(panel, sector, SMALL[0])
        assert refused.value is None and refused.reason is not None
    assert "1995" in fit_sector(panel, "S2", SMALL[0]).said[0].vi
    assert fit_sector(panel, "S0", SMALL[1]).reason is not None


def test_marks_are_on_the_side_of_the_whole_range() -> None:
    panel = make_panel(_three(2015, (5, 25, 70)) | _three(2016, (4, 26, 70)), SMALL)
    marks = [find_specialisation(panel, CATALOGUE, "PADDY_PROD", a, "VN").latest for a in SMALL]
    assert [m.mark for m in marks if m] == [BELOW, ABOVE, "alike"]
