"""Files handed in, and how far each has come."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, DateTime, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from lienvung.workflow.tables.base import Base

LIVE = "state not in ('discarded', 'withdrawn')"
"""Within one agency the same bytes stand in one live submission; agencies learn nothing of each other."""


class SubmissionRow(Base):
    """A file handed in, what was found in it, and how far it has come. Instants are naive UTC.

    ``version`` counts the mended files; ``changes`` every step, so that of two writers one is told.
    """

    __tablename__ = "submissions"
    __table_args__ = (
        Index(
            "one_live_submission_per_file", "agency", "file_sha256", unique=True, sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
    )  # fmt: skip

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    agency: Mapped[str] = mapped_column(String, index=True)
    title: Mapped[str] = mapped_column(String)
    version: Mapped[int] = mapped_column(Integer)
    changes: Mapped[int] = mapped_column(Integer)
    file_name: Mapped[str] = mapped_column(String)
    file_sha256: Mapped[str] = mapped_column(String(64))
    recipe: Mapped[str] = mapped_column(String)
    parser: Mapped[str] = mapped_column(String)
    state: Mapped[str] = mapped_column(String, index=True)
    rows: Mapped[int] = mapped_column(Integer)
    errors: Mapped[int] = mapped_column(Integer)
    warnings: Mapped[int] = mapped_column(Integer)
    claims_sha256: Mapped[str] = mapped_column(String(64))
    covers: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    report: Mapped[dict[str, object]] = mapped_column(JSON)
    created_by: Mapped[str] = mapped_column(String, index=True)
    created_at: Mapped[datetime] = mapped_column(DateTime)
    submitted_by: Mapped[str | None] = mapped_column(String)
    submitted_at: Mapped[datetime | None] = mapped_column(DateTime)
    approved_by: Mapped[str | None] = mapped_column(String)
    approved_at: Mapped[datetime | None] = mapped_column(DateTime)
    returned_by: Mapped[str | None] = mapped_column(String)
    returned_at: Mapped[datetime | None] = mapped_column(DateTime)
    return_reason: Mapped[str | None] = mapped_column(String)
    scheduled_by: Mapped[str | None] = mapped_column(String)
    embargo_until: Mapped[datetime | None] = mapped_column(DateTime)
    published_by: Mapped[str | None] = mapped_column(String)
    published_at: Mapped[datetime | None] = mapped_column(DateTime)
    release: Mapped[str | None] = mapped_column(String)
    superseded_by: Mapped[int | None] = mapped_column(Integer)
    withdrawn_by: Mapped[str | None] = mapped_column(String)
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime)
    withdraw_reason: Mapped[str | None] = mapped_column(String)
    withdraw_release: Mapped[str | None] = mapped_column(String)

    __mapper_args__ = {"version_id_col": changes}  # noqa: RUF012 - SQLAlchemy's own way


class FileRow(Base):
    """One file of a submission: the first, and every mended one. Rows are only added."""

    __tablename__ = "submission_files"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    submission: Mapped[int] = mapped_column(ForeignKey("submissions.number"), index=True)
    version: Mapped[int] = mapped_column(Integer)
    file_name: Mapped[str] = mapped_column(String)
    file_sha256: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(String)
    at: Mapped[datetime] = mapped_column(DateTime)
