"""A form given back: only what changes is written, in the form's own signs, and nothing becomes a formula."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from lienvung.domain.discrepancies import Fact
from lienvung.domain.forms import CHANGED, EQUAL, FilledForm, FormCell, RewrittenHeading
from lienvung.errors import Both
from lienvung.present.forms import form_record, format_figure, open_layout, render_form
from lienvung.present.forms.copied import SheetValues, copy_book
from lienvung.present.forms.formulas import recalculate
from lienvung.present.forms.headings import carry_headings
from lienvung.present.forms.sheet_xml import SheetXml
from lienvung.present.forms.texts import OwnText
from lienvung.present.forms.values import Figure, Style, column_styles, find_marks, own_style
from lienvung.present.forms.workbooks import CannotKeepError, OwnWorkbook

SHEET = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<x:worksheet xmlns:x="urn:m"><x:cols/><x:sheetData>'
    b'<x:row r="2" spans="1:9" ht="20"><x:c r="A2" s="3" t="s"><x:v>0</x:v></x:c><x:c s="4"><x:v>1.5</x:v></x:c>'
    b'<x:c r="D2" s="5"><x:f>B2*2</x:f><x:v>3</x:v></x:c></x:row><x:row r="4"/><x:row r="6"><x:c r="B6"/></x:row>'
    b"</x:sheetData><x:mergeCells/></x:worksheet>"
)


def figure(raw: object, value: float | None, mark: str | None = None, column: int = 0, row: int = 0) -> Figure:
    return Figure(("s", row, column), raw, value, mark, "PERSONS")


def test_a_cell_is_replaced_and_the_rest_stays_byte_for_byte() -> None:
    made = SheetXml(SHEET).write({(1, 1): 2.25}, {})
    assert made == SHEET.replace(b'<x:c s="4"><x:v>1.5</x:v></x:c>', b'<x:c r="B2" s="4"><x:v>2.25</x:v></x:c>')


def test_new_cells_stand_in_their_order_and_rows() -> None:
    part = SheetXml(SHEET)
    made = part.write(
        {(1, 2): 7, (1, 5): "=1+1 & <", (3, 0): 8, (4, 1): 9, (5, 1): None, (8, 0): 1.5, (5, 3): None}, {}
    )
    again = SheetXml(made)
    assert sorted(again.spots) == [(1, 0), (1, 1), (1, 2), (1, 3), (1, 5), (3, 0), (4, 1), (5, 1), (8, 0)]
    references = re.findall(rb'<x:c r="([A-Z]+\d+)"', made)
    assert references == [b"A2", b"C2", b"D2", b"F2", b"A4", b"B5", b"B6", b"A9"]
    assert b'<x:c r="F2" t="inlineStr"><x:is><x:t xml:space="preserve">=1+1 &amp; &lt;</x:t></x:is></x:c>' in made
    assert made.endswith(b"</x:sheetData><x:mergeCells/></x:worksheet>")


def test_a_formula_keeps_its_text_and_gets_its_new_result() -> None:
    part = SheetXml(SHEET)
    assert part.formulas() == {(1, 3): "B2*2"} and part.has_formula(1, 3) and not part.has_formula(1, 1)
    made = part.write({(1, 1): 4}, {(1, 3): 8.0})
    assert b'<x:c r="D2" s="5"><x:f>B2*2</x:f><x:v>8.0</x:v></x:c>' in made


@pytest.mark.parametrize("data", [b"<a", b"<worksheet/>", SHEET.decode().encode("utf-16"), b""])
def test_a_sheet_that_is_not_understood_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"encoding|sheetData|token|element"):
        SheetXml(data)


def test_shared_formulas_and_sums_are_worked_out_again() -> None:
    formulas = {(2, 0): "SUM(A1:A2)", (2, 1): "SUM(B1:B2)/2", (3, 0): "A3-(-1)", (4, 0): "VLOOKUP(1,A1:B2,2)"}
    held: dict[tuple[int, int], object] = {
        (0, 0): 1.0, (1, 0): 2.0, (2, 0): 3.0, (2, 1): 0.0, (3, 0): 4.0, (4, 0): 9.0, (0, 1): "chữ",
    }  # fmt: skip
    assert recalculate(formulas, held, {(0, 0): 10.0}) == ({(2, 0): 12.0, (3, 0): 13.0}, 1)
    wrong = held | {(2, 0): 99.0}
    assert recalculate({(2, 0): "SUM(A1:A2)"}, wrong, {(0, 0): 10.0}) == ({}, 1), (
        "a result that was never its own is kept"
    )


def test_deep_and_endless_formulas_end() -> None:
    for text in ("(" * 1_500 + "1" + ")" * 1_500, "A1+A1", "SUM(A1:XFD1048576)", "=" + "1+" * 5_000 + "1"):
        assert recalculate({(0, 0): text}, {(0, 0): 1.0}, {(1, 1): 2.0})[0] == {}


def test_figures_are_written_as_their_neighbours_are() -> None:
    figures = [figure("1.802,5", 1802.5), figure("4.135,8 (*)", 4135.8, row=1), figure(0.36, 36.0, column=1),
               figure("", None, "not_applicable", row=2), figure("", None, "not_applicable", column=1, row=2),
               figure("12", 12.0, column=2)]  # fmt: skip
    style = column_styles(figures, is_book=True)
    assert format_figure(1995.83, style(figures[0])) == "1.995,83", "no digit of a published figure is lost"
    assert format_figure(1000000.0, style(figures[1])) == "1.000.000,0 (*)"
    assert format_figure(1873.6, style(figures[3])) == "1.873,6"
    assert format_figure(40.0, style(figures[4])) == 0.4
    assert format_figure(12.5, style(figures[5])) == "12,5", "the file's sign, where a cell shows none"
    assert own_style(figure("nhiều", 3.0)) is None


def test_units_and_digits() -> None:
    assert format_figure(1995.8 * 1000, Style(False), 0) == 1995800
    assert format_figure(0.1 + 0.2, Style(False)) == 0.3
    assert format_figure(-5.25, Style(True, 1.0, ",", " ", 1)) == "-5,25"
    assert format_figure(1234567.0, Style(True, 1.0, ".", " ", 0)) == "1 234 567"


def test_the_forms_own_marks() -> None:
    marks = find_marks(
        [figure("–", 0.0, "nil"), figure("..", None, "not_available"), figure("", None, "not_applicable")]
    )
    assert [marks.written(m) for m in ("nil", "not_available", "not_applicable")] == ["–", "..", ""]
    blank_is_zero = find_marks([figure("", 0.0, "nil")])
    assert (blank_is_zero.nil, blank_is_zero.missing) == ("", "…"), "a blank would be read as zero"


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("cp1258", b"")]
)
def test_a_text_keeps_lines_quotes_and_encoding(encoding: str, mark: bytes) -> None:
    text = '"Bảng; ""1"""\r\n\r\nTên;2015;"2016"\nBình Dương;1,5;"2\n5";\n'
    text = (
        text if encoding != "cp1258" else text.replace("ả", "a").replace("ư", "u").replace("ơ", "o").replace("ì", "i")
    )
    content = mark + text.encode(encoding)
    own = OwnText(content)
    assert own.settle({(None, 3, 1): "1,5", (None, 2, 2): "2016"}) == 2
    made, notes = own.write({(None, 3, 1): "3,25", (None, 3, 2): None, (None, 3, 3): 7})
    assert made == mark + text.replace("1,5", "3,25").replace('"2\n5"', '""').replace('"";\n', '"";7\n').encode(
        encoding
    )
    assert not notes and own.write({})[0] == content


def test_a_text_that_would_run_as_a_formula_is_disarmed() -> None:
    own = OwnText(b"=cmd|' /C calc'!A0,x\n@SUM(A1),-2.5\n- Nam (a),+HYPERLINK(1)\n-,+5\n")
    own.settle({(None, 1, 1): "-2.5"})
    made, notes = own.write({(None, 1, 1): -3.5})
    assert made == b"'=cmd|' /C calc'!A0,x\n'@SUM(A1),-3.5\n- Nam (a),'+HYPERLINK(1)\n-,+5\n"
    assert notes[0].vi.startswith("3 ô")


def test_copies_hold_texts_never_formulas() -> None:
    rows: list[list[object]] = [["=1+1", "@x", 3.5, True], ["gộp", "ẩn dưới ô gộp", None, ""]]
    merged = (((1, 0), (1, 2)), ((1, 1), (2, 1)), ((3, 3), (3, 3)))
    content, notes = copy_book([SheetValues("a/b", rows, merged), SheetValues("kín", [["x"]], (), False)],
                               {("a/b", 0, 2): -4.25, ("a/b", 5, 0): "=2+2"})  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert not any(b"<f>" in package.read(n) for n in package.namelist() if "worksheets" in n)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [p.sheet_state for p in book] == ["visible", "hidden"]
    page = book["a_b"]
    assert (page["A1"].value, page["C1"].value, page["D1"].value, page["A6"].value) == ("=1+1", -4.25, True, "=2+2")
    assert page["A6"].data_type == "s" and str(page.merged_cells) == "A2:C2"
    assert any("a/b" in n.vi for n in notes)


def workbook(formula: str = "=B1*2") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("Số liệu")
        page.write_row(0, 0, ["Năm 2015", 1.5])
        page.write_formula(0, 2, formula, None, 3)
        page.write_comment(0, 0, "ghi chú")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "='Số liệu'!$B$1:$B$1"})
        page.insert_chart("E2", chart)
    return out.getvalue()


def test_charts_comments_and_formats_stay_in_a_workbook() -> None:
    content = workbook()
    layout = open_layout("a.xlsx", "xlsx", content, [SheetValues("Số liệu", [["Năm 2015", 1.5, 3.0]])], {})
    made, notes = layout.write({("Số liệu", 0, 1): 2.0, ("Số liệu", 0, 0): "=HYPERLINK(1)"})
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(io.BytesIO(made)) as new:
        same = [n for n in old.namelist() if old.read(n) == new.read(n)]
        assert {"xl/charts/chart1.xml", "xl/comments1.xml", "xl/styles.xml"} <= set(same)
        assert set(old.namelist()) - set(same) <= {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}
        assert b'fullCalcOnLoad="1"' in new.read("xl/workbook.xml")
        assert new.read("xl/worksheets/sheet1.xml").count(b"<f>") == 1, "the form's own formula, and no other"
    page = openpyxl.load_workbook(io.BytesIO(made), data_only=True)["Số liệu"]
    assert [c.value for c in page[1]] == ["=HYPERLINK(1)", 2, 4] and page["A1"].data_type == "s"
    assert not notes


def test_formulas_that_reach_outside_are_told() -> None:
    layout = open_layout(
        "a.xlsx", "xlsx", workbook("='[1]Sổ khác'!A1"), [SheetValues("Số liệu", [["x", 1.5, 3.0]])], {}
    )
    assert any("sổ khác" in n.vi for n in layout.write({("Số liệu", 0, 1): 2.0})[1])


@pytest.mark.parametrize("part", ["macro", "doctype", "relations"])
def test_a_workbook_that_cannot_be_kept_becomes_a_copy(part: str) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook())) as old:
        parts = {n: old.read(n) for n in old.namelist()}
    if part == "macro":
        parts["xl/vbaProject.bin"] = b"macro"
    elif part == "doctype":
        parts["xl/worksheets/sheet1.xml"] = b"<!DOCTYPE a [<!ENTITY x 'y'>]>" + parts["xl/worksheets/sheet1.xml"]
    else:
        parts["xl/_rels/workbook.xml.rels"] = b"<a"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    layout = open_layout("a.xlsm", "xlsx", out.getvalue(), [SheetValues("Số liệu", [["Năm", 1.5]])], {})
    assert layout.book is None and layout.name == "a.xlsx" and len(layout.notes) == 1
    page = openpyxl.load_workbook(io.BytesIO(layout.write({("Số liệu", 0, 1): 2.0})[0]))["Số liệu"]
    assert page["B1"].value == 2
    with pytest.raises(CannotKeepError):
        OwnWorkbook(out.getvalue()).has_formula(("Số liệu", 0, 0))


def test_headings_move_and_notes_stay() -> None:
    cells: dict[tuple[str | None, int, int], object] = {
        ("s", 0, 0): "Niên giám, giá so sánh 2010, năm 2015", ("s", 1, 1): 2014.0, ("s", 1, 2): "Sơ bộ 2015",
        ("s", 2, 0): "Nam (2015)", ("s", 2, 1): 2015.0, ("s", 2, 2): 7.0, ("s", 2, 3): 2014.0,
        ("s", 3, 0): "(*) Theo QĐ 2015", ("t", 0, 0): "2015",
    }  # fmt: skip
    edits, told = carry_headings(cells, [("s", 2, 1), ("s", 2, 2)], {2014, 2015}, 1, with_days=False)
    assert edits == {
        ("s", 0, 0): "Niên giám, giá so sánh 2010, năm 2016", ("s", 1, 1): 2015, ("s", 1, 2): "Sơ bộ 2016",
        ("s", 2, 0): "Nam (2016)", ("s", 2, 3): 2015,
    }  # fmt: skip
    assert told[0] == RewrittenHeading("s", "A1", str(cells["s", 0, 0]), str(edits["s", 0, 0]))


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_report_tells_each_difference(lang: str) -> None:
    fact = Fact("POP_AVG", "74@2004", "_T", "_T", "GSO", "A", "2016", 1995.8)
    cells = (
        FormCell("s", "B4", CHANGED, fact, "1900", "1995.8", "doc", "R1"),
        FormCell("s", "B5", EQUAL, fact, "1995.8"),
    )
    form = FilledForm("a.xlsx", b"", "r", cells, (Both("lưu ý", "look"),), (), 2, 1, ("s!C4",))
    text = render_form(form, lang)
    assert "s!B4  POP_AVG 74@2004 GSO 2016  '1900' → '1995.8'  [doc, R1]" in text
    assert "1/2" in text and "s!C4" in text and ("lưu ý" if lang == "vi" else "look") in text
    record = form_record(form, lang)
    assert [c["cell"] for c in record["cells"]] == ["B4"] and record["counts"]["equal"] == 1


def test_overlapping_merges_do_not_stop_a_copy() -> None:
    try:
        copy_book([SheetValues("s", [["a"]], (((0, 0), (1, 1)), ((1, 1), (2, 2))))], {})
    except XlsxWriterException:
        pytest.fail("overlapping merged ranges")
