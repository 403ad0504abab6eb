"""Quarters of a yearly series: they add up, they move as the related series does; what cannot be done is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from lienvung.analyse.quarters import estimate_quarters
from lienvung.domain.areas import Area, Gazetteer
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import OPEN_DAY
from lienvung.errors import BadValue, NotComputable
from tests.analyse.small_territory import catalogue, indicator, key, reader
from tests.present.small_world import row

SEASONS = (0.22, 0.24, 0.25, 0.29)


def nouns() -> Catalogue:
    made = catalogue()
    areas = [*made.gazetteer.areas.values(), Area(key("VN@1976"), "country", "", "Cả nước", "The country", OPEN_DAY)]
    own = made.indicators | {"GDP_CUR": indicator(("GDP_CUR", "VND_BN", "sum", "", "", "", 1.0))}
    return replace(made, gazetteer=Gazetteer(areas, (), (), ()), indicators=own)


def country(first: int, last: int, growth: float = 1.1) -> list[dict[str, Any]]:
    return [
        row("GDP_CUR", "VN@1976", f"{y}-Q{q + 1}", 1000 * growth ** (y - first) * SEASONS[q])
        for y in range(first, last + 1) for q in range(4)
    ]  # fmt: skip


def province(years: dict[int, float]) -> list[dict[str, Any]]:
    return [row("GRDP_CUR", "F@2000", str(y), v) for y, v in years.items()]


def test_a_province_that_is_a_tenth_of_the_country_has_a_tenth_of_each_quarter() -> None:
    rows = [*province({y: 100 * 1.1 ** (y - 2015) for y in range(2015, 2019)}), *country(2015, 2018)]
    found = estimate_quarters(reader(rows), nouns(), "GRDP_CUR", key("F@2000"))
    assert [q.value for q in found.quarters[:4]] == pytest.approx([100 * s for s in SEASONS])
    assert found.gap < 1e-9 and found.quarters[0].period == "2015-Q1" and len(found.quarters) == 16


@pytest.mark.parametrize("method", ["denton", "chow-lin"])
def test_quarters_add_up_to_their_year_whatever_the_years(method: str) -> None:
    years = {2011: 100.0, 2012: 113.0, 2013: 109.0, 2014: 125.0, 2015: 131.0, 2016: 160.0, 2017: 155.0}
    found = estimate_quarters(
        reader([*province(years), *country(2011, 2017)]), nouns(), "GRDP_CUR", key("F@2000"), method=method
    )
    for year, value in years.items():
        quarters = [q.value for q in found.quarters if q.period.startswith(str(year))]
        assert sum(quarters) == pytest.approx(value) and len(quarters) == 4
    assert (found.quarters[0].low is not None) == (method == "chow-lin")
    assert "moves within the year as the country does" in found.assumptions[0].en


def test_a_hole_leaves_the_longest_run() -> None:
    rows = [*province({2011: 1.0, 2013: 1.0, 2014: 1.0, 2016: 1.0}), *country(2011, 2016)]
    found = estimate_quarters(reader(rows), nouns(), "GRDP_CUR", key("F@2000"))
    assert sorted(found.years) == [2013, 2014]


@pytest.mark.parametrize(
    ("rows", "code", "said"),
    [
        (province({2015: 1.0}), "GRDP_CUR", "no related series (GDP_CUR)"),
        ([*province({2015: 1.0}), *country(2016, 2017)], "GRDP_CUR", "no year has it and all quarters"),
        ([row("GRDP_CUR", "F@2000", "2015-Q1", 1.0)], "GRDP_CUR", "quarters are published"),
        ([], "POP_AVG", "do not add up to a year"),
    ],
)
def test_what_cannot_be_estimated_is_refused(rows: list[dict[str, Any]], code: str, said: str) -> None:
    with pytest.raises(NotComputable) as caught:
        estimate_quarters(reader(rows), nouns(), code, key("F@2000"))
    assert said in caught.value.message("en")


def test_too_few_years_for_a_regression_and_an_unknown_method() -> None:
    rows = [*province({2015: 1.0, 2016: 2.0}), *country(2015, 2016)]
    with pytest.raises(NotComputable):
        estimate_quarters(reader(rows), nouns(), "GRDP_CUR", key("F@2000"), method="chow-lin")
    with pytest.raises(BadValue):
        estimate_quarters(reader(rows), nouns(), "GRDP_CUR", key("F@2000"), method="magic")
