"""One cell told in full: what stands there, what was read from it, what is wrong, what was said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.layouts import SheetCells
from lienvung.present.grid import Marks, place_of, role_of, show_cell
from lienvung.present.problems import Accepted, Problem, Told, tell_claim, tell_problem
from lienvung.present.submissions import CommentLine, tell_comments


@dataclass(frozen=True)
class CellDetail:
    """What is known of one cell."""

    address: str
    text: str
    role: str
    findings: tuple[Problem, ...]
    claims: tuple[tuple[Told, ...], ...]
    comments: tuple[CommentLine, ...]


def tell_cell(
    cell: str,
    sheet: SheetCells,
    marks: Marks,
    rows: Sequence[Mapping[str, Any]],
    accepted: Mapping[tuple[str, str], Accepted],
    sheets: Sequence[SheetCells],
    comments: Sequence[Any],
    catalogue: Catalogue,
    lang: str,
) -> CellDetail:
    """One cell in the reader's language.

    Args:
        rows: what was read from it, of ``CLAIMS`` or ``ROWS_SCHEMA``. comments: on this cell.
    """
    at = place_of(cell) or (0, 0)
    values = sheet.rows[at[0]] if at[0] < len(sheet.rows) else ()
    text = show_cell(values[at[1]] if at[1] < len(values) else "", lang)
    problems = tuple(tell_problem(f, accepted, sheets, lang) for f in marks.findings.get(at, ()))
    role = role_of(marks.shapes, at, bool(rows)) if text else ""
    claims = tuple(tell_claim(row, catalogue, lang) for row in rows)
    return CellDetail(cell, text, role, problems, claims, tell_comments(comments, lang))
