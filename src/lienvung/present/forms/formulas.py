"""Sums and products of cells worked out again: what a formula says once the cells that it adds have changed.

Only numbers, cells of the same sheet, ranges inside SUM, + - * / and brackets; everything else is left to the
spreadsheet program, and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lienvung.present.forms.places import address, place_of

MOST_TURNS, MOST_CELLS, MOST_FORMULAS = 20, 100_000, 20_000
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<sum>SUM\()|(?P<range>\$?[A-Z]{1,3}\$?\d{1,7}:\$?[A-Z]{1,3}\$?\d{1,7})"
    r"|(?P<cell>\$?[A-Z]{1,3}\$?\d{1,7})(?![\w(!:])|(?P<sign>[-+*/(),]))"
)
_REFERENCE = re.compile(r"(?<![\w!'\]$])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\w(!])")
_APART = re.compile(r"([A-Z]+)(\d+)")
At = tuple[int, int]


class _NotWorkedOutError(Exception):
    """The formula is beyond what is worked out here."""


def recalculate(
    formulas: Mapping[At, str], held: Mapping[At, object], edits: Mapping[At, float | str | None]
) -> tuple[dict[At, float], int]:
    """New results of the formulas of a sheet whose cells changed, and how many could not be worked out.

    A formula whose present result is not what is worked out from the present cells is left alone: it was understood
    wrongly, or the workbook was saved without calculating.
    """
    before: dict[At, object] = dict(held)
    now: dict[At, object] = {**before, **edits}
    open_ones = {at: text for at, text in formulas.items() if at not in edits}
    if len(open_ones) > MOST_FORMULAS:
        return {}, len(open_ones)
    results: dict[At, float] = {}
    trusted = {at for at, text in open_ones.items() if _agrees(text, before, before.get(at))}
    for _ in range(MOST_TURNS):
        changed = False
        for at in trusted:
            value = _work_out(open_ones[at], now)
            if value is not None and now.get(at) != value:
                now[at], changed = value, True
                results[at] = value
        if not changed:
            break
    fresh = {at: v for at, v in results.items() if _differs(v, before.get(at))}
    return fresh, len(open_ones) - len(trusted)


def move_formula(text: str, rows: int, columns: int) -> str:
    """A formula as it reads in another cell: what no ``$`` holds moves along; empty where it leaves the sheet.

    >>> move_formula("D9+$F9*H$9", 2, 1)
    'E11+$F11*I$9'
    """
    if not rows and not columns:
        return text

    def move(found: re.Match[str]) -> str:
        place = place_of(None, f"{found[2]}{found[4]}")
        if place is None:
            raise ValueError(text)
        row, column = place[1] + (0 if found[3] else rows), place[2] + (0 if found[1] else columns)
        if row < 0 or column < 0:
            raise ValueError(text)
        letters, digits = _APART.fullmatch(address(row, column)).groups()  # type: ignore[union-attr]
        return f"{found[1]}{letters}{found[3]}{digits}"

    try:
        return _REFERENCE.sub(move, text)
    except ValueError:
        return ""


def _differs(value: float, held: object) -> bool:
    return not isinstance(held, (int, float)) or abs(value - held) > 1e-9 * max(1.0, abs(value))


def _agrees(text: str, cells: Mapping[At, object], held: object) -> bool:
    value = _work_out(text, cells)
    return value is not None and not _differs(value, held)


def _work_out(text: str, cells: Mapping[At, object]) -> float | None:
    try:
        tokens = list(_tokens(text))
        value, rest = _sum(tokens, cells)
        return value if not rest else None
    except (_NotWorkedOutError, ZeroDivisionError, OverflowError, RecursionError):
        return None


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    text = text.strip().lstrip("=")
    if not text or len(text) > 2_000:
        raise _NotWorkedOutError
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found or not found.lastgroup:
            raise _NotWorkedOutError
        yield found.lastgroup, found[found.lastgroup].replace("$", "")
        at = found.end()
        if not text[at:].strip():
            return


Tokens = list[tuple[str, str]]


def _sum(tokens: Tokens, cells: Mapping[At, object]) -> tuple[float, Tokens]:
    value, tokens = _product(tokens, cells)
    while tokens and tokens[0][1] in ("+", "-"):
        sign = tokens[0][1]
        more, tokens = _product(tokens[1:], cells)
        value = value + more if sign == "+" else value - more
    return value, tokens


def _product(tokens: Tokens, cells: Mapping[At, object]) -> tuple[float, Tokens]:
    value, tokens = _atom(tokens, cells)
    while tokens and tokens[0][1] in ("*", "/"):
        sign = tokens[0][1]
        more, tokens = _atom(tokens[1:], cells)
        value = value * more if sign == "*" else value / more
    return value, tokens


def _atom(tokens: Tokens, cells: Mapping[At, object]) -> tuple[float, Tokens]:
    if not tokens:
        raise _NotWorkedOutError
    (kind, text), rest = tokens[0], tokens[1:]
    if kind == "number":
        return float(text), rest
    if kind == "cell":
        return _figure(cells.get(_at(text), "")), rest
    if kind == "sum":
        return _added(rest, cells)
    if text in ("+", "-"):
        value, rest = _atom(rest, cells)
        return (value if text == "+" else -value), rest
    if text == "(":
        value, rest = _sum(rest, cells)
        if rest and rest[0][1] == ")":
            return value, rest[1:]
    raise _NotWorkedOutError


def _added(tokens: Tokens, cells: Mapping[At, object]) -> tuple[float, Tokens]:
    """The arguments of SUM up to its bracket; texts in a range count as nothing, as Excel has it."""
    total = 0.0
    while tokens:
        if tokens[0][0] == "range":
            first, _, last = tokens[0][1].partition(":")
            (top, left), (bottom, right) = _at(first), _at(last)
            if (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
                raise _NotWorkedOutError
            found = (cells.get((r, c)) for r in range(top, bottom + 1) for c in range(left, right + 1))
            total += sum(v for v in found if isinstance(v, (int, float)) and not isinstance(v, bool))
            tokens = tokens[1:]
        else:
            value, tokens = _sum(tokens, cells)
            total += value
        if tokens and tokens[0][1] == ",":
            tokens = tokens[1:]
        elif tokens and tokens[0][1] == ")":
            return total, tokens[1:]
        else:
            break
    raise _NotWorkedOutError


def _at(text: str) -> At:
    place = place_of(None, text)
    if place is None:
        raise _NotWorkedOutError
    return place[1], place[2]


def _figure(value: object) -> float:
    if value is None or value == "":
        return 0.0
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    raise _NotWorkedOutError
