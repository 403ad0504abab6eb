"""A yearly series in quarters, estimated by a related series: the page says so at every figure."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from lienvung.analyse.quarters import estimate_quarters
from lienvung.domain.areas import AreaKey
from lienvung.domain.quarters import DENTON, QUARTER_METHODS
from lienvung.gate import needs
from lienvung.present.plans import say
from lienvung.present.quarters import quarter_record
from lienvung.web.answers import etag_of, lang_of, not_modified, send_page, world_of
from lienvung.web.links import Links
from lienvung.workflow.actors import Right

router = APIRouter(dependencies=[needs(Right.READ)])


@router.get("/vi/uoc-theo-quy/{code}/{area_key}", name="quarters-vi")
@router.get("/en/quarters/{code}/{area_key}", name="quarters-en")
def quarters(request: Request, code: str, area_key: str) -> Response:
    """The estimated quarters, the years that they add up to, the related series, what is taken for granted."""
    world, lang = world_of(request), lang_of(request)
    etag = etag_of(request, world.reader.snapshot)
    if cached := not_modified(request, etag):
        return cached
    key = world.catalogue.gazetteer.area(AreaKey.parse(area_key)).key
    method = request.query_params.get("cach", "") or DENTON
    found = estimate_quarters(world.reader, world.catalogue, code, key, method=method)
    record = quarter_record(found, world.catalogue, lang, Links(lang).trace_row)
    ways = [(m, say(name, lang)) for m, name in QUARTER_METHODS.items()]
    return send_page(request, "quarters.html", etag, found=record, ways=ways)
