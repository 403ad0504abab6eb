"""One release is one commit: all of it is seen, or none."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from lienvung.domain.handovers import Release
from lienvung.errors import StoreBusy
from lienvung.publish.vintages import merge_claims
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


def write_release(store: Path, release: Release) -> ReleaseNote:
    """Publish a release into the store and tell the readers.

    Another release committed in between is re-read and the claims are applied again; nothing is lost.
    A kill at any moment leaves either the last release or this one, complete.

    Raises:
        StoreBusy: others were first each of the tries.
    """
    from lienvung.store import warehouse

    dataflows = sorted(pc.unique(release.table["dataflow"]).to_pylist())
    for attempt in range(TRIES):
        table = warehouse.open_table(store)
        before = warehouse.plan_pointer(table)
        old = _read_files([f for d in dataflows for f in before.files.get(d, [])])
        recorded = _after(release.recorded, old)
        merged = merge_claims(old, release.table, recorded, release.id)
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


def prepare_store(store: Path) -> Pointer:
    """Make an empty store if there is none, and mend the pointer if a publisher died before writing it."""
    from lienvung.store import warehouse

    return warehouse.repair_pointer(store)


def name_release(moment: datetime | None = None) -> tuple[str, datetime]:
    """A new release's id, which sorts by time, and its moment (naive UTC)."""
    moment = (moment or datetime.now(UTC)).astimezone(UTC).replace(tzinfo=None)
    return f"R{moment:%Y%m%dT%H%M%S}.{moment.microsecond:06d}Z", moment
