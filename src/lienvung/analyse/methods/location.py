"""Location quotients: how much of a place's structure a sector is, beside the same share in the whole economy.

Everywhere: e is places × sectors (employment, value added, exports…: one unit, one year, not negative); e_i. a place's
total, e_.j a sector's, e.. the grand total; s_ij = e_ij / e_i. and s_j = e_.j / e.. . A quotient is undefined (NaN)
where the place or the sector has a total of 0, or where the cell or a total it needs is missing (NaN). Give printed
totals when cells are missing: a total is never summed over a gap.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lienvung.analyse.methods.arrays import (
    Array,
    divide,
    log_where_positive,
    not_negative,
    take_matrix,
    take_vector,
)


@dataclass(frozen=True, slots=True)
class Margins:
    """The cells and the totals that quotients are made of: (n, m), (n,), (m,), and the grand total."""

    cells: Array
    places: Array
    sectors: Array
    grand: float


def take_margins(
    e: npt.ArrayLike,
    place_totals: npt.ArrayLike | None,
    sector_totals: npt.ArrayLike | None,
    grand_total: float | None,
) -> Margins:
    """The cells with their totals, summed where none are given."""
    cells = not_negative(take_matrix(e, "e", is_whole=False), "e")
    n, m = cells.shape
    places = cells.sum(1) if place_totals is None else take_vector(place_totals, "place_totals", n, is_whole=False)
    sectors = cells.sum(0) if sector_totals is None else take_vector(sector_totals, "sector_totals", m, is_whole=False)
    grand = float(sectors.sum()) if grand_total is None else float(grand_total)
    return Margins(cells, not_negative(places, "place_totals"), not_negative(sectors, "sector_totals"), grand)


def calc_lq(
    e: npt.ArrayLike,
    place_totals: npt.ArrayLike | None = None,
    sector_totals: npt.ArrayLike | None = None,
    grand_total: float | None = None,
) -> Array:
    """Location quotient: LQ_ij = (e_ij / e_i.) / (e_.j / e..).

    Florence, P. S. (1939), *Report on the Location of Industry*, Political and Economic Planning, London.

    Args:
        e: places × sectors, (n, m).
        place_totals: (n,); the rows' sums when not given.
        sector_totals: (m,), of the reference economy, whether the places are part of it or not; column sums when
            not given.
        grand_total: of the reference economy; the sum of ``sector_totals`` when not given.

    Returns:
        (n, m), 1 where the place has the reference's share. NaN: see the module.

    Raises:
        BadValue: a negative or infinite cell, a shape that does not fit.

    >>> calc_lq([[30, 70], [10, 90]])
    array([[1.5  , 0.875],
           [0.5  , 1.125]])
    """
    t = take_margins(e, place_totals, sector_totals, grand_total)
    # written as one quotient of two products, so that a share equal to the whole's gives exactly 1
    below = np.outer(t.places, t.sectors)
    if t.places.min() > 0 and t.sectors.min() > 0:
        above = t.cells * t.grand
        return np.divide(above, below, out=above)
    return divide(t.cells * t.grand, below)


def calc_rca_balassa(exports: npt.ArrayLike, world_by_product: npt.ArrayLike | None = None) -> Array:
    """Revealed comparative advantage: RCA_cp = (x_cp / x_c.) / (x_.p / x..), the location quotient on exports.

    Balassa, B. (1965), "Trade liberalisation and 'revealed' comparative advantage", *The Manchester School* 33(2).

    Args:
        exports: places × products, (n, m). world_by_product: (m,), column sums when not given.
    """
    return calc_lq(exports, sector_totals=world_by_product)


def calc_presence(quotients: npt.ArrayLike, threshold: float = 1.0) -> Array:
    """Where a place has a sector: M_ij = 1 if LQ_ij ≥ threshold, else 0; NaN where the quotient is undefined.

    A quotient of exactly the threshold counts as presence (Hidalgo & Hausmann 2009, *PNAS* 106(26)).
    """
    lq = take_matrix(quotients, "quotients", is_whole=False)
    has = (lq >= threshold).astype(np.float64)
    undefined = np.isnan(lq)
    if undefined.any():
        has[undefined] = np.nan
    return has


def calc_symmetric_lq(quotients: npt.ArrayLike) -> Array:
    """Symmetric quotient: (LQ − 1) / (LQ + 1), from −1 (absent) through 0 (as elsewhere) to below 1.

    Dalum, B., Laursen, K. & Villumsen, G. (1998), "Structural change in OECD export specialisation patterns",
    *International Review of Applied Economics* 12(3).
    """
    lq = not_negative(take_matrix(quotients, "quotients", is_whole=False), "quotients")
    return divide(lq - 1, lq + 1)


def _z_scores(values: Array) -> Array:
    """(x − mean) / standard deviation (n − 1) down each column, over the cells that are defined."""
    known = ~np.isnan(values)
    count = known.sum(0)
    mean = divide(np.where(known, values, 0).sum(0), count)
    centred = np.where(known, values - mean, 0)
    spread = np.sqrt(divide((centred**2).sum(0), count - 1))
    tiny = spread <= 1e-12 * np.maximum(1, np.abs(mean))
    return np.where(known, divide(centred, np.where(tiny | (count < 3), np.nan, spread)), np.nan)


def calc_standardised_lq_plain(quotients: npt.ArrayLike) -> Array:
    """Standardised quotient, plain: z_ij = (LQ_ij − mean_j) / sd_j across places (sd with n − 1).

    O'Donoghue, D. & Gleave, B. (2004), "A note on methods for measuring industrial agglomeration", *Regional Studies*
    38(4); they ask for a test of normality before z is read as significance (1.65 or 1.96).

    NaN for a sector with fewer than three defined places or with the same quotient everywhere.
    """
    return _z_scores(take_matrix(quotients, "quotients", is_whole=False))


def calc_standardised_lq_log(quotients: npt.ArrayLike) -> Array:
    """Standardised quotient, of logarithms: z-scores of ln LQ across places; source as for the plain form.

    NaN also where LQ is 0: the logarithm does not exist there, and such places are left out of mean and deviation.
    """
    return _z_scores(log_where_positive(take_matrix(quotients, "quotients", is_whole=False)))


def calc_additive_lq_of_structure(e: npt.ArrayLike) -> Array:
    """Additive quotient on structures: e_ij / e_i. − e_.j / e.., from −1 to 1; sums to 0 over a place's sectors.

    Hoen, A. R. & Oosterhaven, J. (2006), "On the measurement of comparative advantage", *The Annals of Regional
    Science* 40. NaN in a place whose total is 0.
    """
    t = take_margins(e, None, None, None)
    return divide(t.cells, t.places[:, None]) - divide(t.sectors, t.grand)[None, :]


def calc_additive_lq_of_distribution(e: npt.ArrayLike) -> Array:
    """Additive quotient on distributions: e_ij / e_.j − e_i. / e.., from −1 to 1; sums to 0 over a sector's places.

    The form of Hoen & Oosterhaven (2006) turned to the sector's side. NaN in a sector whose total is 0.
    """
    t = take_margins(e, None, None, None)
    return divide(t.cells, t.sectors[None, :]) - divide(t.places, t.grand)[:, None]


def calc_effective_count(plant_sizes: npt.ArrayLike) -> float:
    """How many independent observations workers clustered in plants are worth: (Σ e)² / Σ e² over plants.

    Kish, L. (1965), *Survey Sampling*. The design effect of a place is its employment over this count.

    >>> calc_effective_count([10, 10, 10, 10])
    4.0
    """
    sizes = not_negative(take_vector(plant_sizes, "plant_sizes"), "plant_sizes")
    return float(divide(sizes.sum() ** 2, (sizes**2).sum()))


def calc_cluster_index_litzenberger_sternberg(
    employees: tuple[float, float],
    area: tuple[float, float],
    population: tuple[float, float],
    plants: tuple[float, float],
) -> float:
    """Cluster index of one industry in one place: relative density × relative stock / relative plant size.

    CI = [(e_ij / a_j) / (e_i / a)] · [(e_ij / p_j) / (e_i / p)] / [(e_ij / b_ij) / (e_i / b_i)].

    Litzenberger, T. & Sternberg, R. (2006), "Der Clusterindex", *Geographische Zeitschrift* 94(4).

    Args:
        employees: in the industry; each pair is (the place's, the whole economy's).
        area, population: of place and whole, in any one unit. plants: of the industry.

    Returns:
        0 to infinity, 1 as in the whole; NaN where any of the bases is 0.
    """
    (e_ij, e_i), (a_j, a), (p_j, p), (b_ij, b_i) = employees, area, population, plants
    density = divide(divide(e_ij, a_j), divide(e_i, a))
    stock = divide(divide(e_ij, p_j), divide(e_i, p))
    size = divide(divide(e_ij, b_ij), divide(e_i, b_i))
    return float(divide(density * stock, size))
