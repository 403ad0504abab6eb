"""What a route finds on its application."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from fastapi import Request

if TYPE_CHECKING:
    from lienvung.assemble import World


def world_of(request: Request) -> World:
    """The settings, catalogue and reader that the application was made with."""
    return cast("World", request.app.state.world)
