"""The reporting calendar: which agency owes which table for which period, by when."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lienvung.errors import BadValue, Both

OWED, HANDED_IN, LATE, OVERDUE = "owed", "handed_in", "late", "overdue"
DUTY_STATES = (OWED, HANDED_IN, LATE, OVERDUE)
"""``late``: handed in after its day; ``overdue``: its day has passed and nothing came."""
MONTHS = {"A": 12, "S": 6, "Q": 3, "M": 1}
"""Frequency → months of a period."""
LOCAL = timedelta(hours=7)
"""Days are those of Việt Nam, which has no summer time."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """An agency owes a table (of a recipe, or of some indicators) for every period of a frequency.

    It is due on day ``due_day`` of the month that is ``due_months`` after the last one of the period; ``due_months`` 0
    is that month itself. Periods count whose last day lies from ``valid_from`` to ``valid_to``.
    """

    number: int
    agency: str
    title_vi: str
    title_en: str
    freq: str
    due_months: int
    due_day: int
    recipe: str = ""
    indicators: tuple[str, ...] = ()
    legal_basis: str = ""
    valid_from: date = date(1945, 9, 2)
    valid_to: date = date(9999, 12, 31)

    def title(self, lang: str) -> str:
        """The title in ``vi`` or ``en``."""
        return self.title_vi if lang == "vi" or not self.title_en else self.title_en

    def due_of(self, end: date) -> date:
        """The day on which the table of the period ending on ``end`` is due.

        >>> Obligation(1, "CTK", "Báo cáo", "Report", "M", 1, 31).due_of(date(2026, 1, 31)).isoformat()
        '2026-02-28'
        """
        months = end.year * 12 + end.month - 1 + self.due_months
        year, month = divmod(months, 12)
        return date(year, month + 1, min(self.due_day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Delivery:
    """A submission as the calendar sees it: whose, what it covers, when it was handed in (naive UTC)."""

    submission: str
    agency: str
    recipe: str
    indicators: frozenset[str]
    periods: frozenset[str]
    handed_in: datetime


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation for one period, and what became of it."""

    obligation: Obligation
    period: str
    end: date
    due: date
    state: str = OWED
    submission: str = ""
    handed_in: datetime | None = None


def check_obligation(told: Obligation) -> Obligation:
    """An obligation that can be kept.

    Raises:
        BadValue: without title, agency or subject, or with a frequency or day that cannot be.
    """
    tests = (
        (bool(told.agency.strip()), told.agency, Both("cơ quan nộp", "the agency"), "PROV_74, …"),
        (bool(told.title_vi.strip()), told.title_vi, Both("tên báo cáo", "the title"), Both("chữ", "text")),
        (bool(told.recipe or told.indicators), "", Both("biểu phải nộp", "what is owed"),
         Both("một công thức đọc hoặc các chỉ tiêu", "a recipe or indicators")),
        (told.freq in MONTHS, told.freq, Both("kỳ báo cáo", "the frequency"), "A, S, Q, M"),
        (1 <= told.due_day <= 31, told.due_day, Both("ngày đến hạn", "the day due"), "1–31"),
        (0 <= told.due_months <= 24, told.due_months, Both("số tháng sau kỳ", "months after the period"), "0–24"),
        (told.valid_from <= told.valid_to, told.valid_to, Both("hiệu lực", "validity"), f"≥ {told.valid_from}"),
    )  # fmt: skip
    for is_good, value, name, choices in tests:
        if not is_good:
            raise BadValue(value=value, name=name, choices=choices)
    return told


def name_period(freq: str, end: date) -> str:
    """The period of a frequency that ends on a day, as SDMX writes it.

    >>> [name_period(f, date(2026, 6, 30)) for f in "ASQM"]
    ['2026', '2026-S1', '2026-Q2', '2026-06']
    """
    if freq == "A":
        return str(end.year)
    number = (end.month - 1) // MONTHS[freq] + 1
    return f"{end.year}-{end.month:02d}" if freq == "M" else f"{end.year}-{freq}{number}"


def find_duties(told: Obligation, first: date, last: date) -> Iterator[Duty]:
    """The duties that fall due from ``first`` to ``last``, the earliest first."""
    size = MONTHS[told.freq]
    start = first.year * 12 + first.month - 1 - told.due_months - 1
    at = start - start % size + size - 1
    while True:
        year, month = divmod(at, 12)
        end = date(year, month + 1, calendar.monthrange(year, month + 1)[1])
        due = told.due_of(end)
        if due > last:
            return
        if due >= first and told.valid_from <= end <= told.valid_to:
            yield Duty(told, name_period(told.freq, end), end, due)
        at += size


def judge_duty(duty: Duty, deliveries: Iterable[Delivery], today: date) -> Duty:
    """A duty with its state: the first submission that fits it, or none yet."""
    fitting = sorted((d for d in deliveries if _fits(duty, d)), key=lambda d: d.handed_in)
    if not fitting:
        state = OVERDUE if today > duty.due else OWED
        return Duty(duty.obligation, duty.period, duty.end, duty.due, state)
    first = fitting[0]
    state = LATE if (first.handed_in + LOCAL).date() > duty.due else HANDED_IN
    return Duty(duty.obligation, duty.period, duty.end, duty.due, state, first.submission, first.handed_in)


def _fits(duty: Duty, delivery: Delivery) -> bool:
    told = duty.obligation
    if delivery.agency != told.agency or duty.period not in delivery.periods:
        return False
    return (not told.recipe or delivery.recipe == told.recipe) and set(told.indicators) <= delivery.indicators
