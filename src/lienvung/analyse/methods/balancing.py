"""Tables brought to known margins with as little change as may be: RAS, and GRAS where cells are negative."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lienvung.analyse.methods.arrays import Array, Flags, divide, not_negative, refuse, take_matrix, take_vector
from lienvung.errors import Both

NOT_REACHED = Both(
    "không đạt tổng biên: vị trí các ô bằng 0 không cho phép, hoặc cần thêm bước lặp",
    "the margins were not met: the pattern of zeros forbids it, or more steps are needed",
)


@dataclass(frozen=True, slots=True)
class Balanced:
    """The table with its row and column factors; ``gap`` is the greatest miss of a margin over the greatest margin.

    ``reason`` says why the margins are not met, None when they are.
    """

    method: str
    table: Array
    row_factors: Array
    column_factors: Array
    steps: int
    gap: float
    reason: Both | None


def _margins(
    rows: npt.ArrayLike, columns: npt.ArrayLike, empty_rows: Flags, empty_columns: Flags
) -> tuple[Array, Array]:
    u, v = take_vector(rows, "rows", len(empty_rows)), take_vector(columns, "columns", len(empty_columns))
    scale = max(float(np.abs(u).sum()), float(np.abs(v).sum()), 1e-300)
    if abs(float(u.sum() - v.sum())) > 1e-9 * scale:
        allowed = Both("tổng các hàng bằng tổng các cột", "rows and columns of the same total")
        raise refuse("rows", f"Σ = {u.sum():.10g} ≠ {v.sum():.10g}", allowed)
    for name, margin, empty in (("rows", u, empty_rows), ("columns", v, empty_columns)):
        stuck = empty & (margin != 0)
        if stuck.any():
            at = int(np.flatnonzero(stuck)[0])
            allowed = Both("tổng biên 0 cho hàng hoặc cột trống", "a margin of 0 where all cells are 0")
            raise refuse(name, f"{margin[at]:.10g} [{at}]", allowed)
    return u, v


def _over(margin: Array, made: Array) -> Array:
    """Margin / what is there now; 1 where nothing is there and nothing is asked (an empty row stays as it is)."""
    return np.where(made == 0, 1.0, np.divide(margin, np.where(made == 0, 1.0, made)))


def calc_ras(
    z: npt.ArrayLike, rows: npt.ArrayLike, columns: npt.ArrayLike, tolerance: float = 1e-10, most_steps: int = 10000
) -> Balanced:
    """RAS: r̂ Z ŝ with the given margins, by r = u / (Z s), s = v / (Z'r) in turn.

    Stone, R. (1961), *Input-Output and National Accounts*, OECD; Bacharach, M. (1970), *Biproportional Matrices and
    Input-Output Change*, Cambridge. Zeros stay zeros; a factor on the whole seed changes nothing. Only the factors are
    iterated, the table is formed once.

    Args:
        z: seed, (n, m), not negative. rows: u, (n,); columns: v, (m,), not negative, Σu = Σv.
        tolerance: of ``gap``. most_steps: before it gives up; blocks that hardly touch need thousands.

    Raises:
        BadValue: Σu ≠ Σv, a negative cell (use GRAS), or a margin asked of an empty row or column.
    """
    seed = not_negative(take_matrix(z, "z"), "z")
    made, down = seed @ np.ones(seed.shape[1]), np.ones(seed.shape[0]) @ seed
    u, v = _margins(rows, columns, made == 0, down == 0)
    not_negative(u, "rows")
    not_negative(v, "columns")
    scale = max(float(u.max()), float(v.max()), 1e-300)
    gap, step = np.inf, 0
    while gap > tolerance and step < most_steps:
        r = _over(u, made)
        down = r @ seed
        s = _over(v, down)
        made = seed @ s
        gap, step = float(np.abs(r * made - u).max()) / scale, step + 1
    table = seed * r[:, None]
    table *= s
    gap = max(gap, float(np.abs(s * down - v).max()) / scale)
    return Balanced("RAS", table, r, s, step, gap, None if gap <= max(tolerance, 1e-9) else NOT_REACHED)


def _gras_factor(margin: Array, plus: Array, minus: Array) -> Array:
    """The positive root of p r − n / r = u; −n / u where p = 0; 1 where the row is empty."""
    root = np.sqrt(margin**2 + 4 * plus * minus)
    # of the two writings of one root, the one that does not subtract nearly equal numbers
    by_sum = divide(margin + root, 2 * plus)
    by_quotient = divide(2 * minus, root - margin)
    found = np.where(margin >= 0, by_sum, by_quotient)
    found = np.where(plus == 0, -divide(minus, margin), found)
    return np.where((plus == 0) & (minus == 0), 1.0, found)


def calc_gras(
    z: npt.ArrayLike, rows: npt.ArrayLike, columns: npt.ArrayLike, tolerance: float = 1e-10, most_steps: int = 10000
) -> Balanced:
    """GRAS: as RAS, with negative cells: r̂ P ŝ − r̂^-1 N ŝ^-1 where Z = P − N; every cell keeps its sign.

    r_i = [u_i + √(u_i² + 4 p_i n_i)] / (2 p_i), p_i = Σ_j P_ij s_j, n_i = Σ_j N_ij / s_j; −n_i / u_i where p_i = 0.
    Günlük-Şenesen, G. & Bates, J. M. (1988), *JRSS A* 151; Junius, T. & Oosterhaven, J. (2003), *Economic Systems
    Research* 15(1); Lenzen, Wood & Gallego (2007), 19(4); Temurshoev, U., Miller, R. E. & Bouwmeester, M. C. (2013),
    25(3). Without negative cells it is RAS.

    Raises:
        BadValue: as RAS; also a row or column of positive cells only whose margin is not above 0, or of negative cells
            only whose margin is not below 0.
    """
    seed = take_matrix(z, "z")
    u, v = _margins(rows, columns, np.asarray(~seed.any(1)), np.asarray(~seed.any(0)))
    plus, minus = np.maximum(seed, 0), np.maximum(-seed, 0)
    for name, margin, p, n in (("rows", u, plus.any(1), minus.any(1)), ("columns", v, plus.any(0), minus.any(0))):
        wrong = (p & ~n & (margin <= 0)) | (n & ~p & (margin >= 0))
        if wrong.any():
            at = int(np.flatnonzero(wrong)[0])
            raise refuse(name, f"{margin[at]:.10g} [{at}]", Both("tổng cùng dấu với các ô", "the sign of its cells"))
    scale = max(float(np.abs(u).max()), float(np.abs(v).max()), 1e-300)
    s, gap, step = np.ones(len(v)), np.inf, 0
    while gap > tolerance and step < most_steps:
        r = _gras_factor(u, plus @ s, minus @ (1 / s))
        s = _gras_factor(v, r @ plus, (1 / r) @ minus)
        gap, step = float(np.abs(r * (plus @ s) - (minus @ (1 / s)) / r - u).max()) / scale, step + 1
    table = r[:, None] * plus * s - minus / r[:, None] / s
    gap = max(gap, float(np.abs(table.sum(0) - v).max()) / scale)
    return Balanced("GRAS", table, r, s, step, gap, None if gap <= max(tolerance, 1e-9) else NOT_REACHED)
