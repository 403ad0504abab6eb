"""Specialisation: a place's share of a sector over its share of the base, against the country or a region.

The sectors are amounts in units of their own (tonnes, hectares, heads, đồng), so that a place's sectors cannot be added
up. Each is therefore held against a base that is the same for all (people): LQ = (x_i / x) / (b_i / b), the location
quotient of Florence (1939) with that base. Amounts are no counts of independent draws: no sampling band exists, and
none is made up. The band is the range of the last five years. Stars stand for the standardised logarithm among all
provinces (O'Donoghue & Gleave 2004), refused for fewer than 20 places and where the logarithms are not normal; the rank
is told beside them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from scipy.stats import shapiro

from lienvung.analyse.methods.arrays import log_where_positive
from lienvung.analyse.methods.location import calc_lq, calc_standardised_lq_log, calc_symmetric_lq
from lienvung.analyse.sectors.panel import Panel, Whole, list_names, name_reference, name_sector
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.sectors import ABOVE, ALIKE, BELOW, UNSURE, Quotient, Specialisation
from lienvung.errors import Both

WINDOW, FEWEST_PLACES = 5, 20
WEAK, FIRM = 1.65, 1.96
NOT_NORMAL = 0.05
RANGE_BAND = Both(
    "khoảng biến động của năm năm gần nhất (sản lượng không phải số đếm, không có sai số chọn mẫu)",
    "range of the last five years (amounts are no counts: there is no sampling error)",
)
FEW = Both(
    "dưới 20 địa bàn: không xét ý nghĩa thống kê, chỉ nêu khoảng biến động",
    "fewer than 20 places: no significance is told, only the range of years",
)
SKEWED = Both(
    "logarit của thương số giữa các tỉnh không theo phân bố chuẩn: không đóng dấu sao, chỉ nêu thứ hạng",
    "the quotients' logarithms are not normal among provinces: no stars are given, only the rank",
)


def find_specialisation(panel: Panel, catalogue: Catalogue, sector: str, area: str, reference: str) -> Specialisation:
    """The quotient of one place in one sector, every year that allows it; the newest one judged.

    Args:
        reference: ``VN`` or a region's code.
    """
    base = panel.sectors[sector].base
    convention = _convention(panel, catalogue, sector, base, reference)
    own_years = panel.years(sector, area)
    if not own_years:
        name = name_sector(panel.sectors[sector], catalogue)
        why = Both(f"nguồn không liệt kê địa bàn này: {name.vi}", f"the source does not list this place: {name.en}")
        return Specialisation(sector, area, (), (why,))
    path: list[Quotient] = []
    missing: list[Both] = []
    for year in own_years:
        found = _quotient(panel, sector, area, year, reference, convention)
        if isinstance(found, Quotient):
            path.append(found)
        else:
            missing.append(_lacking(panel, *found, year, catalogue))
    if path:
        path[-1] = _judged(panel, path[-1], path, base)
    return Specialisation(sector, area, tuple(path), tuple(missing))


def _convention(panel: Panel, catalogue: Catalogue, sector: str, base: str, reference: str) -> Both:
    whole, measure = name_reference(reference, catalogue), name_sector(panel.sectors[base], catalogue)
    vi, en = measure.vi[:1].lower() + measure.vi[1:], measure.en[:1].lower() + measure.en[1:]
    count = len(panel.areas_of(reference))
    return Both(
        f"LQ theo {vi}, so với {whole.vi} ({count} tỉnh, thành phố)",
        f"LQ by {en}, against {whole.en} ({count} provinces)",
    )


def _quotient(
    panel: Panel, sector: str, area: str, year: int, reference: str, convention: Both
) -> Quotient | tuple[str, Whole]:
    base = panel.sectors[sector].base
    own, own_base = panel.of(sector, area, year), panel.of(base, area, year)
    whole, whole_base = panel.whole(sector, reference, year), panel.whole(base, reference, year)
    if own is None or own_base is None:
        return base if own else sector, Whole(None, (), (area,))
    if whole.value is None or whole_base.value is None:
        return (sector, whole) if whole.value is None else (base, whole_base)
    value = float(calc_lq([[own.value]], [own_base.value], [whole.value], whole_base.value)[0, 0])
    if np.isnan(value):
        return sector, Whole(None, ())
    inputs = (own.row, own_base.row, *whole.rows, *whole_base.rows)
    return Quotient(sector, area, year, reference, convention, value, float(calc_symmetric_lq([[value]])[0, 0]), inputs)


def _lacking(panel: Panel, key: str, found: Whole, year: int, catalogue: Catalogue) -> Both:
    if not found.missing:
        return Both(f"{year}: mẫu số bằng 0", f"{year}: the whole is 0")
    names, what = list_names(found.missing, catalogue), name_sector(panel.sectors[key], catalogue)
    return Both(f"{year}: thiếu {what.vi} của {names.vi}", f"{year}: no {what.en} of {names.en}")


def _judged(panel: Panel, quotient: Quotient, path: list[Quotient], base: str) -> Quotient:
    """The quotient with its band, its mark and what to be careful about."""
    recent = [q for q in path if quotient.year - WINDOW < q.year <= quotient.year]
    notes = _break_notes(panel, quotient, recent, base)
    band = (min(q.value for q in recent), max(q.value for q in recent)) if len(recent) > 1 else (None, None)
    told = replace(quotient, low=band[0], high=band[1], band=RANGE_BAND, mark=_by_band(band), notes=notes)
    places = panel.areas_of(quotient.reference)
    if len(places) < FEWEST_PLACES:
        return replace(told, notes=(*notes, FEW))
    return _standing(panel, told, places, base)


def _by_band(band: tuple[float | None, float | None]) -> str:
    if band[0] is None or band[1] is None:
        return UNSURE
    return ABOVE if band[0] > 1 else BELOW if band[1] < 1 else ALIKE


def _standing(panel: Panel, quotient: Quotient, places: tuple[str, ...], base: str) -> Quotient:
    """With its rank and its stars among all places that have a figure."""
    amounts = panel.column(quotient.sector, quotient.year, places)
    people = panel.column(base, quotient.year, places)
    known = ~np.isnan(amounts) & ~np.isnan(people)
    kept = [p for p, is_known in zip(places, known, strict=True) if is_known]
    if len(kept) < FEWEST_PLACES or quotient.area not in kept:
        return replace(quotient, notes=(*quotient.notes, FEW))
    at = kept.index(quotient.area)
    quotients = calc_lq(
        amounts[known][:, None], people[known], [float(amounts[known].sum())], float(people[known].sum())
    )
    logs = log_where_positive(quotients[:, 0])
    z = float(calc_standardised_lq_log(quotients)[at, 0])
    is_skewed = float(shapiro(logs[~np.isnan(logs)]).pvalue) < NOT_NORMAL
    stars = 0 if is_skewed or np.isnan(z) else int(abs(z) >= WEAK) + int(abs(z) >= FIRM)
    return replace(
        quotient, z=None if np.isnan(z) else z, stars=stars if quotient.mark in (ABOVE, BELOW) else 0,
        rank=1 + int((quotients[:, 0] > quotients[at, 0]).sum()), count=len(kept),
        notes=(*quotient.notes, SKEWED) if is_skewed else quotient.notes,
    )  # fmt: skip


def _break_notes(panel: Panel, quotient: Quotient, recent: list[Quotient], base: str) -> tuple[Both, ...]:
    first = min(q.year for q in recent)
    broken = {
        year for key in (quotient.sector, base) for year in panel.breaks.get(key, ()) if first < year <= quotient.year
    }
    return tuple(
        Both(f"chuỗi có đứt gãy năm {y}, nằm trong khoảng", f"the series breaks in {y}, within the range")
        for y in sorted(broken)
    )


def specialise(
    panel: Panel, catalogue: Catalogue, sectors: Iterable[str], areas: Iterable[str], reference: str
) -> list[Specialisation]:
    """Every place in every sector."""
    places = tuple(areas)
    return [find_specialisation(panel, catalogue, s, a, reference) for s in sectors for a in places]
