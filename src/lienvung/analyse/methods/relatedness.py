"""How close sectors are to each other, and how close a place already is to one it does not have.

M is presence, places × products, of 0 and 1; C = M'M counts the places that have both, U_p = C_pp the places that have
one. Proximity can keep each product's tie to itself or not, and densities differ strongly by that when there are few
products: the convention is in the function's name. ``dtype`` float32 halves time and memory at 7 digits.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from lienvung.analyse.methods.arrays import (
    Array,
    divide,
    not_negative,
    take_matrix,
    take_square,
    take_vector,
)
from lienvung.analyse.methods.complexity import take_presence


def calc_cooccurrence(presence: npt.ArrayLike) -> Array:
    """How many places have both products: C = M'M, (m, m), whole numbers; C_pp the ubiquity."""
    m, _, _ = take_presence(presence)
    single = m.astype(np.float32)
    return np.asarray(single.T @ single, dtype=np.float64)


def calc_proximity(presence: npt.ArrayLike) -> Array:
    """Proximity: φ_pq = C_pq / max(U_p, U_q), the lesser of the two conditional probabilities; (m, m), φ_pp = 1.

    Hidalgo, C. A., Klinger, B., Barabási, A.-L. & Hausmann, R. (2007), "The product space conditions the development
    of nations", *Science* 317. NaN in the row and column of a product that no place has.
    """
    c = calc_cooccurrence(presence)
    u = np.diagonal(c).copy()
    if (u > 0).all():
        return np.asarray(np.divide(c, np.maximum(u[:, None], u[None, :]), out=c))
    out = divide(c, np.maximum(u[:, None], u[None, :]))
    out[u == 0, :] = np.nan
    out[:, u == 0] = np.nan
    return out


def _density(presence: npt.ArrayLike, relatedness: Array, dtype: npt.DTypeLike) -> Array:
    m, _, _ = take_presence(presence)
    totals = relatedness.sum(0)
    known = relatedness if np.isfinite(totals).all() else np.nan_to_num(relatedness, nan=0.0)
    scaled = divide(known, totals if known is relatedness else known.sum(0))
    return np.asarray(m.astype(dtype, copy=False) @ scaled.astype(dtype, copy=False))


def _take_relatedness(relatedness: npt.ArrayLike, presence: npt.ArrayLike) -> Array:
    size = np.shape(presence)[1]
    return not_negative(take_matrix(relatedness, "relatedness", (size, size), is_whole=False), "relatedness")


def calc_density_with_self(
    presence: npt.ArrayLike, relatedness: npt.ArrayLike, dtype: npt.DTypeLike = np.float64
) -> Array:
    """Relatedness density, the diagonal kept as given: d_cp = Σ_q M_cq φ_qp / Σ_q φ_qp; (n, m), 0 to 1.

    Hidalgo et al. (2007). A product that the place has counts as related to itself. NaN for a product related to none.
    """
    return _density(presence, _take_relatedness(relatedness, presence), dtype)


def calc_density_without_self(
    presence: npt.ArrayLike, relatedness: npt.ArrayLike, dtype: npt.DTypeLike = np.float64
) -> Array:
    """Relatedness density, the diagonal set to 0: d_cp = Σ_{q≠p} M_cq φ_qp / Σ_{q≠p} φ_qp; (n, m), 0 to 1.

    Hidalgo et al. (2007) as computed by Balland, P.-A. (2017), *Economic Geography in R*. NaN for a product related
    to no other.
    """
    bare = _take_relatedness(relatedness, presence).copy()
    np.fill_diagonal(bare, 0.0)
    return _density(presence, bare, dtype)


def calc_coi(presence: npt.ArrayLike, density: npt.ArrayLike, pci: npt.ArrayLike) -> Array:
    """Complexity outlook: COI_c = Σ_p d_cp (1 − M_cp) PCI_p, (n,).

    Hausmann et al. (2014), *The Atlas of Economic Complexity*. Products without density or PCI are left out.
    """
    m, _, _ = take_presence(presence)
    d = take_matrix(density, "density", (m.shape[0], m.shape[1]), is_whole=False)
    return np.asarray(np.nansum(d * (1 - m) * take_vector(pci, "pci", m.shape[1], is_whole=False), axis=1))


def calc_cog(presence: npt.ArrayLike, proximity: npt.ArrayLike, density: npt.ArrayLike, pci: npt.ArrayLike) -> Array:
    """Complexity outlook gain: COG_cp = Σ_q [φ_pq / Σ_k φ_kq] (1 − M_cq) PCI_q − d_cp PCI_p, (n, m).

    What a place's outlook gains by taking up a product. Hausmann et al. (2014). NaN where the place has it already,
    and for products without proximity or PCI.
    """
    m, _, _ = take_presence(presence)
    n, size = m.shape
    phi = take_matrix(proximity, "proximity", (size, size), is_whole=False)
    d = take_matrix(density, "density", (n, size), is_whole=False)
    worth = take_vector(pci, "pci", size, is_whole=False)
    spread = divide(np.nan_to_num(phi, nan=0.0), np.nansum(phi, axis=0))
    opened = ((1 - m) * np.nan_to_num(worth, nan=0.0)) @ np.nan_to_num(spread, nan=0.0).T
    known = ~np.isnan(np.diagonal(phi)) & ~np.isnan(worth)
    return np.where((m == 1) | ~known[None, :], np.nan, opened - d * worth)


def _off_diagonal(cooccurrence: npt.ArrayLike) -> tuple[Array, Array]:
    c = not_negative(take_square(cooccurrence, "cooccurrence"), "cooccurrence").copy()
    np.fill_diagonal(c, 0.0)
    return c, c.sum(1)


def calc_relatedness_cosine(cooccurrence: npt.ArrayLike) -> Array:
    """Relatedness by cosine: C_pq / √(S_p S_q), S the row sums without the diagonal; (m, m), 0 on the diagonal.

    van Eck, N. J. & Waltman, L. (2009), "How to normalize cooccurrence data?", *JASIST* 60(8). NaN for a product that
    occurs with no other.
    """
    c, s = _off_diagonal(cooccurrence)
    return divide(c, np.sqrt(np.outer(s, s)))


def calc_relatedness_jaccard(cooccurrence: npt.ArrayLike) -> Array:
    """Relatedness by Jaccard's index: C_pq / (S_p + S_q − C_pq); source, diagonal and NaN as for the cosine."""
    c, s = _off_diagonal(cooccurrence)
    return np.where(np.outer(s, s) > 0, divide(c, s[:, None] + s[None, :] - c), np.nan)


def calc_relatedness_association(cooccurrence: npt.ArrayLike) -> Array:
    """Relatedness by association strength: C_pq T / (S_p S_q), T = Σ S; 1 as at random; otherwise as the cosine."""
    c, s = _off_diagonal(cooccurrence)
    return divide(c * s.sum(), np.outer(s, s))


def calc_relatedness_probability(cooccurrence: npt.ArrayLike) -> Array:
    """Relatedness by probability: C_pq / {(T/2) [(S_p/T) S_q/(T−S_p) + (S_q/T) S_p/(T−S_q)]}, T = Σ S.

    Steijn, M. P. A. (2021), "Improvement on the association strength", *Quantitative Science Studies* 2(1): no product
    is drawn with itself. 1 as at random; otherwise as the cosine.
    """
    c, s = _off_diagonal(cooccurrence)
    total = s.sum()
    one = divide(np.outer(s, s), (total - s)[:, None])
    return divide(c, (one + one.T) / 2)
