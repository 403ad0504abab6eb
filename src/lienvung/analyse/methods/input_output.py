"""Input-output: what one more unit of final demand sets in motion, from one factorisation of I − A.

Z is sector × sector deliveries, x output, f final demand, A = Z x̂^-1, x = A x + f = L f. Money in one unit; rows
deliver, columns buy. A sector without output has no coefficients: its column is 0 because nothing is bought, it is
named in ``idle``, and its multipliers are NaN. The inverse is formed only when asked for; everything else is a solve.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.linalg import LinAlgWarning, lapack, lu_factor, lu_solve

from lienvung.analyse.methods.arrays import (
    Array,
    Flags,
    Indices,
    cannot,
    divide,
    refuse,
    take_square,
    take_vector,
)
from lienvung.errors import Both

LEONTIEF = Both("nghịch đảo Leontief", "the Leontief inverse")
CHECK_TABLE = Both("kiểm tra bảng: tổng chi phí trung gian phải nhỏ hơn giá trị sản xuất",
                   "check the table: intermediate cost must be below output")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coefficients:
    """A = Z x̂^-1, with the sectors that produce nothing."""

    a: Array
    idle: Flags


@dataclass(frozen=True, slots=True)
class Leontief:
    """I − A, factorised once: L f and w'L by solves of milliseconds."""

    a: Array
    lu: Array
    pivots: Indices
    idle: Flags

    @property
    def size(self) -> int:
        """The number of sectors (of all regions together)."""
        return len(self.lu)

    def solve(self, f: npt.ArrayLike) -> Array:
        """L f: the output that final demand f needs, directly and indirectly; (n,) or (n, k)."""
        return np.asarray(lu_solve((self.lu, self.pivots), _fits(f, self.size), check_finite=False))

    def solve_transposed(self, w: npt.ArrayLike) -> Array:
        """w'L: what each unit of final demand draws of w per unit of output; (n,) or (n, k)."""
        return np.asarray(lu_solve((self.lu, self.pivots), _fits(w, self.size), trans=1, check_finite=False))

    def invert(self) -> Array:
        """L = (I − A)^-1 itself, from the factors; (n, n)."""
        room, _ = lapack.dgetri_lwork(self.size)
        inverse, info = lapack.dgetri(self.lu, self.pivots, lwork=int(1.01 * room))
        if info != 0:
            raise cannot(LEONTIEF, Both("ma trận suy biến", "the matrix is singular"), CHECK_TABLE)
        return np.asarray(inverse)


def _fits(values: npt.ArrayLike, size: int) -> Array:
    found = np.asarray(values, dtype=np.float64)
    if found.ndim not in (1, 2) or len(found) != size or not np.isfinite(found).all():
        allowed = Both(f"{size} hàng, số hữu hạn", f"{size} rows of finite numbers")
        raise refuse("f", f"shape {found.shape}", allowed)
    return found


def calc_coefficients(z: npt.ArrayLike, x: npt.ArrayLike) -> Coefficients:
    """Input coefficients: a_ij = z_ij / x_j.

    Leontief, W. (1936), *Review of Economics and Statistics* 18(3); Miller, R. E. & Blair, P. D. (2009),
    *Input-Output Analysis*, 2nd ed., chapter 2.

    Raises:
        BadValue: a sector with output 0 that buys something, or shapes that do not fit. Negative cells pass.
    """
    table = take_square(z, "z")
    output = take_vector(x, "x", len(table))
    idle = output == 0
    buys = idle & (table != 0).any(0)
    if buys.any():
        at = int(np.flatnonzero(buys)[0])
        raise refuse(
            "x", f"0 [{at}]", Both("ngành có mua đầu vào phải có giá trị sản xuất", "output where inputs are bought")
        )
    return Coefficients(np.where(idle[None, :], 0.0, divide(table, output[None, :])), idle)


def calc_leontief(a: npt.ArrayLike | Coefficients) -> Leontief:
    """Factorise I − A (LU with partial pivoting).

    Where A ≥ 0 the table must be productive (Hawkins, D. & Simon, H. A. 1949, *Econometrica* 17): I − A has a
    non-negative inverse exactly when (I − A) y = 1 has a positive solution, which is solved and looked at.

    Raises:
        NotComputable: I − A is singular, or A ≥ 0 is not productive (some sector uses up more than it makes).
    """
    given = a if isinstance(a, Coefficients) else Coefficients(take_square(a, "a"), np.zeros(len(np.asarray(a)), bool))
    n = len(given.a)
    system = np.array(given.a, order="F")
    np.negative(system, out=system)
    system[np.arange(n), np.arange(n)] += 1.0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LinAlgWarning)
        warnings.simplefilter("ignore", RuntimeWarning)
        lu, pivots = lu_factor(system, overwrite_a=True, check_finite=False)
    if (np.abs(np.diagonal(lu)) < 1e-13).any():
        raise cannot(LEONTIEF, Both("ma trận I − A suy biến", "I − A is singular"), CHECK_TABLE)
    found = Leontief(given.a, lu, pivots, given.idle)
    if not (given.a < 0).any() and not (found.solve(np.ones(n)) > 0).all():
        reason = Both("bảng không sản xuất được (điều kiện Hawkins-Simon)", "not productive (Hawkins-Simon condition)")
        raise cannot(LEONTIEF, reason, CHECK_TABLE)
    return found


def calc_effect(system: Leontief, f: npt.ArrayLike, per_output: npt.ArrayLike | None = None) -> Array:
    """What final demand f needs of output, or of w per unit of output (value added, jobs): ŵ L f, (n,) or (n, k).

    Miller & Blair (2009), section 2.2 and chapter 6.
    """
    x = system.solve(f)
    if per_output is None:
        return x
    w = take_vector(per_output, "per_output", system.size)
    return np.asarray((w * x.T).T)


def calc_multipliers_per_demand(system: Leontief, per_output: npt.ArrayLike | None = None) -> Array:
    """Simple multipliers: Σ_i w_i l_ij, of w per unit of final demand for j; of output when no w is given; (n,).

    With w = value added or jobs over output: value added or employment multipliers, type I, in w's unit per unit of
    demand. Unweighted backward linkages are the same with w = 1. Miller & Blair (2009), sections 6.2. NaN for idle
    sectors.
    """
    w = np.ones(system.size) if per_output is None else take_vector(per_output, "per_output", system.size)
    return np.where(system.idle, np.nan, system.solve_transposed(w))


def calc_multipliers_type1_ratio(system: Leontief, per_output: npt.ArrayLike) -> Array:
    """Type I multipliers as ratios: Σ_i w_i l_ij / w_j, per unit of the sector's own direct effect; (n,).

    Moore, F. T. & Petersen, J. W. (1955), *Review of Economics and Statistics* 37(4). NaN where w_j is 0.
    """
    w = take_vector(per_output, "per_output", system.size)
    return divide(calc_multipliers_per_demand(system, w), w)


def calc_multipliers_type2_per_demand(
    system: Leontief,
    wages_per_output: npt.ArrayLike,
    spent_by_sector: npt.ArrayLike,
    per_output: npt.ArrayLike | None = None,
) -> Array:
    """Type II per unit of demand, over the n industries only (truncated): w'L + (w'L c)(h'L) / (1 − h'L c).

    That is w'L̄₁₁ of the closed model, by the partitioned inverse: no second factorisation. Miller & Blair (2009),
    section 6.2.2.

    Args:
        wages_per_output: h, household income per unit of output, (n,). spent_by_sector: c, household purchases of each
            sector's domestic product per unit of household income, (n,).

    Raises:
        NotComputable: h'L c ≥ 1: each unit of income would return in full or more.
    """
    h, c = (take_vector(v, name, system.size) for v, name in
            ((wages_per_output, "wages_per_output"), (spent_by_sector, "spent_by_sector")))  # fmt: skip
    w = np.ones(system.size) if per_output is None else take_vector(per_output, "per_output", system.size)
    hl, wl = system.solve_transposed(h), system.solve_transposed(w)
    left = 1 - float(hl @ c)
    if left <= 1e-12:
        what = Both("số nhân loại II", "type II multipliers")
        raise cannot(
            what, Both("thu nhập quay lại toàn bộ (h'Lc ≥ 1)", "income returns in full (h'Lc ≥ 1)"), CHECK_TABLE
        )
    return np.where(system.idle, np.nan, wl + (wl @ c) * hl / left)


def calc_multipliers_type2_ratio(
    system: Leontief,
    wages_per_output: npt.ArrayLike,
    spent_by_sector: npt.ArrayLike,
    per_output: npt.ArrayLike,
) -> Array:
    """Type II as ratios: the truncated type II effect over the sector's own direct w_j; NaN where w_j is 0."""
    found = calc_multipliers_type2_per_demand(system, wages_per_output, spent_by_sector, per_output)
    return divide(found, take_vector(per_output, "per_output", system.size))
