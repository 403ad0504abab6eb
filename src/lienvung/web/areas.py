"""The list of areas and the page of one."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from lienvung.domain.areas import AreaKey
from lienvung.gate import needs
from lienvung.present.areas import find_kin, group_figures
from lienvung.present.places import full_name, group_places
from lienvung.query.observations import find_latest
from lienvung.query.series import find_series
from lienvung.web.answers import etag_of, lang_of, not_modified, send_page, world_of
from lienvung.web.figures import draw_position
from lienvung.web.links import Links
from lienvung.web.target_block import brief_targets
from lienvung.workflow.actors import Right

router = APIRouter(dependencies=[needs(Right.READ)])


@router.get("/vi/dia-ban", name="areas-vi")
@router.get("/en/areas", name="areas-en")
def areas(request: Request) -> Response:
    """All areas, those of the region first."""
    world, lang = world_of(request), lang_of(request)
    etag = etag_of(request, world.reader.snapshot)
    published = set(find_series(world.reader)["area_key"].to_pylist())
    groups = group_places(map(str, world.catalogue.gazetteer.areas), world.catalogue, lang, ())
    return not_modified(request, etag) or send_page(request, "areas.html", etag, groups=groups, published=published)


@router.get("/vi/dia-ban/{key}", name="area-vi")
@router.get("/en/areas/{key}", name="area-en")
def area(request: Request, key: str) -> Response:
    """One area: its newest figures, what it was and became. A bare code goes to the unit it means, if only one."""
    world, lang = world_of(request), lang_of(request)
    places = world.catalogue.gazetteer
    if "@" not in key:
        return RedirectResponse(Links(lang).area(str(places.resolve_asked(key, None, None))), 307)
    found = places.area(AreaKey.parse(key))
    etag = etag_of(request, f"{world.reader.snapshot} {datetime.now().date()}")
    if cached := not_modified(request, etag):
        return cached
    groups = group_figures(find_latest(world.reader, (found.key,)), world.catalogue, lang)
    before, after = find_kin(found, world.catalogue, lang)
    regions = [places.region(m.region) for m in places.memberships if m.area == found.key]
    return send_page(
        request, "area.html", etag, area=found, name=full_name(found, world.catalogue, lang), groups=groups,
        before=before, after=after, regions=regions, drawing=draw_position(found, world.catalogue, lang),
        targets=brief_targets(world, (str(found.key), found.key.code), lang), has_model=found.level != "region",
    )  # fmt: skip
