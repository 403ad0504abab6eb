"""The tables of the workflow database, a file for each noun."""

from __future__ import annotations

from lienvung.workflow.tables.audit import AuditHeadRow, AuditRow
from lienvung.workflow.tables.base import Base
from lienvung.workflow.tables.covering import CoveringRow
from lienvung.workflow.tables.decisions import DecisionRow
from lienvung.workflow.tables.submissions import SubmissionRow

__all__ = ["AuditHeadRow", "AuditRow", "Base", "CoveringRow", "DecisionRow", "SubmissionRow"]
