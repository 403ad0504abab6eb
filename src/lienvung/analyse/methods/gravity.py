"""Flows between regions where none were counted: a gravity pattern, balanced to what each region sells and takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lienvung.analyse.methods.arrays import Array, not_negative, refuse, take_matrix, take_square, take_vector, within
from lienvung.analyse.methods.balancing import Balanced, calc_ras
from lienvung.errors import Both


@dataclass(frozen=True, slots=True)
class GravityFlows:
    """Flows by product, (m, R, R), origins in rows; the friction used, and each product's balancing."""

    friction: str
    flows: Array
    balanced: tuple[Balanced, ...]


def calc_friction_exponential(distance: npt.ArrayLike, beta: float) -> Array:
    """Friction exp(−β d): Wilson, A. G. (1967), *Transportation Research* 1. β per unit of d, not negative."""
    d = not_negative(take_square(distance, "distance"), "distance")
    return np.asarray(np.exp(-within(beta, "beta", 0, 1e6) * d))


def calc_friction_power(distance: npt.ArrayLike, exponent: float) -> Array:
    """Friction d^-b: Leontief, W. & Strout, A. (1963). Every distance above 0, also a region's to itself."""
    d = not_negative(take_square(distance, "distance"), "distance")
    if (d == 0).any():
        raise refuse(
            "distance", 0, Both("mọi khoảng cách lớn hơn 0, kể cả nội vùng", "distances above 0, own ones too")
        )
    return np.asarray(d ** -within(exponent, "exponent", 0, 100))


def estimate_flows_doubly_constrained(
    supply: npt.ArrayLike, demand: npt.ArrayLike, friction: npt.ArrayLike, name: str
) -> GravityFlows:
    """Doubly constrained gravity: t_rs = A_r B_s O_r D_s f_rs, balanced per product to Σ_s t = O_r and Σ_r t = D_s.

    Wilson (1967); with input-output tables Lindall, Olson & Alward (2006), *Journal of Regional Analysis & Policy*
    36(1). The seed O_r D_s f_rs is balanced by RAS, so the masses' exponents do not matter, only the friction does.

    Args:
        supply: O, regions × products, (R, m), sold within the country. demand: D, taken from within the country, with
            the same sum for each product. friction: (R, R), from the functions above or observed. name: kept.

    Raises:
        BadValue: supply and demand of a product do not sum to the same, named by its position.
    """
    o = not_negative(take_matrix(supply, "supply"), "supply")
    d = not_negative(take_matrix(demand, "demand", (o.shape[0], o.shape[1])), "demand")
    f = not_negative(take_matrix(friction, "friction", (o.shape[0], o.shape[0])), "friction")
    off = np.abs(o.sum(0) - d.sum(0)) > 1e-9 * np.maximum(o.sum(0), 1e-300)
    if off.any():
        at = int(np.flatnonzero(off)[0])
        allowed = Both("tổng cung bằng tổng cầu cho từng sản phẩm", "supply equal to demand for each product")
        raise refuse("supply", f"{o[:, at].sum():.10g} ≠ {d[:, at].sum():.10g} [{at}]", allowed)
    done = tuple(calc_ras(np.outer(o[:, j], d[:, j]) * f, o[:, j], d[:, j]) for j in range(o.shape[1]))
    return GravityFlows(name, np.stack([b.table for b in done]), done)


def calc_mean_distance(flows: npt.ArrayLike, distance: npt.ArrayLike) -> float:
    """The distance a unit travels on average: Σ t d / Σ t, in the unit of d; NaN when nothing flows."""
    t = not_negative(take_square(flows, "flows"), "flows")
    d = take_matrix(distance, "distance", (len(t), len(t)))
    return float((t * d).sum() / t.sum()) if t.sum() > 0 else float("nan")


def calc_distance_between(latitude: npt.ArrayLike, longitude: npt.ArrayLike) -> Array:
    """Great-circle distances in km, (R, R), by the haversine formula on a sphere of 6 371 km; 0 on the diagonal.

    Sinnott, R. W. (1984), "Virtues of the haversine", *Sky and Telescope* 68. Give a region's own distance yourself.
    """
    lat = np.radians(take_vector(latitude, "latitude"))
    lon = np.radians(take_vector(longitude, "longitude", len(lat)))
    half = (
        np.sin((lat[:, None] - lat) / 2) ** 2
        + np.cos(lat)[:, None] * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
    )
    return np.asarray(2 * 6371 * np.arcsin(np.sqrt(np.minimum(half, 1))))
