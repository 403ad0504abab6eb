"""Periods as SDMX writes them: years, half years, quarters, months, days and ranges of any length."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from lienvung.errors import BadPeriod

_FORMS = re.compile(
    r"(?P<year>\d{4})(?:-A1)?"
    r"|(?P<syear>\d{4})-S(?P<half>[12])"
    r"|(?P<qyear>\d{4})-Q(?P<quarter>[1-4])"
    r"|(?P<myear>\d{4})-(?P<month>0[1-9]|1[0-2])"
    r"|(?P<day>\d{4}-\d{2}-\d{2})"
    r"|(?P<rstart>\d{4}-\d{2}-\d{2})/P(?P<count>\d{1,3})(?P<unit>[YMD])"
)

FREQS = ("A", "S", "Q", "M", "D", "R")
"""SDMX frequency codes in use; ``R`` marks a range of any other length (``2021-01-01/P5Y``)."""


def _after(start: date, months: int) -> date:
    index = start.year * 12 + start.month - 1 + months
    return date(index // 12, index % 12 + 1, start.day)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of time with its frequency, ``start`` and ``end`` both included.

    >>> Period.parse("2020-Q2")
    Period(start=datetime.date(2020, 4, 1), end=datetime.date(2020, 6, 30), freq='Q', text='2020-Q2')
    >>> Period.parse("2021-01-01/P5Y").end.year
    2025
    """

    start: date
    end: date
    freq: str
    text: str

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read SDMX text such as ``2020``, ``2020-Q1``, ``2020-06`` or ``2021-01-01/P5Y``.

        Raises:
            BadPeriod: the text has no such form or names a day that does not exist.
        """
        found = _FORMS.fullmatch(text.strip())
        if not found:
            raise BadPeriod(period=text)
        try:
            return cls._build(found.groupdict(), text.strip())
        except (ValueError, OverflowError):
            raise BadPeriod(period=text) from None

    @classmethod
    def _build(cls, part: dict[str, str | None], text: str) -> Period:
        if part["day"]:
            day = date.fromisoformat(part["day"])
            return cls(day, day, "D", text)
        if part["rstart"]:
            start, count = date.fromisoformat(part["rstart"]), int(part["count"] or 0)
            if count == 0:
                raise ValueError("empty range")
            if part["unit"] == "D":
                return cls(start, start + timedelta(days=count - 1), "R", text)
            months = count * (12 if part["unit"] == "Y" else 1)
            return cls(start, _after(start, months) - timedelta(days=1), "R", text)
        year = int(part["year"] or part["syear"] or part["qyear"] or part["myear"] or 0)
        freq, first, months = "A", 1, 12
        if part["half"]:
            freq, first, months = "S", 6 * int(part["half"]) - 5, 6
        elif part["quarter"]:
            freq, first, months = "Q", 3 * int(part["quarter"]) - 2, 3
        elif part["month"]:
            freq, first, months = "M", int(part["month"]), 1
        start = date(year, first, 1)
        return cls(start, _after(start, months) - timedelta(days=1), freq, text[:4] if freq == "A" else text)


def parse_span(start: str | None, end: str | None) -> tuple[date | None, date | None]:
    """First and last day of a question's span; either side may be open.

    Raises:
        BadPeriod: a side is unreadable, or the span is upside down.
    """
    first = Period.parse(start).start if start else None
    last = Period.parse(end).end if end else None
    if first and last and first > last:
        raise BadPeriod(period=f"{start} … {end}")
    return first, last
