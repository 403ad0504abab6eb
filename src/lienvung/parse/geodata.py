"""Layers of zones and of points: GeoJSON, shapefiles (zipped) and GeoPackages into longitude and latitude."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from lienvung.domain.facilities import Facility, FacilityLayer
from lienvung.domain.zones import Layer, Zone
from lienvung.errors import BadLayer, Both, DamagedFile, FileMissing, FileTooLarge

MOST_BYTES, MOST_FEATURES, MOST_POINTS = 200 * 2**20, 50_000, 5_000_000
_SUFFIXES = (".geojson", ".json", ".gpkg", ".zip", ".shp")
_NAMES = ("name", "ten", "tên", "ten_tinh", "name_vi", "ma")
_USES = ("use", "landuse", "muc_dich", "mục đích", "loai", "loại", "loai_dat", "chuc_nang")
_KINDS = ("kind", "loai", "loại", "loai_cong_trinh", "loại công trình", "type")
_PLANS = ("plan", "quy_hoach", "quy hoạch", "van_ban")
_STARTS = ("year_from", "from", "tu", "từ", "tu_nam", "start")
_ENDS = ("year_to", "to", "den", "đến", "den_nam", "end")
_WORLD = CRS.from_epsg(4326)
_AROUND = (100.0, 5.0, 120.0, 25.0)
"""West, south, east, north of Việt Nam and its islands, with room around."""


def parse_layer(path: Path, name_column: str = "", use_column: str = "") -> Layer:
    """The zones of a file.

    Args:
        name_column, use_column: where name and use stand; else found by their usual names.

    Raises:
        FileMissing, FileTooLarge, DamagedFile: the file cannot be read.
        BadLayer: no projection is said, an outline cuts itself, no areas, or not around Việt Nam; with the feature.
    """
    info, table, shapes = _read(path)
    crs = _projection(path, info.get("crs"))
    outlines = shapely.from_wkb(shapes)
    _check(path, outlines)
    outlines = _in_country(path, outlines, crs)
    columns = _columns(info, table)
    names, uses = _column(columns, name_column, _NAMES), _column(columns, use_column, _USES)
    zones = tuple(
        Zone(names[i] if names else f"{i + 1}", uses[i] if uses else "", shapely.to_wkb(shape), f"{path.name}#{i + 1}")
        for i, shape in enumerate(outlines)
    )
    return Layer(path.name, _name(crs), zones)


def parse_points(path: Path, kind_column: str = "") -> FacilityLayer:
    """The facilities of a file: points with a column of their kind; name, plan and years where there are columns.

    Args:
        kind_column: where the kind stands; else found by its usual names.

    Raises:
        FileMissing, FileTooLarge, DamagedFile: the file cannot be read.
        BadLayer: no projection is said, something else than points, no kind, a year that is none; with the feature.
    """
    info, table, shapes = _read(path)
    crs = _projection(path, info.get("crs"))
    points = shapely.from_wkb(shapes)
    if not len(points) or not (shapely.get_type_id(points) == int(shapely.GeometryType.POINT)).all():
        at = int(np.argmin(shapely.get_type_id(points) == int(shapely.GeometryType.POINT))) + 1 if len(points) else 0
        raise BadLayer(file=path.name, place=f"#{at}", found=Both("không phải điểm (point)", "not a point"))
    points = _in_country(path, points, crs)
    columns = _columns(info, table)
    kinds = _column(columns, kind_column, _KINDS)
    if kinds is None:
        usual = ", ".join(_KINDS)
        found = Both(f"thiếu cột loại công trình ({usual})", f"no column of the kind of facility ({usual})")
        raise BadLayer(file=path.name, place="—", found=found)
    if not all(k.strip() for k in kinds):
        at = next(i for i, k in enumerate(kinds) if not k.strip()) + 1
        raise BadLayer(file=path.name, place=f"#{at}", found=Both("ô loại công trình để trống", "its kind is empty"))
    names, plans = _column(columns, "", _NAMES), _column(columns, "", _PLANS)
    starts, ends = (_column(columns, "", usual) for usual in (_STARTS, _ENDS))
    facilities = tuple(
        Facility(
            names[i] if names else f"{i + 1}", kinds[i].strip(), float(shapely.get_x(p)), float(shapely.get_y(p)),
            (plans[i] if plans else "") or path.name, _year(path, starts, i), _year(path, ends, i),
            f"{path.name}#{i + 1}",
        )
        for i, p in enumerate(points)
    )  # fmt: skip
    return FacilityLayer(path.name, _name(crs), facilities)


def _year(path: Path, texts: list[str] | None, at: int) -> int | None:
    text = texts[at].strip().removesuffix(".0") if texts else ""
    if not text or text == "nan":
        return None
    if not (text.isdigit() and 1900 <= int(text) <= 2200):
        found = Both(f"'{text}' không phải năm", f"'{text}' is no year")
        raise BadLayer(file=path.name, place=f"#{at + 1}", found=found)
    return int(text)


def _columns(info: dict[str, Any], table: list[Any]) -> dict[str, Any]:
    return {str(c).lower(): values for c, values in zip(info["fields"], table, strict=True)}


def _in_country(path: Path, outlines: Any, crs: CRS) -> Any:  # noqa: ANN401 - an array of outlines
    """The outlines in longitude and latitude, all of them around Việt Nam."""
    if crs != _WORLD:
        outlines = _to_world(path, outlines, crs)
    west, south, east, north = shapely.total_bounds(outlines)
    if west < _AROUND[0] or south < _AROUND[1] or east > _AROUND[2] or north > _AROUND[3]:
        box, named = f"{west:.4g}…{east:.4g}, {south:.4g}…{north:.4g}", _name(crs)
        found = Both(
            f"tọa độ {box} nằm ngoài Việt Nam (hệ tọa độ ghi trong tệp: {named})",
            f"coordinates {box} are not in Việt Nam (the file says {named})",
        )
        raise BadLayer(file=path.name, place="—", found=found)
    return outlines


def _read(path: Path) -> tuple[dict[str, Any], list[Any], Any]:
    if not path.is_file():
        raise FileMissing(file=path.name)
    if path.stat().st_size > MOST_BYTES:
        raise FileTooLarge(file=path.name, size=f"{path.stat().st_size:,} bytes", limit=f"{MOST_BYTES:,} bytes")
    source = f"/vsizip/{path}" if path.suffix.lower() == ".zip" else str(path)
    try:
        about = pyogrio.read_info(source)
        if about["features"] > MOST_FEATURES:
            raise FileTooLarge(file=path.name, size=f"{about['features']:,} features", limit=f"{MOST_FEATURES:,}")
        meta, _, shapes, fields = pyogrio.raw.read(source, force_2d=True)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError, RuntimeError) as error:
        raise DamagedFile(file=path.name, found=" ".join(str(error).split())[:200]) from None
    return meta, list(fields), shapes


def _projection(path: Path, text: str | None) -> CRS:
    try:
        crs = CRS.from_user_input(text) if text else None
    except CRSError:
        crs = None
    if crs is None:
        found = Both("tệp không ghi hệ tọa độ (thiếu .prj hoặc CRS)", "the file names no projection (.prj or CRS)")
        raise BadLayer(file=path.name, place="—", found=found)
    return CRS.from_epsg(4326) if crs.equals(_WORLD, ignore_axis_order=True) else crs


def _name(crs: CRS) -> str:
    code = crs.to_epsg()
    return f"EPSG:{code}" if code else crs.name


def _check(path: Path, outlines: Any) -> None:  # noqa: ANN401 - an array of outlines
    kinds = shapely.get_type_id(outlines)
    areas = np.isin(kinds, (int(shapely.GeometryType.POLYGON), int(shapely.GeometryType.MULTIPOLYGON)))
    if not len(outlines) or not areas.all():
        at = int(np.argmin(areas)) + 1 if len(outlines) else 0
        found = Both("không phải vùng khép kín (polygon)", "not a closed area (polygon)")
        raise BadLayer(file=path.name, place=f"#{at}", found=found)
    if (points := int(shapely.get_num_coordinates(outlines).sum())) > MOST_POINTS:
        raise FileTooLarge(file=path.name, size=f"{points:,} points", limit=f"{MOST_POINTS:,} points")
    valid = shapely.is_valid(outlines)
    if not valid.all():
        at = int(np.argmin(valid))
        reason = shapely.is_valid_reason(outlines[at])
        found = Both(f"đường ranh giới tự cắt: {reason}", f"its outline cuts itself: {reason}")
        raise BadLayer(file=path.name, place=f"#{at + 1}", found=found)


def _to_world(path: Path, outlines: Any, crs: CRS) -> Any:  # noqa: ANN401 - an array of outlines
    try:
        turn = Transformer.from_crs(crs, _WORLD, always_xy=True)
        turned = shapely.transform(outlines, lambda xy: np.column_stack(turn.transform(xy[:, 0], xy[:, 1])))
    except ProjError as error:
        raise BadLayer(file=path.name, place="—", found=str(error)) from None
    if not np.isfinite(shapely.get_coordinates(turned)).all():
        found = Both(f"không đổi được từ {_name(crs)}", f"cannot be converted from {_name(crs)}")
        raise BadLayer(file=path.name, place="—", found=found)
    return turned


def _column(columns: dict[str, Any], asked: str, usual: tuple[str, ...]) -> list[str] | None:
    found = next((columns[c] for c in ((asked.lower(),) if asked else usual) if c in columns), None)
    return None if found is None else ["" if v is None else str(v) for v in found]
