"""A table as CSV that Excel opens with its accents and that scripts read: UTF-8 with BOM, decimal point."""

from __future__ import annotations

import csv
import io

from lienvung.present.sheets import Sheet, defuse


def render_csv(sheet: Sheet) -> bytes:
    """The columns and rows of a sheet; a missing value is an empty field."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(sheet.columns)
    writer.writerows([_field(value) for value in row] for row in sheet.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _field(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return defuse(value) if isinstance(value, str) else str(value)
