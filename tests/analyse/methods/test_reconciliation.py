"""Least squares: a published case by hand, the identity, the least change, and the refusal."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienvung.analyse.methods.reconciliation import calc_least_squares_adjusted
from lienvung.errors import NotComputable

NUMBERS = st.lists(st.floats(0.5, 50), min_size=3, max_size=6)


def test_the_gap_is_shared_by_variance() -> None:
    """Income 100 ± 2 and expenditure 110 ± 1 of one economy: variances 4 and 1, so income moves four times as far."""
    found = calc_least_squares_adjusted([100, 110], [4, 1], [[1, -1]], [0])
    assert found == pytest.approx([108, 108])


@given(NUMBERS, st.floats(0, 100))
def test_the_identity_holds_and_no_other_way_is_nearer(values: list[float], total: float) -> None:
    t = np.array(values)
    variances = t**2
    found = calc_least_squares_adjusted(t, variances, [np.ones(len(t))], [total])
    assert found.sum() == pytest.approx(total, abs=1e-8)
    nudge = np.zeros(len(t))
    nudge[0], nudge[1] = 0.1, -0.1
    cost = [float((((x - t) ** 2) / variances).sum()) for x in (found, found + nudge, found - nudge)]
    assert cost[0] <= min(cost) + 1e-9


def test_what_is_held_stays_and_a_held_contradiction_is_refused() -> None:
    found = calc_least_squares_adjusted([10, 8, 8.5], [100, 64, 0], [[0.5, 0.5, -1]], [0])
    assert found[2] == 8.5 and 0.5 * found[0] + 0.5 * found[1] == pytest.approx(8.5)
    with pytest.raises(NotComputable):
        calc_least_squares_adjusted([1, 2], [0, 0], [[1, 1]], [4])
    assert calc_least_squares_adjusted([1, 2], [0, 0], [[1, 1]], [3]).tolist() == [1, 2]
