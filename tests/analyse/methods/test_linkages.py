"""Linkages, extraction, spillovers: against models solved in full."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from tests.analyse.methods.drawn import Array, productive_tables, unhurried

from lienvung.analyse.methods import input_output as io
from lienvung.analyse.methods import linkages as lk
from lienvung.errors import BadValue, NotComputable

Economy = tuple[Array, Array, Array]


@unhurried
@given(productive_tables())
def test_linkages_are_those_of_the_inverses(economy: Economy) -> None:
    z, x, _ = economy
    n = len(x)
    system = io.calc_leontief(io.calc_coefficients(z, x))
    inverse = system.invert()
    mean = inverse.sum() / n
    assert np.allclose(lk.calc_backward_linkages_rasmussen(system), inverse.sum(0) / mean)
    assert np.allclose(lk.calc_forward_linkages_rasmussen(system), inverse.sum(1) / mean)
    ghosh = np.linalg.inv(np.eye(n) - z / x[:, None]).sum(1)
    assert np.allclose(lk.calc_forward_linkages_ghosh(system, x), ghosh / ghosh.mean())


@unhurried
@given(productive_tables())
def test_extraction_is_the_economy_without_the_sectors(economy: Economy) -> None:
    z, x, f = economy
    system = io.calc_leontief(io.calc_coefficients(z, x))
    out = [0] if len(x) < 4 else [0, 2]
    found = lk.calc_complete_extraction(system, f, out)
    rest = [i for i in range(len(x)) if i not in out]
    smaller = np.linalg.solve(np.eye(len(rest)) - system.a[np.ix_(rest, rest)], f[rest])
    assert np.allclose(found.output_without[rest], smaller) and not found.output_without[out].any()
    assert found.total_loss == pytest.approx(x.sum() - smaller.sum())
    assert (
        found.loss_elsewhere == pytest.approx(x[rest].sum() - smaller.sum(), abs=1e-6) and found.loss_elsewhere >= -1e-6
    )
    own, linked = lk.calc_dependence(system, f, 1 - system.a.sum(0), out)
    assert 0 <= own <= linked + 1e-12 <= 1 + 1e-9


@unhurried
@given(productive_tables(largest=3), productive_tables(largest=3))
def test_spillover_and_feedback_are_blocks_of_the_inverse(north: Economy, south: Economy) -> None:
    m = min(len(north[1]), len(south[1]))
    blocks = [e[0][:m, :m] / e[1][:m] for e in (north, south)]
    a = np.block([[0.6 * blocks[0], 0.3 * blocks[1]], [0.3 * blocks[0], 0.6 * blocks[1]]])
    system = io.calc_leontief(a)
    inverse = system.invert()
    found = lk.calc_spillovers(system, 2)
    assert np.allclose(found.by_region, [inverse[:m].sum(0), inverse[m:].sum(0)])
    assert np.allclose(found.own, np.concatenate((inverse[:m, :m].sum(0), inverse[m:, m:].sum(0))))
    assert np.allclose(found.own + found.spillover, inverse.sum(0))
    alone = np.linalg.inv(np.eye(m) - a[:m, :m])
    feedback = lk.calc_feedback(system, 2, 0)
    assert np.allclose(feedback, inverse[:m, :m] - alone) and (feedback >= -1e-12).all()


def test_chenery_moses_keeps_the_technology() -> None:
    technical = np.array([[[0.2, 0.1], [0.1, 0.3]], [[0.1, 0.2], [0.3, 0.1]]])
    shares = np.array([lk.calc_trade_shares([[8, 3], [2, 7]]), lk.calc_trade_shares([[5, 5], [5, 5]])])
    a = lk.calc_chenery_moses(technical, shares)
    assert (
        a[0, 0] == pytest.approx(0.8 * 0.2)
        and a[2, 0] == pytest.approx(0.2 * 0.2)
        and a[1, 2] == pytest.approx(0.5 * 0.3)
    )
    assert np.allclose(a[:2] + a[2:], np.hstack(technical))
    assert np.isnan(lk.calc_trade_shares([[0, 1], [0, 1]])[:, 0]).all()
    with pytest.raises(NotComputable):
        lk.calc_chenery_moses(technical, shares * 1.2)
    with pytest.raises(BadValue):
        lk.calc_chenery_moses(technical, shares[:1])


def test_what_does_not_fit_is_refused() -> None:
    system = io.calc_leontief(np.full((3, 3), 0.1))
    with pytest.raises(BadValue):
        lk.calc_complete_extraction(system, [1, 1, 1], [5])
    with pytest.raises(BadValue):
        lk.calc_spillovers(system, 2)
    with pytest.raises(BadValue):
        lk.calc_feedback(system, 3, 3)
