"""Proposals to reconcile targets as people and scripts read them."""

from __future__ import annotations

from typing import Any

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.comparisons import Adjustment, TargetProposal
from lienvung.domain.plans import PlanRegister
from lienvung.errors import Both
from lienvung.present.numbers import format_number
from lienvung.present.plans import name_plan, name_territory, say

METHOD = Both(
    "bình phương tối thiểu có quyền (Stone, Champernowne, Meade 1942): điều chỉnh ít nhất; mỗi mục tiêu được tin "
    "theo tỷ lệ với độ lớn của nó (phương sai = mục tiêu²); quyền số là GRDP năm {year}",
    "weighted least squares (Stone, Champernowne & Meade 1942): the least change; each target trusted in proportion "
    "to its size (variance = target²); weighed by the GRDP of {year}",
)
HOLD_NAMES = {
    "region": Both("giữ mục tiêu vùng, điều chỉnh các tỉnh", "the region's target stays, the provinces' move"),
    "none": Both("điều chỉnh cả vùng và tỉnh", "the region's and the provinces' targets move"),
}


def reconciliation_record(
    found: TargetProposal, register: PlanRegister, catalogue: Catalogue, lang: str
) -> dict[str, Any]:
    """A proposal with every target before and after, and what it takes for granted."""
    return {
        "region": found.region.target.territory,
        "region_name": name_territory(found.region.target.territory, catalogue, lang),
        "target": found.region.target.key,
        "printed": found.region.target.printed,
        "document": name_plan(register.plans[found.region.target.plan], lang),
        "hold": found.hold,
        "hold_name": say(HOLD_NAMES[found.hold], lang),
        "is_needed": found.is_needed,
        "mean_before": found.mean_before,
        "mean_after": found.mean_after,
        "region_before": found.region.before,
        "region_after": found.region.after,
        "texts": {
            name: format_number(value, 2, lang)
            for name, value in (
                ("mean_before", found.mean_before), ("mean_after", found.mean_after),
                ("region_after", found.region.after),
            )
        },
        "method": say(METHOD, lang).format(year=found.weight_year),
        "lacking": [name_territory(m, catalogue, lang) for m in found.lacking],
        "provinces": [_adjustment(a, register, catalogue, lang) for a in found.provinces],
    }  # fmt: skip


def _adjustment(found: Adjustment, register: PlanRegister, catalogue: Catalogue, lang: str) -> dict[str, Any]:
    target = found.target
    bounds = [b + found.change for b in dict.fromkeys((target.low, target.high)) if b is not None]
    change = format_number(found.change, 2, lang)
    return {
        "target": target.key,
        "territory": target.territory,
        "territory_name": name_territory(target.territory, catalogue, lang),
        "printed": target.printed,
        "document": name_plan(register.plans[target.plan], lang),
        "weight": found.weight,
        "weight_text": format_number(None if found.weight is None else 100 * found.weight, 1, lang),
        "before": found.before,
        "after": found.after,
        "change": found.change,
        "proposed": "-".join(format_number(b, 2, lang) for b in bounds),
        "change_text": f"+{change}" if found.change > 0 else change,
    }
