"""Outlook of a short series: interval first, probability after, and nothing where the series does not carry it.

Model: a random walk with drift. The steps (differences, or differences of logarithms) are taken as independent
draws of one normal distribution whose mean and spread are unknown. With n steps of mean m and standard deviation s,
the level h steps ahead is y + h m + t s sqrt(h + h^2 / n), t of Student with n - 1 degrees of freedom
(the predictive distribution of a sum of h future draws, e.g. Box, Jenkins & Reinsel 2008, *Time Series Analysis*,
ch. 5, with the variance of the estimated drift, h^2 s^2 / n, added). A local linear trend has one variance more to
estimate, which ten yearly points do not identify: its intervals would be narrower than what is known.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

FEWEST_STEPS = 7
"""Fewer differences than this carry no interval worth showing."""


@dataclass(frozen=True)
class Outlook:
    """Where a series may be ``steps`` ahead, in the unit of the series.

    Attributes:
        centre: the median. low, high: bounds of the central interval of ``level``.
        location, scale, freedom: of the Student distribution, of the logarithm where ``is_log``.
        drift: mean step (of logarithms where ``is_log``).
    """

    steps: int
    level: float
    centre: float
    low: float
    high: float
    is_log: bool
    location: float
    scale: float
    freedom: int
    drift: float

    def probability(self, low: float | None, high: float | None) -> float:
        """The chance of ending between two bounds; None leaves a side open."""
        return self._below(high, 1.0) - self._below(low, 0.0)

    def _below(self, bound: float | None, if_open: float) -> float:
        if bound is None:
            return if_open
        if self.is_log:
            if bound <= 0:
                return 0.0
            bound = math.log(bound)
        if self.scale == 0:
            return float(bound >= self.location)
        return float(stats.t.cdf((bound - self.location) / self.scale, self.freedom))


def forecast_drift(values: Sequence[float], steps: int, is_log: bool, level: float = 0.8) -> Outlook | None:
    """The outlook of a series whose values follow each other at equal distances.

    Args:
        values: the series in time order, at least ``FEWEST_STEPS`` + 1. steps: how far ahead.
        is_log: growth is proportional (levels above zero); else in the unit itself (shares, rates).

    Returns:
        None where it cannot be said: too few values, further ahead than half as long again as the series is,
        not above zero where logarithms are asked for.
    """
    series = np.asarray(values, dtype=np.float64)
    n = len(series) - 1
    if n < FEWEST_STEPS or steps < 1 or steps > 1.5 * n or not np.isfinite(series).all():
        return None
    if is_log:
        if (series <= 0).any():
            return None
        series = np.log(series)
    differences = np.diff(series)
    drift, spread = float(differences.mean()), float(differences.std(ddof=1))
    location = float(series[-1]) + steps * drift
    scale = spread * math.sqrt(steps + steps**2 / n)
    reach = float(stats.t.ppf(0.5 + level / 2, n - 1)) * scale
    back = math.exp if is_log else float
    return Outlook(
        steps,
        level,
        back(location),
        back(location - reach),
        back(location + reach),
        is_log,
        location,
        scale,
        n - 1,
        drift,
    )
