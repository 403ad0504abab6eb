"""Decisions on discrepancies: a person lets one stand, or takes that back; each with a reason, none ever changed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lienvung.domain.discrepancies import Acceptance, Discrepancy
from lienvung.errors import ReasonMissing, UnknownFinding
from lienvung.workflow.tables import DecisionRow

ACCEPT, WITHDRAW = "accept", "withdraw"


def require_reason(reason: str) -> str:
    """The reason, without blanks around it.

    Raises:
        ReasonMissing: there is none.
    """
    if not reason.strip():
        raise ReasonMissing()
    return reason.strip()


def accept_discrepancy(session: Session, found: Discrepancy, by: str, reason: str) -> Acceptance:
    """Record that a discrepancy may stand; what it said is kept beside the decision.

    Raises:
        ReasonMissing: no reason was given.
    """
    row = DecisionRow(
        kind=ACCEPT, discrepancy=found.id, rule=found.rule, message_vi=found.message_vi, message_en=found.message_en,
        facts=[asdict(f) for f in found.facts], by=by, at=_now(), reason=require_reason(reason),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return _view(row)


def withdraw_acceptance(session: Session, discrepancy: str, by: str, reason: str) -> Acceptance:
    """Take an acceptance back by another row; the discrepancy is open again.

    Raises:
        ReasonMissing: no reason was given. UnknownFinding: it is not accepted.
    """
    last = _last(session, discrepancy)
    if last is None or last.kind != ACCEPT:
        raise UnknownFinding(finding=discrepancy)
    row = DecisionRow(
        kind=WITHDRAW, discrepancy=last.discrepancy, rule=last.rule, message_vi=last.message_vi,
        message_en=last.message_en, facts=last.facts, by=by, at=_now(), reason=require_reason(reason),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return _view(row)


def find_acceptances(session: Session) -> dict[str, Acceptance]:
    """What stands accepted now, by the discrepancy's id."""
    last: dict[str, DecisionRow] = {}
    for row in session.scalars(select(DecisionRow).order_by(DecisionRow.number)):
        last[row.discrepancy] = row
    return {name: _view(row) for name, row in last.items() if row.kind == ACCEPT}


def find_decisions(session: Session, discrepancy: str) -> list[tuple[str, Acceptance]]:
    """Every decision on one discrepancy, oldest first: its kind, who, when and why."""
    query = select(DecisionRow).where(DecisionRow.discrepancy == discrepancy).order_by(DecisionRow.number)
    return [(row.kind, _view(row)) for row in session.scalars(query)]


def _last(session: Session, discrepancy: str) -> DecisionRow | None:
    query = select(DecisionRow).where(DecisionRow.discrepancy == discrepancy).order_by(DecisionRow.number.desc())
    return session.scalars(query.limit(1)).first()


def _view(row: DecisionRow) -> Acceptance:
    return Acceptance(row.discrepancy, row.rule, row.by, row.at, row.reason)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
