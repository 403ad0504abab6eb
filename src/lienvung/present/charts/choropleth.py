"""A map coloured by classes of equal counts; what has no figure is hatched, never coloured as a zero.

A map of the whole country shows the archipelagos of Hoàng Sa and Trường Sa, coloured as the province they belong to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from lienvung.present.charts.drawing import MapUse, Option, Shape, base_option
from lienvung.present.charts.palette import MUTED, NO_DATA, SCALE, SURFACE, TEXT
from lienvung.present.geography import Feature, aspect_of, features_of
from lienvung.present.numbers import format_number
from lienvung.present.texts import Texts

CLASSES = len(SCALE)
LEGEND_LEFT = 308
"""A place for the longest class, over the sea."""


@dataclass(frozen=True)
class MapValue:
    """A province's value and what is written on it; empty: nothing is written."""

    value: float | None
    label: str = ""


def class_bounds(values: Sequence[float], classes: int = CLASSES) -> list[tuple[float, float]]:
    """Classes of about equal counts, both ends included, from observed value to observed value.

    >>> class_bounds([1, 2, 3, 4, 5, 6], 3)
    [(1, 2), (3, 4), (5, 6)]
    >>> class_bounds([7, 7]), class_bounds([])
    ([(7, 7)], [])
    """
    ordered = sorted(set(values))
    if not ordered:
        return []
    count = min(classes, len(ordered))
    cuts = [round(i * len(ordered) / count) for i in range(count + 1)]
    return [(ordered[a], ordered[b - 1]) for a, b in pairwise(cuts) if b > a]


def build_map(values: Mapping[str, MapValue], use: MapUse, decimals: int, lang: str, is_small: bool = False) -> Shape:
    """The map for both widths.

    Args:
        values: area key → value; provinces of the map that are not in it have no figure.
    """
    features = features_of(use)
    shown = [v.value for key, v in values.items() if v.value is not None and any(f.province == key for f in features)]
    bounds = class_bounds(shown)
    width, height = (300, 390) if is_small else (480, 600)
    option: Option = {
        **base_option(),
        "series": [_series(values, features, use, lang, _box(use, width, height))],
        **({} if is_small else {"visualMap": _legend(bounds, decimals, lang, use)}),
    }
    if not is_small and any(values.get(f.province, MapValue(None)).value is None for f in features):
        option["graphic"] = _no_data_legend(lang, use, len(bounds), height)
    return Shape(option, width, height)


def _box(use: MapUse, width: int, height: int, margin: int = 6) -> Option:
    """Where the map stands, in its own proportions."""
    aspect = aspect_of(use)
    high = min(height - 2 * margin, (width - 2 * margin) / aspect)
    wide = high * aspect
    return {"left": (width - wide) / 2, "top": (height - high) / 2, "width": wide, "height": high, "aspectScale": 1}


def _series(values: Mapping[str, MapValue], features: Sequence[Feature], use: MapUse, lang: str, box: Option) -> Option:
    return {
        "type": "map", "map": use.name, "nameProperty": "name", "selectedMode": False,
        **box,
        "itemStyle": {"areaColor": NO_DATA, "borderColor": SURFACE, "borderWidth": 0.8},
        "label": {"show": False}, "emphasis": {"itemStyle": {"areaColor": None}, "label": {"show": False}},
        "data": [_datum(feature, values.get(feature.province, MapValue(None)), lang) for feature in features],
    }  # fmt: skip


def _datum(feature: Feature, value: MapValue, lang: str) -> dict[str, Any]:
    text = feature.archipelago_name(lang) if feature.is_archipelago else value.label
    found: dict[str, Any] = {"name": feature.name, "value": value.value}
    if feature.is_archipelago:
        found["itemStyle"] = {"borderColor": MUTED, "borderWidth": 1}
    if text:
        colour = MUTED if feature.is_archipelago else TEXT
        found["label"] = {
            "show": True, "formatter": text, "color": colour, "fontSize": 11, "lineHeight": 13, "align": "center",
            "textBorderColor": SURFACE, "textBorderWidth": 2.5,
        }  # fmt: skip
    return found


def _legend(bounds: Sequence[tuple[float, float]], decimals: int, lang: str, use: MapUse) -> Option:
    steps = max(1, len(bounds) - 1)
    colours = [SCALE[round(i * (CLASSES - 1) / steps)] for i in range(len(bounds))]
    pieces = []
    for (low, high), colour in zip(bounds, colours, strict=False):
        texts = [format_number(v, decimals, lang) for v in (low, high)]
        pieces.append({"gte": low, "lte": high, "color": colour, "label": " – ".join(dict.fromkeys(texts))})
    return {
        "type": "piecewise", "pieces": pieces, "left": LEGEND_LEFT, **_corner(use),
        "itemWidth": 18, "itemHeight": 12, "itemGap": 5,
        "textStyle": {"color": TEXT, "fontSize": 12},
        "itemSymbol": "rect", "selectedMode": False, "align": "left",
        "outOfRange": {"color": NO_DATA}, "show": bool(pieces), "inverse": False, "padding": 0, "showLabel": True,
    }  # fmt: skip


def _corner(use: MapUse) -> Option:
    return {"bottom": 34} if use.only else {"top": 40}


def _no_data_legend(lang: str, use: MapUse, classes: int, height: int) -> list[Option]:
    top = height - 22 if use.only else 48 + 17 * classes
    text = Texts(lang)("no_figure")
    return [{
        "type": "group", "left": LEGEND_LEFT, "top": top, "silent": True, "children": [
            {"type": "rect", "shape": {"x": 0, "y": 0, "width": 18, "height": 12},
             "style": {"fill": NO_DATA, "stroke": MUTED, "lineWidth": 0.5}},
            {"type": "text", "x": 24, "y": 0, "style": {"text": text, "fill": TEXT, "fontSize": 12}},
        ],
    }]  # fmt: skip
