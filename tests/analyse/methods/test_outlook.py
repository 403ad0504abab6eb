"""Stated probabilities and intervals are what they say: checked on series drawn from a known law."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from lienvung.analyse.methods.outlook import FEWEST_STEPS, forecast_drift


def draw(rng: np.random.Generator, steps: int, drift: float, spread: float) -> np.ndarray:
    return 100 * np.exp(np.cumsum(rng.normal(drift, spread, steps)))


@pytest.mark.parametrize(("length", "ahead"), [(9, 1), (9, 6), (12, 5), (20, 10)])
def test_interval_and_probability_hold_what_they_state(length: int, ahead: int) -> None:
    rng = np.random.default_rng(17)
    inside, reached = [], {0.1: 0, 0.25: 0, 0.5: 0, 0.75: 0, 0.9: 0}
    for _ in range(4000):
        series = draw(rng, length + ahead, 0.06, 0.03)
        found = forecast_drift(series[:length], ahead, is_log=True)
        assert found is not None
        inside.append(found.low <= series[-1] <= found.high)
        for chance in reached:
            target = np.exp(found.location + found.scale * stats.t.ppf(1 - chance, found.freedom))
            assert found.probability(target, None) == pytest.approx(chance)
            reached[chance] += bool(series[-1] >= target)
    assert np.mean(inside) == pytest.approx(0.8, abs=0.03)
    for chance, times in reached.items():
        assert times / 4000 == pytest.approx(chance, abs=0.03)


def test_short_or_far_or_unsound_is_refused() -> None:
    series = [100.0, 103, 108, 110, 115, 121, 124, 130]
    assert len(series) == FEWEST_STEPS + 1
    assert forecast_drift(series, 5, is_log=True) is not None
    assert forecast_drift(series[1:], 5, is_log=True) is None
    assert forecast_drift(series, 11, is_log=True) is None
    assert forecast_drift([*series, 0.0], 5, is_log=True) is None
    assert forecast_drift([*series, float("nan")], 5, is_log=False) is None


def test_a_line_leaves_no_doubt() -> None:
    found = forecast_drift([float(x) for x in range(10, 20)], 3, is_log=False)
    assert found is not None
    assert (found.low, found.centre, found.high) == pytest.approx((22.0, 22.0, 22.0))
    assert found.probability(21.9, None) == 1.0
    assert found.probability(22.1, None) == 0.0


def test_chances_of_the_whole_line_add_up() -> None:
    found = forecast_drift([100.0, 104, 103, 108, 110, 116, 113, 121, 125], 4, is_log=True)
    assert found is not None
    parts = [found.probability(None, 120), found.probability(120, 140), found.probability(140, None)]
    assert sum(parts) == pytest.approx(1)
    assert found.probability(found.low, found.high) == pytest.approx(0.8)
