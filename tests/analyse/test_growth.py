"""Growth, averages, chains and shares: what is computed, from which cells, and what is refused with a way out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienvung.analyse.growth import (
    Computed,
    compare_average_growth,
    compare_growth,
    compare_index,
    estimate_required_growth,
)
from lienvung.analyse.methods import growth as methods
from lienvung.analyse.shares import compare_shares
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.observations import Break
from lienvung.errors import BadValue, ComparisonMixed, LienVungError, NotComputable, PriceBasisMixed
from lienvung.present.growth import MARKS, describe_inputs, growth_records
from lienvung.store.packs import load_catalogue
from lienvung.store.schema import OBSERVATIONS
from tests.present.small_world import row

PACK = Path(__file__).parents[2] / "packs" / "southern"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return replace(load_catalogue(PACK), breaks=())


def table(indicator: str, values: dict[str, float | None], area: str = "75@2004", **other: Any) -> pa.Table:
    unit = {"GRDP_C2010": "VND_BN", "POP_AVG": "PERSONS_TH", "GRDP_GROWTH": "PCT"}.get(indicator, "INDEX")
    rows = [row(indicator, area, p, v, **({"unit": unit, "cell": f"B{i}"} | other)) for i, (p, v) in
            enumerate(values.items(), 1)]  # fmt: skip
    return pa.Table.from_pylist(rows, OBSERVATIONS)


def values(results: list[Computed]) -> dict[str, float]:
    return {r.period: round(r.value, 4) for r in results}


def test_growth_comes_from_levels_in_constant_prices_with_its_cells(catalogue: Catalogue) -> None:
    (found,) = compare_growth(table("GRDP_C2010", {"2023": 246448.8, "2024": 260229.0}), catalogue)
    assert (round(found.value, 2), found.period, found.against, found.unit) == (5.59, "2024", "2023", "PCT")
    assert found.formula.endswith("= (260229 / 246448.8 − 1) × 100")
    assert [(i["period"], i["value"], i["cell"], i["document"]) for i in found.inputs] == [
        ("2023", 246448.8, "B1", "doc-1"), ("2024", 260229.0, "B2", "doc-1"),
    ]  # fmt: skip
    assert found.marks == ()


def test_a_missing_year_gives_no_growth_and_no_zero(catalogue: Catalogue) -> None:
    found = compare_growth(table("POP_AVG", {"2015": 100.0, "2016": None, "2017": 110.0, "2018": 121.0}), catalogue)
    assert values(found) == {"2018": 10.0}


def test_quarters_are_compared_with_the_same_quarter(catalogue: Catalogue) -> None:
    found = compare_growth(table("GRDP_C2010", {"2023-Q1": 50.0, "2023-Q2": 80.0, "2024-Q1": 53.0}), catalogue)
    assert values(found) == {"2024-Q1": 6.0}


def test_issuers_and_areas_are_never_crossed(catalogue: Catalogue) -> None:
    both = pa.concat_tables([
        table("POP_AVG", {"2019": 100.0}, issuer="GSO"), table("POP_AVG", {"2020": 105.0}, issuer="PROV_75"),
        table("POP_AVG", {"2020": 105.0}, area="79@2004"),
    ])  # fmt: skip
    with pytest.raises(NotComputable):
        compare_growth(both, catalogue)


@pytest.mark.parametrize(
    ("indicator", "offered"),
    [
        ("GRDP_CUR", "lienvung grow GRDP_C2010"),
        ("GRDP_PC", "lienvung get GRDP_GROWTH"),
        ("GRDP_GROWTH", "lienvung grow GRDP_C2010"),
        ("PCI_RANK", "lienvung get"),
        ("GRDP_SHARE", "GRDP_C2010"),
    ],
)
def test_current_prices_rates_and_ranks_are_refused_with_a_way_out(
    catalogue: Catalogue, indicator: str, offered: str
) -> None:
    with pytest.raises(NotComputable) as caught:
        compare_growth(table(indicator, {"2020": 1.0, "2021": 2.0}), catalogue)
    assert indicator in caught.value.message("vi") and offered in caught.value.suggestion("en")


def test_an_index_says_growth_against_what_it_is_100_of(catalogue: Catalogue) -> None:
    (found,) = compare_growth(table("IIP", {"2016": 105.8}), catalogue)
    assert (round(found.value, 10), found.against, found.kind) == (5.8, "previous_year", "index_rate")
    (record,) = growth_records([found], catalogue)
    assert record["against"] == "năm trước = 100"


def test_average_growth_is_compound(catalogue: Catalogue) -> None:
    levels = table("POP_AVG", {"2011": 1699.93, "2015": 2069.2, "2022": 2763.12})
    (found,) = compare_average_growth(levels, catalogue)
    assert round(found.value, 4) == 4.5151 and (found.against, found.period) == ("2011", "2022")
    rates = table("GRDP_GROWTH", {"2020": 10.0, "2021": -10.0})
    (mean,) = compare_average_growth(rates, catalogue)
    assert round(mean.value, 4) == -0.5013 and mean.against == "2019" and len(mean.inputs) == 2
    with pytest.raises(NotComputable):
        compare_average_growth(table("GRDP_GROWTH", {"2020": 10.0, "2022": 10.0}), catalogue)


def test_required_growth_from_the_last_level(catalogue: Catalogue) -> None:
    levels = table("GRDP_C2010", {"2023": 246448.8, "2024": 260229.0})
    (found,) = estimate_required_growth(levels, catalogue, 400000, 2030)
    assert round(found.value, 3) == 7.428 and found.against == "2024"
    assert 260229 * (1 + found.value / 100) ** 6 == pytest.approx(400000)
    for indicator, year in (("GRDP_C2010", 2024), ("IIP", 2030), ("GRDP_CUR", 2030)):
        with pytest.raises(NotComputable):
            estimate_required_growth(table(indicator, {"2024": 100.0}), catalogue, 400000, year)


def test_yearly_links_are_chained_and_marked(catalogue: Catalogue) -> None:
    links = {"2012": 110.4, "2013": 111.7, "2014": 107.2}
    found = compare_index(table("IIP", links), catalogue, "2011")
    assert values(found) == {"2012": 110.4, "2013": 123.3168, "2014": 132.1956}
    assert all(r.marks == ("chained",) and r.unit == "INDEX" for r in found)
    assert [len(r.inputs) for r in found] == [1, 2, 3]
    back = compare_index(table("IIP", links), catalogue, "2013")
    assert values(back) == {"2012": 89.5255, "2013": 100.0, "2014": 107.2}
    with pytest.raises(NotComputable):
        compare_index(table("IIP", {"2012": 110.4, "2014": 107.2}), catalogue, "2012")


@pytest.mark.parametrize("indicator", ["CPI_MOM", "GRDP_CUR", "GRDP_GROWTH"])
def test_what_cannot_be_chained_is_refused(catalogue: Catalogue, indicator: str) -> None:
    asked = indicator if indicator in catalogue.indicators else next(
        i.code for i in catalogue.indicators.values() if i.comparison in ("previous_month", "december")
    )  # fmt: skip
    with pytest.raises(NotComputable):
        compare_index(table(asked, {"2020": 100.5, "2021": 101.0}), catalogue, "2020")


def test_levels_are_rebased(catalogue: Catalogue) -> None:
    found = compare_index(table("GRDP_C2010", {"2010": 50.0, "2011": 55.0}), catalogue, "2010")
    assert values(found) == {"2010": 100.0, "2011": 110.0}
    assert [len(r.inputs) for r in found] == [1, 2]
    with pytest.raises(NotComputable):
        compare_index(table("GRDP_C2010", {"2010": 50.0}), catalogue, "2009")


def test_marks_tell_vintages_breaks_and_nominal_money(catalogue: Catalogue) -> None:
    mixed = pa.concat_tables([
        table("POP_AVG", {"2018": 100.0}), table("POP_AVG", {"2019": 101.0}, published_from=date(2023, 12, 31)),
    ])  # fmt: skip
    known = replace(catalogue, breaks=(Break("POP_AVG", "GSO", "75", "2019", "census", "Điều tra", "Census", ""),))
    assert compare_growth(mixed, known)[0].marks == ("vintages", "break")
    other = replace(catalogue, breaks=(Break("POP_AVG", "GSO", "74", "2019", "census", "Điều tra", "Census", ""),))
    assert compare_growth(mixed, other)[0].marks == ("vintages",)
    money = next(i for i in catalogue.indicators.values() if i.unit == "USD_MN" and not i.price_basis
                 and i.aggregation in ("sum", "stock"))  # fmt: skip
    (found,) = compare_growth(table(money.code, {"2018": 1.0, "2019": 2.0}, unit="USD_MN"), catalogue)
    assert found.marks == ("nominal",)
    (record,) = growth_records([found], catalogue, "en")
    assert record["notes"] == [MARKS["nominal"][1]]


def test_lines_name_formula_and_cells(catalogue: Catalogue) -> None:
    found = compare_growth(table("GRDP_C2010", {"2023": 246448.8, "2024": 260229.0}), catalogue)
    lines = describe_inputs(growth_records(found, catalogue))
    assert lines[0].startswith("75@2004 2024: (GRDP_C2010[2024] / GRDP_C2010[2023]")
    assert lines[1] == "  ← GRDP_C2010 2023 = 246448.8 VND_BN [GSO, doc-1, B1, công bố 2020-12-31]"


def test_shares_come_from_current_prices_only(catalogue: Catalogue) -> None:
    parts = {"AGRI": 25.0, "INDU": 75.0, "_T": 100.0}
    current = pa.Table.from_pylist(
        [row("GRDP_CUR", "75@2004", "2020", v, activity=a) for a, v in parts.items()]
        + [row("GRDP_CUR", "75@2004", "2020", 10.0, activity="SERV", document="other")], OBSERVATIONS
    )  # fmt: skip
    found = compare_shares(current, catalogue)
    assert {s.part["activity"]: s.value_pct for s in found} == {"AGRI": 25.0, "INDU": 75.0}
    assert all(s.whole["activity"] == "_T" and s.formula.endswith("/ 100 × 100") for s in found)
    with pytest.raises(NotComputable) as caught:
        compare_shares(table("GRDP_C2010", {"2020": 1.0}), catalogue)
    assert "GRDP_CUR" in caught.value.suggestion("vi") and "2010" in caught.value.message("en")
    with pytest.raises(NotComputable):
        compare_shares(table("IIP", {"2020": 1.0}), catalogue)
    with pytest.raises(BadValue):
        compare_shares(current, catalogue, "issuer")


@pytest.mark.parametrize(
    ("pair", "refusal"),
    [
        (("GRDP_C2010", "GRDP_C2020"), PriceBasisMixed),
        (("GRDP_C2010", "GRDP_CUR"), PriceBasisMixed),
        (("IIP", "IIP_SP"), ComparisonMixed),
        (("IIP_B2015", "CPI_SP"), ComparisonMixed),
        (("POP_AVG", "EMPLOYED"), BadValue),
    ],
)
def test_prices_and_comparisons_are_never_mixed(
    catalogue: Catalogue, pair: tuple[str, str], refusal: type[LienVungError]
) -> None:
    both = pa.concat_tables([table(pair[0], {"2020": 100.0}), table(pair[1], {"2021": 105.0})])
    for compute in (compare_growth, compare_average_growth, lambda t, c: compare_index(t, c, "2020")):
        with pytest.raises(refusal):
            compute(both, catalogue)


LEVELS = st.lists(st.floats(10, 1e4), min_size=2, max_size=12)


@given(LEVELS)
def test_chaining_the_links_of_levels_gives_the_levels_back(levels: list[float]) -> None:
    links = [methods.calc_index_of_growth(methods.calc_growth_pct(a, b)) for a, b in pairwise(levels)]
    chained = methods.calc_chained_index(links, -1)
    assert chained == pytest.approx(methods.calc_rebased(levels[1:], levels[0]), rel=1e-9)
    mean = methods.calc_mean_of_rates_pct([methods.calc_growth_of_index_pct(x) for x in links])
    average = methods.calc_average_growth_pct(levels[0], levels[-1], len(links))
    assert 1 + mean / 100 == pytest.approx(1 + average / 100, rel=1e-9)
