"""One ASGI application out of the pages and the API."""

from __future__ import annotations

import logging
from typing import cast

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

import lienvung
from lienvung.api.errors import answer_error, answer_http_error, is_api
from lienvung.api.routes import router as api_router
from lienvung.assemble import World, open_world
from lienvung.errors import LienVungError, NotSignedIn, Unexpected
from lienvung.gate import SECURITY_HEADERS, Network, SecurityHeaders
from lienvung.settings import load_settings
from lienvung.web.failures import lead_to_sign_in
from lienvung.web.routes import render_error_page
from lienvung.web.routes import router as web_router

_LOG = logging.getLogger(__name__)
__all__ = ["SECURITY_HEADERS", "create_app", "serve_app"]


def create_app(world: World) -> FastAPI:
    """The application that answers from a world: pages, API, static files, errors in two languages."""
    app = FastAPI(
        title="Liên Vùng",
        version=lienvung.__version__,
        description="Số liệu kinh tế - xã hội của vùng · Socio-economic figures of the region",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        max_body_size=(getattr(world.settings, "upload_mb", 200) + 2) * 2**20,
    )
    app.state.world, app.state.network = world, Network.of(world.settings)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=4)
    app.add_middleware(SecurityHeaders)
    app.include_router(api_router)
    app.include_router(web_router)
    app.add_exception_handler(LienVungError, _answer_known)
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(RequestValidationError, _answer_http)
    app.add_exception_handler(Exception, _answer_unexpected)
    return app


def serve_app() -> FastAPI:
    """The application of this process's settings, for an ASGI server."""
    return create_app(open_world(load_settings()))


def _answer_known(request: Request, error: Exception) -> Response:
    known = cast("LienVungError", error)
    if is_api(request):
        return answer_error(request, known)
    return lead_to_sign_in(request) if isinstance(known, NotSignedIn) else render_error_page(request, known)


def _answer_http(request: Request, error: Exception) -> Response:
    refused = error if isinstance(error, HTTPException) else HTTPException(404)
    return answer_http_error(request, refused) if is_api(request) else render_error_page(request, refused)


def _answer_unexpected(request: Request, error: Exception) -> Response:
    _LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    fault = Unexpected()
    return answer_error(request, fault) if is_api(request) else render_error_page(request, fault)
