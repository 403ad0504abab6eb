"""``lienvung submit --annotate`` from the door: what is written, what is refused."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from tests.conftest import Home
from tests.faults import damaged


def test_a_csv_comes_back_as_a_workbook_with_comments(empty: Home, tmp_path: Path) -> None:
    file, out = tmp_path / "so-lieu.csv", tmp_path / "loi.xlsx"
    file.write_bytes(damaged.tidy("POP_AVG,74,2016,nhiều,", 'POP_AVG,"74\n",2017,=1+1,', "POP_AVG,Sài Gòn X,2018,3,"))
    done = empty.run("submit", file, "--dry-run", "--annotate", out)
    assert done.code == 9, done.err
    assert "3 ô có chú thích" in done.err
    page = openpyxl.load_workbook(out).worksheets[0]
    assert [page[c].value for c in ("D6", "D7", "D9")] == ["nhiều", "=1+1", "3"], "rows stand on their real lines"
    assert all(page[c].comment for c in ("D6", "D7", "D9"))


def test_an_old_workbook_comes_back_as_a_copy(empty: Home, tmp_path: Path) -> None:
    file, out = tmp_path / "cu.xls", tmp_path / "loi.xlsx"
    book = xlwt.Workbook()
    sheet = book.add_sheet("Số liệu")
    for column, text in enumerate(["Chỉ tiêu", "Địa bàn", "Thời kỳ", "Giá trị"]):
        sheet.write(0, column, text)
    for column, value in enumerate(["POP_AVG", "74@2004", 2016, "không rõ"]):
        sheet.write(1, column, value)
    book.save(str(file))
    done = empty.run("submit", file, "--dry-run", "--annotate", out)
    assert done.code == 9, done.err
    assert openpyxl.load_workbook(out)["Số liệu"]["D2"].comment is not None


def test_every_cell_of_a_grouped_finding_is_marked_in_a_copy_of_an_ods(empty: Home, tmp_path: Path) -> None:
    file, out = tmp_path / "so-lieu.ods", tmp_path / "loi.xlsx"
    book = OpenDocumentSpreadsheet()
    table = Table(name="Số liệu")
    grid = [["Chỉ tiêu", "Địa bàn", "Thời kỳ", "Giá trị"]]
    for cells in [*grid, *(["POP_AVG", "Bình Dưng", str(2010 + n), str(5 + n)] for n in range(4))]:
        row = TableRow()
        for text in cells:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(str(file))
    done = empty.run("submit", file, "--dry-run", "--annotate", out)
    assert done.code == 9, done.err
    page = openpyxl.load_workbook(out)["Số liệu"]
    marked = {c.coordinate for row in page.iter_rows() for c in row if c.comment and "CODE-AREA" in c.comment.text}
    assert marked == {"D2", "D3", "D4", "D5"}


def test_the_file_itself_is_never_written_over(empty: Home, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(damaged.workbook())
    before = file.read_bytes()
    for target in (file, tmp_path / "b.csv"):
        done = empty.run("submit", file, "--dry-run", "--annotate", target)
        assert done.code not in (0, 9)
        assert "--annotate" in done.err
    assert file.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if p.suffix in (".csv", ".part")] == []
