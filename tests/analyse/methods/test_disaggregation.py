"""Quarters out of years: they add up again, are the nearest in movement, and regressions are refused when too short."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import null_space
from tests.analyse.methods.drawn import unhurried

from lienvung.analyse.methods import disaggregation as d
from lienvung.errors import BadValue, NotComputable

Array = npt.NDArray[np.float64]
WAYS = list(product(("sum", "mean", "last"), (1, 2), (True, False)))
FORMS: list[Callable[..., Array]] = [d.calc_denton_additive, d.calc_denton_proportional]


def aggregate(y: Array, k: int, per: int, total: str) -> Array:
    parts = y[: k * per].reshape(k, per)
    return {"sum": parts.sum(1), "mean": parts.mean(1), "last": parts[:, -1]}[total]


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.__name__)
@pytest.mark.parametrize(("total", "differences", "is_cholette"), WAYS)
@unhurried
@given(st.integers(0, 1000))
def test_denton_adds_up_and_is_the_nearest(
    form: Callable[..., Array], total: str, differences: int, is_cholette: bool, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    k, per, beyond = 4, 4, 2
    x = 50 + 100 * rng.random(k * per + beyond)
    b = aggregate(x * (1 + 0.2 * rng.random()), k, per, total) * (1 + 0.1 * rng.random(k))
    y = form(b, x, per, total, differences, is_cholette)
    assert np.allclose(aggregate(y, k, per, total), b)
    # nearest: no step that keeps the sums makes the movement of the correction smaller
    scale = x if form is d.calc_denton_proportional else np.ones(len(x))
    step = np.eye(len(x)) - np.eye(len(x), k=-1)
    moves = np.linalg.matrix_power(step, differences)[differences if is_cholette else 0 :] / scale
    keeps = null_space(np.array([aggregate(row, k, per, total) for row in np.eye(len(x))]).T)
    pull = keeps.T @ moves.T @ moves @ (y - x)
    assert np.abs(pull).max() < 1e-7 * max(1.0, np.abs(moves.T @ moves).max() * np.abs(y - x).max())


def test_an_indicator_that_agrees_comes_back() -> None:
    x = np.array([3.0, 5, 2, 8, 4, 6, 3, 9])
    for form in FORMS:
        assert np.allclose(form(aggregate(x, 2, 4, "sum"), x, 4), x)
    twice = d.calc_denton_proportional(2 * aggregate(x, 2, 4, "sum"), x, 4)
    assert np.allclose(twice, 2 * x)


def test_without_benchmark_the_last_ratio_is_carried_on() -> None:
    y = d.calc_denton_proportional([4000, 4161.4], [98.2, 100.8, 102.2, 100.8, 99, 101.6, 102.7, 101.5, 100.5, 103], 4)
    assert np.allclose(y[8:] / [100.5, 103], y[7] / 101.5)


def test_what_cannot_be_divided_is_refused() -> None:
    for bad in (([10.0], [1.0, 1, 1], 4), ([10.0], [1.0, 1, 0, 1], 4), ([10.0], [1.0, 1, np.nan, 1], 4)):
        with pytest.raises(BadValue):
            d.calc_denton_proportional(*bad)
    with pytest.raises(BadValue):
        d.calc_denton_additive([10.0], [1.0, 1, 1, 1], 4, differences=2)
    with pytest.raises(BadValue):
        d.calc_denton_additive([10.0], [1.0, 1, 1, 1], 4, total="first")  # type: ignore[arg-type]


def made_up(seed: int, years: int, rho: float, spread: float) -> tuple[Array, Array]:
    """An indicator and a quarterly series 5 + 2 x + u with AR(1) errors."""
    rng = np.random.default_rng(seed)
    n = 4 * years
    x = 20 + np.cumsum(rng.standard_normal(n))
    u = np.zeros(n)
    u[0] = rng.standard_normal() / np.sqrt(1 - rho**2)
    for t in range(1, n):
        u[t] = rho * u[t - 1] + rng.standard_normal()
    return x, 5 + 2 * x + spread * u


@pytest.mark.parametrize("total", ["sum", "mean", "last"])
@pytest.mark.parametrize("form", [d.estimate_chow_lin, d.estimate_fernandez], ids=lambda f: f.__name__)
def test_regressions_add_up_and_hold_the_indicator(form: Callable[..., d.Regressed], total: str) -> None:
    x, y = made_up(1, 12, 0.7, 0.5)
    found = form(aggregate(y, 11, 4, total), x, 4, total)
    assert np.allclose(aggregate(found.values, 11, 4, total), aggregate(y, 11, 4, total))
    assert np.corrcoef(found.values, y)[0, 1] > 0.98 and (found.low <= found.high).all()
    exact = form(aggregate(5 + 2 * x, 11, 4, total), x, 4, total)
    assert np.allclose(exact.values, 5 + 2 * x, atol=1e-6) and np.allclose(exact.coefficients, [5, 2], atol=1e-5)


def test_chow_lin_is_the_formula_written_with_inverses() -> None:
    x, y = made_up(2, 10, 0.6, 1.0)
    b = aggregate(y, 10, 4, "sum")
    found = d.estimate_chow_lin(b, x, 4)
    n, c, both = len(x), np.kron(np.eye(10), np.ones(4)), np.column_stack((np.ones(len(x)), x))
    v = found.rho ** np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    middle = np.linalg.inv(c @ v @ c.T)
    beta = np.linalg.solve((c @ both).T @ middle @ c @ both, (c @ both).T @ middle @ b)
    plain = both @ beta + v @ c.T @ middle @ (b - c @ both @ beta)
    assert np.allclose(found.values, plain) and np.allclose(found.coefficients, beta)

    def likelihood(rho: float) -> float:
        w = c @ (rho ** np.abs(np.subtract.outer(np.arange(n), np.arange(n))) / (1 - rho**2)) @ c.T
        inner = np.linalg.inv(w)
        fit = np.linalg.solve((c @ both).T @ inner @ c @ both, (c @ both).T @ inner @ b)
        rest = b - c @ both @ fit
        return float(-10 * np.log(rest @ inner @ rest / 10) - np.linalg.slogdet(w)[1])

    assert likelihood(found.rho) >= max(likelihood(r) for r in np.linspace(0, 0.99, 100)) - 1e-6


def test_interval_of_fernandez_holds_the_truth_as_often_as_it_says() -> None:
    held: list[Any] = []
    for seed in range(150):
        rng = np.random.default_rng(seed)
        x = 20 + np.cumsum(rng.standard_normal(48))
        y = 5 + 2 * x + np.cumsum(rng.standard_normal(48))
        found = d.estimate_fernandez(aggregate(y, 12, 4, "sum"), x, 4)
        held.append((found.low <= y) & (y <= found.high))
    assert np.mean(held) == pytest.approx(0.9, abs=0.02)


def test_too_few_years_or_a_flat_indicator_are_refused() -> None:
    x, y = made_up(3, 12, 0.5, 1.0)
    with pytest.raises(NotComputable):
        d.estimate_chow_lin(aggregate(y, 4, 4, "sum"), x[:16], 4)
    with pytest.raises(NotComputable):
        d.estimate_chow_lin(aggregate(y, 12, 4, "sum"), np.tile([1.0, 2, 3, 4], 12), 4)
