"""What was done to a form, as text for people and as plain values for scripts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lienvung.domain.forms import CELL_STATES, EQUAL, LEFT, OUTSIDE, FilledForm, FormCell, FormOffer
from lienvung.domain.observations import TOTAL

MOST_TOLD = 50
"""So many cells of each kind are told one by one in the text; the JSON report has them all."""


def form_record(form: FilledForm, lang: str) -> dict[str, Any]:
    """Counts, every cell that is not as it was, headings and notes; scripts rely on the names."""
    return {
        "name": form.name,
        "recipe": form.recipe,
        "counts": form.counts(),
        "read_back": form.read_back,
        "agreeing": form.agreeing,
        "cells": [_cell_record(c, lang) for c in form.cells if c.state not in (EQUAL, LEFT, OUTSIDE)],
        "headings": [{"sheet": h.sheet, "cell": h.cell, "before": h.before, "after": h.after} for h in form.rewritten],
        "stale": list(form.stale),
        "notes": [n.vi if lang == "vi" else n.en for n in form.notes],
    }


def _cell_record(cell: FormCell, lang: str) -> dict[str, Any]:
    fact, said = cell.fact, CELL_STATES[cell.state]
    key = {} if fact is None else {
        "indicator": fact.indicator, "area_key": fact.area_key, "activity": fact.activity,
        "breakdown": fact.breakdown, "issuer": fact.issuer, "period": fact.period, "value": fact.value,
    }  # fmt: skip
    return {
        "sheet": cell.sheet, "cell": cell.cell, "state": cell.state, "said": said.vi if lang == "vi" else said.en,
        "held": cell.held, "published": cell.published, "document": cell.document, "release": cell.release, **key,
    }  # fmt: skip


def render_form(form: FilledForm, lang: str) -> str:
    """The report as text: counts, then what differs, what is not published, and what to look at."""
    is_vi = lang == "vi"
    counts = form.counts()
    lines = [f"{form.name} ({form.recipe})"]
    lines += [
        f"  {counts[state]:>7}  {said.vi if is_vi else said.en}" for state, said in CELL_STATES.items() if counts[state]
    ]
    read = f"{form.agreeing}/{form.read_back}"
    lines.append(f"Đọc lại bằng cùng công thức: {read} số đúng như đã công bố." if is_vi
                 else f"Read back by the same recipe: {read} figures are the published ones.")  # fmt: skip
    for state, said in CELL_STATES.items():
        found = [c for c in form.differences if c.state == state]
        if found:
            lines += ["", f"{(said.vi if is_vi else said.en).capitalize()} ({len(found)}):", *_told(found, is_vi)]
    if form.rewritten:
        lines += ["", "Tiêu đề đã chuyển kỳ:" if is_vi else "Headings carried over:"]
        lines += [f"  {_place(h.sheet, h.cell)}  '{h.before}' → '{h.after}'" for h in form.rewritten[:MOST_TOLD]]
        lines += _more(len(form.rewritten), is_vi)
    if form.stale:
        shown = ", ".join(form.stale[:12]) + (", …" if len(form.stale) > 12 else "")
        done = ("đã xóa", "taken out") if form.rewritten else ("giữ nguyên, cần xem lại", "kept; look at them")
        vi = f"{len(form.stale)} số bên cạnh không thuộc công thức đọc, {done[0]}: {shown}"
        en = f"{len(form.stale)} figures beside them are not of the recipe, {done[1]}: {shown}"
        lines += ["", vi if is_vi else en]
    lines += [f"  {n.vi if is_vi else n.en}" for n in form.notes]
    return "\n".join(lines)


def _told(cells: Sequence[FormCell], is_vi: bool) -> list[str]:
    return [f"  {_line(c)}" for c in cells[:MOST_TOLD]] + _more(len(cells), is_vi)


def _more(count: int, is_vi: bool) -> list[str]:
    if count <= MOST_TOLD:
        return []
    return [
        f"  … còn {count - MOST_TOLD} (xem --format json)" if is_vi else f"  … {count - MOST_TOLD} more (--format json)"
    ]


def _place(sheet: str | None, cell: str) -> str:
    return f"{sheet}!{cell}" if sheet else cell


def _line(cell: FormCell) -> str:
    fact = cell.fact
    parts: list[str] = []
    if fact is not None:
        of = [c for c in (fact.activity, fact.breakdown) if c != TOTAL]
        parts = [fact.indicator, fact.area_key, *of, fact.issuer, fact.period]
    values = f"'{cell.held}' → '{cell.published}'" if cell.published or fact else f"'{cell.held}'"
    source = ", ".join(p for p in (cell.document, cell.release) if p)
    return f"{_place(cell.sheet, cell.cell)}  {' '.join(parts)}  {values}" + (f"  [{source}]" if source else "")


def offer_records(offers: Sequence[FormOffer], lang: str) -> list[dict[str, Any]]:
    """Recipes that can be run backwards, as plain values."""
    return [
        {
            "recipe": o.recipe, "reader": o.reader, "issuer": o.issuer,
            "title": o.title_vi if lang == "vi" else o.title_en, "dataflows": ", ".join(o.dataflows),
            "indicators": o.indicators, "series": o.series, "files": ", ".join(o.files),
        }
        for o in offers
    ]  # fmt: skip
