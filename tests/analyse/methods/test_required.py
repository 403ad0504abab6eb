"""What the remaining years must bring."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienvung.analyse.methods.required import (
    calc_required_mean_growth_pct,
    calc_required_rate_pct,
    calc_required_step,
)

rates = st.floats(-20, 30)


def test_ten_per_cent_after_two_slow_years() -> None:
    assert calc_required_mean_growth_pct(10, 8, [5.00, 7.48]) == pytest.approx(11.3, abs=0.05)
    assert calc_required_mean_growth_pct(10, 10, [2.62, 8.01, 5.00, 7.48]) == pytest.approx(12.9, abs=0.05)


@given(st.floats(-5, 20), st.lists(rates, max_size=8), st.integers(1, 10))
def test_the_required_rate_keeps_the_mean(target: float, achieved: list[float], left: int) -> None:
    years = len(achieved) + left
    needed = calc_required_mean_growth_pct(target, years, achieved)
    product = (1 + needed / 100) ** left
    for rate in achieved:
        product *= 1 + rate / 100
    assert product == pytest.approx((1 + target / 100) ** years, rel=1e-9)


def test_no_year_left_is_said() -> None:
    with pytest.raises(ValueError, match="left"):
        calc_required_mean_growth_pct(10, 2, [1, 2])
    with pytest.raises(ValueError, match="left"):
        calc_required_step(1, 2, 0)
    with pytest.raises(ValueError, match="zero"):
        calc_required_rate_pct(0, 2, 3)
