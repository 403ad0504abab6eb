"""The agency's workbooks of several years, imitated with a few rows each; and the real ones where present."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt

from lienvung.domain.handovers import ERROR, INFO, WARNING, RawFile, Rows
from lienvung.errors import LayoutNotRecognised
from lienvung.parse.fia import parse_fia, recognise_fia
from lienvung.parse.recipes import Recipe, load_recipes
from lienvung.parse.workbook import Sheet

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data" / "fia-fdi-2015-2024"
real = pytest.mark.skipif(not REAL.exists(), reason="the agency's own workbooks are not beside the checkout")

Grid = list[list[object]]

FLOWS_2016: Grid = [
    ["Cục Đầu tư nước ngoài"],
    [],
    ["THU HÚT ĐẦU TƯ NƯỚC NGOÀI 12 THÁNG NĂM 2016 THEO NGÀNH"],
    ["Tính từ 01/01/2016 đến 26/12/2016"],
    [],
    ["TT", "Ngành", "Cấp mới", "", "", "Tăng vốn", "", "", "Góp vốn, mua cổ phần", "",
     "Tổng vốn đăng ký cấp mới, vốn tăng thêm và Vốn góp (triệu USD)"],
    ["", "", "Số dự án cấp mới", "Vốn đăng ký cấp mới (USD)", "Vốn đăng ký cấp mới (triệu USD)",
     "Số lượt dự án tăng vốn", "Vốn đăng ký tăng thêm (USD)", "Vốn đăng ký tăng thêm \n(triệu USD)",
     "Số lượt góp vốn, mua cổ phần", "Vốn góp (triệu USD)", ""],
    [1, "Công nghiệp chế biến, chế tạo", 10, 5500000, 5.5, 2, 1500000, 1.5, 3, 0.25, 7.25],
    [2, "Khai khoáng", 1, 250000, 0.25, "", "", "", "", "", 0.25],
    ["Tổng số", "", 11, 5750000, 5.75, 2, 1500000, 1.5, 3, 0.25, 7.5],
    [],
    ["THU HÚT ĐẦU TƯ NƯỚC NGOÀI 12 THÁNG NĂM 2016 THEO ĐỊA PHƯƠNG"],
    ["Tính từ 01/01/2016 đến 26/12/2016"],
    ["TT", "Nước đăng ký", "Cấp mới", "", "", "Tăng vốn", "", "", "Góp vốn, mua cổ phần", "",
     "Tổng vốn đăng ký cấp mới, vốn tăng thêm và Vốn góp (triệu USD)"],
    ["", "", "Số dự án cấp mới", "Vốn đăng ký cấp mới (USD)", "Vốn đăng ký cấp mới (triệu USD)",
     "Số lượt dự án tăng vốn", "Vốn đăng ký tăng thêm (USD)", "Vốn đăng ký tăng thêm (triệu USD)",
     "Số lượt góp vốn, mua cổ phần", "Vốn góp (triệu USD)", ""],
    [1, "Bình Dương", 6, 3750000, 3.75, 2, 1500000, 1.5, 2, 0.125, 5.375],
    [2, "TP. Hồ Chí Minh", 5, 2000000, 2, 0, 0, 0, 1, 0.125, 2.125],
    ["Tổng số", "", 11, 5750000, 5.75, 2, 1500000, 1.5, 3, 0.25, 7.5],
]  # fmt: skip
STOCK_2016: Grid = [
    ["Cục Đầu tư nước ngoài"],
    ["ĐẦU TƯ TRỰC TIẾP NƯỚC NGOÀI TẠI VIỆT NAM THEO HÌNH THỨC ĐẦU TƯ"],
    ["", "(Lũy kế các dự án còn hiệu lực đến ngày 20/12/2016)"],
    ["STT", "Hình thức đầu tư", "Số dự án", "Tổng vốn đầu tư đăng ký\n(Triệu USD)"],
    [1, "Liên doanh", 3, 10],
    ["Tổng", "", 3, 10],
    [],
    ["ĐẦU TƯ TRỰC TIẾP NƯỚC NGOÀI TẠI VIỆT NAM THEO ĐỐI TÁC"],
    ["(Lũy kế các dự án còn hiệu lực đến ngày 20/12/2016)"],
    ["STT", "Đối tác", "Số dự án", "Tổng vốn đầu tư đăng ký\n(Triệu USD)"],
    [1, "Hàn Quốc", 40, 500.5],
    [2, "Ả Rập Xê Út", 2, 4],
    [3, "Saudi Arabia", 1, 1],
    ["", "Khác", "", 5],
    [4, "Đảo Không Có", 1, 0.5],
    ["Tổng", "", 44, 506],
    [],
    ["ĐẦU TƯ TRỰC TIẾP NƯỚC NGOÀI TẠI VIỆT NAM THEO ĐỊA PHƯƠNG", "", "", "", "", "", 99],
    ["(Lũy kế các dự án còn hiệu lực đến ngày 20/12/2016)"],
    [],
    ["STT", "Địa phương", "Số dự án", "Tổng vốn đầu tư đăng ký\n(Triệu USD)"],
    [1, "Bình Dương", 30, 400.25, 0.79, "", 7],
    [2, "Dầu khí", 4, 100],
    [3, "Đăk Nông", 10, "không rõ"],
    ["Tổng", "", 44, 506],
    [],
    ["", "ghi chú ngoài bảng", 12, 13],
]  # fmt: skip
SUMMARY: Grid = [
    ["CỤC ĐẦU TƯ NƯỚC NGOÀI"],
    ["BÁO CÁO NHANH ĐẦU TƯ NƯỚC NGOÀI 12 THÁNG NĂM 2016"],
    [],
    [1, "Vốn thực hiện", "triệu USD", 14500, 15800],
    [
        "",
        "Luỹ kế:",
        "125 quốc gia có đầu tư tại Việt Nam với 3 dự án. Hàn Quốc dẫn đầu, tiếp theo là Nhật Bản, Singapore",
    ],
]
JUNE_2024: Grid = [
    ["Phụ lục II"],
    [],
    ["Cục Đầu tư nước ngoài"],
    [],
    ["THU HÚT ĐẦU TƯ NƯỚC NGOÀI 06 THÁNG NĂM 2024 THEO ĐỊA PHƯƠNG"],
    ["Tính từ 01/01/2024 đến 20/06/2024"],
    [],
    ["TT", "Địa phương", "Số dự án cấp mới", "Vốn đăng ký cấp mới \n(triệu USD)", "Số lượt dự án điều chỉnh",
     "Vốn đăng ký điều chỉnh\n(triệu USD)", "Số lượt góp vốn mua cổ phần",
     "Giá trị góp vốn, mua cổ phần \n(triệu USD)", "Tổng vốn đăng ký \n(triệu USD)", "6T/2023"],
    [1, "Bà Rịa - Vũng Tàu", 20, 1533.5, 2, -9.5, 4, 12, 1536, 124.9],
    ["Tổng số", "", 20, 1533.5, 2, -9.5, 4, 12, 1536, ""],
    [],
    ["ĐẦU TƯ NƯỚC NGOÀI TẠI VIỆT NAM THEO ĐỊA PHƯƠNG"],
    ["(Lũy kế các dự án còn hiệu lực đến ngày 20/06/2024)"],
    ["STT", "Địa phương", "Số dự án", "Tổng vốn đầu tư đăng ký (Triệu USD)"],
    [1, "Bà Rịa - Vũng Tàu", 500, 35000.5],
    ["Tổng", "", 500, 35000.5],
]  # fmt: skip


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    return load_recipes(ROOT / "packs" / "southern" / "recipes")["fia-monthly"]


def raw_file(folder: Path, name: str, content: bytes) -> RawFile:
    path = folder / name
    path.write_bytes(content)
    return RawFile(name, path, "0" * 64, len(content), "", datetime(2026, 1, 1))


def xls(folder: Path, sheets: dict[str, Grid], hidden: Sequence[str] = ()) -> RawFile:
    book = xlwt.Workbook()
    for name, grid in sheets.items():
        sheet = book.add_sheet(name)
        sheet.visibility = int(name in hidden)
        for row, cells in enumerate(grid):
            for col, value in enumerate(cells):
                if value != "":
                    sheet.write(row, col, value)
    out = io.BytesIO()
    book.save(out)
    return raw_file(folder, "FDI.xls", out.getvalue())


def xlsx(folder: Path, sheets: dict[str, Grid]) -> RawFile:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name, grid in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(grid):
            for col, value in enumerate(cells):
                sheet.write(row, col, value)
    book.close()
    return raw_file(folder, "FDI.xlsx", out.getvalue())


def find(rows: Rows, **wanted: object) -> list[dict[str, Any]]:
    return [r for r in rows.table.to_pylist() if all(r[k] == v for k, v in wanted.items())]


def rules(rows: Rows, severity: str) -> dict[str, list[tuple[str | None, str | None]]]:
    found: dict[str, list[tuple[str | None, str | None]]] = defaultdict(list)
    for finding in rows.findings:
        if finding.severity == severity:
            found[finding.rule].append((finding.sheet, finding.cell))
    return found


def test_a_december_xls_gives_flows_and_stocks_of_the_year(tmp_path: Path, recipe: Recipe) -> None:
    rows = parse_fia(xls(tmp_path, {"Thang 12 2016": FLOWS_2016, "Luy ke T12-2016": STOCK_2016}), recipe)
    (cap,) = find(rows, indicator="FDI_CAP_CUM", area_text="Bình Dương")
    assert (cap["value"], cap["value_text"], cap["unit"], cap["period"]) == (400.25, "400.25", "USD_MN", "2016")
    assert (cap["sheet"], cap["cell"], cap["published"]) == ("Luy ke T12-2016", "D22", "2016-12")
    assert (cap["issuer"], cap["boundary"], cap["status"]) == ("FIA", "2004", "official")
    assert cap["note"] == "đến 20/12/2016"
    found = {r["indicator"]: (r["value"], r["cell"]) for r in find(rows, area_text="Bình Dương")}
    assert found == {
        "FDI_NEW_PROJ": (6, "C16"), "FDI_NEW_CAP": (3.75, "E16"), "FDI_ADJ_PROJ": (2, "F16"),
        "FDI_ADJ_CAP": (1.5, "H16"), "FDI_MA_COUNT": (2, "I16"), "FDI_MA_CAP": (0.125, "J16"),
        "FDI_TOTAL_CAP": (5.375, "K16"), "FDI_PROJ_CUM": (30, "C22"), "FDI_CAP_CUM": (400.25, "D22"),
    }  # fmt: skip


def test_totals_sections_partners_and_offshore_have_their_codes(tmp_path: Path, recipe: Recipe) -> None:
    rows = parse_fia(xls(tmp_path, {"Thang 12 2016": FLOWS_2016, "Luy ke T12-2016": STOCK_2016}), recipe)
    (total,) = find(rows, indicator="FDI_CAP_CUM", area_text="VN", breakdown="_T", activity="_T")
    assert (total["value"], total["cell"]) == (506, "D25")
    (oil,) = find(rows, indicator="FDI_PROJ_CUM", breakdown="OFFSHORE_OIL")
    assert (oil["value"], oil["area_text"]) == (4, "VN")
    (manufacturing,) = find(rows, indicator="FDI_NEW_CAP", activity="VSIC_C")
    assert (manufacturing["value"], manufacturing["area_text"], manufacturing["cell"]) == (5.5, "VN", "E8")
    (korea,) = find(rows, indicator="FDI_CAP_CUM", breakdown="CTRY_KR")
    assert korea["value"] == 500.5


def test_blank_is_not_zero_and_text_is_kept_for_the_checks(tmp_path: Path, recipe: Recipe) -> None:
    rows = parse_fia(xls(tmp_path, {"Thang 12 2016": FLOWS_2016, "Luy ke T12-2016": STOCK_2016}), recipe)
    (blank,) = find(rows, indicator="FDI_ADJ_CAP", activity="VSIC_B")
    assert (blank["value"], blank["mark"]) == (None, "not_applicable")
    (zero,) = find(rows, indicator="FDI_ADJ_CAP", area_text="TP. Hồ Chí Minh")
    assert (zero["value"], zero["mark"]) == (0, None)
    (text,) = find(rows, indicator="FDI_CAP_CUM", area_text="Đăk Nông")
    assert (text["value"], text["mark"], text["value_text"]) == (None, None, "không rõ")


def test_what_is_not_read_is_named(tmp_path: Path, recipe: Recipe) -> None:
    sheets = {"thang 12": SUMMARY, "Luy ke T12-2016": STOCK_2016, "XL4Test5": [["Deleted"]]}
    rows = parse_fia(xls(tmp_path, sheets, hidden=["XL4Test5"]), recipe)
    assert rules(rows, INFO)["FDI-SHEET-NOT-READ"] == [("thang 12", None), ("XL4Test5", None)]
    by_region = [
        [str(c).replace("HÌNH THỨC ĐẦU TƯ", "VÙNG") if isinstance(c, str) else c for c in r] for r in STOCK_2016
    ]
    other = parse_fia(xls(tmp_path, {"Luy ke T12-2016": by_region}), recipe)
    assert rules(other, INFO)["FDI-BLOCK-NOT-READ"] == [("Luy ke T12-2016", "A2")]
    assert not find(other, breakdown="FORM_JOINT")
    assert [(r["indicator"], r["value"], r["cell"]) for r in find(rows, breakdown="FORM_JOINT")] == [
        ("FDI_PROJ_CUM", 3, "C5"), ("FDI_CAP_CUM", 10, "D5")]  # fmt: skip
    unread = rules(rows, WARNING)["FDI-ROW-NOT-READ"]
    assert sorted(cell for _, cell in unread if cell) == ["B12", "B13", "B14", "B15"]
    assert not find(rows, breakdown="CTRY_SA")


def test_amounts_that_disagree_are_named_and_kept_as_printed(tmp_path: Path, recipe: Recipe) -> None:
    flows = [list(row) for row in FLOWS_2016]
    flows[7][6] = -1500000
    flows[17][4] = 6.75
    rows = parse_fia(xls(tmp_path, {"Thang 12 2016": flows}), recipe)
    assert set(rules(rows, WARNING)["FDI-AMOUNTS-DIFFER"]) == {("Thang 12 2016", "H8"), ("Thang 12 2016", "E18")}
    assert find(rows, indicator="FDI_ADJ_CAP", activity="VSIC_C")[0]["value"] == 1.5


def test_sound_blocks_give_no_warning(tmp_path: Path, recipe: Recipe) -> None:
    assert not rules(parse_fia(xls(tmp_path, {"Thang 12 2016": FLOWS_2016}), recipe), WARNING)


def test_a_june_xlsx_is_a_half_year_and_a_month(tmp_path: Path, recipe: Recipe) -> None:
    rows = parse_fia(xlsx(tmp_path, {"Thang 6 2024": JUNE_2024}), recipe)
    (flow,) = find(rows, indicator="FDI_ADJ_CAP", area_text="Bà Rịa - Vũng Tàu")
    assert (flow["period"], flow["value"], flow["cell"], flow["published"]) == ("2024-S1", -9.5, "F9", "2024-06")
    (stock,) = find(rows, indicator="FDI_CAP_CUM", area_text="Bà Rịa - Vũng Tàu")
    assert (stock["period"], stock["value"]) == ("2024-06", 35000.5)
    assert rules(rows, INFO)["FDI-COLUMN-NOT-READ"] == [("Thang 6 2024", "J8")]


@pytest.mark.parametrize(
    ("days", "period", "boundary"),
    [
        ("Tính từ 01/01/2023 đến 20/01/2023", "2023-01", "2004"),
        ("Tính từ 01/01/2023 đến 20/03/2023", "2023-Q1", "2004"),
        ("Tính từ 01/01/2023 đến 20/8/2023", "2023-01-01/P8M", "2004"),
        ("Tính từ 01/01/2025 đến 20/12/2025", "2025", "2025-07-01"),
    ],
)
def test_the_period_follows_the_printed_days(
    tmp_path: Path, recipe: Recipe, days: str, period: str, boundary: str
) -> None:
    grid = [list(row) for row in JUNE_2024[:10]]
    grid[5] = [days]
    rows = parse_fia(xlsx(tmp_path, {"Thang": grid}), recipe)
    assert {(r["period"], r["boundary"]) for r in rows.table.to_pylist()} == {(period, boundary)}


@pytest.mark.parametrize("change", [(5, ["Tính đến nay"]), (5, ["Tính từ 99/99/2023 đến 31/02/2023"]), (7, ["Số TT"])])
def test_a_block_without_days_or_header_is_named(
    tmp_path: Path, recipe: Recipe, change: tuple[int, list[object]]
) -> None:
    grid = [list(row) for row in JUNE_2024[:10]]
    grid[change[0]] = change[1]
    rows = parse_fia(xlsx(tmp_path, {"Thang": grid}), recipe)
    assert rows.table.num_rows == 0
    assert rules(rows, WARNING)["FDI-BLOCK-BROKEN"] == [("Thang", "A5")]


def test_a_compilation_by_formulas_is_refused_whole(tmp_path: Path, recipe: Recipe) -> None:
    grid = [[*row, "", "[FDI.2018.xls]"] if at == 1 else list(row) for at, row in enumerate(FLOWS_2016)]
    rows = parse_fia(xlsx(tmp_path, {"2018": grid}), recipe)
    assert rows.table.num_rows == 0
    assert rules(rows, ERROR) == {"FDI-COMPILATION": [("2018", "B2")]}


def test_another_workbook_is_not_recognised(tmp_path: Path, recipe: Recipe) -> None:
    assert not recognise_fia([Sheet("A", [["Cục Đầu tư nước ngoài"]]), Sheet("B", [])])
    with pytest.raises(LayoutNotRecognised) as caught:
        parse_fia(xlsx(tmp_path, {"Dân số": [["Dân số theo địa phương"], ["Bình Dương", 2]]}), recipe)
    assert "Dân số" in caught.value.message("vi")


def real_rows(name: str, recipe: Recipe) -> Rows:
    path = REAL / name
    return parse_fia(RawFile(name, path, "0" * 64, path.stat().st_size, "", datetime(2026, 1, 1)), recipe)


@real
@pytest.mark.real
def test_the_checked_rows_of_eight_provinces_are_found_where_they_stand(recipe: Recipe) -> None:
    measures = {
        "cum_projects": "FDI_PROJ_CUM", "cum_capital_musd": "FDI_CAP_CUM", "new_projects": "FDI_NEW_PROJ",
        "new_capital_musd": "FDI_NEW_CAP", "adj_projects": "FDI_ADJ_PROJ", "adj_capital_musd": "FDI_ADJ_CAP",
        "ma_count": "FDI_MA_COUNT", "ma_capital_musd": "FDI_MA_CAP", "total_musd": "FDI_TOTAL_CAP",
    }  # fmt: skip
    with (REAL / "_extract_8_provinces.csv").open(encoding="utf-8") as stream:
        checked = [line for line in csv.DictReader(stream) if (REAL / line["source_file"]).exists()]
    rows = {
        name: {(r["indicator"], r["area_text"]): r for r in real_rows(name, recipe).table.to_pylist()}
        for name in {line["source_file"] for line in checked}
    }
    compared = 0
    for line in checked:
        for column, indicator in measures.items():
            if not line[column]:
                continue
            row = rows[line["source_file"]][indicator, line["province"]]
            assert row["value"] == pytest.approx(float(line[column]), abs=0.00051), (line["source_file"], row["cell"])
            sheet, _, number = line["cum_sheet_row" if "cum" in column else "new_sheet_row"].partition("!")
            assert (row["sheet"].strip(), row["cell"][1:]) == (sheet.strip(), number)
            compared += 1
    assert len(checked) == 56
    assert compared > 400


@real
@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "projects", "capital"),
    [("FDI.2016.xls", 22509, 293246.55), ("FDI.2020.xlsx", 33070, 384044.21), ("FDI.2022.xlsx", 36278, 438692.29)],
)
def test_the_provinces_and_offshore_add_up_to_the_country(
    recipe: Recipe, name: str, projects: int, capital: float
) -> None:
    rows = real_rows(name, recipe)
    for indicator, known in (("FDI_PROJ_CUM", projects), ("FDI_CAP_CUM", capital)):
        (total,) = find(rows, indicator=indicator, area_text="VN", breakdown="_T", activity="_T")
        parts = [r for r in find(rows, indicator=indicator) if r["area_text"] != "VN"]
        parts += find(rows, indicator=indicator, breakdown="OFFSHORE_OIL")
        assert total["value"] == pytest.approx(known, abs=0.005)
        assert sum(r["value"] for r in parts) == pytest.approx(known, abs=0.01)
    assert find(rows, indicator="FDI_CAP_CUM", area_text="Bình Dương")


@real
@pytest.mark.real
def test_the_six_south_eastern_provinces_at_the_end_of_2016(recipe: Recipe) -> None:
    six = {"Bình Phước", "Tây Ninh", "Bình Dương", "Đồng Nai", "Bà Rịa - Vũng Tàu", "TP. Hồ Chí Minh"}
    found = [
        r["value"] for r in find(real_rows("FDI.2016.xls", recipe), indicator="FDI_CAP_CUM") if r["area_text"] in six
    ]
    assert len(found) == 6
    assert sum(found) == pytest.approx(129767.7, abs=0.05)


@real
@pytest.mark.real
def test_the_compilation_gives_nothing_of_its_own(recipe: Recipe) -> None:
    rows = real_rows("2015-2024(FDI)1.xlsx", recipe)
    assert rows.table.num_rows == 0
    assert len(rules(rows, ERROR)["FDI-COMPILATION"]) == 10
