"""A yearly series divided into quarters: estimates that add up to what was published, and what they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lienvung.errors import Both

DENTON, CHOW_LIN = "denton", "chow-lin"
QUARTER_METHODS = {
    DENTON: Both("Denton tỷ lệ, bản Cholette (IMF 2017)", "proportional Denton with Cholette's correction (IMF 2017)"),
    CHOW_LIN: Both("Chow-Lin (1971)", "Chow-Lin (1971)"),
}


@dataclass(frozen=True)
class QuarterFigure:
    """An estimated quarter. ``related``: the published row of the related series. low, high: where the method tells."""

    period: str
    value: float
    related: Mapping[str, Any]
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class QuarterEstimate:
    """A yearly series in quarters.

    Attributes:
        years: the published rows that the quarters add up to, by year. gap: the largest difference between a year and
            the sum of its quarters, as a part of the year: the benchmark identity, checked. assumptions: what was
            taken for granted.
    """

    indicator: str
    area_key: str
    related: str
    related_area: str
    method: str
    unit: str
    quarters: tuple[QuarterFigure, ...]
    years: Mapping[int, Mapping[str, Any]]
    gap: float
    assumptions: tuple[Both, ...]
