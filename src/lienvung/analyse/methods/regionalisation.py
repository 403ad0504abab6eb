"""A nation's input coefficients brought down to a region: location quotients of several kinds, and CHARM.

e_r, e_n are employment or output by sector in region and nation, (m,); E_r, E_n their totals; a_ij the nation's
*domestic* input coefficients. A quotient says what part of its inputs the region finds at home. The quotients differ
much: report a range over δ, not one figure. For tables with foreign imports inside use CHARM instead (Flegg, A. T. &
Tohmo, T. 2013, *Regional Studies* 47(5)).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lienvung.analyse.methods.arrays import (
    Array,
    Flags,
    divide,
    not_negative,
    refuse,
    take_matrix,
    take_square,
    take_vector,
    within,
)
from lienvung.errors import Both


@dataclass(frozen=True, slots=True)
class RegionalCoefficients:
    """Regional input coefficients by the named quotient; ``absent`` sectors have none in the region (column 0)."""

    method: str
    a: Array
    absent: Flags


def _pair(region: npt.ArrayLike, nation: npt.ArrayLike) -> tuple[Array, Array]:
    r = not_negative(take_vector(region, "region"), "region")
    n = not_negative(take_vector(nation, "nation", len(r)), "nation")
    if r.sum() == 0 or n.sum() == 0:
        raise refuse("region", 0, Both("tổng lớn hơn 0", "a total above 0"))
    above = r > n * (1 + 1e-9)
    if above.any():
        at = int(np.flatnonzero(above)[0])
        raise refuse(
            "region", f"{r[at]} > {n[at]} [{at}]", Both("vùng không lớn hơn cả nước", "no more than the nation")
        )
    return r, n


def calc_slq(region: npt.ArrayLike, nation: npt.ArrayLike) -> Array:
    """Simple location quotient: SLQ_i = (e_ri / E_r) / (e_ni / E_n), (m,).

    Schaffer, W. A. & Chu, K. (1969), *Papers of the Regional Science Association* 23. NaN where the nation has none.
    """
    r, n = _pair(region, nation)
    return divide(r / r.sum(), n / n.sum())


def calc_cilq(region: npt.ArrayLike, nation: npt.ArrayLike) -> Array:
    """Cross-industry quotient: CILQ_ij = SLQ_i / SLQ_j for seller i and buyer j, SLQ_i on the diagonal; (m, m).

    Schaffer & Chu (1969); the diagonal: Smith, P. & Morrison, W. I. (1974), *Simulating the Urban Economy*, Pion. NaN
    in the column of a sector that the region does not have, and where the nation has none.
    """
    slq = calc_slq(region, nation)
    quotient = divide(slq[:, None], slq[None, :])
    np.fill_diagonal(quotient, slq)
    return quotient


def calc_flegg_lambda(region_total: float, nation_total: float, delta: npt.ArrayLike) -> Array:
    """Flegg's weight of size: λ = [log₂(1 + E_r / E_n)]^δ; 1 for δ = 0 and for a region as large as the nation."""
    exponent = np.asarray(delta, dtype=np.float64)
    if (exponent < 0).any() or (exponent >= 1).any():
        raise refuse("delta", delta, Both("0 đến dưới 1", "0 to below 1"))
    return np.asarray(np.log2(1 + region_total / nation_total) ** exponent)


def calc_flq(region: npt.ArrayLike, nation: npt.ArrayLike, delta: float) -> Array:
    """Flegg's quotient: FLQ_ij = CILQ_ij · λ, λ = [log₂(1 + E_r / E_n)]^δ; (m, m).

    Flegg, A. T., Webber, C. D. & Elliott, M. V. (1995), *Regional Studies* 29(6); Flegg & Webber (1997), 31(8). δ is
    about 0.2 to 0.35 in published studies and unknown here: give a range. FLQ with δ = 0 is CILQ.
    """
    r, n = _pair(region, nation)
    return calc_cilq(r, n) * calc_flegg_lambda(float(r.sum()), float(n.sum()), delta)


def calc_aflq(region: npt.ArrayLike, nation: npt.ArrayLike, delta: float) -> Array:
    """Augmented quotient: AFLQ_ij = FLQ_ij · log₂(1 + SLQ_j) where the buyer's SLQ_j > 1, else FLQ_ij; (m, m).

    Flegg, A. T. & Webber, C. D. (2000), "Regional size, regional specialization and the FLQ formula", *Regional
    Studies* 34(6).
    """
    slq = calc_slq(region, nation)
    special = np.where(slq > 1, np.log2(1 + np.where(slq > 1, slq, 1.0)), 1.0)
    return calc_flq(region, nation, delta) * special[None, :]


def calc_sflq(region: npt.ArrayLike, nation: npt.ArrayLike, delta_by_sector: npt.ArrayLike) -> Array:
    """Sector-specific quotient: SFLQ_ij = CILQ_ij · λ_j with δ_j of the buying sector; (m, m).

    Kowalewski, J. (2015), "Regionalization of national input-output tables: empirical evidence on the use of the FLQ
    formula", *Regional Studies* 49(2).
    """
    r, n = _pair(region, nation)
    delta = take_vector(delta_by_sector, "delta_by_sector", len(r))
    return calc_cilq(r, n) * calc_flegg_lambda(float(r.sum()), float(n.sum()), delta)[None, :]


def calc_regional_coefficients(a: npt.ArrayLike, quotients: npt.ArrayLike, method: str) -> RegionalCoefficients:
    """Regional coefficients: a^rr_ij = a_ij · min(1, q_ij); a vector of quotients works by rows.

    Miller & Blair (2009), section 8.2. Every coefficient lies in [0, a_ij] (also with AFLQ, whose quotients above 1
    some authors let pass).

    Args:
        a: the nation's domestic coefficients, (m, m), not negative. quotients: (m,) or (m, m).
        method: the quotient's name with its parameter, e.g. ``"FLQ δ=0.3"``; kept in the result.

    Returns:
        Column 0 for a sector whose quotients are undefined because the region has none of it: it buys nothing.

    Raises:
        BadValue: a quotient is missing where the nation has a coefficient and the column is otherwise known.
    """
    nation = not_negative(take_square(a, "a"), "a")
    q = np.asarray(quotients, dtype=np.float64)
    q = np.broadcast_to(q[:, None], nation.shape) if q.ndim == 1 and len(q) == len(nation) else q
    q = not_negative(take_matrix(q, "quotients", (len(nation), len(nation)), is_whole=False), "quotients")
    off = ~np.eye(len(nation), dtype=bool)
    absent = np.array([np.isnan(q[off[:, j], j]).all() for j in range(len(nation))]) & (len(nation) > 1)
    gap = np.isnan(q) & (nation > 0) & ~absent[None, :]
    if gap.any():
        first = tuple(int(i) for i in np.argwhere(gap)[0])
        raise refuse(
            "quotients", f"NaN {first}", Both("có hệ số thì phải có thương số", "a quotient for each coefficient")
        )
    return RegionalCoefficients(
        method, np.where(absent, 0.0, nation * np.minimum(np.nan_to_num(q, nan=0.0), 1.0)), absent
    )


@dataclass(frozen=True, slots=True)
class Charm:
    """Trade by product and region, (R, m): foreign, and with the other regions of the country.

    ``cross_hauling_share`` is what part of its potential the nation's cross-hauling is, (m,); NaN where there is no
    potential. Σ_r out = Σ_r in for every product.
    """

    foreign_exports: Array
    foreign_imports: Array
    interregional_out: Array
    interregional_in: Array
    cross_hauling_share: Array


def calc_charm_single_region(
    output: float, demand: float, exports: float, imports: float, region_output: float, region_demand: float
) -> tuple[float, float]:
    """CHARM, original single-region form: gross exports and imports of one product of a region.

    q = (V − |B|) / (x + D), V = e + m, B = e − m; V_r = |x_r − D_r| + q (x_r + D_r); e_r = (V_r + B_r)/2, m_r =
    (V_r − B_r)/2. Kronenberg, T. (2009), "Construction of regional input-output tables using nonsurvey methods",
    *International Regional Science Review* 32(1). It knows one outside world only, so regions added up do not balance:
    with several regions use the modified form.

    Args:
        output, demand: the nation's x and D = z + d (intermediate and final, imports inside). NaN where both are 0.
    """
    for name, value in (("output", output), ("demand", demand), ("exports", exports), ("imports", imports)):
        within(value, name, 0, float("inf"))
    share = divide(exports + imports - abs(exports - imports), output + demand)
    balance = region_output - region_demand
    volume = abs(balance) + share * (region_output + region_demand)
    return float((volume + balance) / 2), float((volume - balance) / 2)


def calc_charm_multiregional(
    output: npt.ArrayLike,
    demand: npt.ArrayLike,
    exports: npt.ArrayLike,
    imports: npt.ArrayLike,
) -> Charm:
    """CHARM, modified multi-regional form: foreign trade by share, cross-hauling by the potential of each region.

    Foreign: e_r = e x_r / x, m_r = m D_r / D. At home b_r = (x_r − e_r) − (D_r − m_r), which sums to 0 over regions.
    Cross-hauling can be at most twice the lesser of supply and demand at home: h = 2 min(e, m) / (2 min(x, D)) of the
    nation is applied to 2 min(x_r − e_r, D_r − m_r); out_r = b_r⁺ + h min(…), in_r = b_r⁻ + h min(…).
    Többen, J. & Kronenberg, T. H. (2015), "Construction of multi-regional input-output tables using the CHARM method",
    *Economic Systems Research* 27(4). Written from the published description, its identities tested; the paper's own
    figures were not at hand to compare with.

    Args:
        output, demand: x_r and D_r = intermediate + final demand with imports inside, regions × products, (R, m).
        exports, imports: the nation's foreign trade, (m,).

    Raises:
        BadValue: x − e differs from D − m for some product (the national table does not balance), or trade above
            output or demand (re-exports: take them out first).
    """
    x = not_negative(take_matrix(output, "output"), "output")
    d = not_negative(take_matrix(demand, "demand", (x.shape[0], x.shape[1])), "demand")
    e, m = (not_negative(take_vector(v, k, x.shape[1]), k) for v, k in ((exports, "exports"), (imports, "imports")))
    whole_x, whole_d = x.sum(0), d.sum(0)
    off = np.abs((whole_x - e) - (whole_d - m)) > 1e-6 * np.maximum(whole_x + whole_d, 1e-12)
    if off.any() or (e > whole_x * (1 + 1e-9)).any() or (m > whole_d * (1 + 1e-9)).any():
        allowed = Both("x − e = D − m cho từng sản phẩm, e ≤ x, m ≤ D", "x − e = D − m for each product, e ≤ x, m ≤ D")
        raise refuse("exports", f"{int(off.sum())} ≠", allowed)
    abroad_out = x * np.nan_to_num(divide(e, whole_x), nan=0.0)
    abroad_in = d * np.nan_to_num(divide(m, whole_d), nan=0.0)
    supply, use = np.maximum(x - abroad_out, 0), np.maximum(d - abroad_in, 0)
    share = divide(np.minimum(e, m), np.minimum(whole_x, whole_d))
    hauled = np.nan_to_num(share, nan=0.0) * np.minimum(supply, use)
    balance = supply - use
    return Charm(abroad_out, abroad_in, np.maximum(balance, 0) + hauled, np.maximum(-balance, 0) + hauled, share)
