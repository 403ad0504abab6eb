"""A sheet of a monthly release read by its words: its tables, their rows, and the arithmetic that they print."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from lienvung.domain.handovers import ERROR, INFO, WARNING
from lienvung.domain.names import fold
from lienvung.parse.decimals import read_numbers
from lienvung.parse.releases_grid import Grid, read_grid, split_tables
from lienvung.parse.releases_reading import Reading, value_of
from lienvung.parse.releases_rows import Cell, Table, printed_ratios, read_table
from lienvung.parse.releases_words import LEVEL
from lienvung.parse.workbook import Sheet, a1

Kind = Mapping[str, Any]
_RATIO_SLACK = 1.0
_SUM_SLACK = 0.002
_MOST_NAMED = 3


def read_sheet(reading: Reading, sheet: Sheet, title: str, kind_of: Callable[[str], Kind | None]) -> None:
    """Every table of a sheet; one whose title no kind knows is named."""
    for name, start, end in split_tables(sheet, title, lambda text: kind_of(text) is not None):
        kind = kind_of(re.sub(r"^\d+[ .]+", "", fold(name)))
        if kind is None or kind.get("read") != "words":
            reading.note("SHEET-NOT-READ", INFO, sheet, (start, 0), f"Không đọc: {name}.", f"Not read: {name}.")
            continue
        grid = read_grid(sheet, name, start, end, reading.units)
        grid.unit = grid.unit or str(kind.get("unit", ""))
        _read_texts(reading, grid)
        _tell(reading, kind, read_table(grid, kind, reading.published))


def _read_texts(reading: Reading, grid: Grid) -> None:
    """Turn figures typed as texts into numbers, by one decimal sign for the table."""
    places = [(line, c) for line in grid.lines for c, v in line.figures.items() if isinstance(v, str)]
    numbers = read_numbers(pa.array([str(line.figures[c]) for line, c in places], pa.string()))
    if numbers.doubt:
        line, col = places[int(numbers.doubtful[0])]
        reading.note("DECIMAL-SIGN", ERROR, grid.sheet, (line.row, col),
                     "Số gõ dạng chữ có dấu thập phân không xác định được.",
                     "Figures typed as text whose decimal sign cannot be decided.")  # fmt: skip
        return
    for (line, col), value, mark in zip(places, numbers.value.to_pylist(), numbers.mark.to_pylist(), strict=True):
        if value is not None and mark is None:
            line.figures[col] = value


def _tell(reading: Reading, kind: Kind, table: Table) -> None:
    grid = table.grid
    if _is_of_another_year(reading, table):
        return
    count = reading.add(_records(reading, table), grid.sheet)
    if not count:
        reading.note("SHEET-BROKEN", WARNING, grid.sheet, (grid.first_row, 0),
                     f"Không đọc được '{grid.title}': thiếu kỳ, đơn vị hoặc dòng số liệu quen thuộc.",
                     f"'{grid.title}' has no period, unit or rows that are known.")  # fmt: skip
        return
    for col in table.strange:
        text = grid.headings[col]
        reading.note("COLUMN-NOT-READ", INFO, grid.sheet, (grid.heading_row, col),
                     f"Không đọc cột '{text}'.", f"The column '{text}' is not read.")  # fmt: skip
    if table.unknown:
        names = ", ".join(dict.fromkeys(n for _, n in table.unknown[:6])) + (", …" if len(table.unknown) > 6 else "")
        reading.note("ROWS-NOT-READ", INFO, grid.sheet, (table.unknown[0][0], 0),
                     f"Không đọc {len(table.unknown)} dòng: {names}.",
                     f"{len(table.unknown)} rows are not read: {names}.", count=len(table.unknown))  # fmt: skip
    checks_vi, checks_en = _check(reading, kind, table)
    periods = sorted({c.key["period"] for c in table.cells})
    where = f"{grid.sheet.name.strip()} {grid.title}: {', '.join(periods)}"
    reading.understood.append((f"{where}, {count} số liệu{checks_vi}", f"{where}, {count} figures{checks_en}"))


def _is_of_another_year(reading: Reading, table: Table) -> bool:
    """Whether all periods of a table lie before the year of the release: an old sheet, or old headings.

    Such a table is not read: its figures would pass for revisions of a year that they may not be of.
    """
    years = {int(c.key["period"][:4]) for c in table.cells}
    day = reading.published
    if not day or not years or max(years) >= day.year:
        return False
    reading.note("PERIOD", WARNING, table.grid.sheet, (table.grid.first_row, 0),
                 f"Không đọc: mọi tiêu đề ghi năm {max(years)} trở về trước, tệp công bố ngày {day:%d/%m/%Y}.",
                 f"Not read: all headings say {max(years)} or earlier, the file is of {day:%d/%m/%Y}.",
                 ("Sửa năm ở tiêu đề rồi nộp lại.", "Correct the year in the headings, submit again."))  # fmt: skip
    return True


def _records(reading: Reading, table: Table) -> Iterator[dict[str, Any]]:
    recipe, day = reading.recipe, reading.published
    same = {
        "boundary": recipe.boundary, "issuer": recipe.issuer, "sheet": table.grid.sheet.name, "note": table.note,
        "published": day.isoformat() if day else recipe.published or None,
    }  # fmt: skip
    for cell in table.cells:
        if cell.key["indicator"]:
            yield same | dict(cell.key) | {"cell": a1(cell.row, cell.column.index)} | value_of(cell.value)


def _check(reading: Reading, kind: Kind, table: Table) -> tuple[str, str]:
    """Hold printed comparisons and totals against the levels beside them; how many are right."""
    ratios, wrong = 0, []
    for cell, now, then in printed_ratios(table.cells):
        value = value_of(cell.value)["value"]
        if value is None:
            continue
        ratios += 1
        if abs(100 * now / then - value) > _RATIO_SLACK:
            wrong.append((cell, f"{now:.10g} / {then:.10g} = {100 * now / then:.1f} %", value))
    sums, off = _sums(kind, table.cells)
    for rule, found in (("RATIO", wrong), ("SUM", off)):
        for cell, text, value in found[:_MOST_NAMED]:
            reading.note(rule, WARNING, table.grid.sheet, (cell.row, cell.column.index),
                         f"{text}, in {value:.10g}.", f"{text}, printed {value:.10g}.",
                         ("Giữ số đã in; đối chiếu với báo cáo.", "The printed figure is kept; see the report."),
                         count=len(found) if cell is found[0][0] else 1)  # fmt: skip
    told = [f"{n - len(bad)}/{n}" for n, bad in ((ratios, wrong), (sums, off))]
    vi = (f"; tỷ lệ in khớp {told[0]}" if ratios else "") + (f"; tổng khớp {told[1]}" if sums else "")
    en = (f"; printed ratios hold {told[0]}" if ratios else "") + (f"; sums hold {told[1]}" if sums else "")
    return vi, en


def _sums(kind: Kind, cells: Sequence[Cell]) -> tuple[int, list[tuple[Cell, str, float]]]:
    """Totals of the recipe's ``sums``, each a code and its parts, in every column of levels."""
    count, wrong = 0, []
    by_key: dict[tuple[str, ...], Cell] = {}
    for cell in cells:
        if cell.column.spec["of"] == LEVEL and cell.key["area_text"] == "VN":
            by_key.setdefault(_place(cell, cell.key["activity"], cell.key["breakdown"]), cell)
    for dimension, whole, parts in kind.get("sums", []):
        for cell in list(by_key.values()):
            if cell.key[dimension] != whole:
                continue
            other = "breakdown" if dimension == "activity" else "activity"
            keys = [_place(cell, **{dimension: p, other: cell.key[other]}) for p in parts]
            values = [value_of(by_key[k].value)["value"] for k in keys if k in by_key]
            total = value_of(cell.value)["value"]
            if len(values) < len(parts) or total is None or any(v is None for v in values):
                continue
            count += 1
            added = math.fsum(values)
            if abs(added - total) > max(1.0, _SUM_SLACK * abs(total)):
                wrong.append((cell, f"{cell.key['indicator']}: {' + '.join(parts)} = {added:.10g}", total))
    return count, wrong


def _place(cell: Cell, activity: str, breakdown: str) -> tuple[str, ...]:
    return (str(cell.column.index), cell.key["period"], cell.key["indicator"], activity, breakdown)
