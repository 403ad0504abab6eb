"""A small release, written and asked for."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from lienvung.domain.areas import AreaKey
from lienvung.domain.handovers import Question, Release
from lienvung.errors import StoreMissing
from lienvung.publish.release import write_release
from lienvung.query.expressions import FOLDER, SHAPES, compile_shape
from lienvung.query.observations import find_latest, find_observations
from lienvung.query.reader import Reader
from lienvung.query.releases import find_releases
from lienvung.query.series import find_series
from lienvung.query.vintages import find_vintages
from lienvung.store.schema import CLAIMS
from tests.publish.test_vintages import claim

BD = AreaKey("74", "2004")


def write(store: Path, rows: list[dict[str, object]], day: int) -> None:
    release = Release(f"R{day:02d}", "đợt", "release", pa.Table.from_pylist(rows, CLAIMS), datetime(2026, 1, day), "an")
    write_release(store, release)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    write(folder, [
        claim(5.0, "2024-12-31", "b"),
        claim(7.48, "2024-12-31", "b", period="2024", period_start=date(2024, 1, 1), period_end=date(2024, 12, 31)),
        claim(8.0, "2024-12-31", "b", area_key="79@2004"),
        claim(100.0, "2024-12-31", "p", dataflow="LAND_POPULATION", indicator="POP_AVG"),
    ], 1)  # fmt: skip
    write(folder, [claim(5.97, "2023-12-31", "a")], 2)
    return folder


def values(table: pa.Table) -> list[float]:
    return [float(v) for v in table["value"].to_pylist()]


def test_current_values_by_area_and_period(store: Path) -> None:
    reader = Reader(store)
    answer = find_observations(reader, Question(("GRDP_GROWTH",), (BD,)))
    assert values(answer.table) == [5.0, 7.48]
    assert answer.snapshot == reader.snapshot
    in_2023 = Question(("GRDP_GROWTH",), first=date(2023, 1, 1), last=date(2023, 12, 31))
    assert values(find_observations(reader, in_2023).table) == [5.0, 8.0]


def test_both_clocks(store: Path) -> None:
    reader = Reader(store)
    by_2023 = Question(("GRDP_GROWTH",), (BD,), published=date(2023, 12, 31))
    assert values(find_observations(reader, by_2023).table) == [5.97]
    before = Question(("GRDP_GROWTH",), (BD,), published=date(2023, 12, 31), recorded=datetime(2026, 1, 1, 12))
    assert values(find_observations(reader, before).table) == []


def test_a_release_is_seen_by_the_next_question(store: Path) -> None:
    reader = Reader(store)
    question = Question(("POP_AVG",))
    assert values(find_observations(reader, question).table) == [100.0]
    write(store, [claim(101.0, "2025-12-31", "q", dataflow="LAND_POPULATION", indicator="POP_AVG")], 3)
    assert values(find_observations(reader, question).table) == [101.0]
    assert [n.id for n in find_releases(reader)] == ["R03", "R02", "R01"]


def test_a_lost_or_stale_pointer_is_mended(store: Path) -> None:
    (store / "current.json").write_text("{", "utf-8")
    assert values(find_observations(Reader(store), Question(("POP_AVG",))).table) == [100.0]


def test_series_latest_and_vintages(store: Path) -> None:
    reader = Reader(store)
    series = {r["area_key"]: r for r in find_series(reader, ["GRDP_GROWTH"]).to_pylist()}
    assert series["74@2004"]["observations"] == 2 and series["74@2004"]["last_period"] == "2024"
    assert {r["period"] for r in find_latest(reader, (BD,)).to_pylist() if r["indicator"] == "GRDP_GROWTH"} == {"2024"}
    told = find_vintages(reader, "GRDP_GROWTH", BD, period="2023").to_pylist()
    assert [r["value"] for r in told] == [5.97, 5.0]
    assert told[0]["published_to"] == date(2024, 12, 31)


def test_no_store_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        find_observations(Reader(tmp_path / "none"), Question(("POP_AVG",)))


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_kept_templates_are_what_the_expressions_compile_to(shape: str) -> None:
    assert (FOLDER / f"{shape}.sql").read_text("utf-8") == compile_shape(shape)
