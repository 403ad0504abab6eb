"""How near a sector is to its ceiling: a logistic or Gompertz curve with the interval of the ceiling, or a refusal.

Short yearly series seldom show a ceiling. The interval is by profile likelihood, so that it can be open at the top, and
then says so; a fit that has no ceiling in sight is refused with the reason instead of being extrapolated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq, least_squares
from scipy.special import expit
from scipy.stats import f as fisher

from lienvung.analyse.methods.arrays import Array, one_of, refuse, take_vector, within
from lienvung.errors import Both

Form = Literal["logistic", "gompertz"]

LEAST_POINTS = 8
FARTHEST = 50.0
TOO_FEW = Both(f"cần ít nhất {LEAST_POINTS} năm có số liệu", f"at least {LEAST_POINTS} years with figures are needed")
NOT_POSITIVE = Both("mọi mức phải lớn hơn 0", "all levels must be above 0")
NO_RISE = Both("chuỗi không tăng: không có đường bão hòa để khớp", "the series does not rise: no saturation curve fits")
NO_CEILING = Both(
    "số liệu chưa cho thấy mức trần: đường tăng gần như theo hàm mũ",
    "the figures show no ceiling yet: growth is still near exponential",
)
OPEN_TOP = Both("cận trên của mức trần chưa xác định được", "the upper end of the ceiling is not determined")


@dataclass(frozen=True, slots=True)
class Saturation:
    """The fitted curve: ceiling and its interval, share of the ceiling in use (last level / ceiling) and its interval.

    None where it is not determined; ``reason`` says why. ``rate`` per year, ``midpoint`` the time of fastest growth.
    """

    form: str
    level: float
    points: int
    ceiling: float | None = None
    ceiling_low: float | None = None
    ceiling_high: float | None = None
    used: float | None = None
    used_low: float | None = None
    used_high: float | None = None
    rate: float | None = None
    midpoint: float | None = None
    residual_deviation: float | None = None
    reason: Both | None = None


def calc_logistic(t: npt.ArrayLike, ceiling: float, rate: float, midpoint: float) -> Array:
    """Logistic curve: K / (1 + exp(−r (t − t₀))). Verhulst, P.-F. (1838), *Correspondance mathématique et physique*."""
    return np.asarray(ceiling * expit(rate * (np.asarray(t, dtype=np.float64) - midpoint)))


def calc_gompertz(t: npt.ArrayLike, ceiling: float, rate: float, midpoint: float) -> Array:
    """Gompertz curve: K exp(−exp(−r (t − t₀))). Gompertz, B. (1825), *Philosophical Transactions* 115."""
    power = np.clip(-rate * (np.asarray(t, dtype=np.float64) - midpoint), -700, 700)
    return np.asarray(ceiling * np.exp(-np.exp(power)))


CURVES: dict[str, Callable[[npt.ArrayLike, float, float, float], Array]] = {
    "logistic": calc_logistic,
    "gompertz": calc_gompertz,
}


def _fit(
    y: Array, t: Array, form: str, ceiling: float | None, starts: list[tuple[float, float]]
) -> tuple[float, Array]:
    """Least squares over ln r and t₀ (and ln K where it is free), from several starts: (residual sum, parameters)."""
    curve = CURVES[form]

    def misses(p: Array) -> Array:
        top = float(np.exp(p[2])) if ceiling is None else ceiling
        return np.asarray(curve(t, top, float(np.exp(p[0])), float(p[1])) - y)

    span = float(np.ptp(t))
    low, high = [np.log(0.01 / span), t[0] - 5 * span], [np.log(100 / span), t[-1] + 5 * span]
    if ceiling is None:
        low, high = [*low, float(np.log(y.max() * 0.5))], [*high, float(np.log(y.max() * FARTHEST * 2))]
    best: tuple[float, Array] = (np.inf, np.zeros(len(low)))
    for rate, middle in starts:
        first = [np.log(rate), middle] + ([float(np.log(y.max() * 1.3))] if ceiling is None else [])
        found = least_squares(
            misses, np.clip(first, low, high), bounds=(low, high), x_scale=np.array([1, span, 1])[: len(low)]
        )
        if 2 * found.cost < best[0]:
            best = (2 * float(found.cost), np.asarray(found.x))
    return best


def _ceiling_ends(
    y: Array, t: Array, form: str, best: tuple[float, Array], level: float
) -> tuple[float | None, float | None]:
    """Where the profile of K crosses RSS (1 + F / (n − 3)); None where it never does within reach."""
    top = float(np.exp(best[1][2]))
    limit = best[0] * (1 + float(fisher.ppf(level, 1, len(y) - 3)) / (len(y) - 3))
    start = [(float(np.exp(best[1][0])), float(best[1][1]))]
    span = float(np.ptp(t))
    start += [(start[0][0] / 2, start[0][1] + span / 2), (start[0][0] * 2, start[0][1] - span / 4)]

    def over(log_top: float) -> float:
        return _fit(y, t, form, float(np.exp(log_top)), start)[0] - limit

    def cross(far: float) -> float | None:
        here, step = float(np.log(top)), float(np.log(far)) - float(np.log(top))
        for part in (0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 1.0):
            there = float(np.log(top)) + part * step
            if over(there) > 0:
                return float(np.exp(brentq(over, here, there, xtol=1e-6)))
            here = there
        return None

    return cross(y.max() * 0.5), cross(y.max() * FARTHEST)


def _refused(form: str, level: float, points: int, reason: Both) -> Saturation:
    return Saturation(form, level, points, reason=reason)


def estimate_saturation(
    levels: npt.ArrayLike, years: npt.ArrayLike, form: Form = "logistic", level: float = 0.9
) -> Saturation:
    """Fit a saturation curve by least squares, with the ceiling's interval by profile likelihood.

    The interval holds every K whose best fit has RSS(K) ≤ RSS_min [1 + F_{1,n−3}(level) / (n − 3)]. Bates, D. M. &
    Watts, D. G. (1988), *Nonlinear Regression Analysis*, section 6.1; curves: Verhulst (1838), Gompertz (1825).

    Args:
        levels: one figure a year, NaN for a missing year. years: their times, same length, increasing.
        form: the curve; fit both and compare ``residual_deviation``.

    Returns:
        Refused (all None, with the reason) with fewer than 8 years, a level not above 0, a series that does not rise,
        or a ceiling beyond 50 times the greatest level. ``ceiling_high`` None with ``OPEN_TOP`` where it has no end.
    """
    one_of(form, "form", ("logistic", "gompertz"))
    within(level, "level", 0.5, 0.999)
    y = take_vector(levels, "levels", is_whole=False)
    t = take_vector(years, "years", len(y))
    if not (np.diff(t) > 0).all():
        raise refuse("years", t.tolist(), Both("tăng dần", "increasing"))
    y, t = y[~np.isnan(y)], t[~np.isnan(y)]
    if len(y) < LEAST_POINTS:
        return _refused(form, level, len(y), TOO_FEW)
    if not (y > 0).all():
        return _refused(form, level, len(y), NOT_POSITIVE)
    slope = float(np.polyfit(t - t.mean(), np.log(y), 1)[0])
    if slope <= 0 or y[-3:].mean() <= y[:3].mean():
        return _refused(form, level, len(y), NO_RISE)
    return _fitted(y, t, form, level)


def _fitted(y: Array, t: Array, form: str, level: float) -> Saturation:
    span = float(np.ptp(t))
    starts = [(k / span, float(t[0] + part * span)) for k, part in product((1.5, 5.0, 15.0), (0.1, 0.5, 1.0, 1.8))]
    best = _fit(y, t, form, None, starts)
    rate, middle, top = float(np.exp(best[1][0])), float(best[1][1]), float(np.exp(best[1][2]))
    if top > FARTHEST * y.max():
        return _refused(form, level, len(y), NO_CEILING)
    low, high = _ceiling_ends(y, t, form, best, level)
    last = float(y[-1])
    deviation = float(np.sqrt(best[0] / (len(y) - 3)))
    return Saturation(
        form, level, len(y), top, low, high, last / top,
        last / high if high else None, last / low if low else None, rate, middle, deviation,
        None if high else OPEN_TOP,
    )  # fmt: skip
