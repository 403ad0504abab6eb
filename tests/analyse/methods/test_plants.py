"""Agglomeration: zero at random, the interval holds the index, one plant has none."""

from __future__ import annotations

import numpy as np
import pytest

from lienvung.analyse.methods import plants as p
from lienvung.errors import BadValue

SIZES = np.array([400.0, 300.0, 200.0, 60.0, 40.0])


def test_gamma_is_zero_on_average_when_plants_fall_at_random() -> None:
    rng = np.random.default_rng(1997)
    sizes = np.ceil(rng.lognormal(3, 1.2, 12))
    drawn = rng.choice(len(SIZES), p=SIZES / SIZES.sum(), size=(20_000, len(sizes)))
    found = [p.calc_ellison_glaeser(sizes, places, SIZES) for places in drawn]
    gammas, scores = np.array([f.gamma for f in found]), np.array([f.z for f in found])
    error = gammas.std() / np.sqrt(len(gammas))
    assert abs(gammas.mean()) < 4 * error and error < 0.01
    assert abs(scores.mean()) < 0.03 and scores.std() == pytest.approx(1, abs=0.03)  # mean and variance as the paper's
    other = np.array([p.calc_maurel_sedillot(sizes, places, SIZES) for places in drawn[:5000]])
    assert abs(other.mean()) < 4 * other.std() / np.sqrt(len(other))


def test_all_plants_in_one_small_place_are_strongly_concentrated() -> None:
    found = p.calc_ellison_glaeser([10] * 8, [4] * 8, SIZES)
    assert found.gamma > 0.5 and found.z > 3 and p.calc_maurel_sedillot([10] * 8, [4] * 8, SIZES) > 0.5


def test_one_plant_or_one_place_has_no_index() -> None:
    assert np.isnan(p.calc_ellison_glaeser([50], [0], SIZES).gamma)
    assert np.isnan(p.calc_ellison_glaeser([5, 5], [0, 0], [100.0]).gamma)
    assert np.isnan(p.calc_maurel_sedillot([50], [0], SIZES)) and np.isnan(
        p.calc_maurel_sedillot([0, 0], [0, 1], SIZES)
    )


def test_bounds_from_size_classes_hold_the_truth() -> None:
    rng = np.random.default_rng(5)
    edges = [(1, 9), (10, 49), (50, 199)]
    for _ in range(50):
        made = [rng.integers(a, b + 1, rng.integers(1, 6)).astype(float) for a, b in edges]
        sizes = np.concatenate(made)
        truth = float(((sizes / sizes.sum()) ** 2).sum())
        bounds = p.calc_herfindahl_bounds(
            [len(m) for m in made], [m.sum() for m in made], [a for a, _ in edges], [b for _, b in edges]
        )
        assert bounds.low - 1e-12 <= truth <= bounds.high + 1e-12
        places = rng.integers(0, 5, len(sizes))
        by_place = np.bincount(places, sizes, 5)
        interval = p.calc_ellison_glaeser_interval(by_place, SIZES, bounds)
        assert interval.low - 1e-12 <= p.calc_ellison_glaeser(sizes, places, SIZES).gamma <= interval.high + 1e-12


def test_a_class_with_plants_of_one_size_is_exact() -> None:
    bounds = p.calc_herfindahl_bounds([4], [40], [10], [10])
    assert bounds.low == bounds.high == 0.25


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(BadValue):
        p.calc_herfindahl_bounds([2], [100], [1], [9])
    with pytest.raises(BadValue):
        p.calc_ellison_glaeser([1, 2], [0, 7], SIZES)
    with pytest.raises(BadValue):
        p.calc_ellison_glaeser_interval([1.0] * 5, SIZES, p.Interval(0.5, 0.2))
