"""A line per area over time, each labelled at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lienvung.present.charts.drawing import NARROW, WIDE, Option, Shape, base_option
from lienvung.present.charts.palette import GRID, MUTED, SERIES, SURFACE, SYMBOLS, TEXT

MOST_LINES = len(SERIES)
LONGEST_NAME = 25
"""A longer name does not stand at the end of its line."""
FEW_POINTS = 40
"""Up to so many points each is marked; beyond, only those that stand alone."""


@dataclass(frozen=True)
class LineSeries:
    """One line; None is a gap, never a zero. ``computed``: places of the values that no source printed."""

    name: str
    values: tuple[float | None, ...]
    computed: frozenset[int] = frozenset()


def build_lines(
    lines: Sequence[LineSeries], periods: Sequence[str], unit: str, breaks: Sequence[int] = ()
) -> tuple[Shape, ...]:
    """The drawing for a desk and for a phone.

    Args:
        periods: the labels of the points, in order. breaks: places in it where the series is not comparable.
    """
    shown = list(lines[:MOST_LINES])
    return (_wide(shown, periods, unit, breaks), _narrow(shown, periods, unit, breaks))


def _axes(periods: Sequence[str], unit: str, size: int) -> Option:
    text = {"color": MUTED, "fontSize": size}
    return {
        "xAxis": {
            "type": "category", "data": list(periods), "boundaryGap": False,
            "axisLabel": {**text, "hideOverlap": True}, "axisTick": {"show": False},
            "axisLine": {"lineStyle": {"color": MUTED}},
        },
        "yAxis": {
            "type": "value", "scale": True, "name": unit, "splitNumber": 5,
            "nameTextStyle": {**text, "align": "left", "padding": [0, 0, 0, -8]}, "nameLocation": "end",
            "axisLabel": {**text, "formatter": "@axis"}, "splitLine": {"lineStyle": {"color": GRID}},
            "axisLine": {"show": False}, "axisTick": {"show": False},
        },
    }  # fmt: skip


def _series(lines: Sequence[LineSeries], is_direct: bool, breaks: Sequence[int]) -> list[Option]:
    found = []
    for index, line in enumerate(lines):
        colour = SERIES[index % len(SERIES)]
        series: Option = {
            "type": "line", "name": line.name, "data": _points(line, colour), "clip": False,
            "symbol": SYMBOLS[index % len(SYMBOLS)], "symbolSize": 7,
            "showAllSymbol": True if len(line.values) <= FEW_POINTS else "auto",
            "showSymbol": len(line.values) <= FEW_POINTS or _has_lone_points(line.values),
            "lineStyle": {"width": 2.25, "color": colour}, "itemStyle": {"color": colour},
            "endLabel": {"show": is_direct, "formatter": "{a}", "color": colour, "fontSize": 13, "distance": 8,
                         "textBorderWidth": 0},
            "labelLayout": {"moveOverlap": "shiftY"}, "emphasis": {"focus": "series"},
        }  # fmt: skip
        if breaks and index == 0:
            series["markLine"] = {
                "symbol": "none", "silent": True, "label": {"show": False},
                "lineStyle": {"color": MUTED, "type": "dashed", "width": 1}, "data": [{"xAxis": i} for i in breaks],
            }  # fmt: skip
        found.append(series)
    return found


def _points(line: LineSeries, colour: str) -> list[float | Option | None]:
    """The values; a computed one is drawn hollow."""
    hollow = {"color": SURFACE, "borderColor": colour, "borderWidth": 2}
    return [
        {"value": value, "itemStyle": hollow} if index in line.computed and value is not None else value
        for index, value in enumerate(line.values)
    ]


def _has_lone_points(values: Sequence[float | None]) -> bool:
    padded = [None, *values, None]
    return any(padded[i] is not None and padded[i - 1] is padded[i + 1] is None for i in range(1, len(padded) - 1))


def _legend(lines: Sequence[LineSeries], width: int) -> tuple[Option, int]:
    """A legend below the drawing and the height that it takes."""
    longest = max((len(line.name) for line in lines), default=0)
    columns = max(1, width // (34 + 7 * longest))
    rows = -(-len(lines) // columns)
    style = {"fontSize": 12, "color": TEXT}
    legend = {"bottom": 0, "left": 0, "itemWidth": 18, "itemHeight": 9, "itemGap": 10, "textStyle": style}
    return {**legend, "data": [line.name for line in lines]}, 22 * rows


def _wide(lines: Sequence[LineSeries], periods: Sequence[str], unit: str, breaks: Sequence[int]) -> Shape:
    """Names at the ends of the lines where all end together and names are short; a legend otherwise."""
    longest = max((len(line.name) for line in lines), default=0)
    if longest > LONGEST_NAME or any(line.values and line.values[-1] is None for line in lines):
        legend, height = _legend(lines, WIDE)
        option = {
            **base_option(), **_axes(periods, unit, 13),
            "grid": {"left": 14, "right": 24, "top": 38, "bottom": 14 + height, "containLabel": True},
            "legend": legend, "series": _series(lines, False, breaks),
        }  # fmt: skip
        return Shape(option, WIDE, 400 + height, "wide")
    margin = 24 + round(7.4 * longest)
    option = {
        **base_option(), **_axes(periods, unit, 13),
        "grid": {"left": 14, "right": margin, "top": 38, "bottom": 6, "containLabel": True},
        "series": _series(lines, True, breaks),
    }  # fmt: skip
    return Shape(option, WIDE, 400, "wide")


def _narrow(lines: Sequence[LineSeries], periods: Sequence[str], unit: str, breaks: Sequence[int]) -> Shape:
    legend, height = _legend(lines, NARROW)
    option = {
        **base_option(), **_axes(periods, unit, 12),
        "grid": {"left": 10, "right": 14, "top": 34, "bottom": 14 + height, "containLabel": True},
        "legend": legend, "series": _series(lines, False, breaks),
    }  # fmt: skip
    return Shape(option, NARROW, 270 + height, "narrow")
