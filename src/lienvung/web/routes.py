"""All pages of the portal in one router."""

from __future__ import annotations

from fastapi import APIRouter

from lienvung.web import areas, assets, downloads, home, indicators, releases, revisions, search, traces
from lienvung.web.failures import render_error_page

__all__ = ["render_error_page", "router"]

router = APIRouter(include_in_schema=False)
for part in (home, downloads, indicators, areas, traces, revisions, search, releases, assets):
    router.include_router(part.router)
