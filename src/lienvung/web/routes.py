"""All pages of the portal in one router."""

from __future__ import annotations

from fastapi import APIRouter

from lienvung.web import (
    account,
    accounts,
    areas,
    assets,
    audit,
    calendar,
    downloads,
    facilities,
    files,
    grid,
    growth_model,
    home,
    inbox,
    indicators,
    innovation,
    intake,
    plans,
    proposals,
    quarters,
    releases,
    revisions,
    search,
    sectors,
    sign_in,
    submissions,
    traces,
)
from lienvung.web.failures import render_error_page

__all__ = ["render_error_page", "router"]

router = APIRouter(include_in_schema=False)
PUBLIC = (
    home, downloads, indicators, areas, traces, revisions, search, releases, plans, growth_model, innovation, sectors,
    quarters, assets,
)  # fmt: skip
OFFICE = (inbox, intake, grid, files, proposals, submissions, calendar, facilities)
PEOPLE = (sign_in, account, accounts, audit)
for part in (*PUBLIC, *OFFICE, *PEOPLE):
    router.include_router(part.router)
