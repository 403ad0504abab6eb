"""Twin tests: for every reconciliation, figures that break it and figures that do not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lienvung.domain.observations import Break
from lienvung.validate.reconcile.registry import RECONCILIATIONS
from tests.validate.reconcile.small import SIX, found, row, series

Rows = list[dict[str, Any]]
CALM = (100.0, 103.0, 107.0, 110.0, 113.0, 117.0, 121.0)


def provinces(indicator: str, period: str, *values: float, **more: Any) -> Rows:
    return [row(indicator, code, period, v, **more) for code, v in zip(SIX, values, strict=True)]


def shares(*values: float) -> Rows:
    return [
        row("GRDP_SHARE", "49", "2016", v, activity=a) for a, v in zip(("AGRI", "INDU", "SERV"), values, strict=True)
    ]


def repeated(last: float) -> Rows:
    areas = (*SIX, "33", "49", "80")
    return [
        r for n, a in enumerate(areas) for r in series("POP_AVG", a, 2018, 1000.5 + n, 1020.5 + n, 1020.5 + n + last)
    ]


BREAK: dict[str, Rows] = {
    "REC-PARTS-TOTAL": [
        row("POP_AVG", "74", "2016", 100.0),
        row("POP_AVG", "74", "2016", 48.2, breakdown="SEX_M"),
        row("POP_AVG", "74", "2016", 49.1, breakdown="SEX_F"),
    ],
    "REC-REGION-SUM": [
        *provinces("POP_AVG", "2016", 1.5, 2.5, 3.5, 4.5, 5.5, 6.5),
        row("POP_AVG", "R6-DNB", "2016", 25.1),
    ],
    "REC-SHARES-100": shares(20.41, 30.32, 49.30),
    "REC-RATIO-PARTS": [
        row("GRDP_PC", "74", "2016", 51.37),
        row("GRDP_CUR", "74", "2016", 100003.0),
        row("POP_AVG", "74", "2016", 2000.5),
    ],
    "REC-GROWTH-LEVELS": [*series("GRDP_C2010", "74", 2015, 10001.0, 11003.0), row("GRDP_GROWTH", "74", "2016", 9.5)],
    "REC-BASE-YEAR": [row("GRDP_C2010", "74", "2010", 1234.0), row("GRDP_CUR", "74", "2010", 1236.0)],
    "REC-UNIT-JUMP": series("POP_AVG", "74", 2010, *CALM, 124567.0),
    "REC-BREAK": series("POP_AVG", "74", 2010, *CALM, 61.0, 63.0),
    "REC-DUPLICATE-YEAR": repeated(0.0),
    "REC-ZERO-FILL": [*provinces("POP_AVG", "2018", *[0.0] * 6), *provinces("POP_AVG", "2017", *CALM[:6])],
    "REC-RANGE": [row("LENGTH_SHARE", "74", "2016", 104.0)],
    "REC-TWO-ISSUERS": [row("FDI_PROJ_CUM", "74", "2016", 10.0), row("FDI_PROJ_CUM", "74", "2016", 11.0, issuer="FIA")],
    "REC-REVISION": [
        row(
            "POP_AVG", "74", "2016", 100.0, document="a", published_from=date(2018, 1, 1), published_to=date(2020, 1, 1)
        ),
        row("POP_AVG", "74", "2016", 112.0, document="b", published_from=date(2020, 1, 1)),
    ],
}
KEEP: dict[str, Rows] = {
    "REC-PARTS-TOTAL": [
        row("POP_AVG", "74", "2016", 97.4),
        row("POP_AVG", "74", "2016", 48.2, breakdown="SEX_M"),
        row("POP_AVG", "74", "2016", 49.1, breakdown="SEX_F"),
        # a total of another document is another vintage, not a contradiction
        row("POP_AVG", "75", "2016", 150.5, document="other"),
        row("POP_AVG", "75", "2016", 48.2, breakdown="SEX_M"),
        row("POP_AVG", "75", "2016", 49.1, breakdown="SEX_F"),
    ],
    "REC-REGION-SUM": [
        *provinces("POP_AVG", "2016", 1.5, 2.5, 3.5, 4.5, 5.5, 6.5),
        row("POP_AVG", "R6-DNB", "2016", 24.3),  # within 7 × 0.05
        *provinces("POP_AVG", "2017", 1.5, 2.5, 3.5, 4.5, 5.5, 6.5)[1:],  # one is not given
        row("POP_AVG", "R6-DNB", "2017", 99.9),
        *provinces("IIP", "2016", 107.5, 108.1, 103.3, 104.7, 101.9, 107.3),
        row("IIP", "R6-DNB", "2016", 107.2),
    ],
    "REC-SHARES-100": [*shares(20.41, 30.29, 49.29), row("IIP", "74", "2016", 107.2)],
    "REC-RATIO-PARTS": [
        row("GRDP_PC", "74", "2016", 49.99),
        row("GRDP_CUR", "74", "2016", 100003.0),
        row("POP_AVG", "74", "2016", 2000.5),
    ],
    "REC-GROWTH-LEVELS": [*series("GRDP_C2010", "74", 2015, 10001.0, 11003.0), row("GRDP_GROWTH", "74", "2016", 10.02)],
    "REC-BASE-YEAR": [
        row("GRDP_C2010", "74", "2010", 1234.0),
        row("GRDP_CUR", "74", "2010", 1234.0),
        row("GRDP_C2020", "74", "2010", 2345.0),
    ],
    "REC-UNIT-JUMP": [
        *series("POP_AVG", "74", 2010, *CALM, 124.0),
        *series("FDI_NEW_CAP", "74", 2010, 0.1, 97.0, 0.3, 250.0, 11.0, 0.2, 190.0),
    ],
    "REC-BREAK": [
        *series("POP_AVG", "74", 2010, *CALM),
        *series("FDI_NEW_CAP", "74", 2010, 81.0, 297.0, 63.0, 250.0, 111.0, 62.0, 390.0),
    ],
    "REC-DUPLICATE-YEAR": repeated(1.0),
    "REC-ZERO-FILL": [
        *provinces("POP_AVG", "2018", 0.0, 0.0, 0.0, 0.0, 0.0, 1.5),
        *provinces("FDI_PROJ_CUM", "2018", *[0.0] * 6, mark="nil"),
    ],
    "REC-RANGE": [row("LENGTH_SHARE", "74", "2016", 100.0), row("GRDP_GROWTH", "74", "2016", -3.2)],
    "REC-TWO-ISSUERS": [
        row("FDI_CAP_CUM", "74", "2016", 10.53),
        row("FDI_CAP_CUM", "74", "2016", 10.5, issuer="FIA"),  # the same, rounded
    ],
    "REC-REVISION": [
        row(
            "POP_AVG", "74", "2016", 100.0, document="a", published_from=date(2018, 1, 1), published_to=date(2020, 1, 1)
        ),
        row("POP_AVG", "74", "2016", 107.2, document="b", published_from=date(2020, 1, 1)),
    ],
}
RULES = {c.id: c for c in RECONCILIATIONS}


def test_every_rule_has_its_twin_tests() -> None:
    assert set(BREAK) == set(KEEP) == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_figures_that_break_it_are_told_with_both_languages(rule: str) -> None:
    told = found(rule, *BREAK[rule])
    assert len(told) == 1, told
    assert told[0].rule == rule and told[0].severity == RULES[rule].severity
    assert told[0].facts and told[0].message("vi") != told[0].message("en")
    assert told[0].suggestion("vi") and told[0].suggestion("en")


@pytest.mark.parametrize("rule", RULES)
def test_figures_that_keep_it_are_left_alone(rule: str) -> None:
    assert found(rule, *KEEP[rule]) == []


def test_a_finding_is_the_same_as_long_as_the_values_are() -> None:
    first, again = (
        found("REC-RATIO-PARTS", *BREAK["REC-RATIO-PARTS"])[0],
        found("REC-RATIO-PARTS", *BREAK["REC-RATIO-PARTS"][::-1])[0],
    )
    assert first.id == again.id
    changed = [
        r | {"value": r["value"] + 1000} if r["indicator"] == "GRDP_CUR" else r for r in BREAK["REC-RATIO-PARTS"]
    ]
    assert found("REC-RATIO-PARTS", *changed)[0].id != first.id


def test_a_known_break_is_a_note_that_names_it() -> None:
    known = Break("POP_AVG", "GSO", "74", "2017", "territory", "Tách huyện", "Districts split off", "book")
    told = found("REC-BREAK", *BREAK["REC-BREAK"], breaks=(known,))
    assert [d.severity for d in told] == ["info"]
    assert "Tách huyện" in told[0].suggestion("vi") and "Districts split off" in told[0].suggestion("en")


def test_areas_that_break_together_are_one_finding() -> None:
    rows = [r for code in SIX for r in series("POP_AVG", code, 2010, *(v + int(code) for v in (*CALM, 25.0, 26.0)))]
    told = found("REC-BREAK", *rows)
    assert len(told) == 1 and "6 chuỗi" in told[0].message("vi")


def test_a_spike_is_told_once_at_its_year() -> None:
    told = found("REC-UNIT-JUMP", *series("POP_AVG", "74", 2010, *CALM, 12.4, 127.0))
    assert [(d.facts[0].period, d.severity) for d in told] == [("2017", "warning")]


def test_what_is_printed_apart_explains_a_total() -> None:
    rows = [
        *provinces("FDI_PROJ_CUM", "2016", 1.0, 2.0, 3.0, 4.0, 5.0, 6.0),
        row("FDI_PROJ_CUM", "R6-DNB", "2016", 71.0),
        row("FDI_PROJ_CUM", "R6-DNB", "2016", 50.0, breakdown="SRC_CENTRAL"),
    ]
    told = found("REC-REGION-SUM", *rows)
    assert [d.severity for d in told] == ["info"] and "SRC_CENTRAL (50)" in told[0].suggestion("en")


def test_a_ratio_of_an_older_vintage_says_which() -> None:
    rows = [
        *BREAK["REC-RATIO-PARTS"],
        row(
            "POP_AVG",
            "74",
            "2016",
            1946.7,
            document="old",
            published_from=date(2018, 1, 1),
            published_to=date(2024, 12, 31),
        ),
    ]
    told = found("REC-RATIO-PARTS", *rows)
    assert [d.severity for d in told] == ["info"] and "1.946,7 (book, old)" in told[0].suggestion("vi")


def test_a_part_that_is_not_printed_is_named() -> None:
    rows = [
        row("GRDP_CUR", "74", "2016", 1000.0),
        row("GRDP_CUR", "74", "2016", 431.0, activity="AGRI"),
        row("GRDP_CUR", "74", "2016", 538.0, activity="INDU"),
    ]
    told = found("REC-PARTS-TOTAL", *rows)
    assert [d.severity for d in told] == ["info"] and "SERV" in told[0].suggestion("en")
