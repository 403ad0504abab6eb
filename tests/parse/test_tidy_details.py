"""A filled template whose cells say more than their values."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from lienvung.domain.handovers import RawFile
from lienvung.parse.recipes import Recipe
from lienvung.parse.tidy import parse_tidy
from lienvung.source import fetch_file

RECIPE = Recipe("tidy", "tidy", "Mẫu", "Template", "", "", "", {}, {})


def write(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Số liệu")
        percent = book.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, ["indicator", "area", "period", "value"])
        for row, area in enumerate(("74", "75", "79", "80"), 1):
            sheet.write_row(row, 0, ["UNEMP_RATE", area, "2020"])
        sheet.write_number(1, 3, 0.0123, percent)
        sheet.write_number(2, 3, 2.5)
        sheet.write_formula(3, 3, "=1.5+1.5", None, 3)
        sheet.write_formula(4, 3, "='[Sổ khác.xlsx]Trang1'!B2", None, 4)
        sheet.set_row(2, None, None, {"hidden": True})
    return path


@pytest.fixture
def raw(tmp_path: Path) -> RawFile:
    return fetch_file(write(tmp_path / "mau.xlsx"), tmp_path / "kept")


def test_percent_formats_hidden_rows_and_formulas_are_read_and_told(raw: RawFile) -> None:
    rows = parse_tidy(raw, RECIPE)
    assert rows.table["value"].to_pylist() == [1.23, 2.5, 3.0, 4.0]
    told = {f.rule: f for f in rows.findings}
    assert told["PERCENT-FORMAT"].cell == "D2" and told["HIDDEN-CELLS"].cell == "D3"
    assert told["FORMULA-OUTSIDE"].cell == "D5" and "FORMULA-EMPTY" not in told


def test_plain_template_says_nothing_more(tmp_path: Path) -> None:
    path = tmp_path / "plain.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Số liệu")
        sheet.write_row(0, 0, ["indicator", "area", "period", "value"])
        sheet.write_row(1, 0, ["UNEMP_RATE", "74", "2020", 0.0123])
    rows = parse_tidy(fetch_file(path, tmp_path / "kept"), RECIPE)
    assert rows.table["value"].to_pylist() == [0.0123] and rows.findings == ()
