"""Layers of zones laid over each other: read, then compared; nothing is kept."""

from __future__ import annotations

from pathlib import Path

from lienvung.analyse.zones import compare_layers
from lienvung.domain.zones import Layer, Overlap
from lienvung.parse.geodata import parse_layer


def overlay_files(one: Path, other: Path, is_same_use_fine: bool = True) -> tuple[Layer, Layer, list[Overlap]]:
    """Two layers, and the land that zones of both claim.

    Raises:
        SourceError, BadLayer: one of the files cannot be read or used.
    """
    layers = parse_layer(one), parse_layer(other)
    return *layers, compare_layers(*layers, is_same_use_fine)
