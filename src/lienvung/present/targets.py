"""A target as a drawing: what years brought, and the path that is left."""

from __future__ import annotations

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.tracking import Required, Track
from lienvung.present.charts.drawing import Chart
from lienvung.present.charts.line import LineSeries, build_lines
from lienvung.present.text_alternative import describe_lines
from lienvung.present.texts import Texts

EARLIEST = 12
"""So many years before the newest figure are drawn."""


def chart_target(track: Track, catalogue: Catalogue, lang: str) -> Chart | None:
    """The figures of recent years and what the years left must bring; None where there is no figure."""
    latest = track.latest
    if latest is None:
        return None
    texts, unit = Texts(lang), catalogue.units[track.target.unit]
    end = max(latest.year, track.target.span.end.year if track.required else latest.year)
    years = list(range(max(track.figures[0].year, latest.year - EARLIEST), end + 1))
    figures = {f.year: f.value for f in track.figures}
    lines = [LineSeries(texts("target_figures"), tuple(figures.get(y) for y in years))]
    for required in track.required[:1]:
        path = path_of(track, required)
        marks = frozenset(i for i, y in enumerate(years) if y in path and y not in figures)
        lines.append(LineSeries(texts("target_path"), tuple(path.get(y) for y in years), marks))
    title = track.target.name_vi if lang == "vi" else track.target.name_en
    words = describe_lines(
        title, unit.name(lang), [(x.name, x.values) for x in lines], [str(y) for y in years], 1, lang
    )
    return Chart(title, words, build_lines(lines, [str(y) for y in years], unit.name(lang)), 1, unit.name(lang))


def path_of(track: Track, required: Required) -> dict[int, float]:
    """The values by year if every year left brings what is required; from the newest figure on."""
    latest = track.latest
    years = range(required.first, required.last + 1)
    if latest is None:
        return {}
    if track.method in ("growth", "total"):
        return dict.fromkeys(years, required.low)
    path = {latest.year: latest.value}
    for year in years:
        before = path.get(year - 1, latest.value)
        path[year] = before * (1 + required.low / 100) if required.is_pct else before + required.low
    return path
