"""A table of a monthly release as a grid: a heading for every column of figures, labels for every row.

Where headings stand, how many rows they are broken over and in which column figures begin changes from year to
year; nothing here counts on a fixed place. A sheet may carry several tables, each under its own title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lienvung.domain.names import fold, nfc
from lienvung.domain.observations import MARKS
from lienvung.parse.releases_sheets import fold_title, is_figure, read_unit
from lienvung.parse.workbook import Sheet

_LABELS = 3
_GAP = 2
_DITTO = ('"', "''", "”", "“", "-nt-", "nt")
_HEADING_WORDS = re.compile(r"(nam|ca nam|so voi|so voi nam|quy|thang|uoc tinh|thuc hien|so bo|cong don| )+")
_YEARS = range(1990, 2100)


@dataclass(frozen=True)
class Line:
    """A row below the headings. ``label``: its last text; ``unit``: code of a printed unit; ``figures``: by column."""

    row: int
    label: str
    unit: str
    figures: dict[int, object]


@dataclass
class Grid:
    """A table of a sheet. ``headings``: column → its texts from top to bottom, with what is merged over it."""

    sheet: Sheet
    title: str
    first_row: int
    unit: str = ""
    headings: dict[int, str] = field(default_factory=dict)
    heading_row: int = 0
    lines: list[Line] = field(default_factory=list)


def split_tables(sheet: Sheet, title: str, is_title: Callable[[str], bool]) -> list[tuple[str, int, int]]:
    """Title, first row and row after the last of every table of a sheet; the first one has the sheet's title."""
    starts = [(title, 0)]
    for row in range(1, len(sheet.rows)):
        texts = _texts(sheet, row)
        if len(texts) == 1 and next(iter(texts)) <= 1 and not _figures(sheet, row, len(sheet.rows[row])):
            found = next(iter(texts.values()))
            if re.match(r"\d+\s*\.", found) and fold_title(found) not in fold(title) and is_title(fold_title(found)):
                starts.append((found, row))
    ends = [row for _, row in starts[1:]] + [len(sheet.rows)]
    return [(t, row, end) for (t, row), end in zip(starts, ends, strict=True)]


def read_grid(sheet: Sheet, title: str, start: int, end: int, units: Mapping[str, str]) -> Grid:
    """The table between two rows of a sheet."""
    grid = Grid(sheet, title, start)
    body = [row for row in range(start, end) if _is_body(sheet, row)]
    if not body:
        return grid
    first_value = _first_value(sheet, body)
    body = [row for row in body if not any(first_value <= c < min(_figures(sheet, row)) for c in _texts(sheet, row))]
    if not body:
        return grid
    rows = [r for r in range(start, body[0]) if any(c >= first_value for c in (*_texts(sheet, r), *_figures(sheet, r)))]
    for row in list(rows):
        unit = _lonely_unit(sheet, row, units)
        if unit:
            grid.unit = grid.unit or unit
            rows.remove(row)
    grid.headings = _without_helpers(dict(_headings(sheet, rows, first_value)))
    grid.heading_row = rows[-1] if rows else body[0]
    grid.lines = list(_lines(sheet, (rows[0] if rows else body[0], end), set(rows), (first_value, grid, units)))
    return grid


def _without_helpers(headings: dict[int, str]) -> dict[int, str]:
    """The headings up to the first gap of two columns: what stands beyond is somebody's own reckoning."""
    kept: dict[int, str] = {}
    for col, text in headings.items():
        if kept and col - max(kept) > _GAP:
            break
        kept[col] = text
    return kept


def _first_value(sheet: Sheet, body: Sequence[int]) -> int:
    """The leftmost column in which a tenth of the rows or more have their first figure."""
    firsts = Counter(min(_figures(sheet, row)) for row in body)
    return min(col for col, count in firsts.items() if count * 10 >= len(body))


def _texts(sheet: Sheet, row: int) -> dict[int, str]:
    return {c: nfc(str(v)) for c, v in enumerate(sheet.rows[row]) if isinstance(v, str) and nfc(v) and not is_figure(v)}


def _figures(sheet: Sheet, row: int, before: int | None = None) -> dict[int, object]:
    """The cells of a row that hold a figure."""
    return {c: v for c, v in enumerate(sheet.rows[row][:before]) if is_figure(v)}


def _is_body(sheet: Sheet, row: int) -> bool:
    """Whether a row is a label followed by figures; a heading has its years among texts, or only years."""
    figures, texts = _figures(sheet, row), _texts(sheet, row)
    first = min(figures, default=0)
    labels = [t for c, t in texts.items() if c < first and t not in MARKS]
    if not figures or not 0 < len(labels) <= _LABELS:
        return False
    if not all(_is_year(v) for v in figures.values()):
        return True
    after = [c for c in texts if c > first]
    return not after and not _HEADING_WORDS.fullmatch(fold(labels[-1]))


def _is_year(cell: object) -> bool:
    try:
        number = float(str(cell))
    except ValueError:
        return False
    return number.is_integer() and int(number) in _YEARS


def _lonely_unit(sheet: Sheet, row: int, units: Mapping[str, str]) -> str:
    """Code of the unit that a row holds and nothing else; ``?`` where it names two."""
    texts = list(_texts(sheet, row).values())
    if len(texts) != 1 or _figures(sheet, row):
        return ""
    parts = [p for p in re.split(r"[;,]", re.sub(r"^\W*[Đđ]ơn vị( tính)?\s*:?", "", texts[0])) if p.strip()]
    codes = [read_unit(p, units) for p in parts]
    if not codes or not all(codes):
        return ""
    return codes[0] if len(codes) == 1 else "?"


def _headings(sheet: Sheet, rows: Sequence[int], first_value: int) -> Iterator[tuple[int, str]]:
    """Texts of each column; above its own first text a column has what its left neighbour has there."""
    width = max((len(sheet.rows[r]) for r in rows), default=0)
    left: list[str] = [""] * len(rows)
    for col in range(first_value, width):
        own = [_text(sheet.cell(row, col)) for row in rows]
        top = next((n for n, text in enumerate(own) if text), None)
        if top is None:
            continue
        own[:top] = left[:top]
        left = own
        yield col, nfc(" ".join(own))


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return nfc(str(cell))


def _lines(
    sheet: Sheet, rows: tuple[int, int], skipped: set[int], world: tuple[int, Grid, Mapping[str, str]]
) -> Iterator[Line]:  # fmt: skip
    """Rows of figures under known headings, and rows of one label that head a section."""
    first_value, grid, units = world
    unit = ""
    for row in range(*rows):
        if row in skipped:
            continue
        texts = [t for c, t in sorted(_texts(sheet, row).items()) if t not in MARKS or c < first_value]
        printed = {c: v for c in grid.headings if nfc(str(v := sheet.cell(row, c)))}
        figures = {c: v for c, v in printed.items() if is_figure(v) or nfc(str(v)) in MARKS}
        labels = [t for c, t in sorted(_texts(sheet, row).items()) if c < first_value]
        own = [t for t in labels if t not in _DITTO and not read_unit(t, units)]
        told = next((code for t in labels if (code := read_unit(t, units))), "")
        unit = told or (unit if any(t in _DITTO for t in labels) else "")
        if any(is_figure(v) for v in figures.values()):
            yield Line(row, (own or labels or [""])[-1], unit, figures)
        elif texts:
            yield Line(row, (own or texts)[-1] if own or len(texts) == 1 else " ".join(texts), unit, {})
