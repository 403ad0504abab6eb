"""What the growth of a territory rests on: productivity, investment, technology, each with how it was come by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lienvung.domain.plans import Target
from lienvung.errors import Both

PRINTED, COMPUTED, ESTIMATED = "printed", "computed", "estimated"
WAY_NAMES = {
    PRINTED: Both("số công bố", "as published"),
    COMPUTED: Both("tính từ số công bố", "computed from published figures"),
    ESTIMATED: Both("ước tính, theo giả định", "an estimate on assumptions"),
}


@dataclass(frozen=True)
class ModelFigure:
    """One value of a measure.

    Attributes:
        period: a year, or ``2011-2016``. way: one of ``WAY_NAMES``. formula: in words; numbers: the same with the
            figures put in. inputs: the published rows behind it. low, high: what other assumptions would give.
    """

    period: str
    value: float
    way: str
    formula: Both
    numbers: str
    inputs: tuple[Mapping[str, Any], ...]
    low: float | None = None
    high: float | None = None
    assumptions: tuple[Both, ...] = ()


@dataclass(frozen=True)
class ModelMeasure:
    """A measure of one territory: its figures by period, the targets set for it, and what is missing to know more.

    ``indicator`` is empty where no listed indicator is meant by it.
    """

    key: str
    indicator: str
    name: Both
    unit: str
    decimals: int
    figures: tuple[ModelFigure, ...]
    targets: tuple[Target, ...]
    missing: tuple[Both, ...]

    @property
    def latest(self) -> ModelFigure | None:
        """The newest figure."""
        return self.figures[-1] if self.figures else None


@dataclass(frozen=True)
class GrowthModel:
    """All measures of one territory (an area key, or a region's code)."""

    territory: str
    measures: tuple[ModelMeasure, ...]
