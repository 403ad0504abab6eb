"""A target held against its figures: what is required, what was achieved, how likely, on which assumptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lienvung.domain.agencies import Agency
from lienvung.domain.plans import Target
from lienvung.errors import Both

REACHED, MISSED, ON_PATH, BEHIND, BEYOND, NO_FIGURES = "reached", "missed", "on_path", "behind", "beyond", "no_figures"
STATE_NAMES = {
    REACHED: Both("đã đạt", "reached"),
    MISSED: Both("không đạt", "missed"),
    ON_PATH: Both("đúng tiến độ", "on the way"),
    BEHIND: Both("chậm so với yêu cầu", "behind"),
    BEYOND: Both("đòi hỏi vượt mức cao nhất từng đạt", "asks for more than was ever achieved"),
    NO_FIGURES: Both("chưa có số liệu để theo dõi", "no figures to track it by"),
}


@dataclass(frozen=True)
class YearFigure:
    """One year's value in the target's unit, the published row that it is, and other claims of the same year."""

    year: int
    value: float
    row: Mapping[str, Any]
    others: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Required:
    """What the years ``first`` to ``last`` must each bring, with what was taken for granted.

    ``low`` keeps the least of the promise, ``high`` its upper bound (None where it has none). Per cent a year, or the
    target's own unit a year for shares and totals (``is_pct`` says which).
    """

    first: int
    last: int
    low: float
    high: float | None
    is_pct: bool
    assumptions: tuple[Both, ...]


@dataclass(frozen=True)
class Track:
    """A target held against its figures.

    Attributes:
        method: how it is held (``growth``, ``level``, ``share``, ``total``). state: one of ``STATE_NAMES``.
        figures: the yearly figures used, in the target's unit. latest: the last of them.
        required: for the promise as it stands; more than one where it can be read in two ways.
        pace, best: mean and highest of what single years brought, as ``required`` is measured; with the years.
        interval, interval_level, chance: of the year aimed at; ``refusal`` says why not where they are missing.
    """

    target: Target
    method: str
    state: str
    figures: tuple[YearFigure, ...]
    required: tuple[Required, ...] = ()
    pace: float | None = None
    best: float | None = None
    pace_years: tuple[int, ...] = ()
    interval: tuple[float, float] | None = None
    interval_level: float = 0.8
    chance: float | None = None
    refusal: Both | None = None
    notes: tuple[Both, ...] = ()

    @property
    def latest(self) -> YearFigure | None:
        """The newest figure."""
        return self.figures[-1] if self.figures else None


@dataclass(frozen=True)
class Stretch:
    """Years in a row and what they brought a year on average, as ``Required`` is measured."""

    first: int
    last: int
    pace: float

    @property
    def years(self) -> int:
        """How many years it is."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class Yardstick:
    """What a territory achieved, to hold a target's required pace to: its best and its latest stretch of years.

    The stretches are as long as the years that the target has left (``is_full``), or as its figures carry where those
    are fewer; ``peak`` is its best single year.
    """

    territory: str
    is_own: bool
    is_full: bool
    best: Stretch
    latest: Stretch
    peak: Stretch

    @property
    def bar(self) -> Stretch:
        """What a required pace must exceed to be beyond this territory: over as many years, else in its best year."""
        return self.best if self.is_full else self.peak


@dataclass(frozen=True)
class EarlyWarning:
    """A target whose required pace neither its territory nor any neighbour ever achieved.

    ``yardstick``: of who achieved the most. ``agency``: who answers for the territory today, where the list of
    agencies tells.
    """

    track: Track
    yardstick: Yardstick
    agency: Agency | None = None

    @property
    def year(self) -> int:
        """When the target is due."""
        return self.track.target.span.end.year
