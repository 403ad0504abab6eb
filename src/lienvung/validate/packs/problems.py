"""What can be wrong with a pack, and the list of what is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lienvung.domain.handovers import ERROR, Finding
from lienvung.domain.names import nearest


@dataclass(frozen=True, slots=True)
class PackRule:
    """One thing that a pack must be: its id, the sentence, and what to do where it is not."""

    id: str
    vi: str
    en: str
    todo_vi: str
    todo_en: str


RULES: dict[str, PackRule] = {
    rule.id: rule
    for rule in (
        PackRule(
            "PACK-FILE",
            "Gói có đủ các tệp, đọc được, mã hóa UTF-8.",
            "A pack has all its files, readable, in UTF-8.",
            "Thêm tệp theo docs/pack.md, lưu dạng UTF-8.",
            "Add the file as docs/pack.md lists it, saved as UTF-8.",
        ),
        PackRule(
            "PACK-COLUMN",
            "Tệp có đúng các cột quy định, mỗi dòng đủ số ô.",
            "A file has exactly its columns, and every line as many cells.",
            "Sửa dòng tiêu đề hoặc dòng thừa, thiếu ô (chữ có dấu phẩy phải nằm trong dấu nháy kép).",
            "Mend the header or the line (text with a comma needs double quotes).",
        ),
        PackRule(
            "PACK-EMPTY",
            "Ô bắt buộc không để trống.",
            "A cell that is needed is not empty.",
            "Điền ô đó.",
            "Fill that cell.",
        ),
        PackRule(
            "PACK-DATE",
            "Ngày viết năm-tháng-ngày, có thật, bắt đầu trước khi kết thúc.",
            "Dates are written year-month-day, exist, and begin before they end.",
            "Viết 2025-07-01; nơi cho phép có thể viết 2004 hoặc 2024-12.",
            "Write 2025-07-01; where allowed, 2004 or 2024-12.",
        ),
        PackRule(
            "PACK-NUMBER",
            "Ô số chỉ có số, dấu thập phân là dấu chấm.",
            "A number cell holds a number with a decimal point.",
            "Bỏ dấu phân cách hàng nghìn; số liệu thiếu viết '..', không phát sinh viết '-'.",
            "Take out thousands signs; write '..' for not available and '-' for does not occur.",
        ),
        PackRule(
            "PACK-DUPLICATE",
            "Một khóa chỉ có một dòng.",
            "A key has one line.",
            "Xóa một trong các dòng trùng khóa; hai lần công bố là hai tài liệu khác nhau.",
            "Remove one of them; two vintages are two documents.",
        ),
        PackRule(
            "PACK-REFERENCE",
            "Mã được dẫn chiếu phải có trong danh mục của nó.",
            "A code that is referred to is in its list.",
            "Sửa mã, hoặc thêm mã vào danh mục.",
            "Mend the code, or add it to its list.",
        ),
        PackRule(
            "PACK-CHOICE",
            "Giá trị thuộc tập cho phép.",
            "A value is one of those allowed.",
            "Dùng một trong các giá trị đã nêu.",
            "Use one of the values named.",
        ),
        PackRule(
            "PACK-AGGREGATION",
            "Chỉ tiêu nào cũng có quy tắc tổng hợp và đủ thành phần mà quy tắc cần.",
            "Every indicator has a rule of aggregation and the parts that the rule needs.",
            "Điền aggregation; ratio cần numerator và denominator, weighted_mean cần weight, growth cần numerator.",
            "Fill aggregation; ratio needs numerator and denominator, weighted_mean weight, growth numerator.",
        ),
        PackRule(
            "PACK-SHARE",
            "Trong một ngày, các phần của một đơn vị cũ cộng lại bằng 1.",
            "On a day, the shares of one predecessor add up to 1.",
            "Bổ sung đơn vị kế thừa còn thiếu hoặc sửa share.",
            "Add the successor that is missing, or mend the shares.",
        ),
        PackRule(
            "PACK-OVERLAP",
            "Một mã không chỉ hai địa bàn trong cùng một ngày.",
            "A code does not mean two territories on one day.",
            "Sửa valid_to của địa bàn trước: ngày đầu tiên không còn tồn tại.",
            "Mend valid_to of the earlier one: the first day on which it no longer exists.",
        ),
        PackRule(
            "PACK-CYCLE",
            "Không đơn vị nào kế thừa chính mình, dù qua nhiều bước.",
            "Nothing succeeds itself or is its own parent, however many steps away.",
            "Bỏ dòng đi ngược thời gian.",
            "Remove the line that runs backwards.",
        ),
        PackRule(
            "PACK-MEMBERS",
            "Vùng nào cũng có địa bàn thành viên.",
            "Every region has members.",
            "Thêm thành viên vào areas/members.csv.",
            "Add its members to areas/members.csv.",
        ),
        PackRule(
            "PACK-PERIOD",
            "Thời kỳ viết theo SDMX.",
            "A period is written as in SDMX.",
            "Viết 2020, 2020-S1, 2020-Q3, 2020-06, 2020-06-30 hoặc 2021-01-01/P5Y.",
            "Write 2020, 2020-S1, 2020-Q3, 2020-06, 2020-06-30 or 2021-01-01/P5Y.",
        ),
        PackRule(
            "PACK-RANGE",
            "Mức mục tiêu khớp với toán tử, cận dưới không lớn hơn cận trên.",
            "A target's bounds fit its operator, and the lower is not above the upper.",
            "'>' và '>=' chỉ có low, '<' và '<=' chỉ có high, còn lại có cả hai; đổi chỗ nếu bị ngược.",
            "'>' and '>=' have only low, '<' and '<=' only high, the others both; swap them if upside down.",
        ),
        PackRule(
            "PACK-ENDED",
            "Văn bản ban hành khi địa bàn còn tồn tại.",
            "A document is issued while its territory exists.",
            "Ghi đơn vị kế thừa, hoặc sửa ngày ban hành.",
            "Name the successor, or mend the date of issue.",
        ),
        PackRule(
            "PACK-UNIT",
            "Đơn vị của số liệu quy đổi được sang đơn vị của chỉ tiêu.",
            "A figure's unit converts to its indicator's unit.",
            "Dùng một bội của đơn vị của chỉ tiêu, hoặc chỉ tiêu khác.",
            "Use a multiple of the indicator's unit, or another indicator.",
        ),
    )
}
"""Every rule of ``check_pack``, by id."""


@dataclass(slots=True)
class Problems:
    """The findings so far."""

    items: list[Finding] = field(default_factory=list)

    def add(self, rule: str, place: str, column: str | None, vi: str, en: str, count: int = 1) -> None:
        """Note a problem at ``place`` (``areas/areas.csv:12``), ``count`` times."""
        todo = RULES[rule]
        self.items.append(Finding(rule, ERROR, vi, en, place, column or None, todo.todo_vi, todo.todo_en, count))

    def unknown(self, place: str, column: str, code: str, known: Iterable[str], listed: str, count: int = 1) -> None:
        """Note a code that ``listed`` does not have, with the nearest that it has."""
        near = ", ".join(nearest(code, known)) or "—"
        vi = f"'{code}' không có trong {listed}; gần nhất: {near}"
        en = f"'{code}' is not in {listed}; nearest: {near}"
        self.add("PACK-REFERENCE", place, column, vi, en, count)

    def choice(self, place: str, column: str, found: str, allowed: Iterable[str], count: int = 1) -> None:
        """Note a value that is not one of ``allowed``."""
        names = ", ".join(a or '""' for a in allowed)
        self.add("PACK-CHOICE", place, column, f"'{found}', cho phép: {names}", f"'{found}', allowed: {names}", count)
