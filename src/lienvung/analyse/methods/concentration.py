"""Concentration of a sector over places, specialisation of a place over sectors, and how alike two structures are.

Matrices are places × sectors, (n, m), of one unit, not negative, no cell missing. s_ij = e_ij / e_i. is a place's
structure. A place whose total is 0 has no structure: NaN, alone. 0 · ln 0 = 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lienvung.analyse.methods.arrays import (
    Array,
    calc_row_shares,
    divide,
    not_negative,
    refuse,
    take_matrix,
    take_vector,
)
from lienvung.errors import Both


def _structures(e: npt.ArrayLike) -> tuple[Array, Array]:
    cells = not_negative(take_matrix(e, "e"), "e")
    return cells, calc_row_shares(cells)


def _shares(values: npt.ArrayLike, name: str, length: int | None = None) -> Array:
    found = not_negative(take_vector(values, name, length), name)
    return divide(found, found.sum())


def _x_ln_x(shares: Array, over: Array | float = 1.0) -> Array:
    """Share · ln(share / over), 0 where the share is 0, NaN where ``over`` is 0 and the share is not."""
    ratio = divide(shares, over)
    log = np.zeros(np.broadcast(shares, ratio).shape)
    np.log(ratio, out=log, where=ratio > 0)
    return np.where(shares == 0, 0.0, shares * np.where(np.isnan(ratio), np.nan, log))


def calc_krugman_against_total(e: npt.ArrayLike) -> Array:
    """Krugman index against the total: K_i = Σ_j |s_ij − s_j|, s_j = e_.j / e.., the place itself included; (n,).

    Krugman, P. (1991), *Geography and Trade*, MIT Press. 0 (as the whole) to 2 (nothing in common).
    """
    cells, s = _structures(e)
    return np.asarray(np.abs(s - divide(cells.sum(0), cells.sum())).sum(1))


def calc_krugman_against_mean_of_others(e: npt.ArrayLike) -> Array:
    """Krugman index against the others: K_i = Σ_j |s_ij − s̄_j|, s̄ the unweighted mean structure of the others; (n,).

    Midelfart-Knarvik, K. H., Overman, H. G., Redding, S. & Venables, A. J. (2000), *The Location of European Industry*,
    European Commission. 0 to 2; NaN where there is no other place with a structure.
    """
    _, s = _structures(e)
    known = ~np.isnan(s[:, 0])
    others = np.where(known[:, None], s, 0).sum(0) - np.where(known[:, None], s, 0)
    return np.asarray(np.abs(s - divide(others, known.sum() - 1)).sum(1))


def calc_krugman_pairs(e: npt.ArrayLike) -> Array:
    """Krugman index of every two places: K_ik = Σ_j |s_ij − s_kj|, (n, n), 0 to 2, symmetric; source as above."""
    _, s = _structures(e)
    return np.stack([np.abs(s - row).sum(1) for row in s])


def calc_similarity_finger_kreinin(e: npt.ArrayLike) -> Array:
    """Similarity of every two structures: Σ_j min(s_ij, s_kj) = 1 − K_ik / 2, (n, n), 0 to 1.

    Finger, J. M. & Kreinin, M. E. (1979), "A measure of 'export similarity' and its possible uses", *The Economic
    Journal* 89.
    """
    return 1 - calc_krugman_pairs(e) / 2


def calc_similarity_cosine(e: npt.ArrayLike) -> Array:
    """Similarity of every two structures as a cosine: s_i · s_k / (|s_i| |s_k|), (n, n), 0 to 1.

    Jaffe, A. B. (1986), "Technological opportunity and spillovers of R&D", *American Economic Review* 76(5).
    """
    _, s = _structures(e)
    unit = divide(s, np.sqrt((s**2).sum(1, keepdims=True)))
    return np.asarray(unit @ unit.T)


def calc_hoover(part: npt.ArrayLike, base: npt.ArrayLike) -> float:
    """Hoover index of two distributions: ½ Σ |a_i / a − b_i / b|, 0 to 1 (not per cent).

    Hoover, E. M. (1936), "The measurement of industrial localization", *Review of Economics and Statistics* 18(4).
    NaN where either sums to 0.
    """
    a = _shares(part, "part")
    return float(np.abs(a - _shares(base, "base", len(a))).sum() / 2)


def calc_hhi(values: npt.ArrayLike) -> float:
    """Herfindahl-Hirschman index: Σ s², 1/n to 1 (not in points of 10 000).

    Hirschman, A. O. (1964), "The paternity of an index", *American Economic Review* 54(5). NaN for a sum of 0.
    """
    return float((_shares(values, "values") ** 2).sum())


def calc_hhi_normalised(values: npt.ArrayLike) -> float:
    """Herfindahl-Hirschman index brought to 0 … 1: (H − 1/n) / (1 − 1/n); NaN for one value alone or a sum of 0."""
    s = _shares(values, "values")
    return float(divide((s**2).sum() - 1 / len(s), 1 - 1 / len(s)))


def calc_equivalent_number(values: npt.ArrayLike) -> float:
    """How many equal parts would be as concentrated: 1 / H (Adelman 1969, *Review of Economics and Statistics* 51)."""
    return float(divide(1.0, calc_hhi(values)))


def calc_shannon_nats(values: npt.ArrayLike) -> float:
    """Shannon entropy in nats: −Σ s ln s, 0 to ln n.

    Shannon, C. E. (1948), "A mathematical theory of communication", *Bell System Technical Journal* 27. NaN for a sum
    of 0.
    """
    return float(-_x_ln_x(_shares(values, "values")).sum()) + 0.0


def calc_shannon_bits(values: npt.ArrayLike) -> float:
    """Shannon entropy in bits: −Σ s log₂ s, 0 to log₂ n; source as for nats.

    >>> calc_shannon_bits([1, 1, 1, 1])
    2.0
    """
    return calc_shannon_nats(values) / float(np.log(2))


def calc_hachman(e: npt.ArrayLike) -> Array:
    """Hachman index: 1 / Σ_j LQ_ij s_ij = 1 / Σ_j (s_ij² / s_j), (n,); 1 as diverse as the whole, towards 0 if not.

    Hachman, F. (1995), Bureau of Economic and Business Research, University of Utah. Sectors that no place has are
    left out; NaN for a place whose total is 0.
    """
    cells, s = _structures(e)
    whole = divide(cells.sum(0), cells.sum())
    return divide(1.0, np.where(whole > 0, divide(s**2, whole), 0.0).sum(1))


def calc_locational_gini_weighted(part: npt.ArrayLike, base: npt.ArrayLike) -> float:
    """Locational Gini from the Lorenz curve of part against base: 1 − Σ p_i (X_i + X_{i−1}), sorted by x_i / p_i.

    x, p are the shares of part and base, X the cumulated x. Each place weighs by its base; 0 to below 1. Hoover (1936);
    Krugman (1991). NaN where either sums to 0, or where a place has part but no base.
    """
    x = _shares(part, "part")
    p = _shares(base, "base", len(x))
    if np.isnan(x).any() or np.isnan(p).any() or ((p == 0) & (x > 0)).any():
        return float("nan")
    order = np.argsort(np.where(p > 0, divide(x, p), 0.0), kind="stable")
    up = np.cumsum(x[order])
    return float(1 - (p[order] * (up + np.concatenate(([0.0], up[:-1])))).sum())


def calc_locational_gini_of_quotients(part: npt.ArrayLike, base: npt.ArrayLike) -> float:
    """Locational Gini of the quotients R_i = x_i / p_i, each place counted once: 2 Σ λ_i (R_i − R̄) / (n² R̄).

    λ_i is the rank of R_i, ascending; 0 to 1 − 1/n. Audretsch, D. B. & Feldman, M. P. (1996), "R&D spillovers and the
    geography of innovation and production", *American Economic Review* 86(3). NaN where a base is 0 or a sum is 0.
    """
    x = _shares(part, "part")
    ratio = np.sort(divide(x, _shares(base, "base", len(x))))
    n, mean = len(ratio), ratio.mean()
    return float(divide(2 * (np.arange(1, n + 1) * (ratio - mean)).sum(), n**2 * mean))


@dataclass(frozen=True, slots=True)
class Theil:
    """Theil's T with its two parts, in nats: total = between + within."""

    total: float
    between: float
    within: float


def calc_theil(values: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Theil's T, in nats: Σ x_i ln(x_i / p_i), x the shares of the values, p of the weights (1/n when not given).

    Theil, H. (1967), *Economics and Information Theory*, North-Holland. 0 to ln n for equal weights (divide by ln n for
    the form in 0 … 1). NaN for a sum of 0, or for a value above 0 on a weight of 0.

    Args:
        values: (n,), e.g. income or employment of each place. weights: (n,), e.g. population.
    """
    x = _shares(values, "values")
    p = np.full(len(x), 1 / len(x)) if weights is None else _shares(weights, "weights", len(x))
    return float(_x_ln_x(x, p).sum())


def calc_theil_l(values: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Theil's L, the mean logarithmic deviation, in nats: Σ p_i ln(p_i / x_i), shares as for Theil's T.

    Theil (1967), his second measure; more sensitive to the bottom than T. NaN for a sum of 0, or where a value is 0 on
    a weight above 0 (the logarithm does not exist).

    >>> round(calc_theil_l([10, 10, 10, 20, 50]), 7)
    0.2326302
    """
    x = _shares(values, "values")
    p = np.full(len(x), 1 / len(x)) if weights is None else _shares(weights, "weights", len(x))
    return float(_x_ln_x(p, x).sum())


def calc_theil_decomposed(values: npt.ArrayLike, groups: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> Theil:
    """Theil's T between and within groups: Σ_g X_g ln(X_g / P_g) + Σ_g X_g Σ_{i∈g} (x_i/X_g) ln[(x_i/X_g)/(p_i/P_g)].

    X_g and P_g are the groups' shares of values and weights; source as for ``calc_theil``.

    Args:
        groups: (n,), a label of each value (its region, its type).
    """
    x = _shares(values, "values")
    p = np.full(len(x), 1 / len(x)) if weights is None else _shares(weights, "weights", len(x))
    labels, at = np.unique(np.asarray(groups), return_inverse=True)
    if at.shape != x.shape:
        raise refuse("groups", f"{at.shape}", Both(f"đúng {len(x)} phần tử", f"exactly {len(x)} elements"))
    sums, bases = (np.bincount(at, v, len(labels)).astype(np.float64) for v in (x, p))
    inside = _x_ln_x(divide(x, sums[at]), divide(p, bases[at]))
    within = float(np.where(x == 0, 0.0, sums[at] * inside).sum())
    return Theil(float(_x_ln_x(x, p).sum()), float(_x_ln_x(sums, bases).sum()), within)
