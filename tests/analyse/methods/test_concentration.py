"""Concentration, specialisation and similarity: bounds, invariances, and what has no answer."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.analyse.methods.drawn import Array, tables, unhurried, vectors

from lienvung.analyse.methods import concentration as c
from lienvung.errors import BadValue


@unhurried
@given(tables(least=1))
def test_krugman_is_a_distance_between_zero_and_two(e: Array) -> None:
    k = c.calc_krugman_pairs(e)
    assert np.allclose(k, k.T) and np.allclose(np.diagonal(k), 0) and (k >= 0).all() and (k <= 2 + 1e-12).all()
    like = c.calc_similarity_finger_kreinin(e)
    shares = e / e.sum(1, keepdims=True)
    assert np.allclose(like, [[np.minimum(a, b).sum() for b in shares] for a in shares])
    cosine = c.calc_similarity_cosine(e)
    assert np.allclose(np.diagonal(cosine), 1) and (cosine <= 1 + 1e-12).all()


@unhurried
@given(tables(least=1))
def test_baselines_differ_and_are_what_they_say(e: Array) -> None:
    shares, total = e / e.sum(1, keepdims=True), e.sum(0) / e.sum()
    assert np.allclose(c.calc_krugman_against_total(e), np.abs(shares - total).sum(1))
    others = [np.delete(shares, i, 0).mean(0) for i in range(len(e))]
    assert np.allclose(c.calc_krugman_against_mean_of_others(e), np.abs(shares - others).sum(1))


def test_a_place_without_structure_is_undefined_alone() -> None:
    e = [[1.0, 2.0], [0.0, 0.0], [2.0, 2.0]]
    for found in (c.calc_krugman_against_total(e), c.calc_krugman_against_mean_of_others(e), c.calc_hachman(e)):
        assert np.isnan(found).tolist() == [False, True, False]
    assert np.isnan(c.calc_krugman_against_mean_of_others([[1.0, 2.0]])).all()


@unhurried
@given(vectors(least=0), st.integers(1, 3))
def test_distributions_have_their_bounds(x: Array, scale: int) -> None:
    assume(x.sum() > 0)
    n = len(x)
    assert 1 / n - 1e-12 <= c.calc_hhi(x) <= 1 and -1e-12 <= c.calc_hhi_normalised(x) <= 1
    assert np.isclose(c.calc_equivalent_number(x), 1 / c.calc_hhi(x))
    assert -1e-12 <= c.calc_shannon_nats(x) <= np.log(n) + 1e-12
    assert np.isclose(c.calc_shannon_nats(x) + c.calc_theil(x), np.log(n))
    assert np.isclose(c.calc_hhi(x), c.calc_hhi(x * scale)) and np.isclose(c.calc_theil(x), c.calc_theil(x * scale))
    assert np.isclose(c.calc_theil(np.concatenate((x, x))), c.calc_theil(x))


@unhurried
@given(vectors(least=0, smallest=3), st.randoms(use_true_random=False))
def test_theil_is_between_plus_within_for_any_grouping(x: Array, random: object) -> None:
    assume(x.sum() > 0)
    groups = [random.randint(0, 2) for _ in x]  # type: ignore[attr-defined]
    weights = [random.randint(1, 50) for _ in x]  # type: ignore[attr-defined]
    found = c.calc_theil_decomposed(x, groups, weights)
    assert np.isclose(found.total, found.between + found.within) and found.between >= -1e-12 and found.within >= -1e-12
    assert np.isclose(found.total, c.calc_theil(x, weights))


def test_theil_l_is_undefined_with_a_zero_and_t_is_not() -> None:
    assert np.isnan(c.calc_theil_l([0, 1, 2])) and c.calc_theil([0, 1, 2]) > 0
    assert np.isnan(c.calc_theil([1, 2], [0, 1])) and np.isnan(c.calc_theil([0, 0]))


@unhurried
@given(vectors(least=1), st.permutations(range(8)))
def test_gini_and_hoover_do_not_depend_on_order(x: Array, order: list[int]) -> None:
    kept = [i for i in order if i < len(x)]
    base = np.arange(1.0, len(x) + 1)
    for index in (c.calc_hoover, c.calc_locational_gini_weighted, c.calc_locational_gini_of_quotients):
        assert np.isclose(index(x, base), index(x[kept], base[kept]))
        assert index(x, base) + 1e-12 >= 0 and index(x, base) < 1
        assert np.isclose(index(base, base), 0, atol=1e-12)
    assert c.calc_locational_gini_weighted(x, base) >= c.calc_hoover(x, base) - 1e-12


def test_gini_without_a_base_is_undefined() -> None:
    assert np.isnan(c.calc_locational_gini_weighted([1, 1], [0, 1]))
    assert np.isnan(c.calc_locational_gini_of_quotients([1, 1], [0, 1]))
    assert (
        np.isnan(c.calc_hoover([0, 0], [1, 1])) and np.isnan(c.calc_hhi([0, 0])) and np.isnan(c.calc_shannon_bits([0]))
    )


@unhurried
@given(tables(least=1))
def test_hachman_is_one_where_structures_are_equal(e: Array) -> None:
    found = c.calc_hachman(e)
    assert (found <= 1 + 1e-12).all() and (found > 0).all()
    assert np.allclose(c.calc_hachman(np.outer(e.sum(1), e[0])), 1)


def test_groups_of_another_length_are_refused() -> None:
    with pytest.raises(BadValue):
        c.calc_theil_decomposed([1, 2, 3], [0, 1])
