"""What a reader is told where a file and its recipe differ, or where something is not decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lienvung.domain.handovers import ERROR, INFO, WARNING, Finding
from lienvung.parse.tables.figures import Figures
from lienvung.parse.tables.labels import Line
from lienvung.parse.tables.matching import Column, Found, Match, alike
from lienvung.parse.workbook import a1


def _mend(recipe: str) -> tuple[str, str]:
    command = f"lienvung recipe propose TỆP --mend {recipe} --out {recipe}.yaml"
    return (
        f"Xem đề xuất sửa công thức: {command}; kiểm tra rồi 'lienvung recipe add {recipe}.yaml'.",
        f"See the proposed mend: {command.replace('TỆP', 'FILE')}; then 'lienvung recipe add {recipe}.yaml'.",
    )


def drifted(match: Match, recipe: str) -> list[Finding]:
    """What moved in a table since its recipe was written: the title, columns gone or changed places, rows gone."""
    table, entry, found = match.table, match.entry, []
    sheet = table.sheet or None
    if match.was:
        found.append(Finding(
            "TABLE-DRIFT", ERROR, f"Tiêu đề bảng đã đổi: công thức ghi '{match.was}', tệp ghi '{table.key}'.",
            f"The table's title changed: the recipe has '{match.was}', the file has '{table.key}'.",
            sheet, a1(table.region.title_row, 0), *_mend(recipe),
        ))  # fmt: skip
    old, new = [str(c) for c in entry.get("columns") or {}], table.column_keys
    for key in (c for c in old if c not in new and not is_skip(entry["columns"][c])):
        near = max((n for n in new if n not in old), key=lambda n: alike(n, key), default="")
        vi = f"; gần nhất là cột mới '{near}'" if near else ""
        en = f"; the nearest new column is '{near}'" if near else ""
        found.append(Finding(
            "TABLE-DRIFT", ERROR, f"Không còn cột '{key}' của công thức{vi}.",
            f"The recipe's column '{key}' is gone{en}.", sheet, _header_cell(table), *_mend(recipe),
        ))  # fmt: skip
    common = [c for c in old if c in new]
    if common != [c for c in new if c in old]:
        now = ", ".join(f"'{c}' → {_letter(table, c)}" for c in common)
        found.append(Finding(
            "TABLE-MOVED", INFO, f"Thứ tự cột đã đổi, vẫn đọc theo tên cột: {now}.",
            f"Columns changed places and are still read by their words: {now}.", sheet, _header_cell(table),
        ))  # fmt: skip
    lines = {line.key for line in table.lines}
    gone = [str(r) for r in entry.get("rows") or {} if r not in lines and not is_skip(entry["rows"][r])]
    if gone:
        named = ", ".join(f"'{g}'" for g in gone[:5]) + (" …" if len(gone) > 5 else "")
        found.append(Finding(
            "TABLE-DRIFT", WARNING, f"{len(gone)} dòng của công thức không có trong bảng: {named}.",
            f"{len(gone)} rows of the recipe are not in the table: {named}.", sheet, None, *_mend(recipe), len(gone),
        ))  # fmt: skip
    return found


def is_skip(value: object) -> bool:
    """Whether a part of a recipe says that something is known and not wanted."""
    return value == "skip"


def _letter(table: Found, key: str) -> str:
    return next((a1(0, c.index)[:-1] for c in table.columns if c.heading.key == key), "?")


def _header_cell(table: Found) -> str | None:
    return a1(table.region.header[0], min(table.region.values)) if table.region.header else None


def undecided(table: Found, path: str, recipe: str) -> Finding:
    """Something that a person has to choose before anything of it is published."""
    return Finding(
        "TABLE-UNDECIDED", ERROR, f"Chưa quyết định '{path}' của bảng '{table.title}'; phần này chưa được đọc.",
        f"'{path}' of the table '{table.title}' is not decided; that part was not read.",
        table.sheet or None, a1(table.region.title_row, 0),
        f"Ghi một mã thay dấu '?' trong công thức '{recipe}' (hoặc 'skip'), rồi 'lienvung recipe add'.",
        f"Write a code in place of '?' in the recipe '{recipe}' (or 'skip'), then 'lienvung recipe add'.",
    )  # fmt: skip


def twice_named(table: Found, crossed: Mapping[tuple[str, str], list[str]]) -> Finding:
    """Cells whose column and row name two different indicators."""
    (column, row), codes = next(iter(crossed.items()))
    named = ", ".join(codes)
    return Finding(
        "TABLE-UNDECIDED", ERROR, f"Cột '{column}' và dòng '{row}' nêu hai chỉ tiêu khác nhau ({named}); chưa đọc.",
        f"The column '{column}' and the row '{row}' name two different indicators ({named}); not read.",
        table.sheet or None, a1(table.region.title_row, 0),
        "Ghi 'only: [các cột]' cho dòng đó trong công thức, hoặc bỏ chỉ tiêu ở cột hay dòng.",
        "Write 'only: [columns]' for that row of the recipe, or leave the indicator out of one of them.", len(crossed),
    )  # fmt: skip


def table_ignored(table: Found) -> Finding:
    """A table that the recipe does not know."""
    return Finding(
        "TABLE-IGNORED", WARNING, f"Công thức không biết bảng '{table.title}'; chưa đọc.",
        f"The recipe does not know the table '{table.title}'; not read.", table.sheet or None,
        a1(table.region.title_row, 0), "Bổ sung bảng vào công thức, hoặc ghi 'skip: true' cho bảng này.",
        "Add it to the recipe, or write 'skip: true' for it.",
    )  # fmt: skip


def table_missing(entry: Mapping[str, Any], tables: Sequence[Found], recipe: str) -> Finding:
    """A table of the recipe that does not stand in the file."""
    title = str(entry.get("title", ""))
    near = max(tables, key=lambda t: alike(t.key, title), default=None)
    said = f"'{near.title}' ({near.place})" if near else "—"
    return Finding(
        "TABLE-MISSING", WARNING if entry.get("skip") else ERROR, f"Không thấy bảng '{title}'; gần nhất: {said}.",
        f"The table '{title}' is not in the file; the nearest: {said}.", None, None, *_mend(recipe),
    )  # fmt: skip


def column_ignored(table: Found, column: Column) -> Finding:
    """A column that the recipe does not know."""
    text = column.heading.printed or "—"
    rows = table.region.header
    return Finding(
        "COLUMN-IGNORED", WARNING, f"Công thức không biết cột '{text}' (từ khóa '{column.heading.key}'); chưa đọc.",
        f"The recipe does not know the column '{text}' (key '{column.heading.key}'); not read.", table.sheet or None,
        a1(rows[0] if rows else table.region.body[0], column.index),
        "Thêm vào 'columns' của công thức: một mã chỉ tiêu, các mã, hoặc 'skip'.",
        "Add it to the recipe's 'columns': an indicator, codes, or 'skip'.",
    )  # fmt: skip


def row_ignored(table: Found, line: Line) -> Finding:
    """A row that the recipe does not know."""
    key = line.key if not line.block or line.block_kind == "values" else f"{line.block} > {line.key}"
    return Finding(
        "ROW-IGNORED", WARNING, f"Công thức không biết dòng '{line.printed}' (từ khóa '{key}'); chưa đọc.",
        f"The recipe does not know the row '{line.printed}' (key '{key}'); not read.", table.sheet or None,
        a1(line.row, line.column), "Thêm vào 'rows' (hoặc 'blocks') của công thức: các mã, hoặc 'skip'.",
        "Add it to the recipe's 'rows' (or 'blocks'): codes, or 'skip'.",
    )  # fmt: skip


def period_missing(table: Found, cell: str, heading: str) -> Finding:
    """A column whose period neither heading, row nor title tells."""
    return Finding(
        "PERIOD-MISSING", ERROR, f"Không rõ thời kỳ của cột '{heading}' trong bảng '{table.title}'.",
        f"The period of the column '{heading}' of the table '{table.title}' is not clear.", table.sheet or None, cell,
        "Ghi năm, tháng hoặc quý vào tiêu đề bảng hay tên cột; hoặc 'period' trong công thức.",
        "Write the year, month or quarter into the title or the heading; or 'period' into the recipe.",
    )  # fmt: skip


def sign_unclear(table: Found, figures: Figures, cells: Sequence[str], entry: Mapping[str, Any]) -> list[Finding]:
    """A table whose texts do not show which decimal sign it uses; ``1.234`` alone is asked about too."""
    if not figures.doubt or str(entry.get("decimal") or "?") != "?":
        return []
    first = figures.doubtful[0]
    text, count = figures.texts[first], len(figures.doubtful)
    return [Finding(
        "DECIMAL-SIGN", ERROR, f"Không rõ dấu thập phân của bảng: '{text}' ({count} ô) đọc được hai cách.",
        f"The decimal sign of the table is not clear: '{text}' ({count} cells) can be read in two ways.",
        table.sheet or None, cells[first],
        "Ghi 'decimal: \",\"' hoặc 'decimal: \".\"' cho bảng này trong công thức.",
        "Write 'decimal: \",\"' or 'decimal: \".\"' for this table in the recipe.", count,
    )]  # fmt: skip


def percent_unclear(table: Found, cell: str, text: str, count: int) -> Finding:
    """Percentages that may be fractions: a cell that shows 36% holds 0.36."""
    return Finding(
        "PERCENT-UNCLEAR", ERROR, f"Mọi ô phần trăm đều không quá 1 (ví dụ {text}): là {text}% hay tỷ số?",
        f"No percentage is beyond 1 (for example {text}): is it {text}% or a fraction?", table.sheet or None, cell,
        "Ghi 'percent: fraction' (ô 0,36 nghĩa là 36%) hoặc 'percent: points' cho bảng này trong công thức.",
        "Write 'percent: fraction' (0.36 means 36%) or 'percent: points' for this table in the recipe.", count,
    )  # fmt: skip
