"""Three workbooks as agencies make them, with real figures and the traps of their kind.

Figures: average population and cumulative FDI of the provinces are the General Statistics Office's (PX-Web tables
"Average population by province" and "Foreign direct investment projects licensed by province", 2018); enterprises
resuming business are the Office's monthly release for January 2024, table 8. GRDP is from the Statistical Yearbook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

Row = Sequence[object]

POPULATION: list[Row] = [
    ["12. Dân số trung bình phân theo giới tính và phân theo thành thị, nông thôn"],
    ["Average population by sex and by residence"],
    [],
    ["", "", "", "", "Đơn vị tính: Nghìn người - Unit: Thous. persons"],
    ["", 2013, 2014, 2015, "Sơ bộ"],
    ["", "", "", "", "Prel. 2016"],
    [],
    # text in Vietnamese writing, numbers and blanks as they come
    ["TỔNG SỐ - TOTAL", "1.802,5", "1.873,6", "1.930,4", "1.995,8 (*)"],
    ["Phân theo giới tính - By sex"],
    ["    Nam - Male", 869.9, 904.4, 932.0, 963.7],
    ["    Nữ - Female", 932.6, 969.2, 998.4, "1.032,1"],
    ["Phân theo thành thị, nông thôn - By residence"],
    ["    Thành thị - Urban", "1.162,7", "1.438,8", "1.485,8", "1.527,1"],
    ["    Nông thôn - Rural", 639.7, 434.7, 444.6, 468.7],
    ["", "", "Cơ cấu (%) - Structure (%)"],
    ["TỔNG SỐ - TOTAL", 100, 100, 100, 100],
    ["Phân theo giới tính - By sex"],
    ["    Nam - Male", 48.26, 48.27, 48.28, 48.29],
    ["", "", "Chỉ số phát triển (Năm trước = 100) - % - Index (Previous year = 100) - %"],
    ["TỔNG SỐ - TOTAL", "..", 103.94, 103.03, 103.39],
    [],
    ["(*) Số liệu sơ bộ, sẽ được điều chỉnh."],
]
"""Bình Dương, 2013-2016: bilingual, a header of two lines, stacked blocks; shares and indices as they follow."""

FDI: list[Row] = [
    ["Bảng 84. Đầu tư trực tiếp của nước ngoài lũy kế còn hiệu lực đến 31/12/2016 phân theo địa phương"],
    ["Foreign direct investment projects in force as of 31/12/2016 by province"],
    ["STT", "Địa phương - Province", "Số dự án - Number of projects", "Vốn đăng ký - Registered capital"],
    ["", "", "(Dự án)", "(Triệu USD)"],
    ["A", "B", 1, 2],
    [1, "Bình Dương", 3050, 26599.7],
    [2, "Đồng Nai", 1368, 25871.5],
    [3, "Bà Rịa - Vũng Tàu", 345, 27089.3],
    [4, "TP. Hồ Chí Minh", 6762, 45293.4],
    [],
    ["Ghi chú: Không kể dầu khí ngoài khơi"],
    [],
    ["Bảng 85. Dân số trung bình phân theo địa phương - Average population by province"],
    ["", "", "", "Nghìn người"],
    ["STT", "Địa phương", "2015", "Sơ bộ 2016"],
    ["", "CẢ NƯỚC", 91709.8, 92695.1],
    [1, "Bình Dương", 1930.4, 1995.8],
    [2, "Đồng Nai", 2897.6, 2963.8],
    [3, "Bà Rịa - Vũng Tàu", 1079.1, 1092.0],
    [4, "TP. Hồ Chí Minh", 8127.9, 8297.5],
]
"""Two tables on one sheet, running numbers, a row that numbers the columns, a note between them."""


def monthly(month: str = "01", year: int = 2024, title: str = "Doanh nghiệp quay trở lại hoạt động") -> list[Row]:
    """Enterprises resuming business, laid out as in a monthly release; the figures are January's of 2023 and 2024."""
    return [
        [f"8. {title}"],
        [],
        ["", "", "", "Doanh nghiệp"],
        ["", f"Tháng {month}", f"Tháng {month}", f"Tháng {month} năm {year} so với"],
        ["", f"năm {year - 1}", f"năm {year}", "cùng kỳ năm trước (%)"],
        [],
        ["TỔNG SỐ", 15067, 13799, 91.58],
        ["Nông, lâm nghiệp và thủy sản", 204, 216, 105.88],
        ["Công nghiệp và Xây dựng", 3857, 3919, 101.61],
        ["Khai khoáng", 98, 83, 84.69],
        ["Dịch vụ", 11006, 9664, 87.81],
    ]


def write_book(path: Path, sheets: Mapping[str, Sequence[Row]], hidden: Sequence[str] = ()) -> Path:
    """A workbook of these sheets."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if value != "":
                        sheet.write(r, c, value)
            if name in hidden:
                sheet.hide()
    return path
