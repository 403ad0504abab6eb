"""Layers of zones: what is read, what is refused with its feature, and areas against an independent computation."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyogrio
import pytest
import shapely
from pyproj import Geod

from lienvung.analyse.zones import compare_layers
from lienvung.errors import BadLayer, DamagedFile, FileMissing
from lienvung.parse.geodata import parse_layer

SQUARE = [[106.60, 11.00], [106.70, 11.00], [106.70, 11.10], [106.60, 11.10], [106.60, 11.00]]
SHIFTED = [[x + 0.05, y + 0.05] for x, y in SQUARE]


def write(path: Path, *features: tuple[str, str, Any], crs: str | None = None) -> Path:
    made = [
        {"type": "Feature", "properties": {"name": n, "use": u}, "geometry": {"type": "Polygon", "coordinates": [r]}}
        for n, u, r in features
    ]
    about = {"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}
    path.write_text(json.dumps({"type": "FeatureCollection", **about, "features": made}))
    return path


def write_as(source: Path, target: Path, driver: str, crs: str) -> Path:
    """The same zones in another projection and format, written by GDAL."""
    from pyproj import Transformer

    _, _, shapes, fields = pyogrio.raw.read(str(source))
    turn = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    turned = shapely.transform(
        shapely.from_wkb(shapes), lambda xy: __import__("numpy").column_stack(turn.transform(xy[:, 0], xy[:, 1]))
    )
    names = pyogrio.read_info(str(source))["fields"]
    pyogrio.raw.write(
        str(target), shapely.to_wkb(turned), fields, names, crs=crs, driver=driver, geometry_type="Polygon"
    )
    return target


def geodesic_ha(shape: Any) -> float:
    return abs(Geod(ellps="WGS84").geometry_area_perimeter(shape)[0]) / 10_000


@pytest.mark.parametrize(
    ("name", "driver", "crs"), [("b.gpkg", "GPKG", "EPSG:3405"), ("b.shp", "ESRI Shapefile", "EPSG:32648")]
)
def test_overlap_of_two_projections_is_the_geodesic_area(tmp_path: Path, name: str, driver: str, crs: str) -> None:
    one = write(tmp_path / "a.geojson", ("Khu A", "công nghiệp", SQUARE))
    plain = write(tmp_path / "plain.geojson", ("Rừng B", "rừng phòng hộ", SHIFTED))
    other = write_as(plain, tmp_path / name, driver, crs)
    if name.endswith(".shp"):
        with zipfile.ZipFile(tmp_path / "b.zip", "w") as package:
            for part in tmp_path.glob("b.*"):
                if part.suffix not in (".zip",):
                    package.write(part, part.name)
        other = tmp_path / "b.zip"
    first, second = parse_layer(one), parse_layer(other)
    assert (first.crs, second.crs) == ("EPSG:4326", crs)
    (found,) = compare_layers(first, second)
    shared = shapely.Polygon(SQUARE).intersection(shapely.Polygon(SHIFTED))
    assert found.area_ha == pytest.approx(geodesic_ha(shared), rel=1e-4)
    assert found.share_of_one == pytest.approx(0.25, abs=2e-3)
    assert (found.one.name, found.one.use, found.other.name) == ("Khu A", "công nghiệp", "Rừng B")


def test_same_use_and_apart_do_not_dispute(tmp_path: Path) -> None:
    one = parse_layer(write(tmp_path / "a.geojson", ("A", "đất ở", SQUARE)))
    same = parse_layer(write(tmp_path / "b.geojson", ("B", "Đất ở", SHIFTED)))
    assert compare_layers(one, same) == []
    assert len(compare_layers(one, same, is_same_use_fine=False)) == 1
    apart = parse_layer(write(tmp_path / "c.geojson", ("C", "rừng", [[x + 1, y] for x, y in SQUARE])))
    touching = parse_layer(write(tmp_path / "d.geojson", ("D", "rừng", [[x + 0.1, y] for x, y in SQUARE])))
    assert compare_layers(one, apart) == compare_layers(one, touching) == []


BOW = [[106.60, 11.00], [106.70, 11.10], [106.70, 11.00], [106.60, 11.10], [106.60, 11.00]]


def _no_crs(folder: Path) -> Path:
    write_as(write(folder / "p.geojson", ("A", "", SQUARE)), folder / "n.shp", "ESRI Shapefile", "EPSG:4326")
    (folder / "n.prj").unlink()
    return folder / "n.shp"


def _line(folder: Path) -> Path:
    path = folder / "l.geojson"
    line = {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": SQUARE}}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [line]}))
    return path


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda f: write(f / "x.geojson", ("A", "", SQUARE), ("B", "", BOW)), "#2"),
        (lambda f: write(f / "x.geojson", ("A", "", [[x * 10_000, y] for x, y in SQUARE])), "ngoài Việt Nam"),
        (lambda f: write(f / "x.geojson", ("A", "", [[x - 90, y + 40] for x, y in SQUARE])), "ngoài Việt Nam"),
        (_no_crs, "hệ tọa độ"),
        (_line, "polygon"),
    ],
)
def test_unusable_layers_are_refused_with_their_feature(
    tmp_path: Path, make: Callable[[Path], Path], words: str
) -> None:
    with pytest.raises(BadLayer) as caught:
        parse_layer(make(tmp_path))
    assert words in caught.value.message("vi")


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        parse_layer(tmp_path / "none.geojson")
    (tmp_path / "broken.geojson").write_text('{"type": "FeatureCollection", "features": [{')
    with pytest.raises(DamagedFile):
        parse_layer(tmp_path / "broken.geojson")


@pytest.mark.real
def test_real_province_layers_of_two_projections(tmp_path: Path, real: Callable[[str], Path]) -> None:
    """Bình Dương before the merger lies in the new Hồ Chí Minh City: its whole area, against the geodesic one."""
    old = real("boundaries-63-34/provinces_63_gso_codes.geojson")
    _, _, shapes, _ = pyogrio.raw.read(str(old))
    fields = pyogrio.read_info(str(old))["fields"]
    codes = list(pyogrio.raw.read(str(old), columns=["Ma"])[3][0])
    at = next(i for i, c in enumerate(codes) if str(c).zfill(2) == "74")
    assert "Ma" in fields
    outline = shapely.make_valid(shapely.from_wkb(shapes[at]))
    one = tmp_path / "bd.geojson"
    one.write_text(json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"name": "Bình Dương"}, "geometry": json.loads(shapely.to_geojson(outline))}
    ]}))  # fmt: skip
    box = shapely.box(*outline.bounds)
    west, south, east, north = box.bounds
    half = shapely.box(west, south, (west + east) / 2, north)
    ring = [list(p) for p in half.exterior.coords]
    other = write_as(write(tmp_path / "h.geojson", ("Nửa tây", "x", ring)), tmp_path / "h.gpkg", "GPKG", "EPSG:3405")
    (found,) = compare_layers(parse_layer(one), parse_layer(other))
    assert found.area_ha == pytest.approx(geodesic_ha(outline.intersection(half)), rel=1e-3)
