"""Search over indicators, areas, plans and targets."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from lienvung.domain.names import nfc
from lienvung.gate import needs
from lienvung.present.plans import plan_records, target_record
from lienvung.present.searches import match_text
from lienvung.query.series import find_series
from lienvung.web.answers import etag_of, lang_of, not_modified, send_page, world_of
from lienvung.workflow.actors import Right

router = APIRouter(dependencies=[needs(Right.READ)])
LONGEST = 200


@router.get("/vi/tim", name="search-vi")
@router.get("/en/search", name="search-en")
def search(request: Request, q: str = "") -> Response:
    """What matches a few words."""
    world = world_of(request)
    etag = etag_of(request, world.reader.snapshot)
    matches = match_text(nfc(q)[:LONGEST], world.catalogue, lang_of(request), world.plans)
    published = set(find_series(world.reader)["indicator"].to_pylist())
    lang, register = lang_of(request), world.plans
    plans = plan_records(matches.plans, register, world.catalogue, lang)
    targets = [target_record(t, register, world.catalogue, lang) for t in matches.targets]
    return not_modified(request, etag) or send_page(
        request, "search.html", etag, matches=matches, published=published, plans=plans, targets=targets
    )
