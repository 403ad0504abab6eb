"""What the remaining years must bring for a promise to be kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def calc_required_mean_growth_pct(target_pct: float, years: int, achieved_pct: Sequence[float]) -> float:
    """Growth that each remaining year needs for the geometric mean of all years to be the target.

    ((1 + g)^N / prod(1 + g_i))^(1 / (N - n)) - 1, with N years in all and n achieved.

    Args:
        target_pct: the mean promised, per cent a year. years: N. achieved_pct: of the years done, n < N.

    >>> round(calc_required_mean_growth_pct(10, 8, [5.00, 7.48]), 1)
    11.3
    """
    left = years - len(achieved_pct)
    if left < 1:
        raise ValueError("no year is left")
    done = float(np.prod(1 + np.asarray(achieved_pct, dtype=np.float64) / 100))
    return float((((1 + target_pct / 100) ** years / done) ** (1 / left) - 1) * 100)


def calc_required_rate_pct(value: float, target: float, years: int) -> float:
    """Growth a year from a level to a level: (T / y)^(1 / n) - 1, both above zero.

    >>> round(calc_required_rate_pct(100, 121, 2), 6)
    10.0
    """
    if value <= 0 or target <= 0 or years < 1:
        raise ValueError("levels above zero, and a year left, are needed")
    return float(((target / value) ** (1 / years) - 1) * 100)


def calc_required_step(value: float, target: float, years: int) -> float:
    """What a share or rate must move by each year, in its own unit: (T - y) / n.

    >>> calc_required_step(83.0, 88.0, 5)
    1.0
    """
    if years < 1:
        raise ValueError("no year is left")
    return (target - value) / years
