"""Formats, hidden parts, merges, formulas and comments of a package; what is not fit to be read; the bounds."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from lienvung.domain.handovers import RawFile
from lienvung.parse import xlsx_details
from lienvung.parse.workbook import read_detailed
from lienvung.parse.xlsx_details import CellFormat, DetailsUnreadableError, Formula, read_details
from tests.parse.test_workbook import replace_part


def book_bytes() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Biểu 1")
        sheet.merge_range(0, 0, 0, 3, "Tiêu đề", book.add_format({"bold": True, "italic": True}))
        sheet.write(1, 0, "  Trong đó", book.add_format({"indent": 3}))
        sheet.write(1, 1, 0.125, book.add_format({"num_format": "0.0%"}))
        sheet.write_datetime(1, 2, datetime(2018, 6, 1), book.add_format({"num_format": "mm/yyyy"}))
        sheet.write_formula(2, 1, "=B2*2", None, 0.25)
        sheet.write_formula(2, 2, "='[khác.xlsx]Sheet1'!$A$1", None, 7)
        sheet.write_formula(2, 3, "=SUM(B2:B3)", None, "")
        sheet.write_comment(1, 1, "Số sơ bộ")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(3, 4, None, None, {"hidden": True})
        book.add_worksheet("Trống")
    return out.getvalue()


def test_what_stands_around_the_values() -> None:
    found = read_details(book_bytes())
    assert list(found) == ["Biểu 1", "Trống"]
    one = found["Biểu 1"]
    assert one.format(1, 1) == CellFormat("percent", "0.0%")
    assert (one.format(1, 2).kind, one.format(1, 2).code) == ("date", "mm/yyyy")
    assert one.format(1, 0).indent == 3
    assert one.format(0, 0).is_bold and one.format(0, 0).is_italic
    assert one.format(5, 5) == CellFormat()
    assert one.hidden_rows == {2}
    assert one.hidden_columns == {3, 4}
    assert one.merged == [(0, 0, 0, 3)]
    assert (one.anchor(0, 2), one.anchor(1, 1)) == ((0, 0), (1, 1))
    assert one.formulas == {
        (2, 1): Formula("B2*2", True, False),
        (2, 2): Formula("'[khác.xlsx]Sheet1'!$A$1", True, True),
        (2, 3): Formula("SUM(B2:B3)", False, False),
    }
    assert one.comments == {(1, 1): "Số sơ bộ"}
    assert one.is_whole and one.asks_recalculation


@pytest.mark.parametrize(
    ("formula", "is_outside"),
    [("[1]Sheet1!A1", True), ("'[2]Tổng hợp'!B3+1", True), ("Bang1[2018]", False), ("Bang1[[#All],[2018]]", False),
     ("SUM(A1:A3)", False)],
)  # fmt: skip
def test_formulas_that_point_outside(formula: str, is_outside: bool) -> None:
    cell = f'<c r="A1"><f>{formula}</f><v>1</v></c>'
    sheet = f'<worksheet><sheetData><row r="1">{cell}</row></sheetData></worksheet>'
    found = read_details(replace_part(book_bytes(), "xl/worksheets/sheet1.xml", sheet.encode()))["Biểu 1"]
    assert found.formulas[0, 0].is_outside is is_outside


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"])
@pytest.mark.parametrize(
    "head", [b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', b'<!DOCTYPE x SYSTEM "file:///x"><x/>', b"<x><y></x>"]
)
def test_document_types_entities_and_broken_parts_are_not_read(part: str, head: bytes) -> None:
    with pytest.raises(DetailsUnreadableError):
        read_details(replace_part(book_bytes(), part, head))


def test_a_package_without_details_is_read_for_its_values_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    styled = b'<!DOCTYPE x [<!ENTITY a "b">]><styleSheet/>'
    path.write_bytes(replace_part(book_bytes(), "xl/styles.xml", styled))
    raw = RawFile("a.xlsx", path, "0" * 64, 1, "xlsx", datetime(2026, 1, 1))
    sheets = read_detailed(raw)
    assert sheets[0].details is None
    assert sheets[0].cell(1, 1) == 0.125


def test_the_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet, look = book.add_worksheet("A"), book.add_format({"num_format": "0%"})
        for row in range(20_000):
            sheet.write(row, 0, 0.5, look)
    monkeypatch.setattr(xlsx_details, "MAX_KEPT", 1_000)
    found = read_details(out.getvalue())["A"]
    assert not found.is_whole
    assert 1_000 <= len(found.formats) < 4_000
    monkeypatch.setattr(xlsx_details, "MAX_SECONDS", -1.0)
    with pytest.raises(DetailsUnreadableError):
        read_details(out.getvalue())


def test_what_is_no_package() -> None:
    with pytest.raises(DetailsUnreadableError):
        read_details(b"not a package")
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as package:
        package.writestr("a.txt", "x")
    with pytest.raises(DetailsUnreadableError):
        read_details(empty.getvalue())
