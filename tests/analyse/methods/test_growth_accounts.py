"""ICOR, growth accounting, productivity: parts add up, and no growth gives no ratio."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from tests.analyse.methods.drawn import Array, unhurried, vectors

from lienvung.analyse.methods import growth_accounts as ga
from lienvung.errors import BadValue


def test_icor_in_three_forms() -> None:
    yearly = ga.calc_icor_of_increments([30, 33, 36], [100, 106, 104])
    assert np.isnan(yearly[[0, 2]]).all() and yearly[1] == pytest.approx(5.5)  # no ratio to a decline
    assert np.allclose(ga.calc_icor_of_rates([33.0, 33.0, 33.0], [6.6, 0.0, -2.0]), [5, np.nan, np.nan], equal_nan=True)
    assert ga.calc_icor_of_period([33, 36], 100, 112) == pytest.approx(69 / 12)
    assert np.isnan(ga.calc_icor_of_period([33], 100, 100))


def test_capital_by_perpetual_inventory() -> None:
    assert ga.calc_capital_stock([10, 10], 100, 0.1).tolist() == [100, 100, 100]
    with pytest.raises(BadValue):
        ga.calc_capital_stock([10], 100, 1.5)


def test_growth_accounts_add_up_and_agree_when_shares_do_not_move() -> None:
    y, k, lab = [100, 108, 115.0], [250, 270, 300.0], [50, 51, 51.5]
    fixed = ga.calc_growth_account_fixed_share(y, k, lab, 0.4)
    moving = ga.calc_growth_account_tornqvist(y, k, lab, [0.4, 0.4, 0.4])
    for found in (fixed, moving):
        assert np.allclose(found.capital + found.labour + found.tfp, found.output)
    assert np.allclose(fixed.tfp, moving.tfp)
    assert fixed.output[0] == pytest.approx(100 * np.log(1.08))
    same = ga.calc_growth_account_fixed_share(k, k, k, 0.3)
    assert np.allclose(same.tfp, 0)
    gap = ga.calc_growth_account_fixed_share([100, np.nan, 115.0], k, lab, 0.4)
    assert np.isnan(gap.tfp).all()
    with pytest.raises(BadValue):
        ga.calc_growth_account_tornqvist(y, k, lab, [0.4, 1.4, 0.4])


@unhurried
@given(vectors(1, 500, 4, 4), vectors(1, 500, 4, 4), vectors(1, 500, 4, 4), vectors(1, 500, 4, 4))
def test_productivity_is_within_and_moved(y0: Array, w0: Array, y1: Array, w1: Array) -> None:
    found = ga.calc_productivity_shift(y0, w0, y1, w1)
    assert (found.within + found.static_shift + found.dynamic_shift).sum() == pytest.approx(found.change, abs=1e-9)
    assert found.change == pytest.approx(y1.sum() / w1.sum() - y0.sum() / w0.sum())
    still = ga.calc_productivity_shift(y0, w0, y1, w0 * 3)
    assert np.allclose(still.static_shift, 0) and np.allclose(still.dynamic_shift, 0)


def test_a_sector_without_workers_is_undefined() -> None:
    found = ga.calc_productivity_shift([1, 2], [1, 0], [1, 3], [1, 1])
    assert np.isnan(found.within).tolist() == [False, True]
