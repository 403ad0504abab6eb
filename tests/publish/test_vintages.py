"""The two clocks: revisions, back-loading, corrections."""

from __future__ import annotations

from datetime import date, datetime

import pyarrow as pa
import pytest

from lienvung.domain.clocks import OPEN_DAY, OPEN_INSTANT
from lienvung.publish.vintages import Merge, merge_claims
from lienvung.store.schema import CLAIMS, OBSERVATIONS


def claim(value: float | None, published: str, document: str, **other: object) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(CLAIMS.names)
    row |= {
        "dataflow": "NATIONAL_ACCOUNTS", "indicator": "GRDP_GROWTH", "area_key": "74@2004", "activity": "_T",
        "breakdown": "_T", "issuer": "PROV_74", "freq": "A", "period": "2023",
        "period_start": date(2023, 1, 1), "period_end": date(2023, 12, 31), "value": value, "unit": "PCT",
        "status": "official", "published_from": date.fromisoformat(published), "published_precision": "day",
        "document": document, "file_name": "a.csv", "file_sha256": "0", "cell": "C1", "parser": "tidy/1",
        "submission": "S1",
    }  # fmt: skip
    return row | other


def merge(old: pa.Table, rows: list[dict[str, object]], day: int) -> Merge:
    return merge_claims(old, pa.Table.from_pylist(rows, CLAIMS), datetime(2026, 1, day), f"R{day:02d}")


def as_of(table: pa.Table, published: date, recorded: datetime) -> list[float | None]:
    return [
        r["value"]
        for r in table.to_pylist()
        if r["published_from"] <= published < r["published_to"] and r["recorded_from"] <= recorded < r["recorded_to"]
    ]


EMPTY = OBSERVATIONS.empty_table()
NOW = datetime(2026, 6, 1)


def test_a_revision_closes_the_publication_of_the_first_value() -> None:
    first = merge(EMPTY, [claim(5.97, "2023-12-31", "a")], 1)
    then = merge(first.table, [claim(5.0, "2024-12-31", "b")], 2)
    assert (then.added, then.revised, then.unchanged) == (0, 1, 0)
    assert as_of(then.table, date(2023, 12, 31), NOW) == [5.97]
    assert as_of(then.table, date(2024, 12, 31), NOW) == [5.0]


def test_back_loading_changes_what_was_published_and_never_what_was_recorded() -> None:
    first = merge(EMPTY, [claim(5.0, "2024-12-31", "b")], 1)
    assert as_of(first.table, date(2023, 12, 31), NOW) == []
    then = merge(first.table, [claim(5.97, "2023-12-31", "a"), claim(5.5, "2024-06-30", "m")], 2)
    assert as_of(then.table, date(2023, 12, 31), NOW) == [5.97]
    assert as_of(then.table, date(2024, 7, 1), NOW) == [5.5]
    assert as_of(then.table, date(2025, 1, 1), NOW) == [5.0]
    between = datetime(2026, 1, 1, 12)
    assert as_of(then.table, date(2023, 12, 31), between) == []
    assert as_of(then.table, date(2025, 1, 1), between) == [5.0]


def test_a_back_loaded_middle_re_inserts_its_neighbour() -> None:
    first = merge(EMPTY, [claim(1.0, "2020-01-01", "a"), claim(3.0, "2022-01-01", "c")], 1)
    then = merge(first.table, [claim(2.0, "2021-01-01", "b")], 2)
    assert as_of(then.table, date(2021, 6, 1), NOW) == [2.0]
    assert as_of(then.table, date(2021, 6, 1), datetime(2026, 1, 1)) == [1.0]
    assert then.table.num_rows == 4  # a closed, a again, b, c


def test_a_correction_of_the_same_document_replaces_on_the_recorded_clock() -> None:
    first = merge(EMPTY, [claim(59.7, "2023-12-31", "a")], 1)
    then = merge(first.table, [claim(5.97, "2023-12-31", "a")], 2)
    assert as_of(then.table, date(2024, 1, 1), NOW) == [5.97]
    assert as_of(then.table, date(2024, 1, 1), datetime(2026, 1, 1)) == [59.7]


def test_the_same_claim_again_changes_nothing() -> None:
    first = merge(EMPTY, [claim(5.97, "2023-12-31", "a")], 1)
    again = merge(first.table, [claim(5.97, "2023-12-31", "a")], 2)
    assert (again.added, again.revised, again.unchanged) == (0, 0, 1)
    assert again.table.equals(first.table)


def test_two_documents_of_one_day_both_stay_and_the_later_release_stands() -> None:
    first = merge(EMPTY, [claim(1.0, "2023-12-31", "z")], 1)
    then = merge(first.table, [claim(2.0, "2023-12-31", "a")], 2)
    assert as_of(then.table, date(2024, 1, 1), NOW) == [2.0]
    assert {r["value"] for r in then.table.to_pylist()} == {1.0, 2.0}


def test_two_issuers_stay_two_facts() -> None:
    both = merge(EMPTY, [claim(1.0, "2023-12-31", "a"), claim(2.0, "2023-12-31", "b", issuer="GSO")], 1)
    assert sorted(v for v in as_of(both.table, date(2024, 1, 1), NOW) if v) == [1.0, 2.0]


@pytest.mark.parametrize("mark", ["not_available", "not_applicable"])
def test_missing_stays_missing(mark: str) -> None:
    merged = merge(EMPTY, [claim(None, "2023-12-31", "a", mark=mark)], 1)
    row = merged.table.to_pylist()[0]
    assert row["value"] is None and row["mark"] == mark
    assert row["published_to"] == OPEN_DAY and row["recorded_to"] == OPEN_INSTANT
