"""Handing in, approving, returning, discarding: what people decide about a submission before it goes out."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from lienvung.errors import Both, WrongState
from lienvung.workflow import submissions as office
from lienvung.workflow.actors import PACK, Actor, Right
from lienvung.workflow.decisions import require_reason
from lienvung.workflow.steps import (
    DONE,
    expect,
    expect_no_errors,
    expect_not_own,
    expect_version,
    take_step,
)
from lienvung.workflow.submissions import (
    APPROVED,
    CHECKED,
    DISCARDED,
    IN_WORK,
    RETURNED,
    SUBMITTED,
    Submission,
)
from lienvung.workflow.tables import BegunRow, SubmissionRow


def hand_in_submission(session: Session, submission: str, by: Actor, version: int | None = None) -> Submission:
    """The officer hands a checked file in; from now on it waits for another person.

    Raises:
        UnknownSubmission, NotAllowed, HasErrors, WrongState, SubmissionChanged.
    """
    row = office.seen_row(session, submission, by)
    by.require(Right.SUBMIT, row.agency, row.covers.get("areas", ()))
    expect(row, "hand_in", CHECKED, RETURNED)
    expect_no_errors(row, "hand_in")
    expect_version(row, version)
    row.submitted_by, row.submitted_at = by.login, office.now()
    return take_step(session, row, "hand_in", by, SUBMITTED)


def approve_submission(session: Session, submission: str, by: Actor, version: int | None = None) -> Submission:
    """Say that a submission is right. Of two persons at once the second is told that it was done.

    Raises:
        UnknownSubmission, NotAllowed, OwnSubmission, HasErrors, WrongState, SubmissionChanged.
    """
    row = office.seen_row(session, submission, by)
    by.require(Right.DECIDE, row.agency, row.covers.get("areas", ()))
    expect_no_errors(row, "approve")
    expect(row, "approve", SUBMITTED)
    expect_version(row, version)
    if by != PACK:
        expect_not_own(session, row, by)
    row.approved_by, row.approved_at = by.login, office.now()
    return take_step(session, row, "approve", by, APPROVED, claims=row.claims_sha256)


def return_submission(session: Session, submission: str, by: Actor, reason: str) -> Submission:
    """Give a submission back to its officer, with the reason; what is being released cannot be returned.

    Raises:
        UnknownSubmission, NotAllowed, ReasonMissing, WrongState.
    """
    row = office.seen_row(session, submission, by)
    by.require(Right.DECIDE, row.agency, row.covers.get("areas", ()))
    expect(row, "return", SUBMITTED, APPROVED)
    expect_not_begun(session, row, "return")
    reason = require_reason(reason)
    row.returned_by, row.returned_at, row.return_reason = by.login, office.now(), reason
    row.approved_by = row.approved_at = None
    return take_step(session, row, "return", by, RETURNED, reason)


def discard_submission(session: Session, submission: str, by: Actor) -> Submission:
    """Put a submission aside for good; its file and history stay.

    Raises:
        UnknownSubmission, NotAllowed, WrongState.
    """
    row = office.seen_row(session, submission, by)
    by.require(Right.SUBMIT, row.agency)
    expect(row, "discard", *IN_WORK)
    return take_step(session, row, "discard", by, DISCARDED)


def expect_not_begun(session: Session, row: SubmissionRow, kind: str) -> None:
    """Refuse a step on a submission whose release has begun.

    Raises:
        WrongState: it is on its way into the store.
    """
    number = f"S{row.number}"
    begun = session.scalars(select(BegunRow).where(BegunRow.state == "begun"))
    if any(number in b.submissions for b in begun):
        being = Both(vi="đang được công bố", en="being published")
        wait = Both(
            vi="chờ đợt công bố hoàn tất (lienvung work --once)", en="let the release end (lienvung work --once)"
        )
        raise WrongState(submission=number, state=being, step=DONE[kind], next_step=wait)
