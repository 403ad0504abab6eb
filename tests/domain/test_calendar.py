"""The reporting calendar: when duties fall due, and what fulfils them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienvung.domain.calendar import (
    HANDED_IN,
    LATE,
    MONTHS,
    OVERDUE,
    OWED,
    Delivery,
    Obligation,
    check_obligation,
    find_duties,
    judge_duty,
    name_period,
)
from lienvung.domain.periods import Period
from lienvung.errors import BadValue

TOLD = Obligation(1, "PROV_74", "Biểu", "Table", "Q", 1, 12, indicators=("GRDP_CUR",))


def test_quarters_are_due_on_the_twelfth_of_the_month_after() -> None:
    duties = list(find_duties(TOLD, date(2026, 1, 1), date(2026, 12, 31)))
    assert [(d.period, d.due.isoformat()) for d in duties] == [
        ("2025-Q4", "2026-01-12"), ("2026-Q1", "2026-04-12"), ("2026-Q2", "2026-07-12"), ("2026-Q3", "2026-10-12"),
    ]  # fmt: skip


def test_a_duty_may_be_due_within_its_own_month() -> None:
    monthly = replace(TOLD, freq="M", due_months=0, due_day=25)
    duties = list(find_duties(monthly, date(2026, 1, 1), date(2026, 2, 28)))
    assert [(d.period, d.due.isoformat()) for d in duties] == [("2026-01", "2026-01-25"), ("2026-02", "2026-02-25")]


def test_only_periods_within_its_validity_count() -> None:
    short = replace(TOLD, valid_from=date(2026, 3, 1), valid_to=date(2026, 6, 30))
    duties = find_duties(short, date(2025, 1, 1), date(2027, 12, 31))
    assert [d.period for d in duties] == ["2026-Q1", "2026-Q2"]


@given(
    st.sampled_from("ASQM"), st.integers(0, 24), st.integers(1, 31), st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    st.integers(0, 900),
)  # fmt: skip
def test_duties_are_every_period_once_in_order(freq: str, months: int, day: int, first: date, span: int) -> None:
    told = replace(TOLD, freq=freq, due_months=months, due_day=day)
    last = date.fromordinal(first.toordinal() + span)
    duties = list(find_duties(told, first, last))
    assert all(first <= d.due <= last for d in duties)
    assert all(Period.parse(d.period).end == d.end and Period.parse(d.period).freq == freq for d in duties)
    ends = [d.end.year * 12 + d.end.month for d in duties]
    assert all(b - a == MONTHS[freq] for a, b in pairwise(ends))
    assert len(duties) >= span // (31 * MONTHS[freq]) - 1


def delivery(**other: object) -> Delivery:
    base = Delivery("S1", "PROV_74", "tidy", frozenset({"GRDP_CUR", "POP_AVG"}), frozenset({"2026-Q1", "2026-Q2"}),
                    datetime(2026, 4, 12, 16, 59))  # fmt: skip
    return replace(base, **other)


@pytest.mark.parametrize(("given_in", "today", "state"), [
    ([], date(2026, 4, 12), OWED),
    ([], date(2026, 4, 13), OVERDUE),
    ([delivery()], date(2026, 5, 1), HANDED_IN),
    ([delivery(handed_in=datetime(2026, 4, 12, 17, 0))], date(2026, 5, 1), LATE),  # past midnight in Việt Nam
    ([delivery(agency="PROV_75")], date(2026, 5, 1), OVERDUE),
    ([delivery(periods=frozenset({"2026-Q2"}))], date(2026, 5, 1), OVERDUE),
    ([delivery(indicators=frozenset({"POP_AVG"}))], date(2026, 5, 1), OVERDUE),
    ([delivery(submission="S2", handed_in=datetime(2026, 6, 1)), delivery()], date(2026, 7, 1), HANDED_IN),
])  # fmt: skip
def test_what_became_of_a_duty(given_in: list[Delivery], today: date, state: str) -> None:
    (duty,) = find_duties(TOLD, date(2026, 4, 1), date(2026, 4, 30))
    judged = judge_duty(duty, given_in, today)
    assert judged.state == state
    assert judged.submission == ("S1" if state in (HANDED_IN, LATE) else "")


def test_a_recipe_is_what_is_owed_where_one_is_named() -> None:
    (duty,) = find_duties(replace(TOLD, recipe="fia", indicators=()), date(2026, 4, 1), date(2026, 4, 30))
    assert judge_duty(duty, [delivery()], date(2026, 4, 2)).state == OWED
    assert judge_duty(duty, [delivery(recipe="fia")], date(2026, 4, 2)).state == HANDED_IN


@pytest.mark.parametrize("wrong", [
    {"agency": " "}, {"title_vi": ""}, {"indicators": ()}, {"freq": "W"}, {"due_day": 0}, {"due_day": 32},
    {"due_months": -1}, {"valid_to": date(1900, 1, 1)},
])  # fmt: skip
def test_an_obligation_that_cannot_be(wrong: dict[str, object]) -> None:
    assert check_obligation(TOLD) == TOLD
    with pytest.raises(BadValue):
        check_obligation(replace(TOLD, **wrong))


def test_periods_of_every_month() -> None:
    assert name_period("Q", date(2026, 12, 31)) == "2026-Q4" and name_period("M", date(2026, 2, 28)) == "2026-02"
