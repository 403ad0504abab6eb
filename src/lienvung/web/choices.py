"""What an indicator page shows where the reader did not say: one breakdown, issuer and frequency, and the areas."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.observations import TOTAL
from lienvung.domain.periods import FREQS, parse_span
from lienvung.errors import UnknownCode
from lienvung.web.state import IndicatorState

MOST_AREAS = 8
"""So many areas are drawn where the reader named none and the region has no figures."""


@dataclass(frozen=True)
class Choice:
    """One series per area: what is shown, and what else there would be."""

    freq: str
    breakdown: str
    activity: str
    issuer: str
    areas: tuple[str, ...]
    available: tuple[str, ...]
    options: dict[str, tuple[str, ...]]
    series: pa.Table


def choose(catalogue: Catalogue, series: pa.Table, state: IndicatorState) -> Choice:
    """One breakdown, activity, issuer and frequency of an indicator, and the areas to show.

    Args:
        series: all series of the indicator (``SERIES_COLUMNS``), at least one.

    Raises:
        UnknownCode: the reader asked for one that is not published. AmbiguousArea, UnknownArea: of an area.
    """
    members = {str(m.area) for m in catalogue.gazetteer.members(catalogue.region)}
    options: dict[str, tuple[str, ...]] = {}
    picked: dict[str, str] = {}
    for column, asked in (("freq", state.freq), ("activity", state.activity), ("breakdown", state.breakdown),
                          ("issuer", state.issuer)):  # fmt: skip
        found = _ranked(series, column, members)
        if asked and asked not in found:
            raise UnknownCode(value=asked, codelist=column, choices=", ".join(found))
        options[column] = found
        picked[column] = asked or found[0]
        series = series.filter(pc.equal(series[column], picked[column]))
    available = tuple(sorted(set(series["area_key"].to_pylist())))
    areas = _areas(catalogue, state, available, members, series)
    return Choice(**picked, areas=areas, available=available, options=options, series=series)


def _ranked(series: pa.Table, column: str, members: set[str]) -> tuple[str, ...]:
    """Codes of a column: the total and the year first, then those that say most about the region."""
    weights: Counter[str] = Counter()
    for code, area, count in zip(*(series[c].to_pylist() for c in (column, "area_key", "observations")), strict=True):
        weights[code] += count * (1000 if area in members else 1)
    order = {code: place for place, code in enumerate(FREQS)} if column == "freq" else {TOTAL: -1}
    return tuple(sorted(weights, key=lambda code: (order.get(code, 0), -weights[code], code)))


def _of_one_boundary(keys: tuple[str, ...], series: pa.Table) -> tuple[str, ...]:
    """Those of the list (before or since a change of boundaries) that has more figures: both would count land twice."""
    counts: Counter[str] = Counter()
    for key, count in zip(series["area_key"].to_pylist(), series["observations"].to_pylist(), strict=True):
        if key in keys:
            counts[AreaKey.parse(key).valid_from] += count
    most = counts.most_common(1)[0][0]
    return tuple(key for key in keys if AreaKey.parse(key).valid_from == most)


def _areas(
    catalogue: Catalogue, state: IndicatorState, available: tuple[str, ...], members: set[str], series: pa.Table
) -> tuple[str, ...]:
    if state.areas:
        first, last = parse_span(state.start or None, state.end or None)
        return tuple(str(catalogue.gazetteer.resolve_asked(a, first, last)) for a in state.areas)
    own = tuple(key for key in available if key in members)
    if own:
        return _of_one_boundary(own, series)
    wholes = tuple(k for k in available if catalogue.gazetteer.area(AreaKey.parse(k)).level != "province")
    return wholes[:MOST_AREAS] or available[:MOST_AREAS]
