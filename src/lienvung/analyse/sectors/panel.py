"""The figures by sector, province and year that questions on sectors start from; the whole they are held against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from lienvung.analyse.methods.arrays import Array
from lienvung.analyse.targets.figures import pick_yearly
from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.handovers import Question
from lienvung.domain.observations import TOTAL
from lienvung.domain.sectors import Row, Sector
from lienvung.domain.tracking import YearFigure
from lienvung.errors import Both
from lienvung.query.observations import find_observations
from lienvung.query.reader import Reader

COUNTRY = "VN"
"""The reference that is the whole country; any other is a region's code."""
_COLUMNS = (
    "indicator", "area_key", "activity", "breakdown", "issuer", "period", "period_start", "value", "decimals", "unit",
    "status", "document", "published_from",
)  # fmt: skip
BOUNDARY = date(2016, 12, 31)
"""Sectors by province are published on the boundary of this day: 63 provinces."""


@dataclass(frozen=True)
class Whole:
    """A reference's amount with the rows it is or is added up from; or, where it cannot be told, who is missing."""

    value: float | None
    rows: tuple[Row, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Panel:
    """Yearly figures of sectors (and of their bases) by province and for the country.

    Attributes:
        figures: by (sector or base, area key, year). provinces: all area keys. country: the country's key. members:
            area keys by region code. breaks: years in which a series of sector or base steps for everyone.
    """

    sectors: Mapping[str, Sector]
    figures: Mapping[tuple[str, str, int], YearFigure]
    provinces: tuple[str, ...]
    country: str
    members: Mapping[str, tuple[str, ...]]
    breaks: Mapping[str, frozenset[int]]
    _wholes: dict[tuple[str, str, int], Whole] = field(default_factory=dict, compare=False, repr=False)

    def of(self, sector: str, area: str, year: int) -> YearFigure | None:
        """One figure; None where nothing is published."""
        return self.figures.get((sector, area, year))

    def years(self, sector: str, area: str = "") -> list[int]:
        """The years with a figure of the sector: anywhere, or of one area."""
        return sorted({y for s, a, y in self.figures if s == sector and area in ("", a)})

    def column(self, sector: str, year: int, areas: Sequence[str]) -> Array:
        """The values of areas, NaN where there is none."""
        found = (self.of(sector, area, year) for area in areas)
        return np.array([f.value if f else np.nan for f in found], dtype=np.float64)

    def areas_of(self, reference: str) -> tuple[str, ...]:
        """The provinces that make up a reference."""
        return self.provinces if reference == COUNTRY else self.members[reference]

    def whole(self, sector: str, reference: str, year: int) -> Whole:
        """The reference's amount: the country's of the same document, else its provinces added up, if all have one."""
        key = (sector, reference, year)
        if key not in self._wholes:
            self._wholes[key] = self._whole(*key)
        return self._wholes[key]

    def _whole(self, sector: str, reference: str, year: int) -> Whole:
        areas = self.areas_of(reference)
        found = {area: self.of(sector, area, year) for area in areas}
        missing = tuple(area for area, figure in found.items() if figure is None)
        printed = self.of(sector, self.country, year) if reference == COUNTRY else None
        known = [f for f in found.values() if f]
        if printed and (missing or known[0].row["document"] == printed.row["document"]):
            return Whole(printed.value, (printed.row,), missing)
        if missing or not known:
            return Whole(None, (), missing or areas)
        return Whole(sum(f.value for f in known), tuple(f.row for f in known))


def find_panel(
    reader: Reader,
    catalogue: Catalogue,
    sectors: Iterable[Sector],
    published: date | None = None,
    issuers: Iterable[str] = (),
) -> Panel:
    """The figures of sectors and their bases in every province and the country, one a year by the rule of targets.

    Args:
        published: as the issuers had published by that day. issuers: whose claims of a sector count; all of them where
            empty. Bases are taken from every issuer.
    """
    listed = {s.key: s for s in sectors if s.indicator in catalogue.indicators}
    bases = {s.base: Sector(s.base, s.base) for s in listed.values() if s.base in catalogue.indicators}
    places = catalogue.gazetteer
    provinces = tuple(str(a.key) for a in places.on(BOUNDARY))
    country = next((str(a.key) for a in places.areas.values() if a.level == "country"), "")
    codes = tuple(sorted({s.indicator for s in (*listed.values(), *bases.values())}))
    keys = tuple(AreaKey.parse(k) for k in (*provinces, country) if k)
    question = Question(codes, keys, freqs=("A",), published=published)
    flows = sorted({catalogue.dataflow_of(c) for c in codes})
    rows: dict[tuple[str, str, str, str], list[Row]] = defaultdict(list)
    if codes:
        for row in find_observations(reader, question, flows).table.select(_COLUMNS).to_pylist():
            rows[(row["indicator"], row["breakdown"], row["activity"], row["area_key"])].append(row)
    figures: dict[tuple[str, str, int], YearFigure] = {}
    chosen = frozenset(issuers)
    for sector in (*listed.values(), *bases.values()):
        unit = catalogue.indicators[sector.indicator].unit
        for area in (*provinces, country):
            own = rows.get((sector.indicator, sector.breakdown, sector.activity, area), ())
            if chosen and sector.key not in bases:
                own = [r for r in own if r["issuer"] in chosen]
            for year, figure in pick_yearly(own, unit, catalogue).items():
                figures[(sector.key, area, year)] = figure
    members = {
        code: tuple(str(m.area) for m in places.members(code, BOUNDARY) if not m.is_partial) for code in places.regions
    }
    return Panel(
        listed | bases, figures, provinces, country, members, _breaks(catalogue, (*listed.values(), *bases.values()))
    )


def _breaks(catalogue: Catalogue, sectors: Iterable[Sector]) -> dict[str, frozenset[int]]:
    return {
        s.key: frozenset(
            int(b.period[:4]) for b in catalogue.breaks_of(s.indicator) if not b.area and b.period[:4].isdigit()
        )
        for s in sectors
    }


def name_sector(sector: Sector, catalogue: Catalogue) -> Both:
    """A sector as people call it: its indicator, and the part of it that is meant."""
    own = catalogue.indicators.get(sector.indicator)
    if sector.name.vi:
        return sector.name
    if own is None:
        return Both(sector.key, sector.key)
    parts = [catalogue.breakdowns.get(sector.breakdown)] if sector.breakdown != TOTAL else []
    parts += [catalogue.activities.get(sector.activity)] if sector.activity != TOTAL else []
    vi, en = (", ".join(_lower(p, lang) for p in parts if p) for lang in ("vi", "en"))
    return Both(own.name_vi + (f", {vi}" if vi else ""), own.name_en + (f", {en}" if en else ""))


def _lower(code: Any, lang: str) -> str:  # noqa: ANN401 - a code of a list
    name = str(code.name_vi if lang == "vi" else code.name_en)
    return name[:1].lower() + name[1:]


def name_reference(reference: str, catalogue: Catalogue) -> Both:
    """The whole that something is held against, by name."""
    if reference == COUNTRY:
        return Both("cả nước", "the country")
    region = catalogue.gazetteer.region(reference)
    return Both(region.name_vi, region.name_en)


def short_name(area: str, catalogue: Catalogue) -> Both:
    """An area's name without its boundary."""
    found = next((a for a in catalogue.gazetteer.areas.values() if str(a.key) == area), None)
    return Both(found.name_vi, found.name_en) if found else Both(area, area)


def list_names(areas: Iterable[str], catalogue: Catalogue, most: int = 8) -> Both:
    """Areas by name, the first few of many."""
    found = list(areas)
    names = [short_name(a, catalogue) for a in found[:most]]
    rest = len(found) - most
    vi, en = ", ".join(n.vi for n in names), ", ".join(n.en for n in names)
    return Both(vi + (f" và {rest} địa bàn khác" if rest > 0 else ""), en + (f" and {rest} more" if rest > 0 else ""))
