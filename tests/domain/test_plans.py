"""Targets: what keeps a promise, and which promise came after which."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lienvung.domain.plans import Plan, PlanRegister, Target
from lienvung.errors import UnknownPlan, UnknownTarget

TARGET = Target(
    "TG-1", "qd-1", "GRDP_GROWTH_AVG", "Tốc độ tăng GRDP", "GRDP growth", "77@2004", "", "", "", "",
    "2021-01-01/P10Y", "mean", 8.1, 8.6, "range", "PCT", "8,1-8,6%", "", "news",
)  # fmt: skip
PLAN = Plan(
    "qd-1", "128/NQ-CP", "2020-09-11", "Chính phủ", "Government", "resolution", "Một", "One", "77@2004", "2021", "2030",
    "", "in_force", "", "", "", "", "",
)  # fmt: skip


@pytest.mark.parametrize(
    ("operator", "low", "high", "direction", "value", "met"),
    [
        ("range", 8.1, 8.6, "", 8.6, True),
        ("range", 8.1, 8.6, "", 8.7, False),
        ("range", 8.1, 8.6, "up", 9.9, True),
        ("range", 8.1, 8.6, "up", 8.0, False),
        ("range", 4.3, 4.6, "down", 4.0, True),
        (">", 87.0, None, "up", 87.0, False),
        (">=", 87.0, None, "up", 87.0, True),
        ("<", None, 1.0, "down", 1.0, False),
        ("<", None, 1.0, "down", 0.9, True),
        ("~", 10.0, 10.0, "", 9.81, True),
        ("~", 10.0, 10.0, "", 9.79, False),
        ("=", 19.0, 19.0, "up", 21.0, True),
        ("=", 19.0, 19.0, "", 21.0, False),
    ],
)
def test_what_keeps_a_promise(
    operator: str, low: float | None, high: float | None, direction: str, value: float, met: bool
) -> None:
    assert replace(TARGET, operator=operator, low=low, high=high).is_met(value, direction) is met


def test_versions_stand_in_their_order_from_whichever_is_asked() -> None:
    chain = [TARGET, replace(TARGET, key="TG-2", replaces="TG-1"), replace(TARGET, key="TG-3", replaces="TG-2")]
    register = PlanRegister({PLAN.key: PLAN}, {t.key: t for t in chain})
    assert [[t.key for t in register.versions(key)] for key in ("TG-1", "TG-2", "TG-3")] == [
        ["TG-1", "TG-2", "TG-3"]
    ] * 3
    assert [register.is_current(t) for t in chain] == [False, False, True]


def test_a_number_borne_by_several_documents_is_not_enough() -> None:
    later = replace(PLAN, key="qd-2", published="2021-10-11")
    register = PlanRegister({"qd-1": PLAN, "qd-2": later}, {})
    with pytest.raises(UnknownPlan) as caught:
        register.plan("128/NQ-CP")
    assert "qd-1, qd-2" in caught.value.suggestion("vi")
    assert PlanRegister({"qd-1": PLAN}, {}).plan("128/nq-cp") is PLAN
    with pytest.raises(UnknownTarget):
        register.target("TG-9")


def test_other_coverage_is_not_compared() -> None:
    assert TARGET.is_comparable
    assert not replace(TARGET, coverage_vi="trừ dầu khí").is_comparable
    assert not replace(TARGET, indicator="").is_comparable
