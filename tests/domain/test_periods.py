"""Periods and dates: every form, and every way to get them wrong."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienvung.domain.clocks import Published, last_day, parse_instant
from lienvung.domain.periods import Period, parse_span
from lienvung.errors import BadDate, BadPeriod


@pytest.mark.parametrize(("text", "start", "end", "freq"), [
    ("2020", date(2020, 1, 1), date(2020, 12, 31), "A"),
    ("2020-A1", date(2020, 1, 1), date(2020, 12, 31), "A"),
    ("2020-S2", date(2020, 7, 1), date(2020, 12, 31), "S"),
    ("2020-Q4", date(2020, 10, 1), date(2020, 12, 31), "Q"),
    ("2020-02", date(2020, 2, 1), date(2020, 2, 29), "M"),
    ("2019-04-01", date(2019, 4, 1), date(2019, 4, 1), "D"),
    ("2021-01-01/P5Y", date(2021, 1, 1), date(2025, 12, 31), "R"),
    ("2024-01-01/P7M", date(2024, 1, 1), date(2024, 7, 31), "R"),
])  # fmt: skip
def test_every_form(text: str, start: date, end: date, freq: str) -> None:
    period = Period.parse(text)
    assert (period.start, period.end, period.freq) == (start, end, freq)


@pytest.mark.parametrize("text", [
    "", "20", "2020-13", "2020-Q5", "2020-S3", "2020-02-30", "2021-01-01/P0Y", "9999-12-31/P2D", "năm 2020", "2020 ",
])  # fmt: skip
def test_what_is_no_period(text: str) -> None:
    if text.strip() != "2020":
        with pytest.raises(BadPeriod):
            Period.parse(text)
    else:
        assert Period.parse(text).text == "2020"


def test_a_span_upside_down() -> None:
    with pytest.raises(BadPeriod):
        parse_span("2022", "2016")
    assert parse_span(None, "2020-06") == (None, date(2020, 6, 30))


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_day_lies_in_its_month_quarter_half_and_year(day: date) -> None:
    for text in (f"{day:%Y}", f"{day:%Y-%m}", f"{day:%Y}-Q{(day.month + 2) // 3}", f"{day:%Y}-S{(day.month + 5) // 6}"):
        period = Period.parse(text)
        assert period.start <= day <= period.end


def test_published_keeps_its_precision() -> None:
    assert Published.parse("2023") == Published(date(2023, 12, 31), "year")
    assert Published.parse("2024-02") == Published(date(2024, 2, 29), "month")
    assert Published.parse("2024-02-03").precision == "day"


@pytest.mark.parametrize("text", ["", "2023-02-30", "hôm qua", "20231", "2023-00"])
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(BadDate):
        last_day(text)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-10:00", "x"])
def test_what_is_no_instant(text: str) -> None:
    with pytest.raises(BadDate):
        parse_instant(text)


def test_an_instant_is_utc() -> None:
    assert parse_instant("2024-01-01T07:00:00+07:00") == datetime(2024, 1, 1)
    assert parse_instant("2024-01-01").date() == date(2024, 1, 1)
