"""The cells of a table that a recipe gives a meaning, and what of the table it does not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lienvung.parse.tables.labels import Line
from lienvung.parse.tables.matching import Column, Found
from lienvung.parse.workbook import a1

SKIP, ASK = "skip", "?"
MEASURE = ("indicator", "unit", "breakdown", "activity", "area", "status")


@dataclass(frozen=True)
class MeasuredCell:
    """A cell with its row, its column and what it measures."""

    line: Line
    column: Column
    measure: Mapping[str, str]
    value: object

    @property
    def place(self) -> tuple[int, int]:
        """Row and column, counted from 0."""
        return self.line.row, self.column.index

    @property
    def address(self) -> str:
        """As a spreadsheet shows it."""
        return a1(*self.place)


@dataclass
class Gathered:
    """The cells, and what the recipe does not know: rows, columns, cells that two indicators claim, hidden cells."""

    cells: list[MeasuredCell] = field(default_factory=list)
    rows: list[Line] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    crossed: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    hidden: list[MeasuredCell] = field(default_factory=list)


def gather_cells(table: Found, entry: Mapping[str, Any]) -> Gathered:
    """The cells that the recipe gives a meaning, row by row; hidden ones are left out where it says so."""
    columns, rows, blocks = (dict(entry.get(k) or {}) for k in ("columns", "rows", "blocks"))
    labels = label_roles(entry)
    found = Gathered(columns=[c for c in table.columns if c.heading.key not in columns])
    for line in table.lines_as(labels):
        block = blocks.get(line.block, {} if line.block_kind == "values" else None)
        spec = rows.get(line.key, None if "item" in labels else {})
        if spec is None or block is None:
            found.rows.append(line)
        elif not {SKIP, ASK} & {str(spec), str(block)}:
            own = measure_of(entry) | ({"area": line.area or line.printed} if "area" in labels else {})
            found.cells += _row_cells(table, line, columns, (own, block, spec), found.crossed)
    details = table.region.sheet.details
    if details and (details.hidden_rows or details.hidden_columns):
        found.hidden = [
            c for c in found.cells if c.place[0] in details.hidden_rows or c.place[1] in details.hidden_columns
        ]
        if entry.get("hidden") == SKIP:
            left_out = {c.place for c in found.hidden}
            found.cells = [c for c in found.cells if c.place not in left_out]
    return found


def label_roles(entry: Mapping[str, Any]) -> list[str]:
    """What the label columns name, from the left: ``item``, ``area``, ``period``; one word for all of them."""
    return [part.strip() for part in str(entry.get("labels") or "item").split(",")]


def _row_cells(
    table: Found,
    line: Line,
    columns: Mapping[str, object],
    parts: tuple[Mapping[str, str], object, object],
    crossed: dict[tuple[str, str], list[str]],
) -> Iterator[MeasuredCell]:
    """The cells of a row under the columns that mean something; one that two indicators claim goes to ``crossed``."""
    own, block, spec = parts
    only = spec.get("only") if isinstance(spec, Mapping) else None
    for column in table.columns:
        key = column.heading.key
        meaning = columns.get(key)
        if meaning in (None, SKIP, ASK) or (only is not None and key not in only):
            continue
        told = [measure_of(m) for m in (block, meaning, spec)]
        named = sorted({m["indicator"] for m in told if "indicator" in m})
        if len(named) > 1:
            crossed.setdefault((key, line.key), named)
            continue
        # a row's printed area gives way only to what the row itself says
        printed = line.area or line.printed
        kept = {"area": printed} if own.get("area") == printed else {}
        measure = {**own, **told[0], **told[1], **kept, **told[2]}
        yield MeasuredCell(line, column, measure, table.region.sheet.cell(line.row, column.index))


def measure_of(spec: object) -> dict[str, str]:
    """What a part of the recipe adds; a bare code is an indicator."""
    found = {"indicator": spec} if isinstance(spec, str) and spec not in (SKIP, ASK) else spec
    return {k: str(v) for k, v in found.items() if k in MEASURE} if isinstance(found, Mapping) else {}
