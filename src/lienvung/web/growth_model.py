"""The growth model of the region's territories: what it rests on, beside its targets, and what is missing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from lienvung.analyse.growth_model import model_growth, region_territories
from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import OPEN_DAY
from lienvung.domain.growth_model import GrowthModel
from lienvung.gate import needs
from lienvung.present.growth_model import model_record
from lienvung.web.answers import etag_of, lang_of, not_modified, send_page, world_of
from lienvung.web.links import Links
from lienvung.workflow.actors import Right

router = APIRouter(dependencies=[needs(Right.READ)])
SHOWN = (
    "productivity", "productivity_growth", "per_labour_force", "icor_rates", "tfp", "digital_share", "research", "pii",
)  # fmt: skip
"""Measures in the table of all territories."""
RECENT = 6
"""So many figures of a measure are shown at once; older ones unfold."""


@router.get("/vi/mo-hinh-tang-truong", name="growth_models-vi")
@router.get("/en/growth-model", name="growth_models-en")
def growth_models(request: Request) -> Response:
    """Every territory of the region with the newest figure of each measure."""
    etag, world, lang = _etag(request), world_of(request), lang_of(request)
    if cached := not_modified(request, etag):
        return cached
    keys = region_territories(world.catalogue)
    models = model_growth(world.reader, world.catalogue, world.plans, keys)
    groups: dict[str, list[dict[str, Any]]] = {"regions": [], "now": [], "before": []}
    for model in models:
        record = model_record(model, world.plans, world.catalogue, lang, Links(lang).trace_row)
        measures = {m["measure"]: m for m in record["measures"]}
        measures["icor_rates"] = measures["icor"] if measures["icor"]["figures"] else measures["icor_rates"]
        measures["icor_rates"] = measures["icor_rates"] | {"targets": measures["icor"]["targets"]}
        record["shown"] = [(name, measures.get(name)) for name in SHOWN]
        groups[_group(model.territory, world.catalogue)].append(record)
    return send_page(request, "growth_models.html", etag, groups=groups, shown=SHOWN)


@router.get("/vi/mo-hinh-tang-truong/{key}", name="growth_model-vi")
@router.get("/en/growth-model/{key}", name="growth_model-en")
def growth_model(request: Request, key: str) -> Response:
    """One territory: every measure with formula, inputs down to their cells, targets, and what is missing."""
    etag, world, lang = _etag(request), world_of(request), lang_of(request)
    if cached := not_modified(request, etag):
        return cached
    places = world.catalogue.gazetteer
    if "@" in key:
        places.area(AreaKey.parse(key))
    else:
        places.region(key)
    (model,) = model_growth(world.reader, world.catalogue, world.plans, [key])
    record = model_record(model, world.plans, world.catalogue, lang, Links(lang).trace_row)
    return send_page(
        request,
        "growth_model.html",
        etag,
        model=record,
        is_area="@" in key,
        recent=RECENT,
        has_quarters=_has_years(model),
    )


def _has_years(model: GrowthModel) -> bool:
    """Its output is known by years, so that quarters can be estimated."""
    rows = [r for m in model.measures for f in m.figures for r in f.inputs]
    return "@" in model.territory and any(r["indicator"] == "GRDP_CUR" for r in rows)


def _etag(request: Request) -> str:
    return etag_of(request, f"{world_of(request).reader.snapshot} {datetime.now().date()}")


def _group(territory: str, catalogue: Catalogue) -> str:
    places = catalogue.gazetteer
    if "@" not in territory or places.area(AreaKey.parse(territory)).level != "province":
        return "regions"
    return "now" if places.area(AreaKey.parse(territory)).valid_to == OPEN_DAY else "before"
