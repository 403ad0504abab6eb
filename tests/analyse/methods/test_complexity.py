"""Complexity: the same as the plain eigenvector, one sign, and refused where the network does not carry it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analyse.methods.drawn import unhurried

from lienvung.analyse.methods import complexity as c
from lienvung.errors import BadValue

Array = npt.NDArray[np.float64]


def nested(places: int, products: int, seed: int = 3, noise: float = 0.25) -> Array:
    """A presence matrix such as trade has: diverse places make what few others do, with noise."""
    rng = np.random.default_rng(seed)
    able, hard = np.sort(rng.random(places))[::-1], np.sort(rng.random(products))
    m = (able[:, None] + noise * rng.standard_normal((places, products)) > hard[None, :]).astype(float)
    m[:, 0], m[0, :] = 1.0, 1.0
    return m


def plain_eci(m: Array) -> tuple[Array, float]:
    """Second eigenvector of D^-1 M U^-1 M', by a general eigensolver, with z-scores and the sign of diversity."""
    matrix = (m / m.sum(1, keepdims=True)) @ (m / m.sum(0)).T
    values, vectors = np.linalg.eig(matrix)
    at = np.argsort(-values.real)[1]
    k = vectors[:, at].real
    k = k * np.sign(np.corrcoef(k, m.sum(1))[0, 1])
    return (k - k.mean()) / k.std(), float(values[at].real)


@unhurried
@given(st.integers(0, 200))
def test_eci_is_the_second_eigenvector_with_one_sign(seed: int) -> None:
    m = nested(14, 20, seed)
    found = c.calc_complexity(m)
    assert found.reason is None
    plain, second = plain_eci(m)
    assert np.allclose(found.eci, plain, atol=1e-6) and np.isclose(found.sigma2**2, second)
    assert np.allclose(m @ found.pci / m.sum(1), found.eci)  # exactly the mean PCI of what a place has
    assert np.corrcoef(found.eci, m.sum(1))[0, 1] > 0
    mean_eci = found.eci @ m / m.sum(0)
    assert np.corrcoef(mean_eci, found.pci)[0, 1] > 1 - 1e-9  # and products follow their places, same sign


@pytest.mark.parametrize("shape", [(60, 40), (40, 60)])
def test_lanczos_gives_what_the_dense_way_gives(shape: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    m = nested(*shape, seed=8)
    dense = c.calc_complexity(m)
    monkeypatch.setattr(c, "DENSE_UP_TO", 5)
    sparse = c.calc_complexity(m)
    assert np.allclose(dense.eci, sparse.eci, atol=1e-9) and np.allclose(dense.pci, sparse.pci, atol=1e-9)
    assert np.isclose(dense.sigma3, sparse.sigma3, rtol=0.01)


@unhurried
@given(st.permutations(range(14)), st.permutations(range(20)))
def test_order_does_not_matter(rows: list[int], columns: list[int]) -> None:
    m = nested(14, 20)
    found, mixed = c.calc_complexity(m), c.calc_complexity(m[np.ix_(rows, columns)])
    assert np.allclose(mixed.eci, found.eci[rows]) and np.allclose(mixed.pci, found.pci[columns])


def test_empty_and_missing_places_are_left_out_and_nan() -> None:
    m = nested(14, 20)
    more = np.zeros((16, 21))
    more[:14, :20] = m
    more[15] = np.nan
    found, kept = c.calc_complexity(more), c.calc_complexity(m)
    assert np.isnan(found.eci[14:]).all() and np.isnan(found.pci[20])
    assert np.allclose(found.eci[:14], kept.eci) and np.allclose(found.pci[:20], kept.pci)


def test_equal_places_are_equal() -> None:
    m = nested(14, 20)
    found = c.calc_complexity(np.vstack((m, m[3])))
    assert np.isclose(found.eci[3], found.eci[14])


def test_what_the_network_does_not_carry_is_refused_with_a_reason() -> None:
    apart = np.kron(np.eye(2), nested(4, 5))
    nothing = np.zeros((4, 4))
    refused = (apart, c.DISCONNECTED), (np.ones((2, 5)), c.TOO_SMALL), (1 - np.eye(5), c.NO_GAP), (nothing, c.TOO_SMALL)
    for m, reason in refused:
        found = c.calc_complexity(m)
        assert found.reason is reason and np.isnan(found.eci).all() and np.isnan(found.pci).all()


def test_projection_is_the_mean_of_known_products() -> None:
    found = c.calc_projected_eci([[1, 1, 0], [0, 0, 1], [0, 0, 0]], [1.0, 3.0, np.nan])
    assert found[0] == 2 and np.isnan(found[1:]).all()


def test_even_reflections_are_powers_of_the_matrix_of_eci() -> None:
    m = nested(14, 20)
    places, products = c.calc_reflections(m, 12)
    matrix = (m / m.sum(1, keepdims=True)) @ (m / m.sum(0)).T
    assert np.allclose(places[12], np.linalg.matrix_power(matrix, 6) @ m.sum(1)) and len(products) == 13


def test_fitness_means_and_stability() -> None:
    m = nested(14, 20)
    found = c.calc_fitness(m, 200)
    assert np.isclose(found.fitness.mean(), 1) and np.isclose(found.complexity.mean(), 1)
    assert found.stable_from is not None and found.stable_from < 200
    assert np.argmax(found.fitness) == np.argmax(m.sum(1))
    sinking = c.calc_fitness(np.tril(np.ones((30, 30))), 3000)  # values fall towards 0, without a warning or NaN
    assert np.isfinite(sinking.fitness).all()
    assert np.isnan(c.calc_fitness([[0, 0], [0, 0]], 3).fitness).all()


def test_prody_and_expy() -> None:
    x = [[50.0, 50.0, 0.0], [0.0, 100.0, 0.0], [0.0, 0.0, 0.0]]
    prody = c.calc_prody(x, [10.0, 4.0, 99.0])
    assert np.allclose(prody[:2], [10, (0.5 * 10 + 1 * 4) / 1.5]) and np.isnan(prody[2])
    expy = c.calc_expy(x, prody)
    assert np.allclose(expy[:2], [(10 + 6) / 2, 6]) and np.isnan(expy[2])
    assert np.allclose(c.calc_prody(np.ones((3, 4)), [2.0, 4.0, 6.0]), 4)


@pytest.mark.parametrize("bad", [[[0.5, 1]], [[2, 1], [1, 1]], [[np.nan, 1], [1, 1]]])
def test_what_is_no_presence_is_refused(bad: object) -> None:
    with pytest.raises(BadValue):
        c.calc_complexity(bad)  # type: ignore[arg-type]
