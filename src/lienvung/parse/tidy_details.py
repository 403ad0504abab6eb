"""What formats, formulas and hidden rows say about the values of a filled template, for .xlsx only."""

from __future__ import annotations

from collections.abc import Sequence

from lienvung.domain.handovers import ERROR, INFO, WARNING, Finding, RawFile
from lienvung.parse.workbook import Sheet, a1, add_details
from lienvung.parse.xlsx_details import Details

MOST_NAMED = 8


def adjust_values(raw: RawFile, sheet: Sheet, first: int, column: int) -> tuple[list[object], list[Finding]]:
    """The value column from row ``first`` (from 0) on, as its cells show it, and what the sender should know.

    A cell that shows 12.5 % holds 0.125: it is read as 12.5. A formula without a kept result has no figure.
    """
    values = [cells[column] if column < len(cells) else None for cells in sheet.rows[first:]]
    if raw.kind != "xlsx" or not sheet.has_details:
        return values, []
    (seen,) = add_details(raw, [sheet])
    if seen.details is None:
        return values, []
    details = seen.details
    percents = [n for n, v in enumerate(values) if _is_number(v) and _shows_percent(details, first + n, column)]
    for n in percents:
        values[n] = float(format(float(str(values[n])) * 100, ".15g"))
    at = [(n, (first + n, column)) for n, v in enumerate(values)]
    formulas = [n for n, place in at if place in details.formulas]
    empty = [n for n in formulas if not details.formulas[first + n, column].has_value]
    outside = [n for n in formulas if details.formulas[first + n, column].is_outside]
    hidden = [n for n, v in enumerate(values) if v not in ("", None) and first + n in details.hidden_rows]
    cells = Cells(sheet.name, first, column)
    return values, [
        *cells.tell(percents, "PERCENT-FORMAT", INFO, "định dạng phần trăm: 0,125 hiện là 12,5 % được đọc là 12,5",
                    "formatted as percentages: 0.125, shown as 12.5 %, is read as 12.5"),
        *cells.tell(empty, "FORMULA-EMPTY", ERROR, "là công thức mà tệp không lưu kết quả; chưa có số liệu",
                    "formulas without a kept result; there is no figure",
                    "Mở tệp bằng Excel hoặc LibreOffice, tính lại, lưu rồi nộp lại.",
                    "Open it in Excel or LibreOffice, calculate, save and submit again."),
        *cells.tell(outside, "FORMULA-OUTSIDE", WARNING, "lấy số từ tệp khác; đã dùng giá trị lưu sẵn, có thể đã cũ",
                    "take their figure from another file; the kept value was used and may be old",
                    "Dán giá trị (Dán đặc biệt › Giá trị) rồi nộp lại, nếu số chưa đúng.",
                    "Paste the values and submit again if they are not right."),
        *cells.tell(hidden, "HIDDEN-CELLS", WARNING, "nằm ở dòng bị ẩn, vẫn được đọc",
                    "stand in hidden rows, read all the same",
                    "Xóa các dòng này nếu không phải số liệu cần nộp.",
                    "Remove the rows if they are not to be submitted."),
    ]  # fmt: skip


class Cells:
    """The cells of one column, named in findings."""

    def __init__(self, sheet: str, first: int, column: int) -> None:
        self._sheet, self._first, self._column = sheet, first, column

    def tell(
        self, rows: Sequence[int], rule: str, severity: str, vi: str, en: str, todo_vi: str = "", todo_en: str = ""
    ) -> list[Finding]:
        """One finding about these rows of the column; none about none."""
        if not rows:
            return []
        named = [a1(self._first + n, self._column) for n in rows]
        listed = ", ".join(named[:MOST_NAMED]) + (" …" if len(named) > MOST_NAMED else "")
        said = f"{len(rows)} ô {vi} ({listed}).", f"{len(rows)} cells {en} ({listed})."
        return [Finding(rule, severity, *said, self._sheet, named[0], todo_vi, todo_en, len(rows))]


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _shows_percent(details: Details, row: int, column: int) -> bool:
    return details.format(row, column).kind == "percent"
