"""Which sectors pull and which push: linkages, and what would be lost without a sector."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lienvung.analyse.methods.arrays import Array, cannot, divide, not_negative, refuse, take_square, take_vector
from lienvung.analyse.methods.input_output import Leontief
from lienvung.errors import Both


def calc_backward_linkages_rasmussen(system: Leontief) -> Array:
    """Power of dispersion: U_j = (Σ_i l_ij / n) / (Σ_ij l_ij / n²), mean 1; (n,).

    Rasmussen, P. N. (1956), *Studies in Inter-Sectoral Relations*, North-Holland. Above 1: the sector pulls more than
    the mean one. NaN for idle sectors, which the mean leaves out.
    """
    return _scaled(system, system.solve_transposed(np.ones(system.size)))


def calc_forward_linkages_rasmussen(system: Leontief) -> Array:
    """Sensitivity of dispersion: U_i = (Σ_j l_ij / n) / (Σ_ij l_ij / n²), mean 1; (n,).

    Rasmussen (1956): demand for every sector grows by one unit, whatever its size; the Ghosh form does without that.
    """
    return _scaled(system, system.solve(np.ones(system.size)))


def calc_forward_linkages_ghosh(system: Leontief, x: npt.ArrayLike) -> Array:
    """Forward linkages of the supply side: Σ_j g_ij, G = (I − x̂^-1 Z)^-1, over their mean; (n,).

    As G = x̂^-1 L x̂ the row sums are (L x)_i / x_i: one solve. Ghosh, A. (1958), *Economica* 25; Jones, L. P. (1976),
    *Quarterly Journal of Economics* 90(2). NaN for idle sectors.
    """
    output = take_vector(x, "x", system.size)
    return _scaled(system, divide(system.solve(output), output))


def _scaled(system: Leontief, sums: Array) -> Array:
    sums = np.where(system.idle, np.nan, sums)
    return divide(sums, np.nanmean(sums) if not np.isnan(sums).all() else np.nan)


@dataclass(frozen=True, slots=True)
class Extraction:
    """Output with and without the extracted sectors, (n,); the losses summed, with and without those sectors' own."""

    output: Array
    output_without: Array
    total_loss: float
    loss_elsewhere: float


def calc_complete_extraction(system: Leontief, f: npt.ArrayLike, extracted: npt.ArrayLike) -> Extraction:
    """Complete hypothetical extraction: the sectors neither buy, sell nor meet final demand, imports take their place.

    x̄_r = (I − A_rr)^-1 f_r for the others, written with the solves of the whole system as
    L_rr f_r − L_rk L_kk^-1 L_kr f_r. Dietzenbacher, E. & Lahr, M. L. (2013), "Expanding extractions", *Economic Systems
    Research* 25(3); Miller, R. E. & Lahr, M. L. (2001). Other conventions (buying or selling alone) give other losses.

    Args:
        f: final demand, (n,). extracted: positions of the sectors. Weigh the loss by value added or jobs per output.
    """
    demand = take_vector(f, "f", system.size)
    at = np.unique(np.asarray(extracted, dtype=np.intp))
    if at.size == 0 or at.min() < 0 or at.max() >= system.size:
        raise refuse(
            "extracted", extracted, Both(f"vị trí từ 0 đến {system.size - 1}", f"positions 0 to {system.size - 1}")
        )
    units = np.zeros((system.size, len(at)))
    units[at, np.arange(len(at))] = 1.0
    columns = system.solve(units)
    rest = demand.copy()
    rest[at] = 0.0
    reached = system.solve(rest)
    without = reached - columns @ np.linalg.solve(columns[at], reached[at])
    without[at] = 0.0
    output = system.solve(demand)
    loss = output - without
    return Extraction(output, without, float(loss.sum()), float(np.delete(loss, at).sum()))


def calc_dependence(
    system: Leontief, f: npt.ArrayLike, per_output: npt.ArrayLike, flagged: npt.ArrayLike
) -> tuple[float, float]:
    """Shares of w (value added, jobs) that hang on flagged sectors: their own, and what complete extraction loses.

    direct = Σ_k w_k x_k / Σ w x; with linkages = Σ w (x − x̄) / Σ w x (Dietzenbacher & Lahr 2013).

    Returns:
        Two shares of 1; NaN where Σ w x is 0.
    """
    w = take_vector(per_output, "per_output", system.size)
    found = calc_complete_extraction(system, f, flagged)
    at = np.unique(np.asarray(flagged, dtype=np.intp))
    whole = float(w @ found.output)
    own = divide(float(w[at] @ found.output[at]), whole)
    return float(own), float(divide(float(w @ (found.output - found.output_without)), whole))


@dataclass(frozen=True, slots=True)
class Effects:
    """What a unit of demand in each region and sector brings to each region; rows land, columns demand.

    ``by_region`` is regions × (regions · sectors); ``spillover`` the part outside the region of demand, by column.
    """

    by_region: Array
    own: Array
    spillover: Array


def _regions(system: Leontief, regions: int) -> int:
    if regions < 1 or system.size % regions:
        raise refuse("regions", regions, Both(f"ước của {system.size}", f"a divisor of {system.size}"))
    return system.size // regions


def calc_spillovers(system: Leontief, regions: int, per_output: npt.ArrayLike | None = None) -> Effects:
    """Where a unit of final demand lands: Σ_{i in r} w_i l_ij^{rs}, from as many solves as regions.

    The table is ordered by region, then sector, the same sectors in each. Miller, R. E. (1966), *Journal of Regional
    Science* 6(1); Round, J. I. (1985), *Environment and Planning A* 17.
    """
    m = _regions(system, regions)
    w = np.ones(system.size) if per_output is None else take_vector(per_output, "per_output", system.size)
    marks = np.zeros((system.size, regions))
    marks[np.arange(system.size), np.repeat(np.arange(regions), m)] = w
    by_region = np.where(system.idle[None, :], np.nan, system.solve_transposed(marks).T)
    home = np.repeat(np.arange(regions), m)
    own = by_region[home, np.arange(system.size)]
    return Effects(by_region, own, by_region.sum(0) - own)


def calc_feedback(system: Leontief, regions: int, region: int) -> Array:
    """Interregional feedback of one region: L^rr − (I − A^rr)^-1, (m, m): what returns by way of the others.

    Miller (1966); not negative where A is not negative.
    """
    m = _regions(system, regions)
    if not 0 <= region < regions:
        raise refuse("region", region, Both(f"từ 0 đến {regions - 1}", f"0 to {regions - 1}"))
    block = slice(region * m, (region + 1) * m)
    units = np.zeros((system.size, m))
    units[np.arange(block.start, block.stop), np.arange(m)] = 1.0
    alone = np.linalg.inv(np.eye(m) - system.a[block, block])
    return np.asarray(system.solve(units)[block] - alone)


def calc_chenery_moses(technical: npt.ArrayLike, trade_shares: npt.ArrayLike) -> Array:
    """Multiregional coefficients: A^{rs} = ĉ^{rs} A^s, every user in s buying product i in the same mix of origins.

    Chenery, H. B. (1953); Moses, L. N. (1955), *American Economic Review* 45(5); Miller & Blair (2009), section 3.4.

    Args:
        technical: A^s, regions × sectors × sectors, (R, m, m). trade_shares: c_i^{rs}, sectors × origins ×
            destinations, (m, R, R), each column of a sector summing to 1 (or to 1 less the imports from abroad).

    Returns:
        (R·m, R·m), ordered by region, then sector.
    """
    a, c = np.asarray(technical, dtype=np.float64), np.asarray(trade_shares, dtype=np.float64)
    if a.ndim != 3 or c.shape != (a.shape[1], a.shape[0], a.shape[0]):
        raise refuse(
            "trade_shares", f"{c.shape}", Both("(ngành, vùng đi, vùng đến)", "(sectors, origins, destinations)")
        )
    not_negative(c, "trade_shares")
    if not np.isfinite(c).all() or (c.sum(1) > 1 + 1e-9).any():
        what = Both("hệ số liên vùng", "interregional coefficients")
        raise cannot(what, Both("tỷ phần thương mại vượt 1", "trade shares above 1"), Both("chia lại", "divide again"))
    n, m = a.shape[0], a.shape[1]
    return np.asarray(np.einsum("irs,sij->risj", c, a).reshape(n * m, n * m))


def calc_trade_shares(flows: npt.ArrayLike) -> Array:
    """Trade coefficients of one product: c^{rs} = t^{rs} / Σ_r t^{rs}; (R, R), NaN for a region that takes none."""
    t = not_negative(take_square(flows, "flows"), "flows")
    return divide(t, t.sum(0))
