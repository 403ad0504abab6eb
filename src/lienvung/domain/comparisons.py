"""What comes of holding plans against each other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from lienvung.domain.plans import Target
from lienvung.errors import Both

CONFLICT, TENSION, UNKNOWN, AGREES = "conflict", "tension", "unknown", "agrees"
VERDICTS = (CONFLICT, TENSION, UNKNOWN, AGREES)
"""They cannot both be kept; they can, but not as easily as written; a side is missing; they fit."""
VERDICT_NAMES = {
    CONFLICT: Both("mâu thuẫn", "conflict"),
    TENSION: Both("căng", "tension"),
    UNKNOWN: Both("chưa đủ căn cứ", "not enough to tell"),
    AGREES: Both("thống nhất", "agrees"),
}


@dataclass(frozen=True)
class PlanRule:
    """A kind of disagreement between plans."""

    id: str
    vi: str
    en: str


@dataclass(frozen=True)
class Comparison:
    """Targets held against each other.

    ``targets``: the keys on both sides; ``plans``: the documents; ``arithmetic``: with its numbers; ``said``: what it
    means, in words.
    """

    rule: str
    verdict: str
    territory: str
    targets: tuple[str, ...]
    plans: tuple[str, ...]
    said: Both
    arithmetic: str

    @property
    def id(self) -> str:
        """Stable while the same targets are compared by the same rule."""
        text = "|".join((self.rule, self.territory, *self.targets))
        return f"PC-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


HOLDS = ("region", "none")
"""Whose targets stay as they are in a proposal: the region's, or nobody's."""


@dataclass(frozen=True)
class Adjustment:
    """A target as it is and as proposed; ``weight``: its share in the region's mean (None: it is the region's)."""

    target: Target
    before: float
    after: float
    weight: float | None

    @property
    def change(self) -> float:
        """What the proposal adds."""
        return self.after - self.before


@dataclass(frozen=True)
class TargetProposal:
    """How a region's target and its provinces' would agree with the least change; nothing is changed by it.

    Attributes:
        hold: one of ``HOLDS``. mean_before, mean_after: the provinces' weighted mean. lacking: provinces without a
            target of this span, left out. weight_year: of the GRDP that weighs. is_needed: they do not agree as it is.
    """

    region: Adjustment
    provinces: tuple[Adjustment, ...]
    hold: str
    mean_before: float
    mean_after: float
    lacking: tuple[str, ...]
    weight_year: int
    is_needed: bool
