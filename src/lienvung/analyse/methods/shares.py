"""Which weights divide a unit among those it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

K = TypeVar("K")


def pick_year(years: Mapping[int, Mapping[K, float]], parts: Sequence[K], year: int) -> int | None:
    """The year whose weights divide a value of ``year``: the latest not after it in which all parts have one.

    Where none is so early, the earliest that has all of them. A weight of one year is never set against one of another.

    Args:
        years: weights by year and part.

    >>> pick_year({2019: {"a": 1.0, "b": 2.0}, 2020: {"a": 1.0}}, ["a", "b"], 2024)
    2019
    >>> pick_year({2019: {"a": 1.0, "b": 2.0}}, ["a", "b"], 2011), pick_year({2019: {"a": 1.0}}, ["a", "b"], 2020)
    (2019, None)
    """
    whole = sorted(y for y, known in years.items() if all(known.get(p, 0) > 0 for p in parts))
    earlier = [y for y in whole if y <= year]
    return (earlier[-1] if earlier else whole[0]) if whole else None


def calc_shares(weights: Mapping[K, float]) -> dict[K, float]:
    """Each part's share of the sum: w / Σ w.

    >>> calc_shares({"a": 1.0, "b": 3.0})
    {'a': 0.25, 'b': 0.75}
    """
    total = sum(weights.values())
    return {part: weight / total for part, weight in weights.items()}


def calc_rounding(values: Sequence[float], decimals: Sequence[int], scale: float) -> float:
    """The most by which Σ ratio × value / scale can be off because the ratios were printed rounded.

    Half of the last printed digit of every ratio, times its value: Σ 0,5 · 10^-decimals · |value| / scale.

    >>> calc_rounding([100.0, 200.0], [2, 2], 1.0)
    1.5
    """
    return sum(0.5 * 10.0**-d * abs(v) for v, d in zip(values, decimals, strict=True)) / abs(scale)
