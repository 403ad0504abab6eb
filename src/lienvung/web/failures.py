"""What went wrong, as a page in the reader's language: what, and the way out."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from lienvung.errors import HTTP_STATUSES, LienVungError
from lienvung.gate import PRIVATE
from lienvung.present.texts import Texts
from lienvung.web.answers import lang_of, send_page


def lead_to_sign_in(request: Request) -> Response:
    """To the sign-in page, and after it back to the page that was asked for."""
    address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    onward = {"tiep": address} if request.method == "GET" else {}
    query = f"?{urlencode(onward)}" if onward else ""
    path = "/en/sign-in" if lang_of(request) == "en" else "/vi/dang-nhap"
    return RedirectResponse(path + query, 303, {"Cache-Control": PRIVATE})


def render_error_page(request: Request, error: Exception) -> Response:
    """The page of an error of ours, with its HTTP status; any other exception is a plain 404.

    Register it in the application for ``LienVungError`` and for 404.
    """
    lang = lang_of(request)
    texts = Texts(lang)
    if isinstance(error, LienVungError):
        status = HTTP_STATUSES.get(type(error), 500)
        said, todo = error.message(lang), error.suggestion(lang)
    else:
        status = getattr(error, "status_code", 500)
        known = status if status in (404, 405) else 500
        said, todo = texts(f"error_{known}"), texts(f"error_{known}_todo")
    return send_page(request, "error.html", None, status, said=said, todo=todo, number=status)
