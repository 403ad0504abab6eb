"""The agency's workbook as it stands, coloured by what was read and what is wrong; a window of it at a time."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lienvung.domain.handovers import ERROR, INFO, WARNING, Finding
from lienvung.domain.layouts import FIGURE, HEADER, LABEL, NOTE, TITLE, UNIT, UNREAD, SheetCells, TableShape
from lienvung.domain.names import fold
from lienvung.present.numbers import format_number

WINDOW_ROWS, WINDOW_COLUMNS = 100, 30
LONGEST_TEXT = 120
SEVERITIES = (ERROR, WARNING, INFO)
ACCEPTED = "accepted"
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@dataclass(frozen=True)
class GridAsk:
    """What a person asked to see: ``sheet`` from 1, ``row`` and ``column`` that the window begins with, from 1."""

    sheet: int = 0
    row: int = 1
    column: int = 1
    cell: str = ""
    severity: str = ""
    rule: str = ""
    only: bool = False
    search: str = ""


@dataclass(frozen=True)
class GridCell:
    """One cell: ``kind`` is its worst finding or how it was read."""

    address: str
    text: str
    kind: str = ""
    role: str = ""
    is_number: bool = False
    findings: int = 0
    comments: int = 0
    is_chosen: bool = False

    @property
    def is_open(self) -> bool:
        """Whether there is anything to show about it."""
        return bool(self.text or self.findings or self.comments)


@dataclass(frozen=True)
class GridRow:
    """A row of the window, with the number that the spreadsheet shows."""

    number: int
    cells: tuple[GridCell, ...]


@dataclass(frozen=True)
class SheetTab:
    """A sheet to choose, with how many problems it has."""

    number: int
    name: str
    errors: int
    warnings: int
    is_chosen: bool
    is_visible: bool


@dataclass(frozen=True)
class Window:
    """What is shown of a sheet, and what there is around it."""

    sheet: int
    letters: tuple[str, ...]
    rows: tuple[GridRow, ...]
    total_rows: int
    total_columns: int
    first: int
    last: int
    found: int
    before: int | None
    after: int | None
    left: int | None
    right: int | None
    is_filtered: bool


def letter_of(column: int) -> str:
    """The letters that a spreadsheet shows for a column counted from 0.

    >>> letter_of(0), letter_of(25), letter_of(26), letter_of(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


def place_of(cell: str | None) -> tuple[int, int] | None:
    """Row and column from 0 of ``C12``; None if it is no cell of a sheet.

    >>> place_of("C12"), place_of("Series[3]/Obs[1]"), place_of(None)
    ((11, 2), None, None)
    """
    found = _CELL.fullmatch(cell or "")
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def show_cell(value: object, lang: str) -> str:
    """A cell for people: years bare, other numbers with thousands signs, texts as they stand.

    >>> show_cell(2019.0, "vi"), show_cell(1947220.0, "vi"), show_cell("1.590.000", "vi"), show_cell(None, "vi")
    ('2019', '1.947.220', '1.590.000', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        is_year = float(value).is_integer() and 1900 <= value <= 2100
        return f"{value:.0f}" if is_year else format_number(float(value), None, lang)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).strip()
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def read_findings(report: Mapping[str, object]) -> list[Finding]:
    """The findings of a submission's kept report."""
    kept = report.get("findings")
    names = set(Finding.__dataclass_fields__) - {"places"}
    if not isinstance(kept, list):
        return []
    return [Finding(**{k: v for k, v in f.items() if k in names}, places=tuple(f.get("places") or ())) for f in kept]


def sheet_index(sheets: Sequence[SheetCells], name: str | None) -> int | None:
    """The position of a sheet by the name that a finding gives; a file of one sheet needs no name."""
    if len(sheets) == 1 and (name is None or name == "" or sheets[0].name in ("", name)):
        return 0
    return next((n for n, s in enumerate(sheets) if s.name == name), None)


def findings_by_cell(
    findings: Iterable[Finding], sheets: Sequence[SheetCells], number: int
) -> dict[tuple[int, int], list[Finding]]:
    """The findings that stand at a cell of one sheet (from 0), worst first."""
    found: dict[tuple[int, int], list[Finding]] = {}
    for finding in findings:
        for sheet, cell in finding.cells():
            place = place_of(cell)
            if place and sheet_index(sheets, sheet) == number:
                found.setdefault(place, []).append(finding)
    for here in found.values():
        here.sort(key=lambda f: SEVERITIES.index(f.severity))
    return found


def sheet_tabs(
    sheets: Sequence[SheetCells], findings: Sequence[Finding], chosen: int, name: str
) -> tuple[SheetTab, ...]:
    """The sheets to choose from; ``name`` is the file's, for a text that has no sheets."""
    counts: dict[tuple[int | None, str], int] = {}
    for finding in findings:
        key = (sheet_index(sheets, finding.sheet), finding.severity)
        counts[key] = counts.get(key, 0) + finding.count
    return tuple(
        SheetTab(
            n + 1, s.name or name, counts.get((n, ERROR), 0), counts.get((n, WARNING), 0), n == chosen, s.is_visible
        )
        for n, s in enumerate(sheets)
    )


def first_sheet(sheets: Sequence[SheetCells], findings: Sequence[Finding], shapes: Sequence[TableShape]) -> int:
    """Where to begin (from 0): the first sheet with an error, else the first with a table, else the first seen."""
    for severity in (ERROR, WARNING):
        for finding in findings:
            at = sheet_index(sheets, finding.sheet)
            if finding.severity == severity and finding.cell and at is not None:
                return at
    with_tables = [at for at in (sheet_index(sheets, s.sheet) for s in shapes) if at is not None]
    return with_tables[0] if with_tables else next((n for n, s in enumerate(sheets) if s.is_visible), 0)


def place_name(finding: Finding) -> str:
    """``Sheet!C12`` as the warnings are named by; the sheet alone, or nothing for the whole file."""
    if finding.sheet and finding.cell:
        return f"{finding.sheet}!{finding.cell}"
    return finding.cell or finding.sheet or ""


@dataclass(frozen=True)
class Marks:
    """What is known of one sheet's cells, by row and column from 0."""

    findings: Mapping[tuple[int, int], Sequence[Finding]]
    accepted: Collection[tuple[str, str]] = ()
    comments: Mapping[str, int] | None = None
    shapes: Sequence[TableShape] = ()

    def shown(self, ask: GridAsk) -> Marks:
        """Only the findings that the filters let through."""
        if not ask.severity and not ask.rule:
            return self
        kept = {at: [f for f in here if passes(f, ask)] for at, here in self.findings.items()}
        return replace(self, findings={at: here for at, here in kept.items() if here})


def passes(finding: Finding, ask: GridAsk) -> bool:
    """Whether the filters let a finding through."""
    return ask.severity in ("", finding.severity) and ask.rule in ("", finding.rule)


def build_window(sheet: SheetCells, marks: Marks, read: Collection[str], ask: GridAsk, lang: str) -> Window:
    """The window of a sheet that was asked for.

    Args:
        read: addresses of the cells in the window's rows that were read as figures.
    """
    numbers = _rows(sheet, marks, ask)
    start = _start(numbers, ask)
    shown = numbers[start : start + WINDOW_ROWS]
    width = max(sheet.width, 1 + max((c for _, c in marks.findings), default=0))
    left = min(max(ask.column - 1, 0), max(width - 1, 0)) // WINDOW_COLUMNS * WINDOW_COLUMNS
    columns = range(left, min(left + WINDOW_COLUMNS, width))
    rows = tuple(_row(sheet, marks, read, n, columns, ask, lang) for n in shown)
    before = numbers[max(start - WINDOW_ROWS, 0)] + 1 if start else None
    after = numbers[start + WINDOW_ROWS] + 1 if start + WINDOW_ROWS < len(numbers) else None
    return Window(
        ask.sheet, tuple(letter_of(c) for c in columns), rows, len(sheet.rows), width,
        shown[0] + 1 if shown else 0, shown[-1] + 1 if shown else 0, len(numbers), before, after,
        max(left - WINDOW_COLUMNS, 0) + 1 if left else None,
        left + WINDOW_COLUMNS + 1 if left + WINDOW_COLUMNS < width else None, ask.only or bool(ask.search),
    )  # fmt: skip


def window_rows(sheet: SheetCells, marks: Marks, ask: GridAsk) -> tuple[int, int]:
    """First and last row (from 1) of the window, to ask for what was read there."""
    numbers = _rows(sheet, marks, ask)
    shown = numbers[(start := _start(numbers, ask)) : start + WINDOW_ROWS]
    return (shown[0] + 1, shown[-1] + 1) if shown else (1, 1)


def _rows(sheet: SheetCells, marks: Marks, ask: GridAsk) -> Sequence[int]:
    """The rows that the filters leave, from 0."""
    most = max(len(sheet.rows), 1 + max((r for r, _ in marks.findings), default=-1))
    if not ask.only and not ask.search:
        return range(most)
    rows: Iterable[int] = sorted({r for r, _ in marks.findings}) if ask.only else range(most)
    words = fold(ask.search)
    if words:
        rows = [r for r in rows if r < len(sheet.rows) and any(words in fold(str(v)) for v in sheet.rows[r] if v != "")]
    return list(rows)


def _start(numbers: Sequence[int], ask: GridAsk) -> int:
    """The position of the window's first row: whole windows, so that a cell is always in the same one."""
    wanted = max(ask.row - 1, 0)
    at = next((n for n, row in enumerate(numbers) if row >= wanted), max(len(numbers) - 1, 0)) if not isinstance(
        numbers, range
    ) else min(wanted, max(len(numbers) - 1, 0))  # fmt: skip
    return at // WINDOW_ROWS * WINDOW_ROWS


def _row(
    sheet: SheetCells, marks: Marks, read: Collection[str], row: int, columns: range, ask: GridAsk, lang: str
) -> GridRow:
    values = sheet.rows[row] if row < len(sheet.rows) else ()
    cells = [_cell(values[c] if c < len(values) else "", marks, read, (row, c), ask, lang) for c in columns]
    return GridRow(row + 1, tuple(cells))


def _cell(value: object, marks: Marks, read: Collection[str], at: tuple[int, int], ask: GridAsk, lang: str) -> GridCell:
    address = f"{letter_of(at[1])}{at[0] + 1}"
    here = marks.findings.get(at, ())
    text = show_cell(value, lang)
    role = role_of(marks.shapes, at, address in read) if text else ""
    waiting = [f for f in here if (f.rule, place_name(f)) not in marks.accepted]
    kind = waiting[0].severity if waiting else ACCEPTED if here else ""
    count = (marks.comments or {}).get(address, 0)
    is_number = isinstance(value, (int, float)) or role == FIGURE
    return GridCell(address, text, kind, role, is_number, len(here), count, address == ask.cell)


def role_of(shapes: Sequence[TableShape], at: tuple[int, int], is_read: bool) -> str:
    """What a cell is to the reading. A figure that no row was made of is not read."""
    if is_read:
        return FIGURE
    for shape in shapes:
        if shape.title_row <= at[0] <= shape.last_row or shape.unit_cell == at:
            role = shape.role(*at)
            if role in (TITLE, UNIT, HEADER, LABEL, NOTE):
                return role
    return UNREAD if shapes else ""


def cells_read(table: pa.Table, sheet: SheetCells, is_only: bool, first: int, last: int) -> set[str]:
    """Addresses of the figures read in some rows (from 1) of a sheet.

    Args:
        table: with columns ``sheet`` and ``cell``. is_only: the file has no other sheet.
    """
    here = rows_of_sheet(table, sheet, is_only)
    row = pc.cast(pc.replace_substring_regex(here["cell"], r"^[A-Z]{1,3}(\d{1,7})$", r"\1"), pa.string())
    is_cell = pc.match_substring_regex(row, r"^\d{1,7}$")
    here, row = here.filter(is_cell), pc.cast(row.filter(is_cell), pa.int64())
    return set(here["cell"].filter(pc.and_(pc.greater_equal(row, first), pc.less_equal(row, last))).to_pylist())


def rows_of_sheet(table: pa.Table, sheet: SheetCells, is_only: bool) -> pa.Table:
    """The rows that were read from a sheet."""
    names = pc.fill_null(table["sheet"], "")
    same = pc.equal(names, sheet.name)
    return table.filter(pc.or_(same, pc.equal(names, "")) if is_only else same)


def rows_of_cell(table: pa.Table, sheet: SheetCells, is_only: bool, cell: str) -> list[dict[str, Any]]:
    """What was read from one cell."""
    here = rows_of_sheet(table, sheet, is_only)
    found: list[dict[str, Any]] = here.filter(pc.equal(here["cell"], cell)).to_pylist()
    return found
