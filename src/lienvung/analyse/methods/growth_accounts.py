"""Where growth has come from: investment (ICOR), capital, labour and the rest (TFP), sectors and moves between them.

Levels are in constant prices of one base, yearly. NaN where a base is 0 or below, where a year is missing, or where
growth is not above 0 and a ratio to it would mean nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lienvung.analyse.methods.arrays import Array, divide, log_where_positive, not_negative, refuse, take_vector, within
from lienvung.errors import Both


def calc_icor_of_increments(investment: npt.ArrayLike, output: npt.ArrayLike) -> Array:
    """ICOR by increments: I_t / (Y_t − Y_{t−1}), both in constant prices of one base; (t,), the first NaN.

    Harrod, R. F. (1939), *Economic Journal* 49; Domar, E. D. (1946), *Econometrica* 14. NaN where output did not grow:
    a ratio to no growth, or to decline, tells nothing about efficiency.
    """
    i = take_vector(investment, "investment", is_whole=False)
    y = take_vector(output, "output", len(i), is_whole=False)
    change = np.concatenate(([np.nan], np.diff(y)))
    return divide(i, np.where(change > 0, change, np.nan))


def calc_icor_of_rates(investment_share_pct: npt.ArrayLike, growth_pct: npt.ArrayLike) -> Array:
    """ICOR by rates: (I / Y in current prices, per cent) / (growth of Y in constant prices, per cent); same shape.

    The form that needs no deflator of investment; it differs from that by increments. NaN where growth is not above 0.
    """
    share, growth = np.broadcast_arrays(
        np.asarray(investment_share_pct, dtype=np.float64), np.asarray(growth_pct, dtype=np.float64)
    )
    return divide(share, np.where(growth > 0, growth, np.nan))


def calc_icor_of_period(investment: npt.ArrayLike, first_output: float, last_output: float) -> float:
    """ICOR of several years: Σ I / (Y_last − Y_first), constant prices; steadier than yearly ones.

    Args:
        investment: of the years after the first output up to the last. NaN where output did not grow.
    """
    i = take_vector(investment, "investment")
    change = last_output - first_output
    return float(divide(i.sum(), change if change > 0 else 0.0))


def calc_capital_stock(investment: npt.ArrayLike, first_stock: float, depreciation: float) -> Array:
    """Capital by perpetual inventory: K_t = (1 − δ) K_{t−1} + I_t, K_0 given; (t + 1,).

    OECD (2009), *Measuring Capital*, 2nd ed. The first stock is an assumption: name it beside the result.
    """
    within(depreciation, "depreciation", 0, 1)
    stock = [within(first_stock, "first_stock", 0, float("inf"))]
    for added in take_vector(investment, "investment"):
        stock.append((1 - depreciation) * stock[-1] + float(added))
    return np.array(stock)


@dataclass(frozen=True, slots=True)
class GrowthAccount:
    """Yearly growth in log points × 100, and what each factor and the remainder (TFP) bring to it; (t − 1,) each."""

    method: str
    output: Array
    capital: Array
    labour: Array
    tfp: Array


def _log_growth(values: npt.ArrayLike, name: str, length: int | None = None) -> Array:
    levels = take_vector(values, name, length, is_whole=False)
    return np.asarray(np.diff(log_where_positive(levels)) * 100)


def calc_growth_account_fixed_share(
    output: npt.ArrayLike, capital: npt.ArrayLike, labour: npt.ArrayLike, capital_share: float
) -> GrowthAccount:
    """Growth accounting with one capital share: ΔlnA = ΔlnY − α ΔlnK − (1 − α) ΔlnL, in log points × 100.

    Solow, R. M. (1957), "Technical change and the aggregate production function", *Review of Economics and Statistics*
    39(3). The remainder holds everything not measured. NaN where a level is missing or not above 0.
    """
    alpha = within(capital_share, "capital_share", 0, 1)
    y = _log_growth(output, "output")
    k, lab = _log_growth(capital, "capital", len(y) + 1), _log_growth(labour, "labour", len(y) + 1)
    return GrowthAccount("fixed_share", y, alpha * k, (1 - alpha) * lab, y - alpha * k - (1 - alpha) * lab)


def calc_growth_account_tornqvist(
    output: npt.ArrayLike, capital: npt.ArrayLike, labour: npt.ArrayLike, capital_shares: npt.ArrayLike
) -> GrowthAccount:
    """Growth accounting with each two years' mean share: ᾱ_t = (α_t + α_{t−1}) / 2, otherwise as with one share.

    Jorgenson, D. W. & Griliches, Z. (1967), *Review of Economic Studies* 34(3); OECD (2001), *Measuring Productivity*.
    """
    y = _log_growth(output, "output")
    k, lab = _log_growth(capital, "capital", len(y) + 1), _log_growth(labour, "labour", len(y) + 1)
    shares = not_negative(take_vector(capital_shares, "capital_shares", len(y) + 1), "capital_shares")
    if (shares > 1).any():
        raise refuse("capital_shares", float(shares.max()), Both("0 đến 1", "0 to 1"))
    alpha = (shares[1:] + shares[:-1]) / 2
    return GrowthAccount("tornqvist", y, alpha * k, (1 - alpha) * lab, y - alpha * k - (1 - alpha) * lab)


@dataclass(frozen=True, slots=True)
class ProductivityShift:
    """Change of output per worker by sector, in its unit: within sectors, by moving, by both at once; (m,) each."""

    change: float
    within: Array
    static_shift: Array
    dynamic_shift: Array


def calc_productivity_shift(
    output0: npt.ArrayLike, workers0: npt.ArrayLike, output1: npt.ArrayLike, workers1: npt.ArrayLike
) -> ProductivityShift:
    """Productivity growth: ΔP = Σ θ_0 Δp + Σ Δθ p_0 + Σ Δθ Δp, θ the sectors' shares of workers, p output per worker.

    Fabricant, S. (1942), *Employment in Manufacturing*; de Vries, G., Timmer, M. & de Vries, K. (2015), *Journal of
    Development Studies* 51(6). NaN for a sector without workers at either date (and then the parts do not add up).
    """
    y0 = take_vector(output0, "output0")
    rest = ((workers0, "workers0"), (output1, "output1"), (workers1, "workers1"))
    w0, y1, w1 = (take_vector(v, name, len(y0)) for v, name in rest)
    p0, p1 = divide(y0, not_negative(w0, "workers0")), divide(y1, not_negative(w1, "workers1"))
    theta0, theta1 = divide(w0, w0.sum()), divide(w1, w1.sum())
    change = float(divide(y1.sum(), w1.sum()) - divide(y0.sum(), w0.sum()))
    moved = theta1 - theta0
    return ProductivityShift(change, theta0 * (p1 - p0), moved * p0, moved * (p1 - p0))
