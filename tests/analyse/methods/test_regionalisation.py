"""Regional coefficients: the nation as its own region changes nothing; nothing exceeds the nation; trade balances."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.analyse.methods.drawn import Array, unhurried, vectors

from lienvung.analyse.methods import regionalisation as rg
from lienvung.errors import BadValue

A = np.array([[0.15, 0.2, 0.05], [0.1, 0.25, 0.15], [0.05, 0.1, 0.2]])
DELTAS = st.floats(0, 0.9)


def quotients(region: Array, nation: Array, delta: float) -> dict[str, Array]:
    return {
        "SLQ": rg.calc_slq(region, nation),
        "CILQ": rg.calc_cilq(region, nation),
        "FLQ": rg.calc_flq(region, nation, delta),
        "AFLQ": rg.calc_aflq(region, nation, delta),
        "SFLQ": rg.calc_sflq(region, nation, np.full(len(region), delta)),
    }


@unhurried
@given(vectors(least=1, smallest=3, largest=3), vectors(least=1, smallest=3, largest=3), DELTAS)
def test_coefficients_lie_between_zero_and_the_nation(region: Array, rest: Array, delta: float) -> None:
    found = quotients(region, region + rest, delta)
    for method, q in found.items():
        regional = rg.calc_regional_coefficients(A, q, method).a
        assert (regional >= 0).all() and (regional <= A + 1e-15).all()
    assert np.allclose(found["SFLQ"], found["FLQ"])
    assert (found["FLQ"] <= found["CILQ"] + 1e-12).all() and (found["AFLQ"] >= found["FLQ"] - 1e-12).all()
    assert np.allclose(rg.calc_flq(region, region + rest, 0), found["CILQ"])


@unhurried
@given(vectors(least=1, smallest=3, largest=3), DELTAS)
def test_the_nation_as_its_own_region_keeps_its_coefficients(nation: Array, delta: float) -> None:
    for method, q in quotients(nation, nation, delta).items():
        assert np.allclose(rg.calc_regional_coefficients(A, q, method).a, A)


def test_lambda_grows_with_the_region() -> None:
    small, large = (float(rg.calc_flegg_lambda(r, 100, 0.3)) for r in (2, 40))
    assert 0 < small < large < 1 and float(rg.calc_flegg_lambda(100, 100, 0.3)) == 1
    assert small == pytest.approx(np.log2(1.02) ** 0.3)


def test_a_sector_the_region_lacks_buys_nothing_and_is_named() -> None:
    found = rg.calc_regional_coefficients(A, rg.calc_cilq([10, 0, 30], [40, 20, 60]), "CILQ")
    assert found.absent.tolist() == [False, True, False] and not found.a[:, 1].any() and found.a[0, 2] > 0
    assert not found.a[1].any()  # and nobody can buy from it at home


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(BadValue):
        rg.calc_slq([50, 1], [40, 60])
    with pytest.raises(BadValue):
        rg.calc_flq([1, 1], [2, 2], 1.0)
    with pytest.raises(BadValue):
        rg.calc_regional_coefficients(A, [1.0, np.nan, 1.0], "SLQ")
    with pytest.raises(BadValue):
        rg.calc_regional_coefficients(-A, [1.0, 1.0, 1.0], "SLQ")


@st.composite
def countries(draw: st.DrawFn) -> tuple[Array, Array, Array, Array]:
    """Output and demand of 2-4 regions by 3 products, with foreign trade that closes the national account."""
    n = draw(st.integers(2, 4))
    numbers = st.lists(st.integers(1, 500), min_size=3 * n, max_size=3 * n)
    x = np.array(draw(numbers), float).reshape(n, 3)
    d = np.array(draw(numbers), float).reshape(n, 3)
    balance = x.sum(0) - d.sum(0)
    crossed = np.array(draw(st.lists(st.floats(0, 1), min_size=3, max_size=3))) * np.minimum(x.sum(0), d.sum(0))
    return x, d, np.maximum(balance, 0) + crossed, np.maximum(-balance, 0) + crossed


@unhurried
@given(countries())
def test_charm_balances_between_regions_and_abroad(country: tuple[Array, Array, Array, Array]) -> None:
    x, d, e, m = country
    found = rg.calc_charm_multiregional(x, d, e, m)
    assert np.allclose(found.foreign_exports.sum(0), e) and np.allclose(found.foreign_imports.sum(0), m)
    assert np.allclose(found.interregional_out.sum(0), found.interregional_in.sum(0))
    every = found.foreign_exports - found.foreign_imports + found.interregional_out - found.interregional_in
    assert np.allclose(every, x - d)
    assert (found.interregional_out <= x - found.foreign_exports + 1e-6).all()  # no region sells more than it makes
    assert (found.interregional_in <= d - found.foreign_imports + 1e-6).all()
    assert ((found.cross_hauling_share >= 0) & (found.cross_hauling_share <= 1 + 1e-12)).all()


def test_without_cross_hauling_only_balances_are_traded() -> None:
    found = rg.calc_charm_multiregional([[60.0], [40.0]], [[30.0], [70.0]], [0.0], [0.0])
    assert found.interregional_out.tolist() == [[30], [0]] and found.interregional_in.tolist() == [[0], [30]]


def test_original_charm_of_the_nation_gives_its_trade_back() -> None:
    assert rg.calc_charm_single_region(100, 90, 30, 20, 100, 90) == pytest.approx((30, 20))
    e, m = rg.calc_charm_single_region(100, 90, 30, 20, 10, 12)
    assert e - m == pytest.approx(-2) and e > 0


def test_a_national_account_that_does_not_close_is_refused() -> None:
    with pytest.raises(BadValue):
        rg.calc_charm_multiregional([[60.0]], [[50.0]], [5.0], [5.0])


@unhurried
@given(vectors(least=0, smallest=3, largest=3), vectors(least=0, smallest=3, largest=3))
def test_slq_weighted_by_the_nation_is_one(region: Array, rest: Array) -> None:
    assume(region.sum() > 0)
    nation = region + rest
    slq = rg.calc_slq(region, nation)
    assert np.nansum(slq * nation / nation.sum()) == pytest.approx(1)
    assert np.isnan(slq).tolist() == (nation == 0).tolist()
