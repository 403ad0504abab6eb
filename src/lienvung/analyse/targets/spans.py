"""Rules over time and territory: stages on one path, a region and its provinces, territories that ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from lienvung.analyse.targets.comparisons import both, compared, grouped, middle, name_areas
from lienvung.domain.areas import Gazetteer
from lienvung.domain.clocks import OPEN_DAY
from lienvung.domain.comparisons import AGREES, CONFLICT, TENSION, UNKNOWN, Comparison, PlanRule
from lienvung.domain.plans import PlanRegister, Target
from lienvung.errors import Both

TIMING = PlanRule(
    "PLAN-TIMING", "Mục tiêu giai đoạn ngắn nằm trên đường tới mục tiêu dài hạn.", "A stage lies on the longer path."
)
REGION = PlanRule(
    "PLAN-REGION", "Mục tiêu vùng phù hợp với mục tiêu các tỉnh.", "A region's target fits those of its provinces."
)
ENDED = PlanRule(
    "PLAN-ENDED", "Quy hoạch còn hiệu lực là của địa bàn còn tồn tại.", "A plan in force is for a living territory."
)
STEEPER = 1.0
"""A later stage that must grow by more than a percentage point faster than the first is a tension."""
GROWTH = "GRDP_GROWTH_AVG"


def compare_stages(register: PlanRegister) -> Iterator[Comparison]:
    """A mean over the first years leaves a mean for the rest of the longer span; drafts take no part."""
    approved = [t for t in register.targets.values() if not register.plans[t.plan].is_draft]
    for group in grouped([t for t in approved if t.indicator == GROWTH and t.is_comparable], "territory"):
        for short, long in permutations(group, 2):
            if short.span.start == long.span.start and short.span.end < long.span.end:
                yield _stage(short, long)


def _stage(short: Target, long: Target) -> Comparison:
    first, years = (t.span.end.year - t.span.start.year + 1 for t in (short, long))
    left = years - first
    need = ((1 + middle(long) / 100) ** years / (1 + middle(short) / 100) ** first) ** (1 / left) * 100 - 100
    said = both(
        "Nếu {p} đạt {a} thì {q} phải tăng {n} %/năm để đạt {b}",
        "If {p} brings {a}, {q} must bring {n} % a year for {b}",
        p=f"{short.span.start.year}-{short.span.end.year}", q=f"{short.span.end.year + 1}-{long.span.end.year}",
        a=short.printed, b=long.printed, n=need,
    )  # fmt: skip
    told = f"((1 + {middle(long):.4g} %)^{years} / (1 + {middle(short):.4g} %)^{first})^(1/{left}) − 1 = {need:.2f} %"
    return compared(TIMING, TENSION if need - middle(short) > STEEPER else AGREES, (short, long), said, told)


def compare_region(
    current: Sequence[Target], gazetteer: Gazetteer, weights: Mapping[str, float]
) -> Iterator[Comparison]:
    """A region's mean growth against the GRDP-weighted mean of its provinces' targets over the same span.

    Args:
        weights: GRDP by area key; provinces without one cannot be judged.
    """
    growths = [t for t in current if t.indicator == GROWTH]
    for region in (t for t in growths if "@" not in t.territory):
        members = [str(m.area) for m in gazetteer.members(region.territory)]
        own = {t.territory: t for t in growths if t.territory in members and t.period == region.period}
        if own:
            lacking = [m for m in members if m not in own]
            yield _region(region, own, name_areas(lacking, gazetteer) if lacking else None, weights)


def _region(
    region: Target, own: Mapping[str, Target], lacking: Both | None, weights: Mapping[str, float]
) -> Comparison:
    targets = (region, *own.values())
    if unweighed := [m for m in own if m not in weights]:
        named = ", ".join(unweighed)
        said = both("Chưa có GRDP làm quyền số: {a}", "There is no GRDP to weigh by: {a}", a=named)
        return compared(REGION, UNKNOWN, targets, said, "")
    total = sum(weights[m] for m in own)
    low, high = (sum(side_of(t, i) * weights[m] for m, t in own.items()) / total for i in (0, 1))
    told = " + ".join(f"{weights[m] / total:.3f} × {t.printed}" for m, t in own.items()) + f" = {low:.2f} … {high:.2f}"
    bounds = region.bounds()
    apart = (bounds[1] is not None and low > bounds[1]) or (bounds[0] is not None and high < bounds[0])
    without = ("; chưa có: {d}", "; lacking: {d}") if lacking else ("", "")
    said = both(
        "Bình quân các tỉnh có mục tiêu {a} đến {b} %, mục tiêu vùng {c}" + without[0],
        "The mean of the provinces with a target is {a} to {b} %, the region's is {c}" + without[1],
        a=low, b=high, c=region.printed, d=lacking or "",
    )  # fmt: skip
    return compared(REGION, TENSION if apart else UNKNOWN if lacking else AGREES, targets, said, told)


def side_of(target: Target, side: int) -> float:
    """The low (0) or high (1) end of a target; its middle where the words leave the end open."""
    bound = (target.low, target.high)[side]
    return middle(target) if bound is None else bound


def compare_territories(register: PlanRegister, gazetteer: Gazetteer) -> Iterator[Comparison]:
    """Plans in force whose territory ended: who has its successors must plan anew."""
    areas = {str(a.key): a for a in gazetteer.areas.values()}
    for plan in register.plans.values():
        area = areas.get(plan.territory)
        if plan.status != "in_force" or area is None or area.valid_to == OPEN_DAY:
            continue
        later = name_areas((str(s.successor) for s in gazetteer.successions if s.predecessor == area.key), gazetteer)
        said = both(
            "Địa bàn kết thúc ngày {d}; kế thừa: {a}", "The territory ended on {d}; its successors: {a}",
            d=Both(f"{area.valid_to:%d/%m/%Y}", f"{area.valid_to}"), a=later,
        )  # fmt: skip
        keys = tuple(t.key for t in register.of_plan(plan.key))
        yield Comparison(ENDED.id, CONFLICT, plan.territory, keys, (plan.key,), said, "")
