"""The drawing of each page: which chart, of which rows, with its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from lienvung.assemble import World
from lienvung.domain.areas import Area, AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import OPEN_DAY
from lienvung.present.charts.drawing import Chart, MapUse
from lienvung.present.derived import describe_drawn, pick_drawn
from lienvung.present.drawings import (
    Titles,
    chart_bars,
    chart_lines,
    chart_map,
    chart_position,
    chart_region,
    embed_drawing,
)  # fmt: skip
from lienvung.present.geography import VINTAGES, has_boundaries
from lienvung.present.headlines import Headline
from lienvung.present.indicators import series_title
from lienvung.present.places import name_places
from lienvung.present.svg import can_draw
from lienvung.web.converted import ask_converted
from lienvung.web.links import Links
from lienvung.web.state import VIEWS

if TYPE_CHECKING:
    from lienvung.web.indicators import IndicatorView


@dataclass(frozen=True)
class Drawn:
    """A drawing for a page, and the rows it needed beyond those of the table."""

    kind: str
    chart: Chart | None
    html: str
    tables: tuple[pa.Table, ...] = ()
    note: str = ""
    boundary: str = ""
    ways: str = ""


def view_kind(view: IndicatorView) -> str:
    """The parameter of the drawing to make: asked for, else lines where there are at least two periods."""
    return view.state.view or ("duong" if len(view.grid.periods) > 1 else "cot")


def draw_view(world: World, view: IndicatorView, lang: str) -> Drawn:
    """The drawing of an indicator page."""
    kind = view_kind(view)
    if not can_draw() or not view.grid.figures or (VIEWS[kind] == "map" and not has_boundaries()):
        return Drawn(kind, None, "", note="" if can_draw() else "drawing_none")
    titles = name_view(world, view, lang)
    if VIEWS[kind] == "map":
        return _draw_map(world, view, titles, lang)
    if VIEWS[kind] == "line":
        breaks = {b.period for b in world.catalogue.breaks_of(view.indicator.code) if not b.area}
        chart = chart_lines(view.grid, titles, breaks - set(view.grid.periods[:1]))
    else:
        chart = chart_bars(view.grid, view.period, titles)
    return Drawn(kind, chart, embed_drawing(chart, lang, {}))


def name_view(world: World, view: IndicatorView, lang: str) -> Titles:
    """The names that go with a drawing of this view."""
    unit = world.catalogue.units.get(view.indicator.unit)
    title = series_title(view.indicator, world.catalogue, view.choice.breakdown, view.choice.activity, lang)
    return Titles(title, unit.name(lang) if unit else view.indicator.unit, view.indicator.decimals, lang)


def _draw_map(world: World, view: IndicatorView, titles: Titles, lang: str) -> Drawn:
    from lienvung.web.indicators import ask_figures

    if view.state.is_converted:
        return _draw_converted_map(world, view, titles, lang)
    table = None
    if view.period:
        table = ask_figures(world, view.indicator.code, view.choice, view.state, (), view.period).table
        table = table.filter(pc.equal(table["period"], view.period))
    boundary = view.state.boundary if view.state.boundary in VINTAGES else fuller_boundary(table)
    values = province_values(table, boundary)
    if not values or table is None:
        return Drawn("ban-do", None, "", note="map_not_provinces", boundary=boundary)
    chart = chart_map(values, MapUse(boundary), titles, view.period, world.catalogue)
    hrefs = {name: Links(lang).area(key) for name, key in chart.keys.items()}
    return Drawn("ban-do", chart, embed_drawing(chart, lang, hrefs), (table,), boundary=boundary)


def _draw_converted_map(world: World, view: IndicatorView, titles: Titles, lang: str) -> Drawn:
    """All units of the asked boundary in one period; a total of a region has no map."""
    boundary = next((b for b, day in VINTAGES.items() if day == view.state.territory), "")
    if view.state.total or not boundary or not view.period:
        return Drawn("ban-do", None, "", note="map_not_provinces")
    everywhere: dict[str, str | None] = {"region": None, "areas": None, "start": view.period, "end": view.period}
    code = view.indicator.code
    answer = ask_converted(world, code, view.choice, view.state, (), everywhere)
    drawn = [r for r in pick_drawn(answer.table.to_pylist()) if r["period"] == view.period]
    values = {_map_key(r["area_key"]): r["value"] for r in drawn if _boundary_of(r["area_key"]) == boundary}
    if not values:
        return Drawn("ban-do", None, "", note="map_not_provinces")
    chart = chart_map(values, MapUse(boundary), titles, view.period, world.catalogue)
    hrefs = {name: Links(lang).area(key) for name, key in chart.keys.items()}
    html = embed_drawing(chart, lang, hrefs)
    return Drawn("ban-do", chart, html, (answer.table,), boundary=boundary, ways=describe_drawn(drawn, lang))


def province_values(table: pa.Table | None, boundary: str) -> dict[str, float | None]:
    """Province → value, of the provinces that belong to a boundary."""
    if table is None:
        return {}
    pairs = zip(table["area_key"].to_pylist(), table["value"].to_pylist(), strict=True)
    found = {_map_key(key): value for key, value in pairs if _boundary_of(key) == boundary}
    return {key: value for key, value in found.items() if key[:2].isdigit()}


def _boundary_of(key: str) -> str:
    return "63" if AreaKey.parse(key).valid_from == VINTAGES["63"] else "34"


def _map_key(key: str) -> str:
    """The map's name of an area: units of the new list that changed only their kind keep their place."""
    area = AreaKey.parse(key)
    return key if area.valid_from == VINTAGES["63"] else f"{area.code}@{VINTAGES['34']}"


def fuller_boundary(table: pa.Table | None) -> str:
    """The boundary that more provinces of these rows belong to."""
    counts = {boundary: len(province_values(table, boundary)) for boundary in VINTAGES}
    return max(counts, key=lambda boundary: counts[boundary])


def draw_region(world: World, headline: Headline | None, members: list[str], boundary: str, lang: str) -> Drawn:
    """The region's map, coloured by a headline indicator where there is one."""
    if not can_draw() or not has_boundaries() or not members:
        return Drawn("ban-do", None, "")
    places = name_places(members, world.catalogue, lang)
    chart = chart_region(headline, places, MapUse(boundary, tuple(members)), lang)
    hrefs = {name: Links(lang).area(key) for name, key in chart.keys.items()}
    return Drawn("ban-do", chart, embed_drawing(chart, lang, hrefs), boundary=boundary)


def draw_position(area: Area, catalogue: Catalogue, lang: str) -> Drawn:
    """The country with one province marked."""
    if area.level != "province" or not can_draw() or not has_boundaries():
        return Drawn("ban-do", None, "")
    boundary = "34" if area.valid_to == OPEN_DAY else "63"
    chart = chart_position(_map_key(str(area.key)), area.name(lang), MapUse(boundary), lang)
    return Drawn("ban-do", chart, embed_drawing(chart, lang, {}), boundary=boundary)
