"""``/api/trace``: the path of one number, down to the cell and the citation."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from lienvung.api.answers import plain_json
from lienvung.api.negotiation import choose_language
from lienvung.api.parameters import TRACE, document, read_query
from lienvung.api.world import world_of
from lienvung.chain import ask_vintages
from lienvung.gate import needs
from lienvung.present.lineage import lineage_records
from lienvung.workflow.actors import Right

router = APIRouter(tags=["JSON"], dependencies=[needs(Right.READ)])
_EXAMPLE = "/api/trace/GRDP_CUR/74@2004/2020"


@router.get(
    "/api/trace/{indicator}/{area_key}/{period:path}",
    summary="Đường đi của một con số đến ô gốc",
    openapi_extra=document(TRACE, "The path of one number down to its cell", _EXAMPLE),
)
def get_trace(request: Request, indicator: str, area_key: str, period: str) -> Response:
    """Every vintage of one number on both clocks, with file, sheet, cell and citation."""
    world = world_of(request)
    query = read_query(request.scope["query_string"], TRACE)
    lang = choose_language(request, query)
    table = ask_vintages(world.catalogue, world.reader, indicator, area_key, period, query)
    rows = lineage_records(table, world.catalogue, lang)
    return plain_json({"count": len(rows), "rows": rows}, {"Cache-Control": "no-cache", "Content-Language": lang})
