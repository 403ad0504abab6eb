"""Files of what an indicator page shows."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from lienvung.domain.handovers import Question
from lienvung.errors import BadValue, NotFound
from lienvung.gate import needs
from lienvung.present.csv_file import render_csv
from lienvung.present.png import render_png
from lienvung.present.sheets import describe_sheet
from lienvung.present.svg import render_file
from lienvung.present.xlsx import render_xlsx
from lienvung.query.observations import find_observations
from lienvung.web.answers import HEADERS, etag_of, lang_of, not_modified, world_of
from lienvung.web.figures import draw_view
from lienvung.web.indicators import IndicatorView, ask_view
from lienvung.web.state import IndicatorState
from lienvung.workflow.actors import Right

router = APIRouter(dependencies=[needs(Right.READ)])
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
}


@router.get("/vi/chi-tieu/{code}/tai-ve.{form}", name="download-vi")
@router.get("/en/indicators/{code}/download.{form}", name="download-en")
def download(request: Request, code: str, form: str) -> Response:
    """What the page shows, or with ``toan-bo=1`` all of the indicator, as a file."""
    if form not in KINDS:
        raise BadValue(value=form, name="tai-ve", choices=", ".join(KINDS))
    world, lang = world_of(request), lang_of(request)
    etag = etag_of(request, world.reader.snapshot)
    if cached := not_modified(request, etag):
        return cached
    view = ask_view(world, code, IndicatorState.read(request.query_params), lang)
    if view is None:
        raise NotFound(what=code, choices="/vi/chi-tieu")
    content = _drawing(request, view, form) if form in ("svg", "png") else _table(request, view, form)
    name = f"{view.indicator.code.lower()}.{form}"
    headers = {**HEADERS, "ETag": etag, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=KINDS[form], headers=headers)


def _drawing(request: Request, view: IndicatorView, form: str) -> bytes:
    world, lang = world_of(request), lang_of(request)
    drawn = draw_view(world, view, lang)
    if drawn.chart is None:
        raise NotFound(what=f"{view.indicator.code}.{form}", choices="csv, xlsx")
    svg = render_file(drawn.chart, lang)
    return svg.encode() if form == "svg" else render_png(svg)


def _table(request: Request, view: IndicatorView, form: str) -> bytes:
    world, lang = world_of(request), lang_of(request)
    answer = view.answer
    if request.query_params.get("toan-bo"):
        state = view.state
        question = Question((view.indicator.code,), published=state.published_day, recorded=state.recorded_moment)
        answer = find_observations(world.reader, question, [world.catalogue.dataflow_of(view.indicator.code)])
    sheet = describe_sheet(answer, view.indicator, world.catalogue, lang, str(request.url))
    return render_csv(sheet) if form == "csv" else render_xlsx(sheet)
