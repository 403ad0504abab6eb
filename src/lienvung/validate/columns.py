"""Column work on distinct values, so that a check costs as much as the words it meets, not the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_GLUE = "\x1f"


def map_distinct(column: pa.Array, function: Callable[[str], object], kind: pa.DataType) -> pa.Array:
    """The function's answer for every distinct text, laid out row by row; null stays null."""
    encoded = column.dictionary_encode()
    answers = pa.array([function(text) for text in encoded.dictionary.to_pylist()], kind)
    return answers.take(encoded.indices)


def glue(columns: Sequence[pa.Array]) -> pa.Array:
    """Several text columns as one, to be cut again by ``cut``; null counts as empty."""
    return pc.binary_join_element_wise(*(pc.fill_null(c, "") for c in columns), _GLUE)


def cut(text: str) -> list[str]:
    """The texts that ``glue`` joined.

    >>> cut("74" + chr(31) + "2004")
    ['74', '2004']
    """
    return text.split(_GLUE)


def mask(condition: pa.Array) -> np.ndarray:
    """A condition as a NumPy mask; unknown counts as false."""
    return np.asarray(pc.fill_null(condition, False).to_numpy(zero_copy_only=False), dtype=bool)


def by_text(column: pa.Array, rows: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """Every distinct text among these rows with the rows that have it, in order of appearance."""
    if not rows.size:
        return
    encoded = column.take(pa.array(rows)).dictionary_encode()
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    order = np.argsort(codes, kind="stable")
    edges = np.flatnonzero(np.diff(codes[order], prepend=codes[order][0] - 1))
    for group in np.split(rows[order], edges[1:]):
        yield column[int(group[0])].as_py() or "", group


def group_ids(columns: Sequence[pa.Array]) -> np.ndarray:
    """A number per row, equal where all the columns are equal; null equals null."""
    ids = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        codes = column.dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64) + 1
        ids = np.unique(ids * (int(codes.max(initial=0)) + 1) + codes, return_inverse=True)[1]
    return ids


def groups_of(ids: np.ndarray, rows: np.ndarray, at_least: int) -> Iterator[np.ndarray]:
    """The rows of every group that has at least so many of them."""
    if not rows.size:
        return
    order = rows[np.argsort(ids[rows], kind="stable")]
    edges = np.flatnonzero(np.diff(ids[order])) + 1
    bounds = np.concatenate(([0], edges, [order.size]))
    for place in np.flatnonzero(np.diff(bounds) >= at_least):
        yield order[bounds[place] : bounds[place + 1]]
