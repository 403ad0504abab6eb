"""Measures of a growth model: printed before computed, never across vintages, refused with what is missing."""

from __future__ import annotations

import math
from typing import Any

import pytest

from lienvung.analyse.growth_measures import (
    Figures,
    Known,
    measure_icor_increments,
    measure_icor_rates,
    measure_productivity_growth,
    measure_ratio,
    measure_tfp,
)
from lienvung.domain.growth_model import COMPUTED, ESTIMATED, PRINTED
from lienvung.errors import Both

WORDS = Both("a / b", "a / b")


def name(code: str) -> Both:
    return Both(f"tên {code}", f"name {code}")


def known(value: float, document: str = "doc") -> Known:
    return Known(value, ({"document": document, "value": value},))


def figures(breaks: dict[str, frozenset[int]] | None = None, **series: dict[int, Any]) -> Figures:
    whole = {c: {y: v if isinstance(v, Known) else known(v) for y, v in s.items()} for c, s in series.items()}
    return Figures(whole, breaks or {})


def test_printed_goes_before_computed_and_every_input_is_kept() -> None:
    held = figures(
        LABOUR_PRODUCTIVITY={2020: 150.0}, GRDP_CUR={2020: 400.0, 2021: 500.0}, EMPLOYED={2020: 2, 2021: 2.5}
    )
    found, missing = measure_ratio(held, "LABOUR_PRODUCTIVITY", "GRDP_CUR", "EMPLOYED", 1, WORDS, name)
    assert [(f.period, f.value, f.way) for f in found] == [("2020", 150.0, PRINTED), ("2021", 200.0, COMPUTED)]
    assert [r["value"] for r in found[1].inputs] == [500.0, 2.5] and not missing


def test_what_is_missing_is_named() -> None:
    _, missing = measure_ratio(figures(GRDP_CUR={2020: 1.0}), "X", "GRDP_CUR", "EMPLOYED", 1, WORDS, name)
    assert [m.vi for m in missing] == ["chưa có tên EMPLOYED (EMPLOYED)"]
    apart = figures(GRDP_CUR={2020: 1.0}, EMPLOYED={2019: 1.0})
    _, missing = measure_ratio(apart, "X", "GRDP_CUR", "EMPLOYED", 1, WORDS, name)
    assert missing[0].en == "no year has both name GRDP_CUR and name EMPLOYED"
    _, missing = measure_tfp(figures(GRDP_C2010={2020: 1.0}), name)
    assert [m.en for m in missing] == [
        "nothing published of name INVEST_REALISED_C2010 (INVEST_REALISED_C2010)",
        "nothing published of name EMPLOYED (EMPLOYED)",
    ]


def test_productivity_grows_neither_across_vintages_nor_breaks() -> None:
    output = {2019: known(100.0, "a"), 2020: known(110.0, "a"), 2021: known(132.0, "a"), 2022: known(150.0, "b")}
    workers = dict.fromkeys(range(2019, 2023), 10.0)
    held = figures({"EMPLOYED": frozenset({2021})}, GRDP_C2010=output, EMPLOYED=workers)
    found, _ = measure_productivity_growth(held, name)
    assert [(f.period, round(f.value, 9)) for f in found] == [("2020", 10.0)]


def test_icor_by_rates_uses_printed_growth_and_refuses_decline() -> None:
    held = figures(
        INVEST_REALISED={2020: 300.0, 2021: 300.0}, GRDP_CUR={2020: 1000.0, 2021: 1000.0},
        GRDP_GROWTH={2020: 6.0, 2021: -5.36},
    )  # fmt: skip
    found, missing = measure_icor_rates(held, name)
    assert [(f.period, f.value) for f in found] == [("2020", pytest.approx(5.0))]
    assert "-5,36 %" in missing[0].vi and "2021" in missing[0].en


def test_icor_by_increments_and_of_the_period() -> None:
    held = figures(INVEST_REALISED_C2010={2019: 40.0, 2020: 45.0}, GRDP_C2010={2018: 100.0, 2019: 110.0, 2020: 119.0})
    found, _ = measure_icor_increments(held, name)
    assert [(f.period, f.value) for f in found] == [
        ("2019", pytest.approx(4.0)), ("2020", pytest.approx(5.0)), ("2019-2020", pytest.approx(85 / 19)),
    ]  # fmt: skip
    assert len(found[-1].inputs) == 4


def test_account_on_a_path_of_steady_growth_finds_the_technology_that_made_it() -> None:
    """Y = A K^0.4 L^0.6 with A growing 2 %, L 1 %, K as fast as Y: TFP brings 2 / 0.6 less labour's share."""
    growth = math.exp((0.02 + 0.6 * 0.01) / 0.6)
    years = range(2010, 2017)
    output = {y: 100 * growth ** (y - 2010) for y in years}
    money = {y: (growth - 1 + 0.05) * 250 * growth ** (y - 2011) for y in years}
    workers = {y: 10 * math.exp(0.01 * (y - 2010)) for y in years}
    held = figures(GRDP_C2010=output, INVEST_REALISED_C2010=money, EMPLOYED=workers)
    (found,), missing = measure_tfp(held, name)
    assert found.way == ESTIMATED and found.period == "2011-2016" and not missing
    assert found.value == pytest.approx(0.02 / math.log(growth) * 100)
    assert found.low is not None and found.high is not None and found.low < found.value < found.high
    assert len(found.assumptions) == 2


def test_three_years_make_no_account() -> None:
    years = range(2010, 2013)
    held = figures(**{c: dict.fromkeys(years, 10.0) for c in ("GRDP_C2010", "INVEST_REALISED_C2010", "EMPLOYED")})
    found, missing = measure_tfp(held, name)
    assert not found and "4 years in a row" in missing[0].en
