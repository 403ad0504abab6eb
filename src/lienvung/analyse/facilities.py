"""Is the same kind of facility planned twice within one catchment: points of one or several layers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from lienvung.analyse.methods.catchments import find_near_pairs
from lienvung.domain.facilities import Facility, FacilityLayer, NearPair
from lienvung.domain.names import fold


def find_duplicates(
    layers: Sequence[FacilityLayer], radius_km: float, radii: Mapping[str, float] | None = None
) -> list[NearPair]:
    """Facilities of one kind that two plans put into one catchment, the nearest for their radius first.

    Facilities of one plan do not dispute each other, unless all are of one plan. Where both say when they are to be
    built, only overlapping years count.

    Args:
        radius_km: the catchment. radii: by kind, as it is written or without tones, where a kind has its own.
    """
    own = {fold(kind): radius for kind, radius in (radii or {}).items()}
    by_kind: dict[str, list[Facility]] = defaultdict(list)
    for layer in layers:
        for facility in layer.facilities:
            by_kind[fold(facility.kind)].append(facility)
    is_one_plan = len({f.plan for found in by_kind.values() for f in found}) == 1
    pairs = [p for kind, found in by_kind.items() for p in _near(found, own.get(kind, radius_km), is_one_plan)]
    return sorted(
        pairs, key=lambda p: (p.distance_km / p.radius_km if p.radius_km else 0.0, p.one.place, p.other.place)
    )


def _near(facilities: Sequence[Facility], radius_km: float, is_one_plan: bool) -> list[NearPair]:
    near = find_near_pairs([f.longitude for f in facilities], [f.latitude for f in facilities], radius_km)
    pairs = [NearPair(facilities[i], facilities[j], distance, radius_km) for i, j, distance in near]
    return [p for p in pairs if (is_one_plan or p.one.plan != p.other.plan) and p.one.may_meet(p.other)]
