"""Cells of a form: their places, and what is written into them."""

from __future__ import annotations

import re

Place = tuple[str | None, int, int]
"""Sheet (None: a text has none), row and column counted from 0."""
Written = float | str | None
"""A number, a text, or nothing."""

_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def place_of(sheet: str | None, cell: str) -> Place | None:
    """The place of an address; None where it is no cell (``Series[3]/Obs[1]``).

    >>> place_of("a", "B4"), place_of(None, "Obs[1]")
    (('a', 3, 1), None)
    """
    found = _CELL.fullmatch(cell or "")
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return sheet or None, int(found[2]) - 1, column - 1


def address(row: int, column: int) -> str:
    """The address that a spreadsheet shows for a cell counted from 0.

    >>> address(3, 1), address(0, 26)
    ('B4', 'AA1')
    """
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{row + 1}"
