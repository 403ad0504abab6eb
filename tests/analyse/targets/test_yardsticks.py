"""Stretches of years as a yardstick, who is a neighbour, who answers for a territory today."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienvung.analyse.targets.yardsticks import find_neighbours, find_responsible, measure_stretches
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.tracking import Stretch
from lienvung.store.packs import load_catalogue

PACK = Path(__file__).parents[3] / "packs" / "southern"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(PACK)


def test_best_and_latest_of_the_same_length() -> None:
    paces = {2011: 4.0, 2012: 6.0, 2013: 8.0, 2014: 1.0, 2015: 3.0}
    best, latest, peak = measure_stretches(paces, 2, is_pct=False) or ()
    assert (best, latest, peak) == (Stretch(2012, 2013, 7.0), Stretch(2014, 2015, 2.0), Stretch(2013, 2013, 8.0))


def test_growth_is_averaged_as_growth() -> None:
    best, _, _ = measure_stretches({2020: 0.0, 2021: 21.0}, 2, is_pct=True) or ()
    assert best.pace == pytest.approx(10.0)


def test_fewer_years_than_asked_give_the_longest_there_are_and_gaps_break_a_run() -> None:
    best, latest, peak = measure_stretches({2018: 9.0, 2020: 1.0, 2021: 2.0}, 6, is_pct=False) or ()
    assert best == Stretch(2020, 2021, 1.5) == latest and best.years == 2 and peak.pace == 9.0
    assert measure_stretches({}, 3, is_pct=True) is None


def test_less_is_better_where_the_indicator_says_so() -> None:
    best, _, peak = measure_stretches({2020: -1.0, 2021: 2.0}, 1, is_pct=False, direction="down") or ()
    assert best.pace == peak.pace == -1.0


@given(st.dictionaries(st.integers(2000, 2025), st.floats(-20, 20), min_size=1), st.integers(1, 12))
def test_no_stretch_beats_the_best_nor_the_best_year(paces: dict[int, float], years: int) -> None:
    best, _, peak = measure_stretches(paces, years, is_pct=False) or ()
    assert best.years <= years and best.pace <= peak.pace + 1e-9
    for first in paces:
        window = range(first, first + best.years)
        if all(y in paces for y in window):
            assert fmean(paces[y] for y in window) <= best.pace + 1e-9


def test_neighbours_are_of_one_region_and_one_boundary(catalogue: Catalogue) -> None:
    assert set(find_neighbours(catalogue, "74@2004")) == {
        "70@2004", "72@2004", "75@2004", "77@2004", "79@2004", "80@2004", "82@2004",
    }  # fmt: skip
    assert set(find_neighbours(catalogue, "75@2025-07-01")) == {f"{c}@2025-07-01" for c in ("79", "80", "82")}
    assert "R6-DBSCL" in find_neighbours(catalogue, "R6-DNB") and "N6-DNB" not in find_neighbours(catalogue, "R6-DNB")


def test_who_answers_today_follows_the_merger(catalogue: Catalogue) -> None:
    before, after = date(2025, 1, 1), date(2026, 1, 1)
    codes = [getattr(find_responsible(catalogue, "74@2004", day), "code", None) for day in (before, after)]
    assert codes == ["UBND-BD", "UBND-HCM"]
    assert getattr(find_responsible(catalogue, "R6-DNB", after), "code", None) == "HDDPV-DNB"
    assert find_responsible(catalogue, "80@2004", after) is None
