"""Fifteen cases of real figures: those that must pass pass, those that must be flagged are, with the explanation.

Figures are as printed by the bodies named beside them. Cases 2, 10, 13 and 15 also run on the published southern pack.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest

from lienvung.domain.observations import Break
from lienvung.pipeline import Works
from lienvung.settings import load_settings
from lienvung.store.packs import load_catalogue
from lienvung.validate.reconcile.registry import reconcile
from tests.conftest import Home
from tests.validate.reconcile.small import SIX, found, history, row, series, small_catalogue

Rows = list[dict[str, Any]]


def six(indicator: str, period: str, *values: float, **more: Any) -> Rows:
    return [row(indicator, code, period, v, **more) for code, v in zip(SIX, values, strict=True)]


def works(home: Home) -> Works:
    settings = load_settings({"LIENVUNG_HOME": str(home.path), "LIENVUNG_PACK": str(home.pack)})
    return Works(settings, load_catalogue(home.pack))


# 1. GSO yearbook: foreign investment in force at the end of 2016, South East
CAPITAL = (1436.4, 4209.8, 26599.7, 25871.5, 27089.3, 45293.4)
PROJECTS = (180.0, 256.0, 3050.0, 1368.0, 345.0, 6762.0)


def test_1_the_region_is_the_sum_of_its_provinces() -> None:
    rows = [
        *six("FDI_CAP_CUM", "2016", *CAPITAL), row("FDI_CAP_CUM", "R6-DNB", "2016", 130500.1),
        *six("FDI_PROJ_CUM", "2016", *PROJECTS), row("FDI_PROJ_CUM", "R6-DNB", "2016", 11961.0),
    ]  # fmt: skip
    assert found("REC-REGION-SUM", *rows) == []
    wrong = found(
        "REC-REGION-SUM", *six("FDI_PROJ_CUM", "2016", *PROJECTS), row("FDI_PROJ_CUM", "R6-DNB", "2016", 11962.0)
    )
    assert len(wrong) == 1 and "11.961" in wrong[0].message("vi")


# 2. GSO, area at the end of 2016 (km²); TP.HCM in the table of 2015
AREAS = (6876.6, 4041.4, 2694.7, 5863.6, 1980.8, 2061.4)


def test_2_the_area_of_the_region_is_flagged_with_what_explains_it() -> None:
    rows = [*six("AREA", "2016", *AREAS), row("AREA", "R6-DNB", "2016", 23552.6), row("AREA", "79", "2015", 2095.5)]
    (told,) = found("REC-REGION-SUM", *rows)
    for figure in ("23.518,5", "23.552,6", "34,1"):
        assert figure in told.message("vi")
    assert "2.095,5 − 2.061,4 = 34,1" in told.suggestion("vi") and "TP. Hồ Chí Minh" in told.suggestion("vi")


def test_2_in_the_published_pack(southern: Home) -> None:
    judged = works(southern).check_published(["REC-REGION-SUM"])
    told = [j.discrepancy for j in judged if j.discrepancy.facts[0].key.startswith("AREA|R6-DNB@2004|_T|_T|GSO|A|2016")]
    assert len(told) == 1 and "2.095,5 − 2.061,4 = 34,1" in told[0].suggestion("vi")
    # case 1 in the same figures: nothing is said of the region's capital or population
    assert not [j for j in judged if j.discrepancy.facts[0].key.startswith(("FDI_CAP_CUM|R6-DNB", "POP_AVG|R6-DNB"))]


def test_3_an_index_of_the_region_is_never_made_from_provinces() -> None:
    # GSO: IIP of Bình Dương 2014-16, the region printed ".."
    rows = [
        *series("IIP", "74", 2014, 107.2, 109.3, 108.1),
        row("IIP", "R6-DNB", "2016", None, mark="not_available"),
        *six("IIP", "2015", *[109.3] * 6),
        row("IIP", "R6-DNB", "2015", 105.0),  # not the mean of anything, and not to be
    ]
    assert reconcile(history(*rows), small_catalogue()) == []


def test_4_three_lengths_of_one_section_stay_side_by_side() -> None:
    # Ring road 4 through Bình Dương: 47,8; 47,95; 8,12 + 39,33 = 47,45 km in three documents
    rows = [
        row("LENGTH", "74", "2024", 47.8, issuer="PRESS", document="a"),
        row("LENGTH", "74", "2024", 47.95, issuer="GOVT", document="b"),
        row("LENGTH", "74", "2024", 47.45, issuer="PROV_74", document="c"),
        row("LENGTH", "74", "2024", 8.12, issuer="PROV_74", document="c", breakdown="SRC_CENTRAL"),
        row("LENGTH", "74", "2024", 39.33, issuer="PROV_74", document="c", breakdown="SRC_LOCAL"),
    ]
    told = found("REC-TWO-ISSUERS", *rows)
    assert {tuple(sorted(f.value or 0 for f in d.facts)) for d in told} == {
        (47.8, 47.95),
        (47.45, 47.8),
        (47.45, 47.95),
    }
    assert all(d.severity == "info" and "lienvung check choose" in d.suggestion("vi") for d in told)
    assert found("REC-PARTS-TOTAL", *rows) == []


def test_5_a_share_that_is_not_that_of_its_figures() -> None:
    # Thanh Niên, 09/2020: 16,3 of 89,3 km, "17,92%"
    lengths = [row("LENGTH_DONE", "79", "2020", 16.3), row("LENGTH", "79", "2020", 89.3)]
    (told,) = found("REC-RATIO-PARTS", *lengths, row("LENGTH_SHARE", "79", "2020", 17.92))
    assert "17,92" in told.message("vi") and "18,25" in told.message("vi")
    assert found("REC-RATIO-PARTS", *lengths, row("LENGTH_SHARE", "79", "2020", 18.25)) == []


@pytest.mark.parametrize(("issuer", "population"), [("PRESS", 2426.0), ("GOVT", 4040.0)])
def test_6_the_population_that_a_figure_per_head_implies_is_shown(issuer: str, population: float) -> None:
    rows = [
        row("GRDP_CUR", "74", "2024", 520205.0), row("GRDP_PC", "74", "2024", 181.2),
        row("POP_AVG", "74", "2024", population, issuer=issuer, document="other"),
    ]  # fmt: skip
    (told,) = found("REC-RATIO-PARTS", *rows)
    assert "mẫu số ngầm định 2.870,9" in told.message("vi")  # 2,871 triệu người


def test_7_a_merged_units_ratio_is_that_of_its_parts_under_each_population() -> None:
    new = "79@2025-07-01"
    grdp = 1780000.0 + 520205.0 + 417306.0
    assert grdp == 2717511.0
    level = row("GRDP_CUR", new, "2024", grdp)
    claims = (("GSO", 12574.0, 216.0), ("GOVT", 13700.0, 198.0), ("PRESS", 14002.6, 194.0))
    per_head = [row("GRDP_PC", new, "2024", p, issuer=i, document=i) for i, _, p in claims]
    people = [row("POP_AVG", new, "2024", n, issuer=i, document=i) for i, n, _ in claims]
    assert found("REC-RATIO-PARTS", level, *per_head, *people) == []
    assert len(found("REC-TWO-ISSUERS", *people)) == 3
    # the mean of two of the ratios is the ratio of nothing
    mean = row("GRDP_PC", new, "2024", (216.0 + 194.0) / 2, issuer="GSO", document="GSO")
    assert len(found("REC-RATIO-PARTS", level, mean, people[0])) == 1


class TestCase8QuangNam:
    """The portal of Quảng Nam's Department of Planning and Investment (billion VND unless said)."""

    more: ClassVar[dict[str, str]] = {"issuer": "PROV_49", "document": "portal"}

    def test_a_the_unit_changes_from_million_to_thousand(self) -> None:
        (told,) = found("REC-UNIT-JUMP", *series("GRDP_PC", "49", 2014, 26.68, 33785.30, **self.more))
        assert told.severity == "error" and "33.785,3" in told.message("vi") and "1.000" in told.message("vi")

    def test_b_a_year_of_zeros_is_missing(self) -> None:
        codes = ("GRDP_CUR", "GRDP_C2010", "GRDP_PC")
        rows = [row(c, "49", "2018", 0.0, **self.more) for c in codes]
        (told,) = found("REC-ZERO-FILL", *rows, row("GRDP_PC", "49", "2015", 33785.30, **self.more))
        assert told.severity == "error" and "2018" in told.message("vi") and "'..'" in told.suggestion("vi")

    def test_c_both_prices_are_equal_in_the_base_year(self) -> None:
        rows = [
            row("GRDP_C2010", "49", "2010", 29315.30, **self.more),
            row("GRDP_CUR", "49", "2010", 21922.60, **self.more),
        ]
        (told,) = found("REC-BASE-YEAR", *rows)
        assert "29.315,3" in told.message("vi") and "21.922,6" in told.message("vi")

    def test_d_growth_is_that_of_the_levels(self) -> None:
        levels = series("GRDP_C2010", "49", 2010, 29315.3, 32239.9, **self.more)
        (told,) = found("REC-GROWTH-LEVELS", *levels, row("GRDP_GROWTH", "49", "2011", 10.20, **self.more))
        assert "10,2" in told.message("vi") and "9,98 %" in told.message("vi")
        assert found("REC-GROWTH-LEVELS", *levels, row("GRDP_GROWTH", "49", "2011", 9.98, **self.more)) == []

    def test_e_agriculture_breaks_off(self) -> None:
        (told,) = found("REC-BREAK", *series("GRDP_CUR", "49", 2013, 15480.8, 7440.3, activity="AGRI", **self.more))
        assert "15.480,8" in told.message("vi") and "7.440,3" in told.message("vi") and "-51,9 %" in told.message("vi")

    @pytest.mark.parametrize(("last", "total"), [(49.12, "100,02"), (49.13, "100,03")])
    def test_f_a_structure_is_a_hundred(self, last: float, total: str) -> None:
        # only the sums are known to us; the three parts are chosen to give them
        rows = [
            row("GRDP_SHARE", "49", "2016", v, activity=a, **self.more)
            for a, v in (("AGRI", 15.31), ("INDU", 35.59), ("SERV", last))
        ]
        (told,) = found("REC-SHARES-100", *rows)
        assert f"= {total}" in told.message("vi")


class TestCase9HungYen:
    """Hưng Yên statistics office, yearbook (million VND): a good base year, and one suspect cell."""

    more: ClassVar[dict[str, str]] = {"issuer": "PROV_33", "document": "yearbook"}

    def test_what_must_pass_passes(self) -> None:
        rows = [
            row("GRDP_C2010", "33", "2010", 25675279.0, **self.more),
            row("GRDP_CUR", "33", "2010", 25675279.0, **self.more),
            row("GRDP_C2010", "33", "2011", 28086290.0, **self.more),
            row("GRDP_GROWTH", "33", "2011", 9.39, **self.more),  # index 109,39
            row("GRDP_CUR", "33", "2007", 12055755.0, **self.more),
            *(
                row("GRDP_CUR", "33", "2007", v, activity=a, **self.more)
                for a, v in (("AGRI", 3128426.0), ("INDU", 5185334.0), ("SERV", 3741995.0))
            ),
        ]
        assert reconcile(history(*rows), small_catalogue()) == []

    def test_the_cell_between_its_neighbours_is_suspect(self) -> None:
        rows = series("GRDP_SHARE", "33", 2007, 37.25, 25.49, 37.34, activity="INDU", **self.more)
        (told,) = found("REC-BREAK", *rows)
        assert told.facts[0].period == "2008" and "25,49" in told.message("vi")
        assert "trở lại mức cũ" in told.suggestion("vi")


def test_10_growth_as_known_then_and_a_year_later(southern: Home) -> None:
    ask = ("GRDP_GROWTH", "--areas", "74", "--from", "2023", "--to", "2023", "--published")
    assert [r["value"] for r in southern.rows(*ask, "2023-12-31")] == [5.97]
    assert [r["value"] for r in southern.rows(*ask, "2024-12-31")] == [5.0]


def test_11_the_local_share_of_the_budget_changes_with_its_period() -> None:
    # MOF: share of divided revenue kept by the province, 2011-2016 and from 2017
    shares = {"74": (40.0, 36.0), "79": (23.0, 18.0), "75": (51.0, 47.0), "77": (44.0, 64.0)}
    rows = [
        r
        for code, (old, new) in shares.items()
        for r in series("BUDGET_SHARE", code, 2011, *[old] * 6, new, issuer="MOF", document="plan")
    ]
    assert [d.facts[0].area_key for d in found("REC-BREAK", *rows)] == ["77@2004"]
    known = Break("BUDGET_SHARE", "MOF", "", "2017", "method", "Thời kỳ ổn định mới", "A new stability period", "plan")
    (told,) = found("REC-BREAK", *rows, breaks=(known,))
    assert told.severity == "info" and "Thời kỳ ổn định mới" in told.suggestion("vi")
    assert found("REC-RANGE", *rows) == []


def test_12_the_money_plan_adds_up() -> None:
    # NQ 27/2026: 717.000,190 + 2.702.999,810 = 3.420.000 tỷ, 90 % of 3.800.000
    rows = [
        row("MONEY", "79", "2026", 717000.190, issuer="GOVT", breakdown="SRC_CENTRAL"),
        row("MONEY", "79", "2026", 2702999.810, issuer="GOVT", breakdown="SRC_LOCAL"),
        row("MONEY", "79", "2026", 3420000.0, issuer="GOVT"),
        row("MONEY_ALL", "79", "2026", 3800000.0, issuer="GOVT"),
        row("MONEY_SHARE", "79", "2026", 90.0, issuer="GOVT"),
    ]
    assert reconcile(history(*rows), small_catalogue()) == []
    wrong = [r | {"value": 2692999.810} if r["breakdown"] == "SRC_LOCAL" else r for r in rows]
    assert [d.rule for d in reconcile(history(*wrong), small_catalogue())] == ["REC-PARTS-TOTAL"]


def test_13_stocks_of_other_days_and_issuers_keep_issuer_and_date(southern: Home) -> None:
    rows = southern.rows("FDI_CAP_CUM", "--areas", "74@2004", "--from", "2020", "--to", "2024")
    said = {(r["issuer"], r["period"]): r["value"] for r in rows}
    assert said[("PROV_74", "2020-12")] == 35400 and said[("PROV_74", "2024-03-15")] == 40541
    assert said[("PROV_74", "2024-07")] == 40900 and said[("MPI", "2024-11")] == 42390
    told = found(
        "REC-TWO-ISSUERS",
        row("FDI_CAP_CUM", "74", "2024-07", 40900.0, issuer="PROV_74"),
        row("FDI_CAP_CUM", "74", "2024-11", 42390.0, issuer="MPI"),
    )
    assert told == []  # other days are no contradiction


def test_14_targets_of_the_merged_dong_nai_agree_and_are_not_held_against_the_old_one() -> None:
    # Đồng Nai 2030: >1.200.000 tỷ and >250 triệu a head; 44 tỷ USD and 9.200 USD a head
    new, plan = "75@2025-07-01", {"issuer": "PROV_75", "status": "plan"}
    level, per_head = row("GRDP_CUR", new, "2030", 1200000.0, **plan), row("GRDP_PC", new, "2030", 250.0, **plan)
    in_dollars = row("POP_AVG", new, "2030", round(44e6 / 9200, 1), **plan)  # 4,78 triệu
    assert found("REC-RATIO-PARTS", level, per_head, in_dollars) == []
    (told,) = found("REC-RATIO-PARTS", level, per_head, row("POP_AVG", new, "2030", 3255.8, **plan))
    assert "mẫu số ngầm định 4.800,0" in told.message("vi")
    old = row("POP_AVG", "75@2004", "2030", 3255.8, **plan)
    assert found("REC-RATIO-PARTS", level, per_head, old) == []


def test_15_code_80_before_and_after(southern: Home, tmp_path: Path) -> None:
    ask = ("POP_AVG", "--from", "2020", "--to", "2020", "--areas")
    before, after = southern.rows(*ask, "80@2004"), southern.rows(*ask, "80@2025-07-01")
    assert {r["area_name"] for r in before} == {"Long An"} and {r["area_name"] for r in after} == {"Tây Ninh"}
    assert before[0]["value"] < after[0]["value"] == 2891.99
    refused = southern.run("get", "POP_AVG", "--areas", "80", "--from", "2016", "--to", "2025")
    assert refused.code == 5 and "80@2004" in refused.err and "80@2025-07-01" in refused.err

    path = tmp_path / "2024.csv"
    head = "# lienvung: tidy/1\n# indicator: UNEMP_RATE\n# issuer: PROV_80\n# boundary: 2004\n# published: 2024-11\n"
    path.write_text(head + "area,period,value\n80,2023,2.61\n", "utf-8")
    checked = works(southern).dry_run(path)
    assert checked.claims["area_key"].to_pylist() == ["80@2004"]
    assert date(2024, 11, 30) in checked.claims["published_from"].to_pylist()
