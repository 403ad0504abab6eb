"""Growth, indices and shares.

The formulas are those of national accounts practice: IMF, *Quarterly National Accounts Manual* (2017), chapter 8
(price and volume measures: chain-linking, re-referencing); OECD, *Data and Metadata Reporting and Presentation
Handbook* (2007), on rates of growth and index numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod


def calc_growth_pct(before: float, after: float) -> float:
    """Rate of growth, per cent: (after / before − 1) × 100.

    >>> round(calc_growth_pct(246448.8, 260229), 2)
    5.59
    """
    return (after / before - 1) * 100


def calc_average_growth_pct(first: float, last: float, years: int) -> float:
    """Average annual growth between two levels, per cent: ((last / first)^(1/years) − 1) × 100.

    It is also the growth required each year to reach ``last`` from ``first``.

    >>> round(calc_average_growth_pct(100, 121, 2), 10)
    10.0
    """
    return float((last / first) ** (1 / years) - 1) * 100


def calc_mean_of_rates_pct(rates_pct: Sequence[float]) -> float:
    """Average annual growth of yearly rates, per cent: ((∏(1 + r/100))^(1/n) − 1) × 100, never their plain mean.

    >>> round(calc_mean_of_rates_pct([10, -10]), 4)
    -0.5013
    """
    return float(prod(1 + r / 100 for r in rates_pct) ** (1 / len(rates_pct)) - 1) * 100


def calc_growth_of_index_pct(index: float) -> float:
    """Growth that an index of 'previous = 100' tells, per cent: index − 100.

    >>> round(calc_growth_of_index_pct(105.8), 10)
    5.8
    """
    return index - 100


def calc_index_of_growth(growth_pct: float) -> float:
    """Index of 'previous = 100' that a rate of growth tells: 100 + growth.

    >>> calc_index_of_growth(5.8)
    105.8
    """
    return 100 + growth_pct


def calc_chained_index(links: Sequence[float], base: int) -> list[float]:
    """A fixed-base index out of links 'previous = 100': I_t = I_(t−1) × link_t / 100, with I_base = 100.

    Args:
        links: of consecutive periods. base: position of the period that is 100; −1 is the one before the first link.

    Returns:
        One value for each link, in their order.

    >>> [round(i, 4) for i in calc_chained_index([110, 120], -1)], calc_chained_index([110, 125], 1)
    ([110.0, 132.0], [80.0, 100.0])
    """
    level, levels = 1.0, []
    for link in links:
        level *= link / 100
        levels.append(level)
    return calc_rebased(levels, 1.0 if base < 0 else levels[base])


def calc_rebased(values: Sequence[float], base_value: float) -> list[float]:
    """Levels or index numbers with another period as 100: value / base value × 100.

    >>> calc_rebased([50, 100, 200], 100)
    [50.0, 100.0, 200.0]
    """
    return [v / base_value * 100 for v in values]


def calc_share_pct(part: float, whole: float) -> float:
    """A part of a whole, per cent: part / whole × 100.

    >>> calc_share_pct(3, 12)
    25.0
    """
    return part / whole * 100
