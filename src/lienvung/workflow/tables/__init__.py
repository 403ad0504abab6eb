"""The tables of the workflow database, a file for each noun."""

from __future__ import annotations

from lienvung.workflow.tables.accounts import (
    AccountRow,
    AttemptRow,
    GrantRow,
    InvitationRow,
    RecoveryCodeRow,
    SessionRow,
    SignOnFlowRow,
    SignOnRow,
    TokenRow,
)
from lienvung.workflow.tables.audit import AuditHeadRow, AuditRow
from lienvung.workflow.tables.base import Base
from lienvung.workflow.tables.covering import CoveringRow
from lienvung.workflow.tables.decisions import DecisionRow
from lienvung.workflow.tables.office import (
    BegunRow,
    ClockRow,
    CommentRow,
    JobRow,
    NoticeRow,
    ObligationRow,
    StepRow,
    WarningRow,
)
from lienvung.workflow.tables.submissions import FileRow, SubmissionRow

__all__ = [
    "AccountRow",
    "AttemptRow",
    "AuditHeadRow",
    "AuditRow",
    "Base",
    "BegunRow",
    "ClockRow",
    "CommentRow",
    "CoveringRow",
    "DecisionRow",
    "FileRow",
    "GrantRow",
    "InvitationRow",
    "JobRow",
    "NoticeRow",
    "ObligationRow",
    "RecoveryCodeRow",
    "SessionRow",
    "SignOnFlowRow",
    "SignOnRow",
    "StepRow",
    "SubmissionRow",
    "TokenRow",
    "WarningRow",
]
