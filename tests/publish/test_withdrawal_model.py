"""Releases and withdrawals in any order, against a plain model: a withdrawn release is as if it had never been."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from lienvung.publish.vintages import merge_claims, take_back_claims
from lienvung.store.schema import CLAIMS, OBSERVATIONS
from tests.publish.test_clock_model import HISTORIES, Model, questions, stored
from tests.publish.test_vintages import as_of, claim

START = datetime(2026, 1, 1)
SAID = CLAIMS.append(pa.field("release", pa.string()))
STEPS = st.tuples(HISTORIES, st.lists(st.integers(0, 7), max_size=4))


@dataclass
class Withdrawing(Model):
    """The same documents, some of which were taken back at a moment."""

    gone: dict[str, datetime] = field(default_factory=dict)

    def believed(self, fact: str, moment: datetime) -> list[tuple[Any, ...]]:
        kept = [e for e in self.entries if e[1] not in self.gone or self.gone[e[1]] > moment]
        return Model(kept).believed(fact, moment)


@dataclass
class Played:
    """The model and the table after every step."""

    model: Withdrawing = field(default_factory=Withdrawing)
    tables: list[pa.Table] = field(default_factory=list)
    said: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def table(self) -> pa.Table:
        return self.tables[-1] if self.tables else OBSERVATIONS.empty_table()

    @property
    def now(self) -> datetime:
        return START + timedelta(days=len(self.tables))

    def release(self, rows: list[dict[str, Any]]) -> None:
        name, moment = f"R{len(self.said):02d}", self.now
        rows = [row | {"submission": name.replace("R", "S")} for row in rows]
        self.said[name] = rows
        self.model.entries += [(moment, name, row) for row in rows]
        self.tables.append(merge_claims(self.table, pa.Table.from_pylist(rows, CLAIMS), moment, name).table)

    def take_back(self, name: str) -> None:
        moment = self.now
        rest = [(r, rows) for r, rows in self.said.items() if r != name and r not in self.model.gone]
        others = pa.Table.from_pylist([row | {"release": r} for r, rows in rest for row in rows], SAID)
        gone = pa.Table.from_pylist(self.said[name], CLAIMS)
        self.model.gone[name] = moment
        self.tables.append(take_back_claims(self.table, gone, others, moment).table)


def play(history: list[list[dict[str, Any]]], turns: list[int]) -> Played:
    """Releases; after some of them one that still stands is taken back; the rest of the turns at the end."""
    played, waiting = Played(), list(turns)

    def withdraw() -> None:
        standing = [r for r in played.said if r not in played.model.gone]
        if waiting and standing:
            played.take_back(standing[waiting.pop() % len(standing)])

    for number, rows in enumerate(history):
        played.release(rows)
        if number % 2:
            withdraw()
    while waiting and len(played.model.gone) < len(played.said):
        withdraw()
    return played


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_after_a_withdrawal_it_is_as_if_the_release_had_never_been(
    steps: tuple[list[list[dict[str, Any]]], list[int]],
) -> None:
    played = play(*steps)
    for fact, day, moment in questions(len(played.tables)):
        assert stored(played.table, fact, day, moment) == played.model.answer(fact, day, moment)


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_what_was_recorded_keeps_its_answer_whatever_is_withdrawn_later(
    steps: tuple[list[list[dict[str, Any]]], list[int]],
) -> None:
    tables = play(*steps).tables
    for number, table in enumerate(tables):
        until = START + timedelta(days=number, hours=23)
        for fact, day, moment in questions(len(tables)):
            if moment <= until:
                assert stored(tables[-1], fact, day, moment) == stored(table, fact, day, moment)


def test_the_same_said_by_another_submission_stands_when_the_first_is_taken_back() -> None:
    played = Played()
    played.release([claim(5.0, "2024-12-31", "b")])
    played.release([claim(5.0, "2024-12-31", "b")])
    played.take_back("R00")
    (now,) = [r for r in played.table.to_pylist() if r["recorded_to"].year == 9999]
    assert (now["value"], now["submission"], now["release"]) == (5.0, "S01", "R01")
    played.take_back("R01")
    assert as_of(played.table, now["published_from"], datetime(2026, 6, 1)) == []
    assert as_of(played.table, now["published_from"], START + timedelta(hours=1)) == [5.0]


def test_the_vintage_before_stands_again_until_its_successor() -> None:
    played = Played()
    for value, day, document in ((5.97, "2023-12-31", "a"), (5.5, "2024-06-30", "b"), (5.0, "2024-12-31", "c")):
        played.release([claim(value, day, document)])
    played.take_back("R01")
    june = played.said["R01"][0]["published_from"]
    assert as_of(played.table, june, datetime(2026, 6, 1)) == [5.97]
    assert as_of(played.table, played.said["R02"][0]["published_from"], datetime(2026, 6, 1)) == [5.0]
    assert as_of(played.table, june, START + timedelta(days=2, hours=1)) == [5.5]


def test_taking_back_what_another_has_corrected_changes_nothing() -> None:
    from lienvung.publish.vintages import Merge

    played = Played()
    played.release([claim(5.0, "2024-12-31", "b")])
    played.release([claim(6.0, "2024-12-31", "b")])
    others = pa.Table.from_pylist([played.said["R01"][0] | {"release": "R01"}], SAID)
    done: Merge = take_back_claims(played.table, pa.Table.from_pylist(played.said["R00"], CLAIMS), others, played.now)
    assert (done.added, done.revised, done.unchanged) == (0, 0, 1)
    assert sorted(map(str, done.table.to_pylist())) == sorted(map(str, played.table.to_pylist()))
