"""All routes of the API, as one router."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.routing import APIRoute

from lienvung.api import (
    calendar,
    decisions,
    lists,
    manual,
    observations,
    revisions,
    sdmx_availability,
    sdmx_data,
    sdmx_structure,
    submissions,
    trace,
)

router = APIRouter(redirect_slashes=False)
_FIGURES = (sdmx_data, sdmx_availability, sdmx_structure, observations, lists, trace, revisions)
for _room in (*_FIGURES, submissions, decisions, calendar, manual):
    router.include_router(_room.router)


def _also(path: str) -> list[str]:
    """Other writings of an SDMX address: any context, and a slash at the end (clients do not follow redirects)."""
    starred = path.replace("/data/dataflow", "/data/*").replace("/availability/dataflow", "/availability/*")
    return [f"{path}/", *([starred, f"{starred}/"] if starred != path else [])]


for _room in (sdmx_data, sdmx_availability, sdmx_structure):
    for _route in _room.router.routes:
        if isinstance(_route, APIRoute) and not _route.path.endswith("path}"):
            for _path in _also(_route.path):
                router.add_api_route(_path, _route.endpoint, include_in_schema=False, dependencies=_route.dependencies)
