"""Twin tests: for every rule, rows that break it and rows that do not."""

from __future__ import annotations

from typing import Any

import pytest

from lienvung.validate.registry import ROW_CHECKS
from tests.validate.small import check

Row = dict[str, Any]
AREAS = ("74", "75", "79")

BREAK: dict[str, tuple[Row, ...]] = {
    "ROW-INCOMPLETE": ({"period": None},),
    "CODE-INDICATOR": ({"indicator": "POP_AVERAGE"},),
    "CODE-DOCUMENT": ({"document": "yearbook-2023"},),
    "CODE-ISSUER": ({"issuer": None},),
    "BOUNDARY-FORM": ({"boundary": "cũ"},),
    "CODE-AREA": ({"area_text": "74", "boundary": "2025-07-01"},),
    "BOUNDARY-ASSUMED": ({"area_text": "80", "boundary": None, "published": None},),
    "CODE-BREAKDOWN": ({"breakdown": "SEX_X"},),
    "CODE-ACTIVITY": ({"activity": "AGRO"},),
    "CODE-STATUS": ({"status": "provisional"},),
    "CODE-UNIT": ({"unit": "PERSON"},),
    "UNIT-KIND": ({"unit": "USD_MN"},),
    "PERIOD-FORM": ({"period": "6/2020"},),
    "PUBLISHED-FORM": ({"published": "tháng sáu"},),
    "PUBLISHED-FUTURE": ({"published": "2024-06-16"},),
    "PUBLISHED-BEFORE-PERIOD": ({"period": "2023"},),
    "VALUE-TEXT": ({"value": None, "value_text": "=cmd|' /C calc'!A0"},),
    "VALUE-BOUNDS": ({"indicator": "UNEMP_RATE", "value": 104.0},),
    "VALUE-ZERO-FILL": tuple({"area_text": a, "value": 0.0} for a in AREAS),
    "VALUE-UNIT-JUMP": ({"period": "2018"}, {"period": "2019", "value": 2580500.0}),
    "DUP-KEY": ({}, {"value": 2580.6}),
    "DUP-SAME": ({}, {}),
}
KEEP: dict[str, tuple[Row, ...]] = {
    "ROW-INCOMPLETE": ({"breakdown": None, "activity": None},),
    "CODE-INDICATOR": ({"indicator": "pop_avg"},),
    "CODE-DOCUMENT": ({"document": "yearbook-2022"}, {"document": None, "period": "2019"}),
    "CODE-ISSUER": ({"issuer": None, "document": "yearbook-2022"},),
    "BOUNDARY-FORM": ({"boundary": "2004"}, {"boundary": "2025-07-01", "area_text": "79"}),
    "CODE-AREA": ({"area_text": "Tỉnh Bình Dương"}, {"area_text": "75@2004", "boundary": "2025-07-01"}),
    "BOUNDARY-ASSUMED": (
        {"area_text": "80", "boundary": None},
        {"area_text": "75", "boundary": None, "published": None},
    ),
    "CODE-BREAKDOWN": ({"breakdown": "SEX_F"}, {"breakdown": None}),
    "CODE-ACTIVITY": ({"activity": "AGRI"}, {"activity": None}),
    "CODE-STATUS": ({"status": "preliminary"}, {"status": None, "period": "2019"}),
    "CODE-UNIT": ({"unit": "PERSONS"},),
    "UNIT-KIND": ({"unit": "PERSONS_MN"},),
    "PERIOD-FORM": ({"period": "2020-Q1"}, {"period": "2021-01-01/P1Y"}),
    "PUBLISHED-FORM": ({"published": "2022"}, {"published": "2022-06"}),
    "PUBLISHED-FUTURE": ({"published": "2024-06-15"}, {"published": "2024", "area_text": "75"}),
    "PUBLISHED-BEFORE-PERIOD": ({"period": "2025", "status": "plan"}, {"period": "2023", "status": "estimate"}),
    "VALUE-TEXT": ({"value": None, "value_text": "..", "mark": "not_available"},),
    "VALUE-BOUNDS": ({"indicator": "UNEMP_RATE", "value": 4.0}, {"indicator": "POP_GROWTH", "value": -1.0}),
    "VALUE-ZERO-FILL": tuple({"area_text": a, "value": 0.0 if a != "79" else 1.0} for a in AREAS),
    "VALUE-UNIT-JUMP": ({"period": "2018"}, {"period": "2019", "value": 25805.0}, {"area_text": "75", "value": 2.5}),
    "DUP-KEY": ({}, {"value": 2580.6, "published": "2023-06-30"}, {"issuer": "FIA", "value": 1.0}),
    "DUP-SAME": ({}, {"period": "2019"}),
}


@pytest.mark.parametrize("rule", [c.id for c in ROW_CHECKS])
def test_rows_that_break_a_rule_are_found(rule: str) -> None:
    records, findings = check(*BREAK[rule])
    found = [f for f in findings if f.rule == rule]
    assert found, [f.message("en") for f in findings]
    checked = next(c for c in ROW_CHECKS if c.id == rule)
    for finding in found:
        assert finding.severity == checked.severity
        assert (finding.cell or "").startswith("C")
        assert finding.message("vi") != finding.message("en")
        assert finding.suggestion("vi")
        assert finding.suggestion("en")
    if checked.severity == "error":
        assert records == []


@pytest.mark.parametrize("rule", [c.id for c in ROW_CHECKS])
def test_rows_that_keep_a_rule_pass(rule: str) -> None:
    records, findings = check(*KEEP[rule])
    assert [f for f in findings if f.rule == rule] == []
    assert records


def test_every_rule_has_twins() -> None:
    ids = {c.id for c in ROW_CHECKS}
    assert ids == set(BREAK) == set(KEEP)
