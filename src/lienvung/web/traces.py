"""Where one figure came from: down to its cell as printed, down to its inputs where computed."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from lienvung.assemble import World
from lienvung.chain import ask_derivation, ask_vintages, is_derived
from lienvung.domain.handovers import Question
from lienvung.domain.periods import Period
from lienvung.errors import NotFound
from lienvung.gate import needs
from lienvung.present.choices import name_choices
from lienvung.present.derived import list_derivations
from lienvung.present.places import name_place
from lienvung.present.refusals import say_note
from lienvung.present.traces import list_vintages
from lienvung.query.choices import find_choices
from lienvung.web.answers import etag_of, lang_of, not_modified, send_page, world_of
from lienvung.web.pickers import name_territories
from lienvung.web.state import NAMES, IndicatorState
from lienvung.workflow.actors import Right

router = APIRouter(dependencies=[needs(Right.READ)])


@router.get("/vi/nguon-so/{indicator}/{area_key}/{period:path}", name="trace-vi")
@router.get("/en/trace/{indicator}/{area_key}/{period:path}", name="trace-en")
def trace(request: Request, indicator: str, area_key: str, period: str) -> Response:
    """Every vintage of one figure, down to the cell; on another boundary its formula and its inputs."""
    world, lang = world_of(request), lang_of(request)
    etag = etag_of(request, world.reader.snapshot)
    if cached := not_modified(request, etag):
        return cached
    state = IndicatorState.read(request.query_params)
    parts = {"activity": state.activity or None, "breakdown": state.breakdown or None}
    if is_derived(world.catalogue, area_key, state.conversion()):
        found = _derivation_parts(world, indicator, area_key, period, state, {**parts, **state.conversion()}, lang)
        return send_page(request, "derivation.html", etag, **found)
    table = ask_vintages(
        world.catalogue, world.reader, indicator, area_key, period, {**parts, "issuer": state.issuer or None}
    )
    found = _vintage_parts(world, table, lang)
    return send_page(request, "trace.html", etag, period=period, **found)


def _vintage_parts(world: World, table: Any, lang: str) -> dict[str, Any]:  # noqa: ANN401 - an Arrow table
    catalogue, first = world.catalogue, table.slice(0, 1).to_pylist()[0]
    question = Question((first["indicator"],), (_key(world, first["area_key"]),), periods=(first["period"],))
    chosen = name_choices(find_choices(world.reader, question), catalogue, first["issuer"], lang)
    return {
        "indicator": catalogue.indicator(first["indicator"]), "area_key": first["area_key"],
        "area": name_place(first["area_key"], catalogue, lang, is_full=True),
        "vintages": list_vintages(table, catalogue, lang),
        "chosen": chosen.get((first["area_key"], first["period"]), ""),
    }  # fmt: skip


def _key(world: World, text: str) -> Any:  # noqa: ANN401 - a key of areas
    return world.catalogue.gazetteer.resolve_asked(text, None, None)


def _derivation_parts(
    world: World, indicator: str, area_key: str, period: str, state: IndicatorState, choices: dict[str, Any], lang: str
) -> dict[str, Any]:
    """What the template of a computed figure asks for.

    Raises:
        NotFound: the issuer asked for has none.
    """
    catalogue = world.catalogue
    answer = ask_derivation(catalogue, world.reader, indicator, area_key, period, choices)
    rows = [r for r in answer.table.to_pylist() if r["issuer"] == (state.issuer or r["issuer"])]
    if not rows:
        raise NotFound(what=f"{indicator} {area_key} {period} {state.issuer}", choices="")
    key = rows[0]["area_key"]
    back = {**state.query(), NAMES["areas"]: None if state.total else area_key}
    return {
        "indicator": catalogue.indicator(indicator), "area_key": key, "period": Period.parse(period).text,
        "area": name_place(key, catalogue, lang, is_full=True),
        "territory": dict(name_territories(state, lang)).get(answer.boundary, answer.boundary),
        "notes": [say_note(note.vi if lang == "vi" else note.en, catalogue, lang) for note in answer.notes],
        "claims": list_derivations(rows, catalogue, lang), "clocks": state.clocks(), "query": back,
        "has_page": any(str(k) == key for k in catalogue.gazetteer.areas),
        "here": {**state.query(), NAMES["published"]: None, NAMES["recorded"]: None},
    }  # fmt: skip
