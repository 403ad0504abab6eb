"""Our own template: one figure a row, as CSV or XLSX (docs/pack.md, "the tidy layout")."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lienvung.domain.handovers import ERROR, ROWS_SCHEMA, WARNING, Finding, RawFile, Rows
from lienvung.domain.names import fold
from lienvung.errors import Both, LayoutNotRecognised
from lienvung.parse.decimals import Numbers, read_numbers
from lienvung.parse.recipes import Recipe
from lienvung.parse.tidy_sheets import NEEDED, Grid, read_grid

PARSER = "tidy/1"
MARKER = "tidy/1"

_STATUS_WORDS = {
    "uoc tinh": "estimate", "uoc": "estimate", "so bo": "preliminary", "chinh thuc": "official",
    "dieu chinh": "revised", "da dieu chinh": "revised", "ke hoach": "plan", "du toan": "plan",
    "e": "estimate", "p": "preliminary", "a": "official", "r": "revised", "f": "plan",
}  # fmt: skip
_DOUBTS: Mapping[str, tuple[str, Both, Both]] = {
    "only_groups": (
        WARNING,
        Both("Mọi số có dấu chấm đều có đúng ba chữ số sau dấu ({cells}); đã đọc dấu chấm là dấu thập phân",
             "Every number with a point has exactly three digits after it ({cells}); read as a decimal point"),
        Both("Nếu đó là dấu phân cách hàng nghìn, thêm dòng '# decimal: ,' ở đầu tệp rồi nộp lại.",
             "If it separates thousands, add the line '# decimal: ,' at the top and submit again."),
    ),
    "mixed": (
        ERROR,
        Both("Trong cùng bảng có cả dấu phẩy và dấu chấm làm dấu thập phân ({cells})",
             "The same table uses both the comma and the point as decimal sign ({cells})"),
        Both("Dùng một dấu thập phân cho cả bảng (dấu chấm), không dùng dấu phân cách hàng nghìn.",
             "Use one decimal sign in the whole table (the point), and no thousands sign."),
    ),
    "undecidable": (
        ERROR,
        Both("Không xác định được dấu phẩy là dấu thập phân hay dấu hàng nghìn ({cells})",
             "It cannot be decided whether the comma is a decimal sign or separates thousands ({cells})"),
        Both("Thêm dòng '# decimal: ,' (phẩy là dấu thập phân) hoặc '# decimal: .' ở đầu tệp.",
             "Add the line '# decimal: ,' (the comma is decimal) or '# decimal: .' at the top of the file."),
    ),
}  # fmt: skip


def parse_tidy(raw: RawFile, recipe: Recipe) -> Rows:
    """Rows of a filled template; what a cell leaves out comes from the file's header, then from the recipe.

    Raises:
        LayoutNotRecognised: the columns for area, period, value or indicator are not there.
        DamagedFile: not UTF-8, a quote that never closes, a line without end.
    """
    grid = read_grid(raw)
    version = grid.defaults.get("lienvung", MARKER)
    if version != MARKER:
        found = Both(f"phiên bản mẫu '{version}', cần '{MARKER}'", f"template version '{version}', not '{MARKER}'")
        raise LayoutNotRecognised(file=raw.name, found=found)
    missing = [c for c in NEEDED if c not in grid.columns and not grid.defaults.get(c)]
    if missing:
        names = ", ".join(missing)
        raise LayoutNotRecognised(file=raw.name, found=Both(f"thiếu cột {names}", f"the columns {names} are missing"))
    table, numbers = _shape(grid, recipe)
    findings = [*grid.findings, *_doubt_findings(numbers, grid, table["cell"])]
    vi, en = _understood(grid, numbers, table)
    return Rows(table, PARSER, recipe.id, vi, en, tuple(findings))


def _shape(grid: Grid, recipe: Recipe) -> tuple[pa.Table, Numbers]:
    """``ROWS_SCHEMA`` of a grid, defaults filled in."""
    size = len(grid.lines)
    fallback = {"issuer": recipe.issuer, "boundary": recipe.boundary, "published": recipe.published}
    columns: dict[str, pa.Array] = {}
    for name in ROWS_SCHEMA.names:
        source = "area" if name == "area_text" else name
        default = grid.defaults.get(source) or fallback.get(source) or None
        columns[name] = _filled(grid.columns.get(source), default, size)
    texts = _filled(grid.columns["value"], None, size)
    numbers = read_numbers(texts, grid.defaults.get("decimal", ""))
    columns |= {"value_text": pc.fill_null(texts, ""), "value": numbers.value, "mark": numbers.mark}
    columns |= {"decimals": numbers.decimals, "status": _statuses(columns["status"])}
    columns["sheet"] = pa.repeat(pa.scalar(grid.sheet, pa.string()), size)
    lines = grid.lines.cast(pa.string())
    columns["cell"] = pc.binary_join_element_wise(grid.value_letter, lines, "")
    return pa.table(columns, schema=ROWS_SCHEMA), numbers


def _filled(column: pa.Array | None, default: str | None, size: int) -> pa.Array:
    """Trimmed texts; blanks become the default, or null."""
    fallback = pa.scalar(default, pa.string())
    if column is None:
        return pa.repeat(fallback, size)
    bare = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.fill_null(pc.equal(bare, ""), True), fallback, bare)


def _statuses(column: pa.Array) -> pa.Array:
    """Codes for the Vietnamese words and SDMX letters; anything else stays for the checks to refuse."""
    encoded = column.dictionary_encode()
    known = [_STATUS_WORDS.get(fold(w), w) for w in encoded.dictionary.to_pylist()]
    return pa.array(known, pa.string()).take(encoded.indices)


def _doubt_findings(numbers: Numbers, grid: Grid, cells: pa.ChunkedArray) -> Iterable[Finding]:
    if not numbers.doubt:
        return
    severity, said, todo = _DOUBTS[numbers.doubt]
    named = [str(c) for c in cells.take(pa.array(numbers.doubtful[:5])).to_pylist()]
    listed = ", ".join(named) + (" …" if len(numbers.doubtful) > 5 else "")
    yield Finding(
        "DECIMAL-SIGN", severity, said.vi.format(cells=listed) + ".", said.en.format(cells=listed) + ".",
        grid.sheet, named[0], todo.vi, todo.en, len(numbers.doubtful),
    )  # fmt: skip


def _understood(grid: Grid, numbers: Numbers, table: pa.Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What was taken for what, for the person who handed the file in."""
    columns = ", ".join(grid.columns)
    defaults = "; ".join(f"{k}: {v}" for k, v in grid.defaults.items() if k != "lienvung") or "—"
    blank = int(np.count_nonzero(np.asarray(table["mark"].to_pylist(), dtype=object) == "not_applicable"))
    vi = (
        f"Mẫu chuẩn {MARKER}: {len(grid.lines)} dòng số liệu, cột: {columns}.",
        f"Giá trị chung của tệp: {defaults}.",
        f"Dấu thập phân: '{numbers.sign}'; ô để trống: {blank}.",
    )
    en = (
        f"Template {MARKER}: {len(grid.lines)} rows, columns: {columns}.",
        f"Defaults of the file: {defaults}.",
        f"Decimal sign: '{numbers.sign}'; blank cells: {blank}.",
    )
    return vi, en


def has_needed(columns: Sequence[str], defaults: Mapping[str, str]) -> bool:
    """Whether columns and defaults together say indicator, area, period and value."""
    return all(c in columns or c in defaults for c in NEEDED)
