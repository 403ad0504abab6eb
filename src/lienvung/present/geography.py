"""The boundaries that maps are drawn on, of the two vintages."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import lienvung
from lienvung.present.charts.drawing import MapUse

FOLDER = Path(lienvung.__file__).parent / "assets" / "geo"
VINTAGES = {"63": "2004", "34": "2025-07-01"}


@dataclass(frozen=True)
class Feature:
    """A shape of the map: a province, or an archipelago that belongs to one."""

    name: str
    province: str
    archipelago: str = ""
    name_vi: str = ""
    name_en: str = ""

    @property
    def is_archipelago(self) -> bool:
        """Whether this is Hoàng Sa or Trường Sa."""
        return bool(self.archipelago)

    def archipelago_name(self, lang: str) -> str:
        """The archipelago's name on two lines, as there is little room."""
        name = self.name_vi if lang == "vi" else self.name_en
        head, _, tail = name.rpartition(" ") if lang == "en" else name.partition(" đảo ")
        return f"{head} đảo\n{tail}" if lang == "vi" else f"{head}\n{tail}"


def has_boundaries() -> bool:
    """Whether the boundaries were built."""
    return (FOLDER / "provinces-63.json").exists()


@cache
def _collection(vintage: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"provinces-{vintage}.json").read_text("utf-8"))
    return found


@cache
def map_source(use: MapUse) -> str:
    """The GeoJSON of a map. Archipelagos are part of every map but one of a few provinces that do not hold them."""
    collection = _collection(use.vintage)
    features = [f for f in collection["features"] if not use.only or f["properties"]["province"] in use.only]
    return json.dumps({**collection, "features": features}, ensure_ascii=False)


@cache
def aspect_of(use: MapUse) -> float:
    """Width over height of a map as it is seen from above its middle."""
    points = [
        point
        for feature in json.loads(map_source(use))["features"]
        for polygon in feature["geometry"]["coordinates"]
        for ring in polygon
        for point in ring
    ]
    east, north = zip(*points, strict=True)
    middle = math.radians((max(north) + min(north)) / 2)
    return float((max(east) - min(east)) * math.cos(middle) / (max(north) - min(north)))


@cache
def features_of(use: MapUse) -> tuple[Feature, ...]:
    """The shapes of a map."""
    keys = ("name", "province", "archipelago", "name_vi", "name_en")
    collection = json.loads(map_source(use))
    return tuple(
        Feature(**{key: f["properties"][key] for key in keys if key in f["properties"]}) for f in collection["features"]
    )
