"""The yearly figures that a target is held to: one a year, chosen by a rule that is said, with the others beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.handovers import Question
from lienvung.domain.plans import Target
from lienvung.domain.tracking import YearFigure
from lienvung.query.observations import find_observations
from lienvung.query.reader import Reader

STATUS_ORDER = ("official", "revised", "preliminary", "estimate")


def territory_keys(territory: str, catalogue: Catalogue, day: date) -> tuple[AreaKey, ...]:
    """The area keys under which a territory's own figures are published: itself, or the region as it was on a day."""
    if "@" in territory:
        return (AreaKey.parse(territory),)
    areas = [a for a in catalogue.gazetteer.areas.values() if a.key.code == territory]
    valid = [a.key for a in areas if a.key.start <= day < a.valid_to]
    return tuple(valid or [a.key for a in areas[:1]])


def yearly_indicator(code: str, catalogue: Catalogue) -> str:
    """The indicator whose yearly values make up a mean: GRDP_GROWTH for GRDP_GROWTH_AVG; else the indicator itself."""
    own = catalogue.indicators[code]
    if not code.endswith("_AVG"):
        return code
    same = [i for i in catalogue.indicators.values() if i.indicator_key == own.indicator_key and i.unit == own.unit]
    return next((i.code for i in same if i.aggregation == "growth"), code)


def find_yearly(reader: Reader, catalogue: Catalogue, target: Target, day: date) -> dict[int, YearFigure]:
    """The figures of a target's indicator and territory by year; plans and other units are left out.

    Of several claims of a year the one that a person chose counts; else the latest published, and of two published
    on a day the more final. The others are handed along.

    Args:
        day: of the plan; says which region of a name is meant.
    """
    if not target.indicator:
        return {}
    code = yearly_indicator(target.indicator, catalogue)
    question = Question(
        (code,), territory_keys(target.territory, catalogue, day), freqs=("A",),
        activities=(target.activity or "_T",), breakdowns=(target.breakdown or "_T",),
    )  # fmt: skip
    rows = find_observations(reader, question, [catalogue.dataflow_of(code)]).table.to_pylist()
    return pick_yearly(rows, target.unit, catalogue)


def pick_yearly(rows: Iterable[Mapping[str, Any]], unit: str, catalogue: Catalogue) -> dict[int, YearFigure]:
    """One figure a year out of published rows, in ``unit``."""
    wanted = catalogue.units[unit]
    by_year: dict[int, list[Mapping[str, Any]]] = {}
    for row in rows:
        own = catalogue.units[row["unit"]]
        if row["value"] is not None and row["status"] != "plan" and own.base == wanted.base:
            by_year.setdefault(row["period_start"].year, []).append(row)
    found: dict[int, YearFigure] = {}
    for year, claims in sorted(by_year.items()):
        first, *others = sorted(claims, key=_rank)
        factor = catalogue.units[first["unit"]].factor / wanted.factor
        found[year] = YearFigure(year, first["value"] * factor, first, tuple(others))
    return found


def _rank(row: Mapping[str, Any]) -> tuple[bool, int, int, str]:
    status = STATUS_ORDER.index(row["status"]) if row["status"] in STATUS_ORDER else len(STATUS_ORDER)
    is_chosen = row.get("choice_issuer") == row["issuer"]
    return (not is_chosen, -row["published_from"].toordinal(), status, row["issuer"])
