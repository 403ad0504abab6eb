"""Decisions on discrepancies are only added, each with its person, moment and reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from lienvung.domain.discrepancies import Discrepancy, Fact
from lienvung.errors import ReasonMissing, UnknownFinding
from lienvung.workflow import decisions
from lienvung.workflow.database import open_workflow

FACT = Fact("GRDP_PC", "74@2004", "_T", "_T", "GSO", "A", "2024", 181.2)
FOUND = Discrepancy("REC-RATIO-PARTS", "warning", "lệch", "off", (FACT,))


@pytest.fixture
def sessions(tmp_path: Path) -> sessionmaker[Session]:
    return open_workflow(tmp_path / "workflow.sqlite")


def test_an_acceptance_says_who_when_and_why(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        decisions.accept_discrepancy(session, FOUND, "an", "  công văn 12  ")
    with sessions() as session:
        found = decisions.find_acceptances(session)[FOUND.id]
    assert (found.rule, found.by, found.reason) == ("REC-RATIO-PARTS", "an", "công văn 12")
    assert found.at.year >= 2024


def test_a_withdrawal_is_another_row(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        decisions.accept_discrepancy(session, FOUND, "an", "một")
        decisions.withdraw_acceptance(session, FOUND.id, "binh", "hai")
        assert decisions.find_acceptances(session) == {}
        decisions.accept_discrepancy(session, FOUND, "chi", "ba")
        assert decisions.find_acceptances(session)[FOUND.id].by == "chi"
        told = [(kind, d.by, d.reason) for kind, d in decisions.find_decisions(session, FOUND.id)]
    assert told == [("accept", "an", "một"), ("withdraw", "binh", "hai"), ("accept", "chi", "ba")]


def test_no_decision_without_a_reason_nor_on_what_is_not_accepted(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        with pytest.raises(ReasonMissing):
            decisions.accept_discrepancy(session, FOUND, "an", "  ")
        with pytest.raises(UnknownFinding):
            decisions.withdraw_acceptance(session, FOUND.id, "an", "một")
        assert decisions.find_decisions(session, FOUND.id) == []


@pytest.mark.parametrize("act", ["update decisions set reason = 'khác'", "delete from decisions"])
def test_the_database_itself_refuses_to_change_a_decision(sessions: sessionmaker[Session], act: str) -> None:
    with sessions.begin() as session:
        decisions.accept_discrepancy(session, FOUND, "an", "một")
    with pytest.raises(DatabaseError, match="only added"), sessions.begin() as session:
        session.execute(text(act))
    with sessions() as session:
        assert decisions.find_acceptances(session)[FOUND.id].reason == "một"
