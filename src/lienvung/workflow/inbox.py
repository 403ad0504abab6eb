"""The inbox: what waits for me, what I have in work, what my agency owes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from lienvung.domain.calendar import OVERDUE, OWED, Duty
from lienvung.workflow import submissions as office
from lienvung.workflow.actors import Actor, Right
from lienvung.workflow.calendar import Notice, find_calendar, find_notices
from lienvung.workflow.submissions import Submission

OPEN = (office.DRAFT, office.CHECKED, office.SUBMITTED, office.RETURNED, office.APPROVED, office.SCHEDULED)
"""Not at its end yet."""
LATE = timedelta(minutes=15)
"""A scheduled release that is this late waits for a steward: the worker does not run, or fails."""


@dataclass(frozen=True)
class Inbox:
    """What one person has before them. ``mine``: what they drafted or handed in and is not at its end."""

    waiting: tuple[Submission, ...]
    mine: tuple[Submission, ...]
    owed: tuple[Duty, ...]
    overdue: tuple[Duty, ...]
    notices: tuple[Notice, ...]


def find_inbox(session: Session, by: Actor, today: date) -> Inbox:
    """The inbox of a person, the oldest matter first."""
    seen = list(reversed(office.find_submissions(session, by)))
    duties = find_calendar(session, by, today)
    return Inbox(
        waiting=tuple(s for s in seen if _waits(s, by)),
        mine=tuple(s for s in seen if s.state in OPEN and by.login in (s.created_by, s.submitted_by)),
        owed=tuple(d for d in duties if d.state == OWED),
        overdue=tuple(d for d in duties if d.state == OVERDUE),
        notices=tuple(find_notices(session, duties)),
    )


def _waits(found: Submission, by: Actor) -> bool:
    if found.state == office.SUBMITTED:
        is_own = by.login in (found.created_by, found.submitted_by)
        return not is_own and by.has_right(Right.DECIDE, found.agency, found.areas)
    is_stuck = found.state == office.SCHEDULED and (found.embargo_until or office.now()) + LATE < office.now()
    if found.state == office.APPROVED or is_stuck:
        return by.has_right(Right.PUBLISH, found.agency, found.areas)
    if found.state == office.RETURNED:
        is_ours = any(g.agency == found.agency and g.agency for g in by.grants)
        return by.login in (found.created_by, found.submitted_by) or (
            is_ours and by.has_right(Right.SUBMIT, found.agency)
        )
    return False
