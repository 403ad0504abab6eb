"""Facilities planned twice: of one kind, of two plans, in overlapping years, from files of different projections."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely
from pyproj import Transformer

from lienvung.errors import BadLayer
from lienvung.parse.geodata import parse_points
from lienvung.pipeline.zones import compare_facilities
from tests.conftest import Home

NORTH_20_KM = 10.0 + 20 / 110.6077
"""A point 20.0 km north of 10° N: a degree of the meridian there is 110.608 km long."""


def write(path: Path, *features: dict[str, Any], kind: str = "kind") -> Path:
    made = [
        {
            "type": "Feature", "properties": {kind if k == "kind" else k: v for k, v in f.items() if k != "at"},
            "geometry": {"type": "Point", "coordinates": f["at"]},
        }
        for f in features
    ]  # fmt: skip
    path.write_text(json.dumps({"type": "FeatureCollection", "features": made}), encoding="utf-8")
    return path


def test_two_ports_in_one_catchment_are_found_with_their_distance(tmp_path: Path) -> None:
    a = write(tmp_path / "a.geojson", {"at": [106, 10], "name": "Cảng A", "kind": "Cảng cạn"},
              {"at": [106, 10.01], "name": "Chợ A", "kind": "Chợ đầu mối"})  # fmt: skip
    b = write(tmp_path / "b.geojson", {"at": [106, NORTH_20_KM], "name": "Cảng B", "kind": "cang can"})
    _, found = compare_facilities([a, b], 30)
    assert [(p.one.name, p.other.name, round(p.distance_km, 1)) for p in found] == [("Cảng A", "Cảng B", 20.0)]
    assert not compare_facilities([a, b], 19.5)[1]
    assert len(compare_facilities([a, b], 5, {"cảng cạn": 25})[1]) == 1


def test_one_plan_does_not_dispute_itself_but_a_single_file_is_looked_into(tmp_path: Path) -> None:
    same = [{"at": [106, 10 + i / 100], "kind": "bến xe", "name": f"{i}"} for i in range(2)]
    a, b = write(tmp_path / "a.geojson", *same), write(tmp_path / "b.geojson", {"at": [107, 12], "kind": "bến xe"})
    assert len(compare_facilities([a], 30)[1]) == 1
    assert not compare_facilities([a, b], 30)[1]
    named = write(tmp_path / "c.geojson", *[f | {"plan": p} for f, p in zip(same, "XY", strict=True)])
    assert [(p.one.plan, p.other.plan) for p in compare_facilities([named], 30)[1]] == [("X", "Y")]


@pytest.mark.parametrize(("start", "count"), [(2025, 1), (2026, 0), (None, 1)])
def test_only_overlapping_years_count(tmp_path: Path, start: int | None, count: int) -> None:
    a = write(tmp_path / "a.geojson", {"at": [106, 10], "kind": "sân bay", "tu_nam": 2021, "den_nam": 2025})
    b = write(tmp_path / "b.geojson", {"at": [106, 10.1], "kind": "sân bay", "tu_nam": start, "den_nam": 2030})
    assert len(compare_facilities([a, b], 30)[1]) == count


def test_another_projection_and_format_gives_the_same_distance(tmp_path: Path) -> None:
    a = write(tmp_path / "a.geojson", {"at": [106, 10], "kind": "cảng"})
    x, y = Transformer.from_crs("EPSG:4326", "EPSG:3405", always_xy=True).transform(106, NORTH_20_KM)
    target = tmp_path / "b.gpkg"
    pyogrio.raw.write(
        str(target), shapely.to_wkb(shapely.points([[x, y]])), [np.array(["cảng"], object)], ["loai"],
        crs="EPSG:3405", driver="GPKG", geometry_type="Point",
    )  # fmt: skip
    (pair,) = compare_facilities([a, target], 30)[1]
    assert pair.distance_km == pytest.approx(20.0, abs=0.005) and pair.other.place == "b.gpkg#1"


@pytest.mark.parametrize(
    ("feature", "kind", "said"),
    [
        ({"at": [106, 10], "kind": ""}, "kind", "kind is empty"),
        ({"at": [106, 10], "kind": "cảng"}, "gi_do", "no column of the kind"),
        ({"at": [10, 106], "kind": "cảng"}, "kind", "not in Việt Nam"),
        ({"at": [106, 10], "kind": "cảng", "tu_nam": "hai nghìn"}, "kind", "is no year"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, feature: dict[str, Any], kind: str, said: str) -> None:
    with pytest.raises(BadLayer, match=r"a\.geojson") as caught:
        parse_points(write(tmp_path / "a.geojson", feature, kind=kind))
    assert said in caught.value.message("en")


def test_areas_are_no_points(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    ring = [[106, 10], [106.1, 10], [106.1, 10.1], [106, 10]]
    area = {"type": "Feature", "properties": {"kind": "x"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [area]}))
    with pytest.raises(BadLayer) as caught:
        parse_points(path)
    assert "#1" in caught.value.message("vi")


def test_the_command_names_both_plans(southern: Home, tmp_path: Path) -> None:
    a = write(tmp_path / "a.geojson", {"at": [106, 10], "name": "A", "kind": "cảng"})
    b = write(tmp_path / "b.geojson", {"at": [106, 10.1], "name": "B", "kind": "cảng"})
    (found,) = southern.run("plans", "facilities", a, b, "--radius", "30", "--format", "json").json
    assert (found["plan_one"], found["plan_other"], found["radius_km"]) == ("a.geojson", "b.geojson", 30.0)
    assert southern.run("plans", "facilities", a, "--kind-radius", "cảng=xa").code == 2
    assert southern.run("plans", "facilities", tmp_path / "none.geojson").code == 3
