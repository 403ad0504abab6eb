"""An input-output table's answers as rows, with what must be said of the table."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from lienvung.domain.input_tables import Array, InputTable, TableStudy
from lienvung.present.numbers import format_number
from lienvung.present.plans import say


def table_records(table: InputTable, study: TableStudy, lang: str) -> list[dict[str, Any]]:
    """A row for each sector."""
    return [
        {
            "sector": code,
            "name": say(name, lang),
            "output_multiplier": _round(study.output, i),
            "value_added_multiplier": _round(study.value_added, i),
            "jobs_per_unit": _round(study.jobs, i, 6),
            "backward": _round(study.backward, i),
            "forward": _round(study.forward, i),
            "column_gap": _round(table.column_gaps, i),
            "column_gap_pct": _round(study.column_gap_pct, i),
            "row_gap": _round(table.row_gaps, i),
        }
        for i, (code, name) in enumerate(zip(table.codes, table.names, strict=True))
    ]  # fmt: skip


def _round(values: Array | None, at: int, decimals: int = 4) -> float | None:
    """The value for a script; None where it is undefined."""
    if values is None or math.isnan(values[at]):
        return None
    return round(float(values[at]), decimals)


def effect_records(table: InputTable, effect: Mapping[str, Array], lang: str) -> list[dict[str, Any]]:
    """What a demand sets going, a row for each sector."""
    return [
        {"sector": code, "name": say(name, lang), **{k: round(float(v[i]), 4) for k, v in effect.items()}}
        for i, (code, name) in enumerate(zip(table.codes, table.names, strict=True))
    ]


def table_notes(table: InputTable, lang: str) -> list[str]:
    """The table's name and source, and what to be careful about."""
    notes = [say(table.title, lang), table.source, say(table.unit, lang)]
    worst = max(range(len(table.codes)), key=lambda i: abs(table.column_gaps[i]))
    gap, name = format_number(float(table.column_gaps[worst]), 0, lang), say(table.names[worst], lang)
    gaps = {
        "vi": f"Cột lệch tổng nhiều nhất: {name} {gap}",
        "en": f"The column that misses its total most: {name} {gap}",
    }
    if abs(table.column_gaps[worst]) > 0:
        notes.append(gaps[lang])
    total = {
        "vi": "Dòng chảy gồm cả hàng nhập khẩu: nhân tử là cận trên của tác động trong nước",
        "en": "Flows include imports: multipliers are upper bounds of the domestic effect",
    }
    return [n for n in (*notes, *(() if table.is_domestic else (total[lang],))) if n]
