"""The investment agency's monthly FDI workbooks (.xls and .xlsx), whose layout changes by year.

What they print: projects and registered capital still in force on a cut-off day (a stock), and new
projects, adjustments and share purchases since 1 January (flows), each by province, by VSIC section, by partner
country and by form of investment. The recipe holds the words of the headings; nothing here knows a row or
column number.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from lienvung.domain.handovers import ERROR, INFO, ROWS_SCHEMA, WARNING, Finding, RawFile, Rows
from lienvung.domain.names import fold, nfc
from lienvung.domain.observations import MARKS, TOTAL
from lienvung.errors import LayoutNotRecognised
from lienvung.parse.fia_blocks import Block, Column, Line, find_blocks, has_title
from lienvung.parse.recipes import Recipe
from lienvung.parse.workbook import Sheet, a1, read_workbook

PARSER = "fia/1"
COUNTRY = "VN"

_OTHER_BOOK = re.compile(r"'?\[[^\]]+\.xls[xmb]?\]")
_AGENCY = "cuc dau tu nuoc ngoai"
_READ_KINDS = ("province", "section", "partner", "form")
_TOLERANCE = 0.005


@dataclass
class _Reading:
    """What has been made of a workbook so far."""

    raw: RawFile
    recipe: Recipe
    records: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    understood: list[tuple[str, str]] = field(default_factory=list)

    def note(
        self,
        rule: str,
        severity: str,
        sheet: str,
        cell: str | None,
        vi: str,
        en: str,
        todo_vi: str = "",
        todo_en: str = "",
    ) -> None:
        self.findings.append(Finding(f"FDI-{rule.upper()}", severity, vi, en, sheet, cell, todo_vi, todo_en))


def recognise_fia(sheets: Sequence[Sheet]) -> bool:
    """Whether these sheets look like the agency's workbook: its name and a titled FDI table in one of them."""
    return any(map(_names_agency, sheets)) and any(map(has_title, sheets))


def parse_fia(raw: RawFile, recipe: Recipe) -> Rows:
    """Rows of every block that the recipe knows; a sheet or block left out is named in the findings.

    Raises:
        LayoutNotRecognised: no sheet has a table of FDI.
        SourceError: the workbook itself cannot be read (see ``read_workbook``).
    """
    sheets = read_workbook(raw)
    if not recognise_fia(sheets):
        found = ", ".join(s.name.strip() for s in sheets[:10]) or "0 sheets"
        raise LayoutNotRecognised(file=raw.name, found=found)
    reading = _Reading(raw, recipe)
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


def _names_agency(sheet: Sheet) -> bool:
    return any(_AGENCY in fold(str(c)) for row in sheet.rows[:6] for c in row[:3])


def _read_sheet(reading: _Reading, sheet: Sheet) -> None:
    borrowed = _other_books(sheet)
    if borrowed:
        reading.note(
            "compilation", ERROR, sheet.name, borrowed[0],
            f"Trang tổng hợp bằng công thức từ {borrowed[1]}; tiêu đề và ngày chép từ mẫu nên không tin được.",
            f"The sheet is put together by formulas from {borrowed[1]}; its title and days are copied from a template.",
            f"Nộp chính sổ {borrowed[1]}.", f"Submit {borrowed[1]} itself.",
        )  # fmt: skip
        return
    blocks = list(find_blocks(sheet, reading.recipe.layout)) if sheet.is_visible else []
    if not blocks:
        vi, en = "không có bảng theo địa phương, ngành, đối tác", "no table by province, sector or partner"
        if not sheet.is_visible:
            vi, en = "trang ẩn", "a hidden sheet"
        reading.note("sheet-not-read", INFO, sheet.name, None, f"Không đọc: {vi}.", f"Not read: {en}.")
    for block in blocks:
        _read_block(reading, block)


def _other_books(sheet: Sheet) -> tuple[str, str] | None:
    for at, row in enumerate(sheet.rows):
        for col, value in enumerate(row):
            found = _OTHER_BOOK.match(value) if isinstance(value, str) else None
            if found:
                return a1(at, col), found[0].strip("'[]")
    return None


def _read_block(reading: _Reading, block: Block) -> None:
    cell = a1(block.title_row, 0)
    if block.kind not in _READ_KINDS:
        reading.note("block-not-read", INFO, block.sheet.name, cell,
                     f"Chưa dùng bảng '{block.title}'.", f"The table '{block.title}' is not used.")  # fmt: skip
        return
    if not block.is_readable:
        reading.note("block-broken", WARNING, block.sheet.name, cell,
                     f"Không đọc được bảng '{block.title}': thiếu ngày, hàng tiêu đề TT hoặc dòng số liệu.",
                     f"The table '{block.title}' has no days, no header row TT or no numbered rows.")  # fmt: skip
        return
    lines = _keys_of_lines(reading, block)
    reading.records.extend(_records(reading.recipe, block, lines))
    _compare_columns(reading, block)
    _compare_total(reading, block)
    _name_strange_columns(reading, block)
    where, count = f"{block.sheet.name.strip()}!{cell} {block.title}: {_period(block)}", len(lines) * len(block.columns)
    reading.understood.append((f"{where}, {len(lines)} dòng, {count} ô", f"{where}, {len(lines)} rows, {count} cells"))


def _records(recipe: Recipe, block: Block, lines: list[tuple[Line, dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """One record per line and column."""
    same = _blank_record(recipe, block) | {"period": _period(block), "published": f"{block.cut_off:%Y-%m}"}
    for line, key in lines:
        for column in block.columns:
            measure = {"indicator": column.indicator, "unit": column.unit, "cell": a1(line.row, column.index)}
            yield same | key | measure | _value(block.sheet.cell(line.row, column.index))


def _blank_record(recipe: Recipe, block: Block) -> dict[str, Any]:
    boundaries = [str(b) for b in recipe.layout.get("boundaries", [recipe.boundary])]
    in_force = [b for b in boundaries if _start(b) <= block.cut_off] or boundaries[:1]
    return {
        "area_text": COUNTRY, "boundary": in_force[-1], "activity": TOTAL, "breakdown": TOTAL, "status": "official",
        "issuer": recipe.issuer, "sheet": block.sheet.name,
        "note": f"đến {block.cut_off:%d/%m/%Y}",
    }  # fmt: skip


def _start(boundary: str) -> date:
    return date.fromisoformat(boundary if "-" in boundary else f"{boundary}-01-01")


def _keys_of_lines(reading: _Reading, block: Block) -> list[tuple[Line, dict[str, Any]]]:
    """What each line is about; lines that cannot be placed are named and left out."""
    found: list[tuple[Line, dict[str, Any]]] = []
    codes = _codes(reading.recipe, block)
    for line in block.lines:
        key = _key(codes, block, line)
        if key is not None:
            found.append((line, key))
        elif not line.is_total:
            _name_line(reading, block, line, "Dòng không có số thứ tự" if line.is_loose else "Không có mã cho dòng",
                       "A row without a number" if line.is_loose else "No code for the row")  # fmt: skip
    keys = [tuple(sorted(key.items())) for _, key in found]
    times = Counter(keys)
    for (line, _), own in zip(found, keys, strict=True):
        if times[own] > 1:
            _name_line(reading, block, line, "Một đối tượng in trên nhiều dòng", "One subject printed on several rows")
    return [pair for pair, own in zip(found, keys, strict=True) if times[own] == 1]


def _name_line(reading: _Reading, block: Block, line: Line, vi: str, en: str) -> None:
    reading.note("row-not-read", WARNING, block.sheet.name, a1(line.row, 1),
                 f"{vi}, không đọc: '{line.name}'.", f"{en}, not read: '{line.name}'.")  # fmt: skip


def _codes(recipe: Recipe, block: Block) -> dict[str, dict[str, Any]]:
    """What a printed name means in this kind of table, by folded name."""
    layout = recipe.layout
    if block.kind == "province":
        lists, column = {layout["offshore"]["code"]: layout["offshore"]["names"]}, "breakdown"
    elif block.kind == "section":
        lists, column = layout["sections"], "activity"
    else:
        lists, column = layout[f"{block.kind}s"], "breakdown"
    return {fold(name): {column: code} for code, names in lists.items() for name in names}


def _key(codes: dict[str, dict[str, Any]], block: Block, line: Line) -> dict[str, Any] | None:
    """Area, activity or breakdown of a line; None: unknown, or a total that the province table already gives."""
    if line.is_loose:
        return None
    if line.is_total:
        return {"area_text": COUNTRY} if block.kind == "province" else None
    found = codes.get(fold(line.name))
    return found or ({"area_text": line.name} if block.kind == "province" else None)


def _period(block: Block) -> str:
    """A stock is dated by its month (December: the year); flows cover the months since January."""
    end = block.cut_off
    if end.month == 12:
        return str(end.year)
    if block.is_stock or end.month == 1:
        return f"{end:%Y-%m}"
    return {3: f"{end.year}-Q1", 6: f"{end.year}-S1"}.get(end.month, f"{end.year}-01-01/P{end.month}M")


def _value(cell: object) -> dict[str, Any]:
    """A cell's text, number and mark. Neither number nor mark: text that the checks will refuse."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and math.isfinite(cell):
        whole = float(cell).is_integer()
        return {"value_text": str(int(cell)) if whole else repr(cell), "value": float(cell)}
    text = nfc(str(cell))
    mark = MARKS.get(text) if text else "not_applicable"
    return {"value_text": text, "value": 0.0 if mark == "nil" else None, "mark": mark}


def _numbers(block: Block, index: int) -> Iterator[tuple[Line, float]]:
    for line in block.lines:
        value = block.sheet.cell(line.row, index)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and not line.is_loose:
            yield line, float(value)


def _compare_columns(reading: _Reading, block: Block) -> None:
    """The agency prints some amounts in USD and in millions; say where the two disagree."""
    for column in (c for c in block.columns if c.twin is not None and c.unit == "USD_MN"):
        dollars = {line.row: value / 1e6 for line, value in _numbers(block, column.twin or 0)}
        for line, value in _numbers(block, column.index):
            other = dollars.get(line.row, value)
            if abs(other - value) > _TOLERANCE * max(1.0, abs(value)):
                _warn_amount(
                    reading, block, column, line, "cột USD bên cạnh ghi", "the USD column beside it says", other
                )


def _compare_total(reading: _Reading, block: Block) -> None:
    """A printed total that is not the sum of its rows: a row was missed, or the agency's sum is wrong."""
    for column in block.columns:
        numbers = list(_numbers(block, column.index))
        total = next(((line, value) for line, value in numbers if line.is_total), None)
        rows = math.fsum(value for line, value in numbers if not line.is_total)
        if total and abs(rows - total[1]) > _TOLERANCE:
            _warn_amount(reading, block, column, total[0], "tổng các dòng là", "its rows add up to", rows)


def _warn_amount(
    reading: _Reading, block: Block, column: Column, line: Line, vi: str, en: str, other: float
) -> None:  # fmt: skip
    value = block.sheet.cell(line.row, column.index)
    text = f"{line.name}, {column.heading}: {value:.10g}" if isinstance(value, (int, float)) else line.name
    reading.note("amounts-differ", WARNING, block.sheet.name, a1(line.row, column.index),
                 f"{text}; {vi} {other:.10g}.", f"{text}; {en} {other:.10g}.",
                 "Giữ số đã in; hỏi lại cơ quan công bố.", "The printed figure is kept; ask the issuer.")  # fmt: skip


def _name_strange_columns(reading: _Reading, block: Block) -> None:
    for row, col in block.strange:
        text = nfc(str(block.sheet.cell(row, col))) or nfc(str(block.sheet.cell(row - 1, col)))
        reading.note("column-not-read", INFO, block.sheet.name, a1(row, col),
                     f"Không đọc cột '{text}'.", f"The column '{text}' is not read.")  # fmt: skip
