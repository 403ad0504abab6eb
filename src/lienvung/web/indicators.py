"""The list of indicators and the page of one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from fastapi import APIRouter, Request, Response

from lienvung.assemble import World
from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.handovers import Answer, DerivedAnswer, Question
from lienvung.domain.indicators import Indicator
from lienvung.domain.observations import TOTAL
from lienvung.domain.periods import Period, parse_span
from lienvung.errors import NotAdditive, NotFound, PartsMissing
from lienvung.gate import needs
from lienvung.present.choices import name_choices
from lienvung.present.derived import describe_drawn, pick_drawn, source_table
from lienvung.present.grids import Grid, build_grid
from lienvung.present.indicators import cite_sources, describe_indicator, list_indicators, name_code, series_title
from lienvung.present.refusals import say_note
from lienvung.query.choices import find_choices
from lienvung.query.observations import find_observations
from lienvung.query.series import find_series
from lienvung.query.vintages import find_vintages
from lienvung.web.answers import etag_of, lang_of, not_modified, send_page, world_of
from lienvung.web.choices import Choice, choose
from lienvung.web.converted import ask_converted
from lienvung.web.figures import draw_view
from lienvung.web.pickers import picker_parts, refusal_parts
from lienvung.web.state import NAMES, VIEWS, IndicatorState
from lienvung.workflow.actors import Right

router = APIRouter(dependencies=[needs(Right.READ)])
MOST_REVISED = 12
"""So many areas are linked to the history of their series."""


@dataclass(frozen=True)
class IndicatorView:
    """Everything that a page or a download of one indicator shows."""

    indicator: Indicator
    state: IndicatorState
    choice: Choice
    answer: Answer
    grid: Grid

    @property
    def period(self) -> str:
        """The period of the map and of the bars: the one asked for, else the fullest of the latest."""
        if self.state.period:
            return Period.parse(self.state.period).text
        counts = dict.fromkeys(self.grid.periods, 0)
        for cell in (c for line in self.grid.lines for c in line.cells if c.value is not None and c.is_drawn):
            counts[cell.period] += 1
        most = max(counts.values(), default=0)
        return next((t for t in reversed(self.grid.periods) if counts[t] == most), "")


def ask_view(world: World, code: str, state: IndicatorState, lang: str) -> IndicatorView | None:
    """The view of an indicator; None where nothing of it is published.

    Raises:
        CatalogueError, QuestionError, StoreMissing: as the address or the store gives cause.
    """
    catalogue = world.catalogue
    indicator = catalogue.indicator(code)
    series = find_series(world.reader, [indicator.code])
    if not series.num_rows:
        return None
    if state.is_converted:
        return _ask_converted(world, indicator, series, state, lang)
    choice = choose(catalogue, series, state)
    answer = ask_figures(world, indicator.code, choice, state, choice.areas)
    changed = count_vintages(world, indicator.code, choice)
    chosen = name_choices(find_choices(world.reader, answer.question), catalogue, choice.issuer, lang)
    grid = build_grid(answer.table, catalogue, lang, choice.areas, indicator.decimals, changed, chosen)
    return IndicatorView(indicator, state, choice, answer, grid)


def _ask_converted(
    world: World, indicator: Indicator, series: pa.Table, state: IndicatorState, lang: str
) -> IndicatorView:
    """Values on another boundary or of a whole region, of one issuer and frequency.

    Raises:
        NotAdditive, PartsMissing, NotFound: no value can be given.
    """
    catalogue = world.catalogue
    choice = choose(catalogue, series, replace(state, areas=()))
    answer = ask_converted(world, indicator.code, choice, state, state.areas)
    keys = tuple(dict.fromkeys(answer.table["area_key"].to_pylist()))
    grid = build_grid(answer.table, catalogue, lang, keys, indicator.decimals)
    return IndicatorView(indicator, state, replace(choice, areas=state.areas), answer, grid)


def ask_figures(
    world: World, code: str, choice: Choice, state: IndicatorState, areas: tuple[str, ...], period: str = ""
) -> Answer:
    """The rows of the chosen series, of one period if given."""
    first, last = parse_span(period or state.start or None, period or state.end or None)
    question = Question(
        indicators=(code,),
        areas=tuple(AreaKey.parse(a) for a in areas),
        first=first, last=last,
        issuers=(choice.issuer,), activities=(choice.activity,), breakdowns=(choice.breakdown,), freqs=(choice.freq,),
        published=state.published_day, recorded=state.recorded_moment,
    )  # fmt: skip
    return find_observations(world.reader, question, [world.catalogue.dataflow_of(code)])


def count_vintages(world: World, code: str, choice: Choice) -> dict[tuple[str, str], int]:
    """How many values the issuer published in turn, for each fact of the chosen areas that has more than one."""
    table = choice.series.filter(pc.is_in(choice.series["area_key"], value_set=pa.array(choice.areas, pa.string())))
    table = table.filter(pc.greater(table["vintages"], table["observations"]))
    counts: dict[tuple[str, str], int] = {}
    for area in table["area_key"].to_pylist():
        rows = find_vintages(world.reader, code, area, choice.activity, choice.breakdown, choice.issuer)
        days: dict[str, set[object]] = {}
        for period, day in zip(rows["period"].to_pylist(), rows["published_from"].to_pylist(), strict=True):
            days.setdefault(period, set()).add(day)
        counts |= {(area, period): len(found) for period, found in days.items() if len(found) > 1}
    return counts


@router.get("/vi/chi-tieu", name="indicators-vi")
@router.get("/en/indicators", name="indicators-en")
def indicators(request: Request) -> Response:
    """All indicators by official group."""
    world, lang = world_of(request), lang_of(request)
    etag = etag_of(request, world.reader.snapshot)
    if cached := not_modified(request, etag):
        return cached
    groups = list_indicators(world.catalogue, find_series(world.reader), lang)
    return send_page(request, "indicators.html", etag, groups=groups)


@router.get("/vi/chi-tieu/{code}", name="indicator-vi")
@router.get("/en/indicators/{code}", name="indicator-en")
def indicator(request: Request, code: str) -> Response:
    """One indicator: chart, map or bars, and the table."""
    world, lang = world_of(request), lang_of(request)
    etag = etag_of(request, world.reader.snapshot)
    if cached := not_modified(request, etag):
        return cached
    state = IndicatorState.read(request.query_params)
    found = world.catalogue.indicator(code)
    facts = describe_indicator(found, world.catalogue, lang)
    try:
        view = ask_view(world, code, state, lang)
    except (NotAdditive, PartsMissing, NotFound) as refusal:
        if not state.is_converted:
            raise
        parts = refusal_parts(world, found, state, refusal, lang)
        return send_page(request, "indicator_refused.html", etag, facts=facts, **parts)
    if view is None:
        return send_page(request, "indicator_empty.html", etag, indicator=found, facts=facts)
    return send_page(request, "indicator.html", etag, facts=facts, **page_parts(world, view, lang))


def page_parts(world: World, view: IndicatorView, lang: str) -> dict[str, Any]:
    """What the template of the indicator page asks for."""
    catalogue, choice, indicator = world.catalogue, view.choice, view.indicator
    drawing = draw_view(world, view, lang)
    answer = view.answer
    told = answer.notes if isinstance(answer, DerivedAnswer) else ()
    issuers = list(dict.fromkeys(answer.table["issuer"].to_pylist())) or [choice.issuer]
    part = name_part(choice)
    drawn = pick_drawn(answer.table.to_pylist()) if isinstance(answer, DerivedAnswer) else []
    return {
        "indicator": indicator,
        "title": series_title(indicator, catalogue, choice.breakdown, choice.activity, lang),
        **picker_parts(world, indicator, choice, view.state, lang),
        "grid": view.grid, "period": view.period, "drawing": drawing, "views": VIEWS, "periods": view.grid.periods,
        "notes": [say_note(note.vi if lang == "vi" else note.en, catalogue, lang) for note in told],
        "drawn": describe_drawn(drawn, lang) if VIEWS[drawing.kind] != "map" else "",
        "clocks": view.state.clocks(), "part": part, "issuer_code": issuers[0],
        "made_part": {**part, **view.state.computation()},
        "revised": [p for p in view.grid.places if p.key in choice.available][:MOST_REVISED],
        "issuer": ", ".join(name_code(catalogue.issuers, code, lang) for code in issuers),
        "unit": catalogue.units[indicator.unit].name(lang) if indicator.unit in catalogue.units else indicator.unit,
        "citations": cite_sources([source_table(t) for t in (answer.table, *drawing.tables)], catalogue, lang),
        "total": pc.sum(find_series(world.reader, [indicator.code])["observations"]).as_py(),
        "breaks": catalogue.breaks_of(indicator.code), "break_areas": name_break_areas(catalogue, indicator.code, lang),
        "siblings": [i for i in catalogue.indicators.values()
                     if i.indicator_key == indicator.indicator_key and i.code != indicator.code],
    }  # fmt: skip


def name_part(choice: Choice) -> dict[str, str | None]:
    """The parameters of the part shown, where it is not the total."""
    parts = {"breakdown": choice.breakdown, "activity": choice.activity}
    return {NAMES[name]: code for name, code in parts.items() if code != TOTAL}


def name_break_areas(catalogue: Catalogue, code: str, lang: str) -> dict[str, str]:
    """The names of the areas that a break is written for; the code itself where it is no single area."""
    named = {}
    for text in {b.area for b in catalogue.breaks_of(code) if b.area}:
        keys = [key for key in catalogue.gazetteer.areas if text in (key.code, str(key))]
        named[text] = catalogue.gazetteer.area(min(keys)).name(lang) if keys else text
    return named
