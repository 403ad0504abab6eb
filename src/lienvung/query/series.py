"""What there is: which series, from when to when."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from lienvung.domain.areas import AreaKey
from lienvung.query.observations import clock_parameters
from lienvung.query.reader import Reader
from lienvung.store.pointer import Pointer
from lienvung.store.schema import SERIES_COLUMNS

_kept: dict[tuple[str, str], pa.Table] = {}
"""The series table by (metadata file, snapshot): derived once per release."""


def _all_series(reader: Reader, pointer: Pointer) -> pa.Table:
    key = (pointer.metadata_location, pointer.snapshot)
    if key not in _kept:
        table = reader.run("series", clock_parameters(None, None), pointer=pointer)
        _kept.clear()
        _kept[key] = table.select(SERIES_COLUMNS.names).cast(SERIES_COLUMNS)
    return _kept[key]


def find_series(
    reader: Reader, indicators: Iterable[str] = (), areas: Iterable[AreaKey] = (), dataflow: str | None = None
) -> pa.Table:
    """The series of the current view (``SERIES_COLUMNS``); no restriction where nothing is given."""
    table = _all_series(reader, reader.pointer())
    wanted = {
        "indicator": list(indicators),
        "area_key": [str(a) for a in areas],
        "dataflow": [dataflow] if dataflow else [],
    }
    for column, values in wanted.items():
        if values:
            table = table.filter(pc.is_in(table[column], value_set=pa.array(values, pa.string())))
    return table
