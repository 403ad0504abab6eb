"""Where are the tables of a sheet? Title, unit, header, label columns, value columns, body, notes of each."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from lienvung.domain.names import fold, nfc
from lienvung.parse.tables.cells import is_blank, is_figure, is_year, read_unit, show
from lienvung.parse.workbook import Sheet

_TITLE = re.compile(r"(bieu|bang|table|phu luc)\b|\d+\s")
_NUMBER = re.compile(
    r"\s*(?:(?:biểu|bảng|table|phụ lục)\s*(?:số\s*)?)?(?P<number>\d+(?:\.\d+)*)\s*[.:)\-]?\s+", re.IGNORECASE
)
_NOTE = re.compile(r"\s*(?:\(?\*+\)?|ghi chú|nguồn|note|source|\(\d\)|[¹²³])", re.IGNORECASE)
_NUMBERING = re.compile(r"[A-Z]|\(?\d{1,2}\)?|\(?\d{1,2}\s*=.*|[IVX]{1,5}")
_HEAD_WORDS = {"nam", "year", "chi tieu", "stt", "tt", "dia phuong", "nam year", "don vi tinh"}


@dataclass
class Region:
    """One table of a sheet; rows and columns are counted from 0.

    Attributes:
        title: lines above the header, in order. number: ``12`` of "Bảng 12.". unit: as printed.
        header: rows of headings. body: rows with figures or headings of groups.
        labels, values: columns. numbering: the column of running numbers, or None.
        notes: rows below the body that explain it.
    """

    sheet: Sheet
    title: list[str] = field(default_factory=list)
    title_row: int = 0
    number: str = ""
    unit: str = ""
    unit_cell: tuple[int, int] | None = None
    header: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    numbering: int | None = None
    notes: list[int] = field(default_factory=list)

    def heading(self, column: int) -> list[str]:
        """The texts above a column from the top, merged headings carried to the right."""
        found = []
        for at, row in enumerate(self.header):
            text = show(self.sheet.cell(row, column)).strip()
            found.append(text or self._carried(at, column))
        return [t for t in found if t]

    def _carried(self, at: int, column: int) -> str:
        """What a merged heading to the left says about this column."""
        above = any(not is_blank(self.sheet.cell(r, column)) for r in self.header[:at])
        below = [show(self.sheet.cell(r, column)).strip() for r in self.header[at + 1 :]]
        if above or not any(below):
            return ""
        for left in range(column - 1, min(self.values) - 1, -1):
            text = show(self.sheet.cell(self.header[at], left)).strip()
            if text:
                is_mark = fold(text) in ("so bo", "uoc", "uoc tinh", "prel", "est", "so bo prel", "uoc tinh est")
                own = re.search(r"(19|20)\d\d", " ".join(below))
                return "" if is_mark and own else text
        return ""


def find_regions(sheet: Sheet) -> list[Region]:
    """The tables of a sheet from the top; a sheet without figures has none."""
    rows = sheet.rows
    figures = _figure_rows(rows)
    if not figures:
        return []
    known = set(figures)
    groups, gaps = [[figures[0]]], [list(range(figures[0]))]
    columns: set[int] = set()
    for last, row in itertools.pairwise(figures):
        gap = list(range(last + 1, row))
        columns |= {c for c, v in enumerate(rows[last]) if is_figure(v)}
        if _has_header(sheet, gap, columns):
            columns = set()
            groups.append([row])
            gaps.append(gap)
        else:
            groups[-1] += [*gap, row]
    found: list[Region] = []
    for at, (body, gap) in enumerate(zip(groups, gaps, strict=True)):
        region = Region(sheet)
        _columns(region, [r for r in body if r in known])
        if not region.values:
            continue
        rest = _split_gap(region, gap, found[-1] if found else None)
        region.body = [r for r in [*rest, *body] if any(not is_blank(c) for c in rows[r])]
        if at == len(groups) - 1:
            region.notes = [r for r in range(body[-1] + 1, len(rows)) if any(not is_blank(c) for c in rows[r])]
        found.append(region)
    return [r for r in found if r.header or r.title]


def _figure_rows(rows: list[list[object]]) -> list[int]:
    """The rows of figures; years right below figures are figures too: 1950 enterprises, then 1980, then 2010."""
    found: list[int] = []
    is_below = False
    for n, row in enumerate(rows):
        if any(not is_blank(c) for c in row):
            is_below = _is_figures(row, is_below)
            found += [n] if is_below else []
    return found


def _is_figures(row: list[object], is_below: bool = False) -> bool:
    """Whether a row has figures that are not its headings; ``is_below``: the row above it has."""
    filled = [c for c in row if not is_blank(c)]
    if not filled or not any(is_figure(c) for c in filled):
        return False
    years = [c for c in filled if is_year(c)]
    texts = [c for c in filled if not is_figure(c)]
    others = [c for c in filled if is_figure(c) and not is_year(c)]
    if years and not others:
        first = fold(show(texts[0])) if texts else ""
        rising = [int(show(y)) for y in years]
        if not texts or len(texts) > 1 or first in _HEAD_WORDS or first.startswith("don vi"):
            return False
        return is_below or not (len(rising) > 1 and rising == sorted(set(rising)))
    return not _is_numbering(filled)


def _is_numbering(filled: list[object]) -> bool:
    """Whether a row only numbers the columns: ``A B 1 2 3``, ``(1) (2) (3)=(1)+(2)``."""
    texts = [show(c).strip() for c in filled]
    if len(texts) < 3 or not all(_NUMBERING.fullmatch(t) for t in texts):
        return False
    numbers = [int(re.sub(r"\D", "", t.split("=")[0])) for t in texts if t[-1:].isdigit() or t.endswith(")")]
    return len(numbers) > 1 and all(b - a == 1 for a, b in itertools.pairwise(numbers))


def _has_header(sheet: Sheet, gap: list[int], columns: set[int]) -> bool:
    """Whether rows between figures hold headings of columns, so that another table begins.

    ``columns``: where the figures above stand.
    """
    first = min(columns, default=0)
    for row in gap:
        cells = [(c, v) for c, v in enumerate(sheet.rows[row]) if not is_blank(v)]
        headings = [c for c, v in cells if (c >= first and (c, v) != cells[0]) or is_year(v)]
        if len(headings) > 1 or (len(headings) == 1 and len(columns) == 1 and len(cells) > 1):
            return True
        if len(cells) == 1 and re.match(r"\s*(bảng|biểu|table)\s*(số\s*)?\d", show(cells[0][1]), re.IGNORECASE):
            return True
    return False


def _columns(region: Region, body: list[int]) -> None:
    """Tell label columns from value columns by what stands in most of their cells."""
    width = max(len(region.sheet.rows[r]) for r in body)
    cells = {c: [v for r in body if not is_blank(v := region.sheet.cell(r, c))] for c in range(width)}
    for column, found in cells.items():
        figures = sum(map(is_figure, found))
        if not found:
            continue
        if (
            not region.values
            and _is_running(found)
            and any(
                sum(not is_figure(v) for v in cells[c]) * 2 > len(cells[c])
                for c in range(column + 1, min(column + 3, width))
            )
        ):
            region.numbering = column
        elif figures * 2 < len(found) or (not region.values and not region.labels and _is_years(found, width, column)):
            region.labels.append(column)
        else:
            region.values.append(column)
    if not region.labels and len(region.values) > 1:
        region.labels.append(region.values.pop(0))
    # a group's name may stand in a column of its own, left of every label
    for column in range(min(region.values, default=0)):
        if column not in region.labels and column != region.numbering:
            region.labels.append(column)
    region.labels.sort()


def _is_running(found: list[object]) -> bool:
    texts = [show(v).strip().rstrip(".") for v in found]
    numbers = [int(t) for t in texts if t.isdigit()]
    romans = [t for t in texts if re.fullmatch(r"[IVX]+(\.\d+)*|[A-Z]", t)]
    is_sorted = all(b == a + 1 or b == 1 for a, b in itertools.pairwise(numbers))
    return (
        len(numbers) + len(romans) == len(texts) and len(texts) > 1 and is_sorted and (not numbers or numbers[0] <= 1)
    )


def _is_years(found: list[object], width: int, column: int) -> bool:
    return column < width - 1 and len(found) > 1 and all(is_year(v) for v in found)


def _split_gap(region: Region, gap: list[int], above: Region | None) -> list[int]:
    """Share the rows before the first figure among notes of the table above, title, unit, header and body."""
    sheet, first = region.sheet, min(region.values)
    filled = [(r, [(c, v) for c, v in enumerate(sheet.rows[r]) if not is_blank(v)]) for r in gap]
    filled = [(r, cells) for r, cells in filled if cells]
    last = max((i for i, (_, cells) in enumerate(filled) if _heads(cells, region, first)), default=-1)
    rest: list[int] = []
    for at, (row, cells) in enumerate(filled):
        if above and not region.title and not region.header and _NOTE.match(show(cells[0][1])):
            above.notes.append(row)
        elif at > last:
            rest += [row] if last >= 0 else []
            _take_title(region, row, cells if last < 0 else [])
        elif (not region.header and not _heads(cells, region, first)) or (
            not region.header and len(cells) == 1 and not is_year(cells[0][1]) and _is_title(cells[0], filled, at, last)
        ):
            _take_title(region, row, cells)
        elif not _is_numbering([v for _, v in cells]):
            region.header.append(row)
    _number(region)
    return rest


def _heads(cells: list[tuple[int, object]], region: Region, first: int) -> bool:
    """Whether a row names value columns: a heading stands above one, and it is neither title nor unit."""
    above = [(c, v) for c, v in cells if c >= first or c in region.values]
    if not above:
        return False
    if len(cells) == 1:
        text = show(cells[0][1])
        return (
            not read_unit(text)
            and len(text) < 80
            and (len(region.values) == 1 or not _TITLE.match(fold(text)) or is_year(text))
        )
    texts = [show(v) for _, v in cells]
    if any(re.match(r"\s*\(?(đơn vị|đvt|unit)\b", t, re.IGNORECASE) for t in texts):
        return len(cells) > 2
    return True


def _is_title(cell: tuple[int, object], filled: list[tuple[int, list[tuple[int, object]]]], at: int, last: int) -> bool:
    text = show(cell[1])
    period = re.fullmatch(r"(so bo|uoc tinh|uoc|prel|est|thang|quy|nam|nam year|ke hoach|thuc hien)\b.*", fold(text))
    return len(text) > 30 or (not period and at < last and at == 0)


def _take_title(region: Region, row: int, cells: list[tuple[int, object]]) -> None:
    """A line above the header: a unit, or part of the title."""
    for column, value in cells:
        text = show(value)
        unit = read_unit(text, is_lone=len(cells) == 1 or column > 0)
        is_prefixed = re.search(r"(đơn vị(?: tính)?|đvt|unit)\s*[:.]", text, re.IGNORECASE)
        if unit and (is_prefixed or region.title):
            region.unit, region.unit_cell = region.unit or unit, region.unit_cell or (row, column)
            text = text[: is_prefixed.start()].strip(" (-–") if is_prefixed else ""
        if text.strip():
            region.title_row = row if not region.title else region.title_row
            region.title.append(nfc(text))


def _number(region: Region) -> None:
    if region.title:
        found = _NUMBER.match(region.title[0])
        if found:
            region.number = found["number"]
            region.title[0] = region.title[0][found.end() :] or region.title[0]
