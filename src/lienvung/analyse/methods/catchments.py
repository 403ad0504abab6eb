"""Which points lie near each other, by the shortest way on the ellipsoid."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod

from lienvung.analyse.methods.arrays import Array, take_vector, within

_EARTH = Geod(ellps="WGS84")
_LEAST_KM_A_DEGREE = 110.5
"""A degree of latitude is nowhere shorter (110.574 km at the equator)."""


def calc_geodesics_km(
    longitude: npt.ArrayLike, latitude: npt.ArrayLike, longitude2: npt.ArrayLike, latitude2: npt.ArrayLike
) -> Array:
    """Length of the geodesic between pairs of points on WGS 84, in km; degrees in, same shape out.

    Karney, C. F. F. (2013), "Algorithms for geodesics", *Journal of Geodesy* 87, as PROJ computes it.

    >>> round(float(calc_geodesics_km(0, 0, 1, 0)), 6)
    111.319491
    """
    given = (longitude, latitude, longitude2, latitude2)
    x, y, x2, y2 = np.broadcast_arrays(*(np.asarray(v, np.float64) for v in given))
    return np.asarray(_EARTH.inv(x, y, x2, y2)[2]) / 1000


def find_near_pairs(
    longitude: npt.ArrayLike, latitude: npt.ArrayLike, radius_km: float
) -> Sequence[tuple[int, int, float]]:
    """Pairs (i, j, km) with i < j no further apart than the radius, the nearest first.

    Candidates come from a sort-tile-recursive tree over boxes that hold the circle; the geodesic decides.
    """
    lon, lat = take_vector(longitude, "longitude"), take_vector(latitude, "latitude")
    radius = within(radius_km, "radius_km", 0, 1000)
    up = radius / _LEAST_KM_A_DEGREE
    aside = up / np.cos(np.radians(np.minimum(np.abs(lat) + up, 89)))
    tree = shapely.STRtree(shapely.points(lon, lat))
    one, other = tree.query(shapely.box(lon - aside, lat - up, lon + aside, lat + up))
    one, other = one[one < other], other[one < other]
    distances = calc_geodesics_km(lon[one], lat[one], lon[other], lat[other])
    found = [(int(i), int(j), float(d)) for i, j, d in zip(one, other, distances, strict=True) if d <= radius]
    return sorted(found, key=lambda p: (p[2], p[0], p[1]))
