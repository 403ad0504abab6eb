"""Relatedness: against the plain sums, in both conventions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from tests.analyse.methods.drawn import Array, tables, unhurried

from lienvung.analyse.methods import relatedness as r
from lienvung.errors import BadValue


@unhurried
@given(tables(least=0, most=1))
def test_proximity_is_the_lesser_conditional_probability(m: Array) -> None:
    found, u = r.calc_proximity(m), m.sum(0)
    for p in range(m.shape[1]):
        for q in range(m.shape[1]):
            if u[p] == 0 or u[q] == 0:
                assert np.isnan(found[p, q])
            else:
                both = (m[:, p] * m[:, q]).sum()
                assert found[p, q] == pytest.approx(min(both / u[p], both / u[q]))


@unhurried
@given(tables(least=0, most=1, smallest=3))
def test_densities_in_both_conventions(m: Array) -> None:
    phi = r.calc_proximity(m)
    known = np.nan_to_num(phi)
    bare = known - np.diag(np.diagonal(known))
    for found, weights in (
        (r.calc_density_with_self(m, phi), known),
        (r.calc_density_without_self(m, phi), bare),
    ):
        for p in range(m.shape[1]):
            total = weights[:, p].sum()
            if total == 0:
                assert np.isnan(found[:, p]).all()
            else:
                assert np.allclose(found[:, p], m @ weights[:, p] / total)


def test_single_precision_agrees_to_its_digits() -> None:
    m = (np.random.default_rng(1).random((40, 30)) > 0.7).astype(float)
    phi = r.calc_proximity(m)
    single = r.calc_density_with_self(m, phi, np.float32)
    assert single.dtype == np.float32 and np.allclose(single, r.calc_density_with_self(m, phi), atol=1e-6)


def test_outlook_and_gain_are_the_plain_sums() -> None:
    rng = np.random.default_rng(2)
    m = (rng.random((6, 5)) > 0.5).astype(float)
    m[0] = 1
    phi, pci = r.calc_proximity(m), rng.standard_normal(5)
    d = r.calc_density_with_self(m, phi)
    assert r.calc_coi(m, d, pci) == pytest.approx(
        [sum(d[c, p] * (1 - m[c, p]) * pci[p] for p in range(5)) for c in range(6)]
    )
    gain = r.calc_cog(m, phi, d, pci)
    for c in range(6):
        for p in range(5):
            plain = sum(phi[p, q] / phi[:, q].sum() * (1 - m[c, q]) * pci[q] for q in range(5)) - d[c, p] * pci[p]
            assert np.isnan(gain[c, p]) if m[c, p] else gain[c, p] == pytest.approx(plain)


@unhurried
@given(tables(least=0, most=9, rows=5, columns=5))
def test_normalisations_are_symmetric_and_leave_the_lonely_undefined(e: Array) -> None:
    c = e.T @ e
    lonely = (c - np.diag(np.diagonal(c))).sum(1) == 0
    for form in (
        r.calc_relatedness_cosine, r.calc_relatedness_jaccard, r.calc_relatedness_association,
        r.calc_relatedness_probability,
    ):  # fmt: skip
        found = form(c)
        assert np.allclose(found, found.T, equal_nan=True) and np.isnan(found[lonely]).all()


def test_association_and_probability_are_one_at_random() -> None:
    even = np.ones((6, 6))
    off = ~np.eye(6, dtype=bool)
    assert np.allclose(r.calc_relatedness_association(even)[off], 6 / 5)  # it counts pairs of a product with itself
    assert np.allclose(r.calc_relatedness_probability(even)[off], 1)  # it does not


def test_relatedness_of_another_size_is_refused() -> None:
    with pytest.raises(BadValue):
        r.calc_density_with_self([[1, 0]], [[1.0]])
