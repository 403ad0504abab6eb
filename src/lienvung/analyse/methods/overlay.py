"""Overlay of two sets of areas: which meet, and how much land both claim.

Candidate pairs come from a sort-tile-recursive tree (Leutenegger, Lopez & Edgington 1997); areas are measured on
Lambert's azimuthal equal-area projection around the middle of the layers (Snyder 1987, *Map Projections*, USGS
Professional Paper 1395, p. 182), so that a hectare is a hectare in the north and in the south.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from pyproj import Transformer

SLIVER_M2 = 1.0
"""Less land than this is the noise of digitising."""


@dataclass(frozen=True)
class Meeting:
    """Area ``one`` of the first set and ``other`` of the second share ``area_m2``; ``shape``: WKB, lon/lat."""

    one: int
    other: int
    area_m2: float
    shape: bytes


def calc_areas_m2(shapes: Sequence[bytes]) -> list[float]:
    """Area of each outline (WKB, longitude and latitude), in square metres."""
    outlines = shapely.from_wkb(list(shapes))
    return [float(a) for a in shapely.area(_flat(outlines, _middle(outlines)))]


def find_meetings(ones: Sequence[bytes], others: Sequence[bytes]) -> list[Meeting]:
    """Every pair, one of each set, that shares more than a sliver, the largest first.

    Args:
        ones, others: outlines as WKB in longitude and latitude, each valid.
    """
    if not ones or not others:
        return []
    first, second = shapely.from_wkb(list(ones)), shapely.from_wkb(list(others))
    middle = _middle(np.concatenate([first, second]))
    left, right = shapely.STRtree(first).query(second, predicate="intersects")[::-1]
    shared = shapely.intersection(first[left], second[right])
    areas = shapely.area(_flat(shared, middle))
    found = [
        Meeting(int(a), int(b), float(size), shapely.to_wkb(shape))
        for a, b, size, shape in zip(left, right, areas, shared, strict=True)
        if size > SLIVER_M2
    ]
    return sorted(found, key=lambda m: -m.area_m2)


def _middle(outlines: np.ndarray) -> tuple[float, float]:
    west, south, east, north = shapely.total_bounds(outlines)
    return (west + east) / 2, (south + north) / 2


def _flat(outlines: np.ndarray, middle: tuple[float, float]) -> np.ndarray:
    laea = f"+proj=laea +lon_0={middle[0]:.6f} +lat_0={middle[1]:.6f} +ellps=WGS84 +units=m"
    turn = Transformer.from_crs("EPSG:4326", laea, always_xy=True)
    return shapely.transform(outlines, lambda xy: np.column_stack(turn.transform(xy[:, 0], xy[:, 1])))  # type: ignore[no-any-return]
