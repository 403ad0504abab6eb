"""The tidy template: both file types, both languages, every way of writing numbers, real line numbers."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pyarrow as pa
import pytest
import xlsxwriter

from lienvung import source
from lienvung.domain.handovers import RawFile, Rows
from lienvung.errors import DamagedFile, LayoutNotRecognised
from lienvung.parse.decimals import read_numbers
from lienvung.parse.recipes import Recipe
from lienvung.parse.tidy import parse_tidy

RECIPE = Recipe("tidy", "tidy", "Mẫu", "Template", "", "")
HEAD = "# lienvung: tidy/1\n# indicator: POP_AVG\n# boundary: 2004\n"


def take(text: str | bytes, keep: Path, name: str = "a.csv") -> RawFile:
    data = text.encode() if isinstance(text, str) else text
    return source.fetch_bytes(name, data, keep)


def parse(text: str | bytes, keep: Path) -> Rows:
    return parse_tidy(take(text, keep), RECIPE)


def column(rows: Rows, name: str) -> list[object]:
    values: list[object] = rows.table[name].to_pylist()
    return values


def test_defaults_fill_columns_left_out_and_cells_have_their_line(tmp_path: Path) -> None:
    rows = parse(
        HEAD + "area,period,value,unit,status\n74,2016,1995.8,,sơ bộ\n\n79,2016,8297.5,PERSONS_TH,\n", tmp_path
    )
    assert column(rows, "indicator") == ["POP_AVG", "POP_AVG"]
    assert column(rows, "boundary") == ["2004", "2004"]
    assert column(rows, "value") == [1995.8, 8297.5]
    assert column(rows, "decimals") == [1, 1]
    assert column(rows, "cell") == ["C5", "C7"]
    assert column(rows, "unit") == [None, "PERSONS_TH"]
    assert column(rows, "status") == ["preliminary", None]
    assert not rows.findings


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_every_way_that_spreadsheets_save_text(tmp_path: Path, delimiter: str, encoding: str, ending: str) -> None:
    lines = ["# mẫu: tidy/1", delimiter.join(["Chỉ tiêu", "Địa bàn", "Thời kỳ", "Giá trị"])]
    lines.append(delimiter.join(["POP_AVG", "Bình Dương", "2016", "1995.8"]))
    rows = parse((ending.join(lines) + ending).encode(encoding), tmp_path)
    assert column(rows, "area_text") == ["Bình Dương"]
    assert column(rows, "value") == [1995.8]
    assert column(rows, "cell") == ["D3"]


def test_a_quoted_line_break_moves_the_lines_below(tmp_path: Path) -> None:
    rows = parse(HEAD + 'area,period,note,value\n74,2016,"two\nlines",1\n79,2016,"a, b",2\n', tmp_path)
    assert column(rows, "cell") == ["D5", "D7"]
    assert column(rows, "note") == ["two\nlines", "a, b"]


def test_a_header_line_padded_by_excel_is_still_read(tmp_path: Path) -> None:
    rows = parse("# lienvung: tidy/1,,\n# indicator: POP_AVG,,\narea,period,value\n74,2016,5\n", tmp_path)
    assert column(rows, "indicator") == ["POP_AVG"]


def test_marks_are_not_numbers_and_not_zero(tmp_path: Path) -> None:
    rows = parse(HEAD + "area,period,value\n74,2016,-\n75,2016,..\n77,2016,\n79,2016,0\n80,2016,n/a\n", tmp_path)
    assert column(rows, "mark") == ["nil", "not_available", "not_applicable", None, None]
    assert column(rows, "value") == [0.0, None, None, 0.0, None]
    assert column(rows, "value_text")[-1] == "n/a"


def test_a_row_of_another_width_is_named_and_left_out(tmp_path: Path) -> None:
    rows = parse(HEAD + "area,period,value\n74,2016,1\n75,2016\n79,2016,3,4\n80,2016,5,,\n", tmp_path)
    assert column(rows, "area_text") == ["74", "80"]
    assert [(f.rule, f.cell) for f in rows.findings] == [("ROW-WIDTH", "A6"), ("ROW-WIDTH", "A7")]


def test_an_unknown_column_is_said(tmp_path: Path) -> None:
    rows = parse(HEAD + "area,period,value,colour\n74,2016,1,red\n", tmp_path)
    assert [(f.rule, f.cell) for f in rows.findings] == [("COLUMN-IGNORED", "D4")]


def test_an_unknown_default_is_said(tmp_path: Path) -> None:
    rows = parse(HEAD + "# unti: PERSONS\n# a remark\narea,period,value\n74,2016,1\n", tmp_path)
    assert [f.rule for f in rows.findings] == ["COLUMN-IGNORED"]
    assert "unit" in rows.findings[0].suggestion("vi")


def test_another_version_of_the_template_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LayoutNotRecognised, match="tidy/2"):
        parse("# lienvung: tidy/2\nindicator,area,period,value\nX,74,2016,1\n", tmp_path)


@pytest.mark.parametrize(
    ("texts", "sign", "values", "doubt"),
    [
        (["1995.8", "12"], ".", [1995.8, 12.0], ""),
        (["1.995,8", "2.000"], ",", [1995.8, 2000.0], ""),
        (["1,995.8", "2,000"], ".", [1995.8, 2000.0], ""),
        (["1.234.567"], ",", [1234567.0], ""),
        (["0.123"], ".", [0.123], ""),
        (["1.234", "5"], ".", [1.234, 5.0], "only_groups"),
        (["1,234", "5"], ".", [None, 5.0], "undecidable"),
        (["1,5", "2.5", "3.5"], ".", [None, 2.5, 3.5], "mixed"),
        (["7 902.3", "−4", "+2", "1e3"], ".", [7902.3, -4.0, 2.0, 1000.0], ""),
        (["=1+1", "12%", "1 2", "nan", "inf"], ".", [None] * 5, ""),
    ],
)
def test_the_decimal_sign_is_decided_for_the_whole_table(
    texts: list[str], sign: str, values: list[float | None], doubt: str
) -> None:
    numbers = read_numbers(pa.array(texts))
    assert (numbers.sign, numbers.doubt) == (sign, doubt)
    assert numbers.value.to_pylist() == values


def test_a_declared_sign_settles_the_doubt(tmp_path: Path) -> None:
    body = "area;period;value\n74;2016;1,234\n"
    doubtful = parse(HEAD + body, tmp_path)
    assert [(f.rule, f.severity, f.cell) for f in doubtful.findings] == [("DECIMAL-SIGN", "error", "C5")]
    settled = parse(HEAD + "# decimal: ,\n" + body, tmp_path)
    assert column(settled, "value") == [1.234]
    assert not settled.findings


def test_a_workbook_with_vietnamese_names(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        info, data = book.add_worksheet("Thông tin"), book.add_worksheet("Số liệu")
        info.write_row(0, 0, ["Mẫu", "tidy/1"])
        info.write_row(1, 0, ["Địa giới", "2004"])
        data.write_row(1, 0, ["Chỉ tiêu", "Địa bàn", "Thời kỳ", "Giá trị", "Tên địa bàn"])
        data.write_row(2, 0, ["POP_AVG", 74, 2016, 1995.8, "Bình Dương"])
        data.write_row(4, 0, ["POP_AVG", "Đồng Nai", "2016", "..", ""])
    rows = parse_tidy(take(buffer.getvalue(), tmp_path, "mau.xlsx"), RECIPE)
    assert column(rows, "area_text") == ["74", "Đồng Nai"]
    assert column(rows, "period") == ["2016", "2016"]
    assert column(rows, "value") == [1995.8, None]
    assert column(rows, "decimals")[0] == 1
    assert column(rows, "cell") == ["D3", "D5"]
    assert column(rows, "sheet") == ["Số liệu", "Số liệu"]
    assert column(rows, "boundary") == ["2004", "2004"]
    assert not rows.findings


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(LayoutNotRecognised) as caught:
        parse("area,value\n74,1\n", tmp_path)
    assert "period" in caught.value.message("en")


def test_a_quote_that_never_closes_is_damage_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(DamagedFile) as caught:
        parse(HEAD + 'area,period,value\n74,2016,1\n75,2016,"2\n76,2016,3\n', tmp_path)
    assert "6" in caught.value.message("vi")


def test_both_ways_of_reading_agree(tmp_path: Path) -> None:
    lines = [f"{i % 90:02d},{1990 + i % 30},{i / 8},x{i}" for i in range(5000)]
    lines[100] = ""
    lines[200] = ",,,"
    plain = parse(HEAD + "area,period,value,note\n" + "\n".join(lines), tmp_path)
    lines[-1] = lines[-1].replace("x4999", '"x4999"')
    quoted = parse(HEAD + "area,period,value,note\n" + "\n".join(lines), tmp_path)
    assert plain.table.equals(quoted.table)
    assert plain.table.num_rows == 4998


def test_a_large_file_is_read_at_speed(tmp_path: Path) -> None:
    lines = "".join(f"{i % 90:02d},{1990 + i % 30},{i / 8:.2f},_T\n" for i in range(200_000))
    raw = take(HEAD + "area,period,value,breakdown\n" + lines, tmp_path)
    start = time.process_time()
    assert parse_tidy(raw, RECIPE).table.num_rows == 200_000
    assert time.process_time() - start < 6
