"""A form's sheets as they are read, with what a copy of it needs besides the values: its merged cells."""

from __future__ import annotations

from dataclasses import dataclass

import python_calamine as calamine

from lienvung.domain.handovers import RawFile
from lienvung.parse.workbook import Sheet, read_workbook

_Cell = tuple[int, int]


@dataclass(frozen=True)
class FormSheet:
    """A sheet and its merged ranges, each by its first and last cell counted from 0."""

    sheet: Sheet
    merged: tuple[tuple[_Cell, _Cell], ...]


def parse_form(raw: RawFile) -> list[FormSheet]:
    """The sheets of a workbook; merged ranges only where the format tells them (.xls, .xlsx).

    Raises:
        SourceError: the workbook cannot be read (see ``read_workbook``).
    """
    sheets = read_workbook(raw)
    merged = _merged(raw, len(sheets))
    return [FormSheet(s, m) for s, m in zip(sheets, merged, strict=True)]


def _merged(raw: RawFile, count: int) -> list[tuple[tuple[_Cell, _Cell], ...]]:
    none: list[tuple[tuple[_Cell, _Cell], ...]] = [()] * count
    if raw.kind != "xls":
        return none
    try:
        book = calamine.CalamineWorkbook.from_path(str(raw.path))
        return [tuple((a, b) for a, b in book.get_sheet_by_index(at).merged_cell_ranges or ()) for at in range(count)]
    except (calamine.CalamineError, OSError):
        return none
