"""All routes of the API, as one router."""

from __future__ import annotations

from fastapi import APIRouter

from lienvung.api import lists, manual, observations, sdmx_availability, sdmx_data, sdmx_structure, trace

router = APIRouter()
for _room in (sdmx_data, sdmx_availability, sdmx_structure, observations, lists, trace, manual):
    router.include_router(_room.router)
