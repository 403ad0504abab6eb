"""Rows narrowed to exactly what an SDMX question asks, beyond what the query room was asked for."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lienvung.api.question import Comparison, DataQuestion, Filter
from lienvung.domain.periods import Period
from lienvung.present.sdmx.columns import combine, encode
from lienvung.present.sdmx.model import BY_ID, DIMENSIONS, MEASURE, TIME

Mask = npt.NDArray[np.bool_]

_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
    "co": lambda text, part: part in text,
    "nc": lambda text, part: part not in text,
    "sw": lambda text, part: bool(text.startswith(part)),
    "ew": lambda text, part: bool(text.endswith(part)),
}


def narrow(table: pa.Table, question: DataQuestion) -> pa.Table:
    """The rows that match every filter and any key, cut to the counts asked for; order is kept."""
    mask = match_keys(table, question.keys)
    for found in question.filters:
        mask &= match_filter(table, found)
    if not mask.all():
        table = table.filter(pa.array(mask))
    if question.first_n or question.last_n:
        table = table.filter(pa.array(_ends_of_series(table, question.first_n, question.last_n)))
    return table.slice(question.offset, question.limit)


def match_keys(table: pa.Table, keys: tuple[dict[str, str], ...]) -> Mask:
    """Which rows fit any of the keys."""
    found = np.zeros(table.num_rows, dtype=bool)
    for key in keys:
        mask = np.ones(table.num_rows, dtype=bool)
        for name, code in key.items():
            mask &= np.asarray(pc.equal(table.column(BY_ID[name].column), code))
        found |= mask
    return found


def match_filter(table: pa.Table, found: Filter) -> Mask:
    """Which rows fit a filter: every distinct text is tested once."""
    if found.component is MEASURE:
        return _match_values(table, found)
    column = encode(table, found.component)
    is_fit = _period_test if found.component is TIME else _text_test
    if found.component.data_type == "Integer":
        is_fit = _number_test
    fits = [any(all(is_fit(text, t) for t in either) for either in found.alternatives) for text in column.texts]
    return np.array(fits, dtype=bool)[column.codes] if fits else np.zeros(table.num_rows, dtype=bool)


def _text_test(text: str | None, test: Comparison) -> bool:
    return _COMPARE[test.operator](text, test.value) if text is not None else test.operator in ("ne", "nc")


def _number_test(text: str | None, test: Comparison) -> bool:
    return _COMPARE[test.operator](float(text), float(test.value)) if text is not None else test.operator == "ne"


def _period_test(text: str | None, test: Comparison) -> bool:
    """A period is after another when it begins after its end, and within ``ge``/``le`` when it does not stick out."""
    if test.operator in ("co", "nc", "sw", "ew"):
        return _text_test(text, test)
    have, asked = Period.parse(text or ""), Period.parse(test.value)
    return {
        "eq": (have.start, have.end) == (asked.start, asked.end),
        "ne": (have.start, have.end) != (asked.start, asked.end),
        "ge": have.start >= asked.start,
        "gt": have.start > asked.end,
        "le": have.end <= asked.end,
        "lt": have.end < asked.start,
    }[test.operator]


def _match_values(table: pa.Table, found: Filter) -> Mask:
    values = np.asarray(pc.cast(table.column("value"), pa.float64()).to_numpy())
    mask = np.zeros(table.num_rows, dtype=bool)
    for either in found.alternatives:
        fits = np.ones(table.num_rows, dtype=bool)
        for test in either:
            fits &= np.asarray(_COMPARE[test.operator](values, float(test.value)))
            if test.operator == "ne":
                fits &= ~np.isnan(values)
        mask |= fits
    return mask


def _ends_of_series(table: pa.Table, first_n: int | None, last_n: int | None) -> Mask:
    if not table.num_rows:
        return np.zeros(0, dtype=bool)
    codes, parts = combine([encode(table, d) for d in DIMENSIONS], table.num_rows)
    order = np.argsort(codes, kind="stable")
    counts = np.bincount(codes, minlength=len(parts[0]))
    starts = np.repeat(np.cumsum(counts) - counts, counts)
    place = np.empty(table.num_rows, dtype=np.int64)
    place[order] = np.arange(table.num_rows) - starts
    return (place < (first_n or 0)) | (counts[codes] - place <= (last_n or 0))
