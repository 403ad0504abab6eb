"""Where the tables of an FDI workbook stand: each block found by its own headings, never by a fixed row.

A block is: a title ("… THEO ĐỊA PHƯƠNG"), a line with its days ("Tính từ 01/01/2020 đến 20/12/2020" or
"Lũy kế các dự án còn hiệu lực đến ngày 20/12/2020"), one or two header rows that begin with TT or STT,
numbered rows, a total row. Whatever stands outside is a remark of somebody's and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lienvung.domain.names import fold, nfc
from lienvung.parse.workbook import Sheet

_TITLE = re.compile(r"\bdau tu\b.*(?<!\btiep) theo (\w+(?: \w+){0,3})$")
_DAY = re.compile(r"(\d{1,2})\s*/\s*(\d{1,2})\s*/\s*(\d{4})")
_SERIAL_HEADINGS = ("tt", "stt")
_TITLE_COLUMNS = 3
_NAME_COLUMN = 1


@dataclass(frozen=True)
class Column:
    """A column that the recipe knows. ``twin``: the same amount in another unit, for comparison only."""

    index: int
    indicator: str
    unit: str | None
    heading: str
    twin: int | None = None


@dataclass(frozen=True)
class Line:
    """A numbered row, the total (``is_total``), or a row that has figures but no number (``is_loose``)."""

    row: int
    name: str
    is_total: bool = False
    is_loose: bool = False


@dataclass
class Block:
    """One table of a sheet. ``kind`` is the recipe's word for its title: province, section, partner."""

    sheet: Sheet
    kind: str
    title: str
    title_row: int
    is_stock: bool = False
    days: tuple[date, ...] = ()
    columns: list[Column] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    strange: list[tuple[int, int]] = field(default_factory=list)

    @property
    def cut_off(self) -> date:
        """The last day that the block counts."""
        return self.days[-1]

    @property
    def is_readable(self) -> bool:
        """Whether days, columns and rows were all found."""
        return bool(self.days and self.columns and self.lines)


def has_title(sheet: Sheet) -> bool:
    """Whether any line of a sheet reads like the title of an FDI table."""
    return any(isinstance(c, str) and _TITLE.search(fold(c)) for row in sheet.rows for c in row[:_TITLE_COLUMNS])


def find_blocks(sheet: Sheet, layout: Mapping[str, Any]) -> Iterator[Block]:
    """Every titled table of a sheet, from the top down."""
    titles = [(row, *found) for row in range(len(sheet.rows)) if (found := _title(sheet, row, layout))]
    ends = [row for row, _, _ in titles[1:]] + [len(sheet.rows)]
    for (row, kind, title), end in zip(titles, ends, strict=False):
        block = Block(sheet, kind, title, row)
        header = _find_header(block, end)
        if header is not None:
            first = _read_columns(block, header, layout)
            _read_lines(block, first, end, {fold(t) for t in layout["totals"]})
        yield block


def _title(sheet: Sheet, row: int, layout: Mapping[str, Any]) -> tuple[str, str] | None:
    for col in range(_TITLE_COLUMNS):
        text = sheet.cell(row, col)
        found = _TITLE.search(fold(text)) if isinstance(text, str) and text else None
        if found:
            kinds = layout["blocks"]
            kind = next((str(k) for words, k in kinds.items() if found[1].startswith(fold(words))), "unknown")
            return kind, nfc(str(text))
    return None


def _find_header(block: Block, end: int) -> int | None:
    """Row of the heading TT; the days are picked up on the way to it."""
    for row in range(block.title_row + 1, end):
        texts = [str(block.sheet.cell(row, c)) for c in range(_TITLE_COLUMNS)]
        if fold(texts[0]) in _SERIAL_HEADINGS:
            return row
        line = " ".join(texts)
        if _DAY.search(line) and not block.days:
            block.days = tuple(_days(line))
            block.is_stock = "luy ke" in fold(line) or len(block.days) == 1
    return None


def _days(text: str) -> Iterator[date]:
    for day, month, year in _DAY.findall(text):
        try:
            yield date(int(year), int(month), int(day))
        except ValueError:
            continue


def _read_columns(block: Block, header: int, layout: Mapping[str, Any]) -> int:
    """Understand the heading of each column; answer the first row below the headings."""
    sheet = block.sheet
    width = len(sheet.rows[header])
    below = [sheet.cell(header + 1, c) for c in range(width)]
    is_double = not any(str(c).strip() for c in below[:2]) and any(isinstance(c, str) and c.strip() for c in below[2:])
    headings = [nfc(str(sheet.cell(header, c))) for c in range(width)]
    if is_double:
        headings = [nfc(str(low)) or top for low, top in zip(below, headings, strict=True)]
    known: set[int] = set()
    for spec in layout["stock_columns" if block.is_stock else "flow_columns"]:
        fitting = [c for c in range(2, width) if re.fullmatch(spec["heading"], fold(headings[c]))]
        known.update(fitting)
        if fitting:
            block.columns.append(_choose(spec, fitting, headings))
    at = header + 1 if is_double else header
    block.strange = [(at, c) for c in range(2, width) if headings[c] and c not in known and not _is_number(headings[c])]
    return at + 1


def _choose(spec: Mapping[str, Any], fitting: list[int], headings: list[str]) -> Column:
    """Of the columns that print one amount in two units, the one in millions."""

    def rank(index: int) -> int:
        text = fold(headings[index])
        return 0 if "trieu usd" in text else 2 if text.endswith("usd") else 1

    best = min(fitting, key=rank)
    unit = spec.get("unit")
    if unit and rank(best) == 2:
        unit = "USD"
    others = [c for c in fitting if c != best]
    return Column(best, str(spec["indicator"]), unit, headings[best], others[0] if others else None)


def _read_lines(block: Block, first: int, end: int, totals: set[str]) -> None:
    sheet = block.sheet
    for row in range(first, end):
        serial, name = sheet.cell(row, 0), nfc(str(sheet.cell(row, _NAME_COLUMN)))
        if fold(name) in totals or fold(str(serial)) in totals:
            block.lines.append(Line(row, name or nfc(str(serial)), is_total=True))
            return
        if not name or _is_number(name):
            continue
        if _is_number(serial):
            block.lines.append(Line(row, name))
        elif any(_is_number(sheet.cell(row, c.index)) for c in block.columns):
            block.lines.append(Line(row, name, is_loose=True))


def _is_number(value: object) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, (int, float)) or bool(re.fullmatch(r"-?\d+(\.\d+)?", str(value).strip()))
