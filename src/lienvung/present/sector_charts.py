"""Sectors as drawings: a province's quotients side by side, and the paths of the strongest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lienvung.present.charts.bar import BarItem, build_bars
from lienvung.present.charts.drawing import Chart
from lienvung.present.charts.line import LineSeries, build_lines
from lienvung.present.text_alternative import describe_lines
from lienvung.present.texts import Texts

MOST_LINES = 5


def chart_quotients(records: Sequence[Mapping[str, Any]], lang: str) -> Chart:
    """A bar for each sector, by its quotient; 1 is as the whole."""
    texts = Texts(lang)
    items = [BarItem(r["name"], r["value"], _text(r, texts)) for r in records]
    said = "; ".join(texts("words_item", name=i.name, value=i.text) for i in items)
    words = f"{texts('sectors_bars')}. {said}."
    return Chart(texts("sectors_bars"), words, build_bars(items), 2)


def _text(record: Mapping[str, Any], texts: Texts) -> str:
    if record["value"] is None:
        return texts("words_none")
    return f"LQ {record['text']} ({record['year']}){'*' * record['stars']}"


def chart_paths(records: Sequence[Mapping[str, Any]], lang: str) -> Chart | None:
    """The quotients over the years of the sectors that stand out most now."""
    known = sorted((r for r in records if len(r["path"]) > 1 and r["mark"] == "above"), key=lambda r: -r["value"])
    chosen = known[:MOST_LINES]
    if not chosen:
        return None
    texts = Texts(lang)
    years = sorted({p["year"] for r in chosen for p in r["path"]})
    span = list(range(years[0], years[-1] + 1))
    lines = [
        LineSeries(r["name"], tuple({p["year"]: p["value"] for p in r["path"]}.get(y) for y in span)) for r in chosen
    ]
    labels = [str(y) for y in span]
    words = describe_lines(texts("sectors_paths"), "LQ", [(x.name, x.values) for x in lines], labels, 2, lang)
    return Chart(texts("sectors_paths"), words, build_lines(lines, labels, "LQ"), 2, "LQ")
