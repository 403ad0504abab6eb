"""The store's two clocks against a plain model of them, over random histories of releases."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from lienvung.publish.vintages import merge_claims
from lienvung.store.schema import CLAIMS, OBSERVATIONS
from tests.publish.test_vintages import claim

DAYS = tuple(date(2020 + i, 12, 31) for i in range(4))
FACTS = ("2021", "2022")
RANK = {"year": 0, "month": 1, "received": 2, "day": 3}


@dataclass
class Model:
    """Documents as a person would keep them: a list of what each said, and when it was entered."""

    entries: list[tuple[datetime, str, dict[str, Any]]] = field(default_factory=list)

    def believed(self, fact: str, moment: datetime) -> list[tuple[Any, ...]]:
        """What was believed of a fact at a moment: the last entry of each document, if it says something new."""
        said: dict[tuple[date, str], tuple[str, dict[str, Any]]] = {}
        for entered, release, row in self.entries:
            if row["period"] != fact or entered > moment:
                continue
            key = (row["published_from"], row["document"])
            if key not in said or said[key][1]["value"] != row["value"]:
                said[key] = (release, row)
        return sorted(
            (day, RANK[row["published_precision"]], release, document, row["value"])
            for (day, document), (release, row) in said.items()
        )

    def answer(self, fact: str, day: date, moment: datetime) -> float | None:
        """The value that stood on both clocks."""
        fitting = [b for b in self.believed(fact, moment) if b[0] <= day]
        return fitting[-1][-1] if fitting else None


def stored(table: pa.Table, fact: str, day: date, moment: datetime) -> float | None:
    """The same from the stored columns alone."""
    rows = [
        r
        for r in table.to_pylist()
        if r["period"] == fact
        and r["published_from"] <= day < r["published_to"]
        and r["recorded_from"] <= moment < r["recorded_to"]
    ]
    assert len(rows) <= 1
    return rows[0]["value"] if rows else None


def claims() -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda value, day, document, precision, fact: claim(
            value, day.isoformat(), document, published_precision=precision, period=fact
        ),
        st.sampled_from([1.0, 2.0, 3.0, 5.97]),
        st.sampled_from(DAYS),
        st.sampled_from("abc"),
        st.sampled_from(sorted(RANK)),
        st.sampled_from(FACTS),
    )


def _one_claim(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["period"], row["published_from"], row["document"]


HISTORIES = st.lists(st.lists(claims(), min_size=1, max_size=4, unique_by=_one_claim), min_size=1, max_size=5)


def play(history: list[list[dict[str, Any]]]) -> tuple[Model, list[pa.Table]]:
    """Every release merged one after the other, in the model and in the table; the table after each."""
    model, tables, table = Model(), [], OBSERVATIONS.empty_table()
    for number, rows in enumerate(history):
        entered, release = datetime(2026, 1, 1) + timedelta(days=number), f"R{number:02d}"
        model.entries += [(entered, release, row) for row in rows]
        table = merge_claims(table, pa.Table.from_pylist(rows, CLAIMS), entered, release).table
        tables.append(table)
    return model, tables


def questions(count: int) -> list[tuple[str, date, datetime]]:
    days = [d + timedelta(days=step) for d in DAYS for step in (-1, 0)]
    moments = [datetime(2026, 1, 1) + timedelta(hours=12 * i - 1) for i in range(2 * count + 1)]
    moments += [datetime(2026, 1, 1) + timedelta(days=i) for i in range(count)]
    return [(f, d, m) for f in FACTS for d in days for m in moments]


@settings(max_examples=40, deadline=None)
@given(HISTORIES)
def test_both_clocks_are_what_a_plain_list_of_documents_says(history: list[list[dict[str, Any]]]) -> None:
    model, tables = play(history)
    for fact, day, moment in questions(len(history)):
        assert stored(tables[-1], fact, day, moment) == model.answer(fact, day, moment)


@settings(max_examples=25, deadline=None)
@given(HISTORIES)
def test_what_was_recorded_keeps_its_answer_whatever_is_loaded_later(history: list[list[dict[str, Any]]]) -> None:
    _, tables = play(history)
    for number, table in enumerate(tables):
        until = datetime(2026, 1, 1) + timedelta(days=number, hours=23)
        for fact, day, moment in questions(len(history)):
            if moment <= until:
                assert stored(tables[-1], fact, day, moment) == stored(table, fact, day, moment)


def test_the_model_can_tell_a_wrong_store() -> None:
    """A store that forgot to close the neighbour of a back-loaded vintage would be found out."""
    history = [[claim(5.0, "2023-12-31", "b", period="2022")], [claim(5.97, "2022-12-31", "a", period="2022")]]
    model, tables = play(history)
    now = datetime(2026, 6, 1)
    assert model.answer("2022", date(2023, 1, 1), now) == 5.97
    broken = tables[-1].filter(pa.array([r["document"] != "a" for r in tables[-1].to_pylist()]))
    assert stored(broken, "2022", date(2023, 1, 1), now) is None
