"""Figures of the southern region on other boundaries: against the statistics office's own, and down to the cells."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Home

NEW = "2025-07-01"
ELSEWHERE = ("--boundary", NEW)


def in_year(year: int) -> tuple[str, ...]:
    return ("--from", str(year), "--to", str(year))


def by_derivation(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["derivation"], []).append(row)
    return found


def test_80_is_long_an_or_the_new_tay_ninh_by_the_boundary_named(southern: Home) -> None:
    old = southern.rows("FDI_CAP_CUM", "--areas", "80@2004", "--from", "2024-06", "--to", "2024-06")
    assert {(r["area_name"], r["area_valid_from"]) for r in old} == {("Long An", "2004")}
    new = southern.rows("GRDP_CUR", "--areas", f"80@{NEW}", *in_year(2024))
    assert [(r["area_name"], r["value"]) for r in new] == [("Tây Ninh", 306354)]
    assert {r["derivation"] for r in [*old, *new]} == {"published"} and old[0]["boundary"] is None
    bare = southern.rows("GRDP_CUR", "--areas", "80", *ELSEWHERE, *in_year(2024))
    assert {(r["area_name"], r["value"]) for r in bare} == {("Tây Ninh", 306354)}
    named = southern.rows("POP_AVG", "--areas", "80", "--boundary", "2004", *in_year(2020))
    assert {(r["area_name"], r["value"]) for r in named} == {("Long An", 1713.66)}


@pytest.mark.parametrize(
    ("code", "office", "levels"),
    [("79", 2053176, 2070845), ("75", 434097, 442941.8), ("80", 218077, 219572.6), ("82", 184284, 185976.2)],
)
def test_grdp_of_the_merged_units_in_2020(southern: Home, code: str, office: float, levels: float) -> None:
    found = by_derivation(southern.rows("GRDP_CUR", "--areas", code, *ELSEWHERE, *in_year(2020)))
    assert {k: len(v) for k, v in found.items()} == {"published": 1, "sum": 1, "product": 1}
    assert found["published"][0]["value"] == office
    assert found["product"][0]["value"] == pytest.approx(office, rel=0.00003)  # 0,003 %
    assert found["sum"][0]["value"] == levels
    assert 0.0065 < levels / office - 1 < 0.0205  # the older published levels: another vintage
    assert {i["document"] for i in found["sum"][0]["inputs"]} == {"gso-yearbook-panel"}
    assert {i["document"] for i in found["product"][0]["inputs"]} == {
        "gso-2023-grdp-per-head-2020",
        "gso-2023-population-2020",
    }
    assert [r["published"] for r in (found["sum"][0], found["product"][0])] == ["2023-12-31"] * 2


def test_grdp_per_head_of_the_merged_city_under_each_published_population(southern: Home) -> None:
    people = "POP_AVG@2024,POP_AVG@2025,POP_REGISTERED@2025-06-12"
    rows = southern.rows("GRDP_PC", "--areas", "79", *ELSEWHERE, *in_year(2024), "--denominator", people)
    ratios = [r for r in rows if r["derivation"] == "ratio"]
    grdp = {2717511: [], 2675951: []}  # type: dict[int, list[float]]
    for row in ratios:
        above = sum(i["value"] for i in row["inputs"] if i["part"] == "numerator")
        grdp[round(above)].append(row["value"])
    assert [round(v, 2) for v in grdp[2717511]] == [199.69, 196.87, 194.07]
    assert [round(v, 2) for v in grdp[2675951]] == [196.63, 193.86, 191.10]
    old = southern.rows("GRDP_PC", "--areas", "79@2004,74@2004,77@2004", *in_year(2020), "--issuer", "GSO")
    mean = sum(r["value"] for r in old) / 3
    merged = southern.rows("GRDP_PC", "--areas", "79", *ELSEWHERE, *in_year(2020))
    assert all(abs(r["value"] - mean) > 20 for r in merged)


@pytest.mark.parametrize(
    ("indicator", "year", "eight", "six", "three"),
    [
        ("POP_AVG", 2020, 21829.1, 18342.9, 20056.56),
        ("FDI_CAP_CUM", 2023, 199233.762, 182895.751, 196473.805),
        ("GRDP_CUR", 2020, 2832781.2, 2601472.4, 2733359.4),
    ],
)
def test_region_totals_on_both_boundaries(
    southern: Home, indicator: str, year: int, eight: float, six: float, three: float
) -> None:
    def totals(region: str, *words: str) -> list[dict[str, Any]]:
        return southern.rows(indicator, "--region", region, "--total", *words, *in_year(year))

    for region, value in (("KTTD-PN", eight), ("R6-DNB", six), ("N6-DNB", three)):
        sums = [r["value"] for r in totals(region, "--issuer", "FIA" if "FDI" in indicator else "GSO")]
        assert value in [round(v, 3) for v in sums], (region, sums)
    # the new South-East is seven old provinces: the same on either boundary, nothing estimated
    old, new = totals("N6-DNB", "--boundary", "2004"), totals("N6-DNB", *ELSEWHERE)
    assert [(r["value"], r["derivation"]) for r in old] == [(r["value"], r["derivation"]) for r in new]
    assert not any(r["is_estimated"] for r in [*old, *new])


def test_the_old_regions_on_new_units_are_estimates_and_say_what_is_lost(southern: Home) -> None:
    done = southern.run(
        "get", "GRDP_CUR", "--region", "R6-DNB", "--total", *ELSEWHERE, *in_year(2020), "--format", "json"
    )
    assert all(r["is_estimated"] and r["derivation"] == "split" for r in done.json)
    assert "Long An (80@2004)" in done.err and "ước tính" in done.err
    assert all(abs(r["value"] - 2601472.4) > 1 for r in done.json)
    eight = southern.run("get", "GRDP_CUR", "--region", "KTTD-PN", "--total", *ELSEWHERE, *in_year(2020), lang="en")
    assert "holds only a part of Dong Thap (82@2025-07-01)" in eight.err and "estimate" in eight.err
    lacking = southern.run("get", "FDI_CAP_CUM", "--region", "KTTD-PN", "--total", *ELSEWHERE, *in_year(2023))
    assert lacking.code == 8 and "87@2004" in lacking.err  # Đồng Tháp has no figure in that file: not a zero


def test_an_issuers_own_total_stands_beside_the_sum(southern: Home) -> None:
    rows = by_derivation(
        southern.rows("POP_AVG", "--region", "R6-DNB", "--total", *in_year(2016), "--published", "2018-12-31")
    )
    assert [r["value"] for r in rows["published"]] == [16424.3] == [r["value"] for r in rows["sum"]]


def test_a_unit_that_was_enlarged_is_read_by_the_period_of_the_figure(southern: Home) -> None:
    """Hà Nội took Hà Tây in on 1 August 2008 and kept its code."""
    rows = southern.rows("POP_AVG", "--areas", "01", *ELSEWHERE, "--from", "2007", "--to", "2008")
    assert [(r["period"], r["derivation"], r["value"]) for r in rows] == [
        ("2007", "sum", 6002.2),
        ("2008", "same", 6381.8),
    ]


def test_the_country_is_the_same_on_every_boundary(southern: Home) -> None:
    rows = southern.rows("POP_AVG", "--areas", "VN", *ELSEWHERE, *in_year(2016), "--issuer", "GSO")
    assert rows and {(r["area"], r["derivation"]) for r in rows} == {("VN", "published")}


def test_pci_and_iip_of_the_region_are_refused_with_the_reason(southern: Home) -> None:
    pci = southern.run("get", "PCI", "--region", "R6-DNB", "--total", *in_year(2020))
    assert pci.code == 2 and "không suy ra được" in pci.err
    assert "lienvung get PCI --areas 70@2004,72@2004" in pci.err
    iip = southern.run("get", "IIP", "--region", "R6-DNB", "--total", *in_year(2016))
    assert iip.code == 2 and "quyền số" in iip.err and "'..'" in iip.err


def test_growth_without_the_levels_of_all_members_names_them(southern: Home) -> None:
    refused = southern.run("get", "GRDP_GROWTH", "--region", "R6-DNB", "--total", *in_year(2023))
    assert refused.code == 8 and "GRDP_C2010" in refused.err


def test_the_clock_of_publication_holds_for_every_input(southern: Home) -> None:
    ask = ("POP_AVG", "--areas", "79", *ELSEWHERE, *in_year(2016))
    then = southern.rows(*ask, "--published", "2018-12-31")
    assert {i["document"] for r in then for i in r["inputs"]} == {"gso-2018-population"}
    now = southern.rows(*ask)
    assert now[0]["value"] > then[0]["value"]
    assert southern.run("get", *ask, "--recorded", "2020-01-01").code == 8


def test_a_computed_value_is_traced_to_the_cells(southern: Home) -> None:
    told = southern.run("trace", "GRDP_CUR", "79", "2020", *ELSEWHERE).out
    assert "GRDP_CUR(74@2004) + GRDP_CUR(77@2004) + GRDP_CUR(79@2004)" in told
    assert "POP_AVG 74@2004 2020 = 2,580.55" in told and "gso-2023-population-2020 D48" in told
    region = southern.run("trace", "POP_AVG", "KTTD-PN", "2020", "--format", "json").json
    assert [len(r["inputs"]) for r in region] == [8] and all(i["cell"] for i in region[0]["inputs"])
    assert southern.run("trace", "POP_AVG", "79", "2020", *ELSEWHERE, "--format", "csv").out.count("74@2004 2020") == 1


def test_a_boundary_before_the_first_is_refused_with_the_choices(southern: Home) -> None:
    refused = southern.run("get", "POP_AVG", "--areas", "79", "--boundary", "1999")
    assert refused.code == 2 and "2004-01-01" in refused.err
