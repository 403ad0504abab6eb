"""Headings, row labels and cells taken apart: each trap once."""

from __future__ import annotations

import pytest

from lienvung.parse.tables.cells import is_figure, read_unit, split_languages
from lienvung.parse.tables.headers import read_heading, timeless
from lienvung.parse.tables.labels import read_lines
from lienvung.parse.tables.regions import find_regions
from lienvung.parse.workbook import Sheet


@pytest.mark.parametrize(
    ("lines", "period", "status", "key"),
    [
        (["Sơ bộ", "Prel. 2018"], "2018", "preliminary", ""),
        (["Ước tính", "tháng 01", "năm 2024"], "2024-01", "estimate", ""),
        (["6 tháng đầu năm 2020"], "2020-S1", "", ""),
        (["9 tháng năm 2020"], "2020-01-01/P9M", "", ""),
        (["Quý III/2021"], "2021-Q3", "", ""),
        (["2015 - 2020"], "2015-01-01/P6Y", "", ""),
        (["Giá so sánh 2010"], "", "", "gia so sanh 2010"),
        (["Nam - Male", "2019"], "2019", "", "nam"),
        (["Miền Nam"], "", "", "mien nam"),
        (["Năm - Year", "2019"], "2019", "", ""),
        (["Tháng 01/2024 so với", "tháng 12/2023 (%)"], "2024-01", "", "so voi thang truoc"),
        (["Quý IV năm 2013 so với", "Quý III năm 2013"], "2013-Q4", "", "so voi quy truoc"),
        (["Năm 2013 so với năm 2012 (%)"], "2013", "", "so voi cung ky nam truoc"),
        (["Năm 2013 so", "năm 2012 (%)"], "2013", "", "so voi cung ky nam truoc"),
        (
            ["So với cùng kỳ năm trước:", "Thực hiện quý I năm 2023"],
            "2023-Q1",
            "",
            "so voi cung ky nam truoc thuc hien",
        ),
        (["Cấp phép từ 01/01 - 20/9/2023"], "2023-01-01/P9M", "", "cap phep"),
        (["Tháng 01 năm 202"], "", "", "thang 01 202"),
    ],
)
def test_a_heading_is_taken_apart(lines: list[str], period: str, status: str, key: str) -> None:
    found = read_heading(lines)
    assert (found.period, found.status, found.key) == (period, status, key)


def test_a_heading_may_tell_its_period_by_the_tables_own() -> None:
    assert read_heading(["Thực hiện cùng kỳ năm trước"]).relative == "year before"
    assert read_heading(["Thực hiện kỳ này"]).relative == "same"


def test_titles_are_told_apart_by_prices_but_not_by_periods() -> None:
    assert timeless("GRDP theo giá so sánh 2010 tháng 3 năm 2024") == timeless("GRDP theo giá so sánh 2010 quý I/2025")
    assert timeless("GRDP theo giá so sánh 2010") != timeless("GRDP theo giá so sánh 1994")


def test_area_names_are_not_two_languages() -> None:
    assert split_languages("Bà Rịa - Vũng Tàu") == ("Bà Rịa - Vũng Tàu", "")
    assert split_languages("Trong đó: Nữ - Of which: Female") == ("Trong đó: Nữ", "Of which: Female")


@pytest.mark.parametrize(("cell", "answer"), [("..", True), ("1.234,5 (*)", True), ("36 %", True), ("", False),
                                              ("(1)", False), ("Nam", False), (True, False), (0, True)])  # fmt: skip
def test_what_a_figure_is(cell: object, answer: bool) -> None:
    assert is_figure(cell) is answer


def test_units_of_two_languages() -> None:
    assert read_unit("ĐVT: Triệu đồng") == read_unit("Đơn vị tính: Triệu đồng - Unit: Mill. dongs") == "Triệu đồng"


def keys(rows: list[list[object]]) -> list[str]:
    width = max(map(len, rows))
    (region,) = find_regions(Sheet("s", [[*r, *[""] * (width - len(r))] for r in rows]))
    return [line.key for line in read_lines(region)]


HEAD: list[list[object]] = [["Lao động từ 15 tuổi trở lên"], ["", 2019, 2020]]


def test_rows_stand_under_their_groups_by_indent_and_marker() -> None:
    assert keys([
        *HEAD, ["Tổng số", 9, 9], ["Phân theo giới tính"], ["  Nam", 5, 5], ["  Nữ", 4, 4],
        ["Phân theo ngành"], ["  Công nghiệp", 7, 7], ["  Trong đó:"], ["    Chế biến", 6, 6], ["  Dịch vụ", 2, 2],
    ]) == [
        "tong so", "phan theo gioi tinh > nam", "phan theo gioi tinh > nu", "phan theo nganh > cong nghiep",
        "phan theo nganh > cong nghiep > trong do > che bien", "phan theo nganh > dich vu",
    ]  # fmt: skip


def test_rows_of_one_group_named_twice_carry_the_row_above_it() -> None:
    rows: list[list[object]] = [*HEAD]
    for name in ("Vận chuyển", "Luân chuyển"):
        rows += [[name, 9, 9], ["Phân theo khu vực"], ["  Trong nước", 5, 5], ["  Ngoài nước", 4, 4]]
    assert keys(rows)[1] == "van chuyen > phan theo khu vuc > trong nuoc"
    assert keys(rows)[4] == "luan chuyen > phan theo khu vuc > trong nuoc"


def test_a_row_that_comes_again_carries_the_row_above_it_that_comes_once() -> None:
    rows: list[list[object]] = [*HEAD]
    for name in ("Tổng số", "Nuôi trồng", "Khai thác"):
        rows += [[name, 9, 9], ["Cá", 5, 5], ["Tôm", 4, 4]]
    assert keys(rows) == ["tong so", "ca", "tom", "nuoi trong", "nuoi trong > ca", "nuoi trong > tom",
                          "khai thac", "khai thac > ca", "khai thac > tom"]  # fmt: skip


def test_english_below_a_row_is_not_a_group() -> None:
    assert keys([*HEAD, ["Thành thị", 5, 5], ["Urban"], ["Nông thôn", 4, 4], ["Rural"]]) == ["thanh thi", "nong thon"]


def test_years_down_the_rows_are_labels() -> None:
    (region,) = find_regions(Sheet("s", [["Năm", "Nam", "Nữ"], [2019, 5, 4], [2020, 6, 5]]))
    assert (region.labels, region.values, region.header) == ([0], [1, 2], [0])


def test_figures_that_look_like_years_are_figures() -> None:
    assert keys([*HEAD, ["Cơ sở", 12, 15], ["Doanh nghiệp", 1950, 2010], ["Hợp tác xã", 2001, 2002]]) == [
        "co so", "doanh nghiep", "hop tac xa",
    ]  # fmt: skip


def test_a_sheet_of_words_has_no_table() -> None:
    assert find_regions(Sheet("s", [["Mục lục"], ["Biểu 1", "Dân số"]])) == []
    assert find_regions(Sheet("s", [])) == []
