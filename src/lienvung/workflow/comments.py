"""Comments on a submission and its cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lienvung.errors import BadValue, Both, NotFound
from lienvung.workflow import submissions as office
from lienvung.workflow.actors import Actor, Right
from lienvung.workflow.steps import take_step
from lienvung.workflow.submissions import Submission
from lienvung.workflow.tables import CommentRow, SubmissionRow

LONGEST = 4000
"""The longest comment, in characters."""


@dataclass(frozen=True)
class Comment:
    """What someone said of a submission, or of one cell of the file of a version."""

    number: int
    version: int
    sheet: str
    cell: str
    text: str
    by: str
    at: datetime
    answered_by: str | None
    answered_at: datetime | None


def read_text(text: str) -> str:
    """A comment's or reason's text without blanks around it.

    Raises:
        BadValue: empty, or longer than ``LONGEST``.
    """
    plain = text.strip()
    if not plain or len(plain) > LONGEST:
        choices = Both(f"từ 1 đến {LONGEST} ký tự", f"1 to {LONGEST} characters")
        raise BadValue(value=plain[:60], name=Both("lời nhận xét", "the comment"), choices=choices)
    return plain


def add_comment(session: Session, submission: str, text: str, by: Actor, sheet: str = "", cell: str = "") -> Comment:
    """Say something of a submission.

    Raises:
        UnknownSubmission, NotAllowed, BadValue.
    """
    row = office.seen_row(session, submission, by)
    by.require(Right.COMMENT, row.agency)
    said = CommentRow(
        submission=row.number, version=row.version, sheet=sheet[:200], cell=cell[:40], text=read_text(text),
        by=by.login, at=office.now(),
    )  # fmt: skip
    session.add(said)
    session.flush()
    take_step(session, row, "comment", by, comment=said.number, sheet=said.sheet, cell=said.cell)
    return _view(said)


def answer_comment(session: Session, number: int, by: Actor) -> Comment:
    """Note that a comment was seen to.

    Raises:
        NotFound: no such comment, or not for ``by``. NotAllowed.
    """
    said = session.get(CommentRow, number)
    row = session.get(SubmissionRow, said.submission) if said else None
    if said is None or row is None or not office.may_see(row, by):
        raise NotFound(what=Both(f"nhận xét {number}", f"comment {number}"), choices="lienvung submit --show S…")
    by.require(Right.COMMENT, row.agency)
    if said.answered_at is None:
        said.answered_by, said.answered_at = by.login, office.now()
        take_step(session, row, "answer", by, comment=number)
    return _view(said)


def find_comments(session: Session, submission: Submission) -> list[Comment]:
    """Every comment on a submission, the first one first."""
    query = select(CommentRow).where(CommentRow.submission == submission.number).order_by(CommentRow.number)
    return [_view(r) for r in session.scalars(query)]


def _view(row: CommentRow) -> Comment:
    return Comment(**{n: getattr(row, n) for n in Comment.__dataclass_fields__})
