"""Targets of a region and of its provinces brought to agree with the least change: a proposal, nothing more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lienvung.analyse.methods.reconciliation import calc_least_squares_adjusted
from lienvung.analyse.targets.comparisons import middle
from lienvung.analyse.targets.conflicts import find_weights
from lienvung.analyse.targets.spans import GROWTH, side_of
from lienvung.domain.areas import Gazetteer
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.comparisons import Adjustment, TargetProposal
from lienvung.domain.plans import PlanRegister, Target
from lienvung.query.reader import Reader


def propose_targets(
    reader: Reader, catalogue: Catalogue, register: PlanRegister, region: str, hold: str = "region"
) -> list[TargetProposal]:
    """For each growth target of a region in force: what would make its provinces' weighted mean agree.

    Weighed by the GRDP of the year before the span, as the comparison of plans does.
    """
    places = catalogue.gazetteer
    places.region(region)
    current = [t for t in register.targets.values() if register.is_current(t) and t.is_comparable]
    growths = [t for t in current if t.indicator == GROWTH]
    found = []
    for target in (t for t in growths if t.territory == region):
        year = target.span.start.year - 1
        weights = find_weights(reader, catalogue, [str(m.area) for m in places.members(region)], year)
        if proposal := propose_region(target, growths, places, weights, year, hold):
            found.append(proposal)
    return found


def propose_region(
    region: Target,
    growths: Sequence[Target],
    gazetteer: Gazetteer,
    weights: Mapping[str, float],
    year: int,
    hold: str = "region",
) -> TargetProposal | None:
    """The least change by least squares, every target trusted in proportion to its size (variance = target²).

    The middle of a range stands for it, and the range moves as a whole. The region's side of the identity is the edge
    of its range that is nearest to the provinces' mean; where the two ranges meet, nothing is to be done. Provinces
    without a target or a GRDP are left out.
    """
    members = [str(m.area) for m in gazetteer.members(region.territory)]
    own = {t.territory: t for t in growths if t.territory in members and t.period == region.period}
    judged = [m for m in own if m in weights]
    if not judged:
        return None
    total = sum(weights[m] for m in judged)
    shares = [weights[m] / total for m in judged]
    before = [middle(own[m]) for m in judged]
    mean = float(np.dot(shares, before))
    low, high = (float(np.dot(shares, [side_of(own[m], i) for m in judged])) for i in (0, 1))
    edge = _nearest(region, mean, low, high)
    variances = [*(v**2 for v in before), 0.0 if hold == "region" else edge**2]
    after = calc_least_squares_adjusted([*before, edge], variances, [[*shares, -1.0]], [0.0])
    provinces = zip((own[m] for m in judged), before, after[:-1], shares, strict=True)
    return TargetProposal(
        Adjustment(region, edge, float(after[-1]), None),
        tuple(Adjustment(t, b, float(a), s) for t, b, a, s in provinces),
        hold, mean, float(np.dot(shares, after[:-1])), tuple(m for m in members if m not in judged), year,
        abs(mean - edge) > 1e-9,
    )  # fmt: skip


def _nearest(region: Target, mean: float, low: float, high: float) -> float:
    """The mean itself where the region's range meets the provinces' (low … high), else the edge that it misses."""
    bounds = region.bounds()
    if bounds[0] is not None and high < bounds[0]:
        return bounds[0]
    return bounds[1] if bounds[1] is not None and low > bounds[1] else mean
