"""Do the plans agree? Every comparison that can be made among them, those that do not agree first."""

from __future__ import annotations

from collections.abc import Mapping

from lienvung.analyse.targets.agreement import (
    IMPLIED,
    PARTS,
    SAME,
    compare_parts,
    compare_people,
    compare_rates,
    compare_same,
)
from lienvung.analyse.targets.spans import (
    ENDED,
    REGION,
    TIMING,
    compare_region,
    compare_stages,
    compare_territories,
)
from lienvung.domain.areas import AreaKey, Gazetteer
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.comparisons import VERDICTS, Comparison
from lienvung.domain.handovers import Question
from lienvung.domain.plans import PlanRegister
from lienvung.query.observations import find_observations
from lienvung.query.reader import Reader

PLAN_RULES = (SAME, PARTS, IMPLIED, REGION, TIMING, ENDED)


def compare_plans(register: PlanRegister, gazetteer: Gazetteer, weights: Mapping[str, float]) -> list[Comparison]:
    """Targets in force held against each other, wherever they are of the same thing and coverage.

    Args:
        weights: GRDP by area key, for a region's mean of its provinces.
    """
    current = [t for t in register.targets.values() if register.is_current(t) and t.is_comparable]
    found = [
        *compare_same(current), *compare_parts(current), *compare_rates(current), *compare_people(current),
        *compare_stages(register), *compare_region(current, gazetteer, weights),
        *compare_territories(register, gazetteer),
    ]  # fmt: skip
    return sorted(found, key=lambda c: (VERDICTS.index(c.verdict), c.rule, c.territory, c.targets))


def find_weights(reader: Reader, catalogue: Catalogue, areas: list[str], year: int) -> dict[str, float]:
    """GRDP at current prices by area key, of one year; areas without one are left out."""
    if "GRDP_CUR" not in catalogue.indicators:
        return {}
    question = Question(
        ("GRDP_CUR",), tuple(AreaKey.parse(a) for a in areas), periods=(str(year),), activities=("_T",),
        breakdowns=("_T",),
    )  # fmt: skip
    rows = find_observations(reader, question, [catalogue.dataflow_of("GRDP_CUR")]).table.to_pylist()
    rows.sort(key=lambda r: r["published_from"])
    return {r["area_key"]: r["value"] for r in rows if r["value"] is not None}


def compare_region_plans(reader: Reader, catalogue: Catalogue, register: PlanRegister) -> list[Comparison]:
    """``compare_plans`` with the GRDP of the year before the targets' span as weights."""
    places = catalogue.gazetteer
    regions = {t.territory for t in register.targets.values() if t.territory in places.regions}
    members = sorted({str(m.area) for r in regions for m in places.members(r)})
    spans = [t.span.start.year for t in register.targets.values() if t.territory in regions and t.period_kind == "mean"]
    weights = find_weights(reader, catalogue, members, min(spans) - 1) if members and spans else {}
    return compare_plans(register, places, weights)
