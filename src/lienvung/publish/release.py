"""One release is one commit: all of it is seen, or none."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from lienvung.domain.clocks import OPEN_DAY, OPEN_INSTANT
from lienvung.domain.handovers import Release
from lienvung.errors import StoreBusy
from lienvung.publish.vintages import Merge, merge_claims, take_back_claims
from lienvung.store.pointer import Pointer, ReleaseNote, write_pointer
from lienvung.store.schema import OBSERVATIONS

TRIES = 8


def _read_files(files: list[str]) -> pa.Table:
    if not files:
        return OBSERVATIONS.empty_table()
    with duckdb.connect() as db:
        columns = ", ".join(OBSERVATIONS.names)
        return db.sql(f"select {columns} from read_parquet(?)", params=[files]).to_arrow_table().cast(OBSERVATIONS)


def _after(recorded: datetime, old: pa.Table) -> datetime:
    """``recorded``, or the next microsecond after what the store already holds if a clock was set back."""
    if not old.num_rows:
        return recorded
    latest: datetime = pc.max(old["recorded_from"]).as_py()
    return max(recorded, latest + timedelta(microseconds=1))


def _write(store: Path, release: Release, make: Callable[[pa.Table, datetime], Merge]) -> ReleaseNote:
    from lienvung.store import warehouse

    dataflows = sorted(pc.unique(release.table["dataflow"]).to_pylist())
    for attempt in range(TRIES):
        table = warehouse.open_table(store)
        before = warehouse.plan_pointer(table)
        known = next((n for n in before.releases if n.id == release.id), None)
        if known:  # a publisher was cut off after its commit
            write_pointer(store, before)
            return known
        old = _read_files([f for d in dataflows for f in before.files.get(d, [])])
        recorded = _after(release.recorded, old)
        merged = make(old, recorded)
        note = ReleaseNote(
            id=release.id, title_vi=release.title_vi, title_en=release.title_en,
            recorded=recorded.isoformat(), author=release.author,
            added=merged.added, revised=merged.revised, unchanged=merged.unchanged,
        )  # fmt: skip
        if not (merged.added or merged.revised):
            return note
        try:
            warehouse.replace_dataflows(table, merged.table, dataflows, note)
        except warehouse.CONFLICTS:
            time.sleep(0.1 * 2**attempt)
            continue
        write_pointer(store, warehouse.plan_pointer(table))
        return note
    raise StoreBusy(tries=TRIES)


def write_release(store: Path, release: Release) -> ReleaseNote:
    """Publish a release into the store and tell the readers.

    Another release committed in between is re-read and the claims are applied again; nothing is lost.
    A kill at any moment leaves either the last release or this one, complete; writing it again writes nothing.

    Raises:
        StoreBusy: others were first each of the tries.
    """
    return _write(store, release, lambda old, recorded: merge_claims(old, release.table, recorded, release.id))


def write_withdrawal(store: Path, release: Release, others: pa.Table) -> tuple[ReleaseNote, set[str]]:
    """Take a submission's claims back by a release: what stood before them stands again.

    Args:
        release: its table holds the claims that are taken back. others: the claims of every other submission that
            counts (``CLAIMS`` columns and ``release``), in the order of their releases.

    Returns the note, whose ``revised`` counts the vintages taken back, and the submissions whose figures stand now.

    Raises:
        StoreBusy: others were first each of the tries.
    """
    note = _write(store, release, lambda old, recorded: take_back_claims(old, release.table, others, recorded))
    return note, _standing(store)


def _files(store: Path) -> list[str]:
    from lienvung.store import warehouse

    return [f for found in warehouse.plan_pointer(warehouse.open_table(store)).files.values() for f in found]


def _submissions(files: list[str], where: str, *values: object) -> set[str]:
    if not files:
        return set()
    with duckdb.connect() as db:
        sql = f"select distinct submission from read_parquet(?) where submission is not null and {where}"
        return {str(s) for (s,) in db.execute(sql, [files, *values]).fetchall()}


def _standing(store: Path) -> set[str]:
    """The submissions with a figure that stands on both clocks."""
    return _submissions(_files(store), "published_to = ? and recorded_to = ?", OPEN_DAY, OPEN_INSTANT)


def find_replaced(store: Path, note: ReleaseNote) -> set[str]:
    """The submissions whose last standing figure gave way to this release."""
    closed = _submissions(_files(store), "recorded_to = ?", datetime.fromisoformat(note.recorded))
    return closed - _standing(store) if closed else set()


def prepare_store(store: Path) -> Pointer:
    """Make an empty store if there is none, and mend the pointer if a publisher died before writing it."""
    from lienvung.store import warehouse

    return warehouse.repair_pointer(store)


def name_release(moment: datetime | None = None) -> tuple[str, datetime]:
    """A new release's id, which sorts by time, and its moment (naive UTC)."""
    moment = (moment or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
    return f"R{moment:%Y%m%dT%H%M%S}.{moment.microsecond:06d}Z", moment
