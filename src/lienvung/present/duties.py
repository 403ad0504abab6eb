"""The reporting calendar for reading: what is due when, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from lienvung.domain.calendar import OVERDUE, Duty
from lienvung.present.numbers import format_date, format_period
from lienvung.present.texts import Texts


@dataclass(frozen=True)
class DutyLine:
    """One table that an agency owes for one period."""

    title: str
    period: str
    agency: str
    day: str
    when: str
    kind: str
    submission: str
    basis: str
    is_overdue: bool


@dataclass(frozen=True)
class Month:
    """The duties that fall due in one month."""

    key: str
    name: str
    dues: tuple[DutyLine, ...]


def tell_duties(duties: Sequence[Duty], name_agency: Callable[[str], str], today: date, lang: str
                ) -> tuple[DutyLine, ...]:  # fmt: skip
    """Duties in the reader's language."""
    return tuple(_line(duty, name_agency, today, lang) for duty in duties)


def _line(duty: Duty, name_agency: Callable[[str], str], today: date, lang: str) -> DutyLine:
    told, texts = duty.obligation, Texts(lang)
    return DutyLine(
        told.title(lang), format_period(duty.period, lang), name_agency(told.agency), format_date(duty.due, lang),
        _when(duty.due, today, texts), duty.state, duty.submission, told.legal_basis, duty.state == OVERDUE,
    )  # fmt: skip


def _when(due: date, today: date, texts: Texts) -> str:
    day, days = format_date(due, texts.lang), (due - today).days
    if days == 0:
        return texts("due_today", day=day)
    return texts("due_overdue", day=day, days=-days) if days < 0 else texts("due_in", day=day, days=days)


def by_month(duties: Sequence[Duty], lines: Sequence[DutyLine], lang: str) -> tuple[Month, ...]:
    """Duties under the months that they fall due in, in their order."""
    months: dict[str, list[DutyLine]] = {}
    for duty, line in zip(duties, lines, strict=True):
        months.setdefault(f"{duty.due:%Y-%m}", []).append(line)
    return tuple(Month(key, format_period(key, lang), tuple(found)) for key, found in months.items())
