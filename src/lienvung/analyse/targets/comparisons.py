"""What the rules on plans share: grouping, middles, sentences with numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from lienvung.domain.areas import Gazetteer
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


def both(template_vi: str, template_en: str, **facts: float | str | Both) -> Both:
    """A sentence in both languages; numbers are written each language's way."""
    return Both(
        template_vi.format(**{k: _write(v, "vi") for k, v in facts.items()}),
        template_en.format(**{k: _write(v, "en") for k, v in facts.items()}),
    )


def _write(value: float | str | Both, lang: str) -> str:
    if isinstance(value, Both):
        return value.vi if lang == "vi" else value.en
    if isinstance(value, str):
        return value
    text = f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text


def name_areas(keys: Iterable[str], gazetteer: Gazetteer) -> Both:
    """Areas by name, with their boundary where two of a name exist."""
    areas = [a for k in keys for a in gazetteer.areas.values() if str(a.key) == k]
    count = Counter(a.name_vi for a in gazetteer.areas.values())
    marks = [f" ({a.key.valid_from})" if count[a.name_vi] > 1 else "" for a in areas]
    vi = ", ".join(a.name_vi + m for a, m in zip(areas, marks, strict=True))
    en = ", ".join(a.name_en + m for a, m in zip(areas, marks, strict=True))
    return Both(vi or "—", en or "—")
