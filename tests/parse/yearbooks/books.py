"""The three workbooks. Their figures are the General Statistics Office's, as the pack transcribes them.

Population, area, density, growth, labour force and FDI in force: statistical tables of the Office for 2018; GRDP and
unemployment by province: its Statistical Yearbooks 2016-2022; GDP by activity: its table "GDP by economic activity".
Shares and indices inside the sheets are formulas over these figures. Layout and traps are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.parse.yearbooks.figures import figure, vietnamese

SOUTH = {"70": "Bình Phước", "72": "Tây Ninh", "74": "Bình Dương", "75": "Đồng Nai", "77": "Bà Rịa - Vũng Tàu",
         "79": "TP. Hồ Chí Minh", "80": "Long An", "82": "Tiền Giang"}  # fmt: skip
EAST = {k: SOUTH[k] for k in ("74", "75", "77", "79")}


class _Page:
    """A sheet with the styles of a yearbook."""

    def __init__(self, book: Any, name: str) -> None:
        self._book, self.sheet = book, book.add_worksheet(name)

    def put(self, row: int, column: int, value: object, **style: Any) -> None:
        look = self._book.add_format(style) if style else None
        if isinstance(value, date):
            self.sheet.write_datetime(row, column, value, look)
        elif value != "":
            self.sheet.write(row, column, value, look)

    def row(self, row: int, values: Sequence[object], **style: Any) -> None:
        for column, value in enumerate(values):
            self.put(row, column, value, **style)

    def merge(self, first: tuple[int, int], last: tuple[int, int], text: str, **style: Any) -> None:
        self.sheet.merge_range(*first, *last, text, self._book.add_format(style | {"align": "center"}))

    def formula(self, row: int, column: int, text: str, value: object, **style: Any) -> None:
        look = self._book.add_format(style) if style else None
        self.sheet.write_formula(row, column, text, look, value)


def population(path: Path) -> Path:
    """Bình Dương's population: two languages in two lines, blocks, indents, text numbers, a hidden row, side by side.

    Source: General Statistics Office, "Average population by sex and by residence", "Area and population density",
    "Population growth rate", 2018.
    """
    with xlsxwriter.Workbook(str(path)) as book:
        _by_sex(_Page(book, "Dan so"))
        _side_by_side(_Page(book, "Dien tich"))
        _crossed(_Page(book, "Gioi tinh"))
        _growth(_Page(book, "Ty le tang"))
        hidden = _Page(book, "Nhap")
        hidden.row(0, ["Dân số trung bình", 2013])
        hidden.row(1, ["Tổng số", 1])
        hidden.sheet.hide()
    return path


def _by_sex(page: _Page) -> None:
    years = (2013, 2014, 2015, 2016)
    page.merge(
        (0, 0), (0, 4), "12. Dân số trung bình tỉnh Bình Dương phân theo giới tính và thành thị, nông thôn", bold=1
    )
    page.merge((1, 0), (1, 4), "Average population by sex and by residence", italic=1)
    page.put(3, 4, "Đơn vị tính: Nghìn người - Unit: Thous. persons", italic=1, align="right")
    page.row(4, ["", 2013, 2014, 2015, "Sơ bộ"], bold=1)
    page.put(5, 4, "Prel. 2016", italic=1)

    def read(code: str) -> list[float]:
        return [figure("gso-2018-population", code, "74", y) for y in years]

    total = read("POP_AVG")
    page.put(7, 0, "TỔNG SỐ - TOTAL", bold=1)
    for at, value in enumerate(total):
        page.put(7, at + 1, vietnamese(value) + (" (*)" if at == 3 else ""), bold=1)
    page.sheet.write_comment(7, 2, "Đã đối chiếu với Cục Thống kê")
    row = 8
    groups = {
        ("Phân theo giới tính", "By sex"): (("Nam", "Male", "POP_MALE"), ("Nữ", "Female", "POP_FEMALE")),
        ("Phân theo thành thị, nông thôn", "By residence"): (
            ("Thành thị", "Urban", "POP_URBAN"), ("Nông thôn", "Rural", "POP_RURAL"),
        ),
    }  # fmt: skip
    for (vi, en), members in groups.items():
        page.put(row, 0, vi, bold=1)
        page.put(row + 1, 0, en, italic=1)
        row += 2
        for name, english, code in members:
            page.put(row, 0, name, indent=2)
            for at, value in enumerate(read(code)):
                page.put(row, at + 1, vietnamese(value))
            page.put(row + 1, 0, english, italic=1, indent=2)
            if code == "POP_RURAL":
                page.sheet.set_row(row, None, None, {"hidden": True})
            row += 2
    page.merge((row, 1), (row, 4), "Cơ cấu (%)", bold=1)
    page.merge((row + 1, 1), (row + 1, 4), "Structure (%)", italic=1)
    page.put(row + 2, 0, "TỔNG SỐ - TOTAL", bold=1)
    page.put(row + 3, 0, "Nam", indent=2)
    for at, (whole, part) in enumerate(zip(total, read("POP_MALE"), strict=True)):
        page.put(row + 2, at + 1, 1, num_format="0.00%")
        page.put(row + 3, at + 1, round(part / whole, 6), num_format="0.00%")
    row += 4
    page.merge((row, 1), (row, 4), "Chỉ số phát triển (Năm trước = 100) - %", bold=1)
    page.merge((row + 1, 1), (row + 1, 4), "Index (Previous year = 100) - %", italic=1)
    page.put(row + 2, 0, "TỔNG SỐ - TOTAL", bold=1)
    page.put(row + 2, 1, "..")
    for at in (1, 2, 3):
        letters = "BCDE"
        page.formula(
            row + 2, at + 1, f"={letters[at]}8/{letters[at - 1]}8*100", round(total[at] / total[at - 1] * 100, 2)
        )
    page.put(row + 4, 0, "(*) Số liệu sơ bộ, sẽ được điều chỉnh.", italic=1)


def _side_by_side(page: _Page) -> None:
    titles = ("13. Diện tích phân theo địa phương", "Area by province"), (
        "14. Mật độ dân số phân theo địa phương", "Population density by province")  # fmt: skip
    for at, ((vi, en), unit, code) in enumerate(
        zip(titles, ("Km2", "Người/km2"), ("AREA", "POP_DENSITY"), strict=True)
    ):
        left = at * 5
        page.put(0, left, vi, bold=1)
        page.put(1, left, en, italic=1)
        page.put(2, left + 3, f"Đơn vị tính: {unit}")
        page.put(3, left, "Địa phương - Province", bold=1)
        for n, year in enumerate((2014, 2015, 2016)):
            page.put(3, left + n + 1, year)
            for row, (area, name) in enumerate(EAST.items(), 4):
                page.put(row, left, name)
                page.put(row, left + n + 1, figure("gso-2018-area-density", code, area, year))


def _crossed(page: _Page) -> None:
    """Stacked tables of one sheet: column numbers with a formula, then the same cut in long form."""
    page.put(
        0, 0, "15. Dân số trung bình năm 2015 phân theo địa phương - Average population in 2015 by province", bold=1
    )
    page.put(1, 4, "Nghìn người")
    page.row(2, ["STT", "Địa phương", "Tổng số", "Chia ra", ""], bold=1)
    page.sheet.merge_range(2, 3, 2, 4, "Chia ra")
    page.row(3, ["", "", "", "Nam - Male", "Nữ - Female"])
    page.row(4, ["A", "B", "1=2+3", 2, 3], italic=1)
    for row, (area, name) in enumerate(EAST.items(), 5):
        page.row(row, [row - 4, name])
        for at, code in enumerate(("POP_AVG", "POP_MALE", "POP_FEMALE")):
            page.put(row, at + 2, figure("gso-2018-population", code, area, 2015))
    page.put(10, 0, "Ghi chú: Số liệu năm 2015 là số chính thức")
    page.put(12, 0, "16. Dân số trung bình thành thị - Average urban population", bold=1)
    page.put(13, 2, "Nghìn người")
    page.row(14, ["Địa phương", "Năm", "Dân số thành thị"], bold=1)
    row = 15
    for area, name in EAST.items():
        page.merge((row, 0), (row + 2, 0), name)
        for n, year in enumerate((2013, 2014, 2015)):
            page.put(row + n, 1, year)
            page.put(row + n, 2, figure("gso-2018-population", "POP_URBAN", area, year))
        row += 3


def _growth(page: _Page) -> None:
    """Years down the side; percentages that are fractions under their format; one formula without a result."""
    page.put(0, 0, "17. Tỷ lệ tăng dân số tỉnh Bình Dương", bold=1)
    page.put(1, 0, "Population growth rate", italic=1)
    page.put(2, 1, "%")
    page.row(3, ["Năm - Year", "Tỷ lệ tăng - Growth rate"], bold=1)
    for row, year in enumerate((2010, 2011, 2012, 2013, 2014, 2015), 4):
        page.put(row, 0, year)
        page.put(
            row, 1, round(figure("gso-2018-population-growth", "POP_GROWTH", "74", year) / 100, 6), num_format="0.00%"
        )
    page.put(10, 0, "Sơ bộ - Prel. 2016")
    page.put(10, 1, round(figure("gso-2018-population-growth", "POP_GROWTH", "74", 2016) / 100, 6), num_format="0.0%")


def grdp(path: Path) -> Path:
    """GRDP and GDP: merged headings, a long table, formulas inside and outside, column numbers, hierarchy by indent.

    Source: General Statistics Office, Statistical Yearbooks 2016-2022 (GRDP by province); "GDP by economic activity".
    """
    with xlsxwriter.Workbook(str(path)) as book:
        _by_province(_Page(book, "GRDP"))
        _long(_Page(book, "GRDP dai"))
        _by_activity(_Page(book, "GDP"))
    return path


def _by_province(page: _Page) -> None:
    page.put(0, 0, "25. Tổng sản phẩm trên địa bàn (GRDP) theo giá hiện hành phân theo địa phương", bold=1)
    page.put(1, 0, "Gross regional domestic product at current prices by province", italic=1)
    page.put(2, 5, "Tỷ đồng - Bill. dongs", italic=1)
    page.sheet.merge_range(3, 0, 4, 0, "TT")
    page.sheet.merge_range(3, 1, 4, 1, "Địa phương - Province")
    page.merge((3, 2), (3, 4), "Tổng sản phẩm - GRDP")
    page.merge((3, 5), (4, 5), "Năm 2021 so với năm 2020 (%)")
    page.row(4, ["", "", 2020, 2021, "Ước tính - Est. 2022"])
    page.row(5, ["A", "B", 1, 2, 3, "4=2/1*100"], italic=1)
    for row, (area, name) in enumerate(SOUTH.items(), 6):
        page.row(row, [row - 5, name])
        values = [figure("yearbook-grdp", "GRDP_CUR", area, y) for y in (2020, 2021, 2022)]
        page.put(row, 2, values[0])
        # one figure comes from another workbook, one from a cell of this one
        if area == "79":
            page.formula(row, 3, "='[NGTK 2021.xlsx]Bieu 25'!$D$12", values[1])
        else:
            page.put(row, 3, values[1])
        page.formula(row, 4, f"=C{row + 1}+{values[2] - values[0]}", values[2])
        page.formula(row, 5, f"=D{row + 1}/C{row + 1}*100", round(values[1] / values[0] * 100, 2))
    page.put(15, 0, "Nguồn: Tổng cục Thống kê")


def _long(page: _Page) -> None:
    """One figure a row: area, year, value; the last formula was never calculated."""
    page.put(0, 0, "26. GRDP theo giá hiện hành - GRDP at current prices", bold=1)
    page.put(1, 2, "Đơn vị: Tỷ đồng")
    page.row(2, ["Tỉnh, thành phố", "Năm", "GRDP"], bold=1)
    row = 3
    for area, name in EAST.items():
        for n, year in enumerate((2017, 2018, 2019)):
            page.put(row, 0, name if n == 0 else "")
            page.put(row, 1, year)
            if (area, year) == ("79", 2019):
                page.formula(row, 2, "=SUM(C4:C14)", "")
            else:
                page.put(row, 2, figure("yearbook-grdp", "GRDP_CUR", area, year))
            row += 1


def _by_activity(page: _Page) -> None:
    years = (2014, 2015, 2016)
    name = "gso-2018-gdp-by-activity"
    page.put(0, 0, "27. Tổng sản phẩm trong nước (GDP) theo giá hiện hành phân theo ngành kinh tế của cả nước", bold=1)
    page.put(1, 0, "Gross domestic product at current prices by economic activity", italic=1)
    page.put(2, 3, "Tỷ đồng - Bill. dongs")
    # the years are the last days of years; the heading lost its date format
    for at, year in enumerate(years):
        page.put(3, at + 1, (date(year, 12, 31) - date(1899, 12, 30)).days)
    rows: list[tuple[str, int, str]] = [
        ("TỔNG SỐ - TOTAL", 0, "_T"),
        ("Nông nghiệp, lâm nghiệp và thủy sản - Agriculture, forestry and fishing", 0, "VSIC_A"),
        ("Khai khoáng - Mining and quarrying", 0, "VSIC_B"),
        ("Công nghiệp chế biến, chế tạo - Manufacturing", 0, "VSIC_C"),
        ("Xây dựng - Construction", 0, "VSIC_F"),
        ("Thuế sản phẩm trừ trợ cấp sản phẩm - Products taxes less subsidies on products", 0, "TAXSUB"),
    ]
    for row, (label, indent, code) in enumerate(rows, 4):
        page.put(row, 0, label, indent=indent)
        for at, year in enumerate(years):
            page.put(row, at + 1, figure(name, "GDP_CUR", "VN", year, code))
    page.put(10, 0, "Trong đó - Of which:", italic=1)
    page.put(11, 0, "Vận tải, kho bãi - Transportation and storage", indent=1)
    for at, year in enumerate(years):
        page.put(11, at + 1, figure(name, "GDP_CUR", "VN", year, "VSIC_H"))


def fdi_or_labour(path: Path) -> Path:
    """FDI in force and labour: thousands only, marks for missing values, rows with units of their own, a hidden column.

    Source: General Statistics Office, "Foreign direct investment projects licensed by province", "Labour force by
    province", 2018; Statistical Yearbooks 2016-2022 (unemployment).
    """
    with xlsxwriter.Workbook(str(path)) as book:
        _fdi(_Page(book, "FDI"))
        _labour(_Page(book, "Lao dong"))
        _mixed(_Page(book, "Tong hop"))
    return path


def _fdi(page: _Page) -> None:
    page.put(
        0,
        0,
        "84. Đầu tư trực tiếp nước ngoài lũy kế các dự án còn hiệu lực đến 31/12/2016 phân theo địa phương",
        bold=1,
    )
    page.put(1, 0, "Foreign direct investment projects in force as of 31/12/2016 by province", italic=1)
    page.row(3, ["STT", "Địa phương - Province", "Số dự án (Dự án)", "Số dự án ước năm sau"], bold=1)
    page.row(4, ["(1)", "(2)", "(3)", "(4)"])
    for row, (area, name) in enumerate(SOUTH.items(), 5):
        page.row(row, [row - 4, name])
        page.put(row, 2, vietnamese(figure("gso-2018-fdi-accumulated", "FDI_PROJ_CUM", area, 2016), 0))
        page.put(row, 3, ("-", "...", "..", "")[row % 4])
    page.put(14, 0, "(1) Không kể dầu khí ngoài khơi.")


def _labour(page: _Page) -> None:
    years = (2013, 2014, 2015, 2016)
    page.put(0, 0, "31. Lực lượng lao động từ 15 tuổi trở lên phân theo địa phương", bold=1)
    page.put(1, 0, "Labour force aged 15 and over by province", italic=1)
    page.put(2, 4, "Nghìn người - Thous. persons")
    page.row(3, ["", *years[:3], "Sơ bộ - Prel. 2016"], bold=1)
    for row, (area, name) in enumerate(EAST.items(), 4):
        page.put(row, 0, name)
        for at, year in enumerate(years):
            page.put(row, at + 1, figure("gso-2018-labour-force", "LABOUR_FORCE", area, year))
    page.sheet.set_column(2, 2, None, None, {"hidden": True})
    page.put(9, 0, "32. Tỷ lệ thất nghiệp phân theo địa phương - Unemployment rate by province", bold=1)
    page.put(10, 4, "%")
    page.row(11, ["", 2018, 2019, 2020, 2021], bold=1)
    for row, (area, name) in enumerate(EAST.items(), 12):
        page.put(row, 0, name)
        for at, year in enumerate((2018, 2019, 2020, 2021)):
            value = figure("yearbook-unemployment", "UNEMP_RATE", area, year)
            page.put(row, at + 1, round(value / 100, 6), num_format="0.0%")


def _mixed(page: _Page) -> None:
    """Several indicators below each other, each with its unit in a column; years are dates shown as years."""
    page.put(0, 0, "1. Một số chỉ tiêu chủ yếu tỉnh Bình Dương", bold=1)
    page.put(2, 0, "Chỉ tiêu", bold=1)
    page.put(2, 1, "Đơn vị tính", bold=1)
    for at, year in enumerate((2014, 2015)):
        page.put(2, at + 2, date(year, 1, 1), num_format="yyyy")
    rows = [
        ("Diện tích tự nhiên", "Km2", "gso-2018-area-density", "AREA"),
        ("Dân số trung bình", "Nghìn người", "gso-2018-population", "POP_AVG"),
        ("Dân số trung bình nam", '"', "gso-2018-population", "POP_MALE"),
        ("Mật độ dân số", "Người/km2", "gso-2018-area-density", "POP_DENSITY"),
    ]
    for row, (label, unit, name, code) in enumerate(rows, 3):
        page.row(row, [label, unit])
        for at, year in enumerate((2014, 2015)):
            page.put(row, at + 2, figure(name, code, "74", year))
