"""A target against its figures: what is required, what is judged, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from lienvung.analyse.targets.figures import pick_yearly
from lienvung.analyse.targets.tracking import Measure, hold, track_target
from lienvung.assemble import open_world
from lienvung.domain.plans import Target
from lienvung.domain.tracking import BEHIND, BEYOND, MISSED, NO_FIGURES, ON_PATH, REACHED, YearFigure
from lienvung.settings import load_settings
from lienvung.store.packs import load_plans
from tests.conftest import PACK, Home
from tests.domain.test_plans import TARGET

GROWTH = Measure("up", is_rate=True, is_growth=True, issued=2024, today=2026)
LEVEL = Measure("up", today=2026)
TEN = replace(TARGET, low=10.0, high=10.0, operator="~")


def figures(values: dict[int, float], status: str = "official") -> dict[int, YearFigure]:
    return {year: YearFigure(year, value, {"status": status}) for year, value in values.items()}


def test_mean_growth_is_required_of_what_is_left() -> None:
    found = hold(TEN, figures({2021: 2.62, 2022: 8.01, 2023: 5.0, 2024: 7.48}), GROWTH)
    assert [(r.first, r.last, round(r.low, 1)) for r in found.required] == [(2025, 2030, 12.9), (2025, 2030, 11.3)]
    assert found.state == BEYOND and found.best == 8.01
    assert "2023: 5,00 %" in found.required[1].assumptions[0].vi
    assert "2021-2022" in found.required[1].assumptions[1].vi


def test_years_without_a_figure_are_named() -> None:
    found = hold(TEN, figures({2021: 9.0, 2023: 11.0}), GROWTH)
    assert any("2022" in a.vi and "coi như" in a.vi for a in found.required[0].assumptions)
    whole = hold(TEN, figures(dict.fromkeys(range(2021, 2031), 10.0)), GROWTH)
    assert whole.state == REACHED
    assert hold(TEN, figures(dict.fromkeys(range(2021, 2031), 9.0)), GROWTH).state == MISSED


def test_pace_decides_between_on_the_way_and_behind() -> None:
    target = replace(TARGET, period="2030", period_kind="at", low=200.0, high=200.0, operator="=", unit="VND_MN")
    fast = {2019 + n: 100 * 1.12**n for n in range(6)}
    slow = {2019 + n: 100 * 1.02**n for n in range(6)}
    mixed = {2019: 100.0, 2020: 118.0, 2021: 119.0, 2022: 120.0, 2023: 121.0, 2024: 122.0}
    states = [hold(target, figures(values), LEVEL).state for values in (fast, slow, mixed)]
    assert states == [ON_PATH, BEYOND, BEHIND]
    assert hold(target, figures({2023: 100.0, 2024: 110.0}), LEVEL).state == NO_FIGURES


def test_lower_is_better_where_the_indicator_says_so() -> None:
    target = replace(TARGET, period="2030", period_kind="at", low=None, high=3.0, operator="<", unit="PCT")
    down = Measure("down", is_rate=True, today=2026)
    falling = hold(target, figures({2020: 8.0, 2021: 7.0, 2022: 6.2, 2023: 5.0, 2024: 4.0}), down)
    assert falling.state == ON_PATH and falling.required[0].low == pytest.approx(-1 / 6)
    assert hold(target, figures({2020: 3.0, 2021: 3.2, 2022: 3.3, 2023: 3.6, 2024: 4.0}), down).state == BEYOND


def test_chance_only_where_the_series_carries_it() -> None:
    target = replace(TARGET, period="2028", period_kind="at", low=150.0, high=150.0, operator=">=", unit="VND_MN")
    wave = (1.0, -0.5, 2.0, 0.3, -1.0, 1.5, 0.2, -0.4, 0.9, 0.0)
    long = figures({2015 + n: 100 + 4 * n + wave[n] for n in range(10)})
    found = hold(target, long, LEVEL)
    assert found.interval and found.interval[0] < found.interval[1] and found.chance is not None
    broken = hold(target, long, replace(LEVEL, breaks=frozenset({"2019"})))
    assert broken.chance is None and broken.refusal and "2019" in broken.refusal.vi
    gap = {y: f for y, f in long.items() if y != 2021}
    assert hold(target, gap, LEVEL).chance is None


def test_time_over_without_a_figure_is_not_called_on_the_way() -> None:
    target = replace(TARGET, period="2020", period_kind="at", low=35.0, high=35.0, operator="=", unit="UNITS")
    found = hold(target, figures({2015: 28.0, 2016: 28.0, 2017: 29.0, 2018: 30.0}), LEVEL)
    assert found.state == NO_FIGURES and found.refusal and "2020" in found.refusal.vi


def test_own_coverage_and_missing_figures_say_why() -> None:
    assert "dầu khí" in str(hold(replace(TARGET, coverage_vi="trừ dầu khí"), {}, GROWTH).refusal.vi)  # type: ignore[union-attr]
    assert "danh mục" in str(hold(replace(TARGET, indicator=""), {}, GROWTH).refusal.vi)  # type: ignore[union-attr]


def test_latest_published_claim_counts_and_plans_do_not(southern: Home) -> None:
    catalogue = open_world(load_settings({"LIENVUNG_HOME": str(southern.path)})).catalogue
    base = {"unit": "PCT", "period_start": date(2023, 1, 1), "issuer": "GSO", "status": "official"}
    rows = [
        {**base, "value": 5.97, "published_from": date(2023, 12, 31), "issuer": "PROV_74"},
        {**base, "value": 5.0, "published_from": date(2024, 12, 31)},
        {**base, "value": 9.9, "published_from": date(2025, 1, 1), "status": "plan"},
    ]
    found = pick_yearly(rows, "PCT", catalogue)[2023]
    assert found.value == 5.0 and len(found.others) == 1
    chosen = pick_yearly([{**r, "choice_issuer": "PROV_74"} for r in rows], "PCT", catalogue)[2023]
    assert chosen.value == 5.97


def test_binh_duong_must_grow_11_3_per_cent(southern: Home) -> None:
    world = open_world(load_settings({"LIENVUNG_HOME": str(southern.path)}))
    register = load_plans(PACK)
    target: Target = register.target("TG-005")
    found = track_target(world.reader, world.catalogue, register, target, date(2026, 11, 23))
    assert [round(r.low, 1) for r in found.required] == [12.9, 11.3]
    assert [f.value for f in found.figures if f.year in (2023, 2024)] == [5.0, 7.48]
    assert any("01/07/2025" in n.vi for n in found.notes)
    held = track_target(world.reader, world.catalogue, register, target, date(2026, 11, 23), since=2023)
    assert round(held.required[-1].low, 1) == 11.3
