"""A submission's way: checked → submitted → approved → published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lienvung.errors import AlreadySubmitted, Both, HasErrors, UnknownSubmission, WrongState
from lienvung.workflow.tables import SubmissionRow

CHECKED, SUBMITTED, APPROVED, PUBLISHED = "checked", "submitted", "approved", "published"
STATES = (CHECKED, SUBMITTED, APPROVED, PUBLISHED)
"""``checked``: errors were found, nothing goes on until a mended file is submitted."""
NEXT_STEPS = {
    CHECKED: Both(vi="sửa tệp rồi nộp lại", en="mend the file and submit it again"),
    SUBMITTED: Both(vi="lienvung approve {0}", en="lienvung approve {0}"),
    APPROVED: Both(vi="lienvung publish {0}", en="lienvung publish {0}"),
    PUBLISHED: Both(vi="không còn bước nào", en="there is none left"),
}
STATE_NAMES = {
    CHECKED: Both(vi="có lỗi", en="has errors"),
    SUBMITTED: Both(vi="chờ duyệt", en="waiting for approval"),
    APPROVED: Both(vi="đã duyệt", en="approved"),
    PUBLISHED: Both(vi="đã công bố", en="published"),
}
_DONE = {
    APPROVED: Both(vi="duyệt", en="approved"),
    PUBLISHED: Both(vi="công bố", en="published"),
}


@dataclass(frozen=True)
class Submission:
    """A submission as people see it. ``id`` is written ``S12``."""

    id: str
    file_name: str
    file_sha256: str
    recipe: str
    parser: str
    state: str
    rows: int
    errors: int
    warnings: int
    claims_sha256: str
    report: Mapping[str, object]
    submitted_by: str
    submitted_at: datetime
    approved_by: str | None
    approved_at: datetime | None
    published_by: str | None
    published_at: datetime | None
    release: str | None


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _view(row: SubmissionRow) -> Submission:
    names = [n for n in Submission.__dataclass_fields__ if n != "id"]
    return Submission(id=f"S{row.number}", **{n: getattr(row, n) for n in names})


def _row(session: Session, submission: str) -> SubmissionRow:
    digits = submission.strip().lstrip("Ss")
    found = session.get(SubmissionRow, int(digits)) if digits.isascii() and digits.isdigit() else None
    if found is None:
        raise UnknownSubmission(submission=submission)
    return found


def find_submission_of_file(session: Session, sha256: str) -> Submission | None:
    """The submission that these bytes came in with, if any."""
    row = session.scalar(select(SubmissionRow).where(SubmissionRow.file_sha256 == sha256))
    return _view(row) if row else None


def find_submission(session: Session, submission: str) -> Submission:
    """One submission by its number (``S12`` or ``12``).

    Raises:
        UnknownSubmission: no such number.
    """
    return _view(_row(session, submission))


def find_submissions(session: Session, state: str | None = None) -> list[Submission]:
    """All submissions, newest first, of one state if given."""
    query = select(SubmissionRow).order_by(SubmissionRow.number.desc())
    return [_view(r) for r in session.scalars(query.where(SubmissionRow.state == state) if state else query)]


def refuse_second_submission(session: Session, sha256: str, file_name: str) -> None:
    """Same bytes, same submission: only a file that had errors may come again.

    Raises:
        AlreadySubmitted: with when, number and state.
    """
    found = find_submission_of_file(session, sha256)
    if found and found.state != CHECKED:
        raise AlreadySubmitted(
            file=file_name,
            when=f"{found.submitted_at:%Y-%m-%d %H:%M} UTC",
            submission=found.id,
            state=STATE_NAMES[found.state],
        )


def submit_file(
    session: Session, *, file_name: str, file_sha256: str, recipe: str, parser: str, rows: int, errors: int,
    warnings: int, report: Mapping[str, object], by: str,
) -> Submission:  # fmt: skip
    """Record that a file was handed in and what was found; ``submitted`` if it has no errors."""
    row = session.scalar(select(SubmissionRow).where(SubmissionRow.file_sha256 == file_sha256))
    row = row or SubmissionRow(file_sha256=file_sha256)
    row.file_name, row.recipe, row.parser = file_name, recipe, parser
    row.rows, row.errors, row.warnings = rows, errors, warnings
    row.report, row.claims_sha256 = dict(report), ""
    row.state = CHECKED if errors else SUBMITTED
    row.submitted_by, row.submitted_at = by, _now()
    session.add(row)
    session.flush()
    return _view(row)


def keep_claims(session: Session, submission: str, sha256: str) -> None:
    """Note the hash of the submission's claims, so that a later change is seen."""
    _row(session, submission).claims_sha256 = sha256


def approve_submission(session: Session, submission: str, by: str) -> Submission:
    """Say that a submission is right.

    Raises:
        UnknownSubmission, WrongState, HasErrors: it cannot be approved as it is.
    """
    row = _row(session, submission)
    if row.errors:
        raise HasErrors(submission=f"S{row.number}", errors=row.errors, step=_DONE[APPROVED])
    _expect(row, SUBMITTED, APPROVED)
    row.state, row.approved_by, row.approved_at = APPROVED, by, _now()
    return _view(row)


def require_approved(session: Session, submission: str) -> Submission:
    """The submission, if it may be published now.

    Raises:
        UnknownSubmission, WrongState: it was not approved, or is published already.
    """
    row = _row(session, submission)
    _expect(row, APPROVED, PUBLISHED)
    return _view(row)


def close_published(session: Session, submissions: Iterable[str], release: str, by: str) -> None:
    """Note that submissions went out with a release."""
    for submission in submissions:
        row = _row(session, submission)
        row.state, row.published_by, row.published_at, row.release = PUBLISHED, by, _now(), release


def _expect(row: SubmissionRow, state: str, step: str) -> None:
    if row.state != state:
        number, after = f"S{row.number}", NEXT_STEPS[row.state]
        raise WrongState(
            submission=number,
            state=STATE_NAMES[row.state],
            step=_DONE[step],
            next_step=Both(vi=after.vi.format(number), en=after.en.format(number)),
        )
