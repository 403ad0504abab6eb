"""Warnings that an officer lets pass, each with a reason, on one version of the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lienvung.errors import UnknownFinding
from lienvung.workflow import submissions as office
from lienvung.workflow.actors import Actor, Right
from lienvung.workflow.decisions import require_reason
from lienvung.workflow.steps import expect, take_step
from lienvung.workflow.submissions import CHECKED, RETURNED, SUBMITTED, Submission
from lienvung.workflow.tables import SubmissionRow, WarningRow


@dataclass(frozen=True)
class AcceptedWarning:
    """A warning that may stand. ``place`` is ``sheet!cell``, or empty for the whole file."""

    rule: str
    place: str
    reason: str
    by: str
    at: datetime
    version: int


def place_of(finding: Mapping[str, Any]) -> str:
    """Where a finding of a report stands: ``sheet!cell``, the cell alone, or nothing."""
    return "!".join(str(finding[k]) for k in ("sheet", "cell") if finding.get(k))


def accept_warning(session: Session, submission: str, rule: str, place: str, reason: str, by: Actor) -> AcceptedWarning:
    """Let a warning of the present file pass.

    Raises:
        UnknownSubmission, NotAllowed, WrongState, ReasonMissing. UnknownFinding: no such warning there.
    """
    row = office.seen_row(session, submission, by)
    by.require(Right.SUBMIT, row.agency)
    expect(row, "warning", CHECKED, RETURNED, SUBMITTED)
    reason = require_reason(reason)
    found = [f for f in _findings(row) if f["severity"] == "warning" and f["rule"] == rule and place_of(f) == place]
    if not found:
        raise UnknownFinding(finding=f"{rule} {place}".strip())
    kept = session.scalar(_query(row.number, row.version).where(WarningRow.rule == rule, WarningRow.place == place))
    if kept is None:
        kept = WarningRow(submission=row.number, version=row.version, rule=rule, place=place)
        session.add(kept)
    kept.reason, kept.by, kept.at = reason, by.login, office.now()
    session.flush()
    take_step(session, row, "warning", by, reason=reason, rule=rule, place=place)
    return _view(kept)


def _findings(row: SubmissionRow) -> list[dict[str, Any]]:
    kept = row.report.get("findings", [])
    return kept if isinstance(kept, list) else []


def _query(number: int, version: int) -> Any:  # noqa: ANN401 - a select of rows
    return select(WarningRow).where(WarningRow.submission == number, WarningRow.version == version)


def find_accepted(session: Session, submission: Submission) -> list[AcceptedWarning]:
    """The warnings that may stand in the present version."""
    rows = session.scalars(_query(submission.number, submission.version).order_by(WarningRow.number))
    return [_view(r) for r in rows]


def _view(row: WarningRow) -> AcceptedWarning:
    return AcceptedWarning(row.rule, row.place, row.reason, row.by, row.at, row.version)
