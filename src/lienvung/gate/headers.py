"""The headers that keep a page to its own site, and a person's pages to that person."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lienvung.gate.network import network_of
from lienvung.gate.visitors import API

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
"""No script and no style that is not a file of ours: nothing inline, nothing evaluated."""
SECURITY_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""What a page sets for itself wins."""
PRIVATE = "private, no-store"
HSTS = "max-age=31536000; includeSubDomains"


class SecurityHeaders:
    """Adds the headers to every answer; the public API may be read from any site."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and add the headers to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(MutableHeaders(scope=message), scope, is_private=bool(state.get("is_private")))
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _add(headers: MutableHeaders, scope: Scope, *, is_private: bool) -> None:
    for name, value in SECURITY_HEADERS.items():
        headers.setdefault(name, value)
    if is_private:
        headers["Cache-Control"] = PRIVATE
        if "etag" in headers:
            del headers["ETag"]
    elif scope["path"].startswith(API):
        headers.setdefault("Access-Control-Allow-Origin", "*")
    request = HTTPConnection(scope)
    if network_of(request).is_https(request):
        headers.setdefault("Strict-Transport-Security", HSTS)
