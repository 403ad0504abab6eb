"""Sizes of one base, currencies by dated rates, price bases kept apart: what passes and what is refused."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.indicators import COMPARISONS, PRICE_BASES, Indicator, Unit
from lienvung.domain.periods import Period
from lienvung.domain.prices import (
    PriceLink,
    basis_name,
    comparison_name,
    find_link,
    is_constant,
    link_level,
    require_one_basis,
    require_one_comparison,
)
from lienvung.domain.units import ExchangeRate, convert_currency, convert_size, find_rate
from lienvung.errors import ComparisonMixed, NoExchangeRate, NotConvertible, PriceBasisMixed
from lienvung.store.packs import load_catalogue

PACK = Path(__file__).parents[2] / "packs" / "southern"
RATES = (
    ExchangeRate("USD", "2023", 23787.32, "implied", "a"),
    ExchangeRate("USD", "2024", 24164.89, "implied", "a"),
    ExchangeRate("USD", "2024", 24100.0, "average", "b"),
    ExchangeRate("USD", "2024", 24335.0, "end", "b"),
    ExchangeRate("USD", "2024-06", 24260.0, "average", "b"),
)


@cache
def load_units() -> dict[str, Unit]:
    return load_catalogue(PACK).units


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(PACK)


def level(code: str, basis: str = "", comparison: str = "", rule: str = "sum") -> Indicator:
    texts = ("", "A", "", "")
    return Indicator(code, "", "", "", "T05", code, code, "VND_BN", 0, basis, comparison, rule, "", "", "", 1.0, *texts)


def test_sizes_of_one_base_are_exact(catalogue: Catalogue) -> None:
    units = catalogue.units
    assert convert_size(265697.0, units["VND_BN"], units["VND_TN"]) == 265.697
    assert convert_size(1995.8, units["PERSONS_TH"], units["PERSONS"]) == pytest.approx(1995800, abs=1e-6)
    assert convert_size(2694.64, units["KM2"], units["HA"]) == pytest.approx(269464, abs=1e-6)
    assert convert_size(1.0, units["VND_MN"], units["VND_TH"]) == 1000


@given(st.floats(-1e12, 1e12))
def test_there_and_back_is_the_same_amount(value: float) -> None:
    units = load_units()
    for one in ("VND_MN", "VND_BN", "VND_TN", "VND_TH"):
        there = convert_size(value, units["VND_BN"], units[one])
        assert convert_size(there, units[one], units["VND_BN"]) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(("unit", "target"), [("VND_BN", "PERSONS"), ("VND_BN", "USD_MN"), ("HA", "PCT")])
def test_other_bases_are_refused_naming_both(catalogue: Catalogue, unit: str, target: str) -> None:
    with pytest.raises(NotConvertible) as caught:
        convert_size(1.0, catalogue.units[unit], catalogue.units[target])
    assert unit in caught.value.message("vi") and target in caught.value.message("en")


def test_a_rate_is_of_the_period_itself_then_of_its_year_and_never_of_another() -> None:
    assert find_rate(RATES, "USD", Period.parse("2024-06")).vnd_per_unit == 24260.0
    assert find_rate(RATES, "USD", Period.parse("2024-Q1")).vnd_per_unit == 24100.0
    assert find_rate(RATES, "USD", Period.parse("2024"), is_stock=True).vnd_per_unit == 24335.0
    assert find_rate(RATES, "USD", Period.parse("2023")).kind == "implied"
    for period in ("2022", "2023-01-01/P2Y"):
        with pytest.raises(NoExchangeRate) as caught:
            find_rate(RATES, "USD", Period.parse(period))
        assert "2023, 2024" in caught.value.suggestion("en") and period in caught.value.message("vi")


def test_money_goes_through_dong(catalogue: Catalogue) -> None:
    units = catalogue.units
    assert convert_currency(1.0, units["USD_BN"], units["VND_BN"], RATES[1:2]) == 24164.89
    assert convert_currency(24164.89, units["VND_BN"], units["USD_MN"], RATES[1:2]) == 1000


def test_the_rates_of_the_pack_follow_from_its_own_figures(catalogue: Catalogue) -> None:
    gdp = {}
    for line in (PACK / "figures" / "national-gdp-annual.csv").read_text("utf-8").splitlines():
        cells = line.split(",")
        if cells[0] == "GDP_CUR" and cells[-1] == "_T":
            gdp[cells[2]] = float(cells[3])
    implied = {r.period: r for r in catalogue.rates if r.document == "wb-wdi-2025-10"}
    assert set(implied) == {str(y) for y in range(2010, 2025)}
    for year, rate in implied.items():
        dollars = float(rate.note_en.split("divided by ")[1].split(" USD")[0].replace(",", ""))
        assert f"{gdp[year]:,.4f}" in rate.note_en
        assert rate.vnd_per_unit == pytest.approx(gdp[year] * 1e9 / dollars, abs=0.006)
    plan = find_rate(catalogue.rates, "USD", Period.parse("2030"))
    assert plan.kind == "plan" and plan.vnd_per_unit == pytest.approx(380e6 / 14500, abs=0.05)


def test_every_basis_and_comparison_has_a_name() -> None:
    assert all(str(basis_name(b)) != b for b in PRICE_BASES)
    assert all(str(comparison_name(c)) != c for c in COMPARISONS)


def test_one_basis_passes_and_two_are_refused() -> None:
    old, new, now = level("A", "constant_2010"), level("B", "constant_2020"), level("C", "current")
    assert require_one_basis([old, level("POP"), old]) == "constant_2010"
    assert require_one_basis([level("POP")]) == ""
    for pair in ([old, new], [old, now]):
        with pytest.raises(PriceBasisMixed) as caught:
            require_one_basis(pair)
        assert "2010" in caught.value.message("vi") and pair[1].code in caught.value.message("en")
    assert is_constant(old) and not is_constant(now)


def test_a_declared_link_carries_a_level_and_nothing_else_does() -> None:
    old, new = level("A", "constant_2010"), level("B", "constant_2020")
    links = (PriceLink("constant_2010", "constant_2020", "VN", 1.5, "d"),
             PriceLink("constant_2010", "constant_2020", "74", 2.0, "d"))  # fmt: skip
    assert link_level(10.0, old, new, "74", links) == 20.0
    assert link_level(10.0, old, new, "75", links) == 15.0
    assert link_level(10.0, old, old, "75", ()) == 10.0
    assert find_link(links, "constant_2020", "constant_2010", "74") is None  # nor is it turned round
    with pytest.raises(PriceBasisMixed):
        link_level(10.0, new, old, "74", links)


def test_comparisons_are_never_mixed() -> None:
    previous, december = level("A", "", "previous_year", "index"), level("B", "", "december", "index")
    assert require_one_comparison([previous, previous]) == "previous_year"
    with pytest.raises(ComparisonMixed) as caught:
        require_one_comparison([previous, december])
    assert "năm trước = 100" in caught.value.message("vi") and "December" in caught.value.message("en")
