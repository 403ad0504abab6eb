"""What happens around a submission: steps, comments, warnings let pass, the calendar, jobs, releases begun."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Boolean, Date, DateTime, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lienvung.workflow.tables.base import Base


class StepRow(Base):
    """One step of a submission. Rows are only added."""

    __tablename__ = "steps"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    submission: Mapped[int] = mapped_column(ForeignKey("submissions.number"), index=True)
    kind: Mapped[str] = mapped_column(String)
    before: Mapped[str] = mapped_column(String)
    after: Mapped[str] = mapped_column(String)
    version: Mapped[int] = mapped_column(Integer)
    by: Mapped[str] = mapped_column(String)
    through: Mapped[str] = mapped_column(String)
    at: Mapped[datetime] = mapped_column(DateTime)
    reason: Mapped[str] = mapped_column(String)
    detail: Mapped[dict[str, object]] = mapped_column(JSON)


class CommentRow(Base):
    """What someone says of a submission or of one of its cells; answered by anyone of the office."""

    __tablename__ = "comments"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    submission: Mapped[int] = mapped_column(ForeignKey("submissions.number"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    sheet: Mapped[str] = mapped_column(String)
    cell: Mapped[str] = mapped_column(String)
    text: Mapped[str] = mapped_column(String)
    by: Mapped[str] = mapped_column(String)
    at: Mapped[datetime] = mapped_column(DateTime)
    answered_by: Mapped[str | None] = mapped_column(String)
    answered_at: Mapped[datetime | None] = mapped_column(DateTime)


class WarningRow(Base):
    """A warning that the officer lets pass, with a reason; holds for one version of the file."""

    __tablename__ = "accepted_warnings"
    __table_args__ = (UniqueConstraint("submission", "version", "rule", "place", name="one_acceptance_per_warning"),)

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    submission: Mapped[int] = mapped_column(ForeignKey("submissions.number"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    rule: Mapped[str] = mapped_column(String)
    place: Mapped[str] = mapped_column(String)
    reason: Mapped[str] = mapped_column(String)
    by: Mapped[str] = mapped_column(String)
    at: Mapped[datetime] = mapped_column(DateTime)


class ObligationRow(Base):
    """Which agency hands in what, how often, by when, and by what right it is asked."""

    __tablename__ = "obligations"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    agency: Mapped[str] = mapped_column(String, index=True)
    title_vi: Mapped[str] = mapped_column(String)
    title_en: Mapped[str] = mapped_column(String)
    recipe: Mapped[str] = mapped_column(String)
    indicators: Mapped[list[str]] = mapped_column(JSON)
    freq: Mapped[str] = mapped_column(String(1))
    due_months: Mapped[int] = mapped_column(Integer)
    due_day: Mapped[int] = mapped_column(Integer)
    legal_basis: Mapped[str] = mapped_column(String)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date] = mapped_column(Date)
    by: Mapped[str] = mapped_column(String)
    at: Mapped[datetime] = mapped_column(DateTime)


class NoticeRow(Base):
    """A line in the inbox of an agency's people: a reminder, once for each obligation, period and kind."""

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("obligation", "period", "kind", name="one_notice"),)

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    agency: Mapped[str] = mapped_column(String, index=True)
    obligation: Mapped[int] = mapped_column(ForeignKey("obligations.number"))
    period: Mapped[str] = mapped_column(String)
    kind: Mapped[str] = mapped_column(String)
    due: Mapped[date] = mapped_column(Date)
    text_vi: Mapped[str] = mapped_column(String)
    text_en: Mapped[str] = mapped_column(String)
    at: Mapped[datetime] = mapped_column(DateTime)
    is_sent: Mapped[bool] = mapped_column(Boolean)


class JobRow(Base):
    """Something to be done at or after a moment, by whichever worker takes the lease first."""

    __tablename__ = "jobs"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String, index=True)
    subject: Mapped[str] = mapped_column(String, index=True)
    payload: Mapped[dict[str, object]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String, index=True)
    run_after: Mapped[datetime] = mapped_column(DateTime)
    tries: Mapped[int] = mapped_column(Integer)
    leased_by: Mapped[str | None] = mapped_column(String)
    leased_until: Mapped[datetime | None] = mapped_column(DateTime)
    last_error: Mapped[str | None] = mapped_column(String)
    made_by: Mapped[str] = mapped_column(String)
    made_at: Mapped[datetime] = mapped_column(DateTime)
    done_at: Mapped[datetime | None] = mapped_column(DateTime)


class ClockRow(Base):
    """The latest moment that the office has seen, in one row: a clock that was set back is noticed."""

    __tablename__ = "office_clock"

    one: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    seen: Mapped[datetime] = mapped_column(DateTime)


class BegunRow(Base):
    """A release that was begun: its id is known before the store's commit, so that a restart recognises it.

    ``kind`` is ``publish`` or ``withdraw``; ``state`` is ``begun``, ``closed`` or ``failed``.
    """

    __tablename__ = "releases_begun"

    release: Mapped[str] = mapped_column(String, primary_key=True)
    kind: Mapped[str] = mapped_column(String)
    state: Mapped[str] = mapped_column(String, index=True)
    submissions: Mapped[list[str]] = mapped_column(JSON)
    title_vi: Mapped[str] = mapped_column(String)
    title_en: Mapped[str] = mapped_column(String)
    reason: Mapped[str] = mapped_column(String)
    by: Mapped[str] = mapped_column(String)
    through: Mapped[str] = mapped_column(String)
    at: Mapped[datetime] = mapped_column(DateTime)
