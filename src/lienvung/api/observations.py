"""``/api/observations``: rows for simple scripts, the same as ``lienvung get --format json``."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from lienvung.api.answers import cache_headers, is_known, not_modified, plain_json, tag_of
from lienvung.api.bodies import bodies_of
from lienvung.api.negotiation import choose_language
from lienvung.api.parameters import OBSERVATIONS, codes_of, document, read_query
from lienvung.api.world import world_of
from lienvung.chain import ask_observations
from lienvung.domain.handovers import DerivedAnswer
from lienvung.errors import BadValue, Both
from lienvung.gate import needs
from lienvung.present.records import observation_records
from lienvung.workflow.actors import Right

router = APIRouter(tags=["JSON"], dependencies=[needs(Right.READ)])
_EXAMPLE = "/api/observations?indicator=GRDP_CUR&areas=74&from=2016&to=2022"


@router.get(
    "/api/observations",
    summary="Số liệu dạng JSON cho tập lệnh đơn giản",
    openapi_extra=document(OBSERVATIONS, "Observations as plain JSON for simple scripts", _EXAMPLE),
)
def get_observations(request: Request) -> Response:
    """Rows of one or more indicators, as known now or on a day of either clock; totals unless parts are named."""
    world = world_of(request)
    query = read_query(request.scope["query_string"], OBSERVATIONS)
    lang = choose_language(request, query)
    indicators = codes_of(query.get("indicator"))
    if not indicators:
        missing = Both("(không có)", "(none)")
        raise BadValue(value=missing, name="indicator", choices=", ".join(world.catalogue.headline))
    if is_known(request, tag := tag_of(request, world.reader.snapshot, lang)):
        return not_modified(tag, lang)
    if kept := bodies_of(request).find(tag):
        return kept
    choices: dict[str, str | None] = {"start": query.get("from"), "end": query.get("to"), **query, "lang": lang}
    answer = ask_observations(world.catalogue, world.reader, indicators, choices)
    rows = observation_records(answer.table, world.catalogue, lang)
    tag = tag_of(request, answer.snapshot, lang)
    headers = cache_headers(tag, lang)
    content: dict[str, object] = {"snapshot": answer.snapshot, "count": len(rows), "rows": rows}
    if isinstance(answer, DerivedAnswer):
        notes = [note.vi if lang == "vi" else note.en for note in answer.notes]
        content |= {"boundary": answer.boundary, "notes": notes}
    sent = plain_json(content, headers)
    bodies_of(request).keep(tag, bytes(sent.body), headers | {"Content-Type": "application/json"})
    return sent
