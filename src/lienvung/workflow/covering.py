"""Covering documents: each is kept with its submission and never changed; a correction is another one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lienvung.domain.covering import CoveringDocument
from lienvung.domain.signatures import Signature, SignatureReport
from lienvung.workflow import audit
from lienvung.workflow.actors import Actor, Right
from lienvung.workflow.submissions import find_submission, seen_row
from lienvung.workflow.tables import CoveringRow

_SAME = ("agency", "signer", "signer_title", "abstract", "file_name", "file_sha256", "detached_sha256")


@dataclass(frozen=True)
class Covering:
    """A covering document as it was handed in: with which submission, by whom and when (naive UTC)."""

    id: int
    submission: str
    document: CoveringDocument
    by: str
    at: datetime


def keep_covering(session: Session, submission: str, document: CoveringDocument, by: Actor) -> Covering:
    """Keep a covering document with a submission; an older one of the same submission stays as it is.

    Raises:
        UnknownSubmission: no such number, or not for ``by``. NotAllowed: ``by`` does not hand in for the agency.
    """
    found = seen_row(session, submission, by)
    by.require(Right.SUBMIT, found.agency)
    row = CoveringRow(
        submission=found.number, document_number=document.number, document_date=document.dated,
        report=_record(document.report), submitted_report=_record(document.submitted_report), by=by.login,
        at=datetime.now(UTC).replace(tzinfo=None), **{name: getattr(document, name) for name in _SAME},
    )  # fmt: skip
    session.add(row)
    session.flush()
    detail = {
        "number": document.number, "date": document.dated.isoformat(), "file": document.file_sha256,
        "submitted": found.file_sha256, "signatures": [s.state for s in _signatures(document)],
    }  # fmt: skip
    audit.record(session, by.login, by.through, "covering.attach", f"S{found.number}", detail)
    return _view(row)


def find_coverings(session: Session, submission: str, by: Actor) -> list[Covering]:
    """Every covering document of a submission, the newest first: that one counts.

    Raises:
        UnknownSubmission: no such number, or not for ``by``.
    """
    number = int(find_submission(session, submission, by).id.removeprefix("S"))
    query = select(CoveringRow).where(CoveringRow.submission == number).order_by(CoveringRow.number.desc())
    return [_view(row) for row in session.scalars(query)]


def _signatures(document: CoveringDocument) -> tuple[Signature, ...]:
    return tuple(s for report in (document.report, document.submitted_report) if report for s in report.signatures)


def _record(report: SignatureReport | None) -> dict[str, object] | None:
    return None if report is None else report.as_record()


def _report(record: Mapping[str, object] | None) -> SignatureReport | None:
    return None if record is None else SignatureReport.from_record(record)


def _view(row: CoveringRow) -> Covering:
    document = CoveringDocument(
        number=row.document_number, dated=row.document_date, report=_report(row.report),
        submitted_report=_report(row.submitted_report), **{name: getattr(row, name) for name in _SAME},
    )  # fmt: skip
    return Covering(row.number, f"S{row.submission}", document, row.by, row.at)
