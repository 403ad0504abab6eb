"""Areas side by side in one period, longest first; an area without a figure says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lienvung.present.charts.drawing import NARROW, WIDE, Option, Shape, base_option
from lienvung.present.charts.palette import GRID, MUTED, SERIES, TEXT


@dataclass(frozen=True)
class BarItem:
    """One bar; ``text`` is what stands at its end."""

    name: str
    value: float | None
    text: str


def build_bars(items: Sequence[BarItem]) -> tuple[Shape, ...]:
    """The drawing for a desk and for a phone."""
    ordered = sorted(items, key=lambda i: (i.value is None, -(i.value or 0), i.name))
    return (_shape(ordered, WIDE, "wide"), _shape(ordered, NARROW, "narrow"))


def _shape(items: Sequence[BarItem], width: int, kind: str) -> Shape:
    size = 13 if kind == "wide" else 12
    is_signed = any((i.value or 0) < 0 for i in items)
    option: Option = {
        **base_option(),
        "grid": {"left": 4, "right": 14 + 8 * max((len(i.text) for i in items), default=0), "top": 6, "bottom": 6,
                 "containLabel": True},
        "xAxis": {"type": "value", "axisLabel": {"show": False}, "splitLine": {"lineStyle": {"color": GRID}}},
        "yAxis": {"type": "category", "inverse": True, "data": [i.name for i in items], "axisTick": {"show": False},
                  "axisLine": {"show": is_signed, "lineStyle": {"color": MUTED}},
                  "axisLabel": {"color": TEXT, "fontSize": size, "width": 0.42 * width, "overflow": "break",
                                "interval": 0}},
        "series": [{"type": "bar", "barWidth": "62%", "itemStyle": {"color": SERIES[0]},
                    "data": [_item(i, size) for i in items]}],
    }  # fmt: skip
    return Shape(option, width, 24 + 34 * max(1, len(items)), kind)


def _item(item: BarItem, size: int) -> Option:
    colour = MUTED if item.value is None else TEXT
    is_left = (item.value or 0) < 0
    side = "left" if is_left else "right"
    label = {"show": True, "position": side, "formatter": item.text, "color": colour, "fontSize": size}
    if item.value is not None:
        return {"value": item.value, "label": label}
    # a missing value needs a place for its words, so its bar has no length and no colour
    return {"value": 0, "label": label, "itemStyle": {"color": "transparent"}}
