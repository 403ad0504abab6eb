"""One sheet of a monthly release taken apart: title, unit, one text per column, and the rows of figures.

Every sheet is a table of its own: the title stands over one or two rows at the top left, the unit at the
right, headings are broken over up to six rows ("Ước tính / tháng 12 / năm 2012 / (Tỷ đồng)"), the label is
the last text before the figures, and long tables repeat title and headings half way down.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lienvung.domain.names import fold, nfc
from lienvung.domain.observations import MARKS
from lienvung.parse.workbook import Sheet

_LIST_NUMBER = re.compile(r"^\d+[ .]+")
_MONTHS = (
    re.compile(r"\bthang (?P<month>\d{1,2}) (?:nam )?(?P<year>\d{4})\b"),
    re.compile(r"\bthoi diem \d{1,2} (?P<month>\d{1,2}) (?P<year>\d{4})\b"),
)
_QUARTER = re.compile(r"\bquy (?P<quarter>iv|iii|ii|i) (?:nam )+(?P<year>\d{4})\b")
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_LAST_DAY = re.compile(
    r"\btu \d{1,2} \d{1,2} (?:\d{4} )?(?:den )?(?P<day>\d{1,2}) (?P<month>\d{1,2}) (?P<year>\d{4})\b"
)
_TITLE_ROWS = 4
_LABELS = 2


@dataclass(frozen=True)
class Body:
    """A row below the headings: its label, and whether it has figures (else it heads a section)."""

    row: int
    label: str
    has_figures: bool


@dataclass
class ReleaseSheet:
    """A sheet taken apart. ``headings``: column → text as printed; ``month``: year and month that it reports."""

    sheet: Sheet
    title: str
    unit: str = ""
    headings: dict[int, str] = field(default_factory=dict)
    heading_row: int = 0
    month: tuple[int, int] | None = None
    last_day: str = ""
    body: list[Body] = field(default_factory=list)


def sheet_title(sheet: Sheet) -> str:
    """The lines at the top left, put together; empty where the sheet has none."""
    lines: list[str] = []
    for row in sheet.rows[:_TITLE_ROWS]:
        texts = [nfc(str(c)) for c in row if nfc(str(c))]
        if len(texts) == 1 and isinstance(row[0], str) and nfc(row[0]):
            lines.append(texts[0])
        elif texts or lines:
            break
    return " ".join(lines)


def fold_title(title: str) -> str:
    """A title as recipes compare it: without its number in the release, tones, case and punctuation."""
    return _LIST_NUMBER.sub("", fold(title))


def take_apart(sheet: Sheet, units: Mapping[str, str]) -> ReleaseSheet:
    """Title, unit, headings, month and rows of a sheet."""
    found = ReleaseSheet(sheet, sheet_title(sheet))
    first = next((r for r in range(len(sheet.rows)) if _is_figures(sheet.rows[r])), len(sheet.rows))
    start = _skip_title(sheet, first)
    for row in range(start, first):
        cells = [nfc(str(c)) for c in sheet.rows[row] if nfc(str(c))]
        unit = read_unit(cells[0], units) if len(cells) == 1 else ""
        if unit:
            found.unit, start = unit, row + 1
            break
    found.headings = _headings(sheet, start, first)
    found.heading_row = max(first - 1, 0)
    found.month, found.last_day = _month(" ".join([found.title, *found.headings.values()]))
    found.body = [b for row in range(first, len(sheet.rows)) if (b := _body(sheet, row))]
    return found


def read_unit(text: str, units: Mapping[str, str]) -> str:
    """Code of a printed unit, "Đơn vị tính: Tỷ đồng" or "%"; empty where the text is none."""
    bare = re.sub(r"^don vi(?: tinh)? ?", "", fold(text))
    return units.get(bare or ("%" if "%" in text else ""), "")


def is_figure(cell: object) -> bool:
    """Whether a cell holds a number, also one typed as text."""
    if isinstance(cell, str):
        return bool(re.fullmatch(r"[+-]?\d[\d.,\s]*", cell.strip()))
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _is_figures(cells: list[object]) -> bool:
    """Whether a row is one or two texts followed by figures only; a heading has texts among its years."""
    kinds = [_is_printed(c) for c in cells if nfc(str(c))]
    texts = kinds.index(True) if any(map(is_figure, cells)) else 0
    return 0 < texts <= _LABELS and all(kinds[texts:])


def _is_printed(cell: object) -> bool:
    """Whether a cell holds a figure or a sign that stands for a missing one."""
    return is_figure(cell) or nfc(str(cell)) in MARKS


def _skip_title(sheet: Sheet, first: int) -> int:
    row = 0
    while row < first:
        texts = [c for c in sheet.rows[row] if nfc(str(c))]
        if texts and not (len(texts) == 1 and isinstance(sheet.rows[row][0], str) and nfc(str(sheet.rows[row][0]))):
            break
        row += 1
    return row


def _headings(sheet: Sheet, start: int, first: int) -> dict[int, str]:
    """The texts of each column from top to bottom; what is merged over several columns counts for each."""
    width = len(sheet.rows[0]) if sheet.rows else 0
    top = next((r for r in range(start, first) if any(nfc(str(c)) for c in sheet.rows[r])), first)
    headings: dict[int, str] = {}
    merged = ""
    for col in range(width):
        parts = [_text(sheet.cell(row, col)) for row in range(top, first)]
        if parts and parts[0]:
            merged = parts[0]
        elif any(parts):
            parts[0] = merged
        if any(parts):
            headings[col] = nfc(" ".join(parts))
    return headings


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else nfc(str(cell))


def _month(text: str) -> tuple[tuple[int, int] | None, str]:
    """The latest month that title and headings name, for all they compare with lies before it; and a last day."""
    folded = fold(text)
    day = _LAST_DAY.search(folded)
    places = [day] if day else [m for pattern in _MONTHS for m in pattern.finditer(folded)]
    months = [(int(m["year"]), int(m["month"])) for m in places if 1 <= int(m["month"]) <= 12]
    months = months or [(int(m["year"]), 3 * QUARTERS[m["quarter"]]) for m in _QUARTER.finditer(folded)]
    last = f"{int(day['day']):02d}/{int(day['month']):02d}/{day['year']}" if day else ""
    return max(months, default=None), last


def _body(sheet: Sheet, row: int) -> Body | None:
    cells = [c for c in sheet.rows[row] if nfc(str(c))]
    texts = [nfc(str(c)) for c in cells if not _is_printed(c)]
    if not texts:
        return Body(row, "", has_figures=True) if cells else None
    has_figures = _is_figures(sheet.rows[row])
    return Body(row, texts[-1], has_figures) if has_figures or len(texts) == 1 else None
