"""Vintages on both clocks, and answers whose bytes no later release changes."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from lienvung.analyse.revisions import compare_revisions
from lienvung.domain.areas import AreaKey
from lienvung.domain.handovers import Question, Release
from lienvung.present.records import observation_records
from lienvung.present.revisions import revision_records, revision_triangle
from lienvung.publish.release import write_release
from lienvung.query.observations import find_observations
from lienvung.query.reader import Reader
from lienvung.query.revisions import find_revisions
from lienvung.store.schema import CLAIMS
from tests.present.small_world import small_catalogue
from tests.publish.test_vintages import claim

BD = AreaKey("74", "2004")
GRDP = {"indicator": "GRDP_CUR", "unit": "VND_BN", "decimals": 2}
PROMISED = (
    "indicator", "area", "area_valid_from", "period", "value", "unit", "status", "published", "published_precision",
    "recorded", "issuer", "breakdown", "activity", "document", "mark", "decimals",
)  # fmt: skip
"""Keys of a record that may be joined by others, and never change."""
GOLDEN = {
    "observations": "bd41fe7c14d673a2",
    "revisions": "84dbf9a65d035896",
    "triangle": "dd59d5f511425bfe",
}
"""SHA-256 of the answers to one question about both clocks, as first given."""


def load(store: Path, day: int, *rows: dict[str, object]) -> None:
    """One release at a moment that the test sets."""
    table = pa.Table.from_pylist(list(rows), CLAIMS)
    write_release(store, Release(f"R{day:02d}", "đợt", "release", table, datetime(2026, 1, day), "an"))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    load(folder, 1, claim(5.97, "2023-12-31", "first", **GRDP), claim(7.5, "2023-12-31", "first", **GRDP,
         period="2022", period_start=date(2022, 1, 1), period_end=date(2022, 12, 31)))  # fmt: skip
    load(folder, 3, claim(5.0, "2024-12-31", "second", **GRDP, status="revised"))
    return folder


def ask(store: Path, published: date | None = None, recorded: datetime | None = None) -> Question:
    return Question(("GRDP_CUR",), (BD,), published=published, recorded=recorded)


def hashes(store: Path) -> dict[str, str]:
    """The bytes of every answer to one question: by the end of 2024, as known on 4 January 2026."""
    reader, catalogue = Reader(store), small_catalogue()
    question = ask(store, date(2024, 12, 31), datetime(2026, 1, 4))
    found = find_observations(reader, question).table
    steps = compare_revisions(find_revisions(reader, question).table)
    table = revision_triangle(steps, catalogue)
    answers = {
        "observations": [[r[k] for k in PROMISED] for r in observation_records(found, catalogue)],
        "revisions": revision_records(steps, catalogue),
        "triangle": [table.title, [c.heading for c in table.columns], table.rows, table.notes],
    }
    return {k: hashlib.sha256(json.dumps(v, ensure_ascii=False).encode()).hexdigest()[:16] for k, v in answers.items()}


def test_the_same_question_of_both_clocks_gives_the_same_bytes_for_ever(store: Path) -> None:
    assert hashes(store) == GOLDEN
    load(store, 5, claim(5.2, "2025-12-31", "third", **GRDP))  # a later vintage
    assert hashes(store) == GOLDEN
    load(store, 6, claim(6.1, "2024-06-30", "between", **GRDP))  # an old vintage, loaded late
    assert hashes(store) == GOLDEN
    load(store, 7, claim(5.1, "2024-12-31", "second", **GRDP, status="revised"))  # our own correction
    assert hashes(store) == GOLDEN
    now = find_observations(Reader(store), ask(store, date(2024, 12, 31))).table
    assert now["value"].to_pylist() == [7.5, 5.1]


def test_back_loading_changes_what_was_published_and_never_what_was_recorded(store: Path) -> None:
    by_july = date(2024, 7, 1)
    before = find_observations(Reader(store), ask(store, by_july)).table["value"].to_pylist()
    load(store, 6, claim(6.1, "2024-06-30", "between", **GRDP))
    reader = Reader(store)
    assert before == [7.5, 5.97]
    assert find_observations(reader, ask(store, by_july)).table["value"].to_pylist() == [7.5, 6.1]
    recorded = ask(store, by_july, datetime(2026, 1, 5))
    assert find_observations(reader, recorded).table["value"].to_pylist() == before


def test_vintages_stand_in_the_order_of_publication_not_of_loading(store: Path) -> None:
    load(store, 6, claim(6.1, "2024-06-30", "between", **GRDP))
    steps = compare_revisions(find_revisions(Reader(store), ask(store)).table)
    told = [(s.row["period"], s.number, s.row["document"], s.stands) for s in steps]
    assert told == [
        ("2022", 1, "first", True), ("2023", 1, "first", False), ("2023", 2, "between", False),
        ("2023", 3, "second", True),
    ]  # fmt: skip
    assert [s.revision for s in steps] == [None, None, pytest.approx(0.13), pytest.approx(-1.1)]
    assert steps[-1].revision_pct == pytest.approx(-1.1 / 6.1 * 100)


@pytest.mark.parametrize(
    ("published", "recorded", "documents"),
    [
        (None, None, ["first", "first", "second"]),
        (date(2024, 1, 1), None, ["first", "first"]),
        (None, datetime(2026, 1, 2), ["first", "first"]),
        (None, datetime(2025, 1, 1), []),
        (date(2023, 1, 1), None, []),
    ],
)
def test_each_clock_leaves_out_what_was_not_yet_said_or_known(
    store: Path, published: date | None, recorded: datetime | None, documents: list[str]
) -> None:
    table = find_revisions(Reader(store), ask(store, published, recorded)).table
    assert table["document"].to_pylist() == documents


def test_the_triangle_has_periods_down_and_publications_across(store: Path) -> None:
    steps = compare_revisions(find_revisions(Reader(store), ask(store)).table)
    table = revision_triangle(steps, small_catalogue())
    assert [c.heading for c in table.columns] == ["Thời kỳ", "31/12/2023", "31/12/2024"]
    assert table.rows == (("2022", "7,50", ""), ("2023", "5,97", "5,00"))
    assert "1 lần sửa" in table.notes[0] and "2023, -0,97 (-16,25 %)" in table.notes[0]
    assert table.notes[-1] == "2024-12-31: PROV_74, second, đã điều chỉnh, a.csv (1 số)"
    english = revision_triangle(steps, small_catalogue(), "en")
    assert "1 revisions" in english.notes[0] and english.rows[1] == ("2023", "5.97", "5.00")


def test_records_carry_size_document_and_file(store: Path) -> None:
    steps = compare_revisions(find_revisions(Reader(store), ask(store)).table)
    last = revision_records(steps, small_catalogue())[-1]
    assert (last["revision"], last["revision_pct"], last["stands"], last["vintage"]) == (-0.97, -16.2479, True, 2)
    assert (last["document"], last["file_name"], last["cell"], last["release"]) == ("second", "a.csv", "C1", "R03")


def test_a_missing_value_has_no_revision_and_is_not_zero(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    load(folder, 1, claim(None, "2023-12-31", "first", **GRDP, mark="not_available"))
    load(folder, 2, claim(5.0, "2024-12-31", "second", **GRDP))
    steps = compare_revisions(find_revisions(Reader(folder), ask(folder)).table)
    assert [s.revision for s in steps] == [None, None]
    assert revision_triangle(steps, small_catalogue()).rows == (("2023", "…", "5,00"),)
