"""Gravity flows: balanced, nearer is more, and refused where supply is not demand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analyse.methods.drawn import Array, pairs_of_tables, unhurried

from lienvung.analyse.methods import gravity as g
from lienvung.errors import BadValue

DISTANCE = np.array([[10.0, 40, 90], [40, 12, 60], [90, 60, 20]])


@unhurried
@given(pairs_of_tables(least=1), st.floats(0, 0.1))
def test_flows_meet_supply_and_demand(both: tuple[Array, Array], beta: float) -> None:
    supply, other = both
    demand = other * supply.sum(0) / other.sum(0)
    n = len(supply)
    distance = 10 + 30 * np.abs(np.arange(n)[:, None] - np.arange(n))
    found = g.estimate_flows_doubly_constrained(supply, demand, g.calc_friction_exponential(distance, beta), "β")
    assert found.flows.shape == (supply.shape[1], n, n)
    assert np.allclose(found.flows.sum(2).T, supply) and np.allclose(found.flows.sum(1).T, demand)
    assert all(each.reason is None for each in found.balanced)


def test_without_friction_flows_are_proportional_and_with_it_shorter() -> None:
    supply, demand = np.array([[50.0], [30.0], [20.0]]), np.array([[40.0], [40.0], [20.0]])
    free, near = (
        g.estimate_flows_doubly_constrained(supply, demand, g.calc_friction_exponential(DISTANCE, b), "").flows[0]
        for b in (0.0, 0.05)
    )
    assert np.allclose(free, np.outer(supply, demand) / 100)
    assert g.calc_mean_distance(near, DISTANCE) < g.calc_mean_distance(free, DISTANCE)
    assert np.isnan(g.calc_mean_distance(np.zeros((3, 3)), DISTANCE))


def test_frictions() -> None:
    assert g.calc_friction_power(DISTANCE, 2)[0, 1] == pytest.approx(1 / 1600)
    assert g.calc_friction_exponential(DISTANCE, 0.01)[0, 1] == pytest.approx(np.exp(-0.4))
    with pytest.raises(BadValue):
        g.calc_friction_power(np.zeros((2, 2)), 1)


def test_supply_that_is_not_demand_is_refused_by_product() -> None:
    with pytest.raises(BadValue) as caught:
        g.estimate_flows_doubly_constrained([[1, 5.0], [1, 5]], [[1, 5.0], [1, 6]], np.ones((2, 2)), "")
    assert "[1]" in caught.value.message("vi")


def test_great_circle() -> None:
    between = g.calc_distance_between([10.0, 10.0, -80.0], [106.0, 107.0, 106.0])
    assert between[0, 1] == pytest.approx(6371 * np.radians(1) * np.cos(np.radians(10)), rel=1e-4)
    assert between[0, 2] == pytest.approx(6371 * np.pi / 2) and not np.diagonal(between).any()
