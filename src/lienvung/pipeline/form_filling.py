"""What becomes of each figure's cell of a form (equal, filled, replaced, emptied, left), and did it come out right?"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from lienvung.domain.discrepancies import Fact
from lienvung.domain.forms import (
    CHANGED,
    EMPTIED,
    EQUAL,
    FILLED,
    FORMULA,
    LEFT,
    NOT_PUBLISHED,
    OUTSIDE,
    ROUNDED,
    UNKNOWN,
    FormCell,
)
from lienvung.domain.handovers import Rows
from lienvung.present.forms import Figure, Layout, format_figure
from lienvung.present.forms.places import Place, Written, address
from lienvung.present.forms.values import Marks, column_styles, find_marks, is_number, is_same

LEAST_TWINS = 3
"""From so many rows on two columns are believed to print the same amounts."""
Key = tuple[str, str, str, str, str, str, str]
"""The columns of ``observations.KEY``."""
_FIGURE = re.compile(r"\s*[+\-−]?\d[\d.,\s]*%?\s*")


@dataclass(frozen=True)
class Slot:
    """A figure's cell with the fact that it is about; ``factor``: its unit in the indicator's own."""

    figure: Figure
    key: Key | None
    factor: float | None


@dataclass(frozen=True)
class _Target:
    """What a cell should hold: as the form writes it, and as a value in its unit, or the mark that stands for it."""

    written: Written
    value: float | None = None
    mark: str | None = None
    places: int | None = None


@dataclass(frozen=True)
class Wish:
    """What is wanted of a form."""

    recipe: str
    issuer: str | None
    areas: frozenset[str]
    day: date | None
    keeps: bool = False
    is_carried: bool = False


@dataclass
class Filling:
    """A form while it is filled."""

    layout: Layout
    wish: Wish
    rows: dict[Key, dict[str, Any]] = field(default_factory=dict)
    edits: dict[Place, Written] = field(default_factory=dict)
    cells: dict[Place, FormCell] = field(default_factory=dict)
    read_back: int = 0
    agreeing: int = 0


def decide_cells(filling: Filling, slots: Sequence[Slot]) -> None:
    """What becomes of each cell that was not seen before."""
    if all(s.figure.place in filling.cells for s in slots):
        return
    held = [_with_raw(filling.layout, s) for s in slots]
    figures = [s.figure for s in held]
    style, marks = column_styles(figures, filling.layout.text is None), find_marks(figures)
    for slot in held:
        if slot.figure.place not in filling.cells:
            wanted = _published(
                filling, slot, marks, lambda value, places, s=slot: format_figure(value, style(s.figure), places)
            )
            _settle(filling, slot, wanted)


def _with_raw(layout: Layout, slot: Slot) -> Slot:
    """The slot with what stands in the cell itself; the reader may have turned a text into a number."""
    raw = layout.cells.get(slot.figure.place, "")
    return replace(slot, figure=replace(slot.figure, raw=raw))


def _published(filling: Filling, slot: Slot, marks: Marks, write: Any) -> _Target:  # noqa: ANN401
    """What to write for a cell's fact; its value in the cell's unit, or the mark that stands for it."""
    row = filling.rows.get(slot.key) if slot.key else None
    if row is None or slot.factor is None:
        return _Target(marks.missing)
    value, mark = row["value"], row["mark"]
    if mark or value is None:
        return _Target(marks.written(mark or "not_available"), 0.0 if mark == "nil" else None, mark or "not_available")
    told = value / slot.factor if slot.factor >= 1 else value * (1 / slot.factor)
    shift = math.log10(slot.factor)
    is_power = math.isclose(shift, round(shift), abs_tol=1e-9)
    places = row["decimals"] + round(shift) if row["decimals"] is not None and is_power else None
    places = None if places is None or places < 0 else places
    return _Target(write(told, places), told, None, places)


def _settle(filling: Filling, slot: Slot, target: _Target) -> None:
    """Write a cell if it does not hold what is wanted, and note what was done."""
    place, wish, fresh = slot.figure.place, filling.wish, target.written
    row = filling.rows.get(slot.key) if slot.key else None
    state = _state(filling, slot, target, row is not None)
    if state in (FILLED, CHANGED, ROUNDED, EMPTIED, OUTSIDE) or (state == EQUAL and wish.is_carried):
        filling.edits[place] = fresh if state != OUTSIDE else None
    held = _shown(slot.figure.raw)
    if wish.is_carried:
        held = "" if state in (CHANGED, ROUNDED, EMPTIED, EQUAL, OUTSIDE) else held
        state = {CHANGED: FILLED, ROUNDED: FILLED, EQUAL: FILLED, EMPTIED: NOT_PUBLISHED}.get(state, state)
    fact = Fact(*slot.key, row["value"] if row else None) if slot.key else None
    more = (row["document"] or "", row["release"] or "") if row else ("", "")
    shown = "" if row is None or fresh is None else str(fresh)
    filling.cells[place] = FormCell(place[0], address(*place[1:]), state, fact, held, shown, *more)


def _shown(raw: object) -> str:
    return f"{raw:.15g}" if isinstance(raw, float) else str(raw).strip()


def _state(filling: Filling, slot: Slot, target: _Target, is_published: bool) -> str:
    figure, wish, mark, value, places = slot.figure, filling.wish, target.mark, target.value, target.places
    if slot.key is None or not filling.layout.can_write(figure.place):
        return UNKNOWN
    is_blank = figure.value is None
    if wish.areas and slot.key[1] not in wish.areas:
        return OUTSIDE if wish.is_carried else LEFT
    if filling.layout.has_formula(figure.place):
        return FORMULA if is_published else LEFT
    if not is_published:
        if wish.keeps and not wish.is_carried and not is_blank:
            return LEFT
        return NOT_PUBLISHED if is_blank and figure.mark != "nil" else EMPTIED
    if mark:
        return (
            EQUAL if figure.mark == mark or (mark == "nil" and figure.value == 0) else (FILLED if is_blank else CHANGED)
        )
    if is_blank:
        return FILLED
    if value is not None and is_same(figure.value or 0.0, value):
        return EQUAL
    return ROUNDED if _rounds_to(figure.value or 0.0, value, places) else CHANGED


def _rounds_to(held: float, value: float | None, places: int | None) -> bool:
    """Whether a figure is the published one with more digits than were published."""
    return (
        value is not None and places is not None and places > 0 and is_same(round(held, places), round(value, places))
    )


def verify_cells(filling: Filling, slots: Sequence[Slot]) -> None:
    """Hold what the recipe reads from the filled form against what is published; formulas count by their result."""
    for slot in slots:
        row = filling.rows.get(slot.key) if slot.key else None
        cell = filling.cells.get(slot.figure.place)
        if (
            row is None
            or row["value"] is None
            or slot.factor is None
            or cell is None
            or cell.state in (LEFT, EMPTIED, OUTSIDE)
        ):
            continue
        value = None if slot.figure.value is None else slot.figure.value * slot.factor
        is_right = value is not None and (
            is_same(value, row["value"]) or (cell.state == FORMULA and _rounds_to(value, row["value"], row["decimals"]))
        )
        filling.read_back += 1
        filling.agreeing += is_right
        if cell.state == FORMULA:
            state = EQUAL if is_right else FORMULA
            filling.cells[slot.figure.place] = replace(cell, state=state, held=_shown(slot.figure.raw))


def fill_twins(filling: Filling) -> int:
    """Columns that print the same amounts in another unit (USD beside million USD) follow; how many cells did.

    Two columns of a sheet are twins where every row that has both figures shows them a same power of ten apart.
    """
    layout, known = filling.layout, filling.cells
    if layout.text is not None:
        return 0
    rows: dict[tuple[str | None, int], list[int]] = {}
    for sheet, row, column in known:
        rows.setdefault((sheet, column), []).append(row)
    count = 0
    for (sheet, column), others in _beside(filling).items():
        for other in others:
            power = _power(layout.cells, sheet, (column, other), rows[sheet, column])
            for row in rows[sheet, column] if power else ():
                place, twin = (sheet, row, column), (sheet, row, other)
                held = layout.cells.get(twin)
                is_its = is_number(held) or not (held or layout.cells.get(place))
                if place in filling.edits and is_its and twin not in filling.edits and not layout.has_formula(twin):
                    value = filling.edits[place]
                    if isinstance(value, (int, float)):
                        value = float(f"{value * 10.0**power:.15g}")
                    filling.edits[twin] = value
                    count += 1
    return count


def _beside(filling: Filling) -> dict[tuple[str | None, int], list[int]]:
    """The columns with figures that the recipe does not read, for each column that was written to."""
    rows = {p[:2] for p in filling.cells}
    unread: dict[str | None, set[int]] = {}
    for place, held in filling.layout.cells.items():
        if place not in filling.cells and place[:2] in rows and is_number(held):
            unread.setdefault(place[0], set()).add(place[2])
    return {(p[0], p[2]): sorted(unread.get(p[0], ())) for p in filling.edits if p in filling.cells}


def _power(cells: Mapping[Place, object], sheet: str | None, columns: tuple[int, int], rows: Sequence[int]) -> int:
    """The power of ten between two columns; 0 where there is none, or too few rows say so."""
    powers = []
    for row in rows:
        one, two = (cells.get((sheet, row, c)) for c in columns)
        if is_number(one) and is_number(two) and one and two:
            ratio = float(str(two)) / float(str(one))
            power = round(math.log10(abs(ratio)))
            if not math.isclose(ratio, 10.0**power, rel_tol=1e-6):
                return 0
            powers.append(power)
    return powers[0] if len(powers) >= LEAST_TWINS and len(set(powers)) == 1 else 0


def find_stale(filling: Filling, rows: Rows) -> list[Place]:
    """Figures on the rows that were filled, right of the first of them, that the recipe does not read."""
    if not filling.edits or rows.parser.startswith("tidy"):
        return []
    layout, known = filling.layout, filling.cells
    first: dict[tuple[str | None, int], int] = {}
    for sheet, row, column in filling.edits:
        first[sheet, row] = min(first.get((sheet, row), column), column)
    found = []
    for place, held in layout.cells.items():
        sheet, row, column = place
        is_figure = is_number(held) or (layout.text is not None and bool(_FIGURE.fullmatch(str(held))))
        is_right = column > first.get((sheet, row), 1_000_000)
        is_free = place not in known and place not in filling.edits
        if is_figure and is_right and is_free and not layout.has_formula(place):
            found.append(place)
    return found
