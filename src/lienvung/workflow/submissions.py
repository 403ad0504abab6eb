"""A submission's way: draft → checked → submitted → approved or returned → scheduled or published → what follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lienvung.errors import AlreadySubmitted, Both, UnknownSubmission
from lienvung.workflow.actors import Actor, Right
from lienvung.workflow.tables import FileRow, SubmissionRow

DRAFT, CHECKED, SUBMITTED, RETURNED, APPROVED = "draft", "checked", "submitted", "returned", "approved"
SCHEDULED, PUBLISHED, SUPERSEDED, WITHDRAWN, DISCARDED = (
    "scheduled", "published", "superseded", "withdrawn", "discarded",
)  # fmt: skip
STATES = (
    DRAFT, CHECKED, SUBMITTED, RETURNED, APPROVED, SCHEDULED, PUBLISHED, SUPERSEDED, WITHDRAWN, DISCARDED,
)  # fmt: skip
"""``draft``: kept, its layout not understood; ``checked``: read, with errors or without."""
IN_WORK = (DRAFT, CHECKED, RETURNED)
"""The officer's own table: a file may be mended, replaced, discarded."""
UNSEEN = (DRAFT, CHECKED, DISCARDED)
"""Never handed in: only who may hand in for the agency sees them."""
STATE_NAMES = {
    DRAFT: Both(vi="bản nháp, chưa đọc được bố cục", en="a draft, its layout not understood"),
    CHECKED: Both(vi="đã kiểm tra, chưa nộp", en="checked, not handed in"),
    SUBMITTED: Both(vi="chờ duyệt", en="waiting for approval"),
    RETURNED: Both(vi="được trả lại", en="returned"),
    APPROVED: Both(vi="đã duyệt", en="approved"),
    SCHEDULED: Both(vi="đã hẹn giờ công bố", en="scheduled"),
    PUBLISHED: Both(vi="đã công bố", en="published"),
    SUPERSEDED: Both(vi="đã có số liệu mới thay thế", en="superseded"),
    WITHDRAWN: Both(vi="đã thu hồi", en="withdrawn"),
    DISCARDED: Both(vi="đã bỏ", en="discarded"),
}
_NONE = Both(vi="không còn bước nào", en="there is none left")
NEXT_STEPS = {
    DRAFT: Both(vi="đề xuất công thức đọc (lienvung recipe propose)", en="propose a recipe (lienvung recipe propose)"),
    CHECKED: Both(vi="sửa các ô có lỗi nếu còn, rồi nộp", en="mend the cells with errors, if any, and hand in"),
    SUBMITTED: Both(
        vi="lienvung approve {0} hoặc lienvung return {0}", en="lienvung approve {0} or lienvung return {0}"
    ),
    RETURNED: Both(vi="sửa tệp rồi nộp lại", en="mend the file and hand it in again"),
    APPROVED: Both(vi="lienvung publish {0}", en="lienvung publish {0}"),
    SCHEDULED: Both(vi="chờ đến giờ công bố", en="wait for the moment of its release"),
    PUBLISHED: Both(vi="chỉ còn thu hồi: lienvung withdraw {0}", en="only withdrawal is left: lienvung withdraw {0}"),
    SUPERSEDED: Both(vi="chỉ còn thu hồi: lienvung withdraw {0}", en="only withdrawal is left: lienvung withdraw {0}"),
    WITHDRAWN: _NONE,
    DISCARDED: _NONE,
}


@dataclass(frozen=True)
class Submission:
    """A submission as people see it. ``id`` is written ``S12``; ``covers`` names what its figures are about."""

    id: str
    agency: str
    title: str
    version: int
    changes: int
    file_name: str
    file_sha256: str
    recipe: str
    parser: str
    state: str
    rows: int
    errors: int
    warnings: int
    claims_sha256: str
    covers: Mapping[str, list[str]]
    report: Mapping[str, object]
    created_by: str
    created_at: datetime
    submitted_by: str | None
    submitted_at: datetime | None
    approved_by: str | None
    approved_at: datetime | None
    returned_by: str | None
    returned_at: datetime | None
    return_reason: str | None
    scheduled_by: str | None
    embargo_until: datetime | None
    published_by: str | None
    published_at: datetime | None
    release: str | None
    superseded_by: int | None
    withdrawn_by: str | None
    withdrawn_at: datetime | None
    withdraw_reason: str | None
    withdraw_release: str | None

    @property
    def number(self) -> int:
        """The number alone."""
        return int(self.id.removeprefix("S"))

    @property
    def areas(self) -> list[str]:
        """The areas that its figures are about, ``74@2004``."""
        return self.covers.get("areas", [])

    def next_step(self) -> Both:
        """What comes next, in words."""
        said = NEXT_STEPS[self.state]
        return Both(vi=said.vi.format(self.id), en=said.en.format(self.id))


@dataclass(frozen=True)
class KeptFile:
    """One file of a submission; ``version`` 1 is the first."""

    version: int
    file_name: str
    file_sha256: str
    by: str
    at: datetime


def now() -> datetime:
    """This moment, naive UTC."""
    return datetime.now(UTC).replace(tzinfo=None)


def view(row: SubmissionRow) -> Submission:
    """A row as people see it."""
    names = [n for n in Submission.__dataclass_fields__ if n != "id"]
    return Submission(id=f"S{row.number}", **{n: getattr(row, n) for n in names})


def row_of(session: Session, submission: str) -> SubmissionRow:
    """The row of a number, ``S12`` or ``12``.

    Raises:
        UnknownSubmission: no such number.
    """
    digits = submission.strip().lstrip("Ss")
    is_number = digits.isascii() and digits.isdigit() and len(digits) < 10
    found = session.get(SubmissionRow, int(digits)) if is_number else None
    if found is None:
        raise UnknownSubmission(submission=submission[:40])
    return found


def may_see(row: SubmissionRow | Submission, by: Actor) -> bool:
    """Whether someone may know of a submission at all."""
    right = Right.SUBMIT if row.state in UNSEEN else Right.SEE_SUBMISSIONS
    areas = () if row.created_by == by.login else row.covers.get("areas", ())
    return by.has_right(right, row.agency, areas)


def seen_row(session: Session, submission: str, by: Actor) -> SubmissionRow:
    """The row of a number, if ``by`` may know of it; another's reads like one that does not exist.

    Raises:
        UnknownSubmission: no such number, or not for ``by``.
    """
    row = row_of(session, submission)
    if not may_see(row, by):
        raise UnknownSubmission(submission=submission[:40])
    return row


def find_submission(session: Session, submission: str, by: Actor | None = None) -> Submission:
    """One submission by its number (``S12`` or ``12``), as ``by`` may see it; without ``by``, for the house itself.

    Raises:
        UnknownSubmission: no such number, or not for ``by``.
    """
    return view(seen_row(session, submission, by) if by else row_of(session, submission))


def find_submissions(session: Session, by: Actor | None = None, state: str | None = None) -> list[Submission]:
    """The submissions that ``by`` may see, newest first, of one state if given."""
    query = select(SubmissionRow).order_by(SubmissionRow.number.desc())
    rows = session.scalars(query.where(SubmissionRow.state == state) if state else query)
    return [view(r) for r in rows if by is None or may_see(r, by)]


def find_files(session: Session, submission: Submission) -> list[KeptFile]:
    """Every file of a submission, the first one first."""
    query = select(FileRow).where(FileRow.submission == submission.number).order_by(FileRow.number)
    return [KeptFile(r.version, r.file_name, r.file_sha256, r.by, r.at) for r in session.scalars(query)]


def find_live_of_file(session: Session, agency: str, sha256: str) -> SubmissionRow | None:
    """The live submission of an agency that these bytes stand in, if any."""
    query = select(SubmissionRow).where(SubmissionRow.file_sha256 == sha256, SubmissionRow.agency == agency)
    return session.scalar(query.where(SubmissionRow.state.not_in((DISCARDED, WITHDRAWN))))


def find_submission_of_file(session: Session, agency: str, sha256: str) -> Submission | None:
    """The same as people see it."""
    row = find_live_of_file(session, agency, sha256)
    return view(row) if row else None


def refuse_second_submission(
    session: Session, agency: str, sha256: str, file_name: str, may_repeat: bool = True
) -> SubmissionRow | None:
    """Same bytes, same agency, same submission: what was not handed in yet may come again and is read anew.

    Raises:
        AlreadySubmitted: with when, number and state.
    """
    found = find_live_of_file(session, agency, sha256)
    if found and not (may_repeat and found.state in (DRAFT, CHECKED)):
        raise AlreadySubmitted(
            file=file_name,
            when=f"{found.submitted_at or found.created_at:%Y-%m-%d %H:%M} UTC",
            submission=f"S{found.number}",
            state=STATE_NAMES[found.state],
        )
    return found


def add_submission(session: Session, *, agency: str, by: str, **columns: object) -> SubmissionRow:
    """A new submission's row, with what was found in its file."""
    row = SubmissionRow(agency=agency, version=1, created_by=by, created_at=now(), **columns)
    session.add(row)
    session.flush()
    add_file(session, row, by)
    return row


def add_file(session: Session, row: SubmissionRow, by: str) -> None:
    """Note the submission's present file in its history."""
    kept = {"file_name": row.file_name, "file_sha256": row.file_sha256}
    session.add(FileRow(submission=row.number, version=row.version, by=by, at=now(), **kept))


def submit_file(
    session: Session, *, file_name: str, file_sha256: str, recipe: str, parser: str, rows: int, errors: int,
    warnings: int, report: Mapping[str, object], by: str, agency: str = "",
) -> Submission:  # fmt: skip
    """Record a file that was handed in at once, without claims of its own: what a covering document is kept with."""
    row = add_submission(
        session, agency=agency, by=by, title="", file_name=file_name, file_sha256=file_sha256, recipe=recipe,
        parser=parser, rows=rows, errors=errors, warnings=warnings, report=dict(report), claims_sha256="", covers={},
        state=CHECKED if errors else SUBMITTED, submitted_by=by, submitted_at=now(),
    )  # fmt: skip
    return view(row)


def find_named(session: Session, numbers: Iterable[str]) -> list[Submission]:
    """Submissions by their numbers, in that order, for the house itself."""
    return [view(row_of(session, n)) for n in numbers]
