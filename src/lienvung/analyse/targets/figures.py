"""The yearly figures that a target is held to: one a year, chosen by a rule that is said, with the others beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.handovers import Question
from lienvung.domain.observations import TOTAL
from lienvung.domain.plans import PlanRegister, Target
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


def find_yearly(
    reader: Reader, catalogue: Catalogue, register: PlanRegister, targets: Iterable[Target]
) -> dict[str, dict[int, YearFigure]]:
    """The figures of each target's indicator and territory by year, by the target's key; one question for all.

    Plans and other units are left out. Of several claims of a year the one that a person chose counts; else the
    latest published, and of two published on a day the more final. The others are handed along.
    """
    wanted = {t.key: _wanted(t, catalogue, register.plans[t.plan].day.day) for t in targets if t.indicator}
    if not wanted:
        return {}
    codes = tuple(sorted({w[0] for w in wanted.values()}))
    areas = {str(a): a for w in wanted.values() for a in w[1]}
    question = Question(codes, tuple(areas.values()), freqs=("A",))
    table = find_observations(reader, question, sorted({catalogue.dataflow_of(c) for c in codes})).table
    by_thing: dict[tuple[str, ...], list[Mapping[str, Any]]] = defaultdict(list)
    for row in table.to_pylist():
        by_thing[(row["indicator"], row["area_key"], row["activity"], row["breakdown"])].append(row)
    found: dict[str, dict[int, YearFigure]] = {}
    for target in targets:
        if target.key in wanted:
            code, keys = wanted[target.key]
            thing = (target.activity or TOTAL, target.breakdown or TOTAL)
            rows = [r for key in keys for r in by_thing.get((code, str(key), *thing), ())]
            found[target.key] = pick_yearly(rows, target.unit, catalogue)
    return found


def _wanted(target: Target, catalogue: Catalogue, day: date) -> tuple[str, tuple[AreaKey, ...]]:
    return yearly_indicator(target.indicator, catalogue), territory_keys(target.territory, catalogue, day)


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
