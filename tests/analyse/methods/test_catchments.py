"""Distances on the ellipsoid against published ones; near pairs against every pair tried."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lienvung.analyse.methods.catchments import calc_geodesics_km, find_near_pairs
from lienvung.errors import BadValue


def degrees(d: int, m: int, s: float) -> float:
    return (1 if d >= 0 else -1) * (abs(d) + m / 60 + s / 3600)


def test_flinders_peak_to_buninyong() -> None:
    """ICSM, *GDA Technical Manual* (2014), ch. 4: 54 972.271 m on GRS 80, whose shape WGS 84 shares."""
    one = degrees(144, 25, 29.52440), degrees(-37, 57, 3.72030)
    other = degrees(143, 55, 35.38390), degrees(-37, 39, 10.15610)
    assert float(calc_geodesics_km(*one, *other)) == pytest.approx(54.972271, abs=1e-6)


@pytest.mark.parametrize(("to", "km"), [((0, 1), 110.574389), ((1, 0), 111.319491), ((90, 0), 10018.754171)])
def test_degrees_on_the_equator_and_the_meridian(to: tuple[float, float], km: float) -> None:
    """Of the semi-axes of WGS 84: a π / 180 a degree on the equator; 110 574.389 m the first of the meridian."""
    assert float(calc_geodesics_km(0, 0, *to)) == pytest.approx(km, abs=1e-6)


PLACE = st.tuples(st.floats(102, 110), st.floats(8, 24))


@settings(max_examples=60)
@given(st.lists(PLACE, min_size=1, max_size=25), st.floats(1, 400))
def test_no_pair_is_missed_and_none_is_too_far(places: list[tuple[float, float]], radius: float) -> None:
    lon, lat = [p[0] for p in places], [p[1] for p in places]
    found = {(i, j) for i, j, _ in find_near_pairs(lon, lat, radius)}
    every = {
        (i, j) for i, j in combinations(range(len(places)), 2)
        if float(calc_geodesics_km(*places[i], *places[j])) <= radius
    }  # fmt: skip
    assert found == every


def test_a_radius_that_is_none_is_refused() -> None:
    with pytest.raises(BadValue):
        find_near_pairs([106.0], [10.0], -1)
