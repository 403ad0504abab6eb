"""Jobs: things due at a moment, done by whichever worker takes the lease; and the latest moment that was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lienvung.workflow import submissions as office
from lienvung.workflow.tables import ClockRow, JobRow

WAITING, DONE, FAILED, DROPPED = "waiting", "done", "failed", "dropped"
LEASE = timedelta(minutes=10)
"""How long a worker may take before another takes the job over."""
TRIES = 8
FIRST_PAUSE = timedelta(seconds=30)
"""After a failure; doubled each time."""


@dataclass(frozen=True)
class Job:
    """One thing to do at or after a moment."""

    number: int
    kind: str
    subject: str
    payload: Mapping[str, object]
    state: str
    run_after: datetime
    tries: int
    last_error: str | None
    made_by: str


def read_clock(session: Session) -> datetime:
    """Now, or the latest moment that the office has seen if the machine's clock was set back; kept for the next time.

    The office must be locked (``lock_office``): two clocks never overtake each other.
    """
    row = session.get(ClockRow, 1)
    moment = office.now()
    if row is None:
        session.add(ClockRow(one=1, seen=moment))
    elif row.seen >= moment:
        return row.seen
    else:
        row.seen = moment
    session.flush()
    return moment


def add_job(
    session: Session, kind: str, subject: str, run_after: datetime, by: str, payload: Mapping[str, object]
) -> int:
    """Have something done at or after a moment."""
    row = JobRow(
        kind=kind, subject=subject, payload=dict(payload), state=WAITING, run_after=run_after, tries=0, made_by=by,
        made_at=office.now(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row.number


def add_job_once(session: Session, kind: str, subject: str, run_after: datetime) -> None:
    """Have something done unless it was planned before. The office must be locked."""
    if session.scalar(select(JobRow.number).where(JobRow.kind == kind, JobRow.subject == subject)) is None:
        add_job(session, kind, subject, run_after, "system", {})


def take_job(session: Session, worker: str, moment: datetime) -> Job | None:
    """Lease the job that is due longest; None if nothing is due. The office must be locked."""
    free = (JobRow.leased_until.is_(None)) | (JobRow.leased_until <= office.now())
    query = select(JobRow).where(JobRow.state == WAITING, JobRow.run_after <= moment, free)
    row = session.scalar(query.order_by(JobRow.run_after, JobRow.number).limit(1))
    if row is None:
        return None
    row.leased_by, row.leased_until, row.tries = worker, office.now() + LEASE, row.tries + 1
    session.flush()
    return _view(row)


def end_job(session: Session, number: int, worker: str, error: str = "") -> None:
    """Note how a job ended: done, to be tried again after a pause, or given up after ``TRIES``."""
    row = session.get(JobRow, number)
    if row is None or row.leased_by != worker or row.state != WAITING:
        return
    row.leased_by = row.leased_until = None
    if not error:
        row.state, row.done_at = DONE, office.now()
        return
    row.last_error = error[:500]
    row.run_after = office.now() + FIRST_PAUSE * 2 ** (row.tries - 1)
    if row.tries >= TRIES:
        row.state = FAILED


def drop_jobs(session: Session, kind: str, submission: str) -> list[Job]:
    """Take back the waiting jobs that concern a submission; they are told so that the rest of them can go on."""
    rows = session.scalars(select(JobRow).where(JobRow.kind == kind, JobRow.state == WAITING))
    dropped = [r for r in rows if submission in _submissions(r)]
    for row in dropped:
        row.state, row.done_at = DROPPED, office.now()
    return [_view(r) for r in dropped]


def _submissions(row: JobRow) -> list[str]:
    named = row.payload.get("submissions", [])
    return named if isinstance(named, list) else []


def find_jobs(session: Session, state: str | None = None) -> list[Job]:
    """The jobs, of one state if named, those due first at the head."""
    query = select(JobRow).order_by(JobRow.run_after, JobRow.number)
    return [_view(r) for r in session.scalars(query.where(JobRow.state == state) if state else query)]


def _view(row: JobRow) -> Job:
    return Job(**{n: getattr(row, n) for n in Job.__dataclass_fields__})
