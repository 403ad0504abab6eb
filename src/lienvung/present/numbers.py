"""Numbers, dates and periods written as Vietnamese and English readers write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from lienvung.domain.clocks import OPEN_DAY
from lienvung.domain.periods import Period

VIETNAM = timezone(timedelta(hours=7))
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def format_number(value: float | None, decimals: int | None = None, lang: str = "vi") -> str:
    """A number with thousands signs; None is an empty text, never zero.

    >>> format_number(1234567.5, 1), format_number(1234567.5, 1, "en"), format_number(0, 0), format_number(None)
    ('1.234.567,5', '1,234,567.5', '0', '')
    >>> format_number(-0.04, 1), format_number(5.97)
    ('0,0', '5,97')
    """
    if value is None:
        return ""
    text = f"{value:,.{decimals}f}" if decimals is not None else f"{value:,.6f}".rstrip("0").rstrip(".")
    if text.startswith("-") and not text.strip("-0.,"):
        text = text[1:]
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text


def format_date(day: date | None, lang: str = "vi", precision: str = "day") -> str:
    """A day, a month or a year, as exactly as it is known.

    >>> format_date(date(2024, 12, 31)), format_date(date(2024, 12, 31), "en", "month"), format_date(None)
    ('31/12/2024', 'Dec 2024', '')
    """
    if day is None or day == OPEN_DAY:
        return ""
    if precision == "year":
        return str(day.year)
    month = f"{day.month}/{day.year}" if lang == "vi" else f"{_MONTHS_EN[day.month - 1]} {day.year}"
    if precision == "month":
        return month
    return f"{day.day}/{month}" if lang == "vi" else f"{day.day} {month}"


def format_instant(moment: datetime | None, lang: str = "vi") -> str:
    """A stored moment (naive UTC) on the clock of Việt Nam.

    >>> format_instant(datetime(2024, 1, 31, 20, 5))
    '03:05 1/2/2024'
    """
    if moment is None or moment.year == OPEN_DAY.year:
        return ""
    local = moment.replace(tzinfo=UTC).astimezone(VIETNAM)
    return f"{local:%H:%M} {format_date(local.date(), lang)}"


def format_period(text: str, lang: str = "vi") -> str:
    """A period as it is read aloud.

    >>> format_period("2020"), format_period("2020-Q3"), format_period("2020-06"), format_period("2020-S1", "en")
    ('2020', 'Quý III/2020', '6/2020', '2020 H1')
    >>> format_period("2021-01-01/P5Y"), format_period("2020-06-30")
    ('2021–2025', '30/6/2020')
    """
    period = Period.parse(text)
    year = period.start.year
    if period.freq == "A":
        return str(year)
    if period.freq == "Q":
        quarter = period.start.month // 3
        return f"Quý {('I', 'II', 'III', 'IV')[quarter]}/{year}" if lang == "vi" else f"{year} Q{quarter + 1}"
    if period.freq == "S":
        half = 1 if period.start.month == 1 else 2
        return _half(half, year, lang)
    if period.freq == "M":
        return format_date(period.start, lang, "month")
    if period.freq == "D":
        return format_date(period.start, lang)
    return _span(period, lang)


def _half(half: int, year: int, lang: str) -> str:
    return f"{'6 tháng đầu' if half == 1 else '6 tháng cuối'} {year}" if lang == "vi" else f"{year} H{half}"


def _span(period: Period, lang: str) -> str:
    whole_years = (period.start.month, period.start.day, period.end.month, period.end.day) == (1, 1, 12, 31)
    if whole_years:
        return f"{period.start.year}–{period.end.year}"
    return f"{format_date(period.start, lang)}–{format_date(period.end, lang)}"
