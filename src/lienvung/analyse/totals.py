"""A region's total, where its indicator may be added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

ADDITIVE = ("sum", "stock")


def calc_region_total(aggregation: str, values: Mapping[str, float], members: Sequence[str]) -> float | None:
    """The sum over a region's members; None if the indicator is not additive or a member has no value.

    A part of a region is never shown as the whole.

    Args:
        aggregation: the indicator's rule. values: by area key, in the indicator's unit. members: all area keys.

    >>> calc_region_total("sum", {"a": 1.0, "b": 2.0}, ["a", "b"])
    3.0
    >>> calc_region_total("sum", {"a": 1.0}, ["a", "b"]) is None, calc_region_total("index", {"a": 1.0}, ["a"]) is None
    (True, True)
    """
    if aggregation not in ADDITIVE or not members or any(m not in values for m in members):
        return None
    return sum(values[m] for m in members)
