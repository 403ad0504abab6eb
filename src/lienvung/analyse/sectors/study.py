"""Everything that the published figures say of a region's sectors, or of one province's, in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lienvung.analyse.sectors.dependence import find_dependence
from lienvung.analyse.sectors.growth import SOWN, SPAN, split_products, split_sown_area
from lienvung.analyse.sectors.headroom import find_icor, find_occupancy
from lienvung.analyse.sectors.likeness import common_years, compare_structures, find_same_plans, panel_sectors
from lienvung.analyse.sectors.next_sectors import Space, build_space, find_next
from lienvung.analyse.sectors.panel import COUNTRY, Panel, find_panel
from lienvung.analyse.sectors.shares import find_shares
from lienvung.analyse.sectors.special import specialise
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.plans import PlanRegister
from lienvung.domain.sectors import (
    Dependence,
    GrowthSplit,
    Headroom,
    Likeness,
    NextSector,
    SamePlan,
    SectorLists,
    Specialisation,
)
from lienvung.query.reader import Reader

_kept: dict[tuple[str, str, str], Panel] = {}
"""The panel by (metadata file, snapshot, pack): read once per release."""


@dataclass(frozen=True)
class SectorStudy:
    """The answers for some provinces. ``years``: those that structures are compared over, without ``left_out``."""

    areas: tuple[str, ...]
    reference: str
    panel: Panel
    special: tuple[Specialisation, ...]
    shares: tuple[Specialisation, ...]
    growth: tuple[GrowthSplit, ...]
    years: tuple[int, ...]
    compared: tuple[str, ...]
    left_out: tuple[str, ...]
    alike: tuple[Likeness, ...]
    plans: tuple[SamePlan, ...]
    room: tuple[Headroom, ...]
    dependence: tuple[Dependence, ...]
    space: Space
    next_sectors: tuple[NextSector, ...]


def open_panel(reader: Reader, catalogue: Catalogue, lists: SectorLists) -> Panel:
    """The panel of the pack's sectors as it stands now."""
    pointer = reader.pointer()
    key = (pointer.metadata_location, pointer.snapshot, f"{catalogue.pack} {catalogue.version}")
    if key not in _kept:
        found = find_panel(reader, catalogue, lists.sectors)
        _kept.clear()
        _kept[key] = found
    return _kept[key]


def region_provinces(panel: Panel, region: str) -> tuple[str, ...]:
    """The provinces of a region that sectors are published for."""
    return panel.members.get(region, ())


def study_sectors(
    reader: Reader, catalogue: Catalogue, lists: SectorLists, register: PlanRegister, region: str,
    only: Sequence[str] = (), reference: str = COUNTRY,
) -> SectorStudy:  # fmt: skip
    """All questions on the provinces of a region, or on some of them.

    Args:
        only: area keys; likeness is still that of pairs within the region.
    """
    panel = open_panel(reader, catalogue, lists)
    members = region_provinces(panel, region)
    areas = tuple(only) or members
    years = common_years(panel)
    compared, left_out = panel_sectors(panel, years) if years else ([], list(panel.sectors.values()))
    pairs = compare_structures(panel, dict.fromkeys((*members, *areas)), years)
    space = build_space(panel, years[-1] if years else 0)
    icor = find_icor(reader, catalogue)
    return SectorStudy(
        areas, reference, panel,
        tuple(specialise(panel, catalogue, _products(panel), areas, reference)),
        tuple(find_shares(reader, catalogue, areas)),
        tuple(_growth(panel, catalogue, areas, reference)),
        tuple(years), tuple(s.key for s in compared), tuple(s.key for s in left_out),
        tuple(p for p in pairs if not only or p.one in areas or p.other in areas),
        tuple(find_same_plans(reader, catalogue, register, lists.facilities, region)),
        (*find_occupancy(reader, catalogue, areas), *([icor] if icor else [])),
        tuple(find_dependence(reader, catalogue, lists.flags, areas)),
        space, tuple(find_next(panel, space, areas)),
    )  # fmt: skip


def _products(panel: Panel) -> list[str]:
    return [s.key for s in panel.sectors.values() if s.kind]


def _growth(panel: Panel, catalogue: Catalogue, areas: Sequence[str], reference: str) -> list[GrowthSplit]:
    found = split_products(panel, catalogue, areas, reference)
    sown = [year for year in panel.years(SOWN[0]) if year - SPAN in panel.years(SOWN[0])]
    if not sown or any(s not in panel.sectors for s in SOWN):
        return found
    return found + [
        split for area in areas for split in split_sown_area(panel, catalogue, area, sown[-1] - SPAN, sown[-1])
    ]
