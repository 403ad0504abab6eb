"""What a drawing is: an option for each width it is shown at, and what is said of it in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Option = dict[str, Any]
WIDE, NARROW = 760, 360
"""Widths in pixels: a desk and a phone."""


@dataclass(frozen=True)
class Shape:
    """An option with the size it was made for. ``kind``: ``wide``, ``narrow`` or ``any``."""

    option: Option
    width: int
    height: int
    kind: str = "any"


@dataclass(frozen=True)
class MapUse:
    """The boundaries that a map is drawn on: a vintage (63 or 34), of some provinces only if named."""

    vintage: str
    only: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name that the option calls it by."""
        return f"{self.vintage}:{','.join(self.only)}" if self.only else self.vintage


@dataclass(frozen=True)
class Chart:
    """A drawing ready to be rendered.

    Attributes:
        words: the text alternative. decimals, unit: for reading values out.
        labels: map feature → area key, for links.
    """

    title: str
    words: str
    shapes: tuple[Shape, ...]
    decimals: int = 0
    unit: str = ""
    map_use: MapUse | None = None
    labels: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)


def base_option(font: str = "Be Vietnam Pro") -> Option:
    """What all drawings share: no motion, our font, no background."""
    from lienvung.present.charts.palette import SERIES, TEXT

    return {
        "animation": False,
        "color": list(SERIES),
        "textStyle": {"fontFamily": f"{font}, Noto Sans, sans-serif", "color": TEXT, "fontSize": 13},
    }
