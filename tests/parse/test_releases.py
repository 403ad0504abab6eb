"""Monthly releases, imitated with a few rows a sheet; and the thirteen real ones where present."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from lienvung.domain.handovers import INFO, WARNING, RawFile, Rows
from lienvung.domain.names import fold
from lienvung.errors import LayoutNotRecognised
from lienvung.parse.dispatch import parse_file
from lienvung.parse.recipes import Recipe, load_recipes
from lienvung.parse.releases import parse_release

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data" / "gso-monthly-2012-2025"
real = pytest.mark.skipif(not REAL.exists(), reason="the office's own workbooks are not beside the checkout")

Grid = list[list[object]]
INVESTMENT: Grid = [
    ["13. Vốn đầu tư thực hiện từ nguồn ngân sách Nhà nước"],
    [],
    ["", "", "", "", "", "", "Đơn vị tính: Tỷ đồng"],
    ["", "", "Thực hiện", "Ước tính ", "Ước tính", "Năm 2032 so", "Năm 2032 "],
    ["", "", "tháng 11", "tháng 12", "cả năm", "với kế hoạch", "so với "],
    ["", "", "năm 2032", "năm 2032", 2032, "năm (%)", "năm 2031 (%)"],
    [],
    ["TỔNG SỐ", "", 100.5, 110.25, 1200, 98.5, 105],
    ["", "Trung ương", 40, 45, 500, 97, 104],
    ["", "Trong đó:"],
    ["", "Bộ Giao thông vận tải", 10, 11, 120, 99, 101],
    ["", "Địa phương", 60.5, 65.25, 700, 99, 106],
    ["", "Vốn ngân sách NN cấp tỉnh", 30, 32, 350, 99, 106],
    ["", "Vốn khác", 3, 3, 35, 99, 106],
    ["", "Phân theo một số tỉnh, thành phố"],
    ["", "TP. Hồ Chí Minh", 12, 13, 140, "..", 103],
    ["", "Bình Dương", 4, 4.5, 50, 96, ""],
]
PLAN: Grid = [
    ["11. Vốn đầu tư thực hiện từ nguồn ngân sách Nhà nước"],
    ["", "", "", "", "", "Tỷ đồng"],
    ["", "", "Kế hoạch      ", "Ước tính ", "Tháng 01/2033", "Tháng 01/2033"],
    ["", "", "năm 2032", "tháng 01", "so với kế hoạch     ", "so với cùng kỳ      "],
    ["", "", "", "năm 2033", "năm 2033 (%)", "năm trước (%)"],
    ["TỔNG SỐ", "", 2000, 60, 3, 101],
]
LABOUR: Grid = [
    ["16. Chỉ số sử dụng lao động của doanh nghiệp công nghiệp "],
    ["      phân theo địa phương"],
    ["", "", "%"],
    ["", "Chỉ số sử dụng lao động", "Chỉ số sử dụng lao động"],
    ["", " thời điểm 1/12/2032 so với", " thời điểm 1/12/2032 so với"],
    ["", "cùng thời điểm tháng trước", "cùng thời điểm năm trước"],
    ["CẢ NƯỚC ", 101, 99.5],
    ["Đồng bằng sông Hồng"],
    ["Hà Nội", 100.25, 98],
    ["16. (Tiếp theo) Chỉ số sử dụng lao động của doanh nghiệp công nghiệp "],
    ["      phân theo địa phương"],
    ["", "", "%"],
    ["", "Chỉ số sử dụng lao động", "Chỉ số sử dụng lao động"],
    ["", " thời điểm 1/12/2032 so với", " thời điểm 1/12/2032 so với"],
    ["Bình Dương ", 104, "99,47"],
]
HEADINGS: Grid = [[str(text).replace("1/12", "01/12") for text in row] for row in LABOUR[3:6]]
LABOUR_BY_ACTIVITY: Grid = [
    ["15. Chỉ số sử dụng lao động của doanh nghiệp công nghiệp "],
    ["", "", "%"],
    *HEADINGS,
    ["Toàn ngành công nghiệp", 101, 99.5],
    ["Khai khoáng", 100, 98],
    ["Khai thác than", 100, 97],
]
PRICES: Grid = [
    ["33. Chỉ số giá tiêu dùng, chỉ số giá vàng, chỉ số giá đô la Mỹ "],
    ["       và lạm phát cơ bản tháng 12 năm 2032"],
    ["", "", "", "", "", "", "%"],
    ["", "", "Tháng 12 năm 2032 so với", "", "", "Bình quân quý IV", "Năm 2032"],
    ["", "", "Kỳ gốc", "Tháng 12", "Tháng 11", "năm 2032", "so  với "],
    ["", "", "(2030)", "năm", "năm", "so với cùng kỳ", "năm 2031"],
    ["", "", "", 2031, 2032, "năm trước", ""],
    ["CHỈ SỐ GIÁ TIÊU DÙNG", "", 117, 102.5, 100.25, 102, 103],
    ["    Trong đó:", "Lương thực", 120, 104, 101, 103, 105],
    ["CHỈ SỐ GIÁ VÀNG", "", 216, 131, 98.5, 136, 128],
    ["LẠM PHÁT CƠ BẢN", "", "", 2.5, "0.17", "", ""],
]
PRICES_JANUARY: Grid = [
    ["16. Chỉ số giá tiêu dùng, chỉ số giá vàng"],
    ["      và lạm phát cơ bản tháng 01 năm 2033"],
    ["", "", "", "", "", "%"],
    ["", "", "", "Tháng 01 năm 2033 so với:"],
    ["", "", "", "Kỳ gốc", "Tháng 01", "Tháng 12"],
    ["", "", "", "(2019)", "năm 2032", "năm 2032"],
    ["CHỈ SỐ GIÁ TIÊU DÙNG", "", "", 118, 103, 101],
]
RETAIL: Grid = [
    ["26. Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng"],
    ["       tháng 12 và năm 2032"],
    ["", "Sơ bộ", "Ước tính", "Ước tính", "", "Tháng 12 ", "Năm 2032"],
    ["", "tháng 11", "tháng 12", "năm 2032", "", "năm 2032", "so với"],
    ["", "năm", "năm", "Tổng", "Cơ", "so với cùng kỳ", "năm"],
    ["", 2032, 2032, "mức", "cấu", "năm trước (%)", "2031 (%)"],
    ["", "(Tỷ đồng)", "(Tỷ đồng)", "(Tỷ đồng)", "(%)", "", ""],
    ["TỔNG SỐ", 500, 515, 5600, 100, 117, 119],
    ["Bán lẻ hàng hóa", 390, 404, 4400, 78, 112, 114],
    ["Du lịch lữ hành", 2, 2.5, 24, 0.4, 213, 371],
]
RETAIL_JANUARY: Grid = [
    ["13. Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng"],
    ["", "", "", "", "", "Tỷ đồng"],
    ["", "", "Sơ bộ\ntháng 12\nnăm 2032", "Ước tính\ntháng 01 năm 2033", "",
     "Tháng 01 năm 2033\nso với cùng kỳ\nnăm trước (%)"],
    ["", "", "", "Tổng mức", "Cơ cấu (%)", ""],
    ["TỔNG SỐ", "", 517.5, 524, 100, 108],
]  # fmt: skip
FDI: Grid = [
    ["25. Đầu tư nước ngoài vào Việt Nam được cấp phép từ 01/01- 20/12/2032"],
    ["", "", "", "", "Triệu USD"],
    ["", "", "Số dự án", "Vốn đăng ký", "Vốn đăng ký"],
    ["", "", "(Dự án)", "cấp mới", "điều chỉnh"],
    ["TỔNG SỐ", "", 30, 19.5, 13.25],
    ["Phân theo một số địa phương"],
    ["", "Bình Dương", 20, 8.5, -2],
    ["Phân theo một số nước và vùng lãnh thổ"],
    ["", "Hàn Quốc", 10, 3, 4],
]
INDUSTRY: Grid = [
    ["10. Chỉ số sản xuất công nghiệp tháng 12 và cả năm 2032"],
    ["", "", "", "", "%"],
    ["", "Tháng 11", "Tháng 12", "Tháng 12 ", "Năm 2032"],
    ["", "năm 2032", "năm 2032", "năm 2032", "so với"],
    ["", "so với", "so với", "so với", "năm 2031"],
    ["", "cùng kỳ", "tháng ", "cùng kỳ", ""],
    ["", "năm trước", "trước", "năm trước", ""],
    ["Toàn ngành công nghiệp", 105, 101, 109, 103],
    ["Công nghiệp chế biến, chế tạo", 106, 102, 110, 104],
]
QUARTERS: Grid = [
    ["11. Chỉ số sản xuất công nghiệp các quý năm 2032"],
    ["", "", "%"],
    ["", "So với cùng kỳ năm trước", ""],
    ["", "Thực hiện ", "Ước tính "],
    ["", "quý III năm", "quý IV năm"],
    ["", "năm 2032 ", "năm 2032 "],
    ["Toàn ngành công nghiệp", 102, 106.5],
]
ELSE: Grid = [["1. Sổ tay phóng viên"], ["TỔNG SỐ", "", 12]]
DECEMBER = {
    "GDP": ELSE, "VonDT": INVESTMENT, "LĐCN": LABOUR_BY_ACTIVITY, "LĐCN_DP": LABOUR, "CPI": PRICES, "TM": RETAIL,
    "FDI": FDI, "IIP": INDUSTRY, "IIPquy": QUARTERS, "": [],
}  # fmt: skip


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    return load_recipes(ROOT / "packs" / "southern" / "recipes")["gso-monthly-release"]


def xlsx(folder: Path, name: str, sheets: dict[str, Grid]) -> RawFile:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for title, grid in sheets.items():
        sheet = book.add_worksheet(title)
        for row, cells in enumerate(grid):
            for col, value in enumerate(cells):
                sheet.write(row, col, value)
    book.close()
    path = folder / name
    path.write_bytes(out.getvalue())
    return RawFile(name, path, "0" * 64, len(out.getvalue()), "xlsx", datetime(2033, 3, 1))


def find(rows: Rows, **wanted: object) -> list[dict[str, Any]]:
    return [r for r in rows.table.to_pylist() if all(r[k] == v for k, v in wanted.items())]


def told(rows: Rows, rule: str) -> list[tuple[str, str | None, str | None]]:
    return [(f.severity, f.sheet, f.cell) for f in rows.findings if f.rule == f"RELEASE-{rule}"]


@pytest.fixture
def december(tmp_path: Path, recipe: Recipe) -> Rows:
    raw = xlsx(tmp_path, "2032-12-29-Bieu-2032.xlsx", DECEMBER)
    return parse_file(raw, {recipe.id: recipe})


def test_investment_of_the_country_its_levels_and_the_listed_provinces(december: Rows) -> None:
    own = {(r["indicator"], r["period"]): (r["value"], r["mark"], r["status"], r["cell"])
           for r in find(december, sheet="VonDT", area_text="TP. Hồ Chí Minh")}  # fmt: skip
    assert own == {
        ("STATE_INV_MONTH", "2032-11"): (12, None, "preliminary", "C16"),
        ("STATE_INV_MONTH", "2032-12"): (13, None, "estimate", "D16"),
        ("STATE_INV_YTD", "2032-12"): (140, None, "estimate", "E16"),
        ("STATE_INV_YTD_PLAN_PCT", "2032-12"): (None, "not_available", "estimate", "F16"),
        ("STATE_INV_YTD_IDX", "2032-12"): (103, None, "estimate", "G16"),
    }
    assert len(find(december, area_text="Bình Dương", sheet="VonDT")) == 4
    levels = {r["breakdown"]: r["value"] for r in find(december, indicator="STATE_INV_YTD", area_text="VN")}
    assert levels == {"_T": 1200, "LVL_CENTRAL": 500, "LVL_LOCAL": 700, "LVL_PROVINCIAL": 350, "MIN_TRANSPORT": 120}
    assert not find(december, area_text="Bộ Giao thông vận tải")
    (note,) = [f for f in december.findings if f.sheet == "VonDT"]
    assert (note.severity, note.cell, note.count) == (INFO, "A14", 1)
    assert "Vốn khác" in note.message_vi
    assert {(r["unit"], r["published"], r["issuer"]) for r in find(december, indicator="STATE_INV_YTD")} == {
        ("VND_BN", "2032-12-29", "GSO")}  # fmt: skip


def test_a_plan_of_another_year_is_a_misprint(tmp_path: Path, recipe: Recipe) -> None:
    rows = parse_release(xlsx(tmp_path, "2033-01-29-Bieu.xlsx", {"VĐT": PLAN, "CPI": PRICES_JANUARY}), recipe)
    own = {(r["indicator"], r["period"]): r["value"] for r in find(rows, sheet="VĐT")}
    assert own == {("STATE_INV_PLAN", "2033"): 2000, ("STATE_INV_MONTH", "2033-01"): 60,
                   ("STATE_INV_YTD", "2033-01"): 60, ("STATE_INV_YTD_PLAN_PCT", "2033-01"): 3,
                   ("STATE_INV_YTD_IDX", "2033-01"): 101}  # fmt: skip
    assert told(rows, "YEAR-MISPRINT") == [(WARNING, "VĐT", "C5")]


def test_labour_of_a_table_that_goes_on_below(december: Rows) -> None:
    own = {r["area_text"]: (r["value"], r["value_text"], r["period"])
           for r in find(december, indicator="INDU_LABOUR_IDX_PY", activity="_T")}  # fmt: skip
    assert own == {
        "VN": (99.5, "99.5", "2032-12"), "Hà Nội": (98, "98", "2032-12"), "Bình Dương": (99.47, "99.47", "2032-12"),
    }  # fmt: skip
    (mining,) = find(december, indicator="INDU_LABOUR_IDX_PM", activity="VSIC_B")
    assert (mining["value"], mining["sheet"], mining["cell"]) == (100, "LĐCN", "B7")
    # the same figure of the country stands on two sheets and is one row
    assert len(find(december, indicator="INDU_LABOUR_IDX_PM", area_text="VN", activity="_T")) == 1


def test_what_a_price_index_is_compared_with_decides_its_indicator(
    tmp_path: Path, recipe: Recipe, december: Rows
) -> None:  # fmt: skip
    own = {(r["indicator"], r["period"]): r["value"] for r in find(december, sheet="CPI", breakdown="_T")}
    assert own == {
        ("CPI_SP", "2032-12"): 102.5, ("CPI_DEC", "2032-12"): 102.5, ("CPI_PM", "2032-12"): 100.25,
        ("CPI_SP", "2032-Q4"): 102, ("CPI_SP", "2032"): 103, ("GOLD_IDX", "2032-12"): 98.5,
        ("GOLD_IDX_SP", "2032-12"): 131, ("GOLD_IDX_DEC", "2032-12"): 131, ("GOLD_IDX_SP", "2032-Q4"): 136,
        ("GOLD_IDX_SP", "2032"): 128, ("CPI_CORE_GROWTH", "2032-12"): 2.5, ("CPI_CORE_GROWTH_PM", "2032-12"): 0.17,
    }  # fmt: skip
    (food,) = find(december, indicator="CPI_PM", breakdown="CPI_STAPLES")
    assert (food["value"], food["cell"]) == (101, "E9")
    assert [u["unit"] for u in find(december, indicator="CPI_CORE_GROWTH")] == ["PCT"]
    assert told(december, "COLUMN-NOT-READ")[0] == (INFO, "CPI", "C7")
    january = parse_release(xlsx(tmp_path, "x.xlsx", {"VĐT": PLAN, "CPI": PRICES_JANUARY}), recipe)
    assert {r["indicator"]: r["value"] for r in find(january, sheet="CPI")} == {
        "CPI_B2019": 118, "CPI_SP": 103, "CPI_PM": 101, "CPI_DEC": 101}  # fmt: skip
    assert {r["published"] for r in january.table.to_pylist()} == {None}


def test_retail_sales_take_the_unit_from_the_heading(december: Rows) -> None:
    own = {(r["indicator"], r["period"], r["breakdown"]): (r["value"], r["unit"]) for r in find(december, sheet="TM")}
    assert own[("RETAIL_SALES", "2032-11", "_T")] == (500, "VND_BN")
    assert own[("RETAIL_SALES", "2032", "RETAIL_GOODS")] == (4400, "VND_BN")
    assert own[("TRAVEL_TURNOVER", "2032-12", "_T")] == (2.5, "VND_BN")
    assert own[("RETAIL_SALES_IDX", "2032", "_T")] == (119, "INDEX")
    assert own[("RETAIL_SHARE", "2032", "RETAIL_TRAVEL")] == (0.4, "PCT")
    assert own[("TRAVEL_TURNOVER_IDX", "2032", "_T")] == (371, "INDEX")
    assert len(own) == 6 + 6 + 6


def test_investment_from_abroad_and_industry(december: Rows) -> None:
    own = {(r["indicator"], r["area_text"]): (r["value"], r["period"], r["note"]) for r in find(december, sheet="FDI")}
    assert own[("FDI_ADJ_CAP", "Bình Dương")] == (-2, "2032", "đến 20/12/2032")
    assert len(own) == 6
    industry = {(r["indicator"], r["period"]): r["value"]
                for r in find(december, area_text="VN", activity="_T") if r["sheet"].startswith("IIP")}  # fmt: skip
    assert industry == {
        ("IIP_SP", "2032-11"): 105, ("IIP_PM", "2032-12"): 101, ("IIP_SP", "2032-12"): 109, ("IIP", "2032"): 103,
        ("IIP_SP", "2032-Q3"): 102, ("IIP_SP", "2032-Q4"): 106.5,
    }  # fmt: skip


def test_sheets_that_are_not_read_are_named(december: Rows) -> None:
    assert [s for _, s, _ in told(december, "SHEET-NOT-READ")] == ["GDP", "Sheet10"]
    (first, *_) = [f for f in december.findings if f.rule == "RELEASE-SHEET-NOT-READ"]
    assert first.message_vi == "Không đọc: 1. Sổ tay phóng viên."
    assert len(december.understood_vi) == 8


def test_a_sheet_of_another_month_and_one_without_month_are_told(tmp_path: Path, recipe: Recipe) -> None:
    nameless: Grid = [["10. Chỉ số sản xuất công nghiệp"], ["", "So với năm trước"], ["Toàn ngành công nghiệp", 101]]
    sheets: dict[str, Grid] = {"CPI": PRICES, "VonDT": PLAN, "IIP": nameless}
    rows = parse_release(xlsx(tmp_path, "2033-01-29-Bieu.xlsx", sheets), recipe)
    assert told(rows, "PERIOD") == [(WARNING, "CPI", "A1")]
    assert told(rows, "SHEET-BROKEN") == [(WARNING, "IIP", "A1")]
    with pytest.raises(LayoutNotRecognised):
        parse_release(xlsx(tmp_path, "2033-01-29-Bieu.xlsx", {"GDP": ELSE, "CPI": PRICES}), recipe)


def test_two_releases_give_two_vintages_of_one_month(tmp_path: Path, recipe: Recipe, december: Rows) -> None:
    sheets = {"TM": RETAIL_JANUARY, "CPI": PRICES_JANUARY}
    january = parse_release(xlsx(tmp_path, "2033-01-29-Bieu.xlsx", sheets), recipe)
    vintages = [(r["published"], r["status"], r["value"]) for rows in (december, january)
                for r in find(rows, indicator="RETAIL_SALES", period="2032-12", breakdown="_T")]  # fmt: skip
    assert vintages == [("2032-12-29", "estimate", 515), ("2033-01-29", "preliminary", 517.5)]


def derived(name: str, source: str) -> list[dict[str, str]]:
    with (REAL / name).open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["source_file"] == source]


def expected_investment(source: str, items: dict[str, dict[str, str]]) -> dict[tuple[str, str, str, str], float]:
    """Indicator, area, breakdown and period → value, of the derived table (four decimals)."""
    year, month = int(source[:4]), int(source[5:7])
    now, before = f"{year}-{month:02d}", f"{year}-{month - 1:02d}" if month > 1 else f"{year - 1}-12"
    columns = {
        "plan_year_bn_vnd": ("STATE_INV_PLAN", str(year)), "prev_month_bn_vnd": ("STATE_INV_MONTH", before),
        "month_estimate_bn_vnd": ("STATE_INV_MONTH", now), "ytd_estimate_bn_vnd": ("STATE_INV_YTD", now),
        "ytd_pct_of_year_plan": ("STATE_INV_YTD_PLAN_PCT", now),
        "ytd_pct_of_same_period_prev_year": ("STATE_INV_YTD_IDX", now),
    }  # fmt: skip
    codes = {fold(name): item.get("breakdown", "_T") for name, item in items.items()}
    return {
        (indicator, fold(r["name_as_printed"]) if r["level"] == "province" else "vn",
         codes[fold(r["name_as_printed"])] if r["level"] != "province" else "_T", period): float(r[col])
        for r in derived("_state_budget_investment_monthly.csv", source)
        for col, (indicator, period) in columns.items() if r[col]
    }  # fmt: skip


def expected_labour(source: str) -> dict[tuple[str, str], float]:
    """Indicator and name without blanks → value; the derived table spells two names in its own way."""
    own = {"hochiminh": "tphochiminh", "vietnam": "vn"}
    columns = {"index_prev_month_100": "INDU_LABOUR_IDX_PM", "index_same_month_prev_year_100": "INDU_LABOUR_IDX_PY"}
    rows = derived("_industrial_labour_index_by_province.csv", source)
    names = [own.get(n := fold(r["name"]).replace(" ", ""), n) for r in rows]
    return {(i, n): float(r[c]) for n, r in zip(names, rows, strict=True) for c, i in columns.items()}


def release_names() -> list[str]:
    return sorted(p.name for p in (REAL / "releases").iterdir()) if REAL.exists() else ["none"]


@real
@pytest.mark.parametrize("name", release_names())
def test_the_real_releases_equal_the_derived_tables(recipe: Recipe, name: str) -> None:
    path = REAL / "releases" / name
    rows = parse_release(RawFile(name, path, "0" * 64, 0, "xls", datetime(2026, 1, 1)), recipe).table.to_pylist()
    own = [r for r in rows if r["indicator"].startswith("STATE_INV_") and r["indicator"] != "STATE_INV_IDX"]
    investment = {(r["indicator"], fold(r["area_text"]), r["breakdown"], r["period"]): r["value"] for r in own}
    assert len(investment) >= 115
    items = next(k for k in recipe.layout["kinds"] if k["id"] == "state-investment")["items"]
    assert investment == pytest.approx(expected_investment(name, items), abs=6e-5)
    labour = {(r["indicator"], {"hue": "thuathienhue"}.get(a := fold(r["area_text"]).replace(" ", ""), a)): r["value"]
              for r in rows if r["indicator"].startswith("INDU_LABOUR") and r["activity"] == "_T"}  # fmt: skip
    wanted = expected_labour(name)
    assert len(wanted) in (0, 128)
    if wanted:
        assert labour == pytest.approx(wanted, abs=6e-5)


@real
def test_the_real_releases_in_order_revise_the_december_of_2020(recipe: Recipe) -> None:
    values = []
    for name in release_names():
        path = REAL / "releases" / name
        rows = parse_release(RawFile(name, path, "0" * 64, 0, "xls", datetime(2026, 1, 1)), recipe)
        found = find(rows, indicator="RETAIL_SALES", period="2020-12", breakdown="_T")
        values += [(r["published"], r["status"], round(r["value"], 3)) for r in found]
    assert values == [("2020-12-27", "estimate", 472047.008), ("2021-01-29", "preliminary", 463042.83)]
