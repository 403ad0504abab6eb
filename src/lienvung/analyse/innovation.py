"""The published figures by which the results of innovation programmes are followed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.handovers import Question
from lienvung.domain.innovation import InnovationRegister
from lienvung.domain.observations import TOTAL
from lienvung.query.observations import find_observations
from lienvung.query.reader import Reader


def find_results(
    reader: Reader, catalogue: Catalogue, register: InnovationRegister
) -> dict[str, Mapping[str, Any] | None]:
    """The published row of each result, by its key, the latest published; None where nothing is published yet."""
    results = register.results.values()
    codes = tuple(sorted({r.indicator for r in results}))
    if not codes:
        return {}
    areas = tuple(AreaKey.parse(a) for a in sorted({r.territory for r in results}))
    question = Question(codes, areas, activities=(TOTAL,), breakdowns=(TOTAL,))
    rows = find_observations(reader, question, sorted({catalogue.dataflow_of(c) for c in codes})).table.to_pylist()
    rows.sort(key=lambda r: r["published_from"])
    latest = {(r["indicator"], r["area_key"], r["period"]): r for r in rows if r["value"] is not None}
    return {r.key: latest.get((r.indicator, r.territory, r.period)) for r in results}
