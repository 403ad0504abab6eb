"""What was said of a series, vintage by vintage."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request, Response

from lienvung.analyse.revisions import compare_series
from lienvung.chain import read_question
from lienvung.gate import needs
from lienvung.present.places import name_place
from lienvung.present.triangles import build_triangle
from lienvung.web.answers import etag_of, lang_of, not_modified, send_page, world_of
from lienvung.web.state import IndicatorState
from lienvung.workflow.actors import Right

router = APIRouter(dependencies=[needs(Right.READ)])


@router.get("/vi/dieu-chinh/{code}/{area_key}", name="revisions-vi")
@router.get("/en/revisions/{code}/{area_key}", name="revisions-en")
def revisions(request: Request, code: str, area_key: str) -> Response:
    """Every vintage of a series: periods down, days of publication across, the size of each revision."""
    world, lang = world_of(request), lang_of(request)
    etag = etag_of(request, world.reader.snapshot)
    if cached := not_modified(request, etag):
        return cached
    catalogue, state = world.catalogue, IndicatorState.read(request.query_params)
    asked = ("start", "end", "issuer", "breakdown", "activity", "published", "recorded")
    choices = {"areas": area_key, **{name: getattr(state, name) or None for name in asked}}
    question = read_question(catalogue, [code], choices)
    key = catalogue.gazetteer.resolve_asked(area_key, question.first, question.last)
    steps = compare_series(catalogue, world.reader, replace(question, areas=(key,)), choices).steps
    indicator = catalogue.indicator(code)
    unit = catalogue.units.get(indicator.unit)
    return send_page(
        request, "revisions.html", etag, indicator=indicator, area_key=str(key), clocks=state.clocks(),
        area=name_place(str(key), catalogue, lang, is_full=True), triangle=build_triangle(steps, catalogue, lang),
        unit=unit.name(lang) if unit else indicator.unit, kept=replace(state, published="", recorded="").query(),
    )  # fmt: skip
