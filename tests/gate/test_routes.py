"""Every route of the application declares exactly one right; one that does not is found."""

from __future__ import annotations

from typing import cast

from fastapi import APIRouter, FastAPI

from lienvung.app import create_app
from lienvung.assemble import World
from lienvung.gate import declared_routes, needs
from lienvung.gate.rights import SAFE
from lienvung.workflow.actors import Right
from tests.api.conftest import SmallWorld, small, small_store

__all__ = ["small", "small_store"]


def test_every_route_declares_exactly_one_right(small: SmallWorld) -> None:
    routes = list(declared_routes(create_app(cast("World", small))))
    assert len(routes) > 60
    assert [r.path for r in routes if len(r.rights) != 1] == []


def test_a_new_route_without_a_right_or_with_two_is_found(small: SmallWorld) -> None:
    app = create_app(cast("World", small))
    inner = APIRouter()

    def nothing() -> dict[str, str]:
        return {}

    inner.add_api_route("/vi/quen", nothing)
    inner.add_api_route("/vi/hai", nothing, dependencies=[needs(Right.READ), needs(Right.OWN)])
    app.include_router(inner)
    app.mount("/tep", FastAPI())
    app.add_route("/vi/thang", lambda _: None)  # type: ignore[arg-type,return-value]
    found = [r.path for r in declared_routes(app) if len(r.rights) != 1]
    assert found == ["/vi/quen", "/vi/hai", "/tep", "/vi/thang"]


def test_nothing_is_changed_with_the_public_right(small: SmallWorld) -> None:
    routes = declared_routes(create_app(cast("World", small)))
    assert [r.path for r in routes if r.rights == (Right.READ,) and not r.methods <= SAFE] == []
