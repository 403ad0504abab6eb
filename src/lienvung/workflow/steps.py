"""The steps of a submission: its state changes, its history and the audit each gain a line, or nothing happens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from lienvung.errors import Both, HasErrors, LienVungError, OwnSubmission, SubmissionChanged, WrongState
from lienvung.workflow import audit
from lienvung.workflow import submissions as office
from lienvung.workflow.actors import Actor
from lienvung.workflow.submissions import STATE_NAMES, Submission
from lienvung.workflow.tables import AuditHeadRow, StepRow, SubmissionRow

ACTIONS = {
    "draft": "submit.draft", "recheck": "submit.recheck", "replace": "submit.replace", "discard": "submit.discard",
    "hand_in": "submit.hand_in", "warning": "warning.accept", "comment": "comment.add", "answer": "comment.answer",
    "approve": "decide.approve", "return": "decide.return", "schedule": "publish.schedule",
    "unschedule": "publish.unschedule", "publish": "publish.release", "withdraw": "publish.withdraw",
    "supersede": "publish.supersede", "restore": "publish.restore",
}  # fmt: skip
"""Step → what the audit calls it."""
DONE = {
    "recheck": Both(vi="kiểm tra lại", en="checked again"),
    "replace": Both(vi="thay tệp", en="given another file"),
    "discard": Both(vi="bỏ", en="discarded"),
    "hand_in": Both(vi="nộp", en="handed in"),
    "warning": Both(vi="chấp nhận cảnh báo", en="changed"),
    "approve": Both(vi="duyệt", en="approved"),
    "return": Both(vi="trả lại", en="returned"),
    "schedule": Both(vi="hẹn giờ công bố", en="scheduled"),
    "unschedule": Both(vi="hủy hẹn giờ", en="unscheduled"),
    "publish": Both(vi="công bố", en="published"),
    "withdraw": Both(vi="thu hồi", en="withdrawn"),
}
"""Step → what WrongState says of it."""
AUTHORED = ("draft", "replace", "hand_in")
"""Whoever took one of these steps may not approve."""


@dataclass(frozen=True)
class Step:
    """One line of a submission's history."""

    number: int
    kind: str
    before: str
    after: str
    version: int
    by: str
    through: str
    at: datetime
    reason: str
    detail: Mapping[str, object] = field(default_factory=dict)


def lock_office(session: Session) -> None:
    """Queue for the office: whoever comes second reads what the first has left.

    The head of the audit is the lock; every step writes there anyhow.
    """
    session.execute(update(AuditHeadRow).where(AuditHeadRow.one == 1).values(one=1))


def take_step(
    session: Session, row: SubmissionRow, kind: str, by: Actor, state: str | None = None, reason: str = "",
    **detail: object,
) -> Submission:  # fmt: skip
    """Move a submission to a state (or leave it where it is), with its line of history and its audit entry."""
    before, row.state = row.state, state or row.state
    step = StepRow(
        submission=row.number, kind=kind, before=before, after=row.state, version=row.version, by=by.login,
        through=by.through, at=office.now(), reason=reason, detail=detail,
    )  # fmt: skip
    session.add(step)
    session.flush()
    told = {"from": before, "to": row.state, "version": row.version, "file": row.file_sha256, **detail}
    if reason:
        told["reason"] = reason
    audit.record(session, by.login, by.through, ACTIONS[kind], f"S{row.number}", told)
    return office.view(row)


def expect(row: SubmissionRow, kind: str, *states: str) -> None:
    """Refuse a step that the state does not allow.

    Raises:
        WrongState: with the state and the step that comes next.
    """
    if row.state not in states:
        raise WrongState(
            submission=f"S{row.number}", state=STATE_NAMES[row.state], step=DONE[kind],
            next_step=office.view(row).next_step(),
        )  # fmt: skip


def expect_version(row: SubmissionRow, version: int | None) -> None:
    """Refuse a step on another version of the file than the one that was looked at.

    Raises:
        SubmissionChanged: somebody put another file in its place meanwhile.
    """
    if version is not None and version != row.version:
        found = Both(
            f"đã có tệp phiên bản {row.version}, không còn là phiên bản {version}",
            f"its file is version {row.version} now, not {version}",
        )
        raise SubmissionChanged(submission=f"S{row.number}", found=found)


def expect_no_errors(row: SubmissionRow, kind: str) -> None:
    """Refuse a step on a submission with errors.

    Raises:
        HasErrors: with how many.
    """
    if row.errors:
        raise HasErrors(submission=f"S{row.number}", errors=row.errors, step=DONE[kind])


def expect_not_own(session: Session, row: SubmissionRow, by: Actor) -> None:
    """Refuse approval by anyone who drafted, replaced or handed in the submission.

    Raises:
        OwnSubmission: ``by`` did.
    """
    query = select(StepRow.by).where(StepRow.submission == row.number, StepRow.kind.in_(AUTHORED))
    if by.login in {row.created_by, row.submitted_by, *session.scalars(query)}:
        raise OwnSubmission(submission=f"S{row.number}", actor=by.login)


def find_steps(session: Session, submission: Submission) -> list[Step]:
    """The history of a submission, the first step first."""
    query = select(StepRow).where(StepRow.submission == submission.number).order_by(StepRow.number)
    return [Step(**{n: getattr(r, n) for n in Step.__dataclass_fields__}) for r in session.scalars(query)]


def record_refusal(session: Session, by: Actor, action: str, subject: str, error: LienVungError, kind: str) -> None:
    """The audit entry of what was refused; a transaction of its own, as the act itself left nothing."""
    detail = {"action": action, "error": error.code, "said": error.message("vi")}
    audit.record(session, by.login, by.through, kind, subject[:40], detail)


def subjects(numbers: Iterable[str]) -> str:
    """Several submissions as the subject of one entry."""
    return ",".join(numbers)
