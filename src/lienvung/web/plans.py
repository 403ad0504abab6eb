"""Plans and targets: the register, one document, targets against figures, plans against each other."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from lienvung.analyse.targets.conflicts import PLAN_RULES, compare_region_plans
from lienvung.analyse.targets.proposals import propose_targets
from lienvung.analyse.targets.tracking import track_all, track_target
from lienvung.analyse.targets.yardsticks import find_warnings, find_yardsticks
from lienvung.assemble import World
from lienvung.domain.comparisons import AGREES
from lienvung.domain.tracking import STATE_NAMES, Track
from lienvung.errors import BadValue
from lienvung.gate import needs
from lienvung.present.drawings import embed_drawing
from lienvung.present.plans import (
    comparison_record,
    name_territory,
    plan_records,
    say,
    target_record,
    track_record,
    write_required,
    write_track,
)
from lienvung.present.reconciliations import reconciliation_record
from lienvung.present.svg import can_draw
from lienvung.present.targets import chart_target
from lienvung.present.yardsticks import warning_record, yardstick_records
from lienvung.web.answers import etag_of, lang_of, not_modified, send_page, world_of
from lienvung.workflow.actors import Right

router = APIRouter(dependencies=[needs(Right.READ)])


def _etag(request: Request) -> str:
    """Changes with the day too: a target whose time is over is told so."""
    return etag_of(request, f"{world_of(request).reader.snapshot} {datetime.now().date()}")


@router.get("/vi/quy-hoach", name="plans-vi")
@router.get("/en/plans", name="plans-en")
def plans(request: Request) -> Response:
    """The register: documents, what does not agree, how many targets stand where."""
    etag, world, lang = _etag(request), world_of(request), lang_of(request)
    if cached := not_modified(request, etag):
        return cached
    register = world.plans
    found = [c for c in compare_region_plans(world.reader, world.catalogue, register) if c.verdict != AGREES]
    counts = Counter(t.state for t in _tracks(world))
    return send_page(
        request, "plans.html", etag,
        plans=plan_records(register.plans.values(), register, world.catalogue, lang),
        count=len(register.targets), states=[(s, say(n, lang), counts[s]) for s, n in STATE_NAMES.items()],
        comparisons=[comparison_record(c, register, world.catalogue, lang) for c in found],
    )  # fmt: skip


@router.get("/vi/quy-hoach/{key}", name="plan-vi")
@router.get("/en/plans/{key}", name="plan-en")
def plan(request: Request, key: str) -> Response:
    """One document with its targets."""
    etag, world, lang = _etag(request), world_of(request), lang_of(request)
    if cached := not_modified(request, etag):
        return cached
    register, catalogue = world.plans, world.catalogue
    found = register.plan(key)
    (about,) = plan_records([found], register, catalogue, lang)
    tracks = track_all(world.reader, catalogue, register, register.of_plan(found.key), datetime.now().date())
    rows = sorted((_row(t, world, lang) for t in tracks), key=lambda r: str(r["target"]))
    return send_page(request, "plan.html", etag, plan=about, rows=rows, later=register.successors(found.key))


@router.get("/vi/muc-tieu", name="targets-vi")
@router.get("/en/targets", name="targets-en")
def targets(request: Request) -> Response:
    """Targets in force by state."""
    state = request.query_params.get("tinh-trang", "")
    if state not in ("", *STATE_NAMES):
        raise BadValue(value=state, name="tinh-trang", choices=", ".join(STATE_NAMES))
    etag, world, lang = _etag(request), world_of(request), lang_of(request)
    if cached := not_modified(request, etag):
        return cached
    wanted = {t for t in request.query_params.get("dia-ban", "").split(",") if t}
    tracks = [t for t in _tracks(world) if not wanted or t.target.territory in wanted]
    counts = Counter(t.state for t in tracks)
    rows = [_row(t, world, lang) for t in tracks if state in ("", t.state)]
    states = [(s, say(n, lang), counts[s]) for s, n in STATE_NAMES.items()]
    today = datetime.now().date()
    found = [] if state else find_warnings(world.reader, world.catalogue, world.plans, tracks, today)
    return send_page(
        request, "targets.html", etag, rows=rows, states=states, state=state, count=len(tracks),
        only=[name_territory(t, world.catalogue, lang) for t in sorted(wanted)], wanted=",".join(sorted(wanted)),
        warnings=[warning_record(w, world.plans, world.catalogue, lang) for w in found],
    )  # fmt: skip


@router.get("/vi/muc-tieu/{key}", name="target-vi")
@router.get("/en/targets/{key}", name="target-en")
def target(request: Request, key: str) -> Response:
    """One target: its versions, what is left to do, what it is held to, whom it disagrees with."""
    etag, world, lang = _etag(request), world_of(request), lang_of(request)
    if cached := not_modified(request, etag):
        return cached
    return send_page(request, "target.html", etag, **_target_parts(world, key, lang))


def _target_parts(world: World, key: str, lang: str) -> dict[str, Any]:
    register, catalogue = world.plans, world.catalogue
    found = register.target(key)
    track = track_target(world.reader, catalogue, register, found, datetime.now().date())
    chart = chart_target(track, catalogue, lang) if can_draw() else None
    compared = compare_region_plans(world.reader, catalogue, register)
    yards = find_yardsticks(world.reader, catalogue, register, [track]).get(found.key, [])
    others = [t for t in register.of_indicator(found.indicator) if found.indicator and t.key != found.key]
    return {
        "target": target_record(found, register, catalogue, lang), "track": track,
        "state": say(STATE_NAMES[track.state], lang), "lines": write_track(track, catalogue, lang)[1:],
        "chart": chart, "drawing": embed_drawing(chart, lang, {}) if chart else "",
        "versions": [target_record(t, register, catalogue, lang) for t in register.versions(found.key)],
        "comparisons": [comparison_record(c, register, catalogue, lang) for c in compared if found.key in c.targets],
        "yardsticks": yardstick_records(yards, track, catalogue, lang) if yards else [],
        "needed": "".join(write_required(r, catalogue.units[found.unit].name(lang), lang) for r in track.required[:1]),
        "others": [target_record(t, register, catalogue, lang) for t in others if register.is_current(t)],
    }  # fmt: skip


@router.get("/vi/doi-chieu-quy-hoach", name="comparisons-vi")
@router.get("/en/plan-comparisons", name="comparisons-en")
def comparisons(request: Request) -> Response:
    """Every comparison of plans, those that do not agree first, and the rules."""
    etag, world, lang = _etag(request), world_of(request), lang_of(request)
    if cached := not_modified(request, etag):
        return cached
    found = compare_region_plans(world.reader, world.catalogue, world.plans)
    records = [comparison_record(c, world.plans, world.catalogue, lang) for c in found]
    regions = sorted(
        {t.territory for t in world.plans.targets.values() if t.territory in world.catalogue.gazetteer.regions}
    )
    offered = [
        p for r in regions for p in propose_targets(world.reader, world.catalogue, world.plans, r) if p.is_needed
    ]
    proposals = [reconciliation_record(p, world.plans, world.catalogue, lang) for p in offered]
    rules = [(r.id, r.vi if lang == "vi" else r.en) for r in PLAN_RULES]
    return send_page(request, "comparisons.html", etag, comparisons=records, rules=rules, proposals=proposals)


def _tracks(world: World) -> list[Track]:
    current = [t for t in world.plans.targets.values() if world.plans.is_current(t)]
    return track_all(world.reader, world.catalogue, world.plans, current, datetime.now().date())


def _row(track: Track, world: World, lang: str) -> dict[str, Any]:
    """A line of a list of targets."""
    record = track_record(track, world.plans, world.catalogue, lang)
    needed = [write_required(r, str(record["unit_name"]), lang) for r in track.required]
    return {**record, "needed": needed}
