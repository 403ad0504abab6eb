"""``/api/revisions``: what was said of a series, vintage by vintage, the same as ``lienvung revisions``."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from lienvung.analyse.revisions import compare_series
from lienvung.api.answers import cache_headers, is_known, not_modified, plain_json, tag_of
from lienvung.api.negotiation import choose_language
from lienvung.api.parameters import REVISIONS, document, read_query
from lienvung.api.world import world_of
from lienvung.chain import read_question
from lienvung.gate import needs
from lienvung.present.revisions import revision_records, revision_triangle
from lienvung.workflow.actors import Right

router = APIRouter(tags=["JSON"], dependencies=[needs(Right.READ)])
_EXAMPLE = "/api/revisions/GRDP_CUR/74@2004"


@router.get(
    "/api/revisions/{indicator}/{area_key}",
    summary="Mọi lần công bố của một chuỗi và mức sửa",
    openapi_extra=document(REVISIONS, "Every vintage of a series and the size of its revisions", _EXAMPLE),
)
def get_revisions(request: Request, indicator: str, area_key: str) -> Response:
    """Records of every vintage, and the triangle: periods down, days of publication across."""
    world = world_of(request)
    query = read_query(request.scope["query_string"], REVISIONS)
    lang = choose_language(request, query)
    if is_known(request, tag := tag_of(request, world.reader.snapshot, lang)):
        return not_modified(tag, lang)
    choices: dict[str, str | None] = {"start": query.get("from"), "end": query.get("to"), **query, "areas": area_key}
    question = read_question(world.catalogue, [indicator], choices)
    found = compare_series(world.catalogue, world.reader, question, choices)
    table = revision_triangle(found.steps, world.catalogue, lang)
    triangle = {
        "title": table.title,
        "columns": [{"key": c.key, "heading": c.heading} for c in table.columns],
        "rows": table.rows,
        "notes": table.notes,
    }
    rows = revision_records(found.steps, world.catalogue, lang)
    content = {"snapshot": found.snapshot, "count": len(rows), "rows": rows, "triangle": triangle}
    return plain_json(content, cache_headers(tag_of(request, found.snapshot, lang), lang))
