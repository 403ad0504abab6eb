"""What comes of holding plans against each other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

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
