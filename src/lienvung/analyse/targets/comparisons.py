"""What the rules on plans share: grouping, middles, sentences with numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from lienvung.domain.comparisons import Comparison, PlanRule
from lienvung.domain.plans import Target
from lienvung.errors import Both

MONEY = {"VND_BN": 1e9, "VND_MN": 1e6, "USD": 1.0, "USD_BN": 1e9}


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
