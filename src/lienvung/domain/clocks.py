"""Two clocks: when the issuer published a value, and when this database learned it.

A document often gives only a month or a year. ``published`` is then the latest day consistent with
it, with the precision kept, so that "known by that day" never claims too much.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime

from lienvung.errors import BadDate

OPEN_DAY = date(9999, 12, 31)
"""``published_to`` of a value that nothing has replaced."""
OPEN_INSTANT = datetime(9999, 12, 31)
"""``recorded_to`` of a row that is still believed (naive UTC, as stored)."""

PRECISIONS = ("day", "month", "year", "received")
"""How exactly the document dates itself; ``received``: it does not, and the day of receipt bounds it."""


@dataclass(frozen=True, slots=True)
class Published:
    """The latest day consistent with what a document says of its own date.

    >>> Published.parse("2024-12")
    Published(day=datetime.date(2024, 12, 31), precision='month')
    """

    day: date
    precision: str

    @classmethod
    def parse(cls, text: str) -> Published:
        """Read ``2024-12-20``, ``2024-12`` or ``2024``.

        Raises:
            BadDate: none of these, or no such day.
        """
        return cls(last_day(text), {4: "year", 7: "month"}.get(len(text.strip()), "day"))


def last_day(text: str) -> date:
    """The last day that a date of any precision covers.

    >>> last_day("2024-02"), last_day("2023")
    (datetime.date(2024, 2, 29), datetime.date(2023, 12, 31))
    """
    text = text.strip()
    try:
        if len(text) == 4:
            return date(int(text), 12, 31)
        if len(text) == 7:
            year, month = int(text[:4]), int(text[5:])
            return date(year, month, calendar.monthrange(year, month)[1])
        return date.fromisoformat(text)
    except (ValueError, calendar.IllegalMonthError):
        raise BadDate(date=text) from None


def parse_instant(text: str) -> datetime:
    """A moment of the ``recorded`` clock as naive UTC; a bare day means its last microsecond.

    Raises:
        BadDate: not a date or ISO date-time.
    """
    if len(text.strip()) <= 10:
        return datetime.combine(last_day(text), datetime.max.time())
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        raise BadDate(date=text) from None
