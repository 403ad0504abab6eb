"""What a route asks of who calls it; every route says so, and a test finds one that does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from lienvung.gate.visitors import actor_of
from lienvung.workflow.actors import EVERYONE, Right


@dataclass(frozen=True)
class Need:
    """The right that a route asks for."""

    right: Right

    async def __call__(self, request: Request) -> None:
        """Let the request through, or refuse it.

        Raises:
            NotSignedIn, NotAllowed: the right is not held.
        """
        if self.right in EVERYONE:
            return
        actor = await run_in_threadpool(actor_of, request)
        actor.require(self.right)


def needs(right: Right) -> Any:  # noqa: ANN401 - FastAPI types its own marker so
    """The dependency that declares the right of a route: ``dependencies=[needs(Right.SUBMIT)]``."""
    return Depends(Need(right))
