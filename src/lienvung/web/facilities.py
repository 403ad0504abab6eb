"""Is the same kind of facility planned twice within one catchment: layers of points sent in, looked at, not kept."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from lienvung.errors import HTTP_STATUSES, BadValue, LienVungError
from lienvung.gate import needs
from lienvung.pipeline.zones import compare_facilities
from lienvung.present.numbers import format_number
from lienvung.web.answers import lang_of, send_page
from lienvung.web.office import is_sent, saved_upload
from lienvung.workflow.actors import Right

router = APIRouter(dependencies=[needs(Right.ANALYSE)])
MOST_BYTES = 20 * 2**20
RADIUS = "30"
Sent = Annotated[UploadFile | None, File()]


@router.get("/vi/cong-trinh-trung", name="facilities-vi")
@router.get("/en/facilities", name="facilities-en")
def choose_layers(request: Request) -> Response:
    """Where one or two layers of points are chosen."""
    return send_page(request, "facilities.html", radius=RADIUS, refused=None, layers=None, pairs=())


@router.post("/vi/cong-trinh-trung", name="facilities-sent-vi")
@router.post("/en/facilities", name="facilities-sent-en")
def compare_layers(
    request: Request, lop_a: Sent = None, lop_b: Sent = None, ban_kinh: Annotated[str, Form()] = RADIUS
) -> Response:
    """The pairs of one kind that lie within one catchment; what cannot be used is said above the form."""
    lang = lang_of(request)
    try:
        found = _compare([u for u in (lop_a, lop_b) if u is not None and is_sent(u)], ban_kinh, lang)
    except LienVungError as error:
        refused = {"said": error.message(lang), "todo": error.suggestion(lang)}
        status = HTTP_STATUSES[type(error)]
        return send_page(
            request, "facilities.html", None, status, radius=ban_kinh, refused=refused, layers=None, pairs=()
        )
    return send_page(request, "facilities.html", radius=ban_kinh, refused=None, **found)


def _compare(uploads: list[UploadFile], radius: str, lang: str) -> dict[str, Any]:
    try:
        reach = float(radius.replace(",", "."))
    except ValueError:
        raise BadValue(value=radius[:40], name="km", choices="1 … 1000") from None
    if not uploads:
        raise BadValue(value="—", name="GeoJSON, GPKG, SHP (.zip)", choices="1 … 2")
    with ExitStack() as opened:
        layers, pairs = compare_facilities([opened.enter_context(saved_upload(u, MOST_BYTES)) for u in uploads], reach)
    return {
        "layers": [(x.name, len(x.facilities), x.crs) for x in layers],
        "pairs": [
            {"kind": p.one.kind, "one": p.one.name, "plan_one": p.one.plan, "other": p.other.name,
             "plan_other": p.other.plan, "km": format_number(p.distance_km, 2, lang)}
            for p in pairs
        ],
    }  # fmt: skip
