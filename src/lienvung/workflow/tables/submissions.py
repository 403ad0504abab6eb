"""Files handed in, and how far each has come."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, DateTime, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lienvung.workflow.tables.base import Base


class SubmissionRow(Base):
    """A file handed in, what was found in it, and how far it has come. Instants are naive UTC."""

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("file_sha256", name="one_submission_per_file"),)

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    file_name: Mapped[str] = mapped_column(String)
    file_sha256: Mapped[str] = mapped_column(String(64))
    recipe: Mapped[str] = mapped_column(String)
    parser: Mapped[str] = mapped_column(String)
    state: Mapped[str] = mapped_column(String, index=True)
    rows: Mapped[int] = mapped_column(Integer)
    errors: Mapped[int] = mapped_column(Integer)
    warnings: Mapped[int] = mapped_column(Integer)
    claims_sha256: Mapped[str] = mapped_column(String(64))
    report: Mapped[dict[str, object]] = mapped_column(JSON)
    submitted_by: Mapped[str] = mapped_column(String)
    submitted_at: Mapped[datetime] = mapped_column(DateTime)
    approved_by: Mapped[str | None] = mapped_column(String)
    approved_at: Mapped[datetime | None] = mapped_column(DateTime)
    published_by: Mapped[str | None] = mapped_column(String)
    published_at: Mapped[datetime | None] = mapped_column(DateTime)
    release: Mapped[str | None] = mapped_column(String)
