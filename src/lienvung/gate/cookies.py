"""The two cookies: of a session, and of a browser that is about to sign in. Neither can be read by a script."""

from __future__ import annotations

from fastapi import Request, Response

from lienvung.gate.network import network_of

SESSION, BROWSER = "lv_phien", "lv_mau"


def _name(request: Request, name: str) -> str:
    """With ``__Host-`` a browser takes the cookie only by https, for this host alone."""
    return f"__Host-{name}" if network_of(request).is_https(request) else name


def read_cookie(request: Request, name: str) -> str:
    """The secret in a cookie; empty if there is none, or none that we could have set."""
    value = request.cookies.get(_name(request, name), "")
    return value if 40 <= len(value) <= 80 else ""


def set_cookie(request: Request, response: Response, name: str, secret: str) -> None:
    """Give the browser a cookie for as long as it runs; an end is kept by the server."""
    response.set_cookie(
        _name(request, name), secret, path="/", httponly=True, samesite="lax",
        secure=network_of(request).is_https(request),
    )  # fmt: skip


def drop_cookie(request: Request, response: Response, name: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(
        _name(request, name), path="/", httponly=True, samesite="lax", secure=network_of(request).is_https(request)
    )
