"""Drawings to SVG: ECharts inside an embedded V8, then made fit for a page or for a file."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections import OrderedDict
from functools import cached_property
from html import escape
from pathlib import Path

from py_mini_racer import MiniRacer

import lienvung
from lienvung.present.charts.drawing import Chart, MapUse, Shape
from lienvung.present.charts.palette import MUTED, NO_DATA, SURFACE, VARIABLES
from lienvung.present.geography import map_source

SCRIPT = Path(lienvung.__file__).parent / "assets" / "charts" / "echarts-ssr.js"
TIMEOUT_SECONDS = 20
KEPT = 400

_STYLE = re.compile(r' style="([^"]*)"')
_NUMBER = re.compile(r"-?\d+\.\d{2,}")
_GEOMETRY = re.compile(r' (?:d|transform|x|y|x1|x2|y1|y2|width|height|points)="[^"]*"')
_DROPPED = re.compile(
    r'<style ?>.*?</style>|<rect [^>]*fill="none"></rect>| class="zr[^"]*"| ecmeta_\w+="[^"]*"| pointer-events="\w+"'
    r'| xml:space="preserve"| baseProfile="full"| version="1.1"| xmlns:xlink="[^"]*"',
    re.DOTALL,
)


class Drawer:
    """One V8 for the process, started when the first drawing is asked for; one drawing at a time, kept by content."""

    def __init__(self, script: Path = SCRIPT) -> None:
        self._script = script
        self._lock = threading.Lock()
        self._maps: set[str] = set()
        self._kept: OrderedDict[str, str] = OrderedDict()

    @property
    def is_built(self) -> bool:
        """Whether the drawing library is part of this installation."""
        return self._script.exists()

    @cached_property
    def _engine(self) -> MiniRacer:
        engine = MiniRacer()
        engine.eval(self._script.read_text("utf-8"))
        return engine

    def draw(self, shape: Shape, lang: str, use: MapUse | None = None) -> str:
        """The SVG of a shape, as ECharts writes it."""
        option = json.dumps(shape.option, ensure_ascii=False, sort_keys=True)
        key = hashlib.sha256(f"{lang}|{shape.width}x{shape.height}|{option}".encode()).hexdigest()
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            if use and use.name not in self._maps:
                self._engine.call("lienvung.registerMap", use.name, map_source(use), timeout_sec=TIMEOUT_SECONDS)
                self._maps.add(use.name)
            arguments = (option, shape.width, shape.height, lang)
            svg = str(self._engine.call("lienvung.drawSvg", *arguments, timeout_sec=TIMEOUT_SECONDS))
            self._kept[key] = svg
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return svg


_DRAWER = Drawer()


def can_draw() -> bool:
    """Whether drawings can be made: false where the program was installed without its bundle."""
    return _DRAWER.is_built


def render_inline(chart: Chart, lang: str) -> str:
    """The drawing for a page: one SVG for each width, colours as custom properties, no inline style."""
    return "".join(_inline(chart, shape, lang) for shape in chart.shapes)


def render_file(chart: Chart, lang: str) -> str:
    """The drawing as a file of its own: light colours, a white ground, title and text alternative inside."""
    shape = chart.shapes[0]
    svg = _clean(_DRAWER.draw(shape, lang, chart.map_use))
    head = f'<rect width="{shape.width}" height="{shape.height + 64}" fill="#ffffff"/>'
    title = (
        f'<text x="12" y="24" font-size="16" font-weight="600" font-family="Be Vietnam Pro, Noto Sans, sans-serif" '
        f'fill="#1a2733">{escape(chart.title)}</text>'
    )
    unit = (
        f'<text x="12" y="44" font-size="12" font-family="Be Vietnam Pro, Noto Sans, sans-serif" '
        f'fill="{MUTED}">{escape(chart.unit)}</text>'
    )
    body = _hatch(svg[svg.index(">") + 1 : svg.rindex("</svg>")], "no-data", "#b9b4a6", "#f3f1ea")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{shape.width}" height="{shape.height + 64}" '
        f'viewBox="0 0 {shape.width} {shape.height + 64}" role="img"><title>{escape(chart.title)}</title>'
        f'<desc>{escape(chart.words)}</desc>{head}{title}{unit}<g transform="translate(0 56)">{body}</g></svg>'
    )


def _clean(svg: str) -> str:
    svg = _DROPPED.sub("", svg)
    svg = _STYLE.sub(_as_attributes, svg)
    svg = _GEOMETRY.sub(_rounded, svg)
    return svg.replace("></path>", "/>").replace("\n", "")


def _rounded(match: re.Match[str]) -> str:
    """Coordinates to a tenth of a pixel; never the text of a label, where a point may be a thousands sign."""
    return _NUMBER.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), match[0])


def _as_attributes(match: re.Match[str]) -> str:
    pairs = (part.split(":", 1) for part in match[1].split(";") if ":" in part)
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs)


def _hatch(svg: str, name: str, line: str, ground: str) -> str:
    """No figure: hatched."""
    if f'fill="{NO_DATA}"' not in svg:
        return svg
    pattern = (
        f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="6" height="6" fill="{ground}"/><path d="M0 0V6" stroke="{line}" stroke-width="2"/></pattern>'
    )
    return f"<defs>{pattern}</defs>" + svg.replace(f'fill="{NO_DATA}"', f'fill="url(#{name})"')


def _inline(chart: Chart, shape: Shape, lang: str) -> str:
    raw = _clean(_DRAWER.draw(shape, lang, chart.map_use))
    mark = hashlib.sha256(raw.encode()).hexdigest()[:8]
    body = raw[raw.index(">") + 1 : raw.rindex("</svg>")]
    body = _hatch(body, f"none-{mark}", "var(--no-data-line)", "var(--no-data)")
    for name in dict.fromkeys(re.findall(r'id="(zr[^"]*)"', body)):
        body = body.replace(name, f"{mark}-{name}")
    for colour, variable in VARIABLES.items():
        body = body.replace(f'"{colour}"', f'"var({variable},{colour})"')
    body = body.replace('"rgb(254,254,254)"', f'"var(--surface,{SURFACE})"')
    body = re.sub(r' font-family="[^"]*"', "", body)
    return (
        f'<svg class="drawing {shape.kind}" viewBox="0 0 {shape.width} {shape.height}" width="{shape.width}" '
        f'height="{shape.height}" role="img" aria-label="{escape(chart.words)}">{body}</svg>'
    )
