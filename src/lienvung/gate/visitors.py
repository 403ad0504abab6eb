"""Recognising who asks: a session's cookie on pages, a token on the API."""

from __future__ import annotations

from fastapi import Request

from lienvung.workflow.actors import PUBLIC, Actor


def actor_of(request: Request) -> Actor:
    """Who asks; the public if nobody is signed in."""
    known: Actor | None = getattr(request.state, "actor", None)
    return known or PUBLIC
