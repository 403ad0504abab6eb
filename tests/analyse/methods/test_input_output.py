"""Input-output: against the inverse written out, and refused where there is none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from tests.analyse.methods.drawn import Array, productive_tables, unhurried

from lienvung.analyse.methods import input_output as io
from lienvung.errors import BadValue, NotComputable

Economy = tuple[Array, Array, Array]


@unhurried
@given(productive_tables())
def test_output_is_inputs_plus_demand(economy: Economy) -> None:
    z, x, f = economy
    made = io.calc_coefficients(z, x)
    system = io.calc_leontief(made)
    assert np.allclose(system.solve(f), x) and np.allclose(made.a @ x + f, x)
    inverse = system.invert()
    assert np.allclose(inverse @ (np.eye(len(x)) - made.a), np.eye(len(x)))
    assert (inverse >= np.eye(len(x)) - 1e-12).all()
    assert np.allclose(io.calc_multipliers_per_demand(system), inverse.sum(0))


@unhurried
@given(productive_tables())
def test_value_added_with_imports_makes_one(economy: Economy) -> None:
    z, x, _ = economy
    system = io.calc_leontief(io.calc_coefficients(z, x))
    rest = 1 - z.sum(0) / x
    assert np.allclose(io.calc_multipliers_per_demand(system, rest), 1)


@unhurried
@given(productive_tables())
def test_type_two_is_the_closed_model(economy: Economy) -> None:
    z, x, f = economy
    n = len(x)
    a = io.calc_coefficients(z, x).a
    h, c = 0.4 * (1 - a.sum(0)), 0.7 * f / f.sum()
    system = io.calc_leontief(a)
    closed = np.linalg.inv(np.eye(n + 1) - np.block([[a, c[:, None]], [h[None, :], np.zeros((1, 1))]]))
    w = np.linspace(0.1, 1, n)
    assert np.allclose(io.calc_multipliers_type2_per_demand(system, h, c, w), w @ closed[:n, :n])
    one = io.calc_multipliers_type1_ratio(system, w)
    two = io.calc_multipliers_type2_ratio(system, h, c, w)
    assert (two >= one - 1e-12).all() and (one >= 1 - 1e-12).all()


@unhurried
@given(productive_tables())
def test_effects_are_linear(economy: Economy) -> None:
    z, x, f = economy
    system = io.calc_leontief(io.calc_coefficients(z, x))
    jobs = np.linspace(1, 2, len(x))
    both = io.calc_effect(system, np.column_stack((f, 2 * f)), jobs)
    assert np.allclose(both[:, 1], 2 * both[:, 0]) and np.allclose(both[:, 0], jobs * x)


def test_an_idle_sector_is_named_and_the_rest_computed() -> None:
    made = io.calc_coefficients([[10, 0, 20], [0, 0, 0], [30, 0, 5]], [100, 0, 100])
    system = io.calc_leontief(made)
    found = io.calc_multipliers_per_demand(system)
    assert made.idle.tolist() == [False, True, False] and np.isnan(found).tolist() == [False, True, False]
    assert np.isnan(io.calc_multipliers_type1_ratio(system, [0.1, 0.1, 0.0])).tolist() == [False, True, True]


def test_what_has_no_inverse_is_refused() -> None:
    with pytest.raises(NotComputable):
        io.calc_leontief([[0.5, 0.5], [0.5, 0.5]])  # singular
    with pytest.raises(NotComputable) as caught:
        io.calc_leontief([[0.9, 0.4], [0.4, 0.9]])  # uses up more than it makes
    assert "Hawkins" in caught.value.message("vi") and caught.value.suggestion("en")
    with pytest.raises(BadValue):
        io.calc_coefficients([[1, 2], [3, 4]], [0, 10])
    with pytest.raises(BadValue):
        io.calc_leontief([[np.nan, 0.1], [0.1, 0.1]])
    with pytest.raises(BadValue):
        io.calc_leontief([[0.1, 0.1], [0.1, 0.1]]).solve([1.0, 2.0, 3.0])


def test_income_that_returns_in_full_is_refused() -> None:
    system = io.calc_leontief([[0.5]])
    with pytest.raises(NotComputable):
        io.calc_multipliers_type2_per_demand(system, [0.5], [1.0])


def test_negative_cells_pass() -> None:
    system = io.calc_leontief(io.calc_coefficients([[10.0, -5.0], [20.0, 10.0]], [100.0, 50.0]))
    assert np.allclose(system.solve([95.0, 20.0]), [100, 50])
