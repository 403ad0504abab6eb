"""One ASGI application out of the pages and the API."""

from __future__ import annotations

import logging
from typing import cast

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import lienvung
from lienvung.api.errors import answer_error, answer_http_error, is_api
from lienvung.api.routes import router as api_router
from lienvung.assemble import World, open_world
from lienvung.errors import LienVungError, Unexpected
from lienvung.settings import load_settings
from lienvung.web.routes import render_error_page
from lienvung.web.routes import router as web_router

_LOG = logging.getLogger(__name__)
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "frame-ancestors 'none'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""What a page sets for itself wins."""


class SecurityHeaders:
    """Adds the headers that keep a page to its own site; the API may be read from any site."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and add the headers to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith(("/sdmx", "/api")):
                    headers.setdefault("Access-Control-Allow-Origin", "*")
            await send(message)

        await self._app(scope, receive, send_with_headers)


def create_app(world: World) -> FastAPI:
    """The application that answers from a world: pages, API, static files, errors in two languages."""
    app = FastAPI(
        title="Liên Vùng",
        version=lienvung.__version__,
        description="Số liệu kinh tế - xã hội của vùng · Socio-economic figures of the region",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.world = world
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
    return answer_error(request, known) if is_api(request) else render_error_page(request, known)


def _answer_http(request: Request, error: Exception) -> Response:
    refused = error if isinstance(error, HTTPException) else HTTPException(404)
    return answer_http_error(request, refused) if is_api(request) else render_error_page(request, refused)


def _answer_unexpected(request: Request, error: Exception) -> Response:
    _LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    fault = Unexpected()
    return answer_error(request, fault) if is_api(request) else render_error_page(request, fault)
