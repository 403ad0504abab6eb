"""An agency's workbook comes back with comments on its cells; nothing in it can become a formula; all is bounded."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from lienvung.domain.handovers import Finding
from lienvung.present import annotations
from lienvung.present.annotations import SHEET, annotate


def finding(
    cell: str | None, rule: str = "VALUE-TEXT", severity: str = "error", sheet: str | None = "Số liệu"
) -> Finding:
    return Finding(rule, severity, f"Ô {cell} sai.", f"Cell {cell} is wrong.", sheet, cell, "Sửa ô.", "Mend it.", 2)


def own_workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet("Số liệu")
        page.write_row(0, 0, ["Chỉ tiêu", "Giá trị"])
        page.write_string(1, 0, "=cmd|' /C calc'!A0")
        page.write_number(1, 1, 12.5, book.add_format({"num_format": "0.000", "bold": True}))
        page.write_formula(2, 1, "=B2*2", None, 25)
        page.write_comment(2, 1, "của cơ quan")
        page.merge_range("A5:B6", "gộp")
    return out.getvalue()


def reopened(made: annotations.Annotated) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(made.content))


def test_the_agencys_own_workbook_keeps_what_it_has() -> None:
    found = [
        finding("B2"),
        finding("B2", "UNIT-KIND", "warning"),
        finding("B3"),
        finding("B6", severity="info"),
        finding(None),
    ]
    made = annotate(own_workbook(), [], found, "vi")
    book = reopened(made)
    page = book["Số liệu"]
    assert made.comments == 3
    assert page["B2"].comment is not None
    assert page["B2"].comment.text.startswith("LỖI VALUE-TEXT ×2\nÔ B2 sai.\n→ Sửa ô.\n\nCẢNH BÁO UNIT-KIND")
    assert (page["B2"].fill.fgColor.rgb, page["B2"].number_format, page["B2"].font.b) == ("00FFC7CE", "0.000", True)
    assert page["B3"].value == "=B2*2"
    assert page["B3"].comment is not None
    assert page["B3"].comment.text.startswith("của cơ quan\n\nLỖI")
    assert page["A5"].comment is not None, "a cell inside a merged one is told at its corner"
    assert page["A5"].fill.fgColor.rgb == "00DDEBF7"
    assert page["A2"].comment is None
    report = book[SHEET]
    assert [c.value for c in report[1]] == ["Mức", "Quy tắc", "Trang", "Ô", "Vấn đề", "Cách xử lý", "Số ô"]
    assert report.max_row == 1 + len(found)


def test_no_text_becomes_a_formula() -> None:
    evil = Finding("VALUE-TEXT", "error", "=HYPERLINK(1)\x07", "+1", "Số liệu", "A2", "@SUM(1)", "-1", 1)
    grids = [("=1+1", [["=cmd|' /C calc'!A0", "+1", "@x", 3.5]])]
    for content in (own_workbook(), None):
        made = annotate(content, grids, [evil], "vi")
        with zipfile.ZipFile(io.BytesIO(made.content)) as package:
            sheets = [package.read(n).decode() for n in package.namelist() if n.startswith("xl/worksheets/sheet")]
        formulas = sum(s.count("<f>") for s in sheets)
        assert formulas == (1 if content else 0), "only the agency's own"
        report = reopened(made)[SHEET]
        assert report["E2"].value == "=HYPERLINK(1)\ufffd"
        assert {report["E2"].data_type, report["F2"].data_type} == {"s"}


def test_a_copy_of_other_files_has_the_cells_where_they_were() -> None:
    grids = [("a.csv", [["x", "y"], ["1", "=2"]])]
    made = annotate(None, grids, [finding("B2", sheet=None), finding("D9", sheet=None)], "en")
    page = reopened(made).worksheets[0]
    assert (page["B2"].value, page["B2"].data_type, page["B2"].fill.fgColor.rgb) == ("=2", "s", "FFFFC7CE")
    assert page["D9"].comment is not None
    assert page["D9"].comment.text == "ERROR VALUE-TEXT ×2\nCell D9 is wrong.\n→ Mend it."


def test_sheet_names_that_a_workbook_refuses_are_made_to_fit() -> None:
    made = annotate(None, [("a/b" * 20, [["x"]]), ("a/b" * 20, [["y"]]), (SHEET, [["z"]])], [], "vi")
    names = reopened(made).sheetnames
    assert names == ["a_ba_ba_ba_ba_ba_ba_ba_ba_ba_ba", "a_ba_ba_ba_ba_ba_ba_ba_ba (2)", SHEET, f"{SHEET} (2)"]


def test_macros_are_dropped_and_that_is_said() -> None:
    out = io.BytesIO(own_workbook())
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/vbaProject.bin", b"macro")
    made = annotate(out.getvalue(), [], [finding("B2")], "vi")
    assert any("macro" in n.vi for n in made.notes)
    with zipfile.ZipFile(io.BytesIO(made.content)) as package:
        assert not [n for n in package.namelist() if "vba" in n.lower()]


@pytest.mark.parametrize("extra", [b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", b"<a", b""])
def test_a_workbook_that_cannot_be_kept_comes_back_as_a_copy(extra: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(own_workbook())) as old:
        parts = {n: old.read(n) for n in old.namelist()}
    parts["xl/styles.xml"] = extra
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    made = annotate(out.getvalue(), [("Số liệu", [["a"], ["b", 12.5]])], [finding("B2")], "vi")
    assert any("bản chép" in n.vi for n in made.notes)
    assert reopened(made)["Số liệu"]["B2"].value == 12.5


def test_a_hundred_thousand_findings_are_listed_and_some_commented() -> None:
    found = [finding(f"B{row}", f"RULE-{row % 10}") for row in range(1, 100_001)]
    start = time.perf_counter()
    made = annotate(None, [("Số liệu", [])], found, "vi")
    assert time.perf_counter() - start < 60
    assert made.comments == annotations.MOST_COMMENTS
    assert any("95000" in n.vi for n in made.notes)
    with zipfile.ZipFile(io.BytesIO(made.content)) as package:
        assert package.read("xl/worksheets/sheet2.xml").count(b"<row ") == 100_001 + 1, "and the line that says so"


def test_one_rule_does_not_take_all_comments() -> None:
    found = [finding(f"B{row}") for row in range(1, 3_001)] + [finding("C1", "OTHER", "warning")]
    made = annotate(None, [("Số liệu", [])], found, "vi")
    assert made.comments == annotations.MOST_OF_A_RULE + 1


def test_annotated_pictures_are_written_beside_the_file(tmp_path: Path) -> None:
    """The bytes are a workbook that opens."""
    path = tmp_path / "out.xlsx"
    path.write_bytes(annotate(own_workbook(), [], [finding("B2")], "vi").content)
    assert openpyxl.load_workbook(path)["Số liệu"]["B2"].comment is not None


def test_every_cell_of_a_finding_is_coloured_and_commented() -> None:
    grouped = Finding("VALUE-TEXT", "error", "Sai.", "Wrong.", "Số liệu", "B2", count=4, places=("B3", "A2", "Khác!C4"))
    for content, grids in ((own_workbook(), []), (None, [("Số liệu", [["x"]] * 3), ("Khác", [["y"]])])):
        made = annotate(content, grids, [grouped], "vi")
        book = reopened(made)
        marked = {c.coordinate for row in book["Số liệu"].iter_rows() for c in row if c.comment}
        assert {"B2", "B3", "A2"} <= marked
        assert {book["Số liệu"][c].fill.fgColor.rgb[2:] for c in ("B2", "B3", "A2")} == {"FFC7CE"}
        assert made.comments == (3 if content else 4), "a sheet that the workbook does not have is left out"


def test_the_sheet_itself_says_where_a_bound_was_met() -> None:
    places = tuple(f"B{row}" for row in range(2, 3_001))
    many = Finding("VALUE-TEXT", "error", "Sai.", "Wrong.", "Số liệu", "B1", count=9_000, places=places)
    for content in (own_workbook(), None):
        made = annotate(content, [("Số liệu", [])], [many], "vi")
        assert made.comments == annotations.MOST_OF_A_RULE
        report = reopened(made)[SHEET]
        assert report["E4"].value == made.notes[-1].vi and made.notes[-1].vi.startswith("7000 ô")
