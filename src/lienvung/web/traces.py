"""Where one figure came from."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from lienvung.chain import ask_vintages
from lienvung.domain.areas import AreaKey
from lienvung.present.places import full_name
from lienvung.present.traces import list_vintages
from lienvung.web.answers import etag_of, lang_of, not_modified, send_page, world_of
from lienvung.web.state import NAMES

router = APIRouter()


@router.get("/vi/nguon-so/{indicator}/{area_key}/{period:path}", name="trace-vi")
@router.get("/en/trace/{indicator}/{area_key}/{period:path}", name="trace-en")
def trace(request: Request, indicator: str, area_key: str, period: str) -> Response:
    """Every vintage of one figure, down to the cell."""
    world, lang = world_of(request), lang_of(request)
    etag = etag_of(request, world.reader.snapshot)
    if cached := not_modified(request, etag):
        return cached
    catalogue = world.catalogue
    choices = {name: request.query_params.get(NAMES[name]) for name in ("activity", "breakdown", "issuer")}
    table = ask_vintages(catalogue, world.reader, indicator, area_key, period, choices)
    key = table["area_key"][0].as_py()
    return send_page(
        request, "trace.html", etag, indicator=catalogue.indicator(indicator), area_key=key, period=period,
        area=full_name(catalogue.gazetteer.area(AreaKey.parse(key)), catalogue, lang),
        vintages=list_vintages(table, catalogue, lang),
    )  # fmt: skip
