"""Releases and the office: begun before the store's commit, closed after it, recognised by a restart in between."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lienvung.workflow import audit
from lienvung.workflow import submissions as office
from lienvung.workflow.actors import Actor, Right
from lienvung.workflow.approval import expect_not_begun
from lienvung.workflow.decisions import require_reason
from lienvung.workflow.steps import expect, expect_no_errors, lock_office, take_step
from lienvung.workflow.submissions import (
    APPROVED,
    PUBLISHED,
    SCHEDULED,
    SUPERSEDED,
    WITHDRAWN,
    Submission,
)
from lienvung.workflow.tables import BegunRow, SubmissionRow

BEGUN, CLOSED, FAILED = "begun", "closed", "failed"
PUBLISH, WITHDRAW = "publish", "withdraw"


@dataclass(frozen=True)
class Begun:
    """A release on its way: its id stands in the store's snapshot once it is committed."""

    release: str
    kind: str
    submissions: tuple[str, ...]
    title_vi: str
    title_en: str
    reason: str
    by: str
    through: str
    at: datetime

    @property
    def actor(self) -> Actor:
        """Who began it, as far as the history needs to know."""
        return Actor(self.by, self.by, (), self.through)


def _begin(session: Session, begun: Begun) -> Begun:
    columns = vars(begun) | {"submissions": list(begun.submissions)}
    session.add(BegunRow(**columns, state=BEGUN))
    session.flush()
    return begun


def begin_publication(
    session: Session, numbers: Sequence[str], release: str, by: Actor, titles: tuple[str, str], is_due: bool = False
) -> Begun:
    """Note that approved submissions go out as one release; of a submission that is begun already, that release.

    Args:
        is_due: they were scheduled, and their moment has come.

    Raises:
        UnknownSubmission, NotAllowed, HasErrors, WrongState: nothing is begun then.
    """
    rows = [office.seen_row(session, n, by) for n in dict.fromkeys(numbers)]
    for row in rows:
        by.require(Right.PUBLISH, row.agency, row.covers.get("areas", ()))
        expect_no_errors(row, "publish")
        expect(row, "publish", SCHEDULED if is_due else APPROVED)
    wanted = tuple(f"S{row.number}" for row in rows)
    for open_one in find_begun(session):
        if open_one.kind == PUBLISH and set(open_one.submissions) == set(wanted):
            return open_one
    names = ", ".join(row.file_name for row in rows[:3]) + (", …" if len(rows) > 3 else "")
    title_vi = titles[0] or names
    title_en = titles[1] or titles[0] or names
    return _begin(session, Begun(release, PUBLISH, wanted, title_vi, title_en, "", by.login, by.through, office.now()))


def begin_withdrawal(session: Session, submission: str, release: str, by: Actor, reason: str) -> Begun:
    """Note that a published submission is taken back by a new release.

    Raises:
        UnknownSubmission, NotAllowed, ReasonMissing, WrongState: it was never published, or is withdrawn already.
    """
    row = office.seen_row(session, submission, by)
    by.require(Right.PUBLISH, row.agency, row.covers.get("areas", ()))
    expect(row, "withdraw", PUBLISHED, SUPERSEDED)
    reason = require_reason(reason)
    number = f"S{row.number}"
    for open_one in find_begun(session):
        if open_one.kind == WITHDRAW and open_one.submissions == (number,):
            return open_one
    vi, en = f"Thu hồi {row.file_name}: {reason}", f"Withdrawal of {row.file_name}: {reason}"
    return _begin(session, Begun(release, WITHDRAW, (number,), vi, en, reason, by.login, by.through, office.now()))


def schedule_submissions(session: Session, numbers: Sequence[str], by: Actor, moment: datetime) -> list[Submission]:
    """Have approved submissions wait for their moment.

    Raises:
        UnknownSubmission, NotAllowed, HasErrors, WrongState.
    """
    rows = [office.seen_row(session, n, by) for n in dict.fromkeys(numbers)]
    for row in rows:
        by.require(Right.PUBLISH, row.agency, row.covers.get("areas", ()))
        expect_no_errors(row, "schedule")
        expect(row, "schedule", APPROVED)
        expect_not_begun(session, row, "schedule")
        row.scheduled_by, row.embargo_until = by.login, moment
        take_step(session, row, "schedule", by, SCHEDULED, until=moment.isoformat())
    return [office.view(row) for row in rows]


def unschedule_submission(session: Session, submission: str, by: Actor, reason: str) -> Submission:
    """Take a submission off its scheduled release; it is approved again.

    Raises:
        UnknownSubmission, NotAllowed, WrongState, ReasonMissing.
    """
    row = office.seen_row(session, submission, by)
    by.require(Right.PUBLISH, row.agency, row.covers.get("areas", ()))
    expect(row, "unschedule", SCHEDULED)
    expect_not_begun(session, row, "unschedule")
    return unschedule_row(session, row, by, require_reason(reason))


def unschedule_row(session: Session, row: SubmissionRow, by: Actor, reason: str) -> Submission:
    """The same, whoever asks."""
    row.scheduled_by = row.embargo_until = None
    return take_step(session, row, "unschedule", by, APPROVED, reason)


def find_begun(session: Session) -> list[Begun]:
    """The releases that were begun and not closed, the first one first."""
    query = select(BegunRow).where(BegunRow.state == BEGUN).order_by(BegunRow.at)
    names = [n for n in Begun.__dataclass_fields__ if n != "submissions"]
    return [
        Begun(submissions=tuple(r.submissions), **{n: getattr(r, n) for n in names}) for r in session.scalars(query)
    ]


def fail_release(session: Session, begun: Begun, error: str) -> None:
    """Note that a release did not come about; its submissions stay as they were."""
    lock_office(session)
    row = session.get(BegunRow, begun.release)
    if row is None or row.state != BEGUN:
        return
    row.state = FAILED
    detail = {"release": begun.release, "error": error[:300]}
    audit.record(session, begun.by, begun.through, "publish.failed", ",".join(begun.submissions), detail)


def close_publication(session: Session, begun: Begun, superseded: Collection[str]) -> None:
    """Note that submissions went out with a release, and whose figures all gave way to theirs. Twice is once."""
    lock_office(session)
    row = session.get(BegunRow, begun.release)
    if row is None or row.state == CLOSED:
        return
    row.state = CLOSED
    for found in _rows(session, begun.submissions):
        if found.state == PUBLISHED and found.release == begun.release:
            continue
        found.published_by, found.published_at, found.release = begun.by, office.now(), begun.release
        take_step(session, found, "publish", begun.actor, PUBLISHED, release=begun.release)
    newest = office.row_of(session, begun.submissions[-1])
    for found in _rows(session, sorted(superseded)):
        if found.state == PUBLISHED and f"S{found.number}" not in begun.submissions:
            found.superseded_by = newest.number
            take_step(session, found, "supersede", begun.actor, SUPERSEDED, newer=f"S{newest.number}")


def close_withdrawal(session: Session, begun: Begun, standing: Collection[str]) -> None:
    """Note that a submission was taken back, and whose figures stand again. Twice is once."""
    lock_office(session)
    row = session.get(BegunRow, begun.release)
    if row is None or row.state == CLOSED:
        return
    row.state = CLOSED
    (found,) = _rows(session, begun.submissions)
    if found.state == WITHDRAWN:
        return
    found.withdrawn_by, found.withdrawn_at = begun.by, office.now()
    found.withdraw_reason, found.withdraw_release = begun.reason, begun.release
    take_step(session, found, "withdraw", begun.actor, WITHDRAWN, begun.reason, release=begun.release)
    for again in session.scalars(select(SubmissionRow).where(SubmissionRow.state == SUPERSEDED)):
        if f"S{again.number}" in standing:
            again.superseded_by = None
            take_step(session, again, "restore", begun.actor, PUBLISHED, release=begun.release)


def _rows(session: Session, numbers: Iterable[str]) -> list[SubmissionRow]:
    return [office.row_of(session, n) for n in numbers]


def find_published(session: Session) -> list[Submission]:
    """Every submission whose figures count, in the order of their releases."""
    query = select(SubmissionRow).where(SubmissionRow.state.in_((PUBLISHED, SUPERSEDED)))
    return [office.view(r) for r in session.scalars(query.order_by(SubmissionRow.release, SubmissionRow.number))]
