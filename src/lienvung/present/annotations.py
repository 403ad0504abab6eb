"""The agency's own workbook back: a colour and a comment on each cell that has a finding, and a sheet that lists all.

An .xlsx is opened and saved as it is, so formats and formulas stay; any other file becomes a copy of its values.
Cells are bounded (``MOST_COMMENTS``, ``MOST_OF_A_RULE``), the list of findings is not, short of the rows of a sheet;
the sheet itself says where a bound was met.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from lienvung.domain.handovers import Finding
from lienvung.errors import Both
from lienvung.present.copies import BOOK_OPTIONS, clean, sheet_name, write_value

MOST_COMMENTS, MOST_OF_A_RULE, MOST_OF_A_CELL = 5_000, 2_000, 5
MOST_LISTED = 1_000_000
MOST_OWN_BYTES = 64 * 2**20
"""A workbook that unpacks to more is given back as a copy of its values: saving it as it is would need gigabytes."""
SHEET = "Báo cáo"
AUTHOR = "Liên Vùng"

Grid = tuple[str, Sequence[Sequence[object]]]
"""A sheet's name and its values from A1."""
_Marks = Mapping[tuple[str | None, int, int], list[Finding]]

_COLOURS = {"error": "FFC7CE", "warning": "FFEB9C", "info": "DDEBF7"}
_SIGNS = {"error": Both("LỖI", "ERROR"), "warning": Both("CẢNH BÁO", "WARNING"), "info": Both("GHI CHÚ", "NOTE")}
_HEADINGS = (
    Both("Mức", "Severity"), Both("Quy tắc", "Rule"), Both("Trang", "Sheet"), Both("Ô", "Cell"),
    Both("Vấn đề", "Problem"), Both("Cách xử lý", "What to do"), Both("Số ô", "Cells"),
)  # fmt: skip
_PROBLEM = 4
_WIDTHS = (12, 20, 18, 12, 80, 60, 8)
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_LOST: tuple[tuple[str, Both], ...] = (
    ("vbaproject.bin", Both("macro không được chép sang", "macros were not carried over")),
    ("xl/charts/", Both("biểu đồ không được chép sang", "charts were not carried over")),
    ("xl/media/", Both("hình ảnh không được chép sang", "pictures were not carried over")),
    ("xl/externallinks/", Both("liên kết tới sổ khác không được chép sang", "outside links were not carried over")),
)  # fmt: skip


@dataclass(frozen=True)
class Annotated:
    """The workbook; what to tell of it; how many cells have a comment."""

    content: bytes
    notes: tuple[Both, ...]
    comments: int


def annotate(content: bytes | None, grids: Sequence[Grid], findings: Sequence[Finding], lang: str) -> Annotated:
    """The workbook with its findings.

    Args:
        content: the bytes of an .xlsx, to be given back as it is; None for every other file.
        grids: the file's values, for the copy where the workbook itself cannot be given back.
    """
    if content is not None:
        try:
            return _annotate_own(content, findings, lang)
        except _CannotKeepError as error:
            return _copy(grids, findings, lang, [error.said])
    return _copy(grids, findings, lang, [])


class _CannotKeepError(Exception):
    def __init__(self, said: Both) -> None:
        super().__init__(said.en)
        self.said = said


def _place(cell: str) -> tuple[int, int] | None:
    """Row and column from 1 of an address; None if it is no cell of a sheet (``Series[3]/Obs[1]``)."""
    found = _CELL.fullmatch(cell)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    return (row, column) if row <= 1_048_576 and column <= 16_384 else None


def _choose(findings: Sequence[Finding], only_sheet: str | None) -> tuple[_Marks, int]:
    """Which cells are marked, worst first, every cell of a finding; and how many had to go without."""
    marks: dict[tuple[str | None, int, int], list[Finding]] = {}
    of_rule: dict[str, int] = {}
    left_out = 0
    for severity in _COLOURS:
        for finding in (f for f in findings if f.severity == severity):
            # a check keeps only so many cells of a finding
            left_out += max(finding.count - 1 - len(finding.places), 0) if finding.places else 0
            for sheet, cell in finding.cells():
                place = _place(cell)
                if place is None:
                    continue
                key = (sheet if sheet is not None else only_sheet, *place)
                is_full = of_rule.get(finding.rule, 0) >= MOST_OF_A_RULE
                is_full |= key not in marks and len(marks) >= MOST_COMMENTS
                if is_full or len(marks.get(key, ())) >= MOST_OF_A_CELL:
                    left_out += 1
                    continue
                marks.setdefault(key, []).append(finding)
                of_rule[finding.rule] = of_rule.get(finding.rule, 0) + 1
    return marks, left_out


def _bounded(left_out: int, listed: int) -> list[Both]:
    notes = []
    if left_out:
        rule, book = f"{MOST_OF_A_RULE:,}", f"{MOST_COMMENTS:,}"
        notes.append(Both(
            f"{left_out} ô có vấn đề chỉ nêu trong trang '{SHEET}', không tô màu và chú thích tại ô "
            f"(tối đa {rule.replace(',', '.')} ô mỗi quy tắc, {book.replace(',', '.')} ô cả sổ)",
            f"{left_out} cells with findings are told only on the sheet '{SHEET}', without colour and comment "
            f"(at most {rule} cells a rule, {book} in all)",
        ))  # fmt: skip
    if listed > MOST_LISTED:
        notes.append(
            Both(f"trang '{SHEET}' dừng ở {MOST_LISTED:,} vấn đề", f"the sheet '{SHEET}' ends at {MOST_LISTED:,}")
        )
    return notes


def _said(finding: Finding, lang: str) -> str:
    sign = _SIGNS[finding.severity]
    times = f" ×{finding.count}" if finding.count > 1 else ""
    head = f"{sign.vi if lang == 'vi' else sign.en} {finding.rule}{times}"
    todo = finding.suggestion(lang)
    return f"{head}\n{finding.message(lang)}" + (f"\n→ {todo}" if todo else "")


def _comment(found: Sequence[Finding], lang: str, before: str = "") -> str:
    return clean("\n\n".join([*([before] if before else []), *(_said(f, lang) for f in found)]), 4_000)


def _line(finding: Finding, lang: str) -> tuple[str, ...]:
    sign = _SIGNS[finding.severity]
    texts = (sign.vi if lang == "vi" else sign.en, finding.rule, finding.sheet or "", finding.cell or "")
    return tuple(clean(t) for t in (*texts, finding.message(lang), finding.suggestion(lang)))


def _report_name(taken: Sequence[str]) -> str:
    names = {n.casefold() for n in taken}
    return next(n for n in (SHEET, *(f"{SHEET} ({i})" for i in range(2, 1_000))) if n.casefold() not in names)


# the workbook itself


def _annotate_own(content: bytes, findings: Sequence[Finding], lang: str) -> Annotated:
    notes = _inspect(content)
    try:
        book = load_workbook(io.BytesIO(content), keep_vba=False, keep_links=False)
        marks, left_out = _choose(findings, book.sheetnames[0] if len(book.sheetnames) == 1 else None)
        count = sum(_mark(book, key, found, lang) for key, found in marks.items())
        said = _bounded(left_out, len(findings))
        _list_own(book, findings, said, lang)
        out = io.BytesIO()
        book.save(out)
    except Exception as error:  # openpyxl meets damaged parts with whatever error lies nearest
        raise _CannotKeepError(
            Both(f"không giữ được nguyên sổ ({type(error).__name__}): đây là bản chép các giá trị",
                 f"the workbook could not be kept as it is ({type(error).__name__}): this is a copy of its values")
        ) from None  # fmt: skip
    return Annotated(out.getvalue(), (*notes, *said), count)


def _inspect(content: bytes) -> list[Both]:
    """What saving will lose; refuses what openpyxl should not be given."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        if sum(p.file_size for p in parts) > MOST_OWN_BYTES:
            raise _CannotKeepError(Both("sổ quá lớn để giữ nguyên: đây là bản chép các giá trị",
                                        "the workbook is too large: this is a copy of its values"))  # fmt: skip
        for part in parts:
            is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
            if is_xml and re.search(rb"<!(DOCTYPE|ENTITY)", package.read(part)):
                raise _CannotKeepError(Both("sổ có khai báo DOCTYPE: đây là bản chép các giá trị",
                                            "it declares a DOCTYPE: this is a copy of its values"))  # fmt: skip
        names = [p.filename.lower() for p in parts]
    return [said for part, said in _LOST if any(part in n for n in names)]


def _mark(book: Workbook, key: tuple[str | None, int, int], found: Sequence[Finding], lang: str) -> bool:
    sheet = book[key[0]] if key[0] in book.sheetnames else None
    if not isinstance(sheet, Worksheet):
        return False
    cell: Any = sheet.cell(key[1], key[2])
    if isinstance(cell, MergedCell):
        merged = next(r for r in sheet.merged_cells.ranges if cell.coordinate in r)
        cell = sheet.cell(merged.min_row, merged.min_col)
    cell.fill = PatternFill("solid", fgColor=_COLOURS[found[0].severity])
    before = cell.comment.text if cell.comment else ""
    cell.comment = Comment(_comment(found, lang, before), AUTHOR, height=160, width=380)
    return True


def _list_own(book: Workbook, findings: Sequence[Finding], notes: Sequence[Both], lang: str) -> None:
    sheet: Worksheet = book.create_sheet(_report_name(book.sheetnames))
    for column, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True), 1):
        cell: Cell = sheet.cell(1, column, heading.vi if lang == "vi" else heading.en)
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = width
    for row, finding in enumerate(findings[:MOST_LISTED], 2):
        for column, text in enumerate(_line(finding, lang), 1):
            if text:
                cell = sheet.cell(row, column)  # type: ignore[assignment]
                cell.value = text
                cell.data_type = "s"  # a text that begins with '=' stays a text
        sheet.cell(row, len(_HEADINGS), finding.count)
    for row, note in enumerate(notes, min(len(findings), MOST_LISTED) + 3):
        sheet.cell(row, _PROBLEM + 1, note.vi if lang == "vi" else note.en).font = Font(italic=True)
    sheet.freeze_panes = "A2"


# a copy of the values


def _copy(grids: Sequence[Grid], findings: Sequence[Finding], lang: str, notes: list[Both]) -> Annotated:
    marks, left_out = _choose(findings, grids[0][0] if len(grids) == 1 else None)
    out, count = io.BytesIO(), 0
    options = {**BOOK_OPTIONS, "constant_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        fills = {s: book.add_format({"bg_color": f"#{c}"}) for s, c in _COLOURS.items()}
        names: list[str] = []
        for name, rows in grids:
            names.append(sheet_name(name, names))
            page = book.add_worksheet(names[-1])
            page.set_comments_author(AUTHOR)
            here = {(r, c): found for (sheet, r, c), found in marks.items() if sheet == name}
            count += len(here)
            _copy_rows(page, rows, here, fills, lang)
        said = _bounded(left_out, len(findings))
        _list_copied(book, _report_name(names), findings, said, lang)
    return Annotated(out.getvalue(), (*notes, *said), count)


def _copy_rows(
    page: Any,  # noqa: ANN401 - XlsxWriter
    rows: Sequence[Sequence[object]],
    marks: Mapping[tuple[int, int], list[Finding]],
    fills: Mapping[str, Any],
    lang: str,
) -> None:
    """Write row after row, as a sheet in constant memory must be."""
    by_row: dict[int, dict[int, list[Finding]]] = {}
    for (row, column), here in marks.items():
        by_row.setdefault(row, {})[column] = here
    for number in range(1, min(max(len(rows), max(by_row, default=0)), 1_048_576) + 1):
        cells = rows[number - 1] if number <= len(rows) else ()
        marked = by_row.get(number, {})
        for column in range(1, min(max(len(cells), max(marked, default=0)), 16_384) + 1):
            found = marked.get(column)
            value = cells[column - 1] if column <= len(cells) else ""
            write_value(page, number - 1, column - 1, value, fills[found[0].severity] if found else None)
            if found:
                page.write_comment(number - 1, column - 1, _comment(found, lang), {"width": 380, "height": 160})


def _list_copied(
    book: Any,  # noqa: ANN401 - XlsxWriter
    name: str,
    findings: Sequence[Finding],
    notes: Sequence[Both],
    lang: str,
) -> None:
    page = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1})
    for column, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, heading.vi if lang == "vi" else heading.en, bold)
    for row, finding in enumerate(findings[:MOST_LISTED], 1):
        for column, text in enumerate(_line(finding, lang)):
            if text:
                page.write_string(row, column, text)
        page.write_number(row, len(_HEADINGS) - 1, finding.count)
    for row, note in enumerate(notes, min(len(findings), MOST_LISTED) + 2):
        page.write_string(row, _PROBLEM, note.vi if lang == "vi" else note.en)
    page.freeze_panes(1, 0)
