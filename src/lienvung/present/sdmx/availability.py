"""Which codes have data: an SDMX constraint made from the table of series."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lienvung.domain.indicators import Group
from lienvung.present.sdmx.message import named
from lienvung.present.sdmx.model import AGENCY, DIMENSIONS, TIME, VERSION, urn

Json = dict[str, Any]


def build_constraint(
    series: pa.Table, group: Group, lang: str, components: tuple[str, ...] = (), version: str = "2.0.0"
) -> Json:
    """The constraint of one dataflow: per dimension its codes that have data, and the span of time.

    Args:
        series: ``SERIES_COLUMNS`` of this dataflow, already narrowed by the question.
        group: the dataflow.
        lang: ``vi`` or ``en``.
        components: only these dimensions; all if empty.
        version: of SDMX-JSON; since 2.1 the constraint has a shape of its own.
    """
    keys = []
    for dimension in DIMENSIONS:
        if components and dimension.id not in components:
            continue
        codes = sorted(pc.unique(series.column(dimension.column)).to_pylist())
        if codes:
            keys.append({"id": dimension.id, "include": True, "values": [{"value": code} for code in codes]})
    if series.num_rows and (not components or TIME.id in components):
        keys.append({"id": TIME.id, "include": True, "timeRange": _span(series)})
    attachment = {"dataflows": [urn("dataflow", group.dataflow)]}
    region: Json = {"include": True} | ({"keyValues": keys} if keys else {})
    if version >= "2.1":
        return {
            "constraintAttachment": {"dataflow": attachment["dataflows"][0]},
            "cubeRegion": region,
            "seriesCount": series.num_rows,
            "obsCount": _observations(series),
        }
    return {
        "id": f"{group.dataflow}_AVAILABLE",
        **named(f"Số liệu có trong {group.name_vi}", f"Data available in {group.name_en}", lang),
        "version": VERSION,
        "agencyID": AGENCY,
        "role": "Actual",
        "annotations": _counts(series),
        "constraintAttachment": attachment,
        "cubeRegions": [region],
    }


def _observations(series: pa.Table) -> int:
    return int(pc.sum(series.column("observations")).as_py() or 0)


def _counts(series: pa.Table) -> list[Json]:
    counts = (("series_count", series.num_rows), ("obs_count", _observations(series)))
    return [{"id": name, "type": "sdmx_metrics", "title": str(count)} for name, count in counts]


def _span(series: pa.Table) -> Json:
    first, last = pc.min(series.column("first_day")).as_py(), pc.max(series.column("last_day")).as_py()
    return {
        "startPeriod": {"period": first.isoformat(), "isInclusive": True},
        "endPeriod": {"period": last.isoformat(), "isInclusive": True},
    }
