"""Recognising who asks: a session's cookie on pages, a token on the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Request

from lienvung.errors import NotSignedIn
from lienvung.gate.cookies import SESSION, read_cookie
from lienvung.gate.network import network_of
from lienvung.workflow.actors import PUBLIC, Actor
from lienvung.workflow.sessions import Visitor

if TYPE_CHECKING:
    from lienvung.workflow.identity import Identity

API = ("/sdmx", "/api", "/health")
"""Addresses where a token counts and a cookie does not: no other site can make a browser send a token."""


def is_api(request: Request) -> bool:
    """Whether an address belongs to the API rather than to the pages."""
    return request.url.path.startswith(API)


def identity_of(request: Request) -> Identity:
    """The people's desk behind this request."""
    identity: Identity = request.app.state.world.identity
    return identity


def actor_of(request: Request) -> Actor:
    """Who asks; the public if nobody is signed in. Asked once a request.

    Raises:
        NotSignedIn: a token was sent that does not hold.
    """
    known: Actor | None = getattr(request.state, "actor", None)
    if known is None:
        known = request.state.actor = _recognise(request)
    return known


def _recognise(request: Request) -> Actor:
    if is_api(request):
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if not kind:
            return PUBLIC
        if kind.lower() != "bearer" or not token.strip():
            raise NotSignedIn()
        return identity_of(request).actor_of_token(token.strip())
    secret = read_cookie(request, SESSION)
    return (identity_of(request).actor_of_session(secret) if secret else None) or PUBLIC


def visitor_of(request: Request) -> Visitor:
    """What is known of the browser: its address, and what it calls itself."""
    return Visitor(network_of(request).client(request), request.headers.get("user-agent", "")[:120])
