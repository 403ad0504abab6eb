"""The lines of a CSV as columns of text, each row with the line on which it begins.

Files without quotes, which is nearly all large ones, go through Arrow's reader; the others, and those in
which a line has another number of cells, go through Python's, which can say where.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from lienvung.domain.handovers import ERROR, Finding, RawFile
from lienvung.errors import Both, DamagedFile, FileMissing
from lienvung.parse.encodings import to_utf8

LINE_LIMIT = 1_000_000
"""The longest line of a CSV, in bytes."""
_CHUNK = 65_536


@dataclass
class Body:
    """Columns in the file's order, and the line on which each row begins."""

    columns: list[pa.Array]
    lines: pa.Array
    findings: list[Finding]


def read_bytes(raw: RawFile) -> bytes:
    """The file as UTF-8 without mark, no line longer than ``LINE_LIMIT``; older encodings are converted.

    Raises:
        FileMissing: it is gone. DamagedFile: an encoding that cannot be told, or a line without end.
    """
    try:
        data = raw.path.read_bytes()
    except OSError:
        raise FileMissing(file=raw.name) from None
    try:
        data, _ = to_utf8(data)
    except UnicodeDecodeError as error:
        data = error.object
        line, byte = data.count(b"\n", 0, error.start) + 1, f"0x{data[error.start]:02X}"
        found = Both(
            f"dòng {line} không phải UTF-8 (byte {byte}); trong Excel chọn 'CSV UTF-8' khi lưu",
            f"line {line} is not UTF-8 (byte {byte}); choose 'CSV UTF-8' when saving from Excel",
        )
        raise DamagedFile(file=raw.name, found=found) from None
    if data.count(b"\r") != data.count(b"\r\n"):
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    _refuse_long(raw, data)
    return data


def _refuse_long(raw: RawFile, data: bytes) -> None:
    lengths = np.diff(_ends(data), prepend=-1)
    if lengths.size and int(lengths.max()) > LINE_LIMIT:
        line, size = int(lengths.argmax()) + 1, int(lengths.max())
        raise DamagedFile(
            file=raw.name, found=Both(f"dòng {line} dài {size:,} byte", f"line {line} is {size:,} bytes long")
        )


def _ends(data: bytes) -> np.ndarray:
    """Where every line ends: its line feed, or the end of the file."""
    ends = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == 10)
    return ends if data.endswith(b"\n") or not data else np.append(ends, len(data))


def read_body(raw: RawFile, data: bytes, skipped: int, delimiter: str, width: int) -> Body:
    """The rows below the heading.

    Args:
        data: as ``read_bytes`` gives it. skipped: lines up to and with the heading. width: cells of the heading.

    Raises:
        DamagedFile: a quote that never closes.
    """
    start = int(_ends(data)[skipped - 1]) + 1 if skipped else 0
    body = data[start:]
    if b'"' not in body:
        try:
            return _read_plain(body, skipped, delimiter, width)
        except pa.ArrowInvalid:
            pass
    return _read_quoted(raw, body.decode("utf-8"), skipped, delimiter, width)


def _read_plain(body: bytes, skipped: int, delimiter: str, width: int) -> Body:
    ends = _ends(body)
    starts = np.append(0, ends[:-1] + 1) if ends.size else ends
    arr = np.frombuffer(body, dtype=np.uint8)
    is_blank = (starts >= ends) | ((ends - starts == 1) & (arr[np.minimum(starts, max(len(arr) - 1, 0))] == 13))
    lines = np.flatnonzero(~is_blank) + skipped + 1
    names = [str(i) for i in range(width)]
    if not lines.size:
        return Body([pa.array([], pa.string())] * width, pa.array([], pa.int64()), [])
    table = arrow_csv.read_csv(
        pa.BufferReader(body),
        arrow_csv.ReadOptions(column_names=names, block_size=max(1 << 20, 2 * LINE_LIMIT)),
        arrow_csv.ParseOptions(delimiter=delimiter, quote_char=False, ignore_empty_lines=True),
        arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
    )
    if table.num_rows != lines.size:
        raise pa.ArrowInvalid("lines and rows differ")
    table = table.append_column("line", pa.array(lines))
    is_filled = pa.array(np.zeros(table.num_rows, dtype=bool))
    for name in names:
        is_filled = pc.or_(is_filled, pc.not_equal(table[name], ""))
    table = table.filter(is_filled).combine_chunks()
    columns = [pa.concat_arrays(c.chunks) if c.num_chunks else pa.array([], c.type) for c in table.columns]
    return Body(columns[:-1], columns[-1], [])


def _read_quoted(raw: RawFile, body: str, skipped: int, delimiter: str, width: int) -> Body:
    findings: list[Finding] = []
    parts: list[list[pa.Array]] = [[] for _ in range(width)]
    lines: list[int] = []
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    for numbers, rows in _batches(raw, reader, skipped):
        good = [
            fitted for n, r in zip(numbers, rows, strict=True) if any(r) and (fitted := _fit(n, r, width, findings))
        ]
        lines += [n for n, _ in good]
        for part, column in zip(parts, zip(*(r for _, r in good), strict=True), strict=False):
            part.append(pa.array(column, pa.string()))
    columns = [pa.concat_arrays(p) if p else pa.array([], pa.string()) for p in parts]
    return Body(columns, pa.array(lines, pa.int64()), findings)


def _batches(raw: RawFile, reader: Any, skipped: int) -> Iterator[tuple[list[int], list[list[str]]]]:  # noqa: ANN401
    """Rows with the line of the file on which each begins; a quoted cell may span several."""
    rows: list[list[str]] = []
    numbers = [skipped + 1]
    try:
        for row in reader:
            rows.append(row)
            numbers.append(skipped + reader.line_num + 1)
            if len(rows) == _CHUNK:
                yield numbers[:-1], rows
                rows, numbers = [], numbers[-1:]
    except csv.Error as error:
        line = numbers[-1]
        found = Both(
            f"dòng {line}: dấu ngoặc kép hoặc ô sai ({error})", f"line {line}: a quote or cell is wrong ({error})"
        )
        raise DamagedFile(file=raw.name, found=found) from None
    yield numbers[:-1], rows


def _fit(number: int, row: list[str], width: int, findings: list[Finding]) -> tuple[int, list[str]] | None:
    """The row if it is as wide as the heading (empty cells beyond do not count); else a finding."""
    if len(row) == width:
        return number, row
    if len(row) > width and not any(c.strip() for c in row[width:]):
        return number, row[:width]
    findings.append(
        Finding(
            "ROW-WIDTH", ERROR, f"Dòng {number} có {len(row)} ô, tiêu đề có {width} cột.",
            f"Line {number} has {len(row)} cells, the heading has {width}.", None, f"A{number}",
            "Ô có dấu phân cách bên trong phải đặt trong ngoặc kép; không bỏ ô trống cuối dòng.",
            "Put a cell that contains the separator in quotes; keep the empty cells at the end.",
        )
    )  # fmt: skip
    return None
