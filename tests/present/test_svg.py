"""Drawings: what is in the SVG, that numbers are never touched, and that every Vietnamese letter is drawn."""

from __future__ import annotations

import re
from itertools import product

import pytest
from lxml import etree

from lienvung.present.charts.bar import BarItem, build_bars
from lienvung.present.charts.choropleth import MapValue, build_map, class_bounds
from lienvung.present.charts.drawing import Chart, MapUse
from lienvung.present.charts.line import LineSeries, build_lines
from lienvung.present.charts.palette import VARIABLES
from lienvung.present.geography import features_of, has_boundaries
from lienvung.present.png import render_png
from lienvung.present.svg import can_draw, render_file, render_inline

pytestmark = pytest.mark.skipif(not (can_draw() and has_boundaries()), reason="the bundle was not built (make ui)")
SVG = "{http://www.w3.org/2000/svg}"


def line_chart() -> Chart:
    lines = [LineSeries("Đồng Nai", (1_234_567.0, None, 2_500_000.0)), LineSeries("Thừa Thiên Huế", (0.0, 10.0, 20.0))]
    return Chart("Thử", "lời", build_lines(lines, ("2016", "2017", "2018"), "tỷ đồng"), 0, "tỷ đồng")


def test_numbers_in_labels_are_left_alone() -> None:
    texts = re.findall(r">([^<>]+)</text>", render_file(line_chart(), "vi"))
    assert "2.500.000" in texts
    assert "2.500.000".replace(".", ",") in re.findall(r">([^<>]+)</text>", render_file(line_chart(), "en"))


def test_a_gap_is_not_joined_and_not_a_zero() -> None:
    svg = render_inline(Chart("t", "w", line_chart().shapes[:1]), "vi")
    lines = re.findall(r'<path d="([^"]+)" fill="none" stroke="var\(--series-1', svg)
    assert len(lines) == 1
    assert "L" not in lines[0], "2016 and 2018 must stand alone"


def test_a_page_gets_both_widths_variables_and_no_inline_style() -> None:
    html = render_inline(line_chart(), "vi")
    assert html.count("<svg") == 2
    assert 'class="drawing wide"' in html
    assert 'class="drawing narrow"' in html
    assert "style=" not in html
    assert "<style" not in html
    assert "var(--series-1,#0072b2)" in html
    assert 'role="img" aria-label="lời"' in html
    etree.fromstring(f"<div>{html}</div>")


def test_bars_are_sorted_and_missing_is_said() -> None:
    items = [BarItem("A", 1.0, "1"), BarItem("B", None, "chưa có số liệu"), BarItem("C", 5.0, "5")]
    shape = build_bars(items)[0]
    assert shape.option["yAxis"]["data"] == ["C", "A", "B"]
    assert shape.option["series"][0]["data"][2]["itemStyle"]["color"] == "transparent"
    assert "chưa có số liệu" in render_file(Chart("t", "w", build_bars(items)), "vi")


@pytest.mark.parametrize(("vintage", "provinces"), [("63", 63), ("34", 34)])
def test_every_map_of_the_country_shows_the_archipelagos(vintage: str, provinces: int) -> None:
    features = features_of(MapUse(vintage))
    assert len({f.province for f in features}) == provinces
    assert sorted(f.archipelago for f in features if f.is_archipelago) == ["HS", "TS"]
    for lang in ("vi", "en"):
        svg = render_file(Chart("t", "w", (build_map({}, MapUse(vintage), 0, lang),), map_use=MapUse(vintage)), lang)
        assert "Hoàng Sa" in svg
        assert "Trường Sa" in svg


def test_no_figure_is_hatched_and_zero_is_coloured() -> None:
    use = MapUse("63", ("74@2004", "75@2004", "79@2004"))
    values = {"74@2004": MapValue(0.0), "75@2004": MapValue(9.0)}
    svg = render_inline(Chart("t", "w", (build_map(values, use, 0, "vi"),), map_use=use), "vi")
    assert re.search(r'fill="url\(#none-\w+\)" stroke="var\(--surface', svg), "one province without a figure"
    assert len(re.findall(r'fill="var\(--scale-\d,#\w+\)" stroke="var\(--surface', svg)) == 2
    assert "Chưa có số liệu" in svg


def test_classes_hold_every_value_once() -> None:
    values = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0]
    bounds = class_bounds(values)
    assert [sum(low <= v <= high for low, high in bounds) for v in values] == [1] * len(values)


def test_every_vietnamese_letter_is_drawn() -> None:
    """A letter that the font lacks leaves the picture as it is without the letter."""
    vowels = "aăâeêioôơuưy"
    tones = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    letters = [v + t for v, t in product(vowels, tones)] + ["đ"]
    for letter in [x for y in letters for x in (y, y.upper())]:
        assert picture(letter) != picture(""), letter
        assert picture(letter) != picture("\ue000"), f"{letter} is drawn as a letter that is not in the font"


def picture(text: str) -> bytes:
    import unicodedata

    text = unicodedata.normalize("NFC", text)
    return render_png(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30"><text x="4" y="24" font-size="20" '
        f'font-family="Be Vietnam Pro">{text}</text></svg>',
        1,
    )


def test_the_style_sheet_has_every_colour() -> None:
    from pathlib import Path

    css = (Path(__file__).parents[2] / "ui" / "src" / "styles" / "main.css").read_text("utf-8")
    light, dark = css.split("prefers-color-scheme: dark", 1)
    for colour, name in VARIABLES.items():
        assert f"{name}: {colour};" in light, name
        assert f"{name}: #" in dark.split("}\n}", 1)[0], name
