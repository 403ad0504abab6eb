"""Sheets of a monthly release that are read by the words of their headings, imitated with a few rows each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lienvung.domain.handovers import ERROR, INFO, WARNING, Rows
from lienvung.parse.recipes import Recipe, load_recipes
from lienvung.parse.releases import parse_release
from tests.parse.test_releases import PRICES, ROOT, Grid, find, told, xlsx

GDP: Grid = [
    ["1. Tổng sản phẩm trong nước theo giá hiện hành"],
    [],
    ["", "", "", "", "", "Tỷ đồng"],
    ["", "", "Sơ bộ", "Ước tính", "Cơ cấu (%)", ""],
    ["", "", "quý III", "quý IV", "Quý III", "Quý IV"],
    ["", "", "năm", "năm", "năm", "năm"],
    ["", "", 2032, 2032, 2032, 2032],
    ["TỔNG SỐ", "", 1000, 1100, 100, 100],
    ["", "Nông, lâm nghiệp và thủy sản", 100, 110, 10, 10],
    ["", "Công nghiệp và xây dựng", 400, 440, 40, 40],
    ["", "Dịch vụ", 420, 462, 42, 42],
    ["", "Thuế sản phẩm trừ trợ cấp \nsản phẩm", 80, 98, 8, 8],
    ["", "Ngành lạ", 1, 1, 1, 1],
]
EXPORTS: Grid = [
    ["28. Hàng hóa xuất khẩu"],
    ["", "", "", "", "", "", "", "Nghìn tấn; Triệu USD"],
    ["", "", "Ước tính", "", "", "Tháng 12 năm 2032", ""],
    ["", "", "tháng 12", "", "", "so với cùng kỳ", ""],
    ["", "", "năm 2032", "", "", "năm trước (%)", "", "", "", "Năm 2031"],
    ["", "", "Lượng", "Trị giá", "", "Lượng", "Trị giá", "", "", "Trị giá"],
    ["TỔNG TRỊ GIÁ", "", "", 300, "", "", 110, "", "", 999],
    ["", "Khu vực kinh tế trong nước", "", 100, "", "", 105],
    ["", "Khu vực có vốn đầu tư NN", "", 200, "", "", 112],
    ["", "Dầu thô", "", 20, "", "", 90],
    ["MẶT HÀNG CHỦ YẾU"],
    ["", "Cà phê", 19.5, 54, "", 96, 126],
    ["", "Dầu thô", 17, 20, "", 88, 90],
]
PRODUCTS: Grid = [
    ["3. Một số sản phẩm chủ yếu của ngành công nghiệp"],
    ["", "Đơn vị", "Thực hiện", "Ước tính", "Tháng 12/2032"],
    ["", "tính", "tháng 11", "tháng 12", "so với cùng kỳ"],
    ["", "", "năm 2032", "năm 2032", "năm trước (%)"],
    ["Than đá (than sạch)", "Nghìn tấn", 4113.9, "3.495,6", 88.8],
    ["Dầu mỏ thô khai thác", '"', 720, "..", 93.9],
    ["Điện thoại di động", "Triệu cái", 17.5, 15.5, 102],
]
CROPS: Grid = [
    ["4. Diện tích, năng suất và sản lượng một số cây trồng chủ yếu"],
    ["", "", "", "Năm 2031", "Ước tính", "Năm 2032 so"],
    ["", "", "", "", "năm 2032", "với năm 2031 (%)"],
    ["1. Cây lương thực có hạt"],
    ["", "Lúa cả năm"],
    ["", "Diện tích (Nghìn ha)", "", 7000, 7070, 101],
    ["", "", "Lúa đông xuân"],
    ["", "", "Diện tích (Nghìn ha)", 3000, 3030, 108],
    ["", "Sắn"],
    ["", "Năng suất (Tạ/ha)", "", 200, 204, 102],
]
WORK: Grid = [
    ["48. Tỷ lệ thất nghiệp và tỷ lệ thiếu việc làm"],
    ["", "", "", "%"],
    ["", "Chung", "Chia ra:"],
    ["", "", "Thành thị", "Nông thôn"],
    ["Tỷ lệ thất nghiệp trong độ tuổi lao động"],
    ["Năm 2031"],
    ["Quý IV", 2.3, 2.8, 2.0],
    ["Ước tính năm 2032", 2.2, 2.7, 1.9],
    ["Tỷ lệ thiếu việc làm trong độ tuổi lao động"],
    ["Quý I năm 2032", 1.9, 1.3, 2.4],
]
FOREST: Grid = [
    ["7. Sản phẩm chăn nuôi"],
    ["", "Ước tính", "Năm 2032"],
    ["", "năm", "so với năm"],
    ["", 2032, "2031 (%)"],
    ["Sản lượng thịt hơi xuất chuồng (Nghìn tấn)"],
    ["Thịt lợn", 4865, 107],
    ["Trứng (Triệu quả)", 19216, 105],
    [],
    ["8. Kết quả sản xuất lâm nghiệp"],
    ["", "Ước tính", "Năm 2032"],
    ["", "năm", "so với năm"],
    ["", 2032, "2031 (%)"],
    ["Sản lượng gỗ khai thác (Nghìn m3)", 20835, 102.8],
]
OLD: Grid = [["27. Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng các quý năm 2031"],
             ["", "", "Tỷ đồng"], ["", "Sơ bộ", "Ước tính"], ["", "quý III", "quý IV"], ["", "năm 2031", "năm 2031"],
             ["TỔNG SỐ", 500, 600]]  # fmt: skip


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    return load_recipes(ROOT / "packs" / "southern" / "recipes")["gso-monthly-release"]


@pytest.fixture
def rows(tmp_path: Path, recipe: Recipe) -> Rows:
    sheets = {"GDP": GDP, "XK": EXPORTS, "SP": PRODUCTS, "4NN": CROPS, "TN": WORK, "7.8": FOREST, "27": OLD}
    return parse_release(xlsx(tmp_path, "2032-12-29-Bieu.xlsx", {**sheets, "CPI": PRICES}), recipe)


def cells(rows: Rows, sheet: str) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Indicator, what of it and period → value, unit, status and cell."""
    return {
        (r["indicator"], *(c for c in (r["activity"], r["breakdown"]) if c != "_T"), r["period"]):
        (r["value"], r["unit"], r["status"], r["cell"]) for r in find(rows, sheet=sheet)
    }  # fmt: skip


def test_accounts_their_shares_and_their_printed_sum(rows: Rows) -> None:
    own = cells(rows, "GDP")
    assert own[("GDP_CUR", "2032-Q3")] == (1000, "VND_BN", "preliminary", "C8")
    assert own[("GDP_CUR", "TAXSUB", "2032-Q4")] == (98, "VND_BN", "estimate", "D12")
    assert own[("GDP_SHARE", "SERV", "2032-Q4")] == (42, "PCT", "estimate", "F11")
    assert len(own) == 5 * 4
    # 110 + 440 + 462 + 98 = 1110, printed 1100
    assert told(rows, "SUM") == [(WARNING, "GDP", "D8")]
    assert next(m for m in rows.understood_vi if m.startswith("GDP")).endswith("tổng khớp 1/2")
    assert (INFO, "GDP", "A13") in told(rows, "ROWS-NOT-READ")


def test_goods_by_sector_and_by_commodity_and_nothing_beside_the_table(rows: Rows) -> None:
    own = cells(rows, "XK")
    assert own == {
        ("EXPORTS", "2032-12"): (300, "USD_MN", "estimate", "D7"),
        ("EXPORTS_IDX", "2032-12"): (110, "INDEX", "estimate", "G7"),
        ("EXPORTS", "OWN_DOMESTIC", "2032-12"): (100, "USD_MN", "estimate", "D8"),
        ("EXPORTS_IDX", "OWN_DOMESTIC", "2032-12"): (105, "INDEX", "estimate", "G8"),
        ("EXPORTS", "OWN_FDI", "2032-12"): (200, "USD_MN", "estimate", "D9"),
        ("EXPORTS_IDX", "OWN_FDI", "2032-12"): (112, "INDEX", "estimate", "G9"),
        ("EXPORTS", "FDI_CRUDE", "2032-12"): (20, "USD_MN", "estimate", "D10"),
        ("EXPORTS_IDX", "FDI_CRUDE", "2032-12"): (90, "INDEX", "estimate", "G10"),
        ("EXPORTS_QTY", "GOODS_COFFEE", "2032-12"): (19.5, "TONNES_TH", "estimate", "C12"),
        ("EXPORTS", "GOODS_COFFEE", "2032-12"): (54, "USD_MN", "estimate", "D12"),
        ("EXPORTS_QTY_IDX", "GOODS_COFFEE", "2032-12"): (96, "INDEX", "estimate", "F12"),
        ("EXPORTS_IDX", "GOODS_COFFEE", "2032-12"): (126, "INDEX", "estimate", "G12"),
        ("EXPORTS_QTY", "GOODS_CRUDE_OIL", "2032-12"): (17, "TONNES_TH", "estimate", "C13"),
        ("EXPORTS", "GOODS_CRUDE_OIL", "2032-12"): (20, "USD_MN", "estimate", "D13"),
        ("EXPORTS_QTY_IDX", "GOODS_CRUDE_OIL", "2032-12"): (88, "INDEX", "estimate", "F13"),
        ("EXPORTS_IDX", "GOODS_CRUDE_OIL", "2032-12"): (90, "INDEX", "estimate", "G13"),
    }


def test_products_have_the_unit_of_their_row_and_ditto_is_the_one_above(rows: Rows) -> None:
    own = cells(rows, "SP")
    assert own[("PROD_OUT_TONNES", "PROD_COAL", "2032-12")][:2] == (3495.6, "TONNES_TH")
    assert own[("PROD_OUT_TONNES", "PROD_CRUDE_OIL", "2032-11")][:2] == (720, "TONNES_TH")
    assert own[("PROD_OUT_PIECES", "PROD_PHONES", "2032-12")][:2] == (15.5, "PIECES_MN")
    (missing,) = find(rows, sheet="SP", cell="D6")
    assert (missing["value"], missing["mark"]) == (None, "not_available")


def test_crops_take_their_indicator_from_section_and_row_and_comparisons_are_checked(rows: Rows) -> None:
    own = {k: v[0] for k, v in cells(rows, "4NN").items()}
    assert own == {
        ("PADDY_AREA", "2031"): 7000, ("PADDY_AREA", "2032"): 7070, ("PADDY_AREA", "SEASON_SPRING", "2031"): 3000,
        ("PADDY_AREA", "SEASON_SPRING", "2032"): 3030, ("CASSAVA_YIELD", "2031"): 200, ("CASSAVA_YIELD", "2032"): 204,
    }  # fmt: skip
    # 3030 / 3000 = 101 %, printed 108
    assert told(rows, "RATIO") == [(WARNING, "4NN", "F8")]


def test_rows_may_be_periods_and_quarters_belong_to_the_year_above(rows: Rows) -> None:
    own = {k: v[0] for k, v in cells(rows, "TN").items()}
    assert own[("UNEMP_RATE", "2031-Q4")] == 2.3
    assert own[("UNEMP_RATE", "RES_RURAL", "2032")] == 1.9
    assert own[("UNDEREMP_RATE", "RES_URBAN", "2032-Q1")] == 1.3
    assert len(own) == 9


def test_two_tables_on_one_sheet(rows: Rows) -> None:
    own = {k: v[:2] for k, v in cells(rows, "7.8").items()}
    assert own == {
        ("PORK_PROD", "2032"): (4865, "TONNES_TH"), ("PORK_PROD_IDX", "2032"): (107, "INDEX"),
        ("EGGS_PROD", "2032"): (19216, "EGGS_MN"), ("EGGS_PROD_IDX", "2032"): (105, "INDEX"),
        ("WOOD_OUTPUT", "2032"): (20835, "M3_TH"), ("WOOD_OUTPUT_IDX", "2032"): (102.8, "INDEX"),
    }  # fmt: skip


def test_a_table_of_an_earlier_year_is_not_read(rows: Rows) -> None:
    assert not find(rows, sheet="27")
    assert (WARNING, "27", "A1") in told(rows, "PERIOD")


def test_a_fact_that_two_tables_print_differently_is_told_and_the_first_kept(tmp_path: Path, recipe: Recipe) -> None:
    other = [*GDP[:7], ["TỔNG SỐ", "", 1000, 1105, 100, 100]]
    rows = parse_release(xlsx(tmp_path, "2032-12-29-x.xlsx", {"A": GDP, "B": other, "CPI": PRICES}), recipe)
    assert [r["value"] for r in find(rows, indicator="GDP_CUR", period="2032-Q4", activity="_T")] == [1100]
    assert told(rows, "TWO-VALUES") == [(WARNING, "B", "D8")]


def test_figures_typed_as_text_with_two_signs_are_an_error(tmp_path: Path, recipe: Recipe) -> None:
    mixed = [*PRODUCTS[:4], ["Than đá (than sạch)", "Nghìn tấn", "4,5", "4.5", 88.8]]
    rows = parse_release(xlsx(tmp_path, "2032-12-29-x.xlsx", {"SP": mixed, "CPI": PRICES}), recipe)
    assert told(rows, "DECIMAL-SIGN") == [(ERROR, "SP", "C5")]
