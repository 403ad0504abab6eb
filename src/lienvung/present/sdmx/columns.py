"""Published rows as the columns of LV_DSD, each as whole numbers into a short list of texts.

Statistical messages repeat themselves: a million rows hold a few hundred distinct texts. Everything but the
value is therefore written out once per distinct text, or once per distinct combination of texts, and then
taken by number; only periods and values are formatted row by row, by Arrow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lienvung.domain.observations import STATUS_SDMX
from lienvung.present.records import iso_instant
from lienvung.present.sdmx.model import Component

Codes = npt.NDArray[np.int64]
_LIMIT = 2**62


@dataclass(frozen=True)
class Encoded:
    """A column: per row a number into ``texts``. A missing value points at None."""

    codes: Codes
    texts: list[str | None]

    def map(self, write: Callable[[str | None], str]) -> Encoded:
        """The same rows with every distinct text written anew."""
        return Encoded(self.codes, [write(t) for t in self.texts])


def _as_text(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return iso_instant(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _encode(column: pa.ChunkedArray) -> Encoded:
    array = column.combine_chunks()
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks else pa.array([], column.type)
    encoded = array if pa.types.is_dictionary(array.type) else pc.dictionary_encode(array, null_encoding="encode")
    texts = [_as_text(v) for v in encoded.dictionary.to_pylist()]
    indices = encoded.indices
    if indices.null_count:
        indices, texts = pc.fill_null(indices, len(texts)), [*texts, None]
    return Encoded(np.asarray(indices, dtype=np.int64), texts)


def encode(table: pa.Table, component: Component) -> Encoded:
    """The column that a component shows. A missing value has the status M whatever its printed status."""
    column = _encode(table.column(component.column))
    if component.id != "OBS_STATUS":
        return column
    texts: list[str | None] = [STATUS_SDMX.get(t or "", t) for t in column.texts]
    missing = np.asarray(pc.is_null(table.column("value"), nan_is_null=True).combine_chunks())
    return Encoded(np.where(missing, len(texts), column.codes), [*texts, "M"])


def compact(column: Encoded) -> Encoded:
    """The column with only the texts that occur, in order of first appearance."""
    found = pc.dictionary_encode(pa.array(column.codes))
    texts = [column.texts[i] for i in found.dictionary.to_pylist()]
    return Encoded(np.asarray(found.indices, dtype=np.int64), texts)


def values_as_text(table: pa.Table, missing: str) -> pa.Array:
    """The values in the shortest writing that reads back as the same number; ``missing`` where there is none."""
    values = table.column("value").combine_chunks()
    if isinstance(values, pa.ChunkedArray):
        values = values.chunk(0) if values.num_chunks else pa.array([], pa.float64())
    known = pc.if_else(pc.fill_null(pc.is_finite(values), False), values, pa.scalar(None, pa.float64()))
    return pc.fill_null(pc.cast(known, pa.string()), missing)


def combine(columns: Sequence[Encoded], rows: int) -> tuple[Codes, list[Codes]]:
    """Distinct combinations of columns.

    Returns:
        Per row the number of its combination, and per column its code in each combination.
    """
    key: Codes = np.zeros(rows, dtype=np.int64)
    size, firsts = 1, np.zeros(min(rows, 1), dtype=np.int64)
    for column in columns:
        width = max(len(column.texts), 1)
        if size * width >= _LIMIT:
            key, firsts = _renumber(key)
            size = len(firsts)
        key, size = key * width + column.codes, size * width
    key, firsts = _renumber(key)
    return key, [column.codes[firsts] for column in columns]


def _renumber(key: Codes) -> tuple[Codes, Codes]:
    """Numbers without gaps in order of appearance, and the row where each appears first."""
    found = pc.dictionary_encode(pa.array(key))
    codes = np.asarray(found.indices, dtype=np.int64)
    firsts = np.zeros(len(found.dictionary), dtype=np.int64)
    firsts[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return codes, firsts


def join_combinations(columns: Sequence[Encoded], rows: int, separator: str) -> tuple[Codes, pa.Array]:
    """Each distinct combination of columns as one text, and per row the number of its text."""
    if not columns:
        return np.zeros(rows, dtype=np.int64), pa.array([""])
    codes, parts = combine(columns, rows)
    pieces = [pa.array(c.texts, pa.string()).take(pa.array(p)) for c, p in zip(columns, parts, strict=True)]
    return codes, pc.binary_join_element_wise(*pieces, separator)


def to_bytes(rows: pa.Array) -> bytes:
    """The texts of an Arrow string array one after the other, without visiting them."""
    offsets, data = rows.buffers()[1:]
    bounds = np.frombuffer(offsets, dtype=np.int32 if rows.type == pa.string() else np.int64)
    start, end = int(bounds[rows.offset]), int(bounds[rows.offset + len(rows)])
    return data[start:end].to_pybytes() if data is not None else b""
