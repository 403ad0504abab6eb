"""The whole published history at once: what the reconciliation checks are handed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lienvung.domain.clocks import OPEN_INSTANT
from lienvung.query.reader import Reader
from lienvung.store.schema import OBSERVATIONS


def read_history(
    reader: Reader, dataflows: Collection[str], columns: Sequence[str] = tuple(OBSERVATIONS.names)
) -> pa.Table:
    """Every vintage that is believed now, of some dataflows (``OBSERVATIONS`` rows, unsorted).

    Args:
        columns: those wanted; ``recorded_to`` among them.
    """
    schema = pa.schema([OBSERVATIONS.field(c) for c in columns])
    files = [f for d, found in reader.pointer().files.items() if d in dataflows for f in found]
    if not files:
        return schema.empty_table()
    tables = [pq.read_table(f, columns=list(columns)).select(columns).cast(schema) for f in files]
    table = pa.concat_tables(tables)
    return table.filter(pc.equal(table["recorded_to"], pa.scalar(OPEN_INSTANT, pa.timestamp("us"))))
