"""A file's values as a new workbook, for files that have no writer that would keep them as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384

BOOK_OPTIONS = {
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "nan_inf_to_errors": True,
}  # fmt: skip
"""What a text is stays a text: nothing of a file becomes a formula or a link."""


def clean(text: str, most: int = 32_000) -> str:
    """A text that a workbook can hold."""
    return _CONTROL.sub("\ufffd", text)[:most]


def sheet_name(name: str, taken: Sequence[str]) -> str:
    """A name that a workbook allows, used once.

    >>> sheet_name("a/b", []), sheet_name("a", ["A"])
    ('a_b', 'a (2)')
    """
    bare = re.sub(r"[\[\]:*?/\\]", "_", clean(name)).strip("'")[:31] or "Sheet"
    names = {n.casefold() for n in taken}
    return next(n for n in (bare, *(f"{bare[:25]} ({i})" for i in range(2, 1_000))) if n.casefold() not in names)


def write_value(page: Any, row: int, column: int, value: object, look: Any = None, day: Any = None) -> None:  # noqa: ANN401 - XlsxWriter
    """Write a value as what it is: number, truth, day, text; nothing where there is nothing.

    Args:
        look: format of the cell. day: format of a date; without it a date is written as its text.
    """
    if isinstance(value, bool):
        page.write_boolean(row, column, value, look)
    elif isinstance(value, (int, float)):
        page.write_number(row, column, value, look)
    elif value is None or value == "":
        if look is not None:
            page.write_blank(row, column, None, look)
    elif day is not None and isinstance(value, (date, datetime, time, timedelta)):
        page.write_datetime(row, column, value, day)
    else:
        page.write_string(row, column, clean(str(value)), look)
