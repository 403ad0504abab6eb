"""The tables of the workflow database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, DateTime, Integer, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """All tables of the workflow database."""


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


class DecisionRow(Base):
    """A person accepted a discrepancy or took an acceptance back. Rows are only added; instants are naive UTC."""

    __tablename__ = "decisions"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String)
    discrepancy: Mapped[str] = mapped_column(String, index=True)
    rule: Mapped[str] = mapped_column(String)
    message_vi: Mapped[str] = mapped_column(String)
    message_en: Mapped[str] = mapped_column(String)
    facts: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    by: Mapped[str] = mapped_column(String)
    at: Mapped[datetime] = mapped_column(DateTime)
    reason: Mapped[str] = mapped_column(String)
