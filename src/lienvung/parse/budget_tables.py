"""Where the table of provinces stands in a finance ministry form: found by its words, never by a fixed row.

A table is: a title over one or two rows ("DỰ TOÁN THU, CHI NGÂN SÁCH CỦA CÁC TỈNH, …"), the decision in
brackets, the unit at the far right, a header whose headings are broken over up to six rows, perhaps a row of
column numbers and formulas, the row TỔNG SỐ, and regions (Roman numbers) with their provinces (1-63).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lienvung.domain.names import fold, nfc
from lienvung.parse.budget_formulas import Identity, is_numbering, name_identity, read_formulas
from lienvung.parse.workbook import Sheet

TOTAL_LINE, REGION, PROVINCE = "total", "region", "province"

_YEAR = re.compile(r"\bnam (\d{4})\b")
_ROMAN = re.compile(r"[IVX]{1,5}\.?")
_DECISION = re.compile(r"ngày\s+(\d{1,2})\s*(?:/|tháng)\s*(\d{1,2})\s*(?:/|năm)\s*(\d{4})", re.IGNORECASE)
_TITLE_ROWS = 8
_NAME_COLUMNS = 3


@dataclass(frozen=True)
class Column:
    """A column that the recipe knows; ``key`` is its name in the recipe's identities."""

    index: int
    indicator: str
    breakdown: str
    unit: str
    heading: str

    @property
    def key(self) -> str:
        """Indicator and breakdown: ``BUDGET_TRANSFER_TARGET/TGT_FOREIGN``."""
        return f"{self.indicator}/{self.breakdown}" if self.breakdown else self.indicator


@dataclass(frozen=True)
class Line:
    """A row of the table: the total, a region or a province."""

    row: int
    name: str
    kind: str


@dataclass
class BudgetTable:
    """One table of provinces. ``strange``: headed columns with figures that the recipe does not know."""

    sheet: Sheet
    spec: Mapping[str, Any]
    title: str
    title_row: int
    year: int | None = None
    units: list[tuple[int, int, str]] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    strange: list[tuple[int, int, str]] = field(default_factory=list)
    nameless: list[int] = field(default_factory=list)
    identities: list[Identity] = field(default_factory=list)
    no_sums: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def is_readable(self) -> bool:
        """Whether year, unit, columns and rows were all found."""
        return bool(self.year and self.columns and self.lines and len({u for _, _, u in self.units}) == 1)


def find_title(sheet: Sheet, specs: Sequence[Mapping[str, Any]]) -> tuple[int, str, Mapping[str, Any]] | None:
    """Row, text and recipe entry of the title that a sheet bears, where the recipe knows it."""
    for row in range(min(_TITLE_ROWS, len(sheet.rows))):
        text = _row_text(sheet, row)
        spec = next((s for s in specs if re.search(str(s["title"]), fold(text))), None) if text else None
        if spec is not None:
            more = _row_text(sheet, row + 1)
            is_more = more and not more.startswith("(") and not re.fullmatch(r"[\d.]+", more)
            return row, f"{text} {more}" if is_more else text, spec
    return None


def has_form(sheet: Sheet, form: str) -> bool:
    """Whether the corner of a sheet bears a number of this kind of form, ``09/CKTC-NSNN``."""
    return any(re.search(form, fold(str(c))) for row in sheet.rows[:4] for c in row if c)


def decision_day(sheets: Sequence[Sheet]) -> date | None:
    """The day of the decision that the forms are attached to; a sheet may have lost it, the workbook has it."""
    for sheet in sheets:
        for row in range(min(_TITLE_ROWS, len(sheet.rows))):
            found = _DECISION.search(nfc(_row_text(sheet, row)))
            if found:
                try:
                    return date(int(found[3]), int(found[2]), int(found[1]))
                except ValueError:
                    continue
    return None


def read_table(sheet: Sheet, layout: Mapping[str, Any], specs: Sequence[Mapping[str, Any]]) -> BudgetTable | None:
    """The table of provinces of a sheet; None where it has no title that the recipe knows."""
    title = find_title(sheet, specs)
    if title is None:
        return None
    row, text, spec = title
    table = BudgetTable(sheet, spec, nfc(text), row)
    year = _YEAR.search(fold(text))
    table.year = int(year[1]) if year else None
    totals = {fold(t) for t in layout["totals"]}
    start = _first_line(sheet, row, totals)
    if start is not None:
        first, name_column = start
        _read_header(table, layout, first)
        _read_lines(table, first, name_column, totals)
    return table


def is_number(cell: object) -> bool:
    """Whether a cell holds a figure of its own, not a text that looks like one."""
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _row_text(sheet: Sheet, row: int) -> str:
    cells = sheet.rows[row] if row < len(sheet.rows) else []
    return " ".join(nfc(str(c)) for c in cells if str(c).strip())


def _first_line(sheet: Sheet, title_row: int, totals: set[str]) -> tuple[int, int] | None:
    """Row of the total and the column of the names: everything above is header."""
    for row in range(title_row + 1, len(sheet.rows)):
        for col in range(_NAME_COLUMNS):
            if fold(str(sheet.cell(row, col))) in totals and sum(map(is_number, sheet.rows[row])) >= 2:
                return row, col
    return None


def _read_header(table: BudgetTable, layout: Mapping[str, Any], first: int) -> None:
    sheet, start = table.sheet, table.title_row + 1
    units = {fold(text): str(code) for text, code in layout["units"].items()}
    for row in range(table.title_row, first):
        texts = [(c, fold(cell)) for c, cell in enumerate(sheet.rows[row]) if isinstance(cell, str)]
        found = [(row, c, code) for c, text in texts for unit, code in units.items()
                 if re.fullmatch(rf"(?:don vi(?: tinh)? )?{unit}(?: .*)?", text)]  # fmt: skip
        if found:
            table.units, start = table.units + found, row + 1
    last = first
    for row in range(first - 1, start - 1, -1):
        if is_numbering(sheet.rows[row]):
            last = row
            table.identities, strange = read_formulas(sheet.rows[row])
            table.no_sums = [(row, c, text) for c, text in strange]
            break
    _read_columns(table, _headings(table, start, last, first), last - 1)
    by_key = {c.key: c.index for c in table.columns}
    printed = {i.target for i in table.identities}
    named = [i for text in table.spec.get("identities", []) if (i := name_identity(str(text), by_key))]
    table.identities += [i for i in named if i.target not in printed]


def _headings(table: BudgetTable, start: int, end: int, first: int) -> list[str]:
    """One text per column, put together from its rows; a column under a merged heading takes that of its left."""
    sheet = table.sheet
    width = len(sheet.rows[first])
    texts = [nfc(" ".join(str(sheet.cell(row, c)) for row in range(start, end))) for c in range(width)]
    for col in range(2, width):
        is_bare = not texts[col] and _has_figures(sheet, first, col) and not _has_figures(sheet, first, col - 1)
        if is_bare:
            texts[col], texts[col - 1] = texts[col - 1], ""
    return texts


def _has_figures(sheet: Sheet, first: int, col: int) -> bool:
    return any(is_number(sheet.cell(row, col)) for row in range(first, len(sheet.rows)))


def _read_columns(table: BudgetTable, headings: list[str], at: int) -> None:
    unit = table.units[0][2] if table.units else ""
    for index, heading in enumerate(headings):
        spec = next((s for s in table.spec["columns"] if re.fullmatch(str(s["heading"]), fold(heading))), None)
        if spec is not None:
            own = str(spec.get("unit", unit))
            table.columns.append(Column(index, str(spec["indicator"]), str(spec.get("breakdown", "")), own, heading))
        elif index >= _NAME_COLUMNS - 1 and heading:
            table.strange.append((at, index, heading))


def _read_lines(table: BudgetTable, first: int, name_column: int, totals: set[str]) -> None:
    for row, serial, name in _labels(table.sheet, first, name_column):
        figures = [v for c in table.columns if is_number(v := table.sheet.cell(row, c.index))]
        if fold(serial).startswith("ghi chu") or fold(name).startswith("ghi chu"):
            return
        if not figures:
            continue
        if fold(name) in totals:
            table.lines.append(Line(row, name, TOTAL_LINE))
        elif name and _ROMAN.fullmatch(serial):
            table.lines.append(Line(row, name, REGION))
        elif name and re.fullmatch(r"\d+(\.0)?", serial):
            table.lines.append(Line(row, name, PROVINCE))
        elif name or any(figures):
            table.nameless.append(row)


def _labels(sheet: Sheet, first: int, name_column: int) -> Iterator[tuple[int, str, str]]:
    for row in range(first, len(sheet.rows)):
        serial = nfc(str(sheet.cell(row, name_column - 1))) if name_column else ""
        yield row, serial, nfc(str(sheet.cell(row, name_column)))
