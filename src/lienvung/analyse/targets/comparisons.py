"""What comes of holding targets against each other, and the rules by which it is done."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
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
MONEY = {"VND_BN": 1e9, "VND_MN": 1e6, "USD": 1.0, "USD_BN": 1e9}


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


def compared(rule: PlanRule, verdict: str, targets: Sequence[Target], said: Both, arithmetic: str) -> Comparison:
    """A comparison of these targets."""
    plans = tuple(dict.fromkeys(t.plan for t in targets))
    return Comparison(rule.id, verdict, targets[0].territory, tuple(t.key for t in targets), plans, said, arithmetic)


def grouped(targets: Iterable[Target], *columns: str) -> list[list[Target]]:
    """Targets that agree in these attributes."""
    groups: dict[tuple[str, ...], list[Target]] = defaultdict(list)
    for target in targets:
        groups[tuple(getattr(target, c) for c in columns)].append(target)
    return list(groups.values())


def middle(target: Target) -> float:
    """The middle of a target's bounds; its one bound where there is one."""
    bounds = [b for b in (target.low, target.high) if b is not None]
    return sum(bounds) / len(bounds)


def both(template_vi: str, template_en: str, **numbers: float | str) -> Both:
    """A sentence in both languages; numbers are written each language's way."""
    return Both(
        template_vi.format(**{k: _number(v, "vi") for k, v in numbers.items()}),
        template_en.format(**{k: _number(v, "en") for k, v in numbers.items()}),
    )


def _number(value: float | str, lang: str) -> str:
    if isinstance(value, str):
        return value
    text = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text
