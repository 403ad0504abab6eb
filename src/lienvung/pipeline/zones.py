"""Layers laid over each other: zones that overlap, facilities planned twice; read, then compared; nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from lienvung.analyse.facilities import find_duplicates
from lienvung.analyse.zones import compare_layers
from lienvung.domain.facilities import FacilityLayer, NearPair
from lienvung.domain.zones import Layer, Overlap
from lienvung.parse.geodata import parse_layer, parse_points


def overlay_files(one: Path, other: Path, is_same_use_fine: bool = True) -> tuple[Layer, Layer, list[Overlap]]:
    """Two layers, and the land that zones of both claim.

    Raises:
        SourceError, BadLayer: one of the files cannot be read or used.
    """
    layers = parse_layer(one), parse_layer(other)
    return *layers, compare_layers(*layers, is_same_use_fine)


def compare_facilities(
    files: Sequence[Path], radius_km: float, radii: Mapping[str, float] | None = None, kind_column: str = ""
) -> tuple[list[FacilityLayer], list[NearPair]]:
    """Layers of points, and the facilities of one kind that plans put into one catchment.

    Raises:
        SourceError, BadLayer: one of the files cannot be read or used.
    """
    layers = [parse_points(file, kind_column) for file in files]
    return layers, find_duplicates(layers, radius_km, radii)
