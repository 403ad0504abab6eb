"""The finance ministry's budget workbooks: plan and final account of the provinces, form 09/CKTC-NSNN.

The figures of each province are held against the form's own arithmetic, and the printed regions and total
against their rows; what does not add up is said with the sum, and the printed figure is kept.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from lienvung.domain.handovers import ERROR, INFO, ROWS_SCHEMA, WARNING, Finding, RawFile, Rows
from lienvung.domain.names import nfc
from lienvung.domain.observations import MARKS, TOTAL
from lienvung.errors import LayoutNotRecognised
from lienvung.parse.budget_formulas import Identity, Verdict, judge
from lienvung.parse.budget_tables import (
    PROVINCE,
    REGION,
    TOTAL_LINE,
    BudgetTable,
    Column,
    Line,
    decision_day,
    find_title,
    has_form,
    is_number,
    read_table,
)
from lienvung.parse.decimals import read_numbers
from lienvung.parse.recipes import Recipe
from lienvung.parse.workbook import Sheet, a1, read_workbook

PARSER = "budget/1"
COUNTRY = "VN"


@dataclass
class _Reading:
    recipe: Recipe
    published: str = ""
    records: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    understood: list[tuple[str, str]] = field(default_factory=list)

    def note(self, rule: str, severity: str, sheet: Sheet, at: tuple[int, int] | None, vi: str, en: str,
             todo: tuple[str, str] = ("", "")) -> None:  # fmt: skip
        cell = a1(*at) if at else None
        self.findings.append(Finding(f"BUDGET-{rule}", severity, vi, en, sheet.name, cell, *todo))


def recognise_budget(sheets: Sequence[Sheet], recipe: Recipe) -> bool:
    """Whether the forms of this recipe are in these sheets, and among them a table of provinces."""
    specs = recipe.layout["tables"]
    return any(has_form(s, str(recipe.match["form"])) for s in sheets) and any(find_title(s, specs) for s in sheets)


def parse_budget(raw: RawFile, recipe: Recipe) -> Rows:
    """Rows of every table of provinces; the other forms of the workbook are named in the findings.

    Raises:
        LayoutNotRecognised: no sheet has such a form.
        SourceError: the workbook itself cannot be read (see ``read_workbook``).
    """
    sheets = read_workbook(raw)
    if not recognise_budget(sheets, recipe):
        raise LayoutNotRecognised(file=raw.name, found=", ".join(s.name.strip() for s in sheets[:10]))
    day = decision_day(sheets)
    reading = _Reading(recipe, day.isoformat() if day else recipe.published)
    for sheet in sheets:
        _read_sheet(reading, sheet)
    return Rows(
        table=pa.Table.from_pylist(reading.records, schema=ROWS_SCHEMA),
        parser=PARSER,
        recipe=recipe.id,
        understood_vi=tuple(vi for vi, _ in reading.understood),
        understood_en=tuple(en for _, en in reading.understood),
        findings=tuple(reading.findings),
    )


def _read_sheet(reading: _Reading, sheet: Sheet) -> None:
    layout = reading.recipe.layout
    table = read_table(sheet, layout, layout["tables"]) if sheet.is_visible else None
    if table is None:
        vi, en = _other_title(sheet)
        reading.note("SHEET-NOT-READ", INFO, sheet, None, f"Không đọc biểu: {vi}.", f"Form not read: {en}.")
    elif not table.is_readable:
        _name_broken(reading, table)
    else:
        _read_table(reading, table)


def _other_title(sheet: Sheet) -> tuple[str, str]:
    if not sheet.is_visible:
        return "trang ẩn", "a hidden sheet"
    for row in sheet.rows[:8]:
        text = nfc(" ".join(str(c) for c in row if isinstance(c, str)))
        if len(text) > 20 and "CKTC" not in text and not text.startswith("("):
            return text, text
    return "trang không có tiêu đề", "a sheet without title"


def _name_broken(reading: _Reading, table: BudgetTable) -> None:
    units = sorted({code for _, _, code in table.units})
    if table.lines and len(units) != 1:
        found = ", ".join(units) or "–"
        reading.note("UNIT", ERROR, table.sheet, table.units[0][:2] if table.units else None,
                     f"Biểu phải ghi đúng một đơn vị tính; đọc được: {found}.",
                     f"The form must state one unit; found: {found}.")  # fmt: skip
        return
    reading.note("TABLE-BROKEN", WARNING, table.sheet, (table.title_row, 0),
                 f"Không đọc được biểu '{table.title}': thiếu năm, dòng tổng số hoặc cột quen thuộc.",
                 f"The form '{table.title}' lacks its year, the row of totals or known columns.")  # fmt: skip


def _read_table(reading: _Reading, table: BudgetTable) -> None:
    _read_texts(reading, table)
    reading.records.extend(_records(reading, table))
    held, broken = _check_identities(reading, table)
    sums, wrong = _check_sums(reading, table)
    sheet = table.sheet
    for row, col, text in table.strange:
        reading.note("COLUMN-NOT-READ", INFO, sheet, (row, col),
                     f"Không đọc cột '{text}'.", f"The column '{text}' is not read.")  # fmt: skip
    for row, col, text in table.no_sums:
        reading.note("FORMULA-NOT-READ", INFO, sheet, (row, col),
                     f"Công thức '{text}' không phải phép cộng trừ các cột.",
                     f"The formula '{text}' is no sum of columns.")  # fmt: skip
    for row in table.nameless:
        reading.note("ROW-NOT-READ", WARNING, sheet, (row, 0), "Dòng có số nhưng thiếu số thứ tự hoặc tên; không đọc.",
                     "A row with figures but without number or name is not read.")  # fmt: skip
    places = sum(line.kind == PROVINCE for line in table.lines)
    kept, right = f"{held}/{held + broken}", f"{sums}/{sums + wrong}"
    where, width = f"{sheet.name} {table.title}", len(table.columns)
    vi = f"{where}: {places} tỉnh, {width} cột; đẳng thức đúng {kept}, tổng vùng và cả nước đúng {right}"
    en = f"{where}: {places} provinces, {width} columns; identities hold {kept}, sums of regions and country {right}"
    reading.understood.append((vi, en))


def _read_texts(reading: _Reading, table: BudgetTable) -> None:
    """Turn figures typed as texts into numbers, by one decimal sign for the whole table."""
    places = [(line.row, c.index) for line in table.lines for c in table.columns]
    rows = table.sheet.rows
    places = [(r, c) for r, c in places if isinstance(rows[r][c], str) and str(rows[r][c]).strip()]
    numbers = read_numbers(pa.array([str(rows[r][c]) for r, c in places], pa.string()))
    if numbers.doubt:
        reading.note("DECIMAL-SIGN", ERROR, table.sheet, places[int(numbers.doubtful[0])],
                     "Số gõ dạng chữ có dấu thập phân không xác định được.",
                     "Figures typed as text whose decimal sign cannot be decided.")  # fmt: skip
        return
    for (row, col), value, mark in zip(places, numbers.value.to_pylist(), numbers.mark.to_pylist(), strict=True):
        if value is not None and mark is None:
            rows[row][col] = value


def _records(reading: _Reading, table: BudgetTable) -> Iterator[dict[str, Any]]:
    recipe = reading.recipe
    same = {
        "boundary": recipe.boundary, "activity": TOTAL, "period": str(table.year), "issuer": recipe.issuer,
        "status": str(table.spec["status"]), "published": reading.published or None, "sheet": table.sheet.name,
    }  # fmt: skip
    for line in table.lines:
        for column in table.columns:
            cell = table.sheet.cell(line.row, column.index)
            if _is_share(column) and line.kind != PROVINCE and not is_number(cell):
                continue
            measure = {"indicator": column.indicator, "breakdown": column.breakdown or TOTAL, "unit": column.unit}
            where = {"area_text": _area(line), "cell": a1(line.row, column.index)}
            yield same | measure | where | _value(cell, str(recipe.layout.get("blank", "")))
        yield from (same | more for more in _sums(reading, table, line))


def _sums(reading: _Reading, table: BudgetTable, line: Line) -> Iterator[dict[str, Any]]:
    """Totals that the form splits into columns and does not print; said in the note, addressed at the first part."""
    by_key = {c.key: c for c in table.columns}
    for spec in table.spec.get("sums", []):
        parts = [by_key[key] for key in spec["of"] if key in by_key]
        values = [v for c in parts if (v := _figure(reading, table, line, c.index)) is not None]
        if parts and len(values) == len(spec["of"]):
            total = math.fsum(values)
            yield {
                "indicator": str(spec["indicator"]), "breakdown": TOTAL, "unit": parts[0].unit, "value": total,
                "value_text": f"{round(total, 6):.15g}", "area_text": _area(line), "note": str(spec["note"]),
                "cell": a1(line.row, parts[0].index),
            }  # fmt: skip


def _area(line: Line) -> str:
    return COUNTRY if line.kind == TOTAL_LINE else line.name


def _is_share(column: Column) -> bool:
    return column.unit == "PCT"


def _value(cell: object, blank: str) -> dict[str, Any]:
    """Text, number and mark of a cell; ``blank`` is the mark that an empty cell of this publisher stands for."""
    if is_number(cell):
        number = float(str(cell))
        return {"value_text": str(int(number)) if number.is_integer() else repr(number), "value": number}
    text = nfc(str(cell))
    mark = MARKS.get(text or blank) if text or blank else "not_applicable"
    return {"value_text": text, "value": 0.0 if mark == "nil" else None, "mark": mark}


def _figure(reading: _Reading, table: BudgetTable, line: Line, index: int) -> float | None:
    value = _value(table.sheet.cell(line.row, index), str(reading.recipe.layout.get("blank", "")))["value"]
    return None if value is None else float(value)


def _check_identities(reading: _Reading, table: BudgetTable) -> tuple[int, int]:
    """How many rows keep the form's arithmetic and how many do not; each of the latter is a finding."""
    held = broken = 0
    for identity in table.identities:
        for line in table.lines:
            verdict = _verdict(reading, table, line, identity)
            held += bool(verdict and verdict.holds)
            if verdict and not verdict.holds:
                broken += 1
                _name_broken_identity(reading, table, line, identity, verdict)
    return held, broken


def _verdict(reading: _Reading, table: BudgetTable, line: Line, identity: Identity) -> Verdict | None:
    printed = _figure(reading, table, line, identity.target)
    values = [(sign, _figure(reading, table, line, index)) for sign, index in identity.terms]
    if printed is None or any(value is None for _, value in values):
        return None
    # an empty cell is exactly nothing: no rounding is allowed for it
    cells = [table.sheet.cell(line.row, index) for _, index in identity.terms]
    return judge(printed, [(s, v) for (s, v), c in zip(values, cells, strict=True) if v is not None and is_number(c)])


def _name_broken_identity(
    reading: _Reading, table: BudgetTable, line: Line, identity: Identity, verdict: Verdict
) -> None:  # fmt: skip
    parts = []
    for sign, index in identity.terms:
        parts.append(f"{'−' if sign < 0 else '+'} {_figure(reading, table, line, index):.10g}")
    sums = " ".join(parts).removeprefix("+ ")
    formula = f" ({identity.text})" if identity.text else ""
    text = f"{line.name}{formula}: {sums} = {verdict.total:.10g}"
    gap = verdict.printed - verdict.total
    reading.note("IDENTITY", WARNING, table.sheet, (line.row, identity.target),
                 f"{text}, in {verdict.printed:.10g}, chênh {gap:+.10g}.",
                 f"{text}, printed {verdict.printed:.10g}, off by {gap:+.10g}.",
                 ("Giữ số đã in; đối chiếu với bản ký.",
                  "The printed figure is kept; compare with the signed copy."))  # fmt: skip


def _check_sums(reading: _Reading, table: BudgetTable) -> tuple[int, int]:
    """Hold each printed region and the total against their rows: how many are right, how many wrong."""
    right = wrong = 0
    for head, parts in _groups(table.lines):
        for column in table.columns:
            printed = None if _is_share(column) else _figure(reading, table, head, column.index)
            values = [v for p in parts if (v := _figure(reading, table, p, column.index)) is not None]
            if printed is None or len(values) < len(parts):
                continue
            verdict = judge(printed, [(1, v) for v in values])
            right += verdict.holds
            if not verdict.holds:
                wrong += 1
                _name_wrong_sum(reading, table, head, column, verdict, len(parts))
    return right, wrong


def _groups(lines: Sequence[Line]) -> list[tuple[Line, list[Line]]]:
    """Each region with its provinces, and the total with the regions (or with all provinces)."""
    groups: list[tuple[Line, list[Line]]] = []
    for line in lines:
        if line.kind == REGION:
            groups.append((line, []))
        elif line.kind == PROVINCE and groups:
            groups[-1][1].append(line)
    regions = [head for head, _ in groups]
    parts = regions or [line for line in lines if line.kind == PROVINCE]
    return [*groups, *((line, parts) for line in lines if line.kind == TOTAL_LINE)]


def _name_wrong_sum(
    reading: _Reading, table: BudgetTable, head: Line, column: Column, verdict: Verdict, count: int
) -> None:  # fmt: skip
    gap, where = verdict.printed - verdict.total, f"{head.name}, {column.heading}"
    vi = f"{where}: in {verdict.printed:.10g}; {count} dòng thuộc nó cộng lại {verdict.total:.10g}"
    en = f"{where}: printed {verdict.printed:.10g}; its {count} rows add up to {verdict.total:.10g}"
    reading.note("REGION-SUM", WARNING, table.sheet, (head.row, column.index), f"{vi}, chênh {gap:+.10g}.",
                 f"{en}, off by {gap:+.10g}.",
                 ("Giữ số đã in; hỏi lại cơ quan công bố.", "The printed figure is kept; ask the issuer.")
                 if head.kind == REGION else
                 ("Giữ số đã in; xem ghi chú cuối biểu về khoản không thuộc địa bàn tỉnh nào.",
                  "The printed figure is kept; see the notes under the form on sums of no province."))  # fmt: skip
