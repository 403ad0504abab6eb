"""Decisions on discrepancies."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, DateTime, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from lienvung.workflow.tables.base import Base


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
