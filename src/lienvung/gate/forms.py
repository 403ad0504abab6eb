"""Forms that only our own pages can send: a secret of the session in each, and the browser's word on its origin."""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import urlsplit

from fastapi import Request, Response
from starlette.datastructures import FormData

from lienvung.errors import FormForged
from lienvung.gate.cookies import BROWSER, SESSION, read_cookie, set_cookie
from lienvung.gate.network import network_of
from lienvung.gate.visitors import actor_of
from lienvung.workflow.credentials import new_secret

FIELD, HEADER = "ma_bieu_mau", "x-ma-bieu-mau"
"""The hidden field that every form of the portal carries; the header for a script of ours."""


def form_token(request: Request) -> str:
    """What the forms of a signed-in person's pages carry; nothing for the public, whose pages are kept for all."""
    return _derive(read_cookie(request, SESSION)) if not actor_of(request).is_public else ""


def visitor_form_token(request: Request) -> str:
    """What a form carries that is sent before signing in: bound to a cookie that ``finish_visit`` sets."""
    return _derive(browser_secret(request))


def browser_secret(request: Request) -> str:
    """The secret of this browser before it signs in; made now if it has none."""
    secret = read_cookie(request, BROWSER) or str(getattr(request.state, "new_browser", ""))
    if not secret:
        secret = request.state.new_browser = new_secret()
    return secret


def finish_visit(request: Request, response: Response) -> Response:
    """Give a browser that was asked for a form its cookie."""
    fresh = getattr(request.state, "new_browser", "")
    if fresh:
        set_cookie(request, response, BROWSER, fresh)
    return response


async def check_form(request: Request, secret: str) -> None:
    """Refuse a form that another site sent, or that was made for another session.

    Raises:
        FormForged: nothing of it is done.
    """
    if not _is_from_here(request):
        raise FormForged()
    given = request.headers.get(HEADER, "")
    if not given:
        field = (await _read_form(request)).get(FIELD)
        given = field if isinstance(field, str) else ""
    if not secret or not hmac.compare_digest(given.encode(), _derive(secret).encode()):
        raise FormForged()


async def _read_form(request: Request) -> FormData:
    kind = request.headers.get("content-type", "")
    if not kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        raise FormForged()
    return await request.form()


def _is_from_here(request: Request) -> bool:
    """As the browser says in ``Sec-Fetch-Site`` and ``Origin``; old ones that say nothing still owe the field."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == urlsplit(network_of(request).site(request)).netloc != ""


def _derive(secret: str) -> str:
    return hmac.new(secret.encode(), b"form", hashlib.sha256).hexdigest()
