"""What formats, formulas, comments and hidden parts say about the cells of a table, told to the person who sent it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lienvung.domain.handovers import ERROR, INFO, WARNING, Finding, RawFile
from lienvung.parse.tables.gathering import Gathered, MeasuredCell
from lienvung.parse.tables.matching import Found
from lienvung.parse.workbook import Sheet, a1

MOST_NAMED = 100
UNSEEN_KINDS = ("xls", "xlsb", "ods")
"""Workbooks whose formats are not read."""
SCALED_UNITS = ("PCT", "INDEX")
"""Units in which a cell that shows 12.5 % and holds 0.125 means 12.5."""


def is_fraction(table: Found, cell: MeasuredCell) -> bool:
    """Whether a cell shows a percentage and holds a hundredth of it."""
    return shows_percent(table, cell) and cell.measure.get("unit") in SCALED_UNITS


def shows_percent(table: Found, cell: MeasuredCell) -> bool:
    """Whether a number is formatted as a percentage."""
    details = table.region.sheet.details
    is_number = isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool)
    return bool(details and is_number and details.format(*cell.place).kind == "percent")


def has_no_value(table: Found, cell: MeasuredCell) -> bool:
    """Whether a formula was never calculated: no value kept, or a 0 in a workbook that asks to be calculated."""
    details = table.region.sheet.details
    formula = details.formulas.get(cell.place) if details else None
    if not details or formula is None:
        return False
    return not formula.has_value or (details.asks_recalculation and cell.value == 0)


def formula_of(table: Found, cell: MeasuredCell) -> str:
    """The formula in a cell as it is typed; ``=`` alone where the file keeps its text elsewhere."""
    details = table.region.sheet.details
    formula = details.formulas.get(cell.place) if details else None
    return f"={formula.text[:200]}" if formula else ""


def comment_of(table: Found, cell: MeasuredCell) -> str:
    """The comment that stands on a cell."""
    details = table.region.sheet.details
    return details.comments.get(cell.place, "") if details else ""


def tell_cells(table: Found, gathered: Gathered, is_skipped: bool) -> list[Finding]:
    """What is to be known of a table's cells beyond their values."""
    return [*_hidden(table, gathered.hidden, is_skipped), *_formulas(table, gathered.cells),
            *_odd_percents(table, gathered.cells), *_comments(table, gathered.cells)]  # fmt: skip


def _hidden(table: Found, cells: Sequence[MeasuredCell], is_skipped: bool) -> list[Finding]:
    if not cells:
        return []
    details = table.region.sheet.details
    rows = sorted({c.place[0] + 1 for c in cells if details and c.place[0] in details.hidden_rows})
    columns = sorted({c.place[1] for c in cells if details and c.place[1] in details.hidden_columns})
    letters = [a1(0, c)[:-1] for c in columns]
    parts_vi = [*([f"dòng {_few(rows)}"] if rows else []), *([f"cột {_few(letters)}"] if columns else [])]
    parts_en = [*([f"rows {_few(rows)}"] if rows else []), *([f"columns {_few(letters)}"] if columns else [])]
    done = ("không đọc", "not read") if is_skipped else ("vẫn đọc", "read all the same")
    return [Finding(
        "HIDDEN-CELLS", WARNING, f"{len(cells)} ô nằm ở {' và '.join(parts_vi)} bị ẩn; {done[0]}.",
        f"{len(cells)} cells stand in hidden {' and '.join(parts_en)}; {done[1]}.", table.sheet or None,
        cells[0].address,
        "Bỏ ẩn nếu đây là số liệu; nếu không, ghi 'hidden: skip' cho bảng này trong công thức.",
        "Unhide them if they are figures; if not, write 'hidden: skip' for this table in the recipe.", len(cells),
    )]  # fmt: skip


def _few(items: Sequence[object]) -> str:
    return ", ".join(map(str, items[:8])) + (" …" if len(items) > 8 else "")


def _formulas(table: Found, cells: Sequence[MeasuredCell]) -> list[Finding]:
    details = table.region.sheet.details
    own = [c for c in cells if details and c.place in details.formulas]
    if not own or not details:
        return []
    sheet, found = table.sheet or None, []
    empty = [c for c in own if has_no_value(table, c)]
    outside = [c for c in own if details.formulas[c.place].is_outside]
    kept = [c for c in own if c not in empty]
    for cell in empty[:MOST_NAMED]:
        text = details.formulas[cell.place].text[:80] or "…"
        found.append(Finding(
            "FORMULA-EMPTY", ERROR, f"Ô là công thức '={text}' nhưng tệp không lưu kết quả; chưa có số liệu.",
            f"The cell is a formula '={text}' without a kept result; there is no figure.", sheet, cell.address,
            "Mở tệp bằng Excel hoặc LibreOffice, tính lại, lưu rồi nộp lại; hoặc gõ số vào ô.",
            "Open the file in Excel or LibreOffice, calculate, save and submit again; or type the figure.",
        ))  # fmt: skip
    if len(empty) > MOST_NAMED:
        found[-1] = replace(found[-1], count=len(empty) - MOST_NAMED + 1)
    if outside:
        found.append(Finding(
            "FORMULA-OUTSIDE", WARNING,
            f"{len(outside)} ô lấy số từ tệp khác (='{details.formulas[outside[0].place].text[:80]}'); đã dùng giá trị "
            "lưu sẵn, có thể đã cũ.",
            f"{len(outside)} cells take their figure from another file (='"
            f"{details.formulas[outside[0].place].text[:80]}'); the kept value was used and may be old.",
            sheet, outside[0].address, "Chép giá trị vào ô (Dán đặc biệt › Giá trị) rồi nộp lại, nếu số chưa đúng.",
            "Paste the values and submit again if they are not right.", len(outside),
        ))  # fmt: skip
    if kept:
        found.append(Finding(
            "FORMULA-VALUE", INFO, f"{len(kept)} ô là công thức; đã dùng giá trị lưu sẵn trong tệp.",
            f"{len(kept)} cells are formulas; the values kept in the file were used.", sheet, kept[0].address,
            "", "", len(kept),
        ))  # fmt: skip
    return found


def _odd_percents(table: Found, cells: Sequence[MeasuredCell]) -> list[Finding]:
    odd = [c for c in cells if shows_percent(table, c) and c.measure.get("unit") not in SCALED_UNITS]
    if not odd:
        return []
    unit = odd[0].measure.get("unit", "—")
    return [Finding(
        "PERCENT-UNIT", WARNING, f"{len(odd)} ô định dạng phần trăm nhưng đơn vị là {unit}; đọc đúng giá trị trong ô.",
        f"{len(odd)} cells are formatted as percentages but their unit is {unit}; the value in the cell was read.",
        table.sheet or None, odd[0].address, "Kiểm tra đơn vị của bảng, cột hoặc dòng này.",
        "Check the unit of this table, column or row.", len(odd),
    )]  # fmt: skip


def _comments(table: Found, cells: Sequence[MeasuredCell]) -> list[Finding]:
    """Comments on headings and labels of a table; those on figures go into the note of the figure."""
    details = table.region.sheet.details
    if not details or not details.comments:
        return []
    own = {c.place for c in cells}
    rows = {*table.region.header, *table.region.body}
    told = [(p, t) for p, t in sorted(details.comments.items()) if p[0] in rows and p not in own and t]
    return [
        Finding("CELL-COMMENT", INFO, f"Ghi chú ở ô: {text}", f"A comment on the cell: {text}", table.sheet or None,
                a1(*place))
        for place, text in told[:MOST_NAMED]
    ]  # fmt: skip


def tell_file(raw: RawFile, sheets: Sequence[Sheet]) -> list[Finding]:
    """What could not be seen of a workbook."""
    if raw.kind == "csv":
        return []
    whole = [s for s in sheets if s.details and s.details.is_whole]
    if len(whole) == len(sheets):
        return []
    part_vi = f"Tệp .{raw.kind}" if raw.kind in UNSEEN_KINDS else "Một phần của tệp"
    part_en = f"This .{raw.kind}" if raw.kind in UNSEEN_KINDS else "A part of this file"
    return [Finding(
        "FORMATS-UNSEEN", INFO,
        f"{part_vi} chỉ đọc được giá trị: không thấy định dạng phần trăm và ngày, thụt lề, chữ đậm và nghiêng, dòng và "
        "cột ẩn, ô gộp, công thức, ghi chú của ô.",
        f"{part_en} shows its values only: percent and date formats, indents, bold and italics, hidden rows and "
        "columns, merged cells, formulas and comments were not seen.",
        None, None, "Lưu lại thành .xlsx rồi nộp nếu các điều này quan trọng với bảng.",
        "Save it as .xlsx and submit that if these matter for the table.",
    )]  # fmt: skip
