"""Covering documents are only added, with their submission, person and moment; the newest counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from lienvung.domain.covering import CoveringDocument
from lienvung.domain.signatures import BY_CLAIM, VALID_UNTRUSTED, Signature, SignatureReport
from lienvung.errors import Both, NotAllowed, UnknownSubmission
from lienvung.workflow import audit, covering
from lienvung.workflow.actors import PUBLIC, Actor, Grant, Role, local_operator
from lienvung.workflow.database import open_workflow
from lienvung.workflow.submissions import submit_file

AN = local_operator("an")
SIGNATURE = Signature(
    "pdf", VALID_UNTRUSTED, Both("vì sao", "why"), "Nguyễn Văn A", "Cục Thống kê", "CA thử", "0A",
    datetime(2026, 11, 2, 3, 4, 5), BY_CLAIM, "RSA 2048, SHA-256", False, True, datetime(2026, 1, 1),
    datetime(2027, 1, 1), (Both("một", "one"),),
)  # fmt: skip
DOCUMENT = CoveringDocument(
    "1234/BC-CTK", date(2026, 11, 2), "Nguyễn Văn A", "Cục Thống kê", "Cục trưởng", "Báo cáo tháng 10", "a" * 64,
    "bao-cao.pdf", None, SignatureReport((SIGNATURE,)), SignatureReport((), Both("hỏng", "broken")),
)  # fmt: skip


@pytest.fixture
def sessions(tmp_path: Path) -> sessionmaker[Session]:
    made = open_workflow(tmp_path / "workflow.sqlite")
    with made.begin() as session:
        submit_file(
            session, file_name="x.csv", file_sha256="f" * 64, recipe="tidy", parser="tidy@1", rows=1, errors=0,
            warnings=0, report={}, by="an",
        )  # fmt: skip
    return made


def test_what_was_kept_comes_back_whole(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        covering.keep_covering(session, "S1", DOCUMENT, AN)
    with sessions() as session:
        (found,) = covering.find_coverings(session, "1", AN)
        assert (found.document, found.by, found.submission) == (DOCUMENT, "an", "S1")
        (entry,) = audit.find_entries(session, "S1")
        assert (entry.action, entry.detail["number"]) == ("covering.attach", "1234/BC-CTK")


def test_a_correction_is_another_row_and_the_newest_comes_first(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        covering.keep_covering(session, "S1", DOCUMENT, AN)
        covering.keep_covering(
            session, "S1", replace(DOCUMENT, number="1235/BC-CTK", report=None), local_operator("binh")
        )
    with sessions() as session:
        newest, older = covering.find_coverings(session, "S1", AN)
    assert (newest.document.number, newest.document.report) == ("1235/BC-CTK", None)
    assert older.document == DOCUMENT


@pytest.mark.parametrize("act", ["update covering_documents set signer = 'x'", "delete from covering_documents"])
def test_nobody_changes_or_removes_one(sessions: sessionmaker[Session], act: str) -> None:
    with sessions.begin() as session:
        covering.keep_covering(session, "S1", DOCUMENT, AN)
    with sessions() as session, pytest.raises(DatabaseError, match="only added"):
        session.execute(text(act))


def test_a_submission_that_is_not_there(sessions: sessionmaker[Session]) -> None:
    with sessions() as session:
        with pytest.raises(UnknownSubmission):
            covering.keep_covering(session, "S2", DOCUMENT, AN)
        assert covering.find_coverings(session, "S1", AN) == []


def test_only_who_hands_in_for_the_agency_attaches_and_only_who_may_see_reads(sessions: sessionmaker[Session]) -> None:
    analyst = Actor("phan-tich", "", (Grant(Role.ANALYST),))
    coordinator = Actor("dieu-phoi", "", (Grant(Role.COORDINATOR),))
    with sessions.begin() as session:
        covering.keep_covering(session, "S1", DOCUMENT, AN)
        for stranger in (PUBLIC, analyst):
            with pytest.raises(UnknownSubmission):
                covering.keep_covering(session, "S1", DOCUMENT, stranger)
            with pytest.raises(UnknownSubmission):
                covering.find_coverings(session, "S1", stranger)
        with pytest.raises(NotAllowed):
            covering.keep_covering(session, "S1", DOCUMENT, coordinator)
        assert len(covering.find_coverings(session, "S1", coordinator)) == 1
