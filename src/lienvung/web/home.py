"""The first page: the region's map, its headline figures, and the ways in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from lienvung.analyse.growth_model import regions_within
from lienvung.analyse.totals import calc_region_total
from lienvung.assemble import World
from lienvung.domain.areas import AreaKey
from lienvung.domain.clocks import OPEN_DAY
from lienvung.domain.handovers import Question
from lienvung.errors import BadValue
from lienvung.gate import needs
from lienvung.present.headlines import Headline, build_headlines
from lienvung.present.indicators import list_indicators
from lienvung.present.places import name_places
from lienvung.query.observations import find_observations
from lienvung.query.releases import find_releases
from lienvung.query.series import find_series
from lienvung.web.answers import HEADERS, etag_of, lang_of, not_modified, preferred_lang, send_page, world_of
from lienvung.web.figures import draw_region
from lienvung.web.target_block import brief_targets
from lienvung.workflow.actors import Right

router = APIRouter(dependencies=[needs(Right.READ)])
BOUNDARIES = ("63", "34")


@router.get("/", name="root")
def root(request: Request) -> Response:
    """To the reader's language."""
    lang = preferred_lang(request.headers.get("accept-language", ""))
    return RedirectResponse(f"/{lang}/", 307, {**HEADERS, "Vary": "Accept-Language"})


@router.get("/vi/", name="home-vi")
@router.get("/en/", name="home-en")
def home(request: Request) -> Response:
    """The region at a glance."""
    world = world_of(request)
    etag = etag_of(request, f"{world.reader.snapshot} {datetime.now().date()}")
    return not_modified(request, etag) or send_page(request, "home.html", etag, **home_parts(request, world))


def home_parts(request: Request, world: World) -> dict[str, Any]:
    """What the template of the first page asks for."""
    lang, catalogue = lang_of(request), world.catalogue
    boundary = request.query_params.get("ranh-gioi") or BOUNDARIES[0]
    if boundary not in BOUNDARIES:
        raise BadValue(value=boundary, name="ranh-gioi", choices=", ".join(BOUNDARIES))
    members = region_members(world, boundary)
    headlines = ask_headlines(world, members, lang)
    shown = request.query_params.get("chi-tieu", "")
    mapped = next((h for h in headlines if h.indicator.code == shown), headlines[0] if headlines else None)
    return {
        "region": catalogue.gazetteer.region(catalogue.region),
        "boundary": boundary, "headlines": headlines, "mapped": mapped,
        "drawing": draw_region(world, mapped, members, boundary, lang),
        "places": name_places(members, catalogue, lang),
        "partial": {str(m.area): m.note for m in catalogue.gazetteer.members(catalogue.region) if m.is_partial},
        "groups": list_indicators(catalogue, find_series(world.reader), lang),
        "releases": find_releases(world.reader)[:4],
        "targets": brief_targets(world, regions_within(catalogue), lang),
    }  # fmt: skip


def region_members(world: World, boundary: str) -> list[str]:
    """The region's provinces of the old (63) or the new (34) boundaries."""
    places = world.catalogue.gazetteer
    members = [places.area(m.area) for m in places.members(world.catalogue.region)]
    return [str(a.key) for a in members if (a.valid_to == OPEN_DAY) == (boundary == "34")]


def ask_headlines(world: World, members: list[str], lang: str) -> list[Headline]:
    """The headline indicators with the figures of these provinces."""
    catalogue = world.catalogue
    codes = tuple(code for code in catalogue.headline if code in catalogue.indicators)
    question = Question(indicators=codes, areas=tuple(AreaKey.parse(m) for m in members))
    answer = find_observations(world.reader, question, sorted({catalogue.dataflow_of(c) for c in codes}))
    partial = {str(m.area) for m in catalogue.gazetteer.members(catalogue.region) if m.is_partial}
    is_whole = partial.isdisjoint(members)  # a province of which only a part belongs would be counted in full
    return build_headlines(answer.table, catalogue, lang, members, calc_region_total if is_whole else None)
