"""The template's text as columns: header lines, column names in two languages, real line numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lienvung.domain.handovers import WARNING, Finding, RawFile
from lienvung.domain.names import fold, nearest
from lienvung.errors import Both, FileMissing, LayoutNotRecognised
from lienvung.parse.encodings import read_head
from lienvung.parse.opened import read_once, uncollected
from lienvung.parse.tidy_details import adjust_values
from lienvung.parse.tidy_lines import read_body, read_bytes
from lienvung.parse.workbook import Sheet, a1

NEEDED = ("indicator", "area", "period", "value")
COLUMN_LIMIT = 200

_NAMES: dict[str, tuple[str, ...]] = {
    "indicator": ("chỉ tiêu", "mã chỉ tiêu"),
    "area": ("địa bàn", "mã địa bàn", "địa phương", "tỉnh, thành phố", "tỉnh"),
    "period": ("thời kỳ", "kỳ", "kỳ số liệu", "năm", "year"),
    "value": ("giá trị", "số liệu"),
    "unit": ("đơn vị", "đơn vị tính"),
    "breakdown": ("phân tổ",),
    "activity": ("ngành", "ngành kinh tế"),
    "status": ("trạng thái", "tình trạng"),
    "issuer": ("cơ quan công bố", "nguồn công bố"),
    "document": ("tài liệu", "văn bản"),
    "boundary": ("địa giới", "ranh giới"),
    "published": ("ngày công bố", "công bố"),
    "origin_sheet": ("trang gốc", "bảng gốc"),
    "origin_cell": ("ô gốc",),
    "note": ("ghi chú",),
    "decimal": ("dấu thập phân",),
    "lienvung": ("liên vùng", "mẫu"),
}
_BY_NAME = {fold(n): key for key, names in _NAMES.items() for n in (key, *names)}
_SILENT = {fold(n) for n in ("tên chỉ tiêu", "tên địa bàn", "tên đơn vị", "indicator name", "area name", "unit name")}
_INFO_SHEETS = {"thong tin", "info"}
_EMPTY = frozenset(("", None))
_DATA_SHEETS = {"so lieu", "data"}


@dataclass
class Grid:
    """A table's columns as texts, with the line on which each row begins."""

    columns: dict[str, pa.Array]
    lines: pa.Array
    defaults: dict[str, str]
    value_letter: str
    sheet: str | None = None
    findings: list[Finding] = field(default_factory=list)


def column_key(heading: str) -> str | None:
    """Our name of a column printed in Vietnamese or English; None if it is none of ours."""
    return _BY_NAME.get(fold(heading))


def read_grid(raw: RawFile) -> Grid:
    """The table of a CSV or workbook in the template's layout."""
    with uncollected():
        return _read_text(raw) if raw.kind == "csv" else _read_sheets(raw)


def peek_text(raw: RawFile) -> tuple[dict[str, str], list[str]]:
    """The defaults and column keys at the top of a CSV; empty where there are none."""
    try:
        with raw.path.open("rb") as stream:
            head = stream.read(65_536)
    except OSError:
        raise FileMissing(file=raw.name) from None
    defaults, heading, _ = _split_head(read_head(head).splitlines())
    cells = next(csv.reader([heading], delimiter=_delimiter(heading)), []) if heading else []
    return defaults, [k for k in map(column_key, cells[:COLUMN_LIMIT]) if k]


def peek_sheets(sheets: Iterable[Sheet]) -> tuple[dict[str, str], list[str]]:
    """The defaults and column keys of a workbook; empty where there are none."""
    sheets = list(sheets)
    found = _find_heading(sheets)
    return _sheet_defaults(sheets), [k for k in found[2] if k] if found else []


def _split_head(lines: Iterable[str]) -> tuple[dict[str, str], str, int]:
    """Defaults from ``# key: value`` lines, the heading, and how many lines that took."""
    defaults: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        bare = line.strip()
        if bare.strip('"').startswith("#"):
            key, value = _split_default(bare)
            defaults[column_key(key) or key] = value
        elif bare.strip(",;\t"):
            return defaults, line.rstrip("\r\n"), number
    return defaults, "", 0


def _split_default(line: str) -> tuple[str, str]:
    """Key and value of a line ``# key: value``, which Excel may have quoted and padded with empty cells.

    >>> _split_default("# boundary: 2004,,,"), _split_default("# decimal: ,"), _split_default('"# decimal: ,",,')
    (('boundary', '2004'), ('decimal', ','), ('decimal', ','))
    """
    is_quoted = line.startswith('"')
    bare = next(csv.reader([line]))[0] if is_quoted else line
    key, _, value = bare.lstrip("# ").partition(":")
    padded = value.strip()
    return key.strip(), padded if is_quoted else padded.rstrip(",;\t") or padded[:1]


def _unknown_defaults(defaults: Mapping[str, str]) -> list[Finding]:
    """A default that nobody knows is said: ``# unti: PERSONS`` would change every figure a thousandfold."""
    return [
        Finding(
            "COLUMN-IGNORED", WARNING, f"Dòng đầu tệp '# {key}: {value}' không thuộc mẫu, đã bỏ qua.",
            f"The line '# {key}: {value}' at the top is not of the template and was left out.", None, None,
            f"Có phải '{near[0]}'?" if (near := nearest(key, _NAMES)) else f"Các tên được dùng: {', '.join(_NAMES)}.",
            f"Did you mean '{near[0]}'?" if near else f"The names in use: {', '.join(_NAMES)}.",
        )
        for key, value in defaults.items()
        if key not in _NAMES and value
    ]  # fmt: skip


def _delimiter(heading: str) -> str:
    return max(",;\t", key=heading.count)


def _read_text(raw: RawFile) -> Grid:
    data = read_bytes(raw)
    defaults, heading, skipped = _split_head(line.decode("utf-8") for line in io.BytesIO(data))
    delimiter = _delimiter(heading)
    headings = next(csv.reader([heading], delimiter=delimiter), [])
    keys, findings = _keys(raw, headings, None, skipped)
    findings += _unknown_defaults(defaults)
    body = read_body(raw, data, skipped, delimiter, len(keys))
    columns = {k: c for k, c in zip(keys, body.columns, strict=True) if k}
    return Grid(columns, body.lines, defaults, a1(0, keys.index("value"))[:-1], None, [*findings, *body.findings])


def _keys(raw: RawFile, headings: list[str], sheet: str | None, line: int) -> tuple[list[str | None], list[Finding]]:
    """Our name of every column; those we do not know are said, those named twice refused."""
    if len(headings) > COLUMN_LIMIT:
        found = Both(f"{len(headings)} cột", f"{len(headings)} columns")
        raise LayoutNotRecognised(file=raw.name, found=found)
    keys = [column_key(h) for h in headings]
    twice = sorted({k for k in keys if k and keys.count(k) > 1})
    if twice or "value" not in keys:
        seen = ", ".join(h.strip() for h in headings if h.strip())[:200] or "—"
        found = Both(f"cột lặp hoặc thiếu ({', '.join(twice) or 'value'}); các cột đọc được: {seen}",
                     f"columns twice or missing ({', '.join(twice) or 'value'}); the columns seen: {seen}")  # fmt: skip
        raise LayoutNotRecognised(file=raw.name, found=found)
    findings = [
        Finding(
            "COLUMN-IGNORED", WARNING, f"Cột '{h.strip()}' không thuộc mẫu, đã bỏ qua.",
            f"The column '{h.strip()}' is not of the template and was left out.", sheet, a1(line - 1, i),
            "Đổi tên cột theo mẫu nếu cần dùng.", "Rename it as in the template if it matters.",
        )
        for i, (h, k) in enumerate(zip(headings, keys, strict=True))
        if not k and h.strip() and fold(h) not in _SILENT
    ]  # fmt: skip
    return keys, findings


def _read_sheets(raw: RawFile) -> Grid:
    sheets = read_once(raw)
    found = _find_heading(sheets)
    if found is None:
        names = ", ".join(s.name for s in sheets)
        said = Both(f"không có trang nào có đủ cột của mẫu; các trang: {names}",
                    f"no sheet has the template's columns; the sheets: {names}")  # fmt: skip
        raise LayoutNotRecognised(file=raw.name, found=said)
    sheet, row, _ = found
    keys, findings = _keys(raw, [_cell_text(c) for c in sheet.rows[row]], sheet.name, row + 1)
    body = sheet.rows[row + 1 :]
    lines = np.array([n for n, cells in enumerate(body) if not _EMPTY.issuperset(cells)], dtype=np.int64)
    at = keys.index("value")
    values, told = adjust_values(raw, sheet, row + 1, at)
    cells_of = {key: values if i == at else [cells[i] for cells in body] for i, key in enumerate(keys) if key}
    texts = {key: _texts(cells).take(lines) for key, cells in cells_of.items()}
    letter, findings = a1(0, at)[:-1], [*findings, *told]
    return Grid(texts, pa.array(lines + row + 2), _sheet_defaults(sheets), letter, sheet.name, findings)


def _texts(cells: list[object]) -> pa.Array:
    """A column as a person would type it; one that is all text, or all numbers, is turned at once."""
    try:
        column = pa.array(cells)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.array([_cell_text(c) for c in cells], pa.string())
    if column.type == pa.string():
        return pc.fill_null(column, "")
    return pa.array(list(map(_cell_text, cells)), pa.string())


def _find_heading(sheets: Iterable[Sheet]) -> tuple[Sheet, int, list[str | None]] | None:
    """The sheet and row with the template's column names; a sheet called 'Số liệu' first."""
    for sheet in sorted(sheets, key=lambda s: fold(s.name) not in _DATA_SHEETS):
        for number, row in enumerate(sheet.rows[:30]):
            keys = [column_key(c) if isinstance(c, str) else None for c in row[: COLUMN_LIMIT + 1]]
            if {"area", "period", "value"} <= set(keys):
                return sheet, number, keys
    return None


def _sheet_defaults(sheets: Iterable[Sheet]) -> dict[str, str]:
    """Key and value pairs of the sheet 'Thông tin'."""
    defaults: dict[str, str] = {}
    for sheet in sheets:
        if fold(sheet.name) not in _INFO_SHEETS:
            continue
        for row in sheet.rows:
            key = column_key(_cell_text(row[0])) if len(row) > 1 else None
            value = _cell_text(row[1]).strip() if key else ""
            if key and value:
                defaults[key] = value
    return defaults


def _cell_text(cell: object) -> str:
    """A cell as a person would type it: 2020 not 2020.0, and no noise of binary fractions.

    >>> _cell_text(2020.0), _cell_text(0.1 + 0.2), _cell_text(None)
    ('2020', '0.3', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, (int, float)):
        return format(cell, ".15g") if abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def all_names() -> Mapping[str, tuple[str, ...]]:
    """The column names that are accepted, by our own name."""
    return _NAMES
