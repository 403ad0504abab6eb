"""Plans and their targets: what a document promised, for which territory, by when, in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lienvung.domain.clocks import Published
from lienvung.domain.names import nearest
from lienvung.domain.periods import Period
from lienvung.errors import UnknownPlan, UnknownTarget

PLAN_KINDS = (
    "resolution", "programme", "regional_plan", "provincial_plan", "party_resolution", "annual_plan",
    "five_year_plan", "action_plan", "medium_term_investment", "budget_plan", "draft_plan",
)  # fmt: skip
PLAN_STATUSES = ("in_force", "replaced", "ended")
OPERATORS = ("=", "~", ">", ">=", "<", "<=", "range")
PERIOD_KINDS = ("at", "mean", "sum")
"""Of the period as a whole (a year's value), the mean of its years, or the sum over them."""
ABOUT = 0.02
"""How far from the figure "khoảng" (about) still counts as reached: a convention of ours, 2 % of it, said with it."""


@dataclass(frozen=True)
class Plan:
    """A document that sets targets. Its identity is number, date and issuer: 128/NQ-CP exists three times."""

    key: str
    number: str
    published: str
    issuer_vi: str
    issuer_en: str
    kind: str
    title_vi: str
    title_en: str
    territory: str
    period_from: str
    period_to: str
    vision: str
    status: str
    replaced_by: str
    note_vi: str
    note_en: str
    confidence: str
    source: str

    @property
    def day(self) -> Published:
        """When it was issued, with the precision known."""
        return Published.parse(self.published)

    @property
    def is_draft(self) -> bool:
        """It was never approved."""
        return self.kind == "draft_plan"


@dataclass(frozen=True)
class Target:
    """One promise. ``territory`` is an area key (``74@2004``) or a region's code; bounds are in ``unit``.

    ``low`` and ``high`` are None where the words leave a side open ("trên 87 %" has no upper bound).
    """

    key: str
    plan: str
    indicator: str
    name_vi: str
    name_en: str
    territory: str
    breakdown: str
    activity: str
    coverage_vi: str
    coverage_en: str
    period: str
    period_kind: str
    low: float | None
    high: float | None
    operator: str
    unit: str
    printed: str
    replaces: str
    confidence: str

    @property
    def span(self) -> Period:
        """The period as dates."""
        return Period.parse(self.period)

    @property
    def is_comparable(self) -> bool:
        """It is of a listed indicator in its usual coverage: figures and other targets can be held to it."""
        return bool(self.indicator) and not self.coverage_vi.startswith(("trừ", "gồm", "tốc độ"))

    def bounds(self) -> tuple[float | None, float | None]:
        """The lowest and highest value that keeps the promise; "khoảng" allows ``ABOUT`` of the figure each way."""
        low, high = self.low, self.high
        if self.operator == "~":
            margin = ABOUT * abs(low if low is not None else high or 0.0)
            return (None if low is None else low - margin), (None if high is None else high + margin)
        return low, high

    def is_met(self, value: float, direction: str = "") -> bool:
        """Whether a value keeps the promise.

        Args:
            direction: of the indicator, ``up`` or ``down`` is better: a single figure or a range is then passed by
                doing better than it. Without one, only the range itself keeps it.
        """
        low, high = self.bounds()
        strict = self.operator in (">", "<")
        above = low is None or (value > low if strict else value >= low)
        below = high is None or (value < high if strict else value <= high)
        if self.operator in ("=", "~", "range") and direction == "up":
            return above
        if self.operator in ("=", "~", "range") and direction == "down":
            return below
        return above and below


@dataclass(frozen=True)
class PlanRegister:
    """All plans and targets, with their chains."""

    plans: Mapping[str, Plan]
    targets: Mapping[str, Target]

    def plan(self, key: str) -> Plan:
        """One plan by its key, or by its number where only one document bears it.

        Raises:
            UnknownPlan: none, or several of that number; with the choices.
        """
        if key in self.plans:
            return self.plans[key]
        same = [p.key for p in self.plans.values() if p.number and p.number.casefold() == key.casefold()]
        if len(same) == 1:
            return self.plans[same[0]]
        raise UnknownPlan(plan=key, choices=", ".join(same or nearest(key, self.plans)) or "—")

    def target(self, key: str) -> Target:
        """One target.

        Raises:
            UnknownTarget: no such target.
        """
        found = self.targets.get(key) or self.targets.get(key.upper())
        if found is None:
            raise UnknownTarget(target=key, choices=", ".join(nearest(key, self.targets)) or "—")
        return found

    def of_plan(self, key: str) -> list[Target]:
        """The targets that a plan sets."""
        return [t for t in self.targets.values() if t.plan == key]

    def of_territory(self, territories: Iterable[str]) -> list[Target]:
        """The targets for any of these territories."""
        wanted = set(territories)
        return [t for t in self.targets.values() if t.territory in wanted]

    def of_indicator(self, indicator: str) -> list[Target]:
        """The targets of an indicator."""
        return [t for t in self.targets.values() if t.indicator == indicator]

    def versions(self, key: str) -> list[Target]:
        """The chain that a target belongs to, oldest first."""
        oldest = self.target(key)
        while oldest.replaces in self.targets:
            oldest = self.targets[oldest.replaces]
        return list(self._later(oldest))

    def _later(self, target: Target) -> Iterator[Target]:
        yield target
        if following := self._replacing.get(target.key):
            yield from self._later(following)

    @cached_property
    def _replacing(self) -> dict[str, Target]:
        return {t.replaces: t for t in self.targets.values() if t.replaces}

    def is_current(self, target: Target) -> bool:
        """Nothing replaced it, neither the target itself nor the document that set it."""
        return target.key not in self._replacing and self.plans[target.plan].status == "in_force"

    def successors(self, key: str) -> list[Plan]:
        """The plans that replaced a plan, one after the other."""
        found: list[Plan] = []
        following = self.plans[key].replaced_by
        while following and following not in {p.key for p in found}:
            found.append(self.plans[following])
            following = self.plans[following].replaced_by
        return found
