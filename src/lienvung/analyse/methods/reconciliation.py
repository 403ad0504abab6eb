"""Figures that break an identity, adjusted as little as their trust allows until it holds."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from lienvung.analyse.methods.arrays import Array, cannot, not_negative, take_matrix, take_vector
from lienvung.errors import Both


def calc_least_squares_adjusted(
    values: npt.ArrayLike, variances: npt.ArrayLike, constraints: npt.ArrayLike, totals: npt.ArrayLike
) -> Array:
    """Adjusted figures x = t − V G' (G V G')⁻¹ (G t − h), those nearest to t with G x = h; (n,).

    Minimises Σ (x_i − t_i)² / v_i. Stone, R., Champernowne, D. G. & Meade, J. E. (1942), "The precision of national
    income estimates", *Review of Economic Studies* 9(2).

    Args:
        values: t, (n,). variances: v, (n,), 0 for a figure that is held. constraints: G, (k, n). totals: h, (k,).

    Raises:
        NotComputable: the figures that are held leave an identity no room, or two identities say the same.

    >>> calc_least_squares_adjusted([10, 8], [1, 1], [[0.5, 0.5]], [8.5]).tolist()
    [9.5, 7.5]
    """
    t, v = take_vector(values, "values"), not_negative(take_vector(variances, "variances"), "variances")
    g = take_matrix(constraints, "constraints")
    h = take_vector(totals, "totals", len(g))
    gap, spread = g @ t - h, g @ (v[:, None] * g.T)
    if np.allclose(gap, 0, atol=1e-12):
        return t
    if np.linalg.matrix_rank(spread) < len(g):
        held = Both("các số được giữ nguyên không chừa chỗ để khớp", "the figures that are held leave no room to agree")
        raise cannot(Both("phương án dung hòa", "a reconciliation"), held, Both("bớt số giữ nguyên", "hold fewer"))
    return np.asarray(t - v * (g.T @ np.linalg.solve(spread, gap)))
