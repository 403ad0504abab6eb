"""Where are the tables of a sheet? Title, unit, header, label columns, value columns, body, notes of each."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lienvung.domain.names import fold, nfc
from lienvung.parse.tables.cells import DITTO, are_serial_dates, is_blank, is_figure, is_year, read_unit, show, show_at
from lienvung.parse.workbook import Sheet

_TITLE = re.compile(r"(bieu|bang|table|phu luc)\b|\d+\s")
_NUMBER = re.compile(
    r"\s*(?:(?:biểu|bảng|table|phụ lục)\s*(?:số\s*)?)?(?P<number>\d+(?:\.\d+)*)\s*[.:)\-]?\s+", re.IGNORECASE
)
_NOTE = re.compile(r"\s*(?:\(?\*+\)?|ghi chú|nguồn|note|source|\(\d\)|[¹²³])", re.IGNORECASE)
_NUMBERING = re.compile(r"[A-Z]|\(?\d{1,2}\)?|\(?\d{1,2}\)?\s*=.*|[IVX]{1,5}")
_HEAD_WORDS = {"nam", "year", "chi tieu", "stt", "tt", "dia phuong", "nam year", "don vi tinh"}
_YEAR_HEADINGS = {"nam", "year", "nam year", "ky", "thoi ky", "period", "thoi ky period"}


@dataclass
class Region:
    """One table of a sheet; rows and columns are counted from 0.

    Attributes:
        title: lines above the header, in order. number: ``12`` of "Bảng 12.". unit: as printed.
        header: rows of headings. body: rows with figures or headings of groups.
        labels, values: columns. numbering: the column of running numbers, or None.
        notes: rows below the body that explain it. numbers: the row that numbers the columns, or None.
        unit_column: names the unit of each row, or None; no label.
        italic: positions in ``title`` of lines in italics. serial_rows,
            serial_columns: where bare numbers are days. left: the first column, for tables side by side.
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
    numbers: int | None = None
    unit_column: int | None = None
    italic: set[int] = field(default_factory=set)
    serial_rows: set[int] = field(default_factory=set)
    serial_columns: set[int] = field(default_factory=set)
    left: int = 0

    def text(self, row: int, column: int) -> str:
        """A heading or label as a person sees it."""
        is_serial = row in self.serial_rows or column in self.serial_columns
        return show_at(self.sheet, row, column, is_serial)

    def heading(self, column: int) -> list[str]:
        """The texts above a column from the top, merged headings carried to the right."""
        found = []
        for at, row in enumerate(self.header):
            text = self.text(row, column).strip()
            found.append(text or self._carried(at, column))
        return [t for t in found if t]

    def _carried(self, at: int, column: int) -> str:
        """What a merged heading to the left says about this column."""
        details, row = self.sheet.details, self.header[at]
        if details:
            top, left = details.anchor(row, column)
            if (top, left) != (row, column):
                # the rest of a range that is merged downwards repeats what stands above
                is_new = left != column and (top == row or top not in self.header)
                return self.text(top, left).strip() if is_new else ""
            if any(details.anchor(row, c) != (row, c) for c in self.values):
                return ""
        above = any(not is_blank(self.sheet.cell(r, column)) for r in self.header[:at])
        below = [show(self.sheet.cell(r, column)).strip() for r in self.header[at + 1 :]]
        if above or not any(below):
            return ""
        for left in range(column - 1, min(self.values) - 1, -1):
            text = self.text(row, left).strip()
            if text:
                is_mark = fold(text) in ("so bo", "uoc", "uoc tinh", "prel", "est", "so bo prel", "uoc tinh est")
                own = re.search(r"(19|20)\d\d", " ".join(below))
                return "" if is_mark and own else text
        return ""


def find_regions(sheet: Sheet) -> list[Region]:
    """The tables of a sheet from the top, those side by side from the left; a sheet without figures has none."""
    sides = _sides(sheet)
    if len(sides) < 2:
        return _find_stacked(sheet)
    found = [_find_stacked(side) for side in sides]
    for side, regions in zip(sides, found, strict=True):
        for region in regions:
            region.left = next(c for c in range(len(side.rows[0])) if any(not is_blank(row[c]) for row in side.rows))
    for regions in found[1:]:
        for region, left in zip(regions, found[0], strict=False):
            if not region.title:
                region.title, region.title_row, region.number = list(left.title), left.title_row, left.number
                region.unit, region.unit_cell = region.unit or left.unit, region.unit_cell or left.unit_cell
    return [r for regions in found for r in regions]


def _sides(sheet: Sheet) -> list[Sheet]:
    """Parts of a sheet with blank columns between them, each of which has names and figures of its own."""
    width = max(map(len, sheet.rows), default=0)
    filled = [any(not is_blank(row[c]) for row in sheet.rows if c < len(row)) for c in range(width)]
    runs = [list(run) for is_filled, run in itertools.groupby(range(width), lambda c: filled[c]) if is_filled]
    if len(runs) < 2:
        return []
    own = [run for run in runs if _stands_alone(sheet, run)]
    if len(own) < 2:
        return []
    starts = [run[0] for run in own[1:]]
    bounds = list(itertools.pairwise([0, *starts, width]))
    return [
        replace(sheet, rows=[[v if first <= c < last else "" for c, v in enumerate(row)] for row in sheet.rows])
        for first, last in bounds
    ]


def _stands_alone(sheet: Sheet, run: list[int]) -> bool:
    """Whether columns hold a table by themselves: names in the first, figures right of it in most of the same rows."""
    figures = [n for n, row in enumerate(sheet.rows) if any(is_figure(row[c]) for c in run)]
    for at, column in enumerate(run[:-1][:2]):
        names = [n for n, row in enumerate(sheet.rows) if not is_blank(v := row[column]) and not is_figure(v)]
        both = [n for n in names if any(is_figure(sheet.cell(n, c)) for c in run[at + 1 :])]
        years = [n for n in figures if is_year(sheet.cell(n, column))]
        if len(both) > 1 and len(both) + len(years) >= 0.6 * len(figures):
            return True
    return False


def _find_stacked(sheet: Sheet) -> list[Region]:
    """The tables below each other."""
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
        _columns(region, [r for r in body if r in known], gap)
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
    if _is_days(filled):
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


def _is_days(filled: list[object]) -> bool:
    """Whether the bare numbers of a row are days, as where a heading 31/12/2018 lost its format."""
    return are_serial_dates([c for c in filled if is_figure(c)]) and sum(not is_figure(c) for c in filled) < 2


def _is_numbering(filled: list[object]) -> bool:
    """Whether a row only numbers the columns: ``A B 1 2 3``, ``(1) (2) (3)=(1)+(2)``."""
    texts = [show(c).strip() for c in filled]
    if len(texts) < 3 or not all(_NUMBERING.fullmatch(t) for t in texts):
        return False
    heads = [t.split("=")[0] for t in texts]
    numbers = [int(re.sub(r"\D", "", h)) for h in heads if re.search(r"\d", h)]
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


def _columns(region: Region, body: list[int], above: list[int]) -> None:
    """Tell label columns from value columns by what stands in most of their cells; ``above``: rows over the body."""
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
        elif figures * 2 < len(found) or (not region.values and _names_periods(region, found, width, column, above)):
            region.labels.append(column)
        else:
            region.values.append(column)
    if not region.labels and len(region.values) > 1:
        region.labels.append(region.values.pop(0))
    # a group's name may stand in a column of its own, left of every label
    around = range(min([*above, *body]), max(body) + 1)
    for column in range(min(region.values, default=0)):
        is_filled = any(not is_blank(region.sheet.cell(r, column)) for r in around)
        if column not in region.labels and column != region.numbering and is_filled:
            region.labels.append(column)
    region.labels.sort()
    _take_unit_column(region, cells)


def _take_unit_column(region: Region, cells: Mapping[int, list[object]]) -> None:
    """Tell a column of units, "Nghìn người", "Tỷ đồng", from those that name rows."""
    for column in region.labels[1:]:
        texts = [show(v) for v in cells.get(column, []) if not is_figure(v) and show(v).strip() not in DITTO]
        units = sum(bool(read_unit(t)) for t in texts)
        if texts and units * 3 >= len(texts) * 2:
            region.unit_column = column
            region.labels.remove(column)
            return


def _is_running(found: list[object]) -> bool:
    texts = [show(v).strip().rstrip(".") for v in found]
    numbers = [int(t) for t in texts if t.isdigit()]
    romans = [t for t in texts if re.fullmatch(r"[IVX]+(\.\d+)*|[A-Z]", t)]
    is_sorted = all(b == a + 1 or b == 1 for a, b in itertools.pairwise(numbers))
    return (
        len(numbers) + len(romans) == len(texts) and len(texts) > 1 and is_sorted and (not numbers or numbers[0] <= 1)
    )


def _names_periods(region: Region, found: list[object], width: int, column: int, above: list[int]) -> bool:
    """Whether a column left of the figures holds years or days: the first one, or one that is headed "Năm"."""
    if column >= width - 1 or len(found) < 2:
        return False
    if not region.labels and are_serial_dates(found):
        region.serial_columns.add(column)
        return True
    is_headed = any(fold(show(region.sheet.cell(r, column))) in _YEAR_HEADINGS for r in above)
    return all(is_year(v) for v in found) and (not region.labels or is_headed)


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
        elif _is_numbering([v for _, v in cells]):
            region.numbers = row
        else:
            region.header.append(row)
            region.serial_rows |= {row} if _is_days([v for _, v in cells]) else set()
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
            details = region.sheet.details
            region.italic |= {len(region.title)} if details and details.format(row, column).is_italic else set()
            region.title.append(nfc(text))


def _number(region: Region) -> None:
    if region.title:
        found = _NUMBER.match(region.title[0])
        if found:
            region.number = found["number"]
            region.title[0] = region.title[0][found.end() :] or region.title[0]
