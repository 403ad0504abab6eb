"""Figures into charts: lines over time, bars of one period, maps; and a chart into the HTML of a page."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.periods import Period
from lienvung.present.charts.bar import BarItem, build_bars
from lienvung.present.charts.choropleth import MapValue, build_map
from lienvung.present.charts.drawing import Chart, MapUse
from lienvung.present.charts.line import MOST_LINES, LineSeries, build_lines
from lienvung.present.charts.palette import ACCENT, VARIABLES
from lienvung.present.geography import features_of
from lienvung.present.grids import Grid
from lienvung.present.headlines import Headline
from lienvung.present.numbers import format_number, format_period
from lienvung.present.places import Place
from lienvung.present.svg import render_inline
from lienvung.present.text_alternative import describe_bars, describe_lines, describe_map
from lienvung.present.texts import Texts


@dataclass(frozen=True)
class Titles:
    """The names that go with a drawing."""

    title: str
    unit: str
    decimals: int
    lang: str


def _values(grid: Grid) -> dict[tuple[str, str], float | None]:
    cells = [c for line in grid.lines for c in line.cells if c.is_published]
    return {(c.area_key, c.period): c.value if c.is_drawn else None for c in cells}


def every_period(periods: Sequence[str]) -> list[str]:
    """All years between the first and the last, so that a gap in a yearly series is seen as one."""
    if not periods or any(Period.parse(p).freq != "A" for p in periods):
        return list(periods)
    return [str(year) for year in range(int(periods[0]), int(periods[-1]) + 1)]


def chart_lines(grid: Grid, titles: Titles, breaks: Collection[str] = ()) -> Chart:
    """A line per area; the first eight that have figures."""
    values, periods = _values(grid), every_period(grid.periods)
    made = {(c.area_key, c.period) for line in grid.lines for c in line.cells if c.mark}
    lines = [
        LineSeries(
            p.name,
            tuple(values.get((p.key, t)) for t in periods),
            frozenset(i for i, t in enumerate(periods) if (p.key, t) in made),
        )
        for p in grid.places
    ]
    lines = [line for line in lines if any(v is not None for v in line.values)][:MOST_LINES]
    words = describe_lines(
        titles.title, titles.unit, [(x.name, x.values) for x in lines], periods, titles.decimals, titles.lang
    )
    marks = [i for i, t in enumerate(periods) if t in breaks]
    labels = [format_period(t, titles.lang) for t in periods]
    return Chart(titles.title, words, build_lines(lines, labels, titles.unit, marks), titles.decimals, titles.unit)


def chart_bars(grid: Grid, period: str, titles: Titles) -> Chart:
    """A bar per area in one period."""
    values, texts = _values(grid), Texts(titles.lang)
    marks = {(c.area_key, c.period): c.mark for line in grid.lines for c in line.cells}
    items = []
    for place in grid.places:
        value = values.get((place.key, period))
        text = texts("words_none") if value is None else format_number(value, titles.decimals, titles.lang)
        sign = marks.get((place.key, period), "") if value is not None else ""
        items.append(BarItem(place.name, value, f"{text} {texts(f'mark_{sign}_short')}" if sign else text))
    words = describe_bars(titles.title, titles.unit, period, [(i.name, i.text) for i in items], titles.lang)
    title = f"{titles.title}, {format_period(period, titles.lang)}"
    return Chart(title, words, build_bars(items), titles.decimals, titles.unit)


def chart_map(
    values: Mapping[str, float | None], use: MapUse, titles: Titles, period: str, catalogue: Catalogue
) -> Chart:
    """The provinces of one boundary in one period."""
    shape = build_map({k: MapValue(v) for k, v in values.items()}, use, titles.decimals, titles.lang)
    provinces = {f.province for f in features_of(use)}
    names = {key: _name(key, catalogue, titles.lang) for key in provinces}
    words = describe_map(
        titles.title, titles.unit, period, {names.get(k, k): v for k, v in values.items()},
        sum(1 for key in provinces if values.get(key) is None), titles.decimals, titles.lang,
    )  # fmt: skip
    title = f"{titles.title}, {format_period(period, titles.lang)}"
    labels = {f.name: names[f.province] for f in features_of(use)}
    keys = {f.name: f.province for f in features_of(use)}
    return Chart(title, words, (shape,), titles.decimals, titles.unit, use, labels, keys)


def _name(key: str, catalogue: Catalogue, lang: str) -> str:
    area = catalogue.gazetteer.areas.get(AreaKey.parse(key))
    return area.name(lang) if area else key


def chart_region(headline: Headline | None, places: Sequence[Place], use: MapUse, lang: str) -> Chart:
    """The region's provinces, named on the map, with their figures where there are any."""
    values = {
        p.key: MapValue(
            headline.values.get(p.key) if headline else None,
            p.name,
        )
        for p in places
    }
    decimals = headline.indicator.decimals if headline else 0
    shape = build_map(values, use, decimals, lang)
    title = headline.indicator.name(lang) if headline else Texts(lang)("home_map")
    names = {p.key: p.name for p in places}
    words = Texts(lang)("words_map_none", title=title)
    if headline:
        missing = sum(1 for v in values.values() if v.value is None)
        said = {names[k]: v.value for k, v in values.items()}
        words = describe_map(title, headline.unit, headline.period, said, missing, decimals, lang)
    labels = {f.name: names[f.province] for f in features_of(use)}
    keys = {f.name: f.province for f in features_of(use)}
    unit = headline.unit if headline else ""
    return Chart(title, words, (shape,), decimals, unit, use, labels, keys)


def chart_position(key: str, name: str, use: MapUse, lang: str) -> Chart:
    """The country with one province marked."""
    shape = build_map({}, use, 0, lang, is_small=True)
    for datum in shape.option["series"][0]["data"]:
        if datum["name"] == key:
            datum["itemStyle"] = {"areaColor": ACCENT}
    shape.option["series"][0]["itemStyle"]["areaColor"] = "#a3cbe3"
    return Chart(name, Texts(lang)("words_position", name=name), (shape,), map_use=use)


def _map_facts(use: MapUse) -> dict[str, Any]:
    return {"name": use.name, "href": f"/geo/provinces-{use.vintage}.json", "only": list(use.only) or None}


def embed_drawing(chart: Chart, lang: str, hrefs: Mapping[str, str]) -> Markup:
    """The drawing with what the browser needs to make it explorable; without JavaScript it is complete as it is."""
    use = chart.map_use
    facts: dict[str, Any] = {
        "shapes": {shape.kind: shape.option for shape in chart.shapes},
        "lang": lang, "decimals": chart.decimals, "unit": chart.unit, "none": Texts(lang)("no_figure"),
        "map": _map_facts(use) if use else None,
        "places": [{"name": n, "label": t, "href": hrefs.get(n)} for n, t in chart.labels.items()],
        "colours": VARIABLES,
    }  # fmt: skip
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    stage = f'<div class="stage">{render_inline(chart, lang)}</div>'
    return Markup(f'{stage}<script type="application/json">{text}</script>')  # noqa: S704 made of escaped parts
