"""Confidence bands of location quotients on counts, and the count that clustered workers are worth.

LQ = p / P with p = e_ij / e_i. and P = e_.j / e.., the place being part of the whole. Taken as draws of e.. workers,
Var p = p(1−p)/e_i., Var P = P(1−P)/e.., Cov(p, P) = p(1−p)/e.. . Employment comes in plants, not in single workers:
without ``design_effect`` (e_i. / effective count, see ``location.calc_effective_count``) the bands are far too narrow.
Undefined (NaN) where the quotient is, and where e_ij is 0: the estimated variance would be 0 and the band a lie.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from lienvung.analyse.methods.arrays import Array, Flags, divide, refuse, take_vector, within
from lienvung.analyse.methods.location import take_margins
from lienvung.errors import Both


@dataclass(frozen=True, slots=True)
class Band:
    """Quotients with the ends of their confidence band, by the named method; places × sectors."""

    method: str
    level: float
    value: Array
    low: Array
    high: Array

    @property
    def is_above_one(self) -> Flags:
        """Where the whole band lies above 1 (False where undefined)."""
        return np.asarray(self.low > 1)

    @property
    def is_below_one(self) -> Flags:
        """Where the whole band lies below 1 (False where undefined)."""
        return np.asarray(self.high < 1)


@dataclass(frozen=True, slots=True)
class _Moments:
    """p, P and their estimated variances and covariance, the design effects applied; and the normal quantile."""

    p: Array
    whole: Array
    var_p: Array
    var_whole: Array
    cov: Array
    z: float

    def relative_deviation(self) -> Array:
        """Standard deviation of ln LQ by the delta method."""
        parts = divide(self.var_p, self.p**2) + divide(self.var_whole, self.whole**2)
        return np.sqrt(np.maximum(parts - 2 * divide(self.cov, self.p * self.whole), 0))


def _moments(e: npt.ArrayLike, design_effect: npt.ArrayLike | None, level: float) -> _Moments:
    t = take_margins(e, None, None, None)
    n = len(t.places)
    deff = np.ones(n) if design_effect is None else take_vector(design_effect, "design_effect", n)
    if (deff < 1).any():
        raise refuse("design_effect", float(deff.min()), Both("số từ 1 trở lên", "numbers of 1 or more"))
    p = divide(t.cells, t.places[:, None])
    p = np.where(p > 0, p, np.nan)
    whole = np.broadcast_to(divide(t.sectors, t.grand), p.shape)
    mean_deff = float(deff @ t.places) / t.grand
    spread = p * (1 - p) * deff[:, None]
    var_p, cov = divide(spread, t.places[:, None]), divide(spread, t.grand)
    var_whole = divide(whole * (1 - whole), t.grand) * mean_deff
    return _Moments(p, whole, var_p, var_whole, cov, float(norm.ppf(0.5 + within(level, "level", 0.5, 0.9999) / 2)))


def calc_lq_band_delta(e: npt.ArrayLike, level: float = 0.95, design_effect: npt.ArrayLike | None = None) -> Band:
    """Band by the delta method: LQ ± z · LQ · sqrt[(1−p)/(e_i. p) + (1−P)/(e.. P) − 2 Cov(p, P)/(pP)].

    Moineddin, R., Beyene, J. & Boyle, E. (2003), "On the location quotient confidence interval", *Geographical
    Analysis* 35(3).

    Args:
        e: counts, places × sectors, every place of the whole present. level: e.g. 0.95.
        design_effect: (n,), each 1 or more; the whole's is their mean weighted by place.

    Returns:
        The band; its low end can fall below 0 where counts are small (prefer the logarithmic form there).
    """
    m = _moments(e, design_effect, level)
    lq, half = divide(m.p, m.whole), m.z * m.relative_deviation()
    return Band("delta", level, lq, lq * (1 - half), lq * (1 + half))


def calc_lq_band_log(e: npt.ArrayLike, level: float = 0.95, design_effect: npt.ArrayLike | None = None) -> Band:
    """Band by the delta method on ln LQ: LQ · exp(± z · sd(ln LQ)); never below 0, better with small counts.

    Beyene, J. & Moineddin, R. (2005), "Methods for confidence interval estimation of a ratio parameter with
    application to location quotients", *BMC Medical Research Methodology* 5:32. Arguments as the delta band.
    """
    m = _moments(e, design_effect, level)
    lq, factor = divide(m.p, m.whole), np.exp(m.z * m.relative_deviation())
    return Band("log_delta", level, lq, lq / factor, lq * factor)


def calc_lq_band_fieller(e: npt.ArrayLike, level: float = 0.95, design_effect: npt.ArrayLike | None = None) -> Band:
    """Band by Fieller's theorem: the θ with (p − θP)² ≤ z² (Var p − 2θ Cov + θ² Var P).

    Fieller, E. C. (1954), *JRSS B* 16(2); for quotients Beyene & Moineddin (2005). Arguments as the delta band.

    Returns:
        The band; NaN also where P is not told from 0 at that level (the set of θ is then no interval).
    """
    m = _moments(e, design_effect, level)
    a = m.whole**2 - m.z**2 * m.var_whole
    b = m.p * m.whole - m.z**2 * m.cov
    c = m.p**2 - m.z**2 * m.var_p
    inside = np.where(a > 0, b**2 - a * c, np.nan)
    root = np.sqrt(np.where(inside >= 0, inside, np.nan))
    return Band("fieller", level, divide(m.p, m.whole), divide(b - root, a), divide(b + root, a))
