"""What went wrong, as a page in the reader's language: what, and the way out."""

from __future__ import annotations

from fastapi import Request, Response

from lienvung.errors import HTTP_STATUSES, LienVungError
from lienvung.present.texts import Texts
from lienvung.web.answers import lang_of, send_page


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
