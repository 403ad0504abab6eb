"""Publishing under kill -9, under two writers, under a full disk: the last release stays whole."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from lienvung.domain.handovers import Question
from lienvung.errors import StoreBusy
from lienvung.publish import release as release_module
from lienvung.query.observations import find_observations
from lienvung.query.reader import Reader
from tests.faults.publisher import FACTS, claims, publish

ROOT = Path(__file__).parents[2]
KILLS = 100 if os.environ.get("LIENVUNG_DRILL") else 10


def start(store: Path, value: float, day: date, indicator: str = "POP_AVG") -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "tests.faults.publisher",
        str(store),
        str(value),
        str(day),
        indicator,
    ]
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    child = subprocess.Popen(  # noqa: S603
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": paths}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert child.stdout and child.stdout.readline() == "ready\n"
    return child


def go(child: subprocess.Popen[str]) -> None:
    assert child.stdin
    child.stdin.write("go\n")
    child.stdin.flush()


def end(child: subprocess.Popen[str]) -> int:
    code = child.wait(60)
    for pipe in (child.stdin, child.stdout):
        if pipe:
            pipe.close()
    return code


def seen(store: Path, indicator: str = "POP_AVG") -> set[float]:
    """The values that a fresh reader sees; every release covers all facts."""
    table = find_observations(Reader(store), Question((indicator,))).table
    assert table.num_rows == FACTS
    return set(table["value"].to_pylist())


def test_a_kill_leaves_the_last_release_or_this_one_complete(tmp_path: Path) -> None:
    store, day = tmp_path / "store", date(2020, 1, 1)
    publish(store, 5.0, day - timedelta(days=1))
    begun = time.monotonic()
    publish(store, 0.0, day)
    length = time.monotonic() - begun
    chance = random.Random(7)  # noqa: S311
    last = 0.0
    for attempt in range(1, KILLS + 1):
        day += timedelta(days=1)
        child = start(store, float(attempt), day)
        go(child)
        time.sleep(chance.uniform(0, 1.2) * length)
        child.kill()
        end(child)
        values = seen(store)
        assert values in ({last}, {float(attempt)}), f"half a release after kill {attempt}"
        last = values.pop()
    publish(store, -1.0, day + timedelta(days=1))
    assert seen(store) == {-1.0}


def test_two_publishers_of_one_dataflow_both_land(tmp_path: Path) -> None:
    store = tmp_path / "store"
    publish(store, 0.0, date(2020, 1, 1))
    children = [start(store, 1.0, date(2021, 1, 1), "POP_AVG"), start(store, 2.0, date(2021, 1, 1), "POP_URBAN")]
    for child in children:
        go(child)
    assert [end(c) for c in children] == [0, 0]
    assert seen(store, "POP_AVG") == {1.0}
    assert seen(store, "POP_URBAN") == {2.0}
    assert len(Reader(store).releases) == 3


def test_others_first_each_time_is_said_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from lienvung.store import warehouse

    store = tmp_path / "store"
    publish(store, 0.0, date(2020, 1, 1))

    def always_late(*_args: object) -> None:
        raise warehouse.CONFLICTS[0]("late")

    monkeypatch.setattr(warehouse, "replace_dataflows", always_late)
    monkeypatch.setattr(release_module.time, "sleep", lambda _seconds: None)
    with pytest.raises(StoreBusy):
        publish(store, 1.0, date(2021, 1, 1))
    assert seen(store) == {0.0}


def test_a_full_disk_leaves_the_last_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow.parquet as pq

    store = tmp_path / "store"
    publish(store, 0.0, date(2020, 1, 1))

    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write", full)
    with pytest.raises(OSError, match="No space left"):
        publish(store, 1.0, date(2021, 1, 1))
    monkeypatch.undo()
    assert seen(store) == {0.0}


def test_a_clock_set_back_keeps_the_order_of_record(tmp_path: Path) -> None:
    from datetime import datetime

    from lienvung.domain.handovers import Release

    store = tmp_path / "store"
    publish(store, 0.0, date(2020, 1, 1))
    early = Release("R0", "đợt", "release", claims(1.0, date(2021, 1, 1)), datetime(2000, 1, 1), "an")
    release_module.write_release(store, early)
    assert seen(store) == {1.0}
    first, second = Reader(store).releases[-1], Reader(store).releases[0]
    assert {first.id, second.id} >= {"R0"}
    assert datetime.fromisoformat(second.recorded) > datetime.fromisoformat(first.recorded)
