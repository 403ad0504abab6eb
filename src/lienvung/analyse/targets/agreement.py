"""Rules on targets of one time: the same thing said twice, parts and whole, two targets that imply a third quantity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from lienvung.analyse.targets.comparisons import MONEY, both, compared, grouped, middle
from lienvung.domain.comparisons import AGREES, CONFLICT, TENSION, Comparison, PlanRule
from lienvung.domain.plans import Target

SAME = PlanRule(
    "PLAN-SAME", "Các văn bản cùng hiệu lực đặt cùng một mục tiêu phải thống nhất.", "Plans in force agree on a target."
)
PARTS = PlanRule(
    "PLAN-PARTS", "Cơ cấu cộng lại bằng 100 %, tổng bằng các thành phần.", "Shares make 100 %, a total is its parts."
)
IMPLIED = PlanRule(
    "PLAN-IMPLIED", "Các mục tiêu suy ra cùng một đại lượng thì khớp nhau.", "Targets imply the same third quantity."
)
NEAR = 0.02
"""Implied quantities within 2 % of each other agree: they are quotients of round figures."""
_PER_HEAD = ("GRDP_PC", "GRDP_PC_USD")
_Side = tuple[float | None, float | None]


def compare_same(current: Sequence[Target]) -> Iterator[Comparison]:
    """Ranges of different plans for the same thing and time: apart, overlapping, or one within the other."""
    thing = ("indicator", "territory", "breakdown", "activity", "coverage_vi", "unit", "period", "period_kind")
    for group in grouped(current, *thing):
        for one, other in combinations(group, 2):
            if one.plan != other.plan:
                yield _same(one, other)


def _same(one: Target, other: Target) -> Comparison:
    mine, theirs = one.bounds(), other.bounds()
    low = max((b for b in (mine[0], theirs[0]) if b is not None), default=None)
    high = min((b for b in (mine[1], theirs[1]) if b is not None), default=None)
    words = {"a": one.printed, "b": other.printed}
    if low is not None and high is not None and low > high:
        said = both("Không thể cùng đạt {a} và {b}", "{a} and {b} cannot both be kept", **words)
        return compared(SAME, CONFLICT, (one, other), said, f"{one.printed} ∩ {other.printed} = ∅")
    told = f"{one.printed} ∩ {other.printed} = [{_edge(low, '−∞')}; {_edge(high, '+∞')}]"
    if mine == theirs:
        return compared(SAME, AGREES, (one, other), both("Hai văn bản đặt cùng một mức", "Both set the same"), told)
    if (low, high) in (mine, theirs):
        inner, outer = (one, other) if (low, high) == mine else (other, one)
        said = both("{a} nằm trong {b}", "{a} lies within {b}", a=inner.printed, b=outer.printed)
        return compared(SAME, AGREES, (one, other), said, told)
    said = both("{a} và {b} chỉ cùng đạt trong phần giao", "{a} and {b} are both kept only where they meet", **words)
    return compared(SAME, TENSION, (one, other), said, told)


def _edge(value: float | None, if_open: str) -> str:
    return if_open if value is None else f"{value:.12g}"


def compare_parts(current: Sequence[Target]) -> Iterator[Comparison]:
    """Shares of one structure, and a total with its parts by level of budget."""
    for group in grouped([t for t in current if t.activity], "indicator", "territory", "plan", "period"):
        if {"AGRI", "INDU", "SERV"} <= {t.activity for t in group}:
            yield _structure(group)
    for group in grouped(current, "indicator", "territory", "plan", "period", "unit", "period_kind"):
        whole = [t for t in group if not t.breakdown and not t.activity]
        parts = [t for t in group if t.breakdown.startswith("LVL_")]
        if len(whole) == 1 and len(parts) > 1:
            total = sum(middle(t) for t in parts)
            holds = abs(total - middle(whole[0])) <= 1e-9 * max(1.0, total)
            said = both("Các thành phần cộng được {n}, tổng ghi {a}", "The parts make {n}, the total says {a}",
                        n=total, a=whole[0].printed)  # fmt: skip
            told = " + ".join(t.printed for t in parts) + f" = {total:.12g}"
            yield compared(PARTS, AGREES if holds else CONFLICT, (*whole, *parts), said, told)


def _structure(group: Sequence[Target]) -> Comparison:
    low = sum(t.bounds()[0] or 0.0 for t in group)
    is_open = any(t.bounds()[1] is None for t in group)
    high = 100.0 if is_open else sum(t.bounds()[1] or 0.0 for t in group)
    told = " + ".join(t.printed for t in group) + f" = {low:.12g} … {'' if is_open else f'{high:.12g}'}"
    is_whole = any(t.activity == "TAXSUB" for t in group)
    if low > 100 + 1e-9 or (is_whole and high < 100 - 1e-9):
        return compared(
            PARTS, CONFLICT, group, both("Cơ cấu không cộng được 100 %", "The shares cannot make 100 %"), told
        )
    if is_whole:
        return compared(PARTS, AGREES, group, both("Cơ cấu cộng được 100 %", "The shares can make 100 %"), told)
    said = both(
        "Chưa nêu thuế sản phẩm trừ trợ cấp; còn lại từ {a} đến {b} %",
        "Products taxes less subsidies are not named; {a} to {b} % is left",
        a=max(0.0, 100 - high), b=100 - low,
    )  # fmt: skip
    return compared(PARTS, AGREES, group, said, told)


def compare_rates(current: Sequence[Target]) -> Iterator[Comparison]:
    """The same amount in đồng and in USD implies a rate; two such pairs of one territory and year imply the same."""
    for group in grouped([t for t in current if t.unit in MONEY], "territory", "period"):
        pairs: dict[tuple[bool, str], list[tuple[float, Target, Target]]] = defaultdict(list)
        for dong in (t for t in group if t.unit.startswith("VND")):
            for dollar in (t for t in group if t.unit.startswith("USD")):
                names = (dong.indicator in _PER_HEAD, dollar.indicator in _PER_HEAD)
                if names[0] == names[1] and dong.coverage_vi == dollar.coverage_vi:
                    rate = middle(dong) * MONEY[dong.unit] / (middle(dollar) * MONEY[dollar.unit])
                    pairs[(names[0], dong.coverage_vi)].append((rate, dong, dollar))
        every = [p for found in pairs.values() for p in found]
        for (rate, *one), (rate2, *other) in combinations(every, 2):
            said = both("Tỷ giá ngầm định {a} và {b} đồng/USD", "Implied rates of {a} and {b} VND/USD", a=rate, b=rate2)
            told = "; ".join(f"{d.printed} / {u.printed}" for d, u in (one, other))
            yield compared(IMPLIED, _near(rate, rate2, TENSION), (*one, *other), said, told)


def compare_people(current: Sequence[Target]) -> Iterator[Comparison]:
    """GRDP over GRDP per head is a population: the same in every currency, and that of the population's own target."""
    for group in grouped(current, "territory", "period"):
        implied = [
            (middle(size) * MONEY[size.unit] / (middle(head) * MONEY[head.unit]) / 1e6, size, head)
            for size in group
            for head in group
            if size.indicator == "GRDP_CUR" and head.indicator in _PER_HEAD and size.unit[:3] == head.unit[:3]
        ]
        for one, other in combinations(implied, 2):
            said = both("Suy ra {a} và {b} triệu người", "They imply {a} and {b} million people", a=one[0], b=other[0])
            told = "; ".join(f"{s.printed} / {h.printed} = {n:.3f}" for n, s, h in (one, other))
            yield compared(IMPLIED, _near(one[0], other[0], CONFLICT), (*one[1:], *other[1:]), said, told)
        for count, size, head in implied:
            for people in (t for t in group if t.indicator == "POP_AVG" and t.unit == "PERSONS_MN"):
                words = "Suy ra {a} triệu người, mục tiêu dân số {b}", "They imply {a} million, the target is {b}"
                said = both(*words, a=count, b=people.printed)
                told = f"{size.printed} / {head.printed} = {count:.3f}"
                yield compared(IMPLIED, _near(count, middle(people), TENSION), (size, head, people), said, told)


def _near(one: float, other: float, if_apart: str) -> str:
    return AGREES if abs(one / other - 1) <= NEAR else if_apart
