"""Do two plans want the same land: zones of two layers laid over each other."""

from __future__ import annotations

from lienvung.analyse.methods.overlay import calc_areas_m2, find_meetings
from lienvung.domain.zones import Layer, Overlap

HECTARE = 10_000.0


def compare_layers(one: Layer, other: Layer, is_same_use_fine: bool = True) -> list[Overlap]:
    """Land that zones of both layers claim, the largest dispute first.

    Args:
        is_same_use_fine: two zones of the same named use do not dispute.
    """
    shapes = [z.shape for z in one.zones], [z.shape for z in other.zones]
    sizes = [calc_areas_m2(s) if s else [] for s in shapes]
    found = []
    for meeting in find_meetings(*shapes):
        a, b = one.zones[meeting.one], other.zones[meeting.other]
        if is_same_use_fine and a.use and a.use.casefold() == b.use.casefold():
            continue
        shares = meeting.area_m2 / sizes[0][meeting.one], meeting.area_m2 / sizes[1][meeting.other]
        found.append(Overlap(a, b, meeting.area_m2 / HECTARE, *shares, meeting.shape))
    return found
