"""The finance ministry's forms, imitated with a few provinces; and the real ones where present."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlwt

from lienvung.domain.handovers import ERROR, INFO, WARNING, RawFile, Rows
from lienvung.errors import LayoutNotRecognised
from lienvung.parse.budget import parse_budget
from lienvung.parse.budget_formulas import is_numbering, judge, read_formulas
from lienvung.parse.dispatch import parse_file
from lienvung.parse.recipes import Recipe, load_recipes

ROOT = Path(__file__).parents[2]
RECIPES = ROOT / "packs" / "southern" / "recipes"
FIGURES = ROOT / "packs" / "southern" / "figures"
REAL = ROOT.parent / "shared" / "data" / "vietnamdata-budget-pci-papi"
real = pytest.mark.skipif(not REAL.exists(), reason="the ministry's own workbooks are not beside the checkout")

Grid = list[list[object]]
TITLE = "DỰ TOÁN THU, CHI NGÂN SÁCH CỦA CÁC TỈNH, THÀNH PHỐ TRỰC THUỘC TRUNG ƯƠNG NĂM 2031"
BALANCE: Grid = [
    ["BỘ TÀI CHÍNH", "", "Phụ lục số 01/CKTC-NSNN"],
    ["CÂN ĐỐI NGÂN SÁCH NHÀ NƯỚC NĂM 2031"],
    ["(Kèm theo Quyết định số 12/QĐ-BTC ngày 5 tháng 12 năm 2030", ""],
    ["", "", "Đơn vị tính: Tỷ đồng"],
]
PLAN: Grid = [
    ["BỘ TÀI CHÍNH", "", "", "", "", "", "", "", "", "Phụ lục số 09/CKTC-NSNN "],
    [],
    [TITLE],
    [0],
    ["", "", "", "", "", "", "", "", "Đơn vị: triệu đồng", "In millions of dong"],
    ["", "", "", "THU NSĐP", "TỶ LỆ", "SỐ BỔ SUNG", "TỔNG CHI", "BỘI CHI", "BỘI THU", "CỘT LẠ"],
    ["SỐ", "", "TỔNG THU", "ĐƯỢC HƯỞNG", "ĐIỀU TIẾT", "CÂN ĐỐI", "CÂN ĐỐI"],
    ["TT", "TỈNH, THÀNH PHỐ", "NSNN TRÊN", "THEO", "PHẦN NSĐP ", "TỪ NSTW", "NGÂN SÁCH ", "NSĐP", "NSĐP"],
    ["", "", "ĐỊA BÀN", "PHÂN CẤP", "ĐƯỢC ", "CHO", "ĐỊA PHƯƠNG"],
    ["", "", "(1)", "", "HƯỞNG (%)", "NSĐP"],
    ["A", "B", 1, 2, 3, 4, "5=2+4+6-7", 6, 7, "8=1/2"],
    ["", "TỔNG SỐ", 1000, 800, "", 60, 861, 3, 2, 1],
    ["I", "MIỀN NÚI PHÍA BẮC", 100, 100, "", 60, 160, "", "", ""],
    [1, " HÀ GIANG", 60, 60, 100, 40, 100, "", "", ""],
    [2, "BẮC CẠN", 40, 40, 100, 20, 61, "", "", ""],
    ["V", "ĐÔNG NAM BỘ", 890, 700, "", "", 701, 3, 2, ""],
    [45, "TP. HỒ CHÍ MINH", 500, 400, 18, "", 400, 1, 1, ""],
    [46, " BÌNH DƯƠNG", 390.4, 300.4, 36, "", 301, 2, 1, ""],
    ["", "", "", "", "", "", "", 7, "", ""],
    ["Ghi chú: (1) chưa trừ hoàn thuế 5.000 tỷ đồng", "", 12],
]
FINAL: Grid = [
    ["BỘ TÀI CHÍNH", "", "", "", "", "", "", "", "", "Phụ lục số 09/CKTC-NSNN"],
    ["QUYẾT TOÁN THU, CHI  NGÂN SÁCH CỦA CÁC TỈNH, "],
    ["THÀNH PHỐ TRỰC THUỘC TRUNG ƯƠNG NĂM 2029"],
    ["(Kèm theo Quyết định số 3/QĐ-BTC ngày 01/02/2031 của Bộ trưởng)"],
    ["", "", "", "", "", "", "", "", "", "Đơn vị tính: Triệu đồng"],
    ["STT", "TÊN TỈNH, THÀNH PHỐ", "TỔNG THU NSNN TRÊN ĐỊA BÀN TỈNH, THÀNH PHỐ",
     "TỶ LỆ PHÂN CHIA NGUỒN THU GIỮA NSTW VÀ NSĐP", "", "TỔNG CHI CÂN ĐỐI NSĐP", "BỔ SUNG TỪ NSTW CHO NSĐP"],
    ["", "", "", "", "", "", "TỔNG SỐ", "BỔ SUNG CÂN ĐỐI", "BỔ SUNG CÓ MỤC TIÊU"],
    ["", "", "", "", "", "", "", "", "Vốn ngoài nước", "Thực hiện những nhiệm vụ quan trọng"],
    ["", "TỔNG SỐ", 90.5, "", "", 70, 12.5, 6, 2.25, 4.25],
    ["V", "ĐÔNG NAM BỘ", 90.5, "", "", 70, 12.5, 6, 2.25, 4.25],
    [1, " TÂY NINH", 30.25, "", 100, 30, 12.5, 6, 2.25, 4.25],
    [2, " BÌNH DƯƠNG", 60.25, "", 40, 40, 0, 0, 0, 0],
]  # fmt: skip


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    return load_recipes(RECIPES)["mof-budget-provinces"]


def xls(folder: Path, sheets: dict[str, Grid]) -> RawFile:
    book = xlwt.Workbook()
    for name, grid in sheets.items():
        sheet = book.add_sheet(name)
        for row, cells in enumerate(grid):
            for col, value in enumerate(cells):
                if value != "":
                    sheet.write(row, col, value)
    out = io.BytesIO()
    book.save(out)
    path = folder / "Plan.xls"
    path.write_bytes(out.getvalue())
    return RawFile(path.name, path, "0" * 64, len(out.getvalue()), "xls", datetime(2031, 1, 1))


def find(rows: Rows, **wanted: object) -> list[dict[str, Any]]:
    return [r for r in rows.table.to_pylist() if all(r[k] == v for k, v in wanted.items())]


def told(rows: Rows, rule: str) -> list[tuple[str, str | None, str]]:
    return [(f.severity, f.cell, f.message_vi) for f in rows.findings if f.rule == rule]


def with_cell(grid: Grid, row: int, col: int, value: object) -> Grid:
    changed = [list(cells) for cells in grid]
    changed[row][col] = value
    return changed


def test_broken_headings_give_a_province_all_its_figures(tmp_path: Path, recipe: Recipe) -> None:
    rows = parse_file(xls(tmp_path, {"M01": BALANCE, "M09": PLAN}), {recipe.id: recipe})
    own = {r["indicator"]: (r["value"], r["mark"], r["unit"], r["cell"]) for r in find(rows, area_text="BÌNH DƯƠNG")}
    assert own == {
        "BUDGET_REV_PLAN": (390.4, None, "VND_MN", "C18"), "BUDGET_REV_LOCAL_PLAN": (300.4, None, "VND_MN", "D18"),
        "BUDGET_SHARE": (36, None, "PCT", "E18"), "BUDGET_TRANSFER_BAL_PLAN": (0, "nil", "VND_MN", "F18"),
        "BUDGET_EXP_PLAN": (301, None, "VND_MN", "G18"), "BUDGET_DEFICIT_PLAN": (2, None, "VND_MN", "H18"),
        "BUDGET_SURPLUS_PLAN": (1, None, "VND_MN", "I18"),
    }  # fmt: skip
    (country,) = find(rows, area_text="VN", indicator="BUDGET_REV_PLAN")
    assert (country["period"], country["status"], country["published"]) == ("2031", "plan", "2030-12-05")
    assert not find(rows, area_text="VN", indicator="BUDGET_SHARE")
    assert {r["area_text"] for r in rows.table.to_pylist()} == {
        "VN", "MIỀN NÚI PHÍA BẮC", "HÀ GIANG", "BẮC CẠN", "ĐÔNG NAM BỘ", "TP. HỒ CHÍ MINH", "BÌNH DƯƠNG"}  # fmt: skip
    assert told(rows, "BUDGET-SHEET-NOT-READ") == [(INFO, None, "Không đọc biểu: CÂN ĐỐI NGÂN SÁCH NHÀ NƯỚC NĂM 2031.")]
    assert told(rows, "BUDGET-COLUMN-NOT-READ") == [(INFO, "J10", "Không đọc cột 'CỘT LẠ'.")]
    assert told(rows, "BUDGET-FORMULA-NOT-READ")[0][1] == "J11"
    assert [cell for _, cell, _ in told(rows, "BUDGET-ROW-NOT-READ")] == ["A19"]


def test_the_printed_formula_is_held_against_every_row(tmp_path: Path, recipe: Recipe) -> None:
    rows = parse_budget(xls(tmp_path, {"M01": BALANCE, "M09": PLAN}), recipe)
    # 300.4 + 0 + 2 − 1 = 301.4 may be printed 301: half a unit of rounding in each whole cell
    assert "đẳng thức đúng 7/7" in rows.understood_vi[0]
    wrong = parse_budget(xls(tmp_path, {"M09": with_cell(PLAN, 14, 6, 62)}), recipe)
    assert told(wrong, "BUDGET-IDENTITY") == [
        (WARNING, "G15", "BẮC CẠN (5=2+4+6-7): 40 + 20 + 0 − 0 = 60, in 62, chênh +2.")
    ]


def test_printed_regions_are_the_sums_of_their_provinces(tmp_path: Path, recipe: Recipe) -> None:
    rows = parse_budget(xls(tmp_path, {"M09": PLAN}), recipe)
    assert [(s, cell) for s, cell, _ in told(rows, "BUDGET-REGION-SUM")] == [(WARNING, "C12")]
    wrong = parse_budget(xls(tmp_path, {"M09": with_cell(PLAN, 15, 2, 880)}), recipe)
    message = "ĐÔNG NAM BỘ, TỔNG THU NSNN TRÊN ĐỊA BÀN (1): in 880; 2 dòng thuộc nó cộng lại 890.4, chênh -10.4."
    assert (WARNING, "C16", message) in told(wrong, "BUDGET-REGION-SUM")


def test_a_final_account_adds_its_two_targeted_columns(tmp_path: Path, recipe: Recipe) -> None:
    rows = parse_budget(xls(tmp_path, {"M09+": FINAL}), recipe)
    (sum_,) = find(rows, area_text="TÂY NINH", indicator="BUDGET_TRANSFER_TARGET", breakdown="_T")
    assert (sum_["value"], sum_["cell"], sum_["status"]) == (6.5, "I11", "official")
    assert sum_["note"].startswith("Cộng hai cột")
    (share,) = find(rows, area_text="BÌNH DƯƠNG", indicator="BUDGET_SHARE")
    assert (share["value"], share["cell"], share["period"], share["published"]) == (40, "E12", "2029", "2031-02-01")
    assert "đẳng thức đúng 4/4, tổng vùng và cả nước đúng 12/12" in rows.understood_vi[0]


def test_figures_typed_as_text_are_read_by_one_sign(tmp_path: Path, recipe: Recipe) -> None:
    grid = with_cell(with_cell(PLAN, 16, 2, "47.881.999,5"), 17, 2, "45.515")
    rows = parse_budget(xls(tmp_path, {"M09": grid}), recipe)
    values = {r["area_text"]: r["value"] for r in find(rows, indicator="BUDGET_REV_PLAN")}
    assert (values["TP. HỒ CHÍ MINH"], values["BÌNH DƯƠNG"]) == (47881999.5, 45515)
    doubtful = parse_budget(xls(tmp_path, {"M09": with_cell(with_cell(PLAN, 16, 2, "45,5"), 17, 2, "45.5")}), recipe)
    assert [s for s, _, _ in told(doubtful, "BUDGET-DECIMAL-SIGN")] == [ERROR]


def test_two_different_units_are_an_error_and_nothing_is_read(tmp_path: Path, recipe: Recipe) -> None:
    rows = parse_budget(xls(tmp_path, {"M09": with_cell(PLAN, 4, 9, "Tỷ đồng")}), recipe)
    assert rows.table.num_rows == 0
    assert told(rows, "BUDGET-UNIT") == [(ERROR, "I5", "Biểu phải ghi đúng một đơn vị tính; đọc được: VND_BN, VND_MN.")]


def test_a_form_without_its_total_is_named(tmp_path: Path, recipe: Recipe) -> None:
    rows = parse_budget(xls(tmp_path, {"M09": with_cell(PLAN, 11, 1, "NGÂN SÁCH")}), recipe)
    assert (rows.table.num_rows, len(told(rows, "BUDGET-TABLE-BROKEN"))) == (0, 1)
    with pytest.raises(LayoutNotRecognised):
        parse_budget(xls(tmp_path, {"M01": BALANCE}), recipe)


def test_formulas_of_the_numbering_row() -> None:
    cells: list[object] = ["A", "B", 1.0, "2=3+…+6", 3, 4, 5, 6, "7 = 1 - 2", "8=1*2", "9=40"]
    assert is_numbering(cells)
    assert not is_numbering(["", "TỔNG SỐ", 991600000.0, 4, 5])
    found, strange = read_formulas(cells)
    assert [(i.target, i.terms) for i in found] == [
        (3, ((1, 4), (1, 5), (1, 6), (1, 7))), (8, ((1, 2), (-1, 3)))]  # fmt: skip
    assert strange == [(9, "8=1*2"), (10, "9=40")]


@pytest.mark.parametrize(("printed", "holds"), [(3.0, True), (4.0, True), (5.0, False), (1.0, False)])
def test_rounding_allows_half_a_digit_of_each_cell(printed: float, holds: bool) -> None:
    assert judge(printed, [(1, 1.0), (1, 2.4)]).holds is holds


def packed(name: str) -> dict[tuple[str, str], tuple[float, str]]:
    """The pack's own transcription: indicator and cell → value and area."""
    lines = [line for line in (FIGURES / f"{name}.csv").read_text("utf-8").splitlines() if not line.startswith("#")]
    return {
        (r["indicator"], r["origin_cell"]): (0.0 if r["value"] == "-" else float(r["value"]), r["area"])
        for r in csv.DictReader(lines)
    }


@real
@pytest.mark.parametrize(("file", "name", "count", "held"), [
    ("Plan_2015.xls", "mof-plan-2015", 343, "70/70"), ("Plan_2016.xls", "mof-plan-2016", 343, "70/70"),
    ("Plan_2017.xls", "mof-plan-2017", 343, "140/140"), ("Final_2013.xls", "mof-final-2013", 343, "70/70"),
    ("Final_2014.xls", "mof-final-2014", 343, "70/70"),
])  # fmt: skip
def test_the_real_forms_equal_the_figures_of_the_pack(
    recipe: Recipe, file: str, name: str, count: int, held: str
) -> None:  # fmt: skip
    path = REAL / file
    rows = parse_budget(RawFile(file, path, "0" * 64, path.stat().st_size, "xls", datetime(2026, 1, 1)), recipe)
    ours = {(r["indicator"], r["cell"]): r["value"] for r in rows.table.to_pylist() if r["breakdown"] == "_T"}
    theirs = packed(name)
    assert len(theirs) == count
    assert {k: ours.get(k) for k in theirs} == pytest.approx({k: v for k, (v, _) in theirs.items()}, abs=1e-6)
    assert "63 tỉnh" in rows.understood_vi[0]
    assert f"đẳng thức đúng {held}" in rows.understood_vi[0]


@real
def test_the_row_of_binh_duong_2017(recipe: Recipe) -> None:
    path = REAL / "Plan_2017.xls"
    rows = parse_budget(RawFile(path.name, path, "0" * 64, 0, "xls", datetime(2026, 1, 1)), recipe)
    own = [r["value_text"] for r in find(rows, area_text="BÌNH DƯƠNG", breakdown="_T")]
    assert own == ["45515000", "14169507", "36", "", "1156406", "14519507", "350000", ""]
    east = [r["value"] for r in find(rows, indicator="BUDGET_REV_PLAN") if 62 <= int(r["cell"][1:]) <= 68]
    assert east[0] == sum(east[1:]) == 519351000
    # revenue that belongs to no province stands in the total only, as the note under the form says
    assert [f.cell for f in rows.findings if f.severity == WARNING] == ["C13"]
