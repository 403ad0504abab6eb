"""Sectors: a region's overview, one province's profile, and how near its series are to a ceiling."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from lienvung.analyse.sectors.dependence import LINKAGES
from lienvung.analyse.sectors.headroom import FITTED, fit_fdi_per_head, fit_sector
from lienvung.analyse.sectors.next_sectors import LIMITS
from lienvung.analyse.sectors.panel import BOUNDARY, Panel
from lienvung.analyse.sectors.study import SectorStudy, open_panel, study_sectors
from lienvung.assemble import World
from lienvung.domain.areas import AreaKey
from lienvung.errors import UnknownArea
from lienvung.gate import needs
from lienvung.present.drawings import embed_drawing
from lienvung.present.plans import say
from lienvung.present.sector_charts import chart_paths, chart_quotients
from lienvung.present.sector_words import tell_province
from lienvung.present.sectors import (
    SHOWN_INPUTS,
    Speaker,
    dependence_record,
    growth_record,
    headroom_record,
    likeness_record,
    next_record,
    same_plan_record,
    special_record,
)
from lienvung.present.svg import can_draw
from lienvung.web.answers import etag_of, lang_of, not_modified, send_page, world_of
from lienvung.web.links import Links
from lienvung.workflow.actors import Right

router = APIRouter(dependencies=[needs(Right.READ)])


@router.get("/vi/nganh", name="sectors-vi")
@router.get("/en/sectors", name="sectors-en")
def sectors(request: Request) -> Response:
    """A region's provinces side by side: strengths, likeness, plans, headroom, dependence, what next."""
    world, lang = world_of(request), lang_of(request)
    code = request.query_params.get("vung") or world.catalogue.region
    region = world.catalogue.gazetteer.region(code)
    etag = etag_of(request, world.reader.snapshot)
    if cached := not_modified(request, etag):
        return cached
    study = study_sectors(world.reader, world.catalogue, world.sectors, world.plans, code)
    speaker = _speaker(world, study.panel, lang)
    pairs = [likeness_record(p, speaker) for p in study.alike]
    regions = [
        (r.code, r.name(lang)) for r in world.catalogue.gazetteer.regions.values() if study.panel.members[r.code]
    ]
    best = {
        a: [speaker.sector(n.sector) for n in study.next_sectors if n.area == a and n.score >= 2] for a in study.areas
    }
    return send_page(
        request, "sectors.html", etag, region=region.name(lang), regions=[r for r in regions if r[0] != code],
        places=[(a, speaker.area(a)) for a in study.areas], matrix=_matrix(study, speaker), alike=pairs,
        alarms=sum(p["is_alarm"] for p in pairs), left_out=[speaker.sector(s) for s in study.left_out],
        plans=[same_plan_record(p, world.plans, speaker) for p in study.plans],
        flags=_flags(world, lang), best_next=[(a, speaker.area(a), best[a]) for a in study.areas],
        linkages=say(LINKAGES, lang), **_shared(study, world, speaker),
    )  # fmt: skip


@router.get("/vi/nganh/{key}", name="sector-province-vi")
@router.get("/en/sectors/{key}", name="sector-province-en")
def province(request: Request, key: str) -> Response:
    """One province: in short, then every question with its figures. A bare code goes to the province of 2004."""
    world, lang = world_of(request), lang_of(request)
    if "@" not in key:
        return RedirectResponse(Links(lang).sectors(str(_resolve(world, key))), 307)
    etag = etag_of(request, world.reader.snapshot)
    panel = open_panel(world.reader, world.catalogue, world.sectors)
    _known(world, panel, key)
    if cached := not_modified(request, etag):
        return cached
    study = study_sectors(world.reader, world.catalogue, world.sectors, world.plans, world.catalogue.region, (key,))
    speaker = _speaker(world, panel, lang)
    page: dict[str, Any] = {
        "area": key, "name": speaker.area(key),
        "special": [special_record(s, speaker) for s in study.special],
        "shares": [special_record(s, speaker) for s in study.shares],
        "growth": [growth_record(g, speaker) for g in study.growth],
        "alike": [likeness_record(p, speaker) for p in study.alike],
        "next": [next_record(n, speaker) for n in study.next_sectors],
        **_shared(study, world, speaker),
    }  # fmt: skip
    return send_page(
        request, "sectors_province.html", etag, said=tell_province(page, lang), drawings=_drawings(page, lang), **page
    )


@router.get("/vi/nganh/{key}/du-dia", name="sector-room-vi")
@router.get("/en/sectors/{key}/headroom", name="sector-room-en")
def headroom(request: Request, key: str) -> Response:
    """Saturation curves of one province's series: on a page of their own, because fitting takes seconds."""
    world, lang = world_of(request), lang_of(request)
    etag = etag_of(request, world.reader.snapshot)
    panel = open_panel(world.reader, world.catalogue, world.sectors)
    _known(world, panel, key)
    if cached := not_modified(request, etag):
        return cached
    speaker = _speaker(world, panel, lang)
    fitted = [*(fit_sector(panel, s, key) for s in FITTED if s in panel.sectors), fit_fdi_per_head(panel, key)]
    records = [headroom_record(f, speaker) for f in fitted]
    name = speaker.area(key)
    return send_page(request, "sectors_room.html", etag, area=key, name=name, room=records, shown_inputs=SHOWN_INPUTS)


def _resolve(world: World, text: str) -> AreaKey:
    places = world.catalogue.gazetteer
    return places.resolve_printed(text, BOUNDARY) or places.resolve_asked(text, None, None)


def _known(world: World, panel: Panel, key: str) -> None:
    world.catalogue.gazetteer.area(AreaKey.parse(key))
    if key not in panel.provinces:
        raise UnknownArea(area=key, boundary=str(BOUNDARY), choices=", ".join(panel.provinces[-8:]))


def _speaker(world: World, panel: Panel, lang: str) -> Speaker:
    return Speaker(world.catalogue, panel.sectors, lang, Links(lang).trace_row)


def _shared(study: SectorStudy, world: World, speaker: Speaker) -> dict[str, Any]:
    names = {f.key: f.name for f in world.sectors.flags}
    return {
        "room": [headroom_record(r, speaker) for r in study.room],
        "dependence": [dependence_record(d, names, speaker) for d in study.dependence],
        "years": study.years, "compared": study.compared, "compared_next": len(study.space.sectors),
        "next_year": study.space.year, "refused": speaker.say(study.space.reason), "limits": speaker.say(LIMITS),
        "shown_inputs": SHOWN_INPUTS,
    }  # fmt: skip


def _matrix(study: SectorStudy, speaker: Speaker) -> list[dict[str, Any]]:
    """Sectors down, provinces across."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for found in study.special:
        rows.setdefault(found.sector, []).append(special_record(found, speaker))
    return [
        {
            "name": speaker.sector(key), "cells": cells,
            "years": ", ".join(sorted({str(c["year"]) for c in cells if c["year"]})),
        }
        for key, cells in rows.items()
    ]  # fmt: skip


def _flags(world: World, lang: str) -> list[dict[str, str]]:
    found = []
    for flag in world.sectors.flags:
        plan = world.plans.plans.get(flag.source)
        source = (plan.title_vi if lang == "vi" else plan.title_en) if plan else flag.source
        found.append(
            {"name": say(flag.name, lang), "reason": say(flag.reason, lang), "source": source,
             "plan": plan.key if plan else ""}
        )  # fmt: skip
    return found


def _drawings(page: dict[str, Any], lang: str) -> dict[str, Any]:
    if not can_draw():
        return {"bars": "", "paths": ""}
    bars, paths = chart_quotients(page["special"], lang), chart_paths(page["special"], lang)
    return {"bars": embed_drawing(bars, lang, {}), "paths": embed_drawing(paths, lang, {}) if paths else ""}
