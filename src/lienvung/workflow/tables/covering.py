"""The document that a submission came with."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Date, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from lienvung.workflow.tables.base import Base


class CoveringRow(Base):
    """A covering document: number, date, signer, the signed file and what its signatures are worth.

    ``report`` is about the signed file, ``submitted_report`` about the submission's own file. Rows are only added.
    """

    __tablename__ = "covering_documents"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    submission: Mapped[int] = mapped_column(ForeignKey("submissions.number"), index=True)
    document_number: Mapped[str] = mapped_column(String)
    document_date: Mapped[date] = mapped_column(Date)
    agency: Mapped[str] = mapped_column(String)
    signer: Mapped[str] = mapped_column(String)
    signer_title: Mapped[str] = mapped_column(String)
    abstract: Mapped[str] = mapped_column(String)
    file_name: Mapped[str] = mapped_column(String)
    file_sha256: Mapped[str | None] = mapped_column(String(64))
    detached_sha256: Mapped[str | None] = mapped_column(String(64))
    report: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    submitted_report: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    by: Mapped[str] = mapped_column(String)
    at: Mapped[datetime] = mapped_column(DateTime)
