"""Growth split: how much of a change the whole accounts for, how much the mix of sectors, how much the place itself.

Classic shift-share (Dunn 1960). A product of a unit of its own has no mix: its change is what the country's growth
of that product would have brought, and the rest. Sectors of one unit (planted areas of crops; employed
persons of sections) have all three.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from lienvung.analyse.methods.shift_share import calc_shift_share_classic
from lienvung.analyse.sectors.panel import COUNTRY, Panel, list_names, name_reference, name_sector, short_name
from lienvung.analyse.targets.figures import pick_yearly
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.handovers import Question
from lienvung.domain.observations import TOTAL
from lienvung.domain.sectors import GrowthSplit, Row
from lienvung.domain.tracking import YearFigure
from lienvung.errors import Both
from lienvung.query.observations import find_observations
from lienvung.query.reader import Reader

SPAN = 10
"""Years that a split goes back when none are asked for."""
SOWN = ("PADDY_AREA", "MAIZE_AREA", "SWEETPOTATO_AREA")
"""Crops whose planted areas are printed for every province, in one unit."""
EMPLOYED = "EMPLOYED"
NATIONAL, MIX, LOCAL = "national", "industry_mix", "regional"
PART_NAMES = {
    NATIONAL: Both("đà chung", "growth of the whole"),
    MIX: Both("cơ cấu ngành", "mix of sectors"),
    LOCAL: Both("riêng địa phương", "the place's own"),
}


def split_product(
    panel: Panel, catalogue: Catalogue, sector: str, area: str, reference: str = COUNTRY, first: int | None = None,
    last: int | None = None,
) -> GrowthSplit:  # fmt: skip
    """One product in one place: what the reference's growth of it would have brought, and the rest.

    Refused, with the reason, where a year is missing, the base is 0, or the reference cannot be told.
    """
    years = panel.years(sector, area)
    last = last or (years[-1] if years else None)
    first = first or _base_year(years, last)
    unit = catalogue.indicators[panel.sectors[sector].indicator].unit
    whole = name_reference(reference, catalogue)
    convention = Both(
        f"đà chung và riêng địa phương, so với {whole.vi}", f"the whole's growth and the rest ({whole.en})"
    )
    start, end = (panel.of(sector, area, y) if y else None for y in (first, last))
    before, after = first or 0, last or 0
    inputs = tuple(f.row for f in (start, end) if f)
    reason = _why_not(panel, catalogue, sector, area, (first, last), (start, end), reference)
    if reason or not (start and end):
        return GrowthSplit(sector, area, before, after, unit, None, None, {}, convention, inputs, reason)
    at_first, at_last = panel.whole(sector, reference, before), panel.whole(sector, reference, after)
    found = calc_shift_share_classic([[start.value]], [[end.value]], [at_first.value or 0], [at_last.value or 0])
    parts = {NATIONAL: float(found.parts[NATIONAL][0, 0]), LOCAL: float(found.parts[LOCAL][0, 0])}
    rows = (*inputs, *at_first.rows, *at_last.rows)
    return GrowthSplit(sector, area, before, after, unit, start.value, end.value - start.value, parts, convention, rows)


def _base_year(years: Sequence[int], last: int | None) -> int | None:
    """Ten years before the last, or the first year of a shorter series."""
    before = [y for y in years if last and y < last]
    return max((y for y in before if last and y <= last - SPAN), default=before[0]) if before else None


def _why_not(
    panel: Panel, catalogue: Catalogue, sector: str, area: str, years: Sequence[int | None],
    figures: Sequence[YearFigure | None], reference: str,
) -> Both | None:  # fmt: skip
    name, place = name_sector(panel.sectors[sector], catalogue), short_name(area, catalogue)
    for year, figure in zip(years, figures, strict=True):
        if figure is None:
            when = str(year) if year else "—"
            return Both(
                f"thiếu năm gốc hoặc năm cuối ({when}): {name.vi}, {place.vi}",
                f"a base or last year is missing ({when}): {name.en}, {place.en}",
            )
    if figures[0] and figures[0].value == 0:
        return Both(f"năm gốc {years[0]} bằng 0: không có tốc độ", f"the base of {years[0]} is 0: there is no rate")
    for year in years:
        whole = panel.whole(sector, reference, year or 0)
        if not whole.value:
            lacking = list_names(whole.missing, catalogue)
            return Both(
                f"{year}: mức chung không tính được, thiếu {lacking.vi}", f"{year}: no whole, {lacking.en} missing"
            )
    return None


def split_sown_area(panel: Panel, catalogue: Catalogue, area: str, first: int, last: int) -> list[GrowthSplit]:
    """The planted areas of paddy, maize and sweet potato together: national, mix and local, in hectares."""
    convention = Both(
        "dịch chuyển cơ cấu cổ điển (Dunn 1960) trên diện tích gieo trồng lúa, ngô, khoai lang, so với cả nước",
        "classic shift-share (Dunn 1960) on planted areas of paddy, maize and sweet potato, against the country",
    )
    cells = {(s, y): panel.of(s, area, y) for s in SOWN for y in (first, last)}
    wholes = {(s, y): panel.whole(s, COUNTRY, y) for s in SOWN for y in (first, last)}
    gaps = [f"{name_sector(panel.sectors[s], catalogue).vi} {y}" for (s, y), f in cells.items() if f is None]
    gaps += [f"{s} {y} (VN)" for (s, y), w in wholes.items() if w.value is None]
    unit = catalogue.indicators[SOWN[0]].unit
    if gaps:
        reason = Both("thiếu " + ", ".join(gaps), "missing: " + ", ".join(gaps))
        return [GrowthSplit(s, area, first, last, unit, None, None, {}, convention, (), reason) for s in SOWN]
    e0, e1 = ([[_value(cells[s, y]) for s in SOWN]] for y in (first, last))
    r0, r1 = ([wholes[s, y].value or 0.0 for s in SOWN] for y in (first, last))
    found = calc_shift_share_classic(e0, e1, r0, r1)
    result = []
    for at, sector in enumerate(SOWN):
        rows = [f.row for y in (first, last) if (f := cells[sector, y])]
        rows += [r for y in (first, last) for r in wholes[sector, y].rows]
        parts = {name: float(part[0, at]) for name, part in found.parts.items()}
        start = e0[0][at]
        result.append(
            GrowthSplit(sector, area, first, last, unit, start, e1[0][at] - start, parts, convention, tuple(rows))
        )
    return result


def _value(figure: YearFigure | None) -> float:
    return figure.value if figure else float("nan")


def split_sections(
    reader: Reader, catalogue: Catalogue, first: int | None = None, last: int | None = None
) -> list[GrowthSplit]:
    """The country's employed persons by section of VSIC: what overall growth brought, what the section's own did."""
    if EMPLOYED not in catalogue.indicators:
        return []
    areas = tuple(a.key for a in catalogue.gazetteer.areas.values() if a.level == "country")
    by_section: dict[str, list[Row]] = defaultdict(list)
    question = Question((EMPLOYED,), areas, freqs=("A",), breakdowns=(TOTAL,))
    for row in find_observations(reader, question, [catalogue.dataflow_of(EMPLOYED)]).table.to_pylist():
        by_section[row["activity"]].append(row)
    unit = catalogue.indicators[EMPLOYED].unit
    series = {s: pick_yearly(rows, unit, catalogue) for s, rows in by_section.items() if s.startswith("VSIC_")}
    series = {s: found for s, found in series.items() if found}
    years = sorted({y for found in series.values() for y in found})
    if len(years) < 2:
        return []
    last = last or years[-1]
    first = first or max((y for y in years if y <= last - SPAN), default=years[0])
    return _sections(series, first, last, unit, str(areas[0]))


def _sections(
    series: dict[str, dict[int, YearFigure]], first: int, last: int, unit: str, country: str
) -> list[GrowthSplit]:
    convention = Both(
        "đà chung và cơ cấu ngành, trên lao động cả nước theo ngành cấp 1 VSIC 2007",
        "growth of the whole and of the section, on the country's employed persons by section of VSIC 2007",
    )
    known = sorted(s for s, f in series.items() if first in f and last in f)
    result = [
        GrowthSplit(
            f"{EMPLOYED}.{s}", country, first, last, unit, None, None, {}, convention, (),
            Both(f"không có số của {first} hoặc {last}", f"no figure of {first} or {last}"),
        )
        for s in sorted(set(series) - set(known))
    ]  # fmt: skip
    if not known:
        return result
    e0, e1 = ([[series[s][y].value for s in known]] for y in (first, last))
    found = calc_shift_share_classic(e0, e1)
    for at, section in enumerate(known):
        parts = {name: float(found.parts[name][0, at]) for name in (NATIONAL, MIX)}
        rows = (series[section][first].row, series[section][last].row)
        start = e0[0][at]
        result.append(
            GrowthSplit(
                f"{EMPLOYED}.{section}", country, first, last, unit, start, e1[0][at] - start, parts, convention, rows
            )
        )
    return result


def split_products(
    panel: Panel, catalogue: Catalogue, areas: Iterable[str], reference: str = COUNTRY, first: int | None = None,
    last: int | None = None,
) -> list[GrowthSplit]:  # fmt: skip
    """Every product of every place."""
    products = [s.key for s in panel.sectors.values() if s.kind]
    return [
        split_product(panel, catalogue, sector, area, reference, first, last) for area in areas for sector in products
    ]


def is_whole(split: GrowthSplit) -> bool:
    """The parts add up to the change, as they must."""
    return split.change is not None and bool(np.isclose(sum(split.parts.values()), split.change))
