"""``/api/indicators``, ``/api/areas``, ``/api/releases``: what there is."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pyarrow.compute as pc
from fastapi import APIRouter, Request, Response

from lienvung.api.answers import cache_headers, is_known, not_modified, plain_json, tag_of
from lienvung.api.parameters import AREAS, INDICATORS, document, one_of, read_query
from lienvung.api.world import world_of
from lienvung.assemble import World
from lienvung.domain.clocks import OPEN_DAY, last_day
from lienvung.domain.names import fold
from lienvung.gate import needs
from lienvung.query.releases import find_releases
from lienvung.query.series import find_series
from lienvung.workflow.actors import Right

router = APIRouter(tags=["JSON"], dependencies=[needs(Right.READ)])
_LEVELS = ("country", "region", "key_region", "province")
_SHOWN = (
    "code", "indicator_key", "official_code", "code_status", "group", "name_vi", "name_en", "unit", "decimals",
    "price_basis", "comparison", "aggregation", "numerator", "denominator", "weight", "direction", "frequency",
    "note_vi", "note_en",
)  # fmt: skip


@router.get(
    "/api/indicators",
    summary="Danh mục chỉ tiêu và số liệu hiện có",
    openapi_extra=document(INDICATORS, "The indicators, and what there is of each", "/api/indicators?q=dan+so"),
)
def get_indicators(request: Request) -> Response:
    """Every indicator with its unit, rule of aggregation and span of published figures."""
    world = world_of(request)
    query = read_query(request.scope["query_string"], INDICATORS)
    tag = tag_of(request, world.reader.snapshot)
    if is_known(request, tag):
        return not_modified(tag, "vi, en")
    group = one_of(query["group"], "group", tuple(world.catalogue.groups)) if "group" in query else None
    spans, sought = _spans(world), fold(query.get("q", ""))
    rows = []
    for indicator in world.catalogue.indicators.values():
        text = fold(f"{indicator.code} {indicator.name_vi} {indicator.name_en}")
        if sought not in text or group not in (None, indicator.group):
            continue
        shown = {name: getattr(indicator, name) for name in _SHOWN}
        shown["dataflow"] = world.catalogue.dataflow_of(indicator.code)
        rows.append(shown | spans.get(indicator.code, {"series": 0, "first_day": None, "last_day": None}))
    return plain_json({"count": len(rows), "rows": rows}, cache_headers(tag, "vi, en"))


def _spans(world: World) -> dict[str, dict[str, Any]]:
    series = find_series(world.reader)
    grouped = series.group_by("indicator").aggregate(
        [("indicator", "count"), ("first_day", "min"), ("last_day", "max")]
    )
    return {
        r["indicator"]: {
            "series": r["indicator_count"],
            "first_day": r["first_day_min"].isoformat(),
            "last_day": r["last_day_max"].isoformat(),
        }
        for r in grouped.filter(pc.is_valid(grouped["first_day_min"])).to_pylist()
    }


@router.get(
    "/api/areas",
    summary="Danh mục địa bàn theo mốc địa giới",
    openapi_extra=document(AREAS, "The areas by boundary", "/api/areas?level=province&on=2024-12-31"),
)
def get_areas(request: Request) -> Response:
    """Every area with the days between which it existed."""
    catalogue = world_of(request).catalogue
    query = read_query(request.scope["query_string"], AREAS)
    level = one_of(query["level"], "level", _LEVELS) if "level" in query else None
    day = last_day(query["on"]) if "on" in query else None
    sought = fold(query.get("q", ""))
    rows = [
        {
            "key": str(area.key),
            "code": area.key.code,
            "valid_from": area.key.valid_from,
            "valid_to": None if area.valid_to >= OPEN_DAY else area.valid_to.isoformat(),
            "level": area.level,
            "name_vi": area.name_vi,
            "name_en": area.name_en,
        }
        for area in catalogue.gazetteer.areas.values()
        if level in (None, area.level)
        and (day is None or area.is_valid_on(day))
        and sought in fold(f"{area.key.code} {area.name_vi} {area.name_en} {' '.join(area.aliases)}")
    ]
    return plain_json({"count": len(rows), "rows": rows}, {"Cache-Control": "no-cache"})


@router.get("/api/releases", summary="Các đợt công bố", openapi_extra=document((), "The releases", "/api/releases"))
def get_releases(request: Request) -> Response:
    """Every release, newest first, with how many figures it added and revised."""
    world = world_of(request)
    read_query(request.scope["query_string"], ())
    rows = [asdict(release) for release in find_releases(world.reader)]
    return plain_json(
        {"count": len(rows), "snapshot": world.reader.snapshot, "rows": rows}, {"Cache-Control": "no-cache"}
    )
