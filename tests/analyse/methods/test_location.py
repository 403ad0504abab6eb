"""Location quotients: identities, what is undefined, what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.analyse.methods.drawn import Array, tables, unhurried

from lienvung.analyse.methods import location
from lienvung.errors import BadValue


@unhurried
@given(tables())
def test_quotients_average_to_one_over_places(e: Array) -> None:
    assume(e.sum() > 0)
    lq, weights = location.calc_lq(e), e.sum(1) / e.sum()
    there = e.sum(0) > 0
    assert np.allclose((weights[:, None] * np.nan_to_num(lq))[:, there].sum(0), 1)
    assert np.isnan(lq[:, ~there]).all() and np.isnan(lq[e.sum(1) == 0]).all()


@unhurried
@given(tables(least=1), st.permutations(range(6)), st.floats(0.01, 100))
def test_order_and_unit_do_not_matter(e: Array, order: list[int], unit: float) -> None:
    kept = [i for i in order if i < len(e)]
    lq = location.calc_lq(e)
    assert np.allclose(location.calc_lq(e[kept] * unit), lq[kept])
    assert np.allclose(location.calc_lq(e.T), lq.T)


def test_equal_structures_are_one_everywhere() -> None:
    assert np.allclose(location.calc_lq(np.outer([1, 5, 20], [3, 2, 9, 1])), 1)


def test_a_missing_cell_is_missing_alone_when_totals_are_printed() -> None:
    e = [[10.0, np.nan], [20.0, 40.0]]
    alone = location.calc_lq(e, place_totals=[30, 60], sector_totals=[30, 60])
    assert np.isnan(alone).tolist() == [[False, True], [False, False]]
    summed = location.calc_lq(e)
    assert np.isnan(summed).all()  # a total is never summed over a gap


def test_a_reference_beyond_the_places() -> None:
    lq = location.calc_lq([[10, 90]], sector_totals=[200, 800])
    assert lq.tolist() == [[0.5, 1.125]]


@unhurried
@given(tables(least=1))
def test_symmetric_form_is_odd_in_the_logarithm(e: Array) -> None:
    lq = location.calc_lq(e)
    symmetric = location.calc_symmetric_lq(lq)
    assert ((symmetric >= -1) & (symmetric < 1)).all()
    assert np.allclose(location.calc_symmetric_lq(1 / lq), -symmetric)


@unhurried
@given(tables(least=1))
def test_additive_forms_sum_to_zero(e: Array) -> None:
    assert np.allclose(location.calc_additive_lq_of_structure(e).sum(1), 0)
    assert np.allclose(location.calc_additive_lq_of_distribution(e).sum(0), 0)


def test_standardised_scores() -> None:
    z = location.calc_standardised_lq_plain([[1.0, 1.0], [2.0, 1.0], [3.0, 1.0]])
    assert z[:, 0].tolist() == [-1, 0, 1] and np.isnan(z[:, 1]).all()
    log = location.calc_standardised_lq_log([[0.0], [1.0], [np.e], [np.e**2]])
    assert np.isnan(log[0, 0]) and np.allclose(log[1:, 0], [-1, 0, 1])
    assert np.isnan(location.calc_standardised_lq_plain([[1.0], [2.0]])).all()  # two places tell no spread


def test_presence_keeps_the_undefined() -> None:
    m = location.calc_presence([[1.0, 0.99], [np.nan, 2.0]])
    assert np.array_equal(m, [[1, 0], [np.nan, 1]], equal_nan=True)


def test_effective_count_of_unequal_plants() -> None:
    assert location.calc_effective_count([1000, 1, 1, 1]) == pytest.approx(1.006, abs=1e-3)
    assert np.isnan(location.calc_effective_count([0, 0]))


def test_cluster_index_without_plants_is_undefined() -> None:
    assert np.isnan(location.calc_cluster_index_litzenberger_sternberg((0, 10), (1, 2), (1, 2), (0, 5)))


@pytest.mark.parametrize("bad", [[[1, -1]], [[np.inf, 1]], [1, 2], [[]]])
def test_what_is_no_table_is_refused(bad: object) -> None:
    with pytest.raises(BadValue):
        location.calc_lq(bad)  # type: ignore[arg-type]
