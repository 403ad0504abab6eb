"""Agglomeration beyond what a few large plants make by chance: Ellison-Glaeser and Maurel-Sédillot.

s_i is the industry's share in place i, x_i the place's share of all employment (its size), z_k a plant's share of the
industry, H = Σ z_k² the plants' Herfindahl index. Without plant sizes H can be bounded from size classes, and gamma is
then an interval. Undefined (NaN, None) with one plant (H = 1), one place (Σ x² = 1), or an empty industry.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lienvung.analyse.methods.arrays import Array, divide, not_negative, refuse, take_vector
from lienvung.errors import Both


@dataclass(frozen=True, slots=True)
class EllisonGlaeser:
    """Gamma with what it is made of: raw concentration, H, the expected raw concentration and z under gamma = 0."""

    gamma: float
    raw_concentration: float
    plant_herfindahl: float
    expected_if_random: float
    variance_if_random: float
    z: float


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the greatest that a figure can be, given bounds of what is not known."""

    low: float
    high: float


def _place_shares(by_place: npt.ArrayLike, sizes: npt.ArrayLike) -> tuple[Array, Array]:
    s = not_negative(take_vector(by_place, "by_place"), "by_place")
    x = not_negative(take_vector(sizes, "sizes", len(s)), "sizes")
    return divide(s, s.sum()), divide(x, x.sum())


def _sum_by_place(plants: npt.ArrayLike, places: npt.ArrayLike, n: int) -> tuple[Array, Array]:
    z = not_negative(take_vector(plants, "plants"), "plants")
    at = np.asarray(places)
    if at.shape != z.shape or not np.issubdtype(at.dtype, np.integer) or at.min() < 0 or at.max() >= n:
        allowed = Both(
            f"chỉ số địa bàn từ 0 đến {n - 1}, mỗi cơ sở một số", f"a place from 0 to {n - 1} for each plant"
        )
        raise refuse("places", f"{at.dtype} {at.shape}", allowed)
    return divide(z, z.sum()), np.bincount(at, z, n).astype(np.float64)


def calc_ellison_glaeser(plants: npt.ArrayLike, places: npt.ArrayLike, sizes: npt.ArrayLike) -> EllisonGlaeser:
    """Ellison-Glaeser index: γ = [G − (1 − Σx²) H] / [(1 − Σx²)(1 − H)], G = Σ (s_i − x_i)².

    z tests γ = 0: (G − (1 − Σx²)H) / √Var, Var = 2{H²[Σx² − 2Σx³ + (Σx²)²] − Σz⁴[Σx² − 4Σx³ + 3(Σx²)²]}.
    Ellison, G. & Glaeser, E. L. (1997), "Geographic concentration in U.S. manufacturing industries: a dartboard
    approach", *Journal of Political Economy* 105(5). They call γ above 0,05 strong, below 0,02 weak.

    Args:
        plants: employment of each plant, (k,). places: index of each plant's place, (k,). sizes: total employment of
            each place, (n,), every place, also those without a plant.
    """
    n = len(take_vector(sizes, "sizes"))
    z, by_place = _sum_by_place(plants, places, n)
    s, x = _place_shares(by_place, sizes)
    raw, h, spread = float(((s - x) ** 2).sum()), float((z**2).sum()), float(1 - (x**2).sum())
    two, three = float((x**2).sum()), float((x**3).sum())
    first = h**2 * (two - 2 * three + two**2)
    variance = max(2 * (first - float((z**4).sum()) * (two - 4 * three + 3 * two**2)), 0.0)
    z_score = float(divide(raw - spread * h, np.sqrt(variance)))
    return EllisonGlaeser(_gamma(raw, h, spread), raw, h, spread * h, variance, z_score)


def _gamma(raw: float, herfindahl: float, spread: float) -> float:
    below = spread * (1 - herfindahl)
    return float(divide(raw - spread * herfindahl, below if below > 1e-12 else 0.0))


def calc_ellison_glaeser_interval(by_place: npt.ArrayLike, sizes: npt.ArrayLike, herfindahl: Interval) -> Interval:
    """Gamma where the plants are not known, from bounds of H; source as for the index.

    It falls as H rises where G < 1 − Σx², and rises where the industry sits more apart than that.

    Args:
        by_place: the industry's employment, (n,). sizes: total employment, (n,). herfindahl: bounds within 0 … 1.
    """
    s, x = _place_shares(by_place, sizes)
    if not 0 <= herfindahl.low <= herfindahl.high <= 1:
        raise refuse("herfindahl", herfindahl, Both("hai cận trong 0 … 1", "two bounds within 0 … 1"))
    raw, spread = float(((s - x) ** 2).sum()), float(1 - (x**2).sum())
    ends = _gamma(raw, herfindahl.high, spread), _gamma(raw, herfindahl.low, spread)
    return Interval(min(ends), max(ends))


def calc_herfindahl_bounds(
    counts: npt.ArrayLike, totals: npt.ArrayLike, least: npt.ArrayLike, most: npt.ArrayLike
) -> Interval:
    """Bounds of H = Σ z² from size classes: equal plants at the least, plants at the ends of the class at the most.

    In a class of n plants with employment T in [a, b] each: Σ e² ≥ T² / n; and ≤ with as many plants at b as T allows,
    the others at a, one between. Schmalensee, R. (1977), "Using the H-index of concentration with published data",
    *Review of Economics and Statistics* 59(2).

    Args:
        counts: plants in each class, (c,). totals: their employment. least, most: the class's bounds.

    Raises:
        BadValue: a total that so many plants of that class cannot have.
    """
    n = not_negative(take_vector(counts, "counts"), "counts")
    t, a, b = (take_vector(v, name, len(n)) for v, name in ((totals, "totals"), (least, "least"), (most, "most")))
    if ((t < n * a - 1e-9) | (t > n * b + 1e-9)).any():
        allowed = Both("tổng nằm giữa số cơ sở × hai cận của nhóm", "a total between plants × the class's bounds")
        raise refuse("totals", t.tolist(), allowed)
    low = np.where(n > 0, divide(t**2, n), 0.0)
    full = np.where(b > a, np.floor(divide(t - n * a, b - a) + 1e-12), n)
    between = t - full * b - (n - full - 1) * a
    high = np.where(full >= n, n * b**2, full * b**2 + (n - full - 1) * a**2 + between**2)
    whole = t.sum() ** 2
    return Interval(float(divide(low.sum(), whole)), float(divide(np.where(n > 0, high, 0.0).sum(), whole)))


def calc_maurel_sedillot(plants: npt.ArrayLike, places: npt.ArrayLike, sizes: npt.ArrayLike) -> float:
    """Maurel-Sédillot index: γ = (G − H) / (1 − H), G = (Σ s² − Σ x²) / (1 − Σ x²).

    Maurel, F. & Sédillot, B. (1999), "A measure of the geographic concentration in French manufacturing industries",
    *Regional Science and Urban Economics* 29(5). Arguments as for Ellison-Glaeser; expectation 0 at random.
    """
    n = len(take_vector(sizes, "sizes"))
    z, by_place = _sum_by_place(plants, places, n)
    s, x = _place_shares(by_place, sizes)
    h, two = float((z**2).sum()), float((x**2).sum())
    raw = divide((s**2).sum() - two, 1 - two if 1 - two > 1e-12 else 0.0)
    return float(divide(raw - h, 1 - h if 1 - h > 1e-12 else 0.0))
