"""A QR code as a drawing in the page."""

from __future__ import annotations

import io

import segno
from markupsafe import Markup


def render_qr(text: str, title: str) -> Markup:
    """The code of a text as SVG, black on white in any theme; without styles, which the page's policy refuses."""
    out = io.BytesIO()
    segno.make(text, error="m").save(
        out, kind="svg", xmldecl=False, svgns=False, light="#fff", border=4, title=title, svgclass="qr", lineclass=None,
        omitsize=True,
    )  # fmt: skip
    return Markup(out.getvalue().decode())  # noqa: S704 - segno escapes the title; the rest is geometry
