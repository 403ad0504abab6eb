"""Every rule there is, in the order in which they run, and the public list of them."""

from __future__ import annotations

from lienvung.domain.handovers import ERROR, INFO, WARNING
from lienvung.validate import codes, duplicates, periods, values
from lienvung.validate.checks import Check
from lienvung.validate.reconcile.registry import RECONCILIATIONS

ROW_CHECKS: tuple[Check, ...] = (*codes.CHECKS, *periods.CHECKS, *values.CHECKS, *duplicates.CHECKS)
"""Checks of one file's rows; a row refused by one is not judged by the duplicates and neighbours after it."""

READING_RULES: tuple[tuple[str, str, str, str], ...] = (
    ("ROWS-NONE", ERROR, "Tệp phải có ít nhất một số liệu.", "A file holds at least one figure."),
    ("ROW-WIDTH", ERROR, "Mỗi dòng CSV có đúng số ô như tiêu đề.", "Every CSV line has as many cells as the heading."),
    ("DECIMAL-SIGN", ERROR, "Một bảng dùng một dấu thập phân; dấu không xác định được thì phải ghi rõ.",
     "A table uses one decimal sign; one that cannot be decided must be stated."),
    ("ENCODING-GUESSED", INFO, "Chữ không phải Unicode được đọc theo bảng mã mà các từ cho thấy (TCVN3, VNI, 1258).",
     "Text that is not Unicode is read in the encoding that its own words show (TCVN3, VNI, 1258)."),
    ("COLUMN-IGNORED", WARNING, "Cột hoặc dòng đầu tệp không thuộc mẫu được bỏ qua và báo lại.",
     "A column or header line that is not of the template is left out and said so."),
    ("ROW-IGNORED", WARNING, "Dòng không phải địa bàn mà công thức biết được bỏ qua và báo lại.",
     "A row that is no area that the recipe knows is left out and said so."),
    ("TABLE-DRIFT", ERROR, "Tiêu đề, cột và dòng của bảng vẫn như khi xác nhận công thức; chỗ khác được nêu rõ.",
     "A table still has the title, columns and rows that its recipe was confirmed with; what differs is named."),
    ("TABLE-IGNORED", WARNING, "Bảng mà công thức không biết được bỏ qua và báo lại.",
     "A table that the recipe does not know is left out and said so."),
    ("TABLE-MISSING", ERROR, "Mọi bảng của công thức phải có trong tệp.",
     "Every table of the recipe stands in the file."),
    ("TABLE-MOVED", INFO, "Cột đổi chỗ được đọc theo tên cột và nêu lại.",
     "Columns that changed places are read by their words and named."),
    ("TABLE-UNDECIDED", ERROR, "Điểm mà công thức còn ghi '?' thì chưa được đọc.",
     "Where a recipe still says '?', nothing is read."),
    ("PERCENT-UNCLEAR", ERROR, "Ô phần trăm là tỷ số hay điểm phần trăm phải rõ.",
     "Whether percentages are fractions or points is clear."),
    ("PERIOD-MISSING", ERROR, "Mỗi cột có thời kỳ ở tên cột, tên dòng hoặc tiêu đề bảng.",
     "Every column has a period in its heading, its rows or the title."),
    ("TABLE-IDENTITY", WARNING, "Mỗi dòng đúng với công thức ở dòng số thứ tự cột (3=1+2) và với dòng tổng cộng.",
     "Each row keeps the formulas of the row of column numbers (3=1+2); a printed total is the sum of its rows."),
    ("HIDDEN-CELLS", WARNING, "Số liệu ở dòng hay cột ẩn vẫn được đọc và nêu ô; công thức có thể ghi bỏ qua.",
     "Figures in hidden rows or columns are read and their cells named; a recipe may say to skip them."),
    ("FORMULA-EMPTY", ERROR, "Ô công thức phải có kết quả lưu trong tệp.",
     "A formula has its result kept in the file."),
    ("FORMULA-OUTSIDE", WARNING, "Công thức lấy số từ tệp khác chỉ có giá trị lưu sẵn, được nêu ô.",
     "A formula that points to another file has its kept value only; its cell is named."),
    ("FORMULA-VALUE", INFO, "Ô công thức được đọc theo giá trị lưu sẵn và nêu số ô.",
     "Formulas are read by their kept values, and counted."),
    ("PERCENT-FORMAT", INFO, "Ô định dạng phần trăm của mẫu được đọc theo số hiển thị (0,125 hiện 12,5 % là 12,5).",
     "A percent-formatted cell of the template is read as it is shown (0.125 shown as 12.5 % is 12.5)."),
    ("PERCENT-UNIT", WARNING, "Ô định dạng phần trăm có đơn vị là phần trăm hoặc chỉ số.",
     "A cell formatted as a percentage has a unit that is one, or an index."),
    ("CELL-COMMENT", INFO, "Ghi chú ở ô tiêu đề hoặc tên dòng được nêu lại.",
     "A comment on a heading or a row label is passed on."),
    ("FORMATS-UNSEEN", INFO, "Tệp .xls, .xlsb, .ods chỉ cho thấy giá trị; điều không thấy được nêu rõ.",
     "An .xls, .xlsb or .ods shows its values only; what was not seen is said."),
    ("SHEET-HIDDEN", INFO, "Trang ẩn không được đọc và được nêu tên.",
     "A hidden sheet is not read, and named."),
    ("FDI-AMOUNTS-DIFFER", WARNING, "Trong sổ FDI, các khoản cộng lại bằng tổng; số giữ nguyên như đã in.",
     "In an FDI workbook the amounts add up to the total; figures are kept as printed."),
    ("FDI-BLOCK-BROKEN", WARNING, "Bảng FDI cần có dòng thời điểm và dòng tiêu đề cột.",
     "An FDI table needs its dates and its column headings."),
    ("FDI-BLOCK-NOT-READ", INFO, "Bảng FDI không theo tỉnh, ngành hay đối tác không được đọc.",
     "An FDI table by something else than province, industry or partner is not read."),
    ("FDI-COLUMN-NOT-READ", INFO, "Cột so sánh của bảng FDI không được đọc.",
     "Columns of comparison in an FDI table are not read."),
    ("FDI-COMPILATION", ERROR, "Sổ ghép bằng công thức từ sổ khác không phải văn bản của nơi công bố.",
     "A workbook put together by formulas from others is no document of the issuer."),
    ("FDI-ROW-NOT-READ", WARNING, "Dòng FDI không nhận ra tên được bỏ qua và báo lại.",
     "An FDI row whose name is not recognised is left out and said so."),
    ("FDI-SHEET-NOT-READ", INFO, "Trang không có bảng FDI được nêu tên.",
     "A sheet without an FDI table is named."),
    ("BUDGET-COLUMN-NOT-READ", INFO, "Cột của biểu ngân sách mà công thức đọc không biết được nêu tên.",
     "A column of a budget form that the recipe does not know is named."),
    ("BUDGET-DECIMAL-SIGN", ERROR, "Số gõ dạng chữ trong biểu ngân sách dùng một dấu thập phân xác định được.",
     "Figures typed as text in a budget form use one decimal sign that can be decided."),
    ("BUDGET-FORMULA-NOT-READ", INFO, "Công thức in dưới tiêu đề cột không phải phép cộng trừ thì không kiểm.",
     "A formula printed under the headings that is no sum of columns is not checked."),
    ("BUDGET-IDENTITY", WARNING, "Mỗi dòng của biểu ngân sách đúng với công thức giữa các cột, trong phạm vi làm tròn.",
     "Each row of a budget form keeps the form's arithmetic between columns, within rounding."),
    ("BUDGET-REGION-SUM", WARNING, "Số in của vùng và cả nước bằng tổng các dòng thuộc nó, trong phạm vi làm tròn.",
     "The printed figure of a region or the country is the sum of its rows, within rounding."),
    ("BUDGET-ROW-NOT-READ", WARNING, "Dòng biểu ngân sách có số nhưng thiếu số thứ tự hoặc tên được bỏ qua và báo lại.",
     "A row of a budget form with figures but without number or name is left out and said so."),
    ("BUDGET-SHEET-NOT-READ", INFO, "Biểu khác của sổ ngân sách được nêu tên.",
     "The other forms of a budget workbook are named."),
    ("BUDGET-TABLE-BROKEN", WARNING, "Biểu ngân sách cần có năm, dòng tổng số và cột quen thuộc.",
     "A budget form needs its year, the row of totals and known columns."),
    ("BUDGET-UNIT", ERROR, "Biểu ngân sách ghi đúng một đơn vị tính.", "A budget form states one unit."),
    ("SDMX-DELETION", WARNING, "Yêu cầu xóa trong thông điệp SDMX không được thực hiện.",
     "A deletion that an SDMX message asks for is not carried out."),
    ("RELEASE-COLUMN-NOT-READ", INFO, "Cột của báo cáo tháng mà công thức đọc không biết được nêu tên.",
     "A column of a monthly release that the recipe does not know is named."),
    ("RELEASE-DECIMAL-SIGN", ERROR, "Số gõ dạng chữ trong báo cáo tháng dùng một dấu thập phân xác định được.",
     "Figures typed as text in a monthly release use one decimal sign that can be decided."),
    ("RELEASE-PERIOD", WARNING, "Trang của báo cáo tháng nói về tháng mà tệp được công bố.",
     "A sheet of a monthly release is about the month in which the file was published."),
    ("RELEASE-RATIO", WARNING, "Tỷ lệ in trong báo cáo tháng khớp với hai mức ở cùng dòng.",
     "A comparison printed in a monthly release agrees with the two levels in its row."),
    ("RELEASE-ROWS-NOT-READ", INFO, "Dòng của báo cáo tháng mà công thức đọc không biết được đếm và nêu tên.",
     "Rows of a monthly release that the recipe does not know are counted and named."),
    ("RELEASE-SHEET-BROKEN", WARNING, "Trang của báo cáo tháng cần có kỳ và dòng số liệu.",
     "A sheet of a monthly release needs its period and rows of figures."),
    ("RELEASE-SHEET-NOT-READ", INFO, "Trang khác của báo cáo tháng được nêu tên.",
     "The other sheets of a monthly release are named."),
    ("RELEASE-SUM", WARNING, "Tổng in trong báo cáo tháng bằng các phần cộng lại.",
     "A total printed in a monthly release is the sum of its parts."),
    ("RELEASE-TWO-VALUES", WARNING, "Số liệu in ở hai biểu của báo cáo tháng giống nhau; khác thì giữ số in trước.",
     "A fact that two tables of a monthly release print has one value; else the earlier table's is kept."),
    ("RELEASE-YEAR-MISPRINT", WARNING, "Năm kế hoạch ở tiêu đề cột là năm mà trang báo cáo.",
     "The year of a plan in a heading is the year that the sheet reports."),
    ("SDMX-UNIT-MULT", ERROR, "Hệ số UNIT_MULT phải ứng với một đơn vị trong công thức đọc.",
     "UNIT_MULT corresponds to a unit of the recipe."),
    ("SDMX-UNMAPPED", WARNING, "Chuỗi SDMX không có trong công thức đọc được bỏ qua và báo lại.",
     "An SDMX series that the recipe does not map is left out and said so."),
)  # fmt: skip
"""Rules that speak while a file is read: id, severity, sentence in Vietnamese and English."""

_SEVERITIES = {ERROR: "lỗi / error", WARNING: "cảnh báo / warning", INFO: "thông tin / note"}


def all_rules() -> list[tuple[str, str, str, str]]:
    """Id, severity and the two sentences of every rule, by id."""
    checks = [(c.id, c.severity, c.sentence_vi, c.sentence_en) for c in ROW_CHECKS]
    checks += [(r.id, r.severity, r.sentence_vi, r.sentence_en) for r in RECONCILIATIONS]
    return sorted([*checks, *READING_RULES])


def render_rules() -> str:
    """The page ``docs/rules.md``."""
    lines = [
        "# Các quy tắc kiểm tra / The rules of checking",
        "",
        "Trang này được tạo từ mã nguồn (`python -m lienvung.validate.registry > docs/rules.md`).",
        "Lỗi phải sửa trước khi hồ sơ đi tiếp; cảnh báo thì xem lại.",
        "Quy tắc `REC-…` đối chiếu các số đã công bố hoặc đã nộp với nhau (`lienvung check`).",
        "",
        "This page is generated from the code.",
        "An error must be mended before a file goes on; a warning is to be looked at.",
        "Rules `REC-…` reconcile published or submitted figures with each other (`lienvung check`).",
        "",
        "| Mã / Id | Mức / Severity | Quy tắc | Rule |",
        "|---|---|---|---|",
    ]
    lines += [f"| `{i}` | {_SEVERITIES[s]} | {vi} | {en} |" for i, s, vi, en in all_rules()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(render_rules(), end="")
