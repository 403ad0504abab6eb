"""Next sectors: related to what a province has, complex, feasible. Computed on all provinces, projected on a few.

Presence is LQ by population ≥ 1, on products that every province has a figure of. Complexity (Hidalgo & Hausmann 2009;
Hausmann et al. 2014) is refused where the network falls apart or the index has no direction, and each answer on it is
tried again with every single product left out. The panel holds farm products, trade and transport: it says nothing of
manufacturing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from lienvung.analyse.methods.arrays import Array
from lienvung.analyse.methods.complexity import Complexity, calc_complexity
from lienvung.analyse.methods.location import calc_lq, calc_presence
from lienvung.analyse.methods.relatedness import calc_cog, calc_density_without_self, calc_proximity
from lienvung.analyse.sectors.likeness import FEWEST_SECTORS, panel_sectors
from lienvung.analyse.sectors.panel import Panel
from lienvung.domain.sectors import NO, UNSURE, YES, NextSector, Row, Sector
from lienvung.errors import Both

BACK = 5
LATENT = 0.5
STEADY = 0.8
TOO_SMALL = Both(
    f"cần ít nhất {FEWEST_SECTORS} sản phẩm có số liệu của mọi tỉnh trong cùng một năm",
    f"at least {FEWEST_SECTORS} products with figures of every province in one year are needed",
)
LIMITS = Both(
    "Bảng chỉ có nông, lâm, thủy sản, bán lẻ và vận tải; không có công nghiệp chế biến, tài chính, thông tin.",
    "The panel holds farm products, retail and transport only: no manufacturing, finance or information technology.",
)


@dataclass(frozen=True)
class Space:
    """The province × product panel of one year with everything computed on it.

    ``quotients``, ``presence``, ``density``: provinces × products. ``left_out``: products without figures of every
    province, or contained in another. ``reason``: why nothing was computed.
    """

    year: int
    provinces: tuple[str, ...]
    sectors: tuple[Sector, ...]
    left_out: tuple[Sector, ...]
    quotients: Array
    presence: Array
    proximity: Array
    density: Array
    complexity: Complexity | None
    gain: Array
    reason: Both | None = None


def build_space(panel: Panel, year: int) -> Space:
    """Presence, proximity, density and complexity of all provinces in one year."""
    sectors, rest = panel_sectors(panel, [year])
    contained = [s for s in panel.sectors.values() if s.part_of]
    left_out = (*rest, *contained)
    nothing = np.zeros((0, 0))
    if len(sectors) < FEWEST_SECTORS:
        parts = (nothing, nothing, nothing, nothing, None, nothing)
        return Space(year, panel.provinces, tuple(sectors), left_out, *parts, TOO_SMALL)
    quotients = _quotients(panel, sectors, year)
    presence = calc_presence(quotients)
    proximity = calc_proximity(presence)
    density = calc_density_without_self(presence, proximity)
    found = calc_complexity(presence)
    pci = found.pci if found.reason is None else np.full(len(sectors), np.nan)
    gain = calc_cog(presence, proximity, density, pci)
    return Space(
        year, panel.provinces, tuple(sectors), left_out, quotients, presence, proximity, density, found, gain,
        found.reason,
    )  # fmt: skip


def _quotients(panel: Panel, sectors: Sequence[Sector], year: int) -> Array:
    columns = []
    for sector in sectors:
        amounts, people = (panel.column(k, year, panel.provinces) for k in (sector.key, sector.base))
        columns.append(calc_lq(amounts[:, None], people, [float(amounts.sum())], float(people.sum()))[:, 0])
    return np.column_stack(columns)


def find_next(panel: Panel, space: Space, areas: Iterable[str]) -> list[NextSector]:
    """For every place the products it has less of than the country, by how many of the three questions say yes."""
    if space.reason or space.complexity is None:
        return []
    steady = _leave_one_out(space)
    found = [
        _judge(panel, space, space.provinces.index(area), at, steady)
        for area in areas
        if area in space.provinces
        for at in range(len(space.sectors))
        if space.presence[space.provinces.index(area), at] == 0
    ]
    return sorted(found, key=lambda n: (n.area, -n.score, -n.density_rank_pct))


def _leave_one_out(space: Space) -> list[Array]:
    """Whether each product would raise each province's ECI, in every run without one product; NaN if unknown."""
    runs = []
    for out in range(len(space.sectors)):
        kept = [i for i in range(len(space.sectors)) if i != out]
        found = calc_complexity(space.presence[:, kept])
        table = np.full(space.presence.shape, np.nan)
        if found.reason is None:
            table[:, kept] = np.where(
                np.isnan(found.eci)[:, None], np.nan, (found.pci[None, :] > found.eci[:, None]).astype(float)
            )
        runs.append(table)
    return runs


def _judge(panel: Panel, space: Space, place: int, at: int, steady: list[Array]) -> NextSector:
    sector, area = space.sectors[at], space.provinces[place]
    density = float(space.density[place, at])
    rank = 100 * float((space.density[:, at] < density).mean())
    related = UNSURE if not space.presence[place].any() else YES if rank >= 50 else NO
    complexity, reasons = space.complexity, [_said_related(rank, related)]
    if complexity is None:
        raise LookupError(space.year)  # find_next does not ask where nothing was computed
    is_complex, runs, said = _complex(complexity, place, at, steady)
    quotient = float(space.quotients[place, at])
    feasible, why, rows = _feasible(panel, sector, area, space.year, quotient)
    gain = float(space.gain[place, at])
    return NextSector(
        sector.key, area, space.year, quotient, density, rank, float(complexity.pci[at]),
        None if np.isnan(gain) else gain, related, is_complex, feasible, (*reasons, said, why), runs, rows,
    )  # fmt: skip


def _said_related(rank: float, related: str) -> Both:
    if related == UNSURE:
        return Both(
            "tỉnh chưa có sản phẩm nào của bảng vượt mức cả nước: không có gì để so gần xa",
            "the province has no product of the panel above the country's measure: nothing to be near to",
        )
    if related == YES:
        return Both(
            f"gần với những gì tỉnh đã có: gần hơn {rank:.0f} % các tỉnh",
            f"near to what the province has: nearer than {rank:.0f} % of provinces",
        )
    return Both(
        f"xa những gì tỉnh đã có: chỉ gần hơn {rank:.0f} % các tỉnh",
        f"far from what the province has: nearer than only {rank:.0f} % of provinces",
    )


def _complex(found: Complexity, place: int, at: int, steady: list[Array]) -> tuple[str, tuple[int, int], Both]:
    is_higher = bool(found.pci[at] > found.eci[place])
    if np.isnan(found.eci[place]):
        return UNSURE, (0, 0), Both("chưa xét được độ phức tạp", "complexity is not told")
    answers = [table[place, at] for table in steady if not np.isnan(table[place, at])]
    same = sum(bool(a) == is_higher for a in answers)
    runs = (same, len(answers))
    if not answers or same < STEADY * len(answers):
        told = f"{same}/{len(answers)}"
        return (
            UNSURE,
            runs,
            Both(
                f"độ phức tạp chưa chắc: chỉ đúng trong {told} lần bỏ bớt một sản phẩm",
                f"complexity is not settled: the same in only {told} runs without one product",
            ),
        )
    told = f"PCI {found.pci[at]:.2f} {'>' if is_higher else '≤'} ECI {found.eci[place]:.2f}, {same}/{len(answers)}"
    vi = f"{'phức tạp hơn' if is_higher else 'không phức tạp hơn'} mặt bằng của tỉnh ({told.replace('.', ',')})"
    return (
        (YES if is_higher else NO),
        runs,
        Both(vi, f"{'above' if is_higher else 'not above'} the province's level ({told})"),
    )


def _feasible(panel: Panel, sector: Sector, area: str, year: int, quotient: float) -> tuple[str, Both, tuple[Row, ...]]:
    """It is there already, at half the country's measure or more, and has not shrunk in five years."""
    now, before = panel.of(sector.key, area, year), panel.of(sector.key, area, year - BACK)
    text = f"{quotient:.2f}"
    level = Both(f"LQ {text.replace('.', ',')}", f"LQ {text}")
    rows = tuple(f.row for f in (now, before) if f)
    if now is None or before is None or before.value <= 0:
        return (
            UNSURE,
            Both(
                f"{level.vi}; thiếu số năm {year - BACK} để xét đà",
                f"{level.en}; no figure of {year - BACK} to see the trend",
            ),
            rows,
        )
    growth = 100 * (now.value / before.value - 1)
    told = Both(f"{growth:+.0f} % từ {year - BACK}", f"{growth:+.0f} % since {year - BACK}")
    if quotient >= LATENT and growth >= 0:
        return YES, Both(f"đã có nền: {level.vi}, {told.vi}", f"there is a start: {level.en}, {told.en}"), rows
    return NO, Both(f"chưa có nền: {level.vi}, {told.vi}", f"no start: {level.en}, {told.en}"), rows
