"""Everything that was ever said about a fact: all its rows on both clocks, with their addresses."""

from __future__ import annotations

import pyarrow as pa

from lienvung.domain.areas import AreaKey
from lienvung.domain.handovers import Question
from lienvung.query.observations import choice_parameters
from lienvung.query.reader import Reader
from lienvung.store.schema import OBSERVATIONS


def find_vintages(
    reader: Reader,
    indicator: str,
    area_key: AreaKey | str,
    activity: str | None = None,
    breakdown: str | None = None,
    issuer: str | None = None,
    period: str | None = None,
    prefer_totals: tuple[str, ...] = (),
) -> pa.Table:
    """All rows (``OBSERVATIONS``), superseded ones included, by series, period and publication; None means any."""
    key = area_key if isinstance(area_key, AreaKey) else AreaKey.parse(area_key)
    question = Question(
        indicators=(indicator,),
        areas=(key,),
        activities=(activity,) if activity else (),
        breakdowns=(breakdown,) if breakdown else (),
        issuers=(issuer,) if issuer else (),
        periods=(period,) if period else (),
        prefer_totals=prefer_totals,
    )
    table = reader.run("vintages", {"indicator": indicator} | choice_parameters(question))
    return table.select(OBSERVATIONS.names).cast(OBSERVATIONS)
