"""Drawings to PNG, with the fonts that we ship: every Vietnamese letter is in them."""

from __future__ import annotations

from pathlib import Path

import resvg_py

import lienvung

FONTS = Path(lienvung.__file__).parent / "assets" / "fonts"
SCALE = 2


def render_png(svg: str, scale: int = SCALE) -> bytes:
    """An SVG file as PNG, ``scale`` pixels for each of its own."""
    files = [str(path) for path in sorted(FONTS.glob("*.ttf"))]
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, zoom=scale, font_files=files, font_family="Be Vietnam Pro",
            sans_serif_family="Be Vietnam Pro",
            skip_system_fonts=bool(files),
        )
    )  # fmt: skip
