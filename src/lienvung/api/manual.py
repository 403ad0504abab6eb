"""``/api/docs``: the manual, made from the OpenAPI document; ``/health``: are we up?"""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

import lienvung
from lienvung.api.answers import plain_json
from lienvung.api.negotiation import choose_language
from lienvung.api.parameters import LANG, document, read_query
from lienvung.api.world import world_of
from lienvung.gate import needs
from lienvung.present.manual import STYLE_HASH, render_manual
from lienvung.workflow.actors import Right

router = APIRouter(tags=["JSON"], dependencies=[needs(Right.READ)])


@router.get("/api/docs", include_in_schema=False)
def get_manual(request: Request) -> Response:
    """The manual as a page: every route, parameter and an example to click."""
    lang = choose_language(request, read_query(request.scope["query_string"], (LANG,)))
    page = render_manual(request.app.openapi(), lang)
    policy = f"default-src 'none'; style-src '{STYLE_HASH}'; base-uri 'none'; frame-ancestors 'none'"
    headers = {"Content-Language": lang, "Vary": "Accept-Language", "Content-Security-Policy": policy}
    return HTMLResponse(page, headers=headers)


@router.get("/api/openapi.json", include_in_schema=False)
def get_description(request: Request) -> Response:
    """The description of the API that programs read (OpenAPI)."""
    return plain_json(request.app.openapi(), {"Cache-Control": "no-cache"})


@router.get("/health", summary="Hệ thống có đang chạy", openapi_extra=document((), "Is the system up", "/health"))
def get_health(request: Request) -> Response:
    """200 with the version and the current snapshot, or 503 while there is nothing published."""
    snapshot = world_of(request).reader.snapshot
    answer = {"status": "ok", "version": lienvung.__version__, "snapshot": snapshot}
    return plain_json(answer, {"Cache-Control": "no-store"})
