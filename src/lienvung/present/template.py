"""The template that an agency downloads, fills and hands in: XLSX with lists to choose from, or CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.observations import TOTAL

MARKER = "tidy/1"
_SPARE_ROWS = 500
_MARKS = "'-': không phát sinh; '..': chưa có số liệu; để trống: không áp dụng. Số dùng dấu chấm thập phân."
_COLUMNS = (
    ("Chỉ tiêu", 18), ("Tên chỉ tiêu", 44), ("Địa bàn", 16), ("Tên địa bàn", 24), ("Thời kỳ", 12), ("Giá trị", 14),
    ("Đơn vị", 16), ("Phân tổ", 14), ("Trạng thái", 14), ("Ghi chú", 40),
)  # fmt: skip
_STATUSES = ("ước tính", "sơ bộ", "chính thức", "đã điều chỉnh", "kế hoạch")
_INFO = (
    ("Địa giới", "Chỉ cần khi cột Địa bàn ghi mã không kèm @: 2004 (trước 01/7/2025) hoặc 2025-07-01"),
    ("Cơ quan công bố", "Mã trong trang 'Danh mục'"),
    ("Tài liệu", "Mã tài liệu đã có trong danh mục nguồn; để trống nếu tệp này là tài liệu gốc"),
    ("Ngày công bố", "2024-12-20, 2024-12 hoặc 2024"),
)
_HOW = (
    "MẪU NHẬP SỐ LIỆU · TEMPLATE",
    "1. Điền cột 'Giá trị' ở trang 'Số liệu'; mỗi dòng một số. Có thể thêm dòng; xóa dòng không dùng.",
    "   Fill the column 'Giá trị' on the sheet 'Số liệu', one figure a row; add rows, delete those not used.",
    f"2. {_MARKS}",
    "   '-': does not occur; '..': not available; blank: not applicable. Decimal point, no thousands sign.",
    "3. Thời kỳ viết 2024, 2024-S1, 2024-Q3, 2024-06 hoặc 2024-06-30. · Periods are written like this.",
    "4. Điền các ô bên dưới rồi nộp tệp: lienvung submit TỆP. · Fill the cells below and submit the file.",
)


@dataclass(frozen=True)
class _Row:
    indicator: str
    indicator_name: str
    area: str
    area_name: str
    period: str
    unit: str

    def cells(self) -> tuple[str, ...]:
        named = (self.indicator, self.indicator_name, self.area, self.area_name)
        return (*named, self.period, "", self.unit, TOTAL, "", "")


def write_template(
    catalogue: Catalogue, indicators: Sequence[str], areas: Sequence[AreaKey], periods: Sequence[str], path: Path
) -> None:
    """Write a template with a row for every indicator, area and period; CSV if the name says so, else XLSX.

    Args:
        periods: SDMX texts; none: one row with a blank period for each indicator and area.
    """
    rows = list(_rows(catalogue, indicators, areas, periods or ("",)))
    if path.suffix.lower() == ".csv":
        _write_csv(rows, path)
    else:
        _write_xlsx(catalogue, rows, path)


def _rows(
    catalogue: Catalogue, indicators: Sequence[str], areas: Sequence[AreaKey], periods: Sequence[str]
) -> Iterator[_Row]:
    for code in indicators:
        indicator = catalogue.indicator(code)
        for key in areas:
            name = catalogue.gazetteer.area(key).name_vi
            for period in periods:
                yield _Row(indicator.code, indicator.name_vi, str(key), name, period, indicator.unit)


def _write_csv(rows: Sequence[_Row], path: Path) -> None:
    """UTF-8 with a mark, so that Excel shows the Vietnamese names."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        stream.write(f"# lienvung: {MARKER}\n# issuer:\n# published:\n")
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([heading for heading, _ in _COLUMNS])
        writer.writerows(row.cells() for row in rows)


def _write_xlsx(catalogue: Catalogue, rows: Sequence[_Row], path: Path) -> None:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        info, data, lists = (book.add_worksheet(name) for name in ("Thông tin", "Số liệu", "Danh mục"))
        bold = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1})
        entry = book.add_format({"bg_color": "#FFF9E5", "border": 1})
        ranges = _write_lists(catalogue, lists, bold)
        _write_info(info, bold, entry, ranges)
        _write_data(data, rows, bold, entry, ranges)
        data.activate()


def _write_info(sheet: Any, bold: Any, entry: Any, ranges: dict[str, str]) -> None:  # noqa: ANN401 - XlsxWriter
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 30)
    sheet.set_column(2, 2, 90)
    for number, line in enumerate(_HOW):
        sheet.write_string(number, 0, line)
    first = len(_HOW) + 1
    sheet.write_row(first, 0, ["Mẫu", MARKER], bold)
    for number, (key, hint) in enumerate(_INFO, first + 1):
        sheet.write_string(number, 0, key, bold)
        sheet.write_blank(number, 1, None, entry)
        sheet.write_string(number, 2, hint)
        if key == "Cơ quan công bố":
            sheet.data_validation(number, 1, number, 1, {"validate": "list", "source": ranges["Cơ quan công bố"]})


def _write_data(sheet: Any, rows: Sequence[_Row], bold: Any, entry: Any, ranges: dict[str, str]) -> None:  # noqa: ANN401
    for column, (heading, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    place = [heading for heading, _ in _COLUMNS].index("Giá trị")
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row.cells()):
            if column == place:
                sheet.write_blank(number, column, None, entry)
            elif text:
                sheet.write_string(number, column, text)
    last = len(rows) + _SPARE_ROWS
    for column, (heading, _) in enumerate(_COLUMNS):
        if heading in ranges:
            rule = {"validate": "list", "source": ranges[heading], "error_type": "warning"}
            sheet.data_validation(1, column, last, column, rule)
    hint = {"validate": "any", "input_title": "Giá trị", "input_message": _MARKS}
    sheet.data_validation(1, place, last, place, hint)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(_COLUMNS) - 1)


def _write_lists(catalogue: Catalogue, sheet: Any, bold: Any) -> dict[str, str]:  # noqa: ANN401
    """Every code list beside the other, code and name; the cell range of each list's codes, by heading."""
    lists = {
        "Chỉ tiêu": [(i.code, i.name_vi) for i in catalogue.indicators.values()],
        "Địa bàn": [(str(a.key), a.name_vi) for a in catalogue.gazetteer.areas.values()],
        "Đơn vị": [(u.code, u.name_vi) for u in catalogue.units.values()],
        "Phân tổ": [
            (TOTAL, "Tổng số"),
            *((c.code, c.name_vi) for c in catalogue.breakdowns.values() if c.code != TOTAL),
        ],
        "Trạng thái": [(s, "") for s in _STATUSES],
        "Cơ quan công bố": [(c.code, c.name_vi) for c in catalogue.issuers.values()],
    }
    ranges = {}
    for number, (heading, entries) in enumerate(lists.items()):
        column = number * 3
        sheet.set_column(column, column, 18)
        sheet.set_column(column + 1, column + 1, 44)
        sheet.write_row(0, column, [heading, "Tên"], bold)
        for row, entry in enumerate(entries, 1):
            sheet.write_row(row, column, entry)
        letter = xlsxwriter.utility.xl_col_to_name(column)
        ranges[heading] = f"='Danh mục'!${letter}$2:${letter}${len(entries) + 1}"
    return ranges
