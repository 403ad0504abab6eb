"""What a route asks of who calls it; every route says so, and a test finds one that does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from lienvung.errors import FormForged, NotAllowed, NotSignedIn
from lienvung.gate.cookies import BROWSER, SESSION, read_cookie
from lienvung.gate.forms import check_form
from lienvung.gate.visitors import actor_of, identity_of, is_api, visitor_of
from lienvung.workflow.actors import EVERYONE, PUBLIC, Actor, Right

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Need:
    """The right that a route asks for."""

    right: Right

    async def __call__(self, request: Request) -> None:
        """Let the request through, or refuse it.

        Raises:
            NotSignedIn, NotAllowed: the right is not held. FormForged: a page's form that is not ours.
        """
        if self.right is not Right.READ:
            request.scope.setdefault("state", {})["is_private"] = True
        if self.right not in EVERYONE:
            await run_in_threadpool(self._require, request)
        if request.method not in SAFE and not is_api(request):
            await self._check_form(request)

    def _require(self, request: Request) -> None:
        try:
            actor = actor_of(request)
        except NotSignedIn:
            _note(request, PUBLIC, "token.refused")
            raise
        try:
            actor.require(self.right)
        except NotSignedIn:
            if secret := read_cookie(request, SESSION):
                here = visitor_of(request).address
                identity_of(request).note_dead_cookie(secret, request.url.path[:200], here)
            raise
        except NotAllowed:
            facts = {"right": self.right.value, "method": request.method}
            identity_of(request).note_refusal(actor, "access.refused", request.url.path[:200], facts)
            raise

    async def _check_form(self, request: Request) -> None:
        name = BROWSER if self.right in EVERYONE else SESSION
        try:
            await check_form(request, read_cookie(request, name))
        except FormForged:
            await run_in_threadpool(_note_forgery, request)
            raise


def _note_forgery(request: Request) -> None:
    _note(request, actor_of(request), "form.refused")


def _note(request: Request, actor: Actor, action: str) -> None:
    address = visitor_of(request).address
    identity_of(request).note_refusal(actor, action, request.url.path[:200], {}, address)


def needs(right: Right) -> Any:  # noqa: ANN401 - FastAPI types its own marker so
    """The dependency that declares the right of a route: ``dependencies=[needs(Right.SUBMIT)]``."""
    return Depends(Need(right))


@dataclass(frozen=True)
class Declared:
    """A route, and the rights that it declares: one, or a test fails."""

    path: str
    methods: frozenset[str]
    rights: tuple[Right, ...]


def declared_routes(application: Any) -> Iterator[Declared]:  # noqa: ANN401 - an application or a router
    """Every route of an application, of its routers' routers too."""
    for route in application.routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from declared_routes(inner)
            continue
        asked = (d.dependency for d in getattr(route, "dependencies", ()))
        rights = tuple(d.right for d in asked if isinstance(d, Need))
        yield Declared(route.path, frozenset(getattr(route, "methods", None) or ()), rights)
