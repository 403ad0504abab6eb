"""Shift-share: a place's growth split into what the country, its sector mix and the place itself account for.

Everywhere: e0, e1 are places × sectors at the two dates, (n, m); E0, E1 the reference economy's sectors, (m,), column
sums of the places when not given; G its growth, G_j a sector's, g_ij a cell's. Every part is a change in the unit of e,
places × sectors, and the parts of a cell add to e1 − e0 exactly.

A cell with base 0 has no rate of growth. The rule here: its whole e1 is put into the regional part, written as
e1 − e0 (1 + G_j), and the cell is marked in ``is_zero_base``; where a variant divides that part further, the division
is undefined (NaN) and the amount stands in ``undivided``. NaN also where the reference had none of a sector in which
the place had some. No cell may be missing or negative.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lienvung.analyse.methods.arrays import (
    Array,
    Flags,
    calc_row_shares,
    divide,
    not_negative,
    refuse,
    take_cube,
    take_matrix,
    take_vector,
)
from lienvung.errors import Both


@dataclass(frozen=True, slots=True)
class ShiftShare:
    """Parts by name, each places × sectors, of the named variant; with the change that they add to."""

    variant: str
    change: Array
    parts: dict[str, Array]
    undivided: Array
    is_zero_base: Flags

    def by_place(self) -> dict[str, Array]:
        """Each part summed over sectors, (n,); a cell of base 0 that has no division is in ``undivided`` only."""
        with_rest = self.parts | {"undivided": self.undivided}
        aside = self.is_zero_base
        return {name: np.where(aside & np.isnan(part), 0.0, part).sum(1) for name, part in with_rest.items()}


@dataclass(frozen=True, slots=True)
class _Base:
    """What every variant starts from."""

    e0: Array
    e1: Array
    growth: float
    by_sector: Array
    shares: Array
    is_zero_base: Flags


def _base(
    e0: npt.ArrayLike, e1: npt.ArrayLike, reference0: npt.ArrayLike | None, reference1: npt.ArrayLike | None
) -> _Base:
    first = not_negative(take_matrix(e0, "e0"), "e0")
    last = not_negative(take_matrix(e1, "e1", first.shape), "e1")
    m = first.shape[1]
    if (reference0 is None) != (reference1 is None):
        raise refuse("reference", "one date", Both("cả hai thời điểm, hoặc không", "both dates, or neither"))
    whole0 = (
        first.sum(0) if reference0 is None else not_negative(take_vector(reference0, "reference0", m), "reference0")
    )
    whole1 = last.sum(0) if reference1 is None else not_negative(take_vector(reference1, "reference1", m), "reference1")
    if whole0.sum() == 0:
        raise refuse("reference0", 0, Both("tổng lớn hơn 0", "a total above 0"))
    growth = float(whole1.sum() / whole0.sum() - 1)
    return _Base(first, last, growth, divide(whole1, whole0) - 1, whole0 / whole0.sum(), first == 0)


def _times(weight: Array, rate: Array) -> Array:
    """Weight × rate, 0 where nothing is weighed, whether or not its rate is known."""
    rates = np.broadcast_to(rate, weight.shape)
    return np.asarray(weight * np.where(weight == 0, 0.0, rates))


def _classic(b: _Base) -> dict[str, Array]:
    return {
        "national": b.e0 * b.growth,
        "industry_mix": _times(b.e0, b.by_sector - b.growth),
        "regional": b.e1 - b.e0 - _times(b.e0, b.by_sector),
    }


def calc_shift_share_classic(
    e0: npt.ArrayLike,
    e1: npt.ArrayLike,
    reference0: npt.ArrayLike | None = None,
    reference1: npt.ArrayLike | None = None,
) -> ShiftShare:
    """Classic: national e0·G, industry_mix e0·(G_j − G), regional e1 − e0·(1 + G_j).

    Dunn, E. S. (1960), "A statistical and analytical technique for regional analysis", *Papers of the Regional Science
    Association* 6. Undefined, raised and shaped as the module says.
    """
    b = _base(e0, e1, reference0, reference1)
    return ShiftShare("classic", b.e1 - b.e0, _classic(b), np.zeros_like(b.e0), b.is_zero_base)


def _homothetic(b: _Base) -> Array:
    """Employment as it would be with the reference's structure: e' = e_i. · s_j."""
    return np.asarray(b.e0.sum(1, keepdims=True) * b.shares[None, :])


def calc_shift_share_esteban_marquillas(
    e0: npt.ArrayLike,
    e1: npt.ArrayLike,
    reference0: npt.ArrayLike | None = None,
    reference1: npt.ArrayLike | None = None,
) -> ShiftShare:
    """Esteban-Marquillas: the regional part as competitive e'·(g_ij − G_j) and allocation (e0 − e')·(g_ij − G_j).

    e' = e_i. · s_j is homothetic employment. Esteban-Marquillas, J. M. (1972), "A reinterpretation of shift-share
    analysis", *Regional and Urban Economics* 2(3). Cells with e0 = 0: NaN, the amount in ``undivided``.
    """
    b = _base(e0, e1, reference0, reference1)
    classic, homothetic = _classic(b), _homothetic(b)
    local = divide(classic["regional"], b.e0)
    parts = {k: classic[k] for k in ("national", "industry_mix")} | {
        "competitive_homothetic": homothetic * local,
        "allocation": (b.e0 - homothetic) * local,
    }
    undivided = np.where(b.is_zero_base, classic["regional"], 0.0)
    return ShiftShare("esteban_marquillas", b.e1 - b.e0, parts, undivided, b.is_zero_base)


def calc_shift_share_arcelus(
    e0: npt.ArrayLike,
    e1: npt.ArrayLike,
    reference0: npt.ArrayLike | None = None,
    reference1: npt.ArrayLike | None = None,
) -> ShiftShare:
    """Arcelus: four effects, each in an expected (on e') and a differential part (on e0 − e').

    national G; industry_mix G_j − G; regional_growth g_i − G; regional_industry_mix (g_ij − G_j) − (g_i − G), where
    g_i is the place's total growth. Arcelus, F. J. (1984), "An extension of shift-share analysis", *Growth and Change*
    15(1). Only the last effect is undefined (NaN) where e0 = 0; the amount stands in ``undivided``.
    """
    b = _base(e0, e1, reference0, reference1)
    homothetic = _homothetic(b)
    place = (divide(b.e1.sum(1), b.e0.sum(1)) - 1)[:, None]
    g_cell = divide(b.e1, b.e0) - 1
    rates = {
        "national": np.full_like(b.e0, b.growth),
        "industry_mix": np.broadcast_to(b.by_sector - b.growth, b.e0.shape),
        "regional_growth": np.broadcast_to(place - b.growth, b.e0.shape),
        "regional_industry_mix": (g_cell - b.by_sector) - (place - b.growth),
    }
    parts: dict[str, Array] = {}
    for name, rate in rates.items():
        parts[f"{name}_expected"] = _times(homothetic, rate)
        parts[f"{name}_differential"] = _times(b.e0 - homothetic, rate)
    told = (
        _times(b.e0, rates["national"]) + _times(b.e0, rates["industry_mix"]) + _times(b.e0, rates["regional_growth"])
    )
    undivided = np.where(b.e0 == 0, b.e1 - told, 0.0)
    return ShiftShare("arcelus", b.e1 - b.e0, parts, undivided, b.is_zero_base)


@dataclass(frozen=True, slots=True)
class DynamicShiftShare:
    """A classic decomposition for every step, and the sums over steps (places × sectors)."""

    steps: tuple[ShiftShare, ...]
    change: Array
    parts: dict[str, Array]


def calc_shift_share_dynamic(e: npt.ArrayLike, reference: npt.ArrayLike | None = None) -> DynamicShiftShare:
    """Dynamic: the classic parts of every yearly step with that step's own base, added up.

    Barff, R. A. & Knight, P. L. (1988), "Dynamic shift-share analysis", *Growth and Change* 19(2).

    Args:
        e: dates × places × sectors, (t, n, m), in order of time, t ≥ 2. reference: dates × sectors, (t, m).
    """
    cube = take_cube(e, "e")
    if len(cube) < 2:
        raise refuse("e", f"{len(cube)}", Both("ít nhất hai thời điểm", "at least two dates"))
    whole = cube.sum(1) if reference is None else take_matrix(reference, "reference", (len(cube), cube.shape[2]))
    steps = tuple(calc_shift_share_classic(cube[t], cube[t + 1], whole[t], whole[t + 1]) for t in range(len(cube) - 1))
    totals = {name: np.sum([s.parts[name] for s in steps], axis=0) for name in steps[0].parts}
    return DynamicShiftShare(steps, cube[-1] - cube[0], totals)


def calc_shift_share_spatial(
    e0: npt.ArrayLike,
    e1: npt.ArrayLike,
    weights: npt.ArrayLike,
    reference0: npt.ArrayLike | None = None,
    reference1: npt.ArrayLike | None = None,
) -> ShiftShare:
    """Spatial: national e0·G, neighbour e0·(g̃_ij − G), local e1 − e0·(1 + g̃_ij).

    g̃_ij is the growth of the sector in the neighbours: Σ_k w_ik e1_kj / Σ_k w_ik e0_kj − 1. Nazara, S. & Hewings,
    G. J. D. (2004), "Spatial structure and taxonomy of decomposition in shift-share analysis", *Growth and Change*
    35(4).

    Args:
        weights: places × places, (n, n), not negative, 0 on the diagonal; rows are scaled to 1. A place without
            neighbours, or whose neighbours had none of the sector, has NaN in neighbour and local.
    """
    b = _base(e0, e1, reference0, reference1)
    n = len(b.e0)
    near = not_negative(take_matrix(weights, "weights", (n, n)), "weights")
    if np.diagonal(near).any():
        raise refuse("weights", "diagonal ≠ 0", Both("đường chéo bằng 0", "0 on the diagonal"))
    near = calc_row_shares(near)
    around = divide(near @ b.e1, near @ b.e0) - 1
    parts = {
        "national": b.e0 * b.growth,
        "neighbour": _times(b.e0, around - b.growth),
        "local": b.e1 - b.e0 - _times(b.e0, around),
    }
    return ShiftShare("spatial", b.e1 - b.e0, parts, np.zeros_like(b.e0), b.is_zero_base)
