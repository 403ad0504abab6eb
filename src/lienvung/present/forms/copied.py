"""A new .xlsx with the cells, merged cells and sheets of a form whose own format has no writer that keeps it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange

from lienvung.errors import Both
from lienvung.present.copies import BOOK_OPTIONS, clean, sheet_name, write_value
from lienvung.present.forms.places import Place, Written

Area = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range."""
_LOST = Both(
    "định dạng ô, độ rộng cột, công thức (chỉ còn giá trị), chú thích, biểu đồ và hình ảnh không chép sang được",
    "cell formats, column widths, formulas (their values remain), comments, charts and pictures are not carried over",
)


@dataclass(frozen=True)
class SheetValues:
    """A sheet as it is read: its values from A1, its merged ranges, whether it is shown."""

    name: str
    rows: Sequence[Sequence[object]]
    merged: Sequence[Area] = ()
    is_visible: bool = True


def copy_book(sheets: Sequence[SheetValues], edits: Mapping[Place, Written]) -> tuple[bytes, list[Both]]:
    """The workbook with the edited values, and what it lacks against the form."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {**BOOK_OPTIONS, "in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        centred = book.add_format({"align": "center", "valign": "vcenter", "text_wrap": True})
        names: list[str] = []
        for sheet in sheets:
            names.append(sheet_name(sheet.name, names))
            page = book.add_worksheet(names[-1])
            own = {(r, c): value for (name, r, c), value in edits.items() if name == sheet.name}
            cells = {(r, c): v for r, row in enumerate(sheet.rows) for c, v in enumerate(row) if v not in ("", None)}
            cells |= own
            for first, last in sheet.merged:
                if first == last or _merge(page, first, last, centred):
                    continue
                write_value(page, *first, cells.pop(first, ""), centred, day)
                # figures that a merged range hides are kept where they stood
            for (row, column), value in cells.items():
                write_value(page, row, column, value, None, day)
            for column, width in _widths(sheet.rows).items():
                page.set_column(column, column, width)
            if not sheet.is_visible:
                page.hide()
        renamed = [s.name for s, n in zip(sheets, names, strict=True) if s.name != n]
    notes = [Both(f"tệp gốc không ghi lại được nguyên dạng, đây là sổ .xlsx mới: {_LOST.vi}",
                  f"the file's own format cannot be written back; this is a new .xlsx: {_LOST.en}")]  # fmt: skip
    if renamed:
        listed = clean(", ".join(renamed))
        notes.append(Both(f"tên trang đã rút gọn: {listed}", f"names of sheets were shortened: {listed}"))
    return out.getvalue(), notes


def _merge(page: Any, first: tuple[int, int], last: tuple[int, int], look: Any) -> bool:  # noqa: ANN401 - XlsxWriter
    """Merge a range; true where it lies across another one and cannot be."""
    try:
        page.merge_range(*first, *last, "", look)
    except OverlappingRange:
        return True
    return False


def _widths(rows: Sequence[Sequence[object]]) -> dict[int, float]:
    """Wide enough for the figures and most labels; long titles flow over."""
    found: dict[int, float] = {}
    for row in rows:
        for column, value in enumerate(row):
            length = len(f"{value:,.10g}") if isinstance(value, float) else len(str(value))
            if 0 < length <= 45:
                found[column] = max(found.get(column, 9.0), length + 1.5)
    return found
