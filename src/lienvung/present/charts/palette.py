"""Colours: told apart by readers who see colours differently (after Okabe and Ito), light and dark.

An option is written with the light colours. In a page's SVG each becomes a custom property with the light colour as
fallback, so that one drawing serves light, dark and print; a downloaded file keeps the light colours.
"""

from __future__ import annotations

SERIES = ("#0072b2", "#c44e00", "#008560", "#a8457e", "#8f6400", "#3f4a54", "#6a51a3", "#7f4f24")
SCALE = ("#d3e6f2", "#a3cbe3", "#66abd0", "#2f82b4", "#0c4f85")
TEXT, MUTED, GRID, SURFACE = "#1a2733", "#4f5b66", "#dbe1e6", "#fefefe"
NO_DATA = "#ebe9e2"
ACCENT = "#b3261e"
SYMBOLS = ("circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect", "emptyTriangle", "emptyDiamond")

VARIABLES: dict[str, str] = {
    **{colour: f"--series-{i}" for i, colour in enumerate(SERIES, 1)},
    **{colour: f"--scale-{i}" for i, colour in enumerate(SCALE, 1)},
    TEXT: "--ink",
    MUTED: "--muted",
    GRID: "--rule",
    SURFACE: "--surface",
    NO_DATA: "--no-data",
    ACCENT: "--accent",
}
"""Light colour → custom property of the style sheet; a test holds both in step."""
