"""How the API says no: the SDMX error body, with the status of the error family, in both languages."""

from __future__ import annotations

from fastapi import Request, Response
from starlette.exceptions import HTTPException

from lienvung.api.answers import plain_json
from lienvung.api.negotiation import choose_language
from lienvung.errors import HTTP_STATUSES, LienVungError, NoSuchAddress, WrongMethod
from lienvung.present.sdmx.message import build_errors

PREFIXES = ("/sdmx", "/api", "/health")


def is_api(request: Request) -> bool:
    """Whether an address belongs to the API rather than to the pages."""
    return request.url.path.startswith(PREFIXES)


def status_of(error: LienVungError) -> int:
    """The HTTP status of an error: that of its class, or of the nearest class above it."""
    return next((HTTP_STATUSES[kind] for kind in type(error).__mro__ if kind in HTTP_STATUSES), 500)


def answer_error(request: Request, error: LienVungError) -> Response:
    """The SDMX error body of an error."""
    try:
        lang = choose_language(request, dict(request.query_params))
    except LienVungError:
        lang = "vi"
    status = status_of(error)
    headers = {"Vary": "Accept-Language", "Cache-Control": "no-store", "Content-Language": lang}
    if status == 503:
        headers["Retry-After"] = "30"
    if status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="lienvung"'
    answer = plain_json(build_errors(error, status, lang), headers)
    answer.status_code = status
    return answer


def answer_http_error(request: Request, error: HTTPException) -> Response:
    """The same for what the framework itself refuses: no such address, no such method."""
    address = request.url.path
    if error.status_code == 405:
        return answer_error(request, WrongMethod(address=address, method=request.method))
    return answer_error(request, NoSuchAddress(address=address))
