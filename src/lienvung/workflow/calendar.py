"""The reporting calendar as it is kept: obligations, what became of each duty, reminders in the inbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lienvung.domain.calendar import (
    LOCAL,
    OVERDUE,
    OWED,
    Delivery,
    Duty,
    Obligation,
    check_obligation,
    find_duties,
    judge_duty,
)
from lienvung.errors import Both, NotFound
from lienvung.workflow import audit
from lienvung.workflow import submissions as office
from lienvung.workflow.actors import Actor, Right
from lienvung.workflow.tables import NoticeRow, ObligationRow, SubmissionRow

BACK, AHEAD = timedelta(days=400), timedelta(days=120)
"""How far around today the calendar shows duties."""
SOON = timedelta(days=7)
"""How long before its day a duty is reminded of."""
COUNTED = (office.SUBMITTED, office.APPROVED, office.SCHEDULED, office.PUBLISHED, office.SUPERSEDED)
"""The states of a submission that fulfil a duty: a returned or withdrawn one does not."""


@dataclass(frozen=True)
class Notice:
    """A reminder: to whom, of what, due when."""

    number: int
    agency: str
    obligation: int
    period: str
    kind: str
    due: date
    text_vi: str
    text_en: str
    at: datetime

    def text(self, lang: str) -> str:
        """What it says, in ``vi`` or ``en``."""
        return self.text_vi if lang == "vi" else self.text_en


def today_in_vietnam(moment: datetime) -> date:
    """The day of a moment (naive UTC)."""
    return (moment + LOCAL).date()


def keep_obligation(session: Session, told: Obligation, by: Actor) -> Obligation:
    """Keep an obligation: a new one if its number is 0, otherwise in the place of the one of that number.

    Raises:
        NotAllowed, BadValue. NotFound: no such number.
    """
    by.require(Right.KEEP_CALENDAR, told.agency)
    told = check_obligation(told)
    row = session.get(ObligationRow, told.number) if told.number else ObligationRow()
    if row is None:
        raise NotFound(what=Both(f"nghĩa vụ {told.number}", f"obligation {told.number}"), choices="lienvung calendar")
    if told.number:
        by.require(Right.KEEP_CALENDAR, row.agency)
    for name in Obligation.__dataclass_fields__:
        if name != "number":
            value = getattr(told, name)
            setattr(row, name, list(value) if isinstance(value, tuple) else value)
    row.by, row.at = by.login, office.now()
    session.add(row)
    session.flush()
    kept = _view(row)
    detail = {n: getattr(kept, n) for n in Obligation.__dataclass_fields__ if n != "number"}
    audit.record(session, by.login, by.through, "calendar.keep", f"O{row.number}", detail)
    return kept


def may_see_agency(by: Actor, agency: str) -> bool:
    """Whether someone may see what an agency owes."""
    return by.has_right(Right.SEE_SUBMISSIONS, agency) or by.has_right(Right.KEEP_CALENDAR, agency)


def find_obligations(session: Session, by: Actor) -> list[Obligation]:
    """The obligations that ``by`` may see."""
    rows = session.scalars(select(ObligationRow).order_by(ObligationRow.agency, ObligationRow.number))
    return [_view(r) for r in rows if may_see_agency(by, r.agency)]


def find_calendar(session: Session, by: Actor, today: date) -> list[Duty]:
    """The duties around today that ``by`` may see, those due first at the head."""
    return _judge(session, find_obligations(session, by), today)


def _judge(session: Session, obligations: Sequence[Obligation], today: date) -> list[Duty]:
    agencies = {o.agency for o in obligations}
    query = select(SubmissionRow).where(SubmissionRow.agency.in_(agencies), SubmissionRow.state.in_(COUNTED))
    deliveries = [_delivery(r) for r in session.scalars(query) if r.submitted_at]
    found = [
        judge_duty(duty, deliveries, today)
        for told in obligations
        for duty in find_duties(told, today - BACK, today + AHEAD)
    ]
    return sorted(found, key=lambda d: (d.due, d.obligation.agency, d.obligation.number))


def _delivery(row: SubmissionRow) -> Delivery:
    about = {k: frozenset(row.covers.get(k, ())) for k in ("indicators", "periods")}
    handed_in = row.submitted_at or row.created_at
    return Delivery(f"S{row.number}", row.agency, row.recipe, about["indicators"], about["periods"], handed_in)


def add_reminders(session: Session, today: date) -> int:
    """Put a line in the inbox for each duty that is due soon or overdue; each is said once."""
    obligations = [_view(r) for r in session.scalars(select(ObligationRow))]
    known = {(n.obligation, n.period, n.kind) for n in session.scalars(select(NoticeRow))}
    added = 0
    for duty in _judge(session, obligations, today):
        kind = {OWED: "soon", OVERDUE: "overdue"}.get(duty.state)
        if not kind or (kind == "soon" and duty.due - today > SOON):
            continue
        if (duty.obligation.number, duty.period, kind) not in known:
            session.add(_notice(duty, kind))
            added += 1
    session.flush()
    return added


def _notice(duty: Duty, kind: str) -> NoticeRow:
    told, day = duty.obligation, duty.due
    said = {
        "soon": (f"Đến hạn ngày {day:%d/%m/%Y}: {told.title_vi}, kỳ {duty.period}.",
                 f"Due on {day}: {told.title('en')}, period {duty.period}."),
        "overdue": (f"Quá hạn từ ngày {day:%d/%m/%Y}: {told.title_vi}, kỳ {duty.period}.",
                    f"Overdue since {day}: {told.title('en')}, period {duty.period}."),
    }[kind]  # fmt: skip
    return NoticeRow(
        agency=told.agency, obligation=told.number, period=duty.period, kind=kind, due=day, text_vi=said[0],
        text_en=said[1], at=office.now(), is_sent=False,
    )  # fmt: skip


def find_notices(session: Session, duties: Sequence[Duty]) -> list[Notice]:
    """The reminders of duties that are still open, the newest first."""
    still = {(d.obligation.number, d.period): d.state for d in duties if d.state in (OWED, OVERDUE)}
    rows = session.scalars(select(NoticeRow).order_by(NoticeRow.number.desc()))
    kinds = {OWED: "soon", OVERDUE: "overdue"}
    return [
        Notice(**{n: getattr(r, n) for n in Notice.__dataclass_fields__})
        for r in rows
        if kinds.get(still.get((r.obligation, r.period), "")) == r.kind
    ]


def _view(row: ObligationRow) -> Obligation:
    columns = {n: getattr(row, n) for n in Obligation.__dataclass_fields__}
    return Obligation(**columns | {"indicators": tuple(row.indicators)})
