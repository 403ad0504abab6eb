"""What provinces make and do, and what can be said of it: quotients, growth, likeness, headroom, dependence, what next.

Every result names its convention, carries the published rows it was made from, and says what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lienvung.errors import Both

NOTHING = Both("", "")

Row = Mapping[str, Any]
ABOVE, BELOW, ALIKE, UNSURE = "above", "below", "alike", "unsure"
MARK_NAMES = {
    ABOVE: Both("cao hơn mức chung", "above the whole"),
    BELOW: Both("thấp hơn mức chung", "below the whole"),
    ALIKE: Both("quanh mức chung", "about as the whole"),
    UNSURE: Both("chưa đủ căn cứ", "not enough to tell"),
}
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Sector:
    """A product or line of business that is measured by province.

    Attributes:
        breakdown, activity: codes of the indicator, ``_T`` for its total. base: the indicator that shares are held
            against. part_of: the sector that contains this one. name: short; the indicator's where it is empty.
    """

    key: str
    indicator: str
    breakdown: str = "_T"
    activity: str = "_T"
    base: str = "POP_AVG"
    part_of: str = ""
    kind: str = ""
    name: Both = NOTHING
    note: Both = NOTHING


@dataclass(frozen=True, slots=True)
class FlaggedSector:
    """A sector that a document treats as not lasting.

    Attributes:
        activity: its code; excluding: the breakdown of figures without it; wider: the activity that stands for it where
            only a wider one is published. source: the plan or document that says so.
    """

    key: str
    name: Both
    activity: str
    excluding: str
    wider: str
    reason: Both
    source: str


@dataclass(frozen=True, slots=True)
class FacilityType:
    """A kind of facility that several provinces may plan: found by words of a target's name or by its indicator."""

    key: str
    name: Both
    words: tuple[str, ...]
    indicators: tuple[str, ...]
    use_indicator: str = ""


@dataclass(frozen=True, slots=True)
class SectorLists:
    """A pack's lists on sectors; all empty where it has none."""

    sectors: tuple[Sector, ...] = ()
    flags: tuple[FlaggedSector, ...] = ()
    facilities: tuple[FacilityType, ...] = ()


@dataclass(frozen=True)
class Quotient:
    """How much more of a sector a place has than a whole has, in one year.

    Attributes:
        reference: ``VN`` or a region's code. convention: what was divided by what. low, high: the band, of the kind
            that ``band`` tells. mark: one of ``MARK_NAMES``, by the whole band. z: standardised logarithm among
            provinces; stars: 1 where it is beyond 1.65, 2 beyond 1.96. rank, count: the place's rank among so many.
    """

    sector: str
    area: str
    year: int
    reference: str
    convention: Both
    value: float
    symmetric: float
    inputs: tuple[Row, ...]
    low: float | None = None
    high: float | None = None
    band: Both | None = None
    z: float | None = None
    mark: str = UNSURE
    stars: int = 0
    rank: int | None = None
    count: int | None = None
    notes: tuple[Both, ...] = ()


@dataclass(frozen=True)
class Specialisation:
    """A place's quotient in one sector, now and over the years, or why there is none."""

    sector: str
    area: str
    path: tuple[Quotient, ...]
    missing: tuple[Both, ...] = ()

    @property
    def latest(self) -> Quotient | None:
        """The newest one."""
        return self.path[-1] if self.path else None


@dataclass(frozen=True)
class GrowthSplit:
    """A change between two years, split into what the whole, the sector and the place account for (in ``unit``).

    ``parts``: by name, adding up to ``change``; empty with the reason where it cannot be split.
    """

    sector: str
    area: str
    first: int
    last: int
    unit: str
    start: float | None
    change: float | None
    parts: Mapping[str, float]
    convention: Both
    inputs: tuple[Row, ...]
    reason: Both | None = None


@dataclass(frozen=True)
class Likeness:
    """How alike the structures of two provinces are, and whether ever more so.

    Attributes:
        value: 0 to 1, in the last of ``years``. rank_pct: how many of all pairs of provinces are less alike, per cent.
            slope: change in ten years; trend_chance: of so clear a trend without one. is_alarm: very alike, and more
            so. path: value by year.
    """

    one: str
    other: str
    value: float
    rank_pct: float
    slope: float
    trend_chance: float
    is_alarm: bool
    path: Mapping[int, float]
    common: tuple[str, ...]


@dataclass(frozen=True)
class SamePlan:
    """Provinces that plan the same kind of facility, what the region's documents say of it, and how full it is now."""

    facility: str
    name: Both
    targets: tuple[str, ...]
    areas: tuple[str, ...]
    regional: tuple[str, ...]
    use: tuple[Row, ...]
    said: tuple[Both, ...]


@dataclass(frozen=True)
class Headroom:
    """How near a series is to its ceiling, or why that cannot be told.

    Attributes:
        kind: ``saturation``, ``use`` (a printed share of capacity), ``icor``. value: the share in use in per cent, or
            the ICOR. low, high: its interval. ceiling: in the series' unit. slope: change a year. reason: of a refusal.
    """

    key: str
    area: str
    kind: str
    period: str
    convention: Both
    inputs: tuple[Row, ...]
    value: float | None = None
    low: float | None = None
    high: float | None = None
    ceiling: float | None = None
    slope: float | None = None
    reason: Both | None = None
    said: tuple[Both, ...] = ()


@dataclass(frozen=True)
class Dependence:
    """The share of a flagged sector in a territory, printed or computed; or what is missing to know it."""

    flag: str
    area: str
    period: str
    share_pct: float | None
    way: str
    convention: Both
    inputs: tuple[Row, ...]
    said: tuple[Both, ...] = ()


@dataclass(frozen=True)
class NextSector:
    """A sector that a place does not have yet: is it related to what it has, complex, feasible; each with reasons.

    Attributes:
        density: relatedness density; density_rank_pct: how many provinces are less near, per cent. complexity: PCI.
            related, complex, feasible: ``yes``, ``no`` or ``unsure``. steadiness: in how many of the runs that leave a
            sector out ``complex`` came out the same.
    """

    sector: str
    area: str
    year: int
    quotient: float
    density: float
    density_rank_pct: float
    complexity: float
    outlook_gain: float | None
    related: str
    complex: str
    feasible: str
    reasons: tuple[Both, ...]
    steadiness: tuple[int, int] = (0, 0)
    inputs: tuple[Row, ...] = ()

    @property
    def score(self) -> int:
        """How many of the three questions are answered with yes."""
        return sum(answer == YES for answer in (self.related, self.complex, self.feasible))
