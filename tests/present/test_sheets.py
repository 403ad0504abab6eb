"""Downloads: true numbers, empty stays empty, no text becomes a formula."""

from __future__ import annotations

import csv
import io

from openpyxl import load_workbook

from lienvung.present.csv_file import render_csv
from lienvung.present.sheets import Sheet, defuse
from lienvung.present.xlsx import render_xlsx

SHEET = Sheet(
    title="Dân số",
    columns=("area", "value", "note"),
    decimals=1,
    titles=("Số liệu", "Thông tin"),
    rows=(("74", 1995.8, '=HYPERLINK("x")'), ("75", None, "Đồng Nai"), ("79", 0.0, "@SUM(A1)")),
    facts=(("Chỉ tiêu", "Dân số"), ("Nguồn", "=1+1")),
)


def test_csv_opens_in_a_spreadsheet_and_in_a_script() -> None:
    content = render_csv(SHEET)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows == [
        ["area", "value", "note"],
        ["74", "1995.8", '\'=HYPERLINK("x")'],
        ["75", "", "Đồng Nai"],
        ["79", "0", "'@SUM(A1)"],
    ]


def test_xlsx_holds_numbers_and_texts_as_they_are() -> None:
    book = load_workbook(io.BytesIO(render_xlsx(SHEET)))
    figures, about = book["Số liệu"], book["Thông tin"]
    assert [cell.value for cell in figures["B"]] == ["value", 1995.8, None, 0]
    assert figures["B2"].number_format == "#,##0.0"
    assert [cell.data_type for cell in figures["C"]] == ["s"] * 4
    assert about["B2"].value == "=1+1"
    assert about["B2"].data_type == "s"


def test_what_a_spreadsheet_would_run_is_defused() -> None:
    for text in ("=1", "+1", "-1", "@A", "\t=1", "\r=1"):
        assert defuse(text) == "'" + text
    assert defuse("Bà Rịa - Vũng Tàu") == "Bà Rịa - Vũng Tàu"
