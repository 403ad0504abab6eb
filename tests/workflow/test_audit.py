"""The audit's chain: whatever is done to it afterwards is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from lienvung.workflow.audit import Entry, find_entries, find_flaws, find_head, hash_entry, record
from lienvung.workflow.database import open_workflow


@pytest.fixture
def sessions(tmp_path: Path) -> sessionmaker[Session]:
    made = open_workflow(tmp_path / "workflow.sqlite")
    with made.begin() as session:
        for number in range(6):
            record(session, "an", "cli", "submit", f"S{number}", {"tệp": "Bảng 1.xlsx", "rows": number})
    return made


def read(sessions: sessionmaker[Session]) -> tuple[list[Entry], tuple[int, str]]:
    with sessions() as session:
        return list(find_entries(session)), find_head(session)


def test_untouched_chain_holds(sessions: sessionmaker[Session]) -> None:
    entries, head = read(sessions)
    assert [e.number for e in entries] == [1, 2, 3, 4, 5, 6]
    assert find_flaws(entries, head) == []


def change(entries: list[Entry]) -> list[Entry]:
    return [replace(e, actor="binh") if e.number == 3 else e for e in entries]


def change_and_hash_again(entries: list[Entry]) -> list[Entry]:
    forged = replace(entries[2], actor="binh")
    return [*entries[:2], replace(forged, hash=hash_entry(forged)), *entries[3:]]


def insert(entries: list[Entry]) -> list[Entry]:
    forged = replace(entries[2], subject="S99", previous=entries[2].hash)
    return [*entries[:3], replace(forged, hash=hash_entry(forged)), *entries[3:]]


@pytest.mark.parametrize(
    ("tamper", "kind", "number"),
    [
        (change, "changed", 3),
        (change_and_hash_again, "unknown", 4),
        (lambda es: [e for e in es if e.number != 3], "removed", 3),
        (lambda es: [*es[:2], es[3], es[2], *es[4:]], "reordered", 3),
        (lambda es: es[:-2], "truncated", 5),
        (insert, "reordered", 3),
        (lambda es: [], "truncated", 1),
    ],
)
def test_each_kind_of_tampering_is_found(
    sessions: sessionmaker[Session], tamper: Callable[[list[Entry]], list[Entry]], kind: str, number: int
) -> None:
    entries, head = read(sessions)
    assert (number, kind) in [(f.number, f.kind) for f in find_flaws(tamper(entries), head)]


def test_database_refuses_to_change_or_remove(sessions: sessionmaker[Session]) -> None:
    for statement in ("update audit set actor = 'binh'", "delete from audit where number = 6"):
        with pytest.raises(DatabaseError), sessions.begin() as session:
            session.execute(text(statement))
    assert find_flaws(*read(sessions)) == []


def test_entry_of_an_act_that_failed_is_not_kept(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(ZeroDivisionError), sessions.begin() as session:  # noqa: PT012 - the act fails after its entry
        record(session, "an", "cli", "submit", "S7")
        raise ZeroDivisionError
    entries, head = read(sessions)
    assert len(entries) == head[0] == 6
